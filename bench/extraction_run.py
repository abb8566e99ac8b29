"""One tool on one file: ``python -m bench.extraction_run TOOL FILE SMALL``, for bench.extract."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from pathlib import Path

from bench.measure import peak, tell


def by_extract(path: Path) -> int:
    """The whole chain, from bytes to records; gives the rows of all tables."""
    from indexer.extract import extract  # noqa: PLC0415 - each tool with its own memory

    return sum(len(found.rows) for found in extract(path.read_bytes(), path.name).tables)


def by_read(path: Path) -> int:
    """The reader alone: lines and grids."""
    from indexer.readers import read  # noqa: PLC0415

    return len(read(path.read_bytes(), path.name).pages)


def by_pdfplumber(path: Path) -> int:
    """Plain pdfplumber: the tables of each page, the page freed after it."""
    import pdfplumber  # noqa: PLC0415

    rows = 0
    with pdfplumber.open(path) as pdf:
        for page in pdf.pages:
            rows += sum(map(len, page.extract_tables()))
            page.close()
    return rows


def by_pdfium(path: Path) -> int:
    """Plain pypdfium2: the text of each page."""
    import pypdfium2  # noqa: PLC0415

    document = pypdfium2.PdfDocument(path)
    length = 0
    for page in document:
        text = page.get_textpage()
        length += len(text.get_text_bounded())
        text.close()
        page.close()
    document.close()
    return length


TOOLS: dict[str, Callable[[Path], int]] = {
    "extract": by_extract,
    "read": by_read,
    "pdfplumber": by_pdfplumber,
    "pypdfium2": by_pdfium,
}


def main(tool: str, file: str, small: str) -> None:
    """Tell the processor seconds, the modules being loaded by a small file before."""
    TOOLS[tool](Path(small))
    began = time.process_time()
    count = TOOLS[tool](Path(file))
    tell(seconds=time.process_time() - began, peak=peak(), count=count)


if __name__ == "__main__":
    main(*sys.argv[1:])
