"""Names of regions that stand at the head of a code word: 红河财社, 鄂尔多斯财预函."""

from __future__ import annotations

import csv
import re
from functools import cache
from importlib.resources import files

from archive.citations.issuers import begins_with_organ
from archive.citations.words import words

_KINDS = re.compile(
    r"(?:.{1,3}族)*(?:特别行政区|自治区|自治州|自治县|自治旗|地区|林区|矿区|新区|省|市|区|县|旗|州|盟)$"
)
_ABRIDGED = re.compile(r"([^本全该各我外多两])[市县区州盟]$")
_SHORTEST = 2
_LONGEST = 6


def place_at_end(text: str, *, with_kind: bool = False) -> int:
    """How many characters at the end of the text are a region's name: 红河, 鄂尔多斯, 吐市, 滁.

    ``with_kind``: its name with its kind counts too, 哈密市.
    """
    kind = _KINDS.search(text) if with_kind else None
    if kind and (bare := place_at_end(text[: kind.start()])) >= _SHORTEST:
        return bare + len(kind[0])
    for length in range(min(_LONGEST, len(text)), _SHORTEST - 1, -1):
        if text[-length:] in _names():
            return length
    abridged = _ABRIDGED.search(text)
    if abridged and abridged[1] in _first_characters():
        return len(abridged[0])
    return int(text[-1:] in tuple(words().abridged))


def is_place(name: str, rest: str) -> bool:
    """Whether it is no agency but the region at the head of a code word: 红河, 哈密市 财社."""
    place = place_at_end(name, with_kind=begins_with_organ(rest))
    return max(1, place) >= len(name)


@cache
def _first_characters() -> frozenset[str]:
    return frozenset(name[0] for name in _names())


@cache
def _names() -> frozenset[str]:
    """The names of all divisions without their kind, and their first two characters."""
    text = (files("archive") / "data" / "regions.csv").read_text(encoding="utf-8")
    names = {row["name"] for row in csv.DictReader(text.splitlines())}
    bare = {_KINDS.sub("", name) for name in names}
    return frozenset(name for name in bare | {name[:_SHORTEST] for name in names} if name[1:])
