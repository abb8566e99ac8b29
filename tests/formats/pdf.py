"""Tables as PDF through reportlab: every way of ruling and of turning a page."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from reportlab.lib.colors import HexColor, white
from reportlab.lib.enums import TA_CENTER, TA_LEFT, TA_RIGHT
from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfbase.pdfmetrics import stringWidth
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
from tests.formats.seals import letters_around

FONT = "STSong-Light"
PADDING = 3.0
_DOWNWARDS = 4
"""A head of no more letters may be written downwards."""
MARGIN = 40.0
ROOM = 120.0
"""A table begins on a new page when less than this is left."""

Rules = Literal[
    "full", "double", "dashed", "grey", "white", "inner", "horizontal", "vertical", "three lines",
    "header", "none",
]  # fmt: skip
_EVERYWHERE = (0, 0), (-1, -1)
_RULES: dict[Rules, list[tuple[object, ...]]] = {
    "full": [("GRID", (0, 0), (-1, -1), 0.5, "black")],
    "double": [("GRID", *_EVERYWHERE, 0.4, "black", None, None, None, 2, 1.2)],
    "dashed": [("GRID", *_EVERYWHERE, 0.5, "black", None, (2, 2))],
    "grey": [("GRID", *_EVERYWHERE, 0.3, HexColor(0xD9D9D9))],
    "white": [("BACKGROUND", *_EVERYWHERE, HexColor(0xDCE6F1)), ("GRID", *_EVERYWHERE, 1, white)],
    "vertical": [
        ("LINEBEFORE", (0, 0), (-1, -1), 0.5, "black"),
        ("LINEAFTER", (-1, 0), (-1, -1), 0.5, "black"),
    ],
    "header": [],
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

    ``turn`` is by how many degrees the page is set turned to the left; ``shown_upright``
    when the file tells viewers to turn it back.  ``longest`` is the width of a column in Han
    characters at which its texts wrap.  ``bars`` draws rules as thin filled rectangles,
    ``fill`` the background of every other row or of the header, ``over`` what lies over the
    tables.  ``letters`` sets each letter by itself, a little apart; ``heads`` are spread
    (单　位) or written downwards.
    """

    rules: Rules = "full"
    wide: bool = False
    turn: int = 0
    shown_upright: bool = False
    bars: bool = False
    fill: Literal["", "zebra", "header"] = ""
    over: Literal["", "watermark", "stamp"] = ""
    letters: bool = False
    heads: Literal["", "spread", "downwards"] = ""
    repeat_header: bool = True
    longest: float = 14.0
    size: float = 8.0
    height: float | None = None


def to_pdf(tables: Sequence[Laid], look: Look, title: str) -> bytes:
    """The tables one after the other, each with its caption and notes."""
    pdfmetrics.registerFont(UnicodeCIDFont(FONT))
    width, height = landscape(A4) if look.wide else A4
    height = look.height or height
    page = (height, width) if look.turn % 180 else (width, height)
    buffer = io.BytesIO()
    document = BaseDocTemplate(buffer, pagesize=page, title=title)
    frame = Frame(MARGIN, MARGIN, width - 2 * MARGIN, height - 2 * MARGIN, 0, 0, 0, 0)
    document.addPageTemplates(
        PageTemplate(
            frames=[frame],
            pagesize=page,
            onPage=lambda canvas, _: _turned(canvas, look, *page),
            onPageEnd=lambda canvas, _: _drawn_over(canvas, look, width, height),
        )
    )
    story: list[Flowable] = [Paragraph(title, _style(18, TA_CENTER)), Spacer(1, 20)]
    for table in tables:
        story += _flowables(table, look, width - 2 * MARGIN)
    document.build(story, canvasmaker=_BarCanvas if look.bars else Canvas)
    return buffer.getvalue()


class _BarCanvas(Canvas):  # type: ignore[misc]
    """Draws a straight line as a thin filled rectangle, as spreadsheets print it."""

    def line(self, x1: float, y1: float, x2: float, y2: float) -> None:
        """A level or upright line."""
        x, y = min(x1, x2), min(y1, y2)
        self.rect(x - 0.25, y - 0.25, abs(x1 - x2) + 0.5, abs(y1 - y2) + 0.5, stroke=0, fill=1)


def _turned(canvas: Canvas, look: Look, width: float, height: float) -> None:
    """Draw what follows turned to the left on a page of this size."""
    match look.turn:
        case 90:
            canvas.translate(width, 0)
        case 180:
            canvas.translate(width, height)
        case 270:
            canvas.translate(0, height)
    canvas.rotate(look.turn)
    if look.shown_upright:
        canvas.setPageRotation(look.turn)


def _drawn_over(canvas: Canvas, look: Look, width: float, height: float) -> None:
    canvas.saveState()
    canvas.translate(width / 2, height / 2)
    if look.over == "watermark":
        canvas.setFillColor(HexColor(0xC0C0C0))
        canvas.setFont(FONT, 60)
        canvas.rotate(40)
        for shift in (-160, 0, 160):
            canvas.drawCentredString(0, shift, "仅供公开查阅")
    elif look.over == "stamp":
        _stamp(canvas)
    canvas.restoreState()


def _stamp(canvas: Canvas) -> None:
    """A round seal with its letters around, over the cells in the middle of the page."""
    canvas.setStrokeColor(HexColor(0xE00000))
    canvas.setFillColor(HexColor(0xE00000))
    canvas.circle(0, 0, 55, stroke=1, fill=0)
    canvas.circle(0, 0, 9, stroke=1, fill=1)
    canvas.setFont(FONT, 11)
    letters_around(canvas, "示例市财政局预算专用章", radius=40, first=137, step=27)


class _Letters(Flowable):  # type: ignore[misc]
    """A text of which each letter is drawn by itself, a little apart from the next."""

    APART = 0.12

    def __init__(self, text: str, size: float, alignment: int) -> None:
        super().__init__()
        self.text, self.size, self.alignment = text, size, alignment
        self.lines: list[str] = []

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        """Break the text as wide as it may be."""
        self.width, self.lines, line = width, [], ""
        for letter in self.text:
            if line and self._long(line + letter) > width + 0.1:
                self.lines.append(line)
                line = ""
            line += letter
        self.lines.append(line)
        return width, len(self.lines) * 1.25 * self.size

    def _long(self, text: str) -> float:
        return sum(map(self._advance, text)) - self.APART * self.size

    def _advance(self, letter: str) -> float:
        return float(stringWidth(letter, FONT, self.size)) + self.APART * self.size

    def draw(self) -> None:
        """Draw the lines letter by letter."""
        self.canv.setFont(FONT, self.size)
        for number, line in enumerate(self.lines, start=1):
            left = self.width - self._long(line)
            x = {TA_LEFT: 0.0, TA_CENTER: left / 2, TA_RIGHT: left}[self.alignment]
            y = (len(self.lines) - number) * 1.25 * self.size + 0.3 * self.size
            for letter in line:
                self.canv.drawString(x, y, letter)
                x += self._advance(letter)


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
        texts[cell.row][cell.column] = _text(cell, table, look, size) if cell.text else ""
    style: list[tuple[object, ...]] = [
        ("VALIGN", (0, 0), (-1, -1), "MIDDLE"),
        ("LEFTPADDING", (0, 0), (-1, -1), PADDING),
        ("RIGHTPADDING", (0, 0), (-1, -1), PADDING),
        ("TOPPADDING", (0, 0), (-1, -1), 2),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 3),
        *_RULES[look.rules],
        *_fill(table, look),
        *(("SPAN", *_corners(cell)) for cell in table.cells if cell.rows > 1 or cell.columns > 1),
    ]
    if look.rules == "header":
        style.append(("GRID", (0, 0), (-1, table.header - 1), 0.5, "black"))
    if look.rules == "three lines":
        style.append(("LINEBELOW", (0, table.header - 1), (-1, table.header - 1), 0.5, "black"))
    repeated = table.header if look.repeat_header else 0
    return LongTable(texts, widths, repeatRows=repeated, style=style)


def _corners(cell: LaidCell) -> tuple[tuple[int, int], tuple[int, int]]:
    return (
        (cell.column, cell.row),
        (cell.column + cell.columns - 1, cell.row + cell.rows - 1),
    )


def _fill(table: Laid, look: Look) -> list[tuple[object, ...]]:
    if look.fill == "header":
        return [("BACKGROUND", (0, 0), (-1, table.header - 1), HexColor(0x4472C4))]
    if look.fill == "zebra" and table.rows > table.header:
        return [("ROWBACKGROUNDS", (0, table.header), (-1, -1), (white, HexColor(0xEEF3FA)))]
    return []


def _text(cell: LaidCell, table: Laid, look: Look, size: float) -> Flowable:
    text, alignment = cell.text, TA_RIGHT if cell.is_figure else TA_LEFT
    if cell.row < table.header:
        text, alignment = _head(cell, look), TA_CENTER
    if look.letters:
        return _Letters(text, size, alignment)
    return Paragraph(text, _style(size, alignment))


def _head(cell: LaidCell, look: Look) -> str:
    if look.heads == "spread" and len(cell.text) == 2:
        return "　".join(cell.text)
    if look.heads == "downwards" and cell.columns == 1 and len(cell.text) <= _DOWNWARDS:
        return "<br/>".join(cell.text)
    return cell.text


def _fitted(table: Laid, look: Look, width: float) -> tuple[float, list[float]]:
    """Font size and column widths: as wide as the texts, but wrapped beyond ``longest``."""
    longest, size = look.longest, look.size
    while True:
        widths = [_column(table, column, longest, size) for column in range(table.columns)]
        if look.letters:
            widths = [width * (1 + 2 * _Letters.APART) for width in widths]
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
