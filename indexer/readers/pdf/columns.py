"""The columns of a table that draws none: white stripes of its rows, and the heads above.

A column whose rows are all blank shows only by its head, and one head may stand over two
stripes (a code beside its name); the sequence of heads is laid along that of the columns in
the way that moves them least.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from indexer.readers.pdf.heads import Block, Extent, overlap
from indexer.readers.pdf.words import Word

BLANK = 1.2
"""What it counts against a reading that a head stands over a blank column…"""
INTRUDES = 2.0
"""…that it overlaps the figures of another…"""
HEADLESS = 3.0
"""…that a column has no head…"""
SHARED = 1.5
"""…that it shares the head of the column to its left…"""
SPACED = 0.3
"""…that two texts are one head whose letters are spaced out…"""
APART = 4.0
"""…and that two others are one head."""
BESIDE = 0.5
"""What each size of the font counts that lies between a head and its figures…"""
OFF_CENTRE = 0.05
"""…and by which their middles are apart."""
NEAR = 0.5
"""The letters of a spaced-out head stand no further beside their figures, in sizes."""
SPACED_LETTERS = 2
"""A spaced-out head has no more letters than this in a piece."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column: the extent of what its rows print, ``None`` when blank, and its heads.

    ``shares`` says that it has the head of the column before it.
    """

    extent: Extent | None
    heads: tuple[Block, ...] = ()
    shares: bool = False

    @property
    def reach(self) -> Extent:
        """From the leftmost to the rightmost of all it prints."""
        extents = [block.extent for block in self.heads] if not self.shares else []
        if self.extent is not None:
            extents.append(self.extent)
        return min(x0 for x0, _ in extents), max(x1 for _, x1 in extents)


def extents_of(lines: Iterable[Sequence[Word]], narrowest: float) -> list[Extent]:
    """What lies between the white stripes that run down through all lines."""
    found: list[Extent] = []
    for word in sorted((word for line in lines for word in line), key=lambda word: word.x0):
        if found and word.x0 - found[-1][1] < narrowest:
            found[-1] = found[-1][0], max(found[-1][1], word.right)
        else:
            found.append((word.x0, word.right))
    return found


@dataclass(frozen=True, slots=True)
class _Reading:
    """Heads and columns laid along each other so far, and what counts against it."""

    cost: float = 0.0
    columns: tuple[Column, ...] = ()
    is_headed: bool = False

    def more(self, cost: float, column: Column) -> _Reading:
        """With one column more."""
        return _Reading(self.cost + cost, (*self.columns, column), bool(column.heads))

    def joined(self, cost: float, head: Block) -> _Reading:
        """With one head more over the last column."""
        last = self.columns[-1]
        whole = replace(last, heads=(*last.heads, head))
        return _Reading(self.cost + cost, (*self.columns[:-1], whole), is_headed=True)


def aligned(heads: Sequence[Block], extents: Sequence[Extent], size: float) -> list[Column]:
    """The columns from the left, each with its heads; both come in order."""
    best: dict[tuple[int, int], list[_Reading]] = {(0, 0): [_Reading()]}
    for i in range(len(heads) + 1):
        for j in range(len(extents) + 1):
            if (i, j) != (0, 0):
                best[i, j] = _best(_readings(best, heads, extents, size, (i, j)))
    return list(best[len(heads), len(extents)][0].columns)


def _best(readings: Iterable[_Reading]) -> list[_Reading]:
    """The best reading, and the best of those that may still share or join a head."""
    ordered = sorted(readings, key=lambda reading: reading.cost)
    headed = [reading for reading in ordered if reading.is_headed]
    return [*ordered[:1], *(reading for reading in headed[:1] if reading not in ordered[:1])]


def _readings(
    best: dict[tuple[int, int], list[_Reading]],
    heads: Sequence[Block],
    extents: Sequence[Extent],
    size: float,
    at: tuple[int, int],
) -> Iterable[_Reading]:
    i, j = at
    head = heads[i - 1] if i else None
    extent = extents[j - 1] if j else None
    if head and extent:
        for before in best[i - 1, j - 1]:
            yield before.more(_distance(head, extent) / size, Column(extent, (head,)))
    if head:
        for before in best[i - 1, j]:
            yield before.more(_blank(head, extents), Column(None, (head,)))
            last = before.columns[-1] if before.is_headed else None
            if last is not None and last.extent is not None:
                yield before.joined(_apart(last.heads[-1], head, last.extent), head)
    if extent:
        for before in best[i, j - 1]:
            yield before.more(HEADLESS, Column(extent))
            if before.is_headed and head:
                shared = before.columns[-1].heads
                gap = max(0.0, -overlap(head.extent, extent)) / size
                yield before.more(SHARED + BESIDE * gap, Column(extent, shared, shares=True))


def _distance(head: Block, extent: Extent) -> float:
    gap = max(0.0, -overlap(head.extent, extent))
    return BESIDE * gap + OFF_CENTRE * abs(head.middle - sum(extent) / 2)


def _blank(head: Block, extents: Sequence[Extent]) -> float:
    """What counts against a blank column where a head stands."""
    shares = (
        overlap(head.extent, extent)
        / max(1e-6, min(head.extent[1] - head.extent[0], extent[1] - extent[0]))
        for extent in extents
    )
    return BLANK + INTRUDES * max([0.0, *shares])


def _apart(left: Block, right: Block, extent: Extent) -> float:
    """What counts against two texts being one head of a column: letters spaced out over it."""
    if min(overlap(left.extent, extent), overlap(right.extent, extent)) < -NEAR * left.size:
        return APART
    level = abs(left.lines[-1].middle[1] - right.lines[-1].middle[1]) < left.size / 2
    spaced = left.letters <= SPACED_LETTERS >= right.letters
    return SPACED if level and spaced else APART


def edges_of(columns: Sequence[Column], left: float, right: float) -> list[float]:
    """The edges of the columns between the outermost edges of the table."""
    inner = [_cut(before, after) for before, after in pairwise(columns)]
    return [left, *inner, right]


def _cut(before: Column, after: Column) -> float:
    low, high = before.reach[1], after.reach[0]
    if low < high:
        return (low + high) / 2
    if before.extent and after.extent:
        return (before.extent[1] + after.extent[0]) / 2
    if before.extent:
        return before.extent[1]
    return after.extent[0] if after.extent else (low + high) / 2
