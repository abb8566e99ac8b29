"""A strip of a page image around a figure, with the figure outlined."""

from __future__ import annotations

import io
from pathlib import Path

from PIL import Image, ImageDraw

from archive.model import Box
from indexer.page_images import PageSize

WIDE = 400.0
"""A strip shows so many points around a cell; a wider box is shown whole."""
ABOVE = 46.0
"""Points shown above and below the box."""
ASIDE = 12.0
"""Points shown left and right of a box wider than the strip."""
OUTLINE = (183, 134, 11)
STROKE = 3
AIR = 2.0
"""Points between the box and its outline."""
QUALITY = 85


def clip(image: Path, size: PageSize, box: Box) -> bytes:
    """The strip as WebP; ``box`` in points of the page of that size."""
    area = area_around(size, box)
    with Image.open(image) as page:
        scale = page.width / size.width
        left, top, right, bottom = (round(edge * scale) for edge in area)
        strip = page.convert("RGB").crop((left, top, max(right, left + 1), max(bottom, top + 1)))
    x0, y0, x1, y1 = box
    outline = ((x0 - AIR) * scale - left, (y0 - AIR) * scale - top,
               (x1 + AIR) * scale - left, (y1 + AIR) * scale - top)  # fmt: skip
    ImageDraw.Draw(strip).rectangle(outline, outline=OUTLINE, width=STROKE)
    out = io.BytesIO()
    strip.save(out, "WEBP", quality=QUALITY)
    return out.getvalue()


def area_around(size: PageSize, box: Box) -> Box:
    """The part of the page that a strip around ``box`` shows, inside the page."""
    x0, top, x1, bottom = box
    wide = min(max(WIDE, x1 - x0 + 2 * ASIDE), size.width)
    left = min(max((x0 + x1 - wide) / 2, 0.0), size.width - wide)
    return left, max(top - ABOVE, 0.0), left + wide, min(bottom + ABOVE, size.height)
