"""Numbers that may be meant by another: a kindred code word, one figure off, another year."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from archive.citations import Number, are_near
from archive.policies.records import Near, NearKind
from archive.store import Store
from archive.store.policies import Policies

MOST_OF_KIND = 8
_SHORTEST_SLIP = 2
_FIGURES = "0123456789"

WHY: dict[NearKind, str] = {
    "code": "机关代字相近，年份和序号相同",
    "number": "机关代字和年份相同，序号差一个数字",
    "year": "机关代字和序号相同，年份不同",
}


def near(store: Store, number: Number) -> tuple[Near, ...]:
    """The policies of the archive whose number may be meant by ``number``, by kind; of each
    kind those that most rests on."""
    policies = Policies(store.db)
    found: dict[NearKind, list[str]] = {kind: [] for kind in WHY}
    for normal, other in policies.around(number, slips(number.number)):
        kind = nearness(number, other)
        if kind and len(found[kind]) < MOST_OF_KIND:
            found[kind].append(normal)
    if not any(found.values()):
        return ()
    known = policies.policies(normal for normals in found.values() for normal in normals)
    return tuple(Near(known[normal], kind) for kind in WHY for normal in found[kind])


def nearness(number: Number, other: Number) -> NearKind | None:
    """In what way another number is near, ``None`` when it is not."""
    if are_near(number, other):
        return "code"
    if number.issuer != other.issuer or number == other:
        return None
    if number.year == other.year:
        return "number" if one_off(str(number.number), str(other.number)) else None
    return "year" if number.number == other.number else None


@lru_cache(maxsize=4096)
def slips(number: int) -> frozenset[int]:
    """The numbers that are :func:`one_off` from it."""
    text = str(number)
    cuts = [(text[:at], text[at:]) for at in range(len(text) + 1)]
    made = {a + figure + b for a, b in cuts for figure in _FIGURES}
    made |= {a + figure + b[1:] for a, b in cuts if b for figure in _FIGURES}
    made |= {a + b[1] + b[0] + b[2:] for a, b in cuts if len(b) > 1}
    made |= set(_without_one(text))
    return frozenset(int(slip) for slip in made if slip and slip[0] != "0" and one_off(text, slip))


def one_off(a: str, b: str) -> bool:
    """Whether one figure of two or more was mistaken, dropped, added or swapped with the next."""
    short, long = sorted((a, b), key=len)
    if a == b or len(long) < _SHORTEST_SLIP:
        return False
    if len(short) == len(long):
        wrong = [index for index in range(len(a)) if a[index] != b[index]]
        first, last = wrong[0], wrong[-1]
        swapped = last - first == 1 and a[first] == b[last] and a[last] == b[first]
        return len(wrong) == 1 or (len(wrong) == 2 and swapped)
    return any(short == removed for removed in _without_one(long))


def _without_one(text: str) -> Iterable[str]:
    return (text[:index] + text[index + 1 :] for index in range(len(text)))
