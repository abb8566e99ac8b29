"""All that is told of one policy document."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby

from archive.addresses import project_path, row_path, section_path, table_path
from archive.citations import Number, parse_number
from archive.errors import NotFound
from archive.model import Document, Target
from archive.policies.conflicts import Compared, compare
from archive.policies.near import near
from archive.policies.records import (
    CitedTitle,
    Item,
    Near,
    Policy,
    Together,
    Untitled,
    YearTotal,
)
from archive.store import Store
from archive.store.policies import Policies

ITEMS_PER_PAGE = 100
ITEMS_AT_ONCE = 5000
MOST_TOGETHER = 10
MOST_UNTITLED = 20


@dataclass(frozen=True, slots=True)
class AgencyItems:
    """What relies on a policy in one agency's disclosures of one year."""

    agency: str
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class YearItems:
    """What relies on a policy in one fiscal year; ``total`` is of the whole year, of which
    this page may show a part."""

    total: YearTotal
    agencies: tuple[AgencyItems, ...]


@dataclass(frozen=True, slots=True)
class PolicyPage:
    """A policy with its titles, what rests on it, and what may be meant by it."""

    number: Number | None
    policy: Policy
    titles: tuple[CitedTitle, ...]
    totals: tuple[YearTotal, ...]
    years: tuple[YearItems, ...]
    together: tuple[Together, ...]
    near: tuple[Near, ...]
    compared: Compared
    untitled: tuple[Untitled, ...]


def policy_page(store: Store, normal: str, page: int = 1) -> PolicyPage:
    """Page ``page`` (from 1) of the policy of that normal form.

    Raises :class:`NotFound` when no current disclosure relies on it.
    """
    with store.snapshot():
        policies = Policies(store.db)
        policy = policies.policy(normal)
        if policy is None:
            raise NotFound(f"档案中没有文件引用{normal}。")
        number = parse_number(normal)
        titles = policies.titles(policy)
        totals = policies.years(policy)
        items = policies.items(policy, ITEMS_PER_PAGE, (page - 1) * ITEMS_PER_PAGE)
        return PolicyPage(
            number=number,
            policy=policy,
            titles=titles,
            totals=totals,
            years=tuple(_by_year(items, totals)),
            together=policies.together(policy, MOST_TOGETHER),
            near=near(store, number) if number else (),
            compared=compare(store, policy, titles),
            untitled=tuple(policies.untitled((t.title for t in titles), MOST_UNTITLED)),
        )


def all_items(store: Store, policy: Policy) -> Iterator[Item]:
    """Everything that relies on it, in the order of the pages."""
    policies = Policies(store.db)
    offset = 0
    while items := policies.items(policy, ITEMS_AT_ONCE, offset):
        yield from items
        offset += len(items)


def target_path(document: Document, target: Target) -> str:
    """The path of a part of a disclosure."""
    if target.kind == "row" and target.row is not None:
        return row_path(document, target.id, target.row)
    paths = {"project": project_path, "section": section_path}
    return paths.get(target.kind, table_path)(document, target.id)


def agency_of(document: Document) -> str:
    """The discloser, or the title where no agency is told."""
    return document.agency or document.title


def _by_year(items: Iterable[Item], totals: Iterable[YearTotal]) -> Iterator[YearItems]:
    by_year = {total.year: total for total in totals}
    for year, group in groupby(items, key=lambda item: item.document.fiscal_year):
        agencies = groupby(group, key=lambda item: agency_of(item.document))
        yield YearItems(
            by_year[year],
            tuple(AgencyItems(agency, tuple(found)) for agency, found in agencies),
        )
