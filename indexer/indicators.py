"""Performance tables (绩效目标表, 绩效自评表) to indicators.

Of a self-evaluation the target (年度指标值) is the indicator's value; what was reached, the
score and the reasons stay in the table as printed.

The levels are filled down.  The table stage has put what a converter moved below its header
again; where a row still does not fit, the known words of the levels and the order of the
cells decide.  Where a level is printed in the middle of the rows that it spans, the known
order of the levels tells which rows those are.

A table that draws no columns has no certain cell: of it only the rows that prove themselves
are indicators (:mod:`indexer.open_indicators`), and that is told.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from archive.amounts import is_figure, plain
from archive.forms import form_of
from archive.model import Column, Indicator, Row, Table
from archive.spacing import close_up
from indexer.indicator_words import Meaning, levels, meaning, names_levels, operator_of, to_value
from indexer.open_indicators import is_open, proven_indicators, proven_project, told_of

_Parts = dict[Meaning, str]

_TABLE = re.compile(r"绩效(?:目标|自评|评价)|自评")
_SUM = re.compile(r"(?:总分|总得分|自评得分|合计|总计|小计)(?:[（(].*[)）])?[：:]?")
_PARTIAL = "小计"
"""Below any other sum stand conclusions, no indicators, unless a new level begins."""
_WHOLE = "整体"
_PROJECT = "项目名称"
_FIELDS_BESIDE = ("项目负责人", "负责人", "联系电话", "项目属性", "项目类型", "项目代码")
_LONGEST_CUT = 4
_NAME_ALSO = "满意度"
_FIGURE = re.compile(r"[<>=≤≥＜＞＝≦≧]*\s*\d[\d.,]*\D{0,4}")
"""What cannot name an indicator: a bare figure, alone or with its operator and unit."""
_NOTHING = ("", "-", "—", "/", "无")


@dataclass(frozen=True, slots=True)
class _Text:
    """A non-blank cell of a row."""

    column: int
    text: str


@dataclass(slots=True)
class _Filled:
    """The levels that hold for the next row, and the first levels that the table prints."""

    printed: frozenset[str]
    level1: str = ""
    level2: str = ""

    def take(self, level1: str | None, level2: str | None) -> None:
        """The levels of a row; what it does not print goes on from above."""
        if level1 is not None:
            self.level1, self.level2 = level1, level2 or ""
        elif level2 is not None:
            self.level1, self.level2 = self._above(level2), level2

    def _above(self, level2: str) -> str:
        known = levels().above(level2)
        if known in self.printed:
            return known
        if self.level1:
            return self.level1
        only = next(iter(self.printed)) if len(self.printed) == 1 else None
        return only or known or ""


def to_indicators(tables: Sequence[Table]) -> list[Indicator]:
    """The indicators of all performance tables, in printed order."""
    found: list[Indicator] = []
    for table in tables:
        if _is_performance(table):
            found += _indicators(table)
    return found


def untaken(tables: Sequence[Table]) -> list[str]:
    """What to tell of the performance tables whose rows may hold more indicators than taken."""
    return [
        told_of(table, len(_indicators(table)))
        for table in tables
        if _is_performance(table) and is_open(table)
    ]


def _is_performance(table: Table) -> bool:
    """Whether a table is one of performance: by its name, or, where its name is that of no
    other form, by its header of levels."""
    if _TABLE.search(plain(table.title)) or _TABLE.search(table.form or ""):
        return True
    if form_of(table.title) is not None:
        return False
    heads = {meaning(column.path[-1]) for column in table.columns if column.path}
    return {"level1", "level2", "name"} <= heads


def _indicators(table: Table) -> list[Indicator]:
    rows = [_texts(row, table.columns) for row in table.rows]
    meanings = _meanings(table.columns, rows)
    first = next(
        (i for i, texts in enumerate(rows) if _levels_in(texts) or _opens(texts, meanings)),
        len(rows),
    )
    project = _project(table, rows[:first])
    if is_open(table):
        return proven_indicators(table, proven_project(project))
    filled = _Filled(_first_levels(rows[first:]))
    result = []
    summed = False
    for texts in rows[first:]:
        if texts and _SUM.fullmatch(texts[0].text):
            summed = summed or not texts[0].text.startswith(_PARTIAL)
            continue
        if summed and not _levels_in(texts) and not _opens(texts, meanings):
            continue
        parts = _by_column(texts, meanings)
        if parts is None:
            parts = _by_order(texts, meanings)
        filled.take(parts.get("level1"), parts.get("level2"))
        if _is_indicator(texts, parts):
            result.append(_indicator(table, project, filled, parts))
    return result


def _is_indicator(texts: Sequence[_Text], parts: _Parts) -> bool:
    """Whether a row names an indicator, and is no piece of one that a dump broke over lines."""
    name = parts.get("name", "")
    if any(names_levels(text.text) for text in texts):
        return False
    return name not in _NOTHING and len(texts) > 1 and _FIGURE.fullmatch(name) is None


def _indicator(
    table: Table, project: str | None, filled: _Filled, by: Mapping[Meaning, str]
) -> Indicator:
    operator = operator_of(by.get("operator", ""))
    value = to_value(operator + by.get("value", "") + by.get("unit", ""))
    return Indicator(
        table=table.id,
        project=project,
        level1=filled.level1,
        level2=filled.level2,
        name=close_up(by["name"]),
        operator=value.operator,
        value=value.value,
        unit=value.unit,
        weight=by.get("weight"),
        basis=by.get("basis"),
    )


def _texts(row: Row, columns: Sequence[Column]) -> tuple[_Text, ...]:
    """The cells of a row from left to right, its label among them."""
    texts = [_Text(cell.column, cell.printed.strip()) for cell in row.cells if cell.printed.strip()]
    if row.label.strip() and all(plain(row.label) != plain(text.text) for text in texts):
        label = next((i for i, column in enumerate(columns) if column.role == "label"), -1)
        texts.append(_Text(label, row.label.strip()))
    return tuple(sorted(texts, key=lambda text: text.column))


def _meanings(columns: Sequence[Column], rows: Sequence[Sequence[_Text]]) -> dict[int, Meaning]:
    """What each column means: by the table's header, or by the row that is one.

    A column without a header belongs to the one at its left.
    """
    headers = {i: column.path[-1] for i, column in enumerate(columns) if column.path}
    if "level2" not in map(meaning, headers.values()):
        candidates = ({text.column: text.text for text in texts} for texts in rows)
        headers = next((c for c in candidates if "level2" in map(meaning, c.values())), headers)
    meanings: dict[int, Meaning] = {}
    last: Meaning | None = None
    for column in range(max(headers, default=-1) + 1):
        if column in headers:
            last = meaning(headers[column]) or "other"
        if last is not None:
            meanings[column] = last
    return meanings


def _levels_in(texts: Sequence[_Text]) -> list[str]:
    """The words of levels at the beginning of a row."""
    words = (levels().word(text.text) for text in texts[:2])
    return [word for word in words if word is not None]


def _opens(texts: Sequence[_Text], meanings: Mapping[int, Meaning]) -> bool:
    """Whether a row prints a level in its own column, right of those that name its project."""
    return any(
        meanings.get(text.column) in ("level1", "level2") and levels().word(text.text)
        for text in texts
    )


def _first_levels(rows: Sequence[Sequence[_Text]]) -> frozenset[str]:
    """The first levels that a table prints; 成本指标 and 满意度指标 can be second ones too."""
    begun = [_levels_in(texts) for texts in rows]
    words = {word for row in begun for word in row}
    known = levels()
    return frozenset(
        word
        for word in words
        if known.is_first(word)
        and (
            not known.is_second(word)
            or any(row[0] == word for row in begun if len(row) > 1)
            or any(below in words for below in known.below[word] if below != word)
        )
    )


def _by_column(texts: Sequence[_Text], meanings: Mapping[int, Meaning]) -> _Parts | None:
    """As the header says; ``None`` where a cell does not fit its column."""
    parts: _Parts = {}
    for text in texts:
        means = meanings.get(text.column, "other")
        if means in ("level1", "level2"):
            word = levels().mended(text.text)
            if word is None:
                return None
            fits = levels().is_first(word) if means == "level1" else levels().is_second(word)
            if not fits:
                return None
            parts[means] = word
        elif means == "name" and levels().word(text.text) is not None:
            return None
        else:
            parts[means] = parts.get(means, "") + text.text
    return parts if "value" in parts or "name" not in parts else None


def _by_order(texts: Sequence[_Text], meanings: Mapping[int, Meaning]) -> _Parts:
    """By the words of the levels, then name, value and, where all are printed, the rest."""
    parts: _Parts = {}
    words = _leading_levels(texts)
    if len(words) == 2:
        parts["level1"], parts["level2"] = words
    elif words:
        parts["level2" if levels().is_second(words[0]) else "level1"] = words[0]
    rest = [text.text for text in texts[len(words) :]]
    kinds = list(dict.fromkeys(meanings[column] for column in sorted(meanings)))
    after = [meanings[column] for column in sorted(meanings)]
    after = after[len(after) - after[::-1].index("value") :] if "value" in after else []
    parts |= {"name": rest[0]} if rest else {}
    parts |= {"value": rest[1]} if len(rest) > 1 else {}
    if len(rest[2:]) == len(after):
        for means, text in zip(after, rest[2:], strict=True):
            parts[means] = text
    elif "weight" in kinds:
        figures = [text for text in rest[2:] if is_figure(text)]
        parts |= {"weight": figures[0]} if len(figures) == 1 else {}
    return parts


def _leading_levels(texts: Sequence[_Text]) -> list[str]:
    words: list[str] = []
    for text in texts[:2]:
        word = levels().word(text.text)
        if word is None and len(text.text) <= _LONGEST_CUT and not text.text.endswith(_NAME_ALSO):
            word = levels().mended(text.text)
        if word is None:
            break
        words.append(word)
    return words


def _project(table: Table, rows: Sequence[Sequence[_Text]]) -> str | None:
    """The project that the fields above the indicators name; none in a 部门整体 table."""
    if _WHOLE in plain(table.title):
        return None
    for texts in rows:
        for name, text in pairwise(texts):
            is_named = plain(name.text).rstrip(":：") == _PROJECT
            if is_named and plain(text.text) not in _FIELDS_BESIDE:
                return close_up(text.text)
    return None
