"""Deal out the cells of a header line over the columns below it, where spans are lost.

Lines are aligned from the bottom up: the lowest stands over the data; the cells of the
line above are dealt out over groups of the columns below, by a way of grouping that gives
as many groups as there are cells; of several, by one that begins where they are printed.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from archive.fold import fold
from indexer.head_words import CODE_HEAD, LABEL_HEAD, TOTAL, is_description
from indexer.headers.groups import groupings
from indexer.lattice import PrintedLine


def aligned(
    head: Sequence[PrintedLine], filled: range, columns: int
) -> tuple[list[PrintedLine], int, bool]:
    """The header lines with each cell widened over its columns, the number of columns, and
    whether there was only one way to widen them.

    ``filled`` are the columns up to the last one that prints anything.  Columns behind it
    are either blank columns of the table or only the tabs at the end of every line: they
    are the latter when the header fits without them and not with them.
    """
    whole, fits, is_sure = _aligned(head, columns)
    if not fits and len(filled) < columns:
        trimmed, fits, is_trimmed_sure = _aligned(head, len(filled))
        if fits:
            return trimmed, len(filled), is_trimmed_sure
    return whole, columns, fits and is_sure


def _aligned(head: Sequence[PrintedLine], columns: int) -> tuple[list[PrintedLine], bool, bool]:
    """The header lines aligned to so many columns; whether every line could be dealt out,
    and whether each in one way only."""
    below = list(head[-1:])
    fits = is_sure = True
    for line in reversed(head[:-1]):
        groups, is_only = _groups_for(line, below, columns)
        is_sure = is_sure and is_only
        if groups is None:
            fits = False
            below.insert(0, _spread(line, below, columns))
            continue
        cells = tuple(
            replace(cell, column=group.start, width=len(group))
            for cell, group in zip(line.cells, groups, strict=True)
        )
        below.insert(0, replace(line, cells=cells))
    return below, fits, is_sure


def _groups_for(
    line: PrintedLine, below: Sequence[PrintedLine], columns: int
) -> tuple[list[range] | None, bool]:
    """The columns of each cell of a line, ``None`` when they cannot be dealt out, and
    whether there is no other way."""
    atoms = _atoms(below, columns)
    texts = [_top_text(below, atom.start) for atom in atoms]
    possible = groupings(atoms, texts, len(line.cells))
    if len(possible) == 1:
        return possible[0], True
    ways = [_grouped(atoms, texts, splits) for splits in _GROUPINGS]
    fitting = [groups for groups in ways if len(groups) == len(line.cells)]
    printed = [cell.column for cell in line.cells]
    as_printed = (groups for groups in fitting if [one.start for one in groups] == printed)
    if fitting:
        return next(as_printed, fitting[0]), False
    return _with_blanks(line, atoms, texts, columns)


def _with_blanks(
    line: PrintedLine, atoms: Sequence[range], texts: Sequence[str], columns: int
) -> tuple[list[range] | None, bool]:
    """The groups of a line that lists each merged head once, and its blank cells too."""
    if line.extent >= columns:
        return None, False
    possible = groupings(atoms, texts, line.extent)
    ways = [_grouped(atoms, texts, splits) for splits in _GROUPINGS]
    fitting = [groups for groups in (*possible[:1], *ways) if len(groups) == line.extent]
    if not fitting or any(cell.column >= line.extent for cell in line.cells):
        return None, False
    return [fitting[0][cell.column] for cell in line.cells], len(possible) == 1


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


def _before_labels(previous: str, text: str) -> bool:
    return bool(LABEL_HEAD.search(text)) and not CODE_HEAD.search(previous)


def _before_halves(previous: str, text: str) -> bool:
    return is_description(text) and not is_description(previous)


def _before_amounts(previous: str, text: str) -> bool:
    return is_description(previous) and not is_description(text)


def _between_kinds(previous: str, text: str) -> bool:
    """Between codes, other descriptions and amounts."""
    return _kind(previous) != _kind(text)


def _kind(text: str) -> tuple[bool, bool]:
    return bool(CODE_HEAD.search(text)), is_description(text)


def _always(_: str, __: str) -> bool:
    return True


_GROUPINGS = (
    _never,
    _before_halves,
    _before_totals,
    _before_amounts,
    _before_labels,
    _between_kinds,
    _always,
)


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
