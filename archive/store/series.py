"""Which of several versions of a disclosure is the current one.

Documents of the same agency (in any spelling of its name), fiscal year and kind are
versions of one disclosure.  The one published later is the newer; an undated one counts as
published when it was ingested, that is not before any dated version that was there
already; of equals the one ingested later is the newer.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from operator import attrgetter

from sqlite_utils import Database

from archive import agencies
from archive.model import Document


@dataclass(frozen=True, slots=True)
class Series:
    """What the versions of one disclosure have in common."""

    agency_key: str
    fiscal_year: int
    kind: str


@dataclass(frozen=True, slots=True)
class Version:
    """A member of a series; ``sequence`` is its place in the order of ingest."""

    id: str
    sequence: int
    published_on: str | None
    superseded_by: str | None = None


def series_of(document: Document) -> Series | None:
    """The series that a document belongs to, ``None`` where it does not say enough."""
    key = agencies.key(document.agency) if document.agency else None
    return _series(key, document.fiscal_year, document.kind)


def series_held(db: Database, document_id: str) -> Series | None:
    """The series of a document as the archive holds it now."""
    sql = "SELECT agency_key, fiscal_year, kind FROM documents WHERE id = ?"
    held = db.execute(sql, [document_id]).fetchone()
    return _series(*held) if held else None


def versions_in(db: Database, series: Series) -> list[Version]:
    """All versions of a disclosure that the archive holds, the current one first."""
    sql = """
        SELECT id, sequence, published_on, superseded_by FROM documents
         WHERE agency_key = ? AND fiscal_year = ? AND kind = ?
    """
    held = db.execute(sql, [series.agency_key, series.fiscal_year, series.kind])
    return newest_first(Version(*row) for row in held)


def settle(db: Database, series: Series) -> list[str]:
    """Point every older version at the current one.

    Returns the documents that became current or ceased to be, whose index entries say so.
    """
    versions = versions_in(db, series)
    turned = []
    for version in versions:
        successor = None if version is versions[0] else versions[0].id
        if version.superseded_by != successor:
            sql = "UPDATE documents SET superseded_by = ? WHERE id = ?"
            db.execute(sql, [successor, version.id])
        if (version.superseded_by is None) != (successor is None):
            turned.append(version.id)
    return turned


def newest_first(versions: Iterable[Version]) -> list[Version]:
    """The versions in order; the first is the current one."""
    ranked = []
    latest = ""
    for version in sorted(versions, key=attrgetter("sequence")):
        published = version.published_on or latest
        latest = max(latest, published)
        ranked.append((published, version.sequence, version))
    return [version for _, _, version in sorted(ranked, key=lambda r: r[:2], reverse=True)]


def _series(agency_key: str | None, fiscal_year: int | None, kind: str) -> Series | None:
    if not agency_key or fiscal_year is None or kind == "其他":
        return None
    return Series(agency_key, fiscal_year, kind)
