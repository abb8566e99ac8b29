"""kill -9 at any moment, ingest again: the archive ends as if nothing had happened."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

import pytest

from archive.archive import Archive
from archive.query import parse

ROOT = Path(__file__).parents[2]
SCRIPT = Path(__file__).with_name("crash_run.py")
VERSIONS = (1, 2)
FILES = 25
PATIENCE = 120  # seconds, on a machine that does other work
WORDS = [f"第{number}项经费" for number in range(1, 41)]


@dataclass(frozen=True, slots=True)
class State:
    """All that an archive is made of."""

    tables: list[str]
    originals: list[str]
    found: list[frozenset[str]]
    superseded: int
    failures: list[str]


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Good files, versions of one disclosure, a copy, a refused one, one that kills."""
    folder = tmp_path_factory.mktemp("files")
    chosen = random.Random(20240229)
    for number in range(FILES):
        lines = [
            f"第{chosen.randint(1, 40)}项经费 {chosen.randint(1, 9999) / 100}" for _ in range(30)
        ]
        agency = f"第{number % 20}局"  # so that five are newer versions
        (folder / f"{number:02}.txt").write_text("\n".join([agency, *lines]), encoding="utf-8")
    (folder / "03.txt").write_text("!refusal\n甲 1\n乙 2", encoding="utf-8")
    (folder / "11.txt").write_text("!gone\n甲 1\n乙 2\n丙 3", encoding="utf-8")
    (folder / "17.txt").write_bytes((folder / "05.txt").read_bytes())
    return folder


@pytest.fixture(scope="module")
def undisturbed(files: Path, tmp_path_factory: pytest.TempPathFactory) -> State:
    folder = tmp_path_factory.mktemp("undisturbed")
    for version in VERSIONS:
        finish(folder, files, version)
    return state(folder)


def test_undisturbed_archive_holds_what_the_test_is_about(undisturbed: State) -> None:
    assert len(undisturbed.originals) == FILES - 2  # a copy, a bad one
    assert all(undisturbed.found)
    assert undisturbed.superseded >= 3
    assert undisturbed.failures == ["11.txt"]


@pytest.mark.parametrize(
    ("point", "counts"),
    [
        ("original kept", (1, 8)),
        ("document written, not committed", (1, 15)),
        ("document committed", (7, 1)),
        ("failure recorded", (1, 1)),
        ("entry made, not committed", (9, 1)),
        ("index committed", (1, 2)),
        ("index paid", (2, 1)),
    ],
)
def test_killed_at_each_step(
    tmp_path: Path, files: Path, undisturbed: State, point: str, counts: tuple[int, int]
) -> None:
    for version in VERSIONS:
        for count in counts:
            killed = run(tmp_path, files, version, point, str(count))
            killed.communicate()
            assert killed.returncode == -signal.SIGKILL
        finish(tmp_path, files, version)
    assert state(tmp_path) == undisturbed


@pytest.mark.parametrize("seed", range(3))
def test_killed_at_any_statement(
    tmp_path: Path, files: Path, undisturbed: State, seed: int
) -> None:
    chosen = random.Random(seed)
    for version in VERSIONS:
        for _ in range(3):
            run(tmp_path, files, version, "statement", str(chosen.randint(1, 1000))).communicate()
        finish(tmp_path, files, version)
    assert state(tmp_path) == undisturbed


@pytest.mark.parametrize("seed", range(2))
def test_killed_at_any_moment(tmp_path: Path, files: Path, undisturbed: State, seed: int) -> None:
    chosen = random.Random(seed)
    for version in VERSIONS:
        for _ in range(2):
            kill_somewhere(run(tmp_path, files, version), chosen)
        finish(tmp_path, files, version)
    assert state(tmp_path) == undisturbed


def test_workers_end_with_a_killed_ingest(tmp_path: Path) -> None:
    (tmp_path / "files").mkdir()
    (tmp_path / "files" / "a.txt").write_text("!asleep", encoding="utf-8")
    process = run(tmp_path / "archive", tmp_path / "files", 1)
    note = tmp_path / "files" / "a.txt.asleep"
    patience = time.monotonic() + PATIENCE
    while not note.exists():
        assert time.monotonic() < patience
        time.sleep(0.05)
    process.kill()
    process.communicate()
    worker = int(note.read_text(encoding="utf-8"))
    patience = time.monotonic() + PATIENCE
    while not ended(worker):
        assert time.monotonic() < patience
        time.sleep(0.05)


def run(folder: Path, files: Path, version: int, *point: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, SCRIPT, folder, files, str(version), *point],
        stdout=subprocess.PIPE,
        env=os.environ | {"PYTHONPATH": str(ROOT), "NOTES": str(files)},
    )


def finish(folder: Path, files: Path, version: int) -> None:
    process = run(folder, files, version)
    process.communicate()
    assert process.returncode == 0


def ended(process_id: int) -> bool:
    try:
        status = Path(f"/proc/{process_id}/stat").read_text(encoding="utf-8")
    except FileNotFoundError:
        return True
    return status.rpartition(")")[2].split()[0] == "Z"


def kill_somewhere(process: subprocess.Popen[bytes], chosen: random.Random) -> None:
    """Kill an ingest after a random number of reports of progress and a little more."""
    reports = chosen.randint(0, FILES)
    pause = chosen.uniform(0, 0.05)
    assert process.stdout
    for _ in range(reports):
        if not process.stdout.readline():
            break
    time.sleep(pause)
    process.kill()
    process.communicate()


def state(folder: Path) -> State:
    with Archive.open(folder) as archive:
        assert archive.verify() == []
        return State(
            [line for line in archive.store.db.conn.iterdump() if "_sqlite_migrations" not in line],
            archive.originals.sha256s(),
            [archive.engine.matching(parse(word).query) for word in WORDS],
            archive.store.overview().superseded,
            [failure.source_name for failure in archive.store.failures()],
        )
