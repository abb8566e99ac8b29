"""Where a record stands in its original, said in words and drawn on the page."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from urllib.parse import urlencode

from archive.addresses import column_ids, document_path
from archive.model import NOWHERE, Box, Document, Place, Row, Table
from web.located import Located

_STEP = re.compile(r"(tbl|table|tr|tc|td|th|p|txbxContent)\[(\d+)\]")
_STEPS = {
    "tbl": "个表格",
    "table": "个表格",
    "tr": "行",
    "tc": "格",
    "td": "格",
    "th": "格",
    "p": "段",
}


@dataclass(frozen=True, slots=True)
class Outline:
    """A figure on a page: its box, in points, and the page's address with it marked."""

    box: Box
    text: str
    path: str
    is_target: bool

    @property
    def width(self) -> float:
        """The width of the box."""
        return round(self.box[2] - self.box[0], 2)

    @property
    def height(self) -> float:
        """The height of the box."""
        return round(self.box[3] - self.box[1], 2)


@dataclass(frozen=True, slots=True)
class Strip:
    """The addresses of a strip of the original around a figure, and of its whole page."""

    image: str
    page: str
    said: str


@dataclass(frozen=True, slots=True)
class Where:
    """A place in words, and where it can be looked at."""

    said: str
    path: str | None


def strip_of(document: Document, table: Table, located: Located | None) -> Strip | None:
    """The strip around the figure that a link names, where the original is a PDF."""
    if located is None or located.row is None:
        return None
    place = _place_of(located)
    if place.page is None or place.box is None:
        return None
    ids = column_ids(column.path for column in table.columns)
    cell = ids[located.cell.column] if located.cell else None
    query = urlencode(
        {"table": table.id, "row": located.row.id, **({"cell": cell} if cell else {})}
    )
    return Strip(
        image=f"{document_path(document)}/strip.webp?{query}",
        page=page_path(document, place.page, table.id, located.row.id, cell),
        said=said(place),
    )


def where_of(document: Document, located: Located | None) -> Where | None:
    """Where the figure that a link names stands, where the original is no PDF."""
    if located is None or located.row is None or not (words := said(_place_of(located))):
        return None
    lines = _place_of(located).lines
    path = f"{document_path(document)}/lines/{lines[0]}-{lines[1]}" if lines else None
    return Where(words, path)


def _place_of(located: Located) -> Place:
    if located.cell and located.cell.place != NOWHERE:
        return located.cell.place
    return located.row.place if located.row else NOWHERE


def said(place: Place) -> str:
    """The place in Chinese: 第 7 页, 第 120–123 行, Sheet1!B5, 第 3 个表格第 2 行; else empty."""
    if place.page:
        return f"第 {place.page} 页"
    if place.lines:
        first, last = place.lines
        return f"第 {first} 行" if first == last else f"第 {first}–{last} 行"
    if place.path and "!" in place.path:
        return place.path.replace("!", "，")
    steps = _STEP.findall((place.path or "").split("..", maxsplit=1)[0])
    return "".join(f"第 {number} {_STEPS[tag]}" for tag, number in steps if tag in _STEPS)


def page_path(
    document: Document,
    page: int,
    table: str | None = None,
    row: str | None = None,
    cell: str | None = None,
) -> str:
    """The address of a page of the original, with a figure outlined when one is named."""
    named = {"table": table, "row": row, "cell": cell}
    query = urlencode({name: value for name, value in named.items() if value})
    return f"{document_path(document)}/page/{page}{'?' + query if query else ''}"


def rows_on(table: Table, page: int) -> tuple[Row, ...]:
    """The rows of which something is printed on that page."""
    return tuple(row for row in table.rows if page in _pages_of(row))


def _pages_of(row: Row) -> set[int | None]:
    return {row.place.page, *(cell.place.page for cell in row.cells)}


def outlines(
    document: Document,
    tables: Iterable[Table],
    page: int,
    target: tuple[str, str | None, str | None] | None,
) -> Iterator[Outline]:
    """Every figure on a page as a link; ``target`` names the table, row and cell to mark, or
    without a cell the row, all of whose figures are marked."""
    for table in tables:
        ids = column_ids(column.path for column in table.columns)
        for row in rows_on(table, page):
            for cell in row.cells:
                if cell.place.page == page and cell.place.box:
                    column = ids[cell.column]
                    yield Outline(
                        cell.place.box,
                        cell.printed,
                        page_path(document, page, table.id, row.id, column),
                        target in ((table.id, row.id, column), (table.id, row.id, None)),
                    )
