"""Words set apart letter by letter where no rule keeps them together."""

from __future__ import annotations

import pytest

from indexer.readers.pdf.figures import is_amount, is_figure
from indexer.readers.pdf.spread import closed_up
from indexer.readers.pdf.words import Word


def line(*texts: tuple[str, float]) -> list[Word]:
    return [Word(text, x, 100, x + 10 * len(text), 110, 10) for text, x in texts]


@pytest.mark.parametrize(
    ("texts", "read"),
    [
        ([("收", 0), ("入", 50), ("支", 200), ("出", 250)], ["收入", "支出"]),
        ([("合", 0), ("计", 70)], ["合计"]),
        ([("合", 0), ("计", 90)], ["合", "计"]),
        ([("类", 0), ("款", 30), ("项", 60), ("目", 90)], ["类", "款", "项", "目"]),
        ([("项", 0), ("目", 40), ("金额", 100)], ["项目", "金额"]),
        ([("甲", 0), ("乙", 30)], ["甲", "乙"]),
    ],
)
def test_known_words_are_closed_up(texts: list[tuple[str, float]], read: list[str]) -> None:
    assert [word.text for word in closed_up(line(*texts))] == read


@pytest.mark.parametrize(
    ("text", "amount"),
    [("１，２３４．５０", True), ("△12.00", True), ("３００．００", True), ("12", False)],
)
def test_full_width_and_marked_figures(text: str, amount: bool) -> None:
    (word,) = line((text, 0))
    assert is_figure(word)
    assert is_amount(word) == amount
