"""Tables that draw only a part of their rules: the edges that are left open.

Some draw only the rules between cells, so that the outermost cells have no border; some draw
the cells of their header alone and set their rows in columns below it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from indexer.readers.pdf.align import cuts_between
from indexer.readers.pdf.figures import is_figure
from indexer.readers.pdf.grids import Area, Frame
from indexer.readers.pdf.printed import LARGER, Printed, follows, printed
from indexer.readers.pdf.rows import rows_of
from indexer.readers.pdf.rules import JOIN, SNAP, Lattice, Stroke
from indexer.readers.pdf.unruled import MARGIN, end_of_table
from indexer.readers.pdf.words import Word

NEAR = 1.0
"""A head above the topmost rule stands no further from it, in sizes of its font."""
CENTRED = 1.5
"""Its middle is off that of the table by no more, in sizes of its font."""
LABEL_LINES = 3
"""The first row with figures below a header is among so many lines."""
STRAYS = 0.3
"""A word of a row runs over the edge of its column by no more than this, in sizes."""


def with_open_edges(
    found: Sequence[Lattice], lone: Sequence[Stroke], words: Sequence[Word]
) -> list[Lattice]:
    """Lattices with the cells at their edges that no rule closes.

    ``lone`` are the upright strokes that touch no level one.
    """
    return [_opened(lattice, lone, words) for lattice in found]


def _opened(lattice: Lattice, lone: Sequence[Stroke], words: Sequence[Word]) -> Lattice:
    _, top, _, bottom = lattice.box
    alike = [s for s in lone if abs(s.start - top) <= JOIN and abs(s.end - bottom) <= JOIN]
    near = _neighbours(lattice, alike, words)
    if near or _is_open_header(lattice, words):
        lattice = replace(lattice, down=(*lattice.down, *near))
        lattice = _with_sides(lattice, words)
    return _with_head(lattice, words)


def _is_open_header(lattice: Lattice, words: Sequence[Word]) -> bool:
    """Whether a lattice without figures has no rule at one of its sides."""
    left, top, right, bottom = lattice.box
    sides = [s.at for s in lattice.down]
    inside = [w for w in words if left < w.middle[0] < right and top < w.middle[1] < bottom]
    is_open = min(sides) - left > SNAP or right - max(sides) > SNAP
    return is_open and bool(inside) and not any(map(is_figure, inside))


def _neighbours(
    lattice: Lattice, lone: Sequence[Stroke], words: Sequence[Word]
) -> tuple[Stroke, ...]:
    """The lone strokes beside a lattice as high as it, if texts stand beyond the last."""
    left, top, right, bottom = lattice.box
    outside = [s for s in lone if not left + SNAP < s.at < right - SNAP]
    level = [w for w in words if top <= w.middle[1] <= bottom]
    ends = [s.at for s in (*outside, *lattice.down)]
    beyond = any(w.x0 >= max(ends) or w.x1 <= min(ends) for w in level)
    return tuple(outside) if beyond else ()


def _with_sides(lattice: Lattice, words: Sequence[Word]) -> Lattice:
    """With an edge around the texts left and right of the outermost strokes."""
    left, top, right, bottom = lattice.box
    level = [w for w in words if top <= w.middle[1] <= bottom]
    sides = [
        *(Stroke(min(w.x0 for w in beyond) - MARGIN, top, bottom) for beyond in
          [[w for w in level if w.x1 <= left]] if beyond),
        *(Stroke(max(w.x1 for w in beyond) + MARGIN, top, bottom) for beyond in
          [[w for w in level if w.x0 >= right]] if beyond),
    ]  # fmt: skip
    return replace(lattice, down=(*lattice.down, *sides))


def _with_head(lattice: Lattice, words: Sequence[Word]) -> Lattice:
    """With the row of a head over all columns, above the topmost rule of an open table."""
    left, top, right, _ = lattice.box
    sides = [s.at for s in lattice.down]
    level = min(s.at for s in lattice.across)
    if min(sides) - left <= SNAP or right - max(sides) <= SNAP or level - top > SNAP:
        return lattice
    head = _head_over(lattice, words)
    if head is None:
        return lattice
    return replace(lattice, across=(*lattice.across, Stroke(head.top - MARGIN, left, right)))


def _head_over(lattice: Lattice, words: Sequence[Word]) -> Printed | None:
    left, top, right, bottom = lattice.box
    above = printed([w for w in words if w.bottom <= top + MARGIN])
    inside = [w.size for w in words if top < w.middle[1] < bottom and left < w.middle[0] < right]
    if not above or not inside:
        return None
    line = above[-1]
    middle = (line.words[0].x0 + line.words[-1].x1) / 2
    near = top - line.bottom <= NEAR * line.size
    centred = abs(middle - (left + right) / 2) <= CENTRED * line.size
    title = line.captions or not line.heading or line.size > LARGER * max(inside)
    return line if near and centred and not title and len(line.segments) == 1 else None


def with_rows_below(frames: Sequence[Frame], words: Sequence[Word]) -> list[Frame]:
    """Frames that are headers alone with the rows set in their columns below them."""
    outside = [word for word in words if not any(frame.holds(word) for frame in frames)]
    return [_with_rows(frame, _below(frame, frames, outside), words) for frame in frames]


def _below(frame: Frame, frames: Sequence[Frame], words: Sequence[Word]) -> list[Printed]:
    """The lines between a frame and the next."""
    bottom = frame.ys[-1]
    end = min((f.ys[0] for f in frames if f.ys[0] > bottom), default=float("inf"))
    return printed([w for w in words if bottom < w.middle[1] < end])


def _with_rows(frame: Frame, below: Sequence[Printed], words: Sequence[Word]) -> Frame:
    if not below or any(is_figure(word) for word in words if frame.holds(word)):
        return frame
    first = next((i for i, line in enumerate(below[:LABEL_LINES]) if line.tabular), None)
    if first is None or below[0].top - frame.ys[-1] > NEAR * below[0].size:
        return frame
    if not all(line.heading and follows(line, below[first]) for line in below[:first]):
        return frame
    body = below[: end_of_table(below, first)]
    if not all(_in_column(frame, word) for line in body for word in line.words):
        return frame
    rows = rows_of([list(line.words) for line in body])
    low = max(line.bottom for line in body) + MARGIN
    count = len(rows)
    areas = [
        Area(frame.rows + row, column) for row in range(count) for column in range(frame.columns)
    ]
    ys = (*frame.ys, *cuts_between(rows), low)
    return Frame(frame.xs, ys, (*frame.areas, *areas), exact=False)


def _in_column(frame: Frame, word: Word) -> bool:
    slack = STRAYS * word.size
    return any(
        left - slack <= word.x0 and word.x1 <= right + slack
        for left, right in zip(frame.xs, frame.xs[1:], strict=False)
    )
