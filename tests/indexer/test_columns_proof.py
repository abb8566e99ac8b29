"""Tables that lost their blanks at random: no wrong column is ever certain."""

from __future__ import annotations

from dataclasses import replace
from itertools import product

from hypothesis import given, settings
from hypothesis import strategies as st

from archive.model import Column, Table
from indexer import columns
from indexer.columns.arithmetic import Sum, agrees, placements
from indexer.columns.relations import row_sums, segments
from tests.indexer.columns.printed import CARRIED, INCOME, SPENDING, table_of

PATHS = [SPENDING, CARRIED, INCOME]
FINE = 100
"""True values are in hundredths of the last printed place."""


@st.composite
def true_tables(draw: st.DrawFn, *, most: int, rounded: bool) -> Table:
    """A table with all its blanks, its sums right up to rounding."""
    paths = draw(st.sampled_from(PATHS))
    segment = segments([Column(path) for path in paths])[0]
    totals = {each.total for each in segment.sums}
    leaves = [at for at in range(len(paths)) if at not in totals]
    codes = draw(st.lists(st.sampled_from(CODES), min_size=1, max_size=most, unique=True))
    step = 1 if rounded else FINE
    values = {
        code: {
            at: draw(st.integers(1, 900)) * step
            for at in draw(st.lists(st.sampled_from(leaves), min_size=1, max_size=2, unique=True))
        }
        for code in codes
    }
    lines = {"总计": _added(list(values.values()))}
    for prefix in sorted({code[:size] for code in codes for size in (3, 5, 7)}):
        lines[prefix] = _added([values[code] for code in codes if code.startswith(prefix)])
    rows = []
    for head, amounts in lines.items():
        for each in segment.sums:
            parts = [amounts[at] for at in each.parts if at in amounts]
            if parts:
                amounts[each.total] = sum(parts)
        figures = (_figure(amounts[at]) if at in amounts else "_" for at in range(len(paths)))
        rows.append(" ".join([head, *figures]))
    return table_of(paths, "\n".join(rows))


CODES = [f"{a}{b}{c}" for a in ("208", "210") for b in ("05", "11") for c in ("01", "02", "99")]


def _added(values: list[dict[int, int]]) -> dict[int, int]:
    amounts: dict[int, int] = {}
    for each in values:
        for at, value in each.items():
            amounts[at] = amounts.get(at, 0) + value
    return amounts


def _figure(value: int) -> str:
    rounded = (value + FINE // 2) // FINE
    return f"{rounded // 100}.{rounded % 100:02}"


def without_blanks(table: Table) -> Table:
    """The table as a converter leaves it that drops blank cells."""
    rows = tuple(
        replace(
            row,
            cells=tuple(replace(cell, column=1 + at) for at, cell in enumerate(row.cells)),
        )
        for row in table.rows
    )
    return replace(table, rows=rows)


def wrong_and_certain(table: Table, result: Table) -> list[tuple[str, str]]:
    return [
        (row.label, cell.printed)
        for row, true_row in zip(result.rows, table.rows, strict=True)
        for cell, true in zip(row.cells, true_row.cells, strict=True)
        if cell.certain and cell.column != true.column
    ]


@settings(max_examples=100)
@given(true_tables(most=8, rounded=True))
def test_no_wrong_column_is_ever_certain(table: Table) -> None:
    assert not wrong_and_certain(table, columns.assign(without_blanks(table)))


@settings(max_examples=100)
@given(true_tables(most=3, rounded=False))
def test_certain_is_exactly_what_every_solution_agrees_on(table: Table) -> None:
    bare = without_blanks(table)
    result = columns.assign(bare)
    possible = every_solution(bare)
    if possible is None:
        return
    for row, columns_of_row in zip(result.rows, possible, strict=True):
        for at, cell in enumerate(row.cells):
            seen = {placement[at] for placement in columns_of_row}
            assert cell.certain == (len(seen) == 1)
            assert cell.column - 1 in seen


def every_solution(bare: Table) -> list[set[tuple[int, ...]]] | None:
    """By trying everything: the placements of each row in some solution of all sums."""
    segment = segments(bare.columns)[0]
    width = len(segment.columns)
    figures = [[int(cell.printed.replace(".", "")) for cell in row.cells] for row in bare.rows]
    domains = [placements(row, width, segment.sums) or () for row in figures]
    sizes = 1
    for domain in domains:
        sizes *= len(domain)
    if sizes > 3000:
        return None
    sums = row_sums(bare.rows, [row[0] for row in figures])
    possible: list[set[tuple[int, ...]]] = [set() for _ in figures]
    for choice in product(*domains):
        cells = [dict(zip(at, row, strict=True)) for at, row in zip(choice, figures, strict=True)]
        if all(_adds_up(each, cells, width) for each in sums):
            for seen, placement in zip(possible, choice, strict=True):
                seen.add(placement)
    return possible


def _adds_up(each: Sum, cells: list[dict[int, int]], width: int) -> bool:
    for at in range(width):
        parts = [cells[part][at] for part in each.parts if at in cells[part]]
        if not agrees(cells[each.total].get(at, 0), sum(parts), len(parts)):
            return False
    return True
