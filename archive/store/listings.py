"""Lists of all disclosures and agencies, kept in the order in which they are shown.

``agencies`` holds one row an agency with current disclosures, ``place`` being what regions
are sorted by, and ``documents.sought`` what a disclosure is found by where one is chosen;
both are folded without mobile numbers, which are not to be found by.  When the folding or the
list of regions changes, they are derived anew.

Functions that write expect a transaction.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from zlib import crc32

from sqlite_utils import Database

from archive.fold import FOLDING, fold
from archive.model import Document
from archive.privacy import masked
from archive.regions import region_of
from archive.store import facts
from archive.store.places import dumps
from archive.store.reading import read_some

DERIVATION = 1
"""To be raised when the same documents give other rows."""

_FACT = "listings"
_SEQUENCES = 10_000_000  # more than documents.sequence will count
NEWEST = f"max(coalesce(fiscal_year, 0) * {_SEQUENCES} + sequence)"
"""Beside it SQLite gives the columns of the newest year's newest document."""

_LISTED = (
    "coalesce(region, '～'), coalesce(agency, '～'), coalesce(fiscal_year, 0) DESC, kind, title, id"
)
"""By region and agency, those that do not say last, the newest year first."""

_TABLES = (
    "ALTER TABLE documents ADD COLUMN sought TEXT NOT NULL DEFAULT ''",
    f"CREATE INDEX documents_listed ON documents({_LISTED}) WHERE superseded_by IS NULL",
    """
    CREATE INDEX documents_superseded ON documents(superseded_by, id)
     WHERE superseded_by IS NOT NULL
    """,
    """
    CREATE TABLE agencies (
        key TEXT PRIMARY KEY,
        name TEXT NOT NULL,
        region TEXT,
        place TEXT NOT NULL,
        province TEXT NOT NULL,
        disclosures INTEGER NOT NULL,
        years TEXT,
        sought TEXT NOT NULL
    ) WITHOUT ROWID
    """,
    "CREATE INDEX agencies_listed ON agencies(place, name)",
)


@dataclass(frozen=True, slots=True)
class Listed:
    """Some disclosures of ``total``, in order."""

    total: int
    documents: tuple[Document, ...]


def make_tables(db: Database) -> None:
    """The table, column and indexes of this module; :func:`fill` fills them."""
    for statement in _TABLES:
        db.execute(statement)


def is_stale(db: Database) -> bool:
    """Whether what is kept was derived by another version of the rules or data."""
    return facts.read(db, _FACT) != _version()


def fill(db: Database) -> None:
    """Derive everything anew from the documents."""
    ids = [id_ for (id_,) in db.execute("SELECT id FROM documents")]
    for document in read_some(db, ids).values():
        db.execute("UPDATE documents SET sought = ? WHERE id = ?", [sought(document), document.id])
    db.execute("DELETE FROM agencies")
    write_agencies(db, [key for (key,) in db.execute("SELECT DISTINCT agency_key FROM documents")])
    facts.write(db, _FACT, _version())


def sought(document: Document) -> str:
    """What a disclosure is found by: title, agency, year and kind."""
    year = document.fiscal_year or ""
    return _folded(f"{document.title} {document.agency or ''} {year} {document.kind}")


def write_agencies(db: Database, keys: Iterable[str | None]) -> None:
    """Write the agencies of these keys as their current disclosures are now."""
    sql = f"""
        SELECT agency, region, count(*), group_concat(DISTINCT fiscal_year), {NEWEST}
          FROM documents WHERE superseded_by IS NULL AND agency_key = ?
    """  # noqa: S608
    for key in {key for key in keys if key}:
        name, region, disclosures, years, _ = db.execute(sql, [key]).fetchone()
        db.execute("DELETE FROM agencies WHERE key = ?", [key])
        if disclosures:
            province = (region or "").partition("/")[0]
            db.execute(
                "INSERT INTO agencies VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                [key, name, region, "".join(region_order(region)), province, disclosures, years,
                 _folded(f"{name}/{region or ''}")],
            )  # fmt: skip


def listed(db: Database, limit: int, offset: int) -> Listed:
    """Some of all current disclosures by region, agency and year."""
    (total,) = db.execute("SELECT count(*) FROM documents WHERE superseded_by IS NULL").fetchone()
    return Listed(total, _read(db, f"ORDER BY {_LISTED} LIMIT ? OFFSET ?", [limit, offset]))


def agency_names(db: Database) -> tuple[str, ...]:
    """The different names of agencies in current disclosures, sorted."""
    sql = """
        SELECT DISTINCT agency FROM documents
         WHERE superseded_by IS NULL AND agency <> '' ORDER BY agency
    """
    return tuple(name for (name,) in db.execute(sql))


def offered(
    db: Database, words: Sequence[str], beside: Sequence[Document], limit: int
) -> tuple[Document, ...]:
    """Current disclosures to choose from that are not ``beside``: those that hold all of the
    folded words, else the nearest to the first of ``beside``, its agency's other years first."""
    condition = "AND id NOT IN (SELECT value FROM json_each(?))"
    asked: list[object] = [dumps([one.id for one in beside])]
    order = _LISTED
    if words:
        condition += " AND instr(sought, ?)" * len(words)
        asked += words
    elif beside:
        first = beside[0]
        distance = "agency IS NOT ?, kind <> ?, region IS NOT ?, abs(coalesce(fiscal_year, 0) - ?)"
        order = f"{distance}, {_LISTED}"
        asked += [first.agency, first.kind, first.region, first.fiscal_year or 0]
    return _read(db, f"{condition} ORDER BY {order} LIMIT ?", [*asked, limit])


@cache
def region_order(path: str | None) -> tuple[str, str]:
    """What regions are sorted by: their code, those unknown to the official list last."""
    found = region_of((path or "").replace("/", ""))
    return (found.code, "") if found else ("~", path or "~")


def _read(db: Database, chosen: str, asked: Sequence[object]) -> tuple[Document, ...]:
    """Of the current disclosures; the table itself is asked for their order, since its indexes
    hold what is printed and not what is shown."""
    sql = f"SELECT id FROM main.documents WHERE superseded_by IS NULL {chosen}"  # noqa: S608
    ids = [id_ for (id_,) in db.execute(sql, asked)]
    found = read_some(db, ids)
    return tuple(found[id_] for id_ in ids)


def _folded(text: str) -> str:
    return fold(masked(text))


@cache
def _version() -> str:
    regions = (files("archive") / "data" / "regions.csv").read_bytes()
    return f"{DERIVATION}.{FOLDING}.{crc32(regions):08x}"
