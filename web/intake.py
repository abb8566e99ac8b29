"""Files taken in by browser: kept in the archive's folder, ingested one batch after another.

The same pipeline as the command line does the work, in a thread of its own.  What became of
each file is a line of ``uploads.jsonl``; a file that failed is kept for another attempt.
Nothing says who sent it.
"""

from __future__ import annotations

import hashlib
import json
import logging
import queue
import re
import shutil
import threading
import time
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from tempfile import mkdtemp
from typing import Literal, Protocol

from archive.archive import Archive
from archive.errors import ArchiveError
from archive.lock import Busy
from indexer.pipeline import Progress, ingest
from indexer.version import EXTRACTOR
from web.file_names import fit_name

Fate = Literal["added", "replaced", "unchanged", "failed"]
_MOST_SHOWN = 300
_BUSY_SECONDS = 3.0  # between two attempts while another process writes

_log = logging.getLogger(__name__)


class Upload(Protocol):
    """A file as the browser sends it."""

    filename: str | None

    def save(self, dst: Path) -> None:
        """Write it to a path."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a file; ``kept`` names the copy that may be tried again."""

    at: str
    name: str
    fate: Fate
    reason: str = ""
    document: str | None = None
    kept: str | None = None


@dataclass(frozen=True, slots=True)
class State:
    """What is going on: ``waiting`` files after the batch at hand; ``note`` is in Chinese."""

    running: bool = False
    done: int = 0
    total: int = 0
    waiting: int = 0
    note: str = ""


class Intake:
    """The batches of one archive."""

    def __init__(self, archive: Archive) -> None:
        self._archive = archive
        self._folder = archive.folder / "uploads"
        self._journal = archive.folder / "uploads.jsonl"
        self._guard = threading.Lock()
        self._batches: queue.SimpleQueue[Path] = queue.SimpleQueue()
        self._state = State()
        self._thread: threading.Thread | None = None
        self._resume()

    @property
    def state(self) -> State:
        """What is going on now."""
        with self._guard:
            return self._state

    def take(self, uploads: Iterable[Upload]) -> int:
        """Keep some files and have them ingested; gives their number."""
        batch = self._new_batch()
        for upload in uploads:
            upload.save(_free(batch / fit_name(upload.filename or "")))
        return self._have_ingested(batch)

    def retry(self, kept: str) -> bool:
        """Have a file that failed ingested again; false when it is no longer kept."""
        source = self._kept(kept)
        if source is None:
            return False
        batch = self._new_batch()
        shutil.move(source, batch / source.name)
        shutil.rmtree(source.parent, ignore_errors=True)
        return self._have_ingested(batch) > 0

    def outcomes(self) -> list[Outcome]:
        """What became of the files last taken in, the newest first."""
        return list(reversed(self._all_outcomes()[-_MOST_SHOWN:]))

    def can_retry(self, outcome: Outcome) -> bool:
        """Whether the file of a failure is still kept."""
        return outcome.kept is not None and self._kept(outcome.kept) is not None

    def wait(self, seconds: float) -> bool:
        """Wait until nothing is going on; false when that takes longer."""
        thread = self._thread
        if thread is not None:
            thread.join(seconds)
        return thread is None or not thread.is_alive()

    def _all_outcomes(self) -> list[Outcome]:
        if not self._journal.is_file():
            return []
        lines = self._journal.read_text(encoding="utf-8").split("\n")
        return [Outcome(**json.loads(line)) for line in lines if line.endswith("}")]

    def _new_batch(self) -> Path:
        self._folder.mkdir(mode=0o700, exist_ok=True)
        return Path(mkdtemp(dir=self._folder))

    def _kept(self, name: str) -> Path | None:
        """The one file of a batch's folder that is named as :func:`mkdtemp` names them."""
        folder = self._folder / name
        if not re.fullmatch(r"\w+", name) or not folder.is_dir():
            return None
        return next(folder.iterdir(), None)

    def _resume(self) -> None:
        """Go on with batches that the end of the server interrupted."""
        kept = {outcome.kept for outcome in self._all_outcomes()}
        if self._folder.is_dir():
            for batch in sorted(self._folder.iterdir()):
                if batch.is_dir() and batch.name not in kept:
                    self._have_ingested(batch)

    def _have_ingested(self, batch: Path) -> int:
        count = sum(1 for _ in batch.iterdir())
        with self._guard:
            self._state = replace(self._state, running=True, waiting=self._state.waiting + count)
            self._batches.put(batch)
            if self._thread is None or not self._thread.is_alive():
                self._thread = threading.Thread(target=self._work, daemon=True)
                self._thread.start()
        return count

    def _work(self) -> None:
        while True:
            try:
                batch = self._batches.get_nowait()
            except queue.Empty:
                with self._guard:
                    if self._batches.empty():
                        self._state = State()
                        self._thread = None
                        return
                continue
            try:
                self._ingest(batch)
            except Exception:
                _log.exception("a batch is left for the next start of the server")

    def _ingest(self, batch: Path) -> None:
        files = sorted(batch.iterdir())
        self._tell(done=0, total=len(files), waiting=max(self.state.waiting - len(files), 0))
        held = {path: self._archive.store.extractor_of(_sha256(path)) for path in files}
        try:
            failed = self._through(files)
        except Exception as error:
            if not isinstance(error, ArchiveError):
                _log.exception("an upload could not be ingested")
            failed = dict.fromkeys((path.name for path in files), _told(error))
        with self._journal.open("a", encoding="utf-8") as journal:
            for outcome in self._outcomes(files, held, failed):
                journal.write(json.dumps(asdict(outcome), ensure_ascii=False) + "\n")
        shutil.rmtree(batch, ignore_errors=True)

    def _through(self, files: list[Path]) -> dict[str, str]:
        """Ingest, waiting for other writers; the reasons of failures by name."""
        while True:
            try:
                summary = ingest(self._archive, files, on_progress=self._progressed)
            except Busy as busy:
                self._tell(note=f"{busy}（结束后自动继续）")
                time.sleep(_BUSY_SECONDS)
            else:
                return {failure.source_name: failure.reason for failure in summary.failed}

    def _outcomes(
        self, files: list[Path], held: dict[Path, int | None], failed: dict[str, str]
    ) -> Iterator[Outcome]:
        at = datetime.now(UTC).isoformat(timespec="seconds")
        for path in files:
            sha256 = _sha256(path)
            if path.name in failed:
                kept = self._new_batch()
                path.rename(kept / path.name)
                yield Outcome(at, path.name, "failed", failed[path.name], None, kept.name)
                continue
            before = held[path]
            fate: Fate = "added" if before is None else "replaced"
            yield Outcome(
                at, path.name, "unchanged" if before == EXTRACTOR else fate, "", sha256[:12]
            )

    def _progressed(self, progress: Progress) -> None:
        note = "正在编入索引" if progress.stage == "indexing" else f"正在读取 {progress.name}"
        self._tell(done=progress.done, total=progress.total, note=note)

    def _tell(
        self,
        *,
        done: int | None = None,
        total: int | None = None,
        waiting: int | None = None,
        note: str = "",
    ) -> None:
        with self._guard:
            now = self._state
            self._state = State(
                running=True,
                done=now.done if done is None else done,
                total=now.total if total is None else total,
                waiting=now.waiting if waiting is None else waiting,
                note=note,
            )


def _free(path: Path) -> Path:
    """The path, or one beside it that is not taken."""
    number, free = 1, path
    while free.exists():
        number += 1
        free = path.with_stem(f"{path.stem} ({number})")
    return free


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _told(error: Exception) -> str:
    return str(error) if isinstance(error, ArchiveError) else "服务器出错，请稍后重试。"
