"""A known layout with the words that a jumbled header prints for it.

Provinces word a head in their own way (商品服务支出, 商品和服务支出); the columns are those
of the layout, their names are what is printed.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

from archive.fold import fold
from archive.forms import Layout
from archive.model import Column
from archive.printed import header_cells

LIKE = 60.0
"""From this likeness (of 100) words stand for the head that they are matched with."""


@dataclass(frozen=True, slots=True)
class _Head:
    """A head of a layout: its text, how deep it stands, and over which columns."""

    text: str
    level: int
    columns: range


def with_printed_names(layout: Layout, lines: Iterable[str]) -> Layout | None:
    """The layout with each head as the lines print it; ``None`` where they leave that open.

    A head whose words a dump tore apart keeps the layout's words if these are printed to
    the letter.
    """
    heads = _heads(layout)
    words = [word for line in lines for word in line.split()]
    names: dict[int, str] = {}
    for number in sorted(range(len(heads)), key=lambda at: -len(heads[at].text)):
        run = _run(words, heads[number].text)
        if run is not None:
            names[number] = "".join(words[run.start : run.stop])
            del words[run.start : run.stop]
    torn = [number for number in range(len(heads)) if number not in names]
    if _letters(words) != _letters(heads[number].text for number in torn):
        paired = _paired([heads[number].text for number in torn], words)
        if paired is None:
            return None
        names |= dict(zip(torn, paired, strict=True))
    return _renamed(layout, heads, names)


def _heads(layout: Layout) -> list[_Head]:
    return [
        _Head(cell.text, level, range(cell.column, cell.column + cell.columns))
        for level, row in enumerate(header_cells([Column(path) for path in layout]))
        for cell in row
    ]


def _run(words: Sequence[str], head: str) -> range | None:
    """Where neighbouring words spell a head."""
    wanted = fold(head)
    for start in range(len(words)):
        text = ""
        for stop in range(start, len(words)):
            text += fold(words[stop])
            if text == wanted:
                return range(start, stop + 1)
            if not wanted.startswith(text):
                break
    return None


def _letters(texts: Iterable[str]) -> Counter[str]:
    return Counter("".join(map(fold, texts)))


def _paired(heads: Sequence[str], words: Sequence[str]) -> list[str] | None:
    """For each head the words that stand for it, if all can be dealt out."""
    if len(heads) == 1:
        text = "".join(words)
        return [text] if _alike(text, heads[0]) >= LIKE else None
    if not heads or len(heads) != len(words):
        return None
    pairs = [_likest(words, head) for head in heads]
    likely = all(_alike(word, head) >= LIKE for word, head in zip(pairs, heads, strict=True))
    return pairs if likely and len(set(pairs)) == len(pairs) else None


def _likest(words: Sequence[str], head: str) -> str:
    return max(words, key=lambda word: _alike(word, head))


def _alike(words: str, head: str) -> float:
    return fuzz.ratio(fold(words), fold(head))


def _renamed(layout: Layout, heads: Sequence[_Head], names: Mapping[int, str]) -> Layout:
    paths = [list(path) for path in layout]
    for number, name in names.items():
        for column in heads[number].columns:
            paths[column][heads[number].level] = name
    return tuple(tuple(path) for path in paths)
