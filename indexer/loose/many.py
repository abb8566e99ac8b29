"""The lines of a table with more than two halves, each led by codes: 基本支出决算明细表.

``301 工资福利支出 350.00 302 商品和服务支出 48.90 310 资本性支出 2.00``: a line is parted
before each code; a line with fewer parts than halves gives each to the half whose head and
last code it goes on with.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from indexer.lattice import squeeze
from indexer.loose.header import Shape
from indexer.loose.rows import LooseRow, Piece, is_figure_cell
from indexer.pages import Line

PEOPLE = ("301", "303")
"""Economic classes of 人员经费 (支出经济分类科目: 工资福利支出, 对个人和家庭的补助); all
others of a 基本支出 are 公用经费."""

_CODE = re.compile(r"[1-9]\d{2}(?:\d{2}){0,2}")
_PEOPLE_HEAD = "人员经费"
_EXPENSES_HEAD = "公用经费"


@dataclass(slots=True)
class _Half:
    """A half while its lines are read; ``head`` is what stands above all its columns."""

    head: str
    shape: Shape
    last: str = ""
    rows: list[LooseRow | None] = field(default_factory=list)


def many_halves(
    lines: Sequence[Line], shapes: Sequence[Shape], heads: Sequence[str]
) -> list[tuple[LooseRow | None, ...]]:
    """The rows of each half, line by line; ``heads`` are the outermost heads of the halves."""
    halves = [_Half(head, shape) for head, shape in zip(heads, shapes, strict=True)]
    result = []
    for line in lines:
        parts = _parts(line.text.split())
        homes = _homes(parts, halves)
        rows: list[LooseRow | None] = [None] * len(halves)
        for part, home in zip(parts, homes, strict=True):
            rows[home] = _row(part, line)
            halves[home].last = part[0] if _CODE.fullmatch(part[0]) else halves[home].last
        result.append(tuple(rows))
    return result


def _parts(words: Sequence[str]) -> list[list[str]]:
    """The words parted before each code that stands before a word, and at words after figures."""
    parts: list[list[str]] = []
    for at, word in enumerate(words):
        before_word = at + 1 < len(words) and not is_figure_cell(words[at + 1])
        begins = _CODE.fullmatch(word) and before_word
        after_figure = at and is_figure_cell(words[at - 1]) and not is_figure_cell(word)
        is_named = after_figure and not (at > 1 and len(parts[-1]) == 1)
        if not parts or begins or (is_named and not _CODE.fullmatch(words[at - 1])):
            parts.append([])
        parts[-1].append(word)
    return parts


def _homes(parts: Sequence[Sequence[str]], halves: Sequence[_Half]) -> list[int]:
    """The half of each part, from left to right."""
    if len(parts) >= len(halves):
        return [min(at, len(halves) - 1) for at in range(len(parts))]
    homes: list[int] = []
    for part in parts:
        free = range(homes[-1] + 1 if homes else 0, len(halves))
        homes.append(max(free, key=lambda at: (_fit(part, halves[at]), _order(part, at))))
    return homes


def _fit(part: Sequence[str], half: _Half) -> tuple[bool, bool, bool]:
    """How well a part goes on with a half: its head, its last code, the class of that."""
    code = part[0] if _CODE.fullmatch(part[0]) else ""
    if not code:
        return part[0].startswith(half.head), False, False
    of_people = code.startswith(PEOPLE)
    fits = half.head not in (_PEOPLE_HEAD, _EXPENSES_HEAD) or (
        of_people == (half.head == _PEOPLE_HEAD)
    )
    return fits, half.last < code, half.last[:3] == code[:3]


def _order(part: Sequence[str], at: int) -> int:
    """Of halves that fit alike the first, but the last for a total, which reaches so far."""
    return -at if _CODE.fullmatch(part[0]) else at


def _row(words: Sequence[str], line: Line) -> LooseRow:
    start = int(bool(_CODE.fullmatch(words[0])))
    end = len(words)
    while end > start and is_figure_cell(words[end - 1]):
        end -= 1
    name = squeeze(" ".join(words[start:end]))
    return LooseRow(
        codes=tuple(Piece(word, line.place) for word in words[:start]),
        names=(Piece(name, line.place),) if name else (),
        figures=tuple(Piece(word, line.place) for word in words[end:]),
    )
