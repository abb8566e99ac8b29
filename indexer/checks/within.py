"""Rules within one table: columns and rows must add up to the totals printed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from archive.model import Cell, Row
from indexer.checks.case import Case, Grid, fold
from indexer.checks.outcome import HOLDS, Outcome, State, undecidable
from indexer.checks.sums import WITHOUT_CODE, Sum, figures, in_row, judge, named

_CLASS = 3
_LEVEL_ONE = re.compile(r"^[一二三四五六七八九十]+[、.．]")
_MARKS = (
    _LEVEL_ONE, re.compile(r"^[（(][一二三四五六七八九十]+[)）]"), re.compile(r"^\d+[、.．]"),
    re.compile(r"^[（(]\d+[)）]"),
)  # fmt: skip
_OF_WHICH = re.compile(r"^其中")
_FUNDS_CARRIED = re.compile(r"^[一二三]?、?(一般公共预算|政府性基金预算|国有资本经营预算)财政拨款$")
_PARTS_OF_THREE = ("因公出国", "公务接待", "公务用车购置及运行")
_PEOPLE_CLASSES = frozenset({"301", "303"})
_BESIDE_THE_YEAR = re.compile(r"使用|动用|年初结转|年末结转|上年结转|结转下年|结余分配")
_PART_OF_A_SIDE = "并列的另一组项目没有印出结余分配和年末结转"
_SEVERAL_TOTALS = "表中有几个合计，不能确定各合计包含哪些行"


def totals(case: Case) -> Iterator[Outcome]:
    """Every 合计 and 总计 row is the sum of the top-level rows of its side."""
    for grid in case.grids:
        if not grid.known_unit or _is_three_by_rows(grid) or _by_economy(grid):
            continue
        if not any(row.role == "item" for row in grid.table.rows):
            continue  # a table of agencies, see the rule on them
        for rows, whole in _lists(grid):
            for number, (total, parts, doubt) in enumerate(_groups(rows, grid)):
                partly = _PART_OF_A_SIDE if number and not whole else ""
                yield from _total(grid, total, parts, doubt or partly)
    yield from economic_totals(case)


def _lists(grid: Grid) -> list[tuple[list[Row], bool]]:
    """The rows of each list of names: of a side-by-side table one a half, or 按功能 and 按性质.

    The first list of a side is told to be whole; a second prints some of its rows only.
    """
    found: dict[tuple[str | None, int | None], list[Row]] = {}
    for row in grid.table.rows:
        column = next((c.column for c in row.cells if grid.is_label(c.column)), None)
        found.setdefault((row.side, column if row.side else None), []).append(row)
    first: dict[str | None, int] = {}
    for side, column in found:
        first[side] = min(first.get(side, column or 0), column or 0)
    return [(rows, (column or 0) == first[side]) for (side, column), rows in found.items()]


def _total(grid: Grid, total: Row, parts: Sequence[Row], doubt: str) -> Iterator[Outcome]:
    for cell in grid.printed_amounts(total):
        added = figures(grid, parts, cell.column)
        if cell.column in grid.amounts and (added or cell.fen):
            whole = in_row(total, grid.leaf(cell.column))
            why = doubt or ("" if added else "各行没有印出这一栏的数字")
            yield judge(Sum(grid, (total, cell), added, whole, "以上各项", doubt=why))


def _groups(rows: Sequence[Row], grid: Grid) -> Iterator[tuple[Row, list[Row], str]]:
    """Each total row with the rows that it adds up, and why these may not be all.

    Of several totals on a side (本年支出合计, then 总计) a later one adds up the one before and
    what stands between.
    """
    found = [row for row in rows if row.role == "total" and grid.printed_amounts(row)]
    if not found:
        return
    if len(found) == 1:
        items = [row for row in rows if row.role == "item"]
        yield found[0], *_top(items, grid)
        return
    one_of_several = "" if found[0].side else _SEVERAL_TOTALS
    carried: list[Row] = []
    pending: list[Row] = []
    for row in rows:
        if row.role == "item":
            pending.append(row)
        elif row in found:
            top, doubt = _top(pending, grid)
            yield row, carried + top, doubt or one_of_several
            carried, pending = [row], []


def economic_totals(case: Case) -> Iterator[Outcome]:
    """人员经费合计 = 301 + 303, 公用经费合计 = the other classes, in whatever columns."""
    for grid in case.grids:
        if not grid.known_unit or not _by_economy(grid):
            continue
        for total in grid.totals:
            of_people = fold(total.label) == "人员经费合计"
            parts = [
                (row, figure)
                for code, rows in grid.coded.items()
                for row in rows
                if len(code) == _CLASS and (code in _PEOPLE_CLASSES) is of_people
                and (figure := grid.whole(row))
            ]  # fmt: skip
            cell = grid.whole(total)
            if cell is None:
                continue
            doubt = "" if parts else "没有印出类一级的行"
            yield judge(Sum(grid, (total, cell), tuple(parts), named(total), "各类", doubt=doubt))


def _by_economy(grid: Grid) -> bool:
    return {fold(row.label) for row in grid.totals} == {"人员经费合计", "公用经费合计"}


def _top(items: Sequence[Row], grid: Grid) -> tuple[list[Row], str]:
    """The rows that no other row holds, and why that may not be certain."""
    printed = [row for row in items if grid.printed_amounts(row)]
    coded = [row for row in printed if row.code]
    if coded:
        codes = {row.code for row in coded if row.code}
        top = [row for row in coded if not any((row.code or "")[:n] in codes for n in _above(row))]
        stray = [row for row in printed if not row.code]
        return top, WITHOUT_CODE if stray else ""
    numbered = [row for row in printed if _LEVEL_ONE.match(row.label)]
    if numbered:
        return _between_numbered(printed), ""
    if len(printed) <= 1 or all(row.project for row in printed):
        return printed, ""
    return _unnumbered(printed)


def _above(row: Row) -> list[int]:
    return [length for length in (3, 5) if length < len(row.code or "")]


def _between_numbered(printed: Sequence[Row]) -> list[Row]:
    """Rows numbered 一、 and, among final accounts, the unnumbered 年初结转 rows.

    Behind such a row the funds, numbered anew, are its parts.
    """
    found: list[Row] = []
    carried = False
    for row in printed:
        if re.match(r"(年初|年末|使用|结余)", fold(row.label)):
            carried = True
            found.append(row)
        elif _LEVEL_ONE.match(row.label) and not (carried and _is_fund(row)):
            found.append(row)
    return found


def _is_fund(row: Row) -> bool:
    return _FUNDS_CARRIED.match(fold(row.label)) is not None


def _unnumbered(printed: Sequence[Row]) -> tuple[list[Row], str]:
    """财政拨款（补助） holds the funds named below it; everything else is of its own."""
    if printed[0].side == "income" and re.match(r"财政拨款", fold(printed[0].label)):
        funds = re.compile(r"一般公共预算|政府性基金|国有资本经营")
        top = [printed[0], *(r for r in printed[1:] if not funds.search(fold(r.label)))]
        return top, ""
    if all(_BESIDE_THE_YEAR.match(fold(row.label)) for row in printed):
        return list(printed), ""
    if any(map(_is_fund, printed)):
        kept = [row for row in printed if not _is_fund(row)]
        return (kept or list(printed)), ""
    return list(printed), "各行没有编号，不能确定层级"


def income_levels(case: Case) -> Iterator[Outcome]:
    """一、 = Σ its numbered rows; what stands under 其中 is no more than its whole."""
    for grid in case.grids:
        rows = [r for r in grid.table.rows if r.side == "income" and r.role == "item"]
        if grid.known_unit and rows:
            yield from _nested(grid, rows)


def _nested(grid: Grid, rows: Sequence[Row]) -> Iterator[Outcome]:
    depths = _depths(rows)
    for at, row in enumerate(rows if depths else ()):
        end = next((i for i in range(at + 1, len(rows)) if depths[i] <= depths[at]), len(rows))
        below = [rows[i] for i in range(at + 1, end) if depths[i] == depths[at] + 1]
        of_which = any(_OF_WHICH.match(fold(part.label)) for part in below)
        for cell in grid.printed_amounts(row):
            parts = figures(grid, below, cell.column)
            if parts:
                less = sum(c.fen or 0 for _, c in parts) < (cell.fen or 0)
                doubt = "“其中”所列不一定是全部" if of_which and less else ""
                yield judge(Sum(grid, (row, cell), parts, named(row), "其下各项", doubt=doubt))


def _depths(rows: Sequence[Row]) -> list[int]:
    """How deep each row stands: 一、 above （一） above 1. above （1）, as far as they are used.

    其中 and what follows it without a number stand one below the numbered row before; a row
    without a number elsewhere leaves the depths of all unknown: none.
    """
    labels = [re.sub(r"\s", "", row.label) for row in rows]
    marks = [next((i for i, m in enumerate(_MARKS) if m.match(label)), None) for label in labels]
    used = sorted({mark for mark in marks if mark is not None})
    depths: list[int] = []
    numbered = 0
    inside = False
    for label, mark in zip(labels, marks, strict=True):
        if mark is not None:
            numbered, inside = used.index(mark) + 1, False
        elif _OF_WHICH.match(label):
            inside = True
        elif not inside:
            return []
        depths.append(numbered + inside)
    return depths


def _is_three_by_rows(grid: Grid) -> bool:
    labels = [fold(row.label) for row in grid.table.rows if not row.code]
    return sum(any(part in label for label in labels) for part in _PARTS_OF_THREE) >= 2


def three_by_rows(case: Case) -> Iterator[Outcome]:
    """三公 printed row by row: 合计 = 出国 + 接待 + 用车; 用车 = 购置 + 运行."""
    for grid in case.grids:
        if not grid.known_unit or not _is_three_by_rows(grid):
            continue
        rows = {fold(row.label): row for row in grid.table.rows}
        total = next(
            (row for label, row in rows.items() if "合计" in label or "总计" in label), None
        )
        parts = [_starting(rows, part) for part in _PARTS_OF_THREE]
        if total is not None:
            yield from _three(grid, total, parts, "因公出国、公务接待、公务用车三项")
        below = [_starting(rows, "公务用车购置费"), _starting(rows, "公务用车运行")]
        if parts[2] is not None:
            yield from _three(grid, parts[2], below, "购置费与运行费")


def _starting(rows: dict[str, Row], words: str) -> Row | None:
    for label, row in rows.items():
        if re.sub(r"^其中[:：]?", "", label).startswith(words):
            return row
    return None


def _three(grid: Grid, total: Row, parts: Sequence[Row | None], name: str) -> Iterator[Outcome]:
    rows = [row for row in parts if row is not None]
    for cell in grid.printed_amounts(total):
        added = figures(grid, rows, cell.column)
        doubt = "" if added and len(rows) == len(parts) else "没有印出各组成部分"
        yield judge(Sum(grid, (total, cell), added, named(total), name, doubt=doubt))


def sides(case: Case) -> Iterator[Outcome]:
    """收入总计 = 支出总计 of a side-by-side table."""
    for grid in case.grids:
        ends = {
            row.side: row for row in grid.totals if "总计" in fold(row.label) or "总" in row.label
        }
        income, spending = ends.get("income"), ends.get("expenditure")
        if not grid.known_unit or income is None or spending is None:
            continue
        left, right = grid.whole(income), grid.whole(spending)
        if left is None or right is None:
            continue
        if left.fen == right.fen:
            yield HOLDS
        elif not (left.certain and right.certain):
            yield undecidable("总计数字存疑")
        else:
            yield _unequal(grid, (income, left), (spending, right))


def _unequal(grid: Grid, income: tuple[Row, Cell], spending: tuple[Row, Cell]) -> Outcome:
    difference = abs((income[1].fen or 0) - (spending[1].fen or 0))
    return Outcome(
        State.ROUNDED if difference <= grid.step else State.DIFFERS,
        message=(
            f"{grid.name}左右两边的总计应当相等，而收入印为 {income[1].printed}，"
            f"支出印为 {spending[1].printed}{grid.unit}。"
        ),
        expected=income[1].printed,
        found=spending[1].printed,
        places=(grid.place(*income), grid.place(*spending)),
        difference_fen=difference,
    )
