"""Numbers of a spreadsheet as its number formats print them.

A workbook keeps binary floats; what is published is what the format shows.  Rounding goes
through the shortest decimal of at most 15 digits, which is all that Excel itself keeps.
Covers the formats that money, codes, shares and dates are printed in; anything else prints
as General.  Format codes: ECMA-376 part 1, section 18.8.31.
"""

from __future__ import annotations

import datetime
import re
from decimal import ROUND_HALF_UP, Decimal, localcontext

GENERAL_WIDTH = 11
"""A General number is shown with at most so many characters."""
LEAST_DECIMALS = 2
"""But never with fewer decimals than these, because they may be 分."""

_LITERAL = re.compile(r'"(?P<quoted>[^"]*)"|[\\!](?P<escaped>.)|[_*].|\[(?P<bracket>[^\]]*)\]')
_CURRENCY = re.compile(r"\$([^-]*)")
_CONDITION = re.compile(r"\[[<>=]")
_EXOTIC = re.compile(r"[0#?]\s*/|[eE][+-]|[ymdhs]")
_MARK = "\ue000"
_DIGITS = re.compile(rf"[0#?](?:[0#?,]|{_MARK}(?=[0#?]))*(?:\.[0#?]*)?,*|\.[0#?]+,*")
_DATE_PART = re.compile(r"yyyy|yy|e|mmmm|mmm|mm|m|dddd|ddd|dd|d|hh|h|ss|s|AM/PM|上午/下午", re.I)


def printed(value: object, code: str) -> str:
    """What a cell with this value and number format shows."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, int | float | Decimal):
        return _number(_exact(value), code or "General")
    if isinstance(value, datetime.datetime | datetime.date | datetime.time):
        return _date(value, code)
    if isinstance(value, datetime.timedelta):
        return str(value)
    return str(value)


def _exact(value: float | Decimal) -> Decimal:
    """The decimal that the workbook's author typed: at most 15 digits of the float."""
    if isinstance(value, float):
        return Decimal(f"{value:.15g}")
    return Decimal(value)


def _number(value: Decimal, code: str) -> str:
    if not value.is_finite():
        return str(value)
    if _CONDITION.search(code):
        return _general(value)
    bare, texts = _protected(code)
    sections = bare.split(";")
    chosen, shown = _chosen(sections, value)
    section = sections[chosen]
    if section.strip().lower() in {"general", "g/通用格式", "@"} or code == "":
        return _general(value)
    if _EXOTIC.search(section):
        return _general(value)
    digits = _DIGITS.search(section)
    if digits:
        body = _pattern(shown.scaleb(_scale(section, digits[0])), digits[0])
        section = section[: digits.start()] + body + section[digits.end() :]
    before = "".join(sections[:chosen]).count(_MARK)
    return _restored(section, texts[before:]).strip()


def _scale(section: str, digits: str) -> int:
    """Powers of ten that the format multiplies by: % two, each closing comma minus three."""
    return 2 * section.count("%") - 3 * (len(digits) - len(digits.rstrip(",")))


def _chosen(sections: list[str], value: Decimal) -> tuple[int, Decimal]:
    """Which section prints the number, and the number that it prints.

    A section for negatives prints its own sign; a single one gets a minus.
    """
    if value < 0 and len(sections) > 1:
        return 1, -value
    if value == 0 and len(sections) > 2:
        return 2, value
    return 0, value


def _protected(code: str) -> tuple[str, list[str]]:
    """The format with its literal texts taken out, so that only its signs are left."""
    texts: list[str] = []

    def keep(match: re.Match[str]) -> str:
        currency = _CURRENCY.match(match["bracket"] or "")
        text = match["quoted"] or match["escaped"] or (currency[1] if currency else "")
        if text:
            texts.append(text)
        return _MARK if text else ""

    return _LITERAL.sub(keep, code), texts


def _restored(text: str, texts: list[str]) -> str:
    waiting = iter(texts)
    return re.sub(_MARK, lambda _: next(waiting, ""), text)


def _pattern(value: Decimal, pattern: str) -> str:
    """A number in a pattern like ``#,##0.00``; a mark inside parts its digits (``0!.0``)."""
    whole, _, fraction = pattern.rstrip(",").partition(".")
    rounded = _rounded(abs(value), len(fraction))
    units, _, decimals = f"{rounded:f}".partition(".")
    least = len(fraction.rstrip("#?"))
    decimals = decimals[:least] + decimals[least:].rstrip("0")
    units = units.lstrip("0").rjust(whole.count("0"), "0")
    if "," in whole:
        units = re.sub(r"(?<=\d)(?=(?:\d{3})+$)", ",", units)
    if _MARK in whole:
        behind = len(whole) - whole.rindex(_MARK) - 1
        units = units[:-behind] + _MARK + units[-behind:] if behind else units + _MARK
    sign = "-" if value < 0 and rounded != 0 else ""
    return sign + units + (f".{decimals}" if decimals or (fraction and least) else "")


def _general(value: Decimal) -> str:
    """A number as General prints it: rounded to the width of a cell, but never to less than 分."""
    whole = f"{abs(value):f}".partition(".")[0]
    places = max(LEAST_DECIMALS, GENERAL_WIDTH - len(whole) - 1)
    text = f"{_rounded(value, places):f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text in {"-0", ""} else text


def _rounded(value: Decimal, places: int) -> Decimal:
    with localcontext() as context:
        context.prec = 400
        return value.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)


def _date(value: datetime.date | datetime.time, code: str) -> str:
    """A date in its format; one without a date format of its own as ISO prints it."""
    literal, texts = _protected(code)
    literal = literal.split(";")[0]
    if "general" in literal.lower() or isinstance(value, datetime.time):
        return str(value).removesuffix(" 00:00:00")
    stamp = value if isinstance(value, datetime.datetime) else None
    parts = list(_DATE_PART.finditer(literal))
    text, end = "", 0
    for index, part in enumerate(parts):
        before = parts[index - 1][0].lower() if index else ""
        after = parts[index + 1][0].lower() if index + 1 < len(parts) else ""
        minutes = before.startswith("h") or after.startswith("s")
        text += literal[end : part.start()] + _date_part(value, stamp, part[0].lower(), minutes)
        end = part.end()
    return _restored(text + literal[end:], texts).strip()


def _date_part(
    value: datetime.date, stamp: datetime.datetime | None, part: str, minutes: bool
) -> str:
    hour, minute, second = (stamp.hour, stamp.minute, stamp.second) if stamp else (0, 0, 0)
    numbers = {
        "y": value.year,
        "e": value.year,
        "m": minute if minutes else value.month,
        "d": value.day,
        "h": hour,
        "s": second,
    }
    if part in {"am/pm", "上午/下午"}:
        first, _, last = part.partition("/")
        return (first if hour < 12 else last).upper()
    if part == "yy":
        return f"{value.year % 100:02}"
    if part in {"mmm", "mmmm", "ddd", "dddd"}:
        return str(numbers[part[0]])
    return f"{numbers[part[0]]:0{len(part)}}"
