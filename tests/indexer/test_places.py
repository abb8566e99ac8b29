from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.model import NOWHERE, Place
from indexer.places import ends_of, union


def at(*paths: str) -> list[Place]:
    return [Place(path=path) for path in paths]


@pytest.mark.parametrize(
    ("places", "whole"),
    [
        ([], NOWHERE),
        ([NOWHERE, NOWHERE], NOWHERE),
        ([Place(1, (10, 20, 30, 40)), Place(1, (5, 25, 20, 50))], Place(1, (5, 20, 30, 50))),
        ([Place(2, (1, 1, 2, 2)), Place(3, (0, 0, 9, 9))], Place(2, (1, 1, 2, 2))),
        ([Place(lines=(4, 4)), NOWHERE, Place(lines=(2, 3))], Place(lines=(2, 4))),
        (at("body/p[1]"), Place(path="body/p[1]")),
        (at("body/p[1]", "body/p[1]"), Place(path="body/p[1]")),
        (at("body/p[1]", "body/p[2]", "body/p[9]"), Place(path="body/p[1]..body/p[9]")),
        (at("body/p[1]..body/p[3]", "body/p[4]..body/p[6]"), Place(path="body/p[1]..body/p[6]")),
        (at("收支!B5"), Place(path="收支!B5")),
        (at("收支!D5", "收支!B7"), Place(path="收支!B5:D7")),
        (at("收支!AA1:AB2", "收支!Z3"), Place(path="收支!Z1:AB3")),
        (at("收支!B5", "支出!A1"), Place(path="收支!B5")),
        (at("收支", "收支!B5"), Place(path="收支!B5")),
    ],
)
def test_a_whole_stands_where_its_parts_do(places: list[Place], whole: Place) -> None:
    assert union(places) == whole


@pytest.mark.parametrize(
    ("path", "ends"),
    [("body/p[1]", ("body/p[1]", None)), ("body/p[1]..body/tbl[2]", ("body/p[1]", "body/tbl[2]"))],
)
def test_a_path_has_its_ends(path: str, ends: tuple[str, str | None]) -> None:
    assert ends_of(path) == ends


CELLS = st.builds(
    lambda column, row: f"表!{column}{row}", st.from_regex(r"[A-Z]{1,2}", fullmatch=True),
    st.integers(1, 9999),
)  # fmt: skip


@given(st.lists(CELLS, min_size=1))
def test_the_union_of_cells_does_not_depend_on_their_order(cells: list[str]) -> None:
    assert union(at(*cells)) == union(at(*reversed(cells))) == union([union(at(*cells))])
