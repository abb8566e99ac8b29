"""Rows of a grid that are no rows of the table: titles and units above it, notes below it.

A spreadsheet, and many a converter, lays the caption into cells like everything else.  The
split is by form: a row of one text, or of nothing but 单位：万元 and its like, stands above a
table; a row of one text that reads like a note stands below it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from indexer.pages import Grid, GridCell, Line

MIN_TITLE = 5
"""The least length of a title that may begin a new table in the middle of a grid."""

_LABEL = re.compile(
    r"(?:金额|计量|货币)?单位[:：]"
    r"|(?:编制|填报|填表|公开|制表|报送|编报)[^:：]{0,10}[:：]"
    r"|(?:部门|单位)(?:[（(][^）)]*[）)])?(?:名称)?[:：]"
    r"|(?:填报|编制|制表)?日期[:：]"
    r"|(?:公开)?\d{0,2}表$|公开\d+表$"
    r"|[（(]?\d{4}年度?[）)]?$"
)
_UNIT = re.compile(r"(?:金额|计量|货币)?单位[:：][（(]?[亿万千百]*元")
_NUMBERED = re.compile(
    r"(?:附?表|附件|公开)[0-9０-９一二三四五六七八九十]+(?:表)?(?:[-—.之]\d+)?(?:[:：、]|$)"
)
_TITLE = re.compile(r"[^：:。，；]*表(?:[（(].{1,12}[）)])?$")
_NOTE = re.compile(r"(?:备?注|说明|附注|注释)\s*\d*\s*[:：.、]|[*※＊]\s*注")
_SENTENCE = re.compile(r"[。；]$|空表")


@dataclass(frozen=True, slots=True)
class Region:
    """Rows ``first`` to ``last`` (excluded) of a grid, and what they are."""

    kind: Literal["lines", "grid"]
    first: int
    last: int


def regions(rows: Sequence[Sequence[str]]) -> list[Region]:
    """Divide a grid, given as the printed texts of each row, into captions, tables and notes."""
    found: list[Region] = []
    row = 0
    while row < len(rows):
        body = _skip_caption(rows, row)
        end = _next_caption(rows, body)
        table_end = _without_notes(rows, body, end)
        for kind, first, last in (
            ("lines", row, body),
            ("grid", body, table_end),
            ("lines", table_end, end),
        ):
            if first < last:
                found.append(Region("grid" if kind == "grid" else "lines", first, last))
        row = end
    return found


def split(grid: Grid) -> list[Line | Grid]:
    """The grid as it is, or the lines and smaller grids that it really consists of."""
    rows = _texts(grid)
    parts = regions(rows)
    if [part.kind for part in parts] == ["grid"]:
        return [grid]
    items: list[Line | Grid] = []
    for part in parts:
        cells = [cell for cell in grid.cells if part.first <= cell.row < part.last]
        items.extend(_lines(cells) if part.kind == "lines" else [_cut(grid, cells, part)])
    return items


def _texts(grid: Grid) -> list[list[str]]:
    """The texts of each row; one that spans rows counts in each, so that it joins them."""
    rows: list[list[str]] = [[] for _ in range(grid.rows)]
    for cell in grid.cells:
        if cell.text:
            for row in range(cell.row, min(cell.row + cell.row_span, grid.rows)):
                rows[row].append(cell.text)
    return [_joined_rows(texts) for texts in rows]


def _joined_rows(texts: list[str]) -> list[str]:
    """Equal texts of one row count once: some programs fill every cell of a merged one."""
    return list(dict.fromkeys(texts))


def _skip_caption(rows: Sequence[Sequence[str]], row: int) -> int:
    while row < len(rows) and (len(rows[row]) <= 1 or _is_caption(rows[row])):
        row += 1
    return row


def _next_caption(rows: Sequence[Sequence[str]], row: int) -> int:
    """The next row that can only be the caption of another table."""
    while row < len(rows) and not _begins_table(rows[row]):
        row += 1
    return row


def _without_notes(rows: Sequence[Sequence[str]], first: int, last: int) -> int:
    """Where the table ends: before the notes and the blank rows that close it."""
    end = last
    for row in range(last - 1, first, -1):
        if _is_note(rows[row]):
            end = row
        elif rows[row]:
            break
    while end > first + 1 and not rows[end - 1]:
        end -= 1
    return end


def _is_caption(texts: Sequence[str]) -> bool:
    return all(_LABEL.match(_squeezed(text)) for text in texts)


def _begins_table(texts: Sequence[str]) -> bool:
    squeezed = [_squeezed(text) for text in texts]
    if len(squeezed) == 1:
        title = squeezed[0]
        return bool(
            _NUMBERED.match(title)
            or _UNIT.match(title)
            or (len(title) >= MIN_TITLE and _TITLE.match(title))
        )
    return bool(squeezed) and _is_caption(texts) and any(map(_UNIT.match, squeezed))


def _is_note(texts: Sequence[str]) -> bool:
    if len(texts) != 1:
        return False
    text = _squeezed(texts[0])
    return bool(_NOTE.match(text) or _SENTENCE.search(text))


def _squeezed(text: str) -> str:
    return re.sub(r"\s+", "", text)


def _lines(cells: Iterable[GridCell]) -> list[Line]:
    """One line a cell; a text repeated over the cells of its row comes once."""
    seen: set[tuple[int, str]] = set()
    lines: list[Line] = []
    for cell in cells:
        if cell.text and (cell.row, cell.text) not in seen:
            seen.add((cell.row, cell.text))
            lines.extend(
                Line(text=part.strip(), place=cell.place, new_paragraph=True)
                for part in cell.text.split("\n")
                if part.strip()
            )
    return lines


def _cut(grid: Grid, cells: list[GridCell], part: Region) -> Grid:
    moved = tuple(
        replace(
            cell,
            row=cell.row - part.first,
            row_span=min(cell.row_span, part.last - cell.row),
        )
        for cell in cells
    )
    return replace(grid, rows=part.last - part.first, cells=moved)
