"""Rules on changes and rates: the percentage must follow from the amounts printed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from archive.amounts import FEN_PER_UNIT
from archive.model import FindingPlace
from indexer.checks.case import Case, Prose
from indexer.checks.outcome import HOLDS, Outcome, State, undecidable
from indexer.checks.rounding import percent_gap, places_of, shown
from indexer.checks.words import (
    MORE,
    NUMBER,
    UNIT,
    WAY,
    Said,
    alike,
    amounts,
    percent,
    said,
    sentence,
    subject,
)

_THAN_LAST_YEAR = r"(?:同比|环比|(?:比|较)(?:上年|去年|上一年))?"
_RATE = (
    rf"(?P<pway>{WAY})(?:率|比例|幅度|幅)?(?:为|了|约|达到|达)?(?P<percent>{NUMBER})%(?!个?百分点)"
)
_DELTA = rf"(?P<way>{WAY})(?:额)?(?:了|为)?(?P<number>{NUMBER})(?P<unit>{UNIT})"
_CHANGE = re.compile(rf"{_DELTA}[，,;；、（(]{{0,2}}{_THAN_LAST_YEAR}{_RATE}")
_CHANGE_AFTER_RATE = re.compile(rf"{_RATE}[，,、（(即]{{0,2}}{_THAN_LAST_YEAR}{_DELTA}")
_BASE = re.compile(
    rf"(?:比|较|与|同)(?:上年|去年|上一年|20\d\d年)[^，。；：:\d\n]{{0,16}}?"
    rf"(?P<number>{NUMBER})(?P<unit>{UNIT})(?:相比)?[，,]?$"
)
_FROM_TO = re.compile(
    rf"(?P<base>预算执行数|预算数|决算数|执行数)(?:为|是)?(?P<number>{NUMBER})(?P<unit>{UNIT})[，,]"
    rf"(?P<year>20\d\d)年(?:当年)?预算(?:安排|数为|数)?(?P<number2>{NUMBER})(?P<unit2>{UNIT})[，,]"
    rf"(?:比|较|同比)[^，。；]{{0,14}}?(?P<way>{WAY})(?P<percent>{NUMBER})%"
)
_DONE = re.compile(
    rf"预算(?:数)?(?:安排)?(?:为|是)?(?P<number>{NUMBER})(?P<unit>{UNIT})[，,]"
    rf"(?:本年|全年|实际)?(?:支出)?(?:决算|执行|支出)(?:支出)?(?:数)?(?:为|是)?"
    rf"(?P<number2>{NUMBER})(?P<unit2>{UNIT})[，,。]"
    rf"(?:完成|为|占)?(?P<of>年初|全年|调整)?(?:预算)?(?:数)?的?(?:完成率|执行率)?(?:为|达)?"
    rf"(?P<percent>{NUMBER})%"
)
_PLANS = ("年初", "全年", "调整")
_WITH_LAST_YEAR = re.compile(r"相比[，,](?P<what>[^，。；：:\d\n]{4,40}?)(?:各|均)?$")
_COMPARED = re.compile(r"比|较")
_KNOWN = (
    "因公出国", "公务用车购置及运行", "公务用车购置", "公务用车运行", "公务接待",
    "“三公”经费", "三公经费",
)  # fmt: skip


def changes(case: Case) -> Iterator[Outcome]:
    """增减 and 百分比, 由…到…, and 完成预算的…%."""
    for prose in case.proses:
        for pattern in (_CHANGE, _CHANGE_AFTER_RATE):
            for match in pattern.finditer(prose.text):
                yield _change(prose, match)
        if "执行数" in prose.text or "安排" in prose.text:
            for match in _FROM_TO.finditer(prose.text):
                yield _from_to(prose, match)
        if "完成" in prose.text:
            for match in _DONE.finditer(prose.text):
                yield _done(prose, match)


def _change(prose: Prose, match: re.Match[str]) -> Outcome:
    same_way = (match["pway"] in MORE) is (match["way"] in MORE)
    last = _base(prose.text, match)
    if last is not None and same_way:
        return _of_base(prose, match, last)
    now = _now(prose.text, match)
    if now is None:
        return undecidable("原文没有在附近印出本年数")
    delta = said(match)
    places = (
        prose.place(now.start, now.end),
        prose.place(delta.start, delta.end),
        prose.place(match.start("percent"), match.end("percent") + 1),
    )
    if not same_way:
        return Outcome(
            State.DIFFERS,
            f"同一句先说“{match['way']}”{delta.printed}，又说“{match['pway']}”"
            f"{match['percent']}%，方向相反。",
            match["way"], match["pway"], places,
        )  # fmt: skip
    return _implied(prose, match, alike(now, delta), places)


def _implied(
    prose: Prose, match: re.Match[str], told: tuple[Said, Said], places: tuple[FindingPlace, ...]
) -> Outcome:
    """The change as a percentage of last year's amount, which it implies."""
    now, delta = told
    up, stated = match["way"] in MORE, match["percent"]
    base = now.fen - delta.fen if up else now.fen + delta.fen
    if base < 0:
        return undecidable("推算的上年数小于零，所比口径可能不同")
    if base == 0:
        return _from_nothing(now, delta, stated, places, subject(prose.text, now.start))
    (low, high), (least, most) = now.low_high, delta.low_high
    sign = -1 if up else 1
    bases = (low + sign * (most if up else least), high + sign * (least if up else most))
    if bases[0] <= 0:
        return undecidable("上年数过小，四舍五入使百分比不能确定")
    spoken = (
        f"{subject(prose.text, now.start)}{now.printed}，"
        f"比上年{match['way']}{delta.printed}，上年即 {_yuan(base, delta)}"
    )
    ratio = (max(Fraction(0), least) / bases[1], most / bases[0])
    rate = _Rate(stated, ratio, Fraction(delta.fen, base))
    return _rated(rate, spoken, match["pway"], places)


def _base(text: str, match: re.Match[str]) -> Said | None:
    """Last year's amount, where the sentence prints it right before the change."""
    start, _ = sentence(text, match.start())
    found = _BASE.search(text, start, match.start())
    return said(found) if found else None


def _of_base(prose: Prose, match: re.Match[str], base: Said) -> Outcome:
    """The change as a percentage of the amount that it is told to be of."""
    base, delta = alike(base, said(match))
    (low, high), (least, most) = base.low_high, delta.low_high
    if low <= 0:
        return undecidable("上年数过小，四舍五入使百分比不能确定")
    places = (
        prose.place(base.start, base.end),
        prose.place(delta.start, delta.end),
        prose.place(match.start("percent"), match.end("percent") + 1),
    )
    rate = _Rate(
        match["percent"],
        (max(Fraction(0), least) / high, most / low),
        Fraction(delta.fen, base.fen),
    )
    spoken = f"比上年的 {base.printed}{match['way']}{delta.printed}"
    return _rated(rate, spoken, match["pway"], places)


def _from_nothing(
    now: Said, delta: Said, stated: str, places: tuple[FindingPlace, ...], name: str
) -> Outcome:
    """From nothing a change has no percentage; 100 % is the custom, and 0 % of no change."""
    usual = ("100", "0") if delta.fen else ("0", "100")
    if Fraction(stated.replace(",", "")) == int(usual[0]):
        return HOLDS
    if not delta.fen and Fraction(stated.replace(",", "")) == int(usual[1]):
        return undecidable("上年和本年都是 0，百分比没有意义")
    return Outcome(
        State.DIFFERS,
        f"{name}{now.printed}都是今年新增的，上年为 0，算不出 {stated}%（习惯写作 100%）。",
        "100%", f"{stated}%", places,
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Rate:
    """A percentage as stated, the interval that it may be in (of 1), and its exact value."""

    stated: str
    ratio: tuple[Fraction, Fraction]
    exact: Fraction


def _rated(rate: _Rate, spoken: str, word: str, places: tuple[FindingPlace, ...]) -> Outcome:
    gap = percent_gap(*rate.ratio, rate.stated)
    if gap == 0:
        return HOLDS
    right = percent(rate.exact)
    rounded = gap <= 1
    return Outcome(
        State.ROUNDED if rounded else State.DIFFERS,
        f"{spoken}，应当{word} {right}，而原文印为 {rate.stated}%"
        + ("，只差末位。" if rounded else "。"),
        right,
        f"{rate.stated}%",
        places,
    )


def _yuan(fen: int, like: Said) -> str:
    return shown(Fraction(fen, FEN_PER_UNIT[like.unit]), places_of(like.number)) + like.unit


def _now(text: str, match: re.Match[str]) -> Said | None:
    """This year's amount, of which the change is told."""
    start, _ = sentence(text, match.start())
    before = amounts(text, start, match.start())
    plain = [a for a in before if not re.search(rf"(?:{WAY})了?$", text[start : a.start])]
    if before and plain and plain[-1] is before[-1]:
        between = text[before[-1].end : match.start()]
        if _COMPARED.search(between) and not re.search(r"[;；：:]|其中", between):
            return before[-1]
    return _named_elsewhere(text, text[start : match.start()])


def _named_elsewhere(text: str, clause: str) -> Said | None:
    """The amount of the same item, one of the 三公, where only its change is told here.

    Of 预算为…，支出决算为… it is the latter that is compared with last year.
    """
    subject = re.split(r"[，。；：:、\n]", clause)[-1]
    key = next((k for k in _KNOWN if k in subject), None)
    if key is None:
        return _same_words(text, clause)
    found = re.compile(
        rf"{re.escape(key)}(?:[(（]境[)）])?(?:维护)?(?:经费|费)?(?:财政拨款)?(?:支出)?(?:年初)?(?:预算)?"
        rf"(?:支出)?(?:决算)?(?:数)?(?:为)?(?P<number>{NUMBER})(?P<unit>{UNIT})"
        rf"(?:[，,](?:支出)?决算(?:数)?(?:为)?(?P<number2>{NUMBER})(?P<unit2>{UNIT}))?"
    )
    values = [
        said(m, "number2", "unit2") if m["number2"] else said(m) for m in found.finditer(text)
    ]
    return values[0] if values and len({v.fen for v in values}) == 1 else None


def _same_words(text: str, clause: str) -> Said | None:
    """与上年相比，收、支总计各增加…: the amount that the same words were given before."""
    told = _WITH_LAST_YEAR.search(clause)
    if told is None:
        return None
    for words in (told["what"], told["what"].rpartition("、")[2]):
        found = re.compile(
            rf"{re.escape(words)}(?:各|均)?(?:为)?(?P<number>{NUMBER})(?P<unit>{UNIT})"
        )
        values = [said(m) for m in found.finditer(text)]
        if values:
            return values[-1] if len({v.fen for v in values}) == 1 else None
    return None


def _from_to(prose: Prose, match: re.Match[str]) -> Outcome:
    before, now = said(match), said(match, "number2", "unit2")
    up, stated = match["way"] in MORE, match["percent"]
    places = (
        prose.place(before.start, before.end),
        prose.place(now.start, now.end),
        prose.place(match.start("percent"), match.end()),
    )
    if before.fen == 0:
        whole = Fraction(stated.replace(",", "")) == 100
        return HOLDS if whole or not now.fen else _from_nothing(now, now, stated, places, "")
    sign = 1 if up else -1
    (low, high), (least, most) = now.low_high, before.low_high
    ends = sorted((sign * (low / most - 1), sign * (high / least - 1)))
    exact = sign * (Fraction(now.fen, before.fen) - 1)
    start = prose.text.rfind("\n", 0, match.start()) + 1
    name = re.search(r"([^（）()]{2,30})[(（]项[)）]", prose.text[start : match.start()])
    what = f"“{name[1]}”" if name else ""
    spoken = f"{what}由 {before.printed} 到 {now.printed}"
    return _rated(_Rate(stated, (ends[0], ends[1]), exact), spoken, match["way"], places)


def _done(prose: Prose, match: re.Match[str]) -> Outcome:
    plan, spent = _plan(prose.text, match), said(match, "number2", "unit2")
    stated = match["percent"]
    if plan is None:
        return undecidable("原文没有印出所比的预算数")
    if plan.fen == 0:
        return undecidable("预算为 0，完成率没有意义")
    (low, high), (least, most) = spent.low_high, plan.low_high
    places = (
        prose.place(plan.start, plan.end),
        prose.place(spent.start, spent.end),
        prose.place(match.start("percent"), match.end()),
    )
    spoken = f"{subject(prose.text, plan.start)}{plan.printed}，决算 {spent.printed}"
    exact = Fraction(spent.fen, plan.fen)
    ratio = (max(low, Fraction(0)) / most, high / least)
    return _rated(_Rate(stated, ratio, exact), spoken, "完成", places)


def _plan(text: str, match: re.Match[str]) -> Said | None:
    """The budget that the rate is of: 年初预算为…，调整预算为…，决算为…，完成年初预算的…%."""
    told = text[max(0, match.start() - 2) : match.start()]
    if match["of"] is None or told not in _PLANS or told == match["of"]:
        return said(match)
    start, _ = sentence(text, match.start())
    earlier = re.compile(
        rf"{match['of']}预算(?:数)?(?:安排)?(?:为|是)?(?P<number>{NUMBER})(?P<unit>{UNIT})"
    ).search(text, start, match.start())
    return said(earlier) if earlier else None
