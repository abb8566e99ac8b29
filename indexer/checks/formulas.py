"""Formulas that a text prints, recomputed: 12000元*7.5%*12个月=10800元."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction

from archive.amounts import FEN_PER_UNIT
from archive.model import FindingPlace
from indexer.checks.case import Case, Prose
from indexer.checks.outcome import HOLDS, NOTICE, Outcome, State, undecidable
from indexer.checks.rounding import interval, shortly
from indexer.checks.words import NUMBER

_COUNTED = (
    "人次|人|个月|月|天|年|次|家|套|台|辆|条|个|户|份|亩|公里|米|吨|株|头|只|件|本|册|张|间|所|处|项|班|"
    "课时|学时|小时|村|季度"
)
_WORD = rf"(?:%|万元|元|万人|平方米|批|名|位|场|期|{_COUNTED}|[/／](?:每|平方米|{_COUNTED}))*"
_OPERAND = rf"[(（]*{NUMBER}{_WORD}[)）]*{_WORD}"
_FORMULA = re.compile(
    rf"(?P<left>{_OPERAND}(?:[*×xX✕÷/+＋\-－]{_OPERAND})+)[=＝](?P<result>{NUMBER})(?P<unit>万元|元)"
)
_TOKEN = re.compile(rf"{NUMBER}|[()（）*×xX✕÷/+＋\-－%]|万元|万人|[一-鿿]+")
_TIMES, _OVER = frozenset("*×xX✕"), frozenset("÷/")
_PLUS, _MINUS = frozenset("+＋"), frozenset("-－")
_PER = re.compile(r"[/／](?=[一-鿿])")
_STANDARD = re.compile(rf"(?P<name>[一-鿿]{{2,8}}?)(?P<n>{NUMBER})元[/／]人")


@dataclass(frozen=True, slots=True)
class _Text:
    """A formula of a text: ``left`` begins at ``start``, without a bracket that stands open."""

    prose: Prose
    match: re.Match[str]
    left: str
    value: Fraction

    @property
    def start(self) -> int:
        return self.match.end("left") - len(self.left)

    @property
    def place(self) -> FindingPlace:
        return self.prose.place(self.start, self.match.end("left"))


def formulas(case: Case) -> Iterator[Outcome]:
    """Left and right of the sign of equality; a formula printed twice is one place."""
    same: dict[str, list[_Text]] = defaultdict(list)
    for found in _all(case):
        same[found.match[0]].append(found)
    for first, *others in same.values():
        outcome = _equal(first)
        repeated = tuple(other.place for other in others)
        yield replace(outcome, places=outcome.places + repeated) if outcome.places else outcome


def _all(case: Case) -> Iterator[_Text]:
    for prose in case.proses:
        if "=" not in prose.text and "＝" not in prose.text:
            continue
        for match in _FORMULA.finditer(prose.text.replace("$", " ")):
            left = _closed(match["left"])
            value = evaluate(left)
            if value is not None:
                yield _Text(prose, match, left, value)


def _closed(left: str) -> str:
    """（50人*600元 of （50人*600元=30000元）: the bracket is not the formula's."""
    opened = sum(left.count(mark) for mark in "(（") - sum(left.count(mark) for mark in ")）")
    while opened > 0 and left[0] in "(（":
        left, opened = left[1:], opened - 1
    return left


def _equal(found: _Text) -> Outcome:
    match = found.match
    per = FEN_PER_UNIT[match["unit"]] // 100
    low, high = interval(match["result"])
    yuan = found.value * 10_000 if "万元" in found.left else found.value
    right = yuan / per
    if low <= right <= high:
        return HOLDS
    rounded = low - (high - low) / 2 <= right <= high + (high - low) / 2
    return Outcome(
        State.ROUNDED if rounded else State.DIFFERS,
        f"原文印出算式 {found.left}={match['result']}{match['unit']}，"
        f"按算式应当得 {shortly(right, 4)}{match['unit']}" + ("，只差末位。" if rounded else "。"),
        f"{shortly(right, 4)}{match['unit']}",
        f"{match['result']}{match['unit']}",
        (found.place, found.prose.place(match.start("result"), match.end())),
        difference_fen=int(abs(yuan - (low + high) / 2 * per) * 100),
    )


def standards(case: Case) -> Iterator[Outcome]:
    """The standards (元/人…) of a sentence are the operands of its formula."""
    for found in _all(case):
        text, match = found.prose.text, found.match
        start = max(text.rfind(mark, 0, match.start()) for mark in "。\n") + 1
        named = {m["n"]: m for m in _STANDARD.finditer(text, start, match.start())}
        operands = set(re.findall(NUMBER, found.left))
        if len(named) < 2:
            continue
        absent = [m for n, m in named.items() if n not in operands]
        strange = [n for n in operands if n not in named and any(_near(n, m["n"]) for m in absent)]
        if not absent:
            yield HOLDS
        elif len(absent) == len(strange) == 1:
            yield Outcome(
                State.DIFFERS,
                f"原文的标准是{absent[0]['name']} {absent[0]['n']} 元/人，"
                f"而算式 {found.left} 用的是 {strange[0]}。",
                absent[0]["n"],
                strange[0],
                (found.prose.of(absent[0], "n"), found.place),
                severity=NOTICE,
            )
        else:
            yield undecidable("不能确定算式用的是哪些标准")


def _near(one: str, other: str) -> bool:
    low, high = sorted((Fraction(one.replace(",", "")), Fraction(other.replace(",", ""))))
    return low > 0 and high <= 2 * low


def evaluate(printed: str) -> Fraction | None:
    """The value of a printed expression, units left out; ``None`` where it cannot be read.

    A percentage is a hundredth; 万人 counts ten thousand.
    """
    tokens = _TOKEN.findall(_PER.sub("", printed))
    kept = [t for t in tokens if not re.fullmatch(r"[一-鿿]+", t) or t == "万人"]
    try:
        value, rest = _sum(kept)
    except (ValueError, ZeroDivisionError, IndexError):
        return None
    return value if not rest else None


def _sum(tokens: list[str]) -> tuple[Fraction, list[str]]:
    value, tokens = _product(tokens)
    while tokens and tokens[0] in _PLUS | _MINUS:
        sign = 1 if tokens[0] in _PLUS else -1
        term, tokens = _product(tokens[1:])
        value += sign * term
    return value, tokens


def _product(tokens: list[str]) -> tuple[Fraction, list[str]]:
    value, tokens = _factor(tokens)
    while tokens and tokens[0] in _TIMES | _OVER:
        by, rest = _factor(tokens[1:])
        value = value * by if tokens[0] in _TIMES else value / by
        tokens = rest
    return value, tokens


def _factor(tokens: list[str]) -> tuple[Fraction, list[str]]:
    head, rest = tokens[0], tokens[1:]
    if head in "(（":
        value, rest = _sum(rest)
        if rest[0] not in ")）":
            raise ValueError(head)
        rest = rest[1:]
    else:
        value = Fraction(head.replace(",", ""))
    while rest and rest[0] in ("%", "万人"):
        value = value / 100 if rest[0] == "%" else value * 10_000
        rest = rest[1:]
    return value, rest
