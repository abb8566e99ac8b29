"""Words outside tables to the printed lines of running text."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from archive.model import Box, Place
from indexer.pages import Line
from indexer.readers.pdf.words import Word, bounds, is_wide, lines_of

WIDE_SPACE = 0.45
"""A gap between two Chinese characters is a space from this width, in sizes of the font."""
MIXED_SPACE = 0.8
"""…and between Chinese and Latin, where typesetters put a quarter of a size by rule."""
APART = 4.0
"""Texts on one baseline this far apart are two lines (编制单位：… and 单位：元)."""
LETTERS_APART = 2
"""Unless one of them is shorter than this, or a page number: 目　　录 is one."""
CENTRED = 0.02
"""The middle of a centred line is off the page's middle by no more of its width."""
SHORT = 0.85
"""A centred line is no longer than this share of the text's width…"""
DISPLAY = 20.0
"""…unless it is set in the size of a title page, in points."""
FIRST_LINE = (1.8, 2.2)
"""A paragraph begins two characters in; it may look centred, and is not."""

_PAGE_NUMBER = re.compile(r"\d{1,4}")


def text_lines(words: Sequence[Word], page: int, width: float, left: float | None) -> list[Line]:
    """The lines of a page, from the top.

    ``width`` is the page's; ``left`` the left edge of its leftmost table, if any, which
    counts for the text margin from which lines are indented.
    """
    parts = [part for line in lines_of(words) for part in _apart(line)]
    if not parts:
        return []
    x0s, x1s = [bounds(part)[0] for part in parts], [bounds(part)[2] for part in parts]
    margin = min(x0s + ([left] if left is not None else []))
    text = _Text(width, margin, max(x1s) - margin, _usual_size(parts))
    return [_line(part, page, text) for part in parts]


@dataclass(frozen=True, slots=True)
class _Text:
    """What the lines of a page are measured against."""

    page_width: float
    margin: float
    width: float
    size: float


def _usual_size(parts: Sequence[Sequence[Word]]) -> float:
    letters: Counter[float] = Counter()
    for part in parts:
        for word in part:
            letters[round(word.size, 1)] += len(word.text)
    return letters.most_common(1)[0][0]


def _apart(line: Sequence[Word]) -> list[list[Word]]:
    parts: list[list[Word]] = [[line[0]]]
    for word in line[1:]:
        if word.x0 - parts[-1][-1].x1 > APART * word.size:
            parts.append([word])
        else:
            parts[-1].append(word)
    texts = ["".join(word.text for word in part) for part in parts]
    if any(len(text) < LETTERS_APART for text in texts) or _PAGE_NUMBER.fullmatch(texts[-1]):
        return [list(line)]
    return parts


def _is_centred(box: Box, size: float, text: _Text) -> bool:
    x0, _, x1, _ = box
    if abs((x0 + x1) / 2 - text.page_width / 2) > CENTRED * text.page_width:
        return False
    if size >= DISPLAY:
        return True
    indent = (x0 - text.margin) / size
    if size <= text.size + 0.5 and FIRST_LINE[0] <= indent <= FIRST_LINE[1]:
        return False
    return x1 - x0 <= SHORT * max(text.width, text.page_width / 2)


def _line(part: Sequence[Word], page: int, text: _Text) -> Line:
    letters = sum(len(word.text) for word in part)
    size = max(part, key=lambda word: len(word.text)).size
    box = bounds(part)
    return Line(
        line_text(part),
        Place(page, box),
        size=round(size, 2),
        bold=sum(len(word.text) for word in part if word.bold) * 2 > letters,
        centred=_is_centred(box, size, text),
        indent=round(max(0.0, box[0] - text.margin) / size, 1),
    )


def line_text(words: Sequence[Word]) -> str:
    """The words of one line with the spaces that a reader sees."""
    text = words[0].text
    for last, word in pairwise(words):
        gap = (word.x0 - last.x1) / min(word.size, last.size)
        wide = is_wide(last.text[-1]) + is_wide(word.text[0])
        needed = (0.0, MIXED_SPACE, WIDE_SPACE)[wide]
        typed = word.spaced and wide != 1
        text += (" " if typed or gap >= needed else "") + word.text
    return text
