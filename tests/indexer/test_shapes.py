"""Made-up disclosures of other shapes than the real ones: read whole, in every format.

``shapes/<name>.expected`` says what the document says, record by record, each read against
its ``shapes/<name>.shape``; see ``shapes/shown.py`` for its signs.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest

from archive.fold import fold
from archive.forms import form
from archive.model import Disclosure, Table
from indexer.extract import extract
from tests.indexer.shapes.notation import shape
from tests.indexer.shapes.render import EXACT, LOSSY, RENDERERS, SUFFIXES, broken
from tests.indexer.shapes.render_pdf import pdf
from tests.indexer.shapes.shown import shown

FOLDER = Path(__file__).parent / "shapes"
NAMES = sorted(path.stem for path in FOLDER.glob("*.shape"))
AS_FILES = sorted(path.name for path in FOLDER.iterdir() if path.suffix in (".txt", ".html"))

PAGED = "furniture"
"""Headers, footers and page numbers: only formats with pages have them."""
WITHOUT_RULES = "half-drawn"
"""Has a table that is only lines of text, which a page of a PDF sets as running text."""
WITH_INDICATORS = ["beijing-committee-budget", "inner-mongolia-evaluation", "self-evaluation"]
DUMPED_BROKEN = ["border-township-budget", "county-court-budget", "whole-codes-school-budget"]
"""Budgets of Xinjiang's kinds, whose dumps keep all that their sums decide."""
UNPAGED = [name for name in NAMES if name != PAGED]


@cache
def read_as(name: str, format_: str) -> Disclosure:
    return extract(RENDERERS[format_](shape(name)), f"{name}.{SUFFIXES[format_]}")


def expected(name: str) -> str:
    return (FOLDER / f"{name}.expected").read_text(encoding="utf-8").rstrip("\n")


@pytest.mark.parametrize("format_", EXACT)
@pytest.mark.parametrize("name", UNPAGED)
def test_the_whole_record(name: str, format_: str) -> None:
    assert shown(read_as(name, format_)) == expected(name)


@pytest.mark.parametrize("name", NAMES)
def test_a_tab_table_with_all_its_blanks_says_the_same(name: str) -> None:
    assert shown(read_as(name, "tabs")) == expected(name)


@pytest.mark.parametrize("name", [name for name in UNPAGED if name != WITHOUT_RULES])
def test_a_ruled_pdf_says_the_same(name: str) -> None:
    told = shown(extract(pdf(shape(name)), f"{name}.pdf"))
    assert records(told) == records(expected(name))


def records(text: str) -> list[str]:
    """The lines without the sections' texts, which a page wraps in its own way, and without
    the narrow blank before a heading's year."""
    lines = (re.sub(r"^(§.*?)：.*", r"\1", line) for line in text.splitlines())
    return [re.sub(r"(?<=部分) (?=\d)", "", line) for line in lines]


@pytest.mark.parametrize("format_", LOSSY)
def test_headers_footers_and_page_numbers_are_no_text(format_: str) -> None:
    assert shown(read_as(PAGED, format_)) == expected(PAGED)


@pytest.mark.parametrize("name", AS_FILES)
def test_the_whole_record_of_a_file(name: str) -> None:
    data = (FOLDER / name).read_bytes()
    if b"charset=gbk" in data or b'charset="gbk"' in data:
        data = data.decode("utf-8").encode("gbk")
    assert shown(extract(data, name)) == expected(Path(name).stem)


@pytest.mark.parametrize("format_", LOSSY)
@pytest.mark.parametrize("name", UNPAGED)
def test_nothing_is_guessed_silently(name: str, format_: str) -> None:
    """Every figure that is not doubted stands in the row and the column where it is printed."""
    printed = Counter(facts(read_as(name, "html")))
    told = Counter(facts(read_as(name, format_)))
    assert sorted((told - printed).elements()) == []


@pytest.mark.parametrize("format_", LOSSY)
@pytest.mark.parametrize("name", UNPAGED)
def test_no_figure_is_lost(name: str, format_: str) -> None:
    printed = Counter(figures(read_as(name, "html")))
    assert sorted((printed - Counter(figures(read_as(name, format_)))).elements()) == []


@pytest.mark.parametrize("format_", LOSSY)
@pytest.mark.parametrize("name", WITH_INDICATORS)
def test_the_indicators_do_not_depend_on_the_format(name: str, format_: str) -> None:
    one, other = (
        [replace(each, table="") for each in read_as(name, said).indicators]
        for said in ("html", format_)
    )
    assert one == other


@pytest.mark.parametrize("width", [8, 12])
@pytest.mark.parametrize("name", DUMPED_BROKEN)
def test_a_dump_of_broken_cells_guesses_nothing_silently(name: str, width: int) -> None:
    printed = Counter(facts(read_as(name, "html")))
    told = Counter(facts(extract(broken(shape(name), width), f"{name}.txt")))
    assert sorted((told - printed).elements()) == []
    assert told.total() >= 0.85 * printed.total()


@pytest.mark.parametrize("width", [6, 8, 12])
@pytest.mark.parametrize("name", WITH_INDICATORS)
def test_a_dump_of_broken_cells_makes_up_no_indicator(name: str, width: int) -> None:
    """Its rows may be lost; what it tells bears the names that the table prints."""
    known = {(each.level2, each.name) for each in read_as(name, "html").indicators}
    told = extract(broken(shape(name), width), f"{name}.txt").indicators
    assert {(each.level2, each.name) for each in told} <= known


@pytest.mark.parametrize("format_", LOSSY)
@pytest.mark.parametrize("name", UNPAGED)
def test_identity_does_not_depend_on_the_format(name: str, format_: str) -> None:
    one, other = (read_as(name, each).document for each in ("html", format_))
    assert [one.kind, one.agency, one.fiscal_year, one.region, one.title, one.published_on] == [
        other.kind,
        other.agency,
        other.fiscal_year,
        other.region,
        other.title,
        other.published_on,
    ]


def facts(disclosure: Disclosure) -> Iterator[tuple[str, str, str, str]]:
    """Table, row, column and text of every amount that is not doubted."""
    for table in money_tables(disclosure):
        for row in table.rows:
            label = re.sub(r"^\d+", "", fold(row.label))
            for cell in row.cells:
                if cell.certain and cell.fen is not None:
                    path = "/".join(map(fold, table.columns[cell.column].path))
                    yield table.title, label, path, cell.printed


def figures(disclosure: Disclosure) -> Iterator[str]:
    """Every text with decimals or thousands, wherever it was put."""
    for table in disclosure.tables:
        for row in table.rows:
            for cell in row.cells:
                yield from FIGURE.findall(cell.printed)
    for section in disclosure.sections:
        yield from FIGURE.findall(section.text)


FIGURE = re.compile(r"\d[\d,]*\.\d+|\d{1,3}(?:,\d{3})+")


def money_tables(disclosure: Disclosure) -> list[Table]:
    return [table for table in disclosure.tables if not is_performance(table)]


def is_performance(table: Table) -> bool:
    known = form(table.form)
    return known is not None and known.stage == "performance"


@pytest.mark.parametrize(
    ("name", "label", "side", "fens"),
    [
        ("hospital-accounts", "一、财政拨款收入", "income", [420000000, 450000000, 450000000]),
        ("hospital-accounts", "三、其他收入", "income", [None, 0, -1250000]),
        ("hospital-accounts", "三、其他支出", "expenditure", [0, -50000]),
        ("hospital-accounts", "2.公务接待费", None, [1500000, 1100000]),
        ("government-budget", "转移性收入", None, [80000000000, -1500000000]),
        ("government-budget", "2024年限额", None, [123000000000, 80000000000, 203000000000]),
        ("government-budget", "古城乡", None, [3210000000, 260024]),
        ("traditional", "一、財政撥款收入", "income", [1200500000]),
        ("township-budget", "办公设备更新", None, [6000000, 6000000]),
        ("county-accounts", "十二、农林水支出", "expenditure", [1105500000]),
        ("guangdong-bureau-budget", "（三）公务接待费支出", None, [6500000, 5000000, -1500000]),
        ("sichuan-bureau-accounts", "三、其他收入", "income", [-125000]),
        ("township-accounts", "三、其他收入", "income", [-2000000]),
        ("henan-hospital-budget", "事业收入", "income", [7950000000]),
        ("liaoning-government-accounts", "科学技术支出", None, [-120000000]),
        (
            "zhejiang-government-budget",
            "浦江县",
            None,
            [1452000000000, 701000000000, 751000000000, 1448600000000, 699000000000, 749600000000],
        ),
    ],
)
def test_amounts_in_the_unit_that_counts(
    name: str, label: str, side: str | None, fens: list[int | None]
) -> None:
    found = [
        [cell.fen for cell in row.cells if table.columns[cell.column].role == "amount"]
        for table in read_as(name, "html").tables
        for row in table.rows
        if row.label == label and row.side == side
    ]
    assert found[0] == fens


@pytest.mark.parametrize(("format_", "least"), [("stack", 0.98), ("bare", 0.91), ("dump", 0.82)])
def test_how_much_is_decided_where_a_converter_lost_cells(format_: str, least: float) -> None:
    """The share of amounts that are told for certain; pinned, so that doubt is no way out."""
    printed, told = Counter[tuple[str, ...]](), Counter[tuple[str, ...]]()
    for name in UNPAGED:
        printed.update((name, *fact) for fact in facts(read_as(name, "html")))
        told.update((name, *fact) for fact in facts(read_as(name, format_)))
    assert (printed & told).total() >= least * printed.total()
