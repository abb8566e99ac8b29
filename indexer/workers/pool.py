"""Supervised worker processes: whatever a file does to its worker, it costs that file only.

A library would do if one gave all of this: a process pool that survives killed workers,
stops overdue ones with the converters they started, and ends with its parent even when that
is killed.  ``concurrent.futures`` breaks as a whole when one worker dies.  Workers are
fresh interpreters, started when first needed or somewhat ahead: no copy of the parent's
threads or database connections, no second import of its main module.
"""

from __future__ import annotations

import json
import math
import os
import signal
import socket
import subprocess
import sys
import time
from collections import deque
from contextlib import suppress
from multiprocessing.connection import Connection, wait
from types import TracebackType

from archive.errors import ArchiveError
from indexer.workers.limits import Limits
from indexer.workers.worker import OUT_OF_MEMORY, Parsed, Ready, Refused, Task, Unable

_FILES_A_WORKER = 200  # then a new one takes its seat, so that leaks cannot add up
_START_SECONDS = 180  # by the clock, until a worker has loaded its stages
_STARTS_TRIED = 3  # workers in a row that may die before they are ready
_EXIT_SECONDS = 10  # between the end of a worker's socket and that of its process
_OVERDUE = 1000  # in the place of an exit status: it had to be stopped
_OUT_OF_MEMORY_SIGNALS = {"SIGKILL", "SIGABRT"}  # from the kernel; from PDFium, LibreOffice

_BOOT = (
    "import json, sys; sys.path[:] = json.loads(sys.argv[1]); "
    "from indexer.workers.worker import main; "
    "main(int(sys.argv[2]), int(sys.argv[3]), sys.argv[4], int(sys.argv[5]))"
)

Outcome = Parsed | Refused

OURS = "indexer.extract:extract"
"""The function that reads files into an archive."""


def cores() -> int:
    """How many workers there are where nobody says: one for each core that we may use."""
    return len(os.sched_getaffinity(0))


class Pool:
    """So many workers that parse files with ``function`` (``module:name``).

    Tasks are handed in with :meth:`submit` and their outcomes collected in any order.
    """

    def __init__(self, function: str, workers: int, limits: Limits) -> None:
        self._function = function
        self.size = workers
        self._limits = limits
        self._queue: deque[Task] = deque()
        self._workers: dict[Connection, _Worker] = {}
        self._failed_starts = 0
        self._read_end, self._write_end = os.pipe()

    def __enter__(self) -> Pool:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """End all workers, whatever they do."""
        for worker in self._workers.values():
            worker.end()
        self._workers.clear()
        os.close(self._read_end)
        os.close(self._write_end)

    def start_ahead(self) -> None:
        """Start a worker before there is a task: it loads its stages while the caller does."""
        self._start(None)

    def submit(self, task: Task) -> None:
        """Parse this file when its turn comes."""
        self._queue.append(task)
        self._hand_out()

    def collect(self, seconds: float) -> list[tuple[Task, Outcome]]:
        """Outcomes that have come in, waiting for the first up to ``seconds``.

        Raises :class:`ArchiveError` when no worker can be started at all.
        """
        outcomes = []
        for connection in wait(list(self._workers), self._patience(seconds)):
            assert isinstance(connection, Connection)
            outcomes += self._listen(self._workers[connection])
        outcomes += self._stop_overdue()
        self._hand_out()
        return outcomes

    def _hand_out(self) -> None:
        """Give tasks to idle workers, and start workers while tasks are left."""
        idle = [worker for worker in self._workers.values() if worker.idle]
        while self._queue and idle:
            idle.pop().begin(self._queue.popleft(), self._limits)
        starting = sum(not w.ready and w.task is None for w in self._workers.values())
        missing = min(self.size - len(self._workers), len(self._queue) - starting)
        for _ in range(missing):
            self._start(None)

    def _start(self, first: Task | None) -> None:
        worker = _Worker(self._function, self._read_end, self._limits.memory, first)
        self._workers[worker.connection] = worker

    def _patience(self, seconds: float) -> float:
        deadlines = [worker.deadline for worker in self._workers.values()]
        return max(0.0, min([seconds, *(deadline - time.monotonic() for deadline in deadlines)]))

    def _listen(self, worker: _Worker) -> list[tuple[Task, Outcome]]:
        try:
            message = worker.connection.recv()
        except (EOFError, ConnectionError):
            return self._bury(worker, worker.ending())
        if isinstance(message, Unable):
            raise ArchiveError(f"无法启动处理进程：\n{message.trace}")
        task = worker.task
        if isinstance(message, Ready):
            self._failed_starts = 0
            worker.settle()
            if task is not None:
                worker.begin(task, self._limits)
            return []
        assert task is not None
        worker.settle()
        if worker.files >= _FILES_A_WORKER:
            self._dismiss(worker)
        return [(task, message)]

    def _stop_overdue(self) -> list[tuple[Task, Outcome]]:
        overdue = [w for w in self._workers.values() if w.deadline <= time.monotonic()]
        return [outcome for worker in overdue for outcome in self._bury(worker, _OVERDUE)]

    def _bury(self, worker: _Worker, status: int) -> list[tuple[Task, Outcome]]:
        """Clear away a worker that died or must; its file has failed or is tried again.

        A file is blamed for memory and crashes only when it was its worker's first, so
        that it cannot matter which files came before it.
        """
        self._dismiss(worker)
        task = worker.task
        if not worker.ready:
            self._count_failed_start(status)
        if task is None:
            return []
        verdict = _verdict(status, task, self._limits)
        if not worker.ready or (worker.files > 1 and verdict.kind in {"memory", "crash"}):
            self._start(task)
            return []
        return [(task, verdict)]

    def _dismiss(self, worker: _Worker) -> None:
        del self._workers[worker.connection]
        worker.end()

    def _count_failed_start(self, status: int) -> None:
        self._failed_starts += 1
        if self._failed_starts >= _STARTS_TRIED:
            raise ArchiveError(f"处理进程一启动就终止（{_ending(status)}）：请检查内存是否充足。")


class _Worker:
    """One worker process and what it is at.

    ``task`` is the one it works on or, before it is ready, the one kept for it; ``files``
    counts those that it was given; ``deadline`` is by the monotonic clock.
    """

    def __init__(self, function: str, parent_pipe: int, memory: int, first: Task | None) -> None:
        ours, theirs = socket.socketpair()
        with theirs:
            self._process = subprocess.Popen(  # noqa: S603 - our own interpreter and module
                [
                    sys.executable,
                    "-c",
                    _BOOT,
                    json.dumps(sys.path),
                    str(theirs.fileno()),
                    str(parent_pipe),
                    function,
                    str(memory),
                ],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,  # C libraries would write over the progress bar
                pass_fds=[theirs.fileno(), parent_pipe],
                start_new_session=True,  # Ctrl-C is the parent's to answer
            )
        self.connection = Connection(ours.detach())
        self.task = first
        self.files = 0
        self.ready = False
        self.deadline = time.monotonic() + _START_SECONDS

    @property
    def idle(self) -> bool:
        """Whether it waits for a task."""
        return self.ready and self.task is None

    def begin(self, task: Task, limits: Limits) -> None:
        """Set it to a task; if it just died, the next look at its socket tells."""
        self.task = task
        self.files += 1
        self.deadline = time.monotonic() + limits.patience * task.seconds
        try:
            self.connection.send(task)
        except (BrokenPipeError, ConnectionError):
            return

    def settle(self) -> None:
        """It has answered and is idle."""
        self.ready = True
        self.task = None
        self.deadline = math.inf

    def ending(self) -> int:
        """The exit status of a worker that closed its socket, as Popen gives it."""
        try:
            return self._process.wait(_EXIT_SECONDS)
        except subprocess.TimeoutExpired:
            return _OVERDUE

    def end(self) -> None:
        """Make sure that it and the converters it started are gone."""
        self.connection.close()
        with suppress(ProcessLookupError):
            os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()


def _verdict(status: int, task: Task, limits: Limits) -> Refused:
    """Why a worker ended, from its exit status."""
    if status in {-signal.SIGXCPU, _OVERDUE}:
        return Refused(
            "time",
            f"处理超过 {task.seconds} 秒仍未完成，已放弃：文件可能损坏或异常复杂，"
            "请用阅读软件打开后另存一份，再重新入库。",
        )
    if status == OUT_OF_MEMORY:
        return Refused(
            "memory",
            f"处理所需内存超过 {limits.memory >> 20} MB，已放弃："
            "请把文件拆分或另存为较小的文件，再重新入库。",
        )
    return Refused(
        "crash",
        f"处理进程异常终止（{_ending(status)}）：文件可能损坏或过大，请用阅读软件打开后另存一份，"
        "再重新入库；仍然失败时请反馈给维护者。",
    )


def _ending(status: int) -> str:
    if status >= 0:
        return f"退出码 {status}"
    name = signal.Signals(-status).name
    return f"信号 {name}，多半是内存不足" if name in _OUT_OF_MEMORY_SIGNALS else f"信号 {name}"
