"""What SQLite shows of printed text is what the rule for mobile numbers says."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.privacy import masked
from archive.store import Failure, Store

NUMBER = st.from_regex(
    r"[电\0]?[1１][3-9３-９][0-9０-９][- ]?[0-9０-９]{4}[- ]?[0-9０-９]{4}元?", fullmatch=True
)


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    with Store.open(tmp_path_factory.mktemp("masking")) as opened:
        yield opened


@given(NUMBER)
def test_a_view_masks_whatever_the_rule_masks(store: Store, printed: str) -> None:
    store.record_failure(Failure("file", "0" * 64, printed, "broken"))
    assert [one.reason for one in store.failures()] == [masked(printed)]
