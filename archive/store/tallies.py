"""Sums over all current disclosures, kept so that no page has to add up an archive.

``functional_sums`` adds up what is printed for each functional item in a year and kind of
disclosure, ``finding_sums`` and ``finding_agencies`` count findings, ``region_sums`` what is
held of each province and division right below it.  A year of 0 and an empty region are not
told.  Beside each finding stand what it is sorted and filtered by: ``grade`` counts the
severities from the gravest, ``size`` is the difference in fen, and ``current`` is 0 in a
superseded version.

A write changes the sums by what its documents add after it, less what they added before.
Functions take the connection and expect a transaction around them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from sqlite_utils import Database

from archive.store.places import dumps

_TABLES = (
    """
    CREATE TABLE functional_sums (
        code TEXT NOT NULL,
        fiscal_year INTEGER NOT NULL,
        kind TEXT NOT NULL,
        disclosures INTEGER NOT NULL,
        fen INTEGER NOT NULL,
        PRIMARY KEY (code, fiscal_year, kind)
    ) WITHOUT ROWID
    """,
    """
    CREATE TABLE finding_sums (
        rule TEXT NOT NULL,
        severity TEXT NOT NULL,
        fiscal_year INTEGER NOT NULL,
        findings INTEGER NOT NULL,
        PRIMARY KEY (rule, severity, fiscal_year)
    ) WITHOUT ROWID
    """,
    """
    CREATE TABLE finding_agencies (
        agency TEXT NOT NULL,
        severity TEXT NOT NULL,
        findings INTEGER NOT NULL,
        PRIMARY KEY (agency, severity)
    ) WITHOUT ROWID
    """,
    """
    CREATE TABLE region_sums (
        province TEXT NOT NULL,
        division TEXT NOT NULL,
        fiscal_year INTEGER NOT NULL,
        disclosures INTEGER NOT NULL,
        "tables" INTEGER NOT NULL,
        "rows" INTEGER NOT NULL,
        projects INTEGER NOT NULL,
        PRIMARY KEY (province, division, fiscal_year)
    ) WITHOUT ROWID
    """,
    "ALTER TABLE findings ADD COLUMN grade INTEGER NOT NULL DEFAULT 0",
    "ALTER TABLE findings ADD COLUMN size INTEGER NOT NULL DEFAULT 0",
    "ALTER TABLE findings ADD COLUMN fiscal_year INTEGER",
    "ALTER TABLE findings ADD COLUMN current INTEGER NOT NULL DEFAULT 1",
    """
    CREATE INDEX findings_graded
        ON findings(grade, size DESC, fiscal_year DESC, document_id, ordinal, current)
     WHERE current
    """,
    """
    CREATE INDEX findings_ruled
        ON findings(rule, grade, size DESC, fiscal_year DESC, document_id, ordinal, current)
     WHERE current
    """,
)
_GRADE = "CASE severity WHEN '差错' THEN 0 WHEN '提示' THEN 1 ELSE 2 END"
_OF_SOME = "document_id IN (SELECT value FROM json_each(?))"

_Key = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class _Sum:
    """A table of sums: ``select`` gives its key and what some documents add to it."""

    table: str
    key: tuple[str, ...]
    added: tuple[str, ...]
    select: str


_FUNCTIONAL = _Sum(
    "functional_sums",
    ("code", "fiscal_year", "kind"),
    ("disclosures", "fen"),
    """
    SELECT code, coalesce(a.fiscal_year, 0), a.kind, sum(is_first), coalesce(sum(fen), 0)
      FROM functional_amounts AS a JOIN documents AS d ON d.id = document_id
     WHERE superseded_by IS NULL AND {} GROUP BY 1, 2, 3
    """,
)
_SUMS = (
    _FUNCTIONAL,
    _Sum(
        "region_sums",
        ("province", "division", "fiscal_year"),
        ("disclosures", '"tables"', '"rows"', "projects"),
        """
        SELECT province, substr(below, 1, instr(below || '/', '/') - 1), coalesce(fiscal_year, 0),
               count(*), sum("tables"), sum("rows"), sum(projects)
          FROM (SELECT substr(path, 1, instr(path || '/', '/') - 1) AS province,
                       substr(path, instr(path || '/', '/') + 1) AS below, *
                  FROM (SELECT coalesce(region, '') AS path, id AS document_id, * FROM documents))
         WHERE superseded_by IS NULL AND {} GROUP BY 1, 2, 3
        """,
    ),
    _Sum(
        "finding_sums",
        ("rule", "severity", "fiscal_year"),
        ("findings",),
        """
        SELECT rule, severity, coalesce(d.fiscal_year, 0), count(*)
          FROM findings JOIN documents AS d ON d.id = document_id
         WHERE superseded_by IS NULL AND {} GROUP BY 1, 2, 3
        """,
    ),
    _Sum(
        "finding_agencies",
        ("agency", "severity"),
        ("findings",),
        """
        SELECT agency, severity, count(*) FROM findings JOIN documents AS d ON d.id = document_id
         WHERE superseded_by IS NULL AND agency IS NOT NULL AND {} GROUP BY 1, 2
        """,
    ),
)


def make_tables(db: Database) -> None:
    """The tables, columns and indexes of this module, filled from what the archive holds."""
    for statement in _TABLES:
        db.execute(statement)
    fill(db)


def fill(db: Database) -> None:
    """Add up everything into tables that are empty."""
    _mark(db, "1")
    for one in _SUMS:
        _fill(db, one)


def fill_functional(db: Database) -> None:
    """Add up anew what is printed for functional items."""
    db.execute("DELETE FROM functional_sums")
    _fill(db, _FUNCTIONAL)


@contextmanager
def kept(db: Database, ids: Iterable[str]) -> Iterator[None]:
    """A block that writes some of these documents, or makes them current or superseded."""
    some = [dumps(sorted(ids))]
    before = [_added(db, one, some) for one in _SUMS]
    yield
    _mark(db, _OF_SOME, some)
    for one, earlier in zip(_SUMS, before, strict=True):
        _change(db, one, earlier, _added(db, one, some))


def _mark(db: Database, condition: str, asked: Sequence[str] = ()) -> None:
    """Note beside findings what they are sorted and filtered by."""
    sql = f"""
        UPDATE findings SET grade = {_GRADE}, size = coalesce(difference, 0),
               (fiscal_year, current) = (
                   SELECT fiscal_year, superseded_by IS NULL FROM documents WHERE id = document_id)
         WHERE {condition}
    """  # noqa: S608
    db.execute(sql, asked)


def _added(db: Database, one: _Sum, some: Sequence[str]) -> dict[_Key, tuple[int, ...]]:
    """What some documents add, by the key of the table."""
    width = len(one.key)
    return {row[:width]: row[width:] for row in db.execute(one.select.format(_OF_SOME), some)}


def _fill(db: Database, one: _Sum) -> None:
    db.execute(f"INSERT INTO {one.table} {one.select.format('1')}")


def _change(
    db: Database,
    one: _Sum,
    before: dict[_Key, tuple[int, ...]],
    after: dict[_Key, tuple[int, ...]],
) -> None:
    nothing = (0,) * len(one.added)
    changes = []
    for key in before.keys() | after.keys():
        pairs = zip(before.get(key, nothing), after.get(key, nothing), strict=True)
        if any(change := [new - old for old, new in pairs]):
            changes.append((*key, *change))
    columns, marks = (*one.key, *one.added), ", ".join("?" * (len(one.key) + len(one.added)))
    grown = ", ".join(f"{name} = {name} + excluded.{name}" for name in one.added)
    db.conn.executemany(
        f"INSERT INTO {one.table} ({', '.join(columns)}) VALUES ({marks}) "  # noqa: S608
        f"ON CONFLICT DO UPDATE SET {grown}",
        changes,
    )
    where = " AND ".join(f"{name} = ?" for name in one.key)
    db.conn.executemany(
        f"DELETE FROM {one.table} WHERE {where} AND {one.added[0]} = 0",  # noqa: S608
        [change[: len(one.key)] for change in changes],
    )
