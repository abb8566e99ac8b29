"""Which column may each figure of a row stand in, when the blank cells were dropped?

A table is a set of rows of figures in printed order, and of sums that hold in print: one
column is the sum of others in every row, one row is the sum of others in every column.
Each row has a *domain*, the placements that it may have; every sum that is looked at takes
out of the domains what no choice of the other rows can complete, until nothing changes.
Where the sums form a tree (a budget table does) what remains is exactly what some whole
solution uses; otherwise it is more, never less.  So a figure that has one column left
stands there, provided the print adds up.

Values are integers of the last printed place (0.01 万元 → 1); a blank counts as 0.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations

Placement = tuple[int, ...]
"""The column of each figure of a row, increasing."""
Domain = tuple[Placement, ...]
"""The placements that a row may have; empty when its figures do not add up."""

HALVES_PER_ADDEND = 1
"""Rounding: every figure of a sum, the total too, may be half a last place off."""
MOST_PLACEMENTS = 20_000
"""A row that could be placed in more ways than this is left open."""
MOST_STATES = 4_000
"""A sum whose parts have more different partial sums than this is not used."""
MOST_STEPS = 200_000
"""Partial sums tried in one table; after that its sums are used no more."""

_State = tuple[int, ...]
_Vector = tuple[int, ...]
"""The value of each column, then 1 for each column whose value is not 0."""


@dataclass(frozen=True, slots=True)
class Sum:
    """``total`` is the sum of ``parts``: numbers of columns, or of rows."""

    total: int
    parts: tuple[int, ...]

    @property
    def members(self) -> tuple[int, ...]:
        """The total, then the parts."""
        return (self.total, *self.parts)


@dataclass(frozen=True, slots=True)
class Puzzle:
    """The figures of a table and what is known of their columns.

    ``domains`` has the possible placements of each row, ``None`` when they are too many to
    look at.  ``sums`` are sums of rows that hold in each of the ``width`` columns.
    """

    figures: tuple[tuple[int, ...], ...]
    width: int
    domains: tuple[Domain | None, ...]
    sums: tuple[Sum, ...]


@dataclass(frozen=True, slots=True)
class Solution:
    """What remains possible of each row.

    ``example`` is one whole solution, the one furthest left (``None`` for an open row).
    ``disputed`` are the rows of sums that no placement meets; ``unfinished`` is true when
    a limit was reached, so that more might have been ruled out.
    """

    domains: tuple[Domain | None, ...]
    example: tuple[Placement | None, ...]
    disputed: frozenset[int]
    unfinished: bool


@dataclass(slots=True)
class _Effort:
    steps: int = 0
    gave_up: bool = False

    def allows(self, states: int, choices: int) -> bool:
        """Whether so many states may be tried with so many choices each; counts them."""
        self.steps += states * choices
        if self.steps > MOST_STEPS or states > MOST_STATES:
            self.gave_up = True
            return False
        return True


class _Unmet(Exception):
    """A sum that no placement meets."""

    def __init__(self, unmet: Sum) -> None:
        super().__init__(unmet)
        self.sum = unmet


def agrees(total: int, sum_of_addends: int, addends: int) -> bool:
    """Whether a rounded total can be the sum of so many rounded, non-blank addends.

    A single addend must be equal to its total: the same number was rounded twice.
    """
    return 2 * abs(total - sum_of_addends) < HALVES_PER_ADDEND * (addends + 1)


def placements(
    figures: Sequence[int], width: int, column_sums: Iterable[Sum], closed: Iterable[int] = ()
) -> Domain | None:
    """All ways to place a row's figures in order that meet the column sums.

    ``closed`` are columns that are blank or 0 in this row.  ``None`` when there are too
    many ways to look at; empty when the row does not add up.
    """
    if math.comb(width, len(figures)) > MOST_PLACEMENTS:
        return None
    sums, blank = tuple(column_sums), frozenset(closed)
    return tuple(
        placement
        for placement in combinations(range(width), len(figures))
        if _meets(dict(zip(placement, figures, strict=True)), sums, blank)
    )


def _meets(cells: dict[int, int], sums: Sequence[Sum], blank: frozenset[int]) -> bool:
    if any(cells.get(column) for column in blank):
        return False
    for each in sums:
        parts = [cells[column] for column in each.parts if column in cells]
        if not agrees(cells.get(each.total, 0), sum(parts), len(parts)):
            return False
    return True


def solve(puzzle: Puzzle) -> Solution:
    """Take out of every domain what the sums forbid, and find one whole solution.

    A sum that nothing meets is dropped together with those that share a row with it, since
    any of them may hold the misprint, and the rest is done anew.
    """
    sums = list(puzzle.sums)
    disputed: set[int] = set()
    effort = _Effort()
    while True:
        try:
            domains = _narrowed(puzzle, list(puzzle.domains), sums, sums[::-1], effort)
        except _Unmet as found:
            rows = set(found.sum.members)
            dropped = [each for each in sums if rows & set(each.members)]
            disputed.update(row for each in dropped for row in each.members)
            sums = [each for each in sums if each not in dropped]
        else:
            example = _example(puzzle, domains, sums, _Effort())
            return Solution(tuple(domains), example, frozenset(disputed), effort.gave_up)


def _example(
    puzzle: Puzzle, domains: Sequence[Domain | None], sums: Sequence[Sum], effort: _Effort
) -> tuple[Placement | None, ...]:
    """One whole solution: the first placement left, row after row."""
    left = list(domains)
    try:
        for row in range(len(left)):
            domain = left[row]
            if domain and len(domain) > 1:
                left[row] = domain[:1]
                touched = [each for each in sums if row in each.members]
                left = _narrowed(puzzle, left, sums, touched, effort)
    except _Unmet:
        # Sums in a circle: a row's first placement need not fit; any one is provisional.
        left = list(domains)
    return tuple(domain[0] if domain else None for domain in left)


def _narrowed(
    puzzle: Puzzle,
    domains: list[Domain | None],
    sums: Sequence[Sum],
    first: Sequence[Sum],
    effort: _Effort,
) -> list[Domain | None]:
    """The domains when no sum narrows them further, starting with the sums ``first``."""
    pending = list(first)
    while pending:
        each = pending.pop(0)
        after = _revised(puzzle, each, domains, effort)
        if after is None:
            continue
        changed = {row for row, domain in after.items() if domain != domains[row]}
        for row in changed:
            domains[row] = after[row]
        pending.extend(
            other
            for other in sums
            if other is not each and other not in pending and changed & set(other.members)
        )
    return domains


def _revised(
    puzzle: Puzzle, each: Sum, domains: Sequence[Domain | None], effort: _Effort
) -> dict[int, Domain] | None:
    """The domains of the sum's rows as it leaves them; ``None`` when it cannot be used.

    Raises :class:`_Unmet` when it leaves the total no placement.
    """
    choices: list[dict[_Vector, list[Placement]]] = []
    for row in each.members:
        domain = domains[row]
        if domain is None:
            return None
        choices.append(_by_vector(puzzle.figures[row], domain, puzzle.width))
    zeros = sum(figure == 0 for row in each.parts for figure in puzzle.figures[row])
    kept: list[set[_Vector]] = [set() for _ in each.members]
    for target in choices[0]:
        support = _support(target, choices[1:], zeros, effort)
        if support is None:
            return None
        if support:
            kept[0].add(target)
            for all_kept, some in zip(kept[1:], support, strict=True):
                all_kept.update(some)
    if not kept[0]:
        raise _Unmet(each)
    return {
        row: tuple(sorted(at for vector in supported for at in by_vector[vector]))
        for row, by_vector, supported in zip(each.members, choices, kept, strict=True)
    }


def _by_vector(
    figures: Sequence[int], domain: Domain, width: int
) -> dict[_Vector, list[Placement]]:
    """The placements by what they give to sums; where a printed 0 stands does not matter."""
    by_vector: dict[_Vector, list[Placement]] = {}
    for placement in domain:
        values, filled = [0] * width, [0] * width
        for column, value in zip(placement, figures, strict=True):
            values[column], filled[column] = value, int(value != 0)
        by_vector.setdefault((*values, *filled), []).append(placement)
    return by_vector


def _support(
    target: _Vector, parts: Sequence[Collection[_Vector]], zeros: int, effort: _Effort
) -> list[set[_Vector]] | None:
    """For each part the vectors that occur where all parts together make the target.

    ``zeros`` printed among the parts may be rounded addends in any column.  Empty when
    nothing makes the target, ``None`` when a limit was reached.
    """
    if len(parts) == 1 and not zeros:
        # A single addend must be equal to its total.
        return [{target}] if target in parts[0] else []
    width = len(target) // 2
    choices = [tuple(part) for part in parts]
    within = _bounds(target[:width], choices, zeros)
    layers: list[set[_State]] = [{(0,) * len(target)}]
    for number, part in enumerate(choices):
        if not effort.allows(len(layers[-1]), len(part)):
            return None
        reached = (_plus(state, vector) for state in layers[-1] for vector in part)
        layers.append({state for state in reached if within(number, state)})
    alive = {state for state in layers[-1] if _makes(state, target, zeros)}
    return _traced(layers, choices, alive) if alive else []


def _traced(
    layers: Sequence[set[_State]], parts: Sequence[Sequence[_Vector]], alive: set[_State]
) -> list[set[_Vector]]:
    """The vectors on any way through the layers that ends in ``alive``."""
    kept: list[set[_Vector]] = [set() for _ in parts]
    for number in range(len(parts) - 1, -1, -1):
        before: set[_State] = set()
        for state in layers[number]:
            for vector in parts[number]:
                if _plus(state, vector) in alive:
                    kept[number].add(vector)
                    before.add(state)
        alive = before
    return kept


def _plus(state: _State, vector: _Vector) -> _State:
    return tuple(map(int.__add__, state, vector))


def _makes(state: _State, target: _Vector, zeros: int) -> bool:
    width = len(target) // 2
    return all(
        agrees(target[column], state[column], state[width + column] + zeros)
        for column in range(width)
    )


def _bounds(
    target: Sequence[int], parts: Sequence[Sequence[_Vector]], zeros: int
) -> Callable[[int, _State], bool]:
    """A test whether the parts after the given one can still bring a state to the target."""
    width, slack = len(target), len(parts) + zeros
    least, most = [(0,) * width], [(0,) * width]
    for part in reversed(parts):
        columns = [[vector[c] for vector in part] or [0] for c in range(width)]
        least.append(tuple(a + min(values) for a, values in zip(least[-1], columns, strict=True)))
        most.append(tuple(a + max(values) for a, values in zip(most[-1], columns, strict=True)))
    least.reverse()
    most.reverse()

    def within(number: int, state: _State) -> bool:
        low, high = least[number + 1], most[number + 1]
        return all(
            state[c] + low[c] - slack <= target[c] <= state[c] + high[c] + slack
            for c in range(width)
        )

    return within
