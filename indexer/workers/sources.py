"""The files that an ingest is given: found, named and put in order."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from archive.errors import ArchiveError

_NOT_DOCUMENTS = frozenset({"Thumbs.db", "desktop.ini", "__MACOSX"})
_CONTROLS = {code: f"\\x{code:02x}" for code in (*range(0x20), *range(0x7F, 0xA0))}
_TEMPORARY = (".", "~$")  # hidden files; what Word and WPS leave beside an open document


@dataclass(frozen=True, slots=True)
class Source:
    """A file to ingest; ``name`` is its path below the folder that was given, with ``/``.

    ``problem`` is why it cannot even be looked at, ``None`` for nearly all.
    """

    path: Path
    name: str
    problem: str | None = None


def sources(paths: Sequence[Path], besides: Path) -> list[Source]:
    """Every file below the paths, each once: path by path, in the order of their names.

    ``besides`` is a folder to leave out, the archive's own.  Hidden and temporary files are
    passed over unless they are named themselves.  Where two paths hold a file of one name,
    the folder's name is put before it.  Raises :class:`ArchiveError` for a path that is
    not there.
    """
    found: dict[str, tuple[Path, Source]] = {}
    for root in paths:
        for source in sorted(_below(root, _real(besides)), key=lambda s: (s.name, s.path)):
            found.setdefault(_real(source.path), (root, source))
    names = Counter(source.name for _, source in found.values())
    return [
        replace(source, name=_qualified(root, source)) if names[source.name] > 1 else source
        for root, source in found.values()
    ]


def _real(path: Path) -> str:
    """The path without links; ``Path.resolve`` raises on one that leads to itself."""
    return os.path.realpath(path)


def _below(root: Path, besides: str) -> Iterator[Source]:
    if root.is_file():
        yield Source(root, _printable(Path(root.name)))
        return
    if not root.is_dir():
        raise ArchiveError(f"没有这个文件或文件夹：{_printable(root)}。请检查路径。")
    unlisted: list[OSError] = []
    for folder, folders, files in os.walk(root, onerror=unlisted.append):
        here = Path(folder)
        folders[:] = [name for name in folders if _wanted(name) and _real(here / name) != besides]
        for name in files:
            path = here / name
            if _wanted(name) and (path.is_file() or not path.exists()):  # a broken link is told
                yield Source(path, _printable(path.relative_to(root)))
    for error in unlisted:
        path = Path(error.filename)
        yield Source(path, _printable(path.relative_to(root)), problem=error.strerror)


def _wanted(name: str) -> bool:
    return name not in _NOT_DOCUMENTS and not name.startswith(_TEMPORARY)


def _qualified(root: Path, source: Source) -> str:
    folder = root.resolve() if root.is_dir() else root.resolve().parent
    return f"{_printable(Path(folder.name))}/{source.name}"


def _printable(path: Path) -> str:
    """The path as text; names that an old Windows wrote in GB18030 are read as such.

    Line breaks and other controls in a name are shown, not sent to the terminal.
    """
    data = os.fsencode(path.as_posix())
    for encoding in ("utf-8", "gb18030"):
        try:
            return data.decode(encoding).translate(_CONTROLS)
        except UnicodeDecodeError:
            continue
    return data.decode("utf-8", "backslashreplace").translate(_CONTROLS)
