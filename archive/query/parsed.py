"""What a typed text was read as."""

from __future__ import annotations

from dataclasses import dataclass

from archive.query.tree import Query

MOST_CHARACTERS = 10_000


@dataclass(frozen=True, slots=True)
class Notice:
    """What was not understood or assumed, in Chinese; it speaks of ``text[start:end]``."""

    message: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Reading:
    """How ``text[start:end]`` was read, in Chinese; without it the query lacks that part."""

    start: int
    end: int
    said: str


@dataclass(frozen=True, slots=True)
class Parsed:
    """``literal`` is the whole text as a phrase where ``query`` reads more into it; with a
    year in it, in digits or in Chinese numerals.

    Printed text may look like a query (单位：万元): what contains it as it stands is also
    a match, after those of ``query``.
    """

    text: str
    query: Query
    notices: tuple[Notice, ...] = ()
    readings: tuple[Reading, ...] = ()
    literal: Query | None = None
