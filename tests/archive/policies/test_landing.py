"""Which typed numbers lead straight to a policy."""

from __future__ import annotations

import pytest

from archive.policies.landing import landing
from archive.query import parse
from archive.store import Store
from tests.archive.policies.made import CARE, NUMBER, in_project, project, put


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
