"""Printed lines of a table: the cells of a grid, line by line, with spans and places."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, replace

from archive.amounts import is_figure
from archive.model import NOWHERE, Place
from indexer.pages import Grid
from indexer.places import union

# Han characters, and the punctuation that stands between them.
_HAN = r"\u3000-\u303f\u3400-\u9fff\uf900-\ufaff\uff00-\uffef〇“”‘’…—·"
_GAP = re.compile(rf"(?<=[{_HAN}])\s+(?=[{_HAN}])")
_COUNTING_WORDS = frozenset({"栏次", "列次", "行次", "栏", "栏目", "甲", "乙", "丙", "丁"})
_MARKS = frozenset("※＊*☆★")


@dataclass(frozen=True, slots=True)
class PrintedCell:
    """A non-blank cell; ``column`` is its leftmost column, ``width`` how many it spans."""

    column: int
    text: str
    place: Place = NOWHERE
    width: int = 1
    height: int = 1
    doubt: str | None = None

    @property
    def columns(self) -> range:
        """The columns that the cell covers."""
        return range(self.column, self.column + self.width)

    def joined(self, rest: PrintedCell) -> PrintedCell:
        """The same cell with the rest of its text, which stands elsewhere."""
        return replace(self, text=self.text + rest.text, place=union((self.place, rest.place)))

    def at(self, column: int, doubt: str | None = None) -> PrintedCell:
        """The same cell in another column."""
        return replace(self, column=column, width=1, doubt=doubt or self.doubt)


@dataclass(frozen=True, slots=True)
class PrintedLine:
    """A line of a table with its non-blank cells from left to right.

    ``source`` is the line's number in its own grid, counted from 0, blank lines included;
    vertical spans count in it.  ``extent`` is how many columns the line has in its grid,
    blank cells that the grid lists included.
    """

    cells: tuple[PrintedCell, ...]
    source: int = 0
    extent: int = 0

    @property
    def texts(self) -> tuple[str, ...]:
        """The texts of the cells, squeezed."""
        return tuple(squeeze(cell.text) for cell in self.cells)

    @property
    def place(self) -> Place:
        """The place that covers all cells."""
        return union(cell.place for cell in self.cells)

    def at(self, column: int) -> PrintedCell | None:
        """The cell that covers a column."""
        return next((cell for cell in self.cells if column in cell.columns), None)

    def text_at(self, column: int) -> str:
        """The squeezed text in a column, empty when blank."""
        cell = self.at(column)
        return squeeze(cell.text) if cell else ""


def lines_of(grid: Grid) -> list[PrintedLine]:
    """The lines of a grid that print something, from the top down."""
    rows: dict[int, list[PrintedCell]] = defaultdict(list)
    extents: dict[int, int] = defaultdict(int)
    for cell in grid.cells:
        extents[cell.row] = max(extents[cell.row], cell.column + cell.column_span)
        text = unwrapped(cell.text)
        if text:
            rows[cell.row].append(
                PrintedCell(cell.column, text, cell.place, cell.column_span, cell.row_span)
            )
    return [
        PrintedLine(tuple(sorted(rows[row], key=lambda cell: cell.column)), row, extents[row])
        for row in sorted(rows)
    ]


def squeeze(text: str) -> str:
    """The text without the spaces that typography or a converter put between Han characters.

    ``收  入  总  计`` → ``收入总计``; the space in ``2023 年`` or ``201 外交`` stays.
    """
    return _GAP.sub("", text.strip())


def unwrapped(text: str) -> str:
    """A cell's lines joined: without a space between Han characters, with one elsewhere."""
    parts = [part.strip() for part in text.splitlines() if part.strip()]
    joined = parts[0] if parts else ""
    for part in parts[1:]:
        apart = joined[-1].isascii() and part[0].isascii() and not _one_figure(joined, part)
        joined += (" " if apart else "") + part
    return joined.strip()


def is_marker_line(line: PrintedLine) -> bool:
    """Whether a line only counts columns: ``※ ※ ※ 1 2 3``, ``栏次 1 2 3``."""
    counted = counting_cells(line)
    if not counted:
        return False
    rest = [text for cell, text in zip(line.cells, line.texts, strict=True) if cell not in counted]
    return all(text in _COUNTING_WORDS for text in rest)


def counting_cells(line: PrintedLine) -> list[PrintedCell]:
    """The cells of a line that only count or mark columns, empty when there are none."""
    texts = line.texts
    marks = [cell for cell, text in zip(line.cells, texts, strict=True) if set(text) <= _MARKS]
    numbers = [(cell, text) for cell, text in zip(line.cells, texts, strict=True) if _ordinal(text)]
    in_order = [int(re.split(r"[=＝]", text)[0]) for _, text in numbers]
    counted = bool(numbers) and in_order == list(range(1, len(numbers) + 1))
    headed = bool(marks) or any(text in {*_COUNTING_WORDS, "类"} for text in texts)
    if counted and (len(numbers) > 2 or headed):
        words = [cell for cell in line.cells if squeeze(cell.text) in _COUNTING_WORDS]
        return [*marks, *words, *(cell for cell, _ in numbers)]
    return marks if len(marks) == len(line.cells) else []


def _ordinal(text: str) -> bool:
    return bool(re.fullmatch(r"[1-9]\d?(?:[=＝][\d+\-（）()]+)?", text))


def _one_figure(head: str, tail: str) -> bool:
    """Whether a line break stands inside a figure or a word without spaces: ``1,23`` ``4.5``."""
    return is_figure(head + tail) and bool(re.search(r"[\d.,]$", head))
