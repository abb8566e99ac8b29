"""Lines of tables at the same heights on their pages, as those of a table too wide for one."""

from __future__ import annotations

from collections.abc import Sequence

from archive.amounts import is_figure
from indexer.headers import is_data_line
from indexer.lattice import PrintedLine

LEVEL = 1.5
"""Lines at the same height on their pages begin within so many points."""
FEWEST_LINES = 4
"""Fewer lines may agree by chance."""

_NO_FIGURE = frozenset("—－-")

_Spot = tuple[int, float]


def holds_figures_alone(lines: Sequence[PrintedLine]) -> bool:
    """Whether nothing below the heads names a row: forms of one layout, printed a page each,
    stand at the same heights too, and name their rows."""
    first = next((i for i, line in enumerate(lines) if is_data_line(line)), len(lines))
    texts = [text for line in lines[first:] for text in line.texts]
    return bool(texts) and all(is_figure(text) or text in _NO_FIGURE for text in texts)


def matched(
    left: Sequence[PrintedLine], left_page: int, right: Sequence[PrintedLine], right_page: int
) -> list[int] | None:
    """For each of the right lines the left one at its height, ``None`` when one has none.

    Each side begins on its page and may run over more; the first lines must agree, and most
    of the left ones of those pages have a right one.
    """
    spots = _spots(left, left_page)
    found: list[int] = []
    start = 0
    for spot in _spots(right, right_page):
        at = next((i for i in range(start, len(spots)) if _agree(spots[i], spot)), None)
        if at is None:
            return None
        found.append(at)
        start = at + 1
    if not found or found[0]:
        return None
    pages = spots[found[-1]][0]
    shared = sum(page <= pages for page, _ in spots)
    return found if 2 * len(found) > shared else None


def _spots(lines: Sequence[PrintedLine], first: int) -> list[_Spot]:
    """The page of each line, counted from the table's first, and its height there."""
    spots: list[_Spot] = []
    for line in lines:
        page = min((cell.place.page or 0 for cell in line.cells), default=0)
        places = [cell.place for cell in line.cells if cell.place.page == page]
        top = min((place.box[1] for place in places if place.box), default=-1.0)
        spots.append((page - first, top))
    return spots


def _agree(one: _Spot, other: _Spot) -> bool:
    return one[0] == other[0] and abs(one[1] - other[1]) <= LEVEL
