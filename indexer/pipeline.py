"""Files into the archive: found, parsed by workers, committed in order, indexed.

Documents are committed in the order of the files, whichever worker finishes first, each
with its original before it and in one transaction; so an ingest that is killed and run
again ends in the same archive as one that was not.
"""

from __future__ import annotations

import hashlib
import time
from collections import Counter, deque
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Literal

from archive.archive import Archive
from archive.errors import ArchiveError
from archive.store import Failure, UnstorableRecords
from archive.suggest.keys import make_ready
from indexer.checking import beside_years
from indexer.version import EXTRACTOR
from indexer.workers.limits import Limits
from indexer.workers.pool import OURS, Outcome, Pool, cores
from indexer.workers.sources import Source, sources
from indexer.workers.worker import CHANGED, Parsed, Refused, Task

_AHEAD_A_WORKER = 16  # files in hand for each worker; their results wait in memory
_HEARTBEAT_SECONDS = 1.0  # between reports while a file takes its time
_INDEX_EVERY_DOCUMENTS = 200
_INDEX_EVERY_SECONDS = 30.0

_PASSING = frozenset({"converter", "changed"})  # kinds of failure that may not come again

Stage = Literal["reading", "indexing"]
Fate = Literal["added", "replaced", "unchanged", "failed"]


@dataclass(frozen=True, slots=True)
class Extractor:
    """The function that workers call, as ``module:name``, and its version."""

    function: str
    version: int


@dataclass(frozen=True, slots=True)
class Progress:
    """How far an ingest is: ``done`` of ``total`` files; ``name`` is the file at hand.

    While ``stage`` is "indexing" no file is at hand and ``name`` is empty.
    """

    done: int
    total: int
    name: str
    stage: Stage = "reading"


@dataclass(frozen=True, slots=True)
class Summary:
    """What became of the files; ``failed`` in their order, with reasons in Chinese."""

    added: int
    unchanged: int
    replaced: int
    failed: tuple[Failure, ...]


class Interrupted(ArchiveError):
    """The user stopped the ingest; ``summary`` is of what was done until then."""

    def __init__(self, summary: Summary) -> None:
        self.summary = summary
        kept = summary.added + summary.replaced
        super().__init__(
            f"已中断。本次已收入的 {kept} 份文件完整无损；"
            "再次运行同样的 ingest 命令，即从中断处继续。"
        )


def ingest(
    archive: Archive,
    paths: Sequence[Path],
    *,
    workers: int | Pool | None = None,
    on_progress: Callable[[Progress], None] | None = None,
    limits: Limits | None = None,
    extractor: Extractor | None = None,
    retry_failed: bool = True,
) -> Summary:
    """Take all files below ``paths`` into the archive.

    Files whose bytes the archive has read with this extractor are left as they are.  A file
    that cannot be read costs only itself; its failure is recorded in the store.
    ``workers`` is the number of processes, all cores when it is ``None``; or the caller's own
    pool, with the extractor's function and these limits, which stays open.  With
    ``retry_failed`` false, bytes that this extractor has failed on before are not parsed
    again, unless a converter was missing then.

    Raises :class:`ArchiveError` for a path that is not there, :class:`archive.lock.Busy`
    when another ingest runs, and :class:`Interrupted` on Ctrl-C.
    """
    settings = _Settings.of(workers, on_progress, limits, extractor, retry_failed=retry_failed)
    return _taken_in(archive, sources(paths, besides=archive.folder), settings)


def reread(
    archive: Archive,
    *,
    workers: int | None = None,
    on_progress: Callable[[Progress], None] | None = None,
    limits: Limits | None = None,
    extractor: Extractor | None = None,
) -> Summary:
    """Read the archive's own originals again that another extractor has read.

    Each keeps its file's name and its place in the order of ingest; nothing else is needed,
    so files that came by upload are read again too.  An original that is gone or cannot be
    read any more keeps the records it has.  Raises what :func:`ingest` raises.
    """
    settings = _Settings.of(workers, on_progress, limits, extractor)
    found = [
        Source(archive.originals.path(original.sha256), original.source_name)
        for original in archive.store.read_by_others(settings.extractor.version)
    ]
    return _taken_in(archive, found, settings)


@dataclass(frozen=True, slots=True)
class _Settings:
    """How files are taken in, nothing of it left open."""

    workers: int | Pool
    limits: Limits
    extractor: Extractor
    tell: Callable[[Progress], None]
    retry_failed: bool

    @classmethod
    def of(
        cls,
        workers: int | Pool | None,
        on_progress: Callable[[Progress], None] | None,
        limits: Limits | None,
        extractor: Extractor | None,
        *,
        retry_failed: bool = True,
    ) -> _Settings:
        """What :func:`ingest` was told, with defaults for what it was not."""
        return cls(
            workers or cores(),
            limits or Limits(),
            extractor or Extractor(OURS, EXTRACTOR),
            on_progress or _silent,
            retry_failed,
        )

    def pool(self) -> AbstractContextManager[Pool]:
        """The workers; those that the caller brought are the caller's to end."""
        if isinstance(self.workers, Pool):
            return nullcontext(self.workers)
        return Pool(self.extractor.function, self.workers, self.limits)


def _taken_in(archive: Archive, found: Sequence[Source], settings: _Settings) -> Summary:
    with archive.writing(), settings.pool() as pool:
        archive.owe_differences()
        run = _Run(archive, pool, settings)
        try:
            run.through(found)
        except KeyboardInterrupt:
            raise Interrupted(run.summary()) from None
        return run.summary()


def _known_refusals(archive: Archive, version: int) -> dict[str, Refused]:
    """Why this version has failed on bytes before, by their hash, where that lay in the bytes."""
    return {
        failure.sha256: Refused(failure.kind, failure.reason)
        for failure in archive.store.failures()
        if failure.sha256 and failure.extractor == version and failure.kind not in _PASSING
    }


def _silent(progress: Progress) -> None:
    """Nobody watches."""


@dataclass(slots=True)
class _Step:
    """A file on its way; ``outcome`` is ``None`` until a worker or a rule has given it.

    ``again`` is set when the archive, or an earlier file of this ingest, has the same bytes.
    """

    source: Source
    sha256: str | None = None
    size: int = 0
    again: bool = False
    outcome: Outcome | None = None


class _Run:
    """One ingest: steps are begun, and ended, in the order of the files."""

    def __init__(self, archive: Archive, pool: Pool, settings: _Settings) -> None:
        self._archive = archive
        self._pool = pool
        self._limits = settings.limits
        self._version = settings.extractor.version
        self._tell = settings.tell
        self._ahead = _AHEAD_A_WORKER * pool.size
        self._known = {} if settings.retry_failed else _known_refusals(archive, self._version)
        self._failed_before = {
            key for f in archive.store.failures() for key in (f.source_name, f.sha256)
        }
        self._seen: set[str] = set()
        self._refused: dict[str, Refused] = {}
        self._with_workers: dict[int, _Step] = {}
        self._fates: Counter[Fate] = Counter()
        self._failures: list[Failure] = []
        self._total = 0
        self._unindexed = 0
        self._indexed_at = time.monotonic()
        self._ready = False

    def through(self, found: Sequence[Source]) -> None:
        """Take in all files, so many of them in hand at a time that no worker waits."""
        self._total = len(found)
        upcoming = iter(found)
        steps: deque[_Step] = deque()
        while True:
            steps.extend(
                self._begin(source) for source in islice(upcoming, self._ahead - len(steps))
            )
            if not steps:
                break
            self._report(steps[0].source.name)
            if steps[0].again or steps[0].outcome:
                self._end(steps.popleft())
                self._receive(0)  # so that no worker waits for us
            elif not self._ready:
                make_ready()  # while the workers read; the first names to be kept need it
                self._ready = True
            else:
                self._receive(_HEARTBEAT_SECONDS)
            self._index_now_and_then()
        self._index()

    def summary(self) -> Summary:
        """What became of the files so far."""
        return Summary(
            added=self._fates["added"],
            unchanged=self._fates["unchanged"],
            replaced=self._fates["replaced"],
            failed=tuple(self._failures),
        )

    def _begin(self, source: Source) -> _Step:
        """Look at a file and, where it must be parsed, hand it to the workers."""
        step = _Step(source)
        try:
            step.outcome = self._look(step)
        except OSError as error:
            step.outcome = _unreadable(error.strerror)
        if step.sha256 is None or step.again or step.outcome:
            return step
        number = len(self._seen)
        self._with_workers[number] = step
        seconds = self._limits.seconds_for(step.size)
        self._pool.submit(Task(number, source.path, source.name, step.sha256, seconds))
        return step

    def _look(self, step: _Step) -> Refused | None:
        """Fill in what the file's bytes say; why it is refused, where it is so at once."""
        if step.source.problem:
            return _unreadable(step.source.problem)
        step.size = step.source.path.stat().st_size
        if step.size > self._limits.size:
            return Refused("limit", f"文件超过 {self._limits.size >> 20} MB：请拆分后再次入库。")
        with step.source.path.open("rb") as file:
            step.sha256 = hashlib.file_digest(file, "sha256").hexdigest()
        held = self._archive.store.extractor_of(step.sha256)
        step.again = step.sha256 in self._seen or held == self._version
        self._seen.add(step.sha256)
        return None if step.again else self._known.get(step.sha256)

    def _receive(self, seconds: float) -> None:
        for task, outcome in self._pool.collect(seconds):
            self._with_workers.pop(task.number).outcome = outcome

    def _end(self, step: _Step) -> None:
        """Commit a file, or record its failure; its fate is then certain."""
        outcome = step.outcome
        if step.again and step.sha256:
            outcome = self._refused.get(step.sha256)
        fate = self._keep(step, outcome) if not isinstance(outcome, Refused) else outcome
        if isinstance(fate, Refused):
            self._fail(step, fate)
            fate = "failed"
        self._fates[fate] += 1

    def _keep(self, step: _Step, parsed: Parsed | None) -> Fate | Refused:
        """The original first, then its records; ``parsed`` is ``None`` where these are held."""
        if parsed is None:
            self._forget_failures(step)
            if step.sha256 and self._archive.originals.has(step.sha256):
                return "unchanged"
        try:
            data = step.source.path.read_bytes()
        except OSError as error:
            return _unreadable(error.strerror)
        if hashlib.sha256(data).hexdigest() != step.sha256:
            return CHANGED
        self._archive.originals.keep(data)
        if parsed is None:
            return "unchanged"
        try:
            disclosure = beside_years(self._archive.store, parsed.disclosure())
            fate = self._archive.store.put(disclosure, step.size, self._version)
        except UnstorableRecords as error:
            return Refused("defect", str(error).removeprefix(f"{step.source.name}："))
        self._unindexed += 1
        return fate

    def _forget_failures(self, step: _Step) -> None:
        if self._failed_before & {step.source.name, step.sha256}:
            self._archive.store.clear_failure(step.source.name, step.sha256)

    def _fail(self, step: _Step, refused: Refused) -> None:
        version = self._version if step.sha256 else None
        reason = refused.reason.encode("utf-8", "backslashreplace").decode()
        failure = Failure(step.source.name, step.sha256, reason, refused.kind, version)
        self._archive.store.record_failure(failure)
        self._failures.append(failure)
        if step.sha256:
            self._refused[step.sha256] = refused

    def _report(self, name: str, stage: Stage = "reading") -> None:
        self._tell(Progress(self._fates.total(), self._total, name, stage))

    def _index_now_and_then(self) -> None:
        waited = time.monotonic() - self._indexed_at
        if self._unindexed >= _INDEX_EVERY_DOCUMENTS or (
            self._unindexed and waited >= _INDEX_EVERY_SECONDS
        ):
            self._index()

    def _index(self) -> None:
        self._report("", "indexing")
        self._archive.catch_up()
        self._unindexed = 0
        self._indexed_at = time.monotonic()


def _unreadable(why: str | None) -> Refused:
    return Refused("unreadable", f"无法读取（{why}）：请检查文件及其权限。")
