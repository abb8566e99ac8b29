"""Words that are figures, which prose does not set in columns."""

from __future__ import annotations

import re

from indexer.readers.pdf.words import Word

_FIGURE = re.compile(r"[-−－+＋(（△▲]?\d[\d,，]*([.．]\d+)?[%％]?[)）]?|[-—–－]+")
_AMOUNT = re.compile(r"[-−－+＋(（△▲]?(\d{1,3}([,，]\d{3})+|\d+(?=[.．]))([.．]\d+)?[%％]?[)）]?")


def is_figure(word: Word) -> bool:
    """Whether a word is nothing but a number or the dash that stands for one."""
    return _FIGURE.fullmatch(word.text) is not None


def is_amount(word: Word) -> bool:
    """Whether a word is a number with decimals or grouped thousands, never a code or year."""
    return _AMOUNT.fullmatch(word.text) is not None
