"""Rules on words and figures that cannot stand so: value of nothing, a form left unfilled."""

from __future__ import annotations

import re
from collections.abc import Iterator

from indexer.checks.case import Case, Prose
from indexer.checks.outcome import HOLDS, Outcome, State, undecidable
from indexer.checks.prose import value_of
from indexer.checks.words import MORE, NUMBER, UNIT, WAY

_ASSET = re.compile(
    rf"(?P<what>[一-鿿]{{1,8}})(?P<n>{NUMBER})(?P<unit>平方米|辆|台|套|台[（(]套[)）])[，,；;]"
    rf"价值(?P<value>{NUMBER})万元"
)
_UNCHOSEN = re.compile(
    rf"(?:(?:{WAY})[（(/、](?:{WAY}|持平)(?:[/、](?:{WAY}|持平))?[)）]?|(?:大于|小于|高于|低于)[（(]"
    rf"(?:大于|小于|高于|低于|等于)[)）])(?P<n>{NUMBER})"
)
_BLANK = re.compile(r"[XxＸ×]{2,}(?=(?:亿元|万元|元|%|年|个|人|辆|平方米))")
_TOLD = re.compile(rf"(?:{WAY})(?:了)?{NUMBER}(?:{UNIT}|%)")
_BARE_RATE = re.compile(rf"(?:{WAY}){NUMBER}{UNIT}[，,](?:{WAY})(?P<n>\d+\.\d+)(?=[。，,；;\n]|$)")


def assets(case: Case) -> Iterator[Outcome]:
    """房屋0平方米，价值1.00万元: of nothing there is no value."""
    for prose in case.proses:
        for match in _ASSET.finditer(prose.text) if "价值" in prose.text else ():
            count, value = value_of(match["n"]), value_of(match["value"])
            if count and not value:
                yield undecidable("价值为 0，可能没有入账")
            elif bool(count) is bool(value):
                yield HOLDS
            else:
                yield Outcome(
                    State.DIFFERS,
                    f"原文说{match['what']} {match['n']}{match['unit']}，"
                    f"却说价值 {match['value']}万元。",
                    "0万元",
                    f"{match['value']}万元",
                    (prose.of(match, "n"), prose.of(match, "value")),
                    difference_fen=int(value * 1_000_000),
                )


_REASON = re.compile(r"(?:主要)?原因(?:是|为|系)?[：:]?(?P<why>[^。\n；;]{2,160})")
_CHANGED = re.compile(rf"(?P<way>{WAY})(?:了)?(?P<n>{NUMBER})(?:{UNIT}|%)")
_ENDS_WITH = re.compile(
    r"(?:经费|资金|预算|支出|费用|拨款)(?:预算)?(?:数)?(?:较上年|比上年|较去年|相应|有所|随之)?(?P<way>增加|增长|上升|减少|下降|降低)$"
)
_HELD_BACK = re.compile(r"控制|压减|压缩|严控|避免|节约|抵消|但|同时")
_BEFORE = 60


def reasons(case: Case) -> Iterator[Outcome]:
    """减少…%，主要原因是…经费增加: a change and the change that is given as its reason."""
    for prose in case.proses:
        for match in _REASON.finditer(prose.text):
            start = max(0, match.start() - _BEFORE)
            changes = list(_CHANGED.finditer(prose.text, start, match.start()))
            told = _ENDS_WITH.search(match["why"])
            if not changes or not told or not value_of(changes[-1]["n"]):
                continue
            if (changes[-1]["way"] in MORE) is (told["way"] in MORE):
                yield HOLDS
            elif _HELD_BACK.search(match["why"]):
                yield undecidable("原因里说了不止一个方向")
            else:
                yield Outcome(
                    State.DIFFERS,
                    f"原文先说“{changes[-1][0]}”，给出的原因却是“{told[0]}”，方向相反。",
                    changes[-1]["way"],
                    told["way"],
                    (prose.of(changes[-1]), prose.of(match, "why")),
                )


def unfilled(case: Case) -> Iterator[Outcome]:
    """下降（增长）27.78%, XX万元, 增长13.95。: what the form's author left to be filled in."""
    for prose in case.proses:
        found = False
        for pattern, why in (
            (_UNCHOSEN, "没有选定增减方向，像是模板原文"),
            (_BLANK, "空着没有填，像是模板原文"),
            (_BARE_RATE, "后面漏印了“%”"),
        ):
            for match in pattern.finditer(prose.text):
                found = True
                yield _unfilled(prose, match, why)
        if not found and _TOLD.search(prose.text):
            yield HOLDS


def _unfilled(prose: Prose, match: re.Match[str], why: str) -> Outcome:
    end = prose.text[match.end() : match.end() + 1]
    printed = match[0] + (end if end == "%" else "")
    return Outcome(
        State.DIFFERS, f"原文印着“{printed}”，{why}。", "填写完整", printed, (prose.of(match),)
    )
