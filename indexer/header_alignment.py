"""Deal out the cells of a header line over the columns below it, where spans are lost.

Lines are aligned from the bottom up: the lowest stands over the data; the cells of the
line above are dealt out over groups of the columns below, by the first way of grouping
that gives as many groups as there are cells.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from archive.fold import fold
from indexer.head_words import LABEL_HEAD, TOTAL, is_description
from indexer.lattice import PrintedLine


def aligned(
    head: Sequence[PrintedLine], filled: range, columns: int
) -> tuple[list[PrintedLine], int]:
    """The header lines with each cell widened over its columns, and the number of columns.

    ``filled`` are the columns up to the last one that prints anything.  Columns behind it
    are either blank columns of the table or only the tabs at the end of every line: they
    are the latter when the header fits without them and not with them.
    """
    whole, fits = _aligned(head, columns)
    if not fits and len(filled) < columns:
        trimmed, fits = _aligned(head, len(filled))
        if fits:
            return trimmed, len(filled)
    return whole, columns


def _aligned(head: Sequence[PrintedLine], columns: int) -> tuple[list[PrintedLine], bool]:
    """The header lines aligned to so many columns; whether every line could be dealt out."""
    below = list(head[-1:])
    fits = len(head) != 1 or len(head[0].cells) == columns
    for line in reversed(head[:-1]):
        groups = _groups_for(line, below, columns)
        if groups is None:
            fits = False
            below.insert(0, _spread(line, below, columns))
            continue
        cells = tuple(
            replace(cell, column=group.start, width=len(group))
            for cell, group in zip(line.cells, groups, strict=True)
        )
        below.insert(0, replace(line, cells=cells))
    return below, fits


def _groups_for(
    line: PrintedLine, below: Sequence[PrintedLine], columns: int
) -> list[range] | None:
    atoms = _atoms(below, columns)
    texts = [_top_text(below, atom.start) for atom in atoms]
    for splits in _GROUPINGS:
        groups = _grouped(atoms, texts, splits)
        if len(groups) == len(line.cells):
            return groups
    return None


def _atoms(below: Sequence[PrintedLine], columns: int) -> list[range]:
    """The columns, those together that one cell directly below covers."""
    atoms: list[range] = []
    column = 0
    while column < columns:
        cell = next((found for line in below if (found := line.at(column))), None)
        end = cell.column + cell.width if cell else column + 1
        atoms.append(range(column, max(end, column + 1)))
        column = atoms[-1].stop
    return atoms


def _top_text(below: Sequence[PrintedLine], column: int) -> str:
    cell = next((found for line in below if (found := line.at(column))), None)
    return fold(cell.text) if cell else ""


def _grouped(
    atoms: Sequence[range], texts: Sequence[str], splits: Callable[[str, str], bool]
) -> list[range]:
    """Neighbouring headed atoms together, parted where ``splits`` says; bare columns alone."""
    groups: list[range] = []
    previous = ""
    for atom, text in zip(atoms, texts, strict=True):
        joins = bool(groups) and bool(text) and bool(previous) and not splits(previous, text)
        if joins:
            groups[-1] = range(groups[-1].start, atom.stop)
        else:
            groups.append(atom)
        previous = text
    return groups


def _never(_: str, __: str) -> bool:
    return False


def _before_totals(_: str, text: str) -> bool:
    return bool(TOTAL.search(text)) or text.endswith("小计")


def _before_labels(_: str, text: str) -> bool:
    return bool(LABEL_HEAD.search(text))


def _before_amounts(previous: str, text: str) -> bool:
    return is_description(previous) and not is_description(text)


def _always(_: str, __: str) -> bool:
    return True


_GROUPINGS = (_never, _before_totals, _before_amounts, _before_labels, _always)


def _spread(line: PrintedLine, below: Sequence[PrintedLine], columns: int) -> PrintedLine:
    """Each cell from where it is printed up to the next, over headed columns only."""
    headed = {column for lower in below for cell in lower.cells for column in cell.columns}
    ends = [cell.column for cell in line.cells[1:]] + [columns]
    cells = []
    for cell, end in zip(line.cells, ends, strict=True):
        stop = cell.column + cell.width
        while stop < end and (stop in headed) == (cell.column in headed):
            stop += 1
        cells.append(replace(cell, width=stop - cell.column))
    return replace(line, cells=tuple(cells))
