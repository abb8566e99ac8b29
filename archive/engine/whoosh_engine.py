"""The embedded engine: Whoosh, one entry a disclosure, without positions.

Four scored fields hold characters, bigrams and longer words (:func:`segment.tokens`):
``text`` all of them and the others those of title, names and labels.  The folded lines
stand beside the postings, so that :mod:`archive.engine.snapshot` can look into them and every
answer is exact.  They are in the index and not asked of the store, so that the engine
needs nothing but its own folder; uncompressed, since unpacking them costs far more than
looking through them.

Whoosh is slow in Python, not in waiting, so one reader serves all threads in turn.
"""

from __future__ import annotations

import json
import pickle
import struct
import threading
import warnings
import zlib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar
from uuid import uuid4

from archive.engine import Entry, IndexBusy, Scored
from archive.engine.generations import Generations, to_disk
from archive.engine.matching import Facts, facts_of
from archive.engine.ranking import WORD_WEIGHT
from archive.engine.snapshot import UNQUOTED, Snapshot
from archive.errors import StoreDamaged
from archive.query.tree import Query
from archive.segment import bigrams_over_quotes, folded_lines, tokens

with warnings.catch_warnings():
    warnings.simplefilter("ignore", SyntaxWarning)  # eight in Whoosh 2.7.4's sources
    from whoosh import columns, fields, formats, index, reading
    from whoosh.codec.whoosh3 import W3Codec, W3Segment
    from whoosh.searching import Searcher
    from whoosh.util.filelock import FileLock, try_for

LAYOUT = "whoosh-1"
PATIENCE_SECONDS = 60.0
MEMORY_MB = 256
_RETRY_SECONDS = 0.1
_DAMAGE = (zlib.error, struct.error, EOFError, pickle.UnpicklingError, OSError)

Answer = TypeVar("Answer")


class Counted(fields.FieldType):  # type: ignore[misc]
    """A field that is given its tokens with their counts; nothing analyses them again."""

    def __init__(self, scorable: bool = True) -> None:
        super().__init__(format=formats.Existence(), analyzer=None, scorable=scorable)

    def index(
        self, value: Mapping[str, int], **_: object
    ) -> Iterator[tuple[bytes, int, float, bytes]]:
        """The postings of one entry, as Whoosh's writer asks for them."""
        for token, count in value.items():
            yield token.encode(), count, float(count), b""


class UniqueCodec(W3Codec):  # type: ignore[misc]
    """Whoosh's codec, but no two segments share a name even where ``random`` is seeded."""

    def new_segment(self, storage: Any, indexname: str) -> Any:  # noqa: ARG002
        """A segment yet to be written."""
        return W3Segment(self, indexname, segid=uuid4().hex)


def _schema() -> Any:
    return fields.Schema(
        id=fields.ID(unique=True),
        **{name: Counted() for name in WORD_WEIGHT},
        **{UNQUOTED: Counted(scorable=False)},
        facts=fields.COLUMN(columns.VarBytesColumn()),
        lines=fields.COLUMN(columns.VarBytesColumn()),
    )


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
        ranked = self._ask(lambda snapshot: snapshot.ranked(query))
        return list(ranked[offset : offset + limit])

    def matching(self, query: Query) -> frozenset[str]:
        """The ids of all disclosures that match, unscored."""
        return self._ask(lambda snapshot: snapshot.matching(query))

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
    _write(index.create_in(str(fresh), _schema()), entries)
    generations.swap_in(fresh)


def _write(whoosh_index: Any, entries: Iterable[Entry], replaced: Iterable[str] = ()) -> None:
    """One commit: what is replaced or removed goes, what is new comes."""
    # Whoosh's own lock would outlive a commit that fails; the folder is locked already
    writer = whoosh_index.writer(limitmb=MEMORY_MB, codec=UniqueCodec(), _lk=False)
    try:
        with writer.reader() as reader:
            for identifier in replaced:
                for number in _postings(reader, "id", identifier):
                    writer.delete_document(number)
        for entry in entries:
            writer.add_document(**_fields_of(entry))
    except BaseException:
        writer.cancel()
        raise
    writer.commit()


def _fields_of(entry: Entry) -> dict[str, object]:
    parts = {
        "title": list(folded_lines(entry.title)),
        "names": list(folded_lines(entry.names)),
        "labels": list(folded_lines(entry.labels)),
        "text": list(folded_lines(entry.body)),
    }
    counts = {name: tokens(lines) for name, lines in parts.items()}
    counts["text"] = sum(counts.values(), Counter())
    lines = list(dict.fromkeys(line for part in parts.values() for line in part))
    return {
        "id": entry.id,
        **counts,
        UNQUOTED: Counter(pair for line in lines for pair in bigrams_over_quotes(line)),
        "facts": json.dumps(_facts_to_json(facts_of(entry)), ensure_ascii=False).encode(),
        "lines": "\n".join(lines).encode(),
    }


def _facts_to_json(facts: Facts) -> list[object]:
    return [
        facts.id,
        facts.agency,
        facts.region,
        facts.kind,
        sorted(facts.citations),
        facts.fiscal_year,
        facts.superseded,
    ]


def _facts_of_json(data: bytes) -> Facts:
    identifier, agency, region, kind, citations, year, superseded = json.loads(data)
    return Facts(identifier, agency, region, kind, frozenset(citations), year, superseded)


def _postings(reader: Any, field: str, token: str) -> Iterator[int]:
    """The numbers of the entries with that token, of deleted ones too where not yet gone."""
    try:
        matcher = reader.postings(field, token.encode())
    except reading.TermNotFound:
        return
    yield from matcher.all_ids()


class _Reader:
    """One state of the index as :class:`archive.engine.snapshot.Postings`."""

    def __init__(self, reader: Any | None) -> None:
        self._searcher = Searcher(reader) if reader is not None else None
        leaves = reader.leaf_readers() if reader is not None else []
        self._leaves = [(leaf, base) for leaf, base in leaves if leaf.doc_count_all()]
        self._lines = [
            (base, leaf.column_reader("lines", translate=False)) for leaf, base in self._leaves
        ]

    def close(self) -> None:
        if self._searcher is not None:
            self._searcher.close()

    def facts(self) -> dict[int, Facts]:
        found = {}
        for leaf, base in self._leaves:
            column = leaf.column_reader("facts", translate=False)
            for number in leaf.all_doc_ids():
                found[base + number] = _facts_of_json(column[number])
        return found

    def having(self, field: str, token: str) -> Iterator[int]:
        for leaf, base in self._leaves:
            for number in _postings(leaf, field, token):
                yield base + number

    def scores(self, field: str, token: str) -> Iterator[tuple[int, float]]:
        if self._searcher is None:
            return
        try:
            matcher = self._searcher.postings(field, token.encode())
        except reading.TermNotFound:
            return
        while matcher.is_active():
            yield matcher.id(), matcher.score()
            matcher.next()

    def text(self, number: int) -> bytes:
        base, column = next(pair for pair in reversed(self._lines) if pair[0] <= number)
        text: bytes = column[number - base]
        return text
