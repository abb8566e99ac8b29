from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.model import Place
from indexer.layout.paragraphs import join_lines, joined, measure_of, width
from indexer.pages import Line

FULL = "贯彻落实国家和自治区医疗保险生育保险医疗救助等制度并组织实施落实定点管理"


def dumped(*texts: str) -> list[str]:
    lines = [Line(text) for text in texts]
    return [text.text for text in join_lines(lines, measure_of(lines))]


@pytest.mark.parametrize(
    ("lines", "texts"),
    [
        # a page break inside a sentence
        (
            ["3、基本养老保险缴费支出（项）：预算数为44.78万元，比上年预算增", "加 10.42 万元。"],
            ["3、基本养老保险缴费支出（项）：预算数为44.78万元，比上年预算增加 10.42 万元。"],
        ),
        # fields stand apart though nothing ends them
        (
            [
                "预算安排规模：52.00万元",
                "项目承担单位：某局",
                "资金来源：财政拨款",
                "支付去向：某院",
            ],
            [
                "预算安排规模：52.00万元",
                "项目承担单位：某局",
                "资金来源：财政拨款",
                "支付去向：某院",
            ],
        ),
        # a field goes on
        (
            ["发放程序：每月业务科室核算医疗费用结算票据，通过", "基金账户进行发放。"],
            ["发放程序：每月业务科室核算医疗费用结算票据，通过基金账户进行发放。"],
        ),
        (
            ["资金分配情况：长期护理保险工作经费10万元，其中", "1.5万元用于支付评审费。"],
            ["资金分配情况：长期护理保险工作经费10万元，其中1.5万元用于支付评审费。"],
        ),
        # headings and what follows them
        (
            ["一、关于某某医疗保障局2024年收支预算情况的总体说明", "按照全口径预算的原则。"],
            ["一、关于某某医疗保障局2024年收支预算情况的总体说明", "按照全口径预算的原则。"],
        ),
        (
            ["五、关于某局2023年一般公共预算当年拨款", "情况说明", "某局预算如下。"],
            ["五、关于某局2023年一般公共预算当年拨款情况说明", "某局预算如下。"],
        ),
        # what introduces a list, and its items
        (
            [
                "截至2023年底，某某医疗保障局占用使用国有资产总体情况为",
                "1. 房屋 0 平方米。",
                "2. 车辆 2 辆。",
            ],
            [
                "截至2023年底，某某医疗保障局占用使用国有资产总体情况为",
                "1. 房屋 0 平方米。",
                "2. 车辆 2 辆。",
            ],
        ),
        (
            ["收入预算 768.69 万元，其中：", "一般公共预算 1 万元。"],
            ["收入预算 768.69 万元，其中：", "一般公共预算 1 万元。"],
        ),
        (
            ["及其他费用。", "某某自治州医疗保障局", "2024年02月25日"],
            ["及其他费用。", "某某自治州医疗保障局", "2024年02月25日"],
        ),
    ],
)
def test_dump_of_whole_lines(lines: list[str], texts: list[str]) -> None:
    assert dumped(*lines) == texts


@pytest.mark.parametrize(
    ("lines", "texts"),
    [
        # full lines go on, even after ； and ：, a short one ends
        ([FULL, FULL[:-1] + "；", "工资增加。"], [FULL + FULL[:-1] + "；工资增加。"]),
        ([FULL, FULL, "疗救助", "另有规定"], [FULL + FULL + "疗救助", "另有规定"]),
        # a figure is not parted, so the line before it is shorter
        ([FULL, FULL, FULL[:-3], "50.00%，增加。"], [FULL + FULL + FULL[:-3] + "50.00%，增加。"]),
        ([FULL, FULL, FULL[:-3], "工资增加。"], [FULL + FULL + FULL[:-3], "工资增加。"]),
    ],
)
def test_dump_of_wrapped_lines(lines: list[str], texts: list[str]) -> None:
    assert dumped(*lines) == texts


def drawn(text: str, left: float, right: float, top: float, **format: object) -> Line:
    place = Place(page=1, box=(left, top, right, top + 12))
    return Line(text, place, size=12.0, **format)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("lines", "texts"),
    [
        # full line, next at the margin
        ([("甲", 82, 500), ("乙", 58, 498), ("丙。", 58, 300)], ["甲乙丙。"]),
        # the next is indented
        ([("甲", 82, 500), ("乙", 58, 500), ("丙。", 82, 300)], ["甲乙", "丙。"]),
        # the line before is short and ends its sentence
        (
            [("长", 82, 500), ("长", 58, 500), ("甲。", 58, 300), ("乙", 58, 490)],
            ["长长甲。", "乙"],
        ),
        # numbers and fields begin anew at the margin too
        (
            [("长", 82, 500), ("长", 58, 500), ("二、乙", 58, 490), ("补贴人数：9人", 58, 140)],
            ["长长", "二、乙", "补贴人数：9人"],
        ),
    ],
)
def test_drawn_lines(lines: list[tuple[str, float, float]], texts: list[str]) -> None:
    placed = [drawn(t, left, right, 20.0 * n) for n, (t, left, right) in enumerate(lines)]
    assert [text.text for text in join_lines(placed, measure_of(placed))] == texts


def test_a_centred_heading_of_two_lines() -> None:
    lines = [
        drawn("第三部分 某局2024年度部门决算", 91, 504, 10, bold=True, centred=True),
        drawn("情况说明", 268, 328, 30, bold=True, centred=True),
        drawn("正文从这里开始。", 120, 300, 60),
    ]
    heading, body = join_lines(lines, measure_of(lines))
    assert heading.text == "第三部分 某局2024年度部门决算情况说明"
    assert len(heading.lines) == 2
    assert body.text == "正文从这里开始。"


def test_the_format_knows_its_paragraphs() -> None:
    lines = [
        Line("没有标点的一段文字它足够长以至于看起来还没有结束", new_paragraph=True),
        Line("另一段", new_paragraph=True),
        Line("还是这一段", new_paragraph=False),
        Line("标题", heading_level=2),
        Line("正文"),
    ]
    assert [text.text for text in join_lines(lines, measure_of(lines))] == [
        "没有标点的一段文字它足够长以至于看起来还没有结束",
        "另一段还是这一段",
        "标题",
        "正文",
    ]


@pytest.mark.parametrize(
    ("pieces", "whole"),
    [
        (["预算增", "加 10 元"], "预算增加 10 元"),
        (["使用 DRG", "付费"], "使用 DRG付费"),
        (["the budget", "of the year"], "the budget of the year"),
        (["增长", "50%"], "增长50%"),
        ([], ""),
    ],
)
def test_joined(pieces: list[str], whole: str) -> None:
    assert joined(pieces) == whole


def test_width() -> None:
    assert width(" 2024年预算 ") == 5.0


@given(st.lists(st.text(alphabet="一二、（）。；：预算a1. 项目", max_size=30), max_size=12))
def test_nothing_is_lost_or_moved(texts: list[str]) -> None:
    lines = [Line(text) for text in texts]
    found = join_lines(lines, measure_of(lines))
    squeezed = "".join("".join(text.split()) for text in texts)
    assert "".join("".join(text.text.split()) for text in found) == squeezed
    assert [line for text in found for line in text.lines] == [x for x in lines if x.text.strip()]
