"""Several disclosures side by side, one statutory form and one measure at a time.

Rows are aligned by side, code and label; a row that one disclosure does not have is told
apart from one whose figure is blank.  Nothing is converted but the unit: amounts are fen.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from archive.addresses import column_ids, row_path
from archive.fold import fold
from archive.model import Cell, Column, Disclosure, Document, Row, Side, Table

WHOLE = ("合计", "总计", "小计", "预算数", "决算数", "金额", "本年预算")
"""The measures that tell of a whole row, best first."""

_Key = tuple[Side | None, str, int]


@dataclass(frozen=True, slots=True)
class Change:
    """From one amount to the next: ``fen``, and per cent of the first where it is not 0."""

    fen: int
    percent: Decimal | None


@dataclass(frozen=True, slots=True)
class Value:
    """What one disclosure prints in a row.

    ``is_there`` says whether it has the row at all; ``fen`` is ``None`` for a blank or a
    dash.  ``change`` is that from the disclosure before.
    """

    is_there: bool
    printed: str
    fen: int | None
    certain: bool
    path: str | None
    change: Change | None


@dataclass(frozen=True, slots=True)
class ComparedRow:
    """A row of one or more of the disclosures; ``labels`` as printed, each spelling once."""

    side: Side | None
    code: str | None
    labels: tuple[str, ...]
    is_total: bool
    values: tuple[Value, ...]

    @property
    def label(self) -> str:
        """The first spelling of the label."""
        return self.labels[0]

    @property
    def is_whole(self) -> bool:
        """Whether every disclosure has the row."""
        return all(value.is_there for value in self.values)


@dataclass(frozen=True, slots=True)
class Comparison:
    """One form of several disclosures.

    ``tables`` holds for each document its table of that form or ``None``; ``measures`` what
    may be compared in it, ``measure`` what is, ``None`` for each row's whole.
    """

    form: str
    documents: tuple[Document, ...]
    tables: tuple[Table | None, ...]
    measures: tuple[str, ...]
    measure: str | None
    rows: tuple[ComparedRow, ...]

    @property
    def has_codes(self) -> bool:
        """Whether any row has a code."""
        return any(row.code for row in self.rows)


def compare(disclosures: Sequence[Disclosure], form: str, measure: str | None = None) -> Comparison:
    """The rows of one form in all the disclosures; an unknown form has no rows."""
    tables = tuple(_by_form(one).get(form) for one in disclosures)
    measures = _measures(tables)
    chosen = measure if measure in measures else None
    keyed = [dict(_keyed(table)) if table else {} for table in tables]
    rows = tuple(
        _row([(one.document, table, rows.get(key)) for one, table, rows in
              zip(disclosures, tables, keyed, strict=True)], chosen)
        for key in sorted(_in_order(keyed), key=_half)
    )  # fmt: skip
    documents = tuple(one.document for one in disclosures)
    return Comparison(form, documents, tables, measures, chosen, rows)


def change(before: int | None, after: int | None) -> Change | None:
    """From ``before`` to ``after`` in fen; ``None`` when either is not printed.

    Per cent to one place, halves away from zero, of the size of ``before``.
    """
    if before is None or after is None:
        return None
    difference = after - before
    if before == 0:
        return Change(difference, None)
    percent = Decimal(difference) * 100 / abs(before)
    return Change(difference, percent.quantize(Decimal("0.1"), ROUND_HALF_UP))


def _by_form(disclosure: Disclosure) -> dict[str, Table]:
    """The first table with amounts of every form; one without a form goes by its title."""
    found: dict[str, Table] = {}
    for table in disclosure.tables:
        has_amounts = any(cell.fen is not None for row in table.rows for cell in row.cells)
        if has_amounts:  # as archive.store.reading.read_forms tells it
            found.setdefault(table.form or table.title, table)
    return found


def _measures(tables: Iterable[Table | None]) -> tuple[str, ...]:
    leaves = (
        column.path[-1]
        for table in tables
        if table
        for column in table.columns
        if column.role == "amount" and column.path
    )
    return tuple(dict.fromkeys(leaves))


def _keyed(table: Table) -> Iterator[tuple[_Key, Row]]:
    """Each row with what it is aligned by, equals told apart by their order."""
    seen: Counter[tuple[Side | None, str]] = Counter()
    for row in table.rows:
        name = row.project or row.label
        what = "合计" if row.total and not row.code else f"{row.code or ''}{_project(row)}" or name
        key = (row.side, fold(what))
        seen[key] += 1
        yield (*key, seen[key]), row


def _project(row: Row) -> str:
    return f" {row.project}" if row.project else ""


def _half(key: _Key) -> bool:
    """Income before expenditure, which a table prints beside it."""
    return key[0] == "expenditure"


def _in_order(keyed: Sequence[dict[_Key, Row]]) -> list[_Key]:
    """All keys; one that only a later disclosure has stands after what precedes it there."""
    order: list[_Key] = []
    for rows in keyed:
        known = set(order)
        after: dict[_Key | None, list[_Key]] = {None: []}
        anchor: _Key | None = None
        for key in rows:
            if key in known:
                anchor = key
            else:
                after.setdefault(anchor, []).append(key)
        order = [*after[None], *(one for key in order for one in (key, *after.get(key, ())))]
    return order


def _row(
    found: Sequence[tuple[Document, Table | None, Row | None]], measure: str | None
) -> ComparedRow:
    values: list[Value] = []
    for document, table, row in found:
        before = values[-1].fen if values else None
        values.append(_value(document, table, row, measure, before))
    rows = [row for _, _, row in found if row]
    return ComparedRow(
        side=rows[0].side,
        code=rows[0].code,
        labels=tuple(dict.fromkeys(row.project or row.label or row.code or "" for row in rows)),
        is_total=rows[0].total,
        values=tuple(values),
    )


def _value(
    document: Document,
    table: Table | None,
    row: Row | None,
    measure: str | None,
    before: int | None,
) -> Value:
    if table is None or row is None:
        return Value(False, "", None, True, None, None)
    cell = _measured(table.columns, row, measure)
    if cell is None:
        return Value(True, "", None, True, row_path(document, table.id, row.id), None)
    column = column_ids(column.path for column in table.columns)[cell.column]
    path = row_path(document, table.id, row.id, column)
    return Value(True, cell.printed, cell.fen, cell.certain, path, change(before, cell.fen))


def _measured(columns: Sequence[Column], row: Row, measure: str | None) -> Cell | None:
    """The row's cell of that measure; without one the cell that tells of the whole row."""
    amounts = [cell for cell in row.cells if columns[cell.column].role == "amount"]
    leaves = {cell.column: (columns[cell.column].path or ("",))[-1] for cell in amounts}
    if measure is not None:
        return next((cell for cell in amounts if leaves[cell.column] == measure), None)
    for whole in WHOLE:
        for cell in amounts:
            if leaves[cell.column] == whole:
                return cell
    return amounts[0] if amounts else None
