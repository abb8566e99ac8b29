"""The administrative divisions of China and the region that an agency's name tells.

The list is official (see ``archive/data/README.md``); short forms such as 昌吉州 or 巴州
are data beside it.  A name that several divisions share (普陀区, 鼓楼区) is settled by the
divisions named before it or by a known surrounding region, and otherwise not at all.
"""

from __future__ import annotations

import csv
import re
from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

_LONGEST_NAME = 20
_SHORTEST_ALONE = 2
_PREFIX = re.compile(r"(?:中国共产党|中共|中华人民共和国)*")
_SUFFIXES = ("省", "市", "区", "县", "旗", "州", "盟")


@dataclass(frozen=True, slots=True)
class Region:
    """A division: ``code`` of six digits (GB/T 2260), ``path`` of full names from the
    province down, joined by "/", as in ``新疆维吾尔自治区/昌吉回族自治州/昌吉市``."""

    code: str
    name: str
    path: str

    @property
    def depth(self) -> int:
        """1 for a province, 2 for a prefecture or a district of a municipality, and so on."""
        return self.path.count("/") + 1

    def holds(self, other: Region) -> bool:
        """Whether ``other`` is this region or lies in it."""
        return other.path == self.path or other.path.startswith(self.path + "/")


@dataclass(frozen=True, slots=True)
class Naming:
    """The words of a text that name a region: ``text[start:end]``."""

    start: int
    end: int
    region: Region


@dataclass(frozen=True, slots=True)
class _Gazetteer:
    """``names`` holds, for every name and short form, the divisions that bear it."""

    by_code: dict[str, Region]
    names: dict[str, tuple[Region, ...]]
    nowhere: frozenset[str]


def region(code: str) -> Region | None:
    """The division with this six-digit code."""
    return _gazetteer().by_code.get(code)


def region_of(text: str, within: Region | None = None) -> Region | None:
    """The region that the first place name in ``text`` tells, as deep as it goes.

    ``within`` is what is known of the surroundings: it settles names that several
    divisions share.  ``None`` when no division is named or the name is ambiguous.
    """
    naming = naming_of(text, within)
    return naming.region if naming else None


def naming_of(text: str, within: Region | None = None) -> Naming | None:
    """Like :func:`region_of`, with the words that tell it, chained names included."""
    compact = _compact(text)
    for start in range(_start_of(compact.text), len(compact.text)):
        found = _chain_at(compact.text, start, within)
        if found is not None:
            end, place = found
            return Naming(compact.at[start], compact.at[end - 1] + 1, place) if place else None
    return None


@dataclass(frozen=True, slots=True)
class _Compact:
    text: str
    at: tuple[int, ...]


def _compact(text: str) -> _Compact:
    kept = [(offset, letter) for offset, letter in enumerate(text) if not letter.isspace()]
    return _Compact("".join(letter for _, letter in kept), tuple(offset for offset, _ in kept))


def _start_of(text: str) -> int:
    match = _PREFIX.match(text)
    return match.end() if match else 0


def _chain_at(text: str, start: int, within: Region | None) -> tuple[int, Region | None] | None:
    """The end and the region of the chain of names that begins at ``start``.

    A region of ``None`` says that the name there is no division, or any of several.
    """
    end, found = start, within
    named = False
    while True:
        step = _longest(text, end, found, first=not named, at_start=end == _start_of(text))
        if step is None:
            return (end, found) if named else None
        name, deeper = step
        if deeper is None:
            return end + len(name), None
        end, found, named = end + len(name), deeper, True


def _longest(
    text: str, start: int, within: Region | None, *, first: bool, at_start: bool
) -> tuple[str, Region | None] | None:
    """The longest name at ``start`` and its division, ``None`` when that is undecided."""
    places = _gazetteer()
    for length in range(min(_LONGEST_NAME, len(text) - start), _SHORTEST_ALONE - 1, -1):
        name = text[start : start + length]
        if name in places.nowhere:
            return name, None
        bearers = places.names.get(name, ())
        if not bearers and at_start and text[start + length : start + length + 1] not in _SUFFIXES:
            bearers = tuple(c for c in places.names.get(name + "市", ()) if c.depth == 2)
        chosen = _only(bearers, within, first=first)
        if chosen is not None or (bearers and first):
            return name, chosen
    return None


def _only(candidates: tuple[Region, ...], within: Region | None, *, first: bool) -> Region | None:
    """The one candidate that fits: inside ``within`` when that settles it.

    The first name may leave the surroundings, a further one in the chain may not.
    """
    inside = [c for c in candidates if within is not None and within.holds(c)]
    if not first:
        inside = [c for c in inside if c != within]
    if len(inside) == 1:
        return inside[0]
    if first and not inside and len(candidates) == 1:
        return candidates[0]
    return None


@cache
def _gazetteer() -> _Gazetteer:
    by_code = _divisions()
    names: dict[str, list[Region]] = defaultdict(list)
    for place in by_code.values():
        names[place.name].append(place)
    nowhere = set()
    for row in _rows("region_aliases.csv"):
        if not row["code"]:
            nowhere.add(row["alias"])
        elif by_code[row["code"]] not in names[row["alias"]]:
            names[row["alias"]].append(by_code[row["code"]])
    return _Gazetteer(
        by_code, {name: tuple(places) for name, places in names.items()}, frozenset(nowhere)
    )


def _divisions() -> dict[str, Region]:
    """Every division by code; the file lists parents before their children."""
    by_code: dict[str, Region] = {}
    for row in _rows("regions.csv"):
        parent = by_code[row["parent"]].path + "/" if row["parent"] else ""
        by_code[row["code"]] = Region(row["code"], row["name"], parent + row["name"])
    return by_code


def _rows(name: str) -> list[dict[str, str]]:
    text = files("archive").joinpath("data", name).read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines()))
