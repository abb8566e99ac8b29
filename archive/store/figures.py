"""What rows are filtered by, as packed integers: one record a disclosure.

Labels, projects and codes repeat massively, and so do the names of tables: each distinct
(label, project, code) stands once in ``subjects``, each distinct (number, title, form) once
in ``captions``.  A record of ``figures`` holds, little-endian and in printed order,

* ``captions``, ``lengths``: for each table its caption (int32) and its number of rows (int32);
* ``subjects``, ``counts``: for each row its subject (int32) and its number of figures (uint16);
* ``ordinals``, ``fen``: for each figure the ordinal of its cell (uint16) and integer fen (int64).

The projects of the explanation chapter follow the tables as one more table whose caption is
:data:`CHAPTER`, a project being a row with at most one figure.  All of it is derived from
``tables``, ``rows``, ``cells`` and ``projects``; :mod:`archive.store.columns` reads it.
"""

from __future__ import annotations

import itertools
import sys
from array import array
from collections import Counter
from collections.abc import Iterable
from typing import TypeVar

from sqlite_utils import Database

from archive.store.bulk import insert, next_key

CHAPTER = 0
_NONE = 0  # of a project: the dictionary of labels begins with 1

SCHEMA = """
CREATE TABLE subjects (
    id INTEGER PRIMARY KEY,
    label_id INTEGER NOT NULL,
    project_id INTEGER NOT NULL,
    code TEXT NOT NULL,
    UNIQUE (label_id, project_id, code)
);

CREATE TABLE captions (
    id INTEGER PRIMARY KEY,
    number INTEGER NOT NULL,
    title TEXT NOT NULL,
    form TEXT NOT NULL,
    UNIQUE (number, title, form)
);

CREATE TABLE figures (
    document_id TEXT PRIMARY KEY REFERENCES documents(id) ON DELETE CASCADE,
    first_row INTEGER NOT NULL,
    captions BLOB NOT NULL,
    lengths BLOB NOT NULL,
    subjects BLOB NOT NULL,
    counts BLOB NOT NULL,
    ordinals BLOB NOT NULL,
    fen BLOB NOT NULL
)
"""

Subject = tuple[int, int, str]
Caption = tuple[int, str, str]
Record = TypeVar("Record", Subject, Caption)


def make_tables(db: Database) -> None:
    """Make the tables of this module and fill them from an archive that lacks them."""
    for statement in SCHEMA.split(";\n"):
        db.execute(statement)
    documents = db.execute("SELECT id FROM documents ORDER BY sequence").fetchall()
    for (document_id,) in documents:
        write_figures(db, document_id)


def write_figures(db: Database, document_id: str) -> None:
    """Pack the rows of a document, whose other records are all written, anew.

    The keys of its rows must follow one another in printed order.
    """
    tables = _tables(db, document_id)
    rows = _rows(db, document_id)
    cells = _cells(db, document_id)
    projects = _projects(db, document_id)
    counts = Counter(row for row, _, _ in cells)
    captions = _numbered(db, "captions", ("number", "title", "form"), [c for c, _ in tables])
    subjects = _numbered(
        db,
        "subjects",
        ("label_id", "project_id", "code"),
        [*(subject for _, subject in rows), *(_project_subject(label) for label, _ in projects)],
    )
    told = [fen for _, fen in projects]
    insert(
        db,
        "figures",
        ("document_id", "first_row", "captions", "lengths", "subjects", "counts", "ordinals",
         "fen"),
        [(
            document_id,
            rows[0][0] if rows else 0,
            _packed("i", [*captions, CHAPTER]),
            _packed("i", [*(length for _, length in tables), len(projects)]),
            _packed("i", subjects),
            _packed("H", [*(counts[key] for key, _ in rows), *(fen is not None for fen in told)]),
            _packed("H", [*(ordinal for _, ordinal, _ in cells), *(0 for fen in told
                                                                  if fen is not None)]),
            _packed("q", [*(fen for _, _, fen in cells), *(fen for fen in told
                                                          if fen is not None)]),
        )],
    )  # fmt: skip


def _project_subject(label: int) -> Subject:
    return label, label, ""


def _tables(db: Database, document_id: str) -> list[tuple[Caption, int]]:
    sql = """
        SELECT coalesce(number, -1), title, coalesce(form, ''),
               (SELECT count(*) FROM rows WHERE table_key = tables.key)
          FROM tables WHERE document_id = ? ORDER BY key
    """
    return [
        ((number, title, form), length)
        for number, title, form, length in db.execute(sql, [document_id])
    ]


def _rows(db: Database, document_id: str) -> list[tuple[int, Subject]]:
    sql = """
        SELECT rows.key, label_id, coalesce(project_id, ?), coalesce(code, '')
          FROM tables JOIN rows ON table_key = tables.key WHERE document_id = ? ORDER BY rows.key
    """
    found = db.execute(sql, [_NONE, document_id])
    return [(key, (label, project, code)) for key, label, project, code in found]


def _cells(db: Database, document_id: str) -> list[tuple[int, int, int]]:
    sql = """
        SELECT row_key, cells.ordinal, fen
          FROM tables JOIN rows ON table_key = tables.key JOIN cells ON row_key = rows.key
         WHERE document_id = ? AND fen IS NOT NULL ORDER BY row_key, cells.ordinal
    """
    return [(row, ordinal, fen) for row, ordinal, fen in db.execute(sql, [document_id])]


def _projects(db: Database, document_id: str) -> list[tuple[int, int | None]]:
    sql = "SELECT label_id, amount_fen FROM projects WHERE document_id = ? ORDER BY ordinal"
    return [(label, fen) for label, fen in db.execute(sql, [document_id])]


def _numbered(
    db: Database, table: str, columns: tuple[str, str, str], records: list[Record]
) -> list[int]:
    """The id of each record; those not yet there are added in order."""
    condition = " AND ".join(f"{column} = ?" for column in columns)
    sql = f"SELECT id FROM {table} WHERE {condition}"  # noqa: S608
    known: dict[Record, int] = {}
    for record in dict.fromkeys(records):
        if found := db.execute(sql, record).fetchone():
            known[record] = found[0]
    new = [record for record in dict.fromkeys(records) if record not in known]
    numbers = dict(zip(new, itertools.count(next_key(db, table, "id")), strict=False))
    insert(db, table, ("id", *columns), ((numbers[r], r[0], r[1], r[2]) for r in new))
    known.update(numbers)
    return [known[record] for record in records]


def _packed(type_code: str, values: Iterable[int]) -> bytes:
    packed = array(type_code, values)
    if sys.byteorder == "big":
        packed.byteswap()
    return packed.tobytes()
