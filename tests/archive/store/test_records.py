"""A disclosure comes back from the store as it was put."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from archive.errors import NotFound
from archive.model import (
    Cell,
    Citation,
    Column,
    Disclosure,
    Finding,
    FindingPlace,
    Indicator,
    Place,
    Project,
    Row,
    Section,
    Table,
    Target,
)
from archive.store import Store
from tests.archive.store.made import labels_held, put, table
from tests.documents import document

texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
maybe = st.none() | texts
fens = st.none() | st.integers(-(2**63), 2**63 - 1)
edges = st.floats(0, 2000, allow_nan=False)
places = st.builds(
    Place,
    page=st.none() | st.integers(1, 3000),
    box=st.none() | st.tuples(edges, edges, edges, edges),
    path=maybe,
    lines=st.none() | st.tuples(st.integers(1, 9), st.integers(9, 99)),
)
targets = st.builds(Target, st.sampled_from(["section", "table", "project", "row"]), texts, maybe)
columns = st.builds(
    Column,
    st.lists(texts, max_size=3).map(tuple),
    st.sampled_from(["code", "label", "project", "amount", "text"]),
)
cells = st.builds(Cell, st.integers(0, 20), texts, fens, st.booleans(), maybe, places)
rows = st.builds(
    Row,
    id=texts,
    line=st.integers(0, 500),
    code=maybe,
    label=texts,
    cells=st.lists(cells, max_size=3).map(tuple),
    side=st.sampled_from([None, "income", "expenditure"]),
    role=st.sampled_from(["item", "total", "agency"]),
    project=maybe,
    place=places,
)


def several(strategy: st.SearchStrategy[object]) -> st.SearchStrategy[tuple[object, ...]]:
    return st.lists(strategy, max_size=3, unique_by=lambda record: record.id).map(tuple)


tables = st.builds(
    Table,
    id=texts,
    number=st.none() | st.integers(1, 20),
    title=texts,
    form=maybe,
    unit=maybe,
    columns=st.lists(columns, max_size=3).map(tuple),
    rows=several(rows),
    declared_empty=st.booleans(),
    notes=st.lists(texts, max_size=2).map(tuple),
    place=places,
)
projects = st.builds(
    Project,
    id=texts,
    name=texts,
    amount_fen=fens,
    amount_printed=maybe,
    agency=maybe,
    period=maybe,
    basis=maybe,
    people=st.none() | st.integers(0, 10**6),
    citations=st.lists(texts, max_size=2).map(tuple),
    fields=st.lists(st.tuples(texts, texts), max_size=2).map(tuple),
    section=maybe,
    place=places,
)
finding_places = st.lists(st.builds(FindingPlace, targets, texts), max_size=2).map(tuple)
disclosures = st.builds(
    Disclosure,
    document=st.just(document()),
    sections=several(st.builds(Section, texts, st.integers(0, 5), texts, texts, places)),
    tables=several(tables),
    projects=several(projects),
    indicators=st.lists(
        st.builds(Indicator, texts, maybe, texts, texts, texts, maybe, texts, maybe, maybe, maybe),
        max_size=2,
    ).map(tuple),
    citations=st.lists(st.builds(Citation, texts, maybe, maybe, targets), max_size=2).map(tuple),
    findings=st.lists(
        st.builds(Finding, texts, texts, texts, texts, texts, finding_places), max_size=2
    ).map(tuple),
    problems=st.lists(texts, max_size=2).map(tuple),
)


@given(first=disclosures, second=disclosures)
@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow])
def test_disclosure_comes_back_as_it_was_and_replaces_the_one_before(
    tmp_path_factory: pytest.TempPathFactory, first: Disclosure, second: Disclosure
) -> None:
    with Store.open(tmp_path_factory.mktemp("archive")) as store:
        for extractor, disclosure in enumerate((first, second)):
            store.put(disclosure, size=1, extractor=extractor)
            assert store.disclosure(disclosure.document.id) == disclosure
            assert store.integrity_problems() == []
        used = {row.label for t in second.tables for row in t.rows}
        used |= {row.project for t in second.tables for row in t.rows if row.project is not None}
        used |= {project.name for project in second.projects}
        assert set(labels_held(store)) == used


def test_parts_of_a_disclosure_one_by_one(store: Store) -> None:
    whole = Disclosure(
        document(),
        sections=(Section("一", 1, "第一部分", "概况"),),
        tables=(table("甲"), table("乙", id="表2")),
        problems=("第3页无法识别。",),
    )
    store.put(whole, size=1, extractor=1)
    id = whole.document.id
    assert store.sections(id) == whole.sections
    assert store.tables(id) == whole.tables
    assert store.table(id, "表2") == whole.tables[1]
    assert store.problems(id) == whole.problems
    assert (store.projects(id), store.indicators(id), store.citations(id)) == ((), (), ())


def test_unknown_ids(store: Store) -> None:
    put(store, 1, "甲")
    with pytest.raises(NotFound):
        store.disclosure("nothing")
    with pytest.raises(NotFound):
        store.table(document().id, "表9")
    assert store.document("nothing") is None
    assert store.versions("nothing") == []
    assert store.extractor_of("nothing") is None
    assert store.tables("nothing") == ()
