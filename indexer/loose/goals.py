"""Performance tables (绩效目标表) whose narrow cells a dump has broken over lines.

``＞`` / ``=8.88`` / ``万人`` / ``计划标准 无 10`` are the value, its reason, last year's value
and the weight of one indicator.  The weight, a bare number, is the sure sign of a row; the
operator begins the value; words and endings of the statutory tables part the rest.  What
cannot be told stays together in one cell.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from archive.fold import fold
from indexer.indicator_words import levels
from indexer.loose.goal_fields import fields_of
from indexer.loose.goal_row import GoalRow, name_width, row_at
from indexer.loose.goal_words import Role, Token, matched, piece_of, tokens_of, words
from indexer.loose.rows import Piece
from indexer.pages import Line

LONGEST_LEVEL = 4
"""A level's name is broken into so many pieces at most."""
_NEEDED: frozenset[Role] = frozenset({"level1", "level2", "name", "value", "weight"})


@dataclass(frozen=True, slots=True)
class GoalCell:
    """A cell of a row; ``rows`` is how many rows it spans."""

    column: int
    piece: Piece
    rows: int = 1


@dataclass(frozen=True, slots=True)
class _Header:
    """The indicator header: the pieces that it takes and its columns."""

    start: int
    end: int
    roles: tuple[Role, ...]
    cells: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class _Level:
    """A level's name, printed before (or inside) the row of that number."""

    role: Role
    piece: Piece
    row: int


@dataclass(frozen=True, slots=True)
class _Span:
    """A level over the rows from ``start`` up to ``end``, not included."""

    role: Role
    piece: Piece
    start: int
    end: int


def goals_of(lines: Sequence[Line]) -> list[list[GoalCell]] | None:
    """The rows of a performance table: fields, the indicator header, the indicators.

    ``None`` when the lines print no indicator header.
    """
    tokens = tokens_of(lines)
    header = _find_header(tokens, 0)
    if header is None:
        return None
    rows = [_plain_row(cells) for cells in fields_of(tokens[: header.start])]
    body = _without_headers(tokens[header.end :])
    return [*rows, _plain_row(header.cells), *_indicators(body, header.roles)]


def _plain_row(cells: Sequence[Piece]) -> list[GoalCell]:
    return [GoalCell(column, piece) for column, piece in enumerate(cells)]


# ---- header --------------------------------------------------------------------------------


def _find_header(tokens: Sequence[Token], first: int) -> _Header | None:
    for start in range(first, len(tokens)):
        header = _header_at(tokens, start)
        if header is not None:
            return header
    return None


def _header_at(tokens: Sequence[Token], start: int) -> _Header | None:
    roles: list[Role] = []
    cells: list[Piece] = []
    at = start
    while at < len(tokens):
        length = matched(tokens, at, words().heads.__contains__)
        if not length:
            break
        piece = piece_of(tokens[at : at + length])
        roles.append(words().heads[_key(piece)])
        cells.append(piece)
        at += length
    if not set(roles) >= _NEEDED or len(set(roles)) < len(roles):
        return None
    return _Header(start, at, tuple(roles), tuple(cells))


def _key(piece: Piece) -> str:
    """A header text as the vocabulary has it."""
    return fold(piece.text)


def _without_headers(body: Sequence[Token]) -> list[Token]:
    """The pieces without the header that a further page repeats."""
    left = list(body)
    while (header := _find_header(left, 0)) is not None:
        left = left[: header.start] + left[header.end :]
    return left


# ---- indicators ---------------------------------------------------------------------------


def _indicators(tokens: Sequence[Token], roles: Sequence[Role]) -> list[list[GoalCell]]:
    body, found = _without_levels(tokens)
    starts: list[int] = []
    rows: list[GoalRow] = []
    at, widest = 0, name_width(body)
    while at < len(body):
        starts.append(at)
        rows.append(row_at(body, at, roles, widest))
        at = rows[-1].end
    marked = [_Level(role, piece, _row_of(starts, index)) for role, piece, index in found]
    spread = _from_top if _stand_on_top(found, starts) else _spans
    seconds = spread(marked, "level2", len(rows))
    firsts = _above(seconds, marked, len(rows)) or spread(marked, "level1", len(rows))
    spans = [*firsts, *seconds]
    return [_cells(row, number, roles, spans) for number, row in enumerate(rows)]


def _cells(
    row: GoalRow, number: int, roles: Sequence[Role], spans: Sequence[_Span]
) -> list[GoalCell]:
    upper = [
        GoalCell(roles.index(span.role), span.piece, span.end - span.start)
        for span in spans
        if span.start == number
    ]
    own = [GoalCell(roles.index(role), row.cells[role]) for role in roles if role in row.cells]
    return sorted([*upper, *own], key=lambda cell: cell.column)


def _without_levels(
    tokens: Sequence[Token],
) -> tuple[list[Token], list[tuple[Role, Piece, int]]]:
    """The pieces that name no level, and each level with the index of what follows it."""
    body: list[Token] = []
    found: list[tuple[Role, Piece, int]] = []
    at = 0
    while at < len(tokens):
        length = 0
        if tokens[at].starts_line or (found and found[-1][2] == len(body)):
            length = matched(
                tokens, at, lambda text: levels().word(text) is not None, LONGEST_LEVEL
            )
        if not length:
            body.append(tokens[at])
            at += 1
            continue
        piece = piece_of(tokens[at : at + length])
        found.append((_role(piece), piece, len(body)))
        at += length
    return body, _ranked(found)


def _role(piece: Piece) -> Role:
    """Which level a name is; one that can be both is the second."""
    return "level2" if levels().is_second(levels().word(piece.text) or "") else "level1"


def _ranked(found: Sequence[tuple[Role, Piece, int]]) -> list[tuple[Role, Piece, int]]:
    """Of two second levels at one place the first is a first (成本指标 经济成本指标)."""
    ranked = list(found)
    for number, (one, other) in enumerate(pairwise(found)):
        if one[2] == other[2] and one[0] == other[0] == "level2":
            ranked[number] = ("level1", one[1], one[2])
    return ranked


def _row_of(starts: Sequence[int], index: int) -> int:
    """The row that a level stands before or inside."""
    before = [number for number, start in enumerate(starts) if start <= index]
    return before[-1] if before else 0


def _stand_on_top(found: Sequence[tuple[Role, Piece, int]], starts: Sequence[int]) -> bool:
    """Whether merged cells are printed at the first of their rows: every level stands before
    a row's own cells, a first level always before a second, beginning with the first row."""
    firsts = {index for role, _, index in found if role == "level1"}
    seconds = {index for role, _, index in found if role == "level2"}
    both = firsts and seconds and firsts <= seconds <= set(starts)
    return bool(both) and min(firsts) == starts[0]


def _from_top(marked: Sequence[_Level], role: Role, rows: int) -> list[_Span]:
    """The rows of each level of one rank, from where it is printed to the next."""
    own = [level for level in marked if level.role == role]
    ends = [*(level.row for level in own[1:]), rows]
    return [_Span(role, level.piece, level.row, end) for level, end in zip(own, ends, strict=True)]


def _above(seconds: Sequence[_Span], marked: Sequence[_Level], rows: int) -> list[_Span] | None:
    """The rows of the first levels, where these are just those that the second ones belong
    to, each printed beside its own rows; ``None`` where they are not."""
    runs: list[_Span] = []
    for span in seconds:
        word = levels().above(levels().word(span.piece.text) or "")
        if runs and runs[-1].piece.text == word:
            runs[-1] = replace(runs[-1], end=span.end)
        else:
            runs.append(replace(span, piece=replace(span.piece, text=word or "")))
    own = [level for level in marked if level.role == "level1"]
    covers = bool(runs) and runs[-1].end == rows
    fit = covers and [levels().word(level.piece.text) for level in own] == [
        run.piece.text for run in runs
    ]
    if not fit or any(
        not run.start <= level.row < run.end for level, run in zip(own, runs, strict=True)
    ):
        return None
    return [
        _Span("level1", level.piece, run.start, run.end)
        for level, run in zip(own, runs, strict=True)
    ]


def _spans(marked: Sequence[_Level], role: Role, rows: int) -> list[_Span]:
    """The rows of each level of one rank.

    A merged cell is printed just before the last of its rows; where that does not come out
    even, in their middle.  Failing both, a level stands at the row where it is printed.
    """
    own = [level for level in marked if level.role == role]
    at = [level.row for level in own]
    ends = _before_last(at, rows) or _in_middle(at, 0, rows)
    if ends is None:
        return [_Span(role, level.piece, level.row, level.row + 1) for level in own]
    starts = [0, *ends[:-1]]
    return [
        _Span(role, level.piece, start, end)
        for level, start, end in zip(own, starts, ends, strict=True)
    ]


def _before_last(at: Sequence[int], rows: int) -> list[int] | None:
    increasing = all(one < other for one, other in pairwise(at))
    return [row + 1 for row in at] if at and increasing and at[-1] == rows - 1 else None


def _in_middle(at: Sequence[int], start: int, rows: int) -> list[int] | None:
    """The ends of spans whose middle rows are ``at``, the first that cover all rows."""
    if not at:
        return [] if start == rows else None
    for size in (2 * (at[0] - start), 2 * (at[0] - start) + 1):
        if size > 0:
            rest = _in_middle(at[1:], start + size, rows)
            if rest is not None:
                return [start + size, *rest]
    return None
