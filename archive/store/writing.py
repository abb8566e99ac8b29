"""Disclosures into tables: all of one, or nothing of it.

Functions take the connection and expect a transaction of
:func:`archive.store.connection.writing` around them.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from sqlite_utils import Database

from archive import agencies
from archive.model import Disclosure, Document
from archive.store import aliases, key_figures, listings, reading, reliances, suggestions, tallies
from archive.store.bulk import next_key
from archive.store.labels import drop_unused_labels, labels_used_by
from archive.store.parts import forget_parts, write_parts
from archive.store.places import dumps
from archive.store.records import Failure
from archive.store.series import series_held, series_of, settle, versions_in


def write_disclosure(db: Database, disclosure: Disclosure, size: int, extractor: int) -> None:
    """Write a disclosure in the place of what the archive holds of its document.

    ``size`` is the original's in bytes.  The agency gets the name that the keeper's aliases
    ask for.  What the index owes is recorded, and the series that the document leaves and
    joins are settled anew.
    """
    agency_read = disclosure.document.agency
    disclosure = aliases.under_kept_name(db, disclosure)
    document = disclosure.document
    ledger = reliances.opened(db, document)
    left = series_held(db, document.id)
    some = [series for series in {left, series_of(document)} if series]
    agency_keys = {_agency_key(document), *_agency_key_held(db, document.id)}
    versions = {version.id for series in some for version in versions_in(db, series)}
    labels_before = labels_used_by(db, document.id)
    names_before = suggestions.names_of(db, document.id)
    with tallies.kept(db, {document.id, *versions}):
        forget_parts(db, document.id)
        _write_document(db, disclosure, size, extractor, agency_read)
        write_parts(db, disclosure)
        key_figures.write(db, document, disclosure.tables)
        turned = [id_ for series in some for id_ in settle(db, series)]
    suggestions.renew_names(db, names_before, suggestions.names_of(db, document.id))
    drop_unused_labels(db, labels_before)
    listings.write_agencies(db, agency_keys)
    reliances.closed(db, ledger, disclosure)
    owe(db, [document.id, *turned])


def rename_agencies(db: Database) -> int:
    """Write the documents anew that the aliases give another agency; gives their number."""
    renamed = aliases.documents_to_rename(db)
    for id_, agency_read in renamed:
        held = reading.read_disclosure(db, id_)
        assert held is not None
        sql = "SELECT size, extractor FROM documents WHERE id = ?"
        size, extractor = db.execute(sql, [id_]).fetchone()
        as_read = replace(held, document=replace(held.document, agency=agency_read))
        write_disclosure(db, as_read, size, extractor)
    return len(renamed)


def write_failure(db: Database, failure: Failure) -> None:
    """Record a failure in the place of an earlier one of that name."""
    db.table("failures", pk="source_name").upsert(
        {
            "source_name": failure.source_name,
            "sha256": failure.sha256,
            "reason": failure.reason,
            "kind": failure.kind,
            "extractor": failure.extractor,
        }
    )


def forget_failures(db: Database, source_name: str, sha256: str | None) -> None:
    """Forget what failed under that name or with those bytes."""
    db.execute("DELETE FROM failures WHERE source_name = ? OR sha256 = ?", [source_name, sha256])


def owe(db: Database, ids: Iterable[str]) -> None:
    """Record that the index entries of these documents are stale."""
    db.conn.executemany("INSERT OR IGNORE INTO owed VALUES (?)", [(id_,) for id_ in ids])


def pay(db: Database, ids: Iterable[str]) -> None:
    """Record that the index has taken these documents in."""
    db.conn.executemany("DELETE FROM owed WHERE document_id = ?", [(id_,) for id_ in ids])


def _write_document(
    db: Database, disclosure: Disclosure, size: int, extractor: int, agency_read: str | None
) -> None:
    """Insert or update, since other versions may point at the row."""
    document = disclosure.document
    row = {
        "id": document.id,
        "sequence": _sequence(db, document.id),
        "sha256": document.sha256,
        "title": document.title,
        "agency": document.agency,
        "agency_read": agency_read,
        "agency_key": _agency_key(document),
        "region": document.region,
        "fiscal_year": document.fiscal_year,
        "kind": document.kind,
        "published_on": document.published_on,
        "media_type": document.media_type,
        "source_name": document.source_name,
        "size": size,
        "extractor": extractor,
        "superseded_by": None,
        "problems": dumps(disclosure.problems),
        "tables": len(disclosure.tables),
        "rows": sum(len(table.rows) for table in disclosure.tables),
        "projects": len(disclosure.projects),
        "sought": listings.sought(document),
    }
    db.table("documents", pk="id").upsert(row)


def _sequence(db: Database, document_id: str) -> int:
    held = db.execute("SELECT sequence FROM documents WHERE id = ?", [document_id]).fetchone()
    return int(held[0]) if held else next_key(db, "documents", "sequence")


def _agency_key(document: Document) -> str | None:
    return agencies.key(document.agency) if document.agency else None


def _agency_key_held(db: Database, document_id: str) -> tuple[str | None, ...]:
    sql = "SELECT agency_key FROM documents WHERE id = ?"
    return db.execute(sql, [document_id]).fetchone() or ()
