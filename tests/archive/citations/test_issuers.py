from __future__ import annotations

import csv
import re
from pathlib import Path

import pytest

from archive.citations.issuers import Issuer, begins_like_code, is_code, issuer_of

DATA = Path(__file__).parents[3] / "archive" / "data" / "issuers.csv"


@pytest.mark.parametrize(
    ("code", "body", "level", "region"),
    [
        ("中办发", "中共中央办公厅", "国家", ""),
        ("国发", "国务院", "国家", ""),
        ("国办发", "国务院办公厅", "国家", ""),
        ("国务院令", "国务院", "国家", ""),
        ("财预", "财政部", "国家", ""),
        ("财办社", "财政部办公厅", "国家", ""),
        ("医保办发", "国家医疗保障局办公室", "国家", ""),
        ("人社厅发", "人力资源和社会保障部办公厅", "国家", ""),
        ("国卫办医函", "国家卫生健康委员会办公厅", "国家", ""),
        ("发改价格", "国家发展和改革委员会", "国家", ""),
        ("发改办价格", "国家发展和改革委员会办公厅", "国家", ""),
        ("税总发", "国家税务总局", "国家", ""),
        ("教财厅", "教育部办公厅", "国家", ""),
        ("建办城函", "住房和城乡建设部办公厅", "国家", ""),
        ("新政办规", "新疆维吾尔自治区人民政府办公厅（室）", "省", "新疆维吾尔自治区"),
        ("新医保发", "新疆维吾尔自治区医疗保障局", "省", "新疆维吾尔自治区"),
        ("新财社", "新疆维吾尔自治区财政厅（局）", "省", "新疆维吾尔自治区"),
        ("兵党办发", "新疆生产建设兵团党委办公厅（室）", "省", "新疆生产建设兵团"),
        ("湘政发", "湖南省人民政府", "省", "湖南省"),
        ("沪府规", "上海市人民政府", "省", "上海市"),
        ("粤府办", "广东省人民政府办公厅（室）", "省", "广东省"),
        ("昌州政办发", "昌吉回族自治州人民政府办公厅（室）", "地", "昌吉回族自治州"),
        ("巴财社", "巴音郭楞蒙古自治州财政厅（局）", "地", "巴音郭楞蒙古自治州"),
        ("喀党组通字", "喀什地区党委组织部", "地", "喀什地区"),
        ("喀署办发", "喀什地区行政公署办公室", "地", "喀什地区"),
        ("哈政办发", "哈密市或哈尔滨市人民政府办公厅（室）", "地", "哈密市或哈尔滨市"),
        ("八师财", "新疆生产建设兵团第八师财政厅（局）", "地", "新疆生产建设兵团第八师"),
        ("昌市党财领", "昌吉市党委财经工作领导小组", "县", "昌吉市"),
        ("普府规范", "上海市普陀区人民政府", "县", "上海市普陀区"),
        ("法（研）发", "最高人民法院", "国家", ""),
        ("办水保", "水利部办公厅", "国家", ""),
        ("证监许可", "中国证券监督管理委员会", "国家", ""),
        ("湘发", "中共湖南省委员会", "省", "湖南省"),
        ("粤办发", "中共广东省委员会办公厅", "省", "广东省"),
        ("新兵发", "新疆生产建设兵团", "省", "新疆生产建设兵团"),
        ("苏府办", "苏州市人民政府办公室", "地", "苏州市"),
        ("苏政办发", "江苏省人民政府办公厅（室）", "省", "江苏省"),
        ("和行办发", "和田地区行政公署办公室", "地", "和田地区"),
        (
            "克政办发",
            "克拉玛依市或克孜勒苏柯尔克孜自治州人民政府办公厅（室）",
            "地",
            "克拉玛依市或克孜勒苏柯尔克孜自治州",
        ),
        (
            "巴政办发",
            "巴音郭楞蒙古自治州或巴彦淖尔市人民政府办公室",
            "地",
            "巴音郭楞蒙古自治州或巴彦淖尔市",
        ),
    ],
)  # fmt: skip
def test_code_words_name_their_body(code: str, body: str, level: str, region: str) -> None:
    issuer = issuer_of(code)
    assert isinstance(issuer, Issuer)
    assert (issuer.code, issuer.body, issuer.level, issuer.region) == (code, body, level, region)


@pytest.mark.parametrize(
    "code",
    [
        "",
        "某某发",
        "的",
        "宁政发",
        "青政办发",
        "长府发",
        "鄂尔多斯财预函",
        "新府发",
        "鲁府",
        "新行发",
        "呼财预",
    ],
)
def test_what_is_unknown_or_anothers_too_has_no_body(code: str) -> None:
    assert issuer_of(code) is None


def test_the_list_is_whole() -> None:
    """Every line has its five fields, no word stands twice, levels and regions are told."""
    with DATA.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert {row["kind"] for row in rows} == {"code", "head", "organ", "tail"}
    words = [(row["kind"], row["word"]) for row in rows]
    assert len(set(words)) == len(words)
    for row in rows:
        assert re.fullmatch("[一-鿿]{1,10}", row["word"]), row
        assert (row["level"] in {"国家", "省", "地", "县"}) == (
            row["kind"] == "code" or (row["kind"] == "head" and row["body"] != "")
        ), row
        if row["kind"] == "code":
            assert row["body"], row
            assert (row["region"] == "") == (row["level"] == "国家"), row


@pytest.mark.parametrize(
    ("text", "begins", "whole"),
    [
        ("新医保发", True, True),
        ("新医保发文件", True, False),
        ("普投资规范", True, True),
        ("自治区财政厅", False, False),
        ("政办发", False, False),
    ],
)
def test_how_code_words_begin(text: str, begins: bool, whole: bool) -> None:
    assert begins_like_code(text) is begins
    assert is_code(text) is whole
