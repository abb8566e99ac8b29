"""A made-up disclosure as a ruled PDF, wide tables on landscape pages."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from io import BytesIO
from itertools import groupby

from reportlab.lib.enums import TA_LEFT, TA_RIGHT
from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.platypus import (
    BaseDocTemplate,
    Flowable,
    Frame,
    NextPageTemplate,
    PageBreak,
    PageTemplate,
    Paragraph,
    Table,
)

from tests.indexer.shapes import notation
from tests.indexer.shapes.notation import Grid, Part, Text

FONT = "STSong-Light"
SIZE, HEADING_SIZE, CELL_SIZE = 11.0, 15.0, 8.0
MARGIN = 40.0
WIDE = 7
"""A page with a table of more columns lies on its side."""


def pdf(parts: Sequence[Part]) -> bytes:
    pdfmetrics.registerFont(UnicodeCIDFont(FONT))
    out = BytesIO()
    pages = [
        list(page)
        for is_break, page in groupby(parts, key=lambda part: isinstance(part, notation.PageBreak))
        if not is_break
    ]
    sizes = {"upright": A4, "lying": landscape(A4)}
    document = BaseDocTemplate(out, pagesize=_pick(pages[0], sizes), title="")
    order = ["lying", "upright"] if _is_wide(pages[0]) else ["upright", "lying"]
    document.addPageTemplates([_template(name, sizes[name]) for name in order])
    flowables: list[Flowable] = []
    for number, page in enumerate(pages):
        name = "lying" if _is_wide(page) else "upright"
        flowables += [NextPageTemplate(name), PageBreak()] if number else []
        flowables += _flowables(page, sizes[name][0] - 2 * MARGIN)
    document.build(flowables)
    return out.getvalue()


def _pick(page: Sequence[Part], sizes: dict[str, tuple[float, float]]) -> tuple[float, float]:
    return sizes["lying" if _is_wide(page) else "upright"]


def _is_wide(page: Sequence[Part]) -> bool:
    return any(isinstance(part, Grid) and part.columns > WIDE for part in page)


def _template(name: str, size: tuple[float, float]) -> PageTemplate:
    width, height = size
    frame = Frame(MARGIN, MARGIN, width - 2 * MARGIN, height - 2 * MARGIN, 0, 0, 0, 0)
    return PageTemplate(id=name, frames=[frame], pagesize=size)


def _flowables(page: Sequence[Part], width: float) -> Iterator[Flowable]:
    for at, part in enumerate(page):
        if isinstance(part, Text):
            size = HEADING_SIZE if part.level else SIZE
            indent = 0.0 if part.level or not part.text.endswith("。") else 2 * size
            closes = any(_is_date(below) for below in page[at : at + 2])
            yield Paragraph(part.text, _style(size, indent, TA_RIGHT if closes else TA_LEFT))
        elif isinstance(part, Grid):
            yield _table(part, width)


def _is_date(part: Part) -> bool:
    return isinstance(part, Text) and re.fullmatch(r"\d{4}年\d+月\d+日", part.text) is not None


def _table(grid: Grid, width: float) -> Table:
    lines: list[list[object]] = [[""] * grid.columns for _ in range(grid.rows)]
    style: list[tuple[object, ...]] = [("GRID", (0, 0), (-1, -1), 0.5, "black")]
    for cell in grid.cells:
        lines[cell.row][cell.column] = Paragraph(cell.text, _style(CELL_SIZE))
        end = (cell.column + cell.wide - 1, cell.row + cell.high - 1)
        style.append(("SPAN", (cell.column, cell.row), end))
    return Table(lines, colWidths=[width / grid.columns] * grid.columns, style=style)


def _style(size: float, indent: float = 0.0, alignment: int = TA_LEFT) -> ParagraphStyle:
    return ParagraphStyle(
        "",
        fontName=FONT,
        fontSize=size,
        leading=1.5 * size,
        wordWrap="CJK",
        firstLineIndent=indent,
        alignment=alignment,
    )
