"""Rows of all disclosures: found as a plain look through the records finds them."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterator
from decimal import Decimal
from pathlib import Path
from urllib.parse import unquote

import openpyxl
import pytest

from archive.archive import Archive, EngineSeat
from archive.engine.memory import MemoryEngine
from archive.row_export import rows_csv, rows_xlsx
from archive.search.answer import Answer, answer
from archive.search.as_json import page_json
from archive.search.facets import facets_by
from archive.search.rows import SORTS, FoundFigure, Sort, find_rows
from archive.store import Store
from tests.archive.search.made_rows import (
    DISCLOSURES,
    SUPERSEDED,
    WAN,
    Truth,
    disclosure,
    truths,
    year_of,
)


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    seat = EngineSeat(lambda _: MemoryEngine(), lambda *_: None)
    with Archive.open(tmp_path_factory.mktemp("rows") / "archive", seat) as opened:
        for one in (*DISCLOSURES[:3], SUPERSEDED, DISCLOSURES[3]):
            opened.store.put(one, 1, 1)
        opened.catch_up()
        yield opened


def asked(archive: Archive, text: str) -> Answer:
    return answer(archive.store, archive.engine, text)


def said(found: FoundFigure) -> tuple[str, str | None, str, str | None, int]:
    record = found.record
    return record.document.id, record.table, record.label, record.project, record.fen


def expected(holds: Callable[[Truth], bool]) -> list[tuple[str, str | None, str, str | None, int]]:
    return [
        (t.disclosure.document.id, t.table.id if t.table else None, t.label, t.project, t.fen)
        for t in truths()
        if holds(t)
    ]


CASES: dict[str, Callable[[Truth], bool]] = {
    "离休": lambda t: t.says("离休"),
    "离休 医疗费": lambda t: t.says("离休") and t.says("医疗费"),
    "离休 其他": lambda t: t.says("离休") and t.says("其他"),
    "金额:100万..500万 离休": lambda t: t.says("离休") and 100 * WAN <= t.fen <= 500 * WAN,
    "金额>500万元": lambda t: t.fen > 500 * WAN,
    "金额<=0": lambda t: t.fen <= 0,
    "离休 -费": lambda t: t.says("离休") and not t.says("费"),
    "离休 -金额:300万": lambda t: t.says("离休") and t.fen != 300 * WAN,
    "教育 OR 公务": lambda t: t.says("教育") or t.says("公务"),
    "公务 OR 金额:88万": lambda t: t.says("公务") or t.fen == 88 * WAN,
    "金额:88万 OR 金额:..0元 OR 金额:500万.. OR 金额:80万..90万": lambda t: (
        t.fen in (88 * WAN,) or t.fen <= 0 or t.fen >= 500 * WAN
    ),
    "离休 (年度:2022 OR 金额:300万)": lambda t: (
        t.says("离休") and (year_of(t) == 2022 or t.fen == 300 * WAN)
    ),
    '"离休费"': lambda t: t.says("离休费"),
    "项目:离休": lambda t: bool(t.project and "离休" in t.project),
    "项目:离休 金额:10": lambda t: False,
    "科目:210": lambda t: bool(t.code and t.code.startswith("210")),
    "科目:经办": lambda t: t.code == "2101506",
    "经办": lambda t: t.code == "2101506",
    "2101506": lambda t: t.code == "2101506",
    "表:7": lambda t: bool(t.table and t.table.number == 7),
    "表:三公": lambda t: bool(t.table and "三公" in t.table.title),
    "表:项目支出": lambda t: bool(t.table and "项目支出" in t.table.title),
    "支出 年度:2023": lambda t: t.says("支出") and year_of(t) == 2023,
    "支出 年度:2023..": lambda t: t.says("支出") and year_of(t) >= 2023,
    "支出 -年度:2022": lambda t: t.says("支出") and year_of(t) != 2022,
    "支出 单位:二中心": lambda t: (
        t.says("支出") and "二中心" in (t.disclosure.document.agency or "")
    ),
    "支出 地区:昌吉州": lambda t: t.says("支出") and "昌吉" in (t.disclosure.document.region or ""),
    "支出 类型:单位预算": lambda t: t.says("支出") and t.disclosure.document.kind == "单位预算",
    "年度:2022": lambda t: False,
    "地区:昌吉州 -离休": lambda t: False,
    "没有的词": lambda t: False,
    "*": lambda t: False,
    "": lambda t: False,
}  # fmt: skip


@pytest.mark.parametrize("text", CASES)
def test_rows_are_those_that_a_look_through_the_records_finds(archive: Archive, text: str) -> None:
    found = asked(archive, text).rows
    told = [said(one) for one in found.page("relevance", 1000)]
    wanted = expected(CASES[text])
    assert found.total == len(wanted)
    assert sorted(told, key=str) == sorted(wanted, key=str)


@pytest.mark.parametrize(
    ("sort", "key"),
    [
        ("amount", lambda one: -one.record.fen),
        ("amount-asc", lambda one: one.record.fen),
        ("year", lambda one: -(one.record.document.fiscal_year or 0)),
        ("year-asc", lambda one: one.record.document.fiscal_year or 9999),
    ],
)
def test_sorted_pages_are_slices_of_one_order(
    archive: Archive, sort: Sort, key: Callable[[FoundFigure], int]
) -> None:
    found = asked(archive, "支出 OR 离休 OR 费").rows
    whole = list(found.every(sort))
    assert len(whole) == found.total > 10
    assert [key(one) for one in whole] == sorted(map(key, whole))
    for size in (1, 3, 7):
        pages = [found.page(sort, size, offset) for offset in range(0, found.total + size, size)]
        assert [one for page in pages for one in page] == whole


def test_what_the_label_is_comes_before_what_it_contains(archive: Archive) -> None:
    labels = [one.record.label for one in asked(archive, "离休").rows.page("relevance", 3)]
    assert labels == ["离休", "离休费", "离休费"]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("离休", ["离休", "离休费", "离休人员医疗费"]),
        ("医疗保障", ["医疗保障经办事务", "离休人员医疗费", "=HYPERLINK(1)"]),
        ("公务接待费", ["公务接待费"]),
        ("没有这样的行", []),
    ],
)
def test_at_a_glance_a_disclosure_tells_a_name_once(
    archive: Archive, text: str, names: list[str]
) -> None:
    rows = asked(archive, text).rows
    glanced = rows.at_a_glance(3)
    assert [one.record.project or one.record.label for one in glanced] == names
    first = {one.url for one in rows.page("relevance", 60)}
    assert {one.url for one in glanced} <= first
    assert rows.at_a_glance(1) == glanced[:1]


def test_projects_are_found_by_their_names_alone(archive: Archive) -> None:
    found = asked(archive, "医疗")
    assert found.rows.total == len(expected(lambda t: t.says("医疗") or t.code == "2101506"))
    told = [said(one) for one in found.projects.page("amount", 10)]
    assert told == expected(lambda t: t.project == "离休人员医疗费")
    assert found.totals["projects"] == 3


@pytest.mark.parametrize(
    "text",
    ["医疗", "金额>=0", "金额>=0 -医疗", "金额:1万..500万 OR 年度:2023", "-“医疗”", "科目:210",
     "项目:医疗费", "年度:2023", "表:项目 或 医疗"],
)  # fmt: skip
def test_projects_are_the_same_whether_or_not_rows_were_found_before(
    archive: Archive, text: str
) -> None:
    found = asked(archive, text)
    alone = find_rows(archive.store, archive.engine, found.parsed.query, projects_only=True)
    assert found.projects.figures.tolist() == alone.figures.tolist()
    assert list(found.projects.every("relevance")) == list(alone.every("relevance"))


@pytest.mark.parametrize("text", ["支出", "离休", "金额>=0", "教育 OR 离休", "项目:医疗费"])
def test_a_facet_tells_what_is_left_when_it_is_followed(archive: Archive, text: str) -> None:
    found = asked(archive, text)
    for tab in ("documents", "rows", "projects"):
        for facet in found.facets(tab):
            for value in facet.values:
                narrowed = asked(archive, found.narrowed(value.condition))
                assert narrowed.totals[tab] == value.count, (tab, value)


def test_facets_divide_the_whole(archive: Archive) -> None:
    found = asked(archive, "支出 OR 离休")
    facets = {facet.name: facet for facet in found.facets("rows")}
    assert [value.name for value in facets["年度"].values] == ["2023", "2022"]
    assert {value.name for value in facets["地区"].values} == {"新疆维吾尔自治区", "上海市"}
    assert [value.name for value in facets["科目"].values][:2] == [
        "210 卫生健康支出",
        "205 教育支出",
    ]
    narrowed = asked(archive, found.narrowed("地区:新疆维吾尔自治区"))
    regions = {facet.name: facet for facet in narrowed.facets("rows")}["地区"]
    assert [value.name for value in regions.values] == ["昌吉回族自治州", "昌吉市"]
    containing = {value.name: value.count for value in facets["单位"].values}
    assert containing["昌吉州医疗保障局"] > containing["昌吉州医疗保障局二中心"]


def test_many_values_are_told_of(archive: Archive, tmp_path: Path) -> None:
    with Store.open(tmp_path) as store:
        for number in range(1, 16):
            one = disclosure(number, f"第{number}局", None, 2000 + number, DISCLOSURES[3].tables[0])
            store.put(one, 1, 1)
        columns = store.columns()
        facets = facets_by(columns).of_documents(document.id for document in columns.documents)
        agencies = next(facet for facet in facets if facet.name == "单位")
        assert (len(agencies.values), agencies.others) == (12, 3)


def test_json_is_the_contract(archive: Archive) -> None:
    found = asked(archive, "离休人员医疗费 年度:2022")
    record = json.loads(json.dumps(page_json(found.page, found.rows, limit=2, sort="amount")))
    assert record["rows"]["total"] == 3
    first = record["rows"]["items"][0]
    assert unquote(first.pop("url")).endswith("/t/表7?row=r0&cell=支出-第0栏#r0")
    assert first == {
        "document_id": "000000000001",
        "agency": "昌吉州医疗保障局",
        "fiscal_year": 2022,
        "table": "表7",
        "code": "2101599",
        "label": "其他医疗保障管理事务支出",
        "project": "离休人员医疗费",
        "column": "支出/第0栏",
        "fen": 500 * WAN,
    }
    (told,) = found.rows.page("amount", 1, 2)
    assert unquote(told.url).endswith("/p/离休人员医疗费")
    assert (told.record.table, told.record.column) == (None, ())


def test_csv_holds_every_figure_and_no_formula(archive: Archive) -> None:
    found = asked(archive, "支出 OR 离休").rows
    data = b"".join(rows_csv(found.every("amount"), "https://example.org"))
    head, *rows = csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""))
    assert len(rows) == found.total
    records = [dict(zip(head, row, strict=True)) for row in rows]
    amounts = [Decimal(record["金额（元）"]) for record in records]
    assert amounts == [Decimal(one.record.fen) / 100 for one in found.every("amount")]
    assert "'=HYPERLINK(1)" in {record["项目"] for record in records}
    assert all(record["链接"].startswith("https://example.org/d/") for record in records)


def test_xlsx_holds_every_figure_and_no_formula(archive: Archive) -> None:
    found = asked(archive, "支出 OR 离休").rows
    with rows_xlsx(found.every("year"), "") as file:
        (sheet,) = openpyxl.load_workbook(file).worksheets
    head, *rows = sheet.iter_rows(values_only=True)
    assert len(rows) == found.total
    fen, name = head.index("金额（分）"), head.index("项目")
    assert [row[fen] for row in rows] == [one.record.fen for one in found.every("year")]
    assert "'=HYPERLINK(1)" in {row[name] for row in rows}
    assert "f" not in {cell.data_type for row in sheet.iter_rows() for cell in row}


def test_an_empty_result_is_exported_with_its_head() -> None:
    assert b"".join(rows_csv((), "")).decode("utf-8-sig").startswith("单位,年度")
    with rows_xlsx((), "") as file:
        assert openpyxl.load_workbook(file).worksheets[0].max_row == 1


@pytest.mark.parametrize("sort", SORTS)
def test_hostile_pages(archive: Archive, sort: Sort) -> None:
    found = asked(archive, "离休").rows
    assert found.page(sort, -1, -5) == ()
    assert found.page(sort, 10, 10**12) == ()
    assert len(found.page(sort, 10**9)) == found.total


@pytest.mark.real
def test_real_answer_to_the_issue(real_archive: Archive) -> None:
    found = asked(real_archive, "金额:100万..500万 离休").rows
    fen = [one.record.fen for one in found.page("amount", 100)]
    assert fen
    assert all(100 * WAN <= amount <= 500 * WAN for amount in fen)
    records = [one.record for one in found.page("relevance", 100)]
    assert all("离休" in f"{one.label}{one.project}" for one in records)
    urls = {one.url for one in found.page("relevance", 100)}
    assert len(urls) == found.total
