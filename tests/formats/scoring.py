"""How much of the expected tables an extraction gives again."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from archive.model import Disclosure, Table
from samples.expected import ExpectedTable, Path

RowKey = tuple[object, ...]
CellKey = tuple[int | None, RowKey, Path, str]


@dataclass(frozen=True, slots=True)
class Score:
    """Counts of one format; ``wrong`` lists found cells that are not expected.

    ``sure`` holds those of ``wrong`` that the extraction does not mark as doubtful.
    """

    expected: int
    found: int
    hits: int
    doubtful: int
    lost: tuple[str, ...]
    wrong: tuple[str, ...]
    sure: tuple[str, ...]

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall."""
        return 2 * self.hits / (self.expected + self.found) if self.found else 0.0


def score(expected: Sequence[ExpectedTable], disclosure: Disclosure) -> Score:
    """Compare cells by table, row (side, code, label, project, role, ordinal), column, text.

    A row counts as a cell too, so that one without figures is not forgotten; so does a
    table with its title and unit.
    """
    wanted = Counter(key for table in expected for key in _expected(table))
    given: Counter[CellKey] = Counter()
    certain: dict[CellKey, bool] = {}
    for table in disclosure.tables:
        for key, sure in _found(table):
            given[key] += 1
            certain[key] = sure
    hits = wanted & given
    wrong = given - hits
    return Score(
        expected=wanted.total(),
        found=given.total(),
        hits=hits.total(),
        doubtful=sum(not sure for sure in certain.values()),
        lost=tuple(map(str, wanted - hits)),
        wrong=tuple(map(str, wrong)),
        sure=tuple(str(key) for key in wrong if certain[key]),
    )


def _expected(table: ExpectedTable) -> Iterator[CellKey]:
    yield _head(table.number, table.title, table.unit, table.declared_empty)
    seen: Counter[RowKey] = Counter()
    for row in table.rows:
        key = _row(seen, row.side, row.code, row.label, row.project, row.role)
        yield table.number, key, (), ""
        for column, printed in row.cells.items():
            yield table.number, key, table.columns[column], _bare(printed)


def _found(table: Table) -> Iterator[tuple[CellKey, bool]]:
    yield _head(table.number, table.title, table.unit, table.declared_empty), True
    seen: Counter[RowKey] = Counter()
    for row in sorted(table.rows, key=lambda row: row.line):
        key = _row(seen, row.side, row.code, row.label, row.project, row.role)
        yield (table.number, key, (), ""), all(cell.certain for cell in row.cells)
        for cell in row.cells:
            if table.columns[cell.column].role == "amount":
                path = table.columns[cell.column].path
                yield (table.number, key, path, _bare(cell.printed)), cell.certain


def _head(number: int | None, title: str, unit: str | None, empty: bool) -> CellKey:
    return number, (_bare(title), unit, empty), (), ""


def _row(seen: Counter[RowKey], *fields: object) -> RowKey:
    key = tuple(_bare(field) if isinstance(field, str) else field for field in fields)
    seen[key] += 1
    return (*key, seen[key])


def _bare(text: str) -> str:
    return "".join(text.split())
