"""What a command loads before it does anything."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import click
import pytest

from app import main

ROOT = Path(__file__).parents[2]
LOADED = """import sys
from app import main
main.get_command(None, {command!r})
print(*(name for name in {heavy!r} if name in sys.modules))"""


@pytest.mark.parametrize(
    ("command", "heavy"),
    [
        (
            "ingest",
            [
                "flask",
                "web",
                "indexer.pipeline",
                "archive.archive",
                "numpy",
                "sqlite_utils",
                "tqdm",
            ],
        ),
        ("citations", ["flask", "web", "numpy", "whoosh", "sqlite_utils", "indexer"]),
        ("check", ["flask", "web", "jieba", "pypinyin", "indexer"]),
        ("serve", ["flask", "web", "openpyxl", "pypinyin"]),
    ],
)
def test_a_command_loads_what_it_needs(command: str, heavy: list[str]) -> None:
    script = LOADED.format(command=command, heavy=heavy)
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout.split() == []


def test_each_command_is_where_the_table_says() -> None:
    context = click.Context(main)
    commands = {name: main.get_command(context, name) for name in main.list_commands(context)}
    assert {name: found and found.name for name, found in commands.items()} == {
        name: name for name in commands
    }


def test_a_command_that_is_not_there_is_none() -> None:
    assert main.get_command(click.Context(main), "nothing") is None
