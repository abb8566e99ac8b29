"""The bench of rows runs and finds something in each class that must find."""

from __future__ import annotations

from pathlib import Path

from click.testing import CliRunner

from bench import rows


def test_rows_are_measured_and_a_filled_archive_is_used_again(tmp_path: Path) -> None:
    for _ in range(2):
        done = CliRunner().invoke(
            rows.main, ["--count", "3", "--folder", str(tmp_path)], catch_exceptions=False
        )
        assert done.output.startswith("3 disclosures, ")
        lines = [line.split("|") for line in done.output.splitlines() if line.startswith("|")]
        found = {line[1].strip(): int(line[3]) for line in lines[2:]}
        assert found.keys() == rows.classes().keys()
        assert found["common word"] > 0
        assert found["amounts alone"] > 0
