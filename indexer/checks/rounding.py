"""Rounding told apart from error, exactly.

A printed figure stands for anything within half a unit of its last place.  A sum of *n*
printed addends may so differ from the printed total by (n + 1) half units; a quotient lies in
the interval of the quotients of what its terms may stand for.
"""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from functools import lru_cache

from archive.amounts import plain, to_decimal


@lru_cache(maxsize=16_384)
def places_of(printed: str) -> int:
    """Digits behind the point: ``1,234.50`` → 2."""
    return len(plain(printed).strip("()%元万亿").partition(".")[2])


def slack(addends: int, step: Fraction) -> Fraction:
    """How far rounding alone may put a sum of so many addends off its total."""
    return (addends + 1) * step / 2


@lru_cache(maxsize=16_384)
def interval(printed: str) -> tuple[Fraction, Fraction]:
    """What a printed figure may stand for; nought printed without decimals is exact."""
    value = Fraction(to_decimal(printed) or Decimal(0))
    half = Fraction(1, 2 * 10 ** places_of(printed))
    return (value - half, value + half)


def percent_gap(low: Fraction, high: Fraction, printed: str) -> Fraction:
    """How far a printed percentage is off the interval of what it may be, in its last units.

    0 where the rounded percentage and the interval (as fractions of 1) meet.
    """
    least, most = interval(printed)
    unit = Fraction(1, 10 ** places_of(printed))
    return max(Fraction(0), low * 100 - most, least - high * 100) / unit


def shown(value: Fraction, digits: int) -> str:
    """The number with so many decimals, half up: ``1,234.50``."""
    scaled = value * 10**digits
    whole = int(abs(scaled) + Fraction(1, 2))
    head, tail = divmod(whole, 10**digits)
    sign = "-" if scaled < 0 and whole else ""
    return f"{sign}{head:,}" + (f".{tail:0{digits}}" if digits else "")


def shortly(value: Fraction, digits: int) -> str:
    """The same without zeros at its end: ``1,234.5``."""
    text = shown(value, digits)
    return text.rstrip("0").rstrip(".") if "." in text else text
