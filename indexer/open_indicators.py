"""Indicators of performance tables that lack rules: only those that prove themselves.

Where a page rules no columns every cell is doubtful: texts of two columns may stand in one
cell, those of two rows in one row, and a level that is printed in the middle of its rows says
nothing of the others.  A row is an indicator only where each part stands alone below its own
head, is one line high, and its own levels belong together; all else stays in the table, marked.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from archive.amounts import is_figure, plain
from archive.model import Cell, Column, Indicator, Row, Table
from archive.spacing import close_up
from indexer.indicator_words import Meaning, levels, operator_of, to_value

ONE_LINE = 1.5
"""A text of one line is no higher than so many times the lowest of its table."""

_HEADS: Sequence[tuple[Meaning, re.Pattern[str]]] = (
    ("level1", re.compile(r"一级指标")),
    ("level2", re.compile(r"二级指标")),
    ("name", re.compile(r"三级指标|指标名称|指标内容")),
    ("value", re.compile(r"(?:年度|本年|全年|预期|计划)?(?:指标|目标)值(?:\([^()]*\))?")),
    ("operator", re.compile(r"指标性质|运算符号|指标方向|逻辑符号")),
    ("unit", re.compile(r"计量单位|度量单位|指标单位")),
    ("weight", re.compile(r"(?:分值|权重|分值权重|指标分值权重)(?:\([^()]*\))?")),
    ("basis", re.compile(r"指标值?[设][定置]依据|[设][定置]依据")),
)
_NEEDED: frozenset[Meaning] = frozenset({"level2", "name", "value"})
_NO_NAME = re.compile(r"[<>=≤≥＜＞＝≦≧]|(?:数量|质量|时效|成本|效益|影响|满意度)指标")
_SIGN = re.compile(r"[<>=≤≥＜＞＝≦≧]+")
_NUMBER = re.compile(r"\d[\d,.]*")
_FIELD = re.compile(r"部门|单位|负责人|联系电话|项目(?:属性|类型|代码|名称|资金|周期)")
_TOLD = (
    "“{}”没有画全表线：只收录了由本行文字即可断定的绩效指标（{}条），其余留在表中存疑，请核对原件。"
)


@dataclass(frozen=True, slots=True)
class _Line:
    """A row's texts by what their columns mean, and which of them are one line high."""

    texts: Mapping[Meaning, str]
    low: frozenset[Meaning]


def is_open(table: Table) -> bool:
    """Whether a page shows where the cells stand, but not in which columns: none is certain."""
    cells = [cell for row in table.rows for cell in row.cells]
    return bool(cells) and all(not cell.certain and cell.place.box for cell in cells)


def told_of(table: Table, count: int) -> str:
    """The problem to tell of an open table of which ``count`` indicators were taken."""
    return _TOLD.format(table.title, count)


def proven_project(name: str | None) -> str | None:
    """The name of an open table's project, unless another field's stands in its cell."""
    return None if name is None or _FIELD.search(plain(name)) else name


def proven_indicators(table: Table, project: str | None) -> list[Indicator]:
    """The indicators of an open table that prove themselves, in printed order."""
    meanings = _meanings(table.columns)
    if not set(meanings.values()) >= _NEEDED:
        return []
    height = min(_height(cell) for row in table.rows for cell in row.cells)
    lines = [_line(row, meanings, ONE_LINE * height) for row in table.rows]
    firsts = {line.texts["level1"] for line in lines if line and "level1" in line.texts}
    found = (_indicator(table, project, line, firsts) for line in lines if line is not None)
    return [indicator for indicator in found if indicator is not None]


def _meanings(columns: Sequence[Column]) -> dict[int, Meaning]:
    """What the columns mean whose head is one head alone."""
    meanings: dict[int, Meaning] = {}
    for at, column in enumerate(columns):
        head = plain(column.path[-1]) if column.path else ""
        for means, worded in _HEADS:
            if worded.fullmatch(head):
                meanings[at] = means
    return meanings


def _height(cell: Cell) -> float:
    box = cell.place.box
    assert box is not None
    return box[3] - box[1]


def _line(row: Row, meanings: Mapping[int, Meaning], highest: float) -> _Line | None:
    """The texts of a row, ``None`` where two of them stand below one head."""
    texts: dict[Meaning, str] = {}
    low: set[Meaning] = set()
    for cell in row.cells:
        means = meanings.get(cell.column)
        if means is None:
            continue
        if means in texts:
            return None
        texts[means] = cell.printed.strip()
        if _height(cell) <= highest:
            low.add(means)
    return _Line(texts, frozenset(low))


def _indicator(
    table: Table, project: str | None, line: _Line, firsts: set[str]
) -> Indicator | None:
    by = line.texts
    above = _levels(by.get("level1"), by.get("level2"), firsts)
    if above is None or not line.low >= _NEEDED or not _is_name(by["name"]):
        return None
    if not _is_value(by["value"]) or not set(by) <= line.low | {"level1", "basis"}:
        return None
    weight = by.get("weight")
    if weight is not None and not is_figure(weight):
        return None
    value = to_value(operator_of(by.get("operator", "")) + by["value"] + by.get("unit", ""))
    basis = by.get("basis") if "basis" in line.low else None
    return Indicator(
        table=table.id,
        project=project,
        level1=above[0],
        level2=above[1],
        name=close_up(by["name"]),
        operator=value.operator,
        value=value.value,
        unit=value.unit,
        weight=weight,
        basis=basis,
    )


def _levels(first: str | None, second: str | None, firsts: set[str]) -> tuple[str, str] | None:
    """Both levels of a row, where its own second one decides the first."""
    known = levels()
    word = known.word(second) if second else None
    if word is None or not known.is_second(word):
        return None
    above = known.above(word) if first is None else known.word(first)
    if above is None or above not in known.below or word not in known.below[above]:
        return None
    return (above, word) if first is not None or above in firsts else None


def _is_name(text: str) -> bool:
    compact = plain(text)
    return len(compact) > 1 and not _NO_NAME.search(compact) and not is_figure(compact)


def _is_value(text: str) -> bool:
    """Whether a text is one value: with one operator and one figure at most."""
    signs, numbers = _SIGN.findall(text), _NUMBER.findall(text)
    return bool(text) and len(signs) < 2 and len(numbers) < 2
