"""Places: cutting the original PDF at the box of a figure gives the printed text again."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path

import pypdfium2
import pytest

from archive.model import Disclosure, Place
from indexer.extract import extract

pytestmark = pytest.mark.real

PDFS = [
    "shanghai-finance-2025-budget",
    "shanghai-putuo-commerce-2025-department-budget",
    "shanghai-putuo-commerce-2025-unit-budget",
    "shanghai-putuo-planning-2024-final-accounts",
    "shanghai-putuo-wanli-2024-budget",
    "shanghai-putuo-wanli-2025-budget",
]


def squeezed(text: str) -> str:
    return "".join(text.split())


@cache
def extracted(path: Path) -> Disclosure:
    return extract(path.read_bytes(), path.name)


def cutter(path: Path) -> Callable[[Place], str]:
    """What a file prints at a place."""
    document = pypdfium2.PdfDocument(path)

    @cache
    def page(number: int) -> tuple[pypdfium2.PdfTextPage, float]:
        shown = document[number - 1]
        return shown.get_textpage(), shown.get_height()

    def cut(place: Place) -> str:
        assert place.page is not None
        assert place.box is not None
        text, height = page(place.page)
        left, top, right, bottom = place.box
        return squeezed(text.get_text_bounded(left, height - bottom, right, height - top))

    return cut


@pytest.mark.parametrize("name", PDFS)
def test_every_cell_stands_where_its_place_says(real_disclosures: Path, name: str) -> None:
    path = real_disclosures / "pdf" / f"{name}.pdf"
    cut = cutter(path)
    cells = [c for t in extracted(path).tables for row in t.rows for c in row.cells]
    assert len(cells) > 500
    pairs = [(squeezed(cell.printed), cut(cell.place)) for cell in cells]
    assert [pair for pair in pairs if pair[0] != pair[1]] == []


@pytest.mark.parametrize("name", PDFS)
def test_every_section_begins_with_its_heading(real_disclosures: Path, name: str) -> None:
    path = real_disclosures / "pdf" / f"{name}.pdf"
    cut = cutter(path)
    for section in extracted(path).sections:
        if section.level:
            assert cut(section.place).startswith(squeezed(section.heading)[:6]), section.id
