"""Names that the archive holds: suggested while typing, compared with when nothing is found."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.fold import fold
from archive.model import Cell, Column, Disclosure, Row, Table
from archive.query import parse
from archive.store import Store
from archive.store.connection import writing
from archive.suggest.keys import KEY_LETTERS, keys_of, typed_key
from archive.suggest.offered import did_you_mean, suggest
from archive.suggest.sounds import by_ear, initials, syllables
from tests.documents import document

if TYPE_CHECKING:
    from archive.archive import Archive


def put(store: Store, number: int, *labels: str, extractor: int = 1, agency: str = "某局") -> None:
    """A disclosure with one table of item rows, a project and a citation."""
    rows = tuple(
        Row(label, line, None, label, (Cell(1, "1.5", 1500000),))
        for line, label in enumerate(labels)
    )
    table = Table("表1", 1, "支出总表", None, "万元", (Column(("科目",), "label"),), rows)
    made = document(number, title="公开", agency=agency, region=None)
    store.put(Disclosure(made, tables=(table,)), size=1, extractor=extractor)


def texts(store: Store, typed: str) -> list[str]:
    return [suggestion.text for suggestion in suggest(store, typed)]


def uses(store: Store) -> dict[str, int]:
    return dict(store.db.execute("SELECT text, uses FROM names").fetchall())


@pytest.mark.parametrize(
    ("typed", "first", "query"),
    [
        ("长期", "长期护理保险工作经费", "长期护理保险工作经费"),
        ("護理", "长期护理保险工作经费", "长期护理保险工作经费"),
        ("cqhlbx", "长期护理保险工作经费", "长期护理保险工作经费"),
        ("CQHL", "长期护理保险工作经费", "长期护理保险工作经费"),
        ("cqhlbxgzjf", "长期护理保险工作经费", "长期护理保险工作经费"),
        ("长期护理保险工作经", "长期护理保险工作经费", "长期护理保险工作经费"),
        ("hlbx", "长期护理保险工作经费", "长期护理保险工作经费"),
        ("离休 长期护理保险工", "长期护理保险工作经费", "离休 长期护理保险工作经费"),
        ("-(离休 或 长期护", "长期护理保险工作经费", "-(离休 或 长期护理保险工作经费"),
        ("项目:长", "长期护理保险工作经费", "项目:长期护理保险工作经费"),
        ("项目：“长期", "长期护理保险工作经费", "项目：长期护理保险工作经费"),
        ("昌吉市示", "昌吉市示例医疗保障局", "单位:昌吉市示例医疗保障局"),
        ("单位:昌", "昌吉市示例医疗保障局", "单位:昌吉市示例医疗保障局"),
        ("新医保发", "新医保发〔2023〕48号", "新医保发〔2023〕48号"),
        ("文号:新医保发(2023", "新医保发〔2023〕48号", "文号:新医保发〔2023〕48号"),
        ("2101506", "医疗保障经办事务", "科目:2101506"),
        ("科目:行政运", "行政运行", "科目:行政运行"),
        ("xzyx", "行政运行", "行政运行"),
        ("表:三公", "财政拨款“三公”经费支出情况表", "表:财政拨款“三公”经费支出情况表"),
    ],
)
def test_names_are_suggested(typed: str, first: str, query: str, sample_archive: Archive) -> None:
    suggestion = suggest(sample_archive.store, typed)[0]
    assert (suggestion.text, suggestion.query) == (first, query)


@pytest.mark.parametrize(
    "typed", ["", " ", "长期 ", "金额:100", "年度:2024", "OR", "(", "qqqqxx", "。"]
)
def test_nothing_is_suggested(typed: str, sample_archive: Archive) -> None:
    assert suggest(sample_archive.store, typed) == ()


def test_most_used_first_and_beginnings_before_inner_words(store: Store) -> None:
    put(store, 1, "护理保险", "长期护理保险", "护理补贴")
    put(store, 2, "护理补贴", "长期护理保险")
    put(store, 3, "护理补贴")
    assert texts(store, "护理") == ["护理补贴", "护理保险", "长期护理保险"]


def test_uses_are_counted_by_disclosure_and_forgotten(store: Store) -> None:
    put(store, 1, "护理补贴", "离休经费")
    put(store, 2, "护理补贴")
    assert uses(store) == {"护理补贴": 2, "离休经费": 1, "某局": 2, "支出总表": 2}
    put(store, 1, "取暖费", extractor=2)
    assert uses(store) == {"护理补贴": 1, "取暖费": 1, "某局": 2, "支出总表": 2}
    assert texts(store, "lxjf") == []
    left = {"name_keys": "key", "name_sounds": "pair"}
    for table in left:
        sql = f"SELECT count(*) FROM {table} WHERE name_id NOT IN (SELECT id FROM names)"
        assert store.db.execute(sql).fetchone() == (0,)


def test_figures_and_paragraphs_are_no_names(store: Store) -> None:
    put(store, 1, "12.5", "甲", "本" * 61, "护理补贴")
    assert set(uses(store)) == {"护理补贴", "某局", "支出总表"}


def test_worth_follows_the_uses(store: Store) -> None:
    for number in range(1, 10):
        put(store, number, "护理补贴")
    for number in (1, 2, 3, 4, 5, 6):
        put(store, number, "护理保险", extractor=2)
    for name, worth in (("护理补贴", 2), ("护理保险", 3)):
        sql = "SELECT DISTINCT worth - ? FROM name_keys JOIN names ON names.id = name_id"
        found = store.db.execute(sql + " WHERE text = ? AND key LIKE '护理%'", [2, name])
        assert found.fetchall() == [(worth,)]


def test_an_older_archive_gets_its_names(tmp_path: Path) -> None:
    with Store.open(tmp_path) as store:
        put(store, 1, "护理补贴", "長期護理")
        put(store, 2, "护理补贴")
        state = "SELECT kind, text, code, folded, heard, keys, uses FROM names ORDER BY kind, text"
        before = store.db.execute(state).fetchall()
        with writing(store.db):
            for table in ("name_keys", "name_sounds", "names"):
                store.db.execute(f"DROP TABLE {table}")
            store.db.execute("UPDATE labels SET folded = text")
            store.db.execute("DELETE FROM _sqlite_migrations WHERE name = 'm005_suggestions'")
    with Store.open(tmp_path) as store:
        assert store.db.execute(state).fetchall() == before
        assert texts(store, "hlbt") == ["护理补贴"]
        folded = store.db.execute("SELECT text, folded FROM labels").fetchall()
        assert all(stored == fold(text) for text, stored in folded)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("长护里保险", "长期护理保险"),
        ("长护险", "长期护理保险"),
        ("常期护理", "长期护理"),
        ("长期护理包险工作经费", "长期护理保险工作经费"),
        ("行政云行", "行政运行"),
        ("離修人員", "离休人员"),
        ("离修人员 金额:100万..500万", "离休人员 金额:100万..500万"),
        ("-离修人员", "-离休人员"),
        ("项目：长期护里", "项目：长期护理"),
        ("长护里保险 行政云行", "长期护理保险 行政运行"),
        ("新医保发〔2023〕84号", "新医保发〔2023〕48号"),
        ("文号:新医保〔2023〕48号", "文号:新医保发〔2023〕48号"),
    ],
)
def test_near_misses(typed: str, meant: str, sample_archive: Archive) -> None:
    assert did_you_mean(sample_archive.store, typed)[0].text == meant


@pytest.mark.parametrize(
    "typed",
    ["", "长期护理保险", "护理 保险", "量子计算机", "“长护里保险”", "2024年", "120万元", "(", "甲",
     "里" * 40, "新医保发〔2023〕48号"],
)  # fmt: skip
def test_no_near_misses(typed: str, sample_archive: Archive) -> None:
    assert did_you_mean(sample_archive.store, typed) == ()


def test_a_near_miss_is_held(sample_archive: Archive) -> None:
    from archive.search import search

    for typed in ("长护里保险", "常期护理", "行政云行", "医料救助", "医疗急金"):
        for meant in did_you_mean(sample_archive.store, typed):
            found = search(sample_archive.store, sample_archive.engine, meant.text)
            assert found.total
            assert found.notices == parse(meant.text).notices


@given(st.text(max_size=30))
def test_a_sound_for_every_character(text: str) -> None:
    folded = fold(text)
    sounds = syllables(folded)
    assert len(sounds) == len(folded)
    assert len(by_ear(sounds)) == len(initials(sounds)) or not folded.isascii()


@given(st.text(alphabet="长期护理保险工作经费（一期）“三公”2024年DRG ", min_size=1, max_size=40))
def test_keys_begin_with_what_is_typed_first(text: str) -> None:
    keys = keys_of(text)
    typed = typed_key(text)
    assert not typed or any(key.startswith(typed[:3]) for key in keys.whole)
    assert all(0 < len(key) <= KEY_LETTERS for key in keys.whole + keys.inner)


def test_the_names_of_one_document_are_looked_up_and_not_searched_for(store: Store) -> None:
    from archive.store.suggestions import _USED_BY_ONE

    put(store, 1, "公用经费")
    plan = store.db.execute(f"EXPLAIN QUERY PLAN {_USED_BY_ONE}", {"document": "0" * 12})
    steps = [step[3] for step in plan.fetchall()]
    assert any("SEARCH" in step for step in steps)
    assert not [step for step in steps if step.startswith("SCAN")]
