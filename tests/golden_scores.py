"""Golden data against what the program read: facts, precision, recall.

Both sides are broken into facts, one for each thing that can be right or wrong.  A fact is
a tuple of what it is about and what it says, so that a missing and an unexpected fact can be
read side by side.
"""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass, replace

from tests.golden_format import Golden, GoldenRow, GoldenTable, squeezed

Fact = tuple[Hashable, ...]


@dataclass(frozen=True, slots=True)
class Score:
    """How many facts of one kind were expected, how many read, and which differ."""

    expected: int
    read: int
    missing: tuple[Fact, ...]
    unexpected: tuple[Fact, ...]

    @property
    def recall(self) -> float:
        return 1 - len(self.missing) / self.expected if self.expected else 1.0

    @property
    def precision(self) -> float:
        return 1 - len(self.unexpected) / self.read if self.read else 1.0

    @property
    def is_whole(self) -> bool:
        return not self.missing and not self.unexpected


@dataclass(frozen=True, slots=True)
class Facts:
    """The facts of one side, by kind; ``cells`` are those that are certain."""

    document: tuple[Fact, ...]
    headings: tuple[Fact, ...]
    tables: tuple[Fact, ...]
    headers: tuple[Fact, ...]
    rows: tuple[Fact, ...]
    cells: tuple[Fact, ...]
    doubtful: tuple[Fact, ...]
    projects: tuple[Fact, ...]
    indicators: tuple[Fact, ...]
    texts: tuple[Fact, ...]
    citations: tuple[Fact, ...]


KINDS = tuple(Facts.__dataclass_fields__)


def score(expected: Iterable[Fact], read: Iterable[Fact]) -> Score:
    """The score of one kind of facts; equal facts are counted."""
    wanted, found = Counter(expected), Counter(read)
    return Score(
        expected=wanted.total(),
        read=found.total(),
        missing=tuple((wanted - found).elements()),
        unexpected=tuple((found - wanted).elements()),
    )


def scores(golden: Golden, read: Golden) -> dict[str, Score]:
    """The score of each of :data:`KINDS`."""
    wanted, found = facts_of(golden), facts_of(as_listed(read, golden))
    return {kind: score(getattr(wanted, kind), getattr(found, kind)) for kind in KINDS}


def as_listed(read: Golden, golden: Golden) -> Golden:
    """What was read, without the records that the golden data do not list."""
    unlisted = {project.named[0] for project in golden.projects if project.fields is None}
    projects = (
        replace(project, fields=None) if project.named[0] in unlisted else project
        for project in read.projects
    )
    headings = None if golden.headings is None else read.headings
    return replace(read, headings=headings, projects=tuple(projects))


# ---- facts --------------------------------------------------------------------------------


def facts_of(golden: Golden) -> Facts:
    """Every fact of one side."""
    names = _numbered([table.title for table in golden.tables])
    named = list(zip(names, golden.tables, strict=True))
    rows = [(name, table, _row_keys(table.rows or ())) for name, table in named]
    return Facts(
        document=tuple(golden.document),
        headings=tuple(_numbered(golden.headings or ())),
        tables=tuple(
            (name, position, *field)
            for position, (name, table) in enumerate(named)
            for field in table.fields
        ),
        headers=tuple(
            (name, number, _folded(path))
            for name, table in named
            for number, path in enumerate(table.columns)
        ),
        rows=tuple(
            (name, key, "role", row.role)
            for name, table, keys in rows
            for key, row in zip(keys, table.rows or (), strict=True)
        ),
        cells=tuple(fact for name, table, keys in rows for fact in _cells(name, table, keys)),
        doubtful=tuple(fact for name, table, keys in rows for fact in _open(name, table, keys)),
        projects=tuple(_projects(golden)),
        indicators=tuple(_numbered(golden.indicators)),
        texts=(
            *_numbered(golden.texts),
            *((name, "notes", *table.notes) for name, table in named),
        ),
        citations=tuple(_numbered(golden.citations)),
    )


def _numbered(items: Sequence[Hashable]) -> list[Fact]:
    """Each item with its ordinal among its equals."""
    seen: Counter[Hashable] = Counter()
    numbered: list[Fact] = []
    for item in items:
        seen[item] += 1
        numbered.append((item, seen[item]))
    return numbered


def _row_keys(rows: Sequence[GoldenRow]) -> list[Fact]:
    return _numbered([(row.side, row.code, row.label, row.project) for row in rows])


def _folded(path: Sequence[str]) -> tuple[str, ...]:
    """Header texts in one width: a converter's brackets are not the document's."""
    return tuple(unicodedata.normalize("NFKC", squeezed(text) or "") for text in path)


def _cells(name: Hashable, table: GoldenTable, keys: Sequence[Fact]) -> Iterable[Fact]:
    paths = _numbered([_folded(path) for path in table.columns])
    for key, row in zip(keys, table.rows or (), strict=True):
        for number, printed, fen in row.cells:
            if number not in row.doubtful:
                yield (name, key, paths[number], printed, fen)


def _open(name: Hashable, table: GoldenTable, keys: Sequence[Fact]) -> Iterable[Fact]:
    """The doubtful figures; their column is what is open, so that it is no part of the fact."""
    for key, row in zip(keys, table.rows or (), strict=True):
        for number, printed, _ in row.cells:
            if number in row.doubtful:
                yield (name, key, printed)


def _projects(golden: Golden) -> Iterable[Fact]:
    for project in golden.projects:
        name = project.named[0][1]
        yield from ((name, *field) for field in project.named)
        yield (name, "citations", *project.citations)
        yield from ((name, "field", *field) for field in project.fields or ())
        yield (name, "parts", *project.parts)


# ---- order --------------------------------------------------------------------------------


def out_of_order(golden: Golden, read: Golden) -> list[str]:
    """The lists of records that hold the same things in another order than printed."""
    wanted, found = _order(golden), _order(as_listed(read, golden))
    return [
        name
        for name, keys in wanted.items()
        if keys != found.get(name, keys) and Counter(keys) == Counter(found[name])
    ]


def _order(golden: Golden) -> dict[str, Sequence[Hashable]]:
    """The keys of records as they follow; each half of a side-by-side table by itself."""
    found: dict[str, Sequence[Hashable]] = {
        "headings": golden.headings or (),
        "texts": golden.texts,
        "citations": golden.citations,
        "tables": [table.title for table in golden.tables],
        "projects": [project.named[0] for project in golden.projects],
        "indicators": golden.indicators,
    }
    names = _numbered([table.title for table in golden.tables])
    for name, table in zip(names, golden.tables, strict=True):
        for side in ("income", "expenditure", None):
            rows = [row for row in table.rows or () if row.side == side]
            found[f"{name} {side}"] = _row_keys(rows)
    return found
