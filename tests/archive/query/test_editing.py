"""A part of a query taken out, or another put in its place."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.query import parse, without
from archive.query.editing import replaced


@pytest.mark.parametrize(
    ("text", "each_taken_out"),
    [
        ("离休", [""]),
        ("离休 -年度:2022", ["-年度:2022", "离休"]),
        ("医保 OR 医疗", ["医疗", "医保"]),
        ("医保 或 医疗 或 经费", ["医疗 或 经费", "医保 或 经费", "医保 或 医疗"]),
        ("(医保 或 医疗) 经费", ["(医疗) 经费", "(医保) 经费", "(医保 或 医疗)"]),
        ("经费 -(医保)", ["-(医保)", "经费"]),
        ("经费 NOT (医保 AND 医疗)", ["NOT (医保 AND 医疗)", "经费 NOT (医疗)", "经费 NOT (医保)"]),
        ("((医保)) 经费", ["经费", "((医保))"]),
        ("“三公”经费", ["经费", "“三公”"]),
        ('a"b"c', ['"b"c', "a c", 'a"b"']),
        ("医保 医保 经费", ["经费", "经费", "医保 医保"]),
        ("医保 OR", [""]),
        ("项目:“长期 护理” 经费", ["经费", "项目:“长期 护理”"]),
        ("因公出国（境）费 经费", ["经费", "因公出国（境）费"]),
    ],
)
def test_parts_taken_out(text: str, each_taken_out: list[str]) -> None:
    parsed = parse(text)
    assert [without(parsed, reading) for reading in parsed.readings] == each_taken_out


PIECES = st.sampled_from(
    ["医保", "经费", "(", ")", "“三公”", " ", " OR ", " NOT ", " 或 ", " -", "金额:100万", "2024年"]
)


@given(st.lists(PIECES, max_size=14).map("".join))
def test_what_is_left_lacks_that_part_only(text: str) -> None:
    parsed = parse(text)
    said = [reading.said for reading in parsed.readings]
    for reading in parsed.readings:
        left = parse(without(parsed, reading))
        assert all("没有检索词" not in notice.message for notice in left.notices)
        kept = [each.said.removeprefix("不含 ") for each in left.readings]
        expected = [each.removeprefix("不含 ") for each in said if each != reading.said]
        if "(" not in text and ")" not in text:
            assert kept == expected


@pytest.mark.parametrize(
    ("text", "start", "end", "result"),
    [
        ("护理", 0, 2, "长期护理保险"),
        ("离休 护", 3, 4, "离休 长期护理保险"),
        ("护 离休", 0, 1, "长期护理保险 离休"),
        ("(护)", 1, 2, "(长期护理保险)"),
        ("离休 -护", 4, 5, "离休 -长期护理保险"),
        ("“三公”护", 4, 5, "“三公” 长期护理保险"),
    ],
)
def test_another_in_its_place(text: str, start: int, end: int, result: str) -> None:
    assert replaced(text, start, end, "长期护理保险") == result
