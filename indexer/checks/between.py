"""Rules between tables: one figure printed in two of them must be the same."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from archive.model import Cell, Row, Side
from indexer.checks.case import Case, Grid, fold
from indexer.checks.columns import column_sums
from indexer.checks.outcome import HOLDS, NOTICE, Outcome, State, undecidable
from indexer.checks.rounding import slack

BASIC, PROJECTS = ("基本支出", "基本支出小计"), ("项目支出", "项目支出小计")
FUND = ("政府性基金预算", "政府性基金预算财政拨款", "政府性基金预算拨款", "政府性基金预算资金")
CAPITAL = (
    "国有资本经营预算", "国有资本经营预算财政拨款", "国有资本经营预算拨款", "国有资本经营预算资金",
)  # fmt: skip
GENERAL = ("一般公共预算", "一般公共预算财政拨款", "一般公共预算拨款", "一般公共预算资金")


@dataclass(frozen=True, slots=True)
class Pick:
    """The total of a table: of a side, and of the column of that name (else the first)."""

    form: str
    side: Side | None = None
    columns: tuple[str, ...] = ()
    label: str = ""


@dataclass(frozen=True, slots=True)
class Relation:
    """Two totals that must be equal; ``unless_carried`` where 上年结转 may part them."""

    left: Pick
    right: Pick
    unless_carried: bool = False


SUMMARY, INCOME, SPENDING = "部门收支总体情况表", "部门收入总体情况表", "部门支出总体情况表"
FISCAL, FUNCTIONS = "财政拨款收支预算总体情况表", "一般公共预算支出情况表"
ECONOMY, PROJECT_LIST = "一般公共预算基本支出情况表", "一般公共预算项目支出情况表"
THREE = "财政拨款“三公”经费支出情况表"
FUND_SPENDING, CAPITAL_SPENDING = "政府性基金预算支出情况表", "国有资本经营预算支出情况表"
A_FUND = "政府性基金预算财政拨款收入支出决算表"
A_CAPITAL = "国有资本经营预算财政拨款支出决算表"
A_SUMMARY, A_INCOME, A_SPENDING = "收入支出决算总表", "收入决算表", "支出决算表"
A_FISCAL, A_FUNCTIONS = "财政拨款收入支出决算总表", "一般公共预算财政拨款支出决算表"
A_ECONOMY, A_THREE = "一般公共预算财政拨款基本支出决算表", "财政拨款“三公”经费支出决算表"

RELATIONS = (
    Relation(Pick(SUMMARY, "income"), Pick(INCOME)),
    Relation(Pick(SUMMARY, "expenditure"), Pick(SPENDING)),
    Relation(Pick(FISCAL, "expenditure", GENERAL), Pick(FUNCTIONS), unless_carried=True),
    Relation(Pick(FUNCTIONS, columns=BASIC), Pick(ECONOMY)),
    Relation(Pick(FUNCTIONS, columns=PROJECTS), Pick(PROJECT_LIST)),
    Relation(Pick(FISCAL, "expenditure", FUND), Pick(FUND_SPENDING), unless_carried=True),
    Relation(Pick(FISCAL, "expenditure", CAPITAL), Pick(CAPITAL_SPENDING), unless_carried=True),
    Relation(Pick(A_SUMMARY, "income", label="本年收入合计"), Pick(A_INCOME)),
    Relation(Pick(A_SUMMARY, "expenditure", label="本年支出合计"), Pick(A_SPENDING)),
    Relation(Pick(A_FISCAL, "expenditure", GENERAL, "本年支出合计"), Pick(A_FUNCTIONS)),
    Relation(
        Pick(A_FISCAL, "expenditure", FUND, "本年支出合计"),
        Pick(A_FUND, columns=("本年支出小计", "本年支出合计", "本年支出")),
    ),
    Relation(
        Pick(A_FISCAL, "expenditure", CAPITAL, "本年支出合计"),
        Pick(A_CAPITAL, columns=("本年支出合计", "本年支出小计", "合计", "本年支出")),
    ),
)

CLASSES = (
    (SUMMARY, SPENDING),
    (FISCAL, FUNCTIONS),
    (A_SUMMARY, A_SPENDING),
    (A_FISCAL, A_FUNCTIONS),
)

Figure = tuple[Grid, Row, Cell]

THREE_HEADING = "“?三公”?经费.*(?:预算.*(?:情况|说明)|支出决算|决算.*(?:情况|说明))"
_NO_CLASS = re.compile(r"年末|年初|结余|结转|上缴|使用|调出|安排|本年支出")

_THREE_ITEMS = {
    "30212": "因公出国", "30217": "公务接待", "30231": "运行费",
}  # fmt: skip


def picked(case: Case, pick: Pick) -> Figure | None:
    """The figure; ``None`` where the table or its total is not printed, or two differ."""
    found = all_picked(case, pick)
    return found[0] if len({cell.fen for _, _, cell in found}) == 1 else None


def all_picked(case: Case, pick: Pick) -> list[Figure]:
    """The figure of every total that may be meant: 本年收入合计 and 收入总计."""
    grid = case.form(pick.form)
    if grid is None:
        return []
    rows = [
        row
        for row in grid.totals
        if pick.side in (None, row.side) and pick.label in ("", fold(row.label))
    ]
    found = []
    for row in rows:
        cell = grid.cell_named(row, *pick.columns) if pick.columns else grid.whole(row)
        if cell:
            found.append((grid, row, cell))
    return found


def totals(case: Case) -> Iterator[Outcome]:
    """The relations above, each where both figures are printed."""
    for relation in RELATIONS:
        lefts, rights = all_picked(case, relation.left), all_picked(case, relation.right)
        if lefts and rights:
            yield _related(case, relation, lefts, rights)
    yield from _economy_of_accounts(case)


def _related(case: Case, relation: Relation, lefts: list[Figure], rights: list[Figure]) -> Outcome:
    """Equal as soon as one total of each is; of several totals none need be the one meant."""
    first = same(lefts[0], rights[0])
    if {cell.fen for *_, cell in lefts} & {cell.fen for *_, cell in rights}:
        return HOLDS
    if relation.unless_carried and _carries(case):
        return undecidable("财政拨款含上年结转，两表口径可能不同")
    if any(len({cell.fen for *_, cell in figures}) > 1 for figures in (lefts, rights)):
        return undecidable("表中本年合计与总计不同，不能确定与哪一个相比")
    return first


def _economy_of_accounts(case: Case) -> Iterator[Outcome]:
    """公开05 基本支出 = 公开06 人员经费合计 + 公用经费合计."""
    basic, grid = picked(case, Pick(A_FUNCTIONS, columns=BASIC)), case.form(A_ECONOMY)
    if basic is None or grid is None or len(grid.totals) != 2:
        return
    parts = [(grid, row, cell) for row in grid.totals if (cell := grid.whole(row))]
    whole = sum(cell.fen or 0 for _, _, cell in parts)
    if whole == basic[2].fen:
        yield HOLDS
        return
    difference = abs(whole - (basic[2].fen or 0))
    yield Outcome(
        State.ROUNDED if difference <= slack(2, grid.step) else State.DIFFERS,
        message=(
            f"{basic[0].name}的基本支出印为 {basic[2].printed}{basic[0].unit}，"
            f"而{grid.name}的人员经费与公用经费合计是 {grid.shown(whole)}。"
        ),
        expected=grid.shown(whole),
        found=basic[2].printed,
        places=tuple(g.place(row, cell) for g, row, cell in (basic, *parts)),
        difference_fen=difference,
    )


def same(left: Figure, right: Figure, *, doubt: str = "", what: str = "") -> Outcome:
    """Two figures that must be one."""
    (grid, row, cell), (other, second, figure) = left, right
    difference = abs((cell.fen or 0) - (figure.fen or 0))
    if difference == 0:
        return HOLDS
    if doubt or not (cell.certain and figure.certain):
        return undecidable(doubt or "数字存疑，不能确定所在栏")
    rounded = difference <= max(grid.step, other.step)
    return Outcome(
        State.ROUNDED if rounded else State.DIFFERS,
        message=(
            f"{what or '同一个数'}在{grid.name}中印为 {cell.printed}{grid.unit}，"
            f"在{other.name}中印为 {figure.printed}{other.unit}，相差 {grid.shown(difference)}"
            + ("，在四舍五入范围内。" if rounded else "。")
        ),
        expected=cell.printed + grid.unit,
        found=figure.printed + other.unit,
        places=(grid.place(row, cell), other.place(second, figure)),
        difference_fen=difference,
    )


def _carries(case: Case) -> bool:
    """Whether money of the year before is in the tables of fiscal grants."""
    grid = case.form(FISCAL)
    return grid is not None and any(
        "结转" in row.label and any(cell.fen for cell in row.cells) for row in grid.table.rows
    )


def classes(case: Case) -> Iterator[Outcome]:
    """The 类 of the side-by-side tables are those of the tables by code."""
    for summary, detail in CLASSES:
        left, right = case.form(summary), case.form(detail)
        if left is None or right is None:
            continue
        by_fund = summary in (FISCAL, A_FISCAL) and left.column_named(*GENERAL) is not None
        doubt = (
            "财政拨款含上年结转，两表口径可能不同" if summary == FISCAL and _carries(case) else ""
        )
        by_label = {fold(rs[0].label): rs for c, rs in right.coded.items() if len(c) == 3}
        for row in left.table.rows:
            if row.side != "expenditure" or row.role != "item":
                continue
            others = by_label.get(fold(row.label), [])
            other = others[0] if len(others) == 1 else None
            cell = left.cell_named(row, *GENERAL) if by_fund else left.whole(row)
            figure = right.whole(other) if other else None
            if cell and len(others) > 1:
                yield undecidable("另一张表按单位分列，同一类印了几行")
            elif cell and figure and other:
                what = f"“{fold(row.label)}”"
                yield same((left, row, cell), (right, other, figure), doubt=doubt, what=what)
            elif cell and cell.fen and not _NO_CLASS.match(fold(row.label)):
                yield undecidable("另一张表没有同名的类")


def codes(case: Case) -> Iterator[Outcome]:
    """Each code of 表3 has in 表2 the same total, where income and spending are equal.

    表5 has the figures of 表3 where all money is 一般公共预算.
    """
    pairs = [(INCOME, SPENDING), (SPENDING, FUNCTIONS)]
    for first, second in pairs:
        left, right = case.form(first), case.form(second)
        if left is None or right is None:
            continue
        whole, other = picked(case, Pick(first)), picked(case, Pick(second))
        if whole is None or other is None or whole[2].fen != other[2].fen:
            yield undecidable("两张表的合计不同或没有印出，口径可能不同")
            continue
        yield from _by_code(left, right)


def _by_code(left: Grid, right: Grid) -> Iterator[Outcome]:
    shared = _shared_columns(left, right)
    for code, rows in left.coded.items():
        others = right.coded.get(code, [])
        if len(rows) != 1 or len(others) != 1:
            continue
        for column, opposite in shared:
            cell, figure = left.cell(rows[0], column), right.cell(others[0], opposite)
            if cell is not None and figure is not None:
                what = f"“{rows[0].label or code}”"
                yield same((left, rows[0], cell), (right, others[0], figure), what=what)


def _shared_columns(left: Grid, right: Grid) -> list[tuple[int, int]]:
    """The total columns, and 基本支出 and 项目支出 where both tables have them."""
    pairs = []
    sums = column_sums(left), column_sums(right)
    if all(sums):
        pairs.append((sums[0][0][0], sums[1][0][0]))
    for names in (BASIC, PROJECTS):
        a, b = left.column_named(*names), right.column_named(*names)
        if a is not None and b is not None:
            pairs.append((a, b))
    return pairs


def three_and_economy(case: Case) -> Iterator[Outcome]:
    """三公 holds at least what the basic expenditure spends on the same items."""
    for three_form, economy_form in ((THREE, ECONOMY), (A_THREE, A_ECONOMY)):
        three, economy = case.form(three_form), case.form(economy_form)
        if three is None or economy is None:
            continue
        for code, words in _THREE_ITEMS.items():
            item, figure = _item(economy, code), three_item(three, words)
            if item is None or figure is None:
                continue
            spent, whole = item[2].fen or 0, figure[2].fen or 0
            step = max(three.step, economy.step)
            if whole > spent + step and whole:
                yield undecidable("“三公”经费还可以列在项目支出中")
            elif abs(whole - spent) <= step / 2:
                yield HOLDS
            else:
                outcome = same(item, figure, what=f"“{item[1].label}”")
                yield Outcome(
                    outcome.state, outcome.message, outcome.expected, outcome.found,
                    outcome.places, outcome.difference_fen, severity=NOTICE,
                )  # fmt: skip


def _item(grid: Grid, code: str) -> Figure | None:
    rows = grid.coded.get(code, [])
    cell = grid.whole(rows[0]) if len(rows) == 1 else None
    return (grid, rows[0], cell) if cell else None


def three_item(grid: Grid, words: str) -> Figure | None:
    """The item of a 三公 table, printed as a row or as a column.

    ``words`` begins the item's name, with or without 公务用车 before it.
    """
    for row in grid.table.rows:
        cell = grid.whole(row) if _begins(fold(row.label), words) else None
        if cell is not None:
            return grid, row, cell
    rows = [row for row in grid.table.rows if grid.printed_amounts(row)]
    if len(rows) != 1:
        return None
    for column in reversed(grid.of_this_year):  # of 预算数 and 决算数 the latter
        if any(_begins(fold(part), words) for part in grid.table.columns[column].path):
            cell = grid.cell(rows[0], column)
            return (grid, rows[0], cell) if cell else None
    return None


def _begins(name: str, words: str) -> bool:
    bare = name.removeprefix("其中:").removeprefix("公务用车").replace("运行维护", "运行")
    return bare.startswith(words)
