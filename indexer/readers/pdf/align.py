"""What the alignment of figures says where no rule is drawn.

A column of figures is the one thing in a budget table that prose does not imitate: two
figures side by side, or stacked, with nothing between them are two cells.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from indexer.readers.pdf.figures import is_amount, is_figure
from indexer.readers.pdf.rows import Line, rows_of
from indexer.readers.pdf.words import Word, bounds, lines_of

STACKS = 2
"""So many cells with figures one below the other show that rows are not ruled…"""
STACK = 3
"""…or one cell with so many."""

COLUMN_GAP = 0.5
"""Figures of two columns stand at least so far apart, in sizes of the font."""


def cuts_between(rows: Sequence[Sequence[Line]]) -> tuple[float, ...]:
    """The heights half-way between rows."""
    boxes = [bounds(word for line in row for word in line) for row in rows]
    return tuple((a[3] + b[1]) / 2 for a, b in pairwise(boxes))


def row_cuts(cells: Sequence[Sequence[Word]], widths: Sequence[float]) -> tuple[float, ...]:
    """Where a ruled band holds several rows: the heights between them, else nothing."""
    stacks = [
        len(lines)
        for words, width in zip(cells, widths, strict=True)
        if len(lines := lines_of(words)) > 1
        and all(is_figure(word) for line in lines for word in line)
        and not _is_broken(lines, width)
    ]
    if len(stacks) < STACKS and max(stacks, default=0) < STACK:
        return ()
    return cuts_between(rows_of(lines_of(word for words in cells for word in words)))


def _is_broken(lines: Sequence[Line], width: float) -> bool:
    """Whether a stack of figures is one figure too long for its cell."""
    x0, _, x1, _ = bounds(lines[0])
    return x1 - x0 > width - 2 * lines[0][0].size and not is_amount(lines[-1][0])


def column_cut(cells: Sequence[Sequence[Word]]) -> float | None:
    """Where a ruled column holds two columns of figures: a place between them.

    ``cells`` are the column's cells from the top.  Below the first pair of figures there
    must be more pairs than texts that run across the cut.
    """
    gaps = [_gap(words) for words in cells]
    first = next((i for i, gap in enumerate(gaps) if gap), None)
    if first is None:
        return None
    pairs = [gap for gap in gaps if gap and gap[0] < (gaps[first] or gap)[1]]
    low, high = max(gap[0] for gap in pairs), min(gap[1] for gap in pairs)
    if low >= high:
        return None
    lines = [line for words in cells for line in lines_of(words)]
    most = max(len(line) for line in lines if any(map(is_figure, line)))
    names = next((x for x in lines if len(x) == most and not any(map(is_figure, x))), [])
    cut = between_names(low, high, names, 0)
    across = sum(any(word.x0 < cut < word.x1 for word in words) for words in cells[first:])
    return cut if across < len(pairs) else None


def _gap(words: Sequence[Word]) -> tuple[float, float] | None:
    """The first white space between two figures, one of them an amount, on one line."""
    for line in lines_of(words):
        for left, right in pairwise(line):
            figures = is_figure(left) and is_figure(right)
            apart = right.x0 - left.x1 >= COLUMN_GAP * right.size
            if figures and apart and (is_amount(left) or is_amount(right)):
                return left.x1, right.x0
    return None


def between_names(low: float, high: float, names: Sequence[Word], index: int) -> float:
    """The cut between two columns of figures, off the names above them where it can be.

    ``names`` are as many as there are columns, or none; names are often centred or set to
    the left above figures set to the right.
    """
    if names:
        left, right = max(low, names[index].x1), min(high, names[index + 1].x0)
        if left < right:
            return (left + right) / 2
    return (low + high) / 2
