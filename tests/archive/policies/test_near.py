"""Which policies have a number near another one."""

from __future__ import annotations

import pytest

from archive.citations import Number, parse_number
from archive.policies.near import near, one_off, slips
from archive.policies.page import policy_page
from archive.store import Store
from tests.archive.policies.made import CARE, NUMBER, in_project, project, put


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
