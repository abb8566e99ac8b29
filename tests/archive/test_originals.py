"""Originals are kept whole under their SHA-256."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from archive.errors import ArchiveError, StoreDamaged
from archive.originals import Originals

DATA = "预算公开".encode()
SHA256 = hashlib.sha256(DATA).hexdigest()


@pytest.fixture
def originals(tmp_path: Path) -> Originals:
    return Originals(tmp_path / "originals")


def test_kept_once_by_content(originals: Originals) -> None:
    assert originals.keep(DATA) == SHA256
    assert originals.keep(DATA) == SHA256
    assert originals.sha256s() == [SHA256]
    assert originals.read(SHA256) == DATA
    path = originals.path(SHA256)
    assert path.parts[-3:] == ("originals", SHA256[:2], SHA256)
    assert path.stat().st_mode & 0o777 == 0o444
    assert [file.name for file in path.parent.iterdir()] == [SHA256], "nothing beside it"


def test_nothing_there(originals: Originals) -> None:
    assert not originals.has(SHA256)
    assert originals.sha256s() == originals.damaged() == []
    originals.sweep()
    with pytest.raises(StoreDamaged, match=SHA256):
        originals.read(SHA256)


def test_damage_is_seen_and_mended(originals: Originals) -> None:
    originals.keep(DATA)
    path = originals.path(SHA256)
    path.chmod(0o644)
    path.write_bytes(DATA[:-1])
    assert originals.damaged() == [SHA256]
    with pytest.raises(StoreDamaged, match="已损坏"):
        originals.read(SHA256)
    originals.keep(DATA)
    assert originals.damaged() == []


def test_sweep_removes_only_what_was_left_half_written(originals: Originals) -> None:
    originals.keep(DATA)
    left = originals.path(SHA256).with_name(".part-abc")
    left.write_bytes(b"half")
    assert originals.sha256s() == [SHA256]
    originals.sweep()
    assert not left.exists()
    assert originals.read(SHA256) == DATA


def test_disk_that_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "originals").write_bytes(b"a file where the folder should be")
    with pytest.raises(ArchiveError, match="磁盘空间"):
        Originals(tmp_path / "originals").keep(DATA)


@pytest.mark.parametrize("name", ["", "..", "../../etc/passwd", SHA256.upper(), SHA256 + "\n"])
def test_only_a_sha256_names_an_original(originals: Originals, name: str) -> None:
    with pytest.raises(ValueError, match="SHA-256"):
        originals.path(name)
