"""A table as it was printed: stacked headers with their spans, halves on one line again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from archive.addresses import column_ids
from archive.model import Cell, Column, Row, Table


@dataclass(frozen=True, slots=True)
class HeaderCell:
    """A header cell at the left edge of ``column``, with its spans."""

    text: str
    column: int
    columns: int
    rows: int

    @property
    def is_group(self) -> bool:
        """Whether it stands above several columns."""
        return self.columns > 1


@dataclass(frozen=True, slots=True)
class PrintedCell:
    """A place in the body; ``cell`` is ``None`` where nothing is printed."""

    column: int
    column_id: str
    role: str
    cell: Cell | None
    row: Row | None
    starts_row: bool


@dataclass(frozen=True, slots=True)
class PrintedLine:
    """One printed line; two rows stand on it in a side-by-side table."""

    rows: tuple[Row, ...]
    cells: tuple[PrintedCell, ...]


@dataclass(frozen=True, slots=True)
class PrintedTable:
    """Header rows from the top down and body lines in order."""

    table: Table
    header: tuple[tuple[HeaderCell, ...], ...]
    lines: tuple[PrintedLine, ...]
    column_ids: tuple[str, ...]


def printed(table: Table) -> PrintedTable:
    """The table as printed, from its columns' header paths and its rows' lines."""
    ids = tuple(column_ids(column.path for column in table.columns))
    lines: dict[int, list[Row]] = {}
    for row in table.rows:
        lines.setdefault(row.line, []).append(row)
    body = tuple(_line(table.columns, ids, lines[number]) for number in sorted(lines))
    return PrintedTable(table, header_cells(table.columns), body, ids)


def header_cells(columns: Sequence[Column]) -> tuple[tuple[HeaderCell, ...], ...]:
    """Header rows whose neighbouring cells with one path above are merged."""
    depth = max((len(column.path) for column in columns), default=0)
    return tuple(_header_row(columns, level, depth) for level in range(depth))


def _header_row(columns: Sequence[Column], level: int, depth: int) -> tuple[HeaderCell, ...]:
    cells: list[HeaderCell] = []
    start = 0
    while start < len(columns):
        path = columns[start].path
        end = start + 1
        if len(path) <= level:
            if not path and level == 0:
                cells.append(HeaderCell("", start, 1, depth))
            start = end
            continue
        is_leaf = len(path) == level + 1
        while not is_leaf and end < len(columns) and _shares(columns[end].path, path, level):
            end += 1
        cells.append(HeaderCell(path[level], start, end - start, depth - level if is_leaf else 1))
        start = end
    return tuple(cells)


def _shares(other: tuple[str, ...], path: tuple[str, ...], level: int) -> bool:
    return len(other) > level + 1 and other[: level + 1] == path[: level + 1]


def _line(columns: Sequence[Column], ids: Sequence[str], rows: Sequence[Row]) -> PrintedLine:
    at = {cell.column: (row, cell) for row in rows for cell in row.cells}
    starts = {min((cell.column for cell in row.cells), default=0): row for row in rows}
    cells = []
    for number, column in enumerate(columns):
        row, cell = at.get(number, (starts.get(number), None))
        cells.append(PrintedCell(number, ids[number], column.role, cell, row, number in starts))
    return PrintedLine(tuple(rows), tuple(cells))
