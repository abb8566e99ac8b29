"""The levels of a code within one table: 类 = Σ款, 款 = Σ项."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from archive.model import Row
from indexer.checks.case import Case, Grid
from indexer.checks.outcome import NOTICE, Outcome
from indexer.checks.sums import WITHOUT_CODE, Sum, figures, in_row, judge

_CLASS = 3
_LENGTHS = (_CLASS, 5)
_NOT_ALL_LEVELS = "有的科目没有列出下级，所列的下级不一定是全部"
_CUT_SHORT = "表中没有合计行，可能缺行"


def levels(case: Case) -> Iterator[Outcome]:
    """类 = Σ款, 款 = Σ项, of functional and economic codes alike."""
    for grid in case.grids:
        if not grid.known_unit:
            continue
        partial = {length: _partial(grid, length) for length in _LENGTHS}
        for code, rows in grid.coded.items():
            if len(code) in partial and len(rows) == 1 and not rows[0].project:
                below = grid.levels_below.get(code, ())
                yield from _level(grid, rows[0], below, partial[len(code)])


def _partial(grid: Grid, length: int) -> str:
    """Why the codes of a table may not be all below those of that length."""
    rows = (row for row in grid.table.rows if row.role == "item" and not row.code)
    if any(grid.printed_amounts(row) for row in rows):
        return WITHOUT_CODE
    bare = (
        row
        for code, found in grid.coded.items()
        if len(code) == length and code not in grid.levels_below
        for row in found
    )
    if any(cell.fen for row in bare for cell in grid.printed_amounts(row)):
        return _NOT_ALL_LEVELS
    return ""


def _level(grid: Grid, row: Row, below: Sequence[Row], partial: str) -> Iterator[Outcome]:
    for column in grid.amounts:
        cell, parts = grid.cell(row, column), figures(grid, below, column)
        if cell is None or not parts:
            continue
        severity = None if grid.totals else NOTICE
        whole = in_row(row, grid.leaf(column))
        parts_name = f"其下 {len(parts)} 个{'款' if len(row.code or '') == _CLASS else '项'}"
        if grid.sure([row], [column]) and severity == NOTICE:
            parts_name += f"（{_CUT_SHORT}）"
        less = sum(part.fen or 0 for _, part in parts) < (cell.fen or 0)
        doubt = partial if less else ""
        sum_ = Sum(grid, (row, cell), parts, whole, parts_name, doubt=doubt, severity=severity)
        yield judge(sum_)
