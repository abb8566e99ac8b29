from __future__ import annotations

import pytest

from indexer.lattice import PrintedCell, PrintedLine
from indexer.tables.titles import Caption, caption_in_grid, read_caption, unit_in, unnumbered


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (
            ["表 7", "一般公共预算项目支出情况表", "编制部门：某局", "单位：万元"],
            Caption(7, "一般公共预算项目支出情况表", "某局", "万元"),
        ),
        (
            ["表七：", "一般公共预算项目支出情况表", "编制部门: 某局", "单位: 万元"],
            Caption(7, "一般公共预算项目支出情况表", "某局", "万元"),
        ),
        (
            ["表10", "财政拨款“三公”经费支出情况表", "编制部门（单位）： 某局        单位：元"],
            Caption(10, "财政拨款“三公”经费支出情况表", "某局", "元"),
        ),
        (
            ["2025年预算单位收入预算总表", "编制单位：上海市财政局 单位：元"],
            Caption(None, "2025年预算单位收入预算总表", "上海市财政局", "元"),
        ),
        (["收入决算表", "公开02表", "单位：万元"], Caption(2, "收入决算表", None, "万元")),
        (["表十一 上年结转结余情况明细表"], Caption(11, "上年结转结余情况明细表")),
        (["表3部门支出总体情况表"], Caption(3, "部门支出总体情况表")),
        (["附表1-3", "支出总表"], Caption(3, "支出总表")),
        (["表2-1", "支出总表"], Caption(2, "支出总表")),
        (["表2024年收入总表"], Caption(None, "表2024年收入总表")),
        (["项  目  支  出  绩  效  目  标  表", "（2022年）"], Caption(None, "项目支出绩效目标表")),
        (["编制部门：某局", "单位：万元"], Caption(None, "", "某局", "万元")),
        (["一般公共预算支出表（续表）"], Caption(None, "一般公共预算支出表", continued=True)),
        (
            ["某局2024年度部门决算表", "收入支出决算总表", "金额单位：人民币元"],
            Caption(None, "收入支出决算总表", None, "元"),
        ),
        (
            ["2025年部门一般公共预算基本支出部门预算经济", "分类预算表", "单位：元"],
            Caption(None, "2025年部门一般公共预算基本支出部门预算经济分类预算表", None, "元"),
        ),
        (["## 表五：", "### 一般公共预算支出情况表"], Caption(5, "一般公共预算支出情况表")),
        (["2024年部门收支总表"], Caption(None, "2024年部门收支总表")),
        (["附件2：项目支出预算表", "单位：万元"], Caption(None, "项目支出预算表", None, "万元")),
        (["附件 2024年部门收支总表"], Caption(None, "2024年部门收支总表")),
        (["附件1-3 部门收支总表"], Caption(3, "部门收支总表")),
        (["附件", "部门收支总表"], Caption(None, "部门收支总表")),
        ([], Caption()),
    ],
)
def test_a_caption_is_read(lines: list[str], expected: Caption) -> None:
    assert read_caption(lines) == expected


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("单位：万元", "万元"),
        ("单 位: 元", "元"),
        ("编制单位：元氏县财政局", None),
        ("单位：元氏县财政局", None),
        ("编制单位：元", None),
        ("金额（万元）", "万元"),
        ("资金总额 (万元)", "万元"),
        ("预算数", None),
    ],
)
def test_the_unit_of_a_text(text: str, unit: str | None) -> None:
    assert unit_in(text) == unit


@pytest.mark.parametrize(
    ("rows", "count"),
    [
        (
            [
                ["2025年预算单位财政拨款收支预算总表"],
                ["编制单位：某局", "单位：元"],
                ["项目", "预算数"],
            ],
            2,
        ),
        ([["部门收支总表"], ["单位：万元"], ["收入", "支出"]], 2),
        ([["项目", "预算数"], ["一、财政拨款", "1"]], 0),
        ([["财政拨款“三公”经费"], ["合计", "公务接待费"]], 0),
    ],
)
def test_a_caption_inside_the_grid_is_found(rows: list[list[str]], count: int) -> None:
    lines = [
        PrintedLine(tuple(PrintedCell(at, text) for at, text in enumerate(row)), number)
        for number, row in enumerate(rows)
    ]
    assert caption_in_grid(lines) == count


@pytest.mark.parametrize(
    ("heading", "bare"),
    [
        ("二、部门决算单位构成", "部门决算单位构成"),
        ("（四）预算绩效情况", "预算绩效情况"),
        ("第二部分 部门预算公开表", "部门预算公开表"),
        ("1. 房屋", "房屋"),
    ],
)
def test_a_heading_without_its_ordinal(heading: str, bare: str) -> None:
    assert unnumbered(heading) == bare
