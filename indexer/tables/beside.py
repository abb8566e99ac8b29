"""Tables too wide for their page: the columns that a spreadsheet printed on later pages.

It prints the left columns of all rows first, then those that found no room, row by row at the
same heights.  Nothing but these heights says that the parts belong together, so all of them
must agree; the parts may not have two titles, nor begin with the same heads.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from archive.amounts import is_figure
from archive.forms import form_of
from indexer.headers import is_data_line
from indexer.lattice import PrintedCell, PrintedLine
from indexer.tables.continued import Draft
from indexer.tables.heights import FEWEST_LINES, holds_figures_alone, matched
from indexer.tables.titles import Caption

SAME_WORDS = 2
"""So many words alike in one line show two tables of the same form."""
LEAST_SHARED = 4
"""Parts of one title, cut at either side, share so many letters at least."""


def with_columns_beside(drafts: Iterable[Draft]) -> list[Draft]:
    """The tables, those that only go on to the right joined to the one before."""
    tables: list[Draft] = []
    for draft in drafts:
        whole = _beside(tables[-1], draft) if tables else None
        if whole is None:
            tables.append(draft)
        else:
            tables[-1] = whole
    return tables


def _beside(left: Draft, right: Draft) -> Draft | None:
    """The table of both, ``None`` where they are two."""
    if not _may_be_one(left, right):
        return None
    first, other = left.place.page or 0, right.place.page or 0
    places = matched(left.lines, first, right.lines, other)
    if places is None or 2 * len(places) <= len(left.lines):
        return None
    if any(_say_the_same(left.lines[i], line) for i, line in zip(places, right.lines, strict=True)):
        return None
    lines = _widened(left, right.lines, places)
    header = next((i for i, line in enumerate(lines) if is_data_line(line)), len(lines))
    lines[:header] = _with_cut_heads(lines[:header], left.columns)
    return replace(
        left,
        caption=_caption(left.caption, right.caption, _title(left, right) or ""),
        own_title=_title(left, right) or "",
        lines=tuple(lines),
        columns=left.columns + right.columns,
        notes=(*left.notes, *right.notes),
    )


def _widened(left: Draft, right: Sequence[PrintedLine], places: Sequence[int]) -> list[PrintedLine]:
    """The lines of the left part, those at ``places`` with the cells of the right lines."""
    lines = list(left.lines)
    sources = [lines[index].source for index in places]
    for index, line in zip(places, right, strict=True):
        moved = (
            replace(
                cell,
                column=cell.column + left.columns,
                height=_height(cell, line, right, sources),
            )
            for cell in line.cells
        )
        extent = left.columns + line.extent
        lines[index] = replace(lines[index], cells=(*lines[index].cells, *moved), extent=extent)
    return lines


def _may_be_one(left: Draft, right: Draft) -> bool:
    one, other = left.place.page, right.place.page
    if one is None or other is None or other <= one:
        return False
    numbers = {each.caption.number for each in (left, right)} - {None}
    if len(numbers) > 1 or right.caption.agency:
        return False  # who made a table stands at its left edge
    drawn = all(each.exact and not each.is_loose and not each.is_aligned for each in (left, right))
    if not drawn or min(len(left.lines), len(right.lines)) < FEWEST_LINES:
        return False
    if not holds_figures_alone(right.lines):
        return False
    return _title(left, right) is not None and left.lines[0].texts != right.lines[0].texts


def _say_the_same(left: PrintedLine, right: PrintedLine) -> bool:
    """Whether two lines print several words alike, as those of one form filled in twice do."""
    words = {text for text in left.texts if not is_figure(text)}
    return sum(text in words for text in right.texts) >= SAME_WORDS


def _title(left: Draft, right: Draft) -> str | None:
    """The title of both, of which either page may show a part; ``None`` where they have two."""
    one, other = left.own_title, right.own_title
    if one in other or other in one:
        part, whole = sorted((one, other), key=len)
        is_cut = part == whole or form_of(part) is None
        return (whole or left.caption.title) if is_cut else None
    shared = range(min(len(one), len(other)), LEAST_SHARED - 1, -1)
    return next((one + other[n:] for n in shared if one.endswith(other[:n])), None)


def _height(
    cell: PrintedCell, line: PrintedLine, lines: Sequence[PrintedLine], sources: Sequence[int]
) -> int:
    """How many lines of the left part a cell of the right one spans.

    Where all heads of the right part span two lines, it counts these as one.
    """
    at = next(number for number, other in enumerate(lines) if other.source == line.source)
    end = line.source + cell.height
    after = (number for number, other in enumerate(lines) if other.source >= end)
    below = next(after, None)
    return cell.height if below is None else sources[below] - sources[at]


def _with_cut_heads(header: Sequence[PrintedLine], edge: int) -> list[PrintedLine]:
    """Header lines with the merged heads whole that the page cut before column ``edge``.

    Such a head is printed on one side of the cut, and blank up to it on the other.
    """
    taken = {
        (line.source + down, column)
        for line in header
        for cell in line.cells
        for down in range(cell.height)
        for column in cell.columns
    }
    return [replace(line, cells=tuple(_whole(line, taken, edge))) for line in header]


def _whole(line: PrintedLine, taken: set[tuple[int, int]], edge: int) -> Iterable[PrintedCell]:
    for cell in line.cells:
        first, end = cell.column, cell.column + cell.width
        if first == edge:
            while first and (line.source, first - 1) not in taken:
                first -= 1
        elif end == edge:
            widest = max(column for _, column in taken) + 1
            while end < widest and (line.source, end) not in taken:
                end += 1
        yield replace(cell, column=first, width=end - first)


def _caption(left: Caption, right: Caption, title: str) -> Caption:
    """What either part prints of the caption that runs over both."""
    return Caption(
        number=right.number if left.number is None else left.number,
        title=title,
        agency=left.agency or right.agency,
        unit=left.unit or right.unit,
        continued=left.continued or right.continued,
    )
