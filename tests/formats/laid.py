"""A table laid out on a grid: what every renderer of a format draws."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from itertools import takewhile

from samples.expected import TOTALS, paths_of
from samples.parts import TablePart, placed

_CODE_HEAD = re.compile(r"类|款|项|款项|.*编码")
_FIGURE = re.compile(r"[-−(（]?\d[\d,]*(?:\.\d+)?[)）]?%?")


@dataclass(frozen=True, slots=True)
class LaidCell:
    """A cell with its top left corner, from 0, and its spans; blank cells are listed too."""

    row: int
    column: int
    text: str
    rows: int = 1
    columns: int = 1

    @property
    def is_figure(self) -> bool:
        """Whether the cell prints a number."""
        return _FIGURE.fullmatch(self.text) is not None


@dataclass(frozen=True, slots=True)
class Laid:
    """A table with its caption; the first ``header`` rows are its header."""

    caption: tuple[str, ...]
    rows: int
    columns: int
    header: int
    cells: tuple[LaidCell, ...]
    notes: tuple[str, ...]

    def by_row(self) -> list[list[LaidCell]]:
        """The cells that begin in each row, from left to right."""
        rows: list[list[LaidCell]] = [[] for _ in range(self.rows)]
        for cell in sorted(self.cells, key=lambda cell: cell.column):
            rows[cell.row].append(cell)
        return rows


def lay(part: TablePart, *, merge_totals: bool = True) -> Laid:
    """The table as cells; a total takes the blank cells before it unless told otherwise."""
    height = len(part.header)
    codes = sum(1 for _ in takewhile(_CODE_HEAD.fullmatch, (p[-1] for p in paths_of(part) if p)))
    cells = [
        LaidCell(row, column, head.text, head.rows, head.columns)
        for row, column, head in placed(part.header)
    ]
    for number, texts in enumerate(part.rows, start=height):
        row = [LaidCell(number, column, text) for column, text in enumerate(texts)]
        cells += _with_merged_total(row, codes) if merge_totals else row
    return Laid(part.caption, height + len(part.rows), part.width, height, tuple(cells), part.notes)


def codes_once(part: TablePart) -> TablePart:
    """The table with each row printing only the parts of its code that the row above lacks.

    The last part is always printed.
    """
    paths = paths_of(part)
    codes = [i for i, path in enumerate(paths) if path and _CODE_HEAD.fullmatch(path[-1])]
    rows: list[tuple[str, ...]] = []
    above = [""] * len(codes)
    for row in part.rows:
        parts = [row[column] for column in codes]
        last = max((i for i, text in enumerate(parts) if text), default=0)
        same = 0
        while same < last and parts[same] == above[same]:
            same += 1
        blank = set(codes[:same])
        rows.append(tuple("" if i in blank else text for i, text in enumerate(row)))
        above = parts if any(parts) else above
    return replace(part, rows=tuple(rows))


def _with_merged_total(row: list[LaidCell], codes: int) -> list[LaidCell]:
    """合计 merged over the code columns that are blank before it, as most tables print it."""
    first = next((i for i, cell in enumerate(row) if cell.text), 0)
    if not 0 < first <= codes or not TOTALS.fullmatch(row[first].text):
        return row
    return [replace(row[first], column=0, columns=first + 1), *row[first + 1 :]]


def width_of(text: str) -> float:
    """The width of a text in Han characters."""
    return sum(0.5 if letter.isascii() else 1.0 for letter in text)


def merged_codes(laid: Laid) -> tuple[LaidCell, ...]:
    """The cells of a table with equal codes in its first column merged downwards."""
    first = sorted(
        (c for c in laid.cells if c.column == 0 and c.row >= laid.header), key=lambda c: c.row
    )
    kept: list[LaidCell] = []
    for cell in first:
        above = kept[-1] if kept else None
        alike = above is not None and cell.text.isdigit() and above.text == cell.text
        if above is not None and alike and above.row + above.rows == cell.row:
            kept[-1] = replace(above, rows=above.rows + 1)
        else:
            kept.append(cell)
    return (*(c for c in laid.cells if c not in first), *kept)
