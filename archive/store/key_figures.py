"""The figures that people ask for, taken out of each disclosure when it is written.

All of it is derived from ``tables``, ``rows`` and ``cells`` by
:mod:`archive.overviews.key_figures` and :mod:`archive.overviews.functional_items`; when their
rules change, it is derived anew.  ``fiscal_year`` and ``kind`` repeat the document's, so that
one index answers for an item and a year;
``is_first`` marks the document's first row of a code, so that their sum counts documents.
Functions that write expect a transaction.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import astuple
from functools import cache
from importlib.resources import files
from typing import Any
from zlib import crc32

from sqlite_utils import Database

from archive.model import Document, Table
from archive.overviews.functional_items import functional_amounts
from archive.overviews.key_figures import DATA, Figure, key_figures
from archive.store import facts, reading, tallies
from archive.store.bulk import batches, insert

DERIVATION = 2
"""To be raised when the rules in code change; those in data are noticed."""

_FACT = "key_figures"
_FIGURE_COLUMNS = """
        printed TEXT NOT NULL,
        unit TEXT,
        fen INTEGER,
        certain INTEGER NOT NULL,
        doubt TEXT,
        table_id TEXT NOT NULL,
        row_id TEXT NOT NULL,
        column_id TEXT NOT NULL,
"""
_TABLES = (
    f"""
    CREATE TABLE key_figures (
        document_id TEXT NOT NULL REFERENCES documents(id) ON DELETE CASCADE,
        name TEXT NOT NULL,
        {_FIGURE_COLUMNS}
        PRIMARY KEY (document_id, name)
    ) WITHOUT ROWID
    """,
    f"""
    CREATE TABLE functional_amounts (
        document_id TEXT NOT NULL REFERENCES documents(id) ON DELETE CASCADE,
        ordinal INTEGER NOT NULL,
        code TEXT NOT NULL,
        label TEXT NOT NULL,
        fiscal_year INTEGER,
        kind TEXT NOT NULL,
        is_first INTEGER NOT NULL,
        {_FIGURE_COLUMNS}
        PRIMARY KEY (document_id, ordinal)
    ) WITHOUT ROWID
    """,
    """
    CREATE INDEX functional_amounts_code
        ON functional_amounts(code, fiscal_year, kind, fen, is_first, document_id)
    """,
    """
    CREATE INDEX functional_amounts_class
        ON functional_amounts(code, fiscal_year, kind, fen, is_first, document_id)
     WHERE length(code) = 3
    """,
)
FIGURE = ("printed", "unit", "fen", "certain", "doubt", "table_id", "row_id", "column_id")
"""The columns of :class:`~archive.overviews.key_figures.Figure`, in its order."""


def make_tables(db: Database) -> None:
    """Make the tables of this module anew; :func:`fill` fills them."""
    for name in ("key_figures", "functional_amounts"):
        db.execute(f"DROP TABLE IF EXISTS {name}")
    for statement in _TABLES:
        db.execute(statement)


def is_stale(db: Database) -> bool:
    """Whether what is kept was derived by another version of the rules or data."""
    return facts.read(db, _FACT) != _version()


def fill(db: Database) -> None:
    """Derive everything anew from the tables that the archive holds."""
    for (document_id,) in db.execute("SELECT id FROM documents ORDER BY sequence").fetchall():
        document = reading.read_document(db, document_id)
        assert document is not None
        write(db, document, reading.read_tables(db, document_id))
    tallies.fill_functional(db)
    facts.write(db, _FACT, _version())


def write(db: Database, document: Document, tables: Sequence[Table]) -> None:
    """Take the figures out of a document's tables, in the place of earlier ones."""
    for name in ("key_figures", "functional_amounts"):
        db.execute(f"DELETE FROM {name} WHERE document_id = ?", [document.id])  # noqa: S608
    figures = key_figures(document, tables)
    insert(
        db,
        "key_figures",
        ("document_id", "name", *FIGURE),
        ((document.id, name, *astuple(figure)) for name, figure in figures.items()),
    )
    amounts = functional_amounts(document, tables)
    first = {one.code: one for one in reversed(amounts)}
    about = ("document_id", "ordinal", "code", "label", "fiscal_year", "kind", "is_first")
    insert(
        db,
        "functional_amounts",
        (*about, *FIGURE),
        (
            (document.id, at, one.code, one.label, document.fiscal_year, document.kind,
             first[one.code] is one, *astuple(one.figure))
            for at, one in enumerate(amounts)
        ),
    )  # fmt: skip


def read(db: Database, document_ids: Sequence[str]) -> dict[str, dict[str, Figure]]:
    """The figures of these documents by document and name."""
    found: dict[str, dict[str, Figure]] = {one: {} for one in document_ids}
    columns = ", ".join(FIGURE)
    for placeholders, some in batches(document_ids):
        condition = f"document_id IN ({placeholders})"
        sql = f"SELECT document_id, name, {columns} FROM key_figures WHERE {condition}"  # noqa: S608
        for document_id, name, *values in db.execute(sql, some):
            found[document_id][name] = figure(values)
    return found


def figure(values: Sequence[Any]) -> Figure:
    """A figure of the values of :data:`FIGURE`."""
    printed, unit, fen, certain, doubt, table, row, column = values
    return Figure(printed, unit, fen, bool(certain), doubt, table, row, column)


@cache
def _version() -> str:
    rules = files("archive").joinpath("data", DATA).read_bytes()
    return f"{DERIVATION}.{crc32(rules):08x}"
