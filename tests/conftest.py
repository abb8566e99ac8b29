"""Fixtures shared by all tests."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

REAL = Path(__file__).parents[1].parent / "shared" / "disclosures"


@pytest.fixture(scope="session")
def real_disclosures() -> Path:
    """The folder of the real disclosures, which are not part of the repository."""
    if REAL.is_dir():
        return REAL
    message = f"the real disclosures are not at {REAL}: tests on them are skipped"
    if os.environ.get("CI") == "true":
        pytest.fail(message)
    pytest.skip(message)
