"""The keeper's names of agencies move documents, series and what the index owes."""

from __future__ import annotations

from pathlib import Path

import pytest

from archive.model import Disclosure
from archive.store import Store
from archive.store.aliases import Alias, UnfitAlias
from archive.store.connection import writing
from tests.documents import document


def put(store: Store, number: int, agency: str | None, year: int = 2024) -> str:
    made = document(number, agency=agency, region=None, fiscal_year=year)
    store.put(Disclosure(made), 1, 1)
    return made.id


def agency(store: Store, id_: str) -> str | None:
    document = store.document(id_)
    assert document is not None
    return document.agency


def test_an_alias_renames_what_is_held_and_what_comes(store: Store) -> None:
    old, new, none = (
        put(store, 1, "县卫计委"),
        put(store, 2, "某县卫生健康委员会"),
        put(store, 3, None),
    )
    store.paid(store.owed())
    assert store.set_alias("县卫计委（本级）", "某县卫生健康委员会") == 1
    assert store.aliases() == [Alias("县卫计委", "某县卫生健康委员会")]
    assert agency(store, old) == agency(store, new) == "某县卫生健康委员会"
    assert agency(store, none) is None
    assert store.superseded_by(old) == new  # one series now
    assert store.owed() == [old]
    assert agency(store, put(store, 4, "县卫计委", 2023)) == "某县卫生健康委员会"


def test_without_the_alias_all_is_as_before(store: Store) -> None:
    old, new = put(store, 1, "县卫计委"), put(store, 2, "某县卫生健康委员会")
    store.set_alias("县卫计委", "某县卫生健康委员会")
    store.paid(store.owed())
    assert store.drop_alias("县卫计委") == 1
    assert (agency(store, old), store.superseded_by(old)) == ("县卫计委", None)
    assert agency(store, new) == "某县卫生健康委员会"
    assert old in store.owed()


def test_rows_of_a_renamed_agency_are_filtered_by_its_new_name(store: Store) -> None:
    put(store, 1, "县卫计委")
    assert store.columns().documents[0].agency == "县卫计委"
    store.set_alias("县卫计委", "某县卫生健康委员会")
    assert store.columns().documents[0].agency == "某县卫生健康委员会"


@pytest.mark.parametrize(
    ("alias", "canonical", "why"),
    [
        ("", "某局", "都要填写"),
        ("某局", "  ", "都要填写"),
        ("某局", "某局（本级）", "相同"),
        ("局" * 81, "某局", "太长"),
        ("丙局", "甲局", "本身是别名"),
        ("乙局", "丙局", "已指向"),
    ],
)
def test_unfit_aliases_are_refused(store: Store, alias: str, canonical: str, why: str) -> None:
    store.set_alias("甲局", "乙局")
    with pytest.raises(UnfitAlias, match=why):
        store.set_alias(alias, canonical)
    assert store.aliases() == [Alias("甲局", "乙局")]


def test_an_older_archive_gets_room_for_aliases(tmp_path: Path) -> None:
    with Store.open(tmp_path) as store:
        id_ = put(store, 1, "县卫计委")
        with writing(store.db):
            store.db.execute("DROP TABLE agency_aliases")
            store.db.execute("ALTER TABLE documents DROP COLUMN agency_read")
            store.db.execute("DELETE FROM _sqlite_migrations WHERE name = 'm007_agency_aliases'")
    with Store.open(tmp_path) as store:
        assert store.set_alias("县卫计委", "某县卫生健康委员会") == 1
        assert agency(store, id_) == "某县卫生健康委员会"
