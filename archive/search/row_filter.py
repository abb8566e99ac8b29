"""Which rows and figures match a query: the tree answered by columns of integers.

A condition on words or codes is one on the row's subject, one on tables, agencies, years
one on its table, one on amounts one on the figure.  As long as conditions are only joined
by AND they are kept apart and each is answered where there is least to look at.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache, reduce
from itertools import chain

import numpy as np

from archive.fold import fold
from archive.query.tree import (
    Among,
    AmountRange,
    And,
    Everything,
    Field,
    Leaf,
    Not,
    Nothing,
    Or,
    Phrase,
    Query,
    Term,
    YearRange,
    wanted,
)
from archive.segment import loosened
from archive.store.columns import UNKNOWN_YEAR, Columns, Flags, Numbers
from archive.store.lookup import table_number

DocumentsOf = Callable[[Leaf], frozenset[str]]
_ROW_FIELDS = ("project", "code", "table")
_AFTER_DIGITS = ":"  # sorts behind every code that begins with the same digits
_SHORTEST_CODE = 3
_LEAST, _MOST = -(2**63), 2**63 - 1
_HALF_OF_STEPS = 32_768
_FEWEST_ROWS_AT_ONCE = 4  # of all rows one in so many: more are sooner looked at all


@dataclass(frozen=True, slots=True, eq=False)
class _Where:
    """Conditions that all hold; ``None`` is no condition."""

    subjects: Flags | None = None
    tables: Flags | None = None
    figures: Flags | None = None
    ranges: tuple[AmountRange, ...] = ()

    @property
    def kinds(self) -> tuple[bool, bool, bool]:
        """On what there are conditions: subjects, tables, figures."""
        figures = self.figures is not None or bool(self.ranges)
        return self.subjects is not None, self.tables is not None, figures

    @property
    def is_one_range(self) -> bool:
        """Whether one range of amounts is all that is asked for."""
        return self.kinds == (False, False, True) and self.figures is None and len(self.ranges) == 1


_ANYWHERE = _Where()


def is_of_rows(query: Query) -> bool:
    """Whether the query asks for something that a row has, and not for disclosures alone."""
    return any(_is_of_row(leaf) for leaf in wanted(query))


def _is_of_row(leaf: Leaf) -> bool:
    if isinstance(leaf, Field):
        return leaf.name in _ROW_FIELDS
    return isinstance(leaf, Term | Phrase | AmountRange)


class RowFilter:
    """Answers queries from some columns.

    ``documents_of`` answers the conditions on disclosures that columns do not know.
    ``names_only``: words are looked for in the names of projects alone.
    """

    def __init__(
        self, columns: Columns, documents_of: DocumentsOf, *, names_only: bool = False
    ) -> None:
        self._columns = columns
        self._documents_of = documents_of
        self._names_only = names_only

    def figures(self, query: Query) -> Numbers:
        """The figures of current versions that match, in order."""
        return self._figures(_both(self._where(query), _Where(tables=self._columns.current_tables)))

    def _figures(self, where: _Where) -> Numbers:
        if where.subjects is None and where.tables is None:
            return self._with_amount(None, where)
        flags = self._row_flags(where)
        if np.count_nonzero(flags) * _FEWEST_ROWS_AT_ONCE < self._columns.rows:
            return self._with_amount(self._columns.figures_of(np.flatnonzero(flags)), where)
        if where.kinds[2]:
            return np.flatnonzero(self._dense(where))
        return np.flatnonzero(flags[self._columns.figure_row])

    def documents(self, query: Query) -> frozenset[str]:
        """The disclosures with a row or figure that matches, superseded ones too."""
        where, columns = self._where(query), self._columns
        if where.kinds[2]:
            found, firsts = self._figures(where), columns.row_figure[columns.document_row]
        else:
            found, firsts = self._rows(where), columns.document_row
        return columns.ids_of(np.diff(np.searchsorted(found, firsts)) > 0)

    def holding(self, leaf: Term | Phrase) -> Flags:
        """Which labels contain a word or phrase."""
        if isinstance(leaf, Phrase):
            return self._columns.label_texts.holding(fold(leaf.text))
        return self._columns.loose_texts.holding(loosened(leaf.text))

    def with_code(self, value: str) -> Flags:
        """Subjects whose code begins with the digits, or is called so."""
        columns = self._columns
        if value.isdigit():
            codes = np.zeros(len(columns.codes), np.bool_)
            first = bisect_left(columns.codes, value)
            codes[first : bisect_left(columns.codes, value + _AFTER_DIGITS)] = True
            return codes[columns.subject_code]
        labels = self.holding(Term(value))
        flags: Flags = labels[columns.subject_label] | labels[columns.subject_code_label]
        flags &= columns.subject_code > 0
        return flags

    def _rows(self, where: _Where) -> Numbers:
        """The rows whose subjects and tables meet the conditions."""
        return np.flatnonzero(self._row_flags(where))

    def _row_flags(self, where: _Where) -> Flags:
        columns = self._columns
        if where.subjects is None:
            flags = np.ones(columns.rows, np.bool_)
        elif columns.rows_with(where.subjects) * _FEWEST_ROWS_AT_ONCE < columns.rows:
            flags = np.zeros(columns.rows, np.bool_)
            flags[columns.rows_of(where.subjects)] = True
        else:
            flags = where.subjects[columns.row_subject]
        if where.tables is not None:
            flags &= where.tables[columns.row_table]
        return flags

    def _with_amount(self, figures: Numbers | None, where: _Where) -> Numbers:
        """Those of ``figures``, or of all, that meet the conditions on figures."""
        if figures is None:
            flags = _figures_in_all_of(self._columns, where.ranges)
            return np.flatnonzero(flags if where.figures is None else flags & where.figures)
        if where.figures is not None:
            figures = figures[where.figures[figures]]
        if where.ranges:
            figures = figures[_in_all_of(self._columns.fen[figures], where.ranges)]
        return figures

    def _where(self, query: Query) -> _Where:
        if isinstance(query, And):
            return reduce(_both, map(self._where, query.parts), _ANYWHERE)
        if isinstance(query, Or):
            return self._any([self._where(part) for part in query.parts])
        if isinstance(query, Not):
            (part,) = self._alike([self._where(query.part)])
            return _inverted(part)
        return self._leaf(query)

    def _any(self, parts: list[_Where]) -> _Where:
        if any(not any(part.kinds) for part in parts):
            return _ANYWHERE
        ranges = [part.ranges[0] for part in parts if part.is_one_range]
        if len(ranges) > 1:
            parts = [part for part in parts if not part.is_one_range]
            parts.append(_Where(figures=_figures_in_one_of(self._columns, tuple(ranges))))
        return reduce(_either, self._alike(parts))

    def _alike(self, parts: list[_Where]) -> list[_Where]:
        """The same with conditions on one thing only: subjects, tables or else figures."""
        kinds = {part.kinds for part in parts}
        if kinds in ({(True, False, False)}, {(False, True, False)}):
            return parts
        return [_Where(figures=self._dense(part)) for part in parts]

    def _dense(self, where: _Where) -> Flags:
        """Of every figure whether it meets all the conditions."""
        columns = self._columns
        flags = self._row_flags(where)[columns.figure_row]
        if where.ranges:
            flags &= _figures_in_all_of(columns, where.ranges)
        if where.figures is not None:
            flags &= where.figures
        return flags

    def _leaf(self, leaf: Leaf) -> _Where:
        if isinstance(leaf, Everything):
            return _ANYWHERE
        if isinstance(leaf, AmountRange):
            return _Where(ranges=(leaf,))
        if isinstance(leaf, Term | Phrase):
            return _Where(subjects=self._with_words(leaf))
        if isinstance(leaf, YearRange):
            return _Where(tables=self._in_years(leaf))
        if isinstance(leaf, Field) and leaf.name == "project":
            return _Where(subjects=self._with_project(Term(leaf.value)))
        if isinstance(leaf, Field) and leaf.name == "code":
            return _Where(subjects=self.with_code(leaf.value))
        if isinstance(leaf, Field) and leaf.name == "table":
            return _Where(
                tables=captions_called(self._columns, leaf.value)[self._columns.table_caption]
            )
        return _Where(tables=self._of_documents(leaf))

    def _with_words(self, leaf: Term | Phrase) -> Flags:
        columns = self._columns
        if self._names_only:
            return self._with_project(leaf)
        labels = self.holding(leaf)
        flags: Flags = np.zeros(len(columns.subject_label), np.bool_)
        if labels.any():
            flags |= labels[columns.subject_project] | labels[columns.subject_label]
            flags |= labels[columns.subject_code_label]
        digits = leaf.text.strip()
        if digits.isascii() and digits.isdigit() and len(digits) >= _SHORTEST_CODE:
            flags |= self.with_code(digits)
        return flags

    def _with_project(self, leaf: Term | Phrase) -> Flags:
        return self.holding(leaf)[self._columns.subject_project]

    def _in_years(self, years: YearRange) -> Flags:
        year = self._columns.document_year
        flags: Flags = year != UNKNOWN_YEAR
        if years.low is not None:
            flags &= year >= years.low
        if years.high is not None:
            flags &= year <= years.high
        tables: Flags = flags[self._columns.table_document]
        return tables

    def _of_documents(self, leaf: Leaf) -> Flags:
        """The tables of the disclosures that meet a condition."""
        columns = self._columns
        flags = np.zeros(len(columns.documents), np.bool_)
        if not isinstance(leaf, Nothing):
            ids = leaf.ids if isinstance(leaf, Among) else self._documents_of(leaf)
            numbers = columns.document_number
            flags[[numbers[id_] for id_ in ids if id_ in numbers]] = True
        return flags[columns.table_document]


def captions_called(columns: Columns, value: str) -> Flags:
    """The captions of a number (8, 表八), or else those whose title or form contains it."""
    number = table_number(value)
    if number is not None:
        numbered: Flags = columns.caption_numbers == number
        return numbered
    text = loosened(value)
    return columns.caption_titles.holding(text) | columns.caption_forms.holding(text)


@lru_cache(maxsize=2)  # disclosures, their rows and projects are asked for in turn
def _figures_in_all_of(columns: Columns, ranges: tuple[AmountRange, ...]) -> Flags:
    flags = _in_all_of(columns.fen, ranges)
    flags.setflags(write=False)
    return flags


def _in_all_of(fen: Numbers, ranges: tuple[AmountRange, ...]) -> Flags:
    lows = (fen >= bounds.low_fen for bounds in ranges if bounds.low_fen is not None)
    highs = (fen <= bounds.high_fen for bounds in ranges if bounds.high_fen is not None)
    met = list(chain(lows, highs))
    return reduce(np.logical_and, met) if met else np.ones(len(fen), np.bool_)


@lru_cache(maxsize=2)
def _figures_in_one_of(columns: Columns, ranges: tuple[AmountRange, ...]) -> Flags:
    return in_one_of(columns.fen, ranges)


def in_one_of(fen: Numbers, ranges: Sequence[AmountRange]) -> Flags:
    """Which amounts lie in one of the ranges, in one pass however many they are."""
    bounds = sorted(
        (_LEAST if r.low_fen is None else r.low_fen, _MOST if r.high_fen is None else r.high_fen)
        for r in ranges
    )
    lows = np.array([low for low, _ in bounds], np.int64)
    highs = np.maximum.accumulate(np.array([high for _, high in bounds], np.int64))
    told = [abs(bound) for pair in bounds for bound in pair if bound not in (_LEAST, _MOST)]
    steps = _Steps(max(told, default=0))

    def begun(amounts: Numbers) -> Numbers:
        return np.searchsorted(lows, amounts, side="right") - 1

    def inside(amounts: Numbers, last: Numbers) -> Flags:
        flags: Flags = (last >= 0) & (amounts <= highs[last])
        return flags

    firsts, lasts = begun(steps.lowest), begun(steps.highest)
    alike = firsts == lasts
    whole = alike & inside(steps.highest, lasts)
    mixed = ~whole & ~(alike & ~inside(steps.lowest, firsts))
    mixed[[0, -1]] = True  # and beyond
    step_of = steps.of(fen)
    flags: Flags = whole[step_of]
    open_ = np.flatnonzero(mixed[step_of])
    flags[open_] = inside(fen[open_], begun(fen[open_]))
    return flags


class _Steps:
    """Amounts in steps of one width: most steps are all in a range or all in none, and an
    amount is told sooner by its step than by looking for its range."""

    def __init__(self, farthest: int) -> None:
        self._bits = (farthest // _HALF_OF_STEPS).bit_length()
        self.lowest: Numbers = np.arange(-_HALF_OF_STEPS, _HALF_OF_STEPS) << self._bits
        self.highest: Numbers = self.lowest + ((1 << self._bits) - 1)

    def of(self, fen: Numbers) -> Numbers:
        """The step of each amount; what lies beyond is in the first or last."""
        steps: Numbers = (fen >> self._bits) + _HALF_OF_STEPS
        return np.clip(steps, 0, 2 * _HALF_OF_STEPS - 1, out=steps)


def _both(one: _Where, other: _Where) -> _Where:
    return _Where(
        _joined(one.subjects, other.subjects),
        _joined(one.tables, other.tables),
        _joined(one.figures, other.figures),
        (*one.ranges, *other.ranges),
    )


def _joined(one: Flags | None, other: Flags | None) -> Flags | None:
    if one is None or other is None:
        return other if one is None else one
    return one & other


def _either(one: _Where, other: _Where) -> _Where:
    """One of two that are alike."""
    if one.subjects is not None and other.subjects is not None:
        return _Where(subjects=one.subjects | other.subjects)
    if one.tables is not None and other.tables is not None:
        return _Where(tables=one.tables | other.tables)
    assert one.figures is not None and other.figures is not None
    return _Where(figures=one.figures | other.figures)


def _inverted(where: _Where) -> _Where:
    if where.subjects is not None:
        return _Where(subjects=~where.subjects)
    if where.tables is not None:
        return _Where(tables=~where.tables)
    assert where.figures is not None
    return _Where(figures=~where.figures)
