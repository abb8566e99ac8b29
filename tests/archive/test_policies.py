"""What rests on a policy document: each amount once, whatever prints it."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from openpyxl import load_workbook

from archive.archive import Archive
from archive.citations import Number, parse_number
from archive.errors import NotFound
from archive.model import (
    Cell,
    Citation,
    Column,
    Disclosure,
    Document,
    Indicator,
    Project,
    Row,
    Section,
    Table,
    Target,
)
from archive.policies.check import check
from archive.policies.export import items_csv, items_json, items_xlsx, page_json
from archive.policies.feed import feed
from archive.policies.graph import LABEL_SIZE, MOST_LINES, SHAPES, Shape, drawings, fitted
from archive.policies.landing import landing
from archive.policies.names import one_title, project_key, title_key
from archive.policies.near import near, one_off, slips
from archive.policies.page import all_items, group_page, policy_page, target_path
from archive.policies.records import Item, Policy, Wanted
from archive.query import parse
from archive.store import Store
from archive.store.connection import writing
from archive.store.policies import Policies
from archive.store.policy_texts import PolicyTexts
from archive.store.reliances import fill
from archive.store.resting import Resting

NUMBER = "新医保发〔2023〕48号"
TITLE = "关于做好医疗保障基金监管工作的通知"
CARE, FUND = "长期护理保险工作经费", "医疗基金监管工作经费"


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path / "archive") as opened:
        yield opened


def document(number: int = 1, **changes: object) -> Document:
    sha256 = f"{number:064x}"
    made = Document(
        sha256[-12:], f"第{number}份公开", "某市医疗保障局", "某市", 2024, "部门预算",
        None, sha256, "text/plain", f"{number}.txt",
    )  # fmt: skip
    return replace(made, **changes)  # type: ignore[arg-type]


def project(name: str, fen: int | None, id: str | None = None) -> Project:
    return Project(id or name, name, fen, None, None, None, None, None, ())


def money_row(name: str, fen: int, id: str | None = None, *, certain: bool = True) -> Row:
    cells = (Cell(0, name), Cell(1, "1", fen, certain), Cell(2, "2", fen + 100))
    return Row(id or name, 0, "2101506", "医疗保障", cells, project=name)


def table7(*rows: Row) -> Table:
    columns = (Column(("项目名称",), "project"), Column(("合计",)), Column(("本年",)))
    return Table("表7", 7, "一般公共预算项目支出情况表", None, "万元", columns, rows)


def goals(name: str | None, *labels: str) -> tuple[Table, list[Indicator]]:
    """A 绩效目标表 of a project, or of the whole department, with a row for each label."""
    identifier = f"绩效-{name}"
    rows = tuple(Row(label, i, None, label, (Cell(0, label),)) for i, label in enumerate(labels))
    made = Table(identifier, None, "绩效目标表", None, None, (Column(("指标",), "text"),), rows)
    told = [Indicator(identifier, name, "产出", "数量", x, "≥", "1", "个", None) for x in labels]
    return made, told


def cites(target: Target, normal: str = NUMBER, title: str | None = TITLE) -> Citation:
    return Citation(normal, normal, title, target)


def in_project(name: str, normal: str = NUMBER, title: str | None = TITLE) -> Citation:
    return cites(Target("project", name), normal, title)


def put(
    store: Store,
    citations: Sequence[Citation],
    projects: Sequence[Project] = (),
    tables: Sequence[Table] = (),
    indicators: Sequence[Indicator] = (),
    *,
    number: int = 1,
    extractor: int = 1,
    **changes: object,
) -> None:
    sections = (Section("一", 2, "一、主要职能", ""),)
    made = Disclosure(
        document(number, **changes), sections, tuple(tables), tuple(projects),
        tuple(indicators), tuple(citations),
    )  # fmt: skip
    store.put(made, size=1, extractor=extractor)


def items_of(store: Store, normal: str = NUMBER) -> list[Item]:
    policy = Policies(store.db).policy(normal)
    assert policy is not None
    return list(all_items(store, policy))


def known(store: Store, normal: str = NUMBER) -> Policy:
    policy = Policies(store.db).policy(normal)
    assert policy is not None
    return policy


# One amount, once


def test_chapter_row_and_performance_table_are_one_amount(store: Store) -> None:
    table, indicators = goals(CARE, "补贴人数", "满意度")
    row = money_row(f"{CARE}项目", 100)
    citations = [
        in_project(CARE),
        cites(Target("row", "表7", row.id)),
        cites(Target("row", table.id, "满意度")),
        cites(Target("table", table.id)),
    ]
    put(store, citations, [project(CARE, 100)], [table7(row), table], indicators)
    (item,) = items_of(store)
    assert (item.kind, item.fen, item.counted) == ("project", 100, True)
    assert item.rows == (Target("row", "表7", row.id),)
    assert [place.kind for place in item.places] == ["project", "row", "row", "table"]
    assert [(one.table, one.indicators) for one in item.goals] == [(table.id, 2)]
    assert (known(store).reliances, known(store).amounts, known(store).fen) == (1, 1, 100)


def test_a_project_told_otherwise_in_the_table_is_known_by_its_amount(store: Store) -> None:
    row = money_row("困难人群参加居民长期护理保险缴费补助", 100)
    other = money_row("困难人群参加居民长期护理保险其他补助", 900)
    told = project("困难人群参加居民长护保险缴费补助", 100)
    citations = [in_project(told.id), cites(Target("row", "表7", row.id))]
    put(store, citations, [told], [table7(row, other)])
    (item,) = items_of(store)
    assert item.rows == (Target("row", "表7", row.id),)
    assert known(store).fen == 100


@pytest.mark.parametrize(
    ("projects", "rows", "fen"),
    [
        ([], [money_row(CARE, 100)], 100),
        ([], [money_row(CARE, 100, "a"), money_row(CARE, 50, "b")], 150),
        ([project(CARE, None)], [money_row(CARE, 100)], 100),
        ([project(CARE, 70)], [money_row(CARE, 100)], 70),
        ([], [money_row(CARE, 100, certain=False)], None),
        ([], [money_row(CARE, 100, "a"), money_row(CARE, 50, "b", certain=False)], None),
        ([project(CARE, 10**17)], [], None),
    ],
    ids=["rows only", "two codes", "chapter silent", "chapter first", "doubtful", "half", "slip"],
)
def test_where_the_amount_comes_from(
    store: Store, projects: list[Project], rows: list[Row], fen: int | None
) -> None:
    target = Target("project", CARE) if projects else Target("row", "表7", rows[0].id)
    put(store, [cites(target)], projects, [table7(*rows)])
    (item,) = items_of(store)
    assert item.fen == fen
    assert known(store).amounts == (fen is not None)


def test_two_projects_of_one_name_in_one_disclosure_are_two(store: Store) -> None:
    projects = [project("公用经费", 10), project("公用经费", 20, "公用经费~2")]
    put(store, [in_project("公用经费"), in_project("公用经费~2")], projects)
    assert known(store).fen == 30


def test_budget_and_accounts_of_one_agency_are_one_amount(store: Store) -> None:
    for number, kind, fen in ((1, "部门决算", 90), (2, "单位预算", 100), (3, "部门预算", 110)):
        put(store, [in_project(CARE)], [project(CARE, fen)], number=number, kind=kind)
    put(store, [in_project(CARE)], [project(CARE, 5)], number=4, fiscal_year=2023)
    put(store, [in_project(CARE)], [project(CARE, 7)], number=5, agency="某县医疗保障局")
    page = policy_page(store, NUMBER)
    assert [(t.year, t.fen, t.amounts) for t in page.totals] == [(2024, 117, 2), (2023, 5, 1)]
    assert sorted(i.fen or 0 for i in items_of(store) if i.counted) == [5, 7, 110]
    assert page.policy.fen == sum(t.fen for t in page.totals) == 122
    assert page.policy.reliances == 5


def test_parts_without_money(store: Store) -> None:
    table, indicators = goals(None, "参保人数")
    targets = [
        Target("section", "一"),
        Target("row", table.id, "参保人数"),
        Target("section", "不在的节"),
        Target("row", "不在的表", "行"),
    ]
    put(store, [cites(target) for target in targets], [], [table], indicators)
    assert [(i.kind, i.name, i.fen) for i in items_of(store)] == [
        ("section", "一、主要职能", None),
        ("indicator", "参保人数", None),
        ("section", "正文", None),
        ("section", "正文", None),
    ]
    assert known(store).amounts == 0


# Kept up to date


def sums(store: Store) -> list[tuple[object, ...]]:
    policies = Policies(store.db)
    found = policies.register(Wanted(), "reliances", 100, 0).policies
    return [
        (p.normal, p.reliances, p.documents, p.amounts, p.fen, policies.titles(p)) for p in found
    ]


OTHER = "财社〔2024〕1号"
steps = st.lists(
    st.tuples(
        st.integers(1, 4),
        st.sampled_from(["部门预算", "部门决算", "其他"]),
        st.sampled_from(["甲局", "乙局", None]),
        st.sampled_from([2023, 2024, None]),
        st.lists(
            st.tuples(
                st.sampled_from([CARE, FUND]),
                st.sampled_from([NUMBER, OTHER]),
                st.sampled_from([TITLE, "另一个标题的通知", None]),
                st.none() | st.integers(1, 9),
            ),
            max_size=4,
        ),
    ),
    max_size=6,
)


@settings(max_examples=40)
@given(steps)
def test_sums_kept_by_changes_equal_those_derived_anew(
    tmp_path_factory: pytest.TempPathFactory, written: list[tuple[object, ...]]
) -> None:
    with Store.open(tmp_path_factory.mktemp("store")) as store:
        for version, (number, kind, agency, year, cited) in enumerate(written, 1):
            projects = {name: project(name, fen) for name, _, _, fen in cited}  # type: ignore[attr-defined]
            put(
                store,
                [in_project(name, normal, title) for name, normal, title, _ in cited],  # type: ignore[attr-defined]
                list(projects.values()),
                number=number,  # type: ignore[arg-type]
                extractor=version,
                kind=kind,
                agency=agency,
                fiscal_year=year,
            )
        kept = sums(store)
        with writing(store.db):
            fill(store.db)
        assert kept == sums(store)
        for normal, reliances, _, amounts, fen, _ in kept:
            items = items_of(store, str(normal))
            assert len(items) == reliances
            counted = [item.fen for item in items if item.counted and item.fen is not None]
            assert (len(counted), sum(counted)) == (amounts, fen)

        for normal, *_ in kept:
            policy = known(store, str(normal))
            resting = Resting(store.db, policy)
            groups = resting.groups(100)
            assert sum(group.reliances for group in groups) == policy.reliances
            assert sum(group.fen for group in groups) == policy.fen
            every = items_of(store, policy.normal)
            dearest = sorted((item.fen for item in every if item.counted), key=lambda fen: -fen)  # type: ignore[operator]
            shown = resting.dearest(len(every))
            assert [item.fen for item in shown][: len(dearest)] == dearest
            assert len(shown) == len(resting.newest(len(every))) == len(every)
            assert dict(resting.together(9)) == cited_beside(store, policy)


def cited_beside(store: Store, policy: Policy) -> dict[int, int]:
    """The policies that the same parts cite and how often, by the reliances themselves."""
    sql = """
        SELECT other.policy_id, count(*)
          FROM reliances AS one JOIN reliances AS other USING (document_id, relier)
               JOIN documents ON id = document_id
         WHERE one.policy_id = ?1 AND other.policy_id <> ?1 AND superseded_by IS NULL GROUP BY 1
    """
    return dict(store.db.execute(sql, [policy.id]).fetchall())


def test_an_older_version_is_no_longer_counted(store: Store) -> None:
    put(store, [in_project(CARE)], [project(CARE, 100)], published_on="2024-01-01")
    put(store, [in_project(CARE)], [project(CARE, 120)], number=2, published_on="2024-03-01")
    assert (known(store).reliances, known(store).fen) == (1, 120)
    put(store, [], number=2, extractor=2, published_on="2024-03-01")
    assert Policies(store.db).policy(NUMBER) is None
    with pytest.raises(NotFound):
        policy_page(store, NUMBER)


def test_an_archive_without_these_tables_gets_them(tmp_path: Path) -> None:
    with Store.open(tmp_path) as store:
        put(store, [in_project(CARE)], [project(CARE, 100)])
        before = sums(store)
        with writing(store.db):
            for name in (
                "reliances", "reliers", "policy_titles", "policies",
                "policy_groups", "groups_cited",
            ):  # fmt: skip
                store.db.execute(f"DROP TABLE {name}")
            store.db.execute("DROP INDEX citations_untitled")
            store.db.execute("DELETE FROM facts WHERE name = 'policies'")
            store.db.execute("DELETE FROM _sqlite_migrations WHERE name LIKE '%_polic%'")
    with Store.open(tmp_path) as store:
        assert sums(store) == before != []


# Titles and conflicts


@pytest.mark.parametrize(
    ("a", "b", "same"),
    [
        ("关于印发〈方案〉的通知", "关于印发<方案>的通知", True),
        (f"自治区医疗保障局{TITLE}", TITLE, True),
        (
            "关于印发《喀什地区离休人员医疗费管理办法》的通知",
            "喀什地区离休人员医疗费管理办法",
            True,
        ),
        (TITLE, "关于做好医疗保障基金监管工作的通告", True),
        (TITLE, "关于印发购买法律服务工作机制的实施意见", False),
    ],
)
def test_titles_of_one_document(a: str, b: str, same: bool) -> None:
    assert one_title(title_key(a), title_key(b)) is same


def test_names_of_one_project() -> None:
    assert project_key("离休人员 医疗费项目") == project_key("离休人员医疗费")
    assert project_key("项目") == "项目"


REWARD = "打击欺诈骗取医疗保障基金行为举报奖励暂行办法"


@pytest.mark.parametrize(
    ("other", "conflict"),
    [
        ("新医保〔2019〕59号", True),
        ("新医保办〔2019〕59号", True),
        ("新医保〔2020〕59号", False),
        ("巴医保发〔2019〕59号", False),
        ("无名字〔2019〕59号", False),
    ],
)
def test_one_title_with_two_numbers(store: Store, other: str, conflict: bool) -> None:
    mine = "新医保办〔2019〕53号"
    put(store, [in_project(FUND, mine, REWARD)], [project(FUND, 1)])
    put(store, [in_project(FUND, other, REWARD)], [project(FUND, 2)], number=2, agency="乙局")
    compared = policy_page(store, mine).compared
    assert bool(compared.conflicts) is conflict
    assert [one.normal for one in compared.namesakes] == ([] if conflict else [other])
    for one in compared.conflicts:
        assert mine in one.sentence and other in one.sentence and REWARD in one.sentence


def test_numbers_given_to_one_title_together_are_no_conflict(store: Store) -> None:
    citations = [in_project(FUND, n, REWARD) for n in ("财税〔2018〕1号", "财税〔2018〕2号")]
    put(store, citations, [project(FUND, 1)])
    assert policy_page(store, "财税〔2018〕1号").compared.conflicts == ()


def test_one_number_with_two_titles(store: Store) -> None:
    other = "关于印发购买法律服务工作机制的实施意见"
    put(store, [in_project(CARE), in_project(FUND, NUMBER, other)], [project(CARE, 1)])
    (conflict,) = policy_page(store, NUMBER).compared.conflicts
    assert TITLE in conflict.sentence and other in conflict.sentence


def test_a_title_cited_without_its_number_is_told_apart(store: Store) -> None:
    alone = Citation(f"《{TITLE}》", None, TITLE, Target("section", "一"))
    put(store, [in_project(CARE), alone], [project(CARE, 1)])
    page = policy_page(store, NUMBER)
    assert [one.target for one in page.untitled] == [Target("section", "一")]
    assert page.policy.reliances == 1


# Near numbers


@pytest.mark.parametrize(
    ("a", "b", "near_by"),
    [
        ("48", "43", True), ("48", "84", True), ("48", "148", True), ("148", "14", True),
        ("5", "7", False), ("48", "39", False), ("48", "48", False), ("123", "321", False),
        ("5", "51", True), ("1234", "12", False),
    ],
)  # fmt: skip
def test_one_figure_off(a: str, b: str, near_by: bool) -> None:
    assert one_off(a, b) is one_off(b, a) is near_by
    assert (int(b) in slips(int(a))) is near_by


@pytest.mark.parametrize(
    ("cited", "kind"),
    [
        ("新医保〔2023〕48号", "code"),
        ("新医保发〔2023〕43号", "number"),
        ("新医保发〔2022〕48号", "year"),
        ("新医保发〔2022〕43号", None),
        ("财社〔2023〕48号", None),
        (NUMBER, None),
    ],
)
def test_near_numbers_by_kind(store: Store, cited: str, kind: str | None) -> None:
    put(store, [in_project(CARE, cited)], [project(CARE, 1)])
    number = parse_number(NUMBER)
    assert number is not None
    assert [(n.policy.normal, n.kind) for n in near(store, number)] == (
        [(cited, kind)] if kind else []
    )


def test_a_decree_without_year(store: Store) -> None:
    put(store, [in_project(CARE, "国务院令第735号")], [project(CARE, 1)])
    page = policy_page(store, "国务院令第735号")
    assert page.policy.year is None
    assert [n.kind for n in near(store, Number("国务院令", None, 753))] == ["number"]


# Search, register, together


@pytest.mark.parametrize("typed", ["新医保发(2023)48 号", "新医保发［２０２３］第048号", NUMBER])
def test_a_number_in_any_spelling_lands(store: Store, typed: str) -> None:
    put(store, [in_project(CARE)], [project(CARE, 1)])
    landed = landing(store, parse(typed))
    assert landed is not None and landed.policy is not None
    assert landed.policy.normal == NUMBER


def test_a_number_that_is_not_there_leads_to_those_near(store: Store) -> None:
    put(store, [in_project(CARE)], [project(CARE, 1)])
    landed = landing(store, parse("新医保〔2023〕48号"))
    assert landed is not None and landed.policy is None
    assert [one.policy.normal for one in landed.near] == [NUMBER]


@pytest.mark.parametrize("typed", ["医疗", "新医保发〔2023〕48号 2024", "文号:医保"])
def test_other_queries_land_nowhere(store: Store, typed: str) -> None:
    put(store, [in_project(CARE)], [project(CARE, 1)])
    assert landing(store, parse(typed)) is None


@pytest.mark.parametrize(
    ("wanted", "normals"),
    [
        (Wanted(), [NUMBER, "财社〔2024〕1号", "某字〔2020〕9号"]),
        (Wanted(text="(2023)48"), [NUMBER]),
        (Wanted(text="基金监管 医保"), [NUMBER]),
        (Wanted(text="《基金监管》"), [NUMBER]),
        (Wanted(text="财政部"), ["财社〔2024〕1号"]),
        (Wanted(level="国家"), ["财社〔2024〕1号"]),
        (Wanted(level="不详"), ["某字〔2020〕9号"]),
        (Wanted(year=2020), ["某字〔2020〕9号"]),
        (Wanted(issuer="新医保发"), [NUMBER]),
        (Wanted(issuer="医疗保障局"), [NUMBER]),
        (Wanted(text="%"), []),
    ],
)
def test_the_register_filters(store: Store, wanted: Wanted, normals: list[str]) -> None:
    _three(store)
    found = Policies(store.db).register(wanted, "reliances", 10, 0)
    assert [policy.normal for policy in found.policies] == normals
    assert found.total == len(normals)


@pytest.mark.parametrize(
    "text",
    ["新医保", "新医保发[2023]", "〔2023〕48号", "（2023）", "通知", "《通知》", "关于 通知",
     "48 通知", "没有的", "。", "新疆", ""],
)  # fmt: skip
def test_texts_in_memory_find_what_the_register_finds(store: Store, text: str) -> None:
    _three(store)
    texts = PolicyTexts(store.db)
    held = [texts.normals[number] for number in np.flatnonzero(texts.holding(text)).tolist()]
    found = Policies(store.db).register(Wanted(text=text), "reliances", 50, 0)
    assert held == [policy.normal for policy in found.policies]


def test_the_register_is_sorted_and_paged(store: Store) -> None:
    _three(store)
    policies = Policies(store.db)
    by_money = [p.normal for p in policies.register(Wanted(), "money", 10, 0).policies]
    assert by_money == ["财社〔2024〕1号", NUMBER, "某字〔2020〕9号"]
    second = policies.register(Wanted(), "money", 1, 1)
    assert (second.total, second.policies[0].normal) == (3, NUMBER)
    assert policies.known_years() == (2024, 2023, 2020)


def _three(store: Store) -> None:
    put(
        store,
        [
            in_project(CARE), in_project(FUND), in_project(FUND, "财社〔2024〕1号", None),
            cites(Target("section", "一"), "某字〔2020〕9号", None),
            cites(Target("section", "一"), NUMBER, None),
            in_project("大项目", "财社〔2024〕1号", None),
        ],
        [project(CARE, 1), project(FUND, 2), project("大项目", 50)],
    )  # fmt: skip


def test_groups_are_paged_and_one_has_a_page_of_its_own(store: Store) -> None:
    for number in range(1, 35):
        name = f"{'东南西北'[number // 10]}{'甲乙丙丁戊己庚辛壬癸'[number % 10]}局"
        put(store, [in_project(CARE)], [project(CARE, number)], number=number, agency=name)
    many = [project(f"项目{n}", 1) for n in range(120)]
    put(store, [in_project(one.id) for one in many], many, number=99, fiscal_year=2023)
    first, second = (policy_page(store, NUMBER, page) for page in (1, 2))
    assert (first.pages, second.pages) == (2, 2)
    assert [len(year.groups) for year in (*first.years, *second.years)] == [30, 4, 1]
    (year,) = policy_page(store, NUMBER, year=2023).years
    (shown,) = year.groups
    assert (len(shown.items), shown.rest, shown.group.fen) == (8, 112, 120)
    pages = [group_page(store, NUMBER, shown.group.id, page) for page in (1, 2)]
    assert [len(page.shown.items) for page in pages] == [100, 20]
    assert len({item.name for page in pages for item in page.shown.items}) == 120
    with pytest.raises(NotFound):
        group_page(store, NUMBER, "别的局/2023")


def test_policies_cited_by_the_same_parts(store: Store) -> None:
    _three(store)
    page = policy_page(store, NUMBER)
    assert [(one.policy.normal, one.times) for one in page.together] == [
        ("财社〔2024〕1号", 1),
        ("某字〔2020〕9号", 1),
    ]


# Checking a text


@pytest.mark.parametrize(
    ("text", "outcome", "answers"),
    [
        (f"根据《{TITLE}》（新医保发[2023]48号）", "exact", [NUMBER]),
        ("根据新医保〔2023〕48号", "near", [NUMBER]),
        ("根据沪府规〔2016〕168号", "absent", []),
        (f"根据《{TITLE}》的规定", "titled", [NUMBER]),
        ("根据《某某管理办法》的规定", "untitled", []),
        ("根据财预〔3023〕5号", "doubtful", []),
    ],
)
def test_a_pasted_text(store: Store, text: str, outcome: str, answers: list[str]) -> None:
    put(store, [in_project(CARE)], [project(CARE, 1)])
    (checked,) = check(store, text)
    assert checked.outcome == outcome
    assert [p.normal for p in (*checked.found, *(n.policy for n in checked.near))] == answers
    assert checked.otherwise is None


def test_a_pasted_title_that_is_not_that_of_the_number(store: Store) -> None:
    put(store, [in_project(CARE)], [project(CARE, 1)])
    (checked,) = check(store, f"《关于购买法律服务的实施意见》（{NUMBER}）")
    assert checked.otherwise == TITLE


# Exports, feed, drawing


def test_exports_hold_every_item_and_run_no_formula(store: Store) -> None:
    name = "=HYPERLINK(1)\x0b"
    put(store, [in_project(name), in_project(CARE)], [project(name, 150), project(CARE, None)])
    policy = known(store)
    text = b"".join(items_csv(policy, items_of(store), "http://host/")).decode("utf-8-sig")
    head, *rows = list(csv.reader(io.StringIO(text, newline="")))
    first, second = (dict(zip(head, row, strict=True)) for row in rows)
    assert first["名称"].startswith("'=") and first["金额（元）"] == "1.5"
    assert (second["金额（元）"], second["计入合计"]) == ("", "否")
    assert second["链接"].startswith("http://host/d/")
    data = b"".join(items_xlsx(policy, items_of(store), "http://host/"))
    sheet = load_workbook(io.BytesIO(data))["引用"]
    assert [row[7] for row in sheet.iter_rows(min_row=2, values_only=True)] == [1.5, None]
    page = policy_page(store, NUMBER)
    record = page_json(page, items_of(store))
    assert json.loads(b"".join(items_json(page, items_of(store)))) == record
    assert [one["fen"] for one in record["reliances"]] == [150, None]


def test_the_feed_is_atom_with_stable_ids(store: Store) -> None:
    put(store, [in_project(CARE)], [project(CARE, 1)], published_on="2024-02-01")
    put(store, [in_project("名\x0b称")], [project("名\x0b称", 2)], number=2, agency="乙局")
    policy = known(store)
    newest = Resting(store.db, policy).newest(10)
    data = feed(policy, newest, "http://host/")
    atom = {"a": "http://www.w3.org/2005/Atom"}
    root = etree.fromstring(data)
    for parent in [root, *root.findall("a:entry", atom)]:
        for needed in ("id", "title", "updated", "author/a:name"):
            assert parent.findtext(f"a:{needed}", namespaces=atom), needed
    entries = root.findall("a:entry", atom)
    assert [e.findtext("a:updated", namespaces=atom) for e in entries] == [
        "2024-01-01T00:00:00+08:00",
        "2024-02-01T00:00:00+08:00",
    ]
    said = [e.findtext("a:summary", namespaces=atom) or "" for e in entries]
    assert ["未载明公布日期" in text for text in said] == [True, False]
    ids = [e.findtext("a:id", namespaces=atom) for e in entries]
    assert len(set(ids)) == 2
    assert feed(policy, newest, "http://host/") == data


@pytest.mark.parametrize("count", [1, MOST_LINES, 120])
def test_no_label_of_a_drawing_leaves_its_line(store: Store, count: int) -> None:
    names = [f"非常长的项目名称ABC{i}" * 5 for i in range(count)]
    put(store, [in_project(n) for n in names], [project(n, i + 1) for i, n in enumerate(names)])
    policy = known(store)
    dearest = Resting(store.db, policy).dearest(MOST_LINES)
    for drawing in drawings(policy, dearest):
        shape = drawing.shape
        assert len(drawing.lines) == min(count, MOST_LINES)
        tops = [line.y for line in drawing.lines]
        assert all(b - a == shape.line for a, b in pairwise(tops))
        assert tops[-1] + shape.line <= drawing.height
        assert all(line.bar <= shape.bar_width for line in drawing.lines)
        if shape.beside:
            assert shape.label_x + shape.label_width <= shape.bar_x
        if count > MOST_LINES:
            assert drawing.lines[-1].label == f"其余 {count - MOST_LINES + 1} 处"
            shown = sum(range(count - MOST_LINES + 2, count + 1))
            assert policy.fen - shown == sum(range(1, count - MOST_LINES + 2))


@pytest.mark.parametrize("shape", SHAPES, ids=lambda shape: shape.name)
def test_bars_and_labels_stay_inside_the_drawing(shape: Shape) -> None:
    widest_amount = 100
    assert shape.bar_x + shape.bar_width + widest_amount <= shape.width
    assert shape.label_x + shape.label_width <= shape.width


def test_a_label_is_cut_to_its_width() -> None:
    assert fitted("短", 100, LABEL_SIZE) == "短"
    assert fitted("很长的项目名称", 56, LABEL_SIZE) == "很长的…"


# The real disclosures


@pytest.mark.real
def test_the_reward_rules_of_the_real_disclosures_contradict_each_other(
    real_archive: Archive,
) -> None:
    page = policy_page(real_archive.store, "新医保办〔2019〕53号")
    (conflict,) = page.compared.conflicts
    assert conflict.other == "新医保〔2019〕59号"
    (year,) = policy_page(real_archive.store, "新医保〔2019〕59号").years
    (item,) = year.groups[0].items
    assert (item.name, item.fen, item.counted) == ("打击欺诈骗保举报奖励资金项目", 5_000_000, True)


@pytest.mark.real
def test_every_link_of_the_real_policies_leads_somewhere(real_archive: Archive) -> None:
    from app import create_app

    client = create_app(real_archive).test_client()
    page = policy_page(real_archive.store, NUMBER)
    assert page.policy.fen == 52_000_000
    (item,) = items_of(real_archive.store)
    for target in (item.target, *item.places, *item.rows):
        response = client.get(target_path(item.document, target).split("#")[0])
        assert response.status_code == 200
        assert "已变动" not in response.text
