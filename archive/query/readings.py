"""What one token of a query means: a table of readers, one a field, and of bare words."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass

from archive.agencies import canonical
from archive.amounts import spoken
from archive.citations import parse_number
from archive.fold import fold
from archive.forms import form_of
from archive.query.tokens import Token, TypedField
from archive.query.tree import (
    Everything,
    Field,
    FieldName,
    Or,
    Phrase,
    Query,
    Term,
    YearRange,
)
from archive.query.values import (
    BARE_UNIT,
    AmountValue,
    amount_value,
    year_spellings,
    year_value,
)
from archive.regions import region_of
from archive.script import simplified
from archive.segment import loosened


@dataclass(frozen=True, slots=True)
class Doubt:
    """Something that was assumed or not understood, in Chinese."""

    message: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """A token's meaning; ``query`` is ``None`` when it has none."""

    query: Query | None
    said: str = ""
    doubts: tuple[Doubt, ...] = ()


_TABLE = re.compile(r"表(?:\d{1,2}|[一二三四五六七八九十]{1,3})")
_KINDS = {
    "budget": "预算",
    "accounts": "决算",
    "final accounts": "决算",
    "department": "部门",
    "unit": "单位",
}
_EMPTY_QUOTES = frozenset(('""', "“”", "＂＂", "「」", "『』"))

SAID: dict[TypedField, str] = {
    "project": "项目",
    "doc_no": "文号",
    "amount": "金额",
    "year": "年度",
    "agency": "单位",
    "region": "地区",
    "kind": "类型",
    "table": "表",
    "code": "科目",
}


def read(token: Token) -> Outcome:
    """The meaning of a word, phrase, number or field token."""
    if token.kind == "field" and token.field:
        return _field(token, token.field)
    if token.kind == "number":
        return _named("doc_no", token.text)
    if token.kind == "phrase":
        return _phrase(token.text)
    return _word(token.text)


def _word(text: str) -> Outcome:
    if set(text) == {"*"}:
        return Outcome(Everything(), "全部", (Doubt("不需要通配符，表示全部文件"),))
    plain = simplified(text)
    if (years := year_value(plain)) and years.whole:
        return Outcome(years.range, f"年度：{_years_said(years.range)}")
    if (amount := amount_value(plain)) and amount.whole:
        return _of_amount(amount)
    if _TABLE.fullmatch(unicodedata.normalize("NFKC", plain)):
        return _named("table", plain)
    if number := parse_number(plain):
        return _named("doc_no", number.normal)
    if text in _EMPTY_QUOTES:
        return _plain(text, Doubt("引号里没有文字，按普通文字检索"))
    if '"' in text or "“" in text:
        return _plain(text, Doubt("引号没有成对，按普通文字检索"))
    return _plain(text)


def _plain(text: str, *doubts: Doubt) -> Outcome:
    if loosened(text):
        return Outcome(_term(text), text, doubts)
    if fold(text):
        return Outcome(Phrase(text), text, doubts)
    return Outcome(None)


def _term(text: str) -> Query:
    """The word, or it with its years in either numerals: they are one spelling."""
    spellings = tuple(Term(spelling) for spelling in year_spellings(text))
    return spellings[0] if len(spellings) == 1 else Or(spellings)


def _phrase(text: str) -> Outcome:
    if fold(text):
        return Outcome(Phrase(text), f"“{text}”")
    return Outcome(None, doubts=(Doubt("引号里没有文字，已忽略"),))


def _field(token: Token, name: TypedField) -> Outcome:
    value = token.text.strip()
    if not fold(value):
        return _plain(SAID[name], Doubt(f"“{SAID[name]}：”后面没有内容，按普通文字检索"))
    return _READERS[name](token.compare + value)


def _amount(value: str) -> Outcome:
    amount = amount_value(value)
    if amount is None:
        return _plain(value, Doubt("不是金额或金额范围，按普通文字检索"))
    doubts = (Doubt(f"没有写单位，按{BARE_UNIT}计"),) if amount.bare else ()
    return _of_amount(amount, doubts)


def _of_amount(amount: AmountValue, doubts: tuple[Doubt, ...] = ()) -> Outcome:
    return Outcome(amount.range, f"金额：{_amount_said(amount)}", doubts)


def _year(value: str) -> Outcome:
    years = year_value(value)
    if years is None:
        return _plain(value, Doubt("不是年度或年度范围，按普通文字检索"))
    return Outcome(years.range, f"年度：{_years_said(years.range)}")


def _doc_no(value: str) -> Outcome:
    plain = simplified(value)
    number = parse_number(plain)
    return _named("doc_no", number.normal if number else plain)


def _region(value: str) -> Outcome:
    value = simplified(value)
    place = region_of(value)
    query = Field("region", place.path if place else value)
    return Outcome(query, f"地区：{place.name if place else value}")


def _agency(value: str) -> Outcome:
    """The name as typed, and the one under which the archive files it."""
    return _either("agency", value, canonical(simplified(value)))


def _kind(value: str) -> Outcome:
    return _named("kind", _KINDS.get(value.casefold(), simplified(value)))


def _table(value: str) -> Outcome:
    """The number or title as typed, and the form that the title stands for."""
    return _either("table", value, form_of(simplified(value)))


def _either(name: FieldName, value: str, other: str | None) -> Outcome:
    outcome = _named(name, value)
    if not other or fold(other) == fold(value):
        return outcome
    return Outcome(Or((Field(name, value), Field(name, other))), f"{outcome.said}（即{other}）")


def _named(name: FieldName, value: str) -> Outcome:
    return Outcome(Field(name, value), f"{SAID[name]}：{value}")


_READERS: dict[TypedField, Callable[[str], Outcome]] = {
    "project": lambda value: _named("project", value),
    "doc_no": _doc_no,
    "amount": _amount,
    "year": _year,
    "agency": _agency,
    "region": _region,
    "kind": _kind,
    "table": _table,
    "code": lambda value: _named("code", value),
}


def _amount_said(amount: AmountValue) -> str:
    """The range as people say it: 100万元至500万元, 不少于120万元."""
    low, high = amount.range.low_fen, amount.range.high_fen
    if low is not None and high is not None:
        return spoken(low) if low == high else f"{spoken(low)}至{spoken(high)}"
    if low is not None:
        return f"多于{spoken(low - 1)}" if amount.compare == ">" else f"不少于{spoken(low)}"
    if high is not None:
        return f"少于{spoken(high + 1)}" if amount.compare == "<" else f"不超过{spoken(high)}"
    return "任意"


def _years_said(years: YearRange) -> str:
    low, high = years.low, years.high
    if low is not None and high is not None:
        return f"{low}" if low == high else f"{low}至{high}"
    if low is not None:
        return f"{low}年起"
    return f"{high}年止" if high is not None else "任意"
