"""Where two chapters split one total, the changes that they tell add up to one change."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from archive.amounts import spoken
from indexer.checks.case import Case, Prose
from indexer.checks.outcome import HOLDS, Outcome, State, undecidable
from indexer.checks.words import NUMBER, UNIT, Said, alike, said

_MOVED = re.compile(
    rf"(?P<number>{NUMBER})(?P<unit>{UNIT})[，,](?:占{NUMBER}%[，,])?"
    rf"比(?:上年|上一年|去年|20\d\d年)预算(?:数)?(?P<way>增加|减少)"
    rf"(?P<number2>{NUMBER})(?P<unit2>{UNIT})"
)
_INCOME = r"收入预算情况(?:的)?说明"
_SPENDING = r"(?<!财政拨款收)支出预算情况(?:的)?说明"
_SCALE, _ITEMS = r"拨款规模变化", r"拨款具体使用"

PAIRS = (
    (_INCOME, "各项收入", _SPENDING, "基本支出和项目支出"),
    (_SCALE, "基本支出和项目支出", _ITEMS, "各项支出"),
)


@dataclass(frozen=True, slots=True)
class _Moved:
    """An amount and how it changed; ``sign`` is 1 for more than last year, -1 for less."""

    prose: Prose
    match: re.Match[str]
    now: Said
    change: Said
    sign: int


def movements(case: Case) -> Iterator[Outcome]:
    """The pairs of chapters above, where both split the same total whole."""
    for first, of_first, second, of_second in PAIRS:
        left, right = _moved(case, first), _moved(case, second)
        if left and right:
            yield _agree(left, of_first, right, of_second)


def _moved(case: Case, heading: str) -> list[_Moved]:
    return [
        _Moved(
            prose, match, *alike(said(match), said(match, "number2", "unit2")),
            1 if match["way"] == "增加" else -1,
        )
        for prose in case.under(heading)
        for match in _MOVED.finditer(prose.text)
    ]  # fmt: skip


def _agree(left: Sequence[_Moved], of_left: str, right: Sequence[_Moved], of_right: str) -> Outcome:
    half = sum((each.now.step + each.change.step for each in (*left, *right)), Fraction(0)) / 2
    if abs(_whole(left) - _whole(right)) > half:
        return undecidable("两章所列各项之和不同，不一定都列全了")
    one, other = _change(left), _change(right)
    difference = abs(one - other)
    if difference == 0:
        return HOLDS
    rounded = difference <= half
    return Outcome(
        State.ROUNDED if rounded else State.DIFFERS,
        f"{of_left}合计比上年{_told(one)}，而{of_right}合计比上年{_told(other)}，"
        f"同一笔钱的增减相差 {spoken(int(difference))}"
        + ("，在四舍五入范围内。" if rounded else "；上年口径可能作过调整。"),
        _told(one),
        _told(other),
        tuple(each.prose.of(each.match, "number2") for each in (*right, *left)),
        difference_fen=int(difference),
    )


def _whole(moved: Sequence[_Moved]) -> int:
    return sum(each.now.fen for each in moved)


def _change(moved: Sequence[_Moved]) -> int:
    return sum(each.sign * each.change.fen for each in moved)


def _told(change: int) -> str:
    return f"{'减少' if change < 0 else '增加'} {spoken(abs(change))}"
