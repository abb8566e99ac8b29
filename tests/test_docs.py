"""What the documents name is there: files, modules, names of the code, commands, links."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import click
import pytest

ROOT = Path(__file__).parents[1]
DOCUMENTS = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/*.md"), ROOT / "archive/data/README.md"])
FOLDERS = (
    "", "archive", "archive/data", "archive/store", "indexer", "indexer/readers/pdf",
    "samples/files", "tests/indexer/checks",
)  # fmt: skip
"""Where a path may begin that a document names."""

QUOTED = re.compile(r"`([^`\n]+)`")
FILE = re.compile(r"[\w./*-]*\w/|[\w./*-]+\.(?:py|md|toml|csv|html|svg|txt|js|css)")
LINK = re.compile(r"\]\((?!https?:)([^)#]+)")
COMMAND = re.compile(r"python app\.py(?: --archive \S+)? ([a-z][a-z-]*)")
NAME = re.compile(r"\.?[A-Z][A-Za-z]+(?:\.\w+)*")
MADE = ("var/", "originals/", "uploads/", ".venv/", "uploads.jsonl", "TSCharacters.txt")
"""What an archive, a set-up or another project makes."""


def relative(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@cache
def code() -> str:
    folders = ("archive", "indexer", "web", "cli")
    return "\n".join(
        path.read_text(encoding="utf-8")
        for folder in folders
        for path in sorted((ROOT / folder).rglob("*.py"))
    )


@pytest.mark.parametrize("path", DOCUMENTS, ids=relative)
def test_files_that_a_document_names_are_there(path: Path) -> None:
    quoted = QUOTED.findall(path.read_text(encoding="utf-8"))
    files = [name for name in quoted if FILE.fullmatch(name) and not name.startswith(("/", *MADE))]
    begins = [ROOT / folder for folder in FOLDERS]
    assert {name for name in files if not any(any(at.glob(name)) for at in begins)} == set()


@pytest.mark.parametrize("path", DOCUMENTS, ids=relative)
def test_links_of_a_document_lead_somewhere(path: Path) -> None:
    links = LINK.findall(path.read_text(encoding="utf-8"))
    assert {link for link in links if not (path.parent / link).exists()} == set()


@pytest.mark.parametrize("path", DOCUMENTS, ids=relative)
def test_commands_that_a_document_names_are_there(path: Path) -> None:
    from app import main

    named = set(COMMAND.findall(path.read_text(encoding="utf-8")))
    assert named - set(main.list_commands(click.Context(main))) == set()


def test_names_in_the_glossary_are_those_of_the_code() -> None:
    told = (ROOT / "docs" / "glossary.md").read_text(encoding="utf-8")
    names = [name for name in QUOTED.findall(told) if NAME.fullmatch(name)]
    assert len(names) > 20
    words = {word for name in names for word in name.strip(".").split(".")}
    assert {word for word in words if not re.search(rf"\b{word}\b", code())} == set()
