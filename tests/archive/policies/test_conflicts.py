"""Which numbers and titles of policies contradict each other."""

from __future__ import annotations

import pytest

from archive.archive import Archive
from archive.model import Citation, Target
from archive.policies.names import one_title, project_key, title_key
from archive.policies.page import policy_page
from archive.store import Store
from tests.archive.policies.made import CARE, FUND, NUMBER, TITLE, in_project, project, put


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
