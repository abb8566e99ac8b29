"""Made-up disclosures of many provinces' shapes, whose figures are right: no 差错 in any."""

from __future__ import annotations

from pathlib import Path

import pytest

from indexer.extract import extract
from tests.indexer.shapes.notation import shape
from tests.indexer.shapes.render import RENDERERS, SUFFIXES

SHAPES = Path(__file__).parents[1] / "shapes"
NAMES = sorted(path.stem for path in SHAPES.glob("*.shape"))
PLAIN = sorted(path for path in SHAPES.iterdir() if path.suffix in (".txt", ".html"))


@pytest.mark.parametrize("format_", ["html", "dump"])
@pytest.mark.parametrize("name", NAMES)
def test_a_shape_has_no_error(name: str, format_: str) -> None:
    data = RENDERERS[format_](shape(name))
    assert errors(data, f"{name}.{SUFFIXES[format_]}") == []


@pytest.mark.parametrize("path", PLAIN, ids=lambda path: path.name)
def test_a_file_of_another_shape_has_no_error(path: Path) -> None:
    assert errors(path.read_bytes(), path.name) == []


def errors(data: bytes, name: str) -> list[str]:
    return [f.message for f in extract(data, name).findings if f.severity == "差错"]
