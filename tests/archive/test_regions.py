from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.regions import naming_of, region, region_of

XINJIANG = "新疆维吾尔自治区"


@pytest.mark.parametrize(
    ("text", "path"),
    [
        ("昌吉州医疗保障局", f"{XINJIANG}/昌吉回族自治州"),
        ("昌吉回族自治州医疗保障局", f"{XINJIANG}/昌吉回族自治州"),
        ("昌吉市医疗保障局", f"{XINJIANG}/昌吉回族自治州/昌吉市"),
        ("巴州医疗保障局", f"{XINJIANG}/巴音郭楞蒙古自治州"),
        ("新疆维吾尔自治区喀什地区医疗保障局", f"{XINJIANG}/喀什地区"),
        ("新疆昌吉市财政局", f"{XINJIANG}/昌吉回族自治州/昌吉市"),
        ("石河子市财政局", f"{XINJIANG}/石河子市"),
        ("上海市普陀区人民政府万里街道办事处", "上海市/普陀区"),
        ("浙江省舟山市普陀区教育局", "浙江省/舟山市/普陀区"),
        ("北京市朝阳区教育委员会", "北京市/朝阳区"),
        ("广 州 市 天河区财政局", "广东省/广州市/天河区"),
        ("中共昌吉州委员会组织部", f"{XINJIANG}/昌吉回族自治州"),
        ("海南省陵水县财政局", "海南省/陵水黎族自治县"),
        ("吉林市财政局", "吉林省/吉林市"),
        ("苏州工业园区管理委员会", "江苏省/苏州市"),
        ("河北区财政局", "天津市/河北区"),
        ("关于乌鲁木齐市医疗保障", f"{XINJIANG}/乌鲁木齐市"),
        # names that several divisions share, or that are none, tell nothing
        ("普陀区商务委员会", None),
        ("朝阳区教育局", None),
        ("西湖区人民政府北山街道办事处", None),
        ("自治区医疗保障局", None),
        ("财政局", None),
        ("新疆生产建设兵团第八师财政局", None),
        ("", None),
    ],
)
def test_region_of(text: str, path: str | None) -> None:
    found = region_of(text)
    assert (found.path if found else None) == path


@pytest.mark.parametrize(
    ("text", "code", "path"),
    [
        ("普陀区商务委员会", "310000", "上海市/普陀区"),
        ("普陀区桃花镇人民政府", "330900", "浙江省/舟山市/普陀区"),
        # what is around settles shared names only
        ("上海市财政局", "650000", "上海市"),
    ],
)
def test_surroundings_settle_shared_names(text: str, code: str, path: str) -> None:
    found = region_of(text, within=region(code))
    assert found is not None
    assert found.path == path


def test_naming_tells_the_words() -> None:
    text = "中共上海市 普陀区委员会"
    naming = naming_of(text)
    assert naming is not None
    assert text[naming.start : naming.end] == "上海市 普陀区"
    assert naming.region.code == "310107"


def test_every_path_begins_at_a_province() -> None:
    county, prefecture, province = region("652301"), region("652300"), region("650000")
    assert county
    assert prefecture
    assert province
    assert (county.depth, prefecture.depth, province.depth) == (3, 2, 1)
    assert province.holds(prefecture)
    assert prefecture.holds(county)
    assert not county.holds(province)
    assert region("999999") is None


@given(st.text(alphabet="上海市普陀区昌吉州新疆 局a1", max_size=12))
def test_any_text_is_read(text: str) -> None:
    naming = naming_of(text)
    if naming:
        assert 0 <= naming.start < naming.end <= len(text)
        assert region_of(text) == naming.region
