"""docs/query.md and its Chinese twin: every example finds what they say, over the samples."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from archive.query.tokens import FIELD_NAMES, OPERATORS

if TYPE_CHECKING:
    from archive.archive import Archive

DOCS = Path(__file__).parents[1] / "docs"
PAGES = ("query.md", "query.zh-CN.md")
FILE = re.compile(r"^\| ([A-Z]) \| `(.+)` \|$", re.M)
EXAMPLE = re.compile(r"^\| `(.+?)` \| .+ \| ([A-Z ]+|—) \|$", re.M)


def page(name: str) -> str:
    return (DOCS / name).read_text(encoding="utf-8")


def examples(name: str) -> list[tuple[str, str]]:
    found = EXAMPLE.findall(page(name))
    return [(query.replace("\\|", "|"), finds) for query, finds in found]


@pytest.mark.parametrize(("query", "finds"), examples("query.md"))
def test_an_example_finds_what_it_says(query: str, finds: str, sample_archive: Archive) -> None:
    from archive.search import search

    letters = {file: letter for letter, file in FILE.findall(page("query.md"))}
    found = search(sample_archive.store, sample_archive.engine, query, limit=100)
    hits = sorted(letters[hit.document.source_name] for hit in found.hits)
    assert " ".join(hits) == finds.replace("—", "")
    assert found.total == len(hits)


def test_both_pages_have_the_same_examples() -> None:
    english, chinese = map(examples, PAGES)
    assert english == chinese
    assert FILE.findall(page(PAGES[0])) == FILE.findall(page(PAGES[1]))


@pytest.mark.parametrize("name", PAGES)
def test_every_row_of_a_table_is_read_as_an_example(name: str) -> None:
    rows = [line for line in page(name).splitlines() if line.startswith("| `")]
    assert len(rows) == len(examples(name)) > 40


@pytest.mark.parametrize("name", PAGES)
def test_every_operator_and_field_is_told(name: str) -> None:
    text = page(name)
    assert {"OR", "或", "NOT", "非", "AND"} <= OPERATORS.keys()
    for operator in ("OR", "或", "NOT", "非", "AND", "|"):
        assert re.search(rf"`\\?{re.escape(operator)}`|`[^`]* {operator} [^`]*`", text), operator
    for field in set(FIELD_NAMES.values()):
        english = next(
            key for key, value in FIELD_NAMES.items() if value == field and key.isascii()
        )
        assert re.search(rf"`{english}:", text), field
