"""The real disclosures: all that an auditor listed is found, and no other 差错 is told."""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

from archive.model import Disclosure, Finding
from indexer.extract import extract

LIST = Path(__file__).parent / "real_findings.toml"
SAMPLES = Path(__file__).parents[3] / "samples" / "files"


@dataclass(frozen=True, slots=True)
class Expected:
    file: str
    severity: str
    rule: str
    figures: tuple[str, ...]


def listed() -> list[Expected]:
    entries = tomllib.loads(LIST.read_text(encoding="utf-8"))["finding"]
    return [Expected(e["file"], e["severity"], e["rule"], tuple(e["figures"])) for e in entries]


@cache
def read(path: Path) -> Disclosure:
    return extract(path.read_bytes(), path.name)


def disclosures(folder: Path) -> dict[str, Disclosure]:
    return {path.stem: read(path) for path in sorted(folder.glob("*/*"))}


def meets(finding: Finding, expected: Expected) -> bool:
    said = finding.message + finding.expected + finding.found
    said += "".join(place.quote for place in finding.places)
    same = (finding.rule, finding.severity) == (expected.rule, expected.severity)
    return same and all(figure in said for figure in expected.figures)


@pytest.mark.real
@pytest.mark.parametrize("expected", listed(), ids=lambda e: f"{e.file}-{e.rule}-{e.figures[0]}")
def test_what_the_auditor_listed_is_found(real_disclosures: Path, expected: Expected) -> None:
    found = disclosures(real_disclosures)[expected.file].findings
    assert any(meets(finding, expected) for finding in found)


@pytest.mark.real
def test_no_error_is_told_beside_the_list(
    real_disclosures: Path, record_property: Callable[[str, object], None]
) -> None:
    record_property("report:checks", "tried  held  rounded  differed  undecidable  disclosure")
    false = []
    for name, disclosure in disclosures(real_disclosures).items():
        counts = disclosure.checks
        record_property(
            "report:checks",
            f"{sum(c.tried for c in counts):5}  {sum(c.held for c in counts):4}"
            f"  {sum(c.rounded for c in counts):7}  {sum(c.differed for c in counts):8}"
            f"  {sum(c.undecidable for c in counts):11}  {name}",
        )
        wanted = [e for e in listed() if e.file == name]
        false += [
            (name, f.rule, f.message)
            for f in disclosure.findings
            if f.severity == "差错" and not any(meets(f, e) for e in wanted)
        ]
    assert false == []


@pytest.mark.parametrize("path", sorted(SAMPLES.iterdir()), ids=lambda p: p.name)
def test_samples_have_no_error(path: Path) -> None:
    assert [f.message for f in read(path).findings if f.severity == "差错"] == []
