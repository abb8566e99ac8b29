"""Short words that are set apart over the width of a cell: 收　　　入 is 收入.

Where a table rules its columns the cell itself keeps the letters together; elsewhere each
would be taken for the head of a column of its own.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from indexer.readers.pdf.words import Word, lines_of

WIDEST = 6.0
"""The letters of one word are no further apart than this, in sizes of the font."""
ALIKE = 0.05
"""They differ in size by no more than this share."""

_WORDS = frozenset({
    "收入", "支出", "项目", "合计", "总计", "小计", "金额", "科目", "备注",
    "单位", "序号", "类别", "内容", "名称", "编码", "预算", "决算",
})  # fmt: skip
_CODES = frozenset("类款")
"""Heads of code columns, beside which 项 and 目 head others."""


def closed_up(words: Sequence[Word]) -> list[Word]:
    """The words, two lone letters that make a known one joined; top down as before."""
    if sum(len(word.text) == 1 for word in words) < 2:
        return list(words)
    joined = [word for line in lines_of(words) for word in _line(line)]
    return sorted(joined, key=lambda word: (word.top, word.x0))


def _line(line: Sequence[Word]) -> Iterable[Word]:
    if any(word.text in _CODES for word in line):
        return line
    closed: list[Word] = []
    for word in line:
        if closed and _make_one(closed[-1], word):
            closed[-1] = _joined(closed[-1], word)
        else:
            closed.append(word)
    return closed


def _make_one(left: Word, right: Word) -> bool:
    near = right.x0 - left.x1 <= WIDEST * left.size
    alike = abs(left.size - right.size) <= ALIKE * left.size
    return left.text + right.text in _WORDS and near and alike


def _joined(left: Word, right: Word) -> Word:
    return replace(
        left,
        text=left.text + right.text,
        top=min(left.top, right.top),
        x1=right.x1,
        bottom=max(left.bottom, right.bottom),
    )
