"""Fixtures shared by the tests of the archive."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from archive.store import Store


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """An empty store of its own for a test."""
    with Store.open(tmp_path / "archive") as opened:
        yield opened
