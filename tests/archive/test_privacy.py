"""Mobile numbers are masked, and nothing else is."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.model import Cell, Column, Disclosure, Document, Project, Row, Section, Table
from archive.privacy import masked, masked_disclosure


@pytest.mark.parametrize(
    ("printed", "shown"),
    [
        ("联系人：张三，电话13800001234。", "联系人：张三，电话138****1234。"),
        ("联系电话:138-0000-1234", "联系电话:138-****-1234"),
        ("199 8765 4321（微信同号）", "199 **** 4321（微信同号）"),
        ("+8613800001234", "+86138****1234"),
        ("+86 138 0000 1234", "+86 138 **** 1234"),
        ("13800001234、13900005678", "138****1234、139****5678"),
        ("１３８００００１２３４", "１３８****１２３４"),
        ("0991-2345678", "0991-2345678"),
        ("021-13800001234", "021-13800001234"),
        ("13,800,001,234", "13,800,001,234"),
        ("13800001234.00", "13800001234.00"),
        ("513800001234", "513800001234"),
        ("项目编码65230022P000001380000", "项目编码65230022P000001380000"),
        ("11800001234", "11800001234"),
        ("652301199001011234", "652301199001011234"),
        ("安排13800001234元", "安排13800001234元"),
        ("￥13800001234", "￥13800001234"),
        ("新医保发〔2023〕48号", "新医保发〔2023〕48号"),
    ],
)
def test_masked(printed: str, shown: str) -> None:
    assert masked(printed) == shown


@given(st.text(alphabet="13890电话-+ 　.,号", max_size=40))
def test_masking_keeps_the_length_and_is_done_once(text: str) -> None:
    once = masked(text)
    assert len(once) == len(text)
    assert masked(once) == once


def test_a_whole_disclosure_is_masked_but_for_amounts() -> None:
    number = "13800001234"
    row = Row("1", 0, None, f"电话{number}", (Cell(0, number), Cell(1, number, fen=1380000123400)))
    table = Table(
        "表1", 1, "收支", None, "元", (Column(("项目",), "label"), Column(("金额",))), (row,)
    )
    disclosure = Disclosure(
        Document(
            "0" * 12, "题", None, None, 2024, "部门预算", None, "0" * 64, "text/plain", "a.txt"
        ),
        sections=(Section("s", 1, f"联系 {number}", f"请致电{number}"),),
        tables=(table,),
        projects=(
            Project("p", "名", None, None, number, None, number, None, (), (("联系人", number),)),
        ),
    )
    shown = masked_disclosure(disclosure)
    assert str(shown).count(number) == 1 + 1  # the amount as printed and as fen
    assert shown.tables[0].rows[0].cells[1].printed == number
