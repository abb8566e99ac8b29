"""All rows and figures of the archive side by side in memory, for filters and counts.

What :mod:`archive.store.figures` packs, as columns of integers: about 14 bytes a figure and
16 a row.  A :class:`Columns` never changes; :class:`ColumnsOfStore` gives the one that holds
what the store holds now.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sqlite_utils import Database

from archive.fold import fold
from archive.privacy import FACT
from archive.segment import loosened, without_quotes

Numbers = NDArray[np.int64]
Small = NDArray[np.int32]
Flags = NDArray[np.bool_]

UNKNOWN_YEAR = 0
_MOST_ANSWERS = 256


@dataclass(frozen=True, slots=True)
class DocumentFacts:
    """What rows are narrowed by, of the disclosure that they stand in."""

    id: str
    agency: str | None
    region: str | None
    fiscal_year: int | None
    kind: str
    superseded: bool


@dataclass(frozen=True, slots=True)
class Caption:
    """What a table is called; ``number`` and ``form`` are ``None`` where there is none."""

    number: int | None
    title: str
    form: str | None


class Texts:
    """Distinct texts that are searched all at once, for a part of one."""

    def __init__(self, texts: Sequence[str]) -> None:
        self._joined = "\n".join(texts)
        self.lengths: Small = np.fromiter(map(len, texts), np.int32, len(texts))
        self._ends: Numbers = np.cumsum(self.lengths + 1, dtype=np.int64)
        self._answers: dict[str, Flags] = {}

    def holding(self, part: str) -> Flags:
        """Which of the texts contain ``part``; none contains nothing, or a line's end."""
        known = self._answers.get(part)
        if known is None:
            known = self._search(part)
            if len(self._answers) >= _MOST_ANSWERS:
                self._answers.clear()
            self._answers[part] = known
        return known

    def _search(self, part: str) -> Flags:
        flags: Flags = np.zeros(len(self.lengths), np.bool_)
        if not part or "\n" in part:
            return flags
        found = []
        at = self._joined.find(part)
        while at >= 0:
            found.append(at)
            at = self._joined.find(part, at + 1)
        flags[np.searchsorted(self._ends, np.asarray(found, np.int64), side="right")] = True
        return flags


class Distinct:
    """The different values of a column of documents, and which of them each document has."""

    def __init__(self, values: Sequence[str | None]) -> None:
        places = {value: place for place, value in enumerate(dict.fromkeys(values))}
        self.values: tuple[str | None, ...] = tuple(places)
        self.folded = Texts([fold(value or "") for value in self.values])
        self.of_document: Small = np.fromiter(
            (places[value] for value in values), np.int32, len(values)
        )


@dataclass(frozen=True, eq=False)
class Columns:
    """The columns; documents, tables, rows and figures are numbered from 0 in order.

    ``row_figure`` has one entry more than there are rows: the figures of row *i* are
    ``row_figure[i]`` up to ``row_figure[i + 1]``.  ``row_subject`` and the ``subject_…``
    columns go by the subject's place in ``codes``; ``label_texts`` by the label's id.  A
    subject without project has the project 0, whose text is empty.
    """

    documents: tuple[DocumentFacts, ...]
    first_row: Numbers  # of a document, the key of its first row in the store
    document_row: Numbers  # of a document, its first row here; one entry more
    captions: tuple[Caption, ...]
    table_document: Small
    table_caption: Small
    row_table: Small
    row_subject: Small
    row_figure: Numbers
    figure_row: Small
    ordinals: NDArray[np.uint16]
    fen: Numbers
    subject_label: Small
    subject_project: Small
    subject_code: Small
    codes: tuple[str, ...]
    folded: tuple[str, ...]

    @property
    def rows(self) -> int:
        """How many rows there are, projects of a chapter among them."""
        return len(self.row_table)

    @property
    def figures(self) -> int:
        """How many figures there are."""
        return len(self.fen)

    @cached_property
    def ids(self) -> tuple[str, ...]:
        """The id of each document."""
        return tuple(document.id for document in self.documents)

    @cached_property
    def all_ids(self) -> frozenset[str]:
        """The ids of all documents."""
        return frozenset(self.ids)

    def ids_of(self, documents: Flags) -> frozenset[str]:
        """The ids of these documents."""
        if documents.all():
            return self.all_ids
        return frozenset(map(self.ids.__getitem__, np.flatnonzero(documents).tolist()))

    @cached_property
    def label_texts(self) -> Texts:
        """The labels folded, quotation marks kept."""
        return Texts(self.folded)

    @cached_property
    def loose_texts(self) -> Texts:
        """The labels folded, without quotation marks."""
        return Texts([without_quotes(text) for text in self.folded])

    @cached_property
    def document_year(self) -> Small:
        """The fiscal year of each document, :data:`UNKNOWN_YEAR` where it is not known."""
        years = (document.fiscal_year or UNKNOWN_YEAR for document in self.documents)
        return np.fromiter(years, np.int32, len(self.documents))

    @cached_property
    def row_year(self) -> NDArray[np.int16]:
        """The fiscal year of the document of each row."""
        years: NDArray[np.int16] = self.document_year.astype(np.int16)
        return years[self.table_document][self.row_table]

    @cached_property
    def agencies(self) -> Distinct:
        """The agencies of the documents."""
        return Distinct([document.agency for document in self.documents])

    @cached_property
    def regions(self) -> Distinct:
        """The regions of the documents."""
        return Distinct([document.region for document in self.documents])

    @cached_property
    def kinds(self) -> Distinct:
        """The kinds of the documents."""
        return Distinct([document.kind for document in self.documents])

    @cached_property
    def table_row(self) -> Numbers:
        """The first row of each table."""
        return np.searchsorted(self.row_table, np.arange(len(self.table_document)))

    @cached_property
    def current_tables(self) -> Flags | None:
        """Which tables stand in no superseded version; ``None`` when all do."""
        if not any(document.superseded for document in self.documents):
            return None
        current = np.array([not document.superseded for document in self.documents], np.bool_)
        tables: Flags = current[self.table_document]
        return tables

    @cached_property
    def document_number(self) -> dict[str, int]:
        """The number of each document by its id."""
        return {document.id: number for number, document in enumerate(self.documents)}

    @cached_property
    def subject_code_label(self) -> Small:
        """The label that most rows with the subject's code bear and that is no project's name:
        the name of the code."""
        rows = np.bincount(self.row_subject, minlength=len(self.subject_code))
        named = self.loose_texts.lengths[self.subject_label] > 0
        no_project = self.subject_label != self.subject_project
        order = np.lexsort((rows * named * no_project, self.subject_code))
        codes, labels = self.subject_code[order], self.subject_label[order]
        last = np.append(codes[1:] != codes[:-1], True) if len(codes) else np.zeros(0, np.bool_)
        names = np.zeros(len(self.codes), np.int32)
        names[codes[last]] = labels[last]
        names[0] = 0  # no code
        return names[self.subject_code]

    @cached_property
    def caption_titles(self) -> Texts:
        """The titles of the captions as they are compared."""
        return Texts([loosened(caption.title) for caption in self.captions])

    @cached_property
    def caption_forms(self) -> Texts:
        """The forms of the captions as they are compared."""
        return Texts([loosened(caption.form or "") for caption in self.captions])

    @cached_property
    def caption_numbers(self) -> Small:
        """The printed number of each caption, -1 where there is none."""
        numbers = (-1 if c.number is None else c.number for c in self.captions)
        return np.fromiter(numbers, np.int32, len(self.captions))

    @cached_property
    def _subject_rows(self) -> tuple[Small, Numbers]:
        """All rows by subject, and where the rows of each subject begin; one entry more."""
        rows = np.argsort(self.row_subject, kind="stable").astype(np.int32)
        counts = np.bincount(self.row_subject, minlength=len(self.subject_code))
        return rows, _starts(counts)

    def rows_with(self, subjects: Flags) -> int:
        """How many rows have one of these subjects."""
        return int(np.diff(self._subject_rows[1])[subjects].sum())

    def rows_of(self, subjects: Flags) -> Small:
        """The rows with one of these subjects, in no order."""
        rows, starts = self._subject_rows
        chosen = np.flatnonzero(subjects)
        return rows[_ranges(starts[chosen], starts[chosen + 1])]

    def figures_of(self, rows: Numbers) -> Numbers:
        """The figures of some rows, in the order of the rows."""
        return _ranges(self.row_figure[rows], self.row_figure[rows + 1])


def _ranges(starts: Numbers, ends: Numbers) -> Numbers:
    """The numbers from each start to its end, one range after the other."""
    counts = ends - starts
    steps = np.repeat(ends - np.cumsum(counts), counts)
    return steps + np.arange(len(steps), dtype=np.int64)


def load(db: Database) -> Columns:
    """Read all columns; about a second for six million figures."""
    sql = """
        SELECT id, agency, region, fiscal_year, kind, superseded_by IS NOT NULL, first_row,
               captions, lengths, subjects, counts, ordinals, fen
          FROM documents JOIN figures ON document_id = id ORDER BY sequence
    """
    documents, first_row = [], []
    packed: list[tuple[bytes, ...]] = []
    for id_, agency, region, year, kind, superseded, first, *columns in db.execute(sql):
        documents.append(DocumentFacts(id_, agency, region, year, kind, bool(superseded)))
        first_row.append(first)
        packed.append(tuple(columns))
    caption_ids, lengths, subjects, counts, ordinals, fen = _unpacked(packed)
    tables_each = [len(record[0]) // 4 for record in packed]
    rows_each = [len(record[2]) // 4 for record in packed]
    captions, caption_places = _captions(db)
    subject_places, subject_columns, codes = _subjects(db)
    folded = _labels(db)
    table_numbers = np.arange(len(lengths), dtype=np.int32)
    return Columns(
        documents=tuple(documents),
        first_row=np.asarray(first_row, np.int64),
        document_row=_starts(rows_each),
        captions=captions,
        table_document=np.repeat(np.arange(len(documents), dtype=np.int32), tables_each),
        table_caption=caption_places[caption_ids],
        row_table=np.repeat(table_numbers, lengths),
        row_subject=subject_places[subjects],
        row_figure=_starts(counts),
        figure_row=np.repeat(np.arange(len(counts), dtype=np.int32), counts),
        ordinals=ordinals,
        fen=fen,
        subject_label=subject_columns[0],
        subject_project=subject_columns[1],
        subject_code=subject_columns[2],
        codes=codes,
        folded=folded,
    )


def _unpacked(packed: Sequence[tuple[bytes, ...]]) -> Iterator[NDArray[Any]]:
    """The columns of the table ``figures``, those of all documents one after the other."""
    types = ("<i4", "<i4", "<i4", "<u2", "<u2", "<i8")
    columns = zip(*packed, strict=True) if packed else ((),) * len(types)
    for column, type_ in zip(columns, types, strict=True):
        yield np.frombuffer(b"".join(column), np.dtype(type_))


def _starts(lengths: Sequence[int] | NDArray[np.integer]) -> Numbers:
    return np.concatenate(([0], np.cumsum(np.asarray(lengths, np.int64), dtype=np.int64)))


def _captions(db: Database) -> tuple[tuple[Caption, ...], Small]:
    """The captions, that of the chapter's projects first, and the place of each by its id."""
    found = db.execute("SELECT id, number, title, form FROM captions").fetchall()
    captions = [Caption(None, "", None)]
    captions += [Caption(None if n < 0 else n, title, form or None) for _, n, title, form in found]
    return tuple(captions), _places([0, *(id_ for id_, *_ in found)])


def _subjects(db: Database) -> tuple[Small, tuple[Small, Small, Small], tuple[str, ...]]:
    """The place of each subject by its id; their labels, projects and codes; the codes."""
    found = db.execute("SELECT id, label_id, project_id, code FROM subjects").fetchall()
    codes = sorted({code for *_, code in found} | {""})
    number = {code: place for place, code in enumerate(codes)}
    columns = (
        np.fromiter((label for _, label, _, _ in found), np.int32, len(found)),
        np.fromiter((project for _, _, project, _ in found), np.int32, len(found)),
        np.fromiter((number[code] for *_, code in found), np.int32, len(found)),
    )
    return _places([id_ for id_, *_ in found]), columns, tuple(codes)


def _labels(db: Database) -> tuple[str, ...]:
    """The folded text of each label by its id; ids that nothing bears have no text."""
    (last,) = db.execute("SELECT coalesce(max(id), 0) FROM labels").fetchone()
    (noted,) = db.execute(
        "SELECT coalesce(max(max(label_id), max(project_id)), 0) FROM subjects"
    ).fetchone()
    texts = [""] * (max(last, noted) + 1)
    for id_, folded in db.execute("SELECT id, folded FROM labels"):
        texts[id_] = folded
    return tuple(texts)


def _places(ids: Sequence[int]) -> Small:
    """For each id its place in ``ids``."""
    places = np.zeros(max(ids, default=0) + 1, np.int32)
    places[np.asarray(ids, np.int64)] = np.arange(len(ids), dtype=np.int32)
    return places


class ColumnsOfStore:
    """The columns of what the store holds, read anew when that has changed."""

    def __init__(self, connection: Callable[[], Database]) -> None:
        self._connection = connection
        self._guard = threading.Lock()
        self._held: tuple[object, Columns] | None = None
        self._seen = threading.local()

    def now(self) -> Columns:
        """The columns of what the calling thread's connection sees."""
        db = self._connection()
        state = self.state()
        with self._guard:
            if self._held is None or self._held[0] != state:
                self._held = (state, load(db))
            return self._held[1]

    def state(self) -> object:
        """Equal for equal contents; asked again only when something was written.

        A document whose records were read by another version of the stages is another one.
        """
        db = self._connection()
        (version,) = db.execute("PRAGMA data_version").fetchone()
        written = (version, db.conn.total_changes)
        if getattr(self._seen, "written", None) != written:
            sql = """
                SELECT group_concat(id || ' ' || extractor || ' ' || (superseded_by IS NULL)
                                    || ' ' || coalesce(agency, '')),
                       (SELECT value FROM facts WHERE name = ?)
                  FROM (SELECT * FROM documents ORDER BY sequence)
            """
            self._seen.state = db.execute(sql, [FACT]).fetchone()
            self._seen.written = written
        return self._seen.state
