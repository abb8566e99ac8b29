"""What a reader gives: the content of a file as lines and grids in reading order.

A reader knows its format and nothing of budgets.  It never drops text: what it cannot
read becomes a problem of that page.
"""

from __future__ import annotations

from dataclasses import dataclass

from archive.model import NOWHERE, Place


@dataclass(frozen=True, slots=True)
class Line:
    """One printed line of running text.

    ``size`` is the font size in points where the format has one (``None`` in plain text);
    ``indent`` the distance from the left text margin in characters, 0 where unknown.
    ``new_paragraph`` is true when the format itself says that a paragraph begins here
    (a DOCX or HTML paragraph), false when it says that one goes on, ``None`` when it says
    nothing (PDF, text) and the line breaks are only those of the page.
    """

    text: str
    place: Place = NOWHERE
    size: float | None = None
    bold: bool = False
    centred: bool = False
    indent: float = 0.0
    new_paragraph: bool | None = None
    heading_level: int | None = None


@dataclass(frozen=True, slots=True)
class GridCell:
    """A cell of a grid; ``row`` and ``column`` are its top left corner, from 0."""

    row: int
    column: int
    text: str
    place: Place = NOWHERE
    row_span: int = 1
    column_span: int = 1


@dataclass(frozen=True, slots=True)
class Grid:
    """A table as its format gives it.

    ``exact`` is true when the format draws every cell (ruled PDF, DOCX, XLSX, HTML, a
    text table with all its tabs): a cell's column is then what is printed.  It is false
    when a converter may have dropped blank or merged cells, so that a row's cells are in
    order but their columns must be worked out.
    Only cells with text or a span need be listed; a missing cell is blank.
    """

    rows: int
    columns: int
    cells: tuple[GridCell, ...]
    place: Place = NOWHERE
    exact: bool = True


@dataclass(frozen=True, slots=True)
class Page:
    """A page, sheet or the whole of an unpaged file, its items in reading order."""

    number: int | None
    items: tuple[Line | Grid, ...]
    problem: str | None = None


@dataclass(frozen=True, slots=True)
class Pages:
    """A file as read: its pages, and what the format says of the whole.

    ``title`` and ``published_on`` come from file or HTML metadata and are weak witnesses.
    """

    media_type: str
    pages: tuple[Page, ...]
    title: str | None = None
    published_on: str | None = None
