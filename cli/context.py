"""What every command needs: where the archive is, and errors told as one line."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

import click

from archive.errors import ArchiveError
from cli.language import say

if TYPE_CHECKING:
    from wsgiref.types import WSGIApplication

    from archive.archive import Archive

MakeApp: TypeAlias = "Callable[[Archive], WSGIApplication]"


@dataclass(frozen=True, slots=True)
class Place:
    """The folder given by ``--archive``, and what makes the web application over it."""

    folder: Path
    make_app: MakeApp

    @contextmanager
    def open(self) -> Iterator[Archive]:
        """The archive, closed afterwards; its errors end the command with exit status 1."""
        from archive.archive import Archive  # noqa: PLC0415 - not every command opens one

        with told():
            archive = Archive.open(self.folder)
            try:
                yield archive
            finally:
                archive.close()

    @contextmanager
    def existing(self) -> Iterator[Archive]:
        """The archive, which must have been made already."""
        if not self.folder.is_dir():
            raise click.ClickException(
                say(
                    f"There is no archive at {self.folder}. Make one with: ingest PATH...",
                    f"{self.folder} 处没有档案。请先运行：ingest 路径……",
                )
            )
        with self.open() as archive:
            yield archive


@contextmanager
def told() -> Iterator[None]:
    """Archive errors as a message and exit status 1, not as a traceback."""
    try:
        yield
    except ArchiveError as error:
        raise click.ClickException(str(error)) from error


def example(line: str) -> str:
    """The closing line of a command's help."""
    return say("Example: ", "例：") + f"python app.py --archive var/archive {line}"
