"""Across years: what 比上年增加 implies of last year against last year's disclosure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from archive.amounts import in_unit
from indexer.checks.between import (
    BASIC,
    FUNCTIONS,
    PROJECTS,
    SPENDING,
    SUMMARY,
    Pick,
    picked,
)
from indexer.checks.case import Case, Prose
from indexer.checks.outcome import HOLDS, NOTICE, Outcome, State, undecidable
from indexer.checks.words import NUMBER, UNIT, alike, said

_A = rf"(?P<number>{NUMBER})(?P<unit>{UNIT})"
_THAN = (
    rf"[，,](?:占{NUMBER}%[，,])?比(?:上年|20\d\d年)预算(?:数)?(?P<way>增加|减少)"
    rf"(?P<number2>{NUMBER})(?P<unit2>{UNIT})"
)


@dataclass(frozen=True, slots=True)
class Series:
    """A total that chapters compare with last year's budget, and where that stands."""

    name: str
    heading: str
    says: str
    pick: Pick


_BASIC = rf"(?<![一-鿿])基本支出{_A}{_THAN}"
_PROJECTS = rf"(?<![一-鿿])项目支出{_A}{_THAN}"
_SPENDING = r"支出预算情况(?:的)?说明"
_INTRO = r"预算编制说明"
_SCALE = r"拨款规模变化"

SERIES = (
    Series("基本支出", _SCALE, _BASIC, Pick(FUNCTIONS, None, BASIC)),
    Series("项目支出", _SCALE, _PROJECTS, Pick(FUNCTIONS, None, PROJECTS)),
    Series("基本支出", _SPENDING, _BASIC, Pick(SPENDING, None, BASIC)),
    Series("项目支出", _SPENDING, _PROJECTS, Pick(SPENDING, None, PROJECTS)),
    Series("支出预算", _INTRO, rf"财政拨款支出预算{_A}{_THAN}", Pick(SUMMARY, "expenditure")),
    Series("一般公共预算拨款支出预算", _INTRO,
           rf"一般公共预算拨款支出预算{_A}{_THAN}", Pick(FUNCTIONS)),
)  # fmt: skip


def implied(case: Case) -> Iterator[Outcome]:
    """Each series, where the archive has last year's disclosure of the same kind."""
    if case.previous is None:
        return
    last = Case(case.previous)
    for series in SERIES:
        for prose in case.under(series.heading):
            for match in re.finditer(series.says, prose.text):
                yield _one(prose, match, series, last)


def _one(prose: Prose, match: re.Match[str], series: Series, last: Case) -> Outcome:
    now, change = alike(said(match), said(match, "number2", "unit2"))
    figure = picked(last, series.pick)
    if figure is None:
        return undecidable("上年公开文件没有印出这个数")
    grid, _, cell = figure
    base = now.fen - change.fen if match["way"] == "增加" else now.fen + change.fen
    difference = abs(base - (cell.fen or 0))
    if difference <= now.step + grid.step / 2:
        return HOLDS
    year = last.disclosure.document.fiscal_year
    return Outcome(
        State.DIFFERS,
        f"{series.name}{now.printed}，比上年{match['way']}{change.printed}，"
        f"推算上年是 {_like(base, now.unit)}，"
        f"而{year}年公开的{grid.name}印为 {cell.printed}{grid.unit}；上年数可能作过调整。",
        f"{cell.printed}{grid.unit}",
        _like(base, now.unit),
        (prose.of(match, "number"), prose.of(match, "number2")),
        difference_fen=difference,
        severity=NOTICE,
    )


def _like(fen: int, unit: str) -> str:
    return in_unit(fen, unit) + unit
