"""Tab tables whose lines lost the blanks at their ends, as editors take them off.

Where no line of a file ends in a tab and yet rows have blanks between their cells, and rows
of codes, which merge no cells, are of different lengths, then blank cells were kept and only
trailing ones taken: every row of a run is as wide as its widest, and a line of one cell
between two rows is a row as well.  A total that begins its line lost what it was merged over.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from indexer.captions import kind_of
from indexer.readers.text.tables import PrintedLine

MOST_SINGLE = 2
"""So many rows of one cell may follow each other between rows of several."""
LONGEST_CELL = 30
FEWEST_INNER = 3
FEWEST_SHORT = 2
"""So many rows must show a blank between their cells, so many of codes be short."""

_CODED = re.compile(r"[1-9]\d{2}(?:\d{2}){0,2}\t")
_TOTAL = re.compile(r"[总合]\s*计")
_NO_CELL = re.compile(r"[。；！？]|^(?:备注|注|说明)\s*[：:]|^第\S{1,3}部分|^#")


def with_trailing_blanks(lines: Sequence[PrintedLine]) -> list[PrintedLine]:
    """The lines with the tabs at the ends of their tables' rows put back."""
    if not _is_trimmed(lines):
        return list(lines)
    padded = list(lines)
    for start, end in _runs(lines):
        widest = max(line.raw.count("\t") for line in lines[start:end])
        is_coded = any(_CODED.match(line.raw) for line in lines[start:end])
        for at in range(start, end):
            line = lines[at]
            missing = 0 if is_coded and _TOTAL.match(line.raw) else widest - line.raw.count("\t")
            padded[at] = PrintedLine(line.number, line.raw + "\t" * missing)
    return padded


def _is_trimmed(lines: Sequence[PrintedLine]) -> bool:
    rows = [line.raw for line in lines if "\t" in line.raw]
    inner = sum("\t\t" in raw.strip() for raw in rows)
    if inner < FEWEST_INNER or any(raw.endswith(("\t", "\t ")) for raw in rows):
        return False
    short = 0
    for start, end in _runs(lines):
        widths = [raw.raw.count("\t") for raw in lines[start:end] if _CODED.match(raw.raw)]
        short += sum(width < max(widths) for width in widths)
    return short >= FEWEST_SHORT


def _runs(lines: Sequence[PrintedLine]) -> list[tuple[int, int]]:
    """The runs of rows: lines with tabs, and lines of one cell that stand between them."""
    runs: list[tuple[int, int]] = []
    for at, line in enumerate(lines):
        if "\t" not in line.raw:
            continue
        if runs and _goes_on(lines[runs[-1][1] : at]):
            runs[-1] = (runs[-1][0], at + 1)
        else:
            runs.append((at, at + 1))
    return runs


def _goes_on(between: Sequence[PrintedLine]) -> bool:
    """Whether the lines between two rows are rows of one cell."""
    texts = [line.raw.strip() for line in between]
    if len(texts) > MOST_SINGLE:
        return False
    return all(_may_be_cell(text) for text in texts)


def _may_be_cell(text: str) -> bool:
    is_short = 0 < len(text) <= LONGEST_CELL
    return is_short and kind_of(text) is None and _NO_CELL.search(text) is None
