"""What is told of policy documents: records only."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from archive.citations.issuers import Level
from archive.model import Document, Target
from archive.policies.reliances import RelierKind

Order = Literal["reliances", "money"]
NearKind = Literal["code", "number", "year"]


@dataclass(frozen=True, slots=True)
class Policy:
    """A document number that the archive's current disclosures rely on.

    ``issuer`` is the printed code word, ``body`` and ``level`` what it stands for
    (``None`` where that is not known), ``year`` ``None`` for a decree.  ``title`` is the
    one most cited.  ``fen`` is the sum of ``amounts`` amounts, each counted once.
    """

    id: int
    normal: str
    issuer: str | None
    body: str | None
    level: Level | None
    year: int | None
    number: int | None
    reliances: int
    documents: int
    amounts: int
    fen: int
    title: str | None


@dataclass(frozen=True, slots=True)
class CitedTitle:
    """A title as cited, and by how many parts of disclosures."""

    title: str
    key: str
    mentions: int


@dataclass(frozen=True, slots=True)
class Goals:
    """A 绩效目标表 of a project: its id and how many indicators it has."""

    table: str
    indicators: int


@dataclass(frozen=True, slots=True)
class Item:
    """A part of a disclosure that relies on the policy, see :mod:`archive.policies.reliances`.

    ``counted`` is false where its amount is that of another item, or there is none.
    ``places`` are where the number is printed, ``rows`` where the same money is.
    ``tables`` are the names of the tables that these stand in, by id.
    """

    document: Document
    relier: int
    kind: RelierKind
    name: str
    target: Target
    rows: tuple[Target, ...]
    places: tuple[Target, ...]
    titles: tuple[str, ...]
    fen: int | None
    counted: bool
    tables: tuple[tuple[str, str], ...] = ()
    goals: tuple[Goals, ...] = ()


@dataclass(frozen=True, slots=True)
class YearTotal:
    """What relies on a policy in one fiscal year; ``fen`` adds up ``amounts`` amounts."""

    year: int | None
    reliances: int
    agencies: int
    amounts: int
    fen: int


@dataclass(frozen=True, slots=True)
class Group:
    """What relies on a policy in one agency's disclosures of one year: how many parts, and
    ``fen``, which adds up ``amounts`` amounts.

    ``id`` is the agency's key and the year, or the id of a disclosure that lacks either;
    ``agency`` the name, or that disclosure's title.
    """

    id: str
    year: int | None
    agency: str
    reliances: int
    amounts: int
    fen: int


@dataclass(frozen=True, slots=True)
class Titled:
    """A number that is cited under a title, without what rests on it."""

    cited: CitedTitle
    id: int
    normal: str
    issuer: str | None
    body: str | None
    year: int | None
    reliances: int


@dataclass(frozen=True, slots=True)
class Together:
    """A policy that ``times`` parts of disclosures cite together with another."""

    policy: Policy
    times: int


@dataclass(frozen=True, slots=True)
class Near:
    """A policy whose number may be meant by another, and why."""

    policy: Policy
    kind: NearKind


@dataclass(frozen=True, slots=True)
class Untitled:
    """A place that cites a title without its number."""

    document: Document
    title: str
    target: Target


@dataclass(frozen=True, slots=True)
class Wanted:
    """The filters of the register: ``text`` in number, title or issuer; ``None`` is any."""

    text: str = ""
    issuer: str = ""
    level: str = ""
    year: int | None = None


@dataclass(frozen=True, slots=True)
class Register:
    """One page of the register: ``total`` counts all that meet the filters."""

    total: int
    policies: tuple[Policy, ...]
