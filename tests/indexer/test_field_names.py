"""The printed names of a project's fields."""

from __future__ import annotations

import re

import pytest

from indexer.field_names import any_field_name, field_names


@pytest.mark.parametrize(
    ("name", "field"),
    [
        ("预算安排规模", "amount"),
        ("项目预算安排规模", "amount"),
        ("项目执行时间", "period"),
        ("受益群体和社会效益", "benefit"),
        ("项目承担单位", "agency"),
        ("项目项目名称", None),
        ("预算", None),
    ],
)
def test_what_a_name_stands_for(name: str, field: str | None) -> None:
    assert field_names().get(name) == field


def test_a_name_is_matched_whole_and_with_blanks() -> None:
    match = re.match(any_field_name(), "项目 预算安排规模说明")
    assert match and match[0] == "项目 预算安排规模"
