"""Many records in one statement."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TypeVar

from sqlite_utils import Database

_ASKED_AT_ONCE = 500  # values in one IN (…); the oldest SQLite allows 999

Value = TypeVar("Value")


def insert(
    db: Database, table: str, columns: tuple[str, ...], records: Iterable[tuple[object, ...]]
) -> None:
    """Insert ``records``, each the values of ``columns`` in order.

    Not by sqlite-utils' ``insert_all``: a disclosure has thousands of cells, and this takes
    40 % of its time.
    """
    names, placeholders = ", ".join(columns), ", ".join("?" * len(columns))
    sql = f"INSERT INTO {table} ({names}) VALUES ({placeholders})"  # noqa: S608
    db.conn.executemany(sql, records)


def next_key(db: Database, table: str, column: str = "key") -> int:
    """The integer after the largest in the column; 1 in an empty table."""
    (last,) = db.execute(f"SELECT coalesce(max({column}), 0) FROM {table}").fetchone()  # noqa: S608
    return int(last) + 1


def batches(values: Sequence[Value]) -> Iterator[tuple[str, Sequence[Value]]]:
    """The values in runs short enough for one ``IN (…)``, each with its placeholders."""
    for start in range(0, len(values), _ASKED_AT_ONCE):
        some = values[start : start + _ASKED_AT_ONCE]
        yield ", ".join("?" * len(some)), some
