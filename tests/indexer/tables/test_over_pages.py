"""Which grids of following pages are one table."""

from __future__ import annotations

from dataclasses import replace

import pytest

from indexer.blocks import Block, Heading, Paragraph, TableBlock
from indexer.pages import Grid
from indexer.tables import to_tables
from tests.indexer.tables.grids import figures, one, ruled, tabbed

FIRST = ruled(
    "编码>2|.|名称^2|合计^2|基本支出^2",
    "类|款|.|.|.",
    "301||工资福利支出|9|9",
)
CAPTION = ("2025年部门支出预算总表", "编制部门：某局 单位：元")


@pytest.mark.parametrize(
    "second",
    [
        pytest.param(
            TableBlock((), ruled("301|01|基本工资|9|9", "合计>3|.|.|9|9", page=2)), id="no header"
        ),
        pytest.param(
            TableBlock(
                CAPTION,
                ruled(
                    "编码>2|.|名称^2|合计^2|基本支出^2",
                    "类|款|.|.|.",
                    "301|01|基本工资|9|9",
                    "合计>3|.|.|9|9",
                    page=2,
                ),
            ),
            id="caption and header again",
        ),
        pytest.param(
            TableBlock(
                ("编制部门：某局 单位：元",),
                ruled("301|01|基本工资|9|9", "合计>3|.|.|9|9", page=2),
            ),
            id="only the unit again",
        ),
    ],
)
def test_a_table_goes_on_over_a_page(second: TableBlock) -> None:
    table = one(TableBlock(CAPTION, FIRST, ()), second)
    assert [(row.code, row.label) for row in table.rows] == [
        ("301", "工资福利支出"),
        ("30101", "基本工资"),
        (None, "合计"),
    ]
    assert [row.line for row in table.rows] == [0, 1, 2]
    assert [row.place.page for row in table.rows] == [1, 2, 2]


def test_a_last_line_with_fewer_columns_is_put_below_them_by_its_place() -> None:
    last = ruled("合计|9|9", page=2, edges=(0, 30, 40, 50))
    table = one(TableBlock(CAPTION, FIRST, ()), TableBlock((), last))
    assert figures(table.rows[-1]) == {2: "合计", 3: "9", 4: "9"}


def sideways(grid: Grid) -> Grid:
    """The grid as set on its side: lines run down the page, the first of them rightmost."""
    cells = []
    for cell in grid.cells:
        assert cell.place.box
        left, top, right, bottom = cell.place.box
        box = (500 - bottom, left, 500 - top, right)
        cells.append(replace(cell, place=replace(cell.place, box=box)))
    return replace(grid, cells=tuple(cells))


def test_a_last_line_set_sideways_is_put_below_its_columns_too() -> None:
    last = sideways(ruled("合计|9|9", page=2, edges=(0, 30, 40, 50)))
    table = one(TableBlock(CAPTION, sideways(FIRST), ()), TableBlock((), last))
    assert figures(table.rows[-1]) == {2: "合计", 3: "9", 4: "9"}


def test_a_label_cut_by_the_page_break_is_joined() -> None:
    rest = ruled("||缴费支出||", page=2)
    first = ruled(
        "编码>2|.|名称^2|合计^2|基本支出^2",
        "类|款|.|.|.",
        "301|08|机关事业单位基本养老保险|9|9",
    )
    [row] = one(TableBlock(CAPTION, first), TableBlock((), rest)).rows
    assert row.label == "机关事业单位基本养老保险缴费支出"


@pytest.mark.parametrize(
    "between",
    [
        pytest.param([Paragraph("说明如下。")], id="a paragraph between"),
        pytest.param([Heading("二、其他", 2, "二、")], id="a heading between"),
    ],
)
def test_what_stands_between_ends_a_table(between: list[Block]) -> None:
    second = TableBlock((), ruled("301|01|基本工资|9|9", page=2))
    assert len(to_tables([TableBlock(CAPTION, FIRST), *between, second])) == 2


def test_another_header_begins_another_table() -> None:
    second = TableBlock((), tabbed("序号\t单位名称\t备注\t\t", "1\t某局\t\t\t"))
    tables = to_tables([TableBlock(CAPTION, FIRST), second])
    assert [table.title for table in tables] == ["2025年部门支出预算总表", "未命名表"]
