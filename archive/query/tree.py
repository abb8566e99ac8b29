"""The tree that a typed query becomes; it knows no engine and no store.

Words and phrases are compared after :mod:`archive.fold`: a :class:`Term` is found inside
any printed line, quotation marks aside (三公经费 finds “三公”经费); a :class:`Phrase` is
found only as it is typed, quotation marks included.  A text that folds to nothing is
found nowhere.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

FieldName = Literal["project", "doc_no", "agency", "region", "kind", "table", "code"]


@dataclass(frozen=True, slots=True)
class Everything:
    """All disclosures."""


@dataclass(frozen=True, slots=True)
class Nothing:
    """No disclosure."""


@dataclass(frozen=True, slots=True)
class Term:
    """A word or a part of one."""

    text: str


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words exactly as printed, white space and width aside."""

    text: str


@dataclass(frozen=True, slots=True)
class Field:
    """A condition on one field.

    ``doc_no`` holds a normal form (新医保发〔2023〕48号) or a part of one, ``region`` a
    path of divisions or a part of one, ``table`` a number or a part of a title.
    """

    name: FieldName
    value: str


@dataclass(frozen=True, slots=True)
class YearRange:
    """Fiscal years, both bounds included; ``None`` leaves a side open."""

    low: int | None
    high: int | None


@dataclass(frozen=True, slots=True)
class AmountRange:
    """An amount of a row or project in integer fen, both bounds included."""

    low_fen: int | None
    high_fen: int | None


@dataclass(frozen=True, slots=True)
class Among:
    """The disclosures of these ids: what the store has answered for a condition on facts."""

    ids: frozenset[str]


@dataclass(frozen=True, slots=True)
class And:
    """All parts hold."""

    parts: tuple[Query, ...]


@dataclass(frozen=True, slots=True)
class Or:
    """At least one part holds."""

    parts: tuple[Query, ...]


@dataclass(frozen=True, slots=True)
class Not:
    """The part does not hold."""

    part: Query


Leaf = Everything | Nothing | Term | Phrase | Field | YearRange | AmountRange | Among
Query = Leaf | And | Or | Not


def wanted(query: Query) -> Iterator[Leaf]:
    """The leaves that a match may have, left to right: those under a Not are left out."""
    if isinstance(query, And | Or):
        for part in query.parts:
            yield from wanted(part)
    elif not isinstance(query, Not):
        yield query


def wanted_texts(query: Query) -> tuple[str, ...]:
    """The texts of the words and phrases that a match may have, each once."""
    leaves = (leaf.text for leaf in wanted(query) if isinstance(leaf, Term | Phrase))
    return tuple(dict.fromkeys(leaves))
