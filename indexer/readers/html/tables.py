"""HTML tables to grids, by the table model of the HTML standard (section 4.9.12)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from sys import intern

from archive.errors import LimitExceeded
from archive.model import Place
from indexer.pages import Grid, GridCell
from indexer.readers.html.tree import (
    Element,
    Paths,
    collapse,
    is_block,
    is_skipped,
    plain_spaces,
    tag_of,
    text_of,
)

MAX_COLUMN_SPAN = 1000
"""The standard's own limit for colspan."""
MAX_SLOTS = 2_000_000
"""The most slots (rows × columns) that a table may take up."""
PROSE_LENGTH = 300
"""A cell with more characters than this, in several paragraphs, holds running text."""
PROSE_BLOCKS = 4
NESTED_SHARE = 3
"""A table lays out the page when it has a nested table for every so many filled cells."""


@dataclass(frozen=True, slots=True)
class _Spanning:
    """A cell that reaches down: from which column, how wide, and to which row (excluded)."""

    first: int
    last: int
    until: int


def is_layout(table: Element) -> bool:
    """Whether a table lays out the page instead of showing data."""
    rows = list(_rows(table))
    cells = [cell for row in rows for cell in _cells(row)]
    if table.get("role") == "presentation" or len(cells) <= 1:
        return True
    nesting = [cell for cell in cells if cell.find(".//table") is not None]
    if nesting:
        filled = sum(bool(text_of(cell).strip()) for cell in cells)
        return filled <= NESTED_SHARE * len(nesting) or any(map(_is_prose, nesting))
    return len(cells) <= 2 * len(rows) and any(map(_is_prose, cells))


def nested_tables(table: Element) -> list[Element]:
    """The outermost tables inside the cells of a data table."""
    cells = [cell for row in _rows(table) for cell in _cells(row)]
    return [
        inner
        for cell in cells
        for inner in cell.iterfind(".//table")
        if next(inner.iterancestors("table")) is table
    ]


def to_grid(table: Element, paths: Paths) -> Grid:
    """The table's cells with their spans; hidden rows and cells are left out.

    Raises LimitExceeded when the spans blow the table up beyond MAX_SLOTS.
    """
    rows = list(_rows(table))
    cells: list[GridCell] = []
    reaching: list[_Spanning] = []
    width = 0
    for number, row in enumerate(rows):
        column = 0
        reaching = [span for span in reaching if span.until > number]
        for element in _cells(row):
            across, down = _spans(element, len(rows) - number)
            column = _next_free(column, reaching)
            cell = GridCell(number, column, _text(element), _place(element, paths), down, across)
            if cell.text or down > 1 or across > 1:
                cells.append(cell)
            if down > 1:
                reaching.append(_Spanning(column, column + across, number + down))
            column += across
            width = max(width, column)
        if width * len(rows) > MAX_SLOTS:
            raise LimitExceeded(
                f"有表格过大（{len(rows)} 行 × {width} 列以上），只录文字，请核对原件。"
            )
    return Grid(len(rows), width, tuple(cells), _place(table, paths))


def _rows(table: Element) -> Iterator[Element]:
    """The rows in printed order: a <tfoot> prints last wherever it stands."""
    feet: list[Element] = []
    for child in table:
        tag = tag_of(child)
        if is_skipped(child):
            continue
        if tag == "tr":
            yield child
        elif tag in {"thead", "tbody"}:
            yield from _shown_rows(child)
        elif tag == "tfoot":
            feet.append(child)
    for foot in feet:
        yield from _shown_rows(foot)


def _shown_rows(group: Element) -> list[Element]:
    return [row for row in group if tag_of(row) == "tr" and not is_skipped(row)]


def _cells(row: Element) -> list[Element]:
    return [cell for cell in row if tag_of(cell) in {"td", "th"} and not is_skipped(cell)]


def _spans(cell: Element, rows_left: int) -> tuple[int, int]:
    """How many columns and rows a cell takes; rowspan 0 means all that are left."""
    across = max(1, min(_number(cell.get("colspan")), MAX_COLUMN_SPAN))
    down = _number(cell.get("rowspan"))
    return across, min(rows_left if down == 0 else down, rows_left)


def _number(printed: str | None) -> int:
    digits = (printed or "").strip().split(".")[0]
    return int(digits) if digits.isascii() and digits.isdigit() and len(digits) < 9 else 1


def _next_free(column: int, reaching: list[_Spanning]) -> int:
    moved = True
    while moved:
        moved = False
        for span in reaching:
            if span.first <= column < span.last:
                column, moved = span.last, True
    return column


def _text(cell: Element) -> str:
    """The text of a cell, one line for each of its paragraphs and <br>."""
    pieces: list[str] = []
    _gather(cell, pieces)
    lines = [plain_spaces(collapse(line)) for line in "".join(pieces).split("\f")]
    return intern("\n".join(line for line in lines if line))  # 0.00 stands in most cells


def _gather(element: Element, pieces: list[str]) -> None:
    """Collect text with a form feed, which HTML has no use for, where a line ends.

    Nested tables are left to be read on their own.
    """
    pieces.append((element.text or "").replace("\f", " "))
    for child in element:
        if not is_skipped(child) and tag_of(child) != "table":
            ends = is_block(child) or tag_of(child) == "br"
            pieces.append("\f" if ends else "")
            _gather(child, pieces)
            pieces.append("\f" if ends else "")
        pieces.append((child.tail or "").replace("\f", " "))


def _is_prose(cell: Element) -> bool:
    blocks = sum(1 for child in cell.iter("p", "div", "br", "h1", "h2", "h3", "li"))
    return blocks >= PROSE_BLOCKS and len(text_of(cell).strip()) > PROSE_LENGTH


def _place(element: Element, paths: Paths) -> Place:
    return Place(path=paths.of(element))
