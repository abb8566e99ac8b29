"""Places put together: where a text stands that several lines print."""

from __future__ import annotations

from collections.abc import Iterable

from archive.model import NOWHERE, Box, Place


def union(places: Iterable[Place]) -> Place:
    """The place of a whole: on the first page that it touches, or the range of its lines.

    Places of a path keep the first path, for a path has no range.
    """
    known = [place for place in places if place != NOWHERE]
    if not known:
        return NOWHERE
    first = known[0]
    if first.page is not None:
        boxes = [place.box for place in known if place.page == first.page and place.box]
        return Place(page=first.page, box=_around(boxes), path=first.path)
    ranges = [place.lines for place in known if place.lines]
    lines = (min(r[0] for r in ranges), max(r[1] for r in ranges)) if ranges else None
    return Place(path=first.path, lines=lines)


def _around(boxes: list[Box]) -> Box | None:
    if not boxes:
        return None
    lefts, tops, rights, bottoms = zip(*boxes, strict=True)
    return min(lefts), min(tops), max(rights), max(bottoms)
