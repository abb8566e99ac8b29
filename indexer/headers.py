"""Header paths: which header texts stand above each column of a table.

Where the header has spans, these say it.  A header without any is put right where a
converter moved heads (:mod:`indexer.header_repairs`) and its cells are dealt out over the
columns (:mod:`indexer.header_alignment`).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from archive.amounts import is_figure
from archive.fold import fold
from indexer.head_words import CODE_HEAD, LABEL_HEAD, TOTAL, is_total
from indexer.header_alignment import aligned
from indexer.header_repairs import straightened
from indexer.lattice import (
    PrintedLine,
    counting_cells,
    is_marker_line,
)

Path = tuple[str, ...]

_CODED = re.compile(r"^[1-9]\d{2}(?:\d{2}){0,2}\s*[一-鿿]")
_NUMBERED = re.compile(r"^(?:[一二三四五六七八九十]+[、.．]|（[一二三四五六七八九十]+）)")
_YEAR = re.compile(r"(?:19|20)\d\d")
_MOST_HEADER_LINES = 6


@dataclass(frozen=True, slots=True)
class Header:
    """The texts above each column of a table, and the lines below its header."""

    paths: tuple[Path, ...]
    body: tuple[PrintedLine, ...]


def header_height(lines: Sequence[PrintedLine]) -> int:
    """How many of the leading lines are header and marker lines."""
    for index, line in enumerate(lines):
        if is_marker_line(line):
            return _past_markers(lines, index)
        if is_data_line(line):
            return _past_spans(lines, index)
    return len(lines) if len(lines) <= _MOST_HEADER_LINES else 1


def is_data_line(line: PrintedLine) -> bool:
    """Whether a line is a row of the table: it prints a figure, a code or a lone 合计."""
    texts = line.texts
    if counting_cells(line):
        return False
    if any(is_figure(text) and not _YEAR.fullmatch(text) for text in texts):
        return True
    if any(_CODED.match(text) or _NUMBERED.match(text) for text in texts):
        return True
    return bool(texts) and all(TOTAL.search(text) for text in texts)


def header_of(lines: Sequence[PrintedLine], columns: int) -> Header:
    """The header paths of a table of ``columns`` columns, and its data lines."""
    height = header_height(lines)
    head = [without_counts(line) for line in lines[:height] if not is_marker_line(line)]
    head = [line for line in head if line.cells]
    body = list(lines[height:])
    if not _has_spans(head):
        head, body, columns = straightened(head, body, columns)
        head, columns = aligned(head, _filled(head, body), columns)
    head, strayed = _without_total_line(head)
    return Header(_paths(head, columns), (*strayed, *body))


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
    spans = any(cell.width > 1 or cell.height > 1 for line in head for cell in line.cells)
    return spans or len(head) < 2


def _without_total_line(
    head: Sequence[PrintedLine],
) -> tuple[list[PrintedLine], list[PrintedLine]]:
    """Take a 合计 that stands in the last header line below a code or name head for a row."""
    if len(head) < 2:
        return list(head), []
    *upper, last = head
    first = last.cells[0]
    above = next((line.at(first.column) for line in reversed(upper) if line.at(first.column)), None)
    if above is None or not is_total(first.text) or len(last.cells) < 2:
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
