"""The proof of places: the original, sliced at a record's place, prints the record again."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

from archive.model import NOWHERE, Disclosure, Place
from indexer.extract import extract
from indexer.slices import Slicer, open_original, slice_text
from samples.make import FILES

SAMPLES = sorted(path.name for path in FILES.iterdir())
LINE_PLACES = "text/plain"
"""A place in a text is its lines, so that a slice holds the whole row."""
FEWEST_FOUND = 0.999


@dataclass(frozen=True, slots=True)
class Original:
    slicer: Slicer
    disclosure: Disclosure

    @property
    def by_lines(self) -> bool:
        return self.disclosure.document.media_type == LINE_PLACES

    def printed(self, place: Place) -> str:
        return bare(self.slicer.text(place))


def opened(path: Path) -> Original:
    data = path.read_bytes()
    disclosure = extract(data, path.name)
    return Original(open_original(data, disclosure.document.media_type), disclosure)


@cache
def sample(name: str) -> Original:
    return opened(FILES / name)


def bare(text: str) -> str:
    """The text without white space, in one width."""
    return "".join(unicodedata.normalize("NFKC", text).split())


def cells(original: Original) -> Iterator[tuple[str, str, Place]]:
    """Every cell: where it is, its text without white space, its place."""
    for table in original.disclosure.tables:
        for row in table.rows:
            for cell in row.cells:
                yield f"{table.id} {row.id} {cell.column}", bare(cell.printed), cell.place


def is_found(original: Original, text: str, place: Place) -> bool:
    printed = original.printed(place)
    return text in printed if original.by_lines else text == printed


@pytest.mark.parametrize("name", SAMPLES)
def test_every_cell_is_printed_at_its_place(name: str) -> None:
    original = sample(name)
    listed = list(cells(original))
    assert listed
    assert not [
        (where, text, original.printed(place))
        for where, text, place in listed
        if not is_found(original, text, place)
    ]


def covers(whole: str, part: str) -> bool:
    """Whether a slice holds a text; the lines of wrapped cells beside each other interleave."""
    return part in whole or not Counter(part) - Counter(whole)


@pytest.mark.parametrize("name", SAMPLES)
def test_a_row_covers_its_cells_and_a_table_its_rows(name: str) -> None:
    original = sample(name)
    for table in original.disclosure.tables:
        assert table.place != NOWHERE
        for row in table.rows:
            texts = [row.label, row.code or "", *(cell.printed for cell in row.cells)]
            printed = original.printed(row.place)
            assert all(covers(printed, bare(text)) for text in texts), (table.id, row.id)
            if row.place.page == table.place.page:
                whole = original.printed(table.place)
                assert all(covers(whole, bare(text)) for text in texts), (table.id, row.id)


@pytest.mark.parametrize("name", SAMPLES)
def test_every_section_is_printed_at_its_place(name: str) -> None:
    """A section that runs over a page or sheet keeps the place on its first one."""
    original = sample(name)
    for section in original.disclosure.sections:
        printed = original.printed(section.place)
        assert printed.startswith(bare(section.heading)), section.id
        if section.place.page is None and "!" not in (section.place.path or ""):
            assert all(bare(line) in printed for line in section.text.split("\n")), section.id


def test_a_single_slice_opens_the_original_itself() -> None:
    name = SAMPLES[0]
    data = (FILES / name).read_bytes()
    where, text, place = next(cells(sample(name)))
    media_type = sample(name).disclosure.document.media_type
    assert bare(slice_text(data, media_type, place)) == text, where


@pytest.mark.real
def test_places_in_the_real_disclosures(real_disclosures: Path) -> None:
    lines: list[str] = []
    lost: list[str] = []
    total = 0
    for path in sorted(real_disclosures.glob("*/*")):
        original = opened(path)
        listed = list(cells(original))
        wrong = [
            f"{path.stem}: {where}: {text!r} at {place}: {original.printed(place)!r}"
            for where, text, place in listed
            if not is_found(original, text, place)
        ]
        total += len(listed)
        lost += wrong
        lines.append(f"{path.stem}: {len(listed) - len(wrong)} of {len(listed)} cells")
    print("\n".join([*lines, *lost[:50]]))
    assert len(lost) <= (1 - FEWEST_FOUND) * total, lost[:20]
