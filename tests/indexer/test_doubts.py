from __future__ import annotations

from archive.model import Cell, Column, Row
from indexer.doubts import with_guessed_head, with_open_counts

COLUMNS = (Column(("项目",), "label"), Column(("数量",), "text"), Column(("合计",)))


def row(name: str, *cells: tuple[int, str]) -> Row:
    return Row(name, 0, None, name, tuple(Cell(column, text) for column, text in cells))


def doubtful(found: Row) -> list[int]:
    assert all(bool(cell.doubt) is not cell.certain for cell in found.cells)
    return [cell.column for cell in found.cells if not cell.certain]


def test_every_cell_below_a_guessed_header() -> None:
    assert [doubtful(each) for each in with_guessed_head([row("甲", (0, "甲"), (2, "1.00"))])] == [
        [0, 2]
    ]


def test_a_figure_below_a_count_where_blanks_are_lost() -> None:
    rows = [
        row("甲", (0, "甲"), (1, "6,000.00")),
        row("乙", (0, "乙"), (1, "12.0"), (2, "1.00")),
        row("丙", (0, "丙"), (1, "6,000.00")),
    ]
    found = with_open_counts(rows, COLUMNS, {"甲", "乙"})
    assert [doubtful(each) for each in found] == [[1], [], []]
