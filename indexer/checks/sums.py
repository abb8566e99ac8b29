"""One sum of a table set against its total: the outcome every rule within a table gives."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from archive.model import Cell, Row
from indexer.checks.case import Grid
from indexer.checks.outcome import HOLDS, Outcome, State, undecidable
from indexer.checks.rounding import slack

WITHOUT_CODE = "有的行没有科目编码，不能确定层级"

Figure = tuple[Row, Cell]


@dataclass(frozen=True, slots=True)
class Sum:
    """A total of ``grid`` and the figures that make it up.

    ``whole`` and ``parts`` name them in the message; ``doubt`` says why a difference would
    not be the document's, ``severity`` what it weighs where that is not the rule's.
    """

    grid: Grid
    total: Figure
    addends: tuple[Figure, ...]
    whole: str
    parts: str
    doubt: str = ""
    severity: str | None = None


def judge(sum_: Sum) -> Outcome:
    """Set the sum against its total."""
    grid, cell = sum_.grid, sum_.total[1]
    added = sum(c.fen or 0 for _, c in sum_.addends)
    difference = (cell.fen or 0) - added
    if difference == 0:
        return HOLDS
    if sum_.doubt:
        return undecidable(sum_.doubt)
    if not all(c.certain for _, c in (sum_.total, *sum_.addends)):
        return undecidable("表中有存疑的数字，不能确定所在栏")
    nonzero = sum(1 for _, c in sum_.addends if c.fen)
    rounded = abs(difference) <= slack(nonzero, grid.step)
    return Outcome(
        State.ROUNDED if rounded else State.DIFFERS,
        message=(
            f"{grid.name}中，{sum_.whole}印为 {cell.printed}{grid.unit}，"
            f"而{sum_.parts}之和是 {grid.shown(added)}，相差 {grid.shown(abs(difference))}"
            + ("，在四舍五入范围内。" if rounded else "。")
        ),
        expected=grid.shown(added),
        found=cell.printed + grid.unit,
        places=tuple(grid.place(*figure) for figure in (sum_.total, *sum_.addends)),
        difference_fen=abs(difference),
        severity=sum_.severity,
    )


def figures(grid: Grid, rows: Sequence[Row], column: int) -> tuple[Figure, ...]:
    """The amounts printed in a column of those rows."""
    found = ((row, grid.cell(row, column)) for row in rows)
    return tuple((row, cell) for row, cell in found if cell is not None)


def named(row: Row) -> str:
    """The row as a sentence names it."""
    name = row.project or row.label or row.code
    return f"“{name}”" if name else "该行"


def in_row(row: Row, column: str) -> str:
    """A figure as a sentence names it, by its row and the header above it."""
    name = named(row).removesuffix("行")
    return f"{name}行的“{column}”"
