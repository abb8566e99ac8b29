"""Amounts and years as people type them: 100万..500万, >=120万元, 1.2亿以上, 2022..2024."""

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
_DIGITS_OF_HAN = "〇○零一二三四五六七八九"
_HAN_YEAR = re.compile(
    rf"(?<![{_DIGITS_OF_HAN}])[一二][{_DIGITS_OF_HAN}]{{3}}(?![{_DIGITS_OF_HAN}])"
)
_HAN_DIGITS = str.maketrans(_DIGITS_OF_HAN, "000123456789")
_YEAR_IN_TEXT = re.compile(r"(?<!\d)(?:19|20)\d\d(?=年)")
_TO_HAN = str.maketrans("0123456789", "〇一二三四五六七八九")
_SIGN_BEFORE = {
    **dict.fromkeys(("大于等于", "不少于", "不低于", "不小于", "至少"), ">="),
    **dict.fromkeys(("小于等于", "不超过", "不多于", "不高于", "不大于", "至多", "最多"), "<="),
    **dict.fromkeys(("大于", "超过", "多于", "高于"), ">"),
    **dict.fromkeys(("小于", "少于", "低于", "不足", "不到"), "<"),
}
_SIGN_BEHIND = {
    **dict.fromkeys(("及以上", "以上", "起", "以来"), ">="),
    **dict.fromkeys(("及以下", "以下", "以内", "止"), "<="),
}
_BEFORE = re.compile("|".join(_SIGN_BEFORE))
_BEHIND = re.compile(rf"(?:{'|'.join(_SIGN_BEHIND)})\Z")


@dataclass(frozen=True, slots=True)
class AmountValue:
    """An amount as typed; ``bare`` when no unit was given and 万元 was assumed.

    ``whole`` when it says 元 or is a range or comparison with a unit: only then is it an
    amount without being asked.  ``compare`` is the sign before it.
    """

    range: AmountRange
    bare: bool
    whole: bool
    compare: str = ""


@dataclass(frozen=True, slots=True)
class YearValue:
    """Years as typed; ``whole`` when the text says 年 and so means years unasked, as 2022年起
    does not: that is how prose begins."""

    range: YearRange
    whole: bool


def amount_value(text: str) -> AmountValue | None:
    """The amount or range that the whole text is, ``None`` when it is none."""
    match = _AMOUNT.fullmatch(_with_sign(_spelled(text)))
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
        whole=bool(given)
        and (
            given[-1].endswith("元")
            or match["between"] in ("..", "...")
            or match["compare"] is not None
        ),
        compare=match["compare"] or "",
    )


def year_value(text: str) -> YearValue | None:
    """The year or range of years that the whole text is, ``None`` when it is none."""
    spelled = in_digits(_spelled(text))
    match = _YEARS.fullmatch(_with_sign(spelled))
    if match is None or not _bounded(match):
        return None
    low = int(match["low"]) if match["low"] else None
    high = int(match["high"]) if match["high"] else None
    if any(y is not None and not EARLIEST_YEAR <= y <= LATEST_YEAR for y in (low, high)):
        return None
    in_words = _with_sign(spelled) != spelled
    whole = bool(match[_last_unit(match)]) and not in_words
    return YearValue(YearRange(*_range(match, low, high)), whole)


def in_digits(text: str) -> str:
    """The text with years in digits: 二〇二四年 → 2024年; as long as before."""
    return _HAN_YEAR.sub(lambda match: match[0].translate(_HAN_DIGITS), text)


def year_spellings(text: str) -> tuple[str, ...]:
    """The text, and where it names a year, the text with years in the other numerals."""
    digits = in_digits(text) if _HAN_YEAR.search(text) and "年" in text else text
    han = _YEAR_IN_TEXT.sub(lambda match: match[0].translate(_TO_HAN), digits)
    return tuple(dict.fromkeys((text, digits, han)))


def _spelled(text: str) -> str:
    if len(text) > _LONGEST_VALUE:
        return text
    normal = unicodedata.normalize("NFKC", text).translate(_SPELLING)
    return re.sub(r"\s+", "", normal).replace("¥", "")


def _with_sign(text: str) -> str:
    """A comparison said in words as its sign: 100万元以上 → >=100万元."""
    if match := _BEFORE.match(text):
        return _SIGN_BEFORE[match[0]] + text[match.end() :]
    if match := _BEHIND.search(text):
        return _SIGN_BEHIND[match[0]] + text[: match.start()]
    return text


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
