"""Where the lines of a stacked header are cut: between the heads of its groups."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from indexer.readers.pdf.groups import Group
from indexer.readers.pdf.heads import Extent


def levels_of(groups: Sequence[Group]) -> list[float]:
    """The heights that part the rows of a header, from the top."""
    gaps = sorted(
        (_gap(group) for top in groups for group in _walk(top) if group.below),
        key=lambda gap: gap[1],
    )
    cuts: list[float] = []
    for high, low in gaps:
        if not cuts or cuts[-1] < high:
            cuts.append(low)
    return [_middle_of(cut, gaps) for cut in cuts]


def _middle_of(cut: float, gaps: Sequence[Extent]) -> float:
    """The middle of the stripe that all gaps around a cut share."""
    around = [gap for gap in gaps if gap[0] <= cut <= gap[1]]
    return (max(high for high, _ in around) + min(low for _, low in around)) / 2


def _gap(group: Group) -> Extent:
    """The stripe between a head and the heads below it."""
    assert group.head is not None
    bottom = group.head.bottom
    tops = [below.top for below in group.below if below.head]
    low = min(tops, default=bottom + group.head.size)
    return min(bottom, low), max(bottom, low)


def _walk(group: Group) -> Iterable[Group]:
    yield group
    for below in group.below:
        yield from _walk(below)
