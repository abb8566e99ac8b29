"""The store gives back what it was given, in one piece, and knows versions."""

from __future__ import annotations

import threading
from dataclasses import replace

import pytest

from archive.model import KINDS, Cell, Disclosure, Kind, Row, Table
from archive.store import Failure, Store, UnstorableRecords
from archive.store.agency_lookup import AgencyLookup, Holding
from tests.archive.store.made import labels_held, put, table
from tests.documents import document

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
