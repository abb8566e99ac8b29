"""Mobile numbers are masked, and nothing else is."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.addresses import slug
from archive.privacy import holds_mobile_number, masked


@pytest.mark.parametrize(
    ("printed", "shown"),
    [
        ("联系人：张三，电话13800001234。", "联系人：张三，电话138****1234。"),
        ("联系电话:138-0000-1234", "联系电话:138-****-1234"),
        ("199 8765 4321（微信同号）", "199 **** 4321（微信同号）"),
        ("199\u00a08765\u00a04321", "199\u00a0****\u00a04321"),
        ("+8613800001234", "+86138****1234"),
        ("+86 138 0000 1234", "+86 138 **** 1234"),
        ("(0086)13800001234", "(0086)138****1234"),
        ("13800001234、13900005678", "138****1234、139****5678"),
        ("13800001234,13900005678", "138****1234,139****5678"),
        ("13800001234，0991-2345678", "138****1234，0991-2345678"),
        ("电话，13800001234", "电话，138****1234"),
        ("13800001234 万芳、人事科", "138****1234 万芳、人事科"),
        ("13800001234 人事科", "138****1234 人事科"),
        ("Tel13800001234", "Tel138****1234"),
        ("021-13800001234", "021-138****1234"),
        ("１３８００００１２３４", "１３８****１２３４"),
        ("0991-2345678", "0991-2345678"),
        ("13,800,001,234", "13,800,001,234"),
        ("13800001234.00", "13800001234.00"),
        ("513800001234", "513800001234"),
        ("项目编码65230022P000001380000", "项目编码65230022P000001380000"),
        ("11800001234", "11800001234"),
        ("652301199001011234", "652301199001011234"),
        ("安排13800001234元", "安排13800001234元"),
        ("安排13800001234 元", "安排13800001234 元"),
        ("￥13800001234", "￥13800001234"),
        ("新医保发〔2023〕48号", "新医保发〔2023〕48号"),
    ],
)
def test_masked(printed: str, shown: str) -> None:
    assert masked(printed) == shown
    assert holds_mobile_number(printed) == (printed != shown)


def test_what_is_known_as_money_keeps_its_digits() -> None:
    text = "合计13800001234，电话13900005678"
    assert masked(text, {"13800001234"}) == "合计13800001234，电话139****5678"


def test_addresses_hold_no_number() -> None:
    assert slug("联系电话 138-0000-1234") == "联系电话138-1234"
    assert slug("2101", "张三13800001234") == "2101-张三138-1234"


@given(st.text(alphabet="13890电话-+ 　.,号", max_size=40))
def test_masking_keeps_the_length_and_is_done_once(text: str) -> None:
    once = masked(text)
    assert len(once) == len(text)
    assert masked(once) == once
