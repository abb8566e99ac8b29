"""What is laid out on the pages of a made-up disclosure, and how it is to be printed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Literal

from reportlab.pdfbase.pdfmetrics import stringWidth

FONT = "STSong-Light"
A4 = (595.0, 842.0)
MARGIN = 50.0
PADDING = 2.5
LEADING = 1.25
LONGEST_LABEL = 15.0
"""A label wraps beyond so many letters."""

Rules = Literal[
    "full", "bars", "double", "dotted", "cells", "horizontal", "no sides", "inner", "three", "none"
]
Over = Literal["", "slanted", "between letters", "level", "seal"]


@dataclass(frozen=True, slots=True)
class Press:
    """How a disclosure is printed.

    ``repeat`` says what stands above a table on its next pages; ``split`` lets a page end
    inside a row; ``narrow`` is the share of its width that a column of amounts gets;
    ``frame`` draws a frame around each page's table and the page number below it.
    """

    rules: Rules = "full"
    wide: int = 8
    repeat: Literal["header", "nothing", "续表"] = "nothing"
    split: bool = False
    narrow: float = 1.0
    label: float = LONGEST_LABEL
    shade: bool = False
    frame: bool = False
    running: bool = False
    over: Over = ""
    rotate: int = 0
    crop: tuple[float, float] = (0.0, 0.0)
    origin: tuple[float, float] = (0.0, 0.0)
    letters: float = 0.0
    stretch: int = 100
    latin: str = ""
    flipped: bool = False
    form: bool = False
    hidden: bool = False
    merge_codes: bool = False
    size: float = 8.0
    page: tuple[float, float] = A4


@dataclass(frozen=True, slots=True)
class Letters:
    """A line of text with its left end and baseline, y downwards."""

    x: float
    y: float
    text: str
    size: float


@dataclass(frozen=True, slots=True)
class Stroke:
    """A line from one point to another."""

    x0: float
    y0: float
    x1: float
    y1: float
    width: float = 0.5


@dataclass(frozen=True, slots=True)
class Fill:
    """A shaded rectangle."""

    x0: float
    y0: float
    x1: float
    y1: float


@dataclass(slots=True)
class Sheet:
    """A page and its marks."""

    width: float
    height: float
    marks: list[Letters | Stroke | Fill] = field(default_factory=list)


def width_of(text: str, size: float, press: Press) -> float:
    wide = sum(float(stringWidth(run, font_of(run, press), size)) for run in of_one_script(text))
    wide += press.letters * size * max(len(text) - 1, 0)
    return wide * press.stretch / 100


def wrapped(text: str, size: float, room: float, press: Press) -> Iterator[str]:
    line = ""
    for letter in text:
        if line and width_of(line + letter, size, press) > room and letter not in "，。；、）":
            yield line
            line = ""
        line += letter
    if line:
        yield line


def font_of(text: str, press: Press) -> str:
    return press.latin if press.latin and text.isascii() else FONT


def of_one_script(text: str) -> Iterator[str]:
    start = 0
    for at, (one, other) in enumerate(pairwise(text), start=1):
        if one.isascii() != other.isascii():
            yield text[start:at]
            start = at
    yield text[start:]
