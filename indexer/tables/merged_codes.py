"""类 codes merged over rows that no rule draws, given back to the rows that they head.

Such a code is printed in the middle of its rows, beside one of its 款.  The row that it
heads prints no code; that the 款 below add up to it, column by column, says which they are.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from archive.amounts import to_decimal
from archive.model import Column
from indexer.lattice import PrintedLine, squeeze
from indexer.tables.codes import is_code_part

_PARTS = 2
"""Codes in 类 and 款; with 项 the rows below do not add up once but twice."""
_HEADED = ("支出", "补助", "收入", "费")
"""How the names of 类 end; agencies and projects have figures and no code too."""


def with_merged_codes(
    lines: Sequence[PrintedLine], columns: Sequence[Column]
) -> tuple[PrintedLine, ...]:
    """The lines, each 类 that stands beside a 款 moved to its own where the figures prove it."""
    codes = [at for at, column in enumerate(columns) if column.role == "code"]
    given = list(lines)
    if len(codes) != _PARTS or codes[1] != codes[0] + 1:
        return tuple(given)
    for at, line in enumerate(lines):
        if not _waits(line, codes, columns):
            continue
        below = range(at + 1, len(lines))
        end = next((n for n in below if not _is_below(lines[n], codes)), len(lines))
        beside = [n for n in range(at + 1, end) if _part(lines[n], codes[0])]
        if len(beside) == 1 and _adds_up(line, lines[at + 1 : end], columns):
            given[at], given[beside[0]] = _moved(line, lines[beside[0]], codes[0])
    return tuple(line for line in given if line.cells)


def _waits(line: PrintedLine, codes: Sequence[int], columns: Sequence[Column]) -> bool:
    """Whether a line has the name and figures of a 类 and prints no code."""
    names = [
        text
        for c, text in zip(line.cells, line.texts, strict=True)
        if _is(columns, c.column, "label")
    ]
    return bool(names) and names[-1].endswith(_HEADED) and not any(line.at(at) for at in codes)


def _is_below(line: PrintedLine, codes: Sequence[int]) -> bool:
    """Whether a line prints a 款, or a 类 alone, which stands between two lines."""
    return _part(line, codes[1]) or (len(line.cells) == 1 and _part(line, codes[0]))


def _part(line: PrintedLine, column: int) -> bool:
    cell = line.at(column)
    return cell is not None and is_code_part(squeeze(cell.text))


def _is(columns: Sequence[Column], at: int, role: str) -> bool:
    return columns[at].role == role


def _adds_up(total: PrintedLine, parts: Sequence[PrintedLine], columns: Sequence[Column]) -> bool:
    """Whether the figures of a line are the sums of those below in every column."""
    amounts = [at for at in range(len(columns)) if _is(columns, at, "amount")]
    sums = [sum((_figure(part, at) for part in parts), Decimal()) for at in amounts]
    return any(sums) and sums == [_figure(total, at) for at in amounts]


def _figure(line: PrintedLine, at: int) -> Decimal:
    return to_decimal(line.text_at(at)) or Decimal()


def _moved(line: PrintedLine, beside: PrintedLine, column: int) -> tuple[PrintedLine, PrintedLine]:
    """The line with the code of another, and that without it."""
    code = beside.at(column)
    rest = tuple(cell for cell in beside.cells if cell is not code)
    taken = (code, *line.cells) if code is not None else line.cells
    return replace(line, cells=taken), replace(beside, cells=rest)
