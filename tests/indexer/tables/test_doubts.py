from __future__ import annotations

from dataclasses import replace

import pytest

from archive.model import Cell, Column, Row
from indexer.tables.doubts import (
    with_broken_names,
    with_guessed_head,
    with_joined_rows,
    with_lost_codes,
    with_open_counts,
    with_open_goals,
    with_open_lines,
)

COLUMNS = (Column(("项目",), "label"), Column(("数量",), "text"), Column(("合计",)))


def row(name: str, *cells: tuple[int, str]) -> Row:
    return Row(name, 0, None, name, tuple(Cell(column, text) for column, text in cells))


def doubtful(found: Row) -> list[int]:
    assert all(bool(cell.doubt) is not cell.certain for cell in found.cells)
    return [cell.column for cell in found.cells if not cell.certain]


def test_every_cell_below_a_guessed_header() -> None:
    assert [doubtful(each) for each in with_guessed_head([row("甲", (0, "甲"), (2, "1.00"))])] == [
        [0, 2]
    ]


def test_a_figure_below_a_count_where_blanks_are_lost() -> None:
    rows = [
        row("甲", (0, "甲"), (1, "6,000.00")),
        row("乙", (0, "乙"), (1, "12.0"), (2, "1.00")),
        row("丙", (0, "丙"), (1, "6,000.00")),
    ]
    found = with_open_counts(rows, COLUMNS, {"甲", "乙"})
    assert [doubtful(each) for each in found] == [[1], [], []]


@pytest.mark.parametrize(
    ("label", "broken"),
    [
        ("", False),
        ("算", True),
        ("1,437,10", True),
        ("拨款（补助）31,638,5", True),
        ("合计", False),
        ("项", True),
        ("31 公务费", False),
        ("公务费，12", False),
        ("收入总计 48.42 支出总计", True),
    ],
)
def test_a_name_that_cannot_be_whole(label: str, broken: bool) -> None:
    rows = with_broken_names([row(label, (0, label), (2, "1.00"))], COLUMNS)
    assert [doubtful(each) for each in rows] == [[0, 2] if broken else []]


def test_a_half_without_a_name_may_be_broken() -> None:
    half = replace(row("", (2, "1.00")), side="income")
    assert [doubtful(each) for each in with_broken_names([half], COLUMNS)] == [[2]]


def test_a_part_of_a_code_is_no_figure() -> None:
    rows = [row("教育支出", (0, "教育支出"), (2, "05")), row("办公费", (0, "办公费"), (2, "0.5"))]
    found = with_broken_names(rows, COLUMNS)
    assert [doubtful(each) for each in found] == [[0, 2], []]


def test_a_table_without_names_has_no_broken_ones() -> None:
    rows = with_broken_names([row("", (0, "1.00"))], [Column(("合计",))])
    assert [doubtful(each) for each in rows] == [[]]


def test_an_item_without_its_code_among_coded_ones() -> None:
    columns = (Column(("科目编码",), "code"), Column(("名称",), "label"), Column(("合计",)))
    coded = replace(row("甲", (0, "201"), (1, "甲"), (2, "1.00")), code="201")
    alone = row("乙", (1, "乙"), (2, "1.00"))
    total = replace(row("合计", (1, "合计"), (2, "2.00")), role="total")
    found = with_lost_codes([coded, alone, total], columns)
    assert [doubtful(each) for each in found] == [[], [1, 2], []]
    assert [doubtful(each) for each in with_lost_codes([alone], columns)] == [[]]


def row_of(label: str, code: str | None = None, *figures: str) -> Row:
    cells = [Cell(0, label), *(Cell(at, text) for at, text in enumerate(figures, start=1))]
    return Row(label, 0, code, label, tuple(cells))


@pytest.mark.parametrize(
    ("rows", "titled", "doubtful"),
    [
        ([row_of("教育支出", "205", "1"), row_of("医疗保障", "210", "2")], True, []),
        ([row_of("教育支出", "205", "1"), row_of("服务支出"), row_of("合计", None, "1")], True,
         ["教育支出", "服务支出", "合计"]),
        ([row_of("二、外交支出"), row_of("其中：上年结转"), row_of("教育支出", "205")], True, []),
        ([row_of("教育支出", "205", "1")], False, ["教育支出"]),
    ],
)  # fmt: skip
def test_lines_that_no_rule_parts_may_be_one_name(
    rows: list[Row], titled: bool, doubtful: list[str]
) -> None:
    marked = with_open_lines(rows, titled=titled, headed=True)
    assert [row.label for row in marked if not all(c.certain for c in row.cells)] == doubtful


def test_figures_without_any_head_are_open() -> None:
    (row,) = with_open_lines([row_of("教育支出", "205", "1")], titled=True, headed=False)
    assert [cell.doubt for cell in row.cells if cell.certain] == []


def test_the_cells_of_performance_tables_without_upright_rules_are_open() -> None:
    (row,) = with_open_goals([row_of("教育支出", "205", "1")])
    assert not any(cell.certain for cell in row.cells)


def test_a_cell_that_names_several_levels_makes_its_row_doubtful() -> None:
    rows = [
        row("甲", (0, "产出指标"), (1, "数量指标 质量指标"), (2, "甲乙")),
        row("乙", (0, "满意度指标"), (1, "服务对象满意度指标"), (2, "乙")),
        row("丙", (0, "效益指标"), (1, "经济效益指标"), (2, "产出指标完成率")),
    ]
    assert [doubtful(each) for each in with_joined_rows(rows)] == [[0, 1, 2], [], []]
