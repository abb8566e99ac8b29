"""Which agencies the archive knows, and what it holds by region and year.

Superseded versions are left out.  An agency goes by its key, equal for every spelling of its
name (:mod:`archive.agencies`); its name is that of its newest disclosure.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from sqlite_utils import Database

from archive import agencies
from archive.model import Document
from archive.overviews.key_figures import Figure
from archive.regions import region_of
from archive.store import key_figures, reading

_SEQUENCES = 10_000_000  # more than documents.sequence will count
_NEWEST = f"max(coalesce(fiscal_year, 0) * {_SEQUENCES} + sequence)"


@dataclass(frozen=True, slots=True)
class Agency:
    """An agency with the number of its disclosures; ``years`` are sorted, the newest first."""

    key: str
    name: str
    region: str | None
    disclosures: int
    years: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Holding:
    """How many disclosures of a region and year there are; ``None`` where they do not say."""

    region: str | None
    year: int | None
    disclosures: int


class AgencyLookup:
    """The look-ups, on one thread's connection."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def agencies(self) -> list[Agency]:
        """All agencies, by region in the official order and by name."""
        sql = f"""
            SELECT found.agency_key, newest.agency, newest.region, found.disclosures, found.years
              FROM (SELECT agency_key, count(*) AS disclosures,
                           group_concat(DISTINCT fiscal_year) AS years, {_NEWEST} AS newest
                      FROM documents
                     WHERE superseded_by IS NULL AND agency_key IS NOT NULL
                     GROUP BY agency_key) AS found
                   JOIN documents AS newest ON newest.sequence = found.newest % {_SEQUENCES}
        """  # noqa: S608
        found = [
            Agency(key, name, region, count, _years(years))
            for key, name, region, count, years in self._db.execute(sql)
        ]
        return sorted(found, key=lambda one: (*region_order(one.region), one.name))

    def named(self, name: str) -> Agency | None:
        """The agency of that name in any spelling, one that an alias has replaced too."""
        if not agencies.cleaned(name):
            return None
        return self.of_key(agencies.key(name)) or self._once_named(name)

    def of_key(self, key: str) -> Agency | None:
        """The agency of that key."""
        sql = f"""
            SELECT agency, region, count(*), group_concat(DISTINCT fiscal_year), {_NEWEST}
              FROM documents WHERE superseded_by IS NULL AND agency_key = ?
        """  # noqa: S608
        name, region, count, years, _ = self._db.execute(sql, [key]).fetchone()
        return Agency(key, name, region, count, _years(years)) if count else None

    def spellings(self, key: str) -> tuple[str, ...]:
        """Every name under which the agency's disclosures were read, the newest first."""
        sql = "SELECT agency_read FROM documents WHERE agency_key = ? ORDER BY sequence DESC"
        names = (name for (name,) in self._db.execute(sql, [key]) if name)
        return tuple(dict.fromkeys(names))

    def disclosures(self, key: str) -> list[Document]:
        """The agency's disclosures, the oldest year first."""
        sql = """
            SELECT id FROM documents WHERE superseded_by IS NULL AND agency_key = ?
             ORDER BY fiscal_year, kind, sequence
        """
        found = [reading.read_document(self._db, id_) for (id_,) in self._db.execute(sql, [key])]
        return [document for document in found if document]

    def figures(self, documents: Sequence[Document]) -> dict[str, dict[str, Figure]]:
        """The key figures of these disclosures by document and name."""
        return key_figures.read(self._db, [document.id for document in documents])

    def holdings(self) -> list[Holding]:
        """Disclosures by region and year."""
        sql = """
            SELECT region, fiscal_year, count(*) FROM documents
             WHERE superseded_by IS NULL GROUP BY region, fiscal_year ORDER BY region, fiscal_year
        """
        return [Holding(*found) for found in self._db.execute(sql)]

    def _once_named(self, name: str) -> Agency | None:
        sql = "SELECT agency_key FROM documents WHERE agency_read = ? LIMIT 1"
        found = self._db.execute(sql, [name]).fetchone()
        return self.of_key(found[0]) if found and found[0] else None


@cache
def region_order(path: str | None) -> tuple[str, str]:
    """What regions are sorted by: their code, those unknown to the official list last."""
    found = region_of((path or "").replace("/", ""))
    return (found.code, "") if found else ("~", path or "~")


def _years(joined: str | None) -> tuple[int, ...]:
    return tuple(sorted(map(int, joined.split(",")), reverse=True)) if joined else ()
