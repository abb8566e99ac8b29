"""How a query is answered exactly and scored from one state of an index."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from archive.engine import Candidates, Scored
from archive.engine.finder import Finder, Held, Postings, lately
from archive.engine.judged import Judged
from archive.engine.masks import Bounds, Mask, bounds
from archive.engine.matching import Test, test_of
from archive.engine.packed import Counts, Numbers
from archive.engine.ranking import WORD_WEIGHT, Sought, recency, settled, sought
from archive.query.tree import Leaf, Query

_FREQUENCY, _LENGTH = 1.2, 0.75  # the k1 and b of BM25

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class _Ranking:
    """All that may match, best first, with their scores."""

    numbers: Numbers
    scores: Floats


class Snapshot:
    """One state of an index, with the answers lately given.  Not for two threads at once."""

    def __init__(self, postings: Postings) -> None:
        self._postings = postings
        self._size = postings.size()
        held = postings.held()
        self._ids = {number: one.facts.id for number, one in held.items()}
        self._finder = Finder(postings, held)
        self._rank = _Ranker(self._size, held)
        self._answers: OrderedDict[Query, Judged] = OrderedDict()
        self._rankings: OrderedDict[Query, _Ranking] = OrderedDict()

    def close(self) -> None:
        """Release the files below."""
        self._postings.close()

    def ids(self) -> frozenset[str]:
        """The ids of all entries."""
        return frozenset(self._ids.values())

    def matching(self, query: Query) -> frozenset[str]:
        """The ids of all entries that match."""
        return self._named(self._judged(query).all())

    def candidates(self, query: Query) -> Candidates:
        """The ids of all entries that match, and, where their count is an estimate, of
        those that were not looked into."""
        judged = self._judged(query)
        return Candidates(self._named(judged.candidates()), judged.count)

    def ranked(self, query: Query, limit: int, offset: int) -> list[Scored]:
        """A page of the entries that match, best first; equal scores by id.

        All that may match are ranked and the order is kept, so every page costs the same,
        but for what has to be looked into up to it.
        """
        judged = self._judged(query)
        if limit <= 0 or offset >= len(judged.possible):
            return []
        ranking = lately(self._rankings, query, self._ranked)
        chosen = judged.slice(ranking.numbers, offset, offset + limit)
        return [
            Scored(self._ids[number], round(score, 6))
            for number, score in zip(
                ranking.numbers[chosen].tolist(), ranking.scores[chosen].tolist(), strict=True
            )
        ]

    def _named(self, found: Mask) -> frozenset[str]:
        return frozenset(map(self._ids.__getitem__, found.numbers()))

    def _judged(self, query: Query) -> Judged:
        return lately(self._answers, query, self._judge)

    def _judge(self, query: Query) -> Judged:
        asked = _Asked(self._finder)
        found = bounds(query, self._finder.everything, asked.bounds)
        return Judged(found, test_of(query, asked.test_of))

    def _ranked(self, query: Query) -> _Ranking:
        possible = self._judged(query).candidates()
        relevance = np.zeros(self._size)
        if possible:
            for text in sought(query):
                self._weigh(text, relevance, possible)
        return self._rank.order(relevance, possible.bits)

    def _weigh(self, text: Sought, relevance: Floats, possible: Mask) -> None:
        """Add what the text is worth in each entry."""
        for field, weight in WORD_WEIGHT.items():
            for word in text.words:
                numbers, counts = self._finder.having(field, word)
                if len(numbers):
                    relevance[numbers] += weight * self._rank.worth(field, numbers, counts)
        for field, weight in text.weights.items():
            if weight:
                found = self._finder.with_bigrams(text.whole, field, possible)
                relevance[found.bits] += weight


class _Asked:
    """The conditions of one query, with what was told of each at first."""

    def __init__(self, finder: Finder) -> None:
        self._finder = finder
        self._told: dict[Leaf, tuple[Mask, Bounds]] = {}

    def bounds(self, leaf: Leaf, within: Mask) -> Bounds:
        """Those of ``within`` that meet the condition, and those that may."""
        found = self._finder.bounds(leaf, within)
        self._told[leaf] = (within, found)
        return found

    def test_of(self, leaf: Leaf) -> Test:
        """What tells whether an entry meets the condition; it is looked into only where that
        is open."""
        look = self._finder.test_of(leaf)
        if leaf not in self._told:
            return look
        within, found = self._told[leaf]
        sure, excluded = found.sure.bits, (within - found.possible).bits
        return lambda number: bool(sure[number]) or (not excluded[number] and look(number))


class _Ranker:
    """What is known of every entry beforehand for scoring."""

    def __init__(self, size: int, held: dict[int, Held]) -> None:
        years = [h.facts.fiscal_year for h in held.values() if h.facts.fiscal_year is not None]
        newest = max(years, default=None)
        self._count = max(len(held), 1)
        self._recent, self._superseded = np.ones(size), np.zeros(size)
        self._by_id = np.zeros(size, np.int64)
        lengths = np.zeros((len(WORD_WEIGHT), size))
        for number, one in held.items():
            self._recent[number] = recency(one.facts.fiscal_year, newest)
            self._superseded[number] = one.facts.superseded
            lengths[:, number] = one.lengths
        for place, number in enumerate(sorted(held, key=lambda number: held[number].facts.id)):
            self._by_id[number] = place
        means = lengths.sum(axis=1, keepdims=True) / self._count
        parts = np.divide(lengths, means, out=np.ones_like(lengths), where=means > 0)
        self._damping = dict(
            zip(WORD_WEIGHT, _FREQUENCY * (1 - _LENGTH + _LENGTH * parts), strict=True)
        )

    def worth(self, field: str, numbers: Numbers, counts: Counts) -> Floats:
        """BM25 of a token in the entries that have it."""
        rarity = np.log(self._count / (len(numbers) + 1)) + 1
        found: Floats = (
            rarity * counts * (_FREQUENCY + 1) / (counts + self._damping[field][numbers])
        )
        return found

    def order(self, relevance: Floats, matching: NDArray[np.bool_]) -> _Ranking:
        """The matching entries, best first."""
        numbers = np.flatnonzero(matching)
        scores = settled(
            relevance[numbers], self._recent[numbers], self._superseded[numbers]
        ).round(6)
        order = np.lexsort((self._by_id[numbers], -scores))
        return _Ranking(numbers[order], scores[order])
