"""``app.py check``: exit statuses, what it prints, and that it stores what it finds."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from app import main
from archive.archive import Archive
from archive.store.findings import SEVERITIES
from indexer.checks.rules import RULES
from tests.wrong import AGENCY, wrong


def run(folder: Path, *arguments: str) -> Result:
    chosen = ["--archive", str(folder), "check", "--workers", "1", *arguments]
    return CliRunner(env={"LC_ALL": "zh_CN.UTF-8"}).invoke(main, chosen)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("check")
    wrong(folder).close()
    return folder / "archive"


@pytest.fixture(scope="module")
def ids(folder: Path) -> dict[bool, str]:
    """Of the wrong disclosure and of the right one."""
    with Archive.open(folder) as archive:
        return {document.agency == AGENCY: document.id for document in archive.store.documents()}


def test_it_fails_when_there_is_an_error(folder: Path, ids: dict[bool, str]) -> None:
    assert run(folder).exit_code == 1
    assert run(folder, ids[True]).exit_code == 1
    assert run(folder, ids[False]).exit_code == 0
    assert run(folder, ids[False], ids[True]).exit_code == 1


def test_it_tells_the_counts_and_the_findings(folder: Path, ids: dict[bool, str]) -> None:
    done = run(folder, ids[True])
    assert re.search(r"核对 \d+ 项，相符 \d+.*，差异 \d+，无法判定 \d+", done.output)
    with Archive.open(folder) as archive:
        graver = [f for f in archive.store.findings(ids[True]) if f.severity in SEVERITIES[:2]]
    assert graver
    assert all(f"{f.severity}  {f.rule}  {f.message}" in done.output for f in graver)


def test_every_rule_is_told_with_its_reason(folder: Path, ids: dict[bool, str]) -> None:
    told = run(folder, ids[False], "--rules").output
    for rule in RULES:
        assert re.search(rf"^ *{rule.id} +(核对 \d+，|不适用：.+)", told, re.M)


def test_json_is_that_of_the_record(folder: Path, ids: dict[bool, str]) -> None:
    done = run(folder, ids[True], "--json")
    (only,) = json.loads(done.stdout)
    assert only["document"]["id"] == ids[True]
    assert {f["rule"] for f in only["findings"]} >= {"table-levels", "table-columns"}
    wanted = {"rule", "severity", "message", "expected", "found", "places"}
    assert all(wanted <= f.keys() and f["places"] for f in only["findings"])
    assert [count["rule"] for count in only["checks"]] == [rule.id for rule in RULES]


def test_findings_that_are_lost_come_back(folder: Path, ids: dict[bool, str]) -> None:
    with Archive.open(folder) as archive:
        known = archive.store.findings(ids[True])
        with archive.store.db.conn:
            archive.store.db.execute("DELETE FROM main.findings")
        assert archive.store.findings(ids[True]) == ()
    run(folder)
    with Archive.open(folder) as archive:
        assert archive.store.findings(ids[True]) == known


def test_an_unknown_document_is_an_error(folder: Path) -> None:
    done = run(folder, "000000000000")
    assert done.exit_code == 1
    assert "000000000000" in done.output
    assert "Traceback" not in done.output
