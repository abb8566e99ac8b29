"""What makes one match better than another, the same for every engine.

Title and names weigh more than labels, labels more than prose; the text as typed more
than its words apart; newer disclosures more than older; superseded versions come last.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from archive.query.tree import Query, wanted_texts
from archive.segment import SHORTEST_WORD, bigrams, longest_words, loosened

WORD_WEIGHT = {"title": 4.0, "names": 3.0, "labels": 1.5, "text": 1.0}
WHOLE_WEIGHT = {"title": 12.0, "names": 12.0, "labels": 5.0, "text": 0.0}
TOGETHER_WEIGHT = {"title": 6.0, "names": 6.0, "labels": 4.0, "text": 3.0}

Relevance = Any
"""A float, or a numpy array of them."""

MOST_TEXTS = 20
MOST_WORDS = 12
_MOST_TOGETHER = 40
_LAST_YEARS = 10
_YEAR_GAIN = 0.04
_LEAST = 0.01


@dataclass(frozen=True, slots=True)
class Sought:
    """A text to be scored: ``words`` apart, and ``whole`` as it was typed (folded).

    ``weights`` are the gains of a field that holds it whole.
    """

    whole: str
    words: tuple[str, ...]
    weights: dict[str, float]


def sought(query: Query) -> tuple[Sought, ...]:
    """What to score a query's matches by; nothing for a query of conditions alone."""
    texts = [loosened(text) for text in wanted_texts(query)[:MOST_TEXTS]]
    texts = [text for text in texts if text]
    result = [Sought(text, _words(text), WHOLE_WEIGHT) for text in texts]
    together = "".join(texts)
    if len(texts) > 1 and len(together) <= _MOST_TOGETHER:
        result.append(Sought(together, (), TOGETHER_WEIGHT))
    return tuple(result)


def _words(text: str) -> tuple[str, ...]:
    """The longest tokens that an index may count for ``text``; bigrams if it has no words."""
    if len(text) <= SHORTEST_WORD:
        return (text,)
    found = longest_words(text) or tuple(dict.fromkeys(bigrams(text)))
    return found[:MOST_WORDS]


def recency(year: int | None, newest: int | None) -> float:
    """What a disclosure of that year is multiplied by: 1 for the old and the undated."""
    age = (newest - year) if year is not None and newest is not None else _LAST_YEARS
    return 1 + _YEAR_GAIN * (_LAST_YEARS - min(max(age, 0), _LAST_YEARS))


def settled(relevance: Relevance, recent: Relevance, superseded: Relevance) -> Relevance:
    """The final score: above 1 for a current version, always below for a superseded one.

    Of one disclosure, or of many in arrays; ``superseded`` is 0 or 1.
    """
    value = (relevance + _LEAST) * recent
    return (1 - superseded) * (1 + value) + superseded * value / (1 + value)
