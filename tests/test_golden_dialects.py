"""The golden tables in the dialects of text converters give the golden records again."""

from __future__ import annotations

from dataclasses import replace

import pytest

from indexer.extract import extract
from tests.golden_dialects import (
    WHOLE,
    Dialect,
    has_head_over_all,
    has_head_over_one,
    is_writable,
    loose,
    stacked,
    text_of,
)
from tests.golden_format import Golden, GoldenTable, load, of_disclosure, stems
from tests.golden_scores import Score, scores

COMPARED = ("tables", "headers", "rows", "cells", "doubtful")


def is_lost_in_a_stack(table: GoldenTable) -> bool:
    """Whether one cell a line no longer says how the table's heads stood."""
    return has_head_over_all(table) or has_head_over_one(table)


def read_again(stem: str, dialect: Dialect) -> dict[str, Score]:
    golden = load(stem)
    tables = tuple(
        table
        for table in golden.tables
        if is_writable(table) and not (dialect is stacked and is_lost_in_a_stack(table))
    )
    text = text_of(golden, tables, dialect)
    read = of_disclosure(extract(text.encode(), f"{stem}.txt"))
    known = Golden(golden.document, None, tables, (), ())
    return scores(known, replace(read, projects=(), indicators=()))


@pytest.mark.parametrize("dialect", WHOLE)
@pytest.mark.parametrize("stem", stems())
def test_what_keeps_its_blank_cells_is_read_whole(stem: str, dialect: Dialect) -> None:
    found = read_again(stem, dialect)
    wrong = [
        f"{kind} -{found[kind].missing[:5]} +{found[kind].unexpected[:5]}"
        for kind in COMPARED
        if not found[kind].is_whole
    ]
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("stem", stems())
def test_what_lost_its_blank_cells_is_right_or_doubtful(stem: str) -> None:
    found = read_again(stem, loose)
    assert not found["cells"].unexpected
    assert len(found["cells"].missing) == len(found["doubtful"].unexpected)
