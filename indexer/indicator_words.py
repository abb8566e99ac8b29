"""The vocabulary of performance target tables, read from ``archive/data``."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Literal

from archive.amounts import plain
from archive.spacing import close_up

Meaning = Literal[
    "level1", "level2", "name", "value", "operator", "unit", "basis", "weight", "other"
]
_MEANINGS: Mapping[str, Meaning] = {
    "level1": "level1",
    "level2": "level2",
    "name": "name",
    "value": "value",
    "operator": "operator",
    "unit": "unit",
    "basis": "basis",
    "weight": "weight",
}
_INDICATOR = "指标"
_OPERATORS = {
    "≥": "≥", "≧": "≥", "⩾": "≥", ">=": "≥", "=>": "≥",
    "≤": "≤", "≦": "≤", "⩽": "≤", "<=": "≤", "=<": "≤",
    "=": "=", ">": ">", "<": "<",
}  # fmt: skip
_OPERATOR_SIGNS = "≥≧⩾≤≦⩽=＝>＞<＜ "
_NARROW = str.maketrans("０１２３４５６７８９．，＞＜＝％／－", "0123456789.,><=%/-")
_OPERATORS_IN_WORDS = {"大于等于": "≥", "小于等于": "≤", "等于": "=", "大于": ">", "小于": "<"}
_OPERATOR = re.compile("|".join(sorted(_OPERATORS, key=len, reverse=True)))
_NUMBER = re.compile(
    r"(?P<value>-?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?)(?P<unit>[^\d,，.。;；~至-]*)"
)
_DATE = re.compile(r"\d{4}年(?:\d{1,2}月)?|\d{1,2}月(?:\d{1,2}[日号])?")
_VAGUE = re.compile(r"以上|以下|以内|左右|前")
_LONGEST_UNIT = 12
_SEVERAL = re.compile(r"(?:[一-鿿]{0,6}?(?:产出|数量|质量|时效|成本|效益|影响|满意度)指标){2,}")


@dataclass(frozen=True, slots=True)
class Levels:
    """First levels with the second levels that belong below them."""

    below: Mapping[str, tuple[str, ...]]

    def word(self, text: str) -> str | None:
        """The level that a text names."""
        compact = plain(text)
        return compact if self.is_first(compact) or self.is_second(compact) else None

    def mended(self, text: str) -> str | None:
        """The level that a cell of a level's column names, 指标 added where it was lost."""
        return self.word(text) or self.word(text + _INDICATOR)

    def is_first(self, word: str) -> bool:
        """Whether the word can be a first level."""
        return word in self.below

    def is_second(self, word: str) -> bool:
        """Whether the word can be a second level."""
        return any(word in seconds for seconds in self.below.values())

    def above(self, second: str) -> str | None:
        """The first level that a second one belongs to."""
        return next((first for first, words in self.below.items() if second in words), None)


@dataclass(frozen=True, slots=True)
class Value:
    """A target: operator, number and unit, or the printed words as ``value`` alone."""

    operator: str | None
    value: str
    unit: str | None


def levels() -> Levels:
    """The known levels."""
    return _vocabulary()[0]


def meaning(header: str) -> Meaning | None:
    """What a header text says of its column, ``None`` when it is no known header."""
    compact = plain(header)
    for texts, means in _vocabulary()[1]:
        if any(text in compact for text in texts):
            return _MEANINGS.get(means, "other")
    return None


def names_levels(text: str) -> bool:
    """Whether a text is several levels run together, those of rows that no rule parts."""
    return _SEVERAL.fullmatch(plain(text)) is not None


def to_value(printed: str) -> Value:
    """``≥80 万人`` → ≥, 80, 万人; a date or words are the value, as printed."""
    text = re.sub(r"\s+", "", printed).translate(_NARROW)
    match = _OPERATOR.match(text)
    operator = _OPERATORS[match[0]] if match else None
    rest = text[match.end() :] if match else text
    number = _NUMBER.fullmatch(rest)
    if number is None or _DATE.fullmatch(rest) or not _is_unit(number["unit"]):
        return Value(operator, close_up(printed).lstrip(_OPERATOR_SIGNS), None)
    return Value(operator, number["value"], number["unit"] or None)


def operator_of(printed: str) -> str:
    """The operator of a column of its own, 大于等于 → ≥; nothing for other words (定性)."""
    text = plain(printed)
    return _OPERATORS.get(text) or _OPERATORS_IN_WORDS.get(text, "")


def _is_unit(text: str) -> bool:
    return len(text) <= _LONGEST_UNIT and not _VAGUE.search(text)


@cache
def _vocabulary() -> tuple[Levels, tuple[tuple[tuple[str, ...], str], ...]]:
    text = (files("archive") / "data" / "indicator_words.toml").read_text(encoding="utf-8")
    lists = tomllib.loads(text)
    below = {first: tuple(seconds) for first, seconds in lists["levels"].items()}
    headers = tuple((tuple(header["texts"]), header["means"]) for header in lists["headers"])
    return Levels(below), headers
