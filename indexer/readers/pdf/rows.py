"""Printed lines as the rows of a table that rules no rows.

Lines that overlap in height stand in one row: a label of two lines beside a figure set in
the middle.  A row has one line of figures; a line without any belongs to the nearest,
unless it stands a whole row away from it, as a row without figures does.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from indexer.readers.pdf.figures import is_figure
from indexer.readers.pdf.words import Word, bounds

OVERLAP = 0.15
"""Lines that overlap by more than this stand beside each other, in sizes of the font."""
ATTACH = 0.75
"""A line without figures belongs to a row nearer than this share of the rows' pitch."""
WRAPPED = 1.35
"""Lines of one text are no further apart than this, in sizes of the font."""
LONE = 1.6
"""The pitch of a single row, in sizes of the font."""

Line = list[Word]
Band = list[Line]


def rows_of(lines: Sequence[Line]) -> list[list[Line]]:
    """Printed lines, from the top, as rows, each with the lines of its wrapped texts."""
    bands = _bands(lines)
    anchors = [i for i, band in enumerate(bands) if _has_figures(band)]
    pitch = _pitch(bands, anchors)
    rows: list[int | None] = [None] * len(bands)
    for i, band in enumerate(bands):
        near = min(anchors, key=lambda a: abs(_middle(bands[a]) - _middle(band)), default=i)
        if near == i or abs(_middle(bands[near]) - _middle(band)) < ATTACH * pitch:
            rows[i] = near
    _wrap_on(bands, rows)
    groups: dict[int, list[Line]] = {}
    for i, band in enumerate(bands):
        row = rows[i]
        groups.setdefault(i if row is None else row, []).extend(band)
    return [groups[key] for key in sorted(groups)]


def _bands(lines: Sequence[Line]) -> list[Band]:
    """The lines grouped by overlap in height."""
    bands: list[Band] = []
    reach = 0.0
    for line in lines:
        _, top, _, bottom = bounds(line)
        if bands and reach - top > OVERLAP * line[0].size:
            bands[-1].append(line)
        else:
            bands.append([line])
            reach = bottom
        reach = max(reach, bottom)
    return bands


def _has_figures(band: Band) -> bool:
    return any(is_figure(word) for line in band for word in line)


def _middle(band: Band) -> float:
    """The middle of the lines with figures, else of all."""
    figures = [line for line in band if any(is_figure(word) for word in line)]
    _, top, _, bottom = bounds(word for line in figures or band for word in line)
    return (top + bottom) / 2


def _pitch(bands: Sequence[Band], anchors: Sequence[int]) -> float:
    """The least distance of two rows: of two with figures, or of lines too far for a wrap."""
    size = max((line[0].size for band in bands for line in band), default=0.0)
    gaps = [_middle(below) - _middle(above) for above, below in pairwise(bands)]
    apart = [_middle(bands[b]) - _middle(bands[a]) for a, b in pairwise(anchors)]
    return min([*apart, *(gap for gap in gaps if gap > WRAPPED * size)], default=LONE * size)


def _wrap_on(bands: Sequence[Band], rows: list[int | None]) -> None:
    """Join bands that go on with a text of a neighbouring row, the nearest first.

    A label of four lines reaches further from its figures than these from the next row's.
    """
    for order in (range(1, len(bands)), range(len(bands) - 2, -1, -1)):
        for i in order:
            before = i - order.step
            if rows[i] is None and _goes_on(bands[before], bands[i]):
                rows[i] = before if rows[before] is None else rows[before]


def _goes_on(one: Band, other: Band) -> bool:
    """Whether each text of a band stands close above or below a text of another."""
    return all(
        any(_is_close(word, near) for line in one for near in line) for word in _words(other)
    )


def _words(band: Band) -> list[Word]:
    return [word for line in band for word in line]


def _is_close(word: Word, near: Word) -> bool:
    beside = min(word.x1, near.x1) - max(word.x0, near.x0) > 0
    level = abs(word.middle[1] - near.middle[1]) <= WRAPPED * word.size
    return beside and level and not is_figure(near)
