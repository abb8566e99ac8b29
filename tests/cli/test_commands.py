"""The commands: exit statuses, the record contract, messages in both languages."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from app import main
from archive.archive import Archive
from cli.language import is_chinese

SAMPLES = Path(__file__).parents[2] / "samples" / "files"
BUDGET = SAMPLES / "changji-sample-2024-budget.docx"
COMMANDS = ["ingest", "extract", "search", "show", "serve", "start", "reread", "reindex", "verify"]


def run(folder: Path, *arguments: str) -> Result:
    return CliRunner(env={"LC_ALL": "C.UTF-8"}).invoke(main, ["--archive", str(folder), *arguments])


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("cli") / "archive"
    done = run(folder, "ingest", str(BUDGET), "--workers", "1")
    assert done.exit_code == 0, done.output
    return folder


@pytest.fixture(scope="module")
def budget_id(folder: Path) -> str:
    with Archive.open(folder) as archive:
        return archive.store.documents()[0].id


@pytest.mark.parametrize("command", COMMANDS)
def test_help_shows_an_example(command: str, tmp_path: Path) -> None:
    shown = run(tmp_path, command, "--help")
    assert shown.exit_code == 0
    assert f"python app.py --archive var/archive {command}" in " ".join(shown.output.split())


@pytest.mark.parametrize(
    ("variables", "chinese"),
    [
        ({"LANG": "zh_CN.UTF-8"}, True),
        ({"LANG": "en_US.UTF-8"}, False),
        ({"LC_ALL": "C.UTF-8", "LANG": "zh_CN.UTF-8"}, False),
        ({"LC_MESSAGES": "zh_TW.UTF-8", "LANG": "en_US.UTF-8"}, True),
        ({}, False),
    ],
)
def test_language_follows_the_locale(variables: dict[str, str], chinese: bool) -> None:
    assert is_chinese(variables) == chinese


def test_extract_prints_the_record_and_stores_nothing(tmp_path: Path) -> None:
    done = run(tmp_path / "none", "extract", str(BUDGET), "--json")
    record = json.loads(done.stdout)
    assert not (tmp_path / "none").exists()
    assert record["document"]["agency"] == "昌吉市示例医疗保障局"
    assert record["document"]["kind"] == "部门预算"
    table = next(table for table in record["tables"] if table["number"] == 7)
    row = next(row for row in table["rows"] if row["project"] == "长期护理保险工作经费")
    assert (row["code"], row["total"], row["side"]) == ("2101599", False, None)
    cell = row["cells"][-2]
    assert (cell["printed"], cell["fen"], cell["certain"]) == ("10.00", 10_000_000, True)
    assert table["columns"][cell["column"]]["path"] == ["项目支出合计"]
    project = record["projects"][0]
    assert (project["amount_fen"], project["citations"]) == (10_000_000, ["人社厅发〔2016〕80号"])
    assert record["indicators"][0] | {"table": ""} == {
        "table": "",
        "project": "长期护理保险工作经费",
        "level1": "产出指标",
        "level2": "数量指标",
        "name": "失能评定人数",
        "operator": "≥",
        "value": "350",
        "unit": "人",
        "weight": "20",
        "basis": None,
    }
    assert {"printed", "normal", "title", "place"} <= record["citations"][0].keys()
    assert record["findings"] == []


def test_show_prints_what_extract_prints(folder: Path, budget_id: str, tmp_path: Path) -> None:
    shown = json.loads(run(folder, "show", budget_id, "--json").stdout)
    assert shown == json.loads(run(tmp_path, "extract", str(BUDGET), "--json").stdout)


def test_show_one_table(folder: Path, budget_id: str) -> None:
    text = run(folder, "show", f"any-slug-{budget_id}", "--table", "7").output
    assert "长期护理保险工作经费\t10.00" in text
    record = json.loads(run(folder, "show", budget_id, "--table", "表7", "--json").stdout)
    assert record["table"]["number"] == 7
    missing = run(folder, "show", budget_id, "--table", "99")
    assert missing.exit_code == 1
    assert "表1" in missing.output


def test_search_gives_the_rows_with_the_amount(folder: Path) -> None:
    asked = ("search", "护理 金额:10万", "--limit", "2")
    rows = json.loads(run(folder, *asked, "--json").stdout)["rows"]
    assert rows["total"] > len(rows["items"]) == 2
    assert {item["fen"] for item in rows["items"]} == {10_000_000}
    shown = run(folder, *asked).output
    assert f"{rows['total']} " in shown
    assert "长期护理保险工作经费" in shown
    nothing = json.loads(run(folder, "search", "年度:2024", "--json").stdout)
    assert nothing["rows"] == {"total": 0, "items": []}


def test_search_as_json(folder: Path) -> None:
    page = json.loads(run(folder, "search", "长期护理保险工作经费", "--json").stdout)
    assert page["total"] == 1
    place = page["hits"][0]["places"][0]
    assert (place["kind"], place["amount_fen"]) == ("row", 10_000_000)
    assert place["url"].startswith("/d/")


def test_ingest_fails_for_one_bad_file_and_keeps_the_rest(tmp_path: Path) -> None:
    given = tmp_path / "given"
    given.mkdir()
    shutil.copy(BUDGET, given)
    (given / "broken.pdf").write_bytes(b"%PDF-1.7\n%junk")
    done = run(tmp_path / "archive", "ingest", str(given), "--workers", "1")
    assert done.exit_code == 1
    assert "added 1, unchanged 0, replaced 0, failed 1" in done.output
    assert "broken.pdf" in done.output
    again = run(tmp_path / "archive", "ingest", str(given), "--workers", "1")
    assert "added 0, unchanged 1, replaced 0, failed 1" in again.output


def test_verify_tells_of_a_changed_original_and_reindex_mends_the_index(tmp_path: Path) -> None:
    folder = tmp_path / "archive"
    run(folder, "ingest", str(BUDGET), "--workers", "1")
    assert run(folder, "verify").exit_code == 0
    shutil.rmtree(folder / "index")
    assert run(folder, "verify").exit_code == 1
    assert run(folder, "reindex").exit_code == 0
    assert run(folder, "verify").exit_code == 0
    original = next(path for path in (folder / "originals").rglob("*") if path.is_file())
    original.chmod(0o644)
    original.write_bytes(b"changed")
    told = run(folder, "verify")
    assert told.exit_code == 1
    assert original.name[:12] in told.output


@pytest.mark.parametrize(
    "command", [["search", "x"], ["verify"], ["reindex"], ["reread"], ["show", "0" * 12]]
)
def test_without_an_archive_the_message_says_what_to_do(tmp_path: Path, command: list[str]) -> None:
    done = run(tmp_path / "none", *command)
    assert done.exit_code == 1
    assert "ingest" in done.output
    assert not (tmp_path / "none").exists()
