"""The embedded engine: Whoosh, one entry a disclosure, without positions.

Four scored fields hold characters, bigrams and longer words (:func:`segment.tokens`):
``text`` all of them and the others those of title, names and labels.  The folded lines
stand beside the postings, so that :mod:`archive.engine.snapshot` can look into them and every
answer is exact.  They are in the index and not asked of the store, so that the engine
needs nothing but its own folder; uncompressed, since unpacking them costs far more than
looking through them.

Answering is work for the processor, not waiting, so one reader serves all threads in turn.
"""

from __future__ import annotations

import json
import pickle
import struct
import threading
import warnings
import zlib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import Any, TypeVar

import numpy as np

from archive.engine import Candidates, Entry, IndexBusy, Scored
from archive.engine.finder import UNQUOTED, Held, is_wide
from archive.engine.generations import Generations, to_disk
from archive.engine.matching import Facts, facts_of
from archive.engine.packed import Counts, Numbers
from archive.engine.ranking import WORD_WEIGHT
from archive.engine.snapshot import Snapshot
from archive.engine.whoosh_codec import Writer, schema_of, terms_of, texts_of
from archive.errors import StoreDamaged
from archive.fold import FOLDING
from archive.query.tree import Query
from archive.segment import folded_lines, tokens, tokens_over_quotes

with warnings.catch_warnings():
    warnings.simplefilter("ignore", SyntaxWarning)  # eight in Whoosh 2.7.4's sources
    from whoosh import index
    from whoosh.util.filelock import FileLock, try_for

LAYOUT = f"whoosh-2-folding-{FOLDING}"
PATIENCE_SECONDS = 60.0
WRITTEN_AT_ONCE = 2_500
"""Entries in one commit of a rebuild, some 150 MB of postings in memory."""
_RETRY_SECONDS = 0.1
_DAMAGE = (zlib.error, struct.error, EOFError, pickle.UnpicklingError, OSError)
_FACTS, _LINES, _FIGURES = "facts", "lines", "figures"

Answer = TypeVar("Answer")


class WhooshEngine:
    """See :class:`archive.engine.Engine`.  Any number of threads and processes may read.

    ``trouble`` says in Chinese why the index on disk could not be used, else it is
    ``None``; the engine is then empty and the next :meth:`add` begins a new index.
    ``patience`` is how many seconds a writer waits for another.
    """

    def __init__(self, folder: Path, patience: float = PATIENCE_SECONDS) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.trouble: str | None = None
        self._folder = folder
        self._patience = patience
        self._generations = Generations(folder, LAYOUT)
        self._guard = threading.RLock()
        self._snapshot: Snapshot | None = None
        self._seen: tuple[str, ...] = ()
        with self._guard:
            self._refresh()

    @classmethod
    def open(cls, folder: Path) -> WhooshEngine:
        """Open the index in ``folder``, empty where there is none that can be used."""
        return cls(folder)

    @classmethod
    def rebuild(
        cls, folder: Path, entries: Iterable[Entry], patience: float = PATIENCE_SECONDS
    ) -> None:
        """Fill a fresh index beside the live one, then swap it in; ids must be distinct.

        Readers keep the old index until then and change over by themselves.  Raises
        :class:`archive.engine.IndexBusy` when another writer does not finish.
        """
        folder.mkdir(parents=True, exist_ok=True)
        with _write_lock(folder, patience):
            _begin(Generations(folder, LAYOUT), entries)

    def add(self, entries: Iterable[Entry]) -> None:
        """Add or replace entries in one commit; all of them are held in memory.

        Raises :class:`archive.engine.IndexBusy` when another writer does not finish.
        """
        latest = {entry.id: entry for entry in entries}
        if latest:
            self._change(latest.values(), latest)

    def remove(self, ids: Iterable[str]) -> None:
        """Forget entries; unknown ids are no error."""
        gone = list(ids)
        if gone:
            self._change((), gone)

    def search(self, query: Query, limit: int, offset: int = 0) -> list[Scored]:
        """The matching disclosures, best first; equal scores by id."""
        return self._ask(lambda snapshot: snapshot.ranked(query, limit, offset))

    def matching(self, query: Query) -> frozenset[str]:
        """The ids of all disclosures that match, unscored."""
        return self._ask(lambda snapshot: snapshot.matching(query))

    def candidates(self, query: Query) -> Candidates:
        """The same sooner, looked into no further than needed for an estimate."""
        return self._ask(lambda snapshot: snapshot.candidates(query))

    def ids(self) -> frozenset[str]:
        """The ids of all entries."""
        return self._ask(lambda snapshot: snapshot.ids())

    def close(self) -> None:
        """Release files; the engine is not used again."""
        with self._guard:
            self._forget()

    def _ask(self, question: Callable[[Snapshot], Answer]) -> Answer:
        with self._guard:
            try:
                try:
                    return question(self._refresh())
                except FileNotFoundError:  # a writer has just removed what the reader opened
                    self._forget()
                    return question(self._refresh())
            except _DAMAGE as error:
                raise StoreDamaged(
                    f"检索索引 {self._folder} 已损坏（{error!r}）：请运行 reindex。"
                ) from error

    def _refresh(self) -> Snapshot:
        """The snapshot of what is on disk now; an index that cannot be used is an empty one."""
        seen = self._state_on_disk()
        if self._snapshot is None or seen != self._seen:
            self._forget()
            try:
                self._snapshot = self._open()
            except FileNotFoundError:
                seen = self._state_on_disk()
                self._snapshot = self._open(again=True)
            self._seen = seen
        return self._snapshot

    def _forget(self) -> None:
        if self._snapshot is not None:
            self._snapshot.close()
        self._snapshot, self._seen = None, ()

    def _state_on_disk(self) -> tuple[str, ...]:
        try:
            live = self._generations.current()
            tables = sorted(path.name for path in live.glob("*.toc")) if live else ()
            return (self._generations.pointer(), *tables)
        except FileNotFoundError:
            return ()

    def _open(self, again: bool = False) -> Snapshot:
        live = self._generations.current()
        self.trouble = None
        try:
            if live is not None:
                return Snapshot(_Reader(index.open_dir(str(live)).reader()))
            if self._generations.begun():
                self.trouble = f"检索索引 {self._folder} 不完整或由其他版本写成：请运行 reindex。"
        except PermissionError:
            raise
        except Exception as error:  # a damaged index fails in any way that its bytes lead to
            if isinstance(error, FileNotFoundError) and not again:
                raise
            self.trouble = f"检索索引 {live} 已损坏（{error!r}）：请运行 reindex。"
        return Snapshot(_Reader(None))

    def _change(self, entries: Iterable[Entry], replaced: Iterable[str]) -> None:
        with _write_lock(self._folder, self._patience):
            with self._guard:
                self._refresh()
                usable = self.trouble is None
            live = self._generations.current()
            if live is not None and usable:
                _write(index.open_dir(str(live)), entries, replaced)
                to_disk(live)
            else:
                _begin(self._generations, entries)


@contextmanager
def _write_lock(folder: Path, patience: float) -> Iterator[None]:
    lock = FileLock(str(folder / "LOCK"))
    if not try_for(lock.acquire, timeout=patience, delay=_RETRY_SECONDS):
        raise IndexBusy(
            f"检索索引 {folder} 正被另一个进程写入，等了 {patience:.0f} 秒：请等它结束后再试。"
        )
    try:
        yield
    finally:
        lock.release()


def _begin(generations: Generations, entries: Iterable[Entry]) -> None:
    """A new index of these entries in place of the live one."""
    fresh = generations.begin()
    made = index.create_in(
        str(fresh), schema_of((*WORD_WEIGHT, UNQUOTED), (_FACTS, _LINES, _FIGURES))
    )
    left = iter(entries)
    while _write(made, islice(left, WRITTEN_AT_ONCE), merge=False) == WRITTEN_AT_ONCE:
        pass
    generations.swap_in(fresh)


def _write(
    whoosh_index: Any, entries: Iterable[Entry], replaced: Iterable[str] = (), *, merge: bool = True
) -> int:
    """One commit: what is replaced or removed goes, what is new comes; gives the number of
    entries that came."""
    writer = Writer(whoosh_index)
    try:
        writer.forget(replaced)
        for entry in entries:
            _add(writer, entry)
    except BaseException:
        writer.cancel()
        raise
    writer.finish(merge=merge)
    return writer.brought


def _add(writer: Writer, entry: Entry) -> None:
    parts = {
        "title": list(folded_lines(entry.title)),
        "names": list(folded_lines(entry.names)),
        "labels": list(folded_lines(entry.labels)),
        "text": list(folded_lines(entry.body)),
    }
    counts = {name: tokens(lines) for name, lines in parts.items()}
    for name in ("title", "names", "labels"):
        counts["text"].update(counts[name])
    lines = list(dict.fromkeys(line for part in parts.values() for line in part))
    lengths = [counts[name].total() for name in WORD_WEIGHT]
    kept = {
        _FACTS: _facts_to_json(facts_of(entry), lengths),
        _LINES: "\n".join(line for line in lines if is_wide(line)).encode(),
        _FIGURES: "\n".join(line for line in lines if not is_wide(line)).encode(),
    }
    counts[UNQUOTED] = Counter(token for line in lines for token in tokens_over_quotes(line))
    writer.add(entry.id, counts, kept)


def _facts_to_json(facts: Facts, lengths: list[int]) -> bytes:
    values = [
        facts.id,
        facts.agency,
        facts.region,
        facts.kind,
        sorted(facts.citations),
        facts.fiscal_year,
        facts.superseded,
        lengths,
    ]
    return json.dumps(values, ensure_ascii=False).encode()


def _facts_of_json(data: bytes) -> Held:
    identifier, agency, region, kind, citations, year, superseded, lengths = json.loads(data)
    facts = Facts(identifier, agency, region, kind, frozenset(citations), year, superseded)
    return Held(facts, tuple(lengths))


class _Reader:
    """One state of the index as :class:`archive.engine.finder.Postings`."""

    def __init__(self, reader: Any | None) -> None:
        self._reader = reader
        leaves = reader.leaf_readers() if reader is not None else []
        self._leaves = [(leaf, base) for leaf, base in leaves if leaf.doc_count_all()]
        self._texts = {
            wide: [text for leaf, _ in self._leaves for text in texts_of(leaf, name)]
            for wide, name in ((True, _LINES), (False, _FIGURES))
        }

    def close(self) -> None:
        if self._reader is not None:
            self._reader.close()

    def size(self) -> int:
        return int(self._reader.doc_count_all()) if self._reader is not None else 0

    def held(self) -> dict[int, Held]:
        found = {}
        for leaf, base in self._leaves:
            facts = texts_of(leaf, _FACTS)
            for number in leaf.all_doc_ids():
                view, start, end = facts[number]
                found[base + number] = _facts_of_json(bytes(view[start:end]))
        return found

    def postings(self, field: str, token: str) -> tuple[Numbers, Counts]:
        numbers, counts = [], []
        for leaf, base in self._leaves:
            if found := terms_of(leaf).postings(field, token):
                numbers.append(found[0] + base)
                counts.append(found[1])
        if not numbers:
            return np.zeros(0, np.int64), np.zeros(0, np.uint8)
        return np.concatenate(numbers), np.concatenate(counts)

    def text(self, number: int, *, wide: bool) -> bytes:
        view, start, end = self._texts[wide][number]
        return bytes(view[start:end])
