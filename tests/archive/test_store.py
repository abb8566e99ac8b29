"""The store gives back what it was given, in one piece, and knows versions."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from archive.errors import ArchiveError, NotFound, StoreDamaged
from archive.model import (
    KINDS,
    Cell,
    Citation,
    Column,
    Disclosure,
    Document,
    Finding,
    FindingPlace,
    Indicator,
    Kind,
    Place,
    Project,
    Row,
    Section,
    Table,
    Target,
)
from archive.store import Failure, Store, UnstorableRecords
from archive.store.agency_lookup import AgencyLookup, Holding


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path / "archive") as opened:
        yield opened


def document(number: int = 1, **changes: object) -> Document:
    sha256 = f"{number:064x}"
    made = Document(
        id=f"{number:012x}",
        title="某市医疗保障局2024年部门预算公开",
        agency="某市医疗保障局",
        region="某市",
        fiscal_year=2024,
        kind="部门预算",
        published_on=None,
        sha256=sha256,
        media_type="text/plain",
        source_name=f"{number}.txt",
    )
    return replace(made, **changes)  # type: ignore[arg-type]


def table(*labels: str, id: str = "表1") -> Table:
    rows = tuple(
        Row(label, line, "2101506", label, (Cell(1, "1.5", 1500000),))
        for line, label in enumerate(labels)
    )
    return Table(id, 1, "支出总表", None, "万元", (Column(("科目",), "label"),), rows)


def put(store: Store, number: int, *labels: str, extractor: int = 1, **changes: object) -> str:
    record = Disclosure(document(number, **changes), tables=(table(*labels),))
    return store.put(record, size=10, extractor=extractor)


def labels_held(store: Store) -> list[str]:
    return [text for (text,) in store.db.execute("SELECT text FROM labels ORDER BY id")]


# Round trip

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


# Writing


def test_same_extractor_leaves_a_document_as_it_is(store: Store) -> None:
    assert put(store, 1, "甲") == "added"
    assert put(store, 1, "乙") == "unchanged"
    assert put(store, 1, "乙", extractor=2) == "replaced"
    assert store.extractor_of(document().sha256) == 2
    assert labels_held(store) == ["乙"]


def test_labels_are_shared_and_numbered_by_appearance(store: Store) -> None:
    put(store, 1, "甲", "乙")
    put(store, 2, "乙", "丙")
    put(store, 1, "丁", extractor=2)
    assert labels_held(store) == ["乙", "丙", "丁"]


@pytest.mark.parametrize(
    "tables",
    [
        (table("甲"), table("乙")),
        (table("甲", "甲"),),
        (replace(table("甲"), title="\udce4"),),
        (replace(table(), rows=(Row("甲", 0, None, "甲", (Cell(1, "9", 2**63),)),)),),
    ],
    ids=["two tables of one id", "two rows of one id", "half a surrogate", "past 64 bits"],
)
def test_what_cannot_be_stored_changes_nothing(store: Store, tables: tuple[Table, ...]) -> None:
    put(store, 1, "原有")
    before = list(store.db.conn.iterdump())
    with pytest.raises(UnstorableRecords, match=r"1\.txt"):
        store.put(Disclosure(document(), tables=tables), size=1, extractor=2)
    assert list(store.db.conn.iterdump()) == before


def test_two_files_of_one_id_are_not_mixed_up(store: Store) -> None:
    put(store, 1, "甲")
    with pytest.raises(UnstorableRecords, match=r"1\.txt"):
        put(store, 1, "乙", sha256="f" * 64, source_name="other.txt")


def test_one_transaction_writes_all_of_a_disclosure(store: Store) -> None:
    put(store, 1, "甲")
    said: list[str] = []
    store.db.conn.set_trace_callback(said.append)
    put(store, 2, "甲")
    store.db.conn.set_trace_callback(None)
    aside = ("SELECT", "PRAGMA", "DROP VIEW temp.", "CREATE TEMP VIEW")
    writes = [sql.split()[0] for sql in said if not sql.startswith(aside)]
    assert writes[0] == "BEGIN"
    assert writes.index("COMMIT") == len(writes) - 1
    assert {"INSERT", "DELETE", "UPDATE"} <= set(writes)


def test_readers_see_the_old_document_or_the_new_one(store: Store) -> None:
    """A page that reads part after part sees one state while an ingest replaces it."""
    put(store, 1, "旧")
    id = document().id

    def replace_it() -> None:
        put(store, 1, "新", extractor=2)

    with store.snapshot():
        assert [row.label for row in store.tables(id)[0].rows] == ["旧"]
        writer = threading.Thread(target=replace_it)
        writer.start()
        writer.join()
        assert [row.label for row in store.tables(id)[0].rows] == ["旧"]
    assert [row.label for row in store.tables(id)[0].rows] == ["新"]


# Versions

Version = tuple[int, str | None]


@pytest.mark.parametrize(
    ("ingested", "newest_first"),
    [
        ([(1, None), (2, None)], [2, 1]),
        ([(1, "2024-02-01"), (2, "2024-03-01")], [2, 1]),
        ([(1, "2024-03-01"), (2, "2024-02-01")], [1, 2]),
        ([(1, "2024-02-01"), (2, "2024-02-01")], [2, 1]),
        ([(1, "2024-03-01"), (2, None)], [2, 1]),
        ([(1, None), (2, "2024-03-01")], [2, 1]),
        ([(1, "2024-03-01"), (2, None), (3, "2024-02-01")], [2, 1, 3]),
        ([(1, None), (2, None), (3, None)], [3, 2, 1]),
    ],
)
def test_versions_of_a_disclosure(
    store: Store, ingested: list[Version], newest_first: list[int]
) -> None:
    for number, published_on in ingested:
        put(store, number, "甲", published_on=published_on)
    ids = [document(number).id for number in newest_first]
    assert [version.id for version in store.versions(ids[-1])] == ids
    assert [store.superseded_by(id) for id in ids] == [None, *[ids[0]] * (len(ids) - 1)]
    assert [held.id for held in store.documents()] == ids[:1]
    assert len(store.documents(include_superseded=True)) == len(ids)


@pytest.mark.parametrize(
    "changes",
    [{"agency": "另一局"}, {"fiscal_year": 2023}, {"kind": "单位预算"}, {"agency": None}],
    ids=str,
)
def test_other_disclosures_are_no_versions(store: Store, changes: dict[str, object]) -> None:
    put(store, 1, "甲")
    put(store, 2, "甲", **changes)
    assert len(store.documents()) == 2
    assert [version.id for version in store.versions(document(1).id)] == [document(1).id]


@pytest.mark.parametrize(
    "nameless", [{"agency": None}, {"fiscal_year": None}, {"kind": "其他"}], ids=str
)
def test_what_does_not_say_enough_forms_no_series(
    store: Store, nameless: dict[str, object]
) -> None:
    for number in (1, 2):
        put(store, number, "甲", **nameless)
    assert len(store.documents()) == 2
    assert [version.id for version in store.versions(document(1).id)] == [document(1).id]


def test_better_extractor_may_move_a_document_to_another_series(store: Store) -> None:
    put(store, 1, "甲")
    put(store, 2, "甲")
    store.paid(store.owed())
    put(store, 2, "甲", extractor=2, fiscal_year=2023)
    assert store.superseded_by(document(1).id) is None
    assert store.owed() == [document(1).id, document(2).id]
    put(store, 2, "甲", extractor=3)
    assert store.superseded_by(document(1).id) == document(2).id


# What the index owes, failures, facts, overview


def test_owed_are_the_written_and_those_that_became_or_ceased_to_be_current(store: Store) -> None:
    put(store, 1, "甲")
    put(store, 2, "甲", agency="另一局")
    assert store.owed() == [document(1).id, document(2).id]
    store.paid(store.owed())
    assert store.owed() == []
    put(store, 3, "甲")
    assert store.owed() == [document(1).id, document(3).id]
    store.paid([document(1).id])
    put(store, 4, "甲", published_on="2024-01-01")
    assert store.owed() == [document(3).id, document(4).id], "1 was superseded before"


def test_failures_by_name_until_the_file_is_read(store: Store) -> None:
    first = Failure("1.txt", document(1).sha256, "文件损坏。", "unreadable", 1)
    store.record_failure(first)
    store.record_failure(replace(first, source_name="copy.txt"))
    store.record_failure(Failure("2.txt", None, "无法读取。", "unreadable"))
    store.record_failure(Failure("2.txt", None, "已加密。", "unreadable"))
    assert [(f.source_name, f.reason) for f in store.failures()] == [
        ("1.txt", "文件损坏。"),
        ("2.txt", "已加密。"),
        ("copy.txt", "文件损坏。"),
    ]
    put(store, 1, "甲")
    assert [f.source_name for f in store.failures()] == ["2.txt"]
    store.clear_failure("2.txt")
    assert store.failures() == []


def test_facts(store: Store) -> None:
    assert store.fact("notice") is None
    store.set_fact("notice", "示例")
    store.set_fact("notice", "示例数据")
    assert store.fact("notice") == "示例数据"


def test_overview_counts_current_versions(store: Store) -> None:
    empty = store.overview()
    assert (empty.documents, empty.rows) == (0, 0)
    put(store, 1, "甲", "乙")
    put(store, 2, "甲", "乙", "丙")
    put(store, 3, "甲", agency="另一局", region=None, fiscal_year=2023)
    overview = store.overview()
    assert (overview.documents, overview.superseded) == (2, 1)
    assert (overview.tables, overview.rows, overview.projects) == (2, 4, 0)
    holdings = AgencyLookup(store.db).holdings()
    assert holdings == [Holding(None, 2023, 1), Holding("某市", 2024, 1)]


def test_every_kind_can_be_stored(store: Store) -> None:
    for number, kind in enumerate(KINDS):
        put(store, number, "甲", kind=kind)
    kinds: set[Kind] = {held.kind for held in store.documents()}
    assert kinds == set(KINDS)


# Opening


def test_threads_have_connections_of_their_own(store: Store) -> None:
    put(store, 1, "甲")
    seen: list[object] = []

    def look() -> None:
        seen.extend([store.db, store.document(document().id)])

    for _ in range(3):
        thread = threading.Thread(target=look)
        thread.start()
        thread.join()
    assert seen[1::2] == [document()] * 3
    assert store.db not in seen


def test_many_may_open_a_new_archive_at_once(tmp_path: Path) -> None:
    failures: list[BaseException] = []
    start = threading.Barrier(6)

    def open_it() -> None:
        start.wait()
        try:
            Store.open(tmp_path / "new").close()
        except BaseException as error:
            failures.append(error)

    threads = [threading.Thread(target=open_it) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []


def test_file_that_is_no_database(tmp_path: Path) -> None:
    (tmp_path / "archive.sqlite3").write_bytes(b"no database at all" * 100)
    with pytest.raises(StoreDamaged, match="不是完好的档案数据库"):
        Store.open(tmp_path)


def test_damage_is_reported(tmp_path: Path) -> None:
    with Store.open(tmp_path) as store:
        for number in range(80):
            put(store, number, *(f"科目{line}" for line in range(30)))
    path = tmp_path / "archive.sqlite3"
    data = bytearray(path.read_bytes())
    data[len(data) // 2 : len(data) // 2 + 4096] = b"\xff" * 4096
    path.write_bytes(data)
    with Store.open(tmp_path) as store:
        assert store.integrity_problems()


def test_durable_and_strict_settings(store: Store) -> None:
    asked = {"journal_mode": "wal", "foreign_keys": 1, "synchronous": 2}
    given = {name: store.db.execute(f"PRAGMA {name}").fetchone()[0] for name in asked}
    assert given == asked


def test_full_disk_is_told_and_changes_nothing(store: Store) -> None:
    put(store, 1, "甲")
    (pages,) = store.db.execute("PRAGMA page_count").fetchone()
    store.db.execute(f"PRAGMA max_page_count = {pages}")
    with pytest.raises(ArchiveError, match="磁盘空间"):
        put(store, 2, *(f"科目{line}" for line in range(3000)))
    assert [held.id for held in store.documents()] == [document(1).id]
