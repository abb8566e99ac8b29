"""Charts: every figure said in words, lengths in proportion, nothing outside."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.overviews.charts import (
    LEAST_BAR,
    WIDTHS,
    Chart,
    Line,
    Part,
    chart_csv,
    drawing,
    drawings,
    rounded,
    said,
)


def amount(name: str, fen: int, *, certain: bool = True) -> Part:
    return Part(name, fen, str(fen), "分", certain, None if certain else "存疑的原因", "/d/x")


BLANK = Part("空格", None, "", "元", path="/d/x")
DASH = Part("横线", None, "—", "元", path="/d/x")
ABSENT = Part("没有", None, None)


@pytest.mark.parametrize(
    ("fen", "unit", "shown"),
    [
        (17191516900, "万元", "17,191.52"),
        (17191516900, "元", "171,915,169"),
        (10000_00, "万元", "1.00"),
        (0, "万元", "0"),
        (300, "万元", "0.0003"),
        (-12_345_678_00, "万元", "-1,234.57"),
        (1, "元", "0.01"),
    ],
)
def test_rounded(fen: int, unit: str, shown: str) -> None:
    assert rounded(fen, unit) == shown


@pytest.mark.parametrize(
    ("part", "shown"),
    [
        (amount("零", 0), "0"),
        (BLANK, "空白"),
        (DASH, "—"),
        (ABSENT, "未列"),
        (amount("疑", 10000_00, certain=False), "1.00（存疑）"),
    ],
)
def test_what_is_no_amount_is_told_apart(part: Part, shown: str) -> None:
    assert said(part, "万元") == shown


@pytest.mark.parametrize("shape", WIDTHS)
def test_bars_are_in_proportion(shape: str) -> None:
    lines = tuple(Line(f"{fen}", (amount("", fen),)) for fen in (4000, 2000, 0))
    drawn = drawing(Chart("c", "图", "元", lines), shape)
    assert [bar.width for bar in drawn.bars] == [
        pytest.approx(drawn.bars[0].width), pytest.approx(drawn.bars[0].width / 2, abs=0.1)
    ]  # fmt: skip
    assert "0" in [text.text for text in drawn.texts if text.role == "value"]


@pytest.mark.parametrize("shape", WIDTHS)
def test_a_stack_names_each_part_with_its_share(shape: str) -> None:
    line = Line("2024年", (amount("基本支出", 7500), amount("项目支出", 2500), BLANK, DASH))
    drawn = drawing(Chart("c", "图", "元", (line,), stacked=True), shape)
    texts = [text.text for text in drawn.texts]
    assert texts == ["2024年", "基本支出 75 75.0%", "项目支出 25 25.0%", "空格 空白", "横线 —"]
    shades = [bar.shade for bar in drawn.bars]
    assert shades == [1, 2, 1, 2, 3, 4], "two in the bar, a key for each name"


def test_no_shares_where_a_part_is_not_known() -> None:
    line = Line("2024年", (amount("基本支出", 7500), ABSENT))
    drawn = drawing(Chart("c", "图", "元", (line,), stacked=True), "wide")
    assert [text.text for text in drawn.texts][1:] == ["基本支出 75", "没有 未列"]


FEN = st.integers(-(10**16), 10**16)
PARTS = st.one_of(st.builds(amount, st.text(max_size=30), FEN), st.just(BLANK), st.just(ABSENT))


@given(
    lines=st.lists(st.tuples(st.text(max_size=60), st.tuples(PARTS, PARTS, PARTS)), max_size=6),
    stacked=st.booleans(),
    unit=st.sampled_from(["元", "万元", "亿元"]),
)
def test_everything_stands_inside(
    lines: list[tuple[str, tuple[Part, ...]]], stacked: bool, unit: str
) -> None:
    chart = Chart("c", "图", unit, tuple(Line(label, parts) for label, parts in lines), stacked)
    for drawn in drawings(chart):
        for bar in drawn.bars:
            assert bar.x >= 0
            assert bar.width >= LEAST_BAR / 2
            assert bar.x + bar.width <= drawn.width + LEAST_BAR * 3
            assert bar.y + bar.height <= drawn.height
        assert all(0 <= text.y <= drawn.height for text in drawn.texts)
        assert all(text.x <= drawn.width for text in drawn.texts)


def test_csv_has_the_printed_figure_and_its_link() -> None:
    line = Line("=2024年", (amount("基本", 123456, certain=False), BLANK, ABSENT))
    text = chart_csv(Chart("c", "图", "万元", (line,)), "https://例").decode("utf-8-sig")
    _, first, blank, absent = list(csv.reader(io.StringIO(text)))
    assert first == ["'=2024年", "基本", "1234.56", "123456", "分", "存疑的原因", "https://例/d/x"]
    assert blank[2:4] == ["", "空白"]
    assert absent[2:] == ["", "未列", "", "", ""]
