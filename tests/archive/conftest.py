"""Fixtures shared by the tests of the archive."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from archive.archive import Archive, EngineSeat
from archive.engine.memory import MemoryEngine
from archive.engine.whoosh_engine import WhooshEngine
from archive.store import Store
from tests.archive.search.made import BAZHOU, CHANGJI, NEWER_PUTUO, PUTUO


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """An empty store of its own for a test."""
    with Store.open(tmp_path / "archive") as opened:
        yield opened


@pytest.fixture(scope="module", params=["memory", "whoosh"])
def archive(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Archive]:
    """The four disclosures of the search tests, searched through either engine."""
    memory = EngineSeat(lambda _: MemoryEngine(), lambda *_: None)
    seats = {"memory": memory, "whoosh": EngineSeat(WhooshEngine.open, WhooshEngine.rebuild)}
    with Archive.open(tmp_path_factory.mktemp("archive"), seats[request.param]) as opened:
        for disclosure in (CHANGJI, BAZHOU, PUTUO, NEWER_PUTUO):
            opened.store.put(disclosure, 1, 1)
        opened.catch_up()
        yield opened
