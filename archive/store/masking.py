"""Mobile numbers masked in whatever is read, whoever reads it.

Each connection lays a temporary view of the same name over every table that keeps printed
text; SQLite prefers it to the table, so that all reading goes through it and no reader has to
think of it.  :func:`archive.store.connection.writing` lifts the views, since what is written
is what is printed.  Money keeps its digits: a cell with ``fen``, the parts of a project.

The views are left out when the fact :data:`archive.privacy.FACT` is ``yes``.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable

from sqlite_utils import Database

from archive.privacy import FACT, masked, may_hold_mobile_number
from archive.store import facts
from archive.store.places import dumps

_MAYBE = "length({0}) > 10 AND ({0} GLOB '*1[3-9３-９][0-9０-９]*' OR instr({0}, '１'))"
_HAS_NUL = "instr({0}, char(0))"  # behind which length and GLOB see nothing
_TEXT = f"CASE WHEN {_MAYBE} OR {_HAS_NUL} THEN shown({{0}}) ELSE {{0}} END"
"""SQLite looks before it calls Python: most texts hold no number."""
_LONG_TEXT = "shown({0})"
_JSON = "shown_json({0}, NULL)"
_QUOTE = "shown_quote({0})"

_COLUMNS: dict[str, dict[str, str]] = {
    "documents": {
        "title": _TEXT,
        "agency": _TEXT,
        "agency_read": _TEXT,
        "source_name": _TEXT,
        "problems": _JSON,
    },
    "labels": {"text": _TEXT, "folded": _TEXT},
    "captions": {"title": _TEXT, "form": _TEXT},
    "contents": {"text": _TEXT},
    "sections": {"heading": _TEXT, "text": _LONG_TEXT},
    "tables": {"title": _TEXT, "form": _TEXT, "unit": _TEXT, "columns": _JSON, "notes": _JSON},
    "cells": {
        "printed": f"CASE WHEN fen IS NULL THEN {_TEXT} ELSE {{0}} END",
        "doubt": f"CASE WHEN fen IS NULL THEN {_TEXT} ELSE {{0}} END",
    },
    "projects": {
        "agency": _TEXT,
        "period": _TEXT,
        "basis": _LONG_TEXT,
        "fields": "shown_json({0}, amount_printed)",
        "allocations": "shown_allocations({0})",
    },
    "indicators": {
        "project": _TEXT,
        "level1": _TEXT,
        "level2": _TEXT,
        "name": _TEXT,
        "value": _TEXT,
        "basis": _TEXT,
    },
    "citations": {"printed": _TEXT, "title": _TEXT},
    "findings": {
        "message": "shown_beside({0}, expected, found)",
        "expected": _QUOTE,
        "found": _QUOTE,
        "places": "shown_places({0})",
    },
    "checks": {"reasons": _JSON},
    "functional_amounts": {"label": _TEXT},
    "policy_titles": {"title": _TEXT},
    "reliers": {"name": _TEXT},
    "reliances": {"titles": _JSON},
    "agencies": {"name": _TEXT},
    "finding_agencies": {"agency": _TEXT},
    "policy_groups": {"agency": _TEXT},
    "failures": {"source_name": _TEXT, "reason": _TEXT},
}
"""Of each table the columns with printed text, and how they are read."""


def is_wanted(db: Database) -> bool:
    """Whether the archive masks mobile numbers, as it does unless told otherwise."""
    return facts.read(db, FACT) != "yes"


def lay(db: Database) -> None:
    """Lay the views over the tables, or lift them, as the archive's setting says."""
    if not is_wanted(db):
        lift(db)
    elif not _laid(db):
        _make_functions(db)
        for table, columns in _COLUMNS.items():
            names = [name for _, name, *_ in db.execute(f"PRAGMA main.table_info({table})")]
            if names:
                db.conn.execute(_view(table, names, columns))


def lift(db: Database) -> None:
    """Let the connection read what is printed."""
    for table in _laid(db):
        db.conn.execute(f"DROP VIEW temp.{table}")


def _laid(db: Database) -> list[str]:
    sql = "SELECT name FROM sqlite_temp_master WHERE type = 'view'"
    return [name for (name,) in db.conn.execute(sql).fetchall()]


def _view(table: str, names: Iterable[str], how: dict[str, str]) -> str:
    shown = (
        how[name].format(f'"{name}"') + f' AS "{name}"' if name in how else f'"{name}"'
        for name in names
    )
    return f"CREATE TEMP VIEW {table} AS SELECT {', '.join(shown)} FROM main.{table}"  # noqa: S608


def _make_functions(db: Database) -> None:
    functions: tuple[tuple[str, int, Callable[..., str | None]], ...] = (
        ("shown", 1, _shown),
        ("shown_json", 2, _shown_json),
        ("shown_quote", 1, _shown_quote),
        ("shown_beside", 3, _shown_beside),
        ("shown_places", 1, _shown_places),
        ("shown_allocations", 1, _shown_allocations),
    )
    for name, arguments, function in functions:
        db.conn.create_function(name, arguments, function, deterministic=True)


def _shown(text: str | None) -> str | None:
    return None if text is None else masked(text)


def _shown_json(text: str, amount: str | None) -> str:
    """Every text inside masked; an amount that is known keeps its digits."""
    if not may_hold_mobile_number(text):
        return text
    amounts = () if amount is None else (amount.strip(),)

    def walked(value: object) -> object:
        if isinstance(value, list):
            return [walked(part) for part in value]
        return masked(value, amounts) if isinstance(value, str) else value

    return dumps(walked(json.loads(text)))


def _shown_quote(text: str) -> str:
    """A finding's figure keeps its digits where it stands alone; prose is masked."""
    return text if text.strip().isdecimal() else masked(text)


def _shown_beside(message: str, *figures: str) -> str:
    return masked(message, [figure.strip() for figure in figures])


def _shown_places(text: str) -> str:
    places = json.loads(text)
    return dumps([[*place[:3], _shown_quote(place[3]), *place[4:]] for place in places])


def _shown_allocations(text: str) -> str:
    return dumps([[masked(name), *figures] for name, *figures in json.loads(text)])
