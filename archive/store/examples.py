"""Searches that are sure to find something in the archive at hand: what a visitor may try."""

from __future__ import annotations

from dataclasses import dataclass

from sqlite_utils import Database

from archive.amounts import FEN_PER_UNIT, spoken

LOW, HIGH = 100 * FEN_PER_UNIT["万元"], 500 * FEN_PER_UNIT["万元"]
_AMONG = 2_000
"""Names looked at, those first met: the most used of them will do, and it costs nothing."""


@dataclass(frozen=True, slots=True)
class Try:
    """A search to try: what is typed, the kind of results it opens, what the link says."""

    query: str
    said: str
    tab: str | None = None


def tries(db: Database) -> tuple[Try, ...]:
    """A project that many disclosures name, a number they rely on, a range of amounts."""
    found = (_project(db), _number(db), _amounts(db))
    return tuple(one for one in found if one)


def _project(db: Database) -> Try | None:
    sql = """
        SELECT text FROM (SELECT * FROM names ORDER BY id LIMIT ?)
         WHERE kind = 'project' ORDER BY uses DESC, length(text), text LIMIT 1
    """
    row = db.execute(sql, [_AMONG]).fetchone()
    return Try(row[0], row[0]) if row else None


def _number(db: Database) -> Try | None:
    sql = """
        SELECT normal FROM policies WHERE reliances > 0
         ORDER BY reliances DESC, normal LIMIT 1
    """
    row = db.execute(sql).fetchone()
    return Try(row[0], row[0]) if row else None


def _amounts(db: Database) -> Try | None:
    sql = "SELECT 1 FROM projects WHERE amount_fen BETWEEN ? AND ? LIMIT 1"
    if db.execute(sql, [LOW, HIGH]).fetchone() is None:
        return None
    low, high = (spoken(fen).removesuffix("元") for fen in (LOW, HIGH))
    return Try(f"金额:{low}..{high}", f"{low}到{high}的项目", "projects")
