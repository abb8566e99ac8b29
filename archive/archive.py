"""The archive as a whole: store, originals and search engine in one folder.

The store is the truth.  It records in the transaction that writes a disclosure that the
index owes it; :meth:`Archive.catch_up` pays, after any crash too.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import Lock, get_ident
from types import TracebackType

from archive.engine import Engine, Entry
from archive.entries import entry_of
from archive.lock import write_lock
from archive.originals import Originals
from archive.store import Store
from archive.verify import Problem, verify

_INDEXED_AT_ONCE = 200  # documents in one commit of the engine; all of them in its memory


@dataclass(frozen=True, slots=True)
class EngineSeat:
    """How an engine is opened, and rebuilt beside the live one and swapped in.

    Both take the index folder, which may not be there yet.  An open engine sees the swap by
    itself, since it may be another process's.
    """

    open: Callable[[Path], Engine]
    rebuild: Callable[[Path, Iterable[Entry]], None]


class Archive:
    """An archive folder; readers and one writer may have it open at the same time."""

    def __init__(self, folder: Path, store: Store, originals: Originals, seat: EngineSeat) -> None:
        self.folder = folder
        self.store = store
        self.originals = originals
        self._seat = seat
        self._engine: Engine | None = None
        self._guard = Lock()
        self._writer: int | None = None

    @classmethod
    def open(cls, folder: Path, engine: str | EngineSeat = "whoosh") -> Archive:
        """Open the archive in ``folder``, made where there is none.

        ``engine`` is "whoosh", or another engine's seat.  Raises
        :class:`archive.errors.StoreDamaged`.
        """
        seat = _SEATS[engine]() if isinstance(engine, str) else engine
        return cls(folder, Store.open(folder), Originals(folder / "originals"), seat)

    def close(self) -> None:
        """Close store and engine; the archive is not used again."""
        with self._guard:
            if self._engine is not None:
                self._engine.close()
                self._engine = None
        self.store.close()

    def __enter__(self) -> Archive:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    @property
    def engine(self) -> Engine:
        """The search engine, opened when first asked for."""
        with self._guard:
            if self._engine is None:
                self._engine = self._seat.open(self._index)
            return self._engine

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Hold the archive against other writers; a thread that holds it may ask again.

        Raises :class:`archive.lock.Busy` when another thread or process writes.
        """
        if self._writer == get_ident():
            yield
            return
        with write_lock(self.folder):
            self._writer = get_ident()
            try:
                self.originals.sweep()
                yield
            finally:
                self._writer = None

    def catch_up(self) -> int:
        """Index what is owed, committed in batches; gives the number of documents.

        Interrupted at any moment, the next call does the rest.
        """
        with self.writing():
            owed = self.store.owed()
            for batch in _batches(owed):
                self._index_batch(batch)
            return len(owed)

    def heal(self) -> int:
        """Index whatever the index lacks, after a crash or a lost index; gives the number."""
        with self.writing():
            self.owe_differences()
            return self.catch_up()

    def owe_differences(self) -> int:
        """Owe what the index lacks, or holds though the store does not; gives their number.

        For an index that was lost, cleared or left by an older store.
        """
        with self.writing():
            differing = set(self.store.document_ids()) ^ self.engine.ids()
            self.store.owe(sorted(differing))
            return len(differing)

    def reindex(self) -> int:
        """Fill a fresh index from the store beside the live one and swap it in.

        Gives the number of documents.  What is owed stays owed until the swap is done.
        """
        with self.writing():
            owed = self.store.owed()
            ids = self.store.document_ids()
            self._seat.rebuild(self._index, self._entries(ids))
            self.store.paid(owed)
            return len(ids)

    def verify(self) -> list[Problem]:
        """All that is wrong with the archive, empty when nothing is; reads every original."""
        return verify(self.store, self.originals, lambda: self.engine)

    @property
    def _index(self) -> Path:
        return self.folder / "index"

    def _index_batch(self, ids: Sequence[str]) -> None:
        """Index some documents in one commit, and mark them paid only after it."""
        gone = [id_ for id_ in ids if self.store.document(id_) is None]
        kept = sorted(set(ids).difference(gone))
        if gone:
            self.engine.remove(gone)
        if kept:
            self.engine.add(self._entries(kept))
        self.store.paid(ids)

    def _entries(self, ids: Iterable[str]) -> Iterator[Entry]:
        for id_ in ids:
            with self.store.snapshot():
                superseded = self.store.superseded_by(id_) is not None
                disclosure = self.store.disclosure(id_)
            yield entry_of(disclosure, superseded=superseded)


def _batches(ids: Sequence[str]) -> Iterator[Sequence[str]]:
    for start in range(0, len(ids), _INDEXED_AT_ONCE):
        yield ids[start : start + _INDEXED_AT_ONCE]


def _whoosh() -> EngineSeat:
    from archive.engine.whoosh_engine import WhooshEngine  # noqa: PLC0415 - half a second

    return EngineSeat(WhooshEngine.open, WhooshEngine.rebuild)


_SEATS: dict[str, Callable[[], EngineSeat]] = {"whoosh": _whoosh}
