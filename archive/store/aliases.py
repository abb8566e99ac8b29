"""The keeper's own names of agencies, beside those of ``archive/data/agencies.csv``.

``documents.agency_read`` is the agency as the document was identified; ``documents.agency``
the name that the archive gives it.  A change of the table writes the documents that it bears
on anew, with all that is derived from the agency: series, names, policies, what the index owes.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from sqlite_utils import Database

from archive.agencies import canonical, cleaned
from archive.errors import ArchiveError
from archive.fold import fold
from archive.model import Disclosure

LONGEST = 80

_TABLES = (
    "ALTER TABLE documents ADD COLUMN agency_read TEXT",
    "UPDATE documents SET agency_read = agency",
    """
    CREATE TABLE agency_aliases (
        folded TEXT PRIMARY KEY,
        alias TEXT NOT NULL,
        canonical TEXT NOT NULL
    ) WITHOUT ROWID
    """,
)


class UnfitAlias(ArchiveError):
    """An alias that names nothing, or leads nowhere."""


@dataclass(frozen=True, slots=True)
class Alias:
    """A name that documents print, and the one under which the archive keeps the agency."""

    alias: str
    canonical: str


def make_tables(db: Database) -> None:
    """Make room for aliases; every document keeps its agency."""
    for statement in _TABLES:
        db.execute(statement)


def read_aliases(db: Database) -> list[Alias]:
    """All aliases by the name they lead to."""
    sql = "SELECT alias, canonical FROM agency_aliases ORDER BY canonical, alias"
    return [Alias(*record) for record in db.execute(sql)]


def write_alias(db: Database, alias: str, kept: str) -> None:
    """Add an alias or change where it leads; raises :class:`UnfitAlias`."""
    printed, name = cleaned(alias), canonical(kept)
    if not printed or not name:
        raise UnfitAlias("两个名称都要填写。")
    if max(len(printed), len(name)) > LONGEST:
        raise UnfitAlias(f"名称太长：最多 {LONGEST} 个字。")
    if fold(printed) == fold(name):
        raise UnfitAlias("两个名称相同，不需要对照。")
    if _led_to(db, name) != name:
        raise UnfitAlias(f"“{name}”本身是别名，请直接填写它所指的名称。")
    sql = "SELECT alias FROM agency_aliases WHERE canonical = ?"
    if found := db.execute(sql, [printed]).fetchone():
        raise UnfitAlias(f"“{found[0]}”已指向“{printed}”，请先删除那一条。")
    sql = "INSERT OR REPLACE INTO agency_aliases VALUES (?, ?, ?)"
    db.conn.execute(sql, [fold(printed), printed, name])


def forget_alias(db: Database, alias: str) -> None:
    """Remove an alias; one that is not there is no error."""
    db.conn.execute("DELETE FROM agency_aliases WHERE folded = ?", [fold(cleaned(alias))])


def under_kept_name(db: Database, disclosure: Disclosure) -> Disclosure:
    """The disclosure under the name that the archive gives its agency."""
    document = disclosure.document
    if not document.agency:
        return disclosure
    return replace(disclosure, document=replace(document, agency=_led_to(db, document.agency)))


def documents_to_rename(db: Database) -> list[tuple[str, str]]:
    """Documents that are not kept under the name that the aliases ask for: their ids, and
    the agencies as they were identified."""
    sql = "SELECT id, agency_read, agency FROM documents WHERE agency_read IS NOT NULL"
    found = db.execute(sql).fetchall()
    return [(id_, read) for id_, read, agency in found if _led_to(db, read) != agency]


def _led_to(db: Database, name: str) -> str:
    sql = "SELECT canonical FROM agency_aliases WHERE folded = ?"
    found = db.execute(sql, [fold(cleaned(name))]).fetchone()
    return str(found[0]) if found else name
