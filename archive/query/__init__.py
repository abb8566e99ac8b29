"""Typed text -> :class:`Parsed`: a query tree, how each part was read, and notices.

No input is an error.  Space means AND and binds closer than OR; what was not understood is
said in a notice with its position and otherwise taken as plain text.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from archive.fold import fold
from archive.query.editing import without
from archive.query.parsed import MOST_CHARACTERS, Notice, Parsed, Reading
from archive.query.readings import Doubt, read
from archive.query.tokens import Token, clean, tokens
from archive.query.tree import (
    Among,
    AmountRange,
    And,
    Everything,
    Field,
    Not,
    Nothing,
    Or,
    Phrase,
    Query,
    Term,
    YearRange,
    wanted,
    wanted_texts,
)
from archive.query.values import year_spellings

__all__ = [
    "Among",
    "AmountRange",
    "And",
    "Everything",
    "Field",
    "Not",
    "Nothing",
    "Notice",
    "Or",
    "Parsed",
    "Phrase",
    "Query",
    "Reading",
    "Term",
    "YearRange",
    "as_printed",
    "parse",
    "wanted",
    "wanted_texts",
    "without",
]

MOST_PARTS = 100
DEEPEST_GROUP = 50
LONGEST_LITERAL = 1_000
_SHOWN = 20


def parse(text: str) -> Parsed:
    """The query that ``text`` stands for; blank text stands for everything."""
    builder = _Builder(text)
    kept = clean(text[:MOST_CHARACTERS])
    if len(text) > MOST_CHARACTERS:
        builder.notice(f"检索词过长，只用前 {MOST_CHARACTERS} 个字符", MOST_CHARACTERS, len(text))
    if kept != text[: len(kept)]:
        builder.notice("已忽略无法识别的字符", 0, len(kept))
    found = tokens(kept)
    for token in found:
        builder.take(token)
    return builder.finish(kept, found)


def as_printed(parsed: Parsed) -> Query | None:
    """The words as they stand, whatever was read in them, all of them to be found; ``None``
    where the query has conditions or operators of its own."""
    found = tokens(clean(parsed.text[:MOST_CHARACTERS]))
    if any(token.kind not in ("word", "number", "phrase") for token in found):
        return None
    words = [
        Phrase(each.text) if each.kind == "phrase" else Term(parsed.text[each.start : each.end])
        for each in found[:MOST_PARTS]
    ]
    return _joined(And, [word for word in words if fold(word.text)]) if len(words) > 1 else None


@dataclass(slots=True)
class _Group:
    """An open bracket: the alternatives so far, each the parts that all must hold."""

    start: int
    alternatives: list[dict[Query, None]]
    negated: bool = False
    pending_not: Token | None = None
    pending_or: Token | None = None

    def add(self, query: Query) -> None:
        if self.pending_not:
            query = Not(query)
            self.pending_not = None
        self.alternatives[-1][query] = None

    def query(self) -> Query | None:
        choices = [_joined(And, list(parts)) for parts in self.alternatives if parts]
        return _joined(Or, list(dict.fromkeys(choices))) if choices else None


@dataclass(slots=True)
class _Builder:
    """Builds the tree with a stack of its own, so that no input can exhaust Python's."""

    text: str
    notices: list[Notice] = field(default_factory=list)
    readings: list[Reading] = field(default_factory=list)
    groups: list[_Group] = field(default_factory=lambda: [_Group(0, [{}])])
    too_deep: int = 0
    parts: int = 0
    read_more: bool = False

    def notice(self, message: str, start: int, end: int) -> None:
        self.notices.append(Notice(message, start, end))

    def take(self, token: Token) -> None:
        if token.kind != "word":
            self.read_more = True
        match token.kind:
            case "open":
                self._open(token)
            case "close":
                self._close(token)
            case "or":
                self._or(token)
            case "and":
                self._unused_not(self.groups[-1])
            case "not":
                self.groups[-1].pending_not = self.groups[-1].pending_not or token
            case "stray":
                self._stray(token)
            case _:
                self._operand(token)

    def finish(self, kept: str, found: Sequence[Token]) -> Parsed:
        self._dangling(self.groups[-1])
        query = self.groups[0].query()
        if query is None:
            query = _textual(kept) if found else Everything()
        return Parsed(
            text=self.text,
            query=query,
            notices=tuple({notice.message: notice for notice in reversed(self.notices)}.values())[
                ::-1
            ],
            readings=tuple(self.readings),
            literal=self._literal(kept, found),
        )

    def _literal(self, text: str, found: Sequence[Token]) -> Query | None:
        """The text as it stands, unless words side by side are all that was read in it."""
        excludes = any(token.kind == "not" and position for position, token in enumerate(found))
        if not self.read_more or excludes or len(text) > LONGEST_LITERAL:
            return None
        if len(fold(text)) < 2:
            return None
        return _joined(Or, [Phrase(each) for each in year_spellings(text.strip())])

    def _open(self, token: Token) -> None:
        if len(self.groups) > DEEPEST_GROUP:
            if not self.too_deep:
                self.notice("括号嵌套过深，内层括号已忽略", token.start, token.end)
            self.too_deep += 1
            return
        group = self.groups[-1]
        self.groups.append(_Group(token.start, [{}], negated=group.pending_not is not None))
        group.pending_not = None

    def _close(self, token: Token) -> None:
        if self.too_deep or len(self.groups) == 1:
            self.too_deep = max(self.too_deep - 1, 0)
            return
        self._dangling(self.groups[-1])
        group = self.groups.pop()
        query = group.query()
        if query is None:
            self.notice("括号里没有检索词", group.start, token.end)
            return
        self.groups[-1].add(Not(query) if group.negated else query)

    def _stray(self, token: Token) -> None:
        said = "单独出现" if token.text in "-－" else "没有成对"
        self.notice(f"“{token.text}”{said}，已忽略", token.start, token.end)

    def _or(self, token: Token) -> None:
        group = self.groups[-1]
        self._dangling(group)
        if group.alternatives[-1]:
            group.alternatives.append({})
            group.pending_or = token
        else:
            self.notice(f"“{token.text}”前面没有检索词，已忽略", token.start, token.end)

    def _dangling(self, group: _Group) -> None:
        if not group.pending_not and group.pending_or and not group.alternatives[-1]:
            self._without_words(group.pending_or)
        self._unused_not(group)

    def _unused_not(self, group: _Group) -> None:
        if group.pending_not:
            self._without_words(group.pending_not)
        group.pending_not = None

    def _without_words(self, token: Token) -> None:
        self.notice(f"“{token.text}”后面没有检索词，已忽略", token.start, token.end)

    def _operand(self, token: Token) -> None:
        self.parts += 1
        if self.parts > MOST_PARTS:
            if self.parts == MOST_PARTS + 1:
                message = f"检索词过多，只用前 {MOST_PARTS} 个"
                self.notice(message, token.start, len(self.text))
            return
        outcome = read(token)
        for doubt in outcome.doubts:
            self._doubt(doubt, token)
        if outcome.query is None:
            return
        if outcome.query != Term(token.text):
            self.read_more = True
        group = self.groups[-1]
        start = group.pending_not.start if group.pending_not else token.start
        excluded = [g.negated for g in self.groups].count(True) + (group.pending_not is not None)
        said = f"不含 {outcome.said}" if excluded % 2 else outcome.said
        self.readings.append(Reading(start, token.end, said))
        group.add(outcome.query)

    def _doubt(self, doubt: Doubt, token: Token) -> None:
        shown = self.text[token.start : token.end]
        shown = shown if len(shown) <= _SHOWN else shown[:_SHOWN] + "…"
        self.notice(f"“{shown}”：{doubt.message}", token.start, token.end)


def _joined(kind: type[And] | type[Or], parts: list[Query]) -> Query:
    flat: list[Query] = []
    for part in parts:
        flat.extend(part.parts if isinstance(part, kind) else (part,))
    return flat[0] if len(flat) == 1 else kind(tuple(dict.fromkeys(flat)))


def _textual(text: str) -> Query:
    """Text that holds operators and nothing else, as what it may be printed as."""
    return Phrase(text.strip()) if fold(text) else Everything()
