"""The same table however its rules are drawn, and where there are none."""

from __future__ import annotations

from itertools import pairwise

import pytest
from reportlab.pdfgen.canvas import Canvas

from tests.indexer.readers.pdf.drawn import (
    BASE,
    BODY,
    EDGES,
    NAMES,
    STEP,
    Draw,
    across,
    cells,
    down,
    expected,
    grid,
    levels,
    page,
    table,
    texts,
)


def unruled(canvas: Canvas) -> None:
    canvas.drawCentredString(395, 700 - STEP + BASE, "一般公共预算支出")
    canvas.drawString(EDGES[0] + 3, 700 - STEP + BASE, "项目")
    cells(canvas, [NAMES, *BODY], 680)


def three_lines(canvas: Canvas) -> None:
    unruled(canvas)
    across(canvas, (700, 660, 540))


def rows_only(canvas: Canvas) -> None:
    unruled(canvas)
    across(canvas, levels(700, 8))


def header_above_first_rule(canvas: Canvas) -> None:
    unruled(canvas)
    across(canvas, levels(660, 6))


def no_rules_between_figures(canvas: Canvas) -> None:
    unruled(canvas)
    across(canvas, levels(700, 8))
    down(canvas, (EDGES[0], EDGES[1], EDGES[2], EDGES[5]), 700, 540)


@pytest.mark.parametrize(
    "draw", [unruled, three_lines, rows_only, header_above_first_rule, no_rules_between_figures]
)
def test_columns_by_alignment_are_not_exact(draw: Draw) -> None:
    def captioned(canvas: Canvas) -> None:
        canvas.drawCentredString(297, 760, "一般公共预算支出情况表")
        canvas.drawString(60, 725, "编制部门：某局")
        canvas.drawRightString(530, 725, "单位：元")
        draw(canvas)
        canvas.drawString(60, 500, "注：本表为样本。")

    read = page(captioned)
    found = grid(read)
    assert table(found)[1:] == expected(NAMES)
    assert [text for text in table(found)[0] if text] == ["项目", "一般公共预算支出"]
    assert not found.exact
    assert texts(read) == [
        "一般公共预算支出情况表",
        "编制部门：某局",
        "单位：元",
        "注：本表为样本。",
    ]


def without_outer_borders(canvas: Canvas) -> None:
    cells(canvas, [NAMES, *BODY], 700)
    across(canvas, levels(700, 7)[1:-1])
    down(canvas, EDGES[1:-1], 700, 560)


def without_left_border(canvas: Canvas) -> None:
    cells(canvas, [NAMES, *BODY], 700)
    across(canvas, levels(700, 7))
    down(canvas, EDGES[1:], 700, 560)


def rows_not_ruled(canvas: Canvas) -> None:
    cells(canvas, [NAMES, *BODY], 700)
    across(canvas, (700, 680, 560))
    down(canvas, EDGES, 700, 560)


def drawn_in_pieces(canvas: Canvas) -> None:
    """As Word draws: each border of each cell a filled bar, corners apart, twice."""
    cells(canvas, [NAMES, *BODY], 700)
    for _ in range(2):
        for y in levels(700, 7):
            for left, right in pairwise(EDGES):
                canvas.rect(left + 0.5, y, right - left - 0.5, 0.5, stroke=0, fill=1)
        for x in EDGES:
            for upper, lower in pairwise(levels(700, 7)):
                canvas.rect(x, lower + 0.5, 0.5, upper - lower - 0.5, stroke=0, fill=1)


def double_borders(canvas: Canvas) -> None:
    cells(canvas, [NAMES, *BODY], 700)
    across(canvas, [y + gap for y in levels(700, 7) for gap in (-1, 1)])
    down(canvas, [x + gap for x in EDGES for gap in (-1, 1)], 701, 559)


def boxes(canvas: Canvas) -> None:
    cells(canvas, [NAMES, *BODY], 700)
    for upper, lower in pairwise(levels(700, 7)):
        for left, right in pairwise(EDGES):
            canvas.rect(left, lower, right - left, upper - lower)


def underlined_figures(canvas: Canvas) -> None:
    boxes(canvas)
    across(canvas, (563,), 270, 342)


def shaded(canvas: Canvas) -> None:
    canvas.setFillGray(0.85)
    canvas.rect(55, 680, 480, 20, stroke=0, fill=1)
    canvas.setFillGray(0)
    boxes(canvas)


def in_a_page_frame(canvas: Canvas) -> None:
    canvas.rect(30, 30, 535, 780)
    boxes(canvas)


@pytest.mark.parametrize(
    "draw",
    [
        without_outer_borders,
        without_left_border,
        rows_not_ruled,
        drawn_in_pieces,
        double_borders,
        boxes,
        underlined_figures,
        shaded,
        in_a_page_frame,
    ],
)
def test_ruled_columns_are_exact_however_drawn(draw: Draw) -> None:
    found = grid(page(draw))
    assert table(found) == expected(NAMES)
    assert found.exact
