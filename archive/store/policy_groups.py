"""What the documents of one agency and year add to the policies that they rely on.

Such documents are a group: a project that several of them tell is one amount (see
:data:`KIND_RANK`), so that sums are made and kept group by group.  A group's text is the
agency's key and the year, or the id of a document that lacks either.

* ``reliances.standing`` is 1 where the amount counts, 0 where it does not or there is none,
  and NULL in a superseded version; ``year`` and ``fen`` repeat what the document and the
  relier say, so that one index gives the largest amounts of a policy.
* ``policies.sought`` is what the register finds a policy by: its number, body and titles.
* ``policy_groups`` holds what each group adds to each policy: a page of a policy that is
  cited everywhere reads the groups that it shows.
* ``groups_cited`` holds the ids of the policies that the reliers of a group cite, one relier
  after the other, as little-endian int32, the first of each relier negative: what is cited
  together is counted in them.

Functions take the connection and expect a transaction around them.
"""

from __future__ import annotations

import json
import sys
from array import array
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from sqlite_utils import Database

from archive import agencies
from archive.model import Document
from archive.store.bulk import batches, insert

KIND_RANK = (
    "CASE d.kind WHEN '部门预算' THEN 0 WHEN '单位预算' THEN 1 WHEN '部门决算' THEN 2 "
    "WHEN '单位决算' THEN 3 ELSE 4 END"
)
"""Which disclosure of an agency's year says a project's amount: budget before accounts."""

_GROUP = (
    "CASE WHEN d.agency_key IS NULL OR d.fiscal_year IS NULL THEN d.id "
    "ELSE d.agency_key || '/' || d.fiscal_year END"
)
_TABLES = (
    "ALTER TABLE policies ADD COLUMN sought TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE reliances ADD COLUMN year INTEGER",
    "ALTER TABLE reliances ADD COLUMN fen INTEGER",
    "ALTER TABLE reliances ADD COLUMN standing INTEGER",
    """
    CREATE INDEX reliances_dearest ON reliances(policy_id, standing DESC, fen DESC, year DESC)
     WHERE standing IS NOT NULL
    """,
    """
    CREATE TABLE policy_groups (
        policy_id INTEGER NOT NULL,
        grp TEXT NOT NULL,
        year INTEGER,
        agency TEXT NOT NULL,
        reliances INTEGER NOT NULL,
        amounts INTEGER NOT NULL,
        fen INTEGER NOT NULL,
        PRIMARY KEY (policy_id, grp)
    ) WITHOUT ROWID
    """,
    "CREATE INDEX policy_groups_listed ON policy_groups(policy_id, year DESC, agency)",
    """
    CREATE TABLE groups_cited (
        grp TEXT PRIMARY KEY,
        policies BLOB NOT NULL
    ) WITHOUT ROWID
    """,
)

_Standing = tuple[int, int | None, int | None, int, str, int]


@dataclass(slots=True)
class Share:
    """What some documents add to a policy: reliances, documents, amounts and their fen."""

    reliances: int = 0
    documents: int = 0
    amounts: int = 0
    fen: int = 0

    def values(self) -> tuple[int, int, int, int]:
        """The sums in the order of the columns of ``policies``."""
        return self.reliances, self.documents, self.amounts, self.fen


@dataclass(slots=True)
class Gathered:
    """What the current documents of a group add.

    ``agency`` is the name that its first document prints, or that document's title;
    ``superseded`` are the documents of the group that add nothing.
    """

    agency: str = ""
    year: int | None = None
    shares: dict[int, Share] = field(default_factory=lambda: defaultdict(Share))
    titles: Counter[tuple[int, str]] = field(default_factory=Counter)
    standings: list[_Standing] = field(default_factory=list)
    cited: list[int] = field(default_factory=list)
    superseded: list[str] = field(default_factory=list)


def make_tables(db: Database) -> None:
    """The tables, columns and indexes of this module; what is derived fills them."""
    for statement in _TABLES:
        db.execute(statement)


def forget_all(db: Database) -> None:
    """Empty the tables of this module."""
    for table in ("policy_groups", "groups_cited"):
        db.execute(f"DELETE FROM {table}")  # noqa: S608


def group_of(document: Document) -> str:
    """The group that a document belongs to."""
    key = agencies.key(document.agency) if document.agency else None
    if key is None or document.fiscal_year is None:
        return document.id
    return f"{key}/{document.fiscal_year}"


def groups_held(db: Database, ids: list[str]) -> set[str]:
    """The groups of these documents as the archive holds them now."""
    found: set[str] = set()
    for placeholders, some in batches(ids):
        sql = f"SELECT {_GROUP} FROM documents AS d WHERE id IN ({placeholders})"  # noqa: S608
        found.update(group for (group,) in db.execute(sql, list(some)))
    return found


def documents_of(db: Database, group: str) -> list[tuple[str, bool]]:
    """The documents of a group and whether they are current, that which counts first."""
    key, _, year = group.rpartition("/")
    where, asked = ("d.agency_key = ? AND d.fiscal_year = ?", [key, year]) if key else (
        "d.id = ? AND (d.agency_key IS NULL OR d.fiscal_year IS NULL)", [year]
    )  # fmt: skip
    sql = f"""
        SELECT d.id, d.superseded_by IS NULL FROM documents AS d
         WHERE {where} ORDER BY {KIND_RANK}, d.id
    """  # noqa: S608
    return [(id_, bool(current)) for id_, current in db.execute(sql, asked).fetchall()]


def gathered(db: Database, group: str) -> Gathered:
    """What the documents of a group add, as their reliances stand now."""
    found = Gathered()
    counted: set[tuple[int, str]] = set()
    for document_id, is_current in documents_of(db, group):
        if not is_current:
            found.superseded.append(document_id)
            continue
        if not found.agency:
            sql = "SELECT coalesce(agency, title), fiscal_year FROM documents WHERE id = ?"
            found.agency, found.year = db.execute(sql, [document_id]).fetchone()
        _gather(db, document_id, found, counted)
    return found


def write_group(db: Database, group: str, before: Iterable[int], after: Gathered) -> None:
    """Write what a group adds now; ``before`` are the policies that it added to."""
    gone = [(policy, group) for policy in before if policy not in after.shares]
    db.conn.executemany("DELETE FROM policy_groups WHERE policy_id = ? AND grp = ?", gone)
    db.conn.executemany(
        "INSERT OR REPLACE INTO policy_groups VALUES (?, ?, ?, ?, ?, ?, ?)",
        [
            (policy, group, after.year, after.agency, share.reliances, share.amounts, share.fen)
            for policy, share in after.shares.items()
        ],
    )
    db.execute("DELETE FROM groups_cited WHERE grp = ?", [group])
    if after.cited:
        insert(db, "groups_cited", ("grp", "policies"), [(group, _packed(after.cited))])
    _write_standings(db, after)


def _gather(db: Database, document_id: str, found: Gathered, counted: set[tuple[int, str]]) -> None:
    sql = """
        SELECT policy_id, reliances.relier, titles, money_key, reliers.fen
          FROM reliances JOIN reliers USING (document_id, relier)
         WHERE document_id = ? ORDER BY reliances.relier, policy_id
    """
    cited: set[int] = set()
    last = None
    for policy, relier, titles, key, fen in db.execute(sql, [document_id]):
        share = found.shares[policy]
        share.reliances += 1
        share.documents += policy not in cited
        cited.add(policy)
        found.titles.update((policy, title) for title in json.loads(titles))
        counts = fen is not None and (policy, key) not in counted
        if counts:
            counted.add((policy, key))
            share.amounts += 1
            share.fen += fen
        found.standings.append((int(counts), found.year, fen, policy, document_id, relier))
        found.cited.append(policy if relier == last else -policy)
        last = relier


def _write_standings(db: Database, after: Gathered) -> None:
    db.conn.executemany(
        """
        UPDATE reliances SET standing = ?1, year = ?2, fen = ?3
         WHERE policy_id = ?4 AND document_id = ?5 AND relier = ?6
           AND (standing IS NOT ?1 OR year IS NOT ?2 OR fen IS NOT ?3)
        """,
        after.standings,
    )
    db.conn.executemany(
        "UPDATE reliances SET standing = NULL WHERE document_id = ? AND standing IS NOT NULL",
        [(document_id,) for document_id in after.superseded],
    )


def _packed(values: Iterable[int]) -> bytes:
    packed = array("i", values)
    if sys.byteorder == "big":
        packed.byteswap()
    return packed.tobytes()
