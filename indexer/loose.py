"""Tables that a converter left as lines, made into grids.

A dump of a PDF parts cells by blanks, drops blank cells, wraps names and headers over
lines and puts both halves of a side-by-side table on one.  The grid has the header first,
as the form's known layout tells it (else as printed), the line that counts the columns,
then one row a printed row: codes, names, and the figures leftmost among the figure
columns.  Which column each figure belongs to is decided later, by arithmetic.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from archive.forms import Layout, form_of
from archive.model import NOWHERE, Column, Place
from archive.printed import header_cells
from indexer.lattice import covering
from indexer.loose_goals import GoalCell, goals_of
from indexer.loose_header import Head, Shape, known_layouts, marker_of, shapes_of, split_head
from indexer.loose_rows import LooseRow, Piece, is_figure_cell, rows_of, shape_of
from indexer.loose_sides import halves_of
from indexer.pages import Grid, GridCell, Line

_CODE = re.compile(r"[1-9]\d{2}(?:\d{2}){0,2}")
# A figure that is no code, line number or year.
_AMOUNT = re.compile(r"[.,]|\d{5}")

_Row = list[GridCell]


def grid_of(lines: Sequence[Line], title: str) -> Grid | None:
    """The grid of the lines that stand where a table stands.

    ``title`` is the table's, so that its form is known.  ``None`` when the lines hold no
    row.  The grid is never exact; a cell's place is the lines it stands on.
    """
    printed = [line for line in lines if line.text.strip()]
    goals = goals_of(printed)
    if goals is not None:
        return _grid([[_goal_cell(cell) for cell in row] for row in goals])
    head = split_head(printed, known_layouts(form_of(title)))
    shapes = _shapes(head)
    body = list(_body(head, shapes))
    if not body and not head.lines:
        return None
    return _grid([*_header(head, sum(shape.width for shape in shapes)), *body])


def _shapes(head: Head) -> tuple[Shape, ...]:
    if head.layout:
        return shapes_of(head.layout)
    counted = marker_of(head.marker.text) if head.marker else None
    left, right = _figures_of_halves(head.body)
    if left and (counted is None or counted.texts is None):
        return (Shape(0, 1, left), Shape(0, 1, right))
    if counted:
        return (shape_of(head.body, counted.texts, counted.figures),)
    return (shape_of(head.body, None, None),)


def _figures_of_halves(body: Iterable[Line]) -> tuple[int, int]:
    """The most figures of a left half, 0 when no two lines show one, and of a right one.

    A left half shows by an amount after words and before words on the same line.
    """
    lefts, right = [0, 0], 1
    for line in body:
        run, has_amount, has_words = 0, False, False
        words = line.text.split()
        for at, word in enumerate(words):
            if is_figure_cell(word):
                run, has_amount = run + 1, has_amount or bool(_AMOUNT.search(word))
                continue
            if has_amount and has_words:
                lefts.append(run - bool(_CODE.fullmatch(words[at - 1])))
            run, has_amount, has_words = 0, False, True
        right = max(right, run)
    return sorted(lefts)[-2], right


# ---- rows of the grid ------------------------------------------------------------------


def _header(head: Head, width: int) -> Iterator[_Row]:
    place = covering(line.place for line in head.lines)
    if head.layout:
        yield from _known_header(head.layout, place)
    else:
        for line in head.lines:
            yield _words(line, width)
    if head.marker:
        yield _words(head.marker, width)


def _known_header(layout: Layout, place: Place) -> Iterator[_Row]:
    for cells in header_cells([Column(path) for path in layout]):
        yield [
            GridCell(0, cell.column, cell.text, place, cell.rows, cell.columns) for cell in cells
        ]


def _words(line: Line, width: int) -> _Row:
    """The words of a line one a column; the last column takes all that is over."""
    words = line.text.split()
    if len(words) > max(width, 1):
        words[width - 1 :] = [" ".join(words[width - 1 :])]
    return [GridCell(0, at, word, line.place) for at, word in enumerate(words)]


def _body(head: Head, shapes: Sequence[Shape]) -> Iterator[_Row]:
    if len(shapes) != 2:
        for row in rows_of(head.body, shapes[0]):
            yield _cells(row, shapes[0], 0)
        return
    left, right = shapes
    for halves in halves_of(head.body, left, right):
        cells = _cells(halves.left, left, 0) if halves.left else []
        more = _cells(halves.right, right, left.width) if halves.right else []
        yield [*cells, *more]


def _cells(row: LooseRow, shape: Shape, first: int) -> _Row:
    names = first + shape.codes
    # Words in a table that has no column for them stand behind it, not to be lost.
    words = names if shape.names else first + shape.width
    runs = ((first, row.codes), (words, row.names), (names + shape.names, row.figures))
    return [_cell(start + at, piece) for start, pieces in runs for at, piece in enumerate(pieces)]


def _cell(column: int, piece: Piece) -> GridCell:
    return GridCell(0, column, piece.text, piece.place)


def _goal_cell(cell: GoalCell) -> GridCell:
    return GridCell(0, cell.column, cell.piece.text, cell.piece.place, row_span=cell.rows)


def _grid(rows: Sequence[_Row]) -> Grid:
    cells = tuple(
        GridCell(number, cell.column, cell.text, cell.place, cell.row_span, cell.column_span)
        for number, row in enumerate(rows)
        for cell in row
    )
    return Grid(
        rows=len(rows),
        columns=max((cell.column + cell.column_span for cell in cells), default=0),
        cells=cells,
        place=covering(cell.place for cell in cells) if cells else NOWHERE,
        exact=False,
    )
