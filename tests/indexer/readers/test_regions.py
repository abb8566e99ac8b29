from __future__ import annotations

import pytest

from archive.model import NOWHERE, Place
from indexer.pages import Grid, GridCell, Line
from indexer.readers.regions import regions, split, unframed

HEAD = ["项目", "预算数"]
DATA = ["基本支出", "5.00"]


LEVELS = ["一级指标", "二级指标", "三级指标", "指标值"]
GOAL = ["产出指标", "数量指标", "受益学生", "≥100人"]


@pytest.mark.parametrize(
    ("text", "ends"),
    [
        ("（五）其他需说明的事项", True),
        ("五、名词解释", True),
        ("第四部分 名词解释", True),
        ("表8 政府采购情况", True),
        ("公开08表", True),
        ("一、产出指标", False),
        ("三、总分", False),
        ("（一）完成率达到100%。", False),
        ("1.按期完成", False),
        ("表1份", False),
    ],
)
def test_a_heading_right_below_indicators_is_no_row_of_theirs(text: str, ends: bool) -> None:
    parted = [("grid", 0, 2), ("lines", 2, 3), ("grid", 3, 5)]
    rows = [LEVELS, GOAL, [text], HEAD, DATA]
    parts = [(part.kind, part.first, part.last) for part in regions(rows)]
    assert parts == (parted if ends else [("grid", 0, 5)])


def test_a_row_of_money_without_figures_is_no_heading() -> None:
    rows = [HEAD, DATA, ["三、国有资产占用情况"], DATA]
    assert [(part.kind, part.first, part.last) for part in regions(rows)] == [("grid", 0, 4)]


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([HEAD, DATA], [("grid", 0, 2)]),
        ([["表1"], ["收支总表"], ["编制部门：某局", "单位：万元"], HEAD, DATA],
         [("lines", 0, 3), ("grid", 3, 5)]),
        ([["公开01表"], ["部门：某局", "2023年度", "金额单位：万元"], HEAD, DATA],
         [("lines", 0, 2), ("grid", 2, 4)]),
        ([HEAD, DATA, [], ["注：本表反映部门收支。"]], [("grid", 0, 2), ("lines", 2, 4)]),
        ([HEAD, DATA, ["项目支出绩效目标表"], ["（2022年）"], HEAD, DATA],
         [("grid", 0, 2), ("lines", 2, 4), ("grid", 4, 6)]),
        ([HEAD, DATA, [], ["表 二"], HEAD, DATA],
         [("grid", 0, 2), ("lines", 2, 3), ("lines", 3, 4), ("grid", 4, 6)]),
        ([HEAD, DATA, ["编制部门：某局", "单位：万元"], HEAD, DATA],
         [("grid", 0, 2), ("lines", 2, 3), ("grid", 3, 5)]),
        ([HEAD, [], [], ["合计"]], [("grid", 0, 4)]),
        ([HEAD, DATA, [], []], [("grid", 0, 2), ("lines", 2, 4)]),
        ([["封面"], ["某局"]], [("lines", 0, 2)]),
        ([["预算单位", "某局", "项目名称", "某项目"], HEAD], [("grid", 0, 2)]),
        ([HEAD, ["其中：报表"], DATA], [("grid", 0, 3)]),
        ([], []),
    ],
)  # fmt: skip
def test_captions_tables_and_notes_are_told_apart(
    rows: list[list[str]], expected: list[tuple[str, int, int]]
) -> None:
    assert [(part.kind, part.first, part.last) for part in regions(rows)] == expected


def test_a_grid_is_cut_into_lines_and_grids() -> None:
    def at(row: int, column: int, text: str, span: int = 1) -> GridCell:
        return GridCell(row, column, text, Place(path=f"{row},{column}"), 1, span)

    grid = Grid(
        4,
        2,
        (at(0, 0, "表1\n收支总表", 2), at(1, 0, "甲"), at(1, 1, "乙"), at(2, 0, "丙"),
         at(2, 1, "1"), at(3, 0, "注：无。", 2)),
    )  # fmt: skip
    first, second, table, note = split(grid)
    assert isinstance(first, Line)
    assert isinstance(second, Line)
    assert isinstance(note, Line)
    assert (first.text, second.text, note.text) == ("表1", "收支总表", "注：无。")
    assert first.place == Place(path="0,0")
    assert isinstance(table, Grid)
    assert (table.rows, table.exact) == (2, True)
    assert [(cell.row, cell.column, cell.text) for cell in table.cells] == [
        (0, 0, "甲"), (0, 1, "乙"), (1, 0, "丙"), (1, 1, "1"),
    ]  # fmt: skip


def test_a_cell_that_spans_rows_keeps_them_together() -> None:
    cells = (GridCell(0, 0, "项目", row_span=2), GridCell(0, 1, "金额"), GridCell(1, 1, "合计"))
    assert split(Grid(2, 2, cells)) == [Grid(2, 2, cells)]


@pytest.mark.parametrize(
    ("text", "span", "lines"),
    [
        ("财政拨款“三公”经费", 3, 0),
        ("收支总体情况表", 3, 1),
        ("2024年收支总体情况", 3, 1),
        ("单位：万元", 3, 1),
        ("财政拨款“三公”经费", 2, 1),
    ],
)
def test_a_head_over_all_columns_is_no_title(text: str, span: int, lines: int) -> None:
    cells = (
        GridCell(0, 0, text, NOWHERE, 1, span),
        *(GridCell(1, column, head) for column, head in enumerate(("合计", "预算数", "决算数"))),
        *(GridCell(2, column, figure) for column, figure in enumerate(("3", "1", "2"))),
    )
    items = split(Grid(3, 3, cells))
    assert sum(isinstance(item, Line) for item in items) == lines
    [grid] = (item for item in items if isinstance(item, Grid))
    assert grid.rows == 3 - lines
    assert grid.cells[0].row == 0


@pytest.mark.parametrize(
    ("row", "text", "span", "kept"),
    [
        (2, "7", 3, False),
        (2, "第 3 页 共 12 页", 3, False),
        (2, "— 12 —", 3, False),
        (2, "注：本表反映支出。", 3, False),
        (2, "7", 1, True),
        (2, "合计", 3, True),
        (2, "2024年", 3, True),
        (0, "7", 3, False),
        (0, "注：本表反映支出。", 3, True),
        (0, "收支总表", 3, True),
    ],
)
def test_what_a_frame_joins_to_its_table_is_no_row(
    row: int, text: str, span: int, kept: bool
) -> None:
    others = [number for number in range(3) if number != row]
    cells = (
        *(GridCell(number, c, f"{number}{c}") for number in others for c in range(3)),
        GridCell(row, 0, text, NOWHERE, 1, span),
    )
    items = unframed(Grid(3, 3, tuple(sorted(cells, key=lambda cell: (cell.row, cell.column)))))
    assert [item.text for item in items if isinstance(item, Line)] == ([] if kept else [text])
    (grid,) = (item for item in items if isinstance(item, Grid))
    assert grid.rows == 3 if kept else grid.rows == 2
