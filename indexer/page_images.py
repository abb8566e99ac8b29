"""Images of the pages of PDF originals, drawn when first asked for and kept beside the archive.

The folder is a cache: it may be deleted at any time.  An original is known by its SHA-256,
so an image in it never goes stale.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from threading import Semaphore

from archive.errors import ArchiveError, NotFound

WIDTH = 1600
"""Pixels: twice the width at which a page stands beside its table, for sharp screens."""
SECONDS = 30
MOST_KEPT = 2 << 30
"""When the folder holds more bytes than this, the pages looked at longest ago go first."""
LEFT_AFTER = 0.8
DRAWN_AT_ONCE = 2

_NO_SUCH_PAGE = 3


@dataclass(frozen=True, slots=True)
class PageSize:
    """The size of a page as displayed, in PDF points."""

    width: float
    height: float


class PageImages:
    """The page images of one archive, in ``folder``."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._drawing = Semaphore(DRAWN_AT_ONCE)

    def image(self, pdf: Path, sha256: str, page: int) -> Path:
        """A WebP of page ``page`` (from 1) of the original at ``pdf``.

        Raises :class:`NotFound` when there is no such page, :class:`ArchiveError` when the
        page cannot be drawn.
        """
        path = self._folder / sha256[:2] / sha256 / f"{page}.webp"
        if path.is_file():
            os.utime(path)
        else:
            self._draw(pdf, path, page)
        return path

    def sizes(self, pdf: Path, sha256: str) -> tuple[PageSize, ...]:
        """The sizes of all pages of the original at ``pdf``; raises as :meth:`image` does."""
        path = self._folder / sha256[:2] / sha256 / "sizes.json"
        if not path.is_file():
            self._draw(pdf, path.with_name("1.webp"), 1)
        return tuple(PageSize(*size) for size in json.loads(path.read_text("utf-8")))

    def _draw(self, pdf: Path, path: Path, page: int) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        with self._drawing, tempfile.TemporaryDirectory(dir=self._folder, prefix=".part-") as home:
            drawn, sizes = Path(home) / "page.webp", Path(home) / "sizes.json"
            sizes.write_text(_drawn_by_a_process(pdf, page, drawn), "utf-8")
            drawn.replace(path)
            sizes.replace(path.with_name("sizes.json"))
        self._keep_within_bounds(path)

    def _keep_within_bounds(self, newest: Path) -> None:
        kept = [(file.stat(), file) for file in self._folder.rglob("*.webp")]
        size = sum(stat.st_size for stat, _ in kept)
        if size <= MOST_KEPT:
            return
        for stat, file in sorted(kept, key=lambda one: one[0].st_mtime):
            if size <= MOST_KEPT * LEFT_AFTER:
                break
            if file == newest:
                continue
            file.unlink(missing_ok=True)
            size -= stat.st_size


def _drawn_by_a_process(pdf: Path, page: int, out: Path) -> str:
    """Draw in a process of its own, which may crash or hang; what it printed."""
    command = [sys.executable, "-m", "indexer.page_render"]
    try:
        done = subprocess.run(  # noqa: S603 - the arguments are our own paths and numbers
            [*command, str(pdf.resolve()), str(page), str(WIDTH), str(out.resolve())],
            cwd=Path(__file__).parents[1],
            capture_output=True,
            timeout=SECONDS,
            text=True,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise ArchiveError(f"原件第 {page} 页太复杂，画不出来，请下载原件查看。") from error
    if done.returncode == _NO_SUCH_PAGE:
        raise NotFound(f"原件里没有第 {page} 页。")
    if done.returncode:
        raise ArchiveError(f"原件第 {page} 页无法显示，请下载原件查看。")
    return done.stdout
