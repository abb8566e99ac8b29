"""What the archive holds by region and year, small enough for one look.

Regions are provinces; where all lie in one, the divisions right below it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from archive.store.agency_lookup import Holding
from archive.store.listings import region_order

MOST_YEARS = 5


@dataclass(frozen=True, slots=True)
class HeldRegion:
    """A region with its disclosures in each year shown, before them, and in all.

    ``region`` is ``None`` for those that do not say.
    """

    region: str | None
    counts: tuple[int, ...]
    earlier: int
    total: int


@dataclass(frozen=True, slots=True)
class Glance:
    """Regions in the official order; years, the newest first, ``None`` where it is not told."""

    years: tuple[int | None, ...]
    has_earlier: bool
    rows: tuple[HeldRegion, ...]


def glance_at(holdings: Sequence[Holding]) -> Glance:
    """The holdings, gathered."""
    depth = _depth(holdings)
    counted: dict[str | None, Counter[int | None]] = {}
    for one in sorted(holdings, key=lambda one: region_order(one.region)):
        region = _region(one.region, depth)
        counted.setdefault(region, Counter())[one.year] += one.disclosures
    every = {one.year for one in holdings if one.year}
    years: list[int | None] = [*sorted(every, reverse=True)[:MOST_YEARS]]
    if any(one.year is None for one in holdings):
        years.append(None)
    rows = tuple(_row(region, counts, years) for region, counts in counted.items())
    return Glance(tuple(years), any(row.earlier for row in rows), rows)


def _row(region: str | None, counts: Counter[int | None], years: list[int | None]) -> HeldRegion:
    shown = tuple(counts[year] for year in years)
    return HeldRegion(region, shown, counts.total() - sum(shown), counts.total())


def _depth(holdings: Sequence[Holding]) -> int:
    """How many divisions of a region's path tell regions apart: 1, or 2 inside one province."""
    provinces = {one.region.partition("/")[0] for one in holdings if one.region}
    return 2 if len(provinces) == 1 else 1


def _region(path: str | None, depth: int) -> str | None:
    return path.split("/")[:depth][-1] if path else None
