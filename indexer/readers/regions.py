"""Rows of a grid that are no rows of the table: titles and units above it, notes below it.

A spreadsheet, and many a converter, lays the caption into cells like everything else.  The
split is by form: a row of one text, or of nothing but 单位：万元 and its like, stands above a
table; a row of one text that reads like a note stands below it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from indexer.headings import is_heading, numbered
from indexer.pages import Grid, GridCell, Line

LONGEST_REST = 12
MIN_TITLE = 5
"""The least length of a title that may begin a new table in the middle of a grid."""
FEWEST_LEVELS = 2
LOWEST_HEADING = 3
"""The last level of headings (（一）) that may end a performance table."""

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
_TITLED = re.compile(r"表|公开|附件|情况|明细|目录|一览|统计|(?:19|20)\d\d\s*年")
_NOTE = re.compile(r"(?:备?注|说明|附注|注释)\s*\d*\s*[:：.、]|[*※＊]\s*注")
_PAGE_NUMBER = re.compile(
    r"(?:第?\d{1,4}页?(?:[,，/]?共\d{1,4}页)?|[-—–]+\d{1,4}[-—–]+|\d{1,4}/\d{1,4})$"
)
_LEVEL = re.compile(r"[一二三]级指标$")
_NO_HEADING = re.compile(r"指标|效能|效果|效率|成本|总分|合计|小计")
"""What a numbered row inside a performance table names: a level, or a sum of its scores."""
_NEXT_TABLE = re.compile(
    r"(?:附?表|公开)(?:\d{1,2}|[一二三四五六七八九十]{1,3})表?(?![\d年月日份个张])"
)
_DATE = re.compile(r"(?:19|20)\d\d年\d{1,2}月\d{1,2}日")
_PART = re.compile(r"第[一二三四五六七八九十]{1,3}部分")
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
    parts = _with_headings(regions(rows), grid)
    if [part.kind for part in parts] == ["grid"]:
        return [grid]
    items: list[Line | Grid] = []
    for part in parts:
        cells = [cell for cell in grid.cells if part.first <= cell.row < part.last]
        items.extend(_lines(cells) if part.kind == "lines" else [_cut(grid, cells, part)])
    return items


def unframed(grid: Grid) -> list[Line | Grid]:
    """A drawn grid without the rows at its ends that only the page's frame joins to it.

    These are one text over all columns: a page number at either end, a note below.
    """
    last = grid.rows
    while last > 1 and _is_foot(grid, last - 1):
        last -= 1
    first = 0
    while first < last - 1 and _is_over_all(grid, first, _PAGE_NUMBER):
        first += 1
    if (first, last) == (0, grid.rows):
        return [grid]
    parts = [("lines", 0, first), ("grid", first, last), ("lines", last, grid.rows)]
    items: list[Line | Grid] = []
    for kind, start, end in parts:
        cells = [cell for cell in grid.cells if start <= cell.row < end]
        region = Region("lines", start, end)
        items += _lines(cells) if kind == "lines" else [_cut(grid, cells, region)]
    return items


def _is_foot(grid: Grid, row: int) -> bool:
    return _is_over_all(grid, row, _PAGE_NUMBER) or _is_over_all(grid, row, _NOTE)


def _is_over_all(grid: Grid, row: int, worded: re.Pattern[str]) -> bool:
    """Whether a row is one cell over all columns, so worded."""
    cells = [c for c in grid.cells if c.row <= row < c.row + c.row_span]
    if len(cells) != 1 or cells[0].column_span < grid.columns or cells[0].row_span > 1:
        return False
    return worded.match(_squeezed(cells[0].text)) is not None


def _with_headings(parts: Sequence[Region], grid: Grid) -> list[Region]:
    """Give back to each table a head that is merged over all its columns.

    Right above the other heads, and not worded as a title, a unit or the like.
    """
    found: list[Region] = []
    for part in parts:
        above = found[-1] if found else None
        if part.kind == "grid" and above is not None and above.kind == "lines":
            first = above.last
            while first > above.first and _is_heading(grid, first - 1, part):
                first -= 1
            found[-1:] = [Region("lines", above.first, first)] if above.first < first else []
            found.append(Region("grid", first, part.last))
        else:
            found.append(part)
    return found


def _is_heading(grid: Grid, row: int, table: Region) -> bool:
    texts = [cell for cell in grid.cells if cell.row == row and cell.text]
    width = max(c.column + c.column_span for c in grid.cells if table.first <= c.row < table.last)
    if len(texts) != 1 or texts[0].column_span == 1 or texts[0].row_span > 1:
        return False
    text = _squeezed(texts[0].text)
    covers = texts[0].column == 0 and texts[0].column_span >= width
    return covers and may_head(text)


def may_head(text: str) -> bool:
    """Whether a text alone in its row may be a head over a whole table: it is not worded as
    a title, a unit, a note or the like."""
    plain = _squeezed(text)
    return not (_TITLED.search(plain) or _LABEL.match(plain) or _is_note([plain]))


def _texts(grid: Grid) -> list[list[str]]:
    """The texts of each row; one that spans rows counts in each, so that it joins them."""
    rows: list[list[str]] = [[] for _ in range(grid.rows)]
    first: dict[int, int] = {}
    for cell in grid.cells:
        if cell.text:
            for row in range(cell.row, min(cell.row + cell.row_span, grid.rows)):
                rows[row].append(cell.text)
                first[row] = min(first.get(row, cell.column), cell.column)
    return with_rests([_joined_rows(texts) for texts in rows], first)


def with_rests(rows: Sequence[list[str]], first: Mapping[int, int]) -> list[list[str]]:
    """The texts of the rows of a table, with a blank before one that stands alone right of
    the first column: it goes on with a cell of the page before.

    ``first`` are the columns of the rows' first texts.  What is worded as a title is none.
    """
    if all(len(texts) < 2 for texts in rows):
        return list(rows)
    return [
        ["", *texts] if first.get(row, 0) and _may_be_rest(texts) else texts
        for row, texts in enumerate(rows)
    ]


def _may_be_rest(texts: Sequence[str]) -> bool:
    if len(texts) != 1 or len(texts[0]) > LONGEST_REST:
        return False
    plain = _squeezed(texts[0])
    return not _TITLE.match(plain) and may_head(plain) and not _NUMBERED.match(plain)


def _joined_rows(texts: list[str]) -> list[str]:
    """Equal texts of one row count once: some programs fill every cell of a merged one."""
    return list(dict.fromkeys(texts))


def _skip_caption(rows: Sequence[Sequence[str]], row: int) -> int:
    while row < len(rows) and (len(rows[row]) <= 1 or _is_caption(rows[row])):
        row += 1
    return row


def _next_caption(rows: Sequence[Sequence[str]], row: int) -> int:
    """The next row that can only be the caption of another table, or a heading below
    indicators."""
    below_levels = False
    while row < len(rows) and not _begins_table(rows[row]):
        if below_levels and _ends_indicators(rows[row]):
            return row
        below_levels = below_levels or _heads_levels(rows[row])
        row += 1
    return row


def _heads_levels(texts: Sequence[str]) -> bool:
    """Whether a row is the header of indicators, below which no row is a heading."""
    return sum(_LEVEL.match(_squeezed(text)) is not None for text in texts) >= FEWEST_LEVELS


def _ends_indicators(texts: Sequence[str]) -> bool:
    """Whether a row below indicators is the heading of what follows their table.

    In a table of money 三、事业收入 may stand alone, its figures blank; here every row has a
    level or a name and a value.
    """
    if len(texts) != 1:
        return False
    found = numbered(texts[0])
    if found is None:
        return _NEXT_TABLE.match(_squeezed(texts[0])) is not None
    is_upper = found.level <= LOWEST_HEADING and is_heading(texts[0])
    return is_upper and not _NO_HEADING.search(found.rest)


def _without_notes(rows: Sequence[Sequence[str]], first: int, last: int) -> int:
    """Where the table ends: before the notes and the blank rows that close it."""
    end = last
    for row in range(last - 1, first, -1):
        if _is_note(rows[row]) or _is_signed(rows, row):
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
            or _PART.match(title)
            or _UNIT.match(title)
            or (len(title) >= MIN_TITLE and _TITLE.match(title))
        )
    return bool(squeezed) and _is_caption(texts) and any(map(_UNIT.match, squeezed))


def _is_signed(rows: Sequence[Sequence[str]], row: int) -> bool:
    """Whether a row is the date that closes a paper, or the name above it."""
    texts = rows[row]
    if len(texts) != 1:
        return False
    if _DATE.fullmatch(_squeezed(texts[0])):
        return True
    below = rows[row + 1] if row + 1 < len(rows) else ()
    return len(below) == 1 and _DATE.fullmatch(_squeezed(below[0])) is not None


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
