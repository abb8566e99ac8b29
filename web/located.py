"""The row and cell that a permalink points at, or the nearest when it has moved."""

from __future__ import annotations

from dataclasses import dataclass

from archive.addresses import column_ids, row_path
from archive.model import Cell, Document, Row, Table
from archive.nearest import nearest


@dataclass(frozen=True, slots=True)
class Located:
    """What a permalink of a table page points at.

    ``moved`` is true when the exact target is not there and ``row`` is only the nearest;
    ``row`` is ``None`` when nothing is near.
    """

    row: Row | None
    cell: Cell | None
    column: tuple[str, ...]
    path: str
    moved: bool


def locate(
    document: Document, table: Table, wanted_row: str | None, wanted_cell: str | None
) -> Located | None:
    """The target of ``?row=…&cell=…``; ``None`` when the link names no row."""
    if not wanted_row:
        return None
    found = nearest(wanted_row, (row.id for row in table.rows))
    row = next((row for row in table.rows if row.id == found), None)
    if row is None:
        return Located(None, None, (), "", moved=True)
    ids = column_ids(column.path for column in table.columns)
    column = nearest(wanted_cell, ids) if wanted_cell else None
    position = ids.index(column) if column else None
    cell = next((cell for cell in row.cells if cell.column == position), None)
    return Located(
        row=row,
        cell=cell,
        column=table.columns[position].path if position is not None else (),
        path=row_path(document, table.id, row.id, column if cell else None),
        moved=found != wanted_row or (wanted_cell is not None and column != wanted_cell),
    )
