"""Lattices to grids: the cells that rules enclose, with spans, and the words in them.

The lattice is cut at every rule into small fields; fields that no rule parts are one cell.
Where a table is only half ruled (rows or columns parted by white space alone), the
alignment of its figures gives the missing cuts.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from archive.model import Place
from indexer.pages import Grid, GridCell
from indexer.readers.pdf.align import column_cut, row_cuts
from indexer.readers.pdf.rules import SNAP, Lattice, Stroke, positions, spans
from indexer.readers.pdf.words import Word, bounds, cell_text

UNCOVERED = 4.0
"""A rule parts two fields when it leaves no more than this of their border open."""
OPEN_SHARE = 0.3
"""…and no more than this share of a short border."""
MOST_CUTS = 40
"""A half-ruled table gets no more missing columns than this."""
OVERHANG = 1.5
"""Text that runs over the edge of a table belongs to it up to so many sizes of its font."""


@dataclass(frozen=True, slots=True)
class Area:
    """A cell of a frame: its first row and column and how many of each it takes."""

    row: int
    column: int
    row_span: int = 1
    column_span: int = 1


@dataclass(frozen=True, slots=True)
class Frame:
    """The cells of a table before their text: column edges, row edges, areas."""

    xs: tuple[float, ...]
    ys: tuple[float, ...]
    areas: tuple[Area, ...]
    exact: bool = True

    @property
    def rows(self) -> int:
        """The number of rows."""
        return len(self.ys) - 1

    @property
    def columns(self) -> int:
        """The number of columns."""
        return len(self.xs) - 1

    def holds(self, word: Word) -> bool:
        """Whether the middle of a word is inside, or only just runs over an edge."""
        x, y = word.middle
        if not self.ys[0] <= y <= self.ys[-1]:
            return False
        if self.xs[0] <= x <= self.xs[-1]:
            return True
        over = OVERHANG * word.size
        return self.xs[0] - over <= word.x0 < word.x1 <= self.xs[-1] + over and (
            word.x1 >= self.xs[0] - 1 if x < self.xs[0] else word.x0 <= self.xs[-1] + 1
        )


def frame_of(lattice: Lattice) -> Frame | None:
    """The frame that a lattice draws; ``None`` for a mere box, bar or single column."""
    xs = positions(lattice.down, (x for s in lattice.across for x in (s.start, s.end)))
    ys = positions(lattice.across, (y for s in lattice.down for y in (s.start, s.end)))
    if len(xs) < 3 or len(ys) < 2:
        return None
    fields = _merged(xs, ys, lattice)
    areas: list[Area] = []
    exact = True
    for field in fields:
        pieces = _rectangles(field)
        exact = exact and len(pieces) == 1
        areas += pieces
    frame = _without_idle_edges(Frame(tuple(xs), tuple(ys), tuple(areas), exact))
    return frame if frame.columns > 1 else None


def _merged(xs: list[float], ys: list[float], lattice: Lattice) -> list[set[tuple[int, int]]]:
    """The small fields (row, column) grouped by what no rule parts."""
    columns, rows = len(xs) - 1, len(ys) - 1
    below = [_covered(lattice.across, y, xs) for y in ys]
    beside = [_covered(lattice.down, x, ys) for x in xs]
    seen: set[tuple[int, int]] = set()
    groups: list[set[tuple[int, int]]] = []
    for start in ((r, c) for r in range(rows) for c in range(columns)):
        if start in seen:
            continue
        group, todo = {start}, [start]
        while todo:
            r, c = todo.pop()
            for near, parted in (
                ((r + 1, c), r + 1 == rows or below[r + 1][c]),
                ((r - 1, c), r == 0 or below[r][c]),
                ((r, c + 1), c + 1 == columns or beside[c + 1][r]),
                ((r, c - 1), c == 0 or beside[c][r]),
            ):
                if not parted and near not in group:
                    group.add(near)
                    todo.append(near)
        seen |= group
        groups.append(group)
    return groups


def _covered(strokes: Sequence[Stroke], at: float, edges: list[float]) -> list[bool]:
    """For each stretch between two edges, whether strokes at this place run along it."""
    drawn = spans((s.start, s.end) for s in strokes if abs(s.at - at) <= SNAP)
    return [
        _open(drawn, start, end) <= min(UNCOVERED, OPEN_SHARE * (end - start))
        for start, end in pairwise(edges)
    ]


def _open(drawn: list[tuple[float, float]], start: float, end: float) -> float:
    return (end - start) - sum(max(0.0, min(end, b) - max(start, a)) for a, b in drawn)


def _rectangles(field: set[tuple[int, int]]) -> list[Area]:
    """A field as rectangles: itself, or where it is bent, its rows' runs joined downwards."""
    rows, columns = {r for r, _ in field}, {c for _, c in field}
    height, width = max(rows) - min(rows) + 1, max(columns) - min(columns) + 1
    if len(field) == height * width:
        return [Area(min(rows), min(columns), height, width)]
    closed: list[Area] = []
    growing: dict[tuple[int, int], Area] = {}
    for row in sorted(rows):
        runs = _row_runs(sorted(c for r, c in field if r == row))
        closed += [area for run, area in growing.items() if run not in runs]
        growing = {
            run: replace(growing[run], row_span=growing[run].row_span + 1)
            if run in growing
            else Area(row, run[0], 1, run[1] - run[0])
            for run in runs
        }
    return closed + list(growing.values())


def _row_runs(columns: list[int]) -> list[tuple[int, int]]:
    runs: list[tuple[int, int]] = []
    for column in columns:
        if runs and runs[-1][1] == column:
            runs[-1] = (runs[-1][0], column + 1)
        else:
            runs.append((column, column + 1))
    return runs


def _without_idle_edges(frame: Frame) -> Frame:
    """The frame without edges at which no cell begins (an underline inside a cell)."""
    rows = sorted({area.row for area in frame.areas})
    columns = sorted({area.column for area in frame.areas})
    return Frame(
        (*(frame.xs[c] for c in columns), frame.xs[-1]),
        (*(frame.ys[r] for r in rows), frame.ys[-1]),
        tuple(_renumbered(area, rows, columns) for area in frame.areas),
        frame.exact,
    )


def _renumbered(area: Area, rows: Sequence[int], columns: Sequence[int]) -> Area:
    """The area in a frame of which only these rows and columns are left."""
    row, below = bisect_left(rows, area.row), bisect_left(rows, area.row + area.row_span)
    column = bisect_left(columns, area.column)
    right = bisect_left(columns, area.column + area.column_span)
    return Area(row, column, below - row, right - column)


# -- words into cells ---------------------------------------------------------------------

Filled = dict[Area, list[Word]]


def filled(frame: Frame, words: Iterable[Word]) -> Filled:
    """The words of each area that has any."""
    at = {
        (r, c): area
        for area in frame.areas
        for r in range(area.row, area.row + area.row_span)
        for c in range(area.column, area.column + area.column_span)
    }
    inside: Filled = {}
    for word in words:
        x, y = word.middle
        row = min(max(bisect_right(frame.ys, y) - 1, 0), frame.rows - 1)
        column = min(max(bisect_right(frame.xs, x) - 1, 0), frame.columns - 1)
        inside.setdefault(at[row, column], []).append(word)
    return inside


def completed(frame: Frame, words: Sequence[Word]) -> Frame:
    """The frame with the rows and columns that only the alignment of figures shows."""
    inside = filled(frame, words)
    for row in range(frame.rows - 1, -1, -1):
        cells = [(a, found) for a, found in inside.items() if a.row == row and a.row_span == 1]
        widths = [frame.xs[a.column + a.column_span] - frame.xs[a.column] for a, _ in cells]
        cuts = row_cuts([found for _, found in cells], widths)
        if cuts:
            frame = _with_rows(frame, row, cuts)
    inside = filled(frame, words)
    column = 0
    while column < frame.columns and frame.columns < MOST_CUTS:
        alone = [a for a in inside if a.column == column and a.column_span == 1]
        cut = column_cut([inside[area] for area in sorted(alone, key=lambda area: area.row)])
        if cut is None:
            column += 1
        else:
            frame = _with_column(frame, column, cut, inside)
            inside = filled(frame, words)
    return frame


def _with_rows(frame: Frame, row: int, cuts: Sequence[float]) -> Frame:
    more = len(cuts)
    areas: list[Area] = []
    for area in frame.areas:
        if area.row > row:
            areas.append(replace(area, row=area.row + more))
        elif area.row + area.row_span <= row:
            areas.append(area)
        elif area.row_span > 1:
            areas.append(replace(area, row_span=area.row_span + more))
        else:
            areas += [replace(area, row=row + k) for k in range(more + 1)]
    ys = (*frame.ys[: row + 1], *cuts, *frame.ys[row + 1 :])
    return replace(frame, ys=ys, areas=tuple(areas))


def _with_column(frame: Frame, column: int, cut: float, inside: Filled) -> Frame:
    areas: list[Area] = []
    for area in frame.areas:
        crossed = any(word.x0 < cut < word.x1 for word in inside.get(area, ()))
        if area.column > column:
            areas.append(replace(area, column=area.column + 1))
        elif area.column + area.column_span <= column:
            areas.append(area)
        elif area.column_span > 1 or crossed:
            areas.append(replace(area, column_span=area.column_span + 1))
        else:
            areas += [area, replace(area, column=column + 1)]
    xs = (*frame.xs[: column + 1], cut, *frame.xs[column + 1 :])
    return replace(frame, xs=xs, areas=tuple(areas), exact=False)


def grid_of(frame: Frame, words: Sequence[Word], page: int) -> Grid | None:
    """The grid of a frame and the words in it; ``None`` when every cell is blank."""
    cells = tuple(
        _cell(frame, area, found, page)
        for area, found in sorted(
            filled(frame, words).items(), key=lambda item: (item[0].row, item[0].column)
        )
    )
    if not cells:
        return None
    box = (frame.xs[0], frame.ys[0], frame.xs[-1], frame.ys[-1])
    return Grid(frame.rows, frame.columns, cells, Place(page, box), frame.exact)


def _cell(frame: Frame, area: Area, words: list[Word], page: int) -> GridCell:
    x0, x1 = frame.xs[area.column], frame.xs[area.column + area.column_span]
    top, bottom = frame.ys[area.row], frame.ys[area.row + area.row_span]
    # Where nothing is drawn, the text alone is known to be in the cell.
    box = (x0, top, x1, bottom) if frame.exact else bounds(words)
    return GridCell(
        area.row,
        area.column,
        cell_text(words, x1 - x0),
        Place(page, box),
        area.row_span,
        area.column_span,
    )
