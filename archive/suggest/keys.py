"""Under what a name is found while it is typed: its beginnings and those of its words, in
characters and in pinyin initials."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from archive.privacy import holds_mobile_number
from archive.segment import loosened, word_starts
from archive.suggest.sounds import by_ear, initials, syllables

KEY_LENGTH = 8
KEY_LETTERS = 12
"""How much of a name's beginning is kept, in characters and in initials."""
SHORTEST_NAME = 2
LONGEST_NAME = 60
_MOST_STARTS = 8
_PUNCTUATION = re.compile(r"^[^\w]+")
_SAYS_SOMETHING = re.compile(r"[^\W\d_]")


@dataclass(frozen=True, slots=True)
class Keys:
    """``whole`` are the keys of the name from its beginning, ``inner`` those of its words;
    ``heard`` the syllables of the whole name, as :func:`archive.suggest.sounds.by_ear`."""

    whole: tuple[str, ...]
    inner: tuple[str, ...]
    heard: tuple[str, ...]


def is_name(text: str) -> bool:
    """Whether a text is a name worth suggesting: no figure, no paragraph, no telephone number."""
    has_length = SHORTEST_NAME <= len(text) <= LONGEST_NAME
    says_something = has_length and _SAYS_SOMETHING.search(text) is not None
    return says_something and not holds_mobile_number(text)


def typed_key(text: str) -> str:
    """What is typed as it is looked up among the keys, at full length."""
    return _PUNCTUATION.sub("", loosened(text))


def keys_of(text: str, code: str = "") -> Keys:
    """The keys of a name; ``code`` is a further beginning of it."""
    folded = loosened(text)
    sounds = syllables(folded)
    whole = [code[:KEY_LENGTH]] if code else []
    inner: list[str] = []
    for number, start in enumerate(word_starts(folded)[:_MOST_STARTS]):
        (inner if number else whole).extend(_beginnings(folded, sounds, start))
    kept = dict.fromkeys(key for key in whole if key)
    others = dict.fromkeys(key for key in inner if len(key) > 1 and key not in kept)
    return Keys(tuple(kept), tuple(others), by_ear(sounds))


def make_ready() -> None:
    """Load the dictionaries that the first keys need: half a second of work."""
    keys_of("预算")


def _beginnings(folded: str, sounds: list[str], start: int) -> Iterator[str]:
    yield folded[start : start + KEY_LENGTH]
    yield initials(sounds[start : start + KEY_LETTERS])
