"""The sections of a disclosure as they are searched for places and excerpts.

Folding them takes longer than looking through them, and the best disclosures come up again
and again, so those lately shown are kept.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from archive.fold import fold_lines
from archive.segment import loosened, without_quotes
from archive.store import Store
from archive.store.columns import Columns
from archive.store.lookup import FoundSection, Lookup

MOST_KEPT = 500  # disclosures, some 40 kB each


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a section as printed, and as texts are looked for in it."""

    printed: str
    loose: str
    section: str


@dataclass(frozen=True, slots=True)
class Told:
    """A section: its id and heading, and its text as printed and as it is looked into."""

    id: str
    heading: Line
    printed: str
    text: str

    @property
    def lines(self) -> Iterator[Line]:
        """The lines that are not blank."""
        pairs = zip(self.printed.split("\n"), self.text.split("\n"), strict=True)
        return (Line(line, loose, self.id) for line, loose in pairs if line.strip())


def prose(store: Store, document_id: str) -> tuple[Told, ...]:
    """The sections of a document in printed order."""
    return _kept(store.columns())(store, document_id)


@lru_cache(maxsize=1)
def _kept(_: Columns) -> Callable[[Store, str], tuple[Told, ...]]:
    """What gives sections, for as long as the archive holds what it holds now."""

    @lru_cache(maxsize=MOST_KEPT)
    def told(store: Store, document_id: str) -> tuple[Told, ...]:
        return tuple(map(_told, Lookup(store.db).sections(document_id)))

    return told


def _told(section: FoundSection) -> Told:
    heading = Line(section.heading, loosened(section.heading), section.id)
    return Told(section.id, heading, section.text, without_quotes(fold_lines(section.text)))
