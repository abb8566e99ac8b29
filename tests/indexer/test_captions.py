from __future__ import annotations

import pytest

from indexer.captions import Kind, caption_end, is_note, is_strong, kind_of, notes_end
from indexer.pages import Grid, Line


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("表 7", Kind.NUMBER),
        ("表七：", Kind.NUMBER),
        ("公开07表", Kind.NUMBER),
        ("附表1-2", Kind.NUMBER),
        ("预算01表", Kind.NUMBER),
        ("表8 政府性基金预算支出情况表", Kind.NUMBER),
        ("附件2：项目支出预算表", Kind.NUMBER),
        ("附件 2025年部门预算公开表", Kind.NUMBER),
        ("附件：1.部门预算表", None),
        ("附件2025年", None),
        ("部门收支总体情况表", Kind.TITLE),
        ("项  目  支  出  绩  效  目  标  表", Kind.TITLE),
        ("2025年部门“三公”经费和机关运行经费预算表", Kind.TITLE),
        ("一般公共预算支出情况表（续）", Kind.TITLE),
        ("1. 2025年部门收入预算总表", Kind.TITLE),
        ("编制部门：昌吉市医疗保障局 单位：万元", Kind.AGENCY),
        ("编制部门（单位）：  昌吉州医疗保障局          单位：万元", Kind.AGENCY),
        ("部门名称：某局", Kind.AGENCY),
        ("2025年 单位：元", Kind.AGENCY),
        ("单位: 万元", Kind.UNIT),
        ("金额单位：元", Kind.UNIT),
        ("（2024年）", Kind.YEAR),
        ("2024年度", Kind.YEAR),
        ("填报日期：2024年2月", Kind.YEAR),
        ("第二部分 2024年部门预算公开表", None),
        ("具体情况见下表", None),
        ("国有资本经营预算支出情况表为空表。", None),
        ("一、关于收支预算情况的总体说明", None),
        ("表明", None),
        ("2024年没有使用政府性基金，预算支出情况表", None),
        ("预算单位 昌吉市医疗保障局", None),
    ],
)
def test_kind_of(text: str, kind: Kind | None) -> None:
    assert kind_of(text) is kind


@pytest.mark.parametrize(
    ("texts", "length"),
    [
        (["表 8", "政府性基金预算支出情况表", "编制部门：某局", "单位：万元"], 4),
        (["收入决算表", "公开02表", "部门：某局", "金额单位：万元"], 4),
        (["部门名称：某局", "部门编码：001", "单位：元"], 3),
        # a kind that comes back belongs to the next table
        (["某局决算表", "收入决算表", "单位：万元"], 1),
        (["附件：2025年部门预算表", "表1", "部门收支总体情况表"], 1),
        (["附件2：项目支出预算表", "单位：万元"], 2),
        (["单位：万元", "表 9", "国有资本经营预算支出情况表"], 1),
        (["某局没有此项支出。"], 0),
    ],
)
def test_caption_end(texts: list[str], length: int) -> None:
    assert caption_end([Line(text) for text in texts], 0) == length


def test_a_grid_ends_a_caption() -> None:
    assert caption_end([Line("表1"), Grid(1, 1, ()), Line("单位：元")], 0) == 1


@pytest.mark.parametrize(
    ("texts", "strong"),
    [
        (["表 8", "政府性基金预算支出情况表"], True),
        (["表8 政府性基金预算支出情况表"], True),
        (["部门整体绩效目标表", "（2024年）"], True),
        (["部门收支总体情况表"], False),
        (["表 8"], False),
        (["编制部门：某局", "单位：元"], False),
        (["一、收入支出决算总表", "（2024年）"], False),
        ([], False),
    ],
)
def test_is_strong(texts: list[str], strong: bool) -> None:
    assert is_strong(texts) is strong


@pytest.mark.parametrize(
    ("text", "note"),
    [
        ("备注：无内容应公开空表并说明情况。", True),
        ("注:本部门2025年无政府性基金预算财政拨款安排的预算，故本表为空表。", True),
        ("说明：本年度没有国有资本经营预算财政拨款收入和支出，故本表无数据。", True),
        ("某局 2024 年没有使用政府性基金预算拨款安排的支出，政府性基金预算支出情况表为", True),
        ("第三部分 2024年部门预算情况说明", False),
        ("说明如下", False),
    ],
)
def test_is_note(text: str, note: bool) -> None:
    assert is_note(text) is note


@pytest.mark.parametrize(
    ("texts", "length"),
    [
        (["注：本表反映收支情况。", "说明：故本表无数据。", "第三部分 说明"], 2),
        (["某局没有使用国有资本经营预算拨款安排的支出，支出情况表为", "空表。", "表10"], 2),
        (["备注：未完", "表 9", "某表"], 1),
        (["表 9"], 0),
    ],
)
def test_notes_end(texts: list[str], length: int) -> None:
    assert notes_end([Line(text) for text in texts], 0) == length
