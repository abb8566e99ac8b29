"""The code words (机关代字) of document numbers and the bodies that they stand for.

A code word is a known one whole (财社), or begins with a region (昌州) and names an organ
of it (政办发).  The list is ``data/issuers.csv``; its kinds are ``code``, ``head`` (a
region; without body where several use the word), ``organ`` and ``tail`` (发, 函, 字 and
other words that may follow an organ); an organ's ``region`` names the heads after which it is
not theirs (苏府 is 苏州's, not 江苏's).  A code word that is not known, or not to one body,
is no error: it is kept as printed.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from typing import Literal

Level = Literal["国家", "省", "地", "县"]
_LEVELS: dict[str, Level] = {"国家": "国家", "省": "省", "地": "地", "县": "县"}
_SURE = 3
_MOST_PARTS = 5
_LONGEST_WORD = 10
_NATIONAL = ("国", "中")
_BRACKETS = re.compile(r"[（）()〔〕\[\]]")


@dataclass(frozen=True, slots=True)
class Issuer:
    """A body that issues documents; ``level`` is that of its government.

    ``region`` is empty for the centre, and two names joined by 或 where both use the word.
    """

    code: str
    body: str
    level: Level
    region: str


@dataclass(frozen=True, slots=True)
class _Organ:
    """What an organ's word says: its body, and the heads with which it is someone else's."""

    body: str
    not_after: frozenset[str]


@dataclass(frozen=True, slots=True)
class _Lexicon:
    codes: dict[str, tuple[str, Level, str]]
    heads: dict[str, tuple[str, Level] | None]
    organs: dict[str, _Organ]
    parts: frozenset[str]
    last: frozenset[str]

    def begun(self, text: str, *, regional: bool = False) -> set[int]:
        """Where known code words end that begin the text: 2 and 3 for 财社 and 财社函."""
        ends = set() if regional else _beginning(text, self.codes)
        for head in _beginning(text, self.heads):
            ends |= {head + end for end in _beginning(text[head:], self.organs)}
        return ends

    def is_made_up(self, text: str, *, regional: bool = False) -> bool:
        """Whether the text is such a word and up to five parts that may follow it."""
        ends = self.begun(text, regional=regional)
        for _ in range(_MOST_PARTS):
            if len(text) in ends:
                return True
            ends = {end + more for end in ends for more in _beginning(text[end:], self.parts)}
        return len(text) in ends


def _beginning(text: str, words: Collection[str]) -> set[int]:
    """The lengths at which the text begins with one of the words."""
    return {end for end in range(1, min(len(text), _LONGEST_WORD) + 1) if text[:end] in words}


def issuer_of(code: str) -> Issuer | None:
    """The body behind a code word, ``None`` when it is not known: 巴财社 → 巴州财政局."""
    lexicon = _lexicon()
    word = _BRACKETS.sub("", code)
    if known := _longest(word, lexicon.codes):
        return Issuer(code, *lexicon.codes[known])
    heads = sorted((head for head in lexicon.heads if word.startswith(head)), key=len)
    for head in reversed(heads):
        named = lexicon.heads[head]
        if found := _longest(word[len(head) :], lexicon.organs):
            organ = lexicon.organs[found]
            if head in organ.not_after:
                continue
            if named is None:
                return None
            region, level = named
            return Issuer(code, region + organ.body, level, region)
    return None


def known_codes() -> tuple[str, ...]:
    """Every code word that is listed, and each region's with each of its organs' words."""
    lexicon = _lexicon()
    regional = (head + organ for head in lexicon.heads for organ in lexicon.organs)
    return tuple(sorted({*lexicon.codes, *regional}))


@lru_cache(maxsize=8192)
def begins_like_code(text: str) -> bool:
    """Whether the text begins with a known code word, or with a region and an organ."""
    return bool(_lexicon().begun(_BRACKETS.sub("", text)))


def begins_surely(text: str) -> bool:
    """Whether a known code word of three characters or more, or a region's, begins the text."""
    ends = _lexicon().begun(text)
    return bool(ends) and (max(ends) >= _SURE or text.startswith(_NATIONAL))


@lru_cache(maxsize=8192)
def is_code(text: str) -> bool:
    """Whether the whole text is made of known parts of a code word."""
    return _lexicon().is_made_up(_BRACKETS.sub("", text))


def is_regional_code(text: str) -> bool:
    """Whether the whole text is a region with an organ of it and known parts."""
    return _lexicon().is_made_up(_BRACKETS.sub("", text), regional=True)


def ends_like_code(text: str) -> bool:
    """Whether the last character is one that known code words end in."""
    return _BRACKETS.sub("", text)[-1:] in _lexicon().last


def is_organ(text: str) -> bool:
    """Whether the text is the word of an organ: 府, 政办."""
    return text in _lexicon().organs


def begins_with_organ(text: str) -> bool:
    """Whether the text begins with the word of an organ: 政办, 财社."""
    return bool(_beginning(text, _lexicon().organs))


def begins_with_province(text: str) -> bool:
    """Whether the text begins with the word of one province: 粤, 鲁, 新."""
    head = _lexicon().heads.get(text[:1])
    return head is not None and head[1] == "省"


def _longest(text: str, words: Iterable[str]) -> str | None:
    return max((word for word in words if text.startswith(word)), key=len, default=None)


@cache
def _lexicon() -> _Lexicon:
    codes: dict[str, tuple[str, Level, str]] = {}
    heads: dict[str, tuple[str, Level] | None] = {}
    organs: dict[str, _Organ] = {}
    tails: list[str] = []
    text = (files("archive") / "data" / "issuers.csv").read_text(encoding="utf-8")
    for kind, word, body, level, region in list(csv.reader(text.splitlines()))[1:]:
        if kind == "code":
            codes[word] = (body, _LEVELS[level], region)
        elif kind == "head":
            heads[word] = (body, _LEVELS[level]) if body else None
        elif kind == "organ":
            organs[word] = _Organ(body, frozenset(region.split()))
        else:
            tails.append(word)
    last = frozenset(word[-1] for word in (*codes, *organs, *tails))
    return _Lexicon(codes, heads, organs, frozenset([*organs, *tails]), last)
