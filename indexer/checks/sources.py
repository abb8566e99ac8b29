"""收支总表 against 收入表: money of one source has one amount in both."""

from __future__ import annotations

from collections.abc import Iterator

from archive.model import Row
from indexer.checks.between import (
    A_INCOME,
    A_SUMMARY,
    INCOME,
    SUMMARY,
    Figure,
    Pick,
    all_picked,
)
from indexer.checks.case import TOTAL_COLUMNS, Case, Grid, fold
from indexer.checks.outcome import HOLDS, NOTICE, Outcome, State, undecidable

_CARRIED_ALIKE = ("上年结转", "年初结转", "上年结余")
OF_THIS_YEAR = (
    ("事业收入",), ("上级补助收入",), ("附属单位上缴收入",), ("其他收入",), ("单位资金",),
    ("事业单位经营收入", "经营收入"), ("单位其他资金收入",),
    ("财政专户核拨", "财政专户(教育收费)", "财政专户管理资金", "财政专户管理资金收入"),
)  # fmt: skip
CARRIED = (
    ("财政拨款结转", "财政拨款结转结余"),
    ("非财政拨款结转结余", "非财政拨款结余", "非财政拨款结转"),
)
"""Spellings of one source, above a column and beside a row."""


def sources(case: Case) -> Iterator[Outcome]:
    """表1 and 表2 of a budget, 公开01 and 02 of accounts."""
    for summary, income in ((SUMMARY, INCOME), (A_SUMMARY, A_INCOME)):
        left, right = case.form(summary), case.form(income)
        if left is not None and right is not None:
            yield from _sources(case, left, right, Pick(summary, "income"))


def _sources(case: Case, left: Grid, right: Grid, whole: Pick) -> Iterator[Outcome]:
    now, carried = _parted([row for row in left.table.rows if row.side == "income"])
    top = _top(right)
    totals = {cell.fen for _, _, cell in all_picked(case, whole)}
    first = next((c for c in right.amounts if right.leaf(c) in TOTAL_COLUMNS), None)
    agreed = first is not None and _sum(right, top, first) in totals
    asked = [(names, now) for names in OF_THIS_YEAR] + [(names, carried) for names in CARRIED]
    for names, rows in asked:
        found = [row for row in rows if fold(row.label) in names]
        column = right.column_named(*names)
        if len(found) == 1 and column is not None:
            yield _one(left, found[0], right, (top, column), agreed=agreed)


def _parted(rows: list[Row]) -> tuple[list[Row], list[Row]]:
    """The rows of this year's money, and those from 上年结转 on."""
    at = next(
        (i for i, row in enumerate(rows) if fold(row.label).startswith(_CARRIED_ALIKE)), len(rows)
    )
    return rows[:at], rows[at:]


def _top(grid: Grid) -> list[Row]:
    """The total of a table, or else all its 类."""
    if len(grid.totals) == 1:
        return grid.totals
    return [row for code, rows in grid.coded.items() if len(code) == 3 for row in rows]


def _sum(grid: Grid, rows: list[Row], column: int) -> int:
    return sum(cell.fen or 0 for row in rows if (cell := grid.cell(row, column)))


def _one(
    left: Grid, row: Row, right: Grid, where: tuple[list[Row], int], *, agreed: bool
) -> Outcome:
    top, column = where
    cell = left.whole(row)
    one, other = (cell.fen or 0) if cell else 0, _sum(right, top, column)
    difference = abs(one - other)
    if difference == 0:
        return HOLDS
    figures: list[Figure] = [(left, row, cell)] if cell else []
    figures += [(right, r, c) for r in top if (c := right.cell(r, column)) and c.fen]
    if not agreed or not right.sure(top) or not all(c.certain for *_, c in figures):
        return undecidable("两张表的收入合计不同，或有存疑的数字")
    rounded = difference <= max(left.step, right.step)
    return Outcome(
        State.ROUNDED if rounded else State.DIFFERS,
        f"“{fold(row.label)}”在{left.name}中是 {left.shown(one)}，在{right.name}的"
        f"“{right.leaf(column)}”一栏合计是 {right.shown(other)}，相差 {left.shown(difference)}"
        + ("，在四舍五入范围内。" if rounded else "。"),
        left.shown(one),
        right.shown(other),
        tuple(grid.place(r, c) for grid, r, c in figures),
        difference_fen=difference,
        severity=None if fold(row.label) == right.leaf(column) else NOTICE,
    )
