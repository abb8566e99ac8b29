"""One spelling for search: width, brackets, spaces and case folded away.

NFKC changes neither 〔〕 nor 【】, so brackets are folded by an explicit table.
"""

from __future__ import annotations

import unicodedata

_BRACKETS = str.maketrans(
    dict.fromkeys("〔﹝［【〖「『〈《<{", "(")
    | dict.fromkeys("〕﹞］】〗」』〉》>}", ")")
    | {
        "[": "(",
        "]": ")",
        "“": '"',
        "”": '"',
        "‘": "'",
        "’": "'",
        "—": "-",
        "–": "-",
        "−": "-",
        "～": "~",
        "≧": "≥",
        "≦": "≤",
        "·": "·",
    }
)


def fold(text: str) -> str:
    """The text as search compares it; may be shorter than the original."""
    return "".join(_fold_character(character) for character in text)


def fold_with_offsets(text: str) -> tuple[str, list[int]]:
    """The folded text, and for each of its characters the offset in the original.

    The list has one more entry, the length of the original, so that a folded span
    ``[i, j)`` stands at ``text[offsets[i]:offsets[j]]``.
    """
    folded: list[str] = []
    offsets: list[int] = []
    for offset, character in enumerate(text):
        for part in _fold_character(character):
            folded.append(part)
            offsets.append(offset)
    offsets.append(len(text))
    return "".join(folded), offsets


def _fold_character(character: str) -> str:
    if character.isspace():
        return ""
    normal = unicodedata.normalize("NFKC", character.translate(_BRACKETS))
    return normal.translate(_BRACKETS).casefold().replace(" ", "")
