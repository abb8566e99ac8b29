"""A functional item (科目) across agencies, and the classes (类) that the archive prints."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from archive.addresses import row_path
from archive.model import KINDS, Kind
from archive.overviews.charts import Chart, Line, Part, part
from archive.overviews.functional_items import above
from archive.store import Store
from archive.store.functional_lookup import Found, FunctionalLookup, Item, Sum

MOST_BARS = 20
MOST_YEARS = 8


@dataclass(frozen=True, slots=True)
class Below:
    """An item below and its sum in the chosen year, ``None`` where that prints none."""

    item: Item
    sum: Sum | None


@dataclass(frozen=True, slots=True)
class FunctionalPage:
    """What the page of an item shows: ``chosen`` is the year and kind, one of ``sums``."""

    item: Item
    above: tuple[Item, ...]
    below: tuple[Below, ...]
    sums: tuple[Sum, ...]
    chosen: Sum
    found: tuple[Found, ...]
    chart: Chart

    @property
    def kinds(self) -> tuple[Sum, ...]:
        """For each kind the sum of the chosen year, or of its newest."""
        kinds = (kind for kind in KINDS if any(one.kind == kind for one in self.sums))
        return tuple(_of_kind(self.sums, kind, self.chosen.year) for kind in kinds)

    @property
    def years(self) -> tuple[Sum, ...]:
        """The sums of the chosen kind, the newest year first."""
        return tuple(one for one in self.sums if one.kind == self.chosen.kind)


@dataclass(frozen=True, slots=True)
class ClassRow:
    """A class with its sum in each of the years shown."""

    item: Item
    sums: tuple[Sum | None, ...]


@dataclass(frozen=True, slots=True)
class Classes:
    """All classes in one kind of disclosure; ``kinds`` may be chosen from."""

    kinds: tuple[Kind, ...]
    kind: Kind | None
    years: tuple[int, ...]
    rows: tuple[ClassRow, ...]


def functional_page(
    store: Store, code: str, year: int | None, kind: str | None, unit: str, *, size: int, page: int
) -> FunctionalPage | None:
    """The page of an item, ``None`` where no disclosure prints it.

    A year or kind that prints nothing gives way to the newest year and the kind with the
    most disclosures in it.
    """
    lookup = FunctionalLookup(store.db)
    with store.snapshot():
        item, sums = lookup.item(code), lookup.sums(code)
        if item is None or not sums:
            return None
        chosen = _chosen(sums, year, kind)
        largest = lookup.amounts(code, chosen.year, chosen.kind, limit=MOST_BARS)
        return FunctionalPage(
            item=item,
            above=tuple(one for each in above(code) if (one := lookup.item(each))),
            below=tuple(
                Below(one, lookup.sum(one.code, chosen.year, chosen.kind))
                for one in lookup.below(code)
            ),
            sums=tuple(sums),
            chosen=chosen,
            found=tuple(
                lookup.amounts(code, chosen.year, chosen.kind, limit=size, offset=(page - 1) * size)
            ),
            chart=chart_of(item, chosen, largest, unit),
        )


def every_amount(store: Store, code: str, chosen: Sum) -> list[Found]:
    """All amounts of an item in a year and kind, for a download."""
    return FunctionalLookup(store.db).amounts(code, chosen.year, chosen.kind, limit=-1)


def classes(store: Store, kind: str | None) -> Classes:
    """The classes and their sums; an unknown kind gives way to the most frequent one."""
    lookup = FunctionalLookup(store.db)
    with store.snapshot():
        sums = lookup.sums_of_classes()
        items = {code: lookup.item(code) for code in dict.fromkeys(one.code for one in sums)}
    kinds = tuple(each for each in KINDS if any(one.kind == each for one in sums))
    chosen = next((each for each in kinds if each == kind), None) or _most(sums)
    own = {(one.code, one.year): one for one in sums if one.kind == chosen}
    years = sorted({year for _, year in own if year}, reverse=True)[:MOST_YEARS]
    rows = tuple(
        ClassRow(item, tuple(own.get((code, year)) for year in years))
        for code, item in items.items()
        if item and any((code, year) in own for year in years)
    )
    return Classes(kinds, chosen, tuple(years), rows)


def part_of(found: Found) -> Part:
    """An amount as a part of a chart."""
    figure = found.amount.figure
    path = row_path(found.document, figure.table, figure.row, figure.column)
    return part(found.amount.label, figure, path)


def line_of(found: Found) -> Line:
    """An amount as a line of a chart."""
    return Line(found.document.agency or found.document.title, (part_of(found),))


def chart_of(item: Item, chosen: Sum, found: list[Found], unit: str) -> Chart:
    """Amounts of one year and kind, one line an agency."""
    year = f"{chosen.year}年" if chosen.year else "年度不详"
    title = f"{item.code} {item.name}：{year}{chosen.kind}"
    return Chart(item.code, title, unit, tuple(line_of(one) for one in found))


def _chosen(sums: Sequence[Sum], year: int | None, kind: str | None) -> Sum:
    if any(one.kind == kind for one in sums):
        return _of_kind(sums, kind, year)
    asked = [one for one in sums if one.year == year]
    near = asked or [one for one in sums if one.year == sums[0].year]
    return max(near, key=lambda one: (one.disclosures, -KINDS.index(one.kind)))


def _of_kind(sums: Sequence[Sum], kind: str | None, year: int | None) -> Sum:
    """That of the year, else the newest."""
    own = [one for one in sums if one.kind == kind]
    return next((one for one in own if one.year == year), own[0])


def _most(sums: list[Sum]) -> Kind | None:
    counted: dict[Kind, int] = {}
    for one in sums:
        counted[one.kind] = counted.get(one.kind, 0) + one.disclosures
    return max(counted, key=lambda kind: counted[kind], default=None)
