"""The worker process: parses one file after another, each within its limits.

It talks to :mod:`indexer.workers.pool` over a socket: first :class:`Ready` or :class:`Unable`, then
for each :class:`Task` one :class:`Parsed` or :class:`Refused`.  A worker that dies answers
by dying.
"""

from __future__ import annotations

import hashlib
import importlib
import math
import os
import pickle
import resource
import signal
import threading
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path

from archive.errors import LimitExceeded, MissingConverter, UnreadableFile
from archive.model import Disclosure

Extract = Callable[[bytes, str], Disclosure]

OUT_OF_MEMORY = 77
"""Exit status of a worker that met its memory limit and may be in disorder."""


@dataclass(frozen=True, slots=True)
class Ready:
    """The worker has loaded its stages."""


@dataclass(frozen=True, slots=True)
class Unable:
    """The worker cannot load its stages; ``trace`` says why."""

    trace: str


@dataclass(frozen=True, slots=True)
class Task:
    """A file to parse; ``seconds`` is the processor time it may take."""

    number: int
    path: Path
    name: str
    sha256: str
    seconds: int


@dataclass(frozen=True, slots=True)
class Parsed:
    """A disclosure, still pickled, since it may wait its turn."""

    pickled: bytes

    def disclosure(self) -> Disclosure:
        """The disclosure itself."""
        found: Disclosure = pickle.loads(self.pickled)  # noqa: S301 - from our own worker
        return found


@dataclass(frozen=True, slots=True)
class Refused:
    """A file that was not parsed.

    ``kind``: "unreadable", "converter" (LibreOffice is missing), "limit", "time", "memory",
    "crash", "defect" (an error of the program) or "changed" (while it was read).
    ``reason`` is in Chinese and says what to do.
    """

    kind: str
    reason: str


CHANGED = Refused("changed", "文件在读取时被改动：请等它写完后再次入库。")


def main(task_socket: int, parent_pipe: int, function: str, memory: int) -> None:
    """Work until the parent closes the socket; ``function`` is ``module:name``."""
    for descriptor in (task_socket, parent_pipe):
        os.set_inheritable(descriptor, False)
    threading.Thread(target=_end_with_parent, args=[parent_pipe], daemon=True).start()
    connection = Connection(task_socket)
    try:
        extract = _load(function)
    except Exception:  # whatever the import of a stage raises
        connection.send(Unable(traceback.format_exc()))
        return
    _limit(resource.RLIMIT_CORE, 0)
    _limit(resource.RLIMIT_DATA, memory)
    connection.send(Ready())
    while True:
        try:
            task = connection.recv()
        except (EOFError, ConnectionError):
            return
        _limit(resource.RLIMIT_CPU, _seconds_used() + task.seconds)
        connection.send(answer(extract, task))


def answer(extract: Extract, task: Task) -> Parsed | Refused:
    """Parse one file; ends the process when memory runs out."""
    try:
        data = task.path.read_bytes()
    except OSError as error:
        return Refused("unreadable", f"无法读取（{error.strerror}）：请检查文件及其权限。")
    if hashlib.sha256(data).hexdigest() != task.sha256:
        return CHANGED
    try:
        return Parsed(pickle.dumps(extract(data, task.name), pickle.HIGHEST_PROTOCOL))
    except MemoryError:
        os._exit(OUT_OF_MEMORY)
    except UnreadableFile as error:
        # The name stands beside the reason wherever it is told.
        return Refused(_kind(error), str(error).removeprefix(f"{task.name}："))
    except Exception as error:  # a defect of a stage costs this file only
        return Refused("defect", f"程序处理时出错（{_briefly(error)}）：请把此文件反馈给维护者。")


def _kind(error: UnreadableFile) -> str:
    kinds = {MissingConverter: "converter", LimitExceeded: "limit"}
    return kinds.get(type(error), "unreadable")


def _briefly(error: Exception) -> str:
    """The error with the place in our code that it comes from."""
    frames = traceback.extract_tb(error.__traceback__)
    place = f"，{Path(frames[-1].filename).name}:{frames[-1].lineno}" if frames else ""
    return f"{type(error).__name__}: {error}"[:300] + place


def _load(function: str) -> Extract:
    module, name = function.split(":")
    extract: Extract = getattr(importlib.import_module(module), name)
    return extract


def _limit(what: int, value: int) -> None:
    """Lower the soft limit only, so that the next file can have its own."""
    hard = resource.getrlimit(what)[1]
    resource.setrlimit(what, (value if hard == resource.RLIM_INFINITY else min(value, hard), hard))


def _seconds_used() -> int:
    usage = resource.getrusage(resource.RUSAGE_SELF)
    return math.ceil(usage.ru_utime + usage.ru_stime)


def _end_with_parent(parent_pipe: int) -> None:
    """Nothing is ever written to the pipe: it ends when the parent does, even by SIGKILL."""
    os.read(parent_pipe, 1)
    os.killpg(0, signal.SIGKILL)  # this process and its converters
