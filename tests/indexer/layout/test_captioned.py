from __future__ import annotations

import pytest

from archive.model import Place
from indexer.blocks import TableBlock
from indexer.layout.captioned import with_tables
from indexer.pages import Grid, Line

GRID = Grid(2, 2, (), Place(page=4))


def told(parts: list[Line | TableBlock]) -> list[object]:
    """Lines as their text, tables as caption, whether a grid, lines and notes."""
    return [
        part.text
        if isinstance(part, Line)
        else (part.caption, part.grid is not None, tuple(x.text for x in part.lines), part.notes)
        for part in parts
    ]


def read(*items: str | Grid) -> list[object]:
    return told(with_tables([Line(i) if isinstance(i, str) else i for i in items]))


def test_captions_and_notes_around_grids() -> None:
    assert read(
        "第二部分 预算公开表",
        "表1",
        "收支总表",
        "编制部门：某局 单位：万元",
        GRID,
        "备注：无内容应公开空表。",
        "单位：万元",
        GRID,
        GRID,
        "第三部分 说明",
    ) == [
        "第二部分 预算公开表",
        (("表1", "收支总表", "编制部门：某局 单位：万元"), True, (), ("备注：无内容应公开空表。",)),
        (("单位：万元",), True, (), ()),
        ((), True, (), ()),
        "第三部分 说明",
    ]


def test_a_chapter_title_above_a_caption_is_no_caption() -> None:
    parts = read("某局2024年度部门决算表", "收入支出决算总表", "单位：万元", GRID)
    assert parts[0] == "某局2024年度部门决算表"
    assert parts[1] == (("收入支出决算总表", "单位：万元"), True, (), ())


def test_tables_of_lines() -> None:
    parts = read(
        "第二部分 预算公开表",
        "表 1",
        "收支总表",
        "编制部门：某局 单位：万元",
        "收入 支出",
        "一、本年收入 618.71 201 一般公共服务支出",
        "收入总计 618.79",
        "表 8",
        "政府性基金预算支出情况表",
        "编制部门：某局 单位：万元",
        "类 款 项",
        "某局 2024年没有使用政府性基金预算拨款安排的支出，政府性基金预算支出情况表为",
        "空表。",
        "第三部分 情况说明",
        "一、总体说明",
        "具体情况见下表：",
        "部门整体绩效目标表",
        "（2024年）",
        "部门名称 某局",
        "大的现实意义。",
        "(五) 其他需说明的事项",
        "无。",
    )
    agency = "编制部门：某局 单位：万元"
    assert parts == [
        "第二部分 预算公开表",
        (
            ("表 1", "收支总表", agency),
            False,
            ("收入 支出", "一、本年收入 618.71 201 一般公共服务支出", "收入总计 618.79"),
            (),
        ),
        (
            ("表 8", "政府性基金预算支出情况表", agency),
            False,
            ("类 款 项",),
            ("某局 2024年没有使用政府性基金预算拨款安排的支出，政府性基金预算支出情况表为空表。",),
        ),
        "第三部分 情况说明",
        "一、总体说明",
        "具体情况见下表：",
        (("部门整体绩效目标表", "（2024年）"), False, ("部门名称 某局", "大的现实意义。"), ()),
        "(五) 其他需说明的事项",
        "无。",
    ]


def test_a_table_of_lines_that_repeats_its_head_is_one_block_a_page() -> None:
    agency = "编制部门：某局 单位：万元"
    assert read("表 2", "收入总表", agency, "甲 1", agency, "乙 2", "第三部分 说明") == [
        (("表 2", "收入总表", agency), False, ("甲 1",), ()),
        ((agency,), False, ("乙 2",), ()),
        "第三部分 说明",
    ]


def test_an_empty_table_among_grids_takes_no_prose() -> None:
    note = "某局2024年无政府性基金预算安排的支出，此表为空表。"
    assert read(
        "表8", "政府性基金表", "单位：万元", note, "另有说明。", "表1", "收支总表", GRID
    ) == [
        (("表8", "政府性基金表", "单位：万元"), False, (), (note,)),
        "另有说明。",
        (("表1", "收支总表"), True, (), ()),
    ]


@pytest.mark.parametrize("top", [62.0, 200.0])
def test_a_title_of_two_lines(top: float) -> None:
    first = Line(
        "2025年部门一般公共预算基本支出部门预算", Place(1, (200, 40, 600, 58)), 18, centred=True
    )
    second = Line("经济分类预算表", Place(1, (300, top, 500, top + 18)), 18, centred=True)
    parts = told(with_tables([Line("正文。"), first, second, Line("单位：元"), GRID]))
    if top < 100:
        assert parts == ["正文。", ((first.text, second.text, "单位：元"), True, (), ())]
    else:
        assert parts == ["正文。", first.text, ((second.text, "单位：元"), True, (), ())]
