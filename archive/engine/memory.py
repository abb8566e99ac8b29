"""An engine without an index: it reads every line, and so shows what others must find."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import partial
from math import log1p

from archive.engine import Candidates, Count, Entry, Scored
from archive.engine.matching import Facts, facts_of, facts_test, matches
from archive.engine.ranking import WORD_WEIGHT, Sought, recency, settled, sought
from archive.fold import fold
from archive.query.tree import Leaf, Phrase, Query, Term
from archive.segment import folded_lines, loosened, without_quotes


@dataclass(frozen=True, slots=True)
class _Kept:
    facts: Facts
    lines: dict[str, tuple[str, ...]]
    loose: dict[str, tuple[str, ...]]


class MemoryEngine:
    """The plain twin of :class:`archive.engine.whoosh_engine.WhooshEngine`, for tests."""

    def __init__(self) -> None:
        self._kept: dict[str, _Kept] = {}

    def add(self, entries: Iterable[Entry]) -> None:
        """Add or replace entries, visible together when it returns."""
        self._kept.update({entry.id: _keep(entry) for entry in entries})

    def remove(self, ids: Iterable[str]) -> None:
        """Forget entries; unknown ids are no error."""
        for identifier in ids:
            self._kept.pop(identifier, None)

    def search(self, query: Query, limit: int, offset: int = 0) -> list[Scored]:
        """The matching disclosures, best first; equal scores by id."""
        newest = max((k.facts.fiscal_year or 0 for k in self._kept.values()), default=None)
        texts = sought(query)
        found = []
        for identifier in self.matching(query):
            kept = self._kept[identifier]
            relevance = sum(_relevance(text, kept) for text in texts)
            facts = kept.facts
            recent = recency(facts.fiscal_year, newest)
            score = settled(relevance, recent, float(facts.superseded))
            found.append(Scored(identifier, round(score, 6)))
        found.sort(key=lambda scored: (-scored.score, scored.id))
        return found[offset : offset + limit]

    def matching(self, query: Query) -> frozenset[str]:
        """The ids of all disclosures that match, unscored."""
        return frozenset(
            identifier
            for identifier, kept in self._kept.items()
            if matches(query, partial(_holds, kept))
        )

    def candidates(self, query: Query) -> Candidates:
        """The same, counted: this engine always looks into all."""
        ids = self.matching(query)
        return Candidates(ids, Count(len(ids)))

    def ids(self) -> frozenset[str]:
        """The ids of all entries."""
        return frozenset(self._kept)

    def close(self) -> None:
        """Nothing to release."""


def _keep(entry: Entry) -> _Kept:
    parts = {
        "title": entry.title,
        "names": entry.names,
        "labels": entry.labels,
        "text": "\n".join((entry.title, entry.names, entry.labels, entry.body)),
    }
    lines = {part: tuple(folded_lines(text)) for part, text in parts.items()}
    loose = {part: tuple(map(without_quotes, given)) for part, given in lines.items()}
    return _Kept(facts_of(entry), lines, loose)


def _holds(kept: _Kept, leaf: Leaf) -> bool:
    if isinstance(leaf, Phrase):
        phrase = fold(leaf.text)
        return bool(phrase) and any(phrase in line for line in kept.lines["text"])
    if isinstance(leaf, Term):
        word = loosened(leaf.text)
        return bool(word) and any(word in line for line in kept.loose["text"])
    return facts_test(leaf)(kept.facts)


def _relevance(text: Sought, kept: _Kept) -> float:
    total = 0.0
    for part, lines in kept.loose.items():
        counts = [sum(word in line for line in lines) for word in text.words]
        total += WORD_WEIGHT[part] * sum(map(log1p, counts))
        if any(text.whole in line for line in lines):
            total += text.weights[part]
    return total
