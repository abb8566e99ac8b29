"""Entries to put into an engine."""

from __future__ import annotations

from dataclasses import replace

from archive.engine import Entry


def entry(identifier: str, **changed: object) -> Entry:
    blank = Entry(
        id=identifier,
        title="部门预算",
        names="",
        labels="",
        body="",
        citations=(),
        agency=None,
        region=None,
        fiscal_year=2024,
        kind="部门预算",
    )
    return replace(blank, **changed)  # type: ignore[arg-type]
