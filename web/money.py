"""How the figures of a table are shown: as printed, in another unit, with their shares."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal

from archive.amounts import in_unit
from archive.model import Cell, Row, Side, Table

UNITS = ("元", "万元", "亿元")


@dataclass(frozen=True, slots=True)
class Reading:
    """A reader's choice for a table.

    ``unit`` is ``None`` for figures as printed; ``totals`` holds the amount in fen of the
    total row of each side and column, and is empty where shares are not asked for.
    """

    unit: str | None = None
    totals: Mapping[tuple[Side | None, int], int] = field(default_factory=dict)

    def figure(self, cell: Cell) -> str:
        """The cell's text; what is no amount stays as printed."""
        if self.unit is None or cell.fen is None:
            return cell.printed
        return in_unit(cell.fen, self.unit)

    def share(self, row: Row, cell: Cell) -> str | None:
        """The cell's share of its column's total, 12.3%; ``None`` where there is none."""
        total = self.totals.get((row.side, cell.column))
        if not total or cell.fen is None or row.total:
            return None
        percent = Decimal(cell.fen) * 100 / total
        return f"{percent.quantize(Decimal('0.1'), ROUND_HALF_UP)}%"


AS_PRINTED = Reading()


def reading_of(table: Table, unit: str | None, *, shares: bool) -> Reading:
    """The choice made by an address; an unknown unit is as printed."""
    chosen = unit if unit in UNITS and unit != table.unit else None
    return Reading(chosen, totals_of(table) if shares else {})


def totals_of(table: Table) -> dict[tuple[Side | None, int], int]:
    """The amounts of the total row by side and column.

    A table with two total rows for one side (本年支出合计 and 支出总计) has its largest, which
    is the whole of which all rows are parts.
    """
    found: dict[tuple[Side | None, int], int] = {}
    for row in table.rows:
        if row.total:
            for cell in row.cells:
                if cell.fen is not None and cell.fen >= found.get((row.side, cell.column), 0):
                    found[row.side, cell.column] = cell.fen
    return found
