"""How Whoosh keeps postings here: packed, gathered and merged token by token.

Whoosh's own way costs three microseconds a posting in sorting, checking and pickling, and
again in reading; and it copies every file that it opens into memory, mapped or not.  Its
segments, columns, deletions and commits are used as they are.
"""

from __future__ import annotations

import io
import warnings
from array import array
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Any
from uuid import uuid4

import numpy as np

from archive.engine.packed import MOST_COUNTED, Counts, Numbers, pack, unpack

with warnings.catch_warnings():
    warnings.simplefilter("ignore", SyntaxWarning)  # eight in Whoosh 2.7.4's sources
    from whoosh import columns, fields, formats
    from whoosh.codec.whoosh3 import W3Codec, W3FieldWriter, W3Segment, W3TermsReader
    from whoosh.filedb.compound import CompoundStorage
    from whoosh.filedb.structfile import BufferFile
    from whoosh.system import pack_ushort
    from whoosh.writing import SegmentWriter

IDENTIFIER = "id"
_COUNT_BITS = 8
_AT_ONCE = 8
_SMALL = 64
_GROWTH = 8

Postings = tuple[str, str, Numbers, Counts]


class Tokens(fields.FieldType):  # type: ignore[misc]
    """A field whose postings are given to :meth:`Writer.add`; Whoosh analyses nothing."""

    def __init__(self) -> None:
        super().__init__(format=formats.Existence(), analyzer=None, scorable=False)


def schema_of(token_fields: Iterable[str], column_fields: Iterable[str]) -> Any:
    """A schema of fields of tokens and of columns of bytes."""
    kept = {name: fields.COLUMN(columns.VarBytesColumn()) for name in column_fields}
    return fields.Schema(**{name: Tokens() for name in (IDENTIFIER, *token_fields)}, **kept)


class Segment(W3Segment):  # type: ignore[misc]
    """A segment whose file is mapped and not copied."""

    def open_compound_file(self, storage: Any) -> Any:
        """The files of the segment."""
        return _Mapped(storage.open_file(self.make_filename(self.COMPOUND_EXT)))


class _Mapped(CompoundStorage):  # type: ignore[misc]
    def open_file(self, name: str, *_: object, **__: object) -> Any:
        offset, length = self.range(name)
        return _MappedFile(memoryview(self._source)[offset : offset + length], name)


class _MappedFile(BufferFile):  # type: ignore[misc]
    def __init__(self, view: memoryview, name: str) -> None:
        super().__init__(b"", name=name)
        self._buf, self.file = view, _Window(view)


class _Window(io.RawIOBase):
    """A mapped file as a stream; Whoosh reads heads and tails of files as such."""

    def __init__(self, view: memoryview) -> None:
        self._view, self._at = view, 0

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = io.SEEK_SET, /) -> int:
        start = {io.SEEK_SET: 0, io.SEEK_CUR: self._at, io.SEEK_END: len(self._view)}[whence]
        self._at = max(start + offset, 0)
        return self._at

    def tell(self) -> int:
        return self._at

    def readinto(self, buffer: Any, /) -> int:
        some = self._view[self._at : self._at + len(buffer)]
        buffer[: len(some)] = some
        self._at += len(some)
        return len(some)


class PackedCodec(W3Codec):  # type: ignore[misc]
    """Whoosh's codec with packed postings in the place of term infos."""

    length_stats = False

    def new_segment(self, storage: Any, indexname: str) -> Any:  # noqa: ARG002
        """A segment yet to be written; its name is unique even where ``random`` is seeded."""
        return Segment(self, indexname, segid=uuid4().hex)

    def field_writer(self, storage: Any, segment: Any) -> Any:
        """What writes the postings of a segment."""
        return _PackedWriter(self, storage, segment)

    def terms_reader(self, storage: Any, segment: Any) -> PackedTerms:
        """What reads the postings of a segment."""
        name = segment.make_filename(self.TERMS_EXT)
        file, length = storage.open_file(name), storage.file_length(name)
        return PackedTerms(self, file, length, segment.open_file(storage, self.POSTS_EXT))


class _PackedWriter(W3FieldWriter):  # type: ignore[misc]
    def add_postings(self, schema: Any, lengths: Any, items: Iterable[Postings]) -> None:  # noqa: ARG002
        field = None
        for name, token, numbers, counts in items:
            if name != field:
                self.start_field(name, schema[name])
                field = name
            self._tindex.add(pack_ushort(self._fieldid) + token.encode(), pack(numbers, counts))


class PackedTerms(W3TermsReader):  # type: ignore[misc]
    """The postings of one segment."""

    def postings(self, field: str, token: str) -> tuple[Numbers, Counts] | None:
        """The entries with that token and their counts, ``None`` where there are none."""
        try:
            return unpack(self._tindex[self._keycoder(field, token.encode())])
        except KeyError:
            return None

    def all_postings(self) -> Iterator[Postings]:
        """Every token of every field."""
        for key, value in self._tindex.items():
            field, token = self._keydecoder(key)
            yield field, token.decode(), *unpack(value)


class _Pool:
    """Postings in memory: for each token a number, or an array of them where there are more,
    each of an entry's number and its count."""

    def __init__(self) -> None:
        self._fields: dict[str, dict[str, int | array[int]]] = defaultdict(dict)
        self.size = 0

    def count(self, field: str, counts: Mapping[str, int], number: int) -> None:
        tokens = self._fields[field]
        base = number << _COUNT_BITS
        self.size += len(counts)
        for token, count in counts.items():
            value = base | (count if count < MOST_COUNTED else MOST_COUNTED)
            held = tokens.get(token)
            if held is None:
                tokens[token] = value
            elif isinstance(held, int):
                tokens[token] = array("Q", (held, value))
            else:
                held.append(value)

    def extend(self, field: str, token: str, numbers: Numbers, counts: Counts) -> None:
        tokens = self._fields[field]
        values = array("Q", ((numbers << _COUNT_BITS) | counts).astype("u8").tobytes())
        self.size += len(values)
        held = tokens.get(token)
        if held is None:
            tokens[token] = values
        else:
            first = array("Q", (held,)) if isinstance(held, int) else held
            tokens[token] = first + values

    def iter_postings(self) -> Iterator[Postings]:
        for field in sorted(self._fields):
            tokens = self._fields[field]
            for token in sorted(tokens):
                held = tokens[token]
                values = (
                    np.array((held,), "u8")
                    if isinstance(held, int)
                    else np.sort(np.frombuffer(held, "u8"))
                )
                numbers = (values >> _COUNT_BITS).astype(np.int64)
                yield field, token, numbers, (values & MOST_COUNTED).astype(np.uint8)

    def cleanup(self) -> None:
        self._fields.clear()


class Writer(SegmentWriter):  # type: ignore[misc]
    """One commit to an index, which the caller has locked."""

    def __init__(self, index: Any) -> None:
        super().__init__(index, codec=PackedCodec(), _lk=False)
        self.pool = _Pool()
        self.brought = 0

    def add(
        self,
        identifier: str,
        counts: Mapping[str, Mapping[str, int]],
        kept: Mapping[str, bytes],
    ) -> None:
        """An entry with its tokens by field and its columns."""
        self.brought += 1
        self.pool.count(IDENTIFIER, {identifier: 1}, self.docnum)
        for field, tokens in counts.items():
            self.pool.count(field, tokens, self.docnum)
        self.perdocwriter.start_doc(self.docnum)
        for name, value in kept.items():
            self.perdocwriter.add_column_value(name, self.schema[name].column_type, value)
        self.perdocwriter.finish_doc()
        self._added = True
        self.docnum += 1

    def forget(self, identifiers: Iterable[str]) -> None:
        """Mark the entries of these ids as deleted."""
        with self.reader() as reader:
            leaves = [(leaf, base) for leaf, base in reader.leaf_readers() if leaf.doc_count_all()]
            for identifier in identifiers:
                for leaf, base in leaves:
                    found = terms_of(leaf).postings(IDENTIFIER, identifier)
                    for number in found[0] if found else ():
                        self.delete_document(base + int(number))

    def add_reader(self, reader: Any) -> None:
        """Take over another segment's entries, those deleted left out."""
        first, size = self.docnum, reader.doc_count_all()
        moved = self.write_per_doc(set(self.schema.names()), reader)
        to = np.arange(first, first + size, dtype=np.int64)
        if moved is not None:
            to = np.full(size, -1, np.int64)
            to[list(moved)] = list(moved.values())
        for field, token, numbers, counts in terms_of(reader).all_postings():
            there = to[numbers]
            kept = there >= 0
            if kept.any():
                self.pool.extend(field, token, there[kept], counts[kept])
        self._added = True

    def finish(self, *, merge: bool = True) -> None:
        """Commit, with a few merges that cost no more than some times what was brought."""
        self.commit(mergetype=_merging(self.brought) if merge else None, merge=merge)


def terms_of(leaf: Any) -> PackedTerms:
    """The postings of a segment's reader."""
    terms: PackedTerms = leaf._terms
    return terms


def texts_of(leaf: Any, name: str) -> list[tuple[memoryview, int, int]]:
    """A column of bytes: for each entry where they stand."""
    column = leaf.column_reader(name, translate=False)
    ends = np.cumsum(np.frombuffer(column._lengths, column._lengths.typecode)).tolist()
    starts = [0, *ends[:-1]]
    view = column._dbfile._buf[column._basepos :]
    return [(view, start, end) for start, end in zip(starts, ends, strict=True)]


def _merging(brought: int) -> Any:
    """A merge policy: of segments of one size, eight become one; those that have mostly gone
    go.  Segments far larger than what the commit brings are left, however many they are."""

    def merge(writer: Writer, segments: list[Any]) -> list[Any]:
        from whoosh.reading import SegmentReader  # noqa: PLC0415

        sizes: dict[int, list[Any]] = defaultdict(list)
        for segment in segments:
            sizes[_size_class(segment.doc_count())].append(segment)
        most = max(_SMALL, brought * _GROWTH)
        merged = []
        for size, alike in sizes.items():
            if size < 0:
                merged += alike  # nothing is left of them
            elif len(alike) >= _AT_ONCE and max(s.doc_count() for s in alike) <= most:
                merged += alike
        merged += [s for s in segments if s not in merged and _is_hollow(s, most)]
        for segment in merged:
            if segment.doc_count():
                with SegmentReader(writer.storage, writer.schema, segment) as reader:
                    writer.add_reader(reader)
        return [segment for segment in segments if segment not in merged]

    return merge


def _size_class(count: int) -> int:
    """0 below eight entries, 1 below 64 and so on; -1 for none."""
    return (count.bit_length() - 1) // 3 if count else -1


def _is_hollow(segment: Any, most: int) -> bool:
    count: int = segment.doc_count()
    return count <= most and segment.deleted_count() > count
