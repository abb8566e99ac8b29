"""Which files an ingest takes, under which names and in which order."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from archive.errors import ArchiveError
from indexer.workers.sources import sources


def make(root: Path, *names: str) -> Path:
    for name in names:
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(name, encoding="utf-8")
    return root


def names(*roots: Path, besides: Path = Path("nowhere")) -> list[str]:
    return [source.name for source in sources(roots, besides)]


def test_all_below_a_folder_by_name(tmp_path: Path) -> None:
    make(tmp_path, "b.pdf", "a/z.txt", "a/下级/预算.docx", "c", "a.txt")
    assert names(tmp_path) == ["a.txt", "a/z.txt", "a/下级/预算.docx", "b.pdf", "c"]


@pytest.mark.parametrize(
    "name",
    [".DS_Store", ".git/config", "~$预算.docx", "Thumbs.db", "__MACOSX/a.pdf", ".~lock.a.xlsx#"],
)
def test_what_is_no_document_is_passed_over(tmp_path: Path, name: str) -> None:
    make(tmp_path, name, "a.pdf")
    assert names(tmp_path) == ["a.pdf"]


def test_hidden_file_that_is_named_is_taken(tmp_path: Path) -> None:
    make(tmp_path, ".hidden/.a.pdf")
    assert names(tmp_path / ".hidden" / ".a.pdf") == [".a.pdf"]
    assert names(tmp_path / ".hidden") == []


def test_paths_in_the_order_given_and_each_file_once(tmp_path: Path) -> None:
    make(tmp_path, "one/b.txt", "one/a.txt", "two/c.txt")
    one, two = tmp_path / "one", tmp_path / "two"
    assert names(two, one / "b.txt", one) == ["c.txt", "b.txt", "a.txt"]
    (tmp_path / "link").symlink_to(two / "c.txt")
    assert names(two, tmp_path / "link") == ["c.txt"]


def test_same_name_below_two_folders_is_told_apart(tmp_path: Path) -> None:
    make(tmp_path, "2023/预算.pdf", "2024/预算.pdf", "2024/决算.pdf")
    found = names(tmp_path / "2023", tmp_path / "2024")
    assert found == ["2023/预算.pdf", "决算.pdf", "2024/预算.pdf"]


def test_archive_is_left_out(tmp_path: Path) -> None:
    make(tmp_path, "a.txt", "var/archive/archive.sqlite3", "var/archive/originals/ab/abcd")
    assert names(tmp_path, besides=tmp_path / "var" / "archive") == ["a.txt"]


def test_only_files_are_taken(tmp_path: Path) -> None:
    make(tmp_path, "a.txt")
    os.mkfifo(tmp_path / "pipe")  # reading it would wait for ever
    assert names(tmp_path) == ["a.txt"]


@pytest.mark.parametrize(
    ("data", "name"),
    [
        ("预算.txt".encode("gb18030"), "预算.txt"),
        (b"\xff\xff.txt", "\\xff\\xff.txt"),
        (" 预 算\u3000\n\x1b[2J.txt".encode(), " 预 算\u3000\\x0a\\x1b[2J.txt"),
    ],
)
def test_names_in_other_encodings_become_text(tmp_path: Path, data: bytes, name: str) -> None:
    (tmp_path / os.fsdecode(data)).write_bytes(b"x")
    assert names(tmp_path) == [name]


def test_links_that_lead_to_themselves_are_told_and_followed_by_nobody(tmp_path: Path) -> None:
    make(tmp_path, "下级/a.txt")
    (tmp_path / "下级" / "上级").symlink_to(tmp_path)
    (tmp_path / "b.txt").symlink_to(tmp_path / "b.txt")
    assert names(tmp_path) == ["b.txt", "下级/a.txt"]


def test_path_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(ArchiveError, match=r"没有这个文件或文件夹.*typo"):
        names(tmp_path / "typo")
