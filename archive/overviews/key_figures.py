"""The figures of a disclosure that people ask for: totals, basic and project, 三公.

Which figures, and in which forms, rows and columns they stand, is data:
``archive/data/key_figures.toml``.  A figure that the document does not print is absent; a
cell that it leaves blank is there without an amount.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Literal

from archive.addresses import column_ids
from archive.fold import fold
from archive.model import Cell, Column, Document, Row, Side, Table

Group = Literal["totals", "split", "three"]
DATA = "key_figures.toml"

_YEAR = re.compile(r"(?:19|20)\d\d年?(?:度)?")
_NUMBERING = re.compile(r"^(?:其中:)?(?:\(?[一二三四五六七八九十\d]+[)、.．])*(?:其中:)?")


@dataclass(frozen=True, slots=True)
class Rule:
    """A place where a figure may stand; see the data file."""

    forms: tuple[str, ...]
    side: Side | None
    rows: tuple[str, ...]
    columns: tuple[str, ...]
    without: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Wanted:
    """A figure that people ask for."""

    name: str
    title: str
    group: Group
    places: tuple[Rule, ...]


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure as a document prints it.

    ``table``, ``row`` and ``column`` are the ids of its permalink.  ``printed`` is empty and
    ``fen`` ``None`` where the cell is blank; ``fen`` is ``None`` for a dash too.
    """

    printed: str
    unit: str | None
    fen: int | None
    certain: bool
    doubt: str | None
    table: str
    row: str
    column: str


@dataclass(frozen=True, slots=True)
class _Measures:
    whole: tuple[str, ...]
    accounts: tuple[str, ...]
    others: tuple[str, ...]


@cache
def wanted() -> tuple[Wanted, ...]:
    """All figures, in the order in which they are shown."""
    return tuple(
        Wanted(record["name"], record["title"], record["group"],
               tuple(_rule(place) for place in record["place"]))
        for record in _data()["figure"]
    )  # fmt: skip


def key_figures(document: Document, tables: Sequence[Table]) -> dict[str, Figure]:
    """The figures that a document's tables print, by name, in the order of :func:`wanted`."""
    found = {one.name: _figure(one, document, tables) for one in wanted()}
    return {name: figure for name, figure in found.items() if figure}


@cache
def functional_forms() -> tuple[str, ...]:
    """The forms that print the general budget by functional item."""
    return tuple(_data()["functional"]["forms"])


def whole_column(document: Document, table: Table, row: Row) -> int | None:
    """The column of the amount that tells the whole of a row, ``None`` where it is undecided."""
    return _whole(_own_columns(document, table, row.side), table)


def figure_at(table: Table, row: Row, column: int) -> Figure:
    """The figure in a row and column of a table, blank where no cell is printed."""
    cell = next((cell for cell in row.cells if cell.column == column), Cell(column, ""))
    return Figure(
        printed=cell.printed,
        unit=table.unit,
        fen=cell.fen,
        certain=cell.certain,
        doubt=cell.doubt,
        table=table.id,
        row=row.id,
        column=column_ids(column.path for column in table.columns)[column],
    )


def _figure(one: Wanted, document: Document, tables: Sequence[Table]) -> Figure | None:
    for rule in one.places:
        for table in tables:
            if table.form in rule.forms and not table.declared_empty:
                found = _found(rule, document, table)
                if found:
                    return figure_at(table, *found)
    return None


def _found(rule: Rule, document: Document, table: Table) -> tuple[Row, int] | None:
    row = _named_row(rule, table) if rule.rows else _total_row(table)
    if row is None:
        return None
    columns = _own_columns(document, table, row.side)
    column = _named_column(rule, table, columns) if rule.columns else _whole(columns, table)
    return (row, column) if column is not None else None


def _named_row(rule: Rule, table: Table) -> Row | None:
    """The first row of the best label."""
    for word in rule.rows:
        for row in table.rows:
            label = _NUMBERING.sub("", fold(row.label))
            fits = word in label and not any(other in label for other in rule.without)
            if fits and row.side == rule.side:
                return row
    return None


def _total_row(table: Table) -> Row | None:
    """The row of the table's total, or its only row; ``None`` where several are totals."""
    totals = [row for row in table.rows if row.total and row.side is None]
    if len(totals) > 1:
        exact = [row for row in totals if fold(row.label) in ("合计", "总计")]
        return exact[0] if exact else None
    if totals:
        return totals[0]
    return table.rows[0] if len(table.rows) == 1 and table.rows[0].side is None else None


def _amounts(table: Table, side: Side | None) -> list[int]:
    """The columns of amounts, in a side-by-side table those of that half."""
    amounts = [at for at, column in enumerate(table.columns) if column.role == "amount"]
    if side is None:
        return amounts
    half = [cell.column for row in table.rows if row.side == side for cell in row.cells]
    return [at for at in amounts if half and min(half) <= at <= max(half)]


def _own_columns(document: Document, table: Table, side: Side | None) -> list[int]:
    """Those of the document's own year, and of its accounts where it prints the budget too."""
    some = _amounts(table, side)
    texts = {at: fold("/".join(table.columns[at].path)) for at in some}
    kept = [at for at in some if not any(word in texts[at] for word in _measures().others)]
    year = str(document.fiscal_year)
    if len({match for at in kept for match in _YEAR.findall(texts[at])}) > 1:
        kept = [at for at in kept if year in texts[at] or not _YEAR.search(texts[at])]
    if document.kind.endswith("决算"):
        accounts = [at for at in kept if any(w in texts[at] for w in _measures().accounts)]
        kept = accounts or kept
    return kept


def _whole(columns: Sequence[int], table: Table) -> int | None:
    """The column of the whole: the one named so (合计), or the only one."""
    if len(columns) == 1:
        return columns[0]
    for word in _measures().whole:
        named = [at for at in columns if _measure(table.columns[at]) == word]
        outermost = [at for at in named if not _has_parts(at, columns, table)]
        if len(named) == 1 or len(outermost) == 1:
            return (named if len(named) == 1 else outermost)[0]
        if named:
            return min(named, key=lambda at: (len(table.columns[at].path), at))
    return None


def _has_parts(at: int, columns: Sequence[int], table: Table) -> bool:
    path = table.columns[at].path
    return any(other != at and table.columns[other].path[: len(path)] == path for other in columns)


def _named_column(rule: Rule, table: Table, columns: Sequence[int]) -> int | None:
    for word in rule.columns:
        for at in columns:
            name = _name(table.columns[at])
            fits = word in name if word else not name
            if fits and not any(other in name for other in rule.without):
                return at
    return None


def _measure(column: Column) -> str:
    return _YEAR.sub("", fold(column.path[-1])) if column.path else ""


def _name(column: Column) -> str:
    """What a column tells of: its innermost header text that is no measure."""
    for text in reversed(column.path):
        name = _NUMBERING.sub("", _YEAR.sub("", fold(text)))
        if name and name not in _measures().whole:
            return name
    return ""


def _rule(place: dict[str, Any]) -> Rule:
    return Rule(
        forms=tuple(place["forms"]),
        side=place.get("side"),
        rows=tuple(_folded(place.get("rows", ()))),
        columns=tuple(_folded(place.get("columns", ()))),
        without=tuple(_folded(place.get("without", ()))),
    )


def _folded(words: Iterable[str]) -> Iterator[str]:
    return (fold(word) for word in words)


@cache
def _measures() -> _Measures:
    words = _data()["measures"]
    return _Measures(
        whole=tuple(_folded(words["whole"])),
        accounts=tuple(_folded(words["accounts"])),
        others=tuple(_folded(words["others"])),
    )


@cache
def _data() -> dict[str, Any]:
    text = files("archive").joinpath("data", DATA).read_text(encoding="utf-8")
    return tomllib.loads(text)
