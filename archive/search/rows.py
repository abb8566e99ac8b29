"""The figures that a query finds in all disclosures: counted, sorted, paged and told.

Every figure of a row whose label, project or code name has the words is one result, or only
those in the range where an amount is asked for; so is the amount of a chapter's project.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property, reduce
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from archive.addresses import project_path, row_path
from archive.engine import Engine
from archive.query.tree import AmountRange, And, Field, Leaf, Not, Or, Phrase, Query, Term, wanted
from archive.search.conditions import documents_of
from archive.search.row_filter import RowFilter, is_of_rows
from archive.segment import loosened
from archive.store import Store
from archive.store.columns import Columns, Numbers, Small
from archive.store.rows import FigureRecord, read_figures

Sort = Literal["relevance", "amount", "amount-asc", "year", "year-asc"]
SORTS: tuple[Sort, ...] = ("relevance", "amount", "amount-asc", "year", "year-asc")
MOST_PER_PAGE = 1000
_READ_AT_ONCE = 1000
_EXACT = 100  # the worth of a label that is the word and nothing else
_YEARS = 10_000
_GLANCED_AT = 60


@dataclass(frozen=True, slots=True)
class FoundFigure:
    """A figure of a result; ``url`` opens its cell, or the page of its project."""

    record: FigureRecord
    url: str


class RowResult:
    """All figures that match; reads from the store only what is asked for."""

    def __init__(self, store: Store, columns: Columns, figures: Numbers, worth: Small) -> None:
        self._store = store
        self._columns = columns
        self._worth = worth
        self.figures = figures

    @property
    def total(self) -> int:
        """How many figures match."""
        return len(self.figures)

    def page(self, sort: Sort, limit: int, offset: int = 0) -> tuple[FoundFigure, ...]:
        """The figures ``offset`` to ``offset + limit`` in that order."""
        limit, offset = min(max(limit, 0), MOST_PER_PAGE), max(offset, 0)
        return self._told(self._slice(sort, offset, min(offset + limit, self.total)))

    def at_a_glance(self, most: int) -> tuple[FoundFigure, ...]:
        """Of the first figures by relevance, one for each name in a disclosure, at most so many.

        The columns of one row, and the tables that repeat it, tell one thing again and again.
        """
        figures = self._slice("relevance", 0, min(_GLANCED_AT, self.total))
        rows = self._columns.figure_row[figures]
        subjects = self._columns.row_subject[rows]
        projects = self._columns.subject_project[subjects]
        names = np.where(projects, projects, self._columns.subject_label[subjects])
        documents = self._columns.table_document[self._columns.row_table[rows]]
        pairs = np.stack([documents, names])
        firsts = np.sort(np.unique(pairs, axis=1, return_index=True)[1])[:most]
        return self._told(figures[firsts])

    def every(self, sort: Sort) -> Iterator[FoundFigure]:
        """All figures in that order, read in batches."""
        ordered = self.figures[np.argsort(self._keys(sort, self.figures), kind="stable")]
        for start in range(0, len(ordered), _READ_AT_ONCE):
            yield from self._told(ordered[start : start + _READ_AT_ONCE])

    def _told(self, figures: Numbers) -> tuple[FoundFigure, ...]:
        with self._store.snapshot():
            found = read_figures(self._store.db, self._columns, figures.tolist())
        return tuple(FoundFigure(record, _url(record)) for record in found)

    def _slice(self, sort: Sort, start: int, end: int) -> Numbers:
        """What stands there in order, without sorting the rest; equals as they are printed."""
        if start >= end:
            return self.figures[:0]
        figures = self._worthiest(end) if sort == "relevance" else self.figures
        keys = self._keys(sort, figures)
        bounds = np.partition(keys, [start, end - 1])
        low, high = bounds[start], bounds[end - 1]
        among = np.flatnonzero((keys >= low) & (keys <= high))
        ordered = among[np.argsort(keys[among], kind="stable")]
        before = int(np.count_nonzero(keys < low))
        return figures[ordered[start - before : end - before]]

    def _worthiest(self, count: int) -> Numbers:
        """The figures among which the first so many by relevance are."""
        if not self._worth.any():
            return self.figures
        worth = self._worth_of_figures
        having = np.bincount(worth, minlength=_EXACT + 1)
        as_good = np.cumsum(having[::-1])[::-1]  # how many are worth so much or more
        least = int(np.flatnonzero(as_good >= count)[-1])
        return self.figures[worth >= least]

    def _keys(self, sort: Sort, figures: Numbers) -> NDArray[np.signedinteger]:
        """For each of the figures a number that is the smaller the earlier it comes."""
        if sort == "amount":
            return -self._columns.fen[figures]
        if sort == "amount-asc":
            return self._columns.fen[figures]
        rows = self._columns.figure_row[figures]
        years = self._columns.row_year[rows]
        if sort == "year-asc":
            return np.where(years, years, _YEARS)
        if sort == "year" or not self._worth.any():
            return -years
        worth = self._worth[self._columns.row_subject[rows]]
        return -worth.astype(np.int64) * _YEARS - years

    def of_projects(self) -> RowResult:
        """Those of the figures that are of projects."""
        figures = self.figures[_of_projects(self._columns, self.figures)]
        return RowResult(self._store, self._columns, figures, self._worth)

    @cached_property
    def rows(self) -> Numbers:
        """The row of each figure."""
        return self._columns.figure_row[self.figures].astype(np.int64)

    @cached_property
    def tables(self) -> Small:
        """The table of each figure."""
        return self._columns.row_table[self.rows]

    @cached_property
    def _worth_of_figures(self) -> Small:
        subjects = self._columns.row_subject[self._columns.figure_row[self.figures]]
        return self._worth[subjects]


def find_rows(
    store: Store, engine: Engine, query: Query, *, projects_only: bool = False
) -> RowResult:
    """The figures that match; none where the query asks for disclosures alone.

    ``projects_only``: those of projects, and words are looked for in their names alone.
    """
    columns = store.columns()
    if not is_of_rows(query):
        return RowResult(store, columns, np.zeros(0, np.int64), np.zeros(0, np.int32))
    filter_ = RowFilter(columns, documents_of(store, engine), names_only=projects_only)
    found = RowResult(store, columns, filter_.figures(query), _worth(columns, filter_, query))
    return found.of_projects() if projects_only else found


def _of_projects(columns: Columns, figures: Numbers) -> NDArray[np.bool_]:
    of_project: NDArray[np.bool_] = columns.subject_project > 0
    return of_project[columns.row_subject[columns.figure_row[figures]]]


def _worth(columns: Columns, filter_: RowFilter, query: Query) -> Small:
    """For each subject how much of its label or project the words are, up to 100."""
    sought = [leaf for leaf in map(_words, wanted(query)) if leaf is not None]
    lengths = columns.loose_texts.lengths.astype(np.int64)
    held: Numbers = reduce(
        np.add,
        (filter_.holding(leaf) * len(loosened(leaf.text)) for leaf in sought),
        np.zeros(len(lengths), np.int64),
    )
    labels = np.minimum(_EXACT, _EXACT * held // np.maximum(lengths, 1)).astype(np.int32)
    return np.maximum(labels[columns.subject_label], labels[columns.subject_project])


def _words(leaf: Leaf) -> Term | Phrase | None:
    if isinstance(leaf, Field):
        return Term(leaf.value) if leaf.name in ("project", "code") else None
    return leaf if isinstance(leaf, Term | Phrase) else None


def has_words(query: Query) -> bool:
    """Whether the query asks for words or a phrase, or for what lacks them."""
    if isinstance(query, And | Or):
        return any(map(has_words, query.parts))
    return has_words(query.part) if isinstance(query, Not) else isinstance(query, Term | Phrase)


def has_amounts(query: Query) -> bool:
    """Whether the query asks for amounts."""
    return any(isinstance(leaf, AmountRange) for leaf in wanted(query))


def _url(record: FigureRecord) -> str:
    if record.table is None:
        return project_path(record.document, record.row)
    return row_path(record.document, record.table, record.row, record.column_id)
