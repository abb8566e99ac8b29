"""The command ``citations``: one JSON object a line, from a file or standard input."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from app import main

TEXT = (
    "依据《门诊统筹办法》\r\n（新医保发(2023)第48号）和国务院令第735号，"
    "另见新财社〔3023〕1号、《救助条例》。"
)
LINES = [
    ("新医保发(2023)第48号", "新医保发〔2023〕48号", "新医保发", 2023, 48, "门诊统筹办法"),
    ("国务院令第735号", "国务院令第735号", "国务院令", None, 735, None),
    ("新财社〔3023〕1号", None, None, None, None, None),
    ("《救助条例》", None, None, None, None, "救助条例"),
]
KEYS = ("start", "end", "printed", "normal", "issuer", "year", "number", "title")


def run(*arguments: str, given: bytes | None = None) -> Result:
    return CliRunner(env={"LC_ALL": "C.UTF-8"}).invoke(main, arguments, input=given)


def lines(done: Result) -> list[dict[str, object]]:
    assert done.exit_code == 0, done.output
    return [json.loads(line) for line in done.stdout.splitlines()]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_every_mention_is_a_line(encoding: str, tmp_path: Path) -> None:
    file = tmp_path / "稿.txt"
    file.write_bytes(TEXT.encode(encoding))
    found = lines(run("citations", str(file)))
    assert [tuple(line) for line in found] == [KEYS] * len(found)
    for line, rest in zip(found, LINES, strict=True):
        assert [line[key] for key in KEYS[2:]] == list(rest)
        assert TEXT[int(str(line["start"])) : int(str(line["end"]))] == rest[0]


def test_standard_input() -> None:
    (line,) = lines(run("citations", "-", given="按财社[2021]175号".encode()))
    assert (line["start"], line["end"], line["normal"]) == (1, 13, "财社〔2021〕175号")


@pytest.mark.parametrize("given", [b"", "预算法第三十二条".encode()])
def test_a_text_without_numbers_prints_nothing(given: bytes) -> None:
    assert lines(run("citations", "-", given=given)) == []


@pytest.mark.parametrize(
    "data", [b"%PDF-1.7\n" + bytes(range(256)) * 8, b"PK\x03\x04" + bytes(2_000), bytes(500)]
)
def test_what_is_no_text_is_told_in_chinese(data: bytes, tmp_path: Path) -> None:
    file = tmp_path / "b.bin"
    file.write_bytes(data)
    for done in (run("citations", str(file)), run("citations", "-", given=data)):
        assert done.exit_code == 1
        assert "不是文本，无法查找文号" in done.output
        assert "另存为纯文本" in done.output


def test_a_missing_file_is_an_error() -> None:
    assert run("citations", "nowhere.txt").exit_code == 2


def test_help_shows_an_example() -> None:
    shown = run("citations", "--help").output
    assert "python app.py --archive var/archive citations report.txt" in " ".join(shown.split())
