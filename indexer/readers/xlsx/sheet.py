"""One sheet of a workbook to a grid: what is shown, as it is shown.

Only cells that exist are looked at: a sheet may claim a million rows.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from openpyxl.cell.cell import Cell, MergedCell
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from archive.model import Place
from indexer.pages import Grid, GridCell
from indexer.readers.number_format import printed

_COMPUTES = re.compile(r"[A-Z]\$?\d|\w\(|!")
"""Other texts after = are what libraries make of a printed =100% or =6个."""
MAX_GAP = 100
"""More blank rows than these between two filled ones are no part of any table."""
MOST_NAMED = 5
"""So many cells, rows or columns are named in a problem."""


@dataclass(frozen=True, slots=True)
class SheetText:
    """A cell with text and the range that it covers, all counted from 1."""

    text: str
    row: int
    column: int
    last_row: int
    last_column: int


@dataclass(frozen=True, slots=True)
class _Axis:
    """The rows or columns of a grid, by their numbers in the sheet, in order."""

    numbers: tuple[int, ...]

    def span(self, first: int, last: int) -> tuple[int, int]:
        """Where a range begins on the axis, and how much of the axis it covers."""
        start = bisect_left(self.numbers, first)
        return start, bisect_left(self.numbers, last + 1) - start


def sheet_grid(sheet: Worksheet, results: Worksheet, problems: list[str]) -> Grid | None:
    """The shown cells of a sheet; ``None`` when it shows nothing.

    Blank rows and columns between others are kept, as they are printed; only a gap of more
    than MAX_GAP rows closes up.
    ``results`` is the sheet with the saved results of its formulas; what is hidden or was
    never computed is told in ``problems``.
    """
    unsaved: list[str] = []
    texts = sheet_texts(sheet, results, unsaved)
    hidden_rows, hidden_columns = _hidden_rows(sheet), _hidden_columns(sheet)
    shown = [
        text
        for text in texts
        if _any_shown(text.row, text.last_row, hidden_rows)
        and _any_shown(text.column, text.last_column, hidden_columns)
    ]
    _tell_unsaved(sheet, unsaved, problems)
    _tell_hidden(sheet, texts, hidden_rows, hidden_columns, problems)
    if not shown:
        return None
    rows = _rows(shown, hidden_rows)
    width = max(text.last_column for text in shown)
    columns = _Axis(tuple(n for n in range(1, width + 1) if n not in hidden_columns))
    cells = tuple(_cell(text, rows, columns, sheet.title) for text in shown)
    return Grid(len(rows.numbers), len(columns.numbers), cells)


def _rows(shown: Iterable[SheetText], hidden: set[int]) -> _Axis:
    filled = sorted({_first_shown(text.row, hidden) for text in shown})
    numbers = filled[:1]
    for above, below in pairwise(filled):
        between = range(above + 1, below + 1) if below - above <= MAX_GAP else (below,)
        numbers.extend(row for row in between if row not in hidden)
    return _Axis(tuple(numbers))


def sheet_texts(
    sheet: Worksheet, results: Worksheet | None = None, unsaved: list[str] | None = None
) -> list[SheetText]:
    """The cells with text, by rows; formulas without a saved result go to ``unsaved``."""
    ends = {
        (merged.min_row, merged.min_col): (merged.max_row, merged.max_col)
        for merged in sheet.merged_cells.ranges
    }
    texts = []
    for cell in _existing(sheet):
        text = _text(cell, results or sheet, [] if unsaved is None else unsaved)
        if text:
            at = (cell.row, cell.column)
            texts.append(SheetText(text, *at, *ends.get(at, at)))
    return texts


def _existing(sheet: Worksheet) -> Iterator[Cell]:
    """The cells that the file lists; iter_rows would make all those between them."""
    for _, cell in sorted(sheet._cells.items()):
        if not isinstance(cell, MergedCell) and cell.value is not None:
            yield cell


def _text(cell: Cell, results: Worksheet, unsaved: list[str]) -> str:
    """What the cell shows; a formula without a saved result shows itself."""
    value: object = cell.value
    if cell.data_type == "f":
        saved = results.cell(cell.row, cell.column).value
        if saved is None and _COMPUTES.search(str(value)):
            unsaved.append(cell.coordinate)
        value = value if saved is None else saved
    text = printed(value, cell.number_format)
    return text.replace("_x000D_", "").replace("\r\n", "\n").strip()


def _cell(text: SheetText, rows: _Axis, columns: _Axis, title: str) -> GridCell:
    row, row_span = rows.span(text.row, text.last_row)
    column, column_span = columns.span(text.column, text.last_column)
    place = Place(path=f"{title}!{get_column_letter(text.column)}{text.row}")
    return GridCell(row, column, text.text, place, max(1, row_span), max(1, column_span))


def _hidden_rows(sheet: Worksheet) -> set[int]:
    return {row for row, look in sheet.row_dimensions.items() if look.hidden}


def _hidden_columns(sheet: Worksheet) -> set[int]:
    return {
        column
        for look in sheet.column_dimensions.values()
        if look.hidden
        for column in range(look.min or 0, (look.max or 0) + 1)
    }


def _any_shown(first: int, last: int, hidden: set[int]) -> bool:
    return any(number not in hidden for number in range(first, last + 1))


def _first_shown(first: int, hidden: set[int]) -> int:
    while first in hidden:
        first += 1
    return first


def _tell_unsaved(sheet: Worksheet, unsaved: list[str], problems: list[str]) -> None:
    if unsaved:
        problems.append(
            f"工作表“{sheet.title}”有 {len(unsaved)} 个公式没有保存计算结果（{_named(unsaved)}），"
            "请用 WPS 或 Excel 打开并保存后再导入。"
        )


def _tell_hidden(
    sheet: Worksheet,
    texts: Iterable[SheetText],
    hidden_rows: set[int],
    hidden_columns: set[int],
    problems: list[str],
) -> None:
    """Say which hidden rows and columns hold something, because it is left out."""
    rows = sorted({text.row for text in texts if text.row in hidden_rows})
    columns = sorted({text.column for text in texts if text.column in hidden_columns})
    if rows:
        problems.append(f"工作表“{sheet.title}”中隐藏的第 {_named(map(str, rows))} 行未读取。")
    if columns:
        letters = map(get_column_letter, columns)
        problems.append(f"工作表“{sheet.title}”中隐藏的 {_named(letters)} 列未读取。")


def _named(names: Iterable[str]) -> str:
    listed = list(names)
    return "、".join(listed[:MOST_NAMED]) + (" 等" if len(listed) > MOST_NAMED else "")
