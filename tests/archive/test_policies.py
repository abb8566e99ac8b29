"""What rests on a policy document: each amount once, whatever prints it."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archive.archive import Archive
from archive.errors import NotFound
from archive.model import Project, Row, Target
from archive.policies.page import group_page, policy_page, target_path
from archive.policies.records import Policy, Wanted
from archive.store import Store
from archive.store.connection import writing
from archive.store.policies import Policies
from archive.store.reliances import fill
from archive.store.resting import Resting
from tests.archive.policies.made import (
    CARE,
    FUND,
    NUMBER,
    TITLE,
    cites,
    goals,
    in_project,
    items_of,
    known,
    money_row,
    project,
    put,
    table7,
    three,
)

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


# Its page


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
    three(store)
    page = policy_page(store, NUMBER)
    assert [(one.policy.normal, one.times) for one in page.together] == [
        ("财社〔2024〕1号", 1),
        ("某字〔2020〕9号", 1),
    ]


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
