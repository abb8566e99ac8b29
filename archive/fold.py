"""One spelling for search: width, script, brackets, spaces and case folded away.

NFKC changes neither 〔〕 nor 【】, so brackets are folded by an explicit table.  Traditional
characters fold to simplified ones, so that either script finds the other.
"""

from __future__ import annotations

import unicodedata

from archive.script import simplified

FOLDING = 2
"""The version of the folding: what was folded by another must be folded anew."""

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
        "•": "·",
        "○": "〇",
    }
)


class _Folds(dict[int, str]):
    """What each character folds to, learned as they are met: folding goes by character."""

    def __missing__(self, character: int) -> str:
        self[character] = _fold_character(chr(character))
        return self[character]


_FOLDS = _Folds()
_FOLDS_IN_LINES = _Folds({ord("\n"): "\n"})


def fold(text: str) -> str:
    """The text as search compares it; may be shorter than the original.

    Half characters (lone surrogates), which no file can hold, become U+FFFD.
    """
    return text.translate(_FOLDS)


def fold_lines(text: str) -> str:
    """Each line of the text folded, the ends of lines kept."""
    return text.translate(_FOLDS_IN_LINES)


def fold_with_offsets(text: str) -> tuple[str, list[int]]:
    """The folded text, and for each of its characters the offset in the original.

    The list has one more entry, the length of the original, so that a folded span
    ``[i, j)`` stands at ``text[offsets[i]:offsets[j]]``.
    """
    parts = [_FOLDS[character] for character in map(ord, text)]
    folded = "".join(parts)
    offsets = [offset for offset, part in enumerate(parts) for _ in part]
    return folded, [*offsets, len(text)]


def _fold_character(character: str) -> str:
    if character.isspace():
        return ""
    if "\ud800" <= character <= "\udfff":
        return "\ufffd"
    normal = unicodedata.normalize("NFKC", character.translate(_BRACKETS))
    return simplified(normal.translate(_BRACKETS).casefold().replace(" ", ""))
