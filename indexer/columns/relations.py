"""The sums that a budget table states by its own form.

A total column (合计, 总计, 小计) is the sum of the columns beside it under one header; a
total row is the sum of its agencies or of the topmost codes; a code is the sum of the
longer codes below it (类 = Σ款 = Σ项).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from archive.fold import fold
from archive.model import Column, Row
from indexer.columns.arithmetic import Sum, agrees

_TOTAL = re.compile(r"(?:合计|总计|小计)(?:数|\(.*\))?$")
_OF_WHICH = re.compile(r"^(?:其中|#)")
_NOT_ADDITIVE = re.compile(
    r"增减|增长|减少|比上年|上年(?!结转)|[%％]|比例|占比|人数|年初|年末|\d{4}年"
)

_Leaf = tuple[int, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Segment:
    """The amount columns of a table, or of one half of a side-by-side table.

    ``columns`` are numbers in the table; ``sums`` use positions in this tuple.
    """

    columns: tuple[int, ...]
    sums: tuple[Sum, ...]

    @property
    def has_overall(self) -> bool:
        """Whether the first column is the total of all the others."""
        parts = {0}
        for each in self.sums:
            if each.total in parts:
                parts.update(each.parts)
        return len(parts) == len(self.columns)


def segments(columns: Sequence[Column]) -> tuple[Segment, ...]:
    """The halves of a table: a label or code column after amounts begins a new one."""
    runs: list[list[int]] = []
    is_open = False
    for number, column in enumerate(columns):
        if column.role == "amount":
            if not is_open:
                runs.append([])
            runs[-1].append(number)
            is_open = True
        elif column.role in ("label", "code"):
            is_open = False
    return tuple(_segment(run, columns) for run in runs)


def _segment(run: Sequence[int], columns: Sequence[Column]) -> Segment:
    leaves = [(at, _collapsed(columns[number].path)) for at, number in enumerate(run)]
    sums: list[Sum] = []
    if all(path for _, path in leaves):
        _addends(leaves, 0, sums)
    inner_first = sorted(sums, key=lambda each: each.total, reverse=True)
    return Segment(tuple(run), tuple(inner_first))


def _collapsed(path: Iterable[str]) -> tuple[str, ...]:
    """Folded header texts; a text repeated below itself counts once."""
    texts: list[str] = []
    for text in map(fold, path):
        if text and (not texts or texts[-1] != text):
            texts.append(text)
    return tuple(texts)


def _addends(leaves: Sequence[_Leaf], depth: int, sums: list[Sum]) -> tuple[int, ...] | None:
    """The columns that together make this group; ``None`` when that cannot be told.

    ``leaves`` share their path above ``depth``; one that ends there stands for the whole
    group.  Appends the sums found inside the group.
    """
    totals = [at for at, path in leaves if len(path) == depth]
    direct = [(at, path[depth]) for at, path in leaves if len(path) == depth + 1]
    inner = {path[depth]: None for _, path in leaves if len(path) > depth + 1}
    singles = [(at, name) for at, name in direct if name not in inner]
    totals += [at for at, name in singles if _TOTAL.search(name)]
    parts = [at for at, name in singles if at not in totals and not _OF_WHICH.match(name)]
    known = _is_additive([name for _, name in singles], inner)
    for name in inner:
        below = [(at, path) for at, path in leaves if len(path) > depth and path[depth] == name]
        made_of = _addends(below, depth + 1, sums)
        known = known and made_of is not None
        parts.extend(made_of or ())
    if not totals:
        return tuple(sorted(parts)) if known else None
    if len(totals) > 1:
        return None
    if known and parts:
        sums.append(Sum(totals[0], tuple(sorted(parts))))
    return (totals[0],)


def _is_additive(singles: Sequence[str], groups: Iterable[str]) -> bool:
    """Whether the columns of a group can be added up.

    What follows 其中 at the same level may still belong to it, and so may count twice.
    """
    if any(_OF_WHICH.match(name) for name in (*singles[:-1], *groups)):
        return False
    return not any(_NOT_ADDITIVE.search(name) for name in (*singles, *groups))


def row_sums(rows: Sequence[Row], overall: Sequence[int] | None) -> tuple[Sum, ...]:
    """The sums among rows that have figures; positions in ``rows``, inner sums last.

    ``overall`` gives each row's value in the column that is the total of all others.  A
    sum that does not hold there is no sum of this table; ``None`` when there is no such
    column, so that all are taken on trust.
    """
    parents = _parents(rows)
    agencies = tuple(at for at, row in enumerate(rows) if row.role == "agency")
    candidates: list[list[Sum]] = []
    for at, row in enumerate(rows):
        scope = None if row.role == "total" else at
        if row.role == "total" and agencies:
            candidates.append([Sum(at, agencies)])
        elif row.role == "item":
            candidates.append([Sum(at, _below(parents, at))])
        else:
            coded = tuple(child for child in _tops(parents, scope) if rows[child].code is not None)
            candidates.append([Sum(at, coded), Sum(at, _tops(parents, scope))])
    found = (next((each for each in group if _holds(each, overall)), None) for group in candidates)
    return tuple(each for each in found if each is not None)


def _holds(each: Sum, overall: Sequence[int] | None) -> bool:
    if not each.parts:
        return False
    if overall is None:
        return True
    parts = [overall[part] for part in each.parts]
    return agrees(overall[each.total], sum(parts), len(parts))


_Parent = tuple[int | None, int | None]
"""The agency row above a row, and the row whose code is the beginning of its code."""


def _parents(rows: Sequence[Row]) -> dict[int, _Parent]:
    """The parents of every item row."""
    agency: int | None = None
    scope: list[int] = []
    parents: dict[int, _Parent] = {}
    for at, row in enumerate(rows):
        if row.role == "agency":
            agency, scope = at, []
        elif row.role == "item":
            above = [other for other in scope if _is_above(rows[other], row)]
            nearest = max(
                above, key=lambda other: (len(rows[other].code or ""), other), default=None
            )
            parents[at] = (agency, nearest)
            scope.append(at)
    return parents


def _is_above(other: Row, row: Row) -> bool:
    if not other.code or not row.code or not row.code.startswith(other.code):
        return False
    return other.code != row.code or (other.project is None and row.project is not None)


def _below(parents: dict[int, _Parent], parent: int) -> tuple[int, ...]:
    return tuple(at for at, (_, above) in parents.items() if above == parent)


def _tops(parents: dict[int, _Parent], agency: int | None) -> tuple[int, ...]:
    """The items of an agency that have no code above them; of all when there is none."""
    return tuple(
        at
        for at, (under, above) in parents.items()
        if above is None and (agency is None or under == agency)
    )
