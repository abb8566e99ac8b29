"""The nearest thing to an address that no longer stands where it did.

A better extractor may read a label anew, so an old link can miss its row by a character;
the page then shows the nearest row and says so.
"""

from __future__ import annotations

from collections.abc import Iterable

from rapidfuzz import fuzz, process

LEAST_LIKENESS = 60.0


def nearest(wanted: str, ids: Iterable[str]) -> str | None:
    """The id most like ``wanted``, ``None`` when none is like it; ``wanted`` itself wins."""
    known = list(ids)
    if wanted in known:
        return wanted
    best = process.extractOne(wanted, known, scorer=fuzz.ratio, score_cutoff=LEAST_LIKENESS)
    return best[0] if best else None


def likeness(a: str, b: str) -> float:
    """How alike two texts are, from 0 to 100."""
    return fuzz.ratio(a, b)
