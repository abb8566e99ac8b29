"""The tables of the real disclosures, against what was read from them by eye."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from archive.model import Row, Table
from indexer.layout import to_blocks
from indexer.readers import read
from indexer.tables import to_tables

pytestmark = pytest.mark.real

BAYINGOLIN = "text/bayingolin-2024-budget.txt"
CHANGJI_CITY = "text/changji-city-2024-budget.txt"
CHANGJI = "text/changji-prefecture-2022-budget.txt"
KASHGAR = "text/kashgar-2021-budget.txt"
URUMQI = "text/urumqi-2023-budget.txt"
FINANCE = "pdf/shanghai-finance-2025-budget.pdf"
COMMERCE = "pdf/shanghai-putuo-commerce-2025-department-budget.pdf"
COMMERCE_UNIT = "pdf/shanghai-putuo-commerce-2025-unit-budget.pdf"
PLANNING = "pdf/shanghai-putuo-planning-2024-final-accounts.pdf"
WANLI_2024 = "pdf/shanghai-putuo-wanli-2024-budget.pdf"
WANLI_2025 = "pdf/shanghai-putuo-wanli-2025-budget.pdf"

GOALS = "项目支出绩效目标表"
SUM = "部门收支总体情况表"
INCOME = "部门收入总体情况表"
SPENDING = "部门支出总体情况表"
GRANTS = "财政拨款收支预算总体情况表"
GENERAL = "一般公共预算支出情况表"
BASIC = "一般公共预算基本支出情况表"
PROJECTS = "一般公共预算项目支出情况表"
THREE = "财政拨款“三公”经费支出情况表"
FUND = "政府性基金预算支出情况表"
CAPITAL = "国有资本经营预算支出情况表"
LEFT = "上年结转结余情况明细表"
FORMS_2024 = (SUM, INCOME, SPENDING, GRANTS, GENERAL, BASIC, PROJECTS, FUND, CAPITAL, THREE, LEFT)
FORMS_2021 = (SUM, INCOME, SPENDING, GRANTS, GENERAL, BASIC, PROJECTS, THREE, FUND)
SHANGHAI = (SUM, INCOME, SPENDING, GRANTS, GENERAL, FUND, CAPITAL, BASIC, THREE)
ACCOUNTS = (
    "收入支出决算总表",
    "收入决算表",
    "支出决算表",
    "财政拨款收入支出决算总表",
    "一般公共预算财政拨款支出决算表",
    "一般公共预算财政拨款基本支出决算表",
    "财政拨款“三公”经费支出决算表",
    "政府性基金预算财政拨款收入支出决算表",
    "国有资本经营预算财政拨款支出决算表",
)


@cache
def tables_of(folder: Path, name: str) -> list[Table]:
    path = folder / name
    return to_tables(to_blocks(read(path.read_bytes(), path.name)))


def the_table(folder: Path, name: str, table: str) -> Table:
    return next(one for one in tables_of(folder, name) if one.id == table)


def the_row(folder: Path, name: str, table: str, row: str) -> Row:
    return next(one for one in the_table(folder, name, table).rows if one.id == row)


@pytest.mark.parametrize(
    ("name", "forms", "rows"),
    [
        (BAYINGOLIN, FORMS_2024, [57, 28, 28, 36, 25, 32, 9, 0, 0, 6, 6]),
        (CHANGJI_CITY, FORMS_2024, [57, 19, 19, 36, 18, 27, 5, 0, 0, 6, 3]),
        (CHANGJI, FORMS_2021, [40, 17, 17, 36, 17, 29, 10, 1, 1]),
        (KASHGAR, FORMS_2021[:7], [40, 15, 15, 36, 15, 27, 8]),
        (URUMQI, FORMS_2024[:10], [57, 10, 13, 36, 13, 28, 8, 1, 1, 6]),
        (FINANCE, SHANGHAI, [13, 24, 24, 9, 24, 1, 1, 35, 1]),
        (COMMERCE, SHANGHAI, [16, 31, 31, 12, 31, 1, 1, 31, 1]),
        (COMMERCE_UNIT, SHANGHAI, [16, 31, 31, 12, 31, 1, 1, 31, 1]),
        (PLANNING, ACCOUNTS, [40, 25, 25, 36, 25, 67, 1, 1, 1]),
        (WANLI_2024, SHANGHAI, [18, 67, 67, 14, 67, 1, 1, 32, 1]),
        (WANLI_2025, SHANGHAI, [18, 67, 67, 14, 67, 1, 1, 32, 1]),
    ],
)
def test_every_statutory_table_is_there(
    real_disclosures: Path, name: str, forms: tuple[str, ...], rows: list[int]
) -> None:
    tables = [
        table
        for table in tables_of(real_disclosures, name)
        if table.form is not None and "绩效" not in table.form
    ]
    assert [(table.form, len(table.rows)) for table in tables] == list(
        zip(forms, rows, strict=True)
    )
    numbered = name.startswith("text/")
    assert [table.number for table in tables] == (
        list(range(1, len(forms) + 1)) if numbered else [None] * len(forms)
    )
    in_wan = numbered or name == PLANNING
    units = [t.unit if in_wan or t.form != THREE else "元三公" for t in tables]
    assert set(units) <= ({"万元"} if in_wan else {"元", "元三公"})


@pytest.mark.parametrize(
    ("name", "rows"),
    [
        (BAYINGOLIN, [12, 34]),
        (CHANGJI_CITY, [12, 11, 12]),
        (CHANGJI, [15, 16, 16, 15, 15, 15, 15]),
        (KASHGAR, [15, 17, 16, 23]),
        (URUMQI, [11, 14, 12, 11]),
        (FINANCE, []),
    ],
)
def test_every_table_of_goals_is_there(real_disclosures: Path, name: str, rows: list[int]) -> None:
    goals = [one for one in tables_of(real_disclosures, name) if "绩效" in (one.form or "")]
    assert [len(table.rows) for table in goals] == rows
    assert all(table.number is None for table in goals)


@pytest.mark.parametrize(
    ("name", "table", "title"),
    [
        (CHANGJI, "表8", "一般公共预算“三公”经费支出情况表"),
        (BAYINGOLIN, "表8", FUND),
        (COMMERCE_UNIT, GRANTS, "2025年预算单位财政拨款收支预算总表"),
        (WANLI_2024, "财政拨款-三公-经费支出情况表", "部门“三公”经费和机关运行经费预算表"),
        (PLANNING, "部门决算单位构成", "部门决算单位构成"),
        (CHANGJI, f"{GOALS}-长期护理保险工作经费", GOALS),
    ],
)
def test_titles_as_printed(real_disclosures: Path, name: str, table: str, title: str) -> None:
    assert the_table(real_disclosures, name, table).title == title


@pytest.mark.parametrize(
    ("name", "empty"),
    [
        (BAYINGOLIN, {"表8", "表9"}),
        (CHANGJI_CITY, {"表8", "表9"}),
        (CHANGJI, {"表9"}),
        (KASHGAR, set()),
        (URUMQI, {"表8", "表9"}),
        (FINANCE, set()),
        (COMMERCE, {FUND, CAPITAL}),
        (PLANNING, set(ACCOUNTS[-2:])),
        (WANLI_2024, {FUND, CAPITAL}),
    ],
)
def test_declared_empty(real_disclosures: Path, name: str, empty: set[str]) -> None:
    tables = tables_of(real_disclosures, name)
    assert {table.id for table in tables if table.declared_empty} == empty


INCOME_2024 = [
    "功能分类科目编码/类",
    "功能分类科目编码/款",
    "功能分类科目编码/项",
    "功能分类科目名称",
    "总计",
    "财政拨款（补助）/财政拨款（补助）小计",
    "财政拨款（补助）/一般公共预算",
    "财政拨款（补助）/上级一般公共预算安排的转移支付",
    "财政拨款（补助）/政府性基金预算",
    "财政拨款（补助）/上级政府性基金安排的转移支付",
    "财政拨款（补助）/国有资本经营预算",
    "财政拨款（补助）/上级国有资本经营预算安排的转移支付",
    "财政专户（教育收费）",
    "单位资金",
    "财政拨款结转",
    "非财政拨款结转结余",
]
FUNCTIONS = ["项目/功能分类科目编码/类", "项目/功能分类科目编码/款", "项目/功能分类科目编码/项"]


@pytest.mark.parametrize(
    ("name", "table", "expected"),
    [
        (BAYINGOLIN, "表2", INCOME_2024),
        (
            CHANGJI_CITY,
            "表2",
            [path.replace("（补助）小计", "(补助)小计") for path in INCOME_2024],  # as printed
        ),
        (
            CHANGJI,
            "表3",
            [*FUNCTIONS, "项目/功能分类科目名称"]
            + [f"支出预算/{leaf}" for leaf in ("合计", "基本支出", "项目支出")],
        ),
        (
            URUMQI,
            "表8",
            [*FUNCTIONS, "项目/功能分类科目名称"]
            + [f"政府性基金预算支出/{leaf}" for leaf in ("合计", "基本支出", "项目支出")],
        ),
        (KASHGAR, "表1", ["收入/项目", "收入/预算数", "支出/功能分类", "支出/预算数"]),
        (
            CHANGJI,
            "表8",
            ["合计", "因公出国（境）费/合计"]
            + [
                f"公务用车购置及运行费/{leaf}"
                for leaf in ("合计", "公务用车购置费", "公务用车运行费")
            ]
            + ["公务接待费"],
        ),
        (
            FINANCE,
            SUM,
            ["本年收入/项目", "本年收入/预算数", "本年支出/项目", "本年支出/预算数/合计"]
            + [f"本年支出/预算数/基本支出/{leaf}" for leaf in ("人员经费", "公用经费")]
            + ["本年支出/预算数/项目支出"],
        ),
    ],
)
def test_header_paths(real_disclosures: Path, name: str, table: str, expected: list[str]) -> None:
    columns = the_table(real_disclosures, name, table).columns
    assert ["/".join(column.path) for column in columns] == expected


@pytest.mark.parametrize(
    ("name", "table", "row", "cells"),
    [
        (
            BAYINGOLIN,
            "表2",
            "210-卫生健康支出",
            {4: "660.94", 5: "575.55", 6: "423.72", 7: "151.83", 14: "85.39"},
        ),
        (
            BAYINGOLIN,
            "表7",
            "2101502-2024年医疗保障基金专项行动和全民参保征缴服务",
            {5: "52.00", 7: "51.00", 11: "1.00"},
        ),
        (BAYINGOLIN, "表11", "医疗保障能力提升经费", {1: "20.00", 2: "20.00", 5: "20.00"}),
        (CHANGJI, "表2", "208-社会保障和就业支出", {4: "35.06", 5: "35.06"}),
        (
            CHANGJI,
            "表7",
            "2101599-长期护理保险工作经费",
            {5: "10", 6: "0", 7: "10", 8: "0"},
        ),
        (CHANGJI, "表8", "row", {0: "4.9", 1: "0", 2: "4.9", 3: "0", 4: "4.5", 5: "0.4"}),
        (CHANGJI_CITY, "表2", "2101506-医疗保障经办事务", {4: "0.07", 14: "0.07"}),
        (KASHGAR, "表1", "expenditure-支出总计", {3: "1240.58"}),
        (
            KASHGAR,
            "表7",
            "2101504-骨干网及专网建设接入项目",
            {5: "250.87", 7: "44.46", 11: "206.41"},
        ),
        (URUMQI, "表3", "2101599", {4: "127.81", 5: "0", 6: "127.81"}),
        (FINANCE, INCOME, "合计", {4: "171,915,169", 5: "171,915,169"}),
        (WANLI_2024, SPENDING, "合计", {4: "156,211,123", 5: "99,706,020", 6: "56,505,103"}),
        (WANLI_2024, BASIC, "30102-津贴补贴", {3: "16,623,810", 4: "16,623,810", 5: "0"}),
        (PLANNING, ACCOUNTS[5], "31002-办公设备购置", {5: "39.76"}),
        (PLANNING, ACCOUNTS[0], "expenditure-总计", {3: "9859.38"}),
    ],
)
def test_figures_stand_in_their_columns(
    real_disclosures: Path, name: str, table: str, row: str, cells: dict[int, str]
) -> None:
    roles = [column.role for column in the_table(real_disclosures, name, table).columns]
    found = the_row(real_disclosures, name, table, row)
    amounts = [cell for cell in found.cells if roles[cell.column] == "amount"]
    assert {cell.column: cell.printed for cell in amounts} == cells
    assert all(cell.fen is not None for cell in amounts)


def test_a_figure_has_its_fen(real_disclosures: Path) -> None:
    row = the_row(real_disclosures, CHANGJI, "表2", "208-社会保障和就业支出")
    assert (4, "35.06", 35060000) in [(c.column, c.printed, c.fen) for c in row.cells]
    cost = the_row(real_disclosures, COMMERCE, INCOME, "合计")
    assert [cell.fen for cell in cost.cells][1:] == [37151465500, 37151465500]


def test_what_a_converter_left_open_is_doubted(real_disclosures: Path) -> None:
    doubts = {
        (name, table.id)
        for name in (BAYINGOLIN, CHANGJI, CHANGJI_CITY, KASHGAR, URUMQI)
        for table in tables_of(real_disclosures, name)
        if any(not cell.certain for row in table.rows for cell in row.cells)
    }
    assert doubts == {
        (CHANGJI_CITY, "表7"),
        (KASHGAR, "表1"),
        (URUMQI, "表2"),
        (URUMQI, "表3"),
        (URUMQI, "表9"),
    }


@pytest.mark.parametrize(
    "name",
    [
        BAYINGOLIN,
        CHANGJI_CITY,
        CHANGJI,
        KASHGAR,
        URUMQI,
        FINANCE,
        COMMERCE,
        COMMERCE_UNIT,
        PLANNING,
        WANLI_2024,
        WANLI_2025,
    ],
)
def test_columns_add_up(real_disclosures: Path, name: str) -> None:
    """The 类 rows of a table with codes sum to its total, in every column."""
    checked = 0
    for table in tables_of(real_disclosures, name):
        classes = [row for row in table.rows if row.code and len(row.code) == 3 and not row.side]
        totals = [row for row in table.rows if row.role == "total"]
        if len(totals) != 1 or not any(cell.fen for row in classes for cell in row.cells):
            continue
        rounding = 20_000 if table.unit == "万元" else 200
        for cell in totals[0].cells:
            parts = [c.fen or 0 for row in classes for c in row.cells if c.column == cell.column]
            if cell.fen is not None:
                assert abs(sum(parts) - cell.fen) <= rounding, (table.id, cell)
                checked += 1
    assert checked > 5
