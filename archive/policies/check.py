"""The document numbers and titles of a pasted text, each looked up in the archive."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from archive.citations import Mention, find
from archive.policies.names import one_title, title_key
from archive.policies.near import near
from archive.policies.records import Near, Policy
from archive.store import Store
from archive.store.policies import Policies

LONGEST_TEXT = 200_000

Outcome = Literal["exact", "near", "absent", "titled", "untitled", "doubtful"]

SAID: dict[Outcome, str] = {
    "exact": "档案中有",
    "near": "只有相近文号",
    "absent": "档案中没有",
    "titled": "未写文号，按标题找到",
    "untitled": "未写文号，档案中没有这个标题",
    "doubtful": "文号不完整，无法核对",
}


@dataclass(frozen=True, slots=True)
class Checked:
    """One mention and what the archive knows of it.

    ``found`` are the policies of that number or, where only a title is given, of that
    title.  ``otherwise`` is the title under which the archive's disclosures cite the
    number, where the text gives it another one.
    """

    mention: Mention
    outcome: Outcome
    found: tuple[Policy, ...] = ()
    near: tuple[Near, ...] = ()
    otherwise: str | None = None

    @property
    def said(self) -> str:
        """The outcome in words."""
        return SAID[self.outcome]


def check(store: Store, text: str) -> tuple[Checked, ...]:
    """Every mention of the text in order; nothing of the text is kept."""
    mentions = find(text)
    with store.snapshot():
        policies = Policies(store.db)
        numbers = {m.normal for m in mentions if m.normal}
        known = policies.policies(sorted(numbers))
        keys = {title_key(m.title) for m in mentions if m.title and not m.normal}
        titled: dict[str, dict[str, Policy]] = {}
        for cited, policy in policies.titled(keys):
            titled.setdefault(cited.key, {})[policy.normal] = policy
        nearby = {
            m.normal: near(store, m.number)
            for m in mentions
            if m.normal and m.number and m.normal not in known
        }
        return tuple(_checked(policies, mention, known, nearby, titled) for mention in mentions)


def _checked(
    policies: Policies,
    mention: Mention,
    known: dict[str, Policy],
    nearby: dict[str, tuple[Near, ...]],
    titled: dict[str, dict[str, Policy]],
) -> Checked:
    if mention.normal in known:
        policy = known[mention.normal]
        return Checked(mention, "exact", (policy,), (), _otherwise(policies, mention, policy))
    if mention.normal:
        around = nearby.get(mention.normal, ())
        return Checked(mention, "near" if around else "absent", (), around)
    if mention.title and mention.printed.startswith(("《", "〈", "<", "＜")):
        found = tuple(titled.get(title_key(mention.title), {}).values())
        return Checked(mention, "titled" if found else "untitled", found)
    return Checked(mention, "doubtful")


def _otherwise(policies: Policies, mention: Mention, policy: Policy) -> str | None:
    if mention.title is None or policy.title is None:
        return None
    key = title_key(mention.title)
    titles = policies.titles(policy)
    return None if any(one_title(key, title.key) for title in titles) else titles[0].title
