"""“您是不是要找”: for words that no name contains, what they may be meant for.

Candidates are pieces of names that the archive holds, cut at the edges of words, and near
in characters and in sound: 长护里保险 is 长期护理保险 with one character left out and one
typed by ear.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz.distance import Levenshtein

from archive.query.editing import field_as_typed, replaced
from archive.query.parsed import MOST_CHARACTERS
from archive.query.readings import read
from archive.query.tokens import Token, clean, tokens
from archive.query.tree import Field, Or, Query, Term
from archive.query.variants import written_out
from archive.segment import loosened, word_edges
from archive.store import Store
from archive.store.suggestions import (
    HeldName,
    holds_name_with,
    names_heard_like,
    names_of_kind,
)
from archive.suggest.sounds import by_ear, pairs, syllables

MOST_MEANT = 3
FARTHEST = 0.34
"""The share of a word that may differ, characters and sounds each counting half."""
FARTHEST_NUMBER = 2
_NO_FARTHER = 0.1
_NEARER_BY_USE = 0.02  # each doubling of a word's uses makes it so much likelier to be meant
_SHORTEST, _LONGEST = 2, 30
_MOST_WORDS = 8
_MOST_READ = 6_000
_MOST_NAMES = 80
_REMEMBERED = 5_000


@dataclass(frozen=True, slots=True)
class Meant:
    """``text`` is a query to try instead, ``words`` what is changed in it."""

    text: str
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Correction:
    token: Token
    others: tuple[str, ...]


def did_you_mean(store: Store, text: str) -> tuple[Meant, ...]:
    """Queries to try instead of one that finds next to nothing, the likeliest first; empty
    where every word is in some name or near to none."""
    kept = clean(text[:MOST_CHARACTERS])
    words = [token for token in tokens(kept) if token.text][:_MOST_WORDS]
    with store.snapshot():
        tried = (_Correction(token, _others(store, token)) for token in words)
        wrong = [correction for correction in tried if correction.others]
    if not wrong:
        return ()
    if len(wrong) > 1:
        return (_meant(kept, [(each.token, each.others[0]) for each in wrong]),)
    return tuple(_meant(kept, [(wrong[0].token, other)]) for other in wrong[0].others)


def _meant(kept: str, changes: Sequence[tuple[Token, str]]) -> Meant:
    text = kept
    for token, other in sorted(changes, key=lambda change: -change[0].start):
        text = replaced(text, token.start, token.end, field_as_typed(kept, token) + other)
    return Meant(text.strip(), tuple(other for _, other in changes))


def _others(store: Store, token: Token) -> tuple[str, ...]:
    """What a word may be meant for; nothing where a name contains it as it stands."""
    query = read(token).query
    if isinstance(query, Field) and query.name == "doc_no":
        return _other_numbers(store, query.value)
    typed = loosened(token.text)
    if not _is_word(query) or not _SHORTEST <= len(typed) <= _LONGEST:
        return ()
    if holds_name_with(store.db, typed):
        return ()
    written = [
        long for long in written_out(token.text) if holds_name_with(store.db, loosened(long))
    ]
    return tuple(dict.fromkeys((*written, *_near(store, typed))))[:MOST_MEANT]


def _is_word(query: Query | None) -> bool:
    if isinstance(query, Or):
        return all(map(_is_word, query.parts))
    return isinstance(query, Term) or (
        isinstance(query, Field) and query.name in ("project", "agency", "code", "table")
    )


def _other_numbers(store: Store, number: str) -> tuple[str, ...]:
    """The document numbers that differ by no more than two characters."""
    near = []
    for other, uses in names_of_kind(store.db, "doc_no"):
        distance = Levenshtein.distance(number, other, score_cutoff=FARTHEST_NUMBER)
        if distance == 0:
            return ()
        if distance <= FARTHEST_NUMBER:
            near.append((distance, -uses, other))
    return tuple(other for *_, other in sorted(near)[:MOST_MEANT])


def _near(store: Store, typed: str) -> list[str]:
    """The pieces of names that are near to the word, the nearest first."""
    typed = "".join(character for character in typed if character.isalnum())
    heard = by_ear(syllables(typed))
    uses: dict[str, int] = {}
    distances: dict[str, float] = {}
    for name in names_heard_like(store.db, pairs(heard), _MOST_READ, _MOST_NAMES):
        for piece, piece_heard in _pieces(name, len(typed)):
            if piece not in distances:
                distances[piece] = _distance(typed, heard, piece, piece_heard)
            uses[piece] = uses.get(piece, 0) + name.uses
    farthest = min(FARTHEST, min(distances.values(), default=1.0) + _NO_FARTHER)
    near = [piece for piece, distance in distances.items() if distance <= farthest]
    farness = {p: distances[p] - _NEARER_BY_USE * uses[p].bit_length() for p in near}
    return sorted(near, key=lambda piece: (round(farness[piece], 3), piece))


def _pieces(name: HeldName, length: int) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The stretches of whole words of a name that are about as long as what is typed."""
    compact = "".join(character for character in name.folded if character.isalnum())
    if len(compact) != len(name.heard):
        return
    edges = _edges(compact)
    slack = max(1, length // 2)
    for number, start in enumerate(edges):
        for end in edges[number + 1 :]:
            if end - start >= _SHORTEST and abs(end - start - length) <= slack:
                yield compact[start:end], name.heard[start:end]


@lru_cache(maxsize=_REMEMBERED)
def _edges(name: str) -> tuple[int, ...]:
    return tuple(word_edges(name))


def _distance(typed: str, heard: Sequence[str], piece: str, piece_heard: Sequence[str]) -> float:
    """A character that both have sounds the same in both, however each word reads it.

    Where the characters alone put the piece too far away, its sounds are not compared.
    """
    longest = max(len(typed), len(piece))
    characters = Levenshtein.distance(typed, piece)
    if characters / 2 / longest > FARTHEST:
        return 1.0
    known = dict(zip(piece, piece_heard, strict=True))
    sounded = [known.get(character, sound) for character, sound in zip(typed, heard, strict=False)]
    sounds = Levenshtein.distance(sounded, piece_heard)
    return (characters + sounds) / 2 / longest
