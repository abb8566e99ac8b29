"""Repairs of what converters do to the header lines of a table that is not exact."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from archive.amounts import is_figure
from indexer.headers.strayed import returned
from indexer.lattice import PrintedLine


def straightened(
    head: list[PrintedLine], body: list[PrintedLine], columns: int
) -> tuple[list[PrintedLine], list[PrintedLine], int]:
    """Header and body with heads over their figures, and without gaps inside a word."""
    head, body, columns = returned(head, body, columns)
    head = _over_figures(head, body, columns)
    filled = {c for line in body for cell in line.cells for c in cell.columns}
    kept = [c for c in range(columns) if c in filled or not _is_word_gap(head, c)]
    moved = {old: new for new, old in enumerate(kept)}
    return (
        [_renumbered(line, moved) for line in head],
        [_renumbered(line, moved) for line in body],
        len(kept),
    )


def _is_word_gap(head: Sequence[PrintedLine], column: int) -> bool:
    """Whether no head covers a column, while the lowest line covers both its neighbours."""
    if not head or any(line.at(column) for line in head):
        return False
    return bool(head[-1].at(column - 1) and head[-1].at(column + 1))


def _renumbered(line: PrintedLine, moved: dict[int, int]) -> PrintedLine:
    def place(column: int) -> int:
        if column in moved:
            return moved[column]
        return max((new for old, new in moved.items() if old < column), default=0)

    cells = tuple(
        replace(
            cell,
            column=place(cell.column),
            width=max(1, place(cell.column + cell.width - 1) - place(cell.column) + 1),
        )
        for cell in line.cells
    )
    return replace(line, cells=cells)


def _over_figures(
    head: list[PrintedLine], body: Sequence[PrintedLine], columns: int
) -> list[PrintedLine]:
    """Move a head over the figures at its right when nothing stands below it.

    A converter that writes a merged head once leaves the head of the next column one
    column too far left; but where it leaves out the cells that a head covers, the lowest
    line still has every column, and the lines above tell no columns at all.
    """
    if not head or not body:
        return head
    if head[-1].extent == columns > min(line.extent for line in head):
        return head
    filled = {c for line in body for cell in line.cells for c in cell.columns}
    figures = {cell.column for line in body for cell in line.cells if is_figure(cell.text)}
    headed = {c for line in head for cell in line.cells for c in cell.columns}
    lowest = head[-1]
    cells = list(lowest.cells)
    for index in range(len(cells) - 1, -1, -1):
        column = cells[index].column
        free = column + 1 < columns and column + 1 in figures and column + 1 not in headed
        if column not in filled and free and cells[index].width == 1:
            cells[index] = replace(cells[index], column=column + 1)
            headed = (headed - {column}) | {column + 1}
    return [*head[:-1], replace(lowest, cells=tuple(cells))]
