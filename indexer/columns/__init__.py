"""In which amount column does a figure stand, when its row lost its blank cells?

The table's own sums decide (:mod:`indexer.columns.relations`,
:mod:`indexer.columns.arithmetic`), and where a whole disclosure is at hand what its other
tables print (:mod:`indexer.columns.facts`).  A figure that they leave more than one column is
put in one of them and marked doubtful, with the others named.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from archive.amounts import plain, to_decimal
from archive.model import Cell, Row, Table
from indexer.columns.arithmetic import Domain, Placement, Puzzle, Solution, placements, solve
from indexer.columns.facts import Fact, facts_of, last_place
from indexer.columns.relations import Segment, row_sums, segments

MOST_NAMED = 4
"""How many other columns a doubt names before it says how many there are."""

_DASHES = frozenset("—–-－―─") | {"--", "——", "…"}
_DROPPED = "原件此行未保留空白单元格"

Loose = Collection[str]
"""Ids of rows whose converter left out blank cells."""


@dataclass(frozen=True, slots=True)
class _Line:
    """A row with figures in a segment: where it is, its figures, the columns given."""

    row: Row
    cells: tuple[Cell, ...]
    values: tuple[int, ...]
    given: Placement
    is_loose: bool


def assign(table: Table, loose: Loose | None = None) -> Table:
    """The table with the figures of its loose rows in the columns that its sums decide.

    ``loose`` has the ids of the rows that lost blank cells, their figures in order in any
    columns; no other row is changed.  Without it every row counts as loose that has fewer
    figures than amount columns and all of them leftmost, so it is right only where the
    converter dropped the blanks of all rows.
    """
    return _assigned(table, loose, ())


def assign_all(tables: Sequence[Table], loose: Mapping[str, Loose] | None = None) -> list[Table]:
    """Like :func:`assign` for all tables of one disclosure, which help each other.

    ``loose`` has for a table's id the ids of its loose rows; a table that is not in it is
    not changed.  Without it the rule of :func:`assign` holds for every table.
    """
    alone = [_assigned(table, _rows_of(table, loose), ()) for table in tables]
    facts = [facts_of(table, alone) for table in tables]
    return [
        _assigned(table, _rows_of(table, loose), known) if known else by_itself
        for table, by_itself, known in zip(tables, alone, facts, strict=True)
    ]


def _rows_of(table: Table, loose: Mapping[str, Loose] | None) -> Loose | None:
    return None if loose is None else loose.get(table.id, ())


def _assigned(table: Table, loose: Loose | None, facts: Sequence[Fact]) -> Table:
    places = last_place(table)
    rows = {row.id: row for row in table.rows}
    for segment in segments(table.columns):
        lines = _lines(table.rows, segment, places, loose)
        if not any(line.is_loose for line in lines):
            continue
        known = _known(facts, segment, table.unit, places)
        for line in _decided(lines, segment, known, table):
            rows[line.row.id] = _with_cells(rows[line.row.id], segment, line.cells)
    return replace(table, rows=tuple(rows[row.id] for row in table.rows))


def _known(
    facts: Sequence[Fact], segment: Segment, unit: str | None, places: int
) -> dict[int, int]:
    """The totals known of the segment's columns, in last places."""
    return {
        segment.columns.index(fact.column): value
        for fact in facts
        if fact.column in segment.columns and (value := fact.value(unit, places)) is not None
    }


def _value(cell: Cell, places: int) -> int | None:
    """The figure in last places, 0 for a dash, ``None`` for any other text."""
    if plain(cell.printed) in _DASHES:
        return 0
    number = to_decimal(cell.printed)
    return None if number is None else int(number.scaleb(places))


def _lines(rows: Iterable[Row], segment: Segment, places: int, loose: Loose | None) -> list[_Line]:
    lines = []
    for row in rows:
        cells = tuple(sorted(_in(row, segment), key=lambda cell: cell.column))
        values = [_value(cell, places) for cell in cells]
        given = tuple(segment.columns.index(cell.column) for cell in cells)
        if not cells or len(set(given)) < len(given):
            continue
        is_whole = len(cells) == len(segment.columns) or None in values
        may_move = row.id in loose if loose is not None else _looks_loose(cells, given)
        numbers = tuple(value or 0 for value in values)
        lines.append(_Line(row, cells, numbers, given, may_move and not is_whole))
    return lines


def _in(row: Row, segment: Segment) -> list[Cell]:
    return [cell for cell in row.cells if cell.column in segment.columns]


def _looks_loose(cells: Sequence[Cell], given: Placement) -> bool:
    if any(cell.doubt and cell.doubt.startswith(_DROPPED) for cell in cells):
        return True
    return given == tuple(range(len(given)))


def _decided(
    lines: Sequence[_Line], segment: Segment, known: Mapping[int, int], table: Table
) -> list[_Line]:
    """The loose lines with their cells in the columns decided on, or marked."""
    domains = _domains(lines, segment, known)
    overall = None
    if segment.has_overall:
        overall = [line.values[0] if line.given[0] == 0 else 0 for line in lines]
    puzzle = Puzzle(
        figures=tuple(line.values for line in lines),
        width=len(segment.columns),
        domains=tuple(domain or None for domain in domains),
        sums=row_sums([line.row for line in lines], overall),
    )
    solution = solve(puzzle)
    return [
        _settled(line, _outcome(line, at, domains[at], solution), segment, table)
        for at, line in enumerate(lines)
        if line.is_loose
    ]


def _domains(
    lines: Sequence[_Line], segment: Segment, known: Mapping[int, int]
) -> list[Domain | None]:
    """The placements that each line's own figures and the known facts leave it.

    Facts that leave a line nothing contradict the table and are not used.
    """
    alone = [_domain(line, segment, ()) for line in lines]
    if not known:
        return alone
    never_negative = all(value >= 0 for line in lines for value in line.values)
    closed = [at for at, value in known.items() if value == 0] if never_negative else []
    told = [
        _telling(_domain(line, segment, closed), line, known)
        if line.row.role == "total"
        else _domain(line, segment, closed)
        for line in lines
    ]
    if any(before and not after for before, after in zip(alone, told, strict=True)):
        return alone
    return told


def _domain(line: _Line, segment: Segment, closed: Collection[int]) -> Domain | None:
    if not line.is_loose:
        return (line.given,)
    return placements(line.values, len(segment.columns), segment.sums, closed)


def _telling(domain: Domain | None, line: _Line, known: Mapping[int, int]) -> Domain | None:
    """The placements of a total row that have the known values where they are known."""
    if domain is None or not line.is_loose:
        return domain
    return tuple(
        placement
        for placement in domain
        for cells in [dict(zip(placement, line.values, strict=True))]
        if all(cells.get(at, 0) == value for at, value in known.items())
    )


@dataclass(frozen=True, slots=True)
class _Outcome:
    """Where a line's figures are put, where else they may stand, and why it is open."""

    placement: Placement
    domain: Domain
    reason: str


def _outcome(line: _Line, at: int, alone: Domain | None, solution: Solution) -> _Outcome:
    is_disputed = at in solution.disputed
    left = alone if is_disputed else solution.domains[at]
    return _Outcome(
        placement=solution.example[at] or line.given,
        domain=left or (),
        reason=_reason(alone, is_disputed, solution.unfinished),
    )


def _settled(line: _Line, outcome: _Outcome, segment: Segment, table: Table) -> _Line:
    cells = []
    for number, cell in enumerate(line.cells):
        chosen = outcome.placement[number]
        possible = {placement[number] for placement in outcome.domain}
        moved = replace(cell, column=segment.columns[chosen])
        if possible == {chosen}:
            cells.append(_certain(moved))
            continue
        others = [segment.columns[other] for other in sorted(possible - {chosen})]
        cells.append(_doubtful(moved, outcome.reason + _named(others, segment, table)))
    return replace(line, cells=tuple(cells))


def _reason(alone: Domain | None, is_disputed: bool, is_unfinished: bool) -> str:
    if alone is None:
        return f"{_DROPPED}，可能的排法过多，未能逐一核对，所在栏按次序暂定"
    if not alone:
        return f"{_DROPPED}，且各栏合计与明细不符，所在栏按次序暂定"
    if is_disputed:
        return f"{_DROPPED}，且与表内上下级合计数不符，所在栏暂定"
    if is_unfinished:
        return f"{_DROPPED}，勾稽关系未能全部核对，所在栏暂定"
    return f"{_DROPPED}，表内勾稽关系不能确定所在栏"


def _named(others: Sequence[int], segment: Segment, table: Table) -> str:
    if not others:
        return ""
    names = [_name(column, segment, table) for column in others]
    listed = "".join(f"“{name}”" for name in names[:MOST_NAMED])
    more = f"等{len(names)}栏" if len(names) > MOST_NAMED else "栏"
    return f"：也可能属于{listed}{more}"


def _name(column: int, segment: Segment, table: Table) -> str:
    """The column's header below what all columns of the segment share."""
    paths = [table.columns[other].path for other in segment.columns]
    path = table.columns[column].path
    shared = 0
    while shared < len(path) - 1 and len({other[: shared + 1] for other in paths}) == 1:
        shared += 1
    return "／".join(path[shared:]) or f"第{column + 1}栏"


def _certain(cell: Cell) -> Cell:
    if cell.doubt and cell.doubt.startswith(_DROPPED):
        return replace(cell, certain=True, doubt=None)
    return cell


def _doubtful(cell: Cell, doubt: str) -> Cell:
    if cell.doubt and not cell.doubt.startswith(_DROPPED):
        doubt = f"{cell.doubt}；{doubt}"
    return replace(cell, certain=False, doubt=doubt)


def _with_cells(row: Row, segment: Segment, moved: Sequence[Cell]) -> Row:
    """The row with its cells in the segment replaced, cells in the order of columns."""
    others = [cell for cell in row.cells if cell.column not in segment.columns]
    return replace(row, cells=tuple(sorted([*others, *moved], key=lambda cell: cell.column)))
