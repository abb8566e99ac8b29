"""Names of codes that a table's converter lost or ran into others, told by other tables."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from archive.model import Cell, Row, Table

_DOUBT = "原文此行未印科目名称，名称据同一文件其他表中的同一编码补出"
_JOINED = "原文此行科目名称与项目名称相连，据同一文件其他表中的同一编码分开"


def with_names(tables: Sequence[Table]) -> list[Table]:
    """The tables with the labels of coded rows that print none.

    The name is that which other tables of the disclosure print for the same code, if all
    of them print the same; the row's last code cell is marked, since the name is inferred.
    """
    names = _names(tables)
    known = _names([table for table in tables if not _has_projects(table)])
    return [
        replace(
            table,
            rows=tuple(
                _parted(_named(row, names), known if _has_projects(table) else {})
                for row in table.rows
            ),
        )
        for table in tables
    ]


def _has_projects(table: Table) -> bool:
    return any(column.role == "project" for column in table.columns)


def _parted(row: Row, known: dict[str, str]) -> Row:
    """The row with its label and project parted, where a dump ran the two into one.

    The label is the name that the disclosure's other tables print for the code.
    """
    name = known.get(row.code or "", "")
    if row.project or not name or not row.label.startswith(name) or row.label == name:
        return row
    cells = tuple(
        replace(cell, certain=False, doubt=cell.doubt or _JOINED)
        if cell.printed.strip() == row.label
        else cell
        for cell in row.cells
    )
    return replace(row, label=name, project=row.label[len(name) :].strip(), cells=cells)


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
