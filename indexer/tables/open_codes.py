"""Rows of a page that draws no columns, marked where their code is not decided.

A 类 merged over its rows is printed in their middle, beside another row than its own; no rule
tells how far it reaches.  Where nothing else decides, the row keeps what is printed, marked.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from archive.model import Column, Row

_OPEN_CODE = "原件没有画出合并的科目编码所辖的行，此行的科目编码存疑"
_PART_OF_ABOVE = "其中"
_LONGEST_PART = 3
"""A longer code is whole, whatever column it stands in."""


@dataclass(slots=True)
class _Above:
    """What the rows above say of the next: whether a row without a code waits for one, whether
    the 类 above heads its rows from a row of its own, and the last code."""

    waits: bool = False
    headed: bool = True
    code: str | None = None


def with_open_codes(rows: Sequence[Row], columns: Sequence[Column]) -> tuple[Row, ...]:
    """The rows, every cell of those marked whose 类 or 款 may stand beside another row."""
    levels = _levels(columns)
    if max(levels.values(), default=0) == 0:
        return tuple(rows)
    sides: dict[str | None, _Above] = {}
    deepest = max(levels.values())
    return tuple(
        _marked(row)
        if _is_open(row, levels, deepest, sides.setdefault(row.side, _Above()))
        else row
        for row in rows
    )


def _levels(columns: Sequence[Column]) -> dict[int, int]:
    """The level (0 类) of each column of codes; those of the other half begin again."""
    levels: dict[int, int] = {}
    for at, column in enumerate(columns):
        if column.role == "code":
            levels[at] = levels[at - 1] + 1 if at - 1 in levels else 0
    return levels


def _is_open(row: Row, levels: dict[int, int], deepest: int, above: _Above) -> bool:
    printed = {levels[cell.column]: cell.printed for cell in row.cells if cell.column in levels}
    if row.role != "item" or row.label.startswith(_PART_OF_ABOVE):
        return False
    if any(len(text) > _LONGEST_PART for text in printed.values()):
        above.waits, above.headed, above.code = False, True, row.code
        return False
    if not printed:
        waits = row.code is None and any(cell.fen is not None for cell in row.cells)
        above.waits = above.waits or waits
        return waits
    return _is_open_code(row, printed, deepest, above)


def _is_open_code(row: Row, printed: dict[int, str], deepest: int, above: _Above) -> bool:
    """Whether a row that prints a code, or a part of one, may print that of another."""
    if row.code is None:
        return True
    if above.waits:
        if not _reaches(printed, deepest):
            return True
        above.waits, above.headed, above.code = False, True, row.code
        return False
    if 0 in printed:
        above.headed = set(printed) == {0}
        above.code = row.code
        return False
    falls = row.code is not None and above.code is not None and row.code <= above.code
    above.code = row.code
    return falls or not above.headed


def _reaches(printed: dict[int, str], deepest: int) -> bool:
    """Whether a row prints its code down to the last level with no level left out."""
    return set(printed) == set(range(min(printed), deepest + 1))


def _marked(row: Row) -> Row:
    cells = (replace(cell, certain=False, doubt=cell.doubt or _OPEN_CODE) for cell in row.cells)
    return replace(row, cells=tuple(cells))
