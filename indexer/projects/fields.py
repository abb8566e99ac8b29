"""The fields that a project is described by, and how their texts are read."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from archive.amounts import AmountInText, find_amounts, to_fen
from archive.citations import find
from archive.spacing import close_up
from indexer.field_names import any_field_name, field_names

_NUMBERING = r"[（(]?[一二三四五六七八九十\d]{1,3}[）)、.．]\s*"
_PROJECT_NUMBER = re.compile(r"\s*项目\s*[一二三四五六七八九十\d]{1,2}\s*[:：]\s*(?P<text>\S.*)")
"""``项目二：…`` begins a project as its field 项目名称 does."""
_TOTAL_REACH = 12
_LONGEST_AGENCY = 60
_IN_DATE = re.compile(r"(?<=\d)\s+(?=[年月日])|(?<=[年月日])\s+(?=\d)")
_SENTENCE = re.compile(r"[，。；,;]")
_TOTAL = re.compile(
    r"(?:总预算|预算总|总计|合计|共计|总额|总规模|总金额|总投资|共需|共)[^，。；、\d]{0,6}$"
)
_OF_WHICH = re.compile(r"其中|包括|分别|用于")
_BARE = re.compile(
    r"(?<![\d.,])(?P<figure>\d[\d,]*(?:\.\d+)?)\s*(?P<unit>[万亿])(?=[，。、；,;）)\s]|$)"
)
_PEOPLE = re.compile(
    r"(?<![\d.,])(?P<figure>\d[\d,]*(?:\.\d+)?)\s*(?P<unit>万?)余?(?:人次|人|名|位)"
)
_ONLY_FIGURE = re.compile(r"\s*(\d+)\s*")


@dataclass(frozen=True, slots=True)
class FieldLine:
    """A line that begins a field: its printed name, what the name stands for, the text."""

    printed: str
    field: str
    text: str


@dataclass(frozen=True, slots=True)
class Amount:
    """An amount as a field states it; ``fen`` is ``None`` where it states no single one."""

    fen: int | None
    printed: str | None


def field_line(line: str) -> FieldLine | None:
    """The field that a line begins: ``（一）项目名称：…``, ``资金来源：…``."""
    match = _line_pattern().match(line) or _PROJECT_NUMBER.match(line)
    if match is None:
        return None
    if match.re is _PROJECT_NUMBER:
        return FieldLine("项目名称", "name", match["text"].strip())
    printed = close_up(match["name"])
    return FieldLine(printed, field_names()[_compact(printed)], match["text"].strip())


def lines_of(text: str) -> list[str]:
    """The paragraphs of a text, parted where a further field begins inside one."""
    return [
        piece for line in text.split("\n") for piece in _inner_field().split(line) if piece.strip()
    ]


def field_heading(heading: str) -> FieldLine | None:
    """The field that a heading of its own names: ``二、立项依据``."""
    name = re.sub(rf"^\s*{_NUMBERING}", "", heading).strip().rstrip(":：")
    field = field_names().get(_compact(name))
    return FieldLine(close_up(name), field, "") if field else None


def amount_in(text: str | None) -> Amount:
    """The amount that a field states: the only one, the total, or the sum of the others.

    Where it states several and none of them is the whole, ``printed`` is the whole text.
    """
    if not text:
        return Amount(None, None)
    found = amounts(text)
    totals = [amount for amount in found if _is_total(text, amount)]
    if len(found) == 1:
        whole: AmountInText | None = found[0]
    elif totals:
        whole = totals[0] if len({amount.fen for amount in totals}) == 1 else None
    else:
        whole = _sum_of_rest(text, found)
    return Amount(whole.fen, whole.printed) if whole else Amount(None, text)


def people_in(text: str | None) -> int | None:
    """How many people a field counts, ``None`` where it states no single number."""
    if not text:
        return None
    if match := _ONLY_FIGURE.fullmatch(text):
        return int(match[1])
    numbers = {_people(match) for match in _PEOPLE.finditer(text)}
    return numbers.pop() if len(numbers) == 1 else None


def citations_in(text: str | None) -> tuple[str, ...]:
    """The normal forms of the document numbers in a field, in order, each once."""
    normals = [mention.normal for mention in find(text or "") if mention.normal]
    return tuple(dict.fromkeys(normals))


def agency_in(text: str | None) -> str | None:
    """The agency that a field names; ``None`` where it tells who does what instead."""
    name = clean(text)
    return name if name and len(name) <= _LONGEST_AGENCY and not _SENTENCE.search(name) else None


def period_in(text: str | None) -> str | None:
    """The period as printed, without a converter's blanks inside its dates."""
    return _IN_DATE.sub("", text).strip().rstrip("。；;") or None if text else None


def clean(text: str | None) -> str | None:
    """A name or agency without its full stop and without a converter's blanks."""
    return close_up(text).rstrip("。；;，,").strip() or None if text else None


def amounts(text: str) -> list[AmountInText]:
    """The amounts with unit, those that print 万 for 万元 among them."""
    bare = [
        AmountInText(match.start(), match.end(), match[0], fen)
        for match in _BARE.finditer(text)
        if (fen := to_fen(match["figure"], match["unit"] + "元")) is not None
    ]
    return sorted(find_amounts(text) + bare, key=lambda amount: amount.start)


def _is_total(text: str, amount: AmountInText) -> bool:
    before = text[max(0, amount.start - _TOTAL_REACH) : amount.start]
    return _TOTAL.search(before) is not None


def _sum_of_rest(text: str, found: list[AmountInText]) -> AmountInText | None:
    """The first amount, when the others are said to be its parts and add up to it."""
    if len(found) < 2 or not _OF_WHICH.search(text, found[0].end, found[1].start):
        return None
    return found[0] if sum(amount.fen for amount in found[1:]) == found[0].fen else None


def _people(match: re.Match[str]) -> int | None:
    fen = to_fen(match["figure"], "万元" if match["unit"] else "元")
    return fen // 100 if fen is not None and fen % 100 == 0 else None


def _compact(name: str) -> str:
    return re.sub(r"\s", "", name)


@cache
def _line_pattern() -> re.Pattern[str]:
    return re.compile(
        rf"[\s*#]*(?:{_NUMBERING})?\**(?P<name>{any_field_name()})"
        r"(?:\s*\**[:：]\**\s*|(?:\t|[ \u3000]{2})\s*(?=\S))(?P<text>.*)",
        re.DOTALL,
    )


@cache
def _inner_field() -> re.Pattern[str]:
    return re.compile(rf"(?<=[。；;\s])(?=(?:{any_field_name()})\s*[:：])")
