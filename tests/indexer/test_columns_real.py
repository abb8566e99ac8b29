"""Real tables without their blanks: no wrong column is ever certain."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from archive.model import Table
from indexer import columns
from indexer.columns.relations import segments
from indexer.layout import to_blocks
from indexer.readers import read
from indexer.tables import to_tables

LEAST_CERTAIN = 0.73
"""Share of amounts decided; measured between 0.734 (the accounts) and 1, not to be lowered."""

OTHERS = [
    "text/bayingolin-2024-budget.txt",
    "text/changji-prefecture-2022-budget.txt",
    "text/kashgar-2021-budget.txt",
    "text/urumqi-2023-budget.txt",
    "pdf/shanghai-finance-2025-budget.pdf",
    "pdf/shanghai-putuo-commerce-2025-unit-budget.pdf",
    "pdf/shanghai-putuo-planning-2024-final-accounts.pdf",
    "pdf/shanghai-putuo-wanli-2025-budget.pdf",
]


@pytest.mark.real
@pytest.mark.parametrize("name", OTHERS)
def test_real_tables_without_their_blanks_are_never_wrong(
    real_disclosures: Path, name: str
) -> None:
    """Tables that came with all their cells show what a dropped blank must come back to."""
    path = real_disclosures / name
    tables = to_tables(to_blocks(read(path.read_bytes(), path.name)))
    dropped = [without_any_blanks(table) for table in tables]
    loose = {table.id: {row.id for row in table.rows} for table in tables}
    results = columns.assign_all(dropped, loose)
    cells = [
        cell
        for table in results
        for row in table.rows
        for cell in row.cells
        if table.columns[cell.column].role == "amount"
    ]
    assert sum(cell.certain for cell in cells) >= LEAST_CERTAIN * len(cells)
    wrong = [
        (table.id, row.label, true.printed)
        for table, result in zip(tables, results, strict=True)
        for true_row, row in zip(table.rows, result.rows, strict=True)
        for true, cell in zip(true_row.cells, row.cells, strict=True)
        if cell.certain and cell.column != true.column
    ]
    assert not wrong


def without_any_blanks(table: Table) -> Table:
    """The figures of each half moved to its first amount columns."""
    rows = []
    for row in table.rows:
        places = {
            cell.column: segment.columns[at]
            for segment in segments(table.columns)
            for at, cell in enumerate(c for c in row.cells if c.column in segment.columns)
        }
        cells = (replace(cell, column=places.get(cell.column, cell.column)) for cell in row.cells)
        rows.append(replace(row, cells=tuple(cells)))
    return replace(table, rows=tuple(rows))
