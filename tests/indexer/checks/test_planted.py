"""Clean disclosures of shapes unseen before, and errors planted in them one at a time."""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

from archive.model import Disclosure
from indexer.extract import extract

CLEAN = Path(__file__).parent / "clean"
PLANTED = Path(__file__).parent / "planted.toml"
FILES = sorted(CLEAN.glob("*.txt"))

WITHOUT_SOME_FORMS = (
    "audit-rounding-budget",
    "theatre-final-accounts",
    "units-in-blocks-budget",
)


@dataclass(frozen=True, slots=True)
class Plant:
    file: str
    old: str
    new: str
    quote: str
    after: str = ""
    missed: str = ""


def plants() -> list[Plant]:
    entries = tomllib.loads(PLANTED.read_text(encoding="utf-8"))["plant"]
    return [Plant(**entry) for entry in entries]


@cache
def clean(file: str) -> Disclosure:
    return extract((CLEAN / f"{file}.txt").read_bytes(), f"{file}.txt")


def planted(plant: Plant) -> Disclosure:
    text = (CLEAN / f"{plant.file}.txt").read_text(encoding="utf-8")
    at = text.index(plant.old, text.index(plant.after))
    wrong = text[:at] + plant.new + text[at + len(plant.old) :]
    return extract(wrong.encode(), f"{plant.file}.txt")


def quotes(plant: Plant) -> set[str]:
    """What new findings quote."""
    known = {finding.message for finding in clean(plant.file).findings}
    new = (f for f in planted(plant).findings if f.message not in known)
    return {place.quote for finding in new for place in finding.places}


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_clean_disclosure_has_no_error(path: Path) -> None:
    disclosure = clean(path.stem)
    assert [f.message for f in disclosure.findings if f.severity == "差错"] == []
    assert sum(count.held for count in disclosure.checks) >= 80
    asked = {"complete-forms"} if path.stem in WITHOUT_SOME_FORMS else set()
    assert {f.rule for f in disclosure.findings if f.severity == "提示"} == asked


@pytest.mark.parametrize("plant", plants(), ids=lambda p: f"{p.file}-{p.quote}")
def test_a_planted_error_is_named(plant: Plant) -> None:
    assert (plant.quote in quotes(plant)) is not bool(plant.missed)


def test_how_many_are_named(record_property: Callable[[str, object], None]) -> None:
    all_ = plants()
    told = sum(not plant.missed for plant in all_)
    record_property("report:planted", f"{told} of {len(all_)} planted errors are named")
    assert told >= 0.95 * len(all_)
