"""Opening a store: threads, damage, a full disk."""

from __future__ import annotations

import sqlite3
import threading
from contextlib import closing
from pathlib import Path

import pytest

from archive.errors import ArchiveError, StoreDamaged
from archive.lock import Busy
from archive.store import Store, connection
from archive.store.store import FILE_NAME
from tests.archive.store.made import put
from tests.documents import document


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


@pytest.mark.parametrize("fact", ["listings", "policies"])
def test_an_upgrade_by_another_process_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fact: str
) -> None:
    with Store.open(tmp_path) as store:
        put(store, 1, "甲")
        store.set_fact(fact, "of an older release")
    monkeypatch.setattr(connection, "_BUSY_SECONDS", 0.05)
    with closing(sqlite3.connect(tmp_path / FILE_NAME, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(Busy, match=r"正由另一个进程升级.*try again"):
            Store.open(tmp_path)
        other.execute("ROLLBACK")
    with Store.open(tmp_path) as store:
        assert store.fact(fact) != "of an older release"


def test_another_writer_that_does_not_finish_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connection, "_BUSY_SECONDS", 0.05)
    with Store.open(tmp_path) as store, closing(sqlite3.connect(tmp_path / FILE_NAME)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(Busy, match="另一个进程写入"):
            put(store, 1, "甲")


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
