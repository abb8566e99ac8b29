"""Folders ``index-N``, of which the file ``CURRENT`` names the live one.

A new folder is filled beside the live one and swapped in by renaming one small file, so
that a reader sees the old index or the new one and a crash leaves one of them.
"""

from __future__ import annotations

import os
import re
import shutil
from pathlib import Path

_CURRENT = "CURRENT"
_NAME = re.compile(r"index-(\d+)")


class Generations:
    """The generations of an index in one folder; only the holder of its lock may change
    them.  ``layout`` names how they are laid out: those of another layout are not used."""

    def __init__(self, folder: Path, layout: str) -> None:
        self.folder = folder
        self._layout = layout

    def current(self) -> Path | None:
        """The live generation, ``None`` when there is none or one of another layout."""
        try:
            name, _, layout = self.pointer().partition(" ")
        except FileNotFoundError:
            return None
        path = self.folder / name
        if layout != self._layout or not _NAME.fullmatch(name) or not path.is_dir():
            return None
        return path

    def pointer(self) -> str:
        """What ``CURRENT`` says; it changes with every swap.  Raises FileNotFoundError."""
        return (self.folder / _CURRENT).read_text(encoding="utf-8", errors="replace").strip()

    def begun(self) -> bool:
        """Whether there has been a live generation."""
        return (self.folder / _CURRENT).exists()

    def begin(self) -> Path:
        """A fresh, empty folder for the next generation; what a crash left is cleared."""
        live = self.current()
        numbers = []
        for path in self._all():
            numbers.append(_number(path))
            if path != live:
                shutil.rmtree(path, ignore_errors=True)
        fresh = self.folder / f"index-{max(numbers, default=0) + 1}"
        fresh.mkdir()
        return fresh

    def swap_in(self, fresh: Path) -> None:
        """Make ``fresh`` the live generation, on the disk too, and remove the others."""
        to_disk(fresh)
        beside = self.folder / f"{_CURRENT}.new"
        beside.write_text(f"{fresh.name} {self._layout}\n", encoding="utf-8")
        _sync(beside)
        beside.replace(self.folder / _CURRENT)
        _sync(self.folder)
        for path in self._all():
            if path != fresh:
                shutil.rmtree(path, ignore_errors=True)

    def _all(self) -> list[Path]:
        return [path for path in self.folder.iterdir() if _NAME.fullmatch(path.name)]


def _number(path: Path) -> int:
    match = _NAME.fullmatch(path.name)
    return int(match[1]) if match else 0


def to_disk(folder: Path) -> None:
    """Force a folder's files and their names to the disk."""
    for path in folder.iterdir():
        if path.is_file():
            _sync(path)
    _sync(folder)


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
