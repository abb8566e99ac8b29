"""Runs of lines around grids become table blocks; so do tables that have no grid.

Where a format gives no grids at all, a table is the lines from its caption to the next
caption or chapter; where it gives grids, a caption without one is that of an empty table.
"""

from __future__ import annotations

from collections.abc import Sequence

from indexer.blocks import TableBlock
from indexer.captions import Kind, caption_end, is_note, is_strong, kind_of, notes_end
from indexer.headings import closes, is_heading, is_standing_title, numbered
from indexer.pages import Grid, Line
from indexer.paragraphs import ends_sentence, joined
from indexer.places import union

SAME_SIZE = 0.75
TITLE_LEADING = 2.5

_Item = Line | Grid


def with_tables(items: Sequence[_Item]) -> list[Line | TableBlock]:
    """The items with every grid, and every caption without one, as a table block."""
    drawn = any(isinstance(item, Grid) for item in items)
    parts: list[Line | TableBlock] = []
    index = 0
    while index < len(items):
        item = items[index]
        end = caption_end(items, index)
        own = _lines(items[index:end])
        has_grid = end < len(items) and isinstance(items[end], Grid)
        if not has_grid and not is_strong([line.text for line in own]):
            assert isinstance(item, Line)
            parts.append(item)
            index += 1
            continue
        first_half = _wrapped_title(parts, item)
        del parts[len(parts) - len(first_half) :]
        if has_grid:
            block, index = _with_grid(items, [*first_half, *own], end)
            parts.append(block)
        else:
            blocks, index = _without_grid(items, [*first_half, *own], end, drawn=drawn)
            parts.extend(blocks)
    return parts


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


def _with_grid(items: Sequence[_Item], caption: list[Line], at: int) -> tuple[TableBlock, int]:
    grid = items[at]
    assert isinstance(grid, Grid)
    end = notes_end(items, at + 1)
    block = TableBlock(
        caption=tuple(line.text.strip() for line in caption),
        grid=grid,
        notes=_notes(_lines(items[at + 1 : end])),
        place=grid.place,
    )
    return block, end


def _without_grid(
    items: Sequence[_Item], caption: list[Line], start: int, *, drawn: bool
) -> tuple[list[TableBlock], int]:
    """The blocks of a table without a grid: one, or one for each page that repeats its head."""
    end = notes_end(items, start) if drawn else start
    while end < len(items) and not drawn and not _ends_table(items, end):
        end += 1
    blocks: list[TableBlock] = []
    begin = start
    for index in range(start, end + 1):
        if index == end or (index > begin and _repeats_head(items[index])):
            blocks.append(_block(caption, _lines(items[begin:index])))
            caption, begin = _lines(items[index : index + 1]), index + 1
    return blocks, end


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
        place=union(line.place for line in [*caption, *lines[:notes]]),
    )


def _ends_table(items: Sequence[_Item], index: int) -> bool:
    """Whether a table of lines cannot hold this item: a grid, a caption, a chapter."""
    item = items[index]
    if isinstance(item, Grid):
        return True
    found = numbered(item.text)
    if found is not None and found.level <= 3 and is_heading(item.text):
        return found.level == 1 or closes(item.text)
    if is_standing_title(item.text):
        return True
    caption = _lines(items[index : caption_end(items, index)])
    return is_strong([line.text for line in caption])


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
