"""Made-up disclosures in a short notation, and as the files that people publish.

A line that begins with ``|`` is a row of a table, its cells parted by ``|``; ``text>3`` spans
three columns, ``text^2`` two rows, and what a span covers is left out.  ``---`` begins a page,
``# `` a heading (one ``#`` a level), ``%`` a comment; any other line is a line of text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from tests.formats.spans import Spanned, spanned


@dataclass(frozen=True, slots=True)
class Grid:
    cells: tuple[Spanned, ...]

    @property
    def rows(self) -> int:
        return max(cell.row + cell.high for cell in self.cells)

    @property
    def columns(self) -> int:
        return max(cell.column + cell.wide for cell in self.cells)

    def line(self, row: int) -> list[Spanned]:
        return [cell for cell in self.cells if cell.row == row]


@dataclass(frozen=True, slots=True)
class Text:
    text: str
    level: int = 0


class PageBreak:
    pass


Part = Text | Grid | PageBreak


def shape(name: str) -> list[Part]:
    """The parts of the made-up disclosure of that name."""
    path = Path(__file__).parent / f"{name}.shape"
    return parse(path.read_text(encoding="utf-8"))


def parse(source: str) -> list[Part]:
    parts: list[Part] = []
    rows: list[str] = []
    for line in [*source.splitlines(), ""]:
        if line.startswith("|"):
            rows.append(line[1:])
            continue
        if rows:
            parts.append(Grid(tuple(spanned(rows))))
            rows = []
        if line == "---":
            parts.append(PageBreak())
        elif line.strip() and not line.startswith("%"):
            marks = re.match(r"#*", line)
            level = len(marks[0]) if marks else 0
            parts.append(Text(line[level:].strip() if level else line, level))
    return parts
