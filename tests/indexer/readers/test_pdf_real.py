"""The six real PDFs against what is seen on their rendered pages."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from itertools import pairwise
from pathlib import Path

import pytest

from indexer.pages import Grid, Line, Page, Pages
from indexer.readers.pdf import page_of, read_pdf
from indexer.readers.pdf.pdfium import PdfiumFile
from indexer.readers.pdf.pdfminer import PdfminerFile

pytestmark = pytest.mark.real

FINANCE = "shanghai-finance-2025-budget"
COMMERCE = "shanghai-putuo-commerce-2025-department-budget"
COMMERCE_UNIT = "shanghai-putuo-commerce-2025-unit-budget"
PLANNING = "shanghai-putuo-planning-2024-final-accounts"
WANLI_2024 = "shanghai-putuo-wanli-2024-budget"
WANLI_2025 = "shanghai-putuo-wanli-2025-budget"
ALL = (FINANCE, COMMERCE, COMMERCE_UNIT, PLANNING, WANLI_2024, WANLI_2025)

# Rows and columns of the grid of each page that has one, counted on the rendered pages.
SHAPES = {
    FINANCE: "7:16x7 8:17x9 9:13x9 10:17x7 11:13x7 12:10x7 13:17x7 14:13x7 15:5x7 16:5x7 "
    "17:17x6 18:20x6 19:7x6 20:4x7",
    COMMERCE: "9:16x4 10:17x9 11:17x9 12:17x7 13:17x7 14:16x7 15:18x7 16:19x7 17:11x7 18:11x7 "
    "19:18x6 20:16x6 21:4x7",
    COMMERCE_UNIT: "9:16x7 10:17x9 11:17x9 12:17x7 13:17x7 14:15x7 15:18x7 16:19x7 17:12x7 "
    "18:11x7 19:18x6 20:16x6 21:4x7",
    PLANNING: "6:6x3 7:30x4 8:14x9 9:13x9 10:14x8 11:13x8 12:17x7 13:15x7 14:23x5 15:4x5 "
    "16:40x6 17:5x12 18:6x8 19:6x8",
    WANLI_2024: "10:16x4 11:15x9 12:18x9 13:18x9 14:18x9 15:1x6 16:15x7 17:18x7 18:18x7 19:18x7 "
    "20:1x4 21:16x7 22:16x7 23:19x7 24:19x7 25:19x7 26:9x7 27:15x7 28:15x7 29:16x6 30:19x6 31:4x7",
    WANLI_2025: "9:16x4 10:16x9 11:19x9 12:19x9 13:16x9 14:15x7 15:18x7 16:18x7 17:18x7 18:1x4 "
    "19:16x7 20:16x7 21:19x7 22:19x7 23:19x7 24:9x7 25:16x7 26:16x7 27:16x6 28:19x6 29:4x7",
}

# (file, page, row from 0, the row's cells from left to right; a blank or covered cell is empty)
ROWS = [
    (FINANCE, 7, 0, "本年收入||本年支出||||"),
    (FINANCE, 7, 1, "项目|预算数|项目|预算数|||"),
    (FINANCE, 7, 2, "|||合计|基本支出||项目支出"),
    (FINANCE, 7, 3, "||||人员经费|公用经费|"),
    (
        FINANCE,
        7,
        4,
        "一、财政拨款收入|171,915,169|一、一般公共服务支出|127,886,849|60,330,260|24,531,459|43,025,130",
    ),
    (FINANCE, 7, 6, "2、政府性基金||三、卫生健康支出|4,668,000|4,620,000||48,000"),
    (FINANCE, 7, 15, "收入总计|171,915,169|支出总计|171,915,169|102,464,260|25,177,779|44,273,130"),
    (FINANCE, 8, 9, "208|||社会保障和就业支出|17,560,320|17,560,320|||"),
    (FINANCE, 9, 12, "合计||||171,915,169|171,915,169|||"),
    (FINANCE, 11, 3, "210|||卫生健康支出|4,668,000|4,620,000|48,000"),
    (FINANCE, 12, 1, "项目|预算数|项目|合计|一般公共预算|政府性基金预算|国有资本经营预算"),
    (FINANCE, 15, 4, "合计||||||"),
    (FINANCE, 18, 8, "302|12|因公出国（境）费用|2,887,000||2,887,000"),
    (FINANCE, 20, 1, "合计|因公出国(境)费|公务接待费|公务用车购置及运行费|||"),
    (FINANCE, 20, 3, "346.30|288.70|25.40|32.20||32.20|2,517.78"),
    (COMMERCE, 9, 3, "1.一般公共预算资金|371,514,655.00|二、科学技术支出|17,200,000.00"),
    (
        COMMERCE,
        10,
        1,
        "功能分类科目编码|||功能分类科目名称|合计|财政拨款收入|事业收入|事业单位经营收入|其他收入",
    ),
    (COMMERCE, 10, 2, "类|款|项||||||"),
    (COMMERCE, 10, 7, "201|13|50|事业运行|2,901,820.00|2,901,820.00|||"),
    (COMMERCE, 11, 0, "208|05|06|机关事业单位职业年金缴费支出|705,443.00|705,443.00|||"),
    (COMMERCE, 12, 6, "201|13|02|一般行政管理事务|4,545,000.00||4,545,000.00"),
    (COMMERCE, 13, 16, "合计||||371,514,655.00|19,830,655.00|351,684,000.00"),
    (COMMERCE, 14, 6, "||五、资源勘探工业信息等支出|293,810,000.00|293,810,000.00||"),
    (COMMERCE, 16, 3, "208|05|99|其他行政事业单位养老支出|13,260.00|13,260.00|"),
    (COMMERCE, 19, 1, "部门预算经济分类科目编码||经济分类科目名称|合计|人员经费|公用经费"),
    (COMMERCE, 20, 10, "303||对个人和家庭的补助|1,449,536.00|1,449,536.00|"),
    (COMMERCE, 21, 3, "1.00||1.00||||171.01"),
    (
        COMMERCE_UNIT,
        9,
        4,
        "一、财政拨款收入|371,514,655.00|一、一般公共服务支出|21,601,733.00|10,823,891.00"
        "|1,467,842.00|9,310,000.00",
    ),
    (COMMERCE_UNIT, 9, 7, "3、国有资本经营预算||四、卫生健康支出|881,803.00|881,803.00||"),
    (
        COMMERCE_UNIT,
        9,
        15,
        "收入总计|371,514,655.00|支出总计|371,514,655.00|18,120,593.00|1,710,062.00|351,684,000.00",
    ),
    (COMMERCE_UNIT, 10, 13, "208|05||行政事业单位养老支出|3,808,085.00|3,808,085.00|||"),
    (
        COMMERCE_UNIT,
        11,
        8,
        "215|08|99|其他支持中小企业发展和管理支出|293,810,000.00|293,810,000.00|||",
    ),
    (COMMERCE_UNIT, 13, 6, "215|||资源勘探工业信息等支出|293,810,000.00||293,810,000.00"),
    (
        COMMERCE_UNIT,
        14,
        2,
        "一、一般公共预算资金|371,514,655.00|一、一般公共服务支出|21,601,733.00|21,601,733.00||",
    ),
    (COMMERCE_UNIT, 16, 18, "合计||||371,514,655.00|19,830,655.00|351,684,000.00"),
    (COMMERCE_UNIT, 19, 13, "302||商品和服务支出|1,632,062.00||1,632,062.00"),
    (COMMERCE_UNIT, 21, 0, "“三公”经费预算数||||||机关运行经费预算数"),
    (COMMERCE_UNIT, 21, 3, "1.00||1.00||||171.01"),
    (PLANNING, 6, 2, "2|上海市普陀区规划和自然资源局执法大队（下属参公事业单位）|"),
    (PLANNING, 7, 12, "||十一、城乡社区支出|3845.25"),
    (PLANNING, 7, 28, "年初结转和结余|112.88|年末结转和结余|100.00"),
    (PLANNING, 8, 1, "功能分类科目编码|科目名称|||||||"),
    (PLANNING, 8, 7, "2080505|机关事业单位基本养老保险缴费支出|446.11|446.11|||||"),
    (PLANNING, 9, 7, "2200150|事业运行|4416.67|4416.67|||||"),
    (PLANNING, 10, 2, "合计||9759.38|5377.64|4381.74|||"),
    (PLANNING, 11, 1, "21201|城乡社区管理事务|1105.68|1096.91|8.77|||"),
    (
        PLANNING,
        12,
        1,
        "项目|决算数|项目|合计|一般公共预算财政拨款|政府性基金预算财政拨款|国有资本经营预算财政拨款",
    ),
    (PLANNING, 13, 8, "||二十四、抗疫特别国债安排的支出||||"),
    (PLANNING, 14, 21, "2200199|其他自然资源事务支出|45.00|0.00|45.00"),
    (PLANNING, 15, 3, "合计||9746.50|5364.75|4381.74"),
    (PLANNING, 16, 7, "30108|机关事业单位基本养老保险缴费|446.11|30206|电费|18.86"),
    (PLANNING, 16, 28, "|||30299|其他商品和服务支出|28.86"),
    (PLANNING, 16, 33, "|||31007|信息网络及软件购置更新|0.00"),
    (PLANNING, 16, 39, "人员经费合计||4884.09|公用经费合计||480.66"),
    (PLANNING, 17, 1, "合计||因公出国（境）费||公务用车购置及运行维护费||||||公务接待费|"),
    (PLANNING, 17, 4, "2.85|0.39|0.00|0.00|0.00|0.00|0.00|0.00|0.00|0.00|2.85|0.39"),
    (PLANNING, 18, 2, "合计||||合计|基本支出|项目支出|"),
    (WANLI_2024, 10, 10, "||九、住房保障支出|8,882,399"),
    (WANLI_2024, 12, 15, "208|||社会保障和就业支出|19,604,064|19,604,064|0|0|0"),
    (WANLI_2024, 14, 0, "212|||城乡社区支出|119,385,303|119,385,303|0|0|0"),
    (WANLI_2024, 15, 0, "合计|156,211,123|156,211,123|0|0|0"),
    (WANLI_2024, 19, 2, "212|01|01|行政运行|16,603,248|16,353,248|250,000"),
    (WANLI_2024, 20, 0, "合计|156,211,123|99,706,020|56,505,103"),
    (WANLI_2024, 21, 15, "收入总计|156,211,123|支出总计|156,211,123|156,211,123||"),
    (WANLI_2024, 24, 14, "208|99||其他社会保障和就业支出|7,812,394|6,133,194|1,679,200"),
    (WANLI_2024, 26, 8, "合计||||156,211,123|99,706,020|56,505,103"),
    (WANLI_2024, 29, 5, "301|2|津贴补贴|16,623,810|16,623,810|0"),
    (WANLI_2024, 30, 5, "302|13|维修(护)费|430,000|0|430,000"),
    (WANLI_2024, 31, 0, "2024年“三公”经费预算数||||||2024年机关运行经费预算数"),
    (WANLI_2024, 31, 3, "47.91|0|1.35|46.56|25|21.56|443.18"),
    (WANLI_2025, 9, 8, "四、其他收入||七、卫生健康支出|3,216,973"),
    (WANLI_2025, 10, 13, "201|34|02|一般行政管理事务|119,100|119,100|0|0|0"),
    (WANLI_2025, 12, 16, "212|||城乡社区支出|154,369,326|154,369,326|0|0|0"),
    (WANLI_2025, 13, 15, "合计||||189,767,551|189,767,551|0|0|0"),
    (WANLI_2025, 16, 10, "208|99||其他社会保障和就业支出|7,574,422|6,166,222|1,408,200"),
    (WANLI_2025, 17, 4, "212|01|04|城管执法|6,522,681|6,522,681|0"),
    (WANLI_2025, 18, 0, "合计|189,767,551|101,341,746|88,425,805"),
    (WANLI_2025, 24, 8, "合计||||189,767,551|101,341,746|88,425,805"),
    (WANLI_2025, 27, 13, "302||商品和服务支出|10,827,702|0|10,827,702"),
    (WANLI_2025, 28, 18, "合计|||101,341,746|90,514,044|10,827,702"),
    (WANLI_2025, 29, 3, "37.91|0|1.35|36.56|15|21.56|464.64"),
]


@cache
def pages(folder: Path, name: str) -> Pages:
    return read_pdf((folder / "pdf" / f"{name}.pdf").read_bytes(), name)


def grids(page: Page) -> list[Grid]:
    return [item for item in page.items if isinstance(item, Grid)]


def lines(page: Page) -> list[str]:
    return [item.text for item in page.items if isinstance(item, Line)]


def row(grid: Grid, number: int) -> str:
    texts = {cell.column: cell.text for cell in grid.cells if cell.row == number}
    return "|".join(texts.get(column, "") for column in range(grid.columns))


@pytest.mark.parametrize("name", ALL)
def test_every_table_is_one_exact_grid_a_page(real_disclosures: Path, name: str) -> None:
    read = pages(real_disclosures, name)
    found = " ".join(f"{p.number}:{g.rows}x{g.columns}" for p in read.pages for g in grids(p))
    assert found == SHAPES[name]
    assert all(grid.exact for page in read.pages for grid in grids(page))
    assert [page.problem for page in read.pages if page.problem] == []


@pytest.mark.parametrize(("name", "page", "number", "cells"), ROWS)
def test_rows_read_off_the_rendered_pages(
    real_disclosures: Path, name: str, page: int, number: int, cells: str
) -> None:
    (grid,) = grids(pages(real_disclosures, name).pages[page - 1])
    assert row(grid, number) == cells


@pytest.mark.parametrize(
    ("name", "page", "text", "spans"),
    [
        (FINANCE, 7, "本年支出", [(1, 5)]),
        (FINANCE, 7, "项目", [(3, 1), (3, 1)]),
        (COMMERCE, 10, "功能分类科目编码", [(1, 3)]),
        (PLANNING, 17, "公务用车购置及运行维护费", [(1, 6)]),
        (PLANNING, 17, "公务接待费", [(2, 2)]),
        (PLANNING, 18, "本年支出", [(2, 3)]),
        (WANLI_2024, 26, "合计", [(2, 1), (1, 4)]),
    ],
)
def test_merged_cells_span_what_the_rules_enclose(
    real_disclosures: Path, name: str, page: int, text: str, spans: list[tuple[int, int]]
) -> None:
    (grid,) = grids(pages(real_disclosures, name).pages[page - 1])
    found = [(c.row_span, c.column_span) for c in grid.cells if c.text == text]
    assert found == spans


@pytest.mark.parametrize(
    ("name", "page", "beginning"),
    [
        (FINANCE, 7, ["2025年预算单位财务收支预算总表", "编制单位：上海市财政局", "单位：元"]),
        (PLANNING, 16, ["一般公共预算财政拨款基本支出决算表", "单位：万元"]),
        (
            COMMERCE,
            9,
            ["2025年部门财务收支预算总表", "编制部门：上海市普陀区商务委员会", "单位：元"],
        ),
        (PLANNING, 20, ["第三部分 上海市普陀区规划和自然资源局2024年度部门决算", "情况说明"]),
        (WANLI_2024, 12, []),
    ],
)
def test_text_above_the_table_is_lines(
    real_disclosures: Path, name: str, page: int, beginning: list[str]
) -> None:
    found = lines(pages(real_disclosures, name).pages[page - 1])
    assert found[: len(beginning)] == beginning
    assert beginning or not found


@pytest.mark.parametrize("name", [COMMERCE, COMMERCE_UNIT])
def test_text_clipped_away_is_not_read_twice(real_disclosures: Path, name: str) -> None:
    """One long cell is drawn whole on two pages, of which each shows a part."""
    third, fourth = pages(real_disclosures, name).pages[2:4]
    assert len(lines(third)) == 23
    assert lines(third)[-1].startswith("9、组织协调本区商品交易市场规划")
    assert lines(fourth)[0].startswith("应急机制，协调重要商品储备")
    assert lines(fourth)[-1] == "13、完成区委、区政府交办的其他任务。"


def content(page: Page) -> Sequence[object]:
    return [
        (item.text, item.bold, item.centred)
        if isinstance(item, Line)
        else (item.rows, item.columns, item.exact, [(c.row, c.column, c.text) for c in item.cells])
        for item in page.items
    ]


@pytest.mark.parametrize("name", ALL)
def test_both_libraries_read_the_same(real_disclosures: Path, name: str) -> None:
    data = (real_disclosures / "pdf" / f"{name}.pdf").read_bytes()
    first, second = PdfiumFile(data), PdfminerFile(data)
    try:
        assert first.pages == second.pages
        for number in (1, 3, 4, first.pages // 3, first.pages // 2, first.pages):
            assert content(page_of(first.ink(number))) == content(page_of(second.ink(number)))
    finally:
        first.close()


@pytest.mark.parametrize("name", ALL)
def test_cells_lie_within_their_grid_and_the_page(real_disclosures: Path, name: str) -> None:
    for page in pages(real_disclosures, name).pages:
        boxes = [item.place.box for item in page.items if item.place.box]
        assert all(0 <= b[0] < b[2] <= 842 and 0 <= b[1] < b[3] <= 842 for b in boxes)
        assert all(a[1] <= b[3] for a, b in pairwise(boxes)), "items are in reading order"
        for grid in grids(page):
            outer = grid.place.box
            inner = [cell.place.box for cell in grid.cells]
            assert outer
            assert all(b and b[0] >= outer[0] and b[2] <= outer[2] + 1 for b in inner)
