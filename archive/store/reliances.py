"""What rests on each policy document, kept beside the disclosures that say so.

``reliers`` and ``reliances`` are derived from the records of one document;
``policies`` and ``policy_titles`` add up those of all current documents.  The sums are
changed by what a write changes, group by group: documents of one agency and year, in which
a project told in several disclosures is one amount (see :data:`KIND_RANK`).  All of it can
be derived anew, and is, when the reading of titles, issuers or amounts has changed.

Functions take the connection and expect a transaction around them.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from zlib import crc32

from sqlite_utils import Database

from archive import agencies
from archive.citations import parse_number
from archive.citations.issuers import issuer_of
from archive.fold import FOLDING
from archive.model import Disclosure, Document, Target
from archive.policies.names import title_key
from archive.policies.reliances import Reliances, reliances_of
from archive.store import reading
from archive.store.bulk import batches, insert, next_key
from archive.store.places import dumps

DERIVATION = 1
"""The version of what is derived here: raise it when the same records give other rows."""

KIND_RANK = (
    "CASE d.kind WHEN '部门预算' THEN 0 WHEN '单位预算' THEN 1 WHEN '部门决算' THEN 2 "
    "WHEN '单位决算' THEN 3 ELSE 4 END"
)
"""Which disclosure of an agency's year says a project's amount: budget before accounts."""

GROUP = (
    "CASE WHEN d.agency_key IS NULL OR d.fiscal_year IS NULL THEN d.id "
    "ELSE d.agency_key || '/' || d.fiscal_year END"
)
_FACT = "policies"

_TABLES = (
    """
    CREATE TABLE policies (
        id INTEGER PRIMARY KEY,
        normal TEXT NOT NULL UNIQUE,
        issuer TEXT,
        body TEXT,
        level TEXT,
        year INTEGER,
        number INTEGER,
        reliances INTEGER NOT NULL DEFAULT 0,
        documents INTEGER NOT NULL DEFAULT 0,
        amounts INTEGER NOT NULL DEFAULT 0,
        fen INTEGER NOT NULL DEFAULT 0
    )
    """,
    "CREATE INDEX policies_relied ON policies(reliances DESC, normal)",
    "CREATE INDEX policies_money ON policies(fen DESC, reliances DESC, normal)",
    "CREATE INDEX policies_number ON policies(year, number)",
    "CREATE INDEX policies_issuer ON policies(issuer, number, year)",
    "CREATE INDEX policies_body ON policies(body)",
    """
    CREATE TABLE policy_titles (
        policy_id INTEGER NOT NULL REFERENCES policies(id) ON DELETE CASCADE,
        title TEXT NOT NULL,
        title_key TEXT NOT NULL,
        mentions INTEGER NOT NULL,
        PRIMARY KEY (policy_id, title)
    ) WITHOUT ROWID
    """,
    "CREATE INDEX policy_titles_key ON policy_titles(title_key)",
    """
    CREATE TABLE reliers (
        document_id TEXT NOT NULL REFERENCES documents(id) ON DELETE CASCADE,
        relier INTEGER NOT NULL,
        kind TEXT NOT NULL,
        name TEXT NOT NULL,
        target_kind TEXT NOT NULL,
        target_id TEXT NOT NULL,
        target_row TEXT,
        rows TEXT NOT NULL,
        money_key TEXT,
        fen INTEGER,
        PRIMARY KEY (document_id, relier)
    ) WITHOUT ROWID
    """,
    """
    CREATE TABLE reliances (
        policy_id INTEGER NOT NULL REFERENCES policies(id),
        document_id TEXT NOT NULL REFERENCES documents(id) ON DELETE CASCADE,
        relier INTEGER NOT NULL,
        places TEXT NOT NULL,
        titles TEXT NOT NULL,
        PRIMARY KEY (policy_id, document_id, relier)
    ) WITHOUT ROWID
    """,
    "CREATE INDEX reliances_relier ON reliances(document_id, relier)",
    "CREATE INDEX citations_untitled ON citations(title) WHERE normal IS NULL",
)


@dataclass(frozen=True, slots=True)
class Ledger:
    """What the groups that a write touches added to each policy before it."""

    groups: tuple[str, ...]
    before: _Shares


@dataclass(slots=True)
class _Share:
    """What some documents add to a policy: reliances, documents, amounts and their fen."""

    reliances: int = 0
    documents: int = 0
    amounts: int = 0
    fen: int = 0

    def values(self) -> tuple[int, int, int, int]:
        return self.reliances, self.documents, self.amounts, self.fen


@dataclass(frozen=True, slots=True)
class _Shares:
    policies: dict[int, _Share]
    titles: Counter[tuple[int, str]]


def make_tables(db: Database) -> None:
    """The tables and indexes of this module; :func:`fill` fills them."""
    for statement in _TABLES:
        db.execute(statement)


def opened(db: Database, document: Document) -> Ledger:
    """What stands before ``document`` is written; give it to :func:`closed` afterwards."""
    held = _groups(db, [document.id])
    groups = tuple(sorted({*held, _group(document)}))
    return Ledger(groups, _shares(db, groups))


def closed(db: Database, ledger: Ledger, disclosure: Disclosure) -> None:
    """Derive the document's reliances anew and settle the sums that they change."""
    document_id = disclosure.document.id
    gone = _forget(db, document_id)
    headings = {section.id: section.heading for section in disclosure.sections}
    found = reliances_of(
        disclosure.citations,
        disclosure.projects,
        disclosure.tables,
        disclosure.indicators,
        headings,
    )
    _write(db, document_id, found)
    _settle(db, ledger.before, _shares(db, ledger.groups))
    _drop_unused(db, gone)


def fill(db: Database) -> None:
    """Derive everything anew from the records of all documents."""
    for table in ("reliances", "reliers", "policy_titles", "policies"):
        db.execute(f"DELETE FROM {table}")  # noqa: S608
    sql = """
        SELECT id FROM documents WHERE EXISTS (
            SELECT 1 FROM citations WHERE document_id = documents.id AND normal IS NOT NULL)
         ORDER BY sequence
    """
    ids = [identifier for (identifier,) in db.execute(sql).fetchall()]
    for identifier in ids:
        _write(db, identifier, _derived(db, identifier))
    for group in sorted(_groups(db, ids)):
        _settle(db, _Shares({}, Counter()), _shares(db, (group,)))
    db.table("facts", pk="name").upsert({"name": _FACT, "value": _version()})


def is_stale(db: Database) -> bool:
    """Whether what is kept was derived by another version of the rules or data."""
    held = db.execute("SELECT value FROM facts WHERE name = ?", [_FACT]).fetchone()
    return held is None or held[0] != _version()


@cache
def _version() -> str:
    issuers = (files("archive") / "data" / "issuers.csv").read_bytes()
    return f"{DERIVATION}.{FOLDING}.{crc32(issuers):08x}"


def _derived(db: Database, document_id: str) -> Reliances:
    sql = "SELECT id, heading FROM sections WHERE document_id = ?"
    headings = dict(db.execute(sql, [document_id]).fetchall())
    return reliances_of(
        reading.read_citations(db, document_id),
        reading.read_projects(db, document_id),
        reading.read_tables(db, document_id),
        reading.read_indicators(db, document_id),
        headings,
    )


def _forget(db: Database, document_id: str) -> list[int]:
    """Delete a document's reliances; gives the policies that it relied on."""
    sql = "SELECT DISTINCT policy_id FROM reliances WHERE document_id = ?"
    policies = [policy for (policy,) in db.execute(sql, [document_id]).fetchall()]
    db.execute("DELETE FROM reliances WHERE document_id = ?", [document_id])
    db.execute("DELETE FROM reliers WHERE document_id = ?", [document_id])
    return policies


def _write(db: Database, document_id: str, found: Reliances) -> None:
    ids = _policy_ids(db, list(dict.fromkeys(one.normal for one in found.reliances)))
    insert(
        db,
        "reliers",
        ("document_id", "relier", "kind", "name", "target_kind", "target_id", "target_row",
         "rows", "money_key", "fen"),
        (
            (document_id, index, one.kind, one.name, one.target.kind, one.target.id,
             one.target.row, _targets(one.rows), one.money_key, one.fen)
            for index, one in enumerate(found.reliers)
        ),
    )  # fmt: skip
    insert(
        db,
        "reliances",
        ("policy_id", "document_id", "relier", "places", "titles"),
        (
            (ids[one.normal], document_id, one.relier, _targets(one.places), dumps(one.titles))
            for one in found.reliances
        ),
    )


def _targets(targets: Iterable[Target]) -> str:
    return dumps([[target.kind, target.id, target.row] for target in targets])


def _policy_ids(db: Database, normals: list[str]) -> dict[str, int]:
    """The id of each number; those not yet known are added in order."""
    ids: dict[str, int] = {}
    for placeholders, some in batches(normals):
        sql = f"SELECT normal, id FROM policies WHERE normal IN ({placeholders})"  # noqa: S608
        ids.update(dict(db.execute(sql, list(some)).fetchall()))
    new = [normal for normal in normals if normal not in ids]
    added = list(enumerate(new, next_key(db, "policies", "id")))
    insert(
        db,
        "policies",
        ("id", "normal", "issuer", "body", "level", "year", "number"),
        ((identifier, normal, *_identity(normal)) for identifier, normal in added),
    )
    return ids | {normal: identifier for identifier, normal in added}


def _identity(normal: str) -> tuple[str | None, str | None, str | None, int | None, int | None]:
    number = parse_number(normal)
    if number is None:
        return None, None, None, None, None
    issuer = issuer_of(number.issuer)
    body, level = (issuer.body, issuer.level) if issuer else (None, None)
    return number.issuer, body, level, number.year, number.number


def _group(document: Document) -> str:
    key = agencies.key(document.agency) if document.agency else None
    if key is None or document.fiscal_year is None:
        return document.id
    return f"{key}/{document.fiscal_year}"


def _groups(db: Database, ids: list[str]) -> set[str]:
    found: set[str] = set()
    for placeholders, some in batches(ids):
        sql = f"SELECT {GROUP} FROM documents AS d WHERE id IN ({placeholders})"  # noqa: S608
        found.update(group for (group,) in db.execute(sql, list(some)))
    return found


def _documents_of(db: Database, group: str) -> list[tuple[str, int]]:
    """The current documents of a group with their rank, by way of the index on agencies."""
    key, _, year = group.rpartition("/")
    where, asked = ("d.agency_key = ? AND d.fiscal_year = ?", [key, year]) if key else (
        "d.id = ? AND (d.agency_key IS NULL OR d.fiscal_year IS NULL)", [year]
    )  # fmt: skip
    sql = f"""
        SELECT d.id, {KIND_RANK} FROM documents AS d
         WHERE {where} AND d.superseded_by IS NULL
    """  # noqa: S608
    return [(id_, rank) for id_, rank in db.execute(sql, asked).fetchall()]


def _shares(db: Database, groups: Iterable[str]) -> _Shares:
    shares: dict[int, _Share] = defaultdict(_Share)
    titles: Counter[tuple[int, str]] = Counter()
    sql = """
        SELECT policy_id, titles, money_key, fen
          FROM reliances JOIN reliers USING (document_id, relier) WHERE document_id = ?
    """
    for group in groups:
        counted: set[tuple[int, str]] = set()
        for document_id, _ in sorted(_documents_of(db, group), key=lambda one: one[::-1]):
            cited: set[int] = set()
            for policy, titled, key, fen in db.execute(sql, [document_id]):
                share = shares[policy]
                share.reliances += 1
                share.documents += policy not in cited
                cited.add(policy)
                titles.update((policy, title) for title in json.loads(titled))
                if fen is not None and (policy, key) not in counted:
                    counted.add((policy, key))
                    share.amounts += 1
                    share.fen += fen
    return _Shares(dict(shares), titles)


def _settle(db: Database, before: _Shares, after: _Shares) -> None:
    """Add to the sums what the groups add now, less what they added before."""
    nothing = _Share()
    changes = []
    for policy in before.policies.keys() | after.policies.keys():
        old = before.policies.get(policy, nothing).values()
        new = after.policies.get(policy, nothing).values()
        if old != new:
            changes.append((*(n - o for n, o in zip(new, old, strict=True)), policy))
    db.conn.executemany(
        """
        UPDATE policies SET reliances = reliances + ?, documents = documents + ?,
               amounts = amounts + ?, fen = fen + ? WHERE id = ?
        """,
        changes,
    )
    _settle_titles(db, before.titles, after.titles)


def _settle_titles(
    db: Database, before: Counter[tuple[int, str]], after: Counter[tuple[int, str]]
) -> None:
    changed = {key: after[key] - before[key] for key in before.keys() | after.keys()}
    db.conn.executemany(
        """
        INSERT INTO policy_titles (policy_id, title, title_key, mentions) VALUES (?, ?, ?, ?)
            ON CONFLICT DO UPDATE SET mentions = mentions + excluded.mentions
        """,
        [
            (policy, title, title_key(title), change)
            for (policy, title), change in sorted(changed.items())
            if change
        ],
    )
    lessened = sorted({policy for (policy, _), change in changed.items() if change < 0})
    for placeholders, some in batches(lessened):
        where = f"policy_id IN ({placeholders}) AND mentions <= 0"
        db.execute(f"DELETE FROM policy_titles WHERE {where}", list(some))  # noqa: S608


def _drop_unused(db: Database, policies: list[int]) -> None:
    for placeholders, some in batches(policies):
        sql = f"""
            DELETE FROM policies WHERE id IN ({placeholders})
               AND NOT EXISTS (SELECT 1 FROM reliances WHERE policy_id = policies.id)
        """  # noqa: S608
        db.execute(sql, list(some))
