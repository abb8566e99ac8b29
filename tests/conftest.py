"""Fixtures shared by all tests."""

from __future__ import annotations

import os
import shutil
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

if TYPE_CHECKING:
    from flask.testing import FlaskClient

    from archive.archive import Archive

ROOT = Path(__file__).parents[1]
SAMPLES = ROOT / "samples" / "files"
REAL = ROOT.parent / "shared" / "disclosures"
IN_CI = os.environ.get("CI") == "true"

# No outcome hangs on how fast a machine is, nor on what else it does.
settings.register_profile("untimed", settings.default, deadline=None)
settings.load_profile("untimed")


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print what tests measured: lines recorded as the property ``report:TITLE``, head first.

    A property reaches this process from the workers of pytest-xdist; a print does not.
    """
    sections: dict[str, dict[str, None]] = {}
    for outcome in ("passed", "failed"):
        for report in terminalreporter.getreports(outcome):
            for name, line in report.user_properties:
                if name.startswith("report:"):
                    sections.setdefault(name.partition(":")[2], {})[str(line)] = None
    for title, lines in sections.items():
        terminalreporter.section(title)
        head, *others = lines
        terminalreporter.write("".join(f"{line}\n" for line in [head, *sorted(others)]))


def missing(what: str) -> None:
    """Skip, saying what is missing; in CI nothing may be missing."""
    if IN_CI:
        pytest.fail(what)
    pytest.skip(what)


@pytest.fixture(scope="session")
def real_disclosures() -> Path:
    """The folder of the real disclosures, which are not part of the repository."""
    if not REAL.is_dir():
        missing(f"the real disclosures are not at {REAL}: tests on them are skipped")
    return REAL


@pytest.fixture(scope="session")
def sample_archive(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    """An archive of the samples, filled as the command line fills it."""
    from archive.archive import Archive
    from indexer.pipeline import ingest

    archive = Archive.open(tmp_path_factory.mktemp("samples") / "archive")
    summary = ingest(archive, [SAMPLES], workers=1)
    assert not summary.failed
    archive.store.set_fact("notice", "示例数据")
    yield archive
    archive.close()


@pytest.fixture(scope="session")
def real_archive(
    tmp_path_factory: pytest.TempPathFactory, real_disclosures: Path
) -> Iterator[Archive]:
    """An archive of the eleven real disclosures."""
    from archive.archive import Archive
    from indexer.pipeline import ingest

    archive = Archive.open(tmp_path_factory.mktemp("real") / "archive")
    summary = ingest(archive, [real_disclosures], workers=2)
    assert not summary.failed
    yield archive
    archive.close()


@pytest.fixture(scope="session")
def showcase_archive(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    """An archive with one of everything that a page can show."""
    from tests.showcase import showcase

    archive = showcase(tmp_path_factory.mktemp("showcase"))
    yield archive
    archive.close()


@pytest.fixture
def client(sample_archive: Archive) -> FlaskClient:
    """A client of the application over the samples."""
    from app import create_app

    return create_app(sample_archive).test_client()


def serve(archive: Archive) -> Iterator[str]:
    """Serve an archive on a free port of this machine; gives the address."""
    from waitress import create_server
    from waitress.wasyncore import close_all

    from app import create_app

    sockets: dict[int, object] = {}
    server = create_server(create_app(archive), map=sockets, host="127.0.0.1", port=0, threads=4)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.effective_port}"
    # by the server's own thread: closed by another, a socket may go while it is waited for
    server.trigger.pull_trigger(lambda: close_all(sockets, ignore_all=True))
    thread.join(timeout=10)
    server.task_dispatcher.shutdown()


@pytest.fixture(scope="session")
def sample_site(sample_archive: Archive) -> Iterator[str]:
    """The address of a running site over the samples."""
    yield from serve(sample_archive)


@pytest.fixture(scope="session")
def showcase_site(showcase_archive: Archive) -> Iterator[str]:
    """The address of a running site over the showcase."""
    yield from serve(showcase_archive)


@pytest.fixture(scope="session")
def real_site(real_archive: Archive) -> Iterator[str]:
    """The address of a running site over the real disclosures."""
    yield from serve(real_archive)


@pytest.fixture(scope="session")
def chromium_path() -> str:
    """The system's Chromium."""
    found = shutil.which("chromium") or shutil.which("chromium-browser")
    if found is None:
        missing("Chromium is not installed: sudo apt-get install -y chromium")
    return str(found)
