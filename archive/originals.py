"""The original files, kept under the SHA-256 of their bytes: ``originals/ab/ab12…``.

A file appears there whole or not at all, and is never changed afterwards.
"""

from __future__ import annotations

import hashlib
import os
import re
import tempfile
from collections.abc import Iterator
from pathlib import Path

from archive.errors import ArchiveError, StoreDamaged

_PART = ".part-"
_SHA256 = re.compile(r"[0-9a-f]{64}")
_READ_ONLY = 0o444


class Originals:
    """The originals in ``folder``, which is made when the first one is kept."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def keep(self, data: bytes) -> str:
        """Keep the bytes and give their SHA-256; on disk for good when it returns.

        A damaged original of the same name is mended.  Raises :class:`ArchiveError` when the
        disk is full or cannot be written.
        """
        sha256 = hashlib.sha256(data).hexdigest()
        path = self.path(sha256)
        if not _holds(path, sha256):
            try:
                _write(path, data)
            except OSError as error:
                message = f"无法写入原件 {path}（{error.strerror}）：请检查磁盘空间和文件权限。"
                raise ArchiveError(message) from error
        return sha256

    def has(self, sha256: str) -> bool:
        """Whether there is an original of that name; says nothing of its state."""
        return self.path(sha256).is_file()

    def read(self, sha256: str) -> bytes:
        """The bytes; raises :class:`StoreDamaged` when they are gone or not what they were."""
        try:
            data = self.path(sha256).read_bytes()
        except OSError as error:
            message = f"原件 {sha256} 无法读取（{error.strerror}）：请把原文件重新入库。"
            raise StoreDamaged(message) from error
        if hashlib.sha256(data).hexdigest() != sha256:
            raise StoreDamaged(f"原件 {sha256} 的内容已损坏：请把原文件重新入库。")
        return data

    def path(self, sha256: str) -> Path:
        """Where the original stands or would stand."""
        if not _SHA256.fullmatch(sha256):
            raise ValueError(f"not a SHA-256 in lower-case hex: {sha256!r}")
        return self._folder / sha256[:2] / sha256

    def sha256s(self) -> list[str]:
        """The names of all originals, sorted."""
        return sorted(path.name for path in self._files() if _SHA256.fullmatch(path.name))

    def damaged(self) -> list[str]:
        """The names of the originals whose bytes have another SHA-256, sorted."""
        return [sha256 for sha256 in self.sha256s() if not _holds(self.path(sha256), sha256)]

    def sweep(self) -> None:
        """Remove what interrupted writers left; only for one who holds the archive's lock."""
        for path in self._files():
            if path.name.startswith(_PART):
                path.unlink()

    def _files(self) -> Iterator[Path]:
        return self._folder.glob("[0-9a-f][0-9a-f]/*")


def _holds(path: Path, sha256: str) -> bool:
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest() == sha256
    except OSError:
        return False


def _write(path: Path, data: bytes) -> None:
    """Write beside and rename, each step on disk before the next."""
    if not path.parent.is_dir():
        path.parent.mkdir(parents=True, exist_ok=True)
        _sync_folder(path.parent.parent)
    descriptor, name = tempfile.mkstemp(prefix=_PART, dir=path.parent)
    part = Path(name)
    try:
        with open(descriptor, "wb") as file:  # noqa: PTH123
            file.write(data)
            file.flush()
            os.fchmod(file.fileno(), _READ_ONLY)
            os.fsync(file.fileno())
        part.replace(path)
    except BaseException:
        part.unlink(missing_ok=True)
        raise
    _sync_folder(path.parent)


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
