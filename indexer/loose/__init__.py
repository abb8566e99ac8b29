"""Tables that a converter left as lines, made into grids.

A dump of a PDF parts cells by blanks, drops blank cells, wraps names and headers over
lines and puts both halves of a side-by-side table on one.  The grid has the header first,
as the form's known layout tells it (else as printed), the line that counts the columns,
then one row a printed row: codes, names, and the figures leftmost among the figure
columns.  Which column each figure belongs to is decided later, by arithmetic.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from archive.forms import Layout, form_of
from archive.model import NOWHERE, Column, Place
from archive.printed import header_cells
from indexer.form_layouts import known_layouts
from indexer.loose.goal_lines import goal_lines
from indexer.loose.goals import GoalCell, goals_of
from indexer.loose.header import Head, Shape, marker_of, split_head
from indexer.loose.many import many_halves
from indexer.loose.names import with_printed_names
from indexer.loose.rows import LooseRow, Piece, rows_of
from indexer.loose.shapes import head_words, leading_descriptions, shapes_in
from indexer.loose.sides import halves_of
from indexer.pages import Grid, GridCell, Line
from indexer.places import union

_Row = list[GridCell]


def grid_of(lines: Sequence[Line], title: str) -> Grid | None:
    """The grid of the lines that stand where a table stands.

    ``title`` is the table's, so that its form is known.  ``None`` when the lines hold no
    row.  The grid is never exact; a cell's place is the lines it stands on.
    """
    printed = [line for line in lines if line.text.strip()]
    goals = goals_of(printed) or goal_lines(printed)
    if goals is not None:
        return _grid([[_goal_cell(cell) for cell in row] for row in goals])
    head = split_head(printed, known_layouts(form_of(title)))
    shapes = shapes_in(head)
    body = list(_body(head, shapes))
    if not body and not head.lines:
        return None
    return _grid([*_header(head, shapes), *body])


# ---- rows of the grid ------------------------------------------------------------------


def _header(head: Head, shapes: Sequence[Shape]) -> Iterator[_Row]:
    width = sum(shape.width for shape in shapes)
    place = union(line.place for line in head.lines)
    named = head.layout and with_printed_names(head.layout, (line.text for line in head.lines))
    if named:
        yield from _known_header(named, place)
    else:
        for number, line in enumerate(head.lines):
            above = head.lines[number - 1] if number == len(head.lines) - 1 else line
            yield _words(line, width, _beside(line, above, shapes))
    if head.marker:
        counted = marker_of(head.marker.text)
        of_figures = head.layout is not None and counted is not None and counted.texts is None
        yield _counts(head.marker, width) if of_figures else _words(head.marker, width)


def _known_header(layout: Layout, place: Place) -> Iterator[_Row]:
    for cells in header_cells([Column(path) for path in layout]):
        yield [
            GridCell(0, cell.column, cell.text, place, cell.rows, cell.columns) for cell in cells
        ]


def _words(line: Line, width: int, first: int = 0) -> _Row:
    """The words of a line one a column; the last column takes all that is over."""
    words = head_words(line.text)
    if len(words) > max(width, 1):
        words[width - 1 :] = [" ".join(words[width - 1 :])]
    return [GridCell(0, first + at, word, line.place) for at, word in enumerate(words)]


def _beside(line: Line, above: Line, shapes: Sequence[Shape]) -> int:
    """How many columns of codes and names stand left of the lowest header line, where it has
    a head for each figure and the line above it those of the codes and names."""
    described = len(leading_descriptions(head_words(above.text)))
    fits = len(head_words(line.text)) == shapes[0].amounts
    is_beside = len(shapes) == 1 and described == shapes[0].width - shapes[0].amounts
    return described if fits and is_beside and above is not line else 0


def _counts(marker: Line, width: int) -> _Row:
    """The numbers of a marker line over the last columns, which they count."""
    counts = [word for word in marker.text.split() if word.isdecimal()]
    first = max(width - len(counts), 0)
    return [GridCell(0, first + at, word, marker.place) for at, word in enumerate(counts)]


def _body(head: Head, shapes: Sequence[Shape]) -> Iterator[_Row]:
    if len(shapes) > 2 and head.layout:
        yield from _many(head.body, shapes, head.layout)
        return
    if len(shapes) != 2:
        for row in rows_of(head.body, shapes[0]):
            yield _cells(row, shapes[0], 0)
        return
    left, right = shapes
    for halves in halves_of(head.body, left, right):
        cells = _cells(halves.left, left, 0) if halves.left else []
        more = _cells(halves.right, right, left.width) if halves.right else []
        yield [*cells, *more]


def _many(body: Sequence[Line], shapes: Sequence[Shape], layout: Layout) -> Iterator[_Row]:
    starts = [sum(shape.width for shape in shapes[:at]) for at in range(len(shapes))]
    for rows in many_halves(body, shapes, [layout[start][0] for start in starts]):
        halves = zip(rows, shapes, starts, strict=True)
        yield [cell for row, shape, at in halves if row for cell in _cells(row, shape, at)]


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
        place=union(cell.place for cell in cells) if cells else NOWHERE,
        exact=False,
    )
