"""The records of a disclosure as rows of their tables.

Each ``insert`` names its columns and gives their values in the same order.
"""

from __future__ import annotations

from dataclasses import astuple

from sqlite_utils import Database

from archive.citations import parse_number
from archive.model import Citation, Disclosure, Row, Table
from archive.store.bulk import insert, next_key
from archive.store.figures import write_figures
from archive.store.findings import write_findings
from archive.store.labels import labels_of, write_labels
from archive.store.places import dumps, place_to_json

_PARTS = (
    "contents", "sections", "tables", "projects", "indicators", "citations", "findings", "checks",
    "figures",
)  # fmt: skip


def forget_parts(db: Database, document_id: str) -> None:
    """Delete all that hangs on a document; rows and cells go with their tables."""
    for part in _PARTS:
        db.execute(f"DELETE FROM {part} WHERE document_id = ?", [document_id])  # noqa: S608


def write_parts(db: Database, disclosure: Disclosure) -> None:
    """Write all that hangs on a document whose row is there already."""
    labels = write_labels(db, labels_of(disclosure))
    _write_tables(db, disclosure, labels)
    _write_contents(db, disclosure)
    _write_sections(db, disclosure)
    _write_projects(db, disclosure, labels)
    _write_indicators(db, disclosure)
    _write_citations(db, disclosure)
    write_findings(db, disclosure)
    write_figures(db, disclosure.document.id)


def _write_tables(db: Database, disclosure: Disclosure, labels: dict[str, int]) -> None:
    first_table, first_row = next_key(db, "tables"), next_key(db, "rows")
    keyed_tables = list(enumerate(disclosure.tables, first_table))
    keyed_rows = _keyed_rows(keyed_tables, first_row)
    insert(
        db,
        "tables",
        ("key", "document_id", "id", "ordinal", "number", "title", "form", "unit",
         "declared_empty", "columns", "notes", "place"),
        (
            (key, disclosure.document.id, t.id, key - first_table, t.number, t.title, t.form,
             t.unit, t.declared_empty, dumps([[c.path, c.role] for c in t.columns]), dumps(t.notes),
             place_to_json(t.place))
            for key, t in keyed_tables
        ),
    )  # fmt: skip
    insert(
        db,
        "rows",
        ("key", "table_key", "id", "ordinal", "line", "code", "label_id", "project_id", "side",
         "role", "place"),
        (
            (key, table_key, r.id, ordinal, r.line, r.code, labels[r.label],
             None if r.project is None else labels[r.project], r.side, r.role,
             place_to_json(r.place))
            for key, table_key, ordinal, r in keyed_rows
        ),
    )  # fmt: skip
    insert(
        db,
        "cells",
        ("row_key", "ordinal", "column", "printed", "fen", "certain", "doubt", "place"),
        (
            (key, ordinal, c.column, c.printed, c.fen, c.certain, c.doubt, place_to_json(c.place))
            for key, _, _, row in keyed_rows
            for ordinal, c in enumerate(row.cells)
        ),
    )


def _keyed_rows(tables: list[tuple[int, Table]], first: int) -> list[tuple[int, int, int, Row]]:
    """Every row with its key, its table's key and its ordinal there."""
    rows = [
        (table_key, ordinal, row)
        for table_key, table in tables
        for ordinal, row in enumerate(table.rows)
    ]
    return [(first + offset, *row) for offset, row in enumerate(rows)]


def _write_contents(db: Database, disclosure: Disclosure) -> None:
    insert(
        db,
        "contents",
        ("document_id", "ordinal", "text", "page", "place"),
        (
            (disclosure.document.id, ordinal, e.text, e.page, place_to_json(e.place))
            for ordinal, e in enumerate(disclosure.contents)
        ),
    )


def _write_sections(db: Database, disclosure: Disclosure) -> None:
    insert(
        db,
        "sections",
        ("document_id", "id", "ordinal", "level", "heading", "text", "place"),
        (
            (disclosure.document.id, s.id, ordinal, s.level, s.heading, s.text,
             place_to_json(s.place))
            for ordinal, s in enumerate(disclosure.sections)
        ),
    )  # fmt: skip


def _write_projects(db: Database, disclosure: Disclosure, labels: dict[str, int]) -> None:
    insert(
        db,
        "projects",
        ("document_id", "id", "ordinal", "label_id", "amount_fen", "amount_printed", "agency",
         "period", "basis", "people", "citations", "fields", "allocations",
         "section", "place"),
        (
            (disclosure.document.id, p.id, ordinal, labels[p.name], p.amount_fen,
             p.amount_printed, p.agency, p.period, p.basis, p.people, dumps(p.citations),
             dumps(p.fields), dumps([astuple(part) for part in p.allocations]), p.section,
             place_to_json(p.place))
            for ordinal, p in enumerate(disclosure.projects)
        ),
    )  # fmt: skip


def _write_indicators(db: Database, disclosure: Disclosure) -> None:
    insert(
        db,
        "indicators",
        ("document_id", "ordinal", "table_id", "project", "level1", "level2", "name",
         "operator", "value", "unit", "weight", "basis"),
        (
            (disclosure.document.id, ordinal, i.table, i.project, i.level1, i.level2, i.name,
             i.operator, i.value, i.unit, i.weight, i.basis)
            for ordinal, i in enumerate(disclosure.indicators)
        ),
    )  # fmt: skip


def _write_citations(db: Database, disclosure: Disclosure) -> None:
    insert(
        db,
        "citations",
        ("document_id", "ordinal", "printed", "normal", "issuer", "year", "number", "title",
         "target_kind", "target_id", "target_row"),
        (
            (disclosure.document.id, ordinal, c.printed, c.normal, *_parts_of_number(c), c.title,
             c.target.kind, c.target.id, c.target.row)
            for ordinal, c in enumerate(disclosure.citations)
        ),
    )  # fmt: skip


def _parts_of_number(citation: Citation) -> tuple[str | None, int | None, int | None]:
    number = parse_number(citation.normal) if citation.normal else None
    return (number.issuer, number.year, number.number) if number else (None, None, None)
