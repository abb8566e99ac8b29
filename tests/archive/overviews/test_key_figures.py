"""The figures that people ask for, in the layouts that provinces print."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from archive.amounts import in_unit, to_fen
from archive.archive import Archive
from archive.model import Cell, Column, Document, Kind, Row, RowRole, Side, Table
from archive.overviews.functional_items import functional_amounts
from archive.overviews.key_figures import Figure, key_figures, wanted

THREE = "财政拨款“三公”经费支出情况表"
THREE_ACCOUNTS = "财政拨款“三公”经费支出决算表"


def document(kind: Kind = "部门预算", year: int | None = 2024) -> Document:
    return Document("0" * 12, "甲局", "甲局", None, year, kind, None, "0" * 64, "text/plain", "a")


def columns(*paths: str) -> tuple[Column, ...]:
    """``项目`` is the label's column, all others are amounts."""
    return tuple(
        Column(tuple(path.split("/")), "label" if path.endswith("项目") else "amount")
        for path in paths
    )


def row(
    label: str,
    *printed: str | None,
    side: Side | None = None,
    role: RowRole = "item",
    first: int = 0,
    code: str | None = None,
) -> Row:
    cells = tuple(
        Cell(at, text, to_fen(text, "万元")) for at, text in enumerate(printed, first) if text
    )
    name = f"{side or ''}{code or ''}{label}" or "row"
    return Row(name, 0, code, label, cells, side, role)


def table(form: str, heads: Sequence[Column], *rows: Row, unit: str = "万元") -> Table:
    return Table("表1", 1, form, form, unit, tuple(heads), rows)


def total(label: str, *printed: str | None, code: str | None = None) -> Row:
    return row(label, *printed, role="total", code=code)


def found(shown: Table, kind: Kind = "部门预算", year: int | None = 2024) -> dict[str, str]:
    figures = key_figures(document(kind, year), [shown])
    return {name: one.printed for name, one in figures.items()}


TWO_SIDED = columns("收入/项目", "收入/预算数", "支出/项目", "支出/预算数")
BY_ROWS = columns("“三公”经费支出项目", "合计", "资金来源/一般公共预算")
PARTS = {
    "three_public": "7.80",
    "abroad": "",
    "car_purchase": "1.00",
    "car_running": "6.00",
    "reception": "0.80",
}
ROWS_OF_PARTS = (
    row("因公出国（境）费", "因公出国（境）费"),
    row("公务接待费", "公务接待费", "0.80", "0.80"),
    row("公务用车购置及运行费（小计）", "公务用车购置及运行费（小计）", "7.00", "7.00"),
    row("其中：公务用车购置费", "其中：公务用车购置费", "1.00", "1.00"),
    row("公务用车运行维护费", "公务用车运行维护费", "6.00", "6.00"),
)


@pytest.mark.parametrize(
    ("shown", "kind", "expected"),
    [
        pytest.param(
            table(
                "部门收支总体情况表",
                TWO_SIDED,
                row("一、本年收入", "一、本年收入", "90", side="income"),
                row("一般公共服务支出", "一般公共服务支出", "95", side="expenditure", first=2),
                row("本年收入合计", "本年收入合计", "90", side="income", role="total"),
                row("本年支出合计", "x", "95", side="expenditure", role="total", first=2),
                row("收 入 总 计", "收入总计", "100", side="income", role="total"),
                row("支 出 总 计", "支出总计", "100.5", side="expenditure", role="total", first=2),
            ),
            "部门预算",
            {"income": "100", "expenditure": "100.5"},
            id="the totals of both sides, not those of the year",
        ),
        pytest.param(
            table(
                "收入支出决算总表",
                columns("收入/项目", "收入/预算数", "收入/决算数", "支出/项目", "支出/决算数"),
                row("总计", "总计", "80", "85", side="income", role="total"),
                row("总计", "总计", "86", side="expenditure", role="total", first=3),
            ),
            "部门决算",
            {"income": "85", "expenditure": "86"},
            id="accounts rather than the budget beside them",
        ),
        pytest.param(
            table(
                "部门支出总体情况表",
                columns("科目/项目", "支出预算/合计", "支出预算/基本支出", "支出预算/项目支出"),
                row("甲局", "甲局", "9", "5", "4", role="agency"),
                total("合计", "合计", "10", "6", "4"),
            ),
            "部门预算",
            {"expenditure": "10", "basic": "6", "project": "4"},
            id="basic and project of the total row",
        ),
        pytest.param(
            table(
                "部门支出总体情况表",
                columns("项目", "合计", "基本支出/小计", "基本支出/人员经费", "项目支出"),
                total("合计", "合计", "10", "6", "5", "4"),
            ),
            "部门预算",
            {"expenditure": "10", "basic": "6", "project": "4"},
            id="basic with its parts beside it",
        ),
        pytest.param(
            table(
                "部门支出总体情况表",
                columns("项目", "合计", "基本支出/人员经费", "基本支出/公用经费", "项目支出"),
                total("合计", "合计", "10", "5", "1", "4"),
            ),
            "部门预算",
            {"expenditure": "10", "project": "4"},
            id="basic is not said where only its parts are printed",
        ),
        pytest.param(
            table(
                "部门支出总体情况表",
                columns("项目", "2023年预算数/合计", "2024年预算数/合计", "2024年比上年增减"),
                total("合计", "合计", "9", "10", "1"),
            ),
            "部门预算",
            {"expenditure": "10"},
            id="the year's own column",
        ),
        pytest.param(
            table(THREE, BY_ROWS, total("合计", "合计", "7.80", "7.80"), *ROWS_OF_PARTS),
            "部门预算",
            PARTS,
            id="三公 a row each, blank told from absent",
        ),
        pytest.param(
            table(
                THREE_ACCOUNTS,
                columns("项目", "预算数", "决算数"),
                row("一、“三公”经费支出", "x", "9", "7.80"),
                row("（一）因公出国（境）费", "x", "1", None),
                row("（二）公务用车购置及运行维护费", "x", "8", "7.00"),
                row("1．公务用车购置费", "x", "2", "1.00"),
                row("2．公务用车运行维护费", "x", "6", "6.00"),
                row("（三）公务接待费", "x", "1", "0.80"),
                row("1．国内接待费", "x", "1", "0.80"),
                row("二、相关统计数", "x"),
                row("1．因公出国（境）团组数（个）", "x", "3", "3"),
                row("5．国内公务接待批次（个）", "x", "12", "12"),
            ),
            "部门决算",
            PARTS,
            id="三公 accounts with counts below",
        ),
        pytest.param(
            table(
                THREE_ACCOUNTS,
                columns(
                    "财政拨款“三公”经费/合计/预算数",
                    "财政拨款“三公”经费/合计/决算数",
                    "财政拨款“三公”经费/因公出国（境）费/预算数",
                    "财政拨款“三公”经费/因公出国（境）费/决算数",
                    "财政拨款“三公”经费/公务用车购置及运行维护费/小计/决算数",
                    "财政拨款“三公”经费/公务用车购置及运行维护费/公务用车购置费/决算数",
                    "财政拨款“三公”经费/公务用车购置及运行维护费/公务用车运行维护费/决算数",
                    "财政拨款“三公”经费/公务接待费/决算数",
                ),
                row("", "9", "7.80", "1", None, "7.00", "1.00", "6.00", "0.80"),
            ),
            "部门决算",
            PARTS,
            id="三公 in one row under stacked heads",
        ),
        pytest.param(
            table(
                THREE,
                columns(
                    "2024年“三公”经费预算数/合计",
                    "2024年“三公”经费预算数/因公出国(境)费",
                    "2024年“三公”经费预算数/公务接待费",
                    "2024年“三公”经费预算数/公务用车购置及运行费/小计",
                    "2024年“三公”经费预算数/公务用车购置及运行费/购置费",
                    "2024年“三公”经费预算数/公务用车购置及运行费/运行费",
                    "2024年机关运行经费预算数",
                ),
                row("", "7.80", None, "0.80", "7.00", "1.00", "6.00", "464.64"),
            ),
            "单位预算",
            PARTS,
            id="三公 beside the running costs of the office",
        ),
        pytest.param(
            table(THREE, columns("项目", "合计"), row("甲", "甲", "1"), row("乙", "乙", "2")),
            "部门预算",
            {},
            id="no total, several rows: undecided",
        ),
        pytest.param(
            table("政府采购预算表", columns("项目", "合计"), total("合计", "合计", "5")),
            "部门预算",
            {},
            id="another form",
        ),
    ],
)
def test_figures(shown: Table, kind: Kind, expected: dict[str, str]) -> None:
    assert found(shown, kind) == expected


def test_a_declared_empty_table_says_nothing() -> None:
    shown = table(THREE, BY_ROWS, total("合计", "合计", "0", "0"))
    assert found(shown)["three_public"] == "0"
    assert found(replace(shown, declared_empty=True)) == {}


def test_doubt_is_carried_over() -> None:
    cell = Cell(1, "30", 30_0000_00, certain=False, doubt="也可能在右边一列")
    shown = table(THREE, BY_ROWS, Row("合计", 0, None, "合计", (cell,), None, "total"))
    assert key_figures(document(), [shown]) == {
        "three_public": Figure(
            "30", "万元", 30_0000_00, False, "也可能在右边一列", "表1", "合计", "合计"
        )
    }


def test_functional_amounts_are_the_whole_of_each_item() -> None:
    heads = columns("项目", "一般公共预算支出/合计", "一般公共预算支出/基本支出")
    shown = table(
        "一般公共预算支出情况表",
        heads,
        total("合计", "合计", "10", "6"),
        row("卫生健康支出", "x", "10", "6", code="210"),
        row("行政运行", "x", None, "6", code="2101501"),
        row("办公费", "x", "1", "1", code="30201"),
    )
    amounts = functional_amounts(document(), [shown])
    assert [(one.code, one.label, one.figure.printed) for one in amounts] == [
        ("210", "卫生健康支出", "10"),
        ("2101501", "行政运行", ""),
    ]


# Read in each document by hand, in its own unit; "" is a blank cell, "-" is not in its tables.
REAL = """
shanghai-finance-2025-budget 元 171915169 171915169 171915169 127642039 44273130
shanghai-putuo-wanli-2025-budget 元 189767551 189767551 189767551 101341746 88425805
shanghai-putuo-wanli-2024-budget 元 156211123 156211123 156211123 99706020 56505103
shanghai-putuo-commerce-2025-unit-budget 元 371514655 371514655 371514655 19830655 351684000
shanghai-putuo-commerce-2025-department-budget 元 371514655 371514655 371514655 19830655 351684000
shanghai-putuo-planning-2024-final-accounts 万元 9859.38 9859.38 9746.5 5377.64 4381.74
urumqi-2023-budget 万元 1442.87 1442.87 1412.87 1213.55 229.32
kashgar-2021-budget 万元 1240.58 1240.58 1240.58 548.71 691.87
bayingolin-2024-budget 万元 768.69 768.69 683.3 479.47 289.22
changji-prefecture-2022-budget 万元 1365.79 1365.79 1365.79 388.14 977.65
changji-city-2024-budget 万元 618.79 618.79 618.71 615.92 2.86
"""
# The same in 万元: total, abroad, cars bought, cars run, receptions.
REAL_THREE = """
shanghai-finance-2025-budget 346.3 288.7 blank 32.2 25.4
shanghai-putuo-wanli-2025-budget 37.91 0 15 21.56 1.35
shanghai-putuo-wanli-2024-budget 47.91 0 25 21.56 1.35
shanghai-putuo-commerce-2025-unit-budget 1 blank blank blank 1
shanghai-putuo-commerce-2025-department-budget 1 blank blank blank 1
shanghai-putuo-planning-2024-final-accounts 0.39 0 0 0 0.39
urumqi-2023-budget 0.5 blank blank blank 0.5
kashgar-2021-budget
bayingolin-2024-budget 6 blank blank 6 blank
changji-prefecture-2022-budget 4.9 0 0 4.5 0.4
changji-city-2024-budget 7.8 blank blank 7.8 blank
"""


def said(figure: Figure, unit: str) -> str:
    return "blank" if figure.fen is None else in_unit(figure.fen, unit).replace(",", "")


@pytest.mark.real
@pytest.mark.parametrize("line", REAL.strip().splitlines(), ids=lambda line: line.split()[0])
def test_real_disclosures(line: str, real_archive: Archive) -> None:
    name, unit, *expected = line.split()
    three = next(each for each in REAL_THREE.strip().splitlines() if each.split()[0] == name)
    store = real_archive.store
    shown = next(d for d in store.documents() if Path(d.source_name).stem == name)
    figures = key_figures(shown, store.tables(shown.id))
    group = {one.name: one.group for one in wanted()}
    assert [said(one, unit) for name, one in figures.items() if group[name] != "three"] == expected
    of_three = [said(one, "万元") for name, one in figures.items() if group[name] == "three"]
    assert of_three == three.split()[1:]
    assert all(re.fullmatch(r"[\d,.]*", one.printed) for one in figures.values())
