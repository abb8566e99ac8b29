"""The README's tour, command by command: what it shows is what the commands print."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
BLOCK = re.compile(r"^```console\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def steps(name: str) -> list[tuple[str, str]]:
    """Every command of a README with the output printed below it."""
    found = []
    for block in BLOCK.findall((ROOT / name).read_text(encoding="utf-8")):
        for part in block.split("$ ")[1:]:
            command, _, output = part.partition("\n")
            found.append((command, output))
    return found


@pytest.mark.parametrize(
    ("name", "locale"), [("README.md", "C.UTF-8"), ("README.zh-CN.md", "zh_CN.UTF-8")]
)
def test_the_tour_shows_what_the_commands_print(name: str, locale: str, tmp_path: Path) -> None:
    environment = {**os.environ, "LC_ALL": locale, "PYTHONUTF8": "1"}
    tour = steps(name)
    assert len(tour) >= 4
    for command, expected in tour:
        words = shlex.split(command.replace("var/tour", str(tmp_path / "tour")))
        assert words[0] == "python"
        done = subprocess.run(
            [sys.executable, *words[1:]],
            cwd=ROOT,
            env=environment,
            capture_output=True,
            text=True,
            check=False,
            timeout=120,
        )
        assert done.returncode == 0, done.stderr
        assert done.stdout == expected, command


def test_both_readmes_name_the_same_commands() -> None:
    english = [command for command, _ in steps("README.md")]
    assert [command for command, _ in steps("README.zh-CN.md")] == english
