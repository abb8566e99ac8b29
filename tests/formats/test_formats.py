"""Every format gives the same records: the golden tables, rendered and read again.

Each test renders the tables of several documents into one file for each, reads these and
compares them cell by cell.  The table of scores is printed at the end of the run.
"""

from __future__ import annotations

import io
import re
import shutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import pdfplumber
import pytest

from archive.errors import UnreadableFile
from indexer.extract import extract
from tests.conftest import missing
from tests.formats.laid import Laid, codes_once, lay
from tests.formats.libreoffice import to_pdfs
from tests.formats.office import Word, to_docx, to_xlsx, to_xlsx_with_hidden
from tests.formats.pdf import Look, to_pdf
from tests.formats.scoring import Score, score
from tests.formats.specimens import Case, golden_case, sample_case, stems, with_wrong_totals
from tests.formats.web import to_bare_html, to_gbk_html, to_html, to_mhtml, to_word_html

Render = Callable[[Sequence[Laid], str], bytes]

SOME = (
    "bayingolin-2024-budget",
    "shanghai-putuo-planning-2024-final-accounts",
    "shanghai-putuo-wanli-2025-budget",
)
"""Documents of three provinces' layouts, one with tables of 67 rows."""
FEW = SOME[1:2]
"""A document with stacked headers, tables side by side and tables declared empty."""
LOW = 330.0
"""The height of a page that holds some 14 rows, so that tables run over three and more."""
UNRULED = 0.98
HALF_RULED = 0.9999
"""Every cell, some of them marked doubtful."""
MOST_DOUBTFUL = 0.05
"""The share of cells that may be doubtful where columns are not drawn."""

TITLE = "the same tables in every format"
HEAD = f"{'format':38} | tables |  cells |     F1 | doubtful | wrong and not marked"


@dataclass(frozen=True, slots=True)
class Format:
    """A way of rendering, the least F1 that reading it must reach, whether for all documents."""

    render: Render
    suffix: str
    least: float = 1.0
    every: bool = False
    few: bool = False
    codes_once: bool = False

    @property
    def cases(self) -> list[Case]:
        """The documents that are tried."""
        return [golden_case(stem) for stem in FEW] if self.few else cases(every=self.every)


def pdf(look: Look, least: float = 1.0, *, every: bool = False) -> Format:
    return Format(lambda tables, title: to_pdf(tables, look, title), "pdf", least, every)


def one(look: Look, least: float = 1.0) -> Format:
    """A way of setting PDFs that one document of each kind tries."""
    return replace(pdf(look, least), few=True)


FORMATS = {
    "PDF ruled": pdf(Look(), every=True),
    "PDF ruled, landscape": pdf(Look(wide=True)),
    "PDF ruled, page turned 90 by the file": pdf(Look(wide=True, turn=90, shown_upright=True)),
    "PDF ruled, page turned 180 by the file": one(Look(turn=180, shown_upright=True)),
    "PDF ruled, page turned 270 by the file": one(Look(wide=True, turn=270, shown_upright=True)),
    "PDF ruled, set sideways": pdf(Look(wide=True, turn=90)),
    "PDF ruled, set upside down": one(Look(turn=180)),
    "PDF ruled, set sideways downwards": one(Look(wide=True, turn=270)),
    "PDF ruled twice": one(Look("double")),
    "PDF ruled with dashes": one(Look("dashed")),
    "PDF ruled in light grey": one(Look("grey")),
    "PDF ruled in white on a fill": one(Look("white")),
    "PDF ruled with filled bars": one(Look(bars=True)),
    "PDF ruled, every other row filled": one(Look(fill="zebra")),
    "PDF ruled, header filled": one(Look(fill="header")),
    "PDF ruled, watermark": one(Look(over="watermark")),
    "PDF ruled, stamp over cells": one(Look(over="stamp")),
    "PDF ruled, tiny letters": one(Look(size=3.5)),
    "PDF ruled, letter by letter": one(Look(letters=True)),
    "PDF ruled, heads spread": one(Look(heads="spread")),
    "PDF ruled, heads downwards": one(Look(heads="downwards")),
    "PDF vertical rules": one(Look("vertical"), UNRULED),
    "PDF header ruled": one(Look("header"), UNRULED),
    "PDF unruled, every other row filled": one(Look("none", fill="zebra"), UNRULED),
    "PDF unruled, header filled": one(Look("none", fill="header"), UNRULED),
    "PDF unruled, letter by letter": one(Look("none", letters=True), UNRULED),
    "PDF ruled, cells wrapped": pdf(Look(longest=5)),
    "PDF ruled, header on every page": pdf(Look(height=LOW)),
    "PDF ruled, header on the first page": pdf(Look(height=LOW, repeat_header=False)),
    "PDF without outer borders": pdf(Look("inner")),
    "PDF horizontal rules": pdf(Look("horizontal"), HALF_RULED, every=True),
    "PDF horizontal rules, one header": pdf(
        Look("horizontal", height=LOW, repeat_header=False), UNRULED
    ),
    "PDF three lines": pdf(Look("three lines"), UNRULED),
    "PDF unruled": pdf(Look("none"), UNRULED, every=True),
    "PDF unruled, landscape": pdf(Look("none", wide=True), UNRULED),
    "PDF unruled, cells wrapped": pdf(Look("none", longest=6), UNRULED),
    "PDF ruled, codes printed once": replace(pdf(Look()), codes_once=True),
    "DOCX": Format(to_docx, "docx", every=True),
    "DOCX, inside a table": Format(
        lambda tables, title: to_docx(tables, title, Word(nested=True)), "docx"
    ),
    "XLSX, numbers": Format(to_xlsx, "xlsx", every=True),
    "XLSX, with hidden parts": Format(to_xlsx_with_hidden, "xlsx", few=True),
    "XLSX, texts": Format(lambda tables, title: to_xlsx(tables, title, as_text=True), "xlsx"),
    "HTML": Format(to_html, "html", every=True),
    "HTML of an old site, GBK": Format(to_gbk_html, "html"),
    "HTML saved by Word, GBK": Format(to_word_html, "htm", every=True),
    "HTML, UTF-8 by its bytes alone": Format(to_bare_html, "html", few=True),
    "MHTML saved by Word, GBK": Format(to_mhtml, "mht", few=True),
}
OFFICE = {
    "PDF by LibreOffice of DOCX": Format(to_docx, "docx"),
    "PDF by LibreOffice of DOCX, horizontal": Format(
        lambda tables, title: to_docx(tables, title, Word("horizontal")), "docx", UNRULED
    ),
    "PDF by LibreOffice of XLSX": Format(to_xlsx, "xlsx"),
    "PDF by LibreOffice of HTML": Format(to_html, "html"),
}


def cases(*, every: bool) -> list[Case]:
    return [sample_case(), *map(golden_case, stems() if every else SOME)]


def rendered(made: Format, case: Case) -> bytes:
    parts = [specimen.part for specimen in case.specimens]
    tables = [lay(codes_once(part) if made.codes_once else part) for part in parts]
    return made.render(tables, case.title)


def judged(case: Case, data: bytes, suffix: str) -> Score:
    expected = [specimen.expected for specimen in case.specimens]
    return score(expected, extract(data, f"tables.{suffix}"))


def check(
    name: str,
    least: float,
    listed: Sequence[Case],
    scores: Sequence[Score],
    record_property: Callable[[str, object], None],
) -> None:
    """Record the line of the format and hold it against the least F1."""
    expected, found, hits = (
        sum(getattr(one, part) for one in scores) for part in ("expected", "found", "hits")
    )
    f1 = 2 * hits / (expected + found)
    tables = sum(len(case.specimens) for case in listed)
    doubtful = sum(one.doubtful for one in scores)
    sure = sum(len(one.sure) for one in scores)
    record_property(f"report:{TITLE}", HEAD)
    record_property(
        f"report:{TITLE}",
        f"{name:38} | {tables:6} | {expected:6} | {f1:.4f} | {doubtful:8} | {sure:6}",
    )
    lost = [line for one in scores for line in (*one.lost[:10], *one.wrong[:10])]
    assert f1 >= least, lost
    assert sure == 0, [line for one in scores for line in one.sure]
    assert doubtful <= (MOST_DOUBTFUL * expected if least < 1 else 0)


@pytest.mark.parametrize("name", FORMATS)
def test_reading_gives_the_records_again(
    name: str, record_property: Callable[[str, object], None]
) -> None:
    made = FORMATS[name]
    listed = made.cases
    scores = [judged(case, rendered(made, case), made.suffix) for case in listed]
    check(name, made.least, listed, scores, record_property)


@pytest.mark.parametrize("name", ["PDF ruled", "DOCX", "XLSX, numbers", "HTML"])
def test_figures_in_conflict_are_kept_as_printed(name: str) -> None:
    case = golden_case(FEW[0])
    wrong = with_wrong_totals(case)
    assert wrong != case
    made = FORMATS[name]
    found = judged(wrong, rendered(made, wrong), made.suffix)
    assert (found.f1, found.doubtful) == (1.0, 0), found.wrong


def test_low_pages_break_a_table_over_three() -> None:
    case = golden_case("shanghai-putuo-wanli-2025-budget")
    longest = max(case.specimens, key=lambda specimen: len(specimen.part.rows))
    alone = to_pdf([lay(longest.part)], Look(height=LOW), case.title)
    with pdfplumber.open(io.BytesIO(alone)) as pages:
        assert len(pages.pages) >= 3


@pytest.fixture(scope="session")
def office_pdfs() -> dict[str, bytes]:
    """Every office format as PDF, by format and document, in one call of LibreOffice."""
    if shutil.which("soffice") is None:
        missing("LibreOffice is not installed: sudo apt-get install -y libreoffice")
    files = {
        f"{number}-{order}.{made.suffix}": rendered(made, case)
        for number, made in enumerate(OFFICE.values())
        for order, case in enumerate(cases(every=False))
    }
    return to_pdfs(files)


@pytest.mark.xdist_group("libreoffice")
@pytest.mark.parametrize("name", OFFICE)
def test_reading_what_libreoffice_prints_gives_the_records_again(
    name: str, office_pdfs: dict[str, bytes], record_property: Callable[[str, object], None]
) -> None:
    made, number = OFFICE[name], list(OFFICE).index(name)
    listed = cases(every=False)
    files = [office_pdfs[f"{number}-{order}.{made.suffix}"] for order in range(len(listed))]
    assert all(has_font_subset(data) for data in files)
    scores = [judged(case, data, "pdf") for case, data in zip(listed, files, strict=True)]
    check(name, made.least, listed, scores, record_property)


@pytest.mark.xdist_group("libreoffice")
def test_a_font_subset_without_a_map_is_told_and_not_stored(
    office_pdfs: dict[str, bytes],
) -> None:
    data = office_pdfs["0-0.docx"]
    assert extract(data, "有编码.pdf").tables
    with pytest.raises(UnreadableFile, match="第1页的字体没有文字编码，100%"):
        extract(data.replace(b"/ToUnicode", b"/NoUnicode"), "无编码.pdf")


def has_font_subset(data: bytes) -> bool:
    """Whether a PDF embeds a subset of a font: its name has a tag of six letters."""
    return re.search(rb"/[A-Z]{6}\+\w+CJK", data) is not None
