"""Sets of entries, and how a query tree narrows them.

Entries are numbers here, and sets of them arrays of truths, which ten thousand entries keep
small and numpy quick.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from archive.query.tree import And, Everything, Leaf, Not, Nothing, Or, Phrase, Query, Term

_COST: dict[type, int] = {Term: 1, Phrase: 2, Or: 3, Not: 4}


class Mask:
    """A set of entries."""

    __slots__ = ("bits",)

    def __init__(self, bits: NDArray[np.bool_]) -> None:
        self.bits = bits

    def __sub__(self, other: Mask) -> Mask:
        return Mask(self.bits & ~other.bits)

    def __and__(self, other: Mask) -> Mask:
        return Mask(self.bits & other.bits)

    def __or__(self, other: Mask) -> Mask:
        return Mask(self.bits | other.bits)

    def __len__(self) -> int:
        return int(np.count_nonzero(self.bits))

    def __contains__(self, number: int) -> bool:
        return bool(self.bits[number])

    def numbers(self) -> list[int]:
        """The entries, ascending."""
        found: list[int] = np.flatnonzero(self.bits).tolist()
        return found


@dataclass(frozen=True, slots=True)
class Bounds:
    """``sure`` match, ``possible`` are these and those that would have to be looked into."""

    sure: Mask
    possible: Mask


def bounds(query: Query, within: Mask, leaf: Callable[[Leaf, Mask], Bounds]) -> Bounds:
    """Those of ``within`` that match or may, ``leaf`` answering for single conditions.

    The cheap conditions of an And go first, so that the dear ones have fewer to look at.
    """
    if isinstance(query, And):
        sure = possible = within
        for part in sorted(query.parts, key=lambda part: _COST.get(type(part), 0)):
            if not possible:
                break
            found = bounds(part, possible, leaf)
            sure, possible = sure & found.sure, found.possible
        return Bounds(sure & possible, possible)
    if isinstance(query, Or):
        sure = possible = within - within
        for part in query.parts:
            found = bounds(part, within - sure, leaf)
            sure, possible = sure | found.sure, possible | found.possible
        return Bounds(sure, possible)
    if isinstance(query, Not):
        found = bounds(query.part, within, leaf)
        return Bounds(within - found.possible, within - found.sure)
    if isinstance(query, Everything):
        return Bounds(within, within)
    if isinstance(query, Nothing):
        return Bounds(within - within, within - within)
    return leaf(query, within)
