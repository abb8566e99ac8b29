"""Characters and rules of a page as PDFium reads them (through pypdfium2).

PDFium is some twenty times as fast as pdfminer.six and mends more damage, but it keeps
one global state: every call into it is made under one lock.
"""

from __future__ import annotations

import ctypes
import threading
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

import pypdfium2
from pypdfium2 import raw

from archive.model import Box
from indexer.readers.pdf import calls
from indexer.readers.pdf.ink import (
    FORCED_BOLD,
    UNREADABLE,
    BrokenPage,
    Char,
    Ink,
    Sheet,
    Unopened,
    WrongPassword,
    character,
    is_bold_name,
    quarter,
)
from indexer.readers.pdf.pdfium_objects import drawn_on

MOST_UNMAPPED = 0.2
"""A font with a larger share of unmapped glyphs has no map at all."""

FIRST_PRINTED = 0x30
"""What PDFium adds to the text of a page are blanks, line ends and hyphens, all below this."""

_MAXIMUM_NAME = 256
_STROKED_TEXT = (raw.FPDF_TEXTRENDERMODE_FILL_STROKE, raw.FPDF_TEXTRENDERMODE_STROKE)
_BOLD_WEIGHT = 600
_SAYING = {raw.FPDF_ANNOT_FREETEXT: b"Contents", raw.FPDF_ANNOT_WIDGET: b"V"}
"""The entry of an annotation that holds what it says, by the annotation's kind."""
_EMPTY = 2
"""The bytes of an empty text with its closing NUL."""

_lock = threading.RLock()


class PdfiumFile:
    """An open document; ``ink`` reads one page and leaves nothing of it in memory."""

    def __init__(self, data: bytes) -> None:
        with _lock:
            try:
                self._document = pypdfium2.PdfDocument(data)
            except pypdfium2.PdfiumError as error:
                if getattr(error, "err_code", None) == raw.FPDF_ERR_PASSWORD:
                    raise WrongPassword(str(error)) from error
                raise Unopened(str(error)) from error
            self.pages: int = len(self._document)

    @property
    def title(self) -> str | None:
        """The title in the file's metadata; often a leftover of another document."""
        with _lock:
            return self._document.get_metadata_dict().get("Title", "").strip() or None

    def ink(self, number: int) -> Ink:
        """Page ``number``, from 1.  Raises :class:`BrokenPage`."""
        with _lock:
            try:
                page = self._document[number - 1]
            except pypdfium2.PdfiumError as error:
                raise BrokenPage(str(error)) from error
            try:
                return _ink(number, page)
            except pypdfium2.PdfiumError as error:
                raise BrokenPage(str(error)) from error
            finally:
                page.close()

    def close(self) -> None:
        """Free the document."""
        with _lock:
            self._document.close()


def _ink(number: int, page: Any) -> Ink:
    sheet = _sheet(page)
    drawn = drawn_on(page.raw, sheet)
    text = page.get_textpage()
    try:
        drawn_by: dict[int, int] = {}
        found = list(_chars(text.raw, sheet, drawn.clips, drawn_by))
        chars = _coloured(_without_guesses(found), drawn_by)
    finally:
        text.close()
    width, height = sheet.size
    area = max(width * height, 1.0)
    return Ink(
        number,
        width,
        height,
        chars,
        tuple(drawn.rules),
        min(drawn.pictures / area, 1),
        drawn.curves,
        notes=_notes(page.raw),
    )


def _notes(page: Any) -> int:
    """How many fields of a form are filled in, and texts typed over the page."""
    return sum(_says_something(page, index) for index in range(raw.FPDFPage_GetAnnotCount(page)))


def _says_something(page: Any, index: int) -> bool:
    note = raw.FPDFPage_GetAnnot(page, index)
    if not note:
        return False
    try:
        key = _SAYING.get(raw.FPDFAnnot_GetSubtype(note))
        return key is not None and raw.FPDFAnnot_GetStringValue(note, key, None, 0) > _EMPTY
    finally:
        raw.FPDFPage_CloseAnnot(note)


def _sheet(page: Any) -> Sheet:
    box = raw.FS_RECTF()
    if not raw.FPDF_GetPageBoundingBox(page, box):
        raise pypdfium2.PdfiumError("no page box")
    return Sheet(box.left, box.bottom, box.right, box.top, raw.FPDFPage_GetRotation(page) * 90)


# -- characters ---------------------------------------------------------------------------


@dataclass(slots=True)
class _Look:
    """What the characters of one text object share."""

    size: float
    angle: int
    bold: bool
    font: int


def _without_guesses(found: list[tuple[Char, int]]) -> tuple[Char, ...]:
    """The characters; none of a font for which PDFium mostly knows none.

    Where a font has no Unicode map, PDFium takes some glyph numbers for characters.
    """
    used = Counter(font for _, font in found)
    unmapped = Counter(font for char, font in found if char.text == UNREADABLE)
    blind = {font for font, count in unmapped.items() if count > MOST_UNMAPPED * used[font]}
    return tuple(
        replace(char, text=UNREADABLE) if font in blind and not char.text.isspace() else char
        for char, font in found
    )


def _coloured(chars: tuple[Char, ...], drawn_by: dict[int, int]) -> tuple[Char, ...]:
    """The characters with their colours, where slanted ones may be a seal's.

    ``drawn_by`` gives the address of the text object of each run.
    """
    if all(quarter(angle) is not None for angle in {char.angle for char in chars}):
        return chars
    colours = {run: _colour(address) for run, address in drawn_by.items() if address}
    return tuple(replace(char, colour=colours.get(char.run)) for char in chars)


def _colour(address: int) -> int | None:
    """The colour that a text object is filled with, as 0xRRGGBB."""
    red, green, blue, alpha = (ctypes.c_uint() for _ in range(4))
    item = ctypes.cast(address, raw.FPDF_PAGEOBJECT)
    if not raw.FPDFPageObj_GetFillColor(item, red, green, blue, alpha):
        return None
    return (red.value << 16) | (green.value << 8) | blue.value


def _chars(
    text: Any, sheet: Sheet, clips: dict[int, Box], drawn_by: dict[int, int]
) -> Iterator[tuple[Char, int]]:
    """The characters, each with the address of its font; notes the object of each run."""
    fonts: dict[int, bool] = {}
    loose, x, y = raw.FS_RECTF(), ctypes.c_double(), ctypes.c_double()
    box_at, x_at, y_at = (ctypes.addressof(value) for value in (loose, x, y))
    address, run, look, clip = -1, 0, _Look(0.0, 0, False, 0), None
    high = 0
    page = calls.address(text)
    for index in range(raw.FPDFText_CountChars(text)):
        code = calls.unicode_of(page, index)
        if code < FIRST_PRINTED and calls.is_generated(page, index):
            continue
        if 0xD800 <= code < 0xDC00:
            high = code
            continue
        here = calls.text_object(page, index) or 0
        if here != address:
            address, run, clip = here, run + 1, clips.get(here)
            drawn_by[run] = here
            look = _look(page, index, here, sheet, fonts)
        calls.loose_box(page, index, box_at)
        calls.origin(page, index, x_at, y_at)
        unmapped = calls.is_unmapped(page, index) == 1
        printed = UNREADABLE if unmapped else _text(code, high)
        high = 0
        box = sheet.rectangle(loose.left, loose.bottom, loose.right, loose.top)
        origin = sheet.point(x.value, y.value)
        char = Char(printed, *box, *origin, look.size, look.angle, look.bold, run, clip)
        yield char, look.font


def _text(code: int, high: int) -> str:
    if high and 0xDC00 <= code < 0xE000:
        code = 0x10000 + ((high - 0xD800) << 10) + (code - 0xDC00)
    return character(chr(code)) if 0 < code < 0x110000 else UNREADABLE


def _look(page: int, index: int, drawn: int, sheet: Sheet, fonts: dict[int, bool]) -> _Look:
    matrix = raw.FS_MATRIX()
    calls.matrix_of(page, index, ctypes.addressof(matrix))
    size = calls.font_size(page, index) * (matrix.c**2 + matrix.d**2) ** 0.5
    angle = sheet.angle(matrix.a, matrix.b)
    if not drawn:
        return _Look(size, angle, False, 0)
    stroked = calls.render_mode(drawn) in _STROKED_TEXT
    font = calls.font_of(drawn) or 0
    return _Look(size, angle, stroked or _is_bold(font, fonts), font)


def _is_bold(address: int, known: dict[int, bool]) -> bool:
    if address not in known:
        font = ctypes.cast(address, raw.FPDF_FONT)
        buffer = ctypes.create_string_buffer(_MAXIMUM_NAME)
        raw.FPDFFont_GetBaseFontName(font, buffer, _MAXIMUM_NAME)
        forced = bool(max(raw.FPDFFont_GetFlags(font), 0) & FORCED_BOLD)
        heavy = raw.FPDFFont_GetWeight(font) >= _BOLD_WEIGHT
        known[address] = forced or heavy or is_bold_name(buffer.value)
    return known[address]
