"""Characters and rules of a page as pdfminer.six reads them: the second reading.

Slower than PDFium, and asked only where PDFium loads nothing or knows no characters for
the glyphs of a page.
"""

from __future__ import annotations

import ast
import io
import logging
import math
import zlib
from collections.abc import Iterable, Sequence
from typing import Any

from pdfminer.ascii85 import ascii85decode
from pdfminer.converter import PDFLayoutAnalyzer
from pdfminer.layout import LTCurve
from pdfminer.pdfdocument import PDFDocument, PDFPasswordIncorrect
from pdfminer.pdfinterp import PDFPageInterpreter, PDFResourceManager
from pdfminer.pdfpage import PDFPage
from pdfminer.pdfparser import PDFParser
from pdfminer.pdftypes import (
    LITERALS_ASCII85_DECODE,
    LITERALS_FLATE_DECODE,
    PDFStream,
    resolve1,
)
from pdfminer.utils import apply_matrix_pt

from archive.model import Box
from indexer.readers.pdf.drawing import bars, strokes
from indexer.readers.pdf.ink import (
    FORCED_BOLD,
    RULE_WIDTH,
    UNREADABLE,
    BrokenPage,
    Char,
    Ink,
    Rule,
    Sheet,
    Unopened,
    WrongPassword,
    character,
    clipped,
    is_bold_name,
    overlap,
)

WHITE = 0.98
"""A rule whose colour values are all at least this bright cannot be seen on paper."""

_STROKED_TEXT = (1, 2, 5, 6)
_PIECE = 1 << 20

logging.getLogger("pdfminer").setLevel(logging.CRITICAL)


class PdfminerFile:
    """An open document; pages are found at once and interpreted one at a time."""

    def __init__(self, data: bytes) -> None:
        # A damaged file may raise anything here: pdfminer trusts the types of what it reads.
        try:
            document = PDFDocument(PDFParser(io.BytesIO(data)), caching=False)
            self._pages = list(PDFPage.create_pages(document))
        except PDFPasswordIncorrect as error:
            raise WrongPassword(str(error)) from error
        except MemoryError:
            raise
        except Exception as error:
            raise Unopened(str(error) or type(error).__name__) from error
        self.pages = len(self._pages)

    def ink(self, number: int) -> Ink:
        """Page ``number``, from 1.  Raises :class:`BrokenPage`."""
        if number > self.pages:
            raise BrokenPage("no such page")
        resources = PDFResourceManager(caching=False)
        device = _InkDevice(resources, number)
        try:
            _ClippingInterpreter(resources, device).process_page(self._pages[number - 1])
        except MemoryError:  # a page must not outlive the limit of its worker
            raise
        except Exception as error:
            raise BrokenPage(str(error) or type(error).__name__) from error
        return device.ink()

    def damage(self, number: int) -> str | None:
        """What of a page's content streams is missing or cut off, in Chinese."""
        contents = self._pages[number - 1].contents
        # As above: what is broken here is broken in ways that the library does not name.
        try:
            states = [_stream_damage(resolve1(stream)) for stream in contents]
        except MemoryError:
            raise
        except Exception:
            return "内容流已损坏"
        return next((state for state in states if state), None)


def _stream_damage(stream: Any) -> str | None:
    if not isinstance(stream, PDFStream):
        return "内容流缺失"
    data = stream.rawdata
    if data is None:
        return None
    if stream.decipher:
        data = stream.decipher(stream.objid or 0, stream.genno or 0, data, stream.attrs)
    for name, _ in stream.get_filters():
        if name in LITERALS_ASCII85_DECODE:
            data = ascii85decode(data)
        elif name in LITERALS_FLATE_DECODE:
            return _deflate_damage(data)
        else:
            return None
    return None


def _deflate_damage(data: bytes) -> str | None:
    """Whether a deflated stream breaks off; unpacked piece by piece, for it may be a bomb."""
    inflate = zlib.decompressobj(wbits=-zlib.MAX_WBITS)
    data = data[2:]  # the header; the checksum at the end is often missing and no loss
    try:
        while data and not inflate.eof:
            inflate.decompress(data, _PIECE)
            data = inflate.unconsumed_tail
    except zlib.error:
        return "内容流已损坏"
    return None if inflate.eof else "内容流残缺"


class _ClippingInterpreter(PDFPageInterpreter):
    """Tells the device what is clipped, which pdfminer ignores."""

    device: _InkDevice

    def do_q(self) -> None:
        """Save the clip."""
        super().do_q()
        self.device.saved.append(self.device.clip)

    def do_Q(self) -> None:  # noqa: N802
        """Restore the clip."""
        super().do_Q()
        if self.device.saved:
            self.device.clip = self.device.saved.pop()

    def do_W(self) -> None:  # noqa: N802
        """Clip to the current path, its box at least."""
        points = [
            self.device.placed(apply_matrix_pt(self.ctm, (x, y)))
            for _, *numbers in self.curpath
            for x, y in zip(numbers[::2], numbers[1::2], strict=False)
        ]
        if points:
            xs, ys = [x for x, _ in points], [y for _, y in points]
            self.device.clip = overlap(self.device.clip, (min(xs), min(ys), max(xs), max(ys)))

    do_W_a = do_W  # noqa: N815

    def do_Do(self, xobjid_arg: Any) -> None:  # noqa: N802
        """Leave a form with the clip that it was entered with."""
        clip, saved = self.device.clip, list(self.device.saved)
        super().do_Do(xobjid_arg)
        self.device.clip, self.device.saved = clip, saved


class _InkDevice(PDFLayoutAnalyzer):
    """Collects the marks of one page instead of building pdfminer's layout tree.

    pdfminer's coordinates are already rotated, with the origin at the media box's bottom
    left; what is left to do is the crop and the direction of y.
    """

    def __init__(self, resources: PDFResourceManager, number: int) -> None:
        super().__init__(resources)
        self._number = number
        self._sheet = Sheet(0, 0, 1, 1)
        self._chars: list[Char] = []
        self._rules: list[Rule] = []
        self._pictures = 0.0
        self._curves = 0
        self._run = 0
        self._stroked = False
        self.clip: Box | None = None
        self.saved: list[Box | None] = []

    def placed(self, point: tuple[float, float]) -> tuple[float, float]:
        """A point of pdfminer's page as displayed."""
        return self._sheet.point(*point)

    def ink(self) -> Ink:
        """What was collected."""
        width, height = self._sheet.size
        area = max(width * height, 1.0)
        return Ink(
            self._number,
            width,
            height,
            tuple(self._chars),
            tuple(self._rules),
            min(self._pictures / area, 1.0),
            self._curves,
        )

    def begin_page(self, page: Any, ctm: Any) -> None:
        """Take the crop box, within the media box, for the displayed page."""
        super().begin_page(page, ctm)
        m, c = page.mediabox, page.cropbox
        crop = (max(m[0], c[0]), max(m[1], c[1]), min(m[2], c[2]), min(m[3], c[3]))
        if crop[0] >= crop[2] or crop[1] >= crop[3]:
            crop = m
        (xa, ya), (xb, yb) = apply_matrix_pt(ctm, crop[:2]), apply_matrix_pt(ctm, crop[2:])
        self._sheet = Sheet(min(xa, xb), min(ya, yb), max(xa, xb), max(ya, yb))

    def render_string(self, textstate: Any, seq: Any, ncs: Any, graphicstate: Any) -> None:
        """Count the text operation that the next glyphs belong to."""
        self._run += 1
        self._stroked = textstate.render in _STROKED_TEXT
        super().render_string(textstate, seq, ncs, graphicstate)

    def render_char(self, matrix: Any, font: Any, fontsize: float, *rest: Any) -> float:
        """Keep a glyph."""
        advance: float = super().render_char(matrix, font, fontsize, *rest)
        item: Any = self.cur_item._objs.pop()
        a, b, c, d, e, f = matrix
        box = self._sheet.rectangle(item.x0, item.y0, item.x1, item.y1)
        self._chars.append(
            Char(
                character(item.get_text()),
                *box,
                *self._sheet.point(e, f),
                fontsize * math.hypot(c, d),
                self._sheet.angle(a, b),
                self._stroked or _is_bold(font),
                self._run,
                self.clip,
            )
        )
        return advance

    def handle_undefined_char(self, font: Any, cid: int) -> str:  # noqa: ARG002
        """A glyph without a character."""
        return UNREADABLE

    def render_image(self, name: str, stream: Any) -> None:
        """Measure an image; one as thin as a rule is a rule."""
        super().render_image(name, stream)
        item: Any = self.cur_item._objs.pop()
        x0, top, x1, bottom = self._sheet.rectangle(item.x0, item.y0, item.x1, item.y1)
        if min(x1 - x0, bottom - top) <= RULE_WIDTH:
            self._keep([Rule(x0, top, x1, bottom)])
        else:
            self._pictures += (x1 - x0) * (bottom - top)

    def paint_path(
        self, gstate: Any, stroke: bool, fill: bool, evenodd: bool, path: Sequence[Any]
    ) -> None:
        """Keep the rules of a path."""
        before = len(self.cur_item._objs)
        super().paint_path(gstate, stroke, fill, evenodd, path)
        drawn: list[Any] = self.cur_item._objs[before:]
        del self.cur_item._objs[before:]
        if not stroke and not fill:
            return
        white = _is_white(gstate.scolor if stroke else gstate.ncolor)
        for item in drawn:
            points = [self._sheet.point(x, y) for x, y in item.pts]
            if type(item) is not LTCurve and points[0] != points[-1]:
                points.append(points[0])
            self._curves += any(step[0] in "cvy" for step in item.original_path or ())
            self._keep(strokes(points, white) if stroke else bars(points, white))

    def _keep(self, rules: Iterable[Rule]) -> None:
        for rule in rules:
            left = clipped(rule, self.clip)
            if left is not None:
                self._rules.append(left)


def _is_bold(font: Any) -> bool:
    name = str(font.fontname)
    # pdfminer gives a name that is no UTF-8 as the repr of its bytes.
    encoded = ast.literal_eval(name) if name.startswith("b'") else name.encode("utf-8", "ignore")
    return bool((font.flags or 0) & FORCED_BOLD) or is_bold_name(encoded)


def _is_white(colour: Any) -> bool:
    values = colour if isinstance(colour, list | tuple) else (colour,)
    bright = [value for value in values if isinstance(value, int | float)]
    if len(bright) == 4:
        return max(bright) <= 1 - WHITE
    return bool(bright) and min(bright) >= WHITE
