"""Parts -> PDF drawn directly, thousands of pages in a minute; tables go on on the next page."""

from __future__ import annotations

import io

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

from samples.parts import Heading, Paragraph, Part, TablePart, placed

FONT = "STSong-Light"
WIDTH, HEIGHT = 842.0, 595.0
MARGIN = 50.0
LEADING = 12.0
TEXT_SIZE = 11.0
CELL_SIZE = 8.0
PADDING = 3.0


class Paper:
    """A canvas with a place where the next thing is drawn, in points from the top."""

    def __init__(self) -> None:
        pdfmetrics.registerFont(UnicodeCIDFont(FONT))
        self._target = io.BytesIO()
        self._canvas = Canvas(self._target, pagesize=(WIDTH, HEIGHT), invariant=1)
        self._top = MARGIN
        self.pages = 1

    def room(self, height: float) -> bool:
        """Whether so much fits below on this page."""
        return self._top + height <= HEIGHT - MARGIN

    def turn(self) -> None:
        """Go to the next page."""
        self._canvas.drawCentredString(WIDTH / 2, 25, f"第 {self.pages} 页")
        self._canvas.showPage()
        self._top = MARGIN
        self.pages += 1

    def line(self, text: str, size: float, *, centred: bool = False) -> None:
        """One line of running text."""
        if not self.room(size * 1.8):
            self.turn()
        self._top += size * 1.8
        self._canvas.setFont(FONT, size)
        if centred:
            self._canvas.drawCentredString(WIDTH / 2, HEIGHT - self._top, text)
        else:
            self._canvas.drawString(MARGIN, HEIGHT - self._top, text)

    def cell(self, left: float, top: float, width: float, height: float, lines: list[str]) -> None:
        """A ruled cell below the place, ``top`` points down."""
        above = self._top + top
        self._canvas.setFont(FONT, CELL_SIZE)
        self._canvas.rect(left, HEIGHT - above - height, width, height)
        for number, text in enumerate(lines, start=1):
            self._canvas.drawString(left + PADDING, HEIGHT - above - number * LEADING, text)

    def down(self, height: float) -> None:
        """Move the place down."""
        self._top += height

    def data(self) -> bytes:
        """The finished PDF."""
        self.turn()
        self.pages -= 1
        self._canvas.save()
        return self._target.getvalue()


def to_pdf(parts: list[Part]) -> tuple[bytes, int]:
    """The PDF and its number of pages."""
    paper = Paper()
    for part in parts:
        match part:
            case Heading(level, text):
                paper.line(text, TEXT_SIZE + 4 - level, centred=level <= 1)
            case Paragraph(text):
                for line in _wrapped("\u3000\u3000" + text, WIDTH - 2 * MARGIN, TEXT_SIZE):
                    paper.line(line, TEXT_SIZE)
            case TablePart():
                _table(paper, part)
    return paper.data(), paper.pages


def _table(paper: Paper, part: TablePart) -> None:
    for line in part.caption:
        paper.line(line, TEXT_SIZE, centred=True)
    paper.down(PADDING)
    width = (WIDTH - 2 * MARGIN) / part.width
    height = LEADING + 2 * PADDING
    if not paper.room(height * (len(part.header) + 1)):
        paper.turn()
    for row, column, head in placed(part.header):
        left = MARGIN + column * width
        lines = _wrapped(head.text, head.columns * width - 2 * PADDING, CELL_SIZE)
        paper.cell(left, row * height, head.columns * width, head.rows * height, lines[:1])
    paper.down(height * len(part.header))
    for texts in part.rows:
        _row(paper, [_wrapped(text, width - 2 * PADDING, CELL_SIZE) for text in texts], width)
    for note in part.notes:
        paper.line(note, TEXT_SIZE)


def _row(paper: Paper, cells: list[list[str]], width: float) -> None:
    height = max(1, *map(len, cells)) * LEADING + 2 * PADDING
    if not paper.room(height):
        paper.turn()
    for column, lines in enumerate(cells):
        paper.cell(MARGIN + column * width, 0, width, height, lines)
    paper.down(height)


def _wrapped(text: str, width: float, size: float) -> list[str]:
    """Lines that fit, by the widths of the printer: Han a whole size, Latin half of it."""
    lines, used = [""], 0.0
    for character in text:
        step = size if character > "\u2000" else size * 0.6
        if used + step > width:
            lines.append("")
            used = 0.0
        lines[-1] += character
        used += step
    return [line for line in lines if line]
