"""How a query is answered exactly and scored from postings that know no positions.

A text of one or two characters is found by its token; a longer one is looked for among the
entries that have all its bigrams, in their folded lines.  Entries are numbers here, and
sets of them arrays of truths, which ten thousand entries keep small and numpy quick.
"""

from __future__ import annotations

from collections import OrderedDict, defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol, TypeVar

import numpy as np
from numpy.typing import NDArray

from archive.engine import Scored
from archive.engine.matching import Facts, holds, select
from archive.engine.packed import Counts, Numbers
from archive.engine.ranking import WORD_WEIGHT, Sought, recency, settled, sought
from archive.fold import fold
from archive.query.tree import Among, Field, Leaf, Phrase, Query, Term
from archive.segment import bigrams, fours, loosened

UNQUOTED = "unquoted"
MOST_BIGRAMS = 48
READ_AT_ONCE = 20  # entries whose lines are read sooner than more postings
MOST_CACHED_BYTES = 64_000_000
MOST_CACHED_ANSWERS = 64
_OVERHEAD = 500  # bytes of two arrays, their key and its place
_FIRST_WIDE = "\u2e80"
_QUOTES = b"\"'"
_FREQUENCY, _LENGTH = 1.2, 0.75  # the k1 and b of BM25

Floats = NDArray[np.float64]
Value = TypeVar("Value")


@dataclass(frozen=True, slots=True)
class Held:
    """An entry: its facts, and how many tokens each field of WORD_WEIGHT has."""

    facts: Facts
    lengths: tuple[int, ...]


class Postings(Protocol):
    """One state of an index.

    Its fields are those of :data:`archive.engine.ranking.WORD_WEIGHT`, of which "text" holds the
    tokens (:func:`archive.segment.tokens`) of all lines, and :data:`UNQUOTED`, which holds
    the tokens of lines with quotation marks (:func:`archive.segment.tokens_over_quotes`).
    """

    def size(self) -> int:
        """One more than the highest number of an entry."""

    def held(self) -> dict[int, Held]:
        """Every entry that is not deleted."""

    def postings(self, field: str, token: str) -> tuple[Numbers, Counts]:
        """The entries with that token and how often they have it; deleted ones may be
        among them."""

    def text(self, number: int, *, wide: bool) -> bytes:
        """The folded lines of an entry in UTF-8: those that are wide, or all others."""

    def close(self) -> None:
        """Release files."""


def is_wide(text: str) -> bool:
    """Whether a text has a Chinese character: if so, it is only in lines that have one."""
    return any(character >= _FIRST_WIDE for character in text)


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

    def numbers(self) -> list[int]:
        """The entries, ascending."""
        return [int(number) for number in np.flatnonzero(self.bits)]


class Snapshot:
    """One state of an index, with the answers lately given.  Not for two threads at once."""

    def __init__(self, postings: Postings) -> None:
        self._postings = postings
        self._size = postings.size()
        held = postings.held()
        self._ids = {number: one.facts.id for number, one in held.items()}
        self._numbers_of = {identifier: number for number, identifier in self._ids.items()}
        self._everything = self._mask(list(held))
        self._groups = _grouped(held)
        self._rank = _Ranker(self._size, held)
        self._cached = _Cache(MOST_CACHED_BYTES)
        self._answers: OrderedDict[Query, Mask] = OrderedDict()
        self._rankings: OrderedDict[Query, tuple[Numbers, Floats]] = OrderedDict()

    def close(self) -> None:
        """Release the files below."""
        self._postings.close()

    def ids(self) -> frozenset[str]:
        """The ids of all entries."""
        return frozenset(self._numbers_of)

    def matching(self, query: Query) -> frozenset[str]:
        """The ids of all entries that match."""
        return frozenset(map(self._ids.__getitem__, self._matching(query).numbers()))

    def ranked(self, query: Query, limit: int, offset: int) -> list[Scored]:
        """A page of the entries that match, best first; equal scores by id.

        All of them are ranked and the order is kept, so every page costs the same.
        """
        numbers, scores = _lately(self._rankings, query, self._ranked)
        chosen = slice(offset, offset + limit)
        return [
            Scored(self._ids[int(number)], round(float(score), 6))
            for number, score in zip(numbers[chosen], scores[chosen], strict=True)
        ]

    def _matching(self, query: Query) -> Mask:
        def answer(query: Query) -> Mask:
            return select(query, self._everything, self._answer)

        return _lately(self._answers, query, answer)

    def _ranked(self, query: Query) -> tuple[Numbers, Floats]:
        matching = self._matching(query)
        relevance = np.zeros(self._size)
        if matching:
            for text in sought(query):
                self._weigh(text, relevance, matching)
        return self._rank.order(relevance, matching.bits)

    def _weigh(self, text: Sought, relevance: Floats, matching: Mask) -> None:
        """Add what the text is worth in each entry."""
        for field, weight in WORD_WEIGHT.items():
            for word in text.words:
                numbers, counts = self._having(field, word)
                if len(numbers):
                    relevance[numbers] += weight * self._rank.worth(field, numbers, counts)
        for field, weight in text.weights.items():
            if weight:
                relevance[self._with_bigrams(text.whole, (field,), matching).bits] += weight

    def _answer(self, leaf: Leaf, within: Mask) -> Mask:
        if isinstance(leaf, Phrase):
            return self._with_phrase(fold(leaf.text), within)
        if isinstance(leaf, Term):
            return self._with_word(loosened(leaf.text), within)
        if isinstance(leaf, Among):
            known = (self._numbers_of.get(identifier) for identifier in leaf.ids)
            return within & self._mask([number for number in known if number is not None])
        kind = leaf.name if isinstance(leaf, Field) else "year"
        groups = self._groups.get(kind, self._groups["year"])  # holds() refuses the others
        met = (numbers for facts, numbers in groups if holds(leaf, facts))
        return within & self._mask([number for numbers in met for number in numbers])

    def _with_phrase(self, phrase: str, within: Mask) -> Mask:
        known = within & self._with("text", phrase)  # a longer one may be a word there
        if len(phrase) <= 2:
            return known
        candidates = self._with_bigrams(phrase, ("text",), within - known, READ_AT_ONCE)
        return known | self._holding(phrase, candidates)

    def _with_word(self, word: str, within: Mask) -> Mask:
        """Those with the word as it stands, or with quotation marks inside it."""
        known = within & self._with(UNQUOTED, word) if len(word) > 2 else within - within
        found = known | self._with_phrase(word, within - known)
        quoted = self._with_quotes(word, within - found)
        if len(word) == 2 or not quoted:
            return found | quoted
        candidates = self._with_bigrams(word, ("text", UNQUOTED), quoted)
        return found | self._holding(word, candidates, without=_QUOTES)

    def _holding(self, text: str, candidates: Mask, without: bytes = b"") -> Mask:
        """Those in whose lines the text stands."""
        needle, found = text.encode(), []
        parts = (True,) if is_wide(text) else (False, True)
        read = self._postings.text
        for number in candidates.numbers():
            for wide in parts:
                lines = read(number, wide=wide)
                if needle in (lines.translate(None, without) if without else lines):
                    found.append(number)
                    break
        return self._mask(found)

    def _with_quotes(self, word: str, within: Mask) -> Mask:
        """Those of ``within`` where quotation marks stand inside a bigram of the word."""
        pairs = set(bigrams(word))
        if len(pairs) > MOST_BIGRAMS or not within:
            return within
        quoted = self._mask([])
        for pair in pairs:
            quoted |= self._with(UNQUOTED, pair)
        return within & quoted

    def _with_bigrams(
        self, text: str, fields: Sequence[str], within: Mask, enough: int = 0
    ) -> Mask:
        """Those of ``within`` that may contain ``text``: each bigram is in one of the fields.

        The search ends when no more than ``enough`` are left.
        """
        found = within
        inside = fours(text) if fields[-1] != UNQUOTED else []
        for pair in (*_spread(inside), *_spread(bigrams(text))):
            if len(found) <= enough:
                break
            having = self._with(fields[0], pair)
            for field in fields[1:]:
                having |= self._with(field, pair)
            found &= having
        return found

    def _with(self, field: str, token: str) -> Mask:
        """The entries with that token in that field; deleted ones may be among them."""
        return self._mask(self._having(field, token)[0])

    def _having(self, field: str, token: str) -> tuple[Numbers, Counts]:
        key = (field, token)
        found = self._cached.get(key)
        if found is None:
            found = self._postings.postings(field, token)
            self._cached.put(key, found)
        return found

    def _mask(self, numbers: Numbers | list[int]) -> Mask:
        bits = np.zeros(self._size, np.bool_)
        if len(numbers):
            bits[numbers] = True
        return Mask(bits)


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

    def order(self, relevance: Floats, matching: NDArray[np.bool_]) -> tuple[Numbers, Floats]:
        """The matching entries, best first, with their scores."""
        numbers = np.flatnonzero(matching)
        scores = settled(
            relevance[numbers], self._recent[numbers], self._superseded[numbers]
        ).round(6)
        order = np.lexsort((self._by_id[numbers], -scores))
        return numbers[order], scores[order]


class _Cache:
    """Postings lately read, as many as fit into so many bytes; the oldest go first."""

    def __init__(self, most: int) -> None:
        self._most, self._bytes = most, 0
        self._held: OrderedDict[tuple[str, str], tuple[Numbers, Counts]] = OrderedDict()

    def get(self, key: tuple[str, str]) -> tuple[Numbers, Counts] | None:
        found = self._held.get(key)
        if found is not None:
            self._held.move_to_end(key)
        return found

    def put(self, key: tuple[str, str], found: tuple[Numbers, Counts]) -> None:
        self._held[key] = found
        self._bytes += _size_of(found)
        while self._bytes > self._most and len(self._held) > 1:
            self._bytes -= _size_of(self._held.popitem(last=False)[1])


def _size_of(found: tuple[Numbers, Counts]) -> int:
    return _OVERHEAD + found[0].nbytes + found[1].nbytes


def _lately(
    cache: OrderedDict[Query, Value], query: Query, answer: Callable[[Query], Value]
) -> Value:
    """The answer, from the last ones given where it is among them."""
    if query in cache:
        cache.move_to_end(query)
        return cache[query]
    found = answer(query)
    if len(cache) >= MOST_CACHED_ANSWERS:
        cache.popitem(last=False)
    cache[query] = found
    return found


def _grouped(held: dict[int, Held]) -> dict[str, list[tuple[Facts, list[int]]]]:
    """For each condition the entries that are alike for it, with the facts of one of them."""
    alike: dict[str, dict[object, list[int]]] = {
        name: defaultdict(list) for name in ("agency", "region", "kind", "year", "doc_no")
    }
    for number, one in held.items():
        facts = one.facts
        alike["agency"][facts.agency].append(number)
        alike["region"][facts.region].append(number)
        alike["kind"][facts.kind].append(number)
        alike["year"][facts.fiscal_year].append(number)
        alike["doc_no"][facts.citations].append(number)
    return {
        name: [(held[numbers[0]].facts, numbers) for numbers in groups.values()]
        for name, groups in alike.items()
    }


def _spread(found: list[str]) -> list[str]:
    """At most so many of the tokens of a text, from all over it."""
    tokens = list(dict.fromkeys(found))
    step = -(-len(tokens) // MOST_BIGRAMS)
    return tokens[::step] if tokens else []
