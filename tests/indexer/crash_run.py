"""An ingest in a process of its own that may be told where to kill itself.

``crash_run.py ARCHIVE FILES VERSION [POINT COUNT]``: one line to standard output for each
report of progress; SIGKILL at the COUNT-th time that POINT is reached.  "statement" stands
for any SQL statement but a repeated one.
"""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from sqlite_utils import Database

import archive.archive
from archive.archive import Archive
from archive.engine.whoosh_engine import WhooshEngine
from archive.originals import Originals
from archive.store import Store, connection, writing
from indexer import pipeline

POINTS: dict[str, tuple[Any, str]] = {
    "original kept": (Originals, "keep"),
    "document written, not committed": (writing, "write_disclosure"),
    "document committed": (Store, "put"),
    "failure recorded": (Store, "record_failure"),
    "entry made, not committed": (archive.archive, "entry_of"),
    "index committed": (WhooshEngine, "add"),
    "index paid": (Store, "paid"),
}


EXTRACTORS = {
    "1": pipeline.Extractor("stand_in:extract", 1),
    "2": pipeline.Extractor("stand_in:improved", 2),
}


def main() -> None:
    folder, files, version, *point = sys.argv[1:]
    if point == ["statement", *point[1:]]:
        kill_at_statement(int(point[1]))
    elif point:
        kill_after(*POINTS[point[0]], int(point[1]))
    extractor = EXTRACTORS[version]
    pipeline._INDEX_EVERY_DOCUMENTS = 7
    with Archive.open(Path(folder)) as opened:
        pipeline.ingest(opened, [Path(files)], workers=2, extractor=extractor, on_progress=tell)


def tell(progress: pipeline.Progress) -> None:
    print(progress.done, flush=True)


def kill_after(owner: Any, name: str, count: int) -> None:
    function: Callable[..., Any] = getattr(owner, name)
    calls = iter(range(1, count))

    def counted(*args: Any, **options: Any) -> Any:
        result = function(*args, **options)
        if next(calls, None) is None:
            os.kill(os.getpid(), signal.SIGKILL)
        return result

    setattr(owner, name, counted)


def kill_at_statement(count: int) -> None:
    connect = connection.connect
    calls = iter(range(1, count))
    last = ""

    def trace(sql: str) -> None:
        nonlocal last
        if sql[:24] != last and next(calls, None) is None:
            os.kill(os.getpid(), signal.SIGKILL)
        last = sql[:24]

    def traced(path: Path) -> Database:
        database = connect(path)
        database.conn.set_trace_callback(trace)
        return database

    connection.connect = traced


if __name__ == "__main__":
    main()
