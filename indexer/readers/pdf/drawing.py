"""Drawn shapes to rules, whichever library reads the shapes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from indexer.readers.pdf.ink import RULE_WIDTH, Rule

STRAIGHT = 0.5
"""A stroke is horizontal or vertical when its ends differ by no more, in points."""

Points = Sequence[tuple[float, float]]


def strokes(points: Points, white: bool) -> Iterator[Rule]:
    """A stroked outline, its points as displayed: each straight side is a rule."""
    for (x0, y0), (x1, y1) in pairwise(points):
        if abs(x0 - x1) <= STRAIGHT or abs(y0 - y1) <= STRAIGHT:
            yield Rule(min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1), white)


def bars(points: Points, white: bool) -> Iterator[Rule]:
    """A filled shape, its corners as displayed: a thin one is a rule, any other a background."""
    xs = [x for x, _ in points]
    ys = [y for _, y in points]
    rule = Rule(min(xs), min(ys), max(xs), max(ys), white)
    if min(rule.x1 - rule.x0, rule.bottom - rule.top) <= RULE_WIDTH:
        yield rule
