"""The seam for search engines: words find disclosures.

An engine holds one entry a disclosure and answers which disclosures match, scored.  Facts
(rows, amounts, document numbers) are found in the store, not here.  An engine may be
thrown away at any time and rebuilt from the store.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

from archive.errors import ArchiveError
from archive.query.tree import Query

_ESTIMATED_DIGITS = 2


@dataclass(frozen=True, slots=True)
class Entry:
    """What an engine knows of one disclosure.

    ``names`` are title, agency and project names; ``labels`` the table titles and row
    labels; ``body`` all other text.  All as printed, wrapped lines joined; each paragraph,
    cell or label on a line of its own, and no match runs over a line's end.
    ``citations`` are normal forms of policy numbers.
    """

    id: str
    title: str
    names: str
    labels: str
    body: str
    citations: tuple[str, ...]
    agency: str | None
    region: str | None
    fiscal_year: int | None
    kind: str
    superseded: bool = False


class IndexBusy(ArchiveError):
    """Another process is writing to the index and does not finish."""


@dataclass(frozen=True, slots=True)
class Scored:
    """A matching disclosure; a higher score is a better match."""

    id: str
    score: float


@dataclass(frozen=True, slots=True)
class Count:
    """How many there are; an estimate of two digits where ``is_exact`` is false."""

    value: int
    is_exact: bool = True

    @classmethod
    def about(cls, value: float) -> Count:
        """An estimate, no more precise than it is."""
        whole = round(value)
        return cls(round(whole, _ESTIMATED_DIGITS - len(str(whole))), is_exact=False)


@dataclass(frozen=True, slots=True)
class Candidates:
    """The ids of all matches, and how many matches there are.

    Where the count is not exact, some of the ids have not been looked into and may be
    no matches.
    """

    ids: frozenset[str]
    count: Count


class Engine(Protocol):
    """Any search engine in this seat; ids are document ids."""

    def add(self, entries: Iterable[Entry]) -> None:
        """Add or replace entries, visible together when it returns."""

    def remove(self, ids: Iterable[str]) -> None:
        """Forget entries; unknown ids are no error."""

    def search(self, query: Query, limit: int, offset: int = 0) -> list[Scored]:
        """The matching disclosures, best first; equal scores by id; each looked into.

        Raises ValueError, here and in :meth:`matching`, for conditions that only the store
        can answer: :mod:`archive.search` replaces them beforehand.
        """

    def matching(self, query: Query) -> frozenset[str]:
        """The ids of all disclosures that match, unscored."""

    def candidates(self, query: Query) -> Candidates:
        """The same sooner: where very many would have to be looked into, their count is an
        estimate."""

    def ids(self) -> frozenset[str]:
        """The ids of all entries, for :mod:`archive.verify`."""

    def close(self) -> None:
        """Release files; the engine is not used again."""
