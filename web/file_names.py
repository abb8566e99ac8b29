"""Names of files that are sent and received."""

from __future__ import annotations

import re

from archive.unseen import without_unseen

_MOST_BYTES = 180
_UNFIT = re.compile(r"[\x00-\x1f\x7f/\\]+")


def fit_name(sent: str) -> str:
    """The last part of a path as it may name a file in a folder, in a header and on a page."""
    last = without_unseen(_UNFIT.sub(" ", re.split(r"[/\\]", sent)[-1]))
    name = last.strip().lstrip(".~$ ") or "未命名"
    stem, dot, ending = name.rpartition(".")
    room = _MOST_BYTES - len(f"{dot}{ending}".encode())
    if dot and room > 0:
        return f"{_cut(stem, room)}{dot}{ending}"
    return _cut(name, _MOST_BYTES)


def _cut(text: str, most: int) -> str:
    return text.encode("utf-8", "replace")[:most].decode("utf-8", "ignore")
