"""A long table by stretches of lines, and short addresses of the cells on its page."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import quote

from archive.printed import PrintedLine
from web.located import Located

LINES = 100
"""Lines shown at once: some 20 ms of the server, and 6 KB as they travel."""
LONGEST = 150
"""A table of up to so many lines is not divided: a rest of a few lines helps nobody."""
ALL = "all"
_RESERVED = re.compile(r"[^\w.~-]", re.ASCII)
_KNOWN = 20_000


@dataclass(frozen=True, slots=True)
class Stretch:
    """The lines shown of a table: ``first`` to ``last`` of ``total``, counted from 1.

    ``before`` and ``after`` are the first lines of the neighbouring stretches.
    """

    lines: Sequence[PrintedLine]
    first: int
    total: int
    before: int | None = None
    after: int | None = None

    @property
    def last(self) -> int:
        """The number of the last line shown."""
        return self.first + len(self.lines) - 1

    @property
    def is_part(self) -> bool:
        """Whether there are lines that are not shown."""
        return len(self.lines) < self.total


def stretch_of(lines: Sequence[PrintedLine], located: Located | None, asked: str | None) -> Stretch:
    """The lines around the located row, those from ``asked`` on, or the first; all if asked."""
    total = len(lines)
    if total <= LONGEST or asked == ALL:
        return Stretch(lines, 1, total)
    at = _line_of(lines, located) if asked is None else _number(asked) - 1
    start = min(max(at, 0), total - 1) // LINES * LINES
    return Stretch(
        lines[start : start + LINES],
        start + 1,
        total,
        before=start - LINES + 1 if start else None,
        after=start + LINES + 1 if start + LINES < total else None,
    )


def _line_of(lines: Sequence[PrintedLine], located: Located | None) -> int:
    wanted = located.row.id if located and located.row else None
    found = (at for at, line in enumerate(lines) if any(row.id == wanted for row in line.rows))
    return next(found, 0)


def _number(asked: str) -> int:
    return int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 7 else 1


def cell_links(**kept: str | None) -> Callable[[str, str], str]:
    """What gives the address of a cell relative to its table's page, ``kept`` arguments first.

    A page has thousands of these, so Chinese is left as it is, as HTML allows: a browser
    encodes it when it follows the link.
    """
    before = "".join(f"{name}={_encoded(value)}&" for name, value in kept.items() if value)

    def path(row: str, column: str) -> str:
        return f"?{before}row={_encoded(row)}&cell={_encoded(column)}"

    return path


@lru_cache(maxsize=_KNOWN)
def _encoded(text: str) -> str:
    return _RESERVED.sub(_escaped, text)


def _escaped(found: re.Match[str]) -> str:
    return quote(found[0], safe="") if found[0].isascii() or found[0].isspace() else found[0]
