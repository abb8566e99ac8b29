"""Findings in the store: an archive of before they were counted, and the years beside."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

import pytest

from archive.model import ContentsEntry, Disclosure, Finding, Place
from archive.record_json import disclosure_json
from archive.store import Store, masking
from archive.store.findings import Wanted
from indexer.checking import beside_years, check_all
from indexer.checks import checked
from tests.indexer.checks.made import Made, table, text

FORM = "一般公共预算支出情况表"
SCALE = "一般公共预算当年拨款规模变化情况"


def year(year: int, basic: str, words: str) -> Made:
    total = table(FORM, "科目编码|科目名称|合计|基本支出|项目支出", f"合计|合计|9|{basic}|")
    return Made((total, text(SCALE, words)), year=year)


def test_an_archive_of_before_takes_findings(tmp_path: Path) -> None:
    disclosure = checked(year(2023, "5.00", "基本支出5.00万元。").disclosure())
    with Store.open(tmp_path) as store, store.db.conn:
        masking.lift(store.db)
        store.db.execute("DROP TABLE checks")
        store.db.execute("DROP INDEX findings_rule")
        store.db.execute("ALTER TABLE findings DROP COLUMN difference")
        store.db.execute("DELETE FROM _sqlite_migrations WHERE name = 'm004_findings'")
    with Store.open(tmp_path) as store:
        store.put(disclosure, 1, 1)
        assert store.checks(disclosure.document.id) == disclosure.checks
        assert store.integrity_problems() == []


@pytest.mark.parametrize("order", [(2023, 2024), (2024, 2023)])
def test_last_year_is_compared_whichever_comes_first(
    tmp_path: Path, order: tuple[int, int]
) -> None:
    made = {
        2023: year(2023, "4.50", "基本支出4.50万元。"),
        2024: year(2024, "6.00", "基本支出6.00万元，比上年预算增加1.00万元。"),
    }
    with Store.open(tmp_path) as store:
        for each in order:
            new = beside_years(store, checked(made[each].disclosure()))
            store.put(new, 1, 1)
        found = [f for f in store.findings("2024") if f.rule == "years-implied"]
        assert [(f.severity, f.found, f.difference_fen) for f in found] == [
            ("提示", "5万元", 500_000)
        ]
        again = [each.findings for each in check_all(store, tmp_path, ["2024"], workers=1)]
        assert [f for f in again[0] if f.rule == "years-implied"] == found


def test_all_again_writes_only_what_is_new(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    old = checked(year(2023, "4.50", "基本支出4.50万元。").disclosure())
    new = checked(year(2024, "6.00", "基本支出7.00万元。").disclosure())
    with Store.open(tmp_path) as store:
        store.put(old, 1, 1)
        store.put(replace(new, findings=(), checks=()), 1, 1)
        written: list[str] = []

        def put(disclosures: Iterable[Disclosure]) -> None:
            kept = list(disclosures)
            written.extend(each.document.id for each in kept)
            keep(kept)

        keep = store.put_findings
        monkeypatch.setattr(store, "put_findings", put)
        ids = [document.id for document in store.documents()]
        told = list(check_all(store, tmp_path, ids, workers=1))
        assert [each.document.id for each in told] == ["2024", "2023"]
        assert written == ["2024"]
        assert store.findings("2024") == new.findings
        list(check_all(store, tmp_path, ids, workers=1))
        assert written == ["2024"]


def test_an_archive_of_before_takes_contents(tmp_path: Path) -> None:
    listed = (
        ContentsEntry("一、主要职能", "3", Place(page=2, box=(1.0, 2.0, 3.0, 4.0))),
        ContentsEntry("二、联系电话13912345678"),
    )
    disclosure = replace(year(2023, "5.00", "无。").disclosure(), contents=listed)
    with Store.open(tmp_path) as store, store.db.conn:
        masking.lift(store.db)
        store.db.execute("DROP TABLE contents")
        store.db.execute("DELETE FROM _sqlite_migrations WHERE name = 'm008_contents'")
    with Store.open(tmp_path) as store:
        store.put(disclosure, 1, 1)
        first, second = store.disclosure("2023").contents
        assert first == listed[0]
        assert "13912345678" not in second.text
        store.put(replace(disclosure, contents=listed[:1]), 1, 2)
        assert store.disclosure("2023").contents == listed[:1]
        assert disclosure_json(store.disclosure("2023"))["contents"] == [
            {"text": "一、主要职能", "page": "3", "place": {"page": 2, "box": [1.0, 2.0, 3.0, 4.0]}}
        ]


def test_the_gravest_and_largest_come_first(tmp_path: Path) -> None:
    sizes = (("提示", 9), ("差错", 3), ("四舍五入", 1), ("差错", 7), ("提示", None))
    findings = tuple(Finding("r", name, f"{size}", "", "", (), size) for name, size in sizes)
    disclosure = replace(year(2023, "5", "无。").disclosure(), findings=findings)
    with Store.open(tmp_path) as store:
        store.put(disclosure, 1, 1)
        page = store.find_findings(Wanted(), limit=10)
        assert [f.finding.message for f in page.found] == ["7", "3", "9", "None", "1"]
        assert store.find_findings(Wanted(least_fen=7), limit=10).total == 2
        second = store.find_findings(Wanted(), limit=2, offset=2)
        assert (second.total, [f.finding.message for f in second.found]) == (5, ["9", "None"])
