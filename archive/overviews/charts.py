"""Charts of amounts as bars: what is drawn, where it stands, and the same as CSV.

A chart lists lines (a year, an agency), each with one or more parts.  Parts stand beside one
another, or stacked where they make up a whole.  Every bar has its name and its figure as
text, so that nothing hangs on colour; zero, blank, dash and absence are told in words.
Lengths are pixels, not money.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from typing import Literal

from archive.amounts import FEN_PER_UNIT, in_unit
from archive.export import safe
from archive.overviews.key_figures import Figure
from archive.policies.graph import fitted

WIDTHS = {"wide": 680, "narrow": 340}
LABEL, SMALL = 15, 13
"""Font sizes in pixels."""
HEAD, STEP, GAP, BAR = 25, 22, 14, 14
"""Heights: of a line's label, of a row below it, between lines, of a bar."""
NAME_WIDTH = 96
KEY = 30
"""The square with the colour before a name, and the gap after it."""
LEAST_BAR = 2.0

Role = Literal["label", "name", "value"]


@dataclass(frozen=True, slots=True)
class Part:
    """A figure in a chart; ``printed`` is ``None`` where the document has no such figure."""

    name: str
    fen: int | None
    printed: str | None
    unit: str | None = None
    certain: bool = True
    doubt: str | None = None
    path: str | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a chart: what it tells of and its figures."""

    label: str
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Chart:
    """Lines to be drawn on one scale; ``unit`` is that of the figures shown."""

    name: str
    title: str
    unit: str
    lines: tuple[Line, ...]
    stacked: bool = False


@dataclass(frozen=True, slots=True)
class Bar:
    """A rectangle; ``shade`` counts the parts from 1."""

    x: float
    y: float
    width: float
    height: float
    shade: int
    certain: bool


@dataclass(frozen=True, slots=True)
class Text:
    """A text that begins at ``x`` and stands on the line ``y``."""

    x: float
    y: float
    size: int
    role: Role
    text: str


@dataclass(frozen=True, slots=True)
class Drawing:
    """A chart laid out in one width."""

    shape: str
    width: int
    height: int
    title: str
    bars: tuple[Bar, ...]
    texts: tuple[Text, ...]


def part(name: str, figure: Figure | None, path: str | None) -> Part:
    """A figure of a disclosure as a part; ``None`` is one that it does not print."""
    if figure is None:
        return Part(name, None, None)
    return Part(name, figure.fen, figure.printed, figure.unit, figure.certain, figure.doubt, path)


def rounded(fen: int, unit: str) -> str:
    """The amount in a unit, in 万元 and 亿元 with two decimals; never 0 for what is not."""
    if unit == "元" or not fen:
        return in_unit(fen, unit)
    number = (Decimal(fen) / FEN_PER_UNIT[unit]).quantize(Decimal("0.01"), ROUND_HALF_UP)
    return f"{number:,}" if number else in_unit(fen, unit)


def said(one: Part, unit: str) -> str:
    """The figure as shown: 12.5, 0, 空白, — or 未列, and whether it is in doubt."""
    if one.printed is None:
        return "未列"
    doubt = "" if one.certain else "（存疑）"
    if one.fen is None:
        return (one.printed or "空白") + doubt
    return rounded(one.fen, unit) + doubt


def drawings(chart: Chart) -> tuple[Drawing, ...]:
    """The chart in every width."""
    return tuple(drawing(chart, shape) for shape in WIDTHS)


def drawing(chart: Chart, shape: str) -> Drawing:
    """The chart in one width."""
    canvas = _Canvas(WIDTHS[shape])
    lay = _stacked if chart.stacked else _beside
    for line in chart.lines:
        label = fitted(line.label, canvas.width, LABEL)
        canvas.texts.append(Text(0, canvas.y + 17, LABEL, "label", label))
        canvas.y += HEAD
        lay(chart, line, canvas)
        canvas.y += GAP
    height = int(max(canvas.y - GAP, 1))
    return Drawing(
        shape, canvas.width, height, chart.title, tuple(canvas.bars), tuple(canvas.texts)
    )


def chart_csv(chart: Chart, host: str) -> bytes:
    """Every part of every line with its figure as printed; UTF-8 with a mark for Excel."""
    buffer = io.StringIO()
    writer = csv.writer(buffer)
    writer.writerow(["", "项目", "金额（元）", "原文", "原文单位", "存疑", "链接"])
    for line in chart.lines:
        for one in line.parts:
            yuan = "" if one.fen is None else in_unit(one.fen, "元").replace(",", "")
            writer.writerow([
                safe(line.label), safe(one.name), yuan,
                "未列" if one.printed is None else safe(one.printed) or "空白", one.unit or "",
                "" if one.certain else safe(one.doubt or "存疑"),
                host + one.path if one.path else "",
            ])  # fmt: skip
    return buffer.getvalue().encode("utf-8-sig")


@dataclass(slots=True)
class _Canvas:
    """What is laid out so far; ``y`` is where the next row begins."""

    width: int
    y: float = 0.0
    bars: list[Bar] = field(default_factory=list)
    texts: list[Text] = field(default_factory=list)


def _beside(chart: Chart, line: Line, canvas: _Canvas) -> None:
    """Each part in a row of its own, its name before the bar where there are several."""
    several = any(len(one.parts) > 1 for one in chart.lines)
    start = NAME_WIDTH if several else 0
    room = canvas.width - start - _widest(chart) - 8
    most = max((one.fen or 0 for each in chart.lines for one in each.parts), default=0)
    for one in line.parts:
        base = canvas.y + 13
        if several:
            name = fitted(one.name, start - 8, SMALL)
            canvas.texts.append(Text(0, base, SMALL, "name", name))
        length = _length(one.fen, most, room)
        if length:
            canvas.bars.append(Bar(start, canvas.y + 2, length, BAR, 1, one.certain))
        beside = start + length + (8 if length else 0)
        canvas.texts.append(Text(beside, base, SMALL, "value", said(one, chart.unit)))
        canvas.y += STEP


def _stacked(chart: Chart, line: Line, canvas: _Canvas) -> None:
    """One bar of all parts; below it each part's name, figure and share with its colour."""
    most = max((_sum(one.parts) for one in chart.lines), default=0)
    x = 0.0
    for shade, one in enumerate(line.parts, 1):
        length = _length(one.fen, most, canvas.width)
        if length:
            drawn = max(length - 1, LEAST_BAR / 2)  # a gap tells neighbours apart
            canvas.bars.append(Bar(x, canvas.y, drawn, BAR + 2, shade, one.certain))
            x += length
    canvas.y += BAR + 8
    across = _columns(chart, canvas.width)
    room = canvas.width // across
    for index, one in enumerate(line.parts):
        left, top = (index % across) * room, canvas.y + (index // across) * STEP
        canvas.bars.append(Bar(left, top + 3, 10, 10, index + 1, certain=True))
        shown = fitted(_legend(one, line, chart.unit), room - KEY, SMALL)
        canvas.texts.append(Text(left + 15, top + 13, SMALL, "name", shown))
    canvas.y += -(-len(line.parts) // across) * STEP


def _columns(chart: Chart, width: int) -> int:
    """Into how many columns the longest name with its figure lets the parts be set."""
    legends = (_legend(one, line, chart.unit) for line in chart.lines for one in line.parts)
    longest = max(_text_width(text) * SMALL for text in legends)
    most = max(len(line.parts) for line in chart.lines)
    fitting = min(max(int(width / (longest + KEY)), 1), most)
    return -(-most // -(-most // fitting))  # no more than its rows need


def _legend(one: Part, line: Line, unit: str) -> str:
    return f"{one.name} {said(one, unit)}{_share(one, line.parts)}"


def _share(one: Part, parts: Sequence[Part]) -> str:
    """The part's share of the whole; none where a part is unknown to the document."""
    whole = _sum(parts)
    if not one.fen or one.fen < 0 or not whole or any(each.printed is None for each in parts):
        return ""
    return f" {(Decimal(one.fen) * 100 / whole).quantize(Decimal('0.1'), ROUND_HALF_UP)}%"


def _sum(parts: Sequence[Part]) -> int:
    return sum(one.fen for one in parts if one.fen and one.fen > 0)


def _length(fen: int | None, most: int, room: float) -> float:
    """The bar's length; nothing for zero, for what is unknown and for what is taken back."""
    if not fen or fen < 0 or not most:
        return 0.0
    return max(round(fen * room / most, 1), LEAST_BAR)


def _widest(chart: Chart) -> float:
    return max((_text_width(text) for text in _figures(chart)), default=0) * SMALL


def _figures(chart: Chart) -> Iterator[str]:
    return (said(one, chart.unit) for line in chart.lines for one in line.parts)


def _text_width(text: str) -> float:
    return sum(1.0 if character > "⺀" else 0.62 for character in text)
