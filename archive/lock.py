"""One writer at a time: the lock of an archive folder.

The kernel holds it and lets go when the process ends, however it ends, so that a stale
lock is impossible.
"""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from archive.errors import ArchiveError

FILE_NAME = "ingest.lock"


class Busy(ArchiveError):
    """Another process, or another holder in this one, is writing to the archive."""


@contextmanager
def write_lock(folder: Path) -> Iterator[None]:
    """Hold the archive in ``folder`` against other writers; raises :class:`Busy` at once."""
    descriptor = os.open(folder / FILE_NAME, os.O_RDWR | os.O_CREAT, 0o644)
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise Busy(_busy_message(folder, os.pread(descriptor, 20, 0))) from error
        os.ftruncate(descriptor, 0)
        os.pwrite(descriptor, str(os.getpid()).encode(), 0)
        yield
    finally:
        os.close(descriptor)


def _busy_message(folder: Path, holder: bytes) -> str:
    process = holder.decode("ascii", "replace").strip()
    who = f"进程 {process} " if process else "另一个进程"
    return f"{who}正在写入档案 {folder}（入库或重建索引）：请等它结束后再试。"
