"""What tells that a number is something else: a licence, a street, a lawsuit, a contract."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from archive.citations.issuers import is_code
from archive.citations.words import any_of, words

_OPEN = "（(〔[［﹝"
_LONGEST_LABEL = 12
_NOT_ONLY = ("码", "同", "议")


@lru_cache(maxsize=8192)
def is_possible(code: str) -> bool:
    """Whether what stands before a number may be a code word."""
    return is_code(code) or not _refused().search(code)


def is_labelled(text: str, start: int, *, known: bool = False) -> bool:
    """Whether the words before ``start`` say that another kind of number follows.

    What a code or a form of contract rests on is a document: 代码（国卫办医政发〔2024〕16号）.
    """
    before = text[max(0, start - _LONGEST_LABEL) : start][::-1]
    label = _labels().match(before)
    return label is not None and not (known and before[0] in _OPEN and before[1:2] in _NOT_ONLY)


@cache
def _refused() -> re.Pattern[str]:
    endings, parts = any_of(words().refused_endings), any_of(words().refused_parts)
    return re.compile(rf"(?:{endings})$|{parts}")


@cache
def _labels() -> re.Pattern[str]:
    """The labels of other numbers, read from their end: the text is turned round."""
    others = any_of(word[::-1] for word in words().refused_labels)
    own = any_of(word[::-1] for word in words().own_labels)
    return re.compile(
        rf"[（(]?\s{{0,4}}(?:[:：为]?\s{{0,4}}(?!{own})(?:{others})"
        rf"|[:：]\s{{0,4}}(?!{own})号(?!\s{{0,6}}[文字件]))"
    )
