"""Which agencies the archive knows, and what it holds by region and year.

Superseded versions are left out.  An agency goes by its key, equal for every spelling of its
name (:mod:`archive.agencies`); its name is that of its newest disclosure.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlite_utils import Database

from archive import agencies
from archive.model import Document
from archive.overviews.key_figures import Figure
from archive.store import key_figures, reading
from archive.store.listings import NEWEST, region_order


@dataclass(frozen=True, slots=True)
class Agency:
    """An agency with the number of its disclosures; ``years`` are sorted, the newest first."""

    key: str
    name: str
    region: str | None
    disclosures: int
    years: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class ListedAgencies:
    """Some agencies of ``total``, in order."""

    total: int
    agencies: tuple[Agency, ...]


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

    def listed(
        self, words: Sequence[str] = (), province: str = "", limit: int = -1, offset: int = 0
    ) -> ListedAgencies:
        """Some of the agencies by region, in the official order, and by name: those whose name
        or region holds all of the folded words, in a province where one is named."""
        conditions = [*(["instr(sought, ?)"] * len(words)), *(["province = ?"] if province else [])]
        where = f"WHERE {' AND '.join(conditions)}" if conditions else ""
        asked = [*words, *([province] if province else [])]
        (total,) = self._db.execute(f"SELECT count(*) FROM agencies {where}", asked).fetchone()  # noqa: S608
        sql = f"""
            SELECT key, name, region, disclosures, years FROM agencies WHERE key IN (
                SELECT key FROM main.agencies {where} ORDER BY place, name LIMIT ? OFFSET ?)
        """  # noqa: S608
        rows = self._db.execute(sql, [*asked, limit, offset])
        found = [
            Agency(key, name, place, count, _years(years))
            for key, name, place, count, years in rows
        ]
        found.sort(key=lambda one: (*region_order(one.region), one.name))
        return ListedAgencies(total, tuple(found))

    def provinces(self) -> tuple[str, ...]:
        """The provinces of all agencies in the official order."""
        sql = """
            SELECT province FROM agencies WHERE province <> ''
             GROUP BY province ORDER BY min(place)
        """
        return tuple(province for (province,) in self._db.execute(sql))

    def named(self, name: str) -> Agency | None:
        """The agency of that name in any spelling, one that an alias has replaced too."""
        if not agencies.cleaned(name):
            return None
        return self.of_key(agencies.key(name)) or self._once_named(name)

    def of_key(self, key: str) -> Agency | None:
        """The agency of that key."""
        sql = f"""
            SELECT agency, region, count(*), group_concat(DISTINCT fiscal_year), {NEWEST}
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
        ids = [id_ for (id_,) in self._db.execute(sql, [key])]
        found = reading.read_some(self._db, ids)
        return [found[id_] for id_ in ids]

    def figures(self, documents: Sequence[Document]) -> dict[str, dict[str, Figure]]:
        """The key figures of these disclosures by document and name."""
        return key_figures.read(self._db, [document.id for document in documents])

    def holdings(self) -> list[Holding]:
        """Disclosures by year and region, as far as the division right below the province."""
        sql = """
            SELECT nullif(rtrim(province || '/' || division, '/'), ''), nullif(fiscal_year, 0),
                   disclosures
              FROM region_sums ORDER BY 1, 2
        """
        return [Holding(*found) for found in self._db.execute(sql)]

    def _once_named(self, name: str) -> Agency | None:
        sql = "SELECT agency_key FROM documents WHERE agency_read = ? LIMIT 1"
        found = self._db.execute(sql, [name]).fetchone()
        return self.of_key(found[0]) if found and found[0] else None


def _years(joined: str | None) -> tuple[int, ...]:
    return tuple(sorted(map(int, joined.split(",")), reverse=True)) if joined else ()
