"""How Chinese text sounds: its syllables in pinyin, for initials and for words typed by ear."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

_BY_EAR = ((re.compile(r"^([zcs])h"), r"\1"), (re.compile(r"ng$"), "n"))


def syllables(folded: str) -> list[str]:
    """The syllable of each character of a folded text; one that has none stands for itself.

    A character with several readings (长, 行) gets the one that it has in its word.
    """
    from pypinyin import lazy_pinyin  # noqa: PLC0415 - 50 MB that most commands do without

    return lazy_pinyin(folded, errors=list)  # type: ignore[arg-type]  # it takes lists too


def initials(sounds: Sequence[str]) -> str:
    """The first letter of each syllable; digits and letters are kept, punctuation is not."""
    return "".join(sound[0] for sound in sounds if sound[0].isalnum())


def by_ear(sounds: Sequence[str]) -> tuple[str, ...]:
    """The syllables without what is often misheard (zh and z, -ng and -n) and punctuation."""
    return tuple(_plain(sound) for sound in sounds if sound[0].isalnum())


def pairs(heard: Sequence[str]) -> tuple[str, ...]:
    """Every two neighbouring syllables once."""
    return tuple(dict.fromkeys(f"{a} {b}" for a, b in pairwise(heard)))


def _plain(sound: str) -> str:
    for pattern, plain in _BY_EAR:
        sound = pattern.sub(plain, sound)
    return sound
