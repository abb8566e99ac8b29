"""The heads of a header over the groups of columns that they head.

A head with others below it heads the run of columns between whose edges it is centred, or
below whose only rule it stands; the runs are chosen so that all heads of a level fit best.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from indexer.readers.pdf.heads import HALFWAY, Block, Extent, overlap
from indexer.readers.pdf.rules import Stroke

OFF_CENTRE = 1.0
"""A head that is further than this from every middle is not centred, in sizes of its font."""
HEADLESS = 2.0
"""What it counts against a head set to the left that its first column has no head."""
ORPHAN = 0.5
"""What it counts against a reading that a column below the heads of a level has none."""
UNUSED = 6.0
"""…that a head has no columns."""
ALONE = 0.3
"""…that a head is over one column only."""
OVERHANG = 2.0
"""…that a head is wider than its columns, for each size of the font."""
PARTIAL = 0.9
"""A rule below a head of some columns is no longer than this share of the table."""


@dataclass(frozen=True, slots=True)
class Group:
    """A head over the columns ``first`` to ``last``, with the heads below it, if any."""

    first: int
    last: int
    head: Block | None
    below: tuple[Group, ...] = ()

    @property
    def top(self) -> float:
        """Where its head begins; a column without one is lower than all."""
        return self.head.top if self.head else float("inf")


def grouped(
    columns: Sequence[Group],
    heads: Sequence[Block],
    edges: Sequence[float],
    strokes: Sequence[Stroke],
) -> list[Group]:
    """The columns under the heads of groups, the lowest heads first.

    ``edges`` are those of the columns, one more than there are columns.
    """
    units = list(columns)
    bottom = max((b.bottom for b in (*heads, *(u.head for u in units)) if b), default=0.0)
    left = sorted(heads, key=lambda head: head.bottom)
    while left:
        lowest = left[-1]
        level = [head for head in left if not head.is_over(lowest)]
        left = [head for head in left if head not in level]
        level.sort(key=lambda head: head.middle)
        units = _under(units, level, edges, strokes, bottom)
    return units


Choice = tuple[float, tuple[tuple[int, int] | None, ...]]


def _under(
    units: Sequence[Group],
    level: Sequence[Block],
    edges: Sequence[float],
    strokes: Sequence[Stroke],
    bottom: float,
) -> list[Group]:
    """The units with the heads of one level over runs of them, as well as these fit."""
    middle = (min(head.top for head in level) + bottom) / 2
    low = [_is_below(unit, level, middle) for unit in units]
    best: dict[int, Choice] = {0: (0.0, ())}
    for head in level:
        following: dict[int, Choice] = {}
        misfits = _misfits(units, low, head, edges, _below_alone(head, level, strokes))
        for start, (cost, chosen) in best.items():
            _keep(following, start, (cost + UNUSED, (*chosen, None)))
            for (first, last), misfit in misfits.items():
                if first >= start:
                    total = cost + misfit + ORPHAN * sum(low[start:first])
                    _keep(following, last + 1, (total, (*chosen, (first, last))))
        best = following
    end = min(best, key=lambda end: best[end][0] + ORPHAN * sum(low[end:]))
    return _joined(units, level, best[end][1])


def _keep(best: dict[int, Choice], end: int, choice: Choice) -> None:
    if end not in best or choice[0] < best[end][0]:
        best[end] = choice


def _misfits(
    units: Sequence[Group],
    low: Sequence[bool],
    head: Block,
    edges: Sequence[float],
    strokes: Sequence[Stroke],
) -> dict[tuple[int, int], float]:
    """The runs of units that a head may be over, and how ill each fits.

    A head that is centred over no run is set to the left edge of its first column.
    """
    drawn = _drawn_below(head, strokes, edges)
    misfits = {
        (first, last): _misfit(
            head, (edges[units[first].first], edges[units[last].last + 1]), drawn
        )
        for first, last in _runs(units, low, head)
    }
    if misfits and min(misfits.values()) > OFF_CENTRE:
        misfits = {run: _off_left(head, units[run[0]].head) for run in misfits}
    return {
        (first, last): misfit + (ALONE if first == last else 0.0)
        for (first, last), misfit in misfits.items()
    }


def _off_left(head: Block, first: Block | None) -> float:
    return abs(head.extent[0] - first.extent[0]) / head.size if first else HEADLESS


def _runs(units: Sequence[Group], low: Sequence[bool], head: Block) -> Iterable[tuple[int, int]]:
    for first in range(len(units)):
        for last in range(first, len(units)):
            lower = units[last].head
            if not low[last] or (lower is not None and not head.is_over(lower)):
                break
            yield first, last


def _misfit(head: Block, extent: Extent, drawn: Extent | None) -> float:
    """How far columns are from those that a head is over, in sizes of its font."""
    if drawn:
        return (abs(extent[0] - drawn[0]) + abs(extent[1] - drawn[1])) / head.size
    over = max(0.0, extent[0] - head.extent[0], head.extent[1] - extent[1])
    return (abs(sum(extent) / 2 - head.middle) + OVERHANG * over) / head.size


def _joined(
    units: Sequence[Group], level: Sequence[Block], runs: Sequence[tuple[int, int] | None]
) -> list[Group]:
    starts = {run[0]: (run[1], head) for run, head in zip(runs, level, strict=True) if run}
    result: list[Group] = []
    index = 0
    while index < len(units):
        last, head = starts.get(index, (index, None))
        if head is None:
            result.append(units[index])
        else:
            inside = tuple(units[index : last + 1])
            result.append(Group(inside[0].first, inside[-1].last, head, inside))
        index = last + 1
    return result


def _is_below(unit: Group, level: Sequence[Block], middle: float) -> bool:
    """Whether a unit may be under a head of this level.

    One that stands half-way between the top of the level and the bottom of the header
    reaches over both, as it is centred in its cell.
    """
    if unit.head is None:
        return True
    if not unit.below and abs(unit.head.height - middle) <= HALFWAY * unit.head.size:
        return False
    return any(head.is_over(unit.head) for head in level)


def _below_alone(head: Block, level: Sequence[Block], strokes: Sequence[Stroke]) -> list[Stroke]:
    """The strokes that run below no other head of its level."""
    others = [other.extent for other in level if other is not head]
    return [s for s in strokes if all(overlap((s.start, s.end), other) <= 0 for other in others)]


def _drawn_below(head: Block, strokes: Sequence[Stroke], edges: Sequence[float]) -> Extent | None:
    """The rule that is drawn right below a head over its columns alone, if one is."""
    width = edges[-1] - edges[0]
    found = [
        stroke
        for stroke in strokes
        if abs(stroke.at - head.bottom) <= head.size
        and abs((stroke.start + stroke.end) / 2 - head.middle) <= OFF_CENTRE * head.size
        and stroke.end - stroke.start < PARTIAL * width
    ]
    nearest = min(found, key=lambda stroke: abs(stroke.at - head.bottom), default=None)
    return (nearest.start, nearest.end) if nearest else None
