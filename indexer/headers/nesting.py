"""Header cells of a table that keeps its blank cells: how far each of them reaches.

Where every cell stands in its own column, a head reaches to the next head of its line, and
no further than the head above it; a head with heads below it begins where the first of
them begins.  A header that breaks these rules was moved by a converter and is not read so.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import replace

from archive.fold import fold
from indexer.head_words import is_description
from indexer.lattice import PrintedCell, PrintedLine

_WHOLE_CODE = re.compile(r"(?:编码|代码)$")
"""A head over the columns of a code's parts that have none of their own."""


def nested(
    head: Sequence[PrintedLine], columns: int, filled: Collection[int]
) -> list[PrintedLine] | None:
    """The header lines with each cell over all its columns; ``None`` when they break a rule.

    ``filled`` are the columns that the rows below print something in.
    """
    if not head or any(line.cells[0].column != 0 for line in head[:1]):
        return None
    starts: set[int] = set()
    lines: list[PrintedLine] = []
    for line in head:
        starts |= {cell.column for cell in line.cells}
        lines.append(replace(line, cells=_reaching(line.cells, starts, columns)))
    whole = all(_is_whole(lines, number, filled) for number in range(len(lines)))
    return lines if whole and not _parts_descriptions(lines, columns) else None


def _reaching(
    cells: Sequence[PrintedCell], starts: Collection[int], columns: int
) -> tuple[PrintedCell, ...]:
    """The cells up to the next cell of their own line or of a line above."""
    ends = {
        cell.column: min((s for s in starts if s > cell.column), default=columns) for cell in cells
    }
    return tuple(replace(cell, width=ends[cell.column] - cell.column) for cell in cells)


def _is_whole(lines: Sequence[PrintedLine], number: int, filled: Collection[int]) -> bool:
    """Whether each cell of a line has heads below it from its first column on, or none and
    then only one column with something in it."""
    below = [line.at for line in lines[number + 1 :]]
    for cell in lines[number].cells:
        headed = [column for column in cell.columns if any(at(column) for at in below)]
        if headed and headed[0] != cell.column:
            return False
        used = [column for column in cell.columns[1:] if column in filled]
        if not headed and used and not _WHOLE_CODE.search(fold(cell.text)):
            return False
    return True


def _parts_descriptions(lines: Sequence[PrintedLine], columns: int) -> bool:
    """Whether a head stands over the last of several neighbouring codes and names and over
    amounts: it was printed over the amounts alone, and the one before it over the names."""
    leaves = [_leaf(lines, column) for column in range(columns)]
    described = [is_description(leaf) for leaf in leaves]
    return any(
        described[cell.column - 1] and described[cell.column] and not described[cell.columns[-1]]
        for line in lines
        for cell in line.cells
        if cell.column and cell.width > 1
    )


def _leaf(lines: Sequence[PrintedLine], column: int) -> str:
    """The folded text of the lowest head of a column."""
    return next((fold(text) for line in reversed(lines) if (text := line.text_at(column))), "")
