"""Rules on shares: 占…% of a whole that the chapter, or a table, prints."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction

from archive.amounts import plain
from indexer.checks.case import Case, Prose
from indexer.checks.outcome import HOLDS, Outcome, State, undecidable
from indexer.checks.rounding import percent_gap
from indexer.checks.words import NUMBER, UNIT, Said, amounts, percent, said, subject

_SHARE = re.compile(
    rf"(?P<number>{NUMBER})(?P<unit>{UNIT})[，,（(]?占(?:比)?(?:为)?"
    rf"(?P<of>[^，。；、\d]{{0,24}}?)(?P<percent>{NUMBER})%"
)


def shares(case: Case) -> Iterator[Outcome]:
    """占…%: of the whole that the chapter names and most shares of the chapter fit."""
    wholes = _wholes(case)
    totals = _totals_of_tables(case)
    groups: dict[tuple[str, str], list[tuple[Prose, re.Match[str]]]] = {}
    for prose in case.proses:
        for match in _SHARE.finditer(prose.text):
            groups.setdefault((prose.section.id, match["of"]), []).append((prose, match))
    for (_, of), members in groups.items():
        yield from _shares_of_one(members, of, wholes, totals)


def _shares_of_one(
    members: list[tuple[Prose, re.Match[str]]],
    of: str,
    wholes: list[tuple[str, Said]],
    totals: list[Said],
) -> Iterator[Outcome]:
    own = [a for prose, match in members for a in amounts(prose.text, 0, match.start())]
    named = _whole_named(members, of, wholes)
    candidates = {a.fen: a for a in (*named, *own, *(a for _, a in wholes), *totals) if a.fen > 0}
    telling = [match for _, match in members if said(match).fen]
    fitting = {
        fen: sum(_gap(match, whole) == 0 for match in telling) for fen, whole in candidates.items()
    }
    best = max(fitting, key=lambda fen: fitting[fen], default=None)
    sure = best is not None and (fitting[best] * 2 > len(telling) or fitting[best] >= 2)
    anchor = named[0] if named else _added_up(members)
    if not sure and anchor is None:
        yield from (undecidable("原文没有说明占什么的比重") for _ in telling)
        return
    whole = candidates[best] if sure and best is not None else anchor
    assert whole is not None
    for prose, match in members:
        if said(match).fen or Fraction(match["percent"].replace(",", "")):
            yield _share(prose, match, whole)
        else:
            yield HOLDS


def _added_up(members: list[tuple[Prose, re.Match[str]]]) -> Said | None:
    """The amount before them that the parts add up to, which is what they are shares of."""
    parts = [said(match) for _, match in members]
    prose, first = members[0]
    if sum(part.fen > 0 for part in parts) < 2:
        return None
    whole = sum(part.fen for part in parts)
    before = amounts(prose.text, 0, first.start())
    return next((amount for amount in before if amount.fen == whole), None)


def _gap(match: re.Match[str], whole: Said) -> Fraction:
    low, high = said(match).low_high
    least, most = whole.low_high
    return percent_gap(max(low, Fraction(0)) / most, high / least, match["percent"])


def _share(prose: Prose, match: re.Match[str], whole: Said) -> Outcome:
    part = said(match)
    gap = _gap(match, whole)
    if gap == 0:
        return HOLDS
    exact = Fraction(part.fen, whole.fen)
    right = percent(exact)
    rounded = gap <= 1
    return Outcome(
        State.ROUNDED if rounded else State.DIFFERS,
        f"{subject(prose.text, part.start)}{part.printed}应当占 {whole.printed}的 {right}，"
        f"而原文印为 {match['percent']}%" + ("，只差末位。" if rounded else "。"),
        right,
        f"{match['percent']}%",
        (prose.place(part.start, part.end), prose.place(match.start("percent"), match.end())),
    )


def _whole_named(
    members: list[tuple[Prose, re.Match[str]]], of: str, wholes: list[tuple[str, Said]]
) -> list[Said]:
    """The whole that the sentence names (占本年支出合计的), or that stands before 其中."""
    name = of.removesuffix("的")
    if name:
        return [a for words, a in wholes if words.endswith(name)][:1]
    found = []
    for prose, match in members[:1]:
        for whole in re.finditer(
            rf"(?P<number>{NUMBER})(?P<unit>{UNIT})[，,。]?(?:其中|主要用于以下方面|包括)",
            prose.text[: match.start()],
        ):
            found.append(said(whole))
    return found[:1]


def _wholes(case: Case) -> list[tuple[str, Said]]:
    """The totals that chapters name: 合计, 总计, 总预算, 收入预算, 支出预算 of an amount."""
    pattern = re.compile(
        rf"(?P<words>[^，。；：:、\d\n]{{0,12}}(?:合计|总计|总预算|收入预算|支出预算|基本支出|预算拨款))(?:为)?(?P<number>{NUMBER})(?P<unit>{UNIT})"
    )
    return [(m["words"], said(m)) for p in case.proses for m in pattern.finditer(p.text)]


def _totals_of_tables(case: Case) -> list[Said]:
    """What 占 may be of where no chapter says it: the totals of the tables, as printed."""
    return [
        Said(0, 0, f"{plain(cell.printed)}{grid.unit}", plain(cell.printed), grid.unit)
        for grid in case.grids
        if grid.known_unit
        for row in grid.totals
        if (cell := grid.whole(row)) and cell.fen and cell.certain
    ]
