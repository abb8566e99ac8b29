"""One page of a PDF drawn as an image, run as a process of its own.

``python -m indexer.page_render PDF PAGE WIDTH OUT`` writes a WebP of ``WIDTH`` pixels and
prints the pages' sizes as JSON, ``[[width, height], …]`` in points as displayed.  A page made
to exhaust or crash the drawing library takes this process with it, not the server.
"""

from __future__ import annotations

import json
import math
import resource
import sys
from pathlib import Path

import pypdfium2

SECONDS = 20
MEMORY = 1536 << 20
MOST_PIXELS = 30_000_000
"""A page drawn larger than this is drawn smaller than asked for."""
QUALITY = 85


def main(pdf: Path, page: int, width: int, out: Path) -> None:
    """Draw page ``page`` (from 1); exits with 3 when the file has no such page."""
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    document = pypdfium2.PdfDocument(pdf)
    if not 1 <= page <= len(document):
        sys.exit(3)
    drawn = document[page - 1]
    wide, high = drawn.get_size()
    image = drawn.render(scale=_scale(wide, high, width), may_draw_forms=True).to_pil()
    image.convert("RGB").save(out, "WEBP", quality=QUALITY)
    sizes = [document.get_page_size(number) for number in range(len(document))]
    print(json.dumps([[round(w, 2), round(h, 2)] for w, h in sizes]))


def _scale(width_points: float, height_points: float, width: int) -> float:
    wanted = width / width_points
    largest = math.sqrt(MOST_PIXELS / (width_points * height_points))
    return min(wanted, largest)


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]), Path(sys.argv[4]))
