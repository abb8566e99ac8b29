"""All that is told of one policy document."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from archive.addresses import project_path, row_path, section_path, table_path
from archive.citations import Number, parse_number
from archive.errors import NotFound
from archive.model import Document, Target
from archive.policies.conflicts import MOST_NAMESAKES, Compared, compare
from archive.policies.near import near
from archive.policies.records import (
    CitedTitle,
    Group,
    Item,
    Near,
    Policy,
    Together,
    Untitled,
    YearTotal,
)
from archive.store import Store
from archive.store.policies import Policies
from archive.store.resting import Resting

GROUPS_PER_PAGE = 30
ITEMS_OF_A_GROUP = 8
"""Shown of a group among others; its own page shows all."""
ITEMS_PER_PAGE = 100
MOST_TOGETHER = 10
MOST_UNTITLED = 20
UNTOLD = 0
"""Asks for what no year is told of."""


@dataclass(frozen=True, slots=True)
class GroupItems:
    """What relies on a policy in one agency's disclosures of one year, or its first parts."""

    group: Group
    items: tuple[Item, ...]

    @property
    def rest(self) -> int:
        """How many parts are not shown."""
        return self.group.reliances - len(self.items)


@dataclass(frozen=True, slots=True)
class YearItems:
    """What relies on a policy in one fiscal year; ``total`` is of the whole year, of which
    this page may show a part."""

    total: YearTotal
    groups: tuple[GroupItems, ...]


@dataclass(frozen=True, slots=True)
class PolicyPage:
    """A policy with its titles, what rests on it, and what may be meant by it.

    ``years`` hold the groups of this page, of ``pages``.
    """

    number: Number | None
    policy: Policy
    titles: tuple[CitedTitle, ...]
    totals: tuple[YearTotal, ...]
    years: tuple[YearItems, ...]
    pages: int
    together: tuple[Together, ...]
    near: tuple[Near, ...]
    compared: Compared
    untitled: tuple[Untitled, ...]


@dataclass(frozen=True, slots=True)
class GroupPage:
    """One page of what relies on a policy in one agency's disclosures of one year."""

    policy: Policy
    shown: GroupItems
    pages: int


def policy_page(
    store: Store,
    normal: str,
    page: int = 1,
    year: int | None = None,
    *,
    namesakes: int = MOST_NAMESAKES,
) -> PolicyPage:
    """Page ``page`` (from 1) of the policy of that normal form, of all years or of one, with
    so many namesakes (:data:`~archive.policies.conflicts.EVERY` for all).

    Raises :class:`NotFound` when no current disclosure relies on it.
    """
    with store.snapshot():
        policies = Policies(store.db)
        policy = _known(policies, normal)
        number = parse_number(normal)
        titles = policies.titles(policy)
        resting = Resting(store.db, policy)
        totals = resting.years()
        groups = resting.groups(GROUPS_PER_PAGE, (page - 1) * GROUPS_PER_PAGE, year=year)
        items = resting.items(groups, ITEMS_OF_A_GROUP)
        asked = [one for one in totals if year is None or (one.year or UNTOLD) == year]
        return PolicyPage(
            number=number,
            policy=policy,
            titles=titles,
            totals=totals,
            years=tuple(_by_year(groups, items, totals)),
            pages=-(-sum(one.agencies for one in asked) // GROUPS_PER_PAGE),
            together=policies.together(policy, MOST_TOGETHER),
            near=near(store, number) if number else (),
            compared=compare(store, policy, titles, namesakes),
            untitled=tuple(policies.untitled((t.title for t in titles), MOST_UNTITLED)),
        )


def group_page(store: Store, normal: str, group: str, page: int = 1) -> GroupPage:
    """Page ``page`` (from 1) of one group of the policy of that normal form.

    Raises :class:`NotFound` when nothing of that group relies on it.
    """
    with store.snapshot():
        policy = _known(Policies(store.db), normal)
        resting = Resting(store.db, policy)
        found = resting.group(group)
        if found is None:
            raise NotFound(f"这个单位这一年的文件没有引用{normal}。")
        items = resting.items([found], ITEMS_PER_PAGE, (page - 1) * ITEMS_PER_PAGE)
        pages = -(-found.reliances // ITEMS_PER_PAGE)
        return GroupPage(policy, GroupItems(found, tuple(items[found.id])), pages)


def all_items(store: Store, policy: Policy) -> Iterator[Item]:
    """Everything that relies on it, in the order of the pages and read as it is asked for."""
    with store.snapshot():
        yield from Resting(store.db, policy).every()


def target_path(document: Document, target: Target) -> str:
    """The path of a part of a disclosure."""
    if target.kind == "row" and target.row is not None:
        return row_path(document, target.id, target.row)
    paths = {"project": project_path, "section": section_path}
    return paths.get(target.kind, table_path)(document, target.id)


def agency_of(document: Document) -> str:
    """The discloser, or the title where no agency is told."""
    return document.agency or document.title


def known_policy(store: Store, normal: str) -> Policy:
    """The policy of that normal form alone.

    Raises :class:`NotFound` when no current disclosure relies on it.
    """
    return _known(Policies(store.db), normal)


def _known(policies: Policies, normal: str) -> Policy:
    policy = policies.policy(normal)
    if policy is None:
        raise NotFound(f"档案中没有文件引用{normal}。")
    return policy


def _by_year(
    groups: Iterable[Group], items: Mapping[str, Sequence[Item]], totals: Iterable[YearTotal]
) -> Iterator[YearItems]:
    by_year = {total.year: total for total in totals}
    for year, some in groupby(groups, key=lambda group: group.year):
        shown = (GroupItems(group, tuple(items[group.id])) for group in some)
        yield YearItems(by_year[year], tuple(shown))
