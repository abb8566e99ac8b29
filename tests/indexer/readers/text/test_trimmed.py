"""Tab tables that lost the blanks at the ends of their lines."""

from __future__ import annotations

import pytest

from indexer.readers.text.tables import PrintedLine
from indexer.readers.text.trimmed import with_trailing_blanks

ROWS = [
    "项目\t合计\t基本\t项目",
    "201\t\t1.00\t2.00",
    "204\t\t3.00",
    "202\t\t\t4.00",
    "203\t\t5.00",
]
TABLE = ["表1", "收支总表", *ROWS]


def padded(lines: list[str]) -> list[str]:
    read = [PrintedLine(number, raw) for number, raw in enumerate(lines, start=1)]
    return [line.raw for line in with_trailing_blanks(read)]


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        # short rows are as wide as the widest, a lone name between rows is one of them
        (
            [*TABLE, "公务接待费", "小计\t\t9.00"],
            [
                *TABLE[:4],
                "204\t\t3.00\t",
                TABLE[5],
                "203\t\t5.00\t",
                "公务接待费\t\t\t",
                "小计\t\t9.00\t",
            ],
        ),
        # what stands between two tables is no row
        (
            [*TABLE, "单位：万元", "甲\t1.00"],
            [*TABLE[:4], "204\t\t3.00\t", TABLE[5], "203\t\t5.00\t", "单位：万元", "甲\t1.00"],
        ),
        (
            [*TABLE, "本表无数据。", "甲\t1.00"],
            [*TABLE[:4], "204\t\t3.00\t", TABLE[5], "203\t\t5.00\t", "本表无数据。", "甲\t1.00"],
        ),
    ],
)
def test_rows_are_as_wide_as_the_widest(lines: list[str], expected: list[str]) -> None:
    assert padded(lines) == expected


def test_a_total_that_begins_its_line_stays_short() -> None:
    assert padded([*TABLE, "合计\t3.00\t2.00"])[-1] == "合计\t3.00\t2.00"


@pytest.mark.parametrize(
    "lines",
    [
        [*TABLE, "205\t\t\t"],
        [*TABLE[:4], "合计\t3.00\t2.00", "202\t\t\t4.00", "203\t\t\t5.00"],
        ["甲\t1.00\t2.00", "乙\t3.00", "丙\t4.00"],
        ["没有表格。"],
        [],
    ],
    ids=[
        "trailing blanks were kept",
        "only a merged total is short",
        "no blank shows that any was kept",
        "prose",
        "nothing",
    ],
)
def test_other_files_stay_as_they_are(lines: list[str]) -> None:
    assert padded(lines) == lines
