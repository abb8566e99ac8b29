from __future__ import annotations

import pytest

from archive.forms import forms
from indexer.form_layouts import all_layouts, is_known, known_headers, known_layouts

NINE = [
    "收入支出决算总表",
    "收入决算表",
    "支出决算表",
    "财政拨款收入支出决算总表",
    "一般公共预算财政拨款支出决算表",
    "一般公共预算财政拨款基本支出决算表",
    "政府性基金预算财政拨款收入支出决算表",
    "国有资本经营预算财政拨款支出决算表",
    "财政拨款“三公”经费支出决算表",
]


@pytest.mark.parametrize("form", NINE)
def test_the_nine_forms_of_final_accounts_have_layouts(form: str) -> None:
    assert known_layouts(form)


def test_every_layout_is_of_a_known_form() -> None:
    named = {layout for form in forms() for layout in known_layouts(form.name)}
    assert named == set(all_layouts())


def test_codes_in_one_column_are_known_as_well() -> None:
    names = [(path[-1] for path in layout) for layout in known_layouts("部门支出总体情况表")]
    assert ["科目编码", "功能分类科目名称", "合计", "基本支出", "项目支出"] in map(list, names)


def test_a_header_is_known_whatever_its_brackets() -> None:
    layout = next(each for each in all_layouts() if any("（" in path[-1] for path in each))
    other = [tuple(text.replace("（", "(").replace("）", ")") for text in path) for path in layout]
    assert is_known(other)
    assert not is_known(other[1:])


def test_headers_by_width() -> None:
    assert all(sum(cell.columns for cell in rows[0]) == 12 for rows in known_headers(12))
    assert known_headers(99) == ()
