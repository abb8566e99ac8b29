"""Never a miss: any part of a printed line is found, and a phrase only where it stands."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest

from archive.fold import fold
from archive.model import Disclosure, Table
from archive.query import Phrase, Term
from archive.search import MOST_PER_PAGE, search
from archive.segment import loosened

if TYPE_CHECKING:
    from archive.archive import Archive

SEED = 20261123
SUBSTRINGS = 5000
TYPED = 40
SHORTEST, LONGEST = 2, 8
TITLE = "what is printed is found"
HEAD = f"{'':14} | substrings | recall of words | recall of phrases | precision of phrases"


WHICH = pytest.mark.parametrize(
    "which", ["sample_archive", pytest.param("real_archive", marks=pytest.mark.real)]
)


@dataclass(frozen=True, slots=True)
class Printed:
    """The lines of a disclosure, read off its records without the engine's help."""

    id: str
    lines: tuple[str, ...]
    folded: str
    loose: str


def printed(disclosure: Disclosure) -> Printed:
    lines = tuple(line for text in _texts(disclosure) for line in text.splitlines())
    folded = [fold(line) for line in lines]
    loose = [loosened(line) for line in lines]
    return Printed(disclosure.document.id, lines, "\n".join(folded), "\n".join(loose))


def _texts(disclosure: Disclosure) -> Iterator[str]:
    yield disclosure.document.title
    for section in disclosure.sections:
        yield from (section.heading, section.text)
    for table in disclosure.tables:
        yield from _texts_of(table)
    for project in disclosure.projects:
        yield project.name
        for name, text in project.fields:
            yield from (name, text)
    for indicator in disclosure.indicators:
        value = f"{indicator.operator or ''}{indicator.value}{indicator.unit or ''}"
        yield from (indicator.level1, indicator.level2, indicator.name, value)
        yield indicator.basis or ""


def _texts_of(table: Table) -> Iterator[str]:
    yield table.title
    yield f"表{table.number}" if table.number is not None else ""
    yield f"单位：{table.unit}" if table.unit else ""
    yield from table.notes
    for column in table.columns:
        yield from column.path
    for row in table.rows:
        yield from (row.code or "", row.label, row.project or "")
        yield from (cell.printed for cell in row.cells)


def substrings(held: list[Printed], count: int) -> Iterator[str]:
    """So many parts of lines, as they stand there, of two to eight characters and blanks."""
    chosen = random.Random(SEED)
    lines = [line for one in held for line in one.lines if len(fold(line)) >= SHORTEST]
    while count:
        line = chosen.choice(lines)
        size = chosen.randint(SHORTEST, LONGEST)
        start = chosen.randint(0, max(len(line) - size, 0))
        part = line[start : start + size]
        if len(loosened(part)) >= SHORTEST:
            yield part
            count -= 1


def expected(held: list[Printed], part: str, *, phrase: bool) -> set[str]:
    if phrase:
        return {one.id for one in held if fold(part) in one.folded}
    return {one.id for one in held if loosened(part) in one.loose}


@WHICH
def test_every_part_of_a_line_is_found(
    which: str, request: pytest.FixtureRequest, record_property: Callable[[str, object], None]
) -> None:
    archive: Archive = request.getfixturevalue(which)
    held = [printed(archive.store.disclosure(id_)) for id_ in archive.store.document_ids()]
    lost, lost_phrases, wrong, hits = [], [], [], 0
    for part in substrings(held, SUBSTRINGS):
        if not expected(held, part, phrase=False) <= archive.engine.matching(Term(part)):
            lost.append(part)
        found, right = archive.engine.matching(Phrase(part)), expected(held, part, phrase=True)
        hits += len(found)
        lost_phrases += [part] * bool(right - found)
        wrong += [part] * len(found - right)
    recall, exact = 1 - len(lost) / SUBSTRINGS, 1 - len(lost_phrases) / SUBSTRINGS
    record_property(f"report:{TITLE}", HEAD)
    record_property(
        f"report:{TITLE}",
        f"{which:14} | {SUBSTRINGS:10} | {recall:15.4f} | {exact:17.4f} | "
        f"{1 - len(wrong) / hits:20.4f}",
    )
    assert not lost
    assert not lost_phrases
    assert not wrong


@WHICH
def test_every_part_of_a_line_is_found_by_typing_it(
    which: str, request: pytest.FixtureRequest
) -> None:
    archive: Archive = request.getfixturevalue(which)
    held = [printed(archive.store.disclosure(id_)) for id_ in archive.store.document_ids()]
    for part in substrings(held, TYPED):
        page = search(archive.store, archive.engine, part, limit=MOST_PER_PAGE)
        found = {hit.document.id for hit in page.hits}
        assert expected(held, part, phrase=False) <= found, part
