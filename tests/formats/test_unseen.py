"""Made-up disclosures, printed in the ways of publishers that no other test knows.

Each was written, and what it says worked out from its facts, before it was read for the
first time; ``formats/unseen`` holds the facts and the presses.
"""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Callable

import pytest

from archive.model import Disclosure
from indexer.extract import extract
from tests.conftest import missing
from tests.formats.libreoffice import to_pdfs
from tests.formats.scoring import score
from tests.formats.unseen.facts import Facts, facts
from tests.formats.unseen.marks import Press
from tests.formats.unseen.office import Book, Word, document, workbook
from tests.formats.unseen.painter import printed

TITLE = "made-up disclosures in unseen prints"
HEAD = f"{'document':42} | tables |  cells |     F1 | doubtful | wrong and not marked"

Make = Callable[[Facts], bytes]

SHANGHAI, SICHUAN, GUANGDONG, HUNAN = (
    "shanghai-district-budget",
    "sichuan-county-accounts",
    "guangdong-school-budget",
    "hunan-hospital-accounts",
)
REVENUE, TOWNSHIP, ODDITIES = "government-revenue", "township-budget-unruled", "oddities-budget"

PRESSES: dict[str, tuple[str, Press]] = {
    "bars, 续表, merged 类, running lines": (
        SHANGHAI,
        Press("bars", repeat="续表", merge_codes=True, running=True),
    ),
    "dots, rows cut by the page, wrapped figures": (
        SHANGHAI,
        Press("dotted", split=True, label=7, narrow=0.8, latin="Helvetica"),
    ),
    "no sides, merged 类": (SHANGHAI, Press("no sides", merge_codes=True)),
    "double frame, crop box, shaded heads": (
        SICHUAN,
        Press("double", crop=(40, 60), running=True, shade=True, latin="Times-Roman"),
    ),
    "pages turned by the file, rows cut": (SICHUAN, Press(rotate=90, split=True, label=8)),
    "page number in the table's frame": (SICHUAN, Press(frame=True, repeat="header")),
    "in a form, mirrored, borders twice": (
        SICHUAN,
        Press("cells", form=True, flipped=True),
    ),
    "horizontal rules, a column of prose": (GUANGDONG, Press("horizontal", shade=True)),
    "no sides, a seal over the cells": (GUANGDONG, Press("no sides", over="seal", label=9)),
    "a level watermark, wrapped figures": (GUANGDONG, Press(over="level", narrow=0.7)),
    "pages turned back, letter by letter": (GUANGDONG, Press(rotate=270, letters=0.15)),
    "watermark letters among the cells'": (HUNAN, Press(over="between letters", merge_codes=True)),
    "inner rules, condensed, a watermark": (
        HUNAN,
        Press("inner", stretch=70, over="slanted"),
    ),
    "invisible text of a recognised scan": (HUNAN, Press(hidden=True)),
    "three lines": (REVENUE, Press("three")),
    "borders twice, letter by letter": (REVENUE, Press("cells", latin="Courier", letters=0.1)),
    "no rules": (TOWNSHIP, Press("none")),
    "horizontal rules, small pages": (
        TOWNSHIP,
        Press("horizontal", label=6, split=True, page=(420, 595)),
    ),
    "heads set apart, ruled": (ODDITIES, Press()),
    "heads set apart, no rules": (ODDITIES, Press("none")),
    "heads set apart, horizontal rules": (ODDITIES, Press("horizontal", letters=0.1)),
}
OFFICE: dict[str, tuple[str, str, Make]] = {
    "workbook, merged 类, accounting": (
        SHANGHAI,
        "xlsx",
        lambda made: workbook(made, Book(merge_codes=True, accounting=True)),
    ),
    "workbook of one sheet": (
        SICHUAN,
        "xlsx",
        lambda made: workbook(made, Book(one_sheet=True, gap=True)),
    ),
    "workbook, levels by indents": (
        GUANGDONG,
        "xlsx",
        lambda made: workbook(made, Book(indent=True, accounting=True)),
    ),
    "workbook of texts": (
        HUNAN,
        "xlsx",
        lambda made: workbook(made, Book(as_text=True, merge_codes=True, one_sheet=True)),
    ),
    "workbook, heads set apart": (ODDITIES, "xlsx", workbook),
    "document, 续表": (SHANGHAI, "docx", lambda made: document(made, Word(20, repeated=True))),
    "document, controls and revisions": (
        SICHUAN,
        "docx",
        lambda made: document(made, Word(controls=True, revised=True)),
    ),
    "document, tables cut in two": (GUANGDONG, "docx", lambda made: document(made, Word(9))),
    "document, heads set apart": (ODDITIES, "docx", document),
}
PRINTS: dict[str, tuple[str, str, Make]] = {
    "printed workbook, pages break merged 类": (
        SHANGHAI,
        "xlsx",
        lambda made: workbook(made, Book(merge_codes=True, broken_at=17, scale=55)),
    ),
    "printed workbook, too wide for its pages": (
        SHANGHAI,
        "xlsx",
        lambda made: workbook(made, Book(scale=120)),
    ),
    "printed workbook, portrait": (
        SICHUAN,
        "xlsx",
        lambda made: workbook(made, Book(portrait=True)),
    ),
    "printed document, large letters": (
        GUANGDONG,
        "docx",
        lambda made: document(made, Word(size=11)),
    ),
    "printed document, 续表 with half a header": (
        HUNAN,
        "docx",
        lambda made: document(made, Word(25, repeated=True, size=10)),
    ),
}
EVALUATION, GOALS = "self-evaluation-sichuan", "project-goals"
INDICATORS: dict[str, tuple[str, str, Make]] = {
    "self-evaluation": (EVALUATION, "pdf", lambda made: printed(made, Press())),
    "self-evaluation over pages": (
        EVALUATION,
        "pdf",
        lambda made: printed(made, Press(page=(595, 330), split=True, over="slanted")),
    ),
    "self-evaluation, document": (EVALUATION, "docx", document),
    "self-evaluation, workbook": (EVALUATION, "xlsx", workbook),
    "goals of projects": (GOALS, "pdf", lambda made: printed(made, Press())),
    "goals of projects over pages": (
        GOALS,
        "pdf",
        lambda made: printed(made, Press("inner", page=(595, 300), repeat="header")),
    ),
    "goals of projects, workbook": (GOALS, "xlsx", workbook),
}


def check(
    name: str, made: Facts, found: Disclosure, record_property: Callable[[str, object], None]
) -> None:
    """Record the line of a document; every cell is there, and none is wrong for certain."""
    scored = score([table.expected for table in made.tables], found)
    line = (
        f"{name:42} | {len(made.tables):6} | {scored.expected:6} | {scored.f1:.4f} | "
        f"{scored.doubtful:8} | {len(scored.sure):6}"
    )
    record_property(f"report:{TITLE}", HEAD)
    record_property(f"report:{TITLE}", line)
    assert scored.sure == (), scored.sure[:10]
    assert scored.f1 == 1.0, (scored.lost[:10], scored.wrong[:10])


@pytest.mark.parametrize("name", PRESSES)
def test_what_a_press_prints_is_read(
    name: str, record_property: Callable[[str, object], None]
) -> None:
    stem, press = PRESSES[name]
    made = facts(stem)
    check(name, made, extract(printed(made, press), f"{stem}.pdf"), record_property)


@pytest.mark.parametrize("name", OFFICE)
def test_what_an_office_writes_is_read(
    name: str, record_property: Callable[[str, object], None]
) -> None:
    stem, suffix, make = OFFICE[name]
    made = facts(stem)
    check(name, made, extract(make(made), f"{stem}.{suffix}"), record_property)


@pytest.fixture(scope="session")
def prints() -> dict[str, bytes]:
    """The office files as LibreOffice prints them, in one call."""
    if shutil.which("soffice") is None:
        missing("LibreOffice is not installed: sudo apt-get install -y libreoffice")
    files = {
        f"{number}.{suffix}": make(facts(stem))
        for number, (stem, suffix, make) in enumerate(PRINTS.values())
    }
    pdfs = to_pdfs(files)
    return {name: pdfs[file] for name, file in zip(PRINTS, files, strict=True)}


@pytest.mark.xdist_group("libreoffice")
@pytest.mark.parametrize("name", PRINTS)
def test_what_an_office_prints_is_read(
    name: str, prints: dict[str, bytes], record_property: Callable[[str, object], None]
) -> None:
    made = facts(PRINTS[name][0])
    check(name, made, extract(prints[name], "printed.pdf"), record_property)


@pytest.mark.parametrize("name", INDICATORS)
def test_performance_tables_keep_every_text_and_indicator(name: str) -> None:
    stem, suffix, make = INDICATORS[name]
    made = facts(stem)
    found = extract(make(made), f"{stem}.{suffix}")
    told = [
        (each.level1, each.level2, each.name, f"{each.operator or ''}{each.value}{each.unit or ''}")
        for each in found.indicators
    ]
    assert told == [indicator for table in made.tables for indicator in table.indicators]
    assert not texts_of(made) - texts_in(found)


def texts_of(made: Facts) -> set[str]:
    """Every text that the tables print."""
    cells = (cell for table in made.tables for cell in table.laid.cells)
    return {squeezed(cell.text) for cell in cells if cell.text}


def texts_in(found: Disclosure) -> set[str]:
    """Every text that the records of the tables hold."""
    told: Counter[str] = Counter()
    for table in found.tables:
        told.update(squeezed(cell.printed) for row in table.rows for cell in row.cells)
        told.update(squeezed(text) for column in table.columns for text in column.path)
    return set(told)


def squeezed(text: str) -> str:
    return "".join(text.split())
