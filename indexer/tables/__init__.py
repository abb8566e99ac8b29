"""Blocks to tables: numbers, titles, forms, units, header paths, halves, codes, amounts.

The chain: each table block becomes a draft (its caption read, its grid as printed lines);
drafts that go on over a page are joined; the header is split off and its paths worked
out; columns get roles, lines become rows; at last :mod:`indexer.columns` decides the
columns of figures whose converter dropped blank cells.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from archive.addresses import distinct, slug
from archive.forms import form, form_of
from archive.model import Column, Row, Table
from indexer.blocks import Block, Heading, Paragraph, TableBlock
from indexer.columns import assign_all
from indexer.headers import header_of
from indexer.lattice import PrintedLine, lines_of
from indexer.loose import grid_of
from indexer.pages import Grid
from indexer.tables.beside import with_columns_beside
from indexer.tables.continued import Draft, joined
from indexer.tables.doubts import (
    with_broken_names,
    with_guessed_head,
    with_joined_rows,
    with_lost_codes,
    with_open_counts,
    with_open_goals,
    with_open_lines,
    with_open_totals,
)
from indexer.tables.fragments import rejoined
from indexer.tables.goals import is_goals, read_goals
from indexer.tables.halves import columns_of, halves_of
from indexer.tables.merged_codes import with_merged_codes
from indexer.tables.names import with_names
from indexer.tables.open_codes import with_open_codes
from indexer.tables.rows import Frame, to_rows, units_of
from indexer.tables.short_rows import lengthened
from indexer.tables.slipped import marked
from indexer.tables.titles import caption_in_grid, read_caption, unit_in, unnumbered

UNTITLED = "未命名表"
_LONGEST_UNIT_LINE = 40
_EMPTY = re.compile(
    r"空表|无数据|(?:没有|未|无)(?:使用|安排)?[^。]{0,30}(?:预算|拨款|支出|收入)[^。]{0,40}"
    r"(?:支出|安排|收入|拨款|预算)"
)
_FOR_ALL = re.compile(r"以下|各表|均|下同|本部分|所有")
_INSTRUCTION = re.compile(r"(?:应|须|需|请)公开空表|如[^。]{0,10}空表")


@dataclass(frozen=True, slots=True)
class _Read:
    """A table before it has its final id, with the ids of rows that lost blank cells.

    ``converted`` says that its columns are those of a text, not drawn.
    """

    table: Table
    loose: frozenset[str]
    converted: bool


@dataclass(frozen=True, slots=True)
class _Around:
    """What is printed above a table outside its caption.

    ``unit`` is that of a line above the table, ``for_all`` whether it counts for the tables
    below it too (以下各表单位：万元); ``follows`` says that nothing stands between this table
    and the one before.
    """

    heading: str = ""
    unit: str | None = None
    for_all: bool = False
    follows: bool = False


def to_tables(blocks: Sequence[Block], *, of_government: bool = False) -> list[Table]:
    """The tables of a disclosure in order; see the module for the steps.

    ``of_government`` says that they are a whole government's, none a department's form.
    """
    whole = with_columns_beside(joined(_drafts(blocks)))
    drafts = [draft for draft in whole if draft.lines or draft.caption.title]
    read = [_read(draft, of_government=of_government) for draft in drafts]
    ids = distinct(item.table.id for item in read)
    tables = [replace(item.table, id=name) for item, name in zip(read, ids, strict=True)]
    loose = {name: item.loose for item, name in zip(read, ids, strict=True) if item.loose}
    converted = [name for item, name in zip(read, ids, strict=True) if item.converted]
    return with_names(marked(assign_all(tables, loose), converted))


# ---- drafts -------------------------------------------------------------------------------


def _drafts(blocks: Sequence[Block]) -> list[Draft]:
    drafts: list[Draft] = []
    around = _Around()
    for index, block in enumerate(blocks):
        if not isinstance(block, TableBlock):
            around = _after(around, block)
            continue
        after = blocks[index + 1] if index + 1 < len(blocks) else None
        draft = _draft(block, follows=around.follows, after=after)
        caption = draft.caption
        title = caption.title or ("" if around.follows else around.heading)
        unit = caption.unit or around.unit
        drafts.append(replace(draft, caption=replace(caption, title=title, unit=unit)))
        around = replace(around, unit=around.unit if around.for_all else None, follows=True)
    return drafts


def _after(around: _Around, block: Heading | Paragraph) -> _Around:
    """What stands above the next table, once a heading or paragraph is read."""
    heading = unnumbered(block.text) if isinstance(block, Heading) else around.heading
    says_unit = "单位" in block.text and len(block.text) <= _LONGEST_UNIT_LINE
    unit = unit_in(block.text) if says_unit else None
    if unit is None:
        return replace(around, heading=heading, follows=False)
    for_all = isinstance(block, Heading) or bool(_FOR_ALL.search(block.text))
    return _Around(heading, unit, for_all=for_all)


def _draft(block: TableBlock, *, follows: bool, after: Block | None) -> Draft:
    is_loose = block.grid is None
    grid = grid_of(block.lines, read_caption(block.caption).title) if is_loose else block.grid
    lines = lines_of(grid) if grid else []
    is_aligned = grid is not None and not grid.exact and _is_drawn(grid)
    own = 0 if is_loose else caption_in_grid(lines)
    inside = [text for line in lines[:own] for text in line.texts]
    caption = read_caption([*block.caption, *inside])
    return Draft(
        caption=caption,
        lines=tuple(lines[own:]),
        columns=grid.columns if grid else 0,
        exact=bool(grid and (grid.exact or is_aligned)),
        is_loose=is_loose,
        is_aligned=is_aligned,
        notes=(*block.notes, *_note_after(block, after)),
        follows=follows,
        own_title=caption.title,
        place=block.place,
    )


def _is_drawn(grid: Grid) -> bool:
    """Whether a page shows where the cells stand, even if it rules no columns."""
    return any(cell.place.box for cell in grid.cells)


def _note_after(block: TableBlock, after: Block | None) -> tuple[str, ...]:
    """A paragraph right below a table that says it is empty."""
    if isinstance(after, Paragraph) and not block.notes and "空表" in after.text:
        return (after.text,)
    return ()


# ---- tables ----------------------------------------------------------------------------------


def _read(draft: Draft, *, of_government: bool) -> _Read:
    known = form_of(draft.caption.title, of_government=of_government)
    found = form(known)
    if is_goals(draft.lines) or (found is not None and found.stage == "performance"):
        return _goals(draft, known)
    lines = draft.lines if draft.is_ruled else rejoined(draft.lines)
    header = header_of(lines, draft.columns, exact=draft.exact)
    columns = columns_of(header.paths, header.body)
    body = header.body if draft.exact or draft.is_loose else lengthened(header.body, columns)
    body = with_merged_codes(body, columns) if draft.is_aligned else body
    halves = halves_of(columns, found.sides if found else ())
    unit = draft.caption.unit or _unit_in_notes(draft.notes) or _unit_in_heads(columns)
    rows = to_rows(body, Frame(columns, halves, units_of(columns, unit), draft.caption.agency))
    if not header.is_sure:
        rows = with_guessed_head(rows)
    if draft.is_aligned:
        headed = any(column.path for column in columns)
        rows = with_open_lines(rows, titled=bool(draft.caption.title), headed=headed)
        rows = with_open_codes(rows, columns)
    if draft.is_loose:
        rows = with_lost_codes(with_broken_names(rows, columns), columns)
    if not draft.is_ruled:
        rows = with_open_totals(rows, columns)
    loose = _loose(draft, body, rows, columns)
    rows = with_open_counts(rows, columns, loose)
    table = _table(draft, known, columns, rows, slug(known or draft.caption.title))
    return _Read(replace(table, unit=unit), loose, not draft.is_ruled)


def _goals(draft: Draft, known: str | None) -> _Read:
    goals = read_goals(draft.lines, draft.columns, ruled=draft.is_ruled)
    title = draft.caption.title or known or UNTITLED
    is_headless = draft.is_loose and not any(column.path for column in goals.columns)
    rows = with_guessed_head(goals.rows) if is_headless else goals.rows
    rows = with_open_goals(rows) if draft.is_aligned else with_joined_rows(rows)
    table = _table(draft, known, goals.columns, rows, slug(title, goals.project))
    return _Read(table, frozenset(), converted=False)


def _table(
    draft: Draft,
    known: str | None,
    columns: Sequence[Column],
    rows: tuple[Row, ...],
    name: str,
) -> Table:
    number = draft.caption.number
    return Table(
        id=f"表{number}" if number is not None else name or UNTITLED,
        number=number,
        title=draft.caption.title or UNTITLED,
        form=known,
        unit=draft.caption.unit,
        columns=tuple(columns),
        rows=rows,
        declared_empty=_is_declared_empty(draft.notes, rows),
        notes=draft.notes,
        place=draft.place,
    )


def _unit_in_notes(notes: Sequence[str]) -> str | None:
    return next((unit for note in notes if "单位" in note and (unit := unit_in(note))), None)


def _unit_in_heads(columns: Sequence[Column]) -> str | None:
    """The unit that the heads state, if all that state one state the same."""
    units = {unit for column in columns for text in column.path if (unit := unit_in(text))}
    return units.pop() if len(units) == 1 else None


def _is_declared_empty(notes: Sequence[str], rows: Sequence[Row]) -> bool:
    """Whether a note says that the table is empty, and no figure but 0 speaks against it."""
    if any(cell.fen for row in rows for cell in row.cells):
        return False
    return any(_EMPTY.search(_INSTRUCTION.sub("", note)) for note in notes)


def _loose(
    draft: Draft, body: Sequence[PrintedLine], rows: Sequence[Row], columns: Sequence[Column]
) -> frozenset[str]:
    """The rows that lost blank cells, or have some too many: those that are not as long as
    the table is wide."""
    if draft.is_ruled or (draft.exact and len(columns) <= draft.columns):
        return frozenset()
    extents = {line.extent for line in body}
    widest = len(columns) if len(extents) == 1 else max(extents, default=0)
    if widest > len(columns):
        short = {number for number, line in enumerate(body) if line.extent != len(columns)}
    else:
        short = {number for number, line in enumerate(body) if line.extent < widest}
    short = set(range(len(body))) if draft.is_loose else short
    amounts = {number for number, column in enumerate(columns) if column.role == "amount"}
    return frozenset(
        row.id
        for row in rows
        if row.line in short and any(cell.column in amounts for cell in row.cells)
    )
