"""The tables that every format renders: those of the samples and those of the golden data."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache, partial
from itertools import chain, takewhile, zip_longest
from pathlib import Path
from typing import Any

from samples.compose import compose
from samples.expected import (
    ExpectedRow,
    ExpectedTable,
    expected_of,
    is_targets,
)
from samples.expected import Path as Heads
from samples.facts import load_facts
from samples.parts import Head, TablePart

GOLDEN = Path(__file__).parents[1] / "golden"
EMPTY_NOTE = "备注：本表为空表。"

_KINDS = {
    "code": re.compile(r"类|款|项|款项|.*编码"),
    "project": re.compile(r"项目名称"),
    "text": re.compile(r"备注|序号"),
    "agency": re.compile(r"单位名称|预算单位"),
    "label": re.compile(r".*名称|项目|科目|.*功能分类|.*经济分类|.*支出内容|"),
}
"""What a column holds, by its head; an amount otherwise."""
_NAMING = ("label", "agency", "project")
"""Which column names the rows, the first that there is."""
_PARTS = {3: (3, 2, 2), 2: (3, 4), 1: (7,)}
"""How many digits each of one, two or three code columns takes."""


@dataclass(frozen=True, slots=True)
class Specimen:
    """A table as printed, and the records that reading it must give."""

    part: TablePart
    expected: ExpectedTable


@dataclass(frozen=True, slots=True)
class Case:
    """The tables of one document."""

    title: str
    specimens: tuple[Specimen, ...]


def sample_case() -> Case:
    """The tables of the samples, without the tables of targets."""
    parts = [part for facts in load_facts() for part in compose(facts)]
    specimens = [
        Specimen(part, expected_of(part))
        for part in parts
        if isinstance(part, TablePart) and not is_targets(part)
    ]
    return Case("示例市示例局2024年部门预算公开", tuple(numbered(specimens)))


def stems() -> list[str]:
    """The documents that have golden data."""
    return sorted(path.stem for path in GOLDEN.glob("*.json"))


@cache
def golden_case(stem: str) -> Case:
    """The tables of one document's golden data that print figures or are declared empty."""
    golden = json.loads((GOLDEN / f"{stem}.json").read_text(encoding="utf-8"))
    document = golden["document"]
    tables = [_expected(table) for table in golden["tables"] if table["rows"] is not None]
    specimens = [
        _specimen(table, document["agency"])
        for table in tables
        if not table.rows or any(row.cells for row in table.rows)
    ]
    return Case(document["title"], tuple(numbered(specimens)))


def numbered(specimens: Iterable[Specimen]) -> list[Specimen]:
    """The specimens numbered from 1, so that one file can hold them all."""
    return [_with_number(specimen, number) for number, specimen in enumerate(specimens, start=1)]


def _with_number(specimen: Specimen, number: int) -> Specimen:
    caption = (f"表{number}", *_without_number(specimen.part.caption))
    return Specimen(
        replace(specimen.part, caption=caption), replace(specimen.expected, number=number)
    )


def _without_number(caption: Sequence[str]) -> list[str]:
    return [line for line in caption if not (line.startswith("表") and line[1:].isdigit())]


def with_wrong_totals(case: Case) -> Case:
    """The case with totals that no sum of their rows gives; of golden data only."""
    return replace(case, specimens=tuple(map(_with_wrong_totals, case.specimens)))


def _with_wrong_totals(specimen: Specimen) -> Specimen:
    rows = tuple(
        replace(row, cells={column: _other(printed) for column, printed in row.cells.items()})
        if row.role == "total"
        else row
        for row in specimen.expected.rows
    )
    table = replace(specimen.expected, rows=rows)
    return Specimen(replace(specimen.part, rows=_printed_rows(table)), table)


def _other(printed: str) -> str:
    return f"1{printed}" if printed[:1].isdigit() else printed


# ---- golden tables as printed ---------------------------------------------------------------


def _expected(table: dict[str, Any]) -> ExpectedTable:
    return ExpectedTable(
        number=None,
        title=table["title"],
        unit=table["unit"],
        declared_empty=table["declared_empty"],
        columns=tuple(map(tuple, table["columns"])),
        rows=tuple(_row(row) for row in table["rows"]),
    )


def _row(row: dict[str, Any]) -> ExpectedRow:
    cells = {int(column): printed for column, printed in row["cells"].items()}
    return ExpectedRow(row["code"], row["label"], row["side"], row["role"], row["project"], cells)


def _specimen(table: ExpectedTable, agency: str) -> Specimen:
    below = f"编制部门：{agency}" + (f" 单位：{table.unit}" if table.unit else "")
    part = TablePart(
        caption=(table.title, below),
        header=header_of(table.columns),
        rows=_printed_rows(table),
        notes=(EMPTY_NOTE,) if table.declared_empty else (),
    )
    return Specimen(part, table)


def header_of(columns: Sequence[Heads]) -> tuple[tuple[Head, ...], ...]:
    """The merged header cells above columns with these paths."""
    depth = max(map(len, columns))
    return tuple(tuple(_heads(columns, level, depth)) for level in range(depth))


def _heads(columns: Sequence[Heads], level: int, depth: int) -> Iterator[Head]:
    column = 0
    while column < len(columns):
        path = columns[column]
        width = 1
        if len(path) > level + 1:
            width = sum(1 for _ in takewhile(partial(_shares, path[: level + 1]), columns[column:]))
            yield Head(path[level], width)
        elif len(path) == level + 1:
            yield Head(path[level], 1, depth - level)
        elif not path and level == 0:
            yield Head("", 1, depth)
        column += width


def _shares(head: Heads, path: Heads) -> bool:
    return path[: len(head)] == head and len(path) > len(head)


@dataclass(frozen=True, slots=True)
class _Half:
    """The columns of one side of a table by what they hold."""

    start: int
    codes: tuple[int, ...]
    label: int | None
    project: int | None


def _printed_rows(table: ExpectedTable) -> tuple[tuple[str, ...], ...]:
    """The rows as lines; those of two sides stand beside each other in order."""
    halves = _halves(table.columns)
    columns: list[list[ExpectedRow]] = [[] for _ in halves]
    for row in table.rows:
        columns[_half_of(row, halves)].append(row)
    return tuple(
        tuple(_line(beside, halves, len(table.columns))) for beside in zip_longest(*columns)
    )


def _half_of(row: ExpectedRow, halves: Sequence[_Half]) -> int:
    """The half that a row stands in: that of its side, else of its first figure."""
    if row.side is not None:
        return ("income", "expenditure").index(row.side)
    first = min(row.cells, default=0)
    return max(number for number, half in enumerate(halves) if number == 0 or half.start <= first)


def _line(beside: Sequence[ExpectedRow | None], halves: Sequence[_Half], width: int) -> list[str]:
    texts = [""] * width
    for row, half in zip(beside, halves, strict=False):
        if row is None:
            continue
        label = row.label
        if row.code and half.codes:
            for column, part in zip(half.codes, _code_parts(row.code, half), strict=False):
                texts[column] = part
        elif row.code:
            label = f"{row.code} {label}"
        if half.label is not None:
            texts[half.label] = label
        if half.project is not None and row.project:
            texts[half.project] = row.project
        for column, printed in row.cells.items():
            texts[column] = printed
    return texts


def _code_parts(code: str, half: _Half) -> list[str]:
    parts = []
    for size in _PARTS[len(half.codes)]:
        parts.append(code[:size])
        code = code[size:]
    return parts


def _halves(columns: Sequence[Heads]) -> list[_Half]:
    kinds = [_kind(path[-1] if path else "") for path in columns]
    halves: list[dict[str, list[int]]] = [{}]
    for column, kind in enumerate(kinds):
        if kind in ("code", "label") and "amount" in halves[-1]:
            halves.append({})
        halves[-1].setdefault(kind, []).append(column)
    return [
        _Half(
            min(min(columns) for columns in half.values()),
            tuple(half.get("code", ())),
            next(chain.from_iterable(half.get(kind, ()) for kind in _NAMING), None),
            next(iter(half.get("project", ())), None),
        )
        for half in halves
    ]


def _kind(leaf: str) -> str:
    for kind, pattern in _KINDS.items():
        if pattern.fullmatch(leaf):
            return kind
    return "amount"
