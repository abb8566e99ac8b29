"""The real disclosures as the stages before projects and citations leave them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from archive.model import Section, Table
from indexer.layout import to_blocks
from indexer.readers import read
from indexer.structure import sections
from indexer.tables import to_tables


@dataclass(frozen=True, slots=True)
class RealParts:
    sections: tuple[Section, ...]
    tables: tuple[Table, ...]


@pytest.fixture(scope="session")
def real_parts(real_disclosures: Path) -> Callable[[str], RealParts]:
    """The sections and tables of a real disclosure by its name without suffix, read once."""
    paths = {path.stem: path for path in real_disclosures.glob("*/*")}
    known: dict[str, RealParts] = {}

    def parts(name: str) -> RealParts:
        if name not in known:
            path = paths[name]
            blocks = to_blocks(read(path.read_bytes(), path.name))
            known[name] = RealParts(tuple(sections(blocks)), tuple(to_tables(blocks)))
        return known[name]

    return parts
