"""Names of agencies, which with 令, 公告 or 通告 are code words: 国务院令, 财政部公告."""

from __future__ import annotations

import re
from functools import cache

from archive.citations.words import any_of, words

LONGEST_NAME = 28
_STATE = "中华人民共和国"


def is_name(code: str) -> bool:
    """Whether the code is an agency's name with 令, 公告 or 通告: 国务院令."""
    return _named().fullmatch(code) is not None


def without_state(code: str) -> str:
    """The code without 中华人民共和国, which some print before 国务院令 and some do not."""
    return code.removeprefix(_STATE) or code


def is_long_name(text: str) -> bool:
    """Whether the text ends as agencies, their decrees or minutes do, which have long names."""
    named = is_name(text) or agency_end().search(text)
    return bool(named) or text.endswith(words().minutes)


@cache
def known_names() -> re.Pattern[str]:
    """Names of central agencies, one or several, and what makes them a code word."""
    central = any_of(words().central_agencies)
    return re.compile(rf"(?:中华人民共和国)?(?:{central})+(?:{any_of(words().name_kinds)})$")


@cache
def central_at_end() -> re.Pattern[str]:
    """Names of central agencies that end a text."""
    return re.compile(rf"(?:{any_of(words().central_agencies)})+$")


@cache
def partners() -> re.Pattern[str]:
    """Names of agencies with 、 behind each, before another."""
    return re.compile(rf"(?:[一-鿿]{{0,12}}(?:{any_of(words().agency_endings)})、){{1,4}}\Z")


@cache
def agency_end() -> re.Pattern[str]:
    """The end of a text that ends as an agency's name does."""
    return re.compile(rf"(?:{any_of(words().agency_endings)})$")


@cache
def agencies() -> re.Pattern[str]:
    """The last characters of an agency's or a region's name."""
    return re.compile(any_of([*words().agency_endings, "省", "州", "市", "县", "区"]))


@cache
def _named() -> re.Pattern[str]:
    endings, kinds = any_of(words().agency_endings), any_of(words().name_kinds)
    return re.compile(rf".{{0,{LONGEST_NAME}}}?(?:{endings})(?:{kinds})")
