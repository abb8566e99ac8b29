"""The names that the archive holds, for suggestions while typing and for near misses.

A name is used by a disclosure however often it stands there.  What it is found under is
made when it is first met (:mod:`archive.suggest.keys`), never when someone types.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from sqlite_utils import Database

from archive.fold import fold
from archive.segment import loosened
from archive.store.bulk import insert, next_key
from archive.suggest.keys import KEY_LENGTH, KEY_LETTERS, is_name, keys_of
from archive.suggest.sounds import pairs

NameKind = Literal["project", "agency", "doc_no", "item", "table", "label"]
WORTH_OF_BEGINNING = 2
_MOST_KEYS = 80
_BEGINS = "key >= :low AND key < :high"
_BEGINS_WITH_ONE = "substr(key, 1, 1) = :low"  # half of all keys may: by worth, from an index
_AFTER_ALL = "\U0010ffff"

_SCHEMA = """
CREATE TABLE names (
    id INTEGER PRIMARY KEY,
    kind TEXT NOT NULL,
    text TEXT NOT NULL,
    code TEXT NOT NULL,
    folded TEXT NOT NULL,
    heard TEXT NOT NULL,
    keys TEXT NOT NULL,
    uses INTEGER NOT NULL,
    UNIQUE (kind, text, code)
);
CREATE INDEX names_folded ON names(folded);
CREATE TABLE name_keys (
    key TEXT NOT NULL,
    name_id INTEGER NOT NULL REFERENCES names(id),
    kind TEXT NOT NULL,
    worth INTEGER NOT NULL,
    PRIMARY KEY (key, name_id)
) WITHOUT ROWID;
CREATE INDEX name_keys_first ON name_keys(substr(key, 1, 1), worth);
CREATE TABLE name_sounds (
    pair TEXT NOT NULL,
    name_id INTEGER NOT NULL REFERENCES names(id),
    PRIMARY KEY (pair, name_id)
) WITHOUT ROWID
"""

_ROWS = "tables JOIN rows ON table_key = tables.key JOIN labels ON labels.id"
_UNNAMED = "role = 'item' AND project_id IS NULL"
_USES = (
    ("'project', text, ''", "document_id", "projects JOIN labels ON labels.id = label_id", "1"),
    ("'project', text, ''", "document_id", f"{_ROWS} = project_id", "1"),
    ("'item', text, code", "document_id", f"{_ROWS} = label_id", f"code NOTNULL AND {_UNNAMED}"),
    ("'label', text, ''", "document_id", f"{_ROWS} = label_id", f"code ISNULL AND {_UNNAMED}"),
    ("'agency', agency, ''", "id", "documents", "agency NOTNULL"),
    ("'doc_no', normal, ''", "document_id", "citations", "normal NOTNULL"),
    ("'table', coalesce(form, title), ''", "document_id", "tables", "1"),
)
"""Every use of a name: kind, text and code, whose document, from where, on which condition."""

_ALL_USED = " UNION ".join(
    f"SELECT {name}, {document} FROM {source} WHERE {condition}"  # noqa: S608
    for name, document, source, condition in _USES
)
_USED_BY_ONE = " UNION ".join(
    f"SELECT {name} FROM {source} WHERE {condition} AND {document} = :document"  # noqa: S608
    for name, document, source, condition in _USES
)
"""The same of one document, told in each part: SQLite pushes no condition into a union."""


@dataclass(frozen=True, slots=True, order=True)
class Name:
    """A name as printed; ``code`` is that of a functional or economic item, else empty."""

    kind: NameKind
    text: str
    code: str = ""


@dataclass(frozen=True, slots=True)
class HeldName:
    """A name, the number of disclosures that use it, and its folded text and syllables."""

    name: Name
    uses: int
    folded: str
    heard: tuple[str, ...]


# Writing


def make_tables(db: Database) -> None:
    """Make the tables of names and fill them from what the archive holds; labels folded by
    an earlier folding are folded anew."""
    for statement in _SCHEMA.split(";\n"):
        db.execute(statement)
    labels = db.execute("SELECT id, text, folded FROM labels").fetchall()
    stale = [(fold(text), id_) for id_, text, folded in labels if fold(text) != folded]
    db.conn.executemany("UPDATE labels SET folded = ? WHERE id = ?", stale)
    sql = f"""
        WITH used(kind, text, code, document_id) AS ({_ALL_USED})
        SELECT kind, text, code, count(*) FROM used
         GROUP BY kind, text, code ORDER BY kind, text, code
    """  # noqa: S608
    counted = db.execute(sql).fetchall()
    add_names(db, ((Name(kind, text, code), uses) for kind, text, code, uses in counted))


def names_of(db: Database, document_id: str) -> set[Name]:
    """The names that the records of a document use as they are held now."""
    found = (Name(*record) for record in db.execute(_USED_BY_ONE, {"document": document_id}))
    return {name for name in found if is_name(name.text)}


def renew_names(db: Database, before: set[Name], after: set[Name]) -> None:
    """Count the names that a document used ``before`` as those that it uses ``after``."""
    for name in sorted(before - after):
        _count(db, name, -1)
    for name in sorted(after - before):
        _count(db, name, 1)


def add_names(db: Database, counted: Iterable[tuple[Name, int]]) -> None:
    """Add names that are not held yet, each with the number of disclosures that use it."""
    for name, uses in counted:
        if is_name(name.text):
            _add(db, name, uses)


def _count(db: Database, name: Name, change: int) -> None:
    sql = "SELECT id, uses FROM names WHERE kind = ? AND text = ? AND code = ?"
    held = db.execute(sql, [name.kind, name.text, name.code]).fetchone()
    if held is None:
        _add(db, name, change)
        return
    identifier, uses = held
    if uses + change <= 0:
        _drop(db, identifier)
        return
    db.execute("UPDATE names SET uses = ? WHERE id = ?", [uses + change, identifier])
    gain = _worth(uses + change) - _worth(uses)
    if gain:
        sql = """
            UPDATE name_keys SET worth = worth + :gain WHERE name_id = :id AND key IN (
                SELECT value FROM json_each((SELECT keys FROM names WHERE id = :id)))
        """
        db.execute(sql, {"gain": gain, "id": identifier})


def _add(db: Database, name: Name, uses: int) -> None:
    identifier = next_key(db, "names", "id")
    keys = keys_of(name.text, name.code)
    record = (
        identifier, name.kind, name.text, name.code, loosened(name.text),
        " ".join(keys.heard), json.dumps(keys.whole + keys.inner), uses,
    )  # fmt: skip
    columns = ("id", "kind", "text", "code", "folded", "heard", "keys", "uses")
    insert(db, "names", columns, [record])
    worth = _worth(uses)
    valued = [(key, worth + WORTH_OF_BEGINNING) for key in keys.whole]
    valued += [(key, worth) for key in keys.inner]
    found_under = ((key, identifier, name.kind, value) for key, value in valued)
    insert(db, "name_keys", ("key", "name_id", "kind", "worth"), found_under)
    if name.kind != "doc_no":
        heard = ((pair, identifier) for pair in pairs(keys.heard))
        insert(db, "name_sounds", ("pair", "name_id"), heard)


def _drop(db: Database, identifier: int) -> None:
    asked = {"id": identifier}
    sql = "SELECT keys, heard FROM names WHERE id = :id"
    keys, heard = db.execute(sql, asked).fetchone()
    for table, column, values in (
        ("name_keys", "key", json.loads(keys)),
        ("name_sounds", "pair", pairs(heard.split(" "))),
    ):
        sql = f"DELETE FROM {table} WHERE {column} = ? AND name_id = ?"  # noqa: S608
        db.conn.executemany(sql, [(value, identifier) for value in values])
    db.execute("DELETE FROM names WHERE id = :id", asked)


def _worth(uses: int) -> int:
    """Grows by one when the uses double, so that counting seldom has to touch the keys."""
    return uses.bit_length()


# Reading


def names_under(db: Database, typed: str, kinds: Iterable[NameKind], limit: int) -> list[HeldName]:
    """The names found under what is typed, the most used first, those that begin so before
    those with a word that does; as good ones in the order of their ``kinds``."""
    sql = f"""
        SELECT kind, text, code, uses, folded, heard, max(worth) AS best FROM (
            SELECT name_id, worth FROM name_keys
             WHERE {_BEGINS if len(typed) > 1 else _BEGINS_WITH_ONE}
               AND kind IN (SELECT value FROM json_each(:kinds))
             ORDER BY worth DESC LIMIT :most
        ) JOIN names ON names.id = name_id
         WHERE :whole OR instr(folded, :typed) OR code = :typed
         GROUP BY name_id
         ORDER BY best DESC, uses DESC, (SELECT key FROM json_each(:kinds) WHERE value = kind),
                  length(text), text, code
         LIMIT :limit
    """  # noqa: S608
    low = typed[: KEY_LETTERS if typed.isascii() else KEY_LENGTH]
    asked = {
        "low": low, "high": low + _AFTER_ALL, "typed": typed, "whole": low == typed,
        "kinds": json.dumps(list(kinds)), "most": _MOST_KEYS, "limit": limit,
    }  # fmt: skip
    return [_held(record[:6]) for record in db.execute(sql, asked)]


def names_heard_like(
    db: Database, heard_pairs: Iterable[str], most: int, limit: int
) -> list[HeldName]:
    """The names that share most of these pairs of syllables, rare pairs before common ones;
    no more than about ``most`` entries are read for it."""
    counted = sorted((_bearers(db, pair, most), pair) for pair in set(heard_pairs))
    used: list[str] = []
    read = 0
    for count, pair in counted:
        if used and read + count > most:
            break
        used += [pair] if count else []
        read += count
    sql = """
        SELECT kind, text, code, uses, folded, heard FROM (
            SELECT name_id, count(*) AS shared FROM name_sounds
             WHERE pair IN (SELECT value FROM json_each(:pairs))
             GROUP BY name_id ORDER BY shared DESC, name_id LIMIT :limit
        ) JOIN names ON names.id = name_id
         ORDER BY shared DESC, uses DESC, names.id
    """
    found = db.execute(sql, {"pairs": json.dumps(used), "limit": limit})
    return [_held(record) for record in found]


def holds_name_with(db: Database, folded: str) -> bool:
    """Whether any name contains a folded text.

    All of them are looked through, in an index: the table itself is ten times as large.
    """
    sql = "SELECT EXISTS (SELECT 1 FROM names INDEXED BY names_folded WHERE instr(folded, ?))"
    (found,) = db.execute(sql, [folded]).fetchone()
    return bool(found)


def names_of_kind(db: Database, kind: NameKind) -> Iterator[tuple[str, int]]:
    """The texts of all names of a kind with their uses, the most used first."""
    sql = "SELECT text, uses FROM names WHERE kind = ? ORDER BY uses DESC, text"
    yield from db.execute(sql, [kind])


def _bearers(db: Database, pair: str, most: int) -> int:
    """How many names have that pair of syllables, counted no further than ``most``."""
    sql = "SELECT count(*) FROM (SELECT 1 FROM name_sounds WHERE pair = ? LIMIT ?)"
    (count,) = db.execute(sql, [pair, most]).fetchone()
    return int(count)


def _held(record: tuple[str, ...]) -> HeldName:
    kind, text, code, uses, folded, heard = record
    return HeldName(Name(kind, text, code), int(uses), folded, tuple(heard.split(" ")))  # type: ignore[arg-type]
