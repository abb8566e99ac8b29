"""PDFium's functions that are asked for every glyph, without the cost of typed pointers.

Through pypdfium2's own bindings each call makes pointer objects and checks their types, which
takes longer than what PDFium does.  Here pointers are plain integers, 0 for none, and the
lock of the interpreter is kept: no call lasts longer than handing it over would.
"""

from __future__ import annotations

import ctypes
from collections.abc import Callable
from typing import Any

from pypdfium2 import raw

_POINTER, _INT = ctypes.c_void_p, ctypes.c_int


def address(pointer: Any) -> int:
    """A pointer of pypdfium2's bindings as an integer."""
    return ctypes.cast(pointer, _POINTER).value or 0


def _plain(function: Any, result: Any, *arguments: Any) -> Callable[..., Any]:
    return ctypes.PYFUNCTYPE(result, *arguments)(address(function))


unicode_of = _plain(raw.FPDFText_GetUnicode, ctypes.c_uint, _POINTER, _INT)
is_generated = _plain(raw.FPDFText_IsGenerated, _INT, _POINTER, _INT)
is_unmapped = _plain(raw.FPDFText_HasUnicodeMapError, _INT, _POINTER, _INT)
loose_box = _plain(raw.FPDFText_GetLooseCharBox, _INT, _POINTER, _INT, _POINTER)
origin = _plain(raw.FPDFText_GetCharOrigin, _INT, _POINTER, _INT, _POINTER, _POINTER)
text_object = _plain(raw.FPDFText_GetTextObject, _POINTER, _POINTER, _INT)
matrix_of = _plain(raw.FPDFText_GetMatrix, _INT, _POINTER, _INT, _POINTER)
font_size = _plain(raw.FPDFText_GetFontSize, ctypes.c_double, _POINTER, _INT)
render_mode = _plain(raw.FPDFTextObj_GetTextRenderMode, _INT, _POINTER)
font_of = _plain(raw.FPDFTextObj_GetFont, _POINTER, _POINTER)
object_at = _plain(raw.FPDFPage_GetObject, _POINTER, _POINTER, _INT)
object_in_form = _plain(raw.FPDFFormObj_GetObject, _POINTER, _POINTER, ctypes.c_ulong)
type_of = _plain(raw.FPDFPageObj_GetType, _INT, _POINTER)
clip_path = _plain(raw.FPDFPageObj_GetClipPath, _POINTER, _POINTER)
clip_parts = _plain(raw.FPDFClipPath_CountPaths, _INT, _POINTER)
clip_segment = _plain(raw.FPDFClipPath_GetPathSegment, _POINTER, _POINTER, _INT, _INT)
path_segment = _plain(raw.FPDFPath_GetPathSegment, _POINTER, _POINTER, _INT)
segment_point = _plain(raw.FPDFPathSegment_GetPoint, _INT, _POINTER, _POINTER, _POINTER)
segment_type = _plain(raw.FPDFPathSegment_GetType, _INT, _POINTER)
closes = _plain(raw.FPDFPathSegment_GetClose, _INT, _POINTER)
