"""Rules to lattices and frames; turning pages."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.readers.pdf.grids import Area, frame_of
from indexer.readers.pdf.ink import Char, Rule, Sheet, turned_box
from indexer.readers.pdf.rules import (
    Stroke,
    across,
    down,
    lattices,
    spans,
    visible,
    without_letters,
)


def horizontal(y: float, x0: float, x1: float, thick: float = 0.5) -> Rule:
    return Rule(x0, y - thick / 2, x1, y + thick / 2)


def vertical(x: float, top: float, bottom: float) -> Rule:
    return Rule(x - 0.25, top, x + 0.25, bottom)


@pytest.mark.parametrize(
    ("rules", "strokes"),
    [
        ([horizontal(10, 0, 50), horizontal(10.4, 52, 100)], [(10, 0, 100)]),
        ([horizontal(10, 0, 50), horizontal(10, 60, 100)], [(10, 0, 50), (10, 60, 100)]),
        ([horizontal(10, 0, 50), horizontal(12, 0, 50)], [(10, 0, 50), (12, 0, 50)]),
        ([horizontal(10, x, x + 1) for x in range(0, 60, 2)], [(10, 0, 59)]),
        ([horizontal(10, 0, 3)], []),
        ([Rule(0, 0, 100, 40)], []),
    ],
)
def test_pieces_are_joined(rules: list[Rule], strokes: list[tuple[float, ...]]) -> None:
    found = [(s.at, s.start, s.end) for s in across(rules)]
    assert found == [pytest.approx(stroke, abs=0.5) for stroke in strokes]


def test_two_tables_are_two_lattices_and_a_lone_rule_none() -> None:
    rules = [horizontal(y, 0, 100) for y in (0, 20, 60, 80)]
    rules += [vertical(x, top, top + 20) for x in (0, 50, 100) for top in (0, 60)]
    rules.append(horizontal(40, 0, 100))
    found = lattices(across(rules), down(rules))
    assert [lattice.box[1] for lattice in found] == pytest.approx([0, 60], abs=1)


SQUARE = [horizontal(y, 0, 100) for y in (0, 20, 40)] + [vertical(x, 0, 40) for x in (0, 50, 100)]


@pytest.mark.parametrize(
    ("rules", "areas", "exact"),
    [
        (SQUARE, [(0, 0, 1, 1), (0, 1, 1, 1), (1, 0, 1, 1), (1, 1, 1, 1)], True),
        (
            [*SQUARE[:3], vertical(0, 0, 40), vertical(50, 20, 40), vertical(100, 0, 40)],
            [(0, 0, 1, 2), (1, 0, 1, 1), (1, 1, 1, 1)],
            True,
        ),
        (
            [horizontal(0, 0, 100), horizontal(20, 50, 100), horizontal(40, 0, 100), *SQUARE[3:]],
            [(0, 0, 2, 1), (0, 1, 1, 1), (1, 1, 1, 1)],
            True,
        ),
        (
            [
                *[horizontal(y, 0, 100) for y in (0, 40)],
                horizontal(20, 0, 50),
                *[vertical(x, 0, 40) for x in (0, 100)],
                vertical(50, 0, 20),
            ],
            [(0, 0, 1, 1), (0, 1, 1, 1), (1, 0, 1, 2)],
            False,
        ),
        (
            [*SQUARE, horizontal(33, 5, 40)],
            [(0, 0, 1, 1), (0, 1, 1, 1), (1, 0, 1, 1), (1, 1, 1, 1)],
            True,
        ),
    ],
)
def test_cells_are_what_rules_enclose(
    rules: list[Rule], areas: list[tuple[int, int, int, int]], exact: bool
) -> None:
    (lattice,) = lattices(across(rules), down(rules))
    frame = frame_of(lattice)
    assert frame
    assert sorted(frame.areas, key=lambda a: (a.row, a.column)) == [Area(*a) for a in areas]
    assert frame.exact == exact


def test_a_mere_box_is_no_table() -> None:
    (lattice,) = lattices(
        [Stroke(0, 0, 100), Stroke(40, 0, 100)], [Stroke(0, 0, 40), Stroke(100, 0, 40)]
    )
    assert frame_of(lattice) is None


def test_white_rules_count_only_where_all_are_white() -> None:
    white = Rule(0, 0, 100, 1, white=True)
    assert visible([white]) == [white]
    assert visible([white, horizontal(10, 0, 9)]) == [horizontal(10, 0, 9)]


LETTER = [horizontal(102, 21, 33), horizontal(113, 21, 33), vertical(22, 101, 114)]


@pytest.mark.parametrize(
    ("rules", "kept"),
    [
        (LETTER, []),
        ([*SQUARE, *LETTER], SQUARE),
        ([Rule(r.x0 + 26, r.top, r.x1 + 26, r.bottom) for r in LETTER], None),
        ([horizontal(102 + n, x, x + 2) for n in (0, 11) for x in range(20, 34, 3)], None),
        ([vertical(20, 99, 115), vertical(34, 99, 115), horizontal(99, 20, 90)], None),
    ],
    ids=["letter", "letter and table", "beside", "dashes", "a cell as tight as its letter"],
)
def test_a_letter_drawn_as_an_outline_is_no_ruling(
    rules: list[Rule], kept: list[Rule] | None
) -> None:
    char = Char("部", 20, 100, 34, 115, x=20, y=112, size=14)
    assert without_letters(rules, [char]) == (rules if kept is None else kept)


@given(st.lists(st.tuples(st.floats(0, 500), st.floats(0, 50)), max_size=20))
def test_spans_cover_every_piece_and_are_apart(pieces: list[tuple[float, float]]) -> None:
    intervals = [(start, start + length) for start, length in pieces]
    joined = spans(intervals)
    assert all(any(a <= x and y <= b for a, b in joined) for x, y in intervals)
    assert all(b < c for (_, b), (c, _) in pairwise(joined))


@given(
    st.tuples(st.floats(0, 100), st.floats(0, 100), st.floats(0, 100), st.floats(0, 100)),
    st.integers(0, 3),
)
def test_a_turn_there_and_back_changes_nothing(
    corner: tuple[float, float, float, float], quarters: int
) -> None:
    x, y, width, height = corner
    box = (x, y, x + width, y + height)
    page = (300.0, 400.0)
    there = turned_box(box, quarters, *page)
    turned = page if quarters % 2 == 0 else page[::-1]
    assert turned_box(there, 4 - quarters, *turned) == pytest.approx(box)


@pytest.mark.parametrize(
    ("rotation", "point", "angle"),
    [(0, (10, 180), 0), (90, (20, 10), 270), (180, (90, 20), 180), (270, (180, 90), 90)],
)
def test_points_and_directions_as_displayed(
    rotation: int, point: tuple[float, float], angle: int
) -> None:
    sheet = Sheet(50, 100, 150, 300, rotation)
    assert sheet.point(60, 120) == point
    assert sheet.angle(1, 0) == angle
