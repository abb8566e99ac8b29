"""Tables back into records, as they were written.

Functions take the connection; one that reads several tables expects
:func:`archive.store.connection.snapshot` around it.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable

from sqlite_utils import Database

from archive.model import (
    Allocation,
    Cell,
    Citation,
    Column,
    ContentsEntry,
    Disclosure,
    Document,
    Indicator,
    Project,
    Row,
    Section,
    Table,
    Target,
)
from archive.store.findings import read_checks, read_findings
from archive.store.places import place_of_json
from archive.store.records import Failure, Overview

_DOCUMENT = (
    "id, title, agency, region, fiscal_year, kind, published_on, sha256, media_type, source_name"
)


def read_document(db: Database, document_id: str) -> Document | None:
    """The document of that id."""
    sql = f"SELECT {_DOCUMENT} FROM documents WHERE id = ?"  # noqa: S608
    found = db.execute(sql, [document_id]).fetchone()
    return Document(*found) if found else None


def read_some(db: Database, ids: Iterable[str]) -> dict[str, Document]:
    """Those of the documents that are held, by id."""
    sql = f"""
        SELECT {_DOCUMENT} FROM documents WHERE id IN (SELECT value FROM json_each(?))
    """  # noqa: S608
    return {row[0]: Document(*row) for row in db.execute(sql, [json.dumps(list(ids))])}


def read_documents(db: Database, *, include_superseded: bool) -> list[Document]:
    """All documents by region and agency, newest year first."""
    sql = f"""
        SELECT {_DOCUMENT} FROM documents WHERE :all OR superseded_by IS NULL
         ORDER BY region, agency, fiscal_year DESC, kind, title, id
    """  # noqa: S608
    return [Document(*row) for row in db.execute(sql, {"all": include_superseded})]


def read_disclosure(db: Database, document_id: str) -> Disclosure | None:
    """All that the archive holds of a document."""
    document = read_document(db, document_id)
    if document is None:
        return None
    return Disclosure(
        document=document,
        sections=read_sections(db, document_id),
        tables=read_tables(db, document_id),
        projects=read_projects(db, document_id),
        indicators=read_indicators(db, document_id),
        citations=read_citations(db, document_id),
        findings=read_findings(db, document_id),
        problems=read_problems(db, document_id),
        checks=read_checks(db, document_id),
        contents=read_contents(db, document_id),
    )


def read_contents(db: Database, document_id: str) -> tuple[ContentsEntry, ...]:
    """What the contents lists of a document list, in printed order."""
    sql = "SELECT text, page, place FROM contents WHERE document_id = ? ORDER BY ordinal"
    return tuple(
        ContentsEntry(text, page, place_of_json(place))
        for text, page, place in db.execute(sql, [document_id])
    )


def read_sections(db: Database, document_id: str) -> tuple[Section, ...]:
    """The sections of a document in printed order."""
    sql = """
        SELECT id, level, heading, text, place FROM sections
         WHERE document_id = ? ORDER BY ordinal
    """
    return tuple(
        Section(identifier, level, heading, text, place_of_json(place))
        for identifier, level, heading, text, place in db.execute(sql, [document_id])
    )


def read_tables(db: Database, document_id: str, table_id: str | None = None) -> tuple[Table, ...]:
    """The tables of a document in printed order, or only that of the given id."""
    sql = """
        SELECT key, id, number, title, form, unit, columns, declared_empty, notes, place
          FROM tables WHERE document_id = :document AND (:table IS NULL OR id = :table)
         ORDER BY ordinal
    """
    asked = {"document": document_id, "table": table_id}
    rows = _rows(db, asked)
    return tuple(
        Table(
            id=identifier,
            number=number,
            title=title,
            form=form,
            unit=unit,
            columns=tuple(Column(tuple(path), role) for path, role in json.loads(columns)),
            rows=tuple(rows[key]),
            declared_empty=bool(declared_empty),
            notes=tuple(json.loads(notes)),
            place=place_of_json(place),
        )
        for key, identifier, number, title, form, unit, columns, declared_empty, notes, place
        in db.execute(sql, asked)
    )  # fmt: skip


def read_forms(db: Database, document_id: str) -> dict[str, str]:
    """The forms of the tables with amounts, in printed order, each with the id of its first
    table; a table without a form goes by its title."""
    sql = """
        SELECT coalesce(form, title), id FROM tables
         WHERE document_id = ? AND EXISTS (
            SELECT 1 FROM rows JOIN cells ON row_key = rows.key
             WHERE table_key = tables.key AND fen IS NOT NULL)
         ORDER BY ordinal
    """
    found: dict[str, str] = {}
    for form, table in db.execute(sql, [document_id]):
        found.setdefault(form, table)
    return found


def _rows(db: Database, asked: dict[str, str | None]) -> dict[int, list[Row]]:
    """The rows by their table's key, in printed order."""
    sql = """
        SELECT rows.key, table_key, rows.id, line, code, label.text, project.text, side, role,
               rows.place
          FROM tables JOIN rows ON rows.table_key = tables.key
               JOIN labels AS label ON label.id = rows.label_id
               LEFT JOIN labels AS project ON project.id = rows.project_id
         WHERE document_id = :document AND (:table IS NULL OR tables.id = :table)
         ORDER BY table_key, rows.ordinal
    """
    cells = _cells(db, asked)
    found: dict[int, list[Row]] = defaultdict(list)
    for key, table, identifier, line, code, label, project, side, role, place in db.execute(
        sql, asked
    ):
        found[table].append(
            Row(
                id=identifier,
                line=line,
                code=code,
                label=label,
                cells=tuple(cells[key]),
                side=side,
                role=role,
                project=project,
                place=place_of_json(place),
            )
        )
    return found


def _cells(db: Database, asked: dict[str, str | None]) -> dict[int, list[Cell]]:
    """The cells by their row's key, in printed order."""
    sql = """
        SELECT row_key, cells.column, printed, fen, certain, doubt, cells.place
          FROM tables JOIN rows ON rows.table_key = tables.key
               JOIN cells ON cells.row_key = rows.key
         WHERE document_id = :document AND (:table IS NULL OR tables.id = :table)
         ORDER BY row_key, cells.ordinal
    """
    found: dict[int, list[Cell]] = defaultdict(list)
    for row, column, printed, fen, certain, doubt, place in db.execute(sql, asked):
        found[row].append(Cell(column, printed, fen, bool(certain), doubt, place_of_json(place)))
    return found


def read_projects(db: Database, document_id: str) -> tuple[Project, ...]:
    """The projects of a document in printed order."""
    sql = """
        SELECT projects.id, text, amount_fen, amount_printed, agency, period, basis, people,
               citations, fields, allocations, section, place
          FROM projects JOIN labels ON labels.id = label_id
         WHERE document_id = ? ORDER BY ordinal
    """
    return tuple(
        Project(
            id=identifier,
            name=name,
            amount_fen=fen,
            amount_printed=printed,
            agency=agency,
            period=period,
            basis=basis,
            people=people,
            citations=tuple(json.loads(citations)),
            fields=tuple((field, text) for field, text in json.loads(fields)),
            allocations=tuple(Allocation(*part) for part in json.loads(allocations)),
            section=section,
            place=place_of_json(place),
        )
        for identifier, name, fen, printed, agency, period, basis, people, citations, fields,
        allocations, section, place in db.execute(sql, [document_id])
    )  # fmt: skip


def read_indicators(db: Database, document_id: str) -> tuple[Indicator, ...]:
    """The performance indicators of a document in printed order."""
    sql = """
        SELECT table_id, project, level1, level2, name, operator, value, unit, weight, basis
          FROM indicators WHERE document_id = ? ORDER BY ordinal
    """
    return tuple(Indicator(*row) for row in db.execute(sql, [document_id]))


def read_citations(db: Database, document_id: str) -> tuple[Citation, ...]:
    """The citations of a document in printed order."""
    sql = """
        SELECT printed, normal, title, target_kind, target_id, target_row
          FROM citations WHERE document_id = ? ORDER BY ordinal
    """
    return tuple(
        Citation(printed, normal, title, Target(*target))
        for printed, normal, title, *target in db.execute(sql, [document_id])
    )


def read_problems(db: Database, document_id: str) -> tuple[str, ...]:
    """What could not be read of a document, sentences in Chinese."""
    found = db.execute("SELECT problems FROM documents WHERE id = ?", [document_id]).fetchone()
    return tuple(json.loads(found[0])) if found else ()


def read_failures(db: Database) -> list[Failure]:
    """All files that could not be taken in, by name."""
    sql = "SELECT source_name, sha256, reason, kind, extractor FROM failures ORDER BY source_name"
    return [Failure(*row) for row in db.execute(sql)]


def read_overview(db: Database) -> Overview:
    """The sizes of the archive, out of the sums that :mod:`archive.store.tallies` keeps."""
    sql = """
        SELECT coalesce(sum(disclosures), 0),
               (SELECT count(*) FROM documents WHERE superseded_by IS NOT NULL),
               coalesce(sum("tables"), 0), coalesce(sum("rows"), 0), coalesce(sum(projects), 0)
          FROM region_sums
    """
    return Overview(*db.execute(sql).fetchone())
