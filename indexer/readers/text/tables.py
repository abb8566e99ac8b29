"""Tables in plain text: a tab between cells, or one cell a line.

Blank cells are listed here, unlike in other grids: where a converter dropped cells, the
number of cells left in a row is all that is known of their columns.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from archive.model import Place
from indexer.pages import Grid, GridCell, Line
from indexer.readers.markdown import clean_inline
from indexer.readers.regions import Region, may_head, regions, with_rests

STACKED_SHARE = 0.5
"""From this share of tab lines that hold one cell each, a file lists one cell a line."""
ROWS_GAP = 1
"""So many blank lines may part two rows of equal length in a tab table."""


@dataclass(frozen=True, slots=True)
class PrintedLine:
    """A line of the file with its number, from 1."""

    number: int
    raw: str

    @property
    def is_blank(self) -> bool:
        """Whether nothing stands on the line, not even the tab of a blank cell."""
        return not self.raw.strip() and "\t" not in self.raw


@dataclass(frozen=True, slots=True)
class _Cell:
    text: str
    first: int
    last: int


_Row = list[_Cell]


def is_stacked(lines: Iterable[PrintedLine]) -> bool:
    """Whether the tab lines of a file hold one cell each, led by its tab."""
    tabbed = [line.raw for line in lines if "\t" in line.raw]
    single = sum(raw.startswith("\t") and raw.count("\t") == 1 for raw in tabbed)
    return bool(tabbed) and single > STACKED_SHARE * len(tabbed)


def row_items(lines: Sequence[PrintedLine]) -> list[Line | Grid]:
    """Tables of one row a line, with the captions and notes laid into their cells."""
    runs: list[list[PrintedLine]] = []
    for line in lines:
        if line.is_blank:
            continue
        if not runs or not _goes_on(runs[-1][-1], line):
            runs.append([])
        runs[-1].append(line)
    return [item for run in runs for item in _tables([_split_row(line) for line in run])]


def stack_items(lines: Sequence[PrintedLine]) -> list[Line | Grid]:
    """Tables of one cell a line: a blank line ends a row, a wider gap the table."""
    stacks = _stacks(lines)
    gaps = Counter(after[0].number - before[-1].number for before, after in pairwise(stacks))
    usual = gaps.most_common(1)[0][0] if gaps else 0
    tables: list[list[_Row]] = []
    end = 0
    for stack in stacks:
        if not tables or stack[0].number - end > usual:
            tables.append([])
        tables[-1].append(_stacked_row(stack))
        end = stack[-1].number
    return [item for table in tables for item in _tables(table)]


def _goes_on(before: PrintedLine, after: PrintedLine) -> bool:
    blanks = after.number - before.number - 1
    same_length = before.raw.count("\t") == after.raw.count("\t")
    return blanks == 0 or (blanks <= ROWS_GAP and same_length)


def _split_row(line: PrintedLine) -> _Row:
    return [_Cell(_cell_text(part), line.number, line.number) for part in line.raw.split("\t")]


def _stacks(lines: Sequence[PrintedLine]) -> list[list[PrintedLine]]:
    stacks: list[list[PrintedLine]] = [[]]
    for line in lines:
        if not line.is_blank:
            stacks[-1].append(line)
        elif stacks[-1]:
            stacks.append([])
    return [stack for stack in stacks if stack]


def _stacked_row(stack: Sequence[PrintedLine]) -> _Row:
    row: _Row = []
    for line in stack:
        head, *cells = line.raw.split("\t")
        if head.strip() and row:
            last = row.pop()
            text = "\n".join(filter(None, (last.text, _cell_text(head))))
            row.append(_Cell(text, last.first, line.number))
        elif head.strip():
            row.append(_Cell(_cell_text(head), line.number, line.number))
        row.extend(_Cell(_cell_text(cell), line.number, line.number) for cell in cells)
    return row


def _cell_text(raw: str) -> str:
    return clean_inline(raw.strip())


def _tables(rows: Sequence[_Row]) -> list[Line | Grid]:
    """Captions and notes as lines, what stands between them as grids."""
    first = {
        number: next((at for at, cell in enumerate(row) if cell.text), 0)
        for number, row in enumerate(rows)
    }
    texts = with_rests([[cell.text for cell in row if cell.text] for row in rows], first)
    items: list[Line | Grid] = []
    for part in _with_heads(regions(texts), rows):
        inside = rows[part.first : part.last]
        items.extend(_lines(inside) if part.kind == "lines" else [_grid(inside)])
    return items


def _with_heads(parts: Sequence[Region], rows: Sequence[_Row]) -> list[Region]:
    """Give back to each table a head over all its columns: a row as long as the others with
    one text in its first cell, right above them."""
    found: list[Region] = []
    for part in parts:
        above = found.pop() if found else None
        first = part.first
        if above and above.kind == "lines" and part.kind == "grid":
            while first > above.first and _heads_all(rows[first - 1], rows[part.first]):
                first -= 1
        if above and above.first < min(above.last, first):
            found.append(replace(above, last=min(above.last, first)))
        found.append(replace(part, first=first))
    return found


def _heads_all(row: _Row, below: _Row) -> bool:
    text, *others = (cell.text for cell in row)
    return bool(text and others) and not any(others) and len(row) == len(below) and may_head(text)


def _lines(rows: Sequence[_Row]) -> list[Line]:
    return [
        Line(text=text.strip(), place=Place(lines=(cell.first, cell.last)))
        for row in rows
        for cell in row
        for text in cell.text.split("\n")
        if text.strip()
    ]


def _grid(rows: Sequence[_Row]) -> Grid:
    lengths = {len(row) for row in rows}
    cells = tuple(
        GridCell(row_number, column, cell.text, Place(lines=(cell.first, cell.last)))
        for row_number, row in enumerate(rows)
        for column, cell in enumerate(row)
    )
    return Grid(
        rows=len(rows),
        columns=max(lengths),
        cells=cells,
        place=Place(lines=(rows[0][0].first, rows[-1][-1].last)),
        exact=len(lengths) == 1,
    )
