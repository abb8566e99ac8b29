"""What the store tells of itself beside disclosures."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Put = Literal["added", "replaced", "unchanged"]


@dataclass(frozen=True, slots=True)
class Failure:
    """A file that could not be taken in.

    ``reason`` is a sentence in Chinese that names the file and what to do; ``kind`` a word
    for programs (see :mod:`indexer.workers.worker`); ``extractor`` the version that failed on it,
    ``None`` when the file was not even parsed.
    """

    source_name: str
    sha256: str | None
    reason: str
    kind: str
    extractor: int | None = None


@dataclass(frozen=True, slots=True)
class Original:
    """The file that a document was read from; ``source_name`` is its name as it was given."""

    sha256: str
    source_name: str


@dataclass(frozen=True, slots=True)
class Overview:
    """How much the archive holds; superseded versions are counted only in ``superseded``."""

    documents: int
    superseded: int
    tables: int
    rows: int
    projects: int
