"""How a query is answered exactly and scored from postings that know no positions.

A text of one or two characters is found by its token; a longer one is looked for among the
entries that have all its bigrams, in their folded lines.  Entries are numbers here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Protocol

from archive.engine import Scored
from archive.engine.matching import Facts, holds, select
from archive.engine.ranking import WORD_WEIGHT, Sought, settled, sought
from archive.fold import fold
from archive.query.tree import Leaf, Phrase, Query, Term
from archive.segment import bigrams, loosened

UNQUOTED = "unquoted"
MOST_BIGRAMS = 48
READ_AT_ONCE = 20  # entries whose lines are read sooner than more postings
MOST_CACHED_IDS = 2_000_000
MOST_CACHED_ANSWERS = 64
_QUOTES = b"\"'"


class Postings(Protocol):
    """One state of an index.

    Its fields are those of :data:`archive.engine.ranking.WORD_WEIGHT`, of which "text" holds the
    tokens (:func:`archive.segment.tokens`) of all lines, and :data:`UNQUOTED`, which holds
    the bigrams that quotation marks part (:func:`archive.segment.bigrams_over_quotes`).
    """

    def facts(self) -> dict[int, Facts]:
        """The facts of every entry that is not deleted."""

    def having(self, field: str, token: str) -> Iterable[int]:
        """The entries with that token; deleted ones may be among them."""

    def scores(self, field: str, token: str) -> Iterator[tuple[int, float]]:
        """The same entries, each with the worth of that token in it."""

    def text(self, number: int) -> bytes:
        """The folded lines of an entry, in UTF-8."""

    def close(self) -> None:
        """Release files."""


class Snapshot:
    """One state of an index, with the answers lately given.  Not for two threads at once."""

    def __init__(self, postings: Postings) -> None:
        self._postings = postings
        self._facts = postings.facts()
        self._everything = frozenset(self._facts)
        years = (facts.fiscal_year for facts in self._facts.values())
        self._newest = max((year for year in years if year is not None), default=None)
        self._cached: dict[tuple[str, str], frozenset[int]] = {}
        self._cached_ids = 0
        self._answers: dict[Query, frozenset[int]] = {}
        self._rankings: dict[Query, tuple[Scored, ...]] = {}

    def close(self) -> None:
        """Release the files below."""
        self._postings.close()

    def ids(self) -> frozenset[str]:
        """The ids of all entries."""
        return frozenset(facts.id for facts in self._facts.values())

    def matching(self, query: Query) -> frozenset[str]:
        """The ids of all entries that match."""
        return frozenset(self._facts[number].id for number in self._numbers(query))

    def _numbers(self, query: Query) -> frozenset[int]:
        if query not in self._answers:
            _make_room(self._answers)
            self._answers[query] = select(query, self._everything, self._answer)
        return self._answers[query]

    def ranked(self, query: Query) -> tuple[Scored, ...]:
        """All entries that match, best first; equal scores by id."""
        if query not in self._rankings:
            _make_room(self._rankings)
            self._rankings[query] = self._rank(query)
        return self._rankings[query]

    def _rank(self, query: Query) -> tuple[Scored, ...]:
        relevance = dict.fromkeys(self._numbers(query), 0.0)
        if relevance:
            for text in sought(query):
                self._weigh(text, relevance)
        scored = []
        for number, value in relevance.items():
            facts = self._facts[number]
            score = settled(value, facts.fiscal_year, self._newest, facts.superseded)
            scored.append(Scored(facts.id, score))
        return tuple(sorted(scored, key=lambda entry: (-entry.score, entry.id)))

    def _weigh(self, text: Sought, relevance: dict[int, float]) -> None:
        """Add what the text is worth in each entry of ``relevance``."""
        for field, weight in WORD_WEIGHT.items():
            for word in text.words:
                for number, score in self._postings.scores(field, word):
                    if number in relevance:
                        relevance[number] += weight * score
        for field, weight in text.weights.items():
            if weight:
                for number in self._with_bigrams(text.whole, (field,), relevance):
                    relevance[number] += weight

    def _answer(self, leaf: Leaf, within: frozenset[int]) -> frozenset[int]:
        if isinstance(leaf, Phrase):
            return self._with_phrase(fold(leaf.text), within)
        if isinstance(leaf, Term):
            return self._with_word(loosened(leaf.text), within)
        return frozenset(number for number in within if holds(leaf, self._facts[number]))

    def _with_phrase(self, phrase: str, within: frozenset[int]) -> frozenset[int]:
        known = within & self._with("text", phrase)  # a longer one may be a word there
        if len(phrase) <= 2:
            return known
        needle = phrase.encode()
        candidates = self._with_bigrams(phrase, ("text",), within - known, READ_AT_ONCE)
        return known | {number for number in candidates if needle in self._postings.text(number)}

    def _with_word(self, word: str, within: frozenset[int]) -> frozenset[int]:
        """Those with the word as it stands, or with quotation marks inside it."""
        found = self._with_phrase(word, within)
        quoted = self._with_quotes(word, within - found)
        if len(word) == 2:
            return found | quoted
        needle = word.encode()
        candidates = self._with_bigrams(word, ("text", UNQUOTED), quoted)
        return found | {
            number
            for number in candidates
            if needle in self._postings.text(number).translate(None, _QUOTES)
        }

    def _with_quotes(self, word: str, within: frozenset[int]) -> frozenset[int]:
        """Those of ``within`` where quotation marks stand inside a bigram of the word."""
        pairs = set(bigrams(word))
        if len(pairs) > MOST_BIGRAMS:
            return within
        return within & frozenset().union(*(self._with(UNQUOTED, pair) for pair in pairs))

    def _with_bigrams(
        self, text: str, fields: Sequence[str], within: Iterable[int], enough: int = 0
    ) -> set[int]:
        """Those of ``within`` that may contain ``text``: each bigram is in one of the fields.

        The search ends when no more than ``enough`` are left.
        """
        found = set(within)
        for pair in _spread(list(dict.fromkeys(bigrams(text)))):
            if len(found) <= enough:
                break
            found &= frozenset().union(*(self._with(field, pair) for field in fields))
        return found

    def _with(self, field: str, token: str) -> frozenset[int]:
        """The entries with that token in that field; deleted ones may be among them."""
        key = (field, token)
        if key not in self._cached:
            found = frozenset(self._postings.having(field, token))
            self._cached_ids += len(found) + 1
            if self._cached_ids > MOST_CACHED_IDS:
                self._cached.clear()
                self._cached_ids = len(found) + 1
            self._cached[key] = found
        return self._cached[key]


def _spread(pairs: list[str]) -> list[str]:
    """At most so many of the bigrams, from all over the text."""
    step = -(-len(pairs) // MOST_BIGRAMS)
    return pairs[::step] if pairs else []


def _make_room(cache: dict[Query, Any]) -> None:
    if len(cache) >= MOST_CACHED_ANSWERS:
        del cache[next(iter(cache))]
