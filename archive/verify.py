"""Whether an archive holds what it should: database, originals, index."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Literal

from archive.engine import Engine
from archive.errors import ArchiveError
from archive.originals import Originals
from archive.store import Store

Part = Literal["store", "originals", "index"]


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong; ``message`` is a sentence in Chinese with what to do."""

    part: Part
    message: str

    def __str__(self) -> str:
        return self.message


def verify(store: Store, originals: Originals, engine: Callable[[], Engine]) -> list[Problem]:
    """All that is wrong with an archive of these parts, empty when nothing is.

    Every original is read; ``engine`` is a function since opening it may fail too.
    """
    if damage := store.integrity_problems():
        return [Problem("store", message) for message in damage]  # which hides all the rest
    return [*_of_originals(store, originals), *_of_index(store, engine)]


def _of_originals(store: Store, originals: Originals) -> Iterator[Problem]:
    damaged = set(originals.damaged())
    for sha256 in store.sha256s():
        if not originals.has(sha256):
            yield Problem("originals", f"缺少原件 {sha256}：请把原文件重新入库。")
        elif sha256 in damaged:
            yield Problem("originals", f"原件 {sha256} 的内容已损坏：请把原文件重新入库。")


def _of_index(store: Store, engine: Callable[[], Engine]) -> Iterator[Problem]:
    owed = set(store.owed())
    held = set(store.document_ids())
    try:
        indexed = engine().ids()
    except (ArchiveError, OSError) as error:
        yield Problem("index", f"检索索引无法打开（{error}）：请运行 reindex 重建索引。")
        return
    if owed:
        yield Problem("index", f"有 {len(owed)} 份文件尚未编入索引：请运行 ingest 或 reindex。")
    if lacking := sorted(held - indexed - owed):
        ids = "、".join(lacking)
        yield Problem("index", f"索引缺少 {len(lacking)} 份文件（{ids}）：请运行 reindex。")
    if stray := sorted(indexed - held - owed):
        ids = "、".join(stray)
        yield Problem("index", f"索引多出 {len(stray)} 份文件（{ids}）：请运行 reindex。")
