"""The columns follow the store: old archives, new documents, newer versions."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.model import Cell, Column, Disclosure, Project, Row, Table
from archive.query.tree import AmountRange
from archive.search.row_filter import in_one_of
from archive.store import Store
from archive.store.columns import Columns, Texts
from archive.store.connection import writing
from archive.store.labels import FOLDED_BY
from archive.store.rows import read_figures
from tests.documents import document


def disclosure(number: int, *fen: int | None, agency: str = "甲局", year: int = 2024) -> Disclosure:
    title = f"{agency}{year}"
    made = document(number, title=title, agency=agency, region=None, fiscal_year=year)
    rows = tuple(
        Row(f"r{at}", at, None, f"第{at}行", (Cell(0, "名"), Cell(1, str(amount), amount)))
        for at, amount in enumerate(fen)
    )
    table = Table("表1", 1, "收支表", None, "元", (Column(("名",), "label"), Column(("数",))), rows)
    projects = (
        Project("p", "无金额项目", None, None, None, None, None, None, ()),
        Project("q", "项目", number * 100, "一百", None, None, None, None, ()),
    )
    return Disclosure(made, tables=(table,), projects=projects)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path) as opened:
        yield opened


def amounts(columns: Columns) -> list[int]:
    found: list[int] = columns.fen.tolist()
    return found


def test_figures_stand_in_the_order_of_ingest_and_print(store: Store) -> None:
    store.put(disclosure(2, 5, None, 7), 1, 1)
    store.put(disclosure(1, 3, agency="乙局"), 1, 1)
    columns = store.columns()
    assert amounts(columns) == [5, 7, 200, 3, 100]
    assert [d.id for d in columns.documents] == ["000000000002", "000000000001"]
    assert columns.rows == 5 + 3
    told = read_figures(store.db, columns, range(columns.figures))
    assert [(one.document.agency, one.label, one.printed, one.fen) for one in told] == [
        ("甲局", "第0行", "5", 5),
        ("甲局", "第2行", "7", 7),
        ("甲局", "项目", "一百", 200),
        ("乙局", "第0行", "3", 3),
        ("乙局", "项目", "一百", 100),
    ]


def test_an_empty_store_has_empty_columns(store: Store) -> None:
    columns = store.columns()
    assert (columns.rows, columns.figures, columns.documents) == (0, 0, ())
    assert columns.subject_code_label.tolist() == []


def test_columns_are_read_again_only_when_something_changed(store: Store) -> None:
    store.put(disclosure(1, 3), 1, 1)
    before = store.columns()
    assert store.columns() is before
    store.set_fact("notice", "与行无关")
    assert store.columns() is before
    store.put(disclosure(2, 5, agency="乙局"), 1, 1)
    assert amounts(store.columns()) == [3, 100, 5, 200]
    store.put(disclosure(1, 4), 1, 2)
    assert amounts(store.columns()) == [4, 100, 5, 200]


def test_what_another_connection_writes_is_seen(store: Store, tmp_path: Path) -> None:
    store.put(disclosure(1, 3), 1, 1)
    assert amounts(store.columns()) == [3, 100]
    with Store.open(tmp_path) as other:
        other.put(disclosure(2, 5, agency="乙局"), 1, 1)
    assert amounts(store.columns()) == [3, 100, 5, 200]
    seen: list[list[int]] = []
    thread = threading.Thread(target=lambda: seen.append(amounts(store.columns())))
    thread.start()
    thread.join()
    assert seen == [[3, 100, 5, 200]]


def test_a_superseded_version_is_marked(store: Store) -> None:
    store.put(disclosure(1, 3), 1, 1)
    assert store.columns().current_tables is None
    store.put(disclosure(2, 5), 1, 1)
    columns = store.columns()
    assert columns.current_tables is not None
    assert columns.current_tables.tolist() == [False, False, True, True]


def test_an_old_archive_is_filled_as_a_new_one(tmp_path: Path) -> None:
    for name in ("old", "new"):
        with Store.open(tmp_path / name) as store:
            store.put(disclosure(1, 3, None, -8), 1, 1)
            store.put(disclosure(2, 5, agency="乙局"), 1, 1)
    with Store.open(tmp_path / "old") as store, writing(store.db):
        for made in ("figures", "subjects", "captions"):
            store.db.execute(f"DROP TABLE {made}")
        store.db.execute("DELETE FROM _sqlite_migrations WHERE name = 'm002_figures'")
    tables = ("figures", "subjects", "captions")
    with Store.open(tmp_path / "old") as old, Store.open(tmp_path / "new") as new:
        for made in tables:
            sql = f"SELECT * FROM {made}"
            assert old.db.execute(sql).fetchall() == new.db.execute(sql).fetchall()
        assert amounts(old.columns()) == [3, -8, 100, 5, 200]


def test_a_replaced_document_leaves_no_figures_behind(store: Store) -> None:
    store.put(disclosure(1, 3, 4, 5), 1, 1)
    shorter = replace(disclosure(1, 9), projects=())
    store.put(shorter, 1, 2)
    assert amounts(store.columns()) == [9]
    assert store.db.execute("SELECT count(*) FROM figures").fetchone() == (1,)


@pytest.mark.parametrize(
    ("part", "expected"),
    [
        ("医", [True, False, True, False]),
        ("医疗", [True, False, True, False]),
        ("疗保", [False, False, True, False]),
        ("险", [False, False, False, True]),
        ("", [False] * 4),
        ("疗\n", [False] * 4),
        ("没有", [False] * 4),
    ],
)
def test_texts_holding_a_part(part: str, expected: list[bool]) -> None:
    texts = Texts(["医疗医疗", "", "医疗保障", "保险"])
    assert texts.holding(part).tolist() == expected
    assert texts.holding(part).tolist() == expected


def test_labels_folded_by_another_folding_are_folded_anew(tmp_path: Path) -> None:
    with Store.open(tmp_path) as store:
        store.put(disclosure(1, 5), 1, 1)
        with writing(store.db):
            store.db.execute("UPDATE labels SET folded = 'old'")
            store.db.execute("UPDATE facts SET value = '0' WHERE name = ?", [FOLDED_BY])
    with Store.open(tmp_path) as store:
        folded = dict(store.db.execute("SELECT text, folded FROM labels").fetchall())
        assert folded["第0行"] == "第0行"
        assert "old" not in folded.values()
        assert store.columns().label_texts.holding("第0行").any()


BOUNDS = st.one_of(st.none(), st.integers(-(10**13), 10**13), st.integers(-50, 50))


@given(
    fen=st.lists(st.one_of(st.integers(-(10**13), 10**13), st.integers(-60, 60)), max_size=30),
    ranges=st.lists(st.builds(AmountRange, BOUNDS, BOUNDS), min_size=1, max_size=8),
)
def test_amounts_in_one_of_many_ranges(fen: list[int], ranges: list[AmountRange]) -> None:
    found = in_one_of(np.array(fen, np.int64), ranges)
    assert found.tolist() == [
        any(
            (r.low_fen is None or amount >= r.low_fen)
            and (r.high_fen is None or amount <= r.high_fen)
            for r in ranges
        )
        for amount in fen
    ]


def test_rows_of_some_subjects(store: Store) -> None:
    for number in range(3):
        store.put(disclosure(number, 1, None, 2, 3 + number), 1, 1)
    columns = store.columns()
    subjects = len(columns.subject_label)
    for chosen in ([], [0], [subjects - 1], list(range(subjects)), list(range(0, subjects, 2))):
        flags = np.zeros(subjects, np.bool_)
        flags[chosen] = True
        expected = np.flatnonzero(flags[columns.row_subject]).tolist()
        assert sorted(columns.rows_of(flags).tolist()) == expected
        assert columns.rows_with(flags) == len(expected)


def test_ids_of_some_documents(store: Store) -> None:
    for number in range(3):
        store.put(disclosure(number, 1, agency=f"{number}局"), 1, 1)
    columns = store.columns()
    ids = [document.id for document in columns.documents]
    assert columns.ids_of(np.array([True, False, True])) == {ids[0], ids[2]}
    assert columns.ids_of(np.ones(3, np.bool_)) == set(ids)
