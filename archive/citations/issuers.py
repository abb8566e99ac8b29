"""The code words (机关代字) of document numbers and the bodies that they stand for.

A code word is a known one whole (财社), or begins with a region (昌州) and names an organ
of it (政办发).  The list is ``data/issuers.csv``; its kinds are ``code``, ``head`` (a
region; without body where several use the word), ``organ`` and ``tail`` (发, 函, 字 and
other words that may follow an organ).  A code word that is not known, or not to one body,
is no error: it is kept as printed.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from typing import Literal

from archive.citations.words import any_of

Level = Literal["国家", "省", "地", "县"]
_LEVELS: dict[str, Level] = {"国家": "国家", "省": "省", "地": "地", "县": "县"}
_SURE = 3
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
class _Lexicon:
    codes: dict[str, tuple[str, Level, str]]
    heads: dict[str, tuple[str, Level] | None]
    organs: dict[str, str]
    beginning: re.Pattern[str]
    whole: re.Pattern[str]
    regional: re.Pattern[str]


def issuer_of(code: str) -> Issuer | None:
    """The body behind a code word, ``None`` when it is not known: 巴财社 → 巴州财政局."""
    lexicon = _lexicon()
    word = _BRACKETS.sub("", code)
    if known := _longest(word, lexicon.codes):
        return Issuer(code, *lexicon.codes[known])
    heads = sorted((head for head in lexicon.heads if word.startswith(head)), key=len)
    for head in reversed(heads):
        named = lexicon.heads[head]
        if organ := _longest(word[len(head) :], lexicon.organs):
            if named is None:
                return None
            region, level = named
            return Issuer(code, region + lexicon.organs[organ], level, region)
    return None


def known_codes() -> tuple[str, ...]:
    """Every code word that is listed, and each region's with each of its organs' words."""
    lexicon = _lexicon()
    regional = (head + organ for head in lexicon.heads for organ in lexicon.organs)
    return tuple(sorted({*lexicon.codes, *regional}))


@lru_cache(maxsize=8192)
def begins_like_code(text: str) -> bool:
    """Whether the text begins with a known code word, or with a region and an organ."""
    return _lexicon().beginning.match(_BRACKETS.sub("", text)) is not None


def begins_surely(text: str) -> bool:
    """Whether a known code word of three characters or more, or a region's, begins the text."""
    begun = _lexicon().beginning.match(text)
    return begun is not None and (begun.end() >= _SURE or text.startswith(_NATIONAL))


@lru_cache(maxsize=8192)
def is_code(text: str) -> bool:
    """Whether the whole text is made of known parts of a code word."""
    return _lexicon().whole.fullmatch(_BRACKETS.sub("", text)) is not None


def is_regional_code(text: str) -> bool:
    """Whether the whole text is a region with an organ of it and known parts."""
    return _lexicon().regional.fullmatch(_BRACKETS.sub("", text)) is not None


def _longest(text: str, words: Iterable[str]) -> str | None:
    return max((word for word in words if text.startswith(word)), key=len, default=None)


@cache
def _lexicon() -> _Lexicon:
    codes: dict[str, tuple[str, Level, str]] = {}
    heads: dict[str, tuple[str, Level] | None] = {}
    organs: dict[str, str] = {}
    tails: list[str] = []
    text = (files("archive") / "data" / "issuers.csv").read_text(encoding="utf-8")
    for kind, word, body, level, region in list(csv.reader(text.splitlines()))[1:]:
        if kind == "code":
            codes[word] = (body, _LEVELS[level], region)
        elif kind == "head":
            heads[word] = (body, _LEVELS[level]) if body else None
        elif kind == "organ":
            organs[word] = body
        else:
            tails.append(word)
    region = rf"(?:{any_of(heads)})(?:{any_of(organs)})"
    start = rf"(?:{any_of(codes)}|{region})"
    rest = rf"(?:{any_of([*organs, *tails])}){{0,5}}"
    patterns = (re.compile(pattern) for pattern in (start, start + rest, region + rest))
    return _Lexicon(codes, heads, organs, *patterns)
