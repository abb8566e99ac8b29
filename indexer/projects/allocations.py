"""资金分配情况: what a project's money is split into, as far as the text says it part by part.

``宣传费10万元，培训费8万元`` names the part before its amount, ``1.5万元用于支付专家评审鉴定费``
after it.  A rate (每人每年8500元) and an operand of a printed formula are no parts.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from archive.amounts import AmountInText
from archive.model import Allocation
from indexer.projects.fields import amounts

_ITEM = re.compile(r"(?:^|(?<=[。；;\s]))\d{1,2}\s*[.．、](?!\d)\s*")
_CLAUSE_ENDS = "。；;，,、：:"
_INTRODUCTION = re.compile(
    r"^(?:[一二三四五六七八九]是|首先|其次|其中|主要|分别|包括|用于|安排|支付|预计|预算|资金|项目|为(?![民农老企])|共)*(?:用于|支付|安排)?[：:]?"
)
_TRAILING = re.compile(r"(?:预计|使用|共?花费|共计|合计|总计|共|为|约|\s)+$")
_SAID_AFTER = re.compile(
    r"\s*(?:主要)?(?:用于|为|系)(?:支付|开展|购买|保障)?(?P<name>[^，,。；;、：:]+)"
)
_RATE = re.compile(r"每|人均|平均|标准|/人")
_OPERATOR_AFTER = re.compile(r"\s*[*×xX+/÷]|\s*/人")
_WHOLE_AFTER = re.compile(r"[，,；;：:]?\s*其中")
_WHOLE_BEFORE = re.compile(r"(?:共|共计|合计|总计)\s*$")
_SOURCE = re.compile(
    r"(?:拨款|资金|收入|自筹|财政|预算|结转|结余|债券|转移支付|中央|上级|本级|[省市区县]级)$"
)
"""A name of where money comes from, which is no part of what it is for."""
_BRACKET = re.compile(r"[（(][^（）()]*[）)]")
_RECKONED = re.compile(r"\d[^，。；、]{0,8}[*×xX÷]|[=＝]")
_FORMULA = re.compile(r"[（(]?\d[\d.,]*[^\d*×/+÷=]{0,3}[*×/+÷].*$")


def allocations_in(text: str | None) -> tuple[Allocation, ...]:
    """The parts that a 资金分配情况 names, in printed order, with their amounts in fen.

    A statement of the whole (共120万元，其中…) has ``is_whole`` set.
    """
    if not text:
        return ()
    items = _items(text)
    found = [part for item in items for part in _parts(item, alone=len(items) > 1)]
    return tuple(found)


def allocations_below_whole(text: str | None) -> tuple[Allocation, ...]:
    """The parts that a text names below the whole it begins with (项目总预算100万元，其中…).

    Nothing where it begins with no whole, or tells where the money comes from.
    """
    found = amounts(text or "")
    if not text or len(found) < 2 or not _WHOLE_AFTER.match(text, found[0].end):
        return ()
    parts = allocations_in(text)
    return () if any(_SOURCE.search(part.name) for part in parts if not part.is_whole) else parts


def _items(text: str) -> list[str]:
    """The numbered items of the text, or the whole text where it has none."""
    starts = [match.end() for match in _ITEM.finditer(text)]
    if len(starts) < 2:
        return [text]
    ends = [*(match.start() for match in _ITEM.finditer(text)), len(text)][1:]
    return [text[start:end].strip() for start, end in zip(starts, ends, strict=True)]


def _parts(item: str, *, alone: bool) -> list[Allocation]:
    """The parts of one item; ``alone`` when the item as a whole is one part."""
    printed = amounts(item)
    reckoned = _reckonings(item, printed)
    found = [
        amount
        for amount in printed
        if not _is_rate(item, amount) and not any(amount.start in span for span in reckoned)
    ]
    if alone and found:
        last = found[-1]
        return [Allocation(_first_clause(item[: last.start]), last.printed, last.fen)]
    named = [
        Allocation(_name(item, amount), amount.printed, amount.fen, _is_whole(item, amount))
        for amount in found
    ]
    return [part for part in named if part.name]


def _reckonings(text: str, found: Sequence[AmountInText]) -> list[range]:
    """Brackets right behind an amount that say how it comes about: 6万元（50人*1200元=6万元）."""
    ends = {amount.end for amount in found}
    return [
        range(*match.span())
        for match in _BRACKET.finditer(text)
        if match.start() in ends and _RECKONED.search(match[0])
    ]


def _first_clause(item: str) -> str:
    return _TRAILING.sub("", re.split(r"[。，；;]", item, maxsplit=1)[0].strip())


def _is_rate(text: str, amount: AmountInText) -> bool:
    """Whether the amount is a price or an operand rather than a sum of money spent."""
    after = text[amount.end :]
    return bool(_OPERATOR_AFTER.match(after) or _RATE.search(_clause(text, amount)))


def _clause(text: str, amount: AmountInText) -> str:
    """The text between the clause's beginning and the amount."""
    start = max((text.rfind(mark, 0, amount.start) for mark in _CLAUSE_ENDS), default=-1) + 1
    return text[start : amount.start]


def _name(text: str, amount: AmountInText) -> str:
    head = _FORMULA.sub("", _clause(text, amount)).strip()
    head = _INTRODUCTION.sub("", _TRAILING.sub("", head))
    if head:
        return head.strip()
    after = _SAID_AFTER.match(text, amount.end)
    return after["name"].strip() if after else ""


def _is_whole(text: str, amount: AmountInText) -> bool:
    before, after = text[: amount.start], text[amount.end :]
    return bool(_WHOLE_BEFORE.search(before) or _WHOLE_AFTER.match(after))
