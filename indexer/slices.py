"""What the original prints at a place: the way back from a record to its file.

Knows how places are written, and nothing of tables: a PDF's glyphs in a box, the text of an
element by its path, the cells of a range, the lines of a text.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import Protocol

from archive.errors import UnreadableFile
from archive.model import Box, Place
from indexer.places import ends_of
from indexer.readers.detect import Format
from indexer.readers.encodings import decode
from indexer.readers.pdf.ink import Ink, main_quarter, shown, turned, turned_box
from indexer.readers.pdf.overlays import without_overlays
from indexer.readers.pdf.source import Source
from indexer.readers.pdf.words import lines_of, words_of
from indexer.readers.trees import DocxTree, HtmlTree, Tree
from indexer.readers.xlsx.ranges import Ranges

EDGE = 0.5
"""A glyph whose middle lies outside a box by no more than this is on its edge, in points."""


class Slicer(Protocol):
    """An original opened to be sliced again and again."""

    def text(self, place: Place) -> str:
        """What is printed at a place; empty when the place names nothing in the original."""


def slice_text(data: bytes, media_type: str, place: Place) -> str:
    """What the original ``data`` prints at a place, lines parted by line breaks.

    ``media_type`` is that of the record's document.  Raises UnreadableFile when originals of
    this type have no places that lead back (legacy formats are read through a conversion).
    """
    return open_original(data, media_type).text(place)


def open_original(data: bytes, media_type: str) -> Slicer:
    """The original, opened once for many slices; see :func:`slice_text`."""
    if media_type not in _OPENERS:
        raise UnreadableFile(f"这种格式（{media_type}）的原件经转换后读取，无法按位置取回原文。")
    return _OPENERS[media_type](data)


class PdfSlicer:
    """The glyphs of a PDF by page and box."""

    def __init__(self, data: bytes) -> None:
        source = Source(data)
        try:
            self._inks = {ink.number: shown(ink) for ink in source.inks() if isinstance(ink, Ink)}
        finally:
            source.close()

    def text(self, place: Place) -> str:
        """The words in the box, line by line as they are written."""
        ink = self._inks.get(place.page or 0)
        if ink is None or place.box is None:
            return ""
        quarters = main_quarter(ink.chars)
        upright = _upright(ink, quarters)
        box = turned_box(place.box, quarters, ink.width, ink.height)
        return _words_in(upright, box)


@lru_cache(maxsize=8)
def _upright(ink: Ink, quarters: int) -> Ink:
    return without_overlays(turned(ink, quarters))


def _words_in(ink: Ink, box: Box) -> str:
    inside = tuple(char for char in ink.chars if _holds(box, *char.middle))
    words = words_of(Ink(ink.number, ink.width, ink.height, inside, ()), ())
    return "\n".join("".join(word.text for word in line) for line in lines_of(words))


def _holds(box: Box, x: float, y: float) -> bool:
    x0, top, x1, bottom = box
    return x0 - EDGE <= x <= x1 + EDGE and top - EDGE <= y <= bottom + EDGE


class TreeSlicer:
    """The elements of a DOCX or HTML file by path, or from one path to another."""

    def __init__(self, tree: Tree) -> None:
        self._tree = tree

    def text(self, place: Place) -> str:
        """The text of an element without that of tables inside it, or of a range of them."""
        first, last = ends_of(place.path or "")
        return self._tree.between(first, last) if last else self._tree.text_at(first)


class SheetSlicer:
    """The cells of a workbook by sheet and range."""

    def __init__(self, ranges: Ranges) -> None:
        self._ranges = ranges

    def text(self, place: Place) -> str:
        """The cells of ``Sheet!B5`` or ``Sheet!A5:H5`` as they are shown, a row a line."""
        return self._ranges.text(place.path or "")


class LineSlicer:
    """The lines of a text file by number."""

    def __init__(self, lines: Iterable[str]) -> None:
        self._lines = list(lines)

    def text(self, place: Place) -> str:
        """The lines from the first to the last, both included."""
        first, last = place.lines or (1, 0)
        return "\n".join(self._lines[first - 1 : last])


def _lines(data: bytes) -> LineSlicer:
    decoded = decode(data)
    if decoded is None:
        raise UnreadableFile("无法识别文字编码，不能按行取回原文。")
    return LineSlicer(decoded.text.replace("\r\n", "\n").replace("\r", "\n").split("\n"))


_OPENERS: dict[str, Callable[[bytes], Slicer]] = {
    Format.PDF.value: PdfSlicer,
    Format.DOCX.value: lambda data: TreeSlicer(DocxTree(data)),
    Format.HTML.value: lambda data: TreeSlicer(HtmlTree(data)),
    Format.XLSX.value: lambda data: SheetSlicer(Ranges(data)),
    Format.TEXT.value: _lines,
}
