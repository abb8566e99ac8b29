from __future__ import annotations

import pytest

from archive.citations.issuers import Issuer, begins_like_code, is_code, issuer_of


@pytest.mark.parametrize(
    ("code", "body", "level"),
    [
        ("国办发", "国务院办公厅", "国家"),
        ("财预", "财政部", "国家"),
        ("人社厅发", "人力资源和社会保障部办公厅", "国家"),
        ("医保发", "国家医疗保障局", "国家"),
        ("新医保发", "新疆维吾尔自治区医疗保障局", "省"),
        ("湘政发", "湖南省人民政府", "省"),
        ("昌州政办发", "昌吉回族自治州人民政府办公厅（室）", "地"),
        ("巴财社", "巴音郭楞蒙古自治州财政厅（局）", "地"),
        ("喀党组通字", "喀什地区党委组织部", "地"),
        ("昌市党财领", "昌吉市党委财经工作领导小组", "县"),
        ("国务院令", "国务院", "国家"),
    ],
)
def test_code_words_name_their_body(code: str, body: str, level: str) -> None:
    issuer = issuer_of(code)
    assert isinstance(issuer, Issuer)
    assert (issuer.code, issuer.body, issuer.level) == (code, body, level)


@pytest.mark.parametrize("code", ["", "某某发", "的", "法（研）发"])
def test_an_unknown_code_word_is_no_error(code: str) -> None:
    assert issuer_of(code) is None


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
