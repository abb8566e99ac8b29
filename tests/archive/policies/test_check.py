"""What a pasted text's policy numbers are answered with."""

from __future__ import annotations

import pytest

from archive.policies.check import check
from archive.store import Store
from tests.archive.policies.made import CARE, NUMBER, TITLE, in_project, project, put


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
