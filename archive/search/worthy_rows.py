"""The rows of a page of hits that say most of what is asked for, told by columns alone.

A common word is in hundreds of rows of ten disclosures, of which three each are shown: only
those are read from the store.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import reduce

import numpy as np
from numpy.typing import NDArray

from archive.amounts import FEN_PER_UNIT, plain, to_fen
from archive.model import Document
from archive.query.tree import Term
from archive.search.row_filter import RowFilter
from archive.search.sought import Wanted, worth
from archive.segment import loosened, without_quotes
from archive.store.columns import Columns, Flags, Numbers
from archive.store.figures import CHAPTER
from archive.store.lookup import FoundFigure, FoundRow, Lookup

_READ_AHEAD = 6  # rows of a disclosure: three are shown, and some say the same
_WORTH, _WORTH_WITHOUT_AMOUNT = 4.0, 3.0
_WORTH_OF_CONDITION = 3.0
_WORTH_OF_NUMBER, _WORTH_OF_FIGURES = 0.1, 0.2  # among equals

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class WorthyRow:
    """A row by its key in the store; a higher ``worth`` is better."""

    key: int
    worth: float


class WorthyRows:
    """The rows of some disclosures with one of the words in label or project, of a code or
    with a figure asked for.

    Where an amount is asked for only those with such a figure; in a disclosure that has none
    of them every row with one.
    """

    def __init__(
        self,
        columns: Columns,
        filter_: RowFilter,
        lookup: Lookup,
        wanted: Wanted,
        documents: Iterable[Document],
    ) -> None:
        self._columns, self._lookup, self._wanted = columns, lookup, wanted
        self._known: dict[int, FoundRow] = {}
        self._worths: dict[tuple[tuple[str, ...], int], float] = {}
        self._labels = _any(map(filter_.holding, map(Term, wanted.words)), len(columns.folded))
        self._codes = _any(map(filter_.with_code, wanted.codes), len(columns.subject_code))
        self._fen = np.array(sorted(_amounts_of(wanted.figures)), np.int64)
        asked = bool(wanted.words or wanted.codes or wanted.amounts)
        self._ranked = {one.id: self._rank(one) if asked else [] for one in documents}
        self._read(row.key for rows in self._ranked.values() for row in rows[:_READ_AHEAD])

    def of(self, document: Document) -> list[WorthyRow]:
        """The rows of one of the disclosures, best first, equals as they are printed."""
        return self._ranked[document.id]

    def known(self, key: int) -> FoundRow:
        """What the store holds of a row."""
        if key not in self._known:
            self._read([key])
        return self._known[key]

    def prints(self, figure: FoundFigure) -> bool:
        """Whether it is one of the printed figures asked for."""
        return plain(figure.printed).replace(",", "") in self._wanted.figures

    def _read(self, keys: Iterable[int]) -> None:
        unknown = [key for key in keys if key not in self._known]
        self._known.update(self._lookup.rows(unknown) if unknown else {})

    def _rank(self, document: Document) -> list[WorthyRow]:
        columns, number = self._columns, self._columns.document_number.get(document.id)
        if number is None:
            return []
        first, end = columns.document_row[number : number + 2].tolist()
        captions = columns.table_caption[columns.row_table[first:end]]
        end = first + int(np.count_nonzero(captions != CHAPTER))  # its projects are the last
        rows, first_key = slice(first, end), int(columns.first_row[number])
        printing = self._printing(rows, first_key)
        found = np.flatnonzero(self._asked_for(rows) | printing)
        worths = self._worth_of(document, first + found, printing[found])
        order = np.argsort(-worths, kind="stable")
        order = order[: np.count_nonzero(worths)]
        keys = (first_key + found[order]).tolist()
        return [WorthyRow(*row) for row in zip(keys, worths[order].tolist(), strict=True)]

    def _asked_for(self, rows: slice) -> Flags:
        columns = self._columns
        subjects = columns.row_subject[rows]
        asked: Flags = self._labels[columns.subject_label[subjects]]
        asked = asked | self._labels[columns.subject_project[subjects]] | self._codes[subjects]
        if self._wanted.amount is None:
            return asked
        low, high = self._wanted.amount
        fen = columns.fen[columns.row_figure[rows.start] : columns.row_figure[rows.stop]]
        within = np.ones(len(fen), np.bool_)
        if low is not None:
            within &= fen >= low
        if high is not None:
            within &= fen <= high
        in_range = self._having(within, rows)
        asked &= in_range
        return asked if asked.any() else in_range

    def _printing(self, rows: slice, first_key: int) -> Flags:
        """The rows with a figure that is printed as one that is asked for."""
        columns = self._columns
        flags = np.zeros(rows.stop - rows.start, np.bool_)
        if not len(self._fen):
            return flags
        fen = columns.fen[columns.row_figure[rows.start] : columns.row_figure[rows.stop]]
        may = np.flatnonzero(self._having(np.isin(fen, self._fen), rows)).tolist()
        self._read(first_key + row for row in may)
        for row in may:
            flags[row] = any(map(self.prints, self.known(first_key + row).figures))
        return flags

    def _having(self, figures: Flags, rows: slice) -> Flags:
        """The rows that one of those figures of theirs stands in."""
        flags = np.zeros(rows.stop - rows.start, np.bool_)
        first = self._columns.row_figure[rows.start]
        flags[self._columns.figure_row[first + np.flatnonzero(figures)] - rows.start] = True
        return flags

    def _worth_of(self, document: Document, rows: Numbers, printing: Flags) -> Floats:
        """What each row is worth, 0 for nothing."""
        columns, wanted = self._columns, self._wanted
        words = tuple(word for word in map(loosened, wanted.words_inside(document)) if word)
        subjects = columns.row_subject[rows]
        labels, projects = columns.subject_label[subjects], columns.subject_project[subjects]
        of_label = {
            label: self._worth_of_label(words, label)
            for label in {*labels.tolist(), *projects.tolist()}
        }
        said = zip(labels.tolist(), projects.tolist(), strict=True)
        share = np.fromiter((max(of_label[a], of_label[b]) for a, b in said), float, len(rows))
        has_figures = columns.row_figure[rows + 1] > columns.row_figure[rows]
        worths = share * np.where(has_figures, _WORTH, _WORTH_WITHOUT_AMOUNT)
        meets = printing | self._codes[subjects]
        if wanted.amounts and not wanted.words_beyond(document):
            meets = meets | (worths == 0)
        worths += _WORTH_OF_CONDITION * meets
        numbered = columns.caption_numbers[columns.table_caption[columns.row_table[rows]]] >= 0
        return worths + (worths > 0) * (
            _WORTH_OF_NUMBER * numbered + _WORTH_OF_FIGURES * has_figures
        )

    def _worth_of_label(self, words: tuple[str, ...], label: int) -> float:
        if not self._labels[label]:
            return 0.0
        key = (words, label)
        if key not in self._worths:
            self._worths[key] = worth(words, without_quotes(self._columns.folded[label]))
        return self._worths[key]


def _any(flags: Iterable[Flags], size: int) -> Flags:
    return reduce(np.logical_or, flags, np.zeros(size, np.bool_))


def _amounts_of(figures: Sequence[str]) -> set[int]:
    """What printed figures may be in fen, in any unit."""
    amounts = (to_fen(figure, unit) for figure in figures for unit in FEN_PER_UNIT)
    return {fen for fen in amounts if fen is not None and abs(fen) < 2**63}
