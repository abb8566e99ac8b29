"""What the other tables of a disclosure say of a table's columns.

The correspondences of the statutory forms (the 财政拨款结转 of the income table is a row of
the 收支总表; a fund whose spending table is declared empty pays for nothing elsewhere) are
data, in ``archive/data/column_facts.toml``.
"""

from __future__ import annotations

import re
import tomllib
from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache
from importlib.resources import files

from archive.amounts import FEN_PER_UNIT, plain, to_decimal
from archive.fold import fold
from archive.model import Cell, Column, Row, Table

_NUMBERING = re.compile(
    r"^(?:(?:[一二三四五六七八九十]+[、.,]|\((?:[一二三四五六七八九十]+|\d+)\)[、.,]?|\d+[、.,]?)(?=\D))?"
    r"(?:其中:)?"
)
"""A numeral of Chinese is a number only before a mark: 一般公共预算 begins with a word."""


MOST_HIDDEN = 2
"""Two rounded totals, and their difference, hide less than so many last places."""


@dataclass(frozen=True, slots=True)
class Fact:
    """The total of a column, in fen; 0 also where nothing is printed for it."""

    column: int
    fen: int

    def value(self, unit: str | None, places: int) -> int | None:
        """The total in the last printed place of a table; ``None`` in an unknown unit."""
        factor = FEN_PER_UNIT.get(unit or "")
        if factor is None:
            return None
        return int((Decimal(self.fen) / factor).scaleb(places).to_integral_value())


@dataclass(frozen=True, slots=True)
class _Rule(ABC):
    """Which column a rule speaks of; ``column`` is the end of its header path."""

    form: str
    column: tuple[str, ...]

    def is_of(self, column: Column) -> bool:
        """Whether the rule speaks of that column."""
        path = tuple(map(fold, column.path))
        return column.role == "amount" and path[-len(self.column) :] == self.column

    @abstractmethod
    def total(self, tables: Sequence[Table]) -> int | None:
        """The column's total in fen by what the other tables print, if they tell it."""


@dataclass(frozen=True, slots=True)
class _Printed(_Rule):
    """The total stands in the row ``label`` of the table of the form ``source``."""

    source: str
    label: str

    def total(self, tables: Sequence[Table]) -> int | None:
        source = _only(self.source, tables)
        if source is None:
            return None
        rows = [row for row in source.rows if _bare(row.label) == self.label]
        return _amount(rows[0], source) if len(rows) == 1 else None


@dataclass(frozen=True, slots=True)
class _Grand(_Rule):
    """The total is the grand total of the table of the form ``source``.

    Where ``equal`` names a further form, only if its table adds up to what the rule's own
    table does.
    """

    source: str
    equal: str | None

    def total(self, tables: Sequence[Table]) -> int | None:
        source, own = _only(self.source, tables), _only(self.form, tables)
        if source is None or own is None:
            return None
        if self.equal is not None:
            other = _only(self.equal, tables)
            total = _grand_total(own)
            if other is None or total is None or _grand_total(other) != total:
                return None
        return _grand_total(source)


@dataclass(frozen=True, slots=True)
class _Empty(_Rule):
    """The total is 0 when the table of the form ``source`` is empty."""

    source: str

    def total(self, tables: Sequence[Table]) -> int | None:
        source = _only(self.source, tables)
        return 0 if source is not None and _is_empty(source) else None


@dataclass(frozen=True, slots=True)
class _NothingLeft(_Rule):
    """The total is 0 when ``whole`` and ``part`` print the same total below ``header``.

    ``whole`` must be larger than ``part`` by what the rule's own table adds up to, else it
    does not hold that.  Equal totals may differ by what rounding hides, so nothing is
    told of a table with figures nearly as small as that.
    """

    whole: str
    part: str
    header: str

    def total(self, tables: Sequence[Table]) -> int | None:
        whole, part = _only(self.whole, tables), _only(self.part, tables)
        rest = _only(self.form, tables)
        if whole is None or part is None or rest is None:
            return None
        hidden = MOST_HIDDEN * max(_step(whole), _step(part))
        figures = [cell.fen for row in rest.rows for cell in _amounts(row, rest) if cell.fen]
        if not figures or min(figures) <= hidden or not _holds(whole, part, rest, hidden):
            return None
        below = (_total_below(self.header, whole), _total_below(self.header, part))
        return 0 if below[0] is not None and below[0] == below[1] else None


def _holds(whole: Table, part: Table, rest: Table, hidden: int) -> bool:
    """Whether the grand totals show that ``rest`` is in ``whole``, besides ``part``."""
    totals = [_grand_total(table) for table in (whole, part, rest)]
    known = [total for total in totals if total is not None]
    return len(known) == 3 and known[0] - known[1] >= known[2] - hidden


@cache
def _rules() -> tuple[_Rule, ...]:
    text = files("archive").joinpath("data/column_facts.toml").read_text(encoding="utf-8")
    data = tomllib.loads(text)
    rules: list[_Rule] = [
        _Printed(record["form"], _path(column), record["source"], fold(label))
        for record in data["total"]
        for column, label in record["columns"].items()
    ]
    rules += [
        _Grand(record["form"], _path(column), source, record.get("equal"))
        for record in data["grand"]
        for column, source in record["columns"].items()
    ]
    rules += [
        _Empty(form, _path(column), record["source"])
        for record in data["empty"]
        for form, column in record["columns"].items()
    ]
    rules += [
        _NothingLeft(record["form"], _path(column), record["whole"], record["part"], fold(header))
        for record in data["nothing_left"]
        for header, columns in record["columns"].items()
        for column in columns
    ]
    return tuple(rules)


def _path(text: str) -> tuple[str, ...]:
    return tuple(map(fold, text.split("/")))


def facts_of(table: Table, tables: Sequence[Table]) -> tuple[Fact, ...]:
    """What ``tables`` (all of one disclosure, ``table`` too) say of the table's columns.

    A correspondence is used only where it names one column and one source, and the source
    prints its figure with certainty; two that contradict each other are both dropped.
    """
    found: dict[int, set[int]] = {}
    for rule in _rules():
        if rule.form != table.form:
            continue
        columns = [at for at, column in enumerate(table.columns) if rule.is_of(column)]
        fen = rule.total(tables) if len(columns) == 1 else None
        if fen is not None:
            found.setdefault(columns[0], set()).add(fen)
    return tuple(Fact(at, fen.pop()) for at, fen in sorted(found.items()) if len(fen) == 1)


def last_place(table: Table) -> int:
    """How many decimals the table's finest figure has."""
    return max(
        (
            len(plain(cell.printed).rstrip(")").partition(".")[2])
            for row in table.rows
            for cell in _amounts(row, table)
            if to_decimal(cell.printed) is not None
        ),
        default=0,
    )


def _step(table: Table) -> int:
    """The last printed place of a table in fen, rounded up."""
    places: int = 10 ** last_place(table)
    return -(-FEN_PER_UNIT.get(table.unit or "", 0) // places)


def _only(form: str, tables: Sequence[Table]) -> Table | None:
    """The table of a form, when there is just one."""
    found = [table for table in tables if table.form == form]
    return found[0] if len(found) == 1 else None


def _total_below(header: str, table: Table) -> int | None:
    """The figure of the one total row in the one column with that innermost header."""
    columns = [
        at
        for at, column in enumerate(table.columns)
        if column.role == "amount" and column.path and fold(column.path[-1]) == header
    ]
    rows = [row for row in table.rows if row.role == "total"]
    if len(columns) != 1 or len(rows) != 1:
        return None
    cells = [cell for cell in _amounts(rows[0], table) if cell.column == columns[0]]
    return _amount(replace(rows[0], cells=tuple(cells)), table)


def _grand_total(table: Table) -> int | None:
    rows = [row for row in table.rows if row.role == "total"]
    return _amount(rows[0], table) if len(rows) == 1 else None


def _is_empty(table: Table) -> bool:
    amounts = [cell for row in table.rows for cell in _amounts(row, table)]
    if amounts:
        return all(cell.fen == 0 for cell in amounts)
    return table.declared_empty


def _amounts(row: Row, table: Table) -> list[Cell]:
    return [cell for cell in row.cells if table.columns[cell.column].role == "amount"]


def _amount(row: Row, table: Table) -> int | None:
    """The row's first amount; 0 when it has none, ``None`` when it is doubtful."""
    cells = _amounts(row, table)
    if not cells:
        return 0
    return cells[0].fen if cells[0].certain else None


def _bare(label: str) -> str:
    """The folded label without its number and 其中： in front."""
    return _NUMBERING.sub("", fold(label))
