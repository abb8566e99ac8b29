"""The bench of document numbers runs and prints its tables, side by side."""

from __future__ import annotations

from pathlib import Path

from click.testing import CliRunner

from bench import citations


def test_both_finders_are_measured(tmp_path: Path) -> None:
    command = ["--megabytes", "0.01", "--citations", "500", "--real", str(tmp_path)]
    done = CliRunner().invoke(citations.main, command, catch_exceptions=False)
    assert done.exit_code == 0
    cells = [line.strip("| ").split(" | ") for line in done.output.splitlines() if "|" in line]
    scores = {name: (float(first), float(second)) for name, first, second in cells[2:4]}
    assert scores["this finder"] >= (0.995, 0.995)
    assert scores["naive expression"] < scores["this finder"]
    assert {"generated disclosures", "`《` repeated"} <= {row[0] for row in cells}
    assert cells[-1][0] == "a number, its first 50 citations"


def test_help() -> None:
    shown = CliRunner().invoke(citations.main, ["--help"])
    assert "--citations" in shown.output
