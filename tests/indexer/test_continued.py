"""Tables that a page ends within: cut headers, cut lines, columns found by alignment alone."""

from __future__ import annotations

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
