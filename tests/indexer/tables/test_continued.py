"""Tables that a page ends within: cut headers, cut lines, columns found by alignment alone."""

from __future__ import annotations

import pytest

from archive.model import Place, Table
from indexer.blocks import TableBlock
from indexer.pages import Grid, GridCell
from indexer.tables import to_tables

CAPTION = ("表7", "一般公共预算支出情况表", "单位：万元")
EDGES = (0, 100, 200, 300)

Cell = tuple[int, int, str]


def grid(page: int, *cells: Cell, spans: dict[str, int] | None = None, exact: bool = True) -> Grid:
    """A grid on a page; a cell is (row, column, text), its box that of its column."""
    wide = spans or {}
    drawn = tuple(
        GridCell(
            row,
            column,
            text,
            Place(page, (EDGES[column], 10 * row, EDGES[column + wide.get(text, 1)], 10 * row + 9)),
            1,
            wide.get(text, 1),
        )
        for row, column, text in cells
    )
    return Grid(max(row for row, _, _ in cells) + 1, 3, drawn, exact=exact)


def read(*grids: Grid) -> list[Table]:
    first, *others = grids
    blocks = [TableBlock(CAPTION, first, place=Place(1, (0, 0, 300, 90)))]
    for number, other in enumerate(others, start=2):
        blocks.append(TableBlock((), other, place=Place(number, (0, 0, 300, 90))))
    return to_tables(blocks)


def said(table: Table) -> list[tuple[str, dict[int, str]]]:
    return [
        (row.label, {cell.column: cell.printed for cell in row.cells if cell.fen is not None})
        for row in table.rows
    ]


def test_a_page_may_end_within_the_header() -> None:
    first = grid(1, (0, 0, "项目"), (0, 1, "支出预算"), spans={"支出预算": 2})
    second = grid(
        2, (0, 1, "合计"), (0, 2, "项目支出"), (1, 0, "教育支出"), (1, 1, "3"), (1, 2, "1")
    )
    [table] = read(first, second)
    assert [column.path for column in table.columns] == [
        ("项目",), ("支出预算", "合计"), ("支出预算", "项目支出"),
    ]  # fmt: skip
    assert said(table) == [("教育支出", {1: "3", 2: "1"})]


def test_a_page_may_end_within_a_line() -> None:
    head = ((0, 0, "项目"), (0, 1, "单位名称"), (0, 2, "合计"))
    first = grid(1, *head, (1, 0, "医疗保障管理"), (1, 1, "某县医疗保障"), (1, 2, "3"))
    second = grid(
        2, (0, 0, "事务"), (0, 1, "中心"), (1, 0, "教育支出"), (1, 1, "某局"), (1, 2, "2")
    )
    [table] = read(first, second)
    assert said(table) == [("医疗保障管理事务", {2: "3"}), ("教育支出", {2: "2"})]


def test_a_page_without_header_is_put_under_the_columns_by_place() -> None:
    head = ((0, 0, "项目"), (0, 1, "合计"), (0, 2, "项目支出"))
    first = grid(1, *head, (1, 0, "教育支出"), (1, 1, "3"), (1, 2, "1"), exact=False)
    below = tuple(
        GridCell(row, column, text, Place(2, box))
        for row, column, text, box in (
            (0, 0, "卫生健康支出", (5.0, 0.0, 80.0, 9.0)),
            (0, 1, "2", (290.0, 0.0, 298.0, 9.0)),
            (1, 0, "科学技术支出", (5.0, 10.0, 80.0, 19.0)),
            (1, 1, "4", (290.0, 10.0, 298.0, 19.0)),
        )
    )
    [table] = read(first, Grid(2, 2, below, exact=False))
    assert said(table) == [
        ("教育支出", {1: "3", 2: "1"}),
        ("卫生健康支出", {2: "2"}),
        ("科学技术支出", {2: "4"}),
    ]


CODED = ("表5", "一般公共预算支出表", "单位：元")


def coded(page: int, *lines: str, tall: int = 1) -> Grid:
    """A grid of codes in two columns, a name and a figure; its first code spans ``tall`` rows."""
    cells = []
    for row, line in enumerate(lines):
        for column, text in enumerate(line.split("|")):
            if text:
                high = tall if (row, column) == (0, 0) else 1
                place = Place(page, (100 * column, 10 * row, 100 * column + 99, 10 * row + 9))
                cells.append(GridCell(row, column, text, place, high))
    return Grid(len(lines), 4, tuple(cells))


def codes_of(*grids: Grid) -> list[tuple[str | None, str, bool]]:
    blocks = [
        TableBlock(() if number else CODED, each, place=Place(number + 1, (0, 0, 400, 90)))
        for number, each in enumerate(grids)
    ]
    (table,) = to_tables(blocks)
    return [(row.code, row.label, all(cell.certain for cell in row.cells)) for row in table.rows]


FIRST = ("类|款|科目名称|合计", "201||一般公共服务支出|3", "201|03|政府办公厅|3")


def test_a_class_printed_below_the_page_break_goes_back_to_its_row() -> None:
    above = coded(1, *FIRST, "||教育支出|5", "|02|普通教育|2")
    below = coded(2, "205|08|进修及培训|3", "|09|教育费附加|1", tall=2)
    assert codes_of(above, below)[2:] == [
        ("205", "教育支出", True),
        ("20502", "普通教育", True),
        ("20508", "进修及培训", True),
        ("20509", "教育费附加", True),
    ]


def test_nothing_goes_on_with_a_class_above_a_row_that_lost_its_own() -> None:
    above = coded(1, *FIRST, "||教育支出|5", "|02|普通教育|2")
    assert codes_of(above)[2:] == [(None, "教育支出", True), (None, "普通教育", False)]


def test_a_header_repeated_without_its_counting_line_is_the_same() -> None:
    above = coded(1, "类|款|科目名称|合计", "栏次|||1", "201||一般公共服务支出|3")
    below = coded(2, "类|款|科目名称|合计", "205||教育支出|5")
    assert [code for code, _, _ in codes_of(above, below)] == ["201", "205"]


def test_columns_may_be_counted_by_the_ten_stems() -> None:
    grid = coded(1, "类|款|科目名称|合计", "甲|乙|丙|1", "201||一般公共服务支出|3")
    assert [code for code, _, _ in codes_of(grid)] == ["201"]


GOALS = ("表9", "项目支出绩效目标表")
LEVELS = ("一级指标|二级指标|三级指标|指标值|备注", "产出指标|数量指标|受益学生|≥100人|")


def goals_of(*pages: tuple[str, ...]) -> list[list[tuple[str, bool]]]:
    """The rows of a table of goals that runs over pages; ``text>3`` spans three columns."""
    blocks = []
    for number, lines in enumerate(pages, start=1):
        cells = []
        for row, line in enumerate(lines):
            column = 0
            for printed in line.split("|"):
                text, _, wide = printed.partition(">")
                span = int(wide or 1)
                box = (100.0 * column, 10.0 * row, 100.0 * (column + span), 10.0 * row + 9)
                cells.append(GridCell(row, column, text, Place(number, box), 1, span))
                column += span
        grid = Grid(len(lines), 5, tuple(cells))
        caption = GOALS if number == 1 else ()
        blocks.append(TableBlock(caption, grid, place=Place(number, (0, 0, 500, 90))))
    (table,) = to_tables(blocks)
    return [[(cell.printed, cell.certain) for cell in row.cells] for row in table.rows]


FUNDS = "项目资金（万元）|年度资金总额|50|其中：财政拨款和其他来|50"


@pytest.mark.parametrize(
    "field",
    ["项目总体目标|目标1：保障学生用餐。>4", "年度目标|保障学生用餐|甲|乙|丙", "立项依据|某文件>4"],
)
def test_a_field_below_a_page_break_is_a_row_of_its_own(field: str) -> None:
    rows = goals_of(("预算单位|某局|项目名称|营养餐项目>2", FUNDS), (field, *LEVELS))
    assert [row[0][0] for row in rows] == [
        "预算单位", "项目资金（万元）", field.partition("|")[0], "产出指标",
    ]  # fmt: skip


def test_a_field_cut_by_a_page_break_is_whole_but_doubtful() -> None:
    rows = goals_of(("预算单位|某局|项目名称|营养餐项目>2", FUNDS), ("|||源|", *LEVELS))
    assert rows[1][3] == ("其中：财政拨款和其他来源", False)
    assert [certain for _, certain in rows[1]].count(False) == 1
