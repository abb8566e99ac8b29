"""Where a search for a document number alone leads."""

from __future__ import annotations

from dataclasses import dataclass

from archive.citations import parse_number
from archive.policies.near import near
from archive.policies.records import Near, Policy
from archive.query import Field, Parsed
from archive.store import Store
from archive.store.policies import Policies


@dataclass(frozen=True, slots=True)
class Landing:
    """The policy that was asked for, or, where it is ``None``, those near to it."""

    asked: str
    policy: Policy | None
    near: tuple[Near, ...]


def landing(store: Store, parsed: Parsed) -> Landing | None:
    """Where a query leads that is one document number in any spelling, else ``None``."""
    query = parsed.query
    number = parse_number(query.value) if isinstance(query, Field) else None
    if not isinstance(query, Field) or query.name != "doc_no" or number is None:
        return None
    with store.snapshot():
        policy = Policies(store.db).policy(number.normal)
        return Landing(number.normal, policy, () if policy else near(store, number))
