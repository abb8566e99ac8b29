"""Findings and what the rules counted: written, read, and searched across the archive.

Functions take the connection; those that write expect a transaction around them.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass

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
    (total,) = db.execute(f"SELECT count(*) {where}", values).fetchone()
    sql = f"""
        SELECT d.id, d.title, d.agency, d.region, d.fiscal_year, d.kind, d.published_on, d.sha256,
               d.media_type, d.source_name, f.ordinal, f.rule, f.severity, f.message, f.expected,
               f.found, f.places, f.difference
        {where}
         ORDER BY CASE f.severity WHEN '差错' THEN 0 WHEN '提示' THEN 1 ELSE 2 END,
                  coalesce(f.difference, 0) DESC, d.fiscal_year DESC, d.id, f.ordinal
         LIMIT :limit OFFSET :offset
    """
    rows = db.execute(sql, {**values, "limit": limit, "offset": offset})
    found = (Found(Document(*row[:10]), row[10], _finding(row[11:])) for row in rows)
    return FindingPage(total, tuple(found))


def facets(db: Database, severities: Sequence[str]) -> Facets:
    """The rules, agencies and years that have findings of these severities."""
    where, values = _where(Wanted(severities=tuple(severities)))
    everything, nothing = _where(Wanted())

    def counted(column: str, where: str, values: dict[str, object]) -> tuple[tuple[str, int], ...]:
        sql = f"""
            SELECT {column}, count(*) {where} AND {column} IS NOT NULL
             GROUP BY {column} ORDER BY 2 DESC, 1
        """
        return tuple((value, number) for value, number in db.execute(sql, values))

    years = counted("d.fiscal_year", where, values)
    return Facets(
        rules=counted("f.rule", where, values),
        agencies=counted("d.agency", where, values),
        years=tuple(sorted(((int(y), n) for y, n in years), reverse=True)),
        severities=counted("f.severity", everything, nothing),
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


def _where(wanted: Wanted) -> tuple[str, dict[str, object]]:
    conditions = ["d.superseded_by IS NULL"]
    values: dict[str, object] = {}
    if wanted.severities:
        names = [f"s{at}" for at in range(len(wanted.severities))]
        values.update(zip(names, wanted.severities, strict=True))
        conditions.append(f"f.severity IN ({', '.join(':' + name for name in names)})")
    for column, name, value in (
        ("f.rule = :rule", "rule", wanted.rule),
        ("d.agency_key = :agency", "agency", wanted.agency and agencies.key(wanted.agency)),
        ("d.fiscal_year = :year", "year", wanted.year),
        ("f.difference >= :least", "least", wanted.least_fen),
    ):
        if value is not None and value != "":
            conditions.append(column)
            values[name] = value
    source = "FROM findings AS f JOIN documents AS d ON d.id = f.document_id"
    return f"{source} WHERE {' AND '.join(conditions)}", values


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
