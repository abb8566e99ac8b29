from __future__ import annotations

import pytest

from indexer.headers.groups import groupings


@pytest.mark.parametrize(
    ("texts", "count", "expected"),
    [
        ("项目 预算数 功能分类 预算数", 2, ["2 2"]),
        ("项目 行次 金额 项目 行次 合计 一般公共预算", 2, ["3 4"]),
        ("类 款 项 科目名称 合计 基本支出 项目支出", 2, ["4 3"]),
        (". 合计 合计 购置费 运行费 .", 4, ["1 1 3 1"]),
        (". 小计 购置费 运行费 .", 3, ["1 3 1"]),
        ("合计 基本支出 项目支出 合计 基本支出 项目支出", 2, ["3 3"]),
        ("小计 基本支出 项目支出 增减额 幅度", 2, ["1 4", "2 3"]),
        ("基本支出 项目支出", 3, []),
        ("项目 预算数", 1, ["2"]),
    ],
)
def test_ways_to_part_a_header(texts: str, count: int, expected: list[str]) -> None:
    words = ["" if text == "." else text for text in texts.split()]
    atoms = [range(at, at + 1) for at in range(len(words))]
    ways = groupings(atoms, words, count)
    assert [" ".join(str(len(group)) for group in way) for way in ways] == expected
