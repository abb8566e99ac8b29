"""app.py policy NUMBER."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from app import main
from archive.archive import Archive


@pytest.fixture
def folder(sample_archive: Archive) -> Path:
    return sample_archive.folder


def run(folder: Path, *arguments: str) -> tuple[int, str]:
    result = CliRunner(env={"LC_ALL": "zh_CN.UTF-8"}).invoke(
        main, ["--archive", str(folder), "policy", *arguments]
    )
    return result.exit_code, result.output


def test_it_prints_what_rests_on_a_number_in_any_spelling(folder: Path) -> None:
    code, output = run(folder, "新医保发(2023)48 号")
    assert code == 0
    assert output.startswith("新医保发〔2023〕48号")
    assert "医疗基金监管工作经费" in output


def test_as_json(folder: Path) -> None:
    code, output = run(folder, "新医保发〔2023〕48号", "--json")
    record = json.loads(output)
    assert code == 0
    assert record["policy"]["normal"] == "新医保发〔2023〕48号"
    assert record["reliances"][0]["name"] == "医疗基金监管工作经费"


def test_a_number_that_is_not_there_names_those_near(folder: Path) -> None:
    code, output = run(folder, "新医保〔2023〕48号")
    assert code == 1
    assert "相近文号：新医保发〔2023〕48号" in output


def test_what_is_no_number_is_told(folder: Path) -> None:
    code, output = run(folder, "随便")
    assert code == 1
    assert "不是一个发文字号" in output
