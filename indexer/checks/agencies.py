"""The agencies of a table: their rows add up to its total, and by their codes to each other."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from archive.model import Row
from indexer.checks.case import Case, Grid
from indexer.checks.outcome import Outcome
from indexer.checks.sums import Sum, figures, in_row, judge

_AGENCY_CODE = re.compile(r"单位(?:代码|编码|编号)")


def agencies(case: Case) -> Iterator[Outcome]:
    """The agencies' rows add up to 合计, and by their codes (306, 306001) to each other."""
    for grid in case.grids:
        rows = [r for r in grid.table.rows if r.role == "agency" and grid.printed_amounts(r)]
        if not grid.known_unit or not rows or len(grid.totals) != 1:
            continue
        below = _agencies_below(grid, rows)
        flat = len(rows) == 1 or below is not None or _all_add_up(grid, rows)
        doubt = "" if flat else "列有多家单位，可能有上下级之分"
        top = below.pop("", rows) if below else rows
        for whole, parts in ((grid.totals[0], top), *_parents(grid, rows, below or {})):
            for cell in grid.printed_amounts(whole):
                added = figures(grid, parts, cell.column)
                if added and cell.column in grid.amounts:
                    name = in_row(whole, grid.leaf(cell.column))
                    yield judge(Sum(grid, (whole, cell), added, name, "各单位", doubt=doubt))


def _all_add_up(grid: Grid, rows: Sequence[Row]) -> bool:
    """Whether in some column all agencies together are the total: none is above another."""
    total = grid.totals[0]
    return any(
        cell.fen and cell.fen == sum(part.fen or 0 for _, part in added)
        for cell in grid.printed_amounts(total)
        if len(added := figures(grid, rows, cell.column)) > 1
    )


def _agencies_below(grid: Grid, rows: Sequence[Row]) -> dict[str, list[Row]] | None:
    """The agencies right below each code, those of the top below ""; ``None`` without codes."""
    codes = [_agency_code(grid, row) for row in rows]
    if not all(codes) or len(set(codes)) < len(codes):
        return None
    below: dict[str, list[Row]] = {}
    for row, code in zip(rows, codes, strict=True):
        above = [c for c in codes if c != code and code.startswith(c)]
        below.setdefault(max(above, key=len, default=""), []).append(row)
    return below


def _parents(
    grid: Grid, rows: Sequence[Row], below: dict[str, list[Row]]
) -> list[tuple[Row, list[Row]]]:
    coded = {_agency_code(grid, row): row for row in rows}
    return [(coded[code], parts) for code, parts in below.items()]


def _agency_code(grid: Grid, row: Row) -> str:
    columns = [
        i
        for i, column in enumerate(grid.table.columns)
        if _AGENCY_CODE.search("".join(column.path))
    ]
    printed = (cell.printed for cell in row.cells if cell.column in columns)
    return next((text for text in printed if text.isdigit()), "")
