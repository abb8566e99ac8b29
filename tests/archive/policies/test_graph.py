"""The drawing of a policy's reliances."""

from __future__ import annotations

from itertools import pairwise

import pytest

from archive.policies.graph import LABEL_SIZE, MOST_LINES, SHAPES, Shape, drawings, fitted
from archive.store import Store
from archive.store.resting import Resting
from tests.archive.policies.made import in_project, known, project, put


@pytest.mark.parametrize("count", [1, MOST_LINES, 120])
def test_no_label_of_a_drawing_leaves_its_line(store: Store, count: int) -> None:
    names = [f"非常长的项目名称ABC{i}" * 5 for i in range(count)]
    put(store, [in_project(n) for n in names], [project(n, i + 1) for i, n in enumerate(names)])
    policy = known(store)
    dearest = Resting(store.db, policy).dearest(MOST_LINES)
    for drawing in drawings(policy, dearest):
        shape = drawing.shape
        assert len(drawing.lines) == min(count, MOST_LINES)
        tops = [line.y for line in drawing.lines]
        assert all(b - a == shape.line for a, b in pairwise(tops))
        assert tops[-1] + shape.line <= drawing.height
        assert all(line.bar <= shape.bar_width for line in drawing.lines)
        if shape.beside:
            assert shape.label_x + shape.label_width <= shape.bar_x
        if count > MOST_LINES:
            assert drawing.lines[-1].label == f"其余 {count - MOST_LINES + 1} 处"
            shown = sum(range(count - MOST_LINES + 2, count + 1))
            assert policy.fen - shown == sum(range(1, count - MOST_LINES + 2))


@pytest.mark.parametrize("shape", SHAPES, ids=lambda shape: shape.name)
def test_bars_and_labels_stay_inside_the_drawing(shape: Shape) -> None:
    widest_amount = 100
    assert shape.bar_x + shape.bar_width + widest_amount <= shape.width
    assert shape.label_x + shape.label_width <= shape.width


def test_a_label_is_cut_to_its_width() -> None:
    assert fitted("短", 100, LABEL_SIZE) == "短"
    assert fitted("很长的项目名称", 56, LABEL_SIZE) == "很长的…"
