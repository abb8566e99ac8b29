"""PDFs drawn for the purpose: every kind of table, page and damage."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import Any

import pytest
from PIL import Image
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

from archive.errors import UnreadableFile
from indexer.pages import Grid, GridCell, Line, Page
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


def unruled(canvas: Canvas) -> None:
    canvas.drawCentredString(395, 700 - STEP + BASE, "一般公共预算支出")
    canvas.drawString(EDGES[0] + 3, 700 - STEP + BASE, "项目")
    cells(canvas, [NAMES, *BODY], 680)


def three_lines(canvas: Canvas) -> None:
    unruled(canvas)
    across(canvas, (700, 660, 540))


def rows_only(canvas: Canvas) -> None:
    unruled(canvas)
    across(canvas, levels(700, 8))


def header_above_first_rule(canvas: Canvas) -> None:
    unruled(canvas)
    across(canvas, levels(660, 6))


def no_rules_between_figures(canvas: Canvas) -> None:
    unruled(canvas)
    across(canvas, levels(700, 8))
    down(canvas, (EDGES[0], EDGES[1], EDGES[2], EDGES[5]), 700, 540)


@pytest.mark.parametrize(
    "draw", [unruled, three_lines, rows_only, header_above_first_rule, no_rules_between_figures]
)
def test_columns_by_alignment_are_not_exact(draw: Draw) -> None:
    def captioned(canvas: Canvas) -> None:
        canvas.drawCentredString(297, 760, "一般公共预算支出情况表")
        canvas.drawString(60, 725, "编制部门：某局")
        canvas.drawRightString(530, 725, "单位：元")
        draw(canvas)
        canvas.drawString(60, 500, "注：本表为样本。")

    read = page(captioned)
    found = grid(read)
    assert table(found)[1:] == expected(NAMES)
    assert [text for text in table(found)[0] if text] == ["项目", "一般公共预算支出"]
    assert not found.exact
    assert texts(read) == [
        "一般公共预算支出情况表",
        "编制部门：某局",
        "单位：元",
        "注：本表为样本。",
    ]


def without_outer_borders(canvas: Canvas) -> None:
    cells(canvas, [NAMES, *BODY], 700)
    across(canvas, levels(700, 7)[1:-1])
    down(canvas, EDGES[1:-1], 700, 560)


def without_left_border(canvas: Canvas) -> None:
    cells(canvas, [NAMES, *BODY], 700)
    across(canvas, levels(700, 7))
    down(canvas, EDGES[1:], 700, 560)


def rows_not_ruled(canvas: Canvas) -> None:
    cells(canvas, [NAMES, *BODY], 700)
    across(canvas, (700, 680, 560))
    down(canvas, EDGES, 700, 560)


def drawn_in_pieces(canvas: Canvas) -> None:
    """As Word draws: each border of each cell a filled bar, corners apart, twice."""
    cells(canvas, [NAMES, *BODY], 700)
    for _ in range(2):
        for y in levels(700, 7):
            for left, right in pairwise(EDGES):
                canvas.rect(left + 0.5, y, right - left - 0.5, 0.5, stroke=0, fill=1)
        for x in EDGES:
            for upper, lower in pairwise(levels(700, 7)):
                canvas.rect(x, lower + 0.5, 0.5, upper - lower - 0.5, stroke=0, fill=1)


def double_borders(canvas: Canvas) -> None:
    cells(canvas, [NAMES, *BODY], 700)
    across(canvas, [y + gap for y in levels(700, 7) for gap in (-1, 1)])
    down(canvas, [x + gap for x in EDGES for gap in (-1, 1)], 701, 559)


def boxes(canvas: Canvas) -> None:
    cells(canvas, [NAMES, *BODY], 700)
    for upper, lower in pairwise(levels(700, 7)):
        for left, right in pairwise(EDGES):
            canvas.rect(left, lower, right - left, upper - lower)


def underlined_figures(canvas: Canvas) -> None:
    boxes(canvas)
    across(canvas, (563,), 270, 342)


def shaded(canvas: Canvas) -> None:
    canvas.setFillGray(0.85)
    canvas.rect(55, 680, 480, 20, stroke=0, fill=1)
    canvas.setFillGray(0)
    boxes(canvas)


def in_a_page_frame(canvas: Canvas) -> None:
    canvas.rect(30, 30, 535, 780)
    boxes(canvas)


@pytest.mark.parametrize(
    "draw",
    [
        without_outer_borders,
        without_left_border,
        rows_not_ruled,
        drawn_in_pieces,
        double_borders,
        boxes,
        underlined_figures,
        shaded,
        in_a_page_frame,
    ],
)
def test_ruled_columns_are_exact_however_drawn(draw: Draw) -> None:
    found = grid(page(draw))
    assert table(found) == expected(NAMES)
    assert found.exact


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


# -- damage -------------------------------------------------------------------------------


def streams(data: bytes) -> list[re.Match[bytes]]:
    return list(re.finditer(rb"/Contents (\d+) 0 R", data))


def without_contents(data: bytes) -> bytes:
    match = streams(data)[1]
    return data[: match.start()] + b"/Contents 99 0 R".ljust(len(match[0])) + data[match.end() :]


def with_broken_contents(data: bytes) -> bytes:
    number = streams(data)[1][1]
    start = data.index(b"stream", data.index(b"\n" + number + b" 0 obj")) + 20
    return data[:start] + b"z" * 100 + data[start + 100 :]


def with_broken_page(data: bytes) -> bytes:
    """The second page's own object is gone."""
    second = list(re.finditer(rb"/Type /Page\s", data))[1]
    start = data.rindex(b"<<", 0, data.rindex(b"/Contents", 0, second.start()))
    end = data.index(b"endobj", start)
    return data[:start] + b"null".ljust(end - start) + data[end:]


@pytest.mark.parametrize("damage", [without_contents, with_broken_contents, with_broken_page])
def test_a_malformed_page_costs_that_page(damage: Callable[[bytes], bytes]) -> None:
    first, second, third = read_pdf(damage(pdf(ruled, ruled, ruled)), "坏页.pdf").pages
    assert table(grid(first)) == table(grid(third)) == expected(*TWO_HEADERS)
    assert (first.problem, third.problem) == (None, None)
    assert second.items == ()
    assert second.problem
    assert second.problem.startswith("第2页")


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (pdf(ruled)[:300], "已损坏"),
        (b"%PDF-1.7\n" + bytes(range(256)) * 8, "已损坏"),
        (b"", "已损坏"),
        (pdf(ruled, encrypt=StandardEncryption("secret", ownerPassword="owner")), "密码"),
    ],
)
def test_unreadable_files_say_so(data: bytes, reason: str) -> None:
    with pytest.raises(UnreadableFile, match=f"^某局.pdf：.*{reason}"):
        read_pdf(data, "某局.pdf")


def test_a_file_locked_for_changes_only_is_read() -> None:
    found = page(ruled, encrypt=StandardEncryption("", ownerPassword="owner"))
    assert table(grid(found)) == expected(*TWO_HEADERS)


def test_a_file_cut_off_behind_its_last_page_is_read_and_reported() -> None:
    data = pdf(ruled)
    (only,) = read_pdf(data[: data.rindex(b"%%EOF")] + b" " * 4000, "残.pdf").pages
    assert table(grid(only)) == expected(*TWO_HEADERS)
    assert only.problem
    assert "第1页之后" in only.problem


def scan(canvas: Canvas) -> None:
    canvas.drawImage(ImageReader(Image.new("RGB", (20, 28), "gray")), 0, 0, 595, 842)


def scan_with_page_number(canvas: Canvas) -> None:
    scan(canvas)
    canvas.drawString(290, 30, "- 3 -")


def outlines(canvas: Canvas) -> None:
    for number in range(60):
        canvas.circle(50 + 8 * (number % 30), 600, 3)


@pytest.mark.parametrize(
    ("draw", "problem", "items"),
    [
        (scan, "第1页是扫描图像，没有文字", 0),
        (scan_with_page_number, "第1页是扫描图像，几乎没有文字", 1),
        (outlines, "第1页的文字已转成图形", 0),
        (lambda canvas: None, None, 0),
    ],
)
def test_pages_without_text(draw: Draw, problem: str | None, items: int) -> None:
    found = page(draw)
    assert len(found.items) == items
    assert (found.problem or "").startswith(problem or "\0") == (problem is not None)


def unmapped(data: bytes) -> bytes:
    """The glyphs of the font mean private-use characters, as after a careless conversion."""
    table = b"".join(b"<%02X> <E0%02X>\n" % (code, code) for code in range(0x20, 0x7F))
    cmap = (
        b"/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /X def "
        b"/CMapType 2 def 1 begincodespacerange <00> <FF> endcodespacerange 95 beginbfchar\n"
        + table
        + b"endbfchar endcmap CMapName currentdict /CMap defineresource pop end end"
    )
    body = b"%%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
    body += b"2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
    body += (
        b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 300]/Contents 5 0 R"
        b"/Resources<</Font<</F 4 0 R/G 7 0 R>>>>>>endobj\n"
        b"4 0 obj<</Type/Font/Subtype/Type1/BaseFont/Helvetica/ToUnicode 6 0 R>>endobj\n"
        b"7 0 obj<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>endobj\n"
    )
    for number, stream in ((5, data), (6, cmap)):
        body += b"%d 0 obj<</Length %d>>stream\n" % (number, len(stream))
        body += stream + b"\nendstream endobj\n"
    return body + b"trailer<</Root 1 0 R>>\n%%EOF"


@pytest.mark.parametrize(
    ("content", "found", "problem"),
    [
        (b"BT /F 12 Tf 20 200 Td (garbled text) Tj ET", [], "第1页的字体没有文字编码，100%"),
        (
            b"BT /G 12 Tf 20 200 Td (Budget of the year 2024) Tj /F 12 Tf (x) Tj ET",
            ["Budget of the year 2024〓"],
            "第1页有1个字无法识别",
        ),
        (b"BT /G 12 Tf 20 200 Td (Budget) Tj ET", ["Budget"], None),
    ],
)
def test_glyphs_without_characters_are_no_text(
    content: bytes, found: list[str], problem: str | None
) -> None:
    (read,) = read_pdf(unmapped(content), "乱码.pdf").pages
    assert texts(read) == found
    assert (read.problem or "").startswith(problem or "")
    assert (read.problem is None) == (problem is None)


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
