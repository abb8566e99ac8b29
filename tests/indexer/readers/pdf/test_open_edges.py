"""Tables that leave edges open, and what lies over tables: seals and their letters."""

from __future__ import annotations

import io
from collections.abc import Callable

import pytest
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

from indexer.pages import Grid, Line, Page
from indexer.readers.pdf import read_pdf
from tests.formats.seals import letters_around

FONT = "STSong-Light"
pdfmetrics.registerFont(UnicodeCIDFont(FONT))

Draw = Callable[[Canvas], None]
X = (100, 200, 300, 400)
"""The edges of three columns."""
Texts = list[list[str]]


def page(draw: Draw) -> Page:
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=(500, 500))
    canvas.setFont(FONT, 10)
    draw(canvas)
    canvas.save()
    (only,) = read_pdf(buffer.getvalue(), "样本.pdf").pages
    return only


def cells(found: Page) -> list[tuple[bool, Texts]]:
    """Each grid: whether it is exact, and its rows of texts."""
    grids = [item for item in found.items if isinstance(item, Grid)]
    tables = []
    for grid in grids:
        rows = [[""] * grid.columns for _ in range(grid.rows)]
        for cell in grid.cells:
            rows[cell.row][cell.column] = cell.text
        tables.append((grid.exact, rows))
    return tables


def lines(found: Page) -> list[str]:
    return [item.text for item in found.items if isinstance(item, Line)]


def row(canvas: Canvas, y: float, *texts: str) -> None:
    for text, left, right in zip(texts, X, X[1:], strict=False):
        canvas.drawCentredString((left + right) / 2, y, text)


def empty(canvas: Canvas) -> None:
    """A header without borders: 编码 over 类 and 款 beside 合计, which has no rule to its right."""
    canvas.drawCentredString(200, 426, "编码")
    row(canvas, 406, "类", "款")
    canvas.drawCentredString(350, 416, "合计")
    canvas.line(100, 420, 300, 420)
    canvas.line(200, 420, 200, 400)
    canvas.line(300, 440, 300, 400)


def inner(canvas: Canvas) -> None:
    """Rows without borders below a head over all columns."""
    canvas.drawCentredString(250, 426, "三公经费")
    row(canvas, 406, "合计", "出国", "接待")
    row(canvas, 386, "2.85", "0.00", "2.85")
    for y in (420, 400):
        canvas.line(100, y, 400, y)
    for x in (200, 300):
        canvas.line(x, 420, x, 380)


def titled(canvas: Canvas) -> None:
    """The same below a caption, which is no head."""
    canvas.drawCentredString(250, 446, "三公经费支出表")
    canvas.drawCentredString(250, 424, "单位：万元")
    row(canvas, 406, "合计", "出国", "接待")
    row(canvas, 386, "2.85", "0.00", "2.85")
    for y in (420, 400):
        canvas.line(100, y, 400, y)
    for x in (200, 300):
        canvas.line(x, 420, x, 380)


def header_alone(canvas: Canvas) -> None:
    """A ruled header with rows set below it."""
    row(canvas, 426, "科目", "合计", "其中")
    row(canvas, 406, "教育支出", "2.00", "1.00")
    row(canvas, 386, "卫生支出", "", "3.00")
    for y in (440, 420):
        canvas.line(100, y, 400, y)
    for x in X:
        canvas.line(x, 440, x, 420)


def header_and_prose(canvas: Canvas) -> None:
    """A ruled header of an empty table above a text with figures."""
    row(canvas, 426, "科目", "合计", "其中")
    canvas.drawString(60, 406, "本年没有安排政府性基金预算支出，上年为 2.00 万元，减少 2.00 万元。")
    for y in (440, 420):
        canvas.line(100, y, 400, y)
    for x in X:
        canvas.line(x, 440, x, 420)


@pytest.mark.parametrize(
    ("draw", "tables", "outside"),
    [
        (empty, [(True, [["编码", "", "合计"], ["类", "款", ""]])], []),
        (inner, [(True, [["三公经费", "", ""], ["合计", "出国", "接待"],
                         ["2.85", "0.00", "2.85"]])], []),
        (titled, [(True, [["合计", "出国", "接待"], ["2.85", "0.00", "2.85"]])],
         ["三公经费支出表", "单位：万元"]),
        (header_alone, [(False, [["科目", "合计", "其中"], ["教育支出", "2.00", "1.00"],
                                 ["卫生支出", "", "3.00"]])], []),
        (header_and_prose, [(True, [["科目", "合计", "其中"]])],
         ["本年没有安排政府性基金预算支出，上年为 2.00 万元，减少 2.00 万元。"]),
    ],
)  # fmt: skip
def test_open_edges(draw: Draw, tables: list[tuple[bool, Texts]], outside: list[str]) -> None:
    found = page(draw)
    assert cells(found) == tables
    assert [line.replace(" ", "") for line in lines(found)] == [
        line.replace(" ", "") for line in outside
    ]


def with_seal(canvas: Canvas) -> None:
    """A ruled table with a round seal over it; one letter of the seal stands upright."""
    row(canvas, 426, "科目", "合计", "其中")
    row(canvas, 406, "教育支出", "2.00", "1.00")
    for y in (440, 420, 400):
        canvas.line(100, y, 400, y)
    for x in X:
        canvas.line(x, 440, x, 400)
    canvas.translate(255, 405)
    canvas.circle(0, 0, 40)
    canvas.circle(0, 0, 12, stroke=1, fill=1)
    letters_around(canvas, "示例财政局", radius=8, first=60, step=30)


def test_a_seal_is_neither_rule_nor_text() -> None:
    found = page(with_seal)
    assert cells(found) == [(True, [["科目", "合计", "其中"], ["教育支出", "2.00", "1.00"]])]
    assert lines(found) == []


def test_a_line_of_upright_letters_between_slanted_ones_is_text() -> None:
    def draw(canvas: Canvas) -> None:
        for y in (300, 100):
            canvas.saveState()
            canvas.translate(100, y)
            canvas.rotate(45)
            canvas.drawString(0, 0, "草稿")
            canvas.restoreState()
            canvas.drawString(60, y + 120, f"第{y}行")

    assert lines(page(draw)) == ["第300行", "第100行"]
