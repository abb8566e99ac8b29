"""A few figures of :mod:`archive.store.columns` with all that is told of them."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from sqlite_utils import Database

from archive.addresses import column_ids
from archive.model import Document, RowRole
from archive.store.columns import Columns
from archive.store.figures import CHAPTER
from archive.store.reading import read_some
from archive.table_names import UNTITLED


@dataclass(frozen=True, slots=True)
class FigureRecord:
    """A figure with its row, or the amount of a chapter's project (``table`` is ``None``).

    ``row`` is the row's id, or the project's; ``column`` the header texts above the figure,
    ``column_id`` as in addresses; ``fen`` integer fen, as ``printed``.
    """

    document: Document
    table: str | None
    table_number: int | None
    table_title: str
    unit: str | None
    row: str
    code: str | None
    label: str
    project: str | None
    role: RowRole
    column: tuple[str, ...]
    column_id: str | None
    printed: str
    fen: int
    certain: bool

    @property
    def table_name(self) -> str:
        """表7 一般公共预算项目支出情况表; 项目支出情况说明 for a project of the chapter."""
        if self.table is None:
            return "项目支出情况说明"
        number = "" if self.table_number is None else f"表{self.table_number} "
        return f"{number}{self.table_title or UNTITLED}"


@dataclass(frozen=True, slots=True)
class _Row:
    table_key: int
    id: str
    code: str | None
    label: str
    project: str | None
    role: RowRole


@dataclass(frozen=True, slots=True)
class _Table:
    id: str
    number: int | None
    title: str
    unit: str | None
    columns: tuple[tuple[str, ...], ...]
    column_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Cell:
    column: int
    printed: str
    fen: int
    certain: bool


@dataclass(frozen=True, slots=True)
class _Spot:
    """Where a figure stands: ``row`` is a key of ``rows``, or the ordinal of a project."""

    document: str
    row: int
    ordinal: int
    in_chapter: bool


def read_figures(db: Database, columns: Columns, figures: Iterable[int]) -> list[FigureRecord]:
    """The figures in the order given; those that are no longer there are left out."""
    spots = [_spot(columns, figure) for figure in figures]
    documents = read_some(db, {spot.document for spot in spots})
    rows = _rows(db, {spot.row for spot in spots if not spot.in_chapter})
    tables = _tables(db, {row.table_key for row in rows.values()})
    cells = _cells(db, rows)
    projects = _projects(db, {spot.document for spot in spots if spot.in_chapter})
    found = []
    for spot in spots:
        document = documents.get(spot.document)
        record: FigureRecord | None = None
        if document and spot.in_chapter:
            record = _project_record(document, projects.get((spot.document, spot.row)))
        elif document and spot.row in rows and (spot.row, spot.ordinal) in cells:
            row = rows[spot.row]
            cell = cells[spot.row, spot.ordinal]
            record = _row_record(document, tables[row.table_key], row, cell)
        if record:
            found.append(record)
    return found


def _spot(columns: Columns, figure: int) -> _Spot:
    row = int(columns.figure_row[figure])
    table = int(columns.row_table[row])
    number = int(columns.table_document[table])
    document = columns.documents[number].id
    if int(columns.table_caption[table]) == CHAPTER:
        return _Spot(document, row - int(columns.table_row[table]), 0, in_chapter=True)
    key = int(columns.first_row[number]) + row - int(columns.document_row[number])
    return _Spot(document, key, int(columns.ordinals[figure]), in_chapter=False)


def _row_record(document: Document, table: _Table, row: _Row, cell: _Cell) -> FigureRecord:
    known = cell.column < len(table.columns)
    return FigureRecord(
        document=document,
        table=table.id,
        table_number=table.number,
        table_title=table.title,
        unit=table.unit,
        row=row.id,
        code=row.code,
        label=row.label,
        project=row.project,
        role=row.role,
        column=table.columns[cell.column] if known else (),
        column_id=table.column_ids[cell.column] if known else None,
        printed=cell.printed,
        fen=cell.fen,
        certain=cell.certain,
    )


def _project_record(
    document: Document, project: tuple[str, str, int, str] | None
) -> FigureRecord | None:
    if project is None:
        return None
    id_, name, fen, printed = project
    return FigureRecord(
        document=document,
        table=None,
        table_number=None,
        table_title="",
        unit=None,
        row=id_,
        code=None,
        label=name,
        project=name,
        role="item",
        column=(),
        column_id=None,
        printed=printed,
        fen=fen,
        certain=True,
    )


def _rows(db: Database, keys: Iterable[int]) -> dict[int, _Row]:
    sql = """
        SELECT rows.key, table_key, rows.id, code, label.text, project.text, role
          FROM rows JOIN labels AS label ON label.id = label_id
               LEFT JOIN labels AS project ON project.id = project_id
         WHERE rows.key IN (SELECT value FROM json_each(?))
    """
    return {key: _Row(*row) for key, *row in db.execute(sql, [_as_json(keys)])}


def _tables(db: Database, keys: Iterable[int]) -> dict[int, _Table]:
    sql = """
        SELECT key, id, number, title, unit, columns FROM tables
         WHERE key IN (SELECT value FROM json_each(?))
    """
    found = {}
    for key, id_, number, title, unit, columns in db.execute(sql, [_as_json(keys)]):
        found[key] = _Table(id_, number, title, unit, *_headers(columns))
    return found


@lru_cache(maxsize=2_000)  # most disclosures print the same headers
def _headers(columns: str) -> tuple[tuple[tuple[str, ...], ...], tuple[str, ...]]:
    """The header texts above each column of a table, and the ids of the columns."""
    paths = tuple(tuple(path) for path, _ in json.loads(columns))
    return paths, tuple(column_ids(paths))


def _cells(db: Database, rows: Iterable[int]) -> dict[tuple[int, int], _Cell]:
    sql = """
        SELECT row_key, ordinal, "column", printed, fen, certain FROM cells
         WHERE row_key IN (SELECT value FROM json_each(?)) AND fen IS NOT NULL
    """
    return {
        (row, ordinal): _Cell(column, printed, fen, bool(certain))
        for row, ordinal, column, printed, fen, certain in db.execute(sql, [_as_json(rows)])
    }


def _projects(
    db: Database, documents: Iterable[str]
) -> dict[tuple[str, int], tuple[str, str, int, str]]:
    sql = """
        SELECT document_id, ordinal, projects.id, labels.text, amount_fen,
               coalesce(amount_printed, '')
          FROM projects JOIN labels ON labels.id = label_id
         WHERE document_id IN (SELECT value FROM json_each(?)) AND amount_fen IS NOT NULL
    """
    return {
        (document, ordinal): (id_, name, fen, printed)
        for document, ordinal, id_, name, fen, printed in db.execute(sql, [_as_json(documents)])
    }


def _as_json(values: Iterable[int] | Iterable[str]) -> str:
    return json.dumps(list(values))
