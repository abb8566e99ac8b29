"""A thousand wrong figures: what a rule covers is reported, and the report names the cell."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

from archive.amounts import to_fen
from archive.model import Cell, Disclosure, Finding, Row, Table
from indexer.checks import checked
from indexer.extract import extract

SAMPLES = Path(__file__).parents[3] / "samples" / "files"
CHANGES = 1_000
SEED = 20_261_123
NEEDED = 0.95

Spot = tuple[Table, Row, Cell]


def spots(disclosure: Disclosure) -> list[Spot]:
    """Every certain amount of a table with a unit."""
    return [
        (table, row, cell)
        for table in disclosure.tables
        if table.unit
        for row in table.rows
        for cell in row.cells
        if cell.fen and cell.certain and table.columns[cell.column].role == "amount"
    ]


def changed(disclosure: Disclosure, spot: Spot, digit: Callable[[str], str]) -> Disclosure:
    """The disclosure with one figure printed otherwise."""
    table, row, cell = spot
    printed = digit(cell.printed)
    other = replace(cell, printed=printed, fen=to_fen(printed, table.unit))
    rows = replace(row, cells=tuple(other if c is cell else c for c in row.cells))
    tables = replace(table, rows=tuple(rows if r is row else r for r in table.rows))
    return replace(disclosure, tables=tuple(tables if t is table else t for t in disclosure.tables))


def one_digit(chance: random.Random) -> Callable[[str], str]:
    """A clerk's slip: one digit for another, at any place."""

    def slip(printed: str) -> str:
        places = [at for at, c in enumerate(printed) if c.isdigit()]
        at = chance.choice(places)
        least = 1 if at == 0 and len(places) > 1 else 0
        digits = [d for d in map(str, range(least, 10)) if d != printed[at]]
        return printed[:at] + chance.choice(digits) + printed[at + 1 :]

    return slip


def names(finding: Finding, spot: Spot) -> bool:
    table, row, cell = spot
    return any(
        place.target.id == table.id and place.target.row == row.id and place.column == cell.column
        for place in finding.places
    )


def clean() -> Iterator[Disclosure]:
    for path in sorted(SAMPLES.iterdir()):
        disclosure = extract(path.read_bytes(), path.name)
        assert not [f for f in disclosure.findings if f.severity == "差错"], path.name
        yield disclosure


def test_a_thousand_changes(record_property: Callable[[str, object], None]) -> None:
    chance = random.Random(SEED)
    samples = [(disclosure, spots(disclosure)) for disclosure in clean()]
    reported = named = 0
    for _ in range(CHANGES):
        disclosure, places = chance.choice(samples)
        spot = chance.choice(places)
        found = checked(changed(disclosure, spot, one_digit(chance)))
        new = [f for f in found.findings if f not in disclosure.findings]
        reported += bool(new)
        named += any(names(finding, spot) for finding in new)
    lines = ["changes  reported  names the cell", f"{CHANGES:7}  {reported:8}  {named:14}"]
    for line in lines:
        record_property("report:mutations", line)
    assert reported >= NEEDED * CHANGES
    assert named >= NEEDED * CHANGES
