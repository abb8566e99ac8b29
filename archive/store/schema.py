"""The tables of the archive and how older archives are brought up to date.

``documents.id`` is the first 12 hex digits of the original's SHA-256; ``sequence`` counts
documents in the order of their first ingest and never changes.  ``ordinal`` is the printed
order within a document.  ``agency_key`` is equal for one agency in any spelling, see
:func:`archive.agencies.key`.  Row labels repeat massively across disclosures, so each distinct
one stands once in ``labels``.  ``place`` is JSON, see :mod:`archive.store.places`.  No
column holds a clock time, so that two archives of the same files are identical.
"""

from __future__ import annotations

from sqlite_utils import Database, Migrations

from archive.store import (
    aliases,
    figures,
    findings,
    key_figures,
    listings,
    policy_groups,
    reliances,
    suggestions,
    tallies,
)

migrations = Migrations("mingxi")

_FIRST = """
CREATE TABLE documents (
    id TEXT PRIMARY KEY,
    sequence INTEGER NOT NULL UNIQUE,
    sha256 TEXT NOT NULL UNIQUE,
    title TEXT NOT NULL,
    agency TEXT,
    agency_key TEXT,
    region TEXT,
    fiscal_year INTEGER,
    kind TEXT NOT NULL,
    published_on TEXT,
    media_type TEXT NOT NULL,
    source_name TEXT NOT NULL,
    size INTEGER NOT NULL,
    extractor INTEGER NOT NULL,
    superseded_by TEXT REFERENCES documents(id),
    problems TEXT NOT NULL DEFAULT '[]',
    tables INTEGER NOT NULL,
    rows INTEGER NOT NULL,
    projects INTEGER NOT NULL
);
CREATE INDEX documents_series ON documents(agency_key, fiscal_year, kind);

CREATE TABLE labels (
    id INTEGER PRIMARY KEY,
    text TEXT NOT NULL UNIQUE,
    folded TEXT NOT NULL
);

CREATE TABLE sections (
    document_id TEXT NOT NULL REFERENCES documents(id) ON DELETE CASCADE,
    id TEXT NOT NULL,
    ordinal INTEGER NOT NULL,
    level INTEGER NOT NULL,
    heading TEXT NOT NULL,
    text TEXT NOT NULL,
    place TEXT NOT NULL,
    PRIMARY KEY (document_id, id)
) WITHOUT ROWID;

CREATE TABLE tables (
    key INTEGER PRIMARY KEY,
    document_id TEXT NOT NULL REFERENCES documents(id) ON DELETE CASCADE,
    id TEXT NOT NULL,
    ordinal INTEGER NOT NULL,
    number INTEGER,
    title TEXT NOT NULL,
    form TEXT,
    unit TEXT,
    declared_empty INTEGER NOT NULL,
    columns TEXT NOT NULL,
    notes TEXT NOT NULL,
    place TEXT NOT NULL,
    UNIQUE (document_id, id)
);
CREATE INDEX tables_form ON tables(form);

CREATE TABLE rows (
    key INTEGER PRIMARY KEY,
    table_key INTEGER NOT NULL REFERENCES tables(key) ON DELETE CASCADE,
    id TEXT NOT NULL,
    ordinal INTEGER NOT NULL,
    line INTEGER NOT NULL,
    code TEXT,
    label_id INTEGER NOT NULL REFERENCES labels(id),
    project_id INTEGER REFERENCES labels(id),
    side TEXT,
    role TEXT NOT NULL,
    place TEXT NOT NULL,
    UNIQUE (table_key, id)
);
CREATE INDEX rows_label ON rows(label_id);
CREATE INDEX rows_project ON rows(project_id) WHERE project_id IS NOT NULL;
CREATE INDEX rows_code ON rows(code) WHERE code IS NOT NULL;

CREATE TABLE cells (
    row_key INTEGER NOT NULL REFERENCES rows(key) ON DELETE CASCADE,
    ordinal INTEGER NOT NULL,
    column INTEGER NOT NULL,
    printed TEXT NOT NULL,
    fen INTEGER,
    certain INTEGER NOT NULL,
    doubt TEXT,
    place TEXT NOT NULL,
    PRIMARY KEY (row_key, ordinal)
) WITHOUT ROWID;
CREATE INDEX cells_fen ON cells(fen) WHERE fen IS NOT NULL;

CREATE TABLE projects (
    document_id TEXT NOT NULL REFERENCES documents(id) ON DELETE CASCADE,
    id TEXT NOT NULL,
    ordinal INTEGER NOT NULL,
    label_id INTEGER NOT NULL REFERENCES labels(id),
    amount_fen INTEGER,
    amount_printed TEXT,
    agency TEXT,
    period TEXT,
    basis TEXT,
    people INTEGER,
    citations TEXT NOT NULL,
    fields TEXT NOT NULL,
    allocations TEXT NOT NULL,
    section TEXT,
    place TEXT NOT NULL,
    PRIMARY KEY (document_id, id)
) WITHOUT ROWID;
CREATE INDEX projects_label ON projects(label_id);
CREATE INDEX projects_amount ON projects(amount_fen);

CREATE TABLE indicators (
    document_id TEXT NOT NULL REFERENCES documents(id) ON DELETE CASCADE,
    ordinal INTEGER NOT NULL,
    table_id TEXT NOT NULL,
    project TEXT,
    level1 TEXT NOT NULL,
    level2 TEXT NOT NULL,
    name TEXT NOT NULL,
    operator TEXT,
    value TEXT NOT NULL,
    unit TEXT,
    weight TEXT,
    basis TEXT,
    PRIMARY KEY (document_id, ordinal)
) WITHOUT ROWID;

CREATE TABLE citations (
    document_id TEXT NOT NULL REFERENCES documents(id) ON DELETE CASCADE,
    ordinal INTEGER NOT NULL,
    printed TEXT NOT NULL,
    normal TEXT,
    issuer TEXT,
    year INTEGER,
    number INTEGER,
    title TEXT,
    target_kind TEXT NOT NULL,
    target_id TEXT NOT NULL,
    target_row TEXT,
    PRIMARY KEY (document_id, ordinal)
) WITHOUT ROWID;
CREATE INDEX citations_normal ON citations(normal);
CREATE INDEX citations_near ON citations(year, number);

CREATE TABLE findings (
    document_id TEXT NOT NULL REFERENCES documents(id) ON DELETE CASCADE,
    ordinal INTEGER NOT NULL,
    rule TEXT NOT NULL,
    severity TEXT NOT NULL,
    message TEXT NOT NULL,
    expected TEXT NOT NULL,
    found TEXT NOT NULL,
    places TEXT NOT NULL,
    PRIMARY KEY (document_id, ordinal)
) WITHOUT ROWID;

CREATE TABLE failures (
    source_name TEXT PRIMARY KEY,
    sha256 TEXT,
    reason TEXT NOT NULL,
    kind TEXT NOT NULL,
    extractor INTEGER
) WITHOUT ROWID;

CREATE TABLE owed (
    document_id TEXT PRIMARY KEY
) WITHOUT ROWID;

CREATE TABLE facts (
    name TEXT PRIMARY KEY,
    value TEXT NOT NULL
) WITHOUT ROWID;
"""


@migrations()
def m001_first(db: Database) -> None:
    """The schema that the first archive was made with."""
    for statement in _FIRST.split(";\n"):
        if statement.strip():
            db.execute(statement)


@migrations()
def m002_figures(db: Database) -> None:
    """Rows and their figures packed for search, see :mod:`archive.store.figures`."""
    figures.make_tables(db)


@migrations()
def m003_policies(db: Database) -> None:
    """What rests on each policy document, see :mod:`archive.store.reliances`."""
    reliances.make_tables(db)


@migrations()
def m005_suggestions(db: Database) -> None:
    """Names to suggest and to compare with, see :mod:`archive.store.suggestions`."""
    suggestions.make_tables(db)


@migrations()
def m004_findings(db: Database) -> None:
    """What the checks counted and how large a difference is, see :mod:`archive.store.findings`."""
    findings.make_tables(db)


@migrations()
def m006_figures_asked_for(db: Database) -> None:
    """The figures that people ask for, see :mod:`archive.store.key_figures`."""
    key_figures.make_tables(db)


@migrations()
def m007_agency_aliases(db: Database) -> None:
    """The keeper's own names of agencies, see :mod:`archive.store.aliases`."""
    aliases.make_tables(db)


@migrations()
def m008_contents(db: Database) -> None:
    """What a disclosure's contents lists (目录) list, in printed order."""
    db.execute(
        """
        CREATE TABLE contents (
            document_id TEXT NOT NULL REFERENCES documents(id) ON DELETE CASCADE,
            ordinal INTEGER NOT NULL,
            text TEXT NOT NULL,
            page TEXT,
            place TEXT NOT NULL,
            PRIMARY KEY (document_id, ordinal)
        ) WITHOUT ROWID
        """
    )


@migrations()
def m009_policy_groups(db: Database) -> None:
    """What each agency and year adds to a policy, see :mod:`archive.store.policy_groups`."""
    policy_groups.make_tables(db)


@migrations()
def m010_listings(db: Database) -> None:
    """Agencies and disclosures in order, see :mod:`archive.store.listings`."""
    listings.make_tables(db)


@migrations()
def m011_tallies(db: Database) -> None:
    """Sums over the archive, see :mod:`archive.store.tallies`."""
    tallies.make_tables(db)
