"""What matches one query, looked into no further than is asked for.

A text that is no token may stand in nearly every entry, and looking through the lines of
ten thousand takes longer than an answer may.  So those that must match are told from those
that may, and of the latter only as many are looked into as are shown, or a sample for an
estimate of how many there are.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

import numpy as np

from archive.engine import Count
from archive.engine.masks import Bounds, Mask
from archive.engine.packed import Numbers

MOST_LOOKED_INTO = 1_000
SAMPLE = 200
_SEED = 1  # the same sample every time


class Judged:
    """The matches of one query; ``holds`` looks into an entry."""

    def __init__(self, found: Bounds, holds: Callable[[int], bool]) -> None:
        self.possible = found.possible
        self._matching = found.sure.bits.copy()
        self._open = (found.possible - found.sure).bits
        self._holds = holds
        self._estimate = self._estimated()

    @property
    def count(self) -> Count:
        """How many match."""
        if self._open.any():
            return self._estimate
        return Count(int(np.count_nonzero(self._matching)))

    def all(self) -> Mask:
        """Those that match, each looked into."""
        self._look_into(np.flatnonzero(self._open))
        return Mask(self._matching)

    def candidates(self) -> Mask:
        """Those that match, and those not looked into."""
        return Mask(self._matching | self._open)

    def slice(self, order: Numbers, start: int, end: int) -> Numbers:
        """Places in ``order``, which has all that may match: of those that do match, the
        ones from ``start`` to ``end``."""
        seen, places = 0, np.zeros(0, np.int64)
        while len(places) < end and seen < len(order):
            seen += max(end - len(places), SAMPLE)
            self._look_into(order[:seen])
            places = np.flatnonzero(self._matching[order[:seen]])
        return places[start:end]

    def _look_into(self, numbers: Iterable[int]) -> None:
        numbers = np.asarray(numbers, np.int64)
        unknown: list[int] = numbers[self._open[numbers]].tolist()
        for number in unknown:
            self._matching[number] = self._holds(number)
        self._open[unknown] = False

    def _estimated(self) -> Count:
        unknown = np.flatnonzero(self._open)
        if len(unknown) <= MOST_LOOKED_INTO:
            self._look_into(unknown)
            return Count(int(np.count_nonzero(self._matching)))
        known = np.count_nonzero(self._matching)
        sample = np.random.default_rng(_SEED).choice(unknown, SAMPLE, replace=False)
        self._look_into(sample)
        share = np.count_nonzero(self._matching[sample]) / SAMPLE
        if not share:  # none or few: an estimate would tell nothing
            self._look_into(unknown)
            return Count(int(np.count_nonzero(self._matching)))
        return Count.about(known + share * len(unknown))
