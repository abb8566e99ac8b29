"""What layout makes of pages: headings, paragraphs and captioned grids, in order.

Page headers, footers, page numbers and contents lists are gone; wrapped lines are joined
into paragraphs; grids that continue on the next page are still separate blocks, in order.
"""

from __future__ import annotations

from dataclasses import dataclass

from archive.model import NOWHERE, Place
from indexer.pages import Grid, Line


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading; ``level`` as in :class:`archive.model.Section`, ``number`` as printed."""

    text: str
    level: int
    number: str | None
    place: Place = NOWHERE


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph with its wrapped lines joined."""

    text: str
    place: Place = NOWHERE


@dataclass(frozen=True, slots=True)
class TableBlock:
    """A grid with the lines that belong to it.

    ``caption`` holds the lines printed above it (表 7, title, 编制部门, 单位：万元) from
    the top down, empty for a grid that goes on from the page before; ``notes`` the lines
    below it that speak of it (备注：…, 注：…, …为空表。).

    ``grid`` is ``None`` where the format gives no grid: ``lines`` then holds the lines that
    stand where the table stands (a text dump whose cells are parted by blanks or line
    breaks), or nothing where only a caption and a note are printed.
    """

    caption: tuple[str, ...]
    grid: Grid | None
    notes: tuple[str, ...] = ()
    lines: tuple[Line, ...] = ()
    place: Place = NOWHERE


Block = Heading | Paragraph | TableBlock
