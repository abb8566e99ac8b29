"""Amounts and years as people type them: 100万..500万, >=120万元, 1.2亿, 2022..2024."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from archive.amounts import FEN_PER_UNIT, to_fen
from archive.query.tree import AmountRange, YearRange

EARLIEST_YEAR = 1949
LATEST_YEAR = 2100
_LARGEST_FEN = 2**62
_LONGEST_VALUE = 60
BARE_UNIT = "万元"

_NUMBER = r"(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?"
_UNIT = r"(?:百万|千万|亿|万|千|百)?元|百万|千万|亿|万"
_BETWEEN = r"\.{2,3}|~|-|至|到"
_COMPARISON = r">=|<=|≥|≤|>|<|="

_AMOUNT = re.compile(
    rf"(?P<compare>{_COMPARISON})?"
    rf"(?P<low>-?{_NUMBER})?(?P<low_unit>{_UNIT})?"
    rf"(?:(?P<between>{_BETWEEN})(?P<high>-?{_NUMBER})?(?P<high_unit>{_UNIT})?)?"
)
_YEARS = re.compile(
    rf"(?P<compare>{_COMPARISON})?(?P<low>\d{{4}})?(?P<low_unit>年度?)?"
    rf"(?:(?P<between>{_BETWEEN})(?P<high>\d{{4}})?(?P<high_unit>年度?)?)?"
)
_SPELLING = str.maketrans({"—": "-", "–": "-", "−": "-", "〜": "~", "≧": "≥", "≦": "≤"})
_HAN_YEAR = re.compile(r"[〇零一二三四五六七八九]{4}(?=年)")
_HAN_DIGITS = str.maketrans("〇零一二三四五六七八九", "00123456789")


@dataclass(frozen=True, slots=True)
class AmountValue:
    """An amount as typed; ``bare`` when no unit was given and 万元 was assumed.

    ``whole`` when it says 元 or is a range with a unit: only then is it an amount without
    being asked.  ``compare`` is the sign before it.
    """

    range: AmountRange
    bare: bool
    whole: bool
    compare: str = ""


@dataclass(frozen=True, slots=True)
class YearValue:
    """Years as typed; ``whole`` when the text says 年 and so means years unasked."""

    range: YearRange
    whole: bool


def amount_value(text: str) -> AmountValue | None:
    """The amount or range that the whole text is, ``None`` when it is none."""
    match = _AMOUNT.fullmatch(_plain(text))
    if match is None or not _bounded(match):
        return None
    low_unit, high_unit = match["low_unit"], match["high_unit"]
    given = [unit for unit in (low_unit, high_unit) if unit]
    default = _unit(given[0]) if given else BARE_UNIT
    low = _fen(match["low"], low_unit, default)
    high = _fen(match["high"], high_unit, default)
    if (match["low"] and low is None) or (match["high"] and high is None):
        return None
    bounds = _range(match, low, high)
    return AmountValue(
        range=AmountRange(*bounds),
        bare=not given,
        whole=bool(given) and (given[-1].endswith("元") or match["between"] in ("..", "...")),
        compare=match["compare"] or "",
    )


def year_value(text: str) -> YearValue | None:
    """The year or range of years that the whole text is, ``None`` when it is none."""
    spelled = _HAN_YEAR.sub(lambda match: match[0].translate(_HAN_DIGITS), _plain(text))
    match = _YEARS.fullmatch(spelled)
    if match is None or not _bounded(match):
        return None
    low = int(match["low"]) if match["low"] else None
    high = int(match["high"]) if match["high"] else None
    if any(y is not None and not EARLIEST_YEAR <= y <= LATEST_YEAR for y in (low, high)):
        return None
    return YearValue(YearRange(*_range(match, low, high)), bool(match[_last_unit(match)]))


def _plain(text: str) -> str:
    if len(text) > _LONGEST_VALUE:
        return text
    normal = unicodedata.normalize("NFKC", text).translate(_SPELLING)
    return re.sub(r"\s+", "", normal)


def _bounded(match: re.Match[str]) -> bool:
    """Whether the bounds that the form of the value needs are there, and no stray unit."""
    if (match["low_unit"] and not match["low"]) or (match["between"] is None and not match["low"]):
        return False
    if match["between"] is None:
        return True
    if match["compare"] or (match["high_unit"] and not match["high"]):
        return False
    return bool(match["low"] or match["high"])


def _last_unit(match: re.Match[str]) -> str:
    return "high_unit" if match["high"] else "low_unit"


def _unit(typed: str) -> str:
    return typed if typed.endswith("元") else typed + "元"


def _fen(number: str | None, unit: str | None, default: str) -> int | None:
    if number is None:
        return None
    name = _unit(unit) if unit else default
    fen = to_fen(number, name) if name in FEN_PER_UNIT else None
    return fen if fen is not None and abs(fen) <= _LARGEST_FEN else None


def _range(
    match: re.Match[str], low: int | None, high: int | None
) -> tuple[int | None, int | None]:
    """The bounds, the lower first; integers make > and < one step of >= and <=."""
    if match["between"]:
        if low is not None and high is not None and low > high:
            low, high = high, low
        return low, high
    assert low is not None
    bounds: dict[str, tuple[int | None, int | None]] = {
        ">=": (low, None),
        "≥": (low, None),
        ">": (low + 1, None),
        "<=": (None, low),
        "≤": (None, low),
        "<": (None, low - 1),
    }
    return bounds.get(match["compare"] or "=", (low, low))
