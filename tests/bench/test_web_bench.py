"""The bench of pages runs and prints its table; what it measures is the machine's affair."""

from __future__ import annotations

from pathlib import Path

from click.testing import CliRunner

from bench import web
from tests.bench.test_benches import rows_of


def test_every_kind_of_page_is_measured(tmp_path: Path) -> None:
    command = ["--disclosures", "6", "--repeat", "3", "--folder", str(tmp_path)]
    done = CliRunner().invoke(web.main, command, catch_exceptions=False)
    rows = {row[0]: row[1:] for row in rows_of(done.output)}
    assert {"home", "results: rows", "table", "figure", "policy", "compare"} <= rows.keys()
    assert all(float(value) >= 0 for row in rows.values() for value in row)
    assert all(float(row[0]) > 0 for row in rows.values())
