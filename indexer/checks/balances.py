"""Rules within a row: this year less last year is the change; what is left is carried over."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from archive.amounts import to_decimal
from archive.model import Cell, Row
from archive.script import simplified
from indexer.checks.case import Case, Grid, fold
from indexer.checks.outcome import HOLDS, NOTICE, Outcome, State, undecidable
from indexer.checks.rounding import percent_gap, slack
from indexer.checks.sums import named
from indexer.checks.words import percent

_CHANGE = re.compile(
    r"(?:增减|增加|比较|变动|差异|差额)(?:[(（]?[+＋]?[/、]?[-－]?[)）]?)?(?:额|数|情况|金额)?$"
)
_RATE = re.compile(r"%|增减率|增长率|增幅|增减幅|幅度|比例|百分比")
_LAST = re.compile(r"上年|上一年|去年")
_YEAR = re.compile(r"20\d\d(?=年)")
_WHOLE = ("小计", "合计", "总计")
_OPENING, _CLOSING = ("年初结转和结余", "年初结转结余"), ("年末结转和结余", "年末结转结余")
_INCOME, _SPENDING = ("本年收入",), ("本年支出合计", "本年支出小计", "本年支出")


@dataclass(frozen=True, slots=True)
class Compared:
    """The columns of a table that compares two years; ``rate`` where it prints one."""

    last: int
    this: int
    change: int
    rate: int | None


def compared(case: Case) -> Iterator[Outcome]:
    """增减额 = 本年 − 上年, and 增减% = 增减额 ÷ 上年."""
    for grid in case.grids:
        columns = compared_columns(grid) if grid.known_unit else None
        if columns is None:
            continue
        for row in grid.table.rows:
            last, this = grid.cell(row, columns.last), grid.cell(row, columns.this)
            change = grid.cell(row, columns.change)
            if last and this and change:
                yield _change(grid, row, (last, this, change))
            elif change and change.fen:
                yield undecidable("这一行没有同时印出两年的数字")
            rate = _printed_rate(row, columns.rate)
            if last and this and rate:
                yield _rate(grid, row, (last, this, rate))


def compared_columns(grid: Grid) -> Compared | None:
    """The columns, where each is told by its header and there is one of each."""
    heads = ["".join(fold(part) for part in column.path) for column in grid.table.columns]
    leaves = [fold(column.path[-1]) if column.path else "" for column in grid.table.columns]
    changes = [i for i in grid.amounts if _CHANGE.search(leaves[i]) and not _RATE.search(leaves[i])]
    rates = [i for i, leaf in enumerate(leaves) if _RATE.search(leaf) and "占" not in leaf]
    plain = [i for i in grid.amounts if i not in changes and i not in rates]
    years = {i: int(found[0]) for i in plain if (found := _YEAR.search(heads[i]))}
    return _of_two_years(plain, years, heads, leaves, (changes, rates))


def _of_two_years(
    plain: list[int],
    years: dict[int, int],
    heads: list[str],
    leaves: list[str],
    told: tuple[list[int], list[int]],
) -> Compared | None:
    changes, rates = told
    newest = max(years.values(), default=0)
    last = [i for i in plain if _LAST.search(heads[i]) or 0 < years.get(i, newest) < newest]
    this = [i for i in plain if i not in last]
    this = [i for i in this if leaves[i] in _WHOLE] if len(this) > 1 else this
    if len(changes) != 1 or len(last) != 1 or len(this) != 1:
        return None
    return Compared(last[0], this[0], changes[0], rates[0] if len(rates) == 1 else None)


def _change(grid: Grid, row: Row, cells: tuple[Cell, Cell, Cell]) -> Outcome:
    last, this, change = cells
    right = (this.fen or 0) - (last.fen or 0)
    difference = abs(right - (change.fen or 0))
    if difference == 0:
        return HOLDS
    if not all(cell.certain for cell in cells):
        return undecidable("这一行有存疑的数字")
    if right == -(change.fen or 0):
        return undecidable("增减额只印大小，没有印出正负")
    rounded = difference <= slack(2, grid.step)
    return Outcome(
        State.ROUNDED if rounded else State.DIFFERS,
        f"{grid.name}中，{named(row)}本年 {this.printed}、上年 {last.printed}{grid.unit}，"
        f"增减应当是 {grid.shown(right)}，而原文印为 {change.printed}"
        + ("，在四舍五入范围内。" if rounded else "。"),
        grid.shown(right),
        change.printed + grid.unit,
        tuple(grid.place(row, cell) for cell in (change, this, last)),
        difference_fen=difference,
    )


def _printed_rate(row: Row, column: int | None) -> Cell | None:
    return next((cell for cell in row.cells if cell.column == column), None)


def _rate(grid: Grid, row: Row, cells: tuple[Cell, Cell, Cell]) -> Outcome:
    last, this, rate = cells
    stated = simplified(rate.printed).replace("％", "%").removesuffix("%")
    value = to_decimal(stated)
    if value == 0 and not last.fen and not this.fen:
        return HOLDS
    if value is None or not last.fen:
        return undecidable("上年为 0 或没有印出百分比，增减率没有意义")
    if not all(cell.certain for cell in cells):
        return undecidable("这一行有存疑的数字")
    half = grid.step / 2
    change = Fraction((this.fen or 0) - last.fen)
    base = Fraction(abs(last.fen))
    ends = [(change + by) / (base + of) for by in (-2 * half, 2 * half) for of in (-half, half)
            if base + of > 0]  # fmt: skip
    sign = -1 if value < 0 else 1
    low, high = sorted((sign * min(ends), sign * max(ends)))
    digits = str(abs(value))
    gap = percent_gap(low, high, digits)
    if gap == 0:
        return HOLDS
    if percent_gap(-high, -low, digits) == 0 or percent_gap(low / 100, high / 100, digits) == 0:
        return undecidable("增减率只印大小，或不以百分数印出")
    right = percent(change / base)
    rounded = gap <= 1
    return Outcome(
        State.ROUNDED if rounded else State.DIFFERS,
        f"{grid.name}中，{named(row)}由 {last.printed} 到 {this.printed}{grid.unit}，"
        f"增减率应当是 {right}，而原文印为 {rate.printed}" + ("，只差末位。" if rounded else "。"),
        right,
        rate.printed,
        tuple(grid.place(row, cell) for cell in (rate, this, last)),
    )


def carried(case: Case) -> Iterator[Outcome]:
    """年初结转 + 本年收入 − 本年支出 = 年末结转, of a table with these columns."""
    for grid in case.grids:
        names = (_OPENING, _INCOME, _SPENDING, _CLOSING)
        columns = [grid.column_named(*each) for each in names]
        if not grid.known_unit or None in columns:
            continue
        for row in grid.table.rows:
            cells = [grid.cell(row, column) for column in columns if column is not None]
            if any(cells):
                yield _carried(grid, row, cells)


def _carried(grid: Grid, row: Row, cells: list[Cell | None]) -> Outcome:
    opening, income, spent, closing = ((cell.fen or 0) if cell else 0 for cell in cells)
    right = opening + income - spent
    difference = abs(right - closing)
    printed = [cell for cell in cells if cell]
    if difference == 0:
        return HOLDS
    if not all(cell.certain for cell in printed):
        return undecidable("这一行有存疑的数字")
    rounded = difference <= slack(3, grid.step)
    return Outcome(
        State.ROUNDED if rounded else State.DIFFERS,
        f"{grid.name}中，{named(row)}年初结转结余加本年收入减本年支出是 {grid.shown(right)}，"
        f"而年末结转结余印为 {grid.shown(closing)}"
        + ("，在四舍五入范围内。" if rounded else "；可能另有结余调整。"),
        grid.shown(right),
        grid.shown(closing),
        tuple(grid.place(row, cell) for cell in printed[::-1]),
        difference_fen=difference,
        severity=NOTICE,
    )
