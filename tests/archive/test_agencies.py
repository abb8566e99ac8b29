from __future__ import annotations

import pytest

from archive.agencies import canonical, cleaned, key


@pytest.mark.parametrize(
    ("printed", "name"),
    [
        ("上海市财政局（单位）", "上海市财政局"),
        ("新疆维吾尔自治区喀什地区医疗保障局(本级)", "新疆维吾尔自治区喀什地区医疗保障局"),
        ("  昌吉州 医疗保障局　", "昌吉州医疗保障局"),
        ("某市财政局（盖章）：", "某市财政局"),
        ("某市财政局（公章）", "某市财政局"),
        ("101001-某市财政局", "某市财政局"),
        ("某市交通局局本级", "某市交通局"),
        ("某市执法局（某市城市管理局）", "某市执法局"),
        ("[101001]某市财政局", "某市财政局"),
        ("某市财政局（101001）", "某市财政局"),
        ("101 某市财政局", "某市财政局"),
        ("101001某市财政局", "某市财政局"),
        ("115喀什地区财政局", "喀什地区财政局"),
        ("101001-131团", "131团"),
        ("单位：101001-某市财政局", "单位：某市财政局"),
        # a number that belongs to the name stays
        ("第123中学", "第123中学"),
        ("北京市第 101 中学", "北京市第101中学"),
        ("101中学", "101中学"),
        ("第八师143团医院", "第八师143团医院"),
        ("131团", "131团"),
        ("一三一团", "一三一团"),
        ("八一中学", "八一中学"),
        ("208地质队", "208地质队"),
        # a bracket that belongs to the name stays
        ("某市第一中学（东校区）", "某市第一中学（东校区）"),
    ],
)
def test_cleaned(printed: str, name: str) -> None:
    assert cleaned(printed) == name


@pytest.mark.parametrize(
    ("printed", "name"),
    [
        ("昌吉回族自治州医疗保障局", "昌吉州医疗保障局"),
        ("昌吉州医疗保障局（本级）", "昌吉州医疗保障局"),
        ("上海市普陀区规划与自然资源局", "上海市普陀区规划和自然资源局"),
        ("某县林业局", "某县林业局"),
    ],
)
def test_canonical(printed: str, name: str) -> None:
    assert canonical(printed) == name


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("伊犁州财政局", "伊犁哈萨克自治州财政局", True),
        ("新疆维吾尔自治区伊犁州财政局", "伊犁州财政局", True),
        ("伊犁州财政局", "伊犁州审计局", False),
        ("昌吉州财政局", "昌吉市财政局", False),
        ("财政局", "财政局", True),
    ],
)
def test_key_is_equal_for_one_agency(one: str, other: str, same: bool) -> None:
    assert (key(one) == key(other)) is same
