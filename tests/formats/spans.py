"""The notation of cells that made-up disclosures share: ``text>3`` spans three columns,
``text^2`` two rows, ``|`` parts cells, and what a span covers is left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

_SPANS = re.compile(r"(?P<text>.*?)(?:>(?P<wide>\d+))?(?:\^(?P<high>\d+))?")


@dataclass(frozen=True, slots=True)
class Spanned:
    """A cell as noted: its first row and column from 0, and how many it covers."""

    row: int
    column: int
    text: str
    wide: int
    high: int


def spanned(lines: Sequence[str]) -> Iterator[Spanned]:
    """The cells of the rows of a table."""
    taken: set[tuple[int, int]] = set()
    for row, line in enumerate(lines):
        column = 0
        for printed in line.split("|"):
            while (row, column) in taken:
                column += 1
            match = _SPANS.fullmatch(printed)
            assert match is not None
            cell = Spanned(
                row, column, match["text"], int(match["wide"] or 1), int(match["high"] or 1)
            )
            yield cell
            taken |= {
                (row + down, column + on) for down in range(cell.high) for on in range(cell.wide)
            }
            column += cell.wide
