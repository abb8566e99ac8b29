"""The commands that set how the archive is kept."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from app import main
from archive.archive import Archive
from archive.keeper import Keeper
from archive.privacy import FACT

PASSWORD = "示例密码 correct horse"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    Archive.open(tmp_path / "archive").close()
    return tmp_path / "archive"


def run(folder: Path, *arguments: str, typed: str = "") -> Result:
    command = ["--archive", str(folder), *arguments]
    return CliRunner(env={"LC_ALL": "C.UTF-8"}).invoke(main, command, input=typed)


def test_the_password_is_asked_for_twice_and_never_printed(folder: Path) -> None:
    done = run(folder, "set-password", typed=f"{PASSWORD}\n{PASSWORD}\n")
    assert done.exit_code == 0
    assert PASSWORD not in done.output
    assert Keeper(folder).accepts(PASSWORD)


def test_two_different_passwords_set_none(folder: Path) -> None:
    done = run(folder, "set-password", typed=f"{PASSWORD}\nanother one\n")
    assert done.exit_code != 0
    assert not Keeper(folder).has_password


def test_a_short_password_is_refused(folder: Path) -> None:
    done = run(folder, "set-password", typed="short\nshort\n")
    assert done.exit_code == 1
    assert "10" in done.output
    assert "Traceback" not in done.output


def test_the_page_can_be_closed(folder: Path) -> None:
    Keeper(folder).set_password(PASSWORD)
    assert run(folder, "set-password", "--off").exit_code == 0
    assert not Keeper(folder).has_password


@pytest.mark.parametrize(("how", "fact"), [("show", "yes"), ("mask", "no")])
def test_mobile_numbers_are_set_and_indexed(folder: Path, how: str, fact: str) -> None:
    done = run(folder, "mobile-numbers", how)
    assert done.exit_code == 0
    assert "indexed 0" in done.output
    with Archive.open(folder) as archive:
        assert archive.store.fact(FACT) == fact


@pytest.mark.parametrize("command", [["set-password"], ["mobile-numbers", "show"]])
def test_there_must_be_an_archive(tmp_path: Path, command: list[str]) -> None:
    done = run(tmp_path / "none", *command)
    assert done.exit_code == 1
    assert not (tmp_path / "none").exists()


@pytest.mark.parametrize("command", ["set-password", "mobile-numbers"])
def test_help_shows_an_example(folder: Path, command: str) -> None:
    shown = " ".join(run(folder, command, "--help").output.split())
    assert f"python app.py --archive var/archive {command}" in shown
