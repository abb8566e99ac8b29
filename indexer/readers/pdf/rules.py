"""Rules to lattices: the drawn strokes that together make the frame of one table.

Converters draw a table border by border, cell by cell, often in pieces and twice.  Pieces
on one line are joined, lines that touch are one lattice, and in a lattice lines that are
almost one are snapped together.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from archive.model import Box
from indexer.readers.pdf.ink import RULE_WIDTH, Char, Rule

SAME_STROKE = 1.0
"""Pieces whose middles lie on one line within this are pieces of one stroke."""
JOIN = 3.0
"""Strokes nearer than this touch, in points."""
SNAP = 3.0
"""Lines of a lattice nearer than this are one (double borders), in points."""
SHORTEST = 6.0
"""A stroke shorter than this parts nothing."""
BOLDER = 1.0
"""The outline of a letter goes beyond its box by no more than this, in points."""


@dataclass(frozen=True, slots=True)
class Stroke:
    """A horizontal (``at`` is its y) or vertical (``at`` is its x) line from end to end."""

    at: float
    start: float
    end: float


@dataclass(frozen=True, slots=True)
class Lattice:
    """Strokes that touch: horizontal ``across`` and vertical ``down``."""

    across: tuple[Stroke, ...]
    down: tuple[Stroke, ...]

    @property
    def box(self) -> Box:
        """The box around all strokes."""
        xs = [s.at for s in self.down] + [x for s in self.across for x in (s.start, s.end)]
        ys = [s.at for s in self.across] + [y for s in self.down for y in (s.start, s.end)]
        return min(xs), min(ys), max(xs), max(ys)


def visible(rules: Iterable[Rule]) -> list[Rule]:
    """Rules without those drawn in white, unless all are (light rules on dark cells)."""
    listed = list(rules)
    return [rule for rule in listed if not rule.white] or listed


def without_letters(rules: Sequence[Rule], chars: Iterable[Char]) -> list[Rule]:
    """Rules without the strokes of letters drawn as outlines over their characters.

    Converters that cannot embolden a font draw its letters.  A rule of a table lies within
    one letter only by chance; that a level and an upright one both do is a drawn letter.
    """
    letters = {(char.x0, char.top, char.x1, char.bottom) for char in chars}
    longest = max((max(x1 - x0, y1 - y0) for x0, y0, x1, y1 in letters), default=0) + 2 * BOLDER
    short = [r for r in rules if max(r.x1 - r.x0, r.bottom - r.top) <= longest]
    near = _by_place(letters, longest) if short else {}
    within: dict[Box, list[Rule]] = defaultdict(list)
    for rule in short:
        for box in near.get((rule.x0 // longest, rule.top // longest), ()):
            if _holds(box, rule):
                within[box].append(rule)
    drawn = {id(rule) for strokes in within.values() if _is_letter(strokes) for rule in strokes}
    return [rule for rule in rules if id(rule) not in drawn]


def _by_place(boxes: Iterable[Box], size: float) -> dict[tuple[float, float], list[Box]]:
    """Boxes no larger than ``size`` by the squares of that size that they may touch."""
    placed: dict[tuple[float, float], list[Box]] = defaultdict(list)
    for box in boxes:
        for x in {(box[0] - BOLDER) // size, (box[2] + BOLDER) // size}:
            for y in {(box[1] - BOLDER) // size, (box[3] + BOLDER) // size}:
                placed[x, y].append(box)
    return placed


def _holds(box: Box, rule: Rule) -> bool:
    x0, top, x1, bottom = box
    level = x0 - BOLDER <= rule.x0 and rule.x1 <= x1 + BOLDER
    return level and top - BOLDER <= rule.top and rule.bottom <= bottom + BOLDER


def _is_letter(strokes: Sequence[Rule]) -> bool:
    upright = [stroke.x1 - stroke.x0 < stroke.bottom - stroke.top for stroke in strokes]
    return any(upright) and not all(upright)


def across(rules: Iterable[Rule]) -> list[Stroke]:
    """The horizontal strokes."""
    return _strokes(
        Stroke((rule.top + rule.bottom) / 2, rule.x0, rule.x1)
        for rule in rules
        if rule.bottom - rule.top <= RULE_WIDTH
    )


def down(rules: Iterable[Rule]) -> list[Stroke]:
    """The vertical strokes."""
    return _strokes(
        Stroke((rule.x0 + rule.x1) / 2, rule.top, rule.bottom)
        for rule in rules
        if rule.x1 - rule.x0 <= RULE_WIDTH
    )


def _strokes(pieces: Iterable[Stroke]) -> list[Stroke]:
    lined: list[list[Stroke]] = []
    for piece in sorted(pieces, key=lambda piece: piece.at):
        if lined and piece.at - lined[-1][0].at <= SAME_STROKE:
            lined[-1].append(piece)
        else:
            lined.append([piece])
    strokes = [stroke for line in lined for stroke in _joined(line)]
    return [stroke for stroke in strokes if stroke.end - stroke.start >= SHORTEST]


def _joined(line: list[Stroke]) -> list[Stroke]:
    at = sorted(piece.at for piece in line)[len(line) // 2]
    return [Stroke(at, start, end) for start, end in spans((p.start, p.end) for p in line)]


def spans(pieces: Iterable[tuple[float, float]], gap: float = JOIN) -> list[tuple[float, float]]:
    """Intervals joined where they overlap or are nearer than ``gap``, in order."""
    joined: list[tuple[float, float]] = []
    for start, end in sorted(pieces):
        if joined and start - joined[-1][1] <= gap:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined


def lattices(horizontal: Sequence[Stroke], vertical: Sequence[Stroke]) -> list[Lattice]:
    """Strokes grouped by touch, from the top; a stroke that touches none is left out."""
    groups = list(range(len(horizontal) + len(vertical)))

    def root(index: int) -> int:
        while groups[index] != index:
            groups[index] = groups[groups[index]]
            index = groups[index]
        return index

    for i, h in enumerate(horizontal):
        for j, v in enumerate(vertical, len(horizontal)):
            if touches(h, v):
                groups[root(j)] = root(i)
    members: dict[int, tuple[list[Stroke], list[Stroke]]] = {}
    for index in range(len(groups)):
        both = members.setdefault(root(index), ([], []))
        if index < len(horizontal):
            both[0].append(horizontal[index])
        else:
            both[1].append(vertical[index - len(horizontal)])
    found = [Lattice(tuple(h), tuple(v)) for h, v in members.values() if h and v]
    return sorted(found, key=lambda lattice: (lattice.box[1], lattice.box[0]))


def touches(h: Stroke, v: Stroke) -> bool:
    """Whether a horizontal and a vertical stroke cross or nearly meet."""
    return v.start - JOIN <= h.at <= v.end + JOIN and h.start - JOIN <= v.at <= h.end + JOIN


def positions(strokes: Iterable[Stroke], ends: Iterable[float]) -> list[float]:
    """The distinct places of strokes, with the outermost ends of those that cross them.

    A table without outer borders ends where its crossing strokes end.
    """
    found: list[float] = []
    group: list[float] = []
    for at in sorted(stroke.at for stroke in strokes):
        if group and at - group[0] > SNAP:
            found.append(sum(group) / len(group))
            group = []
        group.append(at)
    if group:
        found.append(sum(group) / len(group))
    listed = list(ends)
    if listed and (not found or min(listed) < found[0] - SNAP):
        found.insert(0, min(listed))
    if listed and max(listed) > found[-1] + SNAP:
        found.append(max(listed))
    return found
