"""What an archive remembers of itself: a text under a name.

What is derived from the records notes here by which version of its rules and data it was
derived; opening the archive derives anew what another version has left.
"""

from __future__ import annotations

from sqlite_utils import Database


def read(db: Database, name: str) -> str | None:
    """What was set under that name, ``None`` when nothing was."""
    found: tuple[str] | None = db.execute(
        "SELECT value FROM facts WHERE name = ?", [name]
    ).fetchone()
    return found[0] if found else None


def all_of(db: Database) -> tuple[tuple[str, str], ...]:
    """Every name with what is set under it, by name."""
    return tuple(db.execute("SELECT name, value FROM facts ORDER BY name").fetchall())


def write(db: Database, name: str, value: str) -> None:
    """Set a text under a name, in the place of an earlier one; within a transaction."""
    db.execute("INSERT OR REPLACE INTO facts (name, value) VALUES (?, ?)", [name, value])
