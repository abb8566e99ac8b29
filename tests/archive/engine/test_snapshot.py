"""What a query reads of an index stays within bounds."""

from __future__ import annotations

import numpy as np
import pytest

from archive.engine import Count
from archive.engine.finder import MOST_BIGRAMS, READ_AT_ONCE, Held
from archive.engine.judged import SAMPLE
from archive.engine.matching import facts_of
from archive.engine.packed import Counts, Numbers
from archive.engine.snapshot import Snapshot
from archive.query import And, Or, Phrase, Query, Term
from tests.archive.engine.made import entry


class Counting:
    """An index whose reads are counted; every text has a common part and one of its own."""

    def __init__(self, size: int) -> None:
        self._memory = [f"各项支出均纳入部门预算管理第{number}号" for number in range(size)]
        self.lists = self.texts = 0

    def size(self) -> int:
        return len(self._memory)

    def held(self) -> dict[int, Held]:
        return {n: Held(facts_of(entry(f"{n:05}")), (1, 1, 1, 1)) for n in range(self.size())}

    def postings(self, field: str, token: str) -> tuple[Numbers, Counts]:
        self.lists += 1
        found = [n for n, text in enumerate(self._memory) if field == "text" and token in text]
        return np.array(found, np.int64), np.ones(len(found), np.uint8)

    def text(self, number: int, *, wide: bool) -> bytes:
        self.texts += wide
        return self._memory[number].encode() if wide else b""

    def close(self) -> None:
        pass


@pytest.mark.parametrize(
    "query",
    [
        Term("纳入部门预算管理" * 1250),
        Phrase("纳入部门预算管理" * 1250),
        Term("长" * 10_000),
        Or(tuple(Term(f"没有的词{number}") for number in range(500))),
        And(tuple(Term(f"没有的词{number}") for number in range(500))),
    ],
    ids=["long term", "long phrase", "one character", "many ors", "many ands"],
)
def test_work_is_bounded(query: Query) -> None:
    index = Counting(200)
    snapshot = Snapshot(index)
    assert snapshot.ranked(query, 10, 0) == []
    parts = len(query.parts) if isinstance(query, And | Or) else 1
    assert index.lists <= parts * (2 * MOST_BIGRAMS + 1)
    assert index.texts <= parts * READ_AT_ONCE


def test_a_deep_page_reads_no_more_than_the_first() -> None:
    index = Counting(300)
    snapshot = Snapshot(index)
    first = snapshot.ranked(Term("部门预算"), 10, 0)
    read = (index.lists, index.texts)
    last = snapshot.ranked(Term("部门预算"), 10, 290)
    assert (index.lists, index.texts) == read
    assert len({scored.id for scored in (*first, *last)}) == 20


class OfPairs(Counting):
    """One whose only tokens are bigrams: all else has to be looked into."""

    def postings(self, field: str, token: str) -> tuple[Numbers, Counts]:
        return super().postings(field if len(token) <= 2 else "none", token)


def test_many_candidates_are_looked_into_no_further_than_shown() -> None:
    index = OfPairs(3000)
    snapshot = Snapshot(index)
    found = snapshot.candidates(Term("纳入部门预算管理"))
    assert found.count == Count(3000, is_exact=False)
    assert len(found.ids) == 3000
    assert len(snapshot.ranked(Term("纳入部门预算管理"), 10, 0)) == 10
    assert index.texts <= 2 * (SAMPLE + 10)
    assert len(snapshot.matching(Term("纳入部门预算管理"))) == 3000
    assert snapshot.candidates(Term("纳入部门预算管理")).count == Count(3000)


def test_lately_read_postings_are_kept_within_bounds(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("archive.engine.finder.MOST_CACHED_BYTES", 10_000)
    index = Counting(200)
    snapshot = Snapshot(index)
    for number in range(100):
        assert len(snapshot.matching(Phrase(f"第{number}号"))) == 1
    assert len(snapshot._finder._cached._held) < 20
