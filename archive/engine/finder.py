"""Which entries have a text, told from postings that know no positions.

A text of one or two characters is found by its token; a longer one is looked for among the
entries that have all its bigrams, in their folded lines.
"""

from __future__ import annotations

from collections import OrderedDict, defaultdict
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from typing import Protocol, TypeVar

import numpy as np

from archive.engine.masks import Bounds, Mask
from archive.engine.matching import Facts, Test, facts_test
from archive.engine.packed import Counts, Numbers
from archive.fold import fold
from archive.query.tree import Among, Field, Leaf, Phrase, Term
from archive.segment import bigrams, fours, loosened

UNQUOTED = "unquoted"
MOST_BIGRAMS = 48
READ_AT_ONCE = 20  # entries whose lines are read sooner than more postings
MOST_CACHED_BYTES = 64_000_000
MOST_CACHED_ANSWERS = 64
_OVERHEAD = 500  # bytes of two arrays, their key and its place
_FIRST_WIDE = "\u2e80"
_QUOTES = b"\"'"

Key = TypeVar("Key", bound=Hashable)
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


class Finder:
    """Answers single conditions from one state of an index."""

    def __init__(self, postings: Postings, held: dict[int, Held]) -> None:
        self._postings = postings
        self._size = postings.size()
        self._facts = {number: one.facts for number, one in held.items()}
        self._numbers_of = {one.facts.id: number for number, one in held.items()}
        self._groups = _grouped(held)
        self._citing: dict[str, list[int]] = defaultdict(list)
        for number, one in held.items():
            for citation in one.facts.citations:
                self._citing[citation].append(number)
        self._meeting: OrderedDict[Leaf, Mask] = OrderedDict()
        self._cached = _Cache(MOST_CACHED_BYTES)
        self._quotable: OrderedDict[str, Mask] = OrderedDict()
        self.everything = self.mask(list(held))

    def bounds(self, leaf: Leaf, within: Mask) -> Bounds:
        """Those of ``within`` that meet the condition, and those that may."""
        if isinstance(leaf, Phrase):
            return self._with_phrase(fold(leaf.text), within)
        if isinstance(leaf, Term):
            return self._with_word(loosened(leaf.text), within)
        found = within & lately(self._meeting, leaf, self._with_facts)
        return Bounds(found, found)

    def test_of(self, leaf: Leaf) -> Test:
        """What tells whether an entry meets the condition, looked into."""
        if isinstance(leaf, Phrase):
            return self._stands(fold(leaf.text))
        if isinstance(leaf, Term):
            word = loosened(leaf.text)
            as_it_is, quoted = self._stands(word), self._stands_quoted(word)
            return lambda number: as_it_is(number) or quoted(number)
        test = facts_test(leaf)
        return lambda number: test(self._facts[number])

    def with_bigrams(self, text: str, field: str, within: Mask) -> Mask:
        """Those of ``within`` with each bigram of the text in that field."""
        return self._with_bigrams(text, (field,), within)

    def having(self, field: str, token: str) -> tuple[Numbers, Counts]:
        """The entries with that token in that field, and how often they have it."""
        key = (field, token)
        found = self._cached.get(key)
        if found is None:
            found = self._postings.postings(field, token)
            self._cached.put(key, found)
        return found

    def mask(self, numbers: Numbers | list[int]) -> Mask:
        """The set of these."""
        bits = np.zeros(self._size, np.bool_)
        if len(numbers):
            bits[numbers] = True
        return Mask(bits)

    def _with_facts(self, leaf: Leaf) -> Mask:
        """Those whose facts meet the condition."""
        if isinstance(leaf, Among):
            if leaf.ids == self._numbers_of.keys():
                return self.everything
            known = (self._numbers_of.get(identifier) for identifier in leaf.ids)
            return self.mask([number for number in known if number is not None])
        if isinstance(leaf, Field) and leaf.name == "doc_no":
            return self.mask(self._citing.get(fold(leaf.value), []))
        kind, test = leaf.name if isinstance(leaf, Field) else "year", facts_test(leaf)
        met = (numbers for facts, numbers in self._groups[kind] if test(facts))
        return self.mask([number for numbers in met for number in numbers])

    def _with_phrase(self, phrase: str, within: Mask) -> Bounds:
        known = within & self._with("text", phrase)  # a longer one may be a word there
        if len(phrase) <= 2:
            return Bounds(known, known)
        candidates = self._with_bigrams(phrase, ("text",), within - known, READ_AT_ONCE)
        return Bounds(known, known | candidates)

    def _with_word(self, word: str, within: Mask) -> Bounds:
        """Those with the word as it stands, or with quotation marks inside it."""
        known = within & self._with(UNQUOTED, word) if len(word) > 2 else within - within
        plain = self._with_phrase(word, within - known)
        sure, possible = known | plain.sure, known | plain.possible
        left = within - sure
        if left:
            quoted = left & self._quoted(word)
            sure, possible = (sure | quoted if len(word) == 2 else sure), possible | quoted
        return Bounds(sure, possible)

    def _quoted(self, word: str) -> Mask:
        """Those that may have the word with quotation marks inside it."""

        def found(word: str) -> Mask:
            quoted = self._with_quotes(word, self.everything)
            if len(word) == 2 or not quoted:
                return quoted
            return self._with_bigrams(word, ("text", UNQUOTED), quoted)

        return lately(self._quotable, word, found)

    def _stands(self, text: str) -> Test:
        """Whether the text stands there."""
        needle, read = text.encode(), self._postings.text
        if not needle:
            return lambda _: False
        if is_wide(text):
            return lambda number: needle in read(number, wide=True)
        return lambda number: (
            needle in read(number, wide=True) or needle in read(number, wide=False)
        )

    def _stands_quoted(self, word: str) -> Test:
        """Whether the word stands there with quotation marks inside."""
        if not word:
            return lambda _: False
        needle, read = word.encode(), self._postings.text
        parts = (True,) if is_wide(word) else (False, True)
        return lambda number: (
            number in self._quoted(word)
            and any(needle in read(number, wide=wide).translate(None, _QUOTES) for wide in parts)
        )

    def _with_quotes(self, word: str, within: Mask) -> Mask:
        """Those of ``within`` where quotation marks stand inside a bigram of the word."""
        pairs = set(bigrams(word))
        if len(pairs) > MOST_BIGRAMS or not within:
            return within
        quoted = self.mask([])
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
        return self.mask(self.having(field, token)[0])


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


def lately(cache: OrderedDict[Key, Value], key: Key, answer: Callable[[Key], Value]) -> Value:
    """The answer, from the last ones given where it is among them."""
    if key in cache:
        cache.move_to_end(key)
        return cache[key]
    found = answer(key)
    if len(cache) >= MOST_CACHED_ANSWERS:
        cache.popitem(last=False)
    cache[key] = found
    return found


def _grouped(held: dict[int, Held]) -> dict[str, list[tuple[Facts, list[int]]]]:
    """For each condition the entries that are alike for it, with the facts of one of them."""
    alike: dict[str, dict[object, list[int]]] = {
        name: defaultdict(list) for name in ("agency", "region", "kind", "year")
    }
    for number, one in held.items():
        facts = one.facts
        alike["agency"][facts.agency].append(number)
        alike["region"][facts.region].append(number)
        alike["kind"][facts.kind].append(number)
        alike["year"][facts.fiscal_year].append(number)
    return {
        name: [(held[numbers[0]].facts, numbers) for numbers in groups.values()]
        for name, groups in alike.items()
    }


def _spread(found: list[str]) -> list[str]:
    """At most so many of the tokens of a text, from all over it."""
    tokens = list(dict.fromkeys(found))
    step = -(-len(tokens) // MOST_BIGRAMS)
    return tokens[::step] if tokens else []
