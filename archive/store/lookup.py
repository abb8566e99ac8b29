"""Facts for search: document numbers, and where facts stand in a few disclosures.

Texts are compared folded and without quotation marks (:func:`archive.segment.loosened`).
Which rows of all disclosures match is answered by :mod:`archive.store.columns`.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from sqlite_utils import Database

from archive.citations import Number, are_near
from archive.citations.numerals import number_of
from archive.model import Document, TargetKind
from archive.segment import loosened
from archive.store.reading import read_some

_TABLE_NUMBER = re.compile(r"表?([0-9]{1,2}|[一二三四五六七八九十]{1,3})")


@dataclass(frozen=True, slots=True)
class FoundTable:
    """A table and its key in the store."""

    document_id: str
    key: int
    id: str
    number: int | None
    title: str
    form: str | None


@dataclass(frozen=True, slots=True)
class FoundFigure:
    """An amount in integer fen, the text that prints it and the index of its column."""

    column: int
    printed: str
    fen: int
    certain: bool


@dataclass(frozen=True, slots=True)
class FoundRow:
    """A row of the table with that key, with its amounts in printed order."""

    table_key: int
    id: str
    code: str | None
    label: str
    project: str | None
    figures: tuple[FoundFigure, ...]


@dataclass(frozen=True, slots=True)
class FoundProject:
    """A project of a narrative chapter; ``citations`` are normal forms."""

    document_id: str
    id: str
    name: str
    amount_fen: int | None
    section: str | None
    citations: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FoundCitation:
    """Where a document number of that normal form is relied on."""

    document_id: str
    normal: str
    kind: TargetKind
    target_id: str
    target_row: str | None
    row_label: str | None


@dataclass(frozen=True, slots=True)
class FoundSection:
    """A section without its place."""

    id: str
    heading: str
    text: str


class Lookup:
    """The look-ups, on one thread's connection."""

    def __init__(self, db: Database) -> None:
        self._db = db

    # Document numbers

    def near_numbers(self, number: Number) -> tuple[str, ...]:
        """Normal forms of other document numbers that may be meant by this one."""
        sql = """
            SELECT DISTINCT normal, issuer FROM citations
             WHERE year = ? AND number = ? AND normal IS NOT NULL ORDER BY normal
        """
        found = self._db.execute(sql, [number.year, number.number])
        others = ((normal, Number(issuer, number.year, number.number)) for normal, issuer in found)
        return tuple(normal for normal, other in others if are_near(number, other))

    def numbers_like(self, text: str) -> tuple[str, ...]:
        """Normal forms of the document numbers that contain the text."""
        wanted = loosened(text)
        sql = "SELECT DISTINCT normal FROM citations WHERE normal IS NOT NULL ORDER BY normal"
        return tuple(n for (n,) in self._db.execute(sql) if wanted in loosened(n))

    # Where in a few disclosures

    def tables(self, ids: Sequence[str]) -> list[FoundTable]:
        """All tables of these disclosures in printed order."""
        sql = """
            SELECT document_id, key, id, number, title, form FROM tables
             WHERE document_id IN (SELECT value FROM json_each(?)) ORDER BY document_id, ordinal
        """
        return [FoundTable(*found) for found in self._db.execute(sql, [_as_json(ids)])]

    def sections(self, document_id: str) -> list[FoundSection]:
        """The sections of a disclosure in printed order."""
        sql = "SELECT id, heading, text FROM sections WHERE document_id = ? ORDER BY ordinal"
        return [FoundSection(*found) for found in self._db.execute(sql, [document_id])]

    def documents(self, ids: Sequence[str]) -> dict[str, Document]:
        """Those of the documents that the archive holds, by id."""
        return read_some(self._db, ids)

    def headings(self, table_key: int) -> tuple[str, ...]:
        """The header texts of each column of the table with that key, joined."""
        sql = "SELECT columns FROM tables WHERE key = ?"
        (columns,) = self._db.execute(sql, [table_key]).fetchone()
        return _joined(columns)

    def rows(self, keys: Sequence[int]) -> dict[int, FoundRow]:
        """The rows with these keys, by key."""
        sql = """
            SELECT rows.key, table_key, rows.id, label.text, code, project.text FROM rows
                   JOIN labels AS label ON label.id = label_id
                   LEFT JOIN labels AS project ON project.id = project_id
             WHERE rows.key IN (SELECT value FROM json_each(?))
        """
        figures = self._figures(keys)
        return {
            key: FoundRow(table, id_, code, label, project, tuple(figures.get(key, ())))
            for key, table, id_, label, code, project in self._db.execute(sql, [json.dumps(keys)])
        }

    def projects(self, ids: Sequence[str]) -> list[FoundProject]:
        """All projects of these disclosures in printed order."""
        sql = """
            SELECT document_id, projects.id, text, amount_fen, section, citations
              FROM projects JOIN labels ON labels.id = label_id
             WHERE document_id IN (SELECT value FROM json_each(?)) ORDER BY document_id, ordinal
        """
        return [
            FoundProject(document_id, id_, name, fen, section, tuple(json.loads(citations)))
            for document_id, id_, name, fen, section, citations in self._db.execute(
                sql, [_as_json(ids)]
            )
        ]

    def citations(self, ids: Sequence[str], normals: Iterable[str]) -> list[FoundCitation]:
        """Where these disclosures rely on document numbers of these normal forms."""
        sql = """
            SELECT citations.document_id, normal, target_kind, target_id, target_row, labels.text
              FROM citations
                   LEFT JOIN tables ON tables.document_id = citations.document_id
                         AND tables.id = target_id AND target_kind = 'row'
                   LEFT JOIN rows ON table_key = tables.key AND rows.id = target_row
                   LEFT JOIN labels ON labels.id = label_id
             WHERE citations.document_id IN (SELECT value FROM json_each(?))
               AND normal IN (SELECT value FROM json_each(?))
             ORDER BY citations.document_id, citations.ordinal
        """
        asked = [_as_json(ids), _as_json(normals)]
        return [FoundCitation(*found) for found in self._db.execute(sql, asked)]

    def _figures(self, row_keys: Sequence[int]) -> dict[int, list[FoundFigure]]:
        sql = """
            SELECT row_key, "column", printed, fen, certain FROM cells
             WHERE row_key IN (SELECT value FROM json_each(?)) AND fen IS NOT NULL
             ORDER BY row_key, ordinal
        """
        found: dict[int, list[FoundFigure]] = {}
        for key, column, printed, fen, certain in self._db.execute(sql, [json.dumps(row_keys)]):
            figure = FoundFigure(column, printed, fen, bool(certain))
            found.setdefault(key, []).append(figure)
        return found


@lru_cache(maxsize=2_000)  # most disclosures print the same headers
def _joined(columns: str) -> tuple[str, ...]:
    return tuple("".join(path) for path, _ in json.loads(columns))


def table_number(text: str) -> int | None:
    """The number that ``8``, ``表8`` or ``表八`` asks for, ``None`` when it is a title."""
    match = _TABLE_NUMBER.fullmatch(loosened(text))
    return number_of(match[1]) if match else None


def _as_json(values: Iterable[str]) -> str:
    return json.dumps(list(values))
