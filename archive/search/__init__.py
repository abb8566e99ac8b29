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
from archive.query import Notice, Parsed, parse
from archive.query.tree import (
    Among,
    AmountRange,
    And,
    Field,
    Leaf,
    Or,
    Phrase,
    Query,
    Term,
    wanted,
)
from archive.query.values import in_digits
from archive.search.conditions import documents_of, mapped, resolved
from archive.search.excerpts import excerpt
from archive.search.places import HitPlace, Places
from archive.search.row_filter import RowFilter
from archive.search.snippets import Snippet
from archive.search.sought import Wanted, document_numbers, wanted_of
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
    """One page of the hits; ``total`` counts all of them, ``ids`` are their documents."""

    total: int
    hits: tuple[Hit, ...]
    notices: tuple[Notice, ...]
    parsed: Parsed
    ids: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class _Tier:
    """Matches that come after those of earlier tiers: ``ids`` are those it adds."""

    query: Query
    ids: frozenset[str]


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
        scored = _page(tiers, engine, limit, offset)
        query = parsed.query
        if not any(tier.ids for tier in tiers):
            query, scored, tiers, told = _relaxed(parsed, asked, limit, offset)
            notices += told
        shown = tuple(number for numbers in near.values() for number in numbers)
        exact = document_numbers(asked.resolved(query))
        hits = _hits(store, lookup, wanted_of(query, exact, shown), scored)
    return ResultPage(
        total=sum(len(tier.ids) for tier in tiers),
        hits=tuple(hits),
        notices=(*parsed.notices, *notices),
        parsed=parsed,
        ids=frozenset().union(*(tier.ids for tier in tiers)),
    )


def _tiers(
    parsed: Parsed, near: dict[str, tuple[str, ...]], asked: _Asked
) -> tuple[list[_Tier], list[Notice]]:
    exact = asked.resolved(parsed.query)
    queries: list[Query] = [exact]
    if in_one_row := _in_one_row(parsed.query, asked.rows):
        queries.insert(0, And((in_one_row, exact)))
    if parsed.literal:
        queries.append(parsed.literal)
    if near:
        queries.append(asked.resolved(_with_near(parsed.query, near)))
    tiers: list[_Tier] = []
    seen: frozenset[str] = frozenset()
    for query in queries:
        ids = asked.engine.matching(query) - seen
        tiers.append(_Tier(query, ids))
        seen |= ids
    notices = []
    if near and tiers[-1].ids:
        any_exact = any(tier.ids for tier in tiers[:-1])
        notices.append(_near_notice(parsed, near, any_exact=any_exact))
    return tiers, notices


def _in_one_row(query: Query, rows: RowFilter) -> Among | None:
    """Where words and an amount are asked for: the disclosures with both in one row."""
    if not isinstance(query, And):
        return None
    amounts = [part for part in query.parts if isinstance(part, AmountRange)]
    texts = [part for part in query.parts if isinstance(part, Term | Phrase)]
    if len(amounts) != 1 or not texts:
        return None
    return Among(rows.documents(And((*texts, *amounts))))


def _page(tiers: Sequence[_Tier], engine: Engine, limit: int, offset: int) -> list[Scored]:
    scored: list[Scored] = []
    for number, tier in enumerate(tiers):
        if offset < len(tier.ids) and len(scored) < limit:
            new = tier.query if number == 0 else And((Among(tier.ids), tier.query))
            scored += engine.search(new, limit - len(scored), offset)
        offset = max(offset - len(tier.ids), 0)
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


def _relaxed(
    parsed: Parsed, asked: _Asked, limit: int, offset: int
) -> tuple[Query, list[Scored], list[_Tier], list[Notice]]:
    """Where nothing matches: long words taken apart, first all of their words, then any."""
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
        ids = asked.engine.matching(tier)
        if ids:
            shown = "、".join(apart[:_SHOWN_WORDS])
            notice = Notice(f"没有完全匹配的文件；{said}：{shown}", 0, len(parsed.text))
            tiers = [_Tier(tier, ids)]
            return query, _page(tiers, asked.engine, limit, offset), tiers, [notice]
    return parsed.query, [], [], []


def _words_of(kind: type[And] | type[Or], leaf: Leaf) -> Query:
    """A word as the words that it is made of; a phrase stays as it is."""
    parts = _apart(leaf)
    return kind(tuple(Term(part) for part in parts)) if len(parts) > 1 else leaf


def _apart(leaf: Leaf) -> tuple[str, ...]:
    """The longest words in a word, none inside another."""
    return longest_words(loosened(in_digits(leaf.text))) if isinstance(leaf, Term) else ()


def _hits(store: Store, lookup: Lookup, asked: Wanted, scored: Iterable[Scored]) -> Iterator[Hit]:
    documents = [(one.score, store.document(one.id)) for one in scored]
    kept = [(score, document) for score, document in documents if document is not None]
    places = Places(lookup, asked, [document.id for _, document in kept])
    for score, document in kept:
        sections = store.sections(document.id)
        found = places.of(document, sections)
        shown = excerpt(asked, document, sections, found, partial(store.tables, document.id))
        yield Hit(document, score, shown.snippet, found, shown.url)
