"""Columns that add up to a column: 基本支出 + 项目支出 = 合计, the funds, 三公."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from archive.model import Cell, Row
from indexer.checks.case import TOTAL_COLUMNS, YEARS_OF_A_COLUMN, Case, Grid, fold
from indexer.checks.outcome import Outcome, undecidable
from indexer.checks.sums import Sum, in_row, judge

_ODD = re.compile(r"^其中|.小计$")


def columns(case: Case) -> Iterator[Outcome]:
    """A 合计 column is the sum of the columns beside it: 基本 + 项目, 人员 + 公用, the funds …"""
    for grid in case.grids:
        if not grid.known_unit:
            continue
        for total, parts in column_sums(grid):
            for row in grid.table.rows:
                yield from _across(grid, row, total, parts)


def _across(grid: Grid, row: Row, total: int, parts: Sequence[int]) -> Iterator[Outcome]:
    cell = grid.cell(row, total)
    added: list[tuple[Row, Cell]] = []
    for column in parts:
        part = grid.cell(row, column)
        if part is not None:
            added.append((row, part))
    if cell is None or not added:
        if cell is not None and cell.fen:
            yield undecidable("这一行没有印出各分栏的数字")
        return
    doubt = "" if grid.sure([row]) else "这一行有存疑的数字"
    parts_name = "各分栏（" + "、".join(grid.leaf(c.column) for _, c in added) + "）"
    whole = in_row(row, grid.leaf(total))
    yield judge(Sum(grid, (row, cell), tuple(added), whole, parts_name, doubt=doubt))


def column_sums(grid: Grid) -> list[tuple[int, list[int]]]:
    """Every total column with the columns that it adds up, by the nesting of the header."""
    halves = {grid.table.columns[i].path[:1] for i in grid.of_this_year}
    two_sided = any(row.side for row in grid.table.rows)
    found = []
    for group in halves if two_sided else [()]:
        own = [i for i in grid.of_this_year if grid.table.columns[i].path[: len(group)] == group]
        for family in _families(grid, own):
            found += _sums_under(grid, family, len(group))
    return found


def _families(grid: Grid, own: Sequence[int]) -> list[list[int]]:
    """预算数 and 决算数 side by side under one header are two tables in one."""
    leaf_of = {i: "".join(grid.table.columns[i].path[-1:]) for i in own}
    leaves = set(leaf_of.values())
    if len(leaves) > 1 and leaves <= YEARS_OF_A_COLUMN:
        return [[i for i in own if leaf_of[i] == leaf] for leaf in leaves]
    return [list(own)]


def _sums_under(grid: Grid, own: Sequence[int], depth: int) -> list[tuple[int, list[int]]]:
    paths = {i: _path(grid, i) for i in own}
    groups: dict[tuple[str, ...], list[int]] = {}
    for i in own:
        for length in range(depth, len(paths[i])):
            groups.setdefault(paths[i][:length], []).append(i)
    found = []
    for group, members in groups.items():
        totals_here = [
            i for i in members
            if len(paths[i]) == len(group) + 1 and fold(paths[i][-1]) in TOTAL_COLUMNS
        ]  # fmt: skip
        if len(totals_here) == 1 and members[0] == totals_here[0]:
            parts = _parts(group, members[1:], paths)
            odd = [
                i for i in parts
                if len(paths[i]) == len(group) + 1 and _ODD.search(fold(paths[i][-1]))
            ]  # fmt: skip
            parts = _chosen(grid, totals_here[0], parts, odd)
            if len(parts) > 1:
                found.append((totals_here[0], parts))
    return found


def _chosen(grid: Grid, total: int, parts: list[int], odd: Sequence[int]) -> list[int]:
    """The parts that most rows add up from, where columns among them may be of another kind.

    其中：财政拨款 beside 基本支出 and 项目支出, or “三公”小计 before its own items, is a part of
    no sum; 其中：基本支出 before 项目支出 is.  None where no row tells.
    """
    if not odd:
        return parts
    ways = [parts, [i for i in parts if i not in odd]]
    votes = [sum(_adds_up(grid, row, total, way) for row in grid.table.rows) for way in ways]
    return ways[votes.index(max(votes))] if max(votes) else []


def _adds_up(grid: Grid, row: Row, total: int, parts: Sequence[int]) -> bool:
    whole = grid.cell(row, total)
    added = [cell for i in parts if (cell := grid.cell(row, i))]
    return bool(whole and whole.fen and whole.fen == sum(cell.fen or 0 for cell in added))


def _path(grid: Grid, column: int) -> tuple[str, ...]:
    path = grid.table.columns[column].path
    return path[:-1] if path and path[-1] in YEARS_OF_A_COLUMN and len(path) > 1 else path


def _parts(
    group: tuple[str, ...], members: Sequence[int], paths: dict[int, tuple[str, ...]]
) -> list[int]:
    """The columns right under ``group``; of a group below it, its own total or all of it."""
    found: list[int] = []
    seen: set[str] = set()
    for i in members:
        if len(paths[i]) == len(group) + 1:
            found.append(i)
            continue
        below = paths[i][len(group)]
        if below in seen:
            continue
        seen.add(below)
        inner = [
            m for m in members if len(paths[m]) > len(group) + 1 and paths[m][len(group)] == below
        ]
        whole = [m for m in inner if fold(paths[m][-1]) in TOTAL_COLUMNS | {below + "小计"}
                 or fold(paths[m][-1]).endswith("小计")]  # fmt: skip
        if whole:
            found.append(whole[0])
        else:
            found += inner
    return found
