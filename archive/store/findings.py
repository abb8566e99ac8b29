"""Findings and what the rules counted: written, read, and searched across the archive.

Functions take the connection; those that write expect a transaction around them.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlite_utils import Database

from archive import agencies
from archive.model import CheckCount, Disclosure, Document, Finding
from archive.store.bulk import insert
from archive.store.places import dumps, finding_places_of_json, finding_places_to_json

SEVERITIES = ("差错", "提示", "四舍五入")

_TABLES = (
    "ALTER TABLE findings ADD COLUMN difference INTEGER",
    "CREATE INDEX findings_rule ON findings(rule, severity)",
    """
    CREATE TABLE checks (
        document_id TEXT NOT NULL REFERENCES documents(id) ON DELETE CASCADE,
        ordinal INTEGER NOT NULL,
        rule TEXT NOT NULL,
        held INTEGER NOT NULL,
        rounded INTEGER NOT NULL,
        differed INTEGER NOT NULL,
        undecidable INTEGER NOT NULL,
        reasons TEXT NOT NULL,
        PRIMARY KEY (document_id, ordinal)
    ) WITHOUT ROWID
    """,
)

_ORDER = "grade, size DESC, fiscal_year DESC, document_id, ordinal"
_FINDING = "rule, severity, message, expected, found, places, difference"


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which findings: of a rule, agency, year, severity, and of at least so many fen.

    ``severities`` empty means all; ``document`` limits to one disclosure.  Superseded
    versions are left out.
    """

    rule: str | None = None
    agency: str | None = None
    year: int | None = None
    severities: tuple[str, ...] = ()
    least_fen: int | None = None


@dataclass(frozen=True, slots=True)
class Found:
    """A finding with its disclosure; ``ordinal`` is its number there, from 0."""

    document: Document
    ordinal: int
    finding: Finding


@dataclass(frozen=True, slots=True)
class FindingPage:
    """``total`` findings, of which ``found`` is one page, the gravest and largest first."""

    total: int
    found: tuple[Found, ...]


@dataclass(frozen=True, slots=True)
class Facets:
    """What findings can be filtered by: values with their numbers of findings."""

    rules: tuple[tuple[str, int], ...]
    agencies: tuple[tuple[str, int], ...]
    years: tuple[tuple[int, int], ...]
    severities: tuple[tuple[str, int], ...]


def make_tables(db: Database) -> None:
    """Make room for counts and sizes of differences."""
    for statement in _TABLES:
        db.execute(statement)


def write_findings(db: Database, disclosure: Disclosure) -> None:
    """Write the findings and counts of a disclosure in the place of earlier ones."""
    id_ = disclosure.document.id
    db.execute("DELETE FROM findings WHERE document_id = ?", [id_])
    db.execute("DELETE FROM checks WHERE document_id = ?", [id_])
    insert(
        db,
        "findings",
        ("document_id", "ordinal", "rule", "severity", "message", "expected", "found", "places",
         "difference"),
        (
            (id_, ordinal, f.rule, f.severity, f.message, f.expected, f.found,
             finding_places_to_json(f.places), f.difference_fen)
            for ordinal, f in enumerate(disclosure.findings)
        ),
    )  # fmt: skip
    insert(
        db,
        "checks",
        ("document_id", "ordinal", "rule", "held", "rounded", "differed", "undecidable", "reasons"),
        (
            (id_, ordinal, c.rule, c.held, c.rounded, c.differed, c.undecidable, dumps(c.reasons))
            for ordinal, c in enumerate(disclosure.checks)
        ),
    )


def read_findings(db: Database, document_id: str) -> tuple[Finding, ...]:
    """The findings on a document in the order of the checks."""
    sql = f"SELECT {_FINDING} FROM findings WHERE document_id = ? ORDER BY ordinal"  # noqa: S608
    return tuple(_finding(row) for row in db.execute(sql, [document_id]))


def read_checks(db: Database, document_id: str) -> tuple[CheckCount, ...]:
    """What each rule counted on a document."""
    sql = """
        SELECT rule, held, rounded, differed, undecidable, reasons FROM checks
         WHERE document_id = ? ORDER BY ordinal
    """
    return tuple(
        CheckCount(rule, held, rounded, differed, undecidable, tuple(json.loads(reasons)))
        for rule, held, rounded, differed, undecidable, reasons in db.execute(sql, [document_id])
    )


def find(db: Database, wanted: Wanted, *, limit: int, offset: int = 0) -> FindingPage:
    """The findings wanted."""
    where, values = _where(wanted)
    sql = f"""
        SELECT d.id, d.title, d.agency, d.region, d.fiscal_year, d.kind, d.published_on, d.sha256,
               d.media_type, d.source_name, f.ordinal, f.rule, f.severity, f.message, f.expected,
               f.found, f.places, f.difference
          FROM (SELECT document_id, ordinal FROM findings {where} ORDER BY {_ORDER}
                 LIMIT :limit OFFSET :offset) AS chosen
               JOIN findings AS f USING (document_id, ordinal)
               JOIN documents AS d ON d.id = f.document_id
         ORDER BY f.grade, f.size DESC, f.fiscal_year DESC, f.document_id, f.ordinal
    """  # noqa: S608 - an index alone is read to choose, since the rest is wide
    rows = db.execute(sql, {**values, "limit": limit, "offset": offset})
    found = (Found(Document(*row[:10]), row[10], _finding(row[11:])) for row in rows)
    return FindingPage(_total(db, wanted), tuple(found))


def facets(db: Database, severities: Sequence[str]) -> Facets:
    """The rules, agencies and years that have findings of these severities."""
    some, asked = "severity IN (SELECT value FROM json_each(?))", dumps(severities or SEVERITIES)

    def counted(column: str, table: str, condition: str = some) -> tuple[tuple[Any, int], ...]:
        sql = f"""
            SELECT {column}, sum(findings) FROM {table} WHERE {condition}
             GROUP BY {column} ORDER BY 2 DESC, 1
        """  # noqa: S608
        return tuple(db.execute(sql, [asked] if condition == some else []))

    years = counted("fiscal_year", "finding_sums")
    return Facets(
        rules=counted("rule", "finding_sums"),
        agencies=counted("agency", "finding_agencies"),
        years=tuple(sorted(((year, number) for year, number in years if year), reverse=True)),
        severities=counted("severity", "finding_sums", "1"),
    )


def column_paths(db: Database, document_id: str) -> dict[str, tuple[tuple[str, ...], ...]]:
    """The header texts above each column, by the table's id."""
    sql = "SELECT id, columns FROM tables WHERE document_id = ?"
    return {
        table: tuple(tuple(path) for path, _ in json.loads(columns))
        for table, columns in db.execute(sql, [document_id])
    }


def of_other_year(db: Database, document: Document, years: int) -> str | None:
    """The current disclosure of the same agency and kind so many years later (or before)."""
    if document.fiscal_year is None or not document.agency:
        return None
    sql = """
        SELECT id FROM documents
         WHERE agency_key = ? AND kind = ? AND fiscal_year = ? AND superseded_by IS NULL
    """
    asked = [agencies.key(document.agency), document.kind, document.fiscal_year + years]
    found = db.execute(sql, asked).fetchone()
    return str(found[0]) if found else None


def _total(db: Database, wanted: Wanted) -> int:
    """How many there are: out of the sums that are kept, where these know the filters."""
    if wanted.agency or wanted.least_fen:
        each = wanted.severities or SEVERITIES  # one by itself is a run of an index
        some = (_where(replace(wanted, severities=(severity,))) for severity in each)
        counted = (
            db.execute(f"SELECT count(*) FROM findings {where}", values)  # noqa: S608
            for where, values in some
        )
        return sum(int(found.fetchone()[0]) for found in counted)
    sql = """
        SELECT coalesce(sum(findings), 0) FROM finding_sums
         WHERE severity IN (SELECT value FROM json_each(:severities))
           AND rule = coalesce(:rule, rule) AND fiscal_year = coalesce(:year, fiscal_year)
    """
    severities = dumps(wanted.severities or SEVERITIES)
    asked = {"severities": severities, "rule": wanted.rule, "year": wanted.year}
    return int(db.execute(sql, asked).fetchone()[0])


def _where(wanted: Wanted) -> tuple[str, dict[str, object]]:
    """The filters over what stands beside each finding, see :mod:`archive.store.tallies`."""
    grades = sorted(map(SEVERITIES.index, wanted.severities or SEVERITIES))
    values: dict[str, object] = {"first": grades[0], "last": grades[-1]}
    plus = "+" if wanted.agency else ""  # by no index: an agency's few are read by their documents
    span = "= :first" if grades[0] == grades[-1] else "BETWEEN :first AND :last"
    conditions = ["current", f"{plus}grade {span}"]
    if len(grades) <= grades[-1] - grades[0]:
        conditions.append("grade <> 1")  # the only one that can be left out between
    of_agency = "document_id IN (SELECT id FROM documents WHERE agency_key = :agency)"
    for condition, name, value in (
        (f"{plus}rule = :rule", "rule", wanted.rule),
        (of_agency, "agency", wanted.agency and agencies.key(wanted.agency)),
        ("fiscal_year = :year", "year", wanted.year),
        ("size >= :least", "least", wanted.least_fen),
    ):
        if value is not None and value != "":
            conditions.append(condition)
            values[name] = value
    return f"WHERE {' AND '.join(conditions)}", values


def _finding(row: Sequence[object]) -> Finding:
    rule, severity, message, expected, found, places, difference = row
    return Finding(
        rule=str(rule),
        severity=str(severity),
        message=str(message),
        expected=str(expected),
        found=str(found),
        places=finding_places_of_json(str(places)),
        difference_fen=None if difference is None else int(str(difference)),
    )
