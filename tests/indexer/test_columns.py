"""The columns of figures whose blank cells were dropped, decided by the table itself."""

from __future__ import annotations

from dataclasses import replace

import pytest

from indexer import columns
from tests.indexer.columns.printed import CARRIED, INCOME, SPENDING, printed, table_of, text_of

CASES = {
    "spending decided by the column sums": (
        SPENDING,
        """
        总计 618.79 615.92 2.86
        210 504.01 501.14 2.86
        21015 458.11 458.04 0.07
        2101501 142.46 142.46
        2101506 0.07 0.07
        2101550 315.57 315.57
        21099 45.90 43.11 2.79
        2109901 43.11 43.11
        2109999 2.79 2.79
        221 114.78 114.78
        """,
        """
        总计 618.79 615.92 2.86
        210 504.01 501.14 2.86
        21015 458.11 458.04 0.07
        2101501 142.46 142.46 _
        2101506 0.07 _ 0.07
        2101550 315.57 315.57 _
        21099 45.90 43.11 2.79
        2109901 43.11 43.11 _
        2109999 2.79 _ 2.79
        221 114.78 114.78 _
        """,
    ),
    "equal figures may be exchanged": (
        SPENDING,
        """
        总计 10.00 5.00 5.00
        201 5.00 5.00
        202 5.00 5.00
        """,
        """
        总计 10.00 5.00 5.00
        201 5.00 5.00? _
        202 5.00 _ 5.00?
        """,
    ),
    "nothing says which": (
        SPENDING,
        "总计 2.79 2.79\n210 2.79 2.79",
        "总计 2.79 2.79? _\n210 2.79 2.79? _",
    ),
    "the first figures are certain where the last is not": (
        INCOME,
        """
        总计 618.79 618.71 500.00 118.71 0.07
        208 118.71 118.71 118.71
        210 500.07 500.00 500.00 0.07
        """,
        """
        总计 618.79 618.71 500.00 118.71 0.07? _ _
        208 118.71 118.71 _ 118.71 _ _ _
        210 500.07 500.00 500.00 _ 0.07? _ _
        """,
    ),
    "three levels of header": (
        CARRIED,
        "总计 3.07 3.07 1.00 2.07\n项目甲 1.00 1.00 1.00\n项目乙 2.07 2.07 2.07",
        """
        总计 3.07 3.07? 1.00? 2.07? _ _ _ _
        项目甲 1.00 1.00? 1.00? _ _ _ _ _
        项目乙 2.07 2.07? _ 2.07? _ _ _ _
        """,
    ),
    "a row that does not add up is left, the others are decided": (
        SPENDING,
        """
        总计 30.00 10.00 20.00
        201 10.00 9.00
        202 20.00 20.00
        """,
        """
        总计 30.00 10.00 20.00
        201 10.00? 9.00? _
        202 20.00 20.00? _
        """,
    ),
    "a misprint in one branch does not reach another": (
        SPENDING,
        """
        总计 60.00 25.00 35.00
        201 30.00 20.00 10.00
        20101 20.00 20.00
        20102 10.00 10.00
        202 30.00 5.00 25.00
        20201 25.00 25.00
        20203 4.00 4.00
        """,
        """
        总计 60.00 25.00 35.00
        201 30.00 20.00 10.00
        20101 20.00 20.00 _
        20102 10.00 _ 10.00
        202 30.00 5.00 25.00
        20201 25.00 25.00? _
        20203 4.00 4.00? _
        """,
    ),
    "the total stands last and agencies stand between": (
        SPENDING,
        """
        单位 10.00 7.00 3.00
        201 7.00 7.00
        202 3.00 3.00
        单位 20.00 20.00
        201 20.00 20.00
        合计 30.00 27.00 3.00
        """,
        """
        单位 10.00 7.00 3.00
        201 7.00 7.00 _
        202 3.00 _ 3.00
        单位 20.00 20.00 _
        201 20.00 20.00 _
        合计 30.00 27.00 3.00
        """,
    ),
    "a printed 0 and a dash keep their order": (
        SPENDING,
        "总计 5.00 0.00 5.00\n201 5.00 — 5.00\n202 0.00",
        "总计 5.00 0.00 5.00\n201 5.00 — 5.00\n202 0.00? _ _",
    ),
    "no total column and no header to tell one": (
        (("1",), ("2",), ("3",)),
        "总计 5.00 5.00\n201 5.00 5.00",
        "总计 5.00? 5.00? _\n201 5.00? 5.00? _",
    ),
    "其中 is no part of the sum": (
        (("合计",), ("财政拨款",), ("其他资金",), ("其中：捐赠",)),
        "合计 5.00 3.00 2.00 2.00\n201 2.00 2.00 2.00\n202 3.00 3.00",
        "合计 5.00 3.00 2.00 2.00\n201 2.00 _ 2.00 2.00\n202 3.00 3.00 _ _",
    ),
}


@pytest.mark.parametrize(("paths", "given_text", "expected"), CASES.values(), ids=CASES)
def test_figures_go_where_the_sums_put_them(
    paths: tuple[tuple[str, ...], ...], given_text: str, expected: str
) -> None:
    result = columns.assign(table_of(paths, given_text))
    assert printed(result) == text_of(expected)
    assert columns.assign(result) == result


DOUBTS = {
    "one other": (SPENDING, "总计 1.00 1.00", "也可能属于“项目支出”栏"),
    "several others": (
        (("合计",), *((f"第{at}类",) for at in range(1, 9))),
        "总计 1.00 1.00",
        "也可能属于“第2类”“第3类”“第4类”“第5类”等7栏",
    ),
    "the same name under two headers": (
        (("总计",), ("甲", "合计"), ("甲", "项目"), ("乙", "合计"), ("乙", "项目")),
        "总计 1.00 1.00 1.00",
        "也可能属于“乙／项目”栏",
    ),
    "a row that does not add up": (SPENDING, "总计 2.00 1.00", "各栏合计与明细不符"),
    "too many ways": (
        tuple((f"第{at}类",) for at in range(40)),
        "总计 " + "1.00 " * 20,
        "可能的排法过多",
    ),
    "rows against each other": (
        (("甲",), ("乙",)),
        "总计 5.00\n201 3.00\n202 1.00",
        "与表内上下级合计数不符",
    ),
}


@pytest.mark.parametrize(("paths", "given_text", "words"), DOUBTS.values(), ids=DOUBTS)
def test_doubts_say_what_else_it_may_be(
    paths: tuple[tuple[str, ...], ...], given_text: str, words: str
) -> None:
    last = columns.assign(table_of(paths, given_text)).rows[0].cells[-1]
    assert not last.certain
    assert words in (last.doubt or "")


def test_rows_that_came_with_all_cells_are_never_moved() -> None:
    table = table_of(SPENDING, "总计 5.00 _ 5.00\n201 5.00 5.00 _\n202 5.00 5.00")
    result = columns.assign(table, loose={"2-202"})
    assert result.rows[:2] == table.rows[:2]
    assert columns.assign(table, loose=()) == table


def test_text_in_an_amount_column_keeps_its_row() -> None:
    table = table_of(SPENDING, "总计 5.00 详见附件")
    assert columns.assign(table) == table


def test_an_older_doubt_of_the_cell_is_kept() -> None:
    table = table_of(SPENDING, "总计 5.00 5.00")
    old = replace(table.rows[0].cells[1], certain=False, doubt="字迹不清")
    table = replace(table, rows=(replace(table.rows[0], cells=(table.rows[0].cells[0], old)),))
    doubt = columns.assign(table).rows[0].cells[1].doubt
    assert doubt
    assert doubt.startswith("字迹不清；")
