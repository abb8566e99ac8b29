"""Printed figures and integer fen; exact, never a float.

A blank, a 0 and a — are three things: a blank is not printed at all, ``0`` is an amount of
0 fen, and ``—`` is printed but no amount.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal

FEN_PER_UNIT = {
    "分": 1,
    "角": 10,
    "元": 100,
    "百元": 100_00,
    "千元": 1_000_00,
    "万元": 10_000_00,
    "百万元": 1_000_000_00,
    "千万元": 10_000_000_00,
    "亿元": 100_000_000_00,
}

LARGEST_FEN = 10**18
"""Ten million times 亿元; a figure past it is a code or a slip, and SQLite could not keep it."""

_DIGITS = r"(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?"
_FIGURE = re.compile(rf"(?P<minus>[-−–△▲])?(?P<digits>{_DIGITS})")
_BRACKETED = re.compile(rf"\((?P<digits>{_DIGITS})\)")
_IN_TEXT = re.compile(
    rf"(?<![\d.,])(?P<figure>[-−]?{_DIGITS})\s*(?P<unit>百万元|千万元|亿元|万元|千元|元)"
)


@dataclass(frozen=True, slots=True)
class AmountInText:
    """An amount with its own unit inside a text; ``text[start:end]`` is ``printed``."""

    start: int
    end: int
    printed: str
    fen: int


def plain(printed: str) -> str:
    """The figure in half-width characters, without spaces: ``１，２３４．５　`` → ``1,234.5``."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", printed))


def to_decimal(printed: str) -> Decimal | None:
    """The number that is printed, ``None`` when the text is not one whole figure.

    Thousands separators, full-width digits, a leading minus or △ and accountants' brackets
    （12.5） for a negative are understood; a percentage or a figure with a unit is not.
    """
    text = plain(printed)
    if match := _FIGURE.fullmatch(text):
        number = Decimal(match["digits"].replace(",", ""))
        return -number if match["minus"] else number
    if match := _BRACKETED.fullmatch(text):
        return -Decimal(match["digits"].replace(",", ""))
    return None


def is_figure(printed: str) -> bool:
    """Whether the whole text is one figure."""
    return to_decimal(printed) is not None


def to_fen(printed: str, unit: str | None) -> int | None:
    """The amount in fen of a figure printed in ``unit`` (元, 万元 …).

    ``None`` when the text is no figure, the unit is unknown, the figure is finer than a fen
    and so no amount of money in that unit, or it is past :data:`LARGEST_FEN`.
    """
    factor = FEN_PER_UNIT.get(plain(unit)) if unit else None
    number = to_decimal(printed)
    if factor is None or number is None:
        return None
    fen = number * factor
    if abs(fen) > LARGEST_FEN or fen != fen.to_integral_value():
        return None
    return int(fen)


def find_amounts(text: str) -> list[AmountInText]:
    """Every figure in ``text`` that is followed by its unit, in order."""
    found = []
    for match in _IN_TEXT.finditer(text):
        fen = to_fen(match["figure"], match["unit"])
        if fen is not None:
            found.append(AmountInText(match.start(), match.end(), match[0], fen))
    return found


def in_unit(fen: int, unit: str) -> str:
    """The amount as a plain decimal in ``unit``: ``in_unit(35060000, "万元")`` → ``35.06``."""
    number = Decimal(fen) / FEN_PER_UNIT[unit]
    text = f"{number:,.10f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def spoken(fen: int) -> str:
    """The amount with the unit that people would say: 10万元, 8500元, 1.2亿元."""
    for unit in ("亿元", "万元"):
        if abs(fen) >= FEN_PER_UNIT[unit]:
            return in_unit(fen, unit) + unit
    return in_unit(fen, "元") + "元"
