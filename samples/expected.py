"""What a printed table says, as the records that reading it must give again.

Worked out from the header that the table was made with, not by the extractor: the words of
the header below are all that the samples use.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from archive.model import Side
from samples.parts import TablePart, placed

CODES = frozenset({"类", "款", "项"})
LABELS = frozenset({"功能分类科目名称", "经济分类科目名称", "科目名称", "功能分类", "项目"})
PROJECT = "项目名称"
TOTALS = re.compile(r"合计|(?:收入|支出)总计")
INDICATORS = "指标值"

_CODED = re.compile(r"(\d{3,7}) (\D.*)")
_NUMBER = re.compile(r"表(\d+)")
_UNIT = re.compile(r"单位：(万?元)")

Path = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ExpectedRow:
    """A row; ``cells`` maps the numbers of amount columns to what is printed there."""

    code: str | None
    label: str
    side: Side | None
    role: str
    project: str | None
    cells: Mapping[int, str]


@dataclass(frozen=True, slots=True)
class ExpectedTable:
    """A table; ``rows`` is empty for a table of targets, whose content is its indicators."""

    number: int | None
    title: str
    unit: str | None
    declared_empty: bool
    columns: tuple[Path, ...]
    rows: tuple[ExpectedRow, ...]


def expected_of(part: TablePart) -> ExpectedTable:
    """The records of a printed table."""
    number, title, unit = _caption(part.caption)
    paths = paths_of(part)
    return ExpectedTable(
        number=number,
        title=title,
        unit=unit,
        declared_empty=any("空表" in note for note in part.notes),
        columns=paths,
        rows=() if is_targets(part) else _rows(part, paths),
    )


def is_targets(part: TablePart) -> bool:
    """Whether the table is a 绩效目标表."""
    return any(head.text == INDICATORS for head in part.header[-1])


def paths_of(part: TablePart) -> tuple[Path, ...]:
    """The header texts above each column, from the outermost inwards."""
    above: dict[int, dict[int, str]] = {column: {} for column in range(part.width)}
    for row, column, head in placed(part.header):
        for covered in range(column, column + head.columns):
            above[covered][row] = head.text
    return tuple(tuple(texts[row] for row in sorted(texts)) for texts in above.values())


def _caption(lines: tuple[str, ...]) -> tuple[int | None, str, str | None]:
    numbers = [int(match[1]) for line in lines if (match := _NUMBER.fullmatch(line))]
    units = [match[1] for line in lines if (match := _UNIT.search(line))]
    title = next(line for line in lines if line.endswith("表"))
    return next(iter(numbers), None), title, next(iter(units), None)


def _rows(part: TablePart, paths: tuple[Path, ...]) -> tuple[ExpectedRow, ...]:
    rows: list[ExpectedRow] = []
    for texts in part.rows:
        for half, side in _halves(paths):
            if any(texts[column] for column in half):
                rows.append(_row(texts, paths, half, side))
    return tuple(rows)


def _halves(paths: tuple[Path, ...]) -> list[tuple[range, Side | None]]:
    """Side-by-side tables have a label column on each side."""
    starts = [i for i, path in enumerate(paths) if path[-1] in LABELS]
    if len(starts) < 2:
        return [(range(len(paths)), None)]
    return [(range(starts[1]), "income"), (range(starts[1], len(paths)), "expenditure")]


def _row(
    texts: tuple[str, ...], paths: tuple[Path, ...], half: range, side: Side | None
) -> ExpectedRow:
    leaves = {column: paths[column][-1] for column in half}
    code = "".join(texts[column] for column in half if leaves[column] in CODES) or None
    label = next((texts[column] for column in half if leaves[column] in LABELS), "")
    project = next((texts[column] for column in half if leaves[column] == PROJECT), "") or None
    if match := _CODED.fullmatch(label):
        code, label = match.groups()
    if not label and project and TOTALS.fullmatch(project):
        label, project = project, None
    words = {*CODES, *LABELS, PROJECT}
    return ExpectedRow(
        code=code,
        label=label,
        side=side,
        role="total" if TOTALS.fullmatch(label) else "item",
        project=project,
        cells={c: texts[c] for c in half if leaves[c] not in words and texts[c]},
    )
