"""SQLite FTS5 and Tantivy over the entries that our engine is given, for comparison.

Both get the text cut by jieba and blanks between the words; phrases are words in a row.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from archive.engine import Entry
from archive.segment import folded_lines, words
from bench.queries import Asked

TOP = 10


def cut(text: str) -> str:
    """The words of a text with blanks between."""
    return "\n".join(" ".join(words(line)) for line in folded_lines(text))


class Fts5:
    """SQLite's full-text index, ranked by BM25 over two weighted columns."""

    def build(self, folder: Path, entries: Iterable[Entry]) -> None:
        folder.mkdir()
        self.open(folder)
        self._db.execute(
            "CREATE VIRTUAL TABLE held USING fts5(name, body, content='', tokenize='unicode61')"
        )
        with self._db:
            for entry in entries:
                row = (cut(f"{entry.title}\n{entry.names}"), cut(f"{entry.labels}\n{entry.body}"))
                self._db.execute("INSERT INTO held (name, body) VALUES (?, ?)", row)
        with self._db:
            self._db.execute("INSERT INTO held (held) VALUES ('optimize')")

    def open(self, folder: Path) -> None:
        self._db = sqlite3.connect(folder / "fts5.sqlite3")

    def top(self, asked: Asked) -> Sequence[object]:
        sql = "SELECT rowid FROM held WHERE held MATCH ? ORDER BY bm25(held, 4, 1) LIMIT ?"
        return self._db.execute(sql, (_match(asked), TOP)).fetchall()

    def count(self, asked: Asked) -> int:
        sql = "SELECT count(*) FROM held WHERE held MATCH ?"
        return int(self._db.execute(sql, (_match(asked),)).fetchone()[0])


def _match(asked: Asked) -> str:
    if asked.phrase:
        return '"' + " ".join(words(asked.phrase) or [asked.phrase]) + '"'
    return " AND ".join(f'"{word}"' for text in asked.words for word in words(text) or [text])


class Tantivy:
    """Tantivy through tantivy-py; a bench-only requirement."""

    def build(self, folder: Path, entries: Iterable[Entry]) -> None:
        folder.mkdir()
        tantivy, schema = self._schema()
        writer = tantivy.Index(schema, path=str(folder)).writer(256_000_000, 1)
        for entry in entries:
            writer.add_document(
                tantivy.Document(
                    name=cut(f"{entry.title}\n{entry.names}"),
                    body=cut(f"{entry.labels}\n{entry.body}"),
                )
            )
        writer.commit()
        writer.wait_merging_threads()

    def open(self, folder: Path) -> None:
        tantivy, schema = self._schema()
        self._index = tantivy.Index(schema, path=str(folder))
        self._searcher = self._index.searcher()

    def _schema(self) -> tuple[Any, Any]:
        import tantivy  # noqa: PLC0415 - a bench-only requirement

        builder = tantivy.SchemaBuilder()
        for field in ("name", "body"):
            builder.add_text_field(field, tokenizer_name="whitespace", index_option="position")
        return tantivy, builder.build()

    def top(self, asked: Asked) -> Sequence[object]:
        found: Sequence[object] = self._searcher.search(self._query(asked), TOP, count=False).hits
        return found

    def count(self, asked: Asked) -> int:
        return int(self._searcher.search(self._query(asked), TOP).count)

    def _query(self, asked: Asked) -> Any:
        text = _match(asked)
        return self._index.parse_query(text, ["name", "body"], field_boosts={"name": 4.0})


RIVALS: dict[str, type[Fts5 | Tantivy]] = {"SQLite FTS5": Fts5, "Tantivy": Tantivy}
