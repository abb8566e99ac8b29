"""What every engine shares: how a query tree selects, and conditions on a disclosure's facts.

Engines differ only in how they find a :class:`Term` or :class:`Phrase`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol, Self, TypeVar

from archive.engine import Entry
from archive.fold import fold
from archive.query.tree import (
    Among,
    And,
    Everything,
    Field,
    Leaf,
    Not,
    Nothing,
    Or,
    Phrase,
    Query,
    Term,
    YearRange,
)


class Selection(Protocol):
    """A set of entries, as an engine keeps it; false when empty."""

    def __sub__(self, other: Self, /) -> Self:
        """Those that are not in ``other``."""

    def __len__(self) -> int:
        """How many they are."""


Selected = TypeVar("Selected", bound=Selection)

_COST: dict[type, int] = {Term: 1, Phrase: 2, Or: 3, Not: 4}


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of an entry beside its words; texts folded."""

    id: str
    agency: str
    region: str
    kind: str
    citations: frozenset[str]
    fiscal_year: int | None
    superseded: bool


def facts_of(entry: Entry) -> Facts:
    """The facts of an entry."""
    return Facts(
        id=entry.id,
        agency=fold(entry.agency or ""),
        region=fold(entry.region or ""),
        kind=fold(entry.kind),
        citations=frozenset(fold(citation) for citation in entry.citations),
        fiscal_year=entry.fiscal_year,
        superseded=entry.superseded,
    )


def select(query: Query, within: Selected, leaf: Callable[[Leaf, Selected], Selected]) -> Selected:
    """Those of ``within`` that match, ``leaf`` answering for single conditions.

    The cheap conditions of an And go first, so that the dear ones have fewer to look at.
    """
    if isinstance(query, And):
        for part in sorted(query.parts, key=lambda part: _COST.get(type(part), 0)):
            if not within:
                break
            within = select(part, within, leaf)
        return within
    if isinstance(query, Or):
        left = within
        for part in query.parts:
            left -= select(part, left, leaf)
        return within - left
    if isinstance(query, Not):
        return within - select(query.part, within, leaf)
    if isinstance(query, Everything):
        return within
    if isinstance(query, Nothing):
        return within - within
    return leaf(query, within)


def holds(condition: Leaf, facts: Facts) -> bool:
    """Whether a condition on facts holds.

    Raises ValueError for a condition that only the store can answer (amounts, projects,
    tables, codes): :mod:`archive.search` replaces those by :class:`Among` beforehand.
    """
    if isinstance(condition, Among):
        return facts.id in condition.ids
    if isinstance(condition, YearRange):
        return _in_years(condition, facts.fiscal_year)
    if isinstance(condition, Field):
        value = fold(condition.value)
        if condition.name == "doc_no":
            return value in facts.citations
        if condition.name == "agency":
            return value in facts.agency
        if condition.name == "region":
            return value in facts.region
        if condition.name == "kind":
            return value in facts.kind
    raise ValueError(f"no engine answers {condition!r}")


def _in_years(years: YearRange, year: int | None) -> bool:
    if year is None:
        return False
    low, high = years.low, years.high
    return (low is None or year >= low) and (high is None or year <= high)
