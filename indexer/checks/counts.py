"""Counts against lists: offices, projects, projects carried over, tables of targets."""

from __future__ import annotations

import re
from collections.abc import Iterator

from indexer.checks.case import Case, Prose, fold
from indexer.checks.outcome import HOLDS, NOTICE, Outcome, State, undecidable
from indexer.checks.prose import value_of
from indexer.checks.words import NUMBER

_OFFICES = re.compile(
    r"下设(?P<n>\d+|[一二三四五六七八九十]+)个(?:内设)?(?:科室|处室|机构|部门)[，,](?:分别是|分别为|包括)[:：]?(?P<list>[^。\n]+)"
)
_CARRIED = re.compile(rf"财政拨款结转项目(?P<n>\d+)个[，,]涉及(?:预算)?金额(?P<sum>{NUMBER})万元")
_PROJECTS = re.compile(
    r"(?:财政拨款|一般公共预算)项目(?P<n>\d+)个[，,]涉及(?:预算)?金额"
    rf"(?P<sum>{NUMBER})万元"
)
_MEMBERS = re.compile(
    r"(?:(?:行政|参公|事业|预算|下属|其他)?单位(?:共)?\d+[家个][，,、；;]?){1,5}(?:具体)?包括[:：]"
)
_REACH = 80
_DIGITS = {c: i for i, c in enumerate("一二三四五六七八九十", 1)}


def counts(case: Case) -> Iterator[Outcome]:
    """下设N个科室 and the list; 项目N个 and the projects printed; 结转项目N个 and 表11."""
    for prose in case.proses:
        for match in _OFFICES.finditer(prose.text):
            yield _offices(prose, match)
        for match in _MEMBERS.finditer(prose.text):
            yield from _members(prose, match)
        for match in _PROJECTS.finditer(prose.text):
            if "非" not in prose.text[max(0, match.start() - 1) : match.start()]:
                yield from _projects(case, prose, match)
                yield from _targets(case, prose, match)
        for match in _CARRIED.finditer(prose.text):
            grid = case.form("上年结转结余情况明细表")
            if grid is not None:
                rows = [r for r in grid.table.rows if r.role == "item" and grid.printed_amounts(r)]
                yield _count(prose, match, len(rows), "财政拨款结转项目", f"{grid.name}列出的")


def _offices(prose: Prose, match: re.Match[str]) -> Outcome:
    """和 may join the last two names, or stand inside one of them; 等 leaves some out."""
    bare = re.sub(r"[(（][^()（）]*[)）]", "", match["list"])
    names = [name for name in re.split("[、，,；;]", bare) if name]
    if str(len(names) + 1) == _stated(match) and re.search("和|及|与", names[-1]):
        return HOLDS
    if re.search(r"等(?:\d+个|[一二三四五六七八九十]+个)?(?:科室|处室|机构|部门)?$", bare):
        return undecidable("所列科室以“等”结尾，不一定是全部")
    return _count(prose, match, len(names), "科室", "列出的")


def _members(prose: Prose, match: re.Match[str]) -> Iterator[Outcome]:
    """行政单位1家，事业单位4家，具体包括：and one a line, numbered."""
    stated = [int(n) for n in re.findall(r"单位(?:共)?(\d+)[家个]", match[0])]
    listed = 0
    for line in prose.text[match.end() :].lstrip("\n").split("\n"):
        if not re.match(rf"{listed + 1}[、.．]", line):
            break
        listed += 1
    if sum(stated) == listed:
        yield HOLDS
    elif listed > 1:
        yield Outcome(
            State.DIFFERS,
            f"原文说单位{'、'.join(map(str, stated))} 家，而列出的有 {listed} 家。",
            f"{listed}家",
            f"{sum(stated)}家",
            (prose.of(match),),
            severity=NOTICE,
        )


def _targets(case: Case, prose: Prose, match: re.Match[str]) -> Iterator[Outcome]:
    """Of projects told to follow one by one (见下表), each has its table of targets."""
    if "见下表" not in prose.text[match.end() : match.end() + _REACH]:
        return
    printed = sum(table.form == "项目支出绩效目标表" for table in case.disclosure.tables)
    withheld = any(re.search("不予公开|不公开|涉密", each.text) for each in case.proses)
    if 0 < printed < int(match["n"]) and withheld:
        yield undecidable("有的项目声明不公开绩效目标")
    elif printed > int(match["n"]):
        yield undecidable("绩效目标表多于所说的项目，可能包括结转项目")
    elif printed:
        yield _count(prose, match, printed, "财政拨款项目", "按项目填报的绩效目标表")


def _stated(match: re.Match[str]) -> str:
    return match["n"] if match["n"].isdigit() else str(_DIGITS.get(match["n"], 0))


def _count(prose: Prose, match: re.Match[str], listed: int, what: str, where: str) -> Outcome:
    stated = int(_stated(match))
    if stated == listed:
        return HOLDS
    if not stated or listed < 2:
        return undecidable(f"{what}的数目不能确定")
    return Outcome(
        State.DIFFERS,
        f"原文说{what} {match['n']} 个，而{where}有 {listed} 个。",
        f"{listed}个",
        f"{match['n']}个",
        (prose.of(match, "n"),),
        severity=NOTICE,
    )


def _projects(case: Case, prose: Prose, match: re.Match[str]) -> Iterator[Outcome]:
    grid = case.form("一般公共预算项目支出情况表")
    if grid is None or len(grid.totals) != 1:
        return
    rows = [row for row in grid.table.rows if row.project and grid.printed_amounts(row)]
    total = grid.whole(grid.totals[0])
    if not rows or total is None:
        yield undecidable("项目支出表没有按项目列出")
        return
    amount = value_of(match["sum"]) * 1_000_000
    if amount == (total.fen or 0) or not total.certain:
        yield _count(
            prose,
            match,
            len({fold(r.project or "") for r in rows}),
            "财政拨款项目",
            f"{grid.name}列出的",
        )
    else:
        yield undecidable("所说金额不是项目支出表的合计，口径可能不同")
