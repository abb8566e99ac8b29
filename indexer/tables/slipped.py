"""Columns that a converter seems to have swapped, told by the disclosure's other tables.

A dump whose rows are as long as its header can still stand one column off, when the
converter dropped a column from both.  What another table prints for the columns shows it;
the figures stay where they are printed and are marked.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace

from archive.model import Row, Table
from indexer.columns.facts import facts_of

_DOUBT = "同一文件其他表将此数列在“{}”，转换时可能错列：也可能属于该栏"
_DIGITS_OF_CLASS = 3


def marked(tables: Sequence[Table], converted: Collection[str]) -> list[Table]:
    """The tables with the figures of swapped columns marked as doubtful.

    ``converted`` has the ids of tables whose columns a converter may have moved; in others
    a contradiction is the document's own.
    """
    return [_marked(table, tables) if table.id in converted else table for table in tables]


def _marked(table: Table, tables: Sequence[Table]) -> Table:
    told = {fact.column: fact.fen for fact in facts_of(table, tables)}
    printed = {column: _total(table, column) for column in told}
    doubts: dict[int, str] = {}
    for column, fen in told.items():
        empty_here = fen and not printed[column]
        others = [c for c in told if c != column and not told[c] and printed[c] == fen]
        if empty_here and len(others) == 1:
            doubts[others[0]] = _DOUBT.format(table.columns[column].path[-1])
    if not doubts:
        return table
    return replace(table, rows=tuple(_with_doubts(row, doubts) for row in table.rows))


def _total(table: Table, column: int) -> int:
    """The total of a column: that of its 合计 row, else the sum of the 类 rows."""
    totals = [row for row in table.rows if row.total]
    summed = totals[:1] or [row for row in table.rows if len(row.code or "") == _DIGITS_OF_CLASS]
    return sum(cell.fen or 0 for row in summed for cell in row.cells if cell.column == column)


def _with_doubts(row: Row, doubts: dict[int, str]) -> Row:
    cells = tuple(
        replace(cell, certain=False, doubt=doubts[cell.column])
        if cell.column in doubts and cell.fen and cell.certain
        else cell
        for cell in row.cells
    )
    return replace(row, cells=cells)
