"""The register of policies: filters, order, pages, texts in memory."""

from __future__ import annotations

import numpy as np
import pytest

from archive.policies.records import Wanted
from archive.store import Store
from archive.store.policies import Policies
from archive.store.policy_texts import PolicyTexts
from tests.archive.policies.made import NUMBER, three


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
    three(store)
    found = Policies(store.db).register(wanted, "reliances", 10, 0)
    assert [policy.normal for policy in found.policies] == normals
    assert found.total == len(normals)


@pytest.mark.parametrize(
    "text",
    ["新医保", "新医保发[2023]", "〔2023〕48号", "（2023）", "通知", "《通知》", "关于 通知",
     "48 通知", "没有的", "。", "新疆", ""],
)  # fmt: skip
def test_texts_in_memory_find_what_the_register_finds(store: Store, text: str) -> None:
    three(store)
    texts = PolicyTexts(store.db)
    held = [texts.normals[number] for number in np.flatnonzero(texts.holding(text)).tolist()]
    found = Policies(store.db).register(Wanted(text=text), "reliances", 50, 0)
    assert held == [policy.normal for policy in found.policies]


def test_the_register_is_sorted_and_paged(store: Store) -> None:
    three(store)
    policies = Policies(store.db)
    by_money = [p.normal for p in policies.register(Wanted(), "money", 10, 0).policies]
    assert by_money == ["财社〔2024〕1号", NUMBER, "某字〔2020〕9号"]
    second = policies.register(Wanted(), "money", 1, 1)
    assert (second.total, second.policies[0].normal) == (3, NUMBER)
    assert policies.known_years() == (2024, 2023, 2020)
