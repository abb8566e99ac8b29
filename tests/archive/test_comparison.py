"""Disclosures side by side: rows aligned, changes exact, what one lacks told apart."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.comparison import Change, Comparison, change, compare
from archive.model import Cell, Column, Disclosure, Row, Side, Table
from tests.documents import document

FORM = "一般公共预算支出情况表"
COLUMNS = (
    Column(("编码",), "code"),
    Column(("名称",), "label"),
    Column(("支出", "基本支出")),
    Column(("支出", "合计")),
)


def disclosure(number: int, *rows: tuple[str | None, str, int | None, int | None]) -> Disclosure:
    """A disclosure with one table; rows of code, label, basic and total in 万元."""
    made = tuple(
        Row(
            f"r{line}", line, code, label,
            tuple(
                Cell(column, str(amount), amount * 10_000_00)
                for column, amount in ((2, basic), (3, total)) if amount is not None
            ),
            role="total" if label == "合计" else "item",
        )
        for line, (code, label, basic, total) in enumerate(rows)
    )  # fmt: skip
    table = Table("表5", 5, "表", FORM, "万元", COLUMNS, made)
    return Disclosure(document(number, fiscal_year=2020 + number), tables=(table,))


OLD = disclosure(1, ("208", "社保", 5, 10), ("210", "卫生健康", None, 20), (None, "合计", 5, 30))
NEW = disclosure(
    2, ("208", "社会保障", 6, 15), ("20805", "养老", 6, 6), ("210", "卫生健康", None, None),
    ("213", "农林水", 1, 1), (None, "合 计", 7, 16),
)  # fmt: skip


def told(comparison: Comparison) -> list[tuple[object, ...]]:
    return [
        (row.code, row.labels, *((v.is_there, v.printed) for v in row.values))
        for row in comparison.rows
    ]


def test_rows_are_aligned_by_code_and_stand_where_they_are_printed() -> None:
    assert told(compare([OLD, NEW], FORM)) == [
        ("208", ("社保", "社会保障"), (True, "10"), (True, "15")),
        ("20805", ("养老",), (False, ""), (True, "6")),
        ("210", ("卫生健康",), (True, "20"), (True, "")),
        ("213", ("农林水",), (False, ""), (True, "1")),
        (None, ("合计", "合 计"), (True, "30"), (True, "16")),
    ]


def test_a_measure_is_that_column_only() -> None:
    compared = compare([OLD, NEW], FORM, "基本支出")
    assert compared.measures == ("基本支出", "合计")
    assert compared.measure == "基本支出"
    assert [v.printed for v in compared.rows[0].values] == ["5", "6"]
    assert compare([OLD, NEW], FORM, "没有这一列").measure is None


def test_changes_go_from_left_to_right() -> None:
    first = compare([OLD, NEW], FORM).rows[0]
    assert first.values[0].change is None
    assert first.values[1].change == Change(5 * 10_000_00, Decimal("50.0"))


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        (100, 150, Change(50, Decimal("50.0"))),
        (300, 200, Change(-100, Decimal("-33.3"))),
        (2000, 2001, Change(1, Decimal("0.1"))),
        (-100, 100, Change(200, Decimal("200.0"))),
        (0, 100, Change(100, None)),
        (100, 0, Change(-100, Decimal("-100.0"))),
        (None, 100, None),
        (100, None, None),
    ],
)
def test_change(before: int | None, after: int | None, expected: Change | None) -> None:
    assert change(before, after) == expected


def test_sides_are_kept_apart_and_told_by_their_whole() -> None:
    columns = (
        Column(("收入", "项目"), "label"), Column(("收入", "预算数")),
        Column(("支出", "项目"), "label"), Column(("支出", "合计")), Column(("支出", "基金")),
    )  # fmt: skip

    def row(line: int, side: Side, *cells: tuple[int, int]) -> Row:
        made = tuple(Cell(column, str(fen), fen) for column, fen in cells)
        return Row(f"{side}{line}", line, None, "其他", made, side=side)

    rows = (row(0, "income", (1, 7)), row(0, "expenditure", (3, 9), (4, 2)))
    table = Table("表1", 1, "收支总表", "收支总表", "元", columns, rows)
    one = Disclosure(OLD.document, tables=(table,))
    two = Disclosure(NEW.document, tables=(table,))
    assert [row.side for row in compare([one, two], "收支总表").rows] == ["income", "expenditure"]
    assert [row.values[0].fen for row in compare([one, two], "收支总表").rows] == [7, 9]
    assert [row.values[0].fen for row in compare([one, two], "收支总表", "基金").rows] == [None, 2]


def test_an_unknown_form_has_no_rows() -> None:
    assert compare([OLD, NEW], "别的表").rows == ()


@given(
    st.lists(st.sampled_from("甲乙丙丁戊"), unique=True),
    st.lists(st.sampled_from("甲乙丙丁戊"), unique=True),
)
def test_no_row_is_lost_or_made_up(left: list[str], right: list[str]) -> None:
    sides = [
        disclosure(1, *((None, label, None, 1) for label in left)),
        disclosure(2, *((None, label, None, 2) for label in right)),
    ]
    compared = compare(sides, FORM)
    assert sorted(row.label for row in compared.rows) == sorted({*left, *right})
    for position, labels in enumerate((left, right)):
        there = [row.label for row in compared.rows if row.values[position].is_there]
        assert sorted(there) == sorted(labels)
    assert [row.label for row in compared.rows if row.values[0].is_there] == left
