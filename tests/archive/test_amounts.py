from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.amounts import find_amounts, in_unit, is_figure, spoken, to_decimal, to_fen

FIGURES = [
    ("35.06", "35.06"),
    ("1,240.58", "1240.58"),
    ("189,767,551", "189767551"),
    ("371,514,655.00", "371514655.00"),
    ("0", "0"),
    ("0.00", "0.00"),
    ("-12.5", "-12.5"),
    ("−12.5", "-12.5"),
    ("（12.5）", "-12.5"),
    ("△12.5", "-12.5"),
    ("▲ 1,200", "-1200"),
    ("(1,012.5)", "-1012.5"),
    ("１，２３４．５０", "1234.50"),
    ("  220", "220"),
    ("1365.79\u3000", "1365.79"),
    ("", None),
    ("—", None),
    ("-", None),
    ("12,34", None),
    ("35.06万元", None),
    ("68%", None),
    ("210 15", "21015"),
    ("1.2.3", None),
    ("卫生健康支出", None),
]

IN_FEN = [
    ("35.06", "万元", 35_060_000),
    ("10", "万元", 10_000_000),
    ("0", "万元", 0),
    ("0.00", "元", 0),
    ("189,767,551", "元", 18_976_755_100),
    ("12.34", "元", 1234),
    ("1.2", "亿元", 12_000_000_000),
    ("8.5", "千元", 850_000),
    ("0.001", "元", None),
    ("35.06", None, None),
    ("35.06", "平方米", None),
    ("—", "万元", None),
    ("", "万元", None),
    ("（12.5）", "万元", -12_500_000),
    ("5", "万 元", 5_000_000),
    ("12345678901234567890", "元", None),
]

IN_TEXT = [
    ("共100万元，其中破产清算单位5.1万元", [("100万元", 100_000_000), ("5.1万元", 5_100_000)]),
    ("每人每年8500元", [("8500元", 850_000)]),
    ("收支总预算 768.69 万元。", [("768.69 万元", 768_690_000)]),
    ("15976.3元*7.5%*12个月=14370.57元", [("15976.3元", 1_597_630), ("14370.57元", 1_437_057)]),
    ("18,976.76万元", [("18,976.76万元", 18_976_760_000)]),
    ("编制数28人", []),
    ("1.2亿元", [("1.2亿元", 12_000_000_000)]),
]


@pytest.mark.parametrize(("printed", "number"), FIGURES)
def test_to_decimal(printed: str, number: str | None) -> None:
    assert to_decimal(printed) == (None if number is None else Decimal(number))
    assert is_figure(printed) == (number is not None)


@pytest.mark.parametrize(("printed", "unit", "fen"), IN_FEN)
def test_to_fen(printed: str, unit: str | None, fen: int | None) -> None:
    assert to_fen(printed, unit) == fen


@pytest.mark.parametrize(("text", "amounts"), IN_TEXT)
def test_find_amounts(text: str, amounts: list[tuple[str, int]]) -> None:
    found = find_amounts(text)
    assert [(amount.printed, amount.fen) for amount in found] == amounts
    assert all(text[amount.start : amount.end] == amount.printed for amount in found)


@pytest.mark.parametrize(
    ("fen", "words"),
    [
        (10_000_000, "10万元"),
        (850_000, "8,500元"),
        (12_000_000_000, "1.2亿元"),
        (0, "0元"),
        (35_060_000, "35.06万元"),
        (-12_500_000, "-12.5万元"),
    ],
)
def test_spoken(fen: int, words: str) -> None:
    assert spoken(fen) == words


@given(st.integers(-(10**15), 10**15), st.sampled_from(["元", "万元", "亿元"]))
def test_printing_and_reading_an_amount_gives_it_again(fen: int, unit: str) -> None:
    assert to_fen(in_unit(fen, unit), unit) == fen


@given(st.text())
def test_no_text_is_an_error(text: str) -> None:
    to_decimal(text)
    find_amounts(text)
