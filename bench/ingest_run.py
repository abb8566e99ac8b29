"""One folder into a fresh archive: ``python -m bench.ingest_run FOLDER WORKERS``, for bench.ingest.

The workers call :func:`extract` of this module, which is that of the archive and notes the
worker's memory.
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
from pathlib import Path

from archive.archive import Archive
from archive.model import Disclosure
from bench.measure import peak, tell
from indexer.extract import extract as extract_plainly
from indexer.pipeline import Extractor, ingest
from indexer.version import EXTRACTOR

PEAKS = "MINGXI_BENCH_PEAKS"
"""Names the variable that names the folder for the workers' notes."""


def extract(data: bytes, name: str) -> Disclosure:
    """Extract, and note the most memory that this process had so far."""
    disclosure = extract_plainly(data, name)
    Path(os.environ[PEAKS], str(os.getpid())).write_text(str(peak()), encoding="ascii")
    return disclosure


def main(folder: str, workers: str) -> None:
    """Tell the seconds by the clock, start of workers and indexing included."""
    with tempfile.TemporaryDirectory() as home, tempfile.TemporaryDirectory() as notes:
        os.environ[PEAKS] = notes
        extractor = Extractor("bench.ingest_run:extract", EXTRACTOR)
        with Archive.open(Path(home) / "archive") as archive:
            began = time.perf_counter()
            summary = ingest(archive, [Path(folder)], workers=int(workers), extractor=extractor)
            seconds = time.perf_counter() - began
        largest = max(float(note.read_text("ascii")) for note in Path(notes).iterdir())
    if summary.failed:
        sys.exit(str(summary.failed[0]))
    tell(seconds=seconds, parent=peak(), worker=largest)


if __name__ == "__main__":
    main(*sys.argv[1:])
