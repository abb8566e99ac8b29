"""Grids as the tests write them, and what the tables read from them hold."""

from __future__ import annotations

from collections.abc import Sequence

from archive.model import Place, Row, Table
from indexer.blocks import Block, TableBlock
from indexer.pages import Grid, GridCell
from indexer.tables import to_tables


def tabbed(*lines: str) -> Grid:
    """A grid as a text with a tab between cells gives it: blank cells, no spans."""
    rows = [line.split("\t") for line in lines]
    widths = {len(row) for row in rows}
    cells = tuple(
        GridCell(row, column, text, Place(lines=(row + 1, row + 1)))
        for row, texts in enumerate(rows)
        for column, text in enumerate(texts)
    )
    return Grid(len(rows), max(widths), cells, exact=len(widths) == 1)


def ruled(*lines: str, page: int = 1, edges: Sequence[float] = range(0, 200, 10)) -> Grid:
    """A drawn grid: ``text>2`` spans two columns, ``text^3`` three rows, ``.`` is covered."""
    cells = []
    for row, line in enumerate(lines):
        for column, printed in enumerate(line.split("|")):
            if printed == ".":
                continue
            text, _, down = printed.partition("^")
            text, _, across = text.partition(">")
            wide, high = int(across or 1), int(down or 1)
            box = (edges[column], row, edges[column + wide], row + high)
            cells.append(GridCell(row, column, text, Place(page, box), high, wide))
    columns = max(cell.column + cell.column_span for cell in cells)
    return Grid(len(lines), columns, tuple(cells))


def one(*blocks: Block) -> Table:
    [table] = to_tables(blocks)
    return table


def of(title: str, grid: Grid | None, *notes: str) -> TableBlock:
    return TableBlock(("表 7", title, "编制部门：某县医疗保障局 单位：万元"), grid, notes)


def paths(table: Table) -> list[str]:
    return ["/".join(column.path) for column in table.columns]


def roles(table: Table) -> str:
    return "".join(column.role[0] for column in table.columns)


def figures(row: Row) -> dict[int, str]:
    return {cell.column: cell.printed for cell in row.cells}
