"""What every engine shares: how a query tree selects, and conditions on a disclosure's facts.

Engines differ only in how they find a :class:`Term` or :class:`Phrase`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

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
    Query,
    YearRange,
)

Test = Callable[[int], bool]


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


def matches(query: Query, leaf: Callable[[Leaf], bool]) -> bool:
    """Whether one entry matches, ``leaf`` answering for single conditions."""
    return test_of(query, lambda condition: lambda _: leaf(condition))(0)


def test_of(query: Query, leaf: Callable[[Leaf], Test]) -> Test:
    """What tells of one entry whether it matches, ``leaf`` giving that for single conditions."""
    if isinstance(query, And | Or):
        tests = [test_of(part, leaf) for part in query.parts]
        joined = all if isinstance(query, And) else any
        return lambda entry: joined(test(entry) for test in tests)
    if isinstance(query, Not):
        test = test_of(query.part, leaf)
        return lambda entry: not test(entry)
    if isinstance(query, Everything | Nothing):
        return lambda _: isinstance(query, Everything)
    return leaf(query)


def facts_test(condition: Leaf) -> Callable[[Facts], bool]:
    """What tells of facts whether a condition on them holds.

    Raises ValueError for a condition that only the store can answer (amounts, projects,
    tables, codes): :mod:`archive.search` replaces those by :class:`Among` beforehand.
    """
    if isinstance(condition, Among):
        return lambda facts: facts.id in condition.ids
    if isinstance(condition, YearRange):
        return lambda facts: _in_years(condition, facts.fiscal_year)
    if isinstance(condition, Field):
        value = fold(condition.value)
        if condition.name == "doc_no":
            return lambda facts: value in facts.citations
        if condition.name == "agency":
            return lambda facts: value in facts.agency
        if condition.name == "region":
            return lambda facts: value in facts.region
        if condition.name == "kind":
            return lambda facts: value in facts.kind
    raise ValueError(f"no engine answers {condition!r}")


def _in_years(years: YearRange, year: int | None) -> bool:
    if year is None:
        return False
    low, high = years.low, years.high
    return (low is None or year >= low) and (high is None or year <= high)
