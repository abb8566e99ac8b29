"""The sections of a disclosure as they are searched for places and excerpts.

Folding them takes longer than looking through them, and the best disclosures come up again
and again, so those lately shown are kept.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

from archive.model import Section
from archive.segment import loosened
from archive.store import Store
from archive.store.columns import Columns

MOST_KEPT = 300  # disclosures, some 60 kB each


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a section as printed, and as texts are looked for in it."""

    printed: str
    loose: str
    section: str


@dataclass(frozen=True, slots=True)
class Told:
    """A section: its heading, and its lines that are not blank, ``text`` in one."""

    section: Section
    heading: Line
    lines: tuple[Line, ...]
    text: str


def prose(store: Store, document_id: str) -> tuple[Told, ...]:
    """The sections of a document in printed order."""
    return _kept(store.columns())(store, document_id)


@lru_cache(maxsize=1)
def _kept(_: Columns) -> Callable[[Store, str], tuple[Told, ...]]:
    """What gives sections, for as long as the archive holds what it holds now."""

    @lru_cache(maxsize=MOST_KEPT)
    def told(store: Store, document_id: str) -> tuple[Told, ...]:
        return tuple(map(_told, store.sections(document_id)))

    return told


def _told(section: Section) -> Told:
    lines = [
        Line(line, loosened(line), section.id) for line in section.text.split("\n") if line.strip()
    ]
    heading = Line(section.heading, loosened(section.heading), section.id)
    return Told(section, heading, tuple(lines), "\n".join(line.loose for line in lines))
