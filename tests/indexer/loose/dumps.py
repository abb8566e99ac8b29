"""Tables as converters dump them into lines, and their grids as the tests write them."""

from __future__ import annotations

from archive.model import Place
from indexer.pages import Grid, Line


def lines_of(text: str) -> list[Line]:
    """The lines of a text; blank ones are left out and show in the places."""
    return [
        Line(line, Place(lines=(number, number)), indent=(len(line) - len(line.lstrip())) / 2)
        for number, line in enumerate(text.strip("\n").split("\n"), start=1)
        if line.strip()
    ]


def dumped(text: str) -> list[Line]:
    """The lines as a dump has them: a blank one between, but none before a ``+``."""
    spread = text.strip("\n").replace("\n", "\n\n").replace("\n\n+", "\n")
    return lines_of(spread.removeprefix("+"))


def shown(grid: Grid | None) -> list[str]:
    """The rows of a grid, each cell as ``column:text``, spans as ``rows×columns``."""
    assert grid is not None
    rows: list[list[str]] = [[] for _ in range(grid.rows)]
    for cell in grid.cells:
        spans = (cell.row_span, cell.column_span)
        span = "" if spans == (1, 1) else f"({spans[0]}×{spans[1]})"
        rows[cell.row].append(f"{cell.column}:{cell.text}{span}")
    return ["|".join(row) for row in rows]
