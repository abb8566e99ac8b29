"""What PDFium knows of a page besides its characters: rules, pictures, clips.

Called by ``pdf_pdfium`` under its lock.
"""

from __future__ import annotations

import ctypes
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from pypdfium2 import raw

from archive.model import Box
from indexer.readers.pdf import calls
from indexer.readers.pdf.drawing import bars, strokes
from indexer.readers.pdf.ink import RULE_WIDTH, Rule, Sheet, clipped, overlap

FORM_DEPTH = 8
"""Form XObjects nested deeper than this are not followed."""

WHITE = 250
"""A rule whose three colours are all at least this bright cannot be seen on paper."""

# -- drawings -----------------------------------------------------------------------------

_Matrix = tuple[float, float, float, float, float, float]
_RECTANGLE = 5
_x, _y = ctypes.c_float(), ctypes.c_float()
_UNMOVED: _Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


@dataclass(slots=True)
class Drawn:
    """What stands on a page; ``clips`` by the address of the text object."""

    sheet: Sheet
    rules: list[Rule] = field(default_factory=list)
    clips: dict[int, Box] = field(default_factory=dict)
    pictures: float = 0.0
    curves: int = 0
    known_clips: dict[Any, Box | None] = field(default_factory=dict)

    def add(self, rules: Iterable[Rule], clip: Box | None) -> None:
        """Keep what is shown of rules."""
        for rule in rules:
            left = clipped(rule, clip)
            if left is not None:
                self.rules.append(left)


def drawn_on(page: Any, sheet: Sheet) -> Drawn:
    """Everything on a page but its characters."""
    drawn = Drawn(sheet)
    _draw(page, drawn, _UNMOVED, None, 0)
    return drawn


def _draw(parent: Any, drawn: Drawn, matrix: _Matrix, around: Box | None, depth: int) -> None:
    count = (raw.FPDFFormObj_CountObjects if depth else raw.FPDFPage_CountObjects)(parent)
    get = calls.object_in_form if depth else calls.object_at
    inside = calls.address(parent)
    for index in range(max(count, 0)):
        address = get(inside, index)
        if not address:
            continue
        kind = calls.type_of(address)
        clip = overlap(around, _clip(address, matrix, drawn))
        if kind == raw.FPDF_PAGEOBJ_TEXT:
            if clip is not None:
                drawn.clips[address] = clip
            continue
        item = ctypes.cast(address, raw.FPDF_PAGEOBJECT)
        if kind == raw.FPDF_PAGEOBJ_PATH:
            _draw_path(item, drawn, matrix, clip)
        elif kind == raw.FPDF_PAGEOBJ_IMAGE:
            _draw_image(item, drawn, matrix, clip)
        elif kind == raw.FPDF_PAGEOBJ_FORM and depth < FORM_DEPTH:
            _draw(item, drawn, _multiplied(_matrix(item), matrix), clip, depth + 1)


def _clip(address: int, matrix: _Matrix, drawn: Drawn) -> Box | None:
    """The box of an object's clip; spreadsheets give each glyph the same few.

    A clip is a list of paths to which each further one is appended, and objects share it:
    the same last path in the same place means the same clip, as long as the page is open.
    """
    path = calls.clip_path(address)
    count = calls.clip_parts(path) if path else 0
    if count <= 0:
        return None
    last = calls.clip_segment(path, count - 1, 0)
    key = (matrix, count, last)
    if not last or key not in drawn.known_clips:
        whole = ctypes.cast(path, raw.FPDF_CLIPPATH)
        parts = [_corners(whole, number) for number in range(count)]
        drawn.known_clips[key] = _clipped_to(parts, matrix, drawn.sheet)
    return drawn.known_clips[key]


def _clipped_to(
    parts: list[list[tuple[float, float]]], matrix: _Matrix, sheet: Sheet
) -> Box | None:
    clip: Box | None = None
    for part in parts:
        if part:
            clip = overlap(clip, sheet.box(_applied(matrix, x, y) for x, y in part))
    return clip


def _corners(path: Any, number: int) -> list[tuple[float, float]]:
    """Points that bound a part of a clip: of a rectangle two, of another shape all."""
    count = raw.FPDFClipPath_CountPathSegments(path, number)
    points = []
    for index in (0, 2) if count == _RECTANGLE else range(count):
        segment = raw.FPDFClipPath_GetPathSegment(path, number, index)
        raw.FPDFPathSegment_GetPoint(segment, _x, _y)
        points.append((_x.value, _y.value))
    return points


def _matrix(item: Any) -> _Matrix:
    matrix = raw.FS_MATRIX()
    if not raw.FPDFPageObj_GetMatrix(item, matrix):
        return _UNMOVED
    return matrix.a, matrix.b, matrix.c, matrix.d, matrix.e, matrix.f


def _multiplied(inner: _Matrix, outer: _Matrix) -> _Matrix:
    a, b, c, d, e, f = inner
    p, q, r, s, t, u = outer
    return (
        a * p + b * r,
        a * q + b * s,
        c * p + d * r,
        c * q + d * s,
        e * p + f * r + t,
        e * q + f * s + u,
    )


def _applied(matrix: _Matrix, x: float, y: float) -> tuple[float, float]:
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f


def _draw_image(item: Any, drawn: Drawn, matrix: _Matrix, clip: Box | None) -> None:
    corners = ((0.0, 0.0), (0.0, 1.0), (1.0, 0.0), (1.0, 1.0))
    placed = _multiplied(_matrix(item), matrix)
    x0, top, x1, bottom = drawn.sheet.box(_applied(placed, x, y) for x, y in corners)
    if min(x1 - x0, bottom - top) <= RULE_WIDTH:
        drawn.add([Rule(x0, top, x1, bottom)], clip)
    else:
        drawn.pictures += (x1 - x0) * (bottom - top)


def _draw_path(item: Any, drawn: Drawn, matrix: _Matrix, clip: Box | None) -> None:
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    raw.FPDFPath_GetDrawMode(item, fill, stroke)
    stroked, filled = bool(stroke.value), fill.value != raw.FPDF_FILLMODE_NONE
    if not stroked and not filled:
        return
    colour = _colour(
        item, raw.FPDFPageObj_GetStrokeColor if stroked else raw.FPDFPageObj_GetFillColor
    )
    if colour is None:
        return
    white = min(colour) >= WHITE
    placed = _multiplied(_matrix(item), matrix)
    parts, curved = _parts(item, placed, drawn.sheet, whole=not stroked)
    drawn.curves += curved
    for part in parts:
        drawn.add(strokes(part, white) if stroked else bars(part, white), clip)


def _colour(item: Any, get: Any) -> tuple[int, int, int] | None:
    r, g, b, alpha = (ctypes.c_uint() for _ in range(4))
    if not get(item, r, g, b, alpha):
        return 0, 0, 0
    return (r.value, g.value, b.value) if alpha.value else None


_Part = list[tuple[float, float]]


def _parts(path: Any, matrix: _Matrix, sheet: Sheet, *, whole: bool) -> tuple[list[_Part], bool]:
    """The subpaths as displayed points; whether the path bends or slants.

    Unless ``whole``, a bend ends a part: what leads to the points that shape it is not drawn.
    """
    here = calls.address(path)
    x, y = ctypes.c_float(), ctypes.c_float()
    x_at, y_at = ctypes.addressof(x), ctypes.addressof(y)
    parts: list[_Part] = []
    curved = False
    for index in range(raw.FPDFPath_CountSegments(path)):
        segment = calls.path_segment(here, index)
        calls.segment_point(segment, x_at, y_at)
        point = sheet.point(*_applied(matrix, x.value, y.value))
        kind = calls.segment_type(segment)
        bent = kind == raw.FPDF_SEGMENT_BEZIERTO
        if kind == raw.FPDF_SEGMENT_MOVETO or not parts or (bent and not whole):
            parts.append([point])
        else:
            parts[-1].append(point)
        curved = curved or bent
        if calls.closes(segment) and parts[-1][0] != point:
            parts[-1].append(parts[-1][0])
    return parts, curved
