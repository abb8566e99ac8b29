from __future__ import annotations

import pytest

from archive.model import Place
from indexer.loose.header import Shape, split_head
from indexer.loose.shapes import head_words, shapes_in
from indexer.pages import Line


def shapes(text: str) -> list[tuple[int, int, int]]:
    lines = [Line(line, Place(lines=(n, n))) for n, line in enumerate(text.split("\n"), 1)]
    return [(s.codes, s.names, s.amounts) for s in shapes_in(split_head(lines, ()))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            "甲科目编码 科目名称 合计 基本支出 项目支出 经营支出\n201 一般公共服务支出 5.00 4.00",
            [(1, 1, 4)],
            id="heads of columns that print nothing",
        ),
        pytest.param(
            "类型 项目名称 项目单位 合计 一般公共预算\n特定目标类 管护 某站 7.00 7.00",
            [(0, 3, 2)],
            id="several words a row",
        ),
        pytest.param(
            "科目编码 科目名称 本年支出\n合计 基本支出 项目支出\n合计",
            [(1, 1, 3)],
            id="a bare total below two lines of heads",
        ),
        pytest.param(
            "甲收入 乙支出\n项 目 预算数 项 目 合计 一般公共预算 政府性基金\n"
            "一、拨款 1.00 一、教育 1.00 1.00\n二、其他 2.00 二、科学 2.00 2.00",
            [(0, 1, 1), (0, 1, 3)],
            id="halves, the right one wider than its rows",
        ),
        pytest.param(
            "编码 名称 合计 财政拨款收入\n类 款 项\n212 城乡社区支出 1.00 1.00",
            [(3, 1, 2)],
            id="类款项 below the codes' head",
        ),
    ],
)
def test_columns_that_the_header_shows(text: str, expected: list[tuple[int, int, int]]) -> None:
    assert shapes(text) == expected


def test_spread_words_are_whole_and_code_parts_apart() -> None:
    assert head_words("项 目 合 计 预算数") == ["项目", "合计", "预算数"]
    assert head_words("类 款 项") == ["类", "款", "项"]
    assert Shape(1, 1, 3).width == 5
