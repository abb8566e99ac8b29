"""Heads that a converter printed in the wrong place, put back where the form has them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from archive.amounts import is_figure
from archive.fold import fold
from indexer.head_words import LABEL_HEAD, NAME_HEAD, is_total
from indexer.lattice import PrintedCell, PrintedLine, squeeze

_Repaired = tuple[list[PrintedLine], list[PrintedLine], int]


def returned(head: list[PrintedLine], body: list[PrintedLine], columns: int) -> _Repaired:
    """The header and body with strayed heads returned, and the number of columns."""
    head, body, columns = _name_returned(head, body, columns)
    head = _overflow_returned(head, columns)
    return _lost_name_replaced(head, body, columns)


def _overflow_returned(head: list[PrintedLine], columns: int) -> list[PrintedLine]:
    """Bring back the last child of a head whose span was one too small.

    In a grid of rows and spans such a child has no room below its head and goes to the end
    of the line, behind the columns of the heads that follow, which stand one too far left.
    """
    for index, line in enumerate(head[1:], start=1):
        last = line.cells[-1]
        if last.column != columns - 1 or len(line.cells) < 2:
            continue
        room = line.cells[-2].column + 1
        upper = head[index - 1]
        followers = [cell for cell in upper.cells if room <= cell.column]
        expected = list(range(room, columns - 1))
        if not expected or [cell.column for cell in followers] != expected:
            continue
        head = list(head)
        head[index] = replace(line, cells=(*line.cells[:-1], replace(last, column=room)))
        for above in range(index):
            head[above] = _shifted(head[above], room)
        return head
    return head


def _name_returned(head: list[PrintedLine], body: list[PrintedLine], columns: int) -> _Repaired:
    """Put a 科目名称 head that was cut off back behind the code columns, where it belongs."""
    name = _strayed_name(head)
    home = next((i for i, line in enumerate(head) if _code_cells(line)), None)
    if name is None or home is None:
        return head, body, columns
    at = _code_cells(head[home])[-1].column + 1
    if name.column == at:
        return head, body, columns
    bare = [replace(line, cells=tuple(c for c in line.cells if c is not name)) for line in head]
    figures = any(_prints_figure(line, at) for line in body)
    if figures:
        body = [_shifted(line, at) for line in body]
        columns += 1
    bare = [_shifted(line, at) for line in bare]
    # The name stands beside 科目编码, not below it.
    beside = max(home - 1, 0)
    cells = sorted((*bare[beside].cells, name.at(at)), key=lambda cell: cell.column)
    bare[beside] = replace(bare[beside], cells=tuple(cells))
    return [line for line in bare if line.cells], body, columns


def _lost_name_replaced(
    head: list[PrintedLine], body: list[PrintedLine], columns: int
) -> _Repaired:
    """Make room for a name column whose head is lost and whose names stand below 合计.

    The heads of the amounts then stand one column too far left, and the column behind the
    codes, which prints only names, has no head of its own.
    """
    home = next((line for line in head if _code_cells(line)), None)
    texts = [fold(text) for line in head for text in line.texts]
    named = any(NAME_HEAD.search(text) or LABEL_HEAD.search(text) for text in texts[2:])
    if home is None or named:
        return head, body, columns
    at = _code_cells(home)[-1].column + 1
    below = [text for line in body if (text := line.text_at(at))]
    headed = any(is_total(text) for line in head if (text := line.text_at(at)))
    if not headed or not below or any(is_figure(text) for text in below):
        return head, body, columns
    return [_shifted(line, at) for line in head], body, columns + 1


def _strayed_name(head: Sequence[PrintedLine]) -> PrintedCell | None:
    """A name head printed below 类款项, or right of the amount heads."""
    for line in head:
        for cell, text in zip(line.cells, line.texts, strict=True):
            if not re.search(r"分类科目名称$", text):
                continue
            alone = len(line.cells) == 1
            last = len(line.cells) > 1 and cell is line.cells[-1] and bool(_code_cells(line))
            if alone or last:
                return cell
    return None


def _code_cells(line: PrintedLine) -> list[PrintedCell]:
    return [cell for cell in line.cells if re.fullmatch(r"[类款项]|款项", squeeze(cell.text))]


def _prints_figure(line: PrintedLine, column: int) -> bool:
    return is_figure(line.text_at(column))


def _shifted(line: PrintedLine, start: int) -> PrintedLine:
    """The line with its cells from a column on moved one to the right."""
    cells = tuple(
        replace(cell, column=cell.column + 1) if cell.column >= start else cell
        for cell in line.cells
    )
    return replace(line, cells=cells)
