"""Agencies and functional items across disclosures, in an archive of its own."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from archive.model import Cell, Column, Disclosure, Kind, Row, Table
from archive.overviews.agency import agency_page, column_name
from archive.overviews.functional import classes, functional_page
from archive.overviews.glance import glance_at
from archive.store import Store
from archive.store.agency_lookup import AgencyLookup, Holding
from archive.store.connection import writing
from archive.store.functional_lookup import FunctionalLookup
from tests.documents import document

SPENT = (Column(("科目",), "label"), Column(("合计",)), Column(("基本支出",)))


def disclosure(
    number: int,
    agency: str = "昌吉州医疗保障局",
    *,
    year: int | None = 2024,
    kind: Kind = "部门预算",
    region: str | None = "新疆维吾尔自治区/昌吉回族自治州",
    items: tuple[tuple[str, int | None], ...] = (("210", 5), ("21015", 5), ("2101501", 3)),
) -> Disclosure:
    title = f"{agency}{year}"
    made = document(number, title=title, agency=agency, region=region, fiscal_year=year, kind=kind)
    whole = sum(fen or 0 for code, fen in items if len(code) == 3)
    rows = [Row("合计", 0, None, "合计", (Cell(1, str(whole), whole),), None, "total")]
    for at, (code, fen) in enumerate(items, 1):
        cells = () if fen is None else (Cell(1, str(fen), fen),)
        rows.append(Row(f"{code}-{at}", at, code, f"科目{code}", cells))
    forms = (
        ("一般公共预算财政拨款支出决算表", "支出决算表")
        if kind.endswith("决算")
        else ("一般公共预算支出情况表", "部门支出总体情况表")
    )
    tables = tuple(Table(form, None, form, form, "元", SPENT, tuple(rows)) for form in forms)
    return Disclosure(made, tables=tables)


def put(store: Store, *disclosures: Disclosure) -> None:
    for one in disclosures:
        store.put(one, 1, 1)


def test_spellings_are_one_agency_named_as_in_its_newest_disclosure(store: Store) -> None:
    put(
        store,
        disclosure(1, "昌吉回族自治州医疗保障局", year=2022),
        disclosure(2, "昌吉州医疗保障局", year=2024),
        disclosure(3, "昌吉州医疗保障局", year=2023),
        disclosure(4, "甲局", region=None),
    )
    lookup = AgencyLookup(store.db)
    assert [(one.name, one.disclosures, one.years) for one in lookup.listed().agencies] == [
        ("昌吉州医疗保障局", 3, (2024, 2023, 2022)),
        ("甲局", 1, (2024,)),
    ]
    found = lookup.named("昌吉回族自治州医疗保障局")
    assert found is not None
    assert found.name == "昌吉州医疗保障局"
    assert lookup.named("乙局") is None
    assert lookup.named(" ") is None


def test_columns_tell_kinds_and_years_apart(store: Store) -> None:
    put(
        store,
        disclosure(1, year=2024, kind="部门决算", items=(("210", 4),)),
        disclosure(2, year=2024, kind="单位预算", items=(("210", 2),)),
        disclosure(3, year=2024, items=(("210", 5),)),
        disclosure(4, year=2023, items=(("210", 1),)),
        disclosure(5, year=2022, items=(("210", 9),)),
        disclosure(6, year=2022, items=(("210", 8),)),
    )
    agency = AgencyLookup(store.db).named("昌吉州医疗保障局")
    assert agency is not None
    page = agency_page(store, agency, "元")
    names = [
        "2022年 部门预算",
        "2023年 部门预算",
        "2024年 部门预算",
        "2024年 单位预算",
        "2024年 部门决算",
    ]
    assert [column_name(one) for one in page.columns] == names
    row = next(row for row in page.rows if row.name == "expenditure")
    assert [one.fen for one in row.parts] == [8, 1, 5, 2, 4], "the newer version of 2022 counts"
    basic = next(row for row in page.rows if row.name == "basic")
    assert {one.printed for one in basic.parts} == {""}, "printed and blank"
    assert not [row for row in page.rows if row.name == "income"], "printed nowhere"
    assert [kind for kind, _ in page.by_kind()] == ["部门预算", "单位预算", "部门决算"]


def test_an_item_across_agencies(store: Store) -> None:
    put(
        store,
        disclosure(1, "甲局", items=(("210", 5), ("2101501", 3))),
        disclosure(2, "乙局", items=(("210", 7), ("2101502", None))),
        disclosure(3, "丙局", year=2023, items=(("210", 50),)),
        disclosure(4, "丁局", kind="单位预算", items=(("210", 500),)),
        disclosure(5, "甲局", items=(("210", 6), ("210", 1))),
    )
    page = functional_page(store, "210", None, None, "元", size=10, page=1)
    assert page is not None
    assert (page.chosen.year, page.chosen.kind) == (2024, "部门预算")
    assert (page.chosen.disclosures, page.chosen.fen) == (2, 14), "of versions the newest"
    agencies = [(found.document.agency, found.amount.figure.fen) for found in page.found]
    assert agencies == [("乙局", 7), ("甲局", 6), ("甲局", 1)]
    assert [line.label for line in page.chart.lines] == ["乙局", "甲局", "甲局"]
    assert [one.year for one in page.years] == [2024, 2023]
    other = functional_page(store, "210", 2024, "单位预算", "元", size=10, page=1)
    assert other is not None
    assert other.chosen.fen == 500
    assert functional_page(store, "299", None, None, "元", size=10, page=1) is None


def test_items_above_and_below(store: Store) -> None:
    put(store, disclosure(1), disclosure(2, "乙局", items=(("2080505", 1),)))
    lookup = FunctionalLookup(store.db)
    assert [item.code for item in lookup.below("")] == ["210"], "208 itself is printed nowhere"
    assert [item.code for item in lookup.below("210")] == ["21015"]
    assert lookup.below("2101501") == []
    page = functional_page(store, "2101501", None, None, "元", size=10, page=1)
    assert page is not None
    assert [item.name for item in page.above] == ["科目210", "科目21015"]


def test_the_name_is_the_one_printed_most(store: Store) -> None:
    odd = disclosure(9, "乙局", year=2025)
    table = odd.tables[0]
    renamed = tuple(replace(row, label="卫生健康") if row.code else row for row in table.rows)
    put(
        store,
        disclosure(1),
        disclosure(2, "丙局"),
        replace(odd, tables=(replace(table, rows=renamed),)),
    )
    item = FunctionalLookup(store.db).item("210")
    assert item is not None
    assert item.name == "科目210"


def test_classes_by_year(store: Store) -> None:
    put(store, disclosure(1), disclosure(2, "乙局", year=2023, items=(("208", 4), ("210", 1))))
    shown = classes(store, None)
    assert (shown.kind, shown.years) == ("部门预算", (2024, 2023))
    sums = {row.item.code: [one and one.fen for one in row.sums] for row in shown.rows}
    assert sums == {"208": [None, 4], "210": [5, 1]}
    assert classes(store, "不存在").kind == "部门预算"


def test_an_older_archive_is_brought_up_to_date(tmp_path: Path) -> None:
    with Store.open(tmp_path) as store:
        put(store, disclosure(1), disclosure(2, "乙局"))
        before = FunctionalLookup(store.db).sums("210")
        with writing(store.db):
            store.db.execute("DROP TABLE key_figures")
            store.db.execute("DROP TABLE functional_amounts")
            store.db.execute("DELETE FROM facts WHERE name = 'key_figures'")
            name = "m006_figures_asked_for"
            store.db.execute("DELETE FROM _sqlite_migrations WHERE name = ?", [name])
    with Store.open(tmp_path) as store:
        assert FunctionalLookup(store.db).sums("210") == before
        lookup = AgencyLookup(store.db)
        agency = lookup.named("乙局")
        assert agency is not None
        figures = lookup.figures(lookup.disclosures(agency.key))
        assert [one["expenditure"].fen for one in figures.values()] == [5]


@pytest.mark.parametrize(
    ("holdings", "regions", "years", "counts"),
    [
        ((), [], [], []),
        (
            [Holding("上海市/普陀区", 2024, 2), Holding("上海市", 2023, 1)],
            ["上海市", "普陀区"],
            [2024, 2023],
            [[0, 1], [2, 0]],
        ),
        (
            [
                Holding("上海市/普陀区", 2024, 2),
                Holding("新疆维吾尔自治区/昌吉回族自治州", 2024, 3),
                Holding("新疆维吾尔自治区", None, 1),
                Holding(None, 2024, 4),
            ],
            ["上海市", "新疆维吾尔自治区", None],
            [2024, None],
            [[2, 0], [3, 1], [4, 0]],
        ),
    ],
)
def test_glance(
    holdings: list[Holding],
    regions: list[str | None],
    years: list[int | None],
    counts: list[list[int]],
) -> None:
    glance = glance_at(holdings)
    assert [row.region for row in glance.rows] == regions
    assert list(glance.years) == years
    assert [list(row.counts) for row in glance.rows] == counts


def test_years_long_ago_are_told_together() -> None:
    glance = glance_at([Holding("上海市", year, 1) for year in range(2015, 2025)])
    (row,) = glance.rows
    assert (len(glance.years), row.earlier, row.total) == (5, 5, 10)
