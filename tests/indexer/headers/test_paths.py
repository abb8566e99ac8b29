"""Which header texts stand above each column."""

from __future__ import annotations

import pytest

from indexer.pages import Grid
from tests.indexer.tables.grids import of, one, paths, ruled, tabbed

CODES = ["科目/编码/类", "科目/编码/款", "科目/编码/项"]


@pytest.mark.parametrize(
    ("grid", "expected"),
    [
        pytest.param(
            ruled(
                "项目>4|.|.|.|支出预算>2|.",
                "功能分类科目编码>3|.|.|功能分类科目名称^2|合计^2|基本支出^2",
                "类|款|项|.|.|.",
                "208|05|01|行政单位离退休|3.45|3.45",
            ),
            [
                "项目/功能分类科目编码/类",
                "项目/功能分类科目编码/款",
                "项目/功能分类科目编码/项",
                "项目/功能分类科目名称",
                "支出预算/合计",
                "支出预算/基本支出",
            ],
            id="spans",
        ),
        pytest.param(
            tabbed(
                "科目\t\t\t支出预算\t\t",
                "编码\t\t\t功能分类科目名称\t合计\t基本支出",
                "类\t款\t项\t\t\t",
                "※\t※\t※\t※\t1\t2",
                "208\t05\t01\t行政单位离退休\t3.45\t3.45",
            ),
            [*CODES, "科目/功能分类科目名称", "支出预算/合计", "支出预算/基本支出"],
            id="spans lost, blanks kept",
        ),
        pytest.param(
            tabbed(
                "科目\t支出预算",
                "编码\t功能分类科目名称\t合计\t基本支出",
                "类\t款\t项\t\t\t",
                "208\t05\t01\t行政单位离退休\t3.45\t3.45",
            ),
            [*CODES, "科目/功能分类科目名称", "支出预算/合计", "支出预算/基本支出"],
            id="merged cells printed once",
        ),
        pytest.param(
            tabbed(
                "编码\t\t\t功能分类科目名称\t总计\t财政拨款\t\t单位资金\t",
                "类\t款\t项\t\t\t小计\t一般公共预算\t\t基金预算",
                "※\t※\t※\t※\t1\t2\t3\t4\t5",
                "208\t05\t01\t行政单位离退休\t3.45\t3.45\t3.45\t\t",
            ),
            [
                "编码/类",
                "编码/款",
                "编码/项",
                "功能分类科目名称",
                "总计",
                "财政拨款/小计",
                "财政拨款/一般公共预算",
                "财政拨款/基金预算",
                "单位资金",
            ],
            id="a span too small: the last child at the end of the line",
        ),
        pytest.param(
            tabbed(
                "项目\t\t\t支出预算\t\t",
                "编码\t\t\t合计\t基本支出\t项目支出",
                "类\t款\t项\t\t\t",
                "功能分类科目名称\t\t\t\t\t",
                "208\t05\t01\t3.45\t3.45\t0",
            ),
            [
                "项目/编码/类",
                "项目/编码/款",
                "项目/编码/项",
                "项目/功能分类科目名称",
                "支出预算/合计",
                "支出预算/基本支出",
                "支出预算/项目支出",
            ],
            id="the name head cut off, the names lost",
        ),
        pytest.param(
            tabbed(
                "合  计\t因公出国（境）费\t公务用车购置及运行费\t公务接待费",
                "\t合计\t合  计\t公务用车购置费\t公务用车运行费\t",
                "4.9\t0\t4.9\t0\t4.5\t0.4",
            ),
            [
                "合计",
                "因公出国（境）费/合计",
                "公务用车购置及运行费/合计",
                "公务用车购置及运行费/公务用车购置费",
                "公务用车购置及运行费/公务用车运行费",
                "公务接待费",
            ],
            id="one row of figures under stacked heads",
        ),
        pytest.param(
            tabbed(
                "收\t\t入\t支\t\t出",
                "项\t目\t预算数\t功能分类\t预算数\t",
                "事业收入\t\t1.5\t201 一般公共服务支出\t\t2.5",
            ),
            ["收入/项目", "收入/预算数", "支出/功能分类", "支出/预算数"],
            id="words cut into characters",
        ),
        pytest.param(
            ruled(
                "项目>2|.|本年收入^2|本年支出>3|.|.",
                "功能分类科目编码|科目名称|.|.|.|.",
                "合计>2|.||合计|基本支出|项目支出",
                "||||| ",
            ),
            [
                "项目/功能分类科目编码",
                "项目/科目名称",
                "本年收入",
                "本年支出/合计",
                "本年支出/基本支出",
                "本年支出/项目支出",
            ],
            id="heads in the line of 合计",
        ),
    ],
)
def test_header_paths(grid: Grid, expected: list[str]) -> None:
    assert paths(one(of("部门支出总体情况表", grid))) == expected


@pytest.mark.parametrize("marker", ["※\t※\t1\t2\t3", "栏次\t\t1\t2\t3=4+5", "类\t款\t1\t2\t3"])
def test_lines_that_count_columns_are_no_rows(marker: str) -> None:
    grid = tabbed("类\t科目名称\t合计\t基本支出\t项目支出", marker, "208\t养老\t3\t2\t1")
    table = one(of("部门支出总体情况表", grid))
    assert [row.code for row in table.rows] == ["208"]
    assert paths(table)[2:] == ["合计", "基本支出", "项目支出"]
