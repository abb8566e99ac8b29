"""How the explanation chapters say an amount, its share and its change."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import lru_cache

from archive.amounts import FEN_PER_UNIT, to_decimal
from indexer.checks.rounding import interval, places_of, shown

NUMBER = r"(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?"
UNIT = r"(?:亿元|万元|元)"
AMOUNT = re.compile(rf"(?<![\d.,])(?P<number>{NUMBER})(?P<unit>{UNIT})(?![/／]|每)")
SENTENCE_END = re.compile(r"[。\n]")

_SUBJECT = re.compile(r"[^，。；：:;,\n\d%“”]*(?:“[^“”]*”)?[^，。；：:;,\n\d%“”]*$")
_OF_A_YEAR = re.compile(r"[：:]?20\d\d(?P<rest>年[^，。；：:;,\n\d%]*)$")
_NAMED_BEFORE = re.compile(r"([^，。；：:;,、\n（）()\d]{2,40})(?:[(（][类款项][)）])?$")
_LONGEST_SUBJECT = 60

MORE = frozenset({"增加", "增长", "上升", "提高", "上涨", "上调", "增幅"})
LESS = frozenset({"减少", "下降", "降低", "下调", "压减", "核减", "缩减", "减幅", "降幅"})
WAY = "|".join(sorted(MORE | LESS, key=len, reverse=True))


@dataclass(frozen=True, slots=True)
class Said:
    """An amount of the text: where, and what it may stand for, in yuan."""

    start: int
    end: int
    printed: str
    number: str
    unit: str

    @property
    def fen(self) -> int:
        """The amount in fen, as printed."""
        return _fen(self.number, self.unit)

    @property
    def low_high(self) -> tuple[Fraction, Fraction]:
        """What the figure may stand for, in fen."""
        return _fens(self.number, self.unit)

    @property
    def step(self) -> Fraction:
        """A unit of its last printed place, in fen."""
        low, high = self.low_high
        return high - low


@lru_cache(maxsize=16_384)
def _fen(number: str, unit: str) -> int:
    return int(Fraction(to_decimal(number) or 0) * FEN_PER_UNIT[unit])


@lru_cache(maxsize=16_384)
def _fens(number: str, unit: str) -> tuple[Fraction, Fraction]:
    low, high = interval(number)
    return low * FEN_PER_UNIT[unit], high * FEN_PER_UNIT[unit]


def said(match: re.Match[str], number: str = "number", unit: str = "unit") -> Said:
    """The amount that two groups of a match print side by side."""
    return Said(
        match.start(number),
        match.end(unit),
        match[number] + match[unit],
        match[number],
        match[unit],
    )


def alike(first: Said, second: Said) -> tuple[Said, Said]:
    """Both with as many decimals: one statement rounds alike, and clerks drop zeros (4.9)."""
    if first.unit != second.unit:
        return first, second
    digits = max(places_of(first.number), places_of(second.number))
    return _padded(first, digits), _padded(second, digits)


def _padded(amount: Said, digits: int) -> Said:
    missing = digits - places_of(amount.number)
    point = "." if missing and "." not in amount.number else ""
    return replace(amount, number=amount.number + point + "0" * missing)


def amounts(text: str, start: int = 0, end: int | None = None) -> list[Said]:
    """Every amount in ``text[start:end]``."""
    return [said(m) for m in AMOUNT.finditer(text, start, len(text) if end is None else end)]


def sentence(text: str, at: int) -> tuple[int, int]:
    """The span of the sentence that holds ``at``."""
    ends = [m.end() for m in SENTENCE_END.finditer(text, 0, at)]
    after = SENTENCE_END.search(text, at)
    return (ends[-1] if ends else 0), (after.start() if after else len(text))


def subject(text: str, at: int) -> str:
    """The words right before an amount, which name it: 住房保障支出（类）."""
    found = _SUBJECT.search(text, max(0, at - _LONGEST_SUBJECT), at)
    words = found[0].lstrip("、.．") if found else ""
    year = _OF_A_YEAR.search(text, max(0, at - _LONGEST_SUBJECT), at)
    if year and year["rest"] == words:
        if year[0][0] not in "：:":
            return year[0]
        name = _NAMED_BEFORE.search(text, max(0, year.start() - _LONGEST_SUBJECT), year.start())
        return (f"“{name[1]}”" if name else "") + year[0][1:]
    return words


def quoted(text: str) -> str:
    """The text in quotation marks; those inside it become single ones."""
    return "“" + text.replace("“", "‘").replace("”", "’") + "”"


def percent(value: Fraction) -> str:
    """A fraction as a percentage with two decimals."""
    return shown(value * 100, 2) + "%"
