"""Performance tables whose dump keeps a row a line, its cells parted by blanks.

``产出指标 数量指标 养护面积 ≥35公里 36.2公里 30 30``: the header is one line, the levels are
told by their words, and the cells after them stand below the heads in printed order.  A
line that prints fewer cells than there are heads keeps them in order; only blanks at its
end are plain (偏差原因), so that the table stage marks what else may be missing.
"""

from __future__ import annotations

from collections.abc import Sequence

from indexer.indicator_words import Meaning, levels, meaning
from indexer.loose.goals import GoalCell
from indexer.loose.rows import Piece
from indexer.pages import Line

FEWEST_CELLS = 2
_NEEDED: frozenset[Meaning] = frozenset({"level1", "level2", "name", "value"})
_OVER_ALL = "绩效指标"
"""A cell merged over all rows, left of the levels."""


def goal_lines(lines: Sequence[Line]) -> list[list[GoalCell]] | None:
    """The rows of a performance table; ``None`` where no line is a whole indicator header.

    Above the header each line is a row, its cells in order.
    """
    words = [line.text.split() for line in lines]
    at = next((number for number, texts in enumerate(words) if _is_header(texts)), None)
    if at is None:
        return None
    heads = _heads(words[at])
    name = [meaning(text) for text in heads].index("name")
    rows = [_in_order(texts, line) for texts, line in zip(words[:at], lines[:at], strict=True)]
    rows.append(_in_order(heads, lines[at]))
    for texts, line in zip(words[at + 1 :], lines[at + 1 :], strict=True):
        if _heads(texts) != heads:
            rows.append(_indicator(_heads(texts), line, name, len(heads)))
    return rows


def _is_header(texts: Sequence[str]) -> bool:
    return set(map(meaning, texts)) >= _NEEDED


def _heads(texts: Sequence[str]) -> list[str]:
    return list(texts[1:]) if texts[:1] == [_OVER_ALL] else list(texts)


def _in_order(texts: Sequence[str], line: Line) -> list[GoalCell]:
    return [GoalCell(column, Piece(text, line.place)) for column, text in enumerate(texts)]


def _indicator(texts: Sequence[str], line: Line, name: int, width: int) -> list[GoalCell]:
    """The cells of an indicator: its levels below theirs, then the others in order."""
    printed = 0
    while printed < min(name, len(texts)) and levels().word(texts[printed]):
        printed += 1
    if not printed and len(texts) < FEWEST_CELLS:
        return _in_order(texts, line)
    rest = list(texts[printed:])
    if len(rest) > width - name:
        rest[width - name - 1 :] = [" ".join(rest[width - name - 1 :])]
    upper = [*range(name - printed, name)]
    columns = [*upper, *range(name, name + len(rest))]
    cells = [*texts[:printed], *rest]
    return [
        GoalCell(column, Piece(text, line.place))
        for column, text in zip(columns, cells, strict=True)
    ]
