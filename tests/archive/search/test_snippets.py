"""Snippets: what is shown of a line, and what of it is marked."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.search.snippets import WIDTH, best_line, matches, snippet
from archive.segment import loosened


@pytest.mark.parametrize(
    ("text", "words", "marked"),
    [
        ("长期护理保险工作经费10万元", ["护理保险"], ["护理保险"]),
        ("离休人员，离休费", ["离休"], ["离休", "离休"]),
        ("离 休  人员", ["离休"], ["离 休"]),
        ("ＤＲＧ 付费", ["drg付费"], ["ＤＲＧ 付费"]),
        ("“三公”经费", ["三公经费"], ["三公”经费"]),
        ("三公经费", ["“三公”"], ["三公"]),
        ("新医保发【2023】48号", ["新医保发〔2023〕48号"], ["新医保发【2023】48号"]),
        ("医疗保障基金", ["医疗保障", "保障基金"], ["医疗保障基金"]),
        ("㎡", ["m2"], ["㎡"]),
        ("医保", ["", "“”"], []),
        ("", ["医保"], []),
        ("<b>医保</b>", ["医保"], ["医保"]),
    ],
)
def test_matches(text: str, words: list[str], marked: list[str]) -> None:
    assert [text[start:end] for start, end in matches(text, words)] == marked


def test_a_short_line_is_shown_whole() -> None:
    shown = snippet("  资金分配：  离休费 \t 10万元 ", ["离休费"])
    assert shown.text == "资金分配： 离休费 10万元"
    assert [shown.text[a:b] for a, b in shown.spans] == ["离休费"]


def test_a_long_line_is_cut_around_most_matches() -> None:
    line = "离休。" + "前" * 300 + "离休人员医疗费与离休费" + "后" * 300
    shown = snippet(line, ["离休"])
    assert [shown.text[a:b] for a, b in shown.spans] == ["离休", "离休"]
    assert shown.text.startswith("…")
    assert shown.text.endswith("…")
    assert len(shown.text) <= WIDTH + 2


def test_the_line_with_most_of_the_words_is_best() -> None:
    lines = ["经费", "离休人员", "离休人员经费", "离休人员的经费"]
    assert best_line(lines, ["离休人员", "经费"]) == "离休人员经费"
    assert best_line(lines, ["没有"]) is None
    assert best_line([], ["离休"]) is None


@given(
    st.text(alphabet="医保 　“”经费Ａ㎡（）12\n", max_size=400),
    st.lists(st.text(alphabet="医保经费a2(", max_size=3), max_size=3),
)
def test_spans_lie_in_order_inside_the_text(line: str, words: list[str]) -> None:
    shown = snippet(line, words)
    end = 0
    for a, b in shown.spans:
        assert end <= a < b <= len(shown.text)
        end = b
    wanted = [loosened(word) for word in words if loosened(word)]
    whole = matches(line, words)
    assert all(any(w in loosened(line[a:b]) for w in wanted) for a, b in whole)
    assert bool(whole) == any(w in loosened(line) for w in wanted)
