"""What rests on each policy document, kept beside the disclosures that say so.

``reliers`` and ``reliances`` are derived from the records of one document;
``policies`` and ``policy_titles`` add up those of all current documents.  The sums are
changed by what a write changes, group by group: documents of one agency and year, in which
a project told in several disclosures is one amount (see :mod:`archive.store.policy_groups`).
All of it can be derived anew, and is, when the reading of titles, issuers or amounts has changed.

Functions take the connection and expect a transaction around them.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from zlib import crc32

from sqlite_utils import Database

from archive.citations import parse_number
from archive.citations.issuers import issuer_of
from archive.fold import FOLDING
from archive.model import Disclosure, Document, Target
from archive.policies.names import title_key, words
from archive.policies.reliances import Reliances, reliances_of
from archive.privacy import masked
from archive.store import facts, reading
from archive.store.bulk import batches, insert, next_key
from archive.store.places import dumps
from archive.store.policy_groups import (
    Gathered,
    forget_all,
    gathered,
    group_of,
    groups_held,
    write_group,
)

DERIVATION = 2
"""The version of what is derived here: raise it when the same records give other rows."""

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
    """What each group that a write touches added before it."""

    before: dict[str, Gathered]


def make_tables(db: Database) -> None:
    """The tables and indexes of this module; :func:`fill` fills them."""
    for statement in _TABLES:
        db.execute(statement)


def opened(db: Database, document: Document) -> Ledger:
    """What stands before ``document`` is written; give it to :func:`closed` afterwards."""
    groups = groups_held(db, [document.id]) | {group_of(document)}
    return Ledger({group: gathered(db, group) for group in sorted(groups)})


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
    after = {group: gathered(db, group) for group in ledger.before}
    _settle(db, ledger.before.values(), after.values())
    for group, before in ledger.before.items():
        write_group(db, group, before.shares, after[group])
    _drop_unused(db, gone)


def fill(db: Database) -> None:
    """Derive everything anew from the records of all documents."""
    for table in ("reliances", "reliers", "policy_titles", "policies"):
        db.execute(f"DELETE FROM {table}")  # noqa: S608
    forget_all(db)
    sql = """
        SELECT id FROM documents WHERE EXISTS (
            SELECT 1 FROM citations WHERE document_id = documents.id AND normal IS NOT NULL)
         ORDER BY sequence
    """
    ids = [identifier for (identifier,) in db.execute(sql).fetchall()]
    for identifier in ids:
        _write(db, identifier, _derived(db, identifier))
    for group in sorted(groups_held(db, ids)):
        found = gathered(db, group)
        _settle(db, (), (found,))
        write_group(db, group, (), found)
    facts.write(db, _FACT, _version())


def is_stale(db: Database) -> bool:
    """Whether what is kept was derived by another version of the rules or data."""
    return facts.read(db, _FACT) != _version()


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


def _settle(db: Database, before: Iterable[Gathered], after: Iterable[Gathered]) -> None:
    """Add to the sums what the groups add now, less what they added before."""
    sums: dict[int, list[int]] = defaultdict(lambda: [0, 0, 0, 0])
    titles: Counter[tuple[int, str]] = Counter()
    for sign, groups in ((-1, before), (1, after)):
        for group in groups:
            for policy, share in group.shares.items():
                sums[policy] = [
                    held + sign * added
                    for held, added in zip(sums[policy], share.values(), strict=True)
                ]
            for cited, times in group.titles.items():
                titles[cited] += sign * times
    changes = [(*changed, policy) for policy, changed in sums.items() if any(changed)]
    db.conn.executemany(
        """
        UPDATE policies SET reliances = reliances + ?, documents = documents + ?,
               amounts = amounts + ?, fen = fen + ? WHERE id = ?
        """,
        changes,
    )
    _settle_titles(db, titles)
    _seek(db, {policy for *_, policy in changes} | {policy for policy, _ in titles})


def _settle_titles(db: Database, changed: Counter[tuple[int, str]]) -> None:
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


def _seek(db: Database, policies: Iterable[int]) -> None:
    """Write anew what the register finds these policies by: words without punctuation, since
    the text of all is read through, and without mobile numbers."""
    sql = """
        SELECT normal, coalesce(body, ''), (
            SELECT group_concat(title, char(10)) FROM policy_titles WHERE policy_id = policies.id)
          FROM policies WHERE id = ?
    """
    for policy in policies:
        normal, body, titles = db.execute(sql, [policy]).fetchone()
        keys = dict.fromkeys(words(masked(title)) for title in (titles or "").split("\n"))
        text = "\n".join((normal, words(body), *keys))
        db.execute("UPDATE policies SET sought = ? WHERE id = ?", [text, policy])


def _drop_unused(db: Database, policies: list[int]) -> None:
    for placeholders, some in batches(policies):
        sql = f"""
            DELETE FROM policies WHERE id IN ({placeholders})
               AND NOT EXISTS (SELECT 1 FROM reliances WHERE policy_id = policies.id)
        """  # noqa: S608
        db.execute(sql, list(some))
