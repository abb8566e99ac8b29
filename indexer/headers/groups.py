"""In how many ways the cells of a header line can stand over the columns below it.

What a printed header never does leaves few: a head has no two heads of one name below it;
it is no part of two halves of a side-by-side table; names and amounts are below one head
only in such a table, and then all the names; where totals lead, each stands first below its
head.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice

from indexer.head_words import is_description, is_total

MOST_WAYS = 2
"""More ways than one is all that matters."""


def groupings(atoms: Sequence[range], texts: Sequence[str], count: int) -> list[list[range]]:
    """The ways to part the columns into so many groups, two at most.

    ``atoms`` are the columns, those together that one lower head covers, with its folded
    text in ``texts``, empty over bare columns, each of which is a group of its own.
    """
    kinds = [bool(text) and is_description(text) for text in texts]
    first = next((text for text, kind in zip(texts, kinds, strict=True) if text and not kind), "")
    runs = sum(kind and not (at and kinds[at - 1]) for at, kind in enumerate(kinds))
    reader = _Reader(texts, kinds, totals_lead=is_total(first), side_by_side=runs > 1 or count == 1)
    ways = islice(reader.ways(0, count), MOST_WAYS)
    return [[range(atoms[a].start, atoms[b - 1].stop) for a, b in way] for way in ways]


class _Reader:
    """Goes through the ways from left to right."""

    def __init__(
        self, texts: Sequence[str], kinds: Sequence[bool], *, totals_lead: bool, side_by_side: bool
    ) -> None:
        self._texts = texts
        self._kinds = kinds
        self._totals_lead = totals_lead
        self._side_by_side = side_by_side
        self._dead: set[tuple[int, int]] = set()

    def ways(self, start: int, count: int) -> Iterator[list[tuple[int, int]]]:
        """The ways to part what begins at ``start`` into ``count`` groups.

        What was found to have none is not gone through again, so that wide headers take no
        longer than their width in cells, squared.
        """
        if (start, count) in self._dead:
            return
        left = len(self._texts) - start
        if count == 0 or left < count:
            if count == left == 0:
                yield []
            return
        is_dead = True
        for stop in range(start + 1, len(self._texts) - count + 2):
            if not self._may_be_group(start, stop):
                continue
            for rest in self.ways(stop, count - 1):
                is_dead = False
                yield [(start, stop), *rest]
        if is_dead:
            self._dead.add((start, count))

    def _may_be_group(self, start: int, stop: int) -> bool:
        texts, kinds = self._texts[start:stop], self._kinds[start:stop]
        if len(texts) == 1:
            return True
        if not all(texts) or len(set(texts)) < len(texts):
            return False
        amounts = next((at for at, kind in enumerate(kinds) if not kind), len(kinds))
        if any(kinds[amounts:]):
            return False
        if 0 < amounts < len(kinds):
            after_names = start > 0 and self._kinds[start - 1]
            if after_names or not self._side_by_side:
                return False
        totals = any(is_total(text) for text in texts[amounts + 1 :])
        return not (self._totals_lead and totals)
