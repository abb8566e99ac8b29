"""The gate: every real disclosure, record by record, against its golden data.

What the document determines must be read whole and exact, and marked certain; what it
leaves open must be marked doubtful.  The table of scores is printed at the end of the run.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from indexer.extract import extract
from tests.golden_format import (
    LONGEST_TEXT,
    Golden,
    GoldenRow,
    GoldenTable,
    dumps,
    load,
    of_disclosure,
    stems,
)
from tests.golden_scores import KINDS, Score, out_of_order, scores

REPORT = "report:golden data (precision and recall of cells; right of expected, + too many)"
MOST_SHOWN = 20
COUNTED = (
    "document",
    "tables",
    "headers",
    "rows",
    "headings",
    "texts",
    "projects",
    "indicators",
    "citations",
)
WIDEST = max(len(kind) for kind in COUNTED)
HEAD = " | ".join(
    [
        f"{'file':<46}",
        "cells",
        "precision",
        "recall",
        "doubtful",
        "wrongly",
        *(f"{kind:>{WIDEST}}" for kind in COUNTED),
    ]
)


@pytest.mark.real
@pytest.mark.parametrize("stem", stems())
def test_a_real_disclosure_is_read_as_it_is(
    real_disclosures: Path, stem: str, record_property: Callable[[str, object], None]
) -> None:
    original = next(real_disclosures.glob(f"*/{stem}.*"))
    golden = load(stem)
    read = of_disclosure(extract(original.read_bytes(), original.name))
    found = scores(golden, read)
    record_property(REPORT, HEAD)
    record_property(REPORT, line(stem, found))
    wrong = [text for kind in KINDS for text in differences(kind, found[kind])]
    assert not wrong, "\n".join(wrong)
    assert not out_of_order(golden, read)


@pytest.mark.real
def test_every_real_disclosure_has_golden_data(real_disclosures: Path) -> None:
    originals = [path.stem for path in real_disclosures.glob("*/*") if path.is_file()]
    assert sorted(originals) == stems()


def line(stem: str, found: dict[str, Score]) -> str:
    """One document's line of the printed table; a cell that is wrongly doubtful is not read."""
    cells, doubtful = found["cells"], found["doubtful"]
    marked = f"{doubtful.expected - len(doubtful.missing)}/{doubtful.expected}"
    return " | ".join(
        [
            f"{stem:<46}",
            f"{cells.expected:5}",
            f"{cells.precision:9.4f}",
            f"{cells.recall:6.4f}",
            f"{marked:>8}",
            f"{len(doubtful.unexpected):7}",
            *(f"{counted(found[kind]):>{WIDEST}}" for kind in COUNTED),
        ]
    )


def counted(one: Score) -> str:
    extra = f"+{len(one.unexpected)}" if one.unexpected else ""
    return f"{one.expected - len(one.missing)}/{one.expected}{extra}"


def differences(kind: str, one: Score) -> list[str]:
    """The first differences of one kind, readable."""
    return [
        *(f"{kind}: not read: {fact}" for fact in one.missing[:MOST_SHOWN]),
        *(f"{kind}: read, but not there: {fact}" for fact in one.unexpected[:MOST_SHOWN]),
    ]


# ---- the gate itself ----------------------------------------------------------------------


SPECIMEN = "kashgar-2021-budget"
"""Its tables have two sides, an agency row, codes filled down, projects and indicators."""


def with_table(golden: Golden, number: int, table: GoldenTable) -> Golden:
    tables = golden.tables
    return replace(golden, tables=(*tables[:number], table, *tables[number + 1 :]))


def with_row(golden: Golden, change: Callable[[GoldenRow], GoldenRow]) -> Golden:
    """One row with figures of the income table changed."""
    table = golden.tables[1]
    assert table.rows is not None
    rows = (table.rows[0], change(table.rows[1]), *table.rows[2:])
    return with_table(golden, 1, replace(table, rows=rows))


def moved(row: GoldenRow) -> GoldenRow:
    *others, (number, printed, fen) = row.cells
    return replace(row, cells=(*others, (number + 1, printed, fen)))


def misread(row: GoldenRow) -> GoldenRow:
    (number, printed, fen), *others = row.cells
    return replace(row, cells=((number, printed, (fen or 0) * 10_000), *others))


def without_a_header_level(golden: Golden) -> Golden:
    table = golden.tables[0]
    return with_table(golden, 0, replace(table, columns=tuple(path[-1:] for path in table.columns)))


def without_first_field(golden: Golden) -> Golden:
    first = golden.projects[0]
    assert first.fields
    return replace(golden, projects=(replace(first, fields=first.fields[1:]), *golden.projects[1:]))


def without_a_part(golden: Golden) -> Golden:
    first = golden.projects[0]
    assert first.parts
    return replace(golden, projects=(replace(first, parts=first.parts[1:]), *golden.projects[1:]))


@pytest.mark.parametrize(
    ("broken", "kinds"),
    [
        (lambda g: with_row(g, lambda r: replace(r, cells=r.cells[:-1])), {"cells"}),
        (lambda g: with_row(g, moved), {"cells"}),
        (lambda g: with_row(g, misread), {"cells"}),
        (
            lambda g: with_row(g, lambda r: replace(r, doubtful=frozenset({4}))),
            {"cells", "doubtful"},
        ),
        (lambda g: with_row(g, lambda r: replace(r, role="total")), {"rows"}),
        (lambda g: with_row(g, lambda r: replace(r, code="2080")), {"cells", "rows"}),
        (lambda g: with_row(g, lambda r: replace(r, side="income")), {"cells", "rows"}),
        (without_a_header_level, {"headers", "cells"}),
        (
            lambda g: with_table(g, 0, replace(g.tables[0], fields=g.tables[1].fields)),
            {"tables", "headers", "rows", "cells", "texts"},
        ),
        (without_first_field, {"projects"}),
        (lambda g: replace(g, headings=g.headings[:-1]), {"headings"}),
        (without_a_part, {"projects"}),
        (lambda g: replace(g, texts=(("", 2, "sha256:0"), *g.texts[1:])), {"texts"}),
        (lambda g: with_table(g, 0, replace(g.tables[0], notes=("备注：无。",))), {"texts"}),
        (lambda g: replace(g, citations=g.citations[1:]), {"citations"}),
        (lambda g: replace(g, indicators=g.indicators[1:]), {"indicators"}),
        (lambda g: replace(g, document=g.document[1:]), {"document"}),
        (lambda g: g, set()),
    ],
)
def test_the_gate_sees(broken: Callable[[Golden], Golden], kinds: set[str]) -> None:
    golden = load(SPECIMEN)
    found = scores(golden, broken(golden))
    assert {kind for kind, one in found.items() if not one.is_whole} == kinds


def test_the_gate_sees_another_order() -> None:
    golden = load(SPECIMEN)
    table = golden.tables[1]
    assert table.rows is not None
    swapped = with_table(golden, 1, replace(table, rows=tuple(reversed(table.rows))))
    assert all(one.is_whole for one in scores(golden, swapped).values())
    assert out_of_order(golden, swapped)
    assert not out_of_order(golden, golden)


def test_a_doubtful_figure_must_not_be_certain() -> None:
    golden = load("changji-city-2024-budget")
    assert scores(golden, golden)["doubtful"].expected
    sure = [
        replace(table, rows=tuple(replace(row, doubtful=frozenset()) for row in table.rows or ()))
        for table in golden.tables
    ]
    found = scores(golden, replace(golden, tables=tuple(sure)))
    assert found["cells"].precision < 1
    assert found["doubtful"].recall == 0


@pytest.mark.parametrize("stem", stems())
def test_golden_data_hold_facts_not_texts(stem: str) -> None:
    golden = load(stem)
    texts = [
        *(text for project in golden.projects for _, text in project.fields or ()),
        *(text for _, _, text in golden.texts),
        *(note for table in golden.tables for note in table.notes),
    ]
    assert all(text.startswith("sha256:") or len(text) <= LONGEST_TEXT for text in texts)


@pytest.mark.parametrize("stem", stems())
def test_golden_data_are_written_as_they_are_read(stem: str, tmp_path: Path) -> None:
    golden = load(stem)
    (tmp_path / f"{stem}.json").write_text(dumps(golden), encoding="utf-8")
    assert load(stem, tmp_path) == golden
