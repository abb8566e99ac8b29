"""Places put together: where a text stands that several lines or cells print.

A place names pages and boxes, lines, or a path: that of an element (``body/tbl[1]/tr[2]``),
or of cells (``Sheet!B5:D5``).  Elements one after another are written ``first..last``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from archive.model import NOWHERE, Box, Place

TO = ".."
"""What stands between the paths of the first and the last element of a range."""

_CELLS = re.compile(r"([A-Z]+)(\d+)(?::([A-Z]+)(\d+))?")


def union(places: Iterable[Place]) -> Place:
    """The place of a whole: on the first page that it touches, or the range of its parts.

    Cells of several sheets have that of the first sheet.
    """
    known = [place for place in places if place != NOWHERE]
    if not known:
        return NOWHERE
    first = known[0]
    path = _path([place.path for place in known if place.path is not None])
    if first.page is not None:
        boxes = [place.box for place in known if place.page == first.page and place.box]
        return Place(page=first.page, box=_around(boxes), path=path)
    ranges = [place.lines for place in known if place.lines]
    lines = (min(r[0] for r in ranges), max(r[1] for r in ranges)) if ranges else None
    return Place(path=path, lines=lines)


def ends_of(path: str) -> tuple[str, str | None]:
    """The first and the last element of a path; the last is ``None`` where there is one."""
    first, dots, last = path.partition(TO)
    return (first, last) if dots else (first, None)


def _around(boxes: list[Box]) -> Box | None:
    if not boxes:
        return None
    lefts, tops, rights, bottoms = zip(*boxes, strict=True)
    return min(lefts), min(tops), max(rights), max(bottoms)


def _path(paths: Sequence[str]) -> str | None:
    if not paths:
        return None
    cells = [path for path in paths if "!" in path]
    if cells:
        return _cells(cells)
    start, end = ends_of(paths[0])[0], paths[-1]
    first, last = ends_of(end)
    end = last or first
    return start if start == end else f"{start}{TO}{end}"


def _cells(paths: Sequence[str]) -> str:
    """The smallest range of one sheet that holds the cells."""
    sheet = paths[0].rpartition("!")[0]
    inside = [path.rpartition("!")[2] for path in paths if path.rpartition("!")[0] == sheet]
    found = [match.groups() for reference in inside if (match := _CELLS.fullmatch(reference))]
    if len(found) < len(inside):
        return paths[0]
    columns = [_number(letters) for a, _, b, _ in found for letters in (a, b or a)]
    rows = [int(number) for _, a, _, b in found for number in (a, b or a)]
    corner, opposite = (
        f"{_letters(min(columns))}{min(rows)}",
        f"{_letters(max(columns))}{max(rows)}",
    )
    return f"{sheet}!{corner}" if corner == opposite else f"{sheet}!{corner}:{opposite}"


def _number(letters: str) -> int:
    """The number of a column: A is 1, Z 26, AA 27."""
    number = 0
    for letter in letters:
        number = 26 * number + ord(letter) - ord("A") + 1
    return number


def _letters(number: int) -> str:
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters
