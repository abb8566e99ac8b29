from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.tables.codes import (
    is_code_part,
    joined,
    lone_part,
    split_label,
    split_part,
    split_parts,
)


@pytest.mark.parametrize(
    ("parts", "above", "code"),
    [
        ([(0, "210"), (1, "15"), (2, "06")], None, "2101506"),
        ([(0, "208")], "2101506", "208"),
        ([(0, "2080501")], None, "2080501"),
        ([(0, "20805")], "208", "20805"),
        ([(0, "208 05 01")], None, "2080501"),
        ([(1, "05")], "208", "20805"),
        ([(1, "02")], "2210201", "22102"),
        ([(2, "06")], "21015", "2101506"),
        ([(2, "06")], "2101504", "2101506"),
        ([(1, "15"), (2, "06")], "210", "2101506"),
        ([(0, "301"), (1, "2")], None, "30102"),
        ([(0, "210"), (1, "1399")], None, "2101399"),
        ([(0, "210"), (2, "06")], "2101504", "2101506"),
        ([], "210", None),
    ],
)
def test_parts_make_the_whole_code(
    parts: list[tuple[int, str]], above: str | None, code: str | None
) -> None:
    assert joined(parts, above).code == code
    assert joined(parts, above).doubt is None


@pytest.mark.parametrize(
    ("parts", "above"),
    [([(1, "05")], None), ([(0, "210"), (1, "15"), (2, "0601")], None), ([(2, "06")], "20")],
)
def test_a_code_that_cannot_be_whole_is_doubted(
    parts: list[tuple[int, str]], above: str | None
) -> None:
    assert joined(parts, above).code is None
    assert joined(parts, above).doubt


@pytest.mark.parametrize(
    ("label", "expected"),
    [
        ("201 一般公共服务支出", ("201", "一般公共服务支出")),
        ("210卫生健康支出", ("210", "卫生健康支出")),
        (
            "2080505 机关事业单位基本养老保险缴费支出",
            ("2080505", "机关事业单位基本养老保险缴费支出"),
        ),
        ("2024年自治区补助", (None, "2024年自治区补助")),
        ("财政拨款（补助）", (None, "财政拨款（补助）")),
        ("1. 一般公共预算拨款", (None, "1. 一般公共预算拨款")),
    ],
)
def test_a_code_in_front_of_a_label_comes_off(label: str, expected: tuple[str | None, str]) -> None:
    assert split_label(label) == expected


def test_the_last_part_of_a_code_comes_off_a_label() -> None:
    assert split_part("04 信息化建设") == ("04", "信息化建设")
    assert split_part("信息化建设") == (None, "信息化建设")


@given(st.integers(201, 599), st.integers(1, 99), st.integers(1, 99))
def test_every_way_of_printing_a_code_gives_the_same_code(kind: int, group: int, item: int) -> None:
    whole = f"{kind}{group:02}{item:02}"
    ways = [
        [(0, str(kind)), (1, f"{group:02}"), (2, f"{item:02}")],
        [(0, str(kind)), (1, str(group)), (2, str(item))],
        [(0, whole)],
        [(0, str(kind)), (1, f"{group:02}{item:02}")],
    ]
    assert {joined(way, None).code for way in ways} == {whole}
    assert joined([(2, f"{item:02}")], whole[:5]).code == whole
    assert is_code_part(whole)
    assert not is_code_part(f"{kind}.{group}0万")


@pytest.mark.parametrize(
    ("part", "above", "code"),
    [
        ("05", "208", "20805"),
        ("05", "20805", "2080505"),  # codes ascend: no second 款 05
        ("01", "2080505", None),  # neither goes on: printed out of order
        ("05", "2050899", None),
        ("09", "2050899", "20509"),
        ("02", "20801", None),  # 2080102 or 20802
        ("06", "2080505", None),  # 2080506 or 20806
        ("05", None, None),
    ],
)
def test_a_part_printed_alone_is_read_only_where_one_reading_fits(
    part: str, above: str | None, code: str | None
) -> None:
    found = lone_part(part, above)
    assert found.code == code
    assert (found.doubt is None) is (code is not None)


def test_the_doubt_names_both_readings() -> None:
    assert lone_part("06", "2080505").doubt == "此行只印科目编码的一段，可读作 2080506 或 20806"


@pytest.mark.parametrize(
    ("label", "parts", "rest"),
    [
        ("05 行政事业单位养老支出", "05", "行政事业单位养老支出"),
        ("05 05 机关事业单位养老支出", "05 05", "机关事业单位养老支出"),
        ("05行政事业单位养老支出", None, "05行政事业单位养老支出"),
        ("2024 年支出", None, "2024 年支出"),
    ],
)
def test_parts_left_in_a_label(label: str, parts: str | None, rest: str) -> None:
    assert split_parts(label) == (parts, rest)
