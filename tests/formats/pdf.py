"""Tables as PDF through reportlab: every way of ruling and of turning a page."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from reportlab.lib.enums import TA_CENTER, TA_LEFT, TA_RIGHT
from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import (
    BaseDocTemplate,
    CondPageBreak,
    Flowable,
    Frame,
    LongTable,
    PageTemplate,
    Paragraph,
    Spacer,
)

from tests.formats.laid import Laid, LaidCell, width_of

FONT = "STSong-Light"
PADDING = 3.0
MARGIN = 40.0
ROOM = 120.0
"""A table begins on a new page when less than this is left."""

Rules = Literal["full", "inner", "horizontal", "three lines", "none"]
_RULES: dict[Rules, list[tuple[object, ...]]] = {
    "full": [("GRID", (0, 0), (-1, -1), 0.5, "black")],
    "inner": [("INNERGRID", (0, 0), (-1, -1), 0.5, "black")],
    "horizontal": [
        ("LINEABOVE", (0, 0), (-1, 0), 0.5, "black"),
        ("LINEBELOW", (0, 0), (-1, -1), 0.5, "black"),
    ],
    "three lines": [
        ("LINEABOVE", (0, 0), (-1, 0), 1, "black"),
        ("LINEBELOW", (0, -1), (-1, -1), 1, "black"),
    ],
    "none": [],
}


@dataclass(frozen=True, slots=True)
class Look:
    """How tables are set.

    ``turn`` is "rotated" for pages that the file tells viewers to turn, "sideways" for
    tables set sideways on upright pages.  ``longest`` is the width of a column in Han
    characters at which its texts wrap.
    """

    rules: Rules = "full"
    wide: bool = False
    turn: Literal["", "rotated", "sideways"] = ""
    repeat_header: bool = True
    longest: float = 14.0
    size: float = 8.0
    height: float | None = None


def to_pdf(tables: Sequence[Laid], look: Look, title: str) -> bytes:
    """The tables one after the other, each with its caption and notes."""
    pdfmetrics.registerFont(UnicodeCIDFont(FONT))
    width, height = landscape(A4) if look.wide else A4
    height = look.height or height
    page = (height, width) if look.turn else (width, height)
    buffer = io.BytesIO()
    document = BaseDocTemplate(buffer, pagesize=page, title=title)
    frame = Frame(MARGIN, MARGIN, width - 2 * MARGIN, height - 2 * MARGIN, 0, 0, 0, 0)
    document.addPageTemplates(
        PageTemplate(frames=[frame], pagesize=page, onPage=lambda c, _: _turned(c, look, height))
    )
    story: list[Flowable] = [Paragraph(title, _style(18, TA_CENTER)), Spacer(1, 20)]
    for table in tables:
        story += _flowables(table, look, width - 2 * MARGIN)
    document.build(story)
    return buffer.getvalue()


def _turned(canvas: Canvas, look: Look, height: float) -> None:
    """Draw what follows a quarter turned to the left on a page that is high, not wide."""
    if look.turn:
        canvas.translate(height, 0)
        canvas.rotate(90)
    if look.turn == "rotated":
        canvas.setPageRotation(90)


def _flowables(table: Laid, look: Look, width: float) -> list[Flowable]:
    *above, last = table.caption
    return [
        CondPageBreak(ROOM),
        *(Paragraph(text, _style(11, TA_CENTER)) for text in above),
        Paragraph(last, _style(9, TA_RIGHT)),
        Spacer(1, 4),
        _table(table, look, width),
        *(Paragraph(note, _style(9, TA_LEFT)) for note in table.notes),
        Spacer(1, 24),
    ]


def _table(table: Laid, look: Look, width: float) -> LongTable:
    size, widths = _fitted(table, look, width)
    texts: list[list[Flowable | str]] = [[""] * table.columns for _ in range(table.rows)]
    for cell in table.cells:
        texts[cell.row][cell.column] = _text(cell, table, size) if cell.text else ""
    style: list[tuple[object, ...]] = [
        ("VALIGN", (0, 0), (-1, -1), "MIDDLE"),
        ("LEFTPADDING", (0, 0), (-1, -1), PADDING),
        ("RIGHTPADDING", (0, 0), (-1, -1), PADDING),
        ("TOPPADDING", (0, 0), (-1, -1), 2),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 3),
        *_RULES[look.rules],
        *(("SPAN", *_corners(cell)) for cell in table.cells if cell.rows > 1 or cell.columns > 1),
    ]
    if look.rules == "three lines":
        style.append(("LINEBELOW", (0, table.header - 1), (-1, table.header - 1), 0.5, "black"))
    repeated = table.header if look.repeat_header else 0
    return LongTable(texts, widths, repeatRows=repeated, style=style)


def _corners(cell: LaidCell) -> tuple[tuple[int, int], tuple[int, int]]:
    return (
        (cell.column, cell.row),
        (cell.column + cell.columns - 1, cell.row + cell.rows - 1),
    )


def _text(cell: LaidCell, table: Laid, size: float) -> Paragraph:
    if cell.row < table.header:
        return Paragraph(cell.text, _style(size, TA_CENTER))
    return Paragraph(cell.text, _style(size, TA_RIGHT if cell.is_figure else TA_LEFT))


def _fitted(table: Laid, look: Look, width: float) -> tuple[float, list[float]]:
    """Font size and column widths: as wide as the texts, but wrapped beyond ``longest``."""
    longest, size = look.longest, look.size
    while True:
        widths = [_column(table, column, longest, size) for column in range(table.columns)]
        if sum(widths) <= width:
            return size, widths
        longest, size = max(5.0, longest - 1), size * 0.97


def _column(table: Laid, column: int, longest: float, size: float) -> float:
    cells = [c for c in table.cells if c.column == column and c.columns == 1]
    figures = [width_of(c.text) for c in cells if c.is_figure]
    words = [min(width_of(c.text), longest) for c in cells if c.row >= table.header]
    heads = [min(width_of(c.text), 4.0) for c in cells if c.row < table.header]
    return max([2.0, *figures, *words, *heads]) * size * 1.08 + 2 * PADDING


def _style(size: float, alignment: int) -> ParagraphStyle:
    return ParagraphStyle(
        f"{size}-{alignment}",
        fontName=FONT,
        fontSize=size,
        leading=size * 1.25,
        alignment=alignment,
        wordWrap="CJK",
    )
