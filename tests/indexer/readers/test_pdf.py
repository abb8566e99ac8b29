"""PDFs drawn for the purpose: every kind of table, page and damage."""

from __future__ import annotations

import pytest
from reportlab.pdfgen.canvas import Canvas

from indexer.pages import GridCell, Line
from indexer.readers.pdf import read_pdf
from tests.indexer.readers.pdf.drawn import (
    BODY,
    EDGES,
    FONT,
    TWO_HEADERS,
    Draw,
    across,
    cells,
    down,
    expected,
    grid,
    levels,
    page,
    pdf,
    ruled,
    spans,
    table,
    texts,
)


def test_ruled_table() -> None:
    found = grid(page(ruled))
    assert table(found) == expected(*TWO_HEADERS)
    assert spans(found) == {"项目": (1, 2), "一般公共预算支出": (1, 3)}
    assert found.exact


@pytest.mark.parametrize("rotation", [0, 90, 180, 270])
def test_turned_page_reads_alike_and_places_are_as_displayed(rotation: int) -> None:
    """The text is upright as displayed (reportlab gives the size as displayed too)."""

    def draw(canvas: Canvas) -> None:
        canvas.setPageRotation(rotation)
        canvas.translate(*{90: (842, 0), 180: (595, 842), 270: (0, 595)}.get(rotation, (0, 0)))
        canvas.rotate(rotation)
        ruled(canvas)

    found = grid(page(draw))
    assert table(found) == expected(*TWO_HEADERS)
    assert found.place.box == pytest.approx((55, 142, 535, 302), abs=0.6)


@pytest.mark.parametrize(
    ("rotation", "box"),
    [(90, (440, 55, 460, 115)), (180, (480, 440, 540, 460)), (270, (135, 727, 155, 787))],
)
def test_table_printed_sideways_on_its_page(rotation: int, box: tuple[float, ...]) -> None:
    """No text is upright as displayed; the places are as displayed all the same."""

    def draw(canvas: Canvas) -> None:
        canvas.setPageRotation(rotation)
        ruled(canvas, 500)

    found = grid(page(draw))
    assert table(found) == expected(*TWO_HEADERS)
    first = next(cell for cell in found.cells if cell.text == "201").place.box
    assert first == pytest.approx(box, abs=0.6)


def test_crop_box_moves_the_origin_and_hides_the_rest() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.setCropBox((50, 500, 550, 750))
        ruled(canvas)
        canvas.drawString(60, 100, "裁掉的文字")

    found = page(draw)
    assert texts(found) == []
    assert grid(found).place.box == pytest.approx((5, 50, 485, 210), abs=0.6)


def test_a_table_over_two_pages_is_a_grid_on_each() -> None:
    def second(canvas: Canvas) -> None:
        cells(canvas, BODY, 780)
        across(canvas, levels(780, 6))
        down(canvas, EDGES, 780, 660)

    first, last = read_pdf(pdf(ruled, second), "样本.pdf").pages
    assert (first.number, last.number) == (1, 2)
    assert table(grid(first)) == expected(*TWO_HEADERS)
    assert table(grid(last)) == expected()


def test_text_of_cells() -> None:
    def draw(canvas: Canvas) -> None:
        for number, lines in enumerate(
            [
                ["机关事业单位基本养老", "保险缴费支出"],
                ["办公软件 Office", "Professional 2024"],
                ["1,234,567,890,", "123.00"],
                ["合      计"],
                ["2.85 0.39"],
                ["　　一、一般公共预算"],
            ]
        ):
            for line, text in enumerate(lines):
                canvas.drawString(63, 690 - 30 * number - 12 * line, text)
        across(canvas, [705 - 30 * number for number in range(7)], 60, 300)
        down(canvas, (60, 180, 300), 705, 525)

    found = [cell.text for cell in grid(page(draw)).cells]
    assert found == [
        "机关事业单位基本养老保险缴费支出",
        "办公软件Office Professional 2024",
        "1,234,567,890, 123.00",
        "合计",
        "2.85 0.39",
        "一、一般公共预算",
    ]


def test_a_figure_broken_in_a_narrow_cell_is_whole() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.drawString(61, 690, "1,234,567,")
        canvas.drawString(61, 678, "890.00")
        canvas.drawString(115, 684, "支出")
        across(canvas, (705, 670), 60, 200)
        down(canvas, (60, 110, 200), 705, 670)

    assert table(grid(page(draw))) == [["1,234,567,890.00", "支出"]]


def test_figures_that_touch_the_next_label_are_parted_at_the_rule() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.drawRightString(149.5, 690, "171,915,169")
        canvas.drawString(150.5, 690, "一、一般公共服务支出")
        across(canvas, (705, 680), 60, 300)
        down(canvas, (60, 150, 300), 705, 680)

    assert table(grid(page(draw))) == [["171,915,169", "一、一般公共服务支出"]]


def test_text_that_runs_over_its_cell_stays_whole() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.drawCentredString(80, 690, "功能分类科目编码")
        canvas.drawString(105, 670, "合计")
        across(canvas, (705, 680, 660), 62, 300)
        down(canvas, (62, 98, 300), 705, 660)

    assert grid(page(draw)).cells[0].text == "功能分类科目编码"
    assert texts(page(draw)) == []


def contents(canvas: Canvas) -> None:
    names = ["第一部分概况", "第二部分收支情况", "第三部分预算表", "第四部分名词解释"]
    for number, name in enumerate(names):
        canvas.drawString(60, 700 - 20 * number, f"{name}{'…' * 12}")
        canvas.drawRightString(530, 700 - 20 * number, str(3 * number + 1))
        canvas.drawString(60, 600 - 20 * number, name)
        canvas.drawRightString(530, 600 - 20 * number, str(3 * number + 1))


def prose(canvas: Canvas) -> None:
    for number in range(6):
        canvas.drawString(60, 700 - 16 * number, "本年收入 1,234.50 万元，比上年增加 12.30 万元，")


def framed_prose(canvas: Canvas) -> None:
    canvas.rect(40, 40, 515, 760)
    across(canvas, (770,))
    across(canvas, (70,))
    canvas.drawString(60, 780, "某局 2024 年度部门决算")
    prose(canvas)


def signature(canvas: Canvas) -> None:
    canvas.drawString(60, 700, "负责人：张三")
    canvas.drawRightString(530, 700, "某某局")
    canvas.drawRightString(530, 680, "2025年3月1日")


def boxed_notice(canvas: Canvas) -> None:
    canvas.rect(60, 600, 400, 100)
    canvas.drawString(70, 680, "一个方框里的说明，不是表格。")


@pytest.mark.parametrize("draw", [contents, prose, framed_prose, signature, boxed_notice])
def test_no_grid_where_no_table_is(draw: Draw) -> None:
    read = page(draw)
    assert all(isinstance(item, Line) for item in read.items)
    assert read.items


def test_lines_carry_what_layout_needs() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.setFont(FONT, 18)
        canvas.drawCentredString(297, 760, "部门预算编制说明")
        canvas.setFont(FONT, 12)
        canvas.drawString(
            84, 720, "一、收支总体情况说明如下，本行从左边空两个字开始，一直写到右边为止"
        )
        canvas.drawString(60, 700, "再回到左边的边线上。")
        canvas.setFont("Helvetica-Bold", 12)
        canvas.drawString(60, 680, "Total of 2024")
        canvas.setFont(FONT, 12)
        canvas.drawString(60, 660, "目    录")

    lines = [item for item in page(draw).items if isinstance(item, Line)]
    assert [(x.text[:8], x.size, x.bold, x.centred, x.indent) for x in lines] == [
        ("部门预算编制说明", 18, False, True, pytest.approx(9.2, abs=0.1)),
        ("一、收支总体情况", 12, False, False, 2.0),
        ("再回到左边的边线", 12, False, False, 0.0),
        ("Total of", 12, True, False, 0.0),
        ("目 录", 12, False, False, 0.0),
    ]
    assert lines[1].place.page == 1
    assert lines[1].place.box == pytest.approx((84, 111.4, 480, 124.4), abs=1)


def test_watermarks_are_left_out_and_doubled_glyphs_read_once() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.saveState()
        canvas.translate(100, 400)
        canvas.rotate(45)
        canvas.setFont(FONT, 60)
        canvas.drawString(0, 0, "征求意见稿")
        canvas.restoreState()
        for offset in (0, 0.4, 0.8):
            canvas.drawString(60 + offset, 700, "表格说明22元")

    (line,) = page(draw).items
    assert isinstance(line, Line)
    assert line.text == "表格说明22元"


def test_clipped_text() -> None:
    """What a clip hides is not read; a figure cut at the side of its cell stays whole."""

    def draw(canvas: Canvas) -> None:
        canvas.saveState()
        path = canvas.beginPath()
        path.rect(50, 600, 60, 150)
        canvas.clipPath(path, stroke=0)
        canvas.drawString(60, 700, "1,234,567,890.00")
        canvas.drawString(60, 500, "下一页才显示的文字")
        canvas.restoreState()
        canvas.drawString(60, 400, "正文")

    assert texts(page(draw)) == ["1,234,567,890.00", "正文"]


def test_cells_are_placed_where_their_rules_are() -> None:
    found = grid(page(ruled))
    cell = next(cell for cell in found.cells if cell.text == "统计信息事务")
    assert isinstance(cell, GridCell)
    assert (cell.row, cell.column) == (3, 1)
    assert cell.place.page == 1
    assert cell.place.box == pytest.approx((115, 202, 255, 222), abs=0.6)


def test_what_stands_in_fields_and_notes_above_a_page_is_told() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.setFont("Helvetica", 12)
        canvas.drawString(72, 700, "Budget")
        canvas.acroForm.textfield(name="a", value="1234.56", x=100, y=600, width=200, height=20)
        canvas.acroForm.textfield(name="b", value="", x=100, y=500, width=200, height=20)
        canvas.freeTextAnnotation("78.90", "0 g /Helv 10 Tf", Rect=[100, 400, 200, 420])

    problem = page(draw).problem
    assert problem is not None
    assert problem.startswith("第1页有2处文字填在表单域或批注里，未收录")
