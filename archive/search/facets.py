"""How a whole result divides by year, region, agency, kind, table form and functional class.

A value says how many results are left when its condition is added to the query, counted by
what the condition means: 单位:医疗保障局 also finds agencies whose name contains that one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache, partial, reduce
from itertools import takewhile

import numpy as np
from numpy.typing import NDArray

from archive.engine import Count
from archive.fold import fold
from archive.query import parse
from archive.query.readings import read
from archive.query.tokens import Token
from archive.query.tree import Field, FieldName, Or, Query
from archive.search.row_filter import captions_called
from archive.search.rows import RowResult
from archive.store.columns import UNKNOWN_YEAR, Columns, Distinct, Flags, Small

MOST_VALUES = 12
_CLASS_DIGITS = 3
_FUNCTIONAL = "2"  # functional codes begin with it, economic ones with 3 or 5
_NO_CLASS = -1
_PLAIN = re.compile("[\u4e00-\u9fff]+")

Counts = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class FacetValue:
    """``condition`` is what is added to a query to be left with ``count`` results, about so
    many where ``is_exact`` is false."""

    name: str
    count: int
    condition: str
    is_exact: bool = True


@dataclass(frozen=True, slots=True)
class Facet:
    """The values of one kind, most results first (years: newest first); ``others`` is how
    many more values there are."""

    name: str
    values: tuple[FacetValue, ...]
    others: int = 0


@dataclass(frozen=True, slots=True)
class _Counted:
    """The results of each document, statutory form and functional class."""

    documents: Counts
    forms: Counts
    classes: Counts


@lru_cache(maxsize=1)
def facets_by(columns: Columns) -> Facets:
    """What counts results by these columns, made once for them."""
    return Facets(columns)


class Facets:
    """Counts results by some columns; what does not depend on a result is kept."""

    def __init__(self, columns: Columns) -> None:
        self._columns = columns

    def of_rows(self, result: RowResult) -> tuple[Facet, ...]:
        """The facets of figures, each figure counted once."""
        columns = self._columns
        tables = np.bincount(result.tables, minlength=len(columns.table_document))
        subjects = np.bincount(
            columns.row_subject[result.rows], minlength=len(columns.subject_code)
        )
        captions = _sums(columns.table_caption, tables, len(columns.captions))
        return self._told(
            _Counted(
                documents=_sums(columns.table_document, tables, len(columns.documents)),
                forms=np.array([captions[flags].sum() for flags in self._form_captions], np.int64),
                classes=_sums(self._subject_class + 1, subjects, len(self._classes) + 1)[1:],
            )
        )

    def of_documents(self, ids: Iterable[str]) -> tuple[Facet, ...]:
        """The facets of disclosures, each disclosure counted once."""
        numbers = self._columns.document_number
        known = [number for number in map(numbers.get, ids) if number is not None]
        held = np.array(known, np.int64)
        documents = np.zeros(len(self._columns.documents), np.int64)
        documents[held] = 1
        return self._told(
            _Counted(
                documents=documents,
                forms=self._document_forms[held].sum(axis=0, dtype=np.int64),
                classes=self._document_classes[held].sum(axis=0, dtype=np.int64),
            )
        )

    def _told(self, counted: _Counted) -> tuple[Facet, ...]:
        columns, documents = self._columns, counted.documents
        facets = (
            _facet("年度", self._years(documents)),
            self._regions(documents),
            _named("agency", "单位", columns.agencies, documents),
            _named("kind", "类型", columns.kinds, documents),
            _facet("表", _largest(self._of_forms(counted.forms))),
            _facet("科目", _largest(self._of_classes(counted.classes))),
        )
        return tuple(facet for facet in facets if facet.values)

    def _years(self, documents: Counts) -> Iterator[FacetValue]:
        counts = np.bincount(self._columns.document_year, weights=documents)
        for year in np.flatnonzero(counts)[::-1].tolist():
            if year != UNKNOWN_YEAR:
                yield FacetValue(str(year), int(counts[year]), f"年度:{year}")

    def _regions(self, documents: Counts) -> Facet:
        """The divisions below the one that all results lie in."""
        names = self._columns.regions
        counts = _sums(names.of_document, documents, len(names.values))
        present = map(self._region_parts.__getitem__, np.flatnonzero(counts).tolist())
        parts = [path for path in present if path]
        depth = _shared(parts) + 1
        divisions = dict.fromkeys(path[:depth] for path in parts)
        values = (_counted("region", "地区", "/".join(p), names, counts) for p in divisions)
        return _facet("地区", _largest(value for value in values if value))

    @cached_property
    def _region_parts(self) -> tuple[tuple[str, ...], ...]:
        """The divisions of each region, none for no region."""
        values = self._columns.regions.values
        return tuple(tuple(value.split("/")) if value else () for value in values)

    def _of_forms(self, counts: Counts) -> Iterator[FacetValue]:
        for form, condition, count in zip(
            self._forms, self._form_conditions, counts.tolist(), strict=True
        ):
            if condition and count:
                yield FacetValue(form, count, condition.text)

    def _of_classes(self, counts: Counts) -> Iterator[FacetValue]:
        for class_, count in zip(self._classes, counts.tolist(), strict=True):
            if count:
                name = f"{class_} {self._class_names[class_]}".rstrip()
                yield FacetValue(name, count, f"科目:{class_}")

    @cached_property
    def _forms(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(c.form for c in self._columns.captions if c.form))

    @cached_property
    def _form_conditions(self) -> tuple[_Condition | None, ...]:
        return tuple(_condition("table", "表", form) for form in self._forms)

    @cached_property
    def _form_captions(self) -> tuple[Flags, ...]:
        """For each form the captions that the condition on it finds."""
        none: Flags = np.zeros(len(self._columns.captions), np.bool_)
        called = partial(captions_called, self._columns)
        return tuple(
            reduce(np.logical_or, map(called, condition.values), none) if condition else none
            for condition in self._form_conditions
        )

    @cached_property
    def _document_forms(self) -> Flags:
        """Whether a document (first axis) has a table of a form (second)."""
        columns = self._columns
        has = np.zeros((len(columns.documents), len(self._forms)), np.bool_)
        for number, captions in enumerate(self._form_captions):
            has[columns.table_document[captions[columns.table_caption]], number] = True
        return has

    @cached_property
    def _classes(self) -> tuple[str, ...]:
        """The functional classes (类), as 210."""
        return tuple(sorted({code[:_CLASS_DIGITS] for code in self._columns.codes if _is(code)}))

    @cached_property
    def _subject_class(self) -> Small:
        """The place of each subject's functional class, -1 where it has none."""
        place = {class_: number for number, class_ in enumerate(self._classes)}
        codes = self._columns.codes
        of_code = (place[c[:_CLASS_DIGITS]] if _is(c) else _NO_CLASS for c in codes)
        classes: Small = np.fromiter(of_code, np.int32, len(codes))[self._columns.subject_code]
        return classes

    @cached_property
    def _document_classes(self) -> Flags:
        """Whether a document (first axis) has a row of a class (second)."""
        columns = self._columns
        has = np.zeros((len(columns.documents), len(self._classes) + 1), np.bool_)
        documents = columns.table_document[columns.row_table]
        has[documents, self._subject_class[columns.row_subject]] = True  # -1 is the last
        return has[:, :-1]

    @cached_property
    def _class_names(self) -> dict[str, str]:
        columns = self._columns
        names = dict.fromkeys(self._classes, "")
        labels = dict(
            zip(columns.subject_code.tolist(), columns.subject_code_label.tolist(), strict=True)
        )
        for number, code in enumerate(columns.codes):
            if code in names and number in labels:
                names[code] = columns.folded[labels[number]]
        return names


def estimated(facets: Iterable[Facet], share: float) -> tuple[Facet, ...]:
    """The facets of candidates of which only that share match."""

    def of_matches(value: FacetValue) -> FacetValue:
        return replace(value, count=Count.about(value.count * share).value, is_exact=False)

    return tuple(replace(facet, values=tuple(map(of_matches, facet.values))) for facet in facets)


def _is(code: str) -> bool:
    """Whether it is a functional code, or stands below one."""
    return len(code) >= _CLASS_DIGITS and code.isdigit() and code.startswith(_FUNCTIONAL)


def _sums(places: Small, counts: Counts, size: int) -> Counts:
    return np.bincount(places, weights=counts, minlength=size).astype(np.int64)


def _facet(name: str, values: Iterable[FacetValue], every: int | None = None) -> Facet:
    """The first of the values; ``every`` is how many there are, if more than given."""
    given = list(values)
    shown = given[:MOST_VALUES]
    return Facet(name, tuple(shown), (len(given) if every is None else every) - len(shown))


def _largest(values: Iterable[FacetValue]) -> list[FacetValue]:
    return sorted(values, key=lambda value: (-value.count, value.name))


def _named(field: FieldName, said: str, names: Distinct, documents: Counts) -> Facet:
    """The values themselves, counted by what the condition on each finds."""
    counts = _sums(names.of_document, documents, len(names.values))
    present = np.flatnonzero(counts)
    first = present[np.argsort(-counts[present], kind="stable")][:MOST_VALUES].tolist()
    values = (_counted(field, said, names.values[number] or "", names, counts) for number in first)
    unnamed = names.values.index(None) if None in names.values else None
    known = len(present) - int(unnamed is not None and bool(counts[unnamed]))
    return _facet(said, _largest(value for value in values if value), known)


def _shared(paths: Sequence[tuple[str, ...]]) -> int:
    """How many of the first divisions are the same in all."""
    if not paths:
        return 0
    first, last = min(paths), max(paths)
    return sum(
        1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(first, last, strict=False))
    )


def _counted(
    field: FieldName, said: str, value: str, names: Distinct, counts: Counts
) -> FacetValue | None:
    condition = _condition(field, said, value)
    if condition is None:
        return None
    holds = reduce(np.logical_or, (names.folded.holding(fold(one)) for one in condition.values))
    return FacetValue(value.rsplit("/", maxsplit=1)[-1], int(counts[holds].sum()), condition.text)


@dataclass(frozen=True, slots=True)
class _Condition:
    """``text`` in the query language; it holds where one of ``values`` does."""

    text: str
    values: tuple[str, ...]


@lru_cache(maxsize=4096)
def _condition(field: FieldName, said: str, value: str) -> _Condition | None:
    """The shortest way to say it that is read as a condition on the field, if there is one."""
    bare = value.rsplit("/", maxsplit=1)[-1] if field == "region" else value
    whole = value.replace("/", "")
    for typed in (bare, f'"{bare}"', whole, f'"{whole}"'):
        text = f"{said}:{typed}"
        values = _values(field, _read(field, text, typed))
        if values and (field != "region" or values == (value,)):
            return _Condition(text, values)
    return None


def _read(field: FieldName, text: str, typed: str) -> Query | None:
    """How a condition is read; of Chinese characters alone there is but one way."""
    if _PLAIN.fullmatch(typed):
        return read(Token("field", 0, len(text), typed, field)).query
    return parse(text).query


def _values(field: FieldName, query: Query | None) -> tuple[str, ...]:
    """The values of a condition on that field alone, none if it is another query."""
    leaves = query.parts if isinstance(query, Or) else (query,)
    if all(isinstance(leaf, Field) and leaf.name == field for leaf in leaves):
        return tuple(leaf.value for leaf in leaves if isinstance(leaf, Field))
    return ()
