"""Header paths: which header texts stand above each column of a table.

Where the header has spans, these say it.  A header without any is put right where a
converter moved heads (:mod:`indexer.headers.repairs`) and its cells are dealt out over the
columns (:mod:`indexer.headers.alignment`).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from archive.amounts import is_figure
from archive.fold import fold
from indexer.form_layouts import is_known, known_headers
from indexer.head_words import CODE_HEAD, LABEL_HEAD, TOTAL, is_total
from indexer.headers.alignment import aligned
from indexer.headers.described import described
from indexer.headers.nesting import nested
from indexer.headers.repairs import straightened
from indexer.lattice import PrintedLine, counting_cells, is_marker_line

Path = tuple[str, ...]

_CODED = re.compile(r"^[1-9]\d{2}(?:\d{2}){0,2}\s*[一-鿿]")
_NUMBERED = re.compile(r"^(?:[一二三四五六七八九十]+[、.．]|（[一二三四五六七八九十]+）)")
_YEAR = re.compile(r"(?:19|20)\d\d")
_MOST_HEADER_LINES = 6


@dataclass(frozen=True, slots=True)
class Header:
    """The texts above each column of a table, and the lines below its header.

    ``is_sure`` is false where merged cells were lost and nothing tells how far they reached,
    so that the columns are named by guess.
    """

    paths: tuple[Path, ...]
    body: tuple[PrintedLine, ...]
    is_sure: bool = True


def header_height(lines: Sequence[PrintedLine]) -> int:
    """How many of the leading lines are header and marker lines."""
    for index, line in enumerate(lines):
        if is_marker_line(line):
            return _past_markers(lines, index)
        if is_data_line(line):
            return _past_spans(lines, index)
    if len(lines) > _MOST_HEADER_LINES or _heads_every_column(lines):
        return min(len(lines), 1)
    return len(lines)


def _heads_every_column(lines: Sequence[PrintedLine]) -> bool:
    """Whether the first line has a head of its own for each column, so that it is whole."""
    return bool(lines) and all(
        len(line.cells) == lines[0].extent and len(line.cells) > 1 for line in lines
    )


def is_data_line(line: PrintedLine) -> bool:
    """Whether a line is a row of the table: it prints a figure, a code or a lone 合计."""
    texts = line.texts
    if counting_cells(line):
        return False
    if any(is_figure(text) and not _YEAR.fullmatch(text) for text in texts):
        return True
    if any(_CODED.match(text) or _NUMBERED.match(text) for text in texts):
        return True
    begins = len(texts) == 1 or bool(line.cells and line.cells[0].column == 0)
    return bool(texts) and begins and all(TOTAL.search(text) for text in texts)


def header_of(lines: Sequence[PrintedLine], columns: int, *, exact: bool = True) -> Header:
    """The header paths of a table of ``columns`` columns, and its data lines.

    ``exact`` says that its cells stand in their own columns.
    """
    height = header_height(lines)
    head = [without_counts(line) for line in lines[:height] if not is_marker_line(line)]
    head = [line for line in head if line.cells]
    body = list(lines[height:])
    over, head = ([], head) if exact else _parted_over_all(head, columns)
    has_spans = _has_spans(head)
    is_placed = not head or head[-1].extent == columns or _only_codes(head[-1])
    is_sure = exact or has_spans or is_placed
    if len(head) > 1 and not has_spans:
        told = described(head, len(_filled(head, body)))
        if told is not None:
            head, columns, is_sure = told[0], max(columns, told[1]), True
        else:
            head, body, columns = straightened(head, body, columns)
            head, columns, is_dealt = _dealt_out(head, body, columns, exact=exact)
            is_sure = is_sure and is_dealt
    elif not exact and _is_as_wide(head, body):
        columns, is_sure = head[0].extent, True
    head, strayed = _without_total_line(head)
    paths = _paths([*_over(over, columns), *head], columns)
    return Header(paths, (*strayed, *body), is_sure or is_known(paths))


def _parted_over_all(
    head: Sequence[PrintedLine], columns: int
) -> tuple[list[PrintedLine], list[PrintedLine]]:
    """The first header line where its one cell stands over all columns, and the others."""
    is_over = len(head) > 1 and len(head[0].cells) == 1 and head[0].cells[0].width == columns > 1
    return (list(head[:1]), list(head[1:])) if is_over else ([], list(head))


def _over(lines: Sequence[PrintedLine], columns: int) -> list[PrintedLine]:
    """The line over all columns, however many these have come out to be."""
    return [replace(line, cells=(replace(line.cells[0], width=columns),)) for line in lines]


def _is_as_wide(head: Sequence[PrintedLine], body: Sequence[PrintedLine]) -> bool:
    """Whether one header line heads every column that prints anything, so that further
    cells of some rows are only blanks too many."""
    if len(head) != 1 or len(head[0].cells) != head[0].extent:
        return False
    return len(_filled(head, body)) == head[0].extent


def _only_codes(line: PrintedLine) -> bool:
    """Whether a line has nothing but 类款项, which stand in the first columns."""
    heads = (cell.column == at for at, cell in enumerate(line.cells))
    return all(heads) and all(re.fullmatch(r"[类款项]|款项", text) for text in line.texts)


def _dealt_out(
    head: Sequence[PrintedLine], body: Sequence[PrintedLine], columns: int, *, exact: bool
) -> tuple[list[PrintedLine], int, bool]:
    """The header lines over their columns, how many these are, and whether that is sure."""
    filled = _filled(head, body)
    if (known := _as_known(head, columns)) is not None:
        return known, columns, True
    if exact:
        used = {column for line in body for cell in line.cells for column in cell.columns}
        if (lines := nested(head, len(filled), used)) is not None:
            return lines, len(filled), True
    return aligned(head, filled, columns)


def _as_known(head: Sequence[PrintedLine], columns: int) -> list[PrintedLine] | None:
    """The header lines as the one known layout reaches that prints them line by line."""
    texts = [[fold(text) for text in line.texts] for line in head]
    found = {
        tuple(tuple((cell.column, cell.columns) for cell in row) for row in rows)
        for rows in known_headers(columns)
        if [[fold(cell.text) for cell in row] for row in rows] == texts
    }
    if len(found) != 1:
        return None
    return [
        replace(
            line,
            cells=tuple(
                replace(cell, column=column, width=wide)
                for cell, (column, wide) in zip(line.cells, places, strict=True)
            ),
        )
        for line, places in zip(head, found.pop(), strict=True)
    ]


def _filled(head: Sequence[PrintedLine], body: Sequence[PrintedLine]) -> range:
    """The columns up to the last one that prints anything."""
    return range(
        max((c.column + c.width for line in (*head, *body) for c in line.cells), default=0)
    )


def without_counts(line: PrintedLine) -> PrintedLine:
    """A header line without the numbers and marks that only count columns."""
    counted = counting_cells(line)
    return replace(line, cells=tuple(cell for cell in line.cells if cell not in counted))


def _past_markers(lines: Sequence[PrintedLine], index: int) -> int:
    while index < len(lines) and (is_marker_line(lines[index]) or counting_cells(lines[index])):
        index += 1
    return index


def _past_spans(lines: Sequence[PrintedLine], index: int) -> int:
    """Header cells that reach further down make the header higher."""
    end = max(
        (line.source + cell.height for line in lines[:index] for cell in line.cells), default=0
    )
    while index < len(lines) and lines[index].source < end and not is_data_line(lines[index]):
        index += 1
    return index


def _has_spans(head: Sequence[PrintedLine]) -> bool:
    """Whether the grid says itself how far its header cells reach."""
    return any(cell.width > 1 or cell.height > 1 for line in head for cell in line.cells)


def _without_total_line(
    head: Sequence[PrintedLine],
) -> tuple[list[PrintedLine], list[PrintedLine]]:
    """Take a 合计 that stands in the last header line below a code or name head for a row."""
    if len(head) < 2:
        return list(head), []
    *upper, last = head
    first = last.cells[0]
    above = next((line.at(first.column) for line in reversed(upper) if line.at(first.column)), None)
    if above is None or not is_total(first.text) or len(last.cells) < 2 or "小" in first.text:
        return list(head), []
    text = fold(above.text)
    if not (CODE_HEAD.search(text) or LABEL_HEAD.search(text)):
        return list(head), []
    return [*upper, replace(last, cells=last.cells[1:])], [replace(last, cells=(first,))]


def _paths(head: Sequence[PrintedLine], columns: int) -> tuple[Path, ...]:
    paths: list[Path] = []
    for column in range(columns):
        texts: list[str] = []
        for line in head:
            text = line.text_at(column)
            if text and (not texts or texts[-1] != text):
                texts.append(text)
        paths.append(tuple(texts))
    return tuple(paths)
