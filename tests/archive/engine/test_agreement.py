"""The engines agree, and whatever is printed is found."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from archive.engine import Entry
from archive.engine.memory import MemoryEngine
from archive.engine.whoosh_engine import WhooshEngine
from archive.query import And, Everything, Not, Or, Phrase, Query, Term, YearRange
from archive.segment import loosened
from tests.archive.engine.made import entry

ALPHABET = "医疗保障基金三公经费“”（）〔〕－—·，。 　0123.%ＡaDRG年度\ud800"
LINES = st.lists(st.text(alphabet=ALPHABET, max_size=30), min_size=1, max_size=6)


@st.composite
def entries(draw: st.DrawFn) -> list[Entry]:
    count = draw(st.integers(1, 4))
    return [
        entry(
            f"e{number}",
            title=draw(st.text(alphabet=ALPHABET, max_size=10)),
            names="\n".join(draw(LINES)),
            labels="\n".join(draw(LINES)),
            body="\n".join(draw(LINES)),
        )
        for number in range(count)
    ]


TEXTS = st.text(alphabet=ALPHABET, min_size=1, max_size=8)
QUERIES = st.recursive(
    st.one_of(
        TEXTS.map(Term), TEXTS.map(Phrase), st.just(Everything()), st.just(YearRange(2024, None))
    ),
    lambda parts: st.one_of(
        st.lists(parts, min_size=1, max_size=3).map(lambda found: And(tuple(found))),
        st.lists(parts, min_size=1, max_size=3).map(lambda found: Or(tuple(found))),
        parts.map(Not),
    ),
    max_leaves=5,
)


@pytest.fixture(scope="module")
def whoosh(tmp_path_factory: pytest.TempPathFactory) -> Iterator[WhooshEngine]:
    engine = WhooshEngine.open(tmp_path_factory.mktemp("index"))
    yield engine
    engine.close()


@settings(
    max_examples=40,
    phases=(Phase.explicit, Phase.reuse, Phase.generate),  # shrinking writes for minutes
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(held=entries(), queries=st.lists(QUERIES, min_size=1, max_size=12), data=st.data())
def test_engines_agree_and_find_every_part_of_a_line(
    whoosh: WhooshEngine, held: list[Entry], queries: list[Query], data: st.DataObject
) -> None:
    memory = MemoryEngine()
    memory.add(held)
    whoosh.remove(whoosh.ids())
    whoosh.add(held)
    assert whoosh.ids() == memory.ids()
    for query in queries:
        assert {s.id for s in whoosh.search(query, 10)} == memory.matching(query)
        assert whoosh.candidates(query) == memory.candidates(query)
        assert whoosh.matching(query) == memory.matching(query)
    for one in held:
        for line in "\n".join((one.title, one.names, one.labels, one.body)).split("\n"):
            start = data.draw(st.integers(0, len(line)))
            part = line[start : start + data.draw(st.integers(2, 8))]
            if len(part.strip()) > 1:
                assert one.id in whoosh.matching(Phrase(part))
                assert not loosened(part) or one.id in whoosh.matching(Term(part))


@pytest.mark.real
def test_every_part_of_a_real_line_is_found(real_disclosures: Path, tmp_path: Path) -> None:
    held = [
        entry(path.stem, body=path.read_text(encoding="utf-8-sig"))
        for path in sorted(real_disclosures.glob("text/*.txt"))
    ]
    assert len(held) == 5
    memory, whoosh = MemoryEngine(), WhooshEngine.open(tmp_path)
    memory.add(held)
    whoosh.add(held)
    chosen = random.Random(20240501)
    lines = [(one.id, line) for one in held for line in one.body.split("\n") if len(line) > 1]
    for _ in range(2000):
        identifier, line = chosen.choice(lines)
        size = chosen.randint(2, 8)
        start = chosen.randint(0, max(len(line) - size, 0))
        part = line[start : start + size]
        if len("".join(part.split())) > 1:
            found = whoosh.matching(Term(part))
            assert identifier in found, part
            assert found == memory.matching(Term(part))
    whoosh.close()
