"""One number under two titles, and one title under two numbers.

A title that another issuer uses, or the same issuer in another year, is no contradiction:
notices are passed on level by level, and issued anew each year.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from archive.citations import Number, are_near
from archive.policies.names import one_title
from archive.policies.records import CitedTitle, Policy, Titled
from archive.store import Store
from archive.store.policies import Policies

MOST_NAMESAKES = 40
EVERY = -1
_ANY_YEAR, _ANY_NUMBER = 2000, 1


@dataclass(frozen=True, slots=True)
class Conflict:
    """Citations that contradict each other: one sentence, and the other number if there is one."""

    sentence: str
    other: str | None = None


@dataclass(frozen=True, slots=True)
class Namesake:
    """Another number that is cited under the same title without contradiction."""

    normal: str
    title: str


@dataclass(frozen=True, slots=True)
class Compared:
    """What the titles of a policy say when they are held against all others.

    ``same_title`` counts all namesakes, of which ``namesakes`` are those most cited.
    """

    conflicts: tuple[Conflict, ...]
    same_title: int
    namesakes: tuple[Namesake, ...]


def compare(
    store: Store, policy: Policy, titles: Sequence[CitedTitle], most: int = MOST_NAMESAKES
) -> Compared:
    """The contradictions in how the policy is cited, and at most so many of its namesakes."""
    policies = Policies(store.db)
    conflicts = list(_of_titles(policy, titles))
    told = {policy.id}
    mine = {title.key: title for title in reversed(titles)}
    for other in policies.bearing(mine, policy.year):
        title = mine[other.cited.key]
        if other.id in told or not _same_issuer(policy, other):
            continue
        if not _is_joint(policies, policy, other, title):
            told.add(other.id)
            conflicts.append(Conflict(_two_numbers(policy, title, other), other.normal))
    total, namesakes = policies.namesakes(mine, told, most)
    return Compared(tuple(conflicts), total, tuple(Namesake(*one) for one in namesakes))


def distinct_titles(titles: Iterable[CitedTitle]) -> list[list[CitedTitle]]:
    """The titles in groups of one document each, the most cited group first."""
    groups: list[list[CitedTitle]] = []
    for title in titles:
        like = next((g for g in groups if any(one_title(title.key, t.key) for t in g)), None)
        if like is None:
            groups.append([title])
        else:
            like.append(title)
    return sorted(groups, key=lambda group: -sum(title.mentions for title in group))


def _of_titles(policy: Policy, titles: Sequence[CitedTitle]) -> Iterable[Conflict]:
    groups = distinct_titles(titles)
    if len(groups) > 1:
        said = "、".join(
            f"《{group[0].title}》（{sum(title.mentions for title in group)} 处）"
            for group in groups
        )
        yield Conflict(f"{policy.normal} 被引作 {len(groups)} 个不同的标题：{said}，请核对。")


def _is_joint(policies: Policies, policy: Policy, other: Titled, title: CitedTitle) -> bool:
    """Whether both are numbers of one document, which several bodies issued together."""
    (_, less), (_, more) = sorted(((policy.reliances, policy.id), (other.reliances, other.id)))
    return policies.share_a_title(less, more, title.title)


def _two_numbers(policy: Policy, mine: CitedTitle, other: Titled) -> str:
    return (
        f"《{mine.title}》在这里引作 {policy.normal}（{mine.mentions} 处），"
        f"在别处引作 {other.normal}（{other.cited.mentions} 处），请核对哪个文号有误。"
    )


def _same_issuer(a: Policy, b: Titled) -> bool:
    return _are_kin((a.issuer, a.body), (b.issuer, b.body))


@lru_cache(maxsize=4096)
def _are_kin(a: tuple[str | None, str | None], b: tuple[str | None, str | None]) -> bool:
    """Whether two code words, each with its body, are one body's, its office's or kindred ones."""
    (issuer_a, body_a), (issuer_b, body_b) = a, b
    if issuer_a is None or issuer_b is None:
        return False
    if issuer_a == issuer_b or (body_a is not None and body_a == body_b):
        return True
    of_a, of_b = (Number(issuer, _ANY_YEAR, _ANY_NUMBER) for issuer in (issuer_a, issuer_b))
    if are_near(of_a, of_b):
        return True
    if not body_a or not body_b:
        return False
    return body_a.startswith(body_b) or body_b.startswith(body_a)
