"""The header of a table that is left as lines: where it ends, which layout it prints.

A dump breaks header cells over many lines and jumbles their order, but it keeps their
characters: a layout of the table's form (:mod:`archive.forms`) is printed where the lines
hold its characters, in whatever order.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from archive.amounts import is_figure
from archive.fold import fold
from archive.forms import Layout
from archive.model import Column
from archive.printed import header_cells
from indexer.captions import Kind, kind_of
from indexer.form_layouts import all_layouts
from indexer.head_words import is_description, is_total
from indexer.pages import Line

LIKENESS = 0.9
"""From this share of equal characters a header of as many columns is the layout's own,
printed with other words for the same (商品服务支出, 商品和服务支出)."""

_MARKS = frozenset("※＊*☆★")
_FEWEST_ALONE = 2
"""More numbers than these in order count columns without a word beside them."""
_CODES_COUNTED = ("类", "款", "项", "栏次")
_MARKER_WORDS = frozenset({"栏次", "列次", "行次", "栏目"})
_CODED = re.compile(r"[1-9]\d{2}(?:\d{2}){0,2}[\s　]*[一-鿿]|[1-9]\d{2}[\s　]+\d{2}\b")
_ENUMERATED = re.compile(
    r"[一二三四五六七八九十]+、|[（(][一二三四五六七八九十]+[）)]|\d+[.．、]\D"
)


@dataclass(frozen=True, slots=True)
class Shape:
    """How many cells of each kind a row may have: code parts, names, then figures."""

    codes: int
    names: int
    amounts: int

    @property
    def width(self) -> int:
        """The number of columns."""
        return self.codes + self.names + self.amounts


@dataclass(frozen=True, slots=True)
class Marker:
    """What a line ``※ ※ ※ 1 2 3`` counts: columns of text, then of figures.

    ``texts`` is ``None`` where the line only has a word for them (栏次 1 2 3).
    """

    texts: int | None
    figures: int


@dataclass(frozen=True, slots=True)
class Head:
    """A table divided: its header, the line that counts the columns, the lines of data.

    ``layout`` is ``None`` when no known one is printed.
    """

    layout: Layout | None
    lines: tuple[Line, ...]
    marker: Line | None
    body: tuple[Line, ...]


def split_head(lines: Sequence[Line], known: Sequence[Layout]) -> Head:
    """Divide a table's lines; a header that a further page repeats goes with the first.

    ``known`` are the layouts of the table's form; without any (a further page has no
    title) all layouts of all forms are tried, and must match to the character.
    """
    kept = [line for line in lines if not _is_caption(line)]
    at = next((index for index, line in enumerate(kept) if marker_of(line.text)), None)
    if at is None:
        return _without_marker(kept, known)
    counted = marker_of(kept[at].text)
    layout = _likest(kept[:at], known, counted, LIKENESS) if known else None
    layout = layout or _likest(kept[:at], all_layouts(), counted, 1.0)
    printed = _characters(line.text for line in kept[:at])
    body = _without_repeats(kept[at + 1 :], printed)
    return Head(layout, tuple(kept[:at]), kept[at], tuple(body))


def marker_of(text: str) -> Marker | None:
    """What a marker line counts, ``None`` for any other line."""
    tokens = text.split()
    figures = [token for token in tokens if token.isdecimal()]
    rest = [token for token in tokens if not token.isdecimal()]
    in_order = [int(token) for token in figures] == list(range(1, len(figures) + 1))
    if not figures or not in_order or not (rest or len(figures) > _FEWEST_ALONE):
        return None
    if all(token in _MARKER_WORDS for token in rest) or rest == list(_CODES_COUNTED):
        return Marker(None, len(figures))
    marks_first = tokens[: len(rest)] == rest and all(set(token) <= _MARKS for token in rest)
    return Marker(len(rest), len(figures)) if marks_first else None


def shapes_of(layout: Layout) -> tuple[Shape, ...]:
    """The shape of each half of a layout: a name after figures begins the next half."""
    halves: list[list[int]] = [[0, 0, 0]]
    for path in layout:
        leaf = fold(path[-1])
        if not is_description(leaf):
            halves[-1][2] += 1
            continue
        if halves[-1][2]:
            halves.append([0, 0, 0])
        halves[-1][0 if leaf.endswith("编码") or leaf in {"类", "款", "项"} else 1] += 1
    return tuple(Shape(*half) for half in halves)


def is_data(text: str) -> bool:
    """Whether a line is a row of the table: it has a figure, a code or an item number."""
    tokens = text.split()
    figures = any(is_figure(token) and not re.fullmatch(r"\d{1,4}", token) for token in tokens)
    return bool(figures or _CODED.match(text.strip()) or _ENUMERATED.match(text.strip()))


def _is_caption(line: Line) -> bool:
    return kind_of(line.text.strip()) in (Kind.AGENCY, Kind.UNIT, Kind.NUMBER)


def _without_marker(lines: Sequence[Line], known: Sequence[Layout]) -> Head:
    ends = {layout: _consumed(lines, _printed_by(layout)) for layout in known or all_layouts()}
    layout = max(ends, key=lambda one: ends[one], default=None)
    if layout and ends[layout]:
        body = tuple(_without_repeats(lines[ends[layout] :], _printed_by(layout)))
        return Head(layout, tuple(lines[: ends[layout]]), None, body)
    last = len(lines) - (len(lines) > 1 and is_total(lines[-1].text))
    end = next((at for at, line in enumerate(lines) if is_data(line.text)), last)
    return Head(None, tuple(lines[:end]), None, tuple(lines[end:]))


def _likest(
    lines: Sequence[Line], known: Sequence[Layout], counted: Marker | None, least: float
) -> Layout | None:
    """The counted layout with the most of the header's characters, if that is enough."""
    printed = _characters(line.text for line in lines)
    likenesses = {
        layout: _likeness(_printed_by(layout), printed)
        for layout in known
        if counted and _fits(layout, counted)
    }
    best = max(likenesses, key=lambda layout: likenesses[layout], default=None)
    return best if best and likenesses[best] >= least else None


def _fits(layout: Layout, counted: Marker) -> bool:
    shapes = shapes_of(layout)
    texts = sum(shape.codes + shape.names for shape in shapes)
    figures = sum(shape.amounts for shape in shapes)
    return counted.texts in (texts, None) and counted.figures == figures


def _likeness(one: Counter[str], other: Counter[str]) -> float:
    larger = max(one.total(), other.total())
    return (one & other).total() / larger if larger else 0.0


def _characters(texts: Iterable[str]) -> Counter[str]:
    return Counter("".join(map(fold, texts)))


def _printed_by(layout: Layout) -> Counter[str]:
    """The characters of a layout's header, each merged cell once."""
    rows = header_cells([Column(path) for path in layout])
    return _characters(cell.text for row in rows for cell in row)


def _consumed(lines: Sequence[Line], head: Counter[str]) -> int:
    """How many leading lines have just the characters of a header, 0 when they do not."""
    left = head.copy()
    for count, line in enumerate(lines, start=1):
        here = _characters([line.text])
        if not here <= left:
            return 0
        left -= here
        if not left:
            return count
    return 0


def _without_repeats(body: Sequence[Line], head: Counter[str]) -> list[Line]:
    """The lines of data without the headers that further pages repeat.

    ``head`` are the characters of the table's header; a repeated one is a run of lines with
    just these characters, in whatever order.
    """
    kept: list[Line] = []
    index = 0
    while index < len(body):
        repeated = _consumed(body[index:], head)
        if not repeated and marker_of(body[index].text) is None:
            kept.append(body[index])
        index += repeated or 1
    return kept
