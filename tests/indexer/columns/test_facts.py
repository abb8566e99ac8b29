"""What the other tables of a disclosure say of a table's columns."""

from __future__ import annotations

from dataclasses import replace

import pytest

from archive.model import Column, Row, RowRole, Side, Table
from indexer import columns
from tests.indexer.columns.printed import CARRIED, INCOME, SPENDING, printed, row_of, table_of

HALVES = (
    Column(("收入", "项目"), "label"),
    Column(("收入", "预算数")),
    Column(("支出", "功能分类"), "label"),
    Column(("支出", "合计")),
    Column(("支出", "一般公共预算")),
    Column(("支出", "政府性基金预算")),
)


def half(number: int, label: str, side: Side, first: int, *figures: str) -> Row:
    row = row_of(number, " ".join(["1", *figures]), "万元", first)
    role: RowRole = "total" if "总计" in label else "item"
    return replace(row, id=f"{number}-{label}", label=label, side=side, role=role, code=None)


def balance(form: str, rows: tuple[Row, ...]) -> Table:
    return Table("甲", 1, form, form, "万元", HALVES, rows)


def test_one_half_tells_the_columns_of_the_other() -> None:
    rows = (
        half(0, "1.一般公共预算", "income", 1),
        half(1, "2.政府性基金预算", "income", 1, "8.00"),
        half(2, "卫生健康支出", "expenditure", 3, "8.00", "8.00"),
        half(3, "支出总计", "expenditure", 3, "8.00", "8.00"),
    )
    table = balance("财政拨款收支预算总体情况表", rows)
    assert [cell.certain for cell in columns.assign(table).rows[3].cells] == [True, False]
    result = columns.assign_all([table])[0]
    assert [[(c.column, c.certain) for c in row.cells] for row in result.rows[2:]] == [
        [(3, True), (5, True)],
        [(3, True), (5, True)],
    ]


@pytest.mark.parametrize(
    ("kept", "is_certain", "column"),
    [("0.07", True, 6), ("0.05", False, 4)],
    ids=["agrees", "contradicts"],
)
def test_the_income_table_is_decided_by_the_balance(
    kept: str, is_certain: bool, column: int
) -> None:
    source = balance(
        "部门收支总体情况表",
        (
            half(0, "其中：一般财力", "income", 1, "8.00"),
            half(1, "上级一般公共预算安排转移支付", "income", 1),
            half(2, "1.财政拨款结转", "income", 1, kept),
        ),
    )
    paths = tuple(path if path != ("财政专户",) else ("财政专户（教育收费）",) for path in INCOME)
    table = table_of(paths, "总计 8.07 8.00 8.00 0.07", form="部门收入总体情况表")
    last = columns.assign_all([source, table])[1].rows[0].cells[-1]
    assert (last.certain, last.column - 1) == (is_certain, column)


def test_a_fund_without_spending_pays_for_nothing() -> None:
    names = ("合计", "一般公共预算", "政府性基金", "国有资本经营预算")
    table = table_of(
        tuple((name,) for name in names),
        "合计 7.80 7.80\n公务接待费 7.80 7.80",
        form="财政拨款“三公”经费支出情况表",
    )
    empty = [
        replace(table, id=form, form=form, rows=(), declared_empty=True)
        for form in ("政府性基金预算支出情况表", "国有资本经营预算支出情况表")
    ]
    assert "?" not in printed(columns.assign_all([table, *empty])[0])
    assert "?" in printed(columns.assign_all([table, *empty[:1]])[0])


def test_only_the_named_tables_and_rows_are_loose() -> None:
    table = table_of(SPENDING, "总计 5.00 5.00\n201 5.00 5.00")
    assert columns.assign_all([table], {}) == [table]
    result = columns.assign_all([table], {table.id: {"0-总计"}})[0]
    assert [row.cells[1].certain for row in result.rows] == [True, True]


@pytest.mark.parametrize(
    ("general", "is_certain"),
    [("10.00 8.00 2.00", True), ("10.07 8.00 2.07", False)],
    ids=["the whole holds what is left", "the whole holds nothing more"],
)
def test_nothing_is_left_where_whole_and_part_are_equal(general: str, is_certain: bool) -> None:
    whole = table_of(SPENDING, "总计 10.07 8.00 2.07", form="部门支出总体情况表")
    part = table_of(SPENDING, f"总计 {general}", form="一般公共预算支出情况表")
    rest = table_of(CARRIED[:5], "总计 0.07 0.07 0.07", form="上年结转结余情况明细表")
    result = columns.assign_all([whole, part, rest])[2].rows[0].cells[-1]
    assert result.certain is is_certain
    assert not is_certain or CARRIED[result.column - 1] == ("财政拨款", "项目支出")


def test_a_name_that_begins_with_a_numeral_is_not_numbered() -> None:
    """一般公共预算 is a row's whole name; 一、 or （一） before a name is not."""
    rows = (half(0, "（二）一般公共预算", "income", 1, "5.00"),)
    table = table_of(
        (("总计",), ("一般公共预算拨款",), ("事业收入",)),
        "总计 5.00 5.00",
        form="部门收入总体情况表",
    )
    found = columns.assign_all([balance("部门收支总体情况表", rows), table])[1]
    assert [(cell.column, cell.certain) for cell in found.rows[0].cells[-2:]] == [
        (1, True),
        (2, True),
    ]


@pytest.mark.parametrize(
    ("form", "general", "marks"),
    [
        ("一般公共预算支出情况表", None, 0),
        # all spending is the general budget's, or some is not
        ("部门支出总体情况表", "总计 5.00 5.00", 0),
        ("部门支出总体情况表", "总计 4.00 4.00", 2),
    ],
)
def test_running_and_projects_have_tables_of_their_own(
    form: str, general: str | None, marks: int
) -> None:
    table = table_of(SPENDING, "总计 5.00 5.00\n201 5.00 5.00", form=form)
    running = table_of((("合计",),), "总计 5.00", form="一般公共预算基本支出情况表")
    projects = replace(running, id="7", form="一般公共预算项目支出情况表", rows=())
    others = [running, replace(projects, declared_empty=True)]
    if general:
        others.append(table_of(SPENDING, general, form="一般公共预算支出情况表"))
    assert printed(columns.assign_all([table, *others])[0]).count("?") == marks
