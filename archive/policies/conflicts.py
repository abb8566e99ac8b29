"""One number under two titles, and one title under two numbers.

A title that another issuer uses, or the same issuer in another year, is no contradiction:
notices are passed on level by level, and issued anew each year.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from archive.citations import Number, are_near
from archive.policies.names import one_title
from archive.policies.records import CitedTitle, Policy
from archive.store import Store
from archive.store.policies import Policies

_ANY_YEAR, _ANY_NUMBER = 2000, 1


@dataclass(frozen=True, slots=True)
class Conflict:
    """Citations that contradict each other: one sentence, and the other policy if it is one."""

    sentence: str
    other: Policy | None = None


@dataclass(frozen=True, slots=True)
class Namesake:
    """Another policy that is cited under the same title without contradiction."""

    policy: Policy
    title: str


@dataclass(frozen=True, slots=True)
class Compared:
    """What the titles of a policy say when they are held against all others."""

    conflicts: tuple[Conflict, ...]
    namesakes: tuple[Namesake, ...]


def compare(store: Store, policy: Policy, titles: Sequence[CitedTitle]) -> Compared:
    """The contradictions in how the policy is cited, and its namesakes."""
    policies = Policies(store.db)
    conflicts = list(_of_titles(policy, titles))
    namesakes: dict[str, Namesake] = {}
    told: set[str] = set()
    for cited, other in policies.titled(title.key for title in titles):
        if other.id == policy.id or other.normal in told:
            continue
        mine = next(title for title in titles if title.key == cited.key)
        same_issue = policy.year == other.year and _same_issuer(policy, other)
        if same_issue and not policies.share_a_title(policy, other, mine.title):
            told.add(other.normal)
            conflicts.append(Conflict(_two_numbers(policy, mine, other, cited), other))
        elif other.normal not in namesakes:
            namesakes[other.normal] = Namesake(other, cited.title)
    return Compared(tuple(conflicts), tuple(namesakes.values()))


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


def _two_numbers(policy: Policy, mine: CitedTitle, other: Policy, theirs: CitedTitle) -> str:
    return (
        f"《{mine.title}》在这里引作 {policy.normal}（{mine.mentions} 处），"
        f"在别处引作 {other.normal}（{theirs.mentions} 处），请核对哪个文号有误。"
    )


def _same_issuer(a: Policy, b: Policy) -> bool:
    """Whether two code words are one body's, its office's or kindred ones."""
    if a.issuer is None or b.issuer is None:
        return False
    if a.issuer == b.issuer or (a.body is not None and a.body == b.body):
        return True
    of_a, of_b = (Number(issuer, _ANY_YEAR, _ANY_NUMBER) for issuer in (a.issuer, b.issuer))
    if are_near(of_a, of_b):
        return True
    return bool(a.body and b.body) and (
        a.body.startswith(b.body) or b.body.startswith(a.body)  # type: ignore[union-attr,arg-type]
    )
