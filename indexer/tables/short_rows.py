"""Rows of a converted table that are shorter than it, since a merged cell is printed once.

Where such a row lacks just as many cells as its first one must have covered, the rest of
its cells go back to their columns; any other short row is left as it is.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from archive.amounts import is_figure
from archive.model import Column
from indexer.lattice import PrintedLine, squeeze

_WHOLE_CODE = re.compile(r"[1-9]\d{2}(?:\d{2}){0,2}")


def lengthened(lines: Sequence[PrintedLine], columns: Sequence[Column]) -> list[PrintedLine]:
    """The lines of a table that lists its blank cells, with the merged first cell of short
    ones over all its columns: 合计 over codes and name, 2080505 over 类款项.

    So is a line of totals, one for each outermost head: 人员经费合计, 公用经费合计.
    """
    codes = _leading(columns, ("code",))
    described = _leading(columns, ("code", "label", "project", "text"))
    groups = _groups(columns)
    width = len(columns)
    return [
        _with_totals(line, groups, width) or _lengthened(line, codes, described, width)
        for line in lines
    ]


def _groups(columns: Sequence[Column]) -> list[range]:
    """The columns below each outermost head."""
    starts = [
        at for at, one in enumerate(columns) if not at or one.path[:1] != columns[at - 1].path[:1]
    ]
    return [range(a, b) for a, b in zip(starts, [*starts[1:], len(columns)], strict=True)]


def _with_totals(line: PrintedLine, groups: Sequence[range], width: int) -> PrintedLine | None:
    """A line of a total and its figure for each group, each pair over its group."""
    kinds = [is_figure(text) for text in line.texts]
    covered = sum(len(group) - 2 for group in groups)
    if len(groups) < 2 or kinds != [False, True] * len(groups) or width - line.extent != covered:
        return None
    homes = [(at, wide) for group in groups for at, wide in _halved(group)]
    cells = tuple(
        replace(cell, column=column, width=wide)
        for cell, (column, wide) in zip(line.cells, homes, strict=True)
    )
    return replace(line, cells=cells, extent=width)


def _halved(group: range) -> tuple[tuple[int, int], tuple[int, int]]:
    """Column and width of a group's total, and of its figure in the last column."""
    return (group.start, len(group) - 1), (group.stop - 1, 1)


def _leading(columns: Sequence[Column], roles: Sequence[str]) -> int:
    """How many of the first columns have one of the roles."""
    return next((at for at, one in enumerate(columns) if one.role not in roles), len(columns))


def _lengthened(line: PrintedLine, codes: int, described: int, width: int) -> PrintedLine:
    missing = width - line.extent
    if not line.cells or missing <= 0 or line.cells[0].column:
        return line
    first, *rest = line.cells
    text = squeeze(first.text)
    is_words = not is_figure(text)
    is_code = codes > 1 and bool(_WHOLE_CODE.fullmatch(text)) and not is_figure(line.text_at(1))
    if not (is_words and missing == described - 1) and not (is_code and missing == codes - 1):
        return line
    moved = (replace(cell, column=cell.column + missing) for cell in rest)
    return replace(line, cells=(replace(first, width=first.width + missing), *moved), extent=width)
