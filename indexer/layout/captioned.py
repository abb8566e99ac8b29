"""Runs of lines around grids become table blocks; so do tables that have no grid.

Where a format gives no grids at all, a table is the lines from its caption to the next
caption or chapter; where it gives grids, a caption without one is that of an empty table.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from indexer.blocks import TableBlock
from indexer.captions import Kind, caption_end, is_note, is_strong, kind_of, notes_end
from indexer.headings import closes, is_heading, is_standing_title, numbered
from indexer.layout.paragraphs import ends_sentence, joined
from indexer.layout.tabular import tabular_end, tabular_grid
from indexer.loose.rows import is_figure_cell
from indexer.pages import Grid, GridCell, Line
from indexer.places import union
from indexer.witnesses import is_date

SAME_SIZE = 0.75
TITLE_LEADING = 2.5
LONGEST_NAME = 40
FEWEST_ROWS = 2
SHARE_OF_ROWS = 0.5

_NO_HEAD = re.compile(r"[。；：:！？，]|\d{4}年")
_SENTENCE = re.compile(r"[。；！？]|，.*，")

_Item = Line | Grid


def with_tables(items: Sequence[_Item]) -> list[Line | TableBlock]:
    """The items with every grid, and every caption without one, as a table block."""
    drawn = any(isinstance(item, Grid) for item in items)
    parts: list[Line | TableBlock] = []
    index = 0
    while index < len(items):
        item, end = items[index], caption_end(items, index)
        caption = _lines(items[index:end])
        below = items[end] if end < len(items) else None
        if isinstance(below, Grid):
            block, index = _with_grid(items, _whole(caption, parts, item), end, below)
            parts.append(block)
        elif printed := _grid_of_lines(items, caption, end):
            grid, last = printed
            block, index = _with_grid(items, caption, last, grid)
            parts.append(block)
        elif _stands_alone(caption):
            whole = _whole(caption, parts, item)
            blocks, index = _without_grid(items, whole, end, drawn=drawn)
            parts.extend(blocks)
        else:
            assert isinstance(item, Line)
            parts.append(item)
            index += 1
    return parts


def _stands_alone(caption: Sequence[Line]) -> bool:
    return is_strong([line.text for line in caption])


def _grid_of_lines(
    items: Sequence[_Item], caption: Sequence[Line], start: int
) -> tuple[Grid, int] | None:
    """The grid that a dump shows by its lines from ``start`` on, and the index of its last."""
    if _stands_alone(caption):
        headed = _headed_grid(items, start)
        return (headed, start + 1) if headed else None
    end = tabular_end(items, start)
    return (tabular_grid(_lines(items[start:end])), end - 1) if end > start else None


def _whole(caption: list[Line], parts: list[Line | TableBlock], item: _Item) -> list[Line]:
    """The caption that begins with ``item``, the first half of its title taken from ``parts``."""
    half = _wrapped_title(parts, item)
    del parts[len(parts) - len(half) :]
    return [*half, *caption]


def _wrapped_title(parts: Sequence[Line | TableBlock], item: _Item) -> list[Line]:
    """The line before a title that is the first half of the title, if there is one."""
    before = parts[-1] if parts else None
    if not isinstance(before, Line) or not isinstance(item, Line):
        return []
    first, second = before.place.box, item.place.box
    if kind_of(item.text) is not Kind.TITLE or first is None or second is None:
        return []
    size = item.size or 0.0
    alike = before.centred and item.centred and abs((before.size or 0.0) - size) < SAME_SIZE
    near = before.place.page == item.place.page and 0 < second[1] - first[1] < TITLE_LEADING * size
    whole = closes(before.text) or ends_sentence(before.text) or numbered(before.text)
    return [before] if alike and near and not whole else []


def _with_grid(
    items: Sequence[_Item], caption: list[Line], at: int, grid: Grid
) -> tuple[TableBlock, int]:
    """The block of a grid whose last item is at ``at``, and the index after its notes."""
    end = notes_end(items, at + 1)
    notes = _lines(items[at + 1 : end])
    block = TableBlock(
        caption=tuple(line.text.strip() for line in caption),
        grid=grid,
        notes=_notes(notes),
        place=union([grid.place, *(line.place for line in notes)]),
    )
    return block, end


def _headed_grid(items: Sequence[_Item], at: int) -> Grid | None:
    """The grid of a text dump below the one head that stands over all its columns.

    Alone on its line between caption and grid it is no cell of the grid that the dump shows.
    """
    head, grid = items[at : at + 1], items[at + 1 : at + 2]
    if not head or not grid:
        return None
    line, below = head[0], grid[0]
    if not isinstance(line, Line) or not isinstance(below, Grid) or line.place.lines is None:
        return None
    if len(line.text.strip()) > LONGEST_NAME or _NO_HEAD.search(line.text) or numbered(line.text):
        return None
    top = GridCell(0, 0, line.text.strip(), line.place, column_span=below.columns)
    cells = (top, *(replace(cell, row=cell.row + 1) for cell in below.cells))
    place = union([line.place, below.place])
    return replace(below, rows=below.rows + 1, cells=cells, place=place)


def _without_grid(
    items: Sequence[_Item], caption: list[Line], start: int, *, drawn: bool
) -> tuple[list[TableBlock], int]:
    """The blocks of a table without a grid: one, or one for each page that repeats its head."""
    end = notes_end(items, _rows_end(items, start)) if drawn else _table_end(items, start)
    blocks: list[TableBlock] = []
    begin = start
    for index in range(start, end + 1):
        if index == end or (index > begin and _repeats_head(items[index])):
            blocks.append(_block(caption, _lines(items[begin:index])))
            caption, begin = _lines(items[index : index + 1]), index + 1
    return blocks, end


def _table_end(items: Sequence[_Item], start: int) -> int:
    """The index of the first item that a table of lines cannot hold."""
    end = start
    while end < len(items) and not _ends_table(items, end):
        end += 1
    return end


def _rows_end(items: Sequence[_Item], start: int) -> int:
    """The index after the rows of a table that has no grid in a file that has others;
    ``start`` where no rows stand there, only text.

    Rows they are plainly where most lines print words and figures and none a sentence.
    """
    end = _table_end(items, start)
    texts = [line.text for line in _lines(items[start:end])]
    sentence = next((at for at, text in enumerate(texts) if _SENTENCE.search(text)), len(texts))
    rows = [at for at, text in enumerate(texts[:sentence]) if _is_row(text)]
    if len(rows) < FEWEST_ROWS or len(rows) < SHARE_OF_ROWS * (rows[-1] + 1):
        return start
    return start + rows[-1] + 1


def _is_row(text: str) -> bool:
    """Whether a line prints words, then figures."""
    tokens = text.split()
    return len(tokens) > 1 and is_figure_cell(tokens[-1]) and not is_figure_cell(tokens[0])


def _block(caption: list[Line], lines: list[Line]) -> TableBlock:
    notes = next(
        (
            i
            for i in range(len(lines))
            if is_note(lines[i].text) and notes_end(lines, i) == len(lines)
        ),
        len(lines),
    )
    return TableBlock(
        caption=tuple(line.text.strip() for line in caption),
        grid=None,
        notes=_notes(lines[notes:]),
        lines=tuple(lines[:notes]),
        place=union(line.place for line in [*caption, *lines]),
    )


def _ends_table(items: Sequence[_Item], index: int) -> bool:
    """Whether a table of lines cannot hold this item: a grid, a caption, a chapter."""
    item = items[index]
    if isinstance(item, Grid):
        return True
    found = numbered(item.text)
    if found is not None and found.level <= 3 and is_heading(item.text):
        return found.level == 1 or closes(item.text)
    if is_standing_title(item.text) or _closes(items, index):
        return True
    return _stands_alone(_lines(items[index : caption_end(items, index)]))


def _closes(items: Sequence[_Item], index: int) -> bool:
    """Whether the line is the date that closes a paper, or the name above it."""
    texts = [line.text.strip() for line in _lines(items[index : index + 2])]
    if is_date(texts[0]):
        return True
    is_name = not re.search(r"[\d，。；：]", texts[0]) and len(texts[0]) <= LONGEST_NAME
    return is_name and len(texts) > 1 and is_date(texts[1])


def _repeats_head(item: _Item) -> bool:
    """Whether a line is the agency and unit that a further page of a table repeats."""
    return isinstance(item, Line) and kind_of(item.text) in (Kind.AGENCY, Kind.UNIT)


def _notes(lines: Sequence[Line]) -> tuple[str, ...]:
    """The notes, each with its wrapped lines joined."""
    notes: list[list[str]] = []
    for line in lines:
        if notes and not (is_note(line.text) and ends_sentence(notes[-1][-1])):
            notes[-1].append(line.text)
        else:
            notes.append([line.text])
    return tuple(joined(note) for note in notes)


def _lines(items: Sequence[_Item]) -> list[Line]:
    return [item for item in items if isinstance(item, Line)]
