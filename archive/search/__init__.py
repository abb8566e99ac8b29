"""Typed text -> :class:`ResultPage`: asks the engine and the store and joins the answers.

The engine finds disclosures by words, the store by facts.  Matches come in tiers: those
that have words and amount in one row, those of the query as it was read, those that hold
the typed text as it stands, those that cite a document number near to the one asked for.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial

from archive.citations import parse_number
from archive.engine import Engine, Scored
from archive.model import Document
from archive.privacy import holds_mobile_number
from archive.query import Notice, Parsed, as_printed, parse
from archive.query.tree import (
    Among,
    AmountRange,
    And,
    Field,
    Leaf,
    Not,
    Nothing,
    Or,
    Phrase,
    Query,
    Term,
    wanted,
)
from archive.query.values import in_digits
from archive.search.conditions import documents_of, mapped, numbers_named, resolved
from archive.search.excerpts import excerpt
from archive.search.places import HitPlace, Places
from archive.search.prose import prose
from archive.search.row_filter import RowFilter
from archive.search.snippets import Snippet
from archive.search.sought import Wanted, document_numbers, wanted_of
from archive.search.worthy_rows import WorthyRows
from archive.segment import longest_words, loosened
from archive.store import Store
from archive.store.lookup import Lookup

__all__ = ["Hit", "HitPlace", "ResultPage", "Snippet", "search"]

MOST_PER_PAGE = 100
_SHOWN_WORDS = 8


@dataclass(frozen=True, slots=True)
class Hit:
    """A disclosure that matches, with the places in it that match best, best first.

    ``snippet_url`` opens the place that the snippet is from.
    """

    document: Document
    score: float
    snippet: Snippet
    places: tuple[HitPlace, ...]
    snippet_url: str


@dataclass(frozen=True, slots=True)
class ResultPage:
    """One page of the hits; ``total`` counts all of them, ``ids`` are their documents.

    Where ``total_is_exact`` is false, so many would have to be looked into that ``total``
    is an estimate, and some of ``ids`` may be no hits; the hits themselves always match.
    ``near`` are the document numbers found for want of, or beside, the one asked for.
    """

    total: int
    hits: tuple[Hit, ...]
    notices: tuple[Notice, ...]
    parsed: Parsed
    ids: frozenset[str] = frozenset()
    total_is_exact: bool = True
    near: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Asked:
    """Those who answer: the engine words, the look-ups numbers, the rows other facts."""

    engine: Engine
    lookup: Lookup
    rows: RowFilter

    def resolved(self, query: Query) -> Query:
        return resolved(query, self.lookup, self.rows)


def search(
    store: Store, engine: Engine, text: str, *, limit: int = 10, offset: int = 0
) -> ResultPage:
    """The hits ``offset`` to ``offset + limit`` of a query in the language of
    :mod:`archive.query`; no text is an error."""
    parsed = parse(text)
    limit, offset = min(max(limit, 0), MOST_PER_PAGE), max(offset, 0)
    with store.snapshot():
        lookup = Lookup(store.db)
        asked = _Asked(engine, lookup, RowFilter(store.columns(), documents_of(store, engine)))
        near = _near_numbers(parsed.query, lookup)
        tiers, notices = _tiers(parsed, near, asked)
        found, query = engine.candidates(_any(tiers)), parsed.query
        if not found.ids:
            query, tiers, notices = _relaxed(parsed, asked)
            found = engine.candidates(_any(tiers))
            notices = [*notices, *_masking_told(store, text)]
        scored = _page(tiers, engine, limit, offset)
        shown = tuple(number for numbers in near.values() for number in numbers)
        exact = document_numbers(numbers_named(query, lookup))
        hits = _hits(store, asked, wanted_of(query, exact, shown), scored)
        return ResultPage(
            total=found.count.value,
            hits=tuple(hits),
            notices=(*parsed.notices, *notices),
            parsed=parsed,
            ids=found.ids,
            total_is_exact=found.count.is_exact,
            near=shown if found.ids else (),
        )


def _masking_told(store: Store, text: str) -> Iterator[Notice]:
    """Why a whole mobile number is not found."""
    if store.masks_mobile_numbers and holds_mobile_number(text):
        yield Notice("档案中的手机号码已打码，不能用完整号码查找。", 0, len(text))


def _any(tiers: Sequence[Query]) -> Query:
    """What matches in one of the tiers."""
    return tiers[0] if len(tiers) == 1 else Or(tuple(tiers))


def _tiers(
    parsed: Parsed, near: dict[str, tuple[str, ...]], asked: _Asked
) -> tuple[list[Query], list[Notice]]:
    """What matches come first, and what comes after those of earlier tiers."""
    exact = asked.resolved(parsed.query)
    tiers: list[Query] = [exact]
    if in_one_row := _in_one_row(parsed.query, asked.rows):
        tiers.insert(0, And((in_one_row, exact)))
    if parsed.literal:
        tiers.append(parsed.literal)
    if not near:
        return tiers, []
    before, with_near = _any(tiers), asked.resolved(_with_near(parsed.query, near))
    if not asked.engine.search(And((with_near, Not(before))), 1):
        return tiers, []
    any_exact = bool(asked.engine.search(before, 1))
    return [*tiers, with_near], [_near_notice(parsed, near, any_exact=any_exact)]


def _in_one_row(query: Query, rows: RowFilter) -> Among | None:
    """Where words and an amount are asked for: the disclosures with both in one row."""
    if not isinstance(query, And):
        return None
    amounts = [part for part in query.parts if isinstance(part, AmountRange)]
    texts = [part for part in query.parts if _is_text(part)]
    if len(amounts) != 1 or not texts:
        return None
    return Among(rows.documents(And((*texts, *amounts))))


def _is_text(query: Query) -> bool:
    """Whether it is a word or phrase, or one in several spellings (a year in its numerals)."""
    if isinstance(query, Or):
        return all(map(_is_text, query.parts))
    return isinstance(query, Term | Phrase)


def _page(tiers: Sequence[Query], engine: Engine, limit: int, offset: int) -> list[Scored]:
    scored: list[Scored] = []
    for number, tier in enumerate(tiers):
        if len(scored) == limit:
            break
        new = And((tier, Not(_any(tiers[:number])))) if number else tier
        found = engine.search(new, limit - len(scored), offset)
        scored += found
        if found or not offset:
            offset = 0
        elif number + 1 < len(tiers):
            offset = max(offset - len(engine.matching(new)), 0)
    return scored


def _near_numbers(query: Query, lookup: Lookup) -> dict[str, tuple[str, ...]]:
    """For each document number that the query wants, those in the archive near to it."""
    near: dict[str, tuple[str, ...]] = {}
    for leaf in wanted(query):
        number = parse_number(leaf.value) if isinstance(leaf, Field) else None
        if isinstance(leaf, Field) and leaf.name == "doc_no" and number:
            near[leaf.value] = lookup.near_numbers(number)
    return {number: others for number, others in near.items() if others}


def _with_near(query: Query, near: dict[str, tuple[str, ...]]) -> Query:
    def widened(leaf: Leaf) -> Query:
        if isinstance(leaf, Field) and leaf.name == "doc_no":
            numbers = (leaf.value, *near.get(leaf.value, ()))
            return Or(tuple(Field("doc_no", number) for number in numbers))
        return leaf

    return mapped(query, widened)


def _near_notice(parsed: Parsed, near: dict[str, tuple[str, ...]], any_exact: bool) -> Notice:
    asked, others = "、".join(near), "、".join(n for numbers in near.values() for n in numbers)
    if any_exact:
        message = f"另有文件引用与“{asked}”相近的文号：{others}，排在后面，请核对。"
    else:
        message = f"没有文件引用“{asked}”；以下引用的是相近的文号：{others}，请核对。"
    return Notice(message, 0, len(parsed.text))


def _relaxed(parsed: Parsed, asked: _Asked) -> tuple[Query, list[Query], list[Notice]]:
    """Where nothing matches: amounts, years and numbers as words, which the text may print
    and no row holds; else long words taken apart, first all of their words, then any."""
    printed = as_printed(parsed)
    if printed and printed != parsed.query and asked.engine.candidates(printed).ids:
        notice = Notice("没有完全匹配的文件；以下文件印有这些文字", 0, len(parsed.text))
        return printed, [printed], [notice]
    apart = tuple(dict.fromkeys(part for leaf in wanted(parsed.query) for part in _apart(leaf)))
    ways: tuple[tuple[type[And] | type[Or], str], ...] = (
        (And, "以下文件包含其中的词语"),
        (Or, "以下文件包含其中的部分词语"),
    )
    for kind, said in ways:
        query = mapped(parsed.query, partial(_words_of, kind))
        if query == parsed.query:
            break
        tier = asked.resolved(query)
        if asked.engine.candidates(tier).ids:
            shown = "、".join(apart[:_SHOWN_WORDS])
            notice = Notice(f"没有完全匹配的文件；{said}：{shown}", 0, len(parsed.text))
            return query, [tier], [notice]
    return parsed.query, [Nothing()], []


def _words_of(kind: type[And] | type[Or], leaf: Leaf) -> Query:
    """A word as the words that it is made of; a phrase stays as it is."""
    parts = _apart(leaf)
    return kind(tuple(Term(part) for part in parts)) if len(parts) > 1 else leaf


def _apart(leaf: Leaf) -> tuple[str, ...]:
    """The longest words in a word, none inside another."""
    return longest_words(loosened(in_digits(leaf.text))) if isinstance(leaf, Term) else ()


def _hits(store: Store, asked: _Asked, wants: Wanted, scored: Iterable[Scored]) -> Iterator[Hit]:
    scores = {one.id: one.score for one in scored}
    documents = asked.lookup.documents(list(scores))
    kept = [documents[id_] for id_ in scores if id_ in documents]
    rows = WorthyRows(store.columns(), asked.rows, asked.lookup, wants, kept)
    places = Places(asked.lookup, rows, wants, kept)
    for document in kept:
        told = prose(store, document.id)
        found = places.of(document, told)
        shown = excerpt(wants, document, told, found, partial(store.tables, document.id))
        yield Hit(document, scores[document.id], shown.snippet, found, shown.url)
