from __future__ import annotations

import pytest

from indexer.blocks import Block, Heading, Paragraph, TableBlock
from indexer.pages import Grid, GridCell, Line
from indexer.witnesses import is_date, iso_date, tight, witnesses

GRID = Grid(1, 2, (GridCell(0, 0, "项 目"), GridCell(0, 1, "预算数")))


def test_witnesses() -> None:
    blocks: list[Block] = [
        Paragraph("某 局"),
        Paragraph("2024 年部门预算公开"),
        Heading("第一部分 2024 年概况", 1, "第一部分"),
        Paragraph("一句话。"),
        TableBlock(("表 1", "收支总表"), GRID),
        TableBlock(("表 2",), None, lines=(Line("合计 10"),)),
        Paragraph("再一句。"),
        Paragraph("某 局"),
        Paragraph("2024年 2月 7日"),
    ]
    said = witnesses(blocks)
    assert said.cover == ("某局", "2024年部门预算公开")
    assert said.headings == ("第一部分2024年概况",)
    assert said.captions == ("表1", "收支总表", "表2")
    assert said.cells == ("项目", "预算数", "合计", "10")
    assert (said.signature, said.closing_date) == ("某局", "2024-02-07")


@pytest.mark.parametrize(
    "last",
    [
        ["截至2024年8月31日，共有车辆0辆。", "共0台。"],
        ["2024年8月31日", "一。", "二。", "三。", "四。"],
        ["资金执行时间：2024年1月1日-2024年12月31日"],
        [],
    ],
)
def test_running_text_holds_no_closing_date(last: list[str]) -> None:
    said = witnesses([Heading("一、甲", 2, "一"), *map(Paragraph, last)])
    assert (said.signature, said.closing_date) == (None, None)


def test_a_date_below_a_sentence_is_unsigned() -> None:
    said = witnesses([Paragraph("这是最后一句。"), Paragraph("2024年3月1日")])
    assert (said.signature, said.closing_date) == (None, "2024-03-01")


@pytest.mark.parametrize(
    ("text", "iso", "whole"),
    [
        ("2024年02月25日", "2024-02-25", True),
        ("（2024年 2月 7日）", "2024-02-07", True),
        ("2024-2-7", "2024-02-07", True),
        ("发布于2024/12/31", "2024-12-31", False),
        ("二〇二四年二月二十五日", "2024-02-25", True),
        ("二○二三年十二月十日", "2023-12-10", True),
        ("2024年13月1日", None, True),
        ("2024年2月", None, False),
        ("", None, False),
    ],
)
def test_dates(text: str, iso: str | None, whole: bool) -> None:
    assert iso_date(text) == iso
    assert is_date(text) is whole


def test_signature_and_date_on_one_line() -> None:
    said = witnesses([Paragraph("句。"), Paragraph("某市医疗保障局  2024年2月7日")])
    assert (said.signature, said.closing_date) == ("某市医疗保障局", "2024-02-07")


@pytest.mark.parametrize(
    ("printed", "text"),
    [
        (" 2024 年 部门预算 ", "2024年部门预算"),
        ("中心 Excel Home 组", "中心Excel Home组"),
    ],
)
def test_tight(printed: str, text: str) -> None:
    assert tight(printed) == text


@pytest.mark.parametrize(
    ("lines", "cover", "around"),
    [
        # what a web page prints of itself stands around the title
        (
            ["首页 > 财政信息", "|", "某局2023年部门预算公开", "2023-02-03 11:20 来源：某局"],
            ("某局2023年部门预算公开",),
            ("首页 > 财政信息", "", "2023-02-03 11:20 来源：某局"),
        ),
        # on one line with it
        (
            ["某局2023年部门预算公开    发布时间：2023-02-03 字号：[ ]"],
            ("某局2023年部门预算公开",),
            ("某局2023年部门预算公开    发布时间：2023-02-03 字号",),
        ),
        # a label above its value
        (
            ["[ 发布日期 ]", "2023-02-03", "[ 发布机构 ]", "区林业局", "某区林业局2022年度决算"],
            ("某区林业局2022年度决算",),
            ("发布日期", "发布日期：2023-02-03", "发布机构", "发布机构：区林业局"),
        ),
        # a greeting and a file to load down are no title
        (
            ["欢迎来到某医院", "/某医院2022年度决算报表.xls", "2022年度某医院单位决算"],
            ("2022年度某医院单位决算",),
            ("欢迎来到某医院", "/某医院2022年度决算报表.xls"),
        ),
        # below a sentence, as the first line that is worded as a title
        (
            ["我校按照要求编制了预算。", "某中学2023年部门预算公开"],
            ("某中学2023年部门预算公开",),
            (),
        ),
        (["某局召开会议。", "会议研究2023年预算编制"], (), ()),
        # items of a list are text
        (["某区政府信息公开目录", "1. 部门预算公开", "2. 行政许可"], ("某区政府信息公开目录",), ()),
    ],
)
def test_the_cover_of_a_web_page(
    lines: list[str], cover: tuple[str, ...], around: tuple[str, ...]
) -> None:
    said = witnesses([*map(Paragraph, lines), Heading("一、概况", 2, "一")])
    assert (said.cover, said.around) == (cover, around)


def test_a_title_that_is_set_as_a_heading_is_on_the_cover() -> None:
    said = witnesses([Paragraph("某局"), Heading("2022年度部门决算情况说明", 1, None)])
    assert said.cover == ("某局", "2022年度部门决算情况说明")
