"""The benches run and print their tables; what they measure is the machine's affair."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from bench import extract, ingest
from bench.documents import FORMATS, long, varied
from indexer.extract import extract as read_all


def rows_of(output: str) -> list[list[str]]:
    """The body rows of the markdown tables in an output."""
    lines = [line for line in output.splitlines() if line.startswith("|")]
    cells = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]
    heads = [at - 1 for at, row in enumerate(cells) if row[0] == "---"]
    return [row for at, row in enumerate(cells) if at not in heads and row[0] != "---"]


@pytest.mark.parametrize("command", [extract.main, ingest.main])
def test_help(command: extract.click.Command) -> None:
    shown = CliRunner().invoke(command, ["--help"])
    assert shown.exit_code == 0
    assert "--repeat" in shown.output


def test_extract_measures_every_tool_and_format(tmp_path: Path) -> None:
    command = ["--pages", "2", "--repeat", "1", "--real", str(tmp_path)]
    formats = [part for name in ("pdf", "txt") for part in ("--format", name)]
    done = CliRunner().invoke(extract.main, [*command, *formats], catch_exceptions=False)
    side, pdf, txt = rows_of(done.output)
    assert (side[0], pdf[:3], txt[:3]) == (
        "generated-2",
        ["pdf", "2", "26"],
        ["txt", "2", "26"],
    )
    assert len(side) == len(extract.SIDE_HEAD)
    assert all(re.fullmatch(r"[\d.]+", cell) for row in (side[1:], pdf[3:]) for cell in row)


def test_ingest_measures_files_and_memory() -> None:
    command = ["--copies", "2", "--workers", "1", "--repeat", "1", "--format", "txt"]
    done = CliRunner().invoke(ingest.main, command, catch_exceptions=False)
    ((format_, files, _, speed, parent, worker),) = rows_of(done.output)
    assert (format_, files) == ("txt", "2")
    assert min(map(float, (speed, parent, worker))) > 0


@pytest.mark.parametrize("name", FORMATS)
def test_generated_documents_say_the_same_in_every_format(name: str) -> None:
    found = read_all(FORMATS[name](long(2)), "a")
    (table,) = found.tables
    figures = {cell.column: cell.printed for cell in table.rows[3].cells if cell.column > 3}
    assert figures == {4: "214.00", 5: "121.00", 7: "3.00"}, "the blank one stays blank"
    assert len(table.rows) == 26
    assert not found.problems


@pytest.mark.parametrize("name", FORMATS)
def test_variations_differ_in_agency_and_figures(name: str) -> None:
    one, other = (read_all(varied(name, number), "a") for number in (6, 12))
    assert one.document.agency != other.document.agency
    assert one.document.fiscal_year != other.document.fiscal_year
    assert len(one.tables) == len(other.tables) > 3
