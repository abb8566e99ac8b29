"""Typed text cut into tokens: words, phrases, conditions, operators and brackets.

Printed text may be typed as it stands, so a character is an operator only where an
operator can stand: a bracket opens a group at the start of a word and closes it at the
end of one, ``-`` excludes when a word follows at once that is no number, ``|`` parts words
wherever it stands, and OR/或, NOT/非 stand alone.  A bracket there without its pair and a
``-`` with nothing to exclude are strays, passed over.  Names and operators may be typed in
either script.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from archive import citations
from archive.query.tree import FieldName
from archive.script import simplified

TokenKind = Literal[
    "word", "phrase", "number", "field", "or", "and", "not", "open", "close", "stray"
]
TypedField = FieldName | Literal["amount", "year"]

OPERANDS: frozenset[TokenKind] = frozenset({"word", "phrase", "number", "field"})
_REMEMBERED = 16

FIELD_NAMES: dict[str, TypedField] = {
    "项目": "project",
    "project": "project",
    "文号": "doc_no",
    "发文字号": "doc_no",
    "文件号": "doc_no",
    "doc_no": "doc_no",
    "金额": "amount",
    "amount": "amount",
    "年度": "year",
    "年份": "year",
    "year": "year",
    "单位": "agency",
    "部门": "agency",
    "机构": "agency",
    "agency": "agency",
    "地区": "region",
    "region": "region",
    "类型": "kind",
    "kind": "kind",
    "表": "table",
    "table": "table",
    "科目": "code",
    "code": "code",
}
OPERATORS: dict[str, TokenKind] = {
    "OR": "or",
    "或": "or",
    "|": "or",
    "||": "or",
    "｜": "or",
    "AND": "and",
    "且": "and",
    "&": "and",
    "&&": "and",
    "NOT": "not",
    "非": "not",
}
_QUOTES = {'"': '"', "“": "”", "＂": "＂", "「": "」", "『": "』"}
_OPENING = {"(": ")", "（": "）"}
_CLOSING = frozenset(_OPENING.values())
_MINUS = frozenset("-－")
_BARS = frozenset("|｜")

_names = "|".join(sorted(FIELD_NAMES, key=len, reverse=True))
_FIELD = re.compile(
    rf"(?P<name>{_names})\s*(?:[:：]\s*(?P<compare>[><≥≤＞＜＝=][=＝]?)?|"
    rf"(?P<bare>[><≥≤＞＜＝=][=＝]?))[ \t\u3000]*",
    re.IGNORECASE,
)
_NUMERIC: frozenset[TypedField] = frozenset({"amount", "year"})
_BOUND = r"-?[\d０-９,，.．]*[\d０-９](?:[亿万千百]{0,2}元?|年度?)"
_RANGE = re.compile(
    rf"(?:{_BOUND})?(?:[ \t]*(?:\.\.\.?|．．|…|[~～〜—–-]|－|至|到)[ \t]*(?:{_BOUND})?)?"
    r"(?=[\s)）]|$)"
)
_FIGURE = re.compile(r"[\d.,%％]+")


@dataclass(frozen=True, slots=True)
class Token:
    """``text`` is the word, the phrase without quotes, or the value of a field.

    ``compare`` is the sign of ``金额>=…`` in half width, empty for a colon.  What is read as
    more than words (numbers, the values of amounts and years) is in simplified characters.
    """

    kind: TokenKind
    start: int
    end: int
    text: str = ""
    field: TypedField | None = None
    compare: str = ""


@lru_cache(maxsize=_REMEMBERED)
def clean(text: str) -> str:
    """The text with what no one can type made blank, every position kept."""
    return "".join(" " if unicodedata.category(c) in ("Cc", "Cs", "Cn", "Co") else c for c in text)


@lru_cache(maxsize=_REMEMBERED)
def tokens(text: str) -> tuple[Token, ...]:
    """The tokens of a cleaned text, in order; there is no text that has none but blank.

    Those lately asked for are remembered: one page asks for those of its query often.
    """
    return tuple(_Scanner(text).run())


class _Scanner:
    def __init__(self, text: str) -> None:
        self.text = text
        self.plain = simplified(text)
        self.at = 0
        self.quoted = _quoted_spans(text)
        pairs = _pairs(text, self.quoted)
        self.paired = {*pairs, *pairs.values()}
        self.groups = _at_ends_of_words(text, pairs)
        self.closing = set(self.groups.values())
        self.numbers = {
            mention.start: (mention.end, mention.number.normal)
            for mention in citations.find(self.plain)
            if mention.number is not None
        }
        self.found: list[Token] = []

    def run(self) -> list[Token]:
        while self.at < len(self.text):
            if self.text[self.at].isspace():
                self.at += 1
            else:
                self._next()
        return self.found

    def _next(self) -> None:
        at, character = self.at, self.text[self.at]
        if at in self.numbers:
            end, normal = self.numbers[at]
            self._add("number", end, normal)
        elif at in self.quoted:
            self._add("phrase", self.quoted[at], self.text[at + 1 : self.quoted[at] - 1])
        elif at in self.groups:
            self._add("open", at + 1)
        elif at in self.closing:
            self._add("close", at + 1)
        elif self._excludes():
            self._add("not", at + 1, character)
        elif self._is_stray():
            self._add("stray", at + 1, character)
        elif character in _BARS:
            self._add("or", at + 1, character)
        elif not self._field():
            self._word()

    def _add(self, kind: TokenKind, end: int, text: str = "") -> None:
        self.found.append(Token(kind, self.at, end, text))
        self.at = end

    def _excludes(self) -> bool:
        following = self.text[self.at + 1 : self.at + 2]
        if self.text[self.at] not in _MINUS or not following or following.isspace():
            return False
        if following in _MINUS or self.at + 1 in self.closing:
            return False
        figure = _FIGURE.match(self.text, self.at + 1)
        return figure is None or not self._ends_word(figure.end())

    def _is_stray(self) -> bool:
        """Whether a bracket starts or ends a word without its pair, or a minus stands alone."""
        character = self.text[self.at]
        if character in _OPENING:
            return self.at not in self.paired
        return (character in _MINUS and self._ends_word(self.at + 1)) or self._closes_nothing(
            self.at
        )

    def _closes_nothing(self, at: int) -> bool:
        return (
            self.text[at] in _CLOSING
            and at not in self.paired
            and (not self.text[at + 1 : at + 2].strip() or self.text[at + 1] in _CLOSING)
        )

    def _field(self) -> bool:
        match = _FIELD.match(self.plain, self.at)
        if match is None:
            return False
        name = FIELD_NAMES[match["name"].lower()]
        compare = unicodedata.normalize("NFKC", match["compare"] or match["bare"] or "")
        if compare not in ("", "=") and name not in _NUMERIC:
            return False
        start = match.end()
        value, end = self._value(start, name)
        token = Token("field", self.at, end, value, name, "" if compare == "=" else compare)
        self.found.append(token)
        self.at = end
        return True

    def _value(self, start: int, name: TypedField) -> tuple[str, int]:
        if start in self.numbers:
            end, normal = self.numbers[start]
            return normal, end
        if start in self.quoted and self._ends_word(self.quoted[start]):
            end = self.quoted[start]
            return self.text[start + 1 : end - 1], end
        if name in _NUMERIC and (match := _RANGE.match(self.plain, start)):
            return match[0], match.end()
        end = self._end_of_value(start)
        source = self.plain if name in _NUMERIC else self.text
        return source[start:end], end

    def _end_of_value(self, start: int) -> int:
        """Where a value ends that may have quotation marks inside (三公”经费)."""
        at = start
        while not self._ends_word(at):
            at = self.quoted.get(at, at + 1)
        return at

    def _ends_word(self, at: int) -> bool:
        return (
            at >= len(self.text)
            or self.text[at].isspace()
            or self.text[at] in _BARS
            or at in self.closing
            or self._closes_nothing(at)
        )

    def _word(self) -> None:
        end = max(self._end_of_word(self.at), self.at + 1)
        word = self.text[self.at : end]
        self._add(OPERATORS.get(self.plain[self.at : end], "word"), end, word)

    def _end_of_word(self, start: int) -> int:
        at = start
        while not self._ends_word(at):
            if at > start and (at in self.quoted or at in self.numbers):
                break
            at += 1
        return at


def _quoted_spans(text: str) -> dict[int, int]:
    """Start and end (behind the closing mark) of what stands between quotation marks."""
    spans = {}
    at = 0
    while at < len(text):
        closing = _QUOTES.get(text[at])
        end = text.find(closing, at + 1) if closing else -1
        if end > at + 1:
            spans[at] = end + 1
            at = end
        at += 1
    return spans


def _pairs(text: str, quoted: dict[int, int]) -> dict[int, int]:
    """The closing bracket of each opening one that has one, by position."""
    pairs: dict[int, int] = {}
    open_at: list[int] = []
    at = 0
    while at < len(text):
        if at in quoted:
            at = quoted[at]
            continue
        if text[at] in _OPENING:
            open_at.append(at)
        elif text[at] in _CLOSING and open_at:
            pairs[open_at.pop()] = at
        at += 1
    return pairs


def _at_ends_of_words(text: str, pairs: dict[int, int]) -> dict[int, int]:
    """The pairs of brackets that group words.

    A bracket inside a word (医疗救助（中央）) or one with a word hanging on its end
    （（一）概况） is printed text and groups nothing.
    """
    groups: dict[int, int] = {}
    openings = set(pairs)
    for start in sorted(pairs):
        if _starts(text, start, pairs, groups) and _ends(text, pairs[start], openings):
            groups[start] = pairs[start]
    return groups


def _starts(text: str, start: int, pairs: dict[int, int], groups: dict[int, int]) -> bool:
    """Whether a word may start there, or a group that one minus excludes; strays aside."""
    before = start - 1
    while before >= 0 and text[before] in _OPENING and before not in pairs:
        before -= 1
    if before >= 0 and text[before] in _MINUS:
        before -= 1
    return before < 0 or text[before].isspace() or before in groups


def _ends(text: str, end: int, openings: set[int]) -> bool:
    after = text[end + 1 : end + 2]
    return not after or after.isspace() or after in _CLOSING or end + 1 in openings
