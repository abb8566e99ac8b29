"""Pages drawn for tests, and what the reader makes of them."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import Any

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

from indexer.pages import Grid, Line, Page
from indexer.readers.pdf import read_pdf

FONT = "STSong-Light"
pdfmetrics.registerFont(UnicodeCIDFont(FONT))

Draw = Callable[[Canvas], None]
Edges = Sequence[float]

BODY = [
    ("201", "一般公共服务支出", "2,932,700.00", "", "2,932,700.00"),
    ("20105", "统计信息事务", "257,700.00", "100.00", "257,600.00"),
    ("20106", "财政事务", "1,000.00", "1,000.00", ""),
    ("206", "科学技术支出", "17,200.00", "", "17,200.00"),
    ("208", "社会保障和就业支出", "3,808.00", "3,808.00", ""),
    ("", "合计", "99,999.00", "88,888.00", "11,111.00"),
]
NAMES = ("科目编码", "科目名称", "合计", "基本支出", "项目支出")
EDGES = (55, 115, 255, 345, 435, 535)
STEP = 20.0
BASE = 6.0


def pdf(*draws: Draw, size: tuple[float, float] = (595, 842), **options: Any) -> bytes:
    """A PDF with one page for each drawing."""
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=size, **options)
    for draw in draws:
        canvas.setFont(FONT, 10)
        draw(canvas)
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def cells(canvas: Canvas, rows: Sequence[Sequence[str]], top: float, edges: Edges = EDGES) -> None:
    """Rows of texts between column edges: figures to the right, the rest to the left."""
    for number, row in enumerate(rows, 1):
        y = top - number * STEP + BASE
        for text, (left, right) in zip(row, pairwise(edges), strict=True):
            if re.fullmatch(r"[\d,.]+\.\d\d", text):
                canvas.drawRightString(right - 3, y, text)
            else:
                canvas.drawString(left + 3, y, text)


def across(canvas: Canvas, ys: Edges, left: float = 55, right: float = 535) -> None:
    for y in ys:
        canvas.line(left, y, right, y)


def down(canvas: Canvas, xs: Edges, top: float, bottom: float) -> None:
    for x in xs:
        canvas.line(x, top, x, bottom)


def levels(top: float, rows: int) -> list[float]:
    return [top - STEP * number for number in range(rows + 1)]


def ruled(canvas: Canvas, top: float = 700) -> None:
    """The table with two header rows, merged cells and all its rules."""
    canvas.drawCentredString((EDGES[0] + EDGES[2]) / 2, top - STEP + BASE, "项目")
    canvas.drawCentredString((EDGES[2] + EDGES[5]) / 2, top - STEP + BASE, "一般公共预算支出")
    cells(canvas, [NAMES, *BODY], top - STEP)
    across(canvas, levels(top, 8))
    down(canvas, (EDGES[0], EDGES[2], EDGES[5]), top, top - 8 * STEP)
    down(canvas, EDGES, top - STEP, top - 8 * STEP)


def page(*draws: Draw, **options: Any) -> Page:
    (only,) = read_pdf(pdf(*draws, **options), "样本.pdf").pages
    return only


def grid(of: Page) -> Grid:
    (only,) = (item for item in of.items if isinstance(item, Grid))
    return only


def texts(of: Page) -> list[str]:
    return [item.text for item in of.items if isinstance(item, Line)]


def table(of: Grid) -> list[list[str]]:
    """The grid as rows of texts, blank where nothing is printed."""
    rows = [[""] * of.columns for _ in range(of.rows)]
    for cell in of.cells:
        rows[cell.row][cell.column] = cell.text
    return rows


def spans(of: Grid) -> dict[str, tuple[int, int]]:
    return {
        cell.text: (cell.row_span, cell.column_span)
        for cell in of.cells
        if cell.row_span * cell.column_span > 1
    }


def expected(*above: Sequence[str]) -> list[list[str]]:
    return [list(row) for row in (*above, *BODY)]


TWO_HEADERS = (["项目", "", "一般公共预算支出", "", ""], NAMES)
