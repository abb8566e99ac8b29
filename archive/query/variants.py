"""What a query's words are short for, offered as a wider query and never put in unasked.

The abbreviations are data (``archive/data/abbreviations.csv``).  Quoted phrases are exact
and left alone.
"""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import accumulate, islice, product

from archive.fold import fold
from archive.query.editing import field_as_typed, replaced
from archive.query.parsed import MOST_CHARACTERS
from archive.query.tokens import Token, TypedField, clean, tokens
from archive.segment import pieces

MOST_WIDENINGS = 5
MOST_WAYS = 6
_LONGEST_WORD = 60
_IN_FIELDS: frozenset[TypedField] = frozenset({"project", "agency", "code", "table"})


@dataclass(frozen=True, slots=True)
class Widening:
    """``text`` is the query in which what stands at ``[start, end)`` may also be ``others``."""

    start: int
    end: int
    typed: str
    others: tuple[str, ...]
    text: str


@dataclass(frozen=True, slots=True)
class _Abbreviation:
    longs: tuple[str, ...]
    whole: bool


def widenings(text: str) -> tuple[Widening, ...]:
    """The wider queries to offer for a typed one, each for one of its words."""
    kept = clean(text[:MOST_CHARACTERS])
    found = tokens(kept)
    typed = {fold(token.text) for token in found}
    offered = (_widening(text, kept, token, typed) for token in found[: MOST_WIDENINGS * 4])
    return tuple(each for each in offered if each is not None)[:MOST_WIDENINGS]


def written_out(word: str) -> tuple[str, ...]:
    """The word with its abbreviations written out, all of them first, then some of them."""
    folded = fold(word)
    if len(folded) > _LONGEST_WORD:
        return ()
    parts: list[tuple[str, ...]] = []
    at = 0
    for start, end, meaning in _abbreviations_in(folded):
        parts += [(folded[at:start],), (*meaning.longs, folded[start:end])]
        at = end
    ways = islice(product(*parts, (folded[at:],)), MOST_WAYS + 1)
    return tuple(way for way in map("".join, ways) if fold(way) != folded)[:MOST_WAYS]


def _widening(text: str, kept: str, token: Token, typed: set[str]) -> Widening | None:
    if not _may_widen(kept, token):
        return None
    others = tuple(other for other in written_out(token.text) if fold(other) not in typed)
    if not others:
        return None
    as_typed = kept[token.start : token.end].rstrip()
    name = field_as_typed(kept, token)
    choices = (as_typed, *(name + other for other in others))
    wider = replaced(text, token.start, token.end, f"({' 或 '.join(choices)})")
    return Widening(token.start, token.end, as_typed, others, wider)


def _may_widen(kept: str, token: Token) -> bool:
    if token.kind == "word":
        return True
    quoted = kept[token.start : token.end].rstrip().endswith(token.text)
    return token.field in _IN_FIELDS and bool(token.text) and quoted


def _abbreviations_in(folded: str) -> Iterator[tuple[int, int, _Abbreviation]]:
    """The longest abbreviations that are words of a folded text, none where it is written
    out already."""
    known = _abbreviations()
    if folded in known:
        yield 0, len(folded), known[folded]
        return
    edges = list(accumulate(map(len, pieces(folded)), initial=0))
    at = 0
    for start in edges:
        ends = [end for end in reversed(edges) if end > start >= at]
        end = next((end for end in ends if _is_short(folded, folded[start:end])), None)
        if end is not None:
            yield start, end, known[folded[start:end]]
            at = end


def _is_short(folded: str, word: str) -> bool:
    meaning = _abbreviations().get(word)
    return (
        meaning is not None
        and not meaning.whole
        and not any(fold(long) in folded for long in meaning.longs)
    )


@cache
def _abbreviations() -> dict[str, _Abbreviation]:
    text = files("archive").joinpath("data/abbreviations.csv").read_text(encoding="utf-8")
    longs: dict[str, list[str]] = defaultdict(list)
    whole = set()
    for row in csv.DictReader(text.splitlines()):
        short = fold(row["short"])
        longs[short].append(row["long"])
        if row["whole"]:
            whole.add(short)
    return {short: _Abbreviation(tuple(each), short in whole) for short, each in longs.items()}
