"""Conditions on facts, answered by the store's columns before the engine sees a query."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from archive.citations import parse_number
from archive.engine import Engine
from archive.query.tree import (
    Among,
    AmountRange,
    And,
    Field,
    Leaf,
    Not,
    Nothing,
    Or,
    Query,
)
from archive.search.row_filter import DocumentsOf, RowFilter
from archive.store import Store
from archive.store.lookup import Lookup

_OF_ROWS = ("project", "table", "code")


def mapped(query: Query, change: Callable[[Leaf], Query]) -> Query:
    """The same tree with its leaves changed."""
    if isinstance(query, And | Or):
        return type(query)(tuple(mapped(part, change) for part in query.parts))
    if isinstance(query, Not):
        return Not(mapped(query.part, change))
    return change(query)


def resolved(query: Query, lookup: Lookup, rows: RowFilter) -> Query:
    """The query with each condition on facts replaced by the disclosures that meet it."""

    def answer(leaf: Leaf) -> Query:
        return Among(rows.documents(leaf)) if _is_of_rows(leaf) else _numbered(leaf, lookup)

    if isinstance(query, Or):
        of_rows = tuple(part for part in query.parts if _is_of_rows(part))
        if len(of_rows) > 1:  # one look for all of them
            others = tuple(mapped(part, answer) for part in query.parts if part not in of_rows)
            return Or((Among(rows.documents(Or(of_rows))), *others))
    return mapped(query, answer)


def numbers_named(query: Query, lookup: Lookup) -> Query:
    """The query with each part of a document number replaced by the numbers it is part of."""
    return mapped(query, partial(_numbered, lookup=lookup))


def _is_of_rows(query: Query) -> bool:
    """Whether it is a single condition that rows meet."""
    if isinstance(query, Field):
        return query.name in _OF_ROWS
    return isinstance(query, AmountRange)


def documents_of(store: Store, engine: Engine) -> DocumentsOf:
    """What answers conditions on disclosures for a :class:`RowFilter`."""
    return lambda leaf: engine.matching(_numbered(leaf, Lookup(store.db)))


def _numbered(leaf: Leaf, lookup: Lookup) -> Query:
    """A part of a document number as the numbers that it is a part of."""
    if isinstance(leaf, Field) and leaf.name == "doc_no" and parse_number(leaf.value) is None:
        numbers = lookup.numbers_like(leaf.value)
        return Or(tuple(Field("doc_no", number) for number in numbers)) if numbers else Nothing()
    return leaf
