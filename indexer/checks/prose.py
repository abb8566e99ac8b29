"""Rules on what the text says of one thing: parts and whole, twice the same, units."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from fractions import Fraction

from archive.model import Cell, FindingPlace, Row
from indexer.checks.case import Case, Grid, Prose
from indexer.checks.outcome import HOLDS, NOTICE, Outcome, State, undecidable
from indexer.checks.rounding import interval, shortly
from indexer.checks.words import NUMBER, UNIT, Said, alike, said

_AREA = "平方米|公里|万人|人次|人|辆|台|套|个|家"


@dataclass(frozen=True, slots=True)
class Parts:
    """A whole and all of its parts, as chapters list them.

    Every pattern has the group ``n``.  The parts are looked for behind the whole, each once;
    ``unit`` is what the figures count, ``optional`` parts may be missing when the rest adds
    up.
    """

    name: str
    unit: str
    whole: str
    parts: tuple[str, ...]
    reach: int = 260


_N = rf"(?P<n>{NUMBER})"

LISTS = (
    Parts(
        "政府采购", "万元",
        rf"政府采购(?:预算|金额|支出)(?:总额)?(?:[(（]以合同签订为准[)）])?(?:为|共)?{_N}万元",
        (rf"货物(?:类)?(?:采购)?(?:预算|金额|支出)?(?:为)?{_N}万元",
         rf"工程(?:类)?(?:采购)?(?:预算|金额|支出)?(?:为)?{_N}万元",
         rf"服务(?:类)?(?:采购)?(?:预算|金额|支出)?(?:为)?{_N}万元"),
    ),
    Parts(
        "实有人数", "人",
        rf"实有(?:人数|人员)(?:为|共)?{_N}人",
        (rf"在职(?:人员)?{_N}人", rf"退休(?:人员)?{_N}人", rf"离休(?:人员)?{_N}人"),
        reach=80,
    ),
    Parts(
        "“三公”经费", "万元",
        rf"“?三公”?经费(?:财政拨款)?(?:预算)?(?:支出)?(?:预算)?数?(?:为)?{_N}万元[，,]?(?:其中)",
        (rf"因公出国[(（]境[)）]费(?:用)?(?:为)?{_N}万元", rf"公务用车购置费?(?:为)?{_N}万元",
         rf"公务用车运行(?:维护)?费(?:为)?{_N}万元", rf"公务接待费(?:为)?{_N}万元"),
        reach=110,
    ),
    Parts(
        "“三公”经费", "万元",
        rf"“?三公”?经费预算数为{_N}万元[，,](?:与|比)",
        (rf"因公出国[(（]境[)）]费{_N}万元", rf"公务用车购置及运行(?:维护)?费{_N}万元",
         rf"公务接待费{_N}万元"),
        reach=700,
    ),
    Parts(
        "公务用车购置及运行费", "万元",
        rf"公务用车购置及运行(?:维护)?费{_N}万元[，,](?:与|比)",
        (rf"公务用车购置费{_N}万元", rf"公务用车运行(?:维护)?费{_N}万元"),
        reach=300,
    ),
    Parts(
        "车辆", "辆",
        rf"(?:共有)?车辆{_N}辆[，,；;](?:价值{NUMBER}万元[；;，,])?其中",
        (rf"(?P<n>{NUMBER})辆",) ,
        reach=260,
    ),
    Parts(
        "车辆价值", "万元",
        rf"车辆\d+辆[，,；;]价值{_N}万元[；;，,]其中",
        (rf"车(?:辆)?\d+辆[，,]价值{_N}万元",),
        reach=160,
    ),
    Parts(
        "上年结转结余", "万元",
        rf"上年结转结余{_N}万元[，,]包括",
        (rf"财政拨款{_N}万元", rf"非财政拨款{_N}万元"),
        reach=60,
    ),
)  # fmt: skip

_TO_COME = re.compile(r"安排|计划|更新|购置|报废|新增|处置")
_OF_WHICH = re.compile(
    rf"(?P<n>{NUMBER})(?P<unit>{_AREA}|万元|元)[(（]其中[:：]?(?P<parts>[^()（）]{{3,120}})[)）]"
)


def parts(case: Case) -> Iterator[Outcome]:
    """The lists above, and those that a colon begins: whole = Σ parts."""
    yield from after_colon(case)
    for prose in case.proses:
        for listed in LISTS:
            for match in re.finditer(listed.whole, prose.text):
                outcome = _list(prose, listed, match)
                if outcome:
                    yield outcome


_COLON_LIST = re.compile(
    rf"共(?:计)?(?P<n>{NUMBER})万元[：:](?!其中)(?P<list>(?:[^，,、；;。\n\d]{{2,30}}{NUMBER}万元[，,、；;]?){{2,}})"
    r"(?=[。\n]|$)"
)


def after_colon(case: Case) -> Iterator[Outcome]:
    """共230万元：甲150万元，乙80万元。: what a colon lists to the end of the sentence.

    It may leave out small things, so that less than the whole is a 提示.
    """
    for prose in case.proses:
        for match in _COLON_LIST.finditer(prose.text):
            parts = re.compile(rf"(?P<n>{NUMBER})万元")
            found = list(parts.finditer(prose.text, match.start("list"), match.end("list")))
            outcome = _sum(prose, match, found, "所列各项合计", "万元", incomplete=False)
            less = _total(value_of(m["n"]) for m in found) < value_of(match["n"])
            yield replace(outcome, severity=NOTICE) if less else outcome


def _list(prose: Prose, listed: Parts, whole: re.Match[str]) -> Outcome | None:
    tail = prose.text[: whole.end() + listed.reach]
    found: list[re.Match[str]] = []
    if len(listed.parts) == 1:  # one pattern for all parts, as far as the sentence goes
        end = prose.text.find("。", whole.end())
        ends = [e for e in (end, prose.text.find("\n", whole.end())) if e >= 0]
        found = list(
            re.compile(listed.parts[0]).finditer(
                prose.text, whole.end(), min(ends, default=len(prose.text))
            )
        )
        if listed.unit == "辆":
            found = [
                m
                for m in found
                if not _TO_COME.search(prose.text, max(0, m.start() - 10), m.start())
            ]
    else:
        for pattern in listed.parts:
            match = re.compile(rf"(?<!非){pattern}").search(tail, whole.end())
            if match:
                found.append(match)
    if not found:
        return None
    missing = len(found) < len(listed.parts)
    return _sum(prose, whole, found, listed.name, listed.unit, incomplete=missing)


def _sum(
    prose: Prose,
    whole: re.Match[str],
    found: list[re.Match[str]],
    name: str,
    unit: str,
    *,
    incomplete: bool,
) -> Outcome:
    printed = [whole["n"], *(m["n"] for m in found)]
    digits = max(len(p.partition(".")[2]) for p in printed)
    total, *values = (value_of(p) for p in printed)
    difference = abs(total - _total(values))
    if difference == 0:
        return HOLDS
    if incomplete and _total(values) < total:
        return undecidable(f"{name}的各部分没有全部印出")
    counted = unit in ("辆", "人")
    slack = Fraction(0) if counted else Fraction(len(values) + 1, 2 * 10**digits)
    rounded = difference <= slack
    added = _like(printed, _total(values), digits)
    return Outcome(
        State.ROUNDED if rounded else State.DIFFERS,
        f"{name}印为 {whole['n']}{unit}，而各部分（{'、'.join(m['n'] for m in found)}）"
        f"之和是 {added}{unit}" + ("，在四舍五入范围内。" if rounded else "。"),
        f"{added}{unit}",
        f"{whole['n']}{unit}",
        (prose.of(whole, "n"), *(prose.of(m, "n") for m in found)),
        difference_fen=int(difference * 1_000_000) if unit == "万元" else None,
    )


def _like(printed: Iterable[str], value: Fraction, digits: int) -> str:
    """The number with thousands marked where those beside it are."""
    text = shortly(value, digits)
    return text if any("," in each for each in printed) else text.replace(",", "")


def within(case: Case) -> Iterator[Outcome]:
    """Parts in brackets behind 其中, and 小微 of 中小企业, are no more than their whole."""
    for prose in case.proses:
        for match in _OF_WHICH.finditer(prose.text):
            yield _bracket(prose, match)
        yield from _small_firms(prose)


def _bracket(prose: Prose, match: re.Match[str]) -> Outcome:
    unit = match["unit"]
    figures = list(
        re.compile(rf"(?P<n>{NUMBER}){unit}").finditer(
            prose.text, match.start("parts"), match.end("parts")
        )
    )
    total, values = value_of(match["n"]), [value_of(m["n"]) for m in figures]
    if not figures or _total(values) < total:
        return undecidable("“其中”所列不一定是全部")
    if _total(values) == total:
        return HOLDS
    added = _like((match["n"], *(m["n"] for m in figures)), _total(values), 2)
    return Outcome(
        State.DIFFERS,
        f"原文说 {match['n']}{unit}，而“其中”各项（{'、'.join(m['n'] for m in figures)}）"
        f"加起来是 {added}{unit}，部分大于总数。",
        f"{added}{unit}",
        f"{match['n']}{unit}",
        (prose.of(match, "n"), *(prose.of(m, "n") for m in figures)),
        difference_fen=int((_total(values) - total) * 1_000_000) if unit == "万元" else None,
    )


_FIRMS = re.compile(
    rf"面向中小企业预留(?:的)?政府采购项目预算金额(?P<n>{NUMBER})万元[^。\n]{{0,24}}?"
    rf"小(?:微企业|型和微型企业)[^\d。\n]{{0,24}}(?P<m>{NUMBER})万元"
)


def _small_firms(prose: Prose) -> Iterator[Outcome]:
    for match in _FIRMS.finditer(prose.text):
        whole, part = value_of(match["n"]), value_of(match["m"])
        if part <= whole:
            yield HOLDS
            continue
        yield Outcome(
            State.DIFFERS,
            f"小微企业属于中小企业，而面向小微企业预留印为 {match['m']}万元，"
            f"多于面向中小企业预留的 {match['n']}万元。",
            f"不超过{match['n']}万元",
            f"{match['m']}万元",
            (prose.of(match, "n"), prose.of(match, "m")),
            difference_fen=int((part - whole) * 1_000_000),
            severity=NOTICE,
        )


_LISTED = re.compile(
    rf"(?P<path>[^“”\n。]{{2,40}}[(（]项[)）])”?(?:科目)?[:：]?(?P<number>{NUMBER})(?P<unit>{UNIT})"
    rf"[^\n]{{0,120}}?20\d\d年预算安排(?P<number2>{NUMBER})(?P<unit2>{UNIT})"
)
_INCREASE = re.compile(
    rf"(?P<name>基本支出|项目支出)(?P<number>{NUMBER})(?P<unit>{UNIT})[，,](?:占{NUMBER}%[，,])?"
    rf"比上年(?:预算)?(?P<way>增加|减少)(?P<number2>{NUMBER})(?P<unit2>{UNIT})"
)


def twice(case: Case) -> Iterator[Outcome]:
    """The same quantity stated twice: in one item, and 基本支出 and 项目支出 in two chapters."""
    seen: dict[tuple[str, int, str], tuple[Prose, re.Match[str]]] = {}
    for prose in case.proses:
        listed = _LISTED.finditer(prose.text) if "预算安排" in prose.text else ()
        for match in listed:
            yield _agree(
                (prose, said(match), prose.of(match, "number")),
                (prose, said(match, "number2", "unit2"), prose.of(match, "number2")),
                f"“{match['path']}”今年的预算数",
            )
        for match in _INCREASE.finditer(prose.text):
            key = (match["name"], said(match).fen, match["way"])
            earlier = seen.setdefault(key, (prose, match))
            if earlier[1] is not match:
                whole = match["number"] + match["unit"]
                name = f"{match['name']}（{whole}）比上年{match['way']}的数"
                yield _agree(_change(*earlier), _change(prose, match), name)


def _change(prose: Prose, match: re.Match[str]) -> tuple[Prose, Said, FindingPlace]:
    return prose, said(match, "number2", "unit2"), prose.of(match, "number2")


def _agree(
    first: tuple[Prose, Said, FindingPlace], second: tuple[Prose, Said, FindingPlace], name: str
) -> Outcome:
    one, other = alike(first[1], second[1])
    if one.fen == other.fen:
        return HOLDS
    rounded = abs(one.fen - other.fen) <= max(one.step, other.step)
    return Outcome(
        State.ROUNDED if rounded else State.DIFFERS,
        f"{name}，一处印为 {first[1].printed}，另一处印为 {second[1].printed}。",
        first[1].printed,
        second[1].printed,
        (first[2], second[2]),
        difference_fen=abs(one.fen - other.fen),
    )


_TELLING = re.compile(r"\d{2}\.\d{2}$")
_IN_YUAN = re.compile(
    rf"(?P<what>预算|收入|支出|总计|合计|金额|安排|经费|费|数)(?:为)?(?P<n>{NUMBER})元(?![/／每*×x])"
)


def units(case: Case) -> Iterator[Outcome]:
    """An amount in 元 whose very figure is one of the tables in 万元: a total, or 12.34."""
    found = [(prose, m) for prose in case.proses for m in _IN_YUAN.finditer(prose.text)]
    known = _in_ten_thousands(case) if found else {}
    for prose, match in found if known else ():
        figure = known.get(value_of(match["n"]))
        yield HOLDS if figure is None else _without_ten_thousand(prose, match, figure)


def _in_ten_thousands(case: Case) -> dict[Fraction, tuple[Grid, Row, Cell]]:
    return {
        value_of(cell.printed): (grid, row, cell)
        for grid in case.grids
        if grid.unit == "万元"
        for row in grid.table.rows
        for cell in grid.printed_amounts(row)
        if cell.fen and (row.total or _TELLING.search(cell.printed))
    }


def _without_ten_thousand(
    prose: Prose, match: re.Match[str], figure: tuple[Grid, Row, Cell]
) -> Outcome:
    grid, row, cell = figure
    return Outcome(
        State.DIFFERS,
        f"原文印为 {match['n']}元，而{grid.name}中同一个数的单位是万元：单位少了“万”字。",
        f"{match['n']}万元",
        f"{match['n']}元",
        (prose.place(match.start("n"), match.end("n") + 1), grid.place(row, cell)),
        difference_fen=(cell.fen or 0) - (cell.fen or 0) // 10_000,
    )


def value_of(printed: str) -> Fraction:
    """The printed number."""
    low, high = interval(printed)
    return (low + high) / 2


def _total(values: Iterable[Fraction]) -> Fraction:
    return sum(values, Fraction(0))
