"""A policy, what rests on it and with how much money, laid out as a drawing.

Three layers: the policy, the projects, their amounts as bars of one scale.  Every project
has a line of its own, so that no label can cover another; a label is cut to its line, and
its whole text stands in the table beside the drawing.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from archive.amounts import spoken
from archive.policies.page import agency_of, target_path
from archive.policies.records import Item, Policy

MOST_LINES = 48
_NARROW_CHARACTER = 0.6  # of the font size; Chinese characters take one
_LEAST_BAR = 2.0


@dataclass(frozen=True, slots=True)
class Shape:
    """Where things stand, in pixels.

    ``stem`` is where the lines from the policy begin (from its right edge in the wide
    drawing, below it in the narrow one); a label is at most ``label_width`` wide, a bar
    ``bar_width``.
    """

    name: str
    width: int
    top: int
    line: int
    policy_x: int
    policy_width: int
    label_x: int
    label_width: int
    bar_x: int
    bar_width: int
    bar_dy: int
    beside: bool


WIDE = Shape("wide", 960, 12, 42, 0, 190, 270, 430, 726, 130, 15, beside=True)
NARROW = Shape("narrow", 356, 60, 76, 0, 356, 30, 320, 30, 200, 44, beside=False)
SHAPES = (WIDE, NARROW)

LABEL_SIZE = 14
SMALL_SIZE = 12


@dataclass(frozen=True, slots=True)
class Line:
    """One project: its label, whose it is, its amount; ``path`` is the line to the policy."""

    y: int
    label: str
    whose: str
    full: str
    url: str | None
    amount: str
    bar: float
    counted: bool
    path: str


@dataclass(frozen=True, slots=True)
class Drawing:
    """A layout in one shape; ``policy_y`` is the top of the policy's box."""

    shape: Shape
    height: int
    policy_y: int
    policy_label: str
    policy_amount: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class _Entry:
    label: str
    whose: str
    url: str | None
    fen: int | None
    counted: bool
    has_money: bool = True


def drawings(policy: Policy, items: Sequence[Item]) -> tuple[Drawing, ...]:
    """The drawing in every shape; ``items`` are those to show, the largest amounts first."""
    entries = _entries(policy, items)
    return tuple(_drawing(policy, entries, shape) for shape in SHAPES)


def fitted(text: str, width: float, size: float) -> str:
    """The text, cut where it would be wider than ``width`` at that font size."""
    if _width(text) * size <= width:
        return text
    kept = ""
    for character in text:
        if _width(kept + character + "…") * size > width:
            break
        kept += character
    return kept.rstrip() + "…"


def _width(text: str) -> float:
    wide = sum(unicodedata.east_asian_width(character) in "WFA" for character in text)
    return wide + (len(text) - wide) * _NARROW_CHARACTER


def _entries(policy: Policy, items: Sequence[Item]) -> list[_Entry]:
    shown = items if policy.reliances <= MOST_LINES else items[: MOST_LINES - 1]
    entries = [
        _Entry(
            item.name,
            " · ".join(
                part for part in (agency_of(item.document), _year(item.document.fiscal_year))
                if part
            ),
            target_path(item.document, item.target),
            item.fen,
            item.counted,
            item.kind in ("project", "row"),
        )
        for item in shown
    ]  # fmt: skip
    rest = policy.reliances - len(shown)
    if rest:
        fen = policy.fen - sum(item.fen or 0 for item in shown if item.counted)
        entries.append(_Entry(f"其余 {rest} 处", "见列表", None, fen, counted=True))
    return entries


def _year(year: int | None) -> str:
    return f"{year}年" if year else ""


def _drawing(policy: Policy, entries: Sequence[_Entry], shape: Shape) -> Drawing:
    largest = max((abs(entry.fen) for entry in entries if entry.fen), default=0)
    height = shape.top + shape.line * len(entries) + (shape.top if shape.beside else 0)
    middle = shape.top + shape.line * len(entries) // 2
    policy_y = max(middle - 24, 0) if shape.beside else 0
    lines = []
    for index, entry in enumerate(entries):
        y = shape.top + shape.line * index
        lines.append(
            Line(
                y=y,
                label=fitted(entry.label, shape.label_width, LABEL_SIZE),
                whose=fitted(entry.whose, shape.label_width, SMALL_SIZE),
                full=f"{entry.label}（{entry.whose}）",
                url=entry.url,
                amount=_amount(entry),
                bar=_bar(entry, largest, shape),
                counted=entry.counted,
                path=_path(shape, policy_y, y),
            )
        )
    label = fitted(policy.normal, shape.policy_width - 16, LABEL_SIZE)
    amount = f"合计 {spoken(policy.fen)}" if policy.amounts else "未列金额"
    return Drawing(shape, height, policy_y, label, amount, tuple(lines))


def _amount(entry: _Entry) -> str:
    if entry.fen is None:
        return "未列金额" if entry.has_money else "不涉及金额"
    return spoken(entry.fen) + ("" if entry.counted else "（已计）")


def _bar(entry: _Entry, largest: int, shape: Shape) -> float:
    """The bar's width; a pixel count, not money."""
    if not entry.fen or not largest:
        return 0.0
    return max(round(abs(entry.fen) * shape.bar_width / largest, 1), _LEAST_BAR)


def _path(shape: Shape, policy_y: int, y: int) -> str:
    if shape.beside:
        x0, y0, x1, y1 = shape.policy_width, policy_y + 24, shape.label_x - 10, y + 20
        bend = (x0 + x1) // 2
        return f"M{x0} {y0}C{bend} {y0} {bend} {y1} {x1} {y1}"
    return f"M12 48V{y + 10}H{shape.label_x - 8}"
