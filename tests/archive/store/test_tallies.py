"""Sums, agencies and lists that each write keeps, held against the same derived anew."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archive.fold import fold
from archive.model import Cell, Column, Disclosure, Finding, Row, Table
from archive.store import Store, listings, tallies
from archive.store.agency_lookup import AgencyLookup
from archive.store.connection import writing
from archive.store.findings import SEVERITIES, Found, Wanted
from tests.documents import document

FORM = "一般公共预算支出情况表"
KEPT = ("functional_sums", "finding_sums", "finding_agencies", "region_sums", "agencies")


def disclosure(
    number: int,
    agency: str | None = "甲局",
    year: int | None = 2024,
    *,
    kind: str = "部门预算",
    region: str | None = "新疆维吾尔自治区/昌吉回族自治州/昌吉市",
    fen: int = 1,
    severities: tuple[str, ...] = (),
    published_on: str | None = None,
) -> Disclosure:
    made = document(
        number, title=f"文件{number}", agency=agency, region=region, fiscal_year=year,
        kind=kind, published_on=published_on,
    )  # fmt: skip
    columns = (Column(("编码",), "code"), Column(("科目",), "label"), Column(("合计",)))
    rows = tuple(
        Row(code, at, code, f"科目{code}", (Cell(2, str(fen), fen),))
        for at, code in enumerate(("210", "21015", "2101501"))
    )
    findings = tuple(
        Finding(f"规则{at % 2}", severity, f"{at}", "", "", (), fen + at)
        for at, severity in enumerate(severities)
    )
    table = Table("表1", 1, FORM, FORM, "元", columns, rows)
    return Disclosure(made, tables=(table,), findings=findings)


steps = st.lists(
    st.tuples(
        st.integers(1, 4),
        st.sampled_from(["甲局", "乙局", None]),
        st.sampled_from([2023, 2024, None]),
        st.sampled_from(["部门预算", "其他"]),
        st.sampled_from(
            [None, "上海市", "上海市/普陀区", "新疆维吾尔自治区/昌吉回族自治州/昌吉市"]
        ),
        st.integers(0, 3),
        st.lists(st.sampled_from(SEVERITIES), max_size=3),
        st.booleans(),
    ),
    max_size=7,
)


@settings(max_examples=40)
@given(steps)
def test_what_writes_keep_is_what_is_derived_anew(
    tmp_path_factory: pytest.TempPathFactory, written: list[tuple[object, ...]]
) -> None:
    with Store.open(tmp_path_factory.mktemp("store")) as store:
        for version, (number, agency, year, kind, region, fen, severities, anew) in enumerate(
            written, 1
        ):
            made = disclosure(
                number, agency, year, kind=kind, region=region, fen=fen,  # type: ignore[arg-type]
                severities=tuple(severities),  # type: ignore[arg-type]
            )  # fmt: skip
            store.put(made, 1, version)
            if anew:
                store.put_findings([replace(made, findings=made.findings[:1])])
        kept = [state(store, name) for name in KEPT]
        found = store.find_findings(Wanted(), limit=100)
        assert found.total == len(found.found)
        assert found.found == by_hand(store)
        with writing(store.db):
            derive(store)
        assert kept == [state(store, name) for name in KEPT]


def state(store: Store, table: str) -> list[tuple[object, ...]]:
    rows: list[tuple[object, ...]] = store.db.execute(f"SELECT * FROM {table}").fetchall()
    return rows


def derive(store: Store) -> None:
    """All sums from nothing, as an archive of before gets them."""
    for name in KEPT:
        store.db.execute(f"DELETE FROM {name}")
    tallies.fill(store.db)
    listings.fill(store.db)


def by_hand(store: Store) -> tuple[object, ...]:
    """The findings of all current disclosures in the order in which they are shown."""
    found = store.find_findings(Wanted(), limit=100).found
    current = {document.id for document in store.documents()}
    assert {each.document.id for each in found} <= current
    assert len(found) == sum(len(store.findings(id_)) for id_ in current)
    return tuple(
        sorted(
            found,
            key=lambda each: (
                SEVERITIES.index(each.finding.severity),
                -(each.finding.difference_fen or 0),
                -(each.document.fiscal_year or 0),
                each.document.id,
                each.ordinal,
            ),
        )
    )


WANTED = [
    Wanted(),
    Wanted(severities=("差错",)),
    Wanted(severities=("差错", "四舍五入")),
    Wanted(rule="规则1"),
    Wanted(year=2023),
    Wanted(agency="乙局"),
    Wanted(least_fen=3),
    Wanted(rule="规则1", year=2024, severities=("提示",)),
    Wanted(agency="甲局", least_fen=2, severities=("差错", "提示")),
]


@pytest.mark.parametrize("wanted", WANTED)
def test_totals_are_those_of_what_is_found(tmp_path: Path, wanted: Wanted) -> None:
    with Store.open(tmp_path) as store:
        for number, (agency, year) in enumerate((("甲局", 2024), ("乙局", 2023), (None, None)), 1):
            store.put(disclosure(number, agency, year, severities=(*SEVERITIES, "差错")), 1, 1)
        found = store.find_findings(wanted, limit=100)
        assert found.total == len(found.found) > 0
        every = store.find_findings(Wanted(), limit=100).found
        assert found.found == tuple(each for each in every if fits(each, wanted))


def fits(each: Found, wanted: Wanted) -> bool:
    finding, document = each.finding, each.document
    return (
        (wanted.rule in (None, finding.rule))
        and (wanted.agency in (None, document.agency))
        and (wanted.year in (None, document.fiscal_year))
        and (not wanted.severities or finding.severity in wanted.severities)
        and (wanted.least_fen is None or (finding.difference_fen or 0) >= wanted.least_fen)
    )


def test_lists_are_in_order_and_those_that_do_not_say_come_last(tmp_path: Path) -> None:
    told = [
        ("上海市", "乙局", 2024), ("上海市", "甲局", 2024), ("上海市", "甲局", 2023),
        ("上海市", None, 2024), (None, "丙局", 2024), (None, None, None),
    ]  # fmt: skip
    with Store.open(tmp_path) as store:
        for number, (region, agency, year) in enumerate(reversed(told), 1):
            store.put(disclosure(number, agency, year, region=region), 1, 1)
        pages = [store.listed(4, offset) for offset in (0, 4)]
        assert [page.total for page in pages] == [6, 6]
        listed = [one for page in pages for one in page.documents]
        assert [(d.region, d.agency, d.fiscal_year) for d in listed] == told
        (first, second, third, *_) = listed
        assert store.offered([], [second], 1) == (third,)
        assert store.offered([fold("甲局"), "2024"], [], 9) == (second,)
        assert store.offered([fold("甲局")], [second], 9) == (third,)
        assert first not in store.offered([], [first], 9)


def test_mobile_numbers_are_not_to_be_found_by(tmp_path: Path) -> None:
    with Store.open(tmp_path) as store:
        store.put(disclosure(1, "甲局13800001234"), 1, 1)
        assert store.offered(["13800001234"], [], 9) == ()
        lookup = AgencyLookup(store.db)
        assert lookup.listed(["13800001234"]).total == 0
        assert [one.name for one in lookup.listed().agencies] == ["甲局138****1234"]


def test_forms_are_those_of_tables_with_amounts(tmp_path: Path) -> None:
    made = disclosure(1)
    (table,) = made.tables
    blank = replace(table, id="表2", form="支出表", rows=(Row("1", 0, None, "无", (Cell(2, ""),)),))
    again, untitled = replace(table, id="表3"), replace(table, id="表4", form=None, title="附表")
    with Store.open(tmp_path) as store:
        store.put(replace(made, tables=(blank, table, again, untitled)), 1, 1)
        assert store.forms(made.document.id) == {FORM: "表1", "附表": "表4"}
