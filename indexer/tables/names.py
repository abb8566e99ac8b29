"""Names of codes that a table's converter lost, filled in from the same disclosure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from archive.model import Cell, Row, Table

_DOUBT = "原文此行未印科目名称，名称据同一文件其他表中的同一编码补出"


def with_names(tables: Sequence[Table]) -> list[Table]:
    """The tables with the labels of coded rows that print none.

    The name is that which other tables of the disclosure print for the same code, if all
    of them print the same; the row's last code cell is marked, since the name is inferred.
    """
    names = _names(tables)
    return [
        replace(table, rows=tuple(_named(row, names) for row in table.rows)) for table in tables
    ]


def _names(tables: Sequence[Table]) -> dict[str, str]:
    printed: dict[str, set[str]] = {}
    for table in tables:
        for row in table.rows:
            if row.code and row.label and row.project is None:
                printed.setdefault(row.code, set()).add(row.label)
    return {code: names.pop() for code, names in printed.items() if len(names) == 1}


def _named(row: Row, names: dict[str, str]) -> Row:
    if row.label or row.code not in names:
        return row
    digits = [cell for cell in row.cells if cell.fen is None]
    if not digits:
        return row
    marked = digits[-1]
    cells = tuple(_marked(cell) if cell is marked else cell for cell in row.cells)
    return replace(row, label=names[row.code], cells=cells)


def _marked(cell: Cell) -> Cell:
    return replace(cell, certain=False, doubt=cell.doubt or _DOUBT)
