"""Tables that are plain only by their setting: lines whose cells stand in columns of blanks.

A run of lines that all divide into as many cells, at tabs or at two blanks and more, with
figures in its last column, is a table as printed, though nothing names it.  What could be
running text (a sentence, a line of another shape) ends the run, so that no prose is taken.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from indexer.headings import numbered
from indexer.loose.rows import is_figure_cell
from indexer.pages import Grid, GridCell, Line
from indexer.places import union

FEWEST_LINES = 3
FEWEST_ROWS = 2
"""Lines that end in a figure; the others are a header."""
LONGEST_CELL = 30

_GAP = re.compile(r"\t+|[ \u3000]{2,}")
_PROSE = re.compile(r"[。；！？：;]|，.*，|…|\.{4,}")


def tabular_end(items: Sequence[Line | Grid], start: int) -> int:
    """The index after the lines from ``start`` on that are plainly a table; ``start`` where
    none are."""
    first = _cells(items, start)
    end = start
    while first and len(_cells(items, end)) == len(first):
        end += 1
    lines = [_cells(items, at) for at in range(start, end)]
    rows = [cells for cells in lines if is_figure_cell(cells[-1]) and not is_figure_cell(cells[0])]
    if len(lines) < FEWEST_LINES or len(rows) < max(FEWEST_ROWS, len(lines) - 2):
        return start
    return end


def tabular_grid(lines: Sequence[Line]) -> Grid:
    """The grid of the lines, each cell below those above it in order."""
    cells = tuple(
        GridCell(row, column, text, line.place)
        for row, line in enumerate(lines)
        for column, text in enumerate(_GAP.split(line.text.strip()))
    )
    return Grid(
        rows=len(lines),
        columns=max(cell.column for cell in cells) + 1,
        cells=cells,
        place=union(line.place for line in lines),
        exact=False,
    )


def _cells(items: Sequence[Line | Grid], index: int) -> list[str]:
    """The cells of a line, none where it is no line of several."""
    item = items[index] if index < len(items) else None
    if not isinstance(item, Line) or _PROSE.search(item.text):
        return []
    cells = _GAP.split(item.text.strip())
    is_row = len(cells) > 1 and all(0 < len(cell) <= LONGEST_CELL for cell in cells)
    heads = numbered(item.text) is not None and not is_figure_cell(cells[-1])
    return cells if is_row and not heads else []
