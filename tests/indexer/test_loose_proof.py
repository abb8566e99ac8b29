"""Whatever lines hold, the grid made of them loses no character."""

from __future__ import annotations

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from indexer.loose import grid_of
from tests.indexer.loose.dumps import dumped, lines_of

TOKENS = [
    "210",
    "05",
    "2080505",
    "卫生健康支出",
    "支出",
    "合",
    "计",
    "7.80",
    "1,234.50",
    "—",
    "2024",
]
TOKENS += [
    "201外交",
    "一、本年收入",
    "一级指标",
    "三级指标",
    "指标值",
    "数量指标",
    "分值权重",
    "≥5",
    "10",
]
TITLES = ["部门支出总体情况表", "部门收支总体情况表", "项目支出绩效目标表", "某某情况表", ""]


@given(
    st.lists(st.lists(st.sampled_from(TOKENS), min_size=1, max_size=6), max_size=12),
    st.sampled_from(TITLES),
    st.booleans(),
)
def test_every_character_is_kept(words: list[list[str]], title: str, spaced: bool) -> None:
    text = "\n".join(" ".join(line) for line in words)
    lines = dumped(text) if spaced else lines_of(text)
    grid = grid_of(lines, title)
    kept = "".join(cell.text for cell in grid.cells) if grid else ""
    assert Counter("".join(kept.split())) == Counter("".join(text.split()))
