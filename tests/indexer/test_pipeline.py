"""Ingest: what becomes of good, bad, repeated and changed files."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from archive.archive import Archive, EngineSeat
from archive.engine.memory import MemoryEngine
from archive.errors import ArchiveError
from archive.lock import Busy, write_lock
from archive.model import Disclosure
from archive.store import Store, masking
from indexer.checks.rules import RULES
from indexer.pipeline import Extractor, Interrupted, Progress, Summary, ingest, reread
from indexer.workers import pool
from indexer.workers.limits import Limits

FIRST = Extractor("stand_in:extract", 1)
SECOND = Extractor("stand_in:improved", 2)
SMALL = Limits(seconds=1, seconds_per_mebibyte=0, patience=2.0, memory=256 << 20, size=1 << 20)


@pytest.fixture(autouse=True)
def importable(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(Path(__file__).parent)


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    engine = MemoryEngine()
    seat = EngineSeat(lambda folder: engine, lambda folder, entries: None)
    with Archive.open(tmp_path / "archive", seat) as opened:
        yield opened


@pytest.fixture
def files(tmp_path: Path) -> Path:
    folder = tmp_path / "files"
    folder.mkdir()
    return folder


def write(folder: Path, **texts: str) -> None:
    for name, text in texts.items():
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")


def take(
    archive: Archive, *paths: Path, extractor: Extractor = FIRST, retry_failed: bool = True
) -> Summary:
    return ingest(
        archive, paths, workers=1, limits=SMALL, extractor=extractor, retry_failed=retry_failed
    )


def counts(summary: Summary) -> tuple[int, int, int, int]:
    return summary.added, summary.unchanged, summary.replaced, len(summary.failed)


def test_files_come_in_by_order_of_name_and_are_found(archive: Archive, files: Path) -> None:
    write(files, b="乙局\n项目 1.5", a="甲局\n项目 2")
    (files / "下级").mkdir()
    write(files / "下级", c="丙局\n项目 3")
    assert counts(take(archive, files)) == (3, 0, 0, 0)
    ids = archive.store.document_ids()
    names = [archive.store.disclosure(id_).document.source_name for id_ in ids]
    assert names == ["a.txt", "b.txt", "下级/c.txt"]
    assert archive.engine.ids() == set(ids)
    assert archive.verify() == []


def test_second_ingest_parses_nothing(archive: Archive, files: Path) -> None:
    write(files, a="甲局\n项目 2", b="乙局\n项目 1")
    take(archive, files)
    summary = take(archive, files, extractor=Extractor("no.such.module:extract", 1))
    assert counts(summary) == (0, 2, 0, 0)


def test_same_bytes_are_stored_once_under_the_first_name(archive: Archive, files: Path) -> None:
    write(files, a="甲局\n项目 2", b="甲局\n项目 2")
    assert counts(take(archive, files)) == (1, 1, 0, 0)
    (document,) = archive.store.documents()
    assert document.source_name == "a.txt"


def test_better_extractor_replaces(archive: Archive, files: Path) -> None:
    write(files, a="甲局\n项目 2\n另一个 3")
    take(archive, files)
    assert counts(take(archive, files, extractor=SECOND)) == (0, 0, 1, 0)
    (document,) = archive.store.documents()
    (table,) = archive.store.tables(document.id)
    assert [row.label for row in table.rows] == ["另一个"]


def test_originals_are_read_again_under_their_own_names(archive: Archive, files: Path) -> None:
    write(files, a="甲局\n项目 2\n另一个 3", b="甲局\n项目 3", c="乙局 13800001234\n项目 4")
    (files / "c.txt").rename(files / "电话13800001234.txt")
    take(archive, files)
    before = archive.store.document_ids()
    current = [document.id for document in archive.store.documents()]
    (files / "a.txt").unlink()
    assert counts(read_again(archive)) == (0, 0, 3, 0)
    assert archive.store.document_ids() == before
    assert [document.id for document in archive.store.documents()] == current
    assert names_as_given(archive) == {"a.txt", "b.txt", "电话13800001234.txt"}
    assert counts(read_again(archive)) == (0, 0, 0, 0)
    assert archive.verify() == []


def test_an_original_that_is_gone_keeps_its_records(archive: Archive, files: Path) -> None:
    write(files, a="甲局\n项目 2", b="乙局\n项目 3")
    take(archive, files)
    (gone,) = (d for d in archive.store.documents() if d.source_name == "a.txt")
    archive.originals.path(gone.sha256).unlink()
    summary = read_again(archive)
    assert counts(summary) == (0, 0, 1, 1)
    assert summary.failed[0].source_name == "a.txt"
    (table,) = archive.store.tables(gone.id)
    assert table.rows


def read_again(archive: Archive) -> Summary:
    return reread(archive, workers=1, limits=SMALL, extractor=SECOND)


def names_as_given(archive: Archive) -> set[str]:
    return {original.source_name for original in archive.store.read_by_others(-1)}


def test_other_bytes_of_the_same_disclosure_supersede(archive: Archive, files: Path) -> None:
    write(files, a="甲局\n项目 2", b="甲局\n项目 3")
    take(archive, files)
    (current,) = archive.store.documents()
    assert current.source_name == "b.txt"
    assert len(archive.store.documents(include_superseded=True)) == 2


@pytest.mark.parametrize(
    ("verb", "kind", "said"),
    [
        ("busy", "time", "1 秒"),
        ("asleep", "time", "1 秒"),
        ("hog", "memory", "256 MB"),
        ("defect", "defect", "ValueError"),
        ("refusal", "unreadable", "请先去掉密码"),
        ("no_converter", "converter", "LibreOffice"),
        ("killed", "crash", "SIGKILL"),
        ("segfault", "crash", "SIGSEGV"),
        ("gone", "crash", "退出码 3"),
    ],
)
def test_bad_file_costs_only_itself(
    archive: Archive, files: Path, verb: str, kind: str, said: str
) -> None:
    write(files, a="甲局\n项目 1", b=f"!{verb}", c="丙局\n项目 3")
    summary = take(archive, files)
    assert counts(summary) == (2, 0, 0, 1)
    assert list(summary.failed) == archive.store.failures()
    (failure,) = summary.failed
    assert (failure.source_name, failure.kind) == ("b.txt", kind)
    assert said in failure.reason
    assert failure.sha256 == hashlib.sha256(f"!{verb}".encode()).hexdigest()
    assert len(archive.originals.sha256s()) == 2
    assert archive.verify() == []


def test_several_bad_files_with_several_workers(archive: Archive, files: Path) -> None:
    write(files, a="!killed", b="甲局\n项目 1", c="!hog", d="!gone", e="乙局\n项目 1", f="!busy")
    summary = ingest(archive, [files], workers=3, limits=SMALL, extractor=FIRST)
    assert counts(summary) == (2, 0, 0, 4)
    assert [failure.source_name[0] for failure in summary.failed] == list("acdf")


def test_file_is_not_blamed_for_what_another_left(archive: Archive, files: Path) -> None:
    write(files, a="甲局\n项目 1", b="!only_first\n项目 1", c="丙局\n项目 1")
    assert counts(take(archive, files)) == (3, 0, 0, 0)


def test_workers_are_replaced_now_and_then(
    archive: Archive, files: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pool, "_FILES_A_WORKER", 2)
    started: list[object] = []
    start = pool.Pool._start
    monkeypatch.setattr(pool.Pool, "_start", lambda *of: (started.append(of), start(*of)))
    write(files, **{f"f{number}": f"第{number}局\n项目 1" for number in range(5)})
    assert counts(take(archive, files)) == (5, 0, 0, 0)
    assert len(started) == 3


def test_failure_of_the_same_bytes_is_told_under_both_names(archive: Archive, files: Path) -> None:
    write(files, a="!refusal", b="!refusal")
    assert [f.source_name for f in take(archive, files).failed] == ["a.txt", "b.txt"]


def test_failure_is_forgotten_when_the_bytes_are_read(archive: Archive, files: Path) -> None:
    write(files, a="!refusal", b="!refusal")
    take(archive, files)
    assert counts(take(archive, files, extractor=SECOND)) == (1, 1, 0, 0)
    assert archive.store.failures() == []


def test_failure_is_forgotten_when_the_file_is_mended(archive: Archive, files: Path) -> None:
    write(files, a="!refusal", b="甲局\n项目 1")
    take(archive, files)
    write(files, a="甲局\n项目 1")  # what the archive already holds as b.txt
    assert counts(take(archive, files)) == (0, 2, 0, 0)
    assert archive.store.failures() == []


def test_known_failures_need_not_be_tried_again(archive: Archive, files: Path) -> None:
    write(files, a="!busy", b="!no_converter")
    first = take(archive, files)
    unusable = Extractor("stand_in:improved", 1)
    again = take(archive, files, extractor=unusable, retry_failed=False)
    assert counts(again) == (1, 0, 0, 1), "a missing converter may have been installed"
    assert again.failed[0] == first.failed[0]
    assert counts(take(archive, files, extractor=unusable)) == (1, 1, 0, 0)


def test_records_that_cannot_be_stored_cost_their_file(archive: Archive, files: Path) -> None:
    write(files, a="!unstorable\n项目 1", b="乙局\n项目 1")
    summary = take(archive, files)
    assert counts(summary) == (1, 0, 0, 1)
    assert summary.failed[0].kind == "defect"


def test_file_past_the_size_limit(archive: Archive, files: Path) -> None:
    (files / "a.txt").write_bytes(b"x" * (SMALL.size + 1))
    (failure,) = take(archive, files).failed
    assert (failure.kind, failure.sha256) == ("limit", None)


def test_broken_link_is_a_failure(archive: Archive, files: Path) -> None:
    (files / "a.txt").symlink_to(files / "nowhere")
    (failure,) = take(archive, files).failed
    assert failure.kind == "unreadable"


def test_lost_original_is_kept_again(archive: Archive, files: Path) -> None:
    write(files, a="甲局\n项目 1")
    take(archive, files)
    (sha256,) = archive.originals.sha256s()
    archive.originals.path(sha256).unlink()
    assert counts(take(archive, files)) == (0, 1, 0, 0)
    assert archive.verify() == []


def test_lost_index_is_filled_again(tmp_path: Path, files: Path) -> None:
    write(files, a="甲局\n项目 1")
    for _ in range(2):
        engine = MemoryEngine()
        seat = EngineSeat(lambda folder, e=engine: e, lambda folder, entries: None)
        with Archive.open(tmp_path / "archive", seat) as archive:
            take(archive, files)
            assert len(engine.ids()) == 1


def test_stages_that_cannot_be_loaded_stop_the_ingest(archive: Archive, files: Path) -> None:
    write(files, a="甲局")
    with pytest.raises(ArchiveError, match="无法启动处理进程"):
        take(archive, files, extractor=Extractor("no.such.module:extract", 1))
    assert archive.store.failures() == []


def test_missing_path_is_told_before_anything_is_done(archive: Archive, files: Path) -> None:
    write(files, a="甲局")
    with pytest.raises(ArchiveError, match="没有这个文件"):
        take(archive, files, files / "typo")
    assert archive.store.documents() == []


def test_one_ingest_at_a_time(archive: Archive, files: Path) -> None:
    with write_lock(archive.folder), pytest.raises(Busy, match=f"进程 {os.getpid()} "):
        take(archive, files)
    assert counts(take(archive, files)) == (0, 0, 0, 0)


def test_archive_inside_the_folder_is_passed_over(archive: Archive, tmp_path: Path) -> None:
    write(tmp_path, a="甲局\n项目 1")
    assert counts(take(archive, tmp_path)) == (1, 0, 0, 0)
    assert counts(take(archive, tmp_path)) == (0, 1, 0, 0)


def test_interruption_leaves_whole_documents(archive: Archive, files: Path) -> None:
    write(files, a="甲局\n项目 1", b="乙局\n项目 1", c="丙局\n项目 1")

    def interrupt(progress: Progress) -> None:
        if progress.done == 2:
            raise KeyboardInterrupt

    with pytest.raises(Interrupted, match="再次运行") as stopped:
        ingest(archive, [files], workers=1, extractor=FIRST, on_progress=interrupt)
    assert stopped.value.summary.added == 2
    assert counts(take(archive, files)) == (1, 2, 0, 0)
    assert archive.verify() == []


def test_progress_counts_every_file(archive: Archive, files: Path) -> None:
    write(files, a="甲局\n项目 1", b="!refusal", c="甲局\n项目 1")
    seen: list[Progress] = []
    ingest(archive, [files], workers=1, limits=SMALL, extractor=FIRST, on_progress=seen.append)
    assert {progress.name for progress in seen} == {"a.txt", "b.txt", "c.txt", ""}
    assert (seen[-1].done, seen[-1].total, seen[-1].stage) == (3, 3, "indexing")
    assert [p.done for p in seen] == sorted(p.done for p in seen)


@pytest.mark.real
def test_real_disclosures_come_back_as_they_were_read(
    real_archive: Archive, real_disclosures: Path
) -> None:
    from indexer.extract import extract

    held = real_archive.store.documents(include_superseded=True)
    shortest = {path.suffix: path for path in sorted(real_disclosures.rglob("*.*"), key=size)[::-1]}
    for path in shortest.values():
        (document,) = (d for d in held if d.source_name.endswith(path.name))
        stored = as_printed(real_archive.store, document.id)
        assert alone(stored) == alone(extract(path.read_bytes(), document.source_name))
    assert real_archive.verify() == []


def as_printed(store: Store, id_: str) -> Disclosure:
    """The disclosure with its mobile numbers, which reading masks."""
    masking.lift(store.db)
    try:
        return store.disclosure(id_)
    finally:
        masking.lay(store.db)


def alone(disclosure: Disclosure) -> Disclosure:
    """The disclosure without what the checks found beside last year's."""
    across = {rule.id for rule in RULES if rule.across_years}
    return replace(
        disclosure,
        findings=tuple(f for f in disclosure.findings if f.rule not in across),
        checks=tuple(count for count in disclosure.checks if count.rule not in across),
    )


def size(path: Path) -> int:
    return path.stat().st_size
