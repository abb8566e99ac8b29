"""Performance tables (绩效目标表): the fields above, the indicators below.

Above the indicator header stand fields (预算单位, 项目名称, 年度资金总额, 目标), each line a
row named by its first field; below it one row an indicator.  What slipped into another
column is put back by the fixed words of the two upper levels.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from archive.addresses import distinct, slug
from archive.amounts import is_figure, to_fen
from archive.fold import fold
from archive.model import Cell, Column, Row
from indexer.headers import Path
from indexer.lattice import PrintedCell, PrintedLine, squeeze
from indexer.tables.titles import unit_in

LEVEL_HEADS = ("一级指标", "二级指标", "三级指标")
_FIRST = re.compile(
    r"^(?:产出|效益|满意度|成本|投入|过程|管理|履职效能|履职效果|运行成本|管理效率|社会效应|可持续性)(?:指标)?$"
)
_SECOND = re.compile(
    r"^(?:(?:经济|社会|生态环境|生态)?成本|数量|质量|时效|(?:经济|社会|生态)效益|可持续影响"
    r"|(?:服务对象|社会公众|帮扶对象)?满意度)指标$"
)
_TOTAL_SCORE = re.compile(r"^(?:总分|总得分|自评得分|得分|合计|总计)")
_NOTES = re.compile(r"备注|说明|原因|措施|佐证|依据")
_SECOND_WORDS = (
    "数量指标",
    "质量指标",
    "时效指标",
    "成本指标",
    "效益指标",
    "影响指标",
    "满意度指标",
)
_SCORES = re.compile(r"^(?:分值|权重|得分|执行率)|\(B/A\)")
_FIELD = re.compile(
    r".*(?:目标|概况|内容|依据|情况|名称|单位|部门|资金\(万元\)|资金|总额|属性|类型|类别|周期|时间|计划|任务"
    r"|指标|负责人|联系人|电话)(?:\(.*\))?:?"
)
"""How the names of the fields end."""
FIELD_CUT = "此格在分页处断开，下页的文字是否属于此格存疑"
_MOST_SLIPPED = 3
_DROPPED_BLANKS = "原件此行未保留空白单元格，各格所在栏按次序暂定"


@dataclass(frozen=True, slots=True)
class Goals:
    """A performance table read: its columns, its rows, and the project that it is of."""

    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    project: str | None


@dataclass(frozen=True, slots=True)
class _Levels:
    """The columns of the three levels and the width of the table."""

    first: int
    second: int
    name: int
    columns: int


def is_goals(lines: Sequence[PrintedLine]) -> bool:
    """Whether the lines hold an indicator header."""
    return _header_at(lines) is not None


def goes_on_below(last: PrintedLine, first: PrintedLine) -> bool:
    """Whether the first line of a page may go on with the field that ends the page before.

    A row that a page cuts in two has the same cells on both; one that begins with a name of
    its own (项目总体目标 below 项目资金) is another.
    """
    for cell in first.cells:
        above = last.at(cell.column)
        if above is None or above.columns != cell.columns:
            return False
    return _FIELD.fullmatch(fold(first.texts[0])) is None


def read_goals(lines: Sequence[PrintedLine], columns: int, *, ruled: bool) -> Goals:
    """The columns, named by the indicator header, and the rows above and below it."""
    at = _header_at(lines)
    head = lines[at] if at is not None else PrintedLine(())
    paths = _paths(head, columns)
    upper = list(lines[:at]) if at is not None else list(lines)
    lower = list(lines[at + 1 :]) if at is not None else []
    levels = _levels(head, columns)
    if not ruled and levels is not None:
        lower = [_under_heads(line, head) for line in _unslipped(lower, levels)]
    elif levels is not None:
        lower = _without_wraps(lower, levels)
    below = _indicators(lower, levels, len(upper) + 1)
    if not ruled and levels is not None:
        heads = columns_of_heads(head)
        short = [line.extent < columns for line in lower]
        pairs = zip(below, short, strict=True)
        below = [_with_open_cells(row, heads) if is_short else row for row, is_short in pairs]
    rows = [*_fields(upper), *below]
    ids = distinct(row.id for row in rows)
    named = tuple(replace(row, id=name) for row, name in zip(rows, ids, strict=True))
    return Goals(tuple(Column(path, "text") for path in paths), named, _project(upper))


def _header_at(lines: Sequence[PrintedLine]) -> int | None:
    for index, line in enumerate(lines):
        texts = [fold(text) for text in line.texts]
        if sum(head in texts for head in LEVEL_HEADS) >= 2:
            return index
    return None


def _levels(head: PrintedLine, columns: int) -> _Levels | None:
    at = {fold(text): cell.column for cell, text in zip(head.cells, head.texts, strict=True)}
    if not all(level in at for level in LEVEL_HEADS):
        return None
    first, second, name = (at[level] for level in LEVEL_HEADS)
    return _Levels(first, second, name, columns)


def _paths(head: PrintedLine, columns: int) -> list[Path]:
    """The header text of each column; a blank one goes on from its left."""
    paths: list[Path] = []
    for column in range(columns):
        text = head.text_at(column)
        paths.append((text,) if text else (paths[-1] if paths else ()))
    return paths


# ---- slipped lines ------------------------------------------------------------------------


def _unslipped(lines: Sequence[PrintedLine], levels: _Levels) -> list[PrintedLine]:
    result: list[PrintedLine] = []
    for index, line in enumerate(lines):
        after = lines[index + 1] if index + 1 < len(lines) else None
        if result and _is_rest(line, levels):
            result[-1] = _merged(result[-1], line)
        else:
            result.append(_moved(line, _slip(line, after, levels), levels))
    return result


def _without_wraps(lines: Sequence[PrintedLine], levels: _Levels) -> list[PrintedLine]:
    """Exact lines, with what a page break cut off an indicator joined to it again."""
    result: list[PrintedLine] = []
    for line in lines:
        if result and _is_rest(line, levels) and _stands_below(line, result[-1]):
            result[-1] = _merged(result[-1], line)
        else:
            result.append(line)
    return result


def _slip(line: PrintedLine, after: PrintedLine | None, levels: _Levels) -> int:
    """By how many columns a line stands too far left (or, negative, right)."""
    if not line.cells or _TOTAL_SCORE.match(fold(line.cells[0].text)):
        return 0
    first = line.cells[0]
    text = fold(first.text)
    following = fold(line.cells[1].text) if len(line.cells) > 1 else ""
    if after is not None and _is_rest(after, levels):
        rest = fold(after.cells[0].text)
        if any(word.startswith(text) and text + rest == word for word in _SECOND_WORDS):
            return after.cells[0].column - first.column
    if _SECOND.match(text):
        if _FIRST.match(text) and first.column == levels.first and _opens_level(line, levels):
            return 0
        return levels.second - first.column
    if _FIRST.match(text):
        return levels.first - first.column
    if _SECOND.match(following) and first.column <= levels.first:
        return 0
    starts_left = first.column < levels.name and len(line.cells) > 1
    return levels.name - first.column if starts_left else 0


def _opens_level(line: PrintedLine, levels: _Levels) -> bool:
    """Whether 成本指标 or 满意度指标 stands for the first level: a second follows."""
    following = line.at(levels.second)
    if following is None:
        return line.at(levels.name) is not None
    return bool(_SECOND.match(fold(following.text)))


def _moved(line: PrintedLine, slip: int, levels: _Levels) -> PrintedLine:
    columns = [cell.column + slip for cell in line.cells]
    fits = columns and min(columns) >= 0 and max(columns) < levels.columns
    if not slip or abs(slip) > _MOST_SLIPPED or not fits:
        return line
    cells = tuple(replace(c, column=at) for c, at in zip(line.cells, columns, strict=True))
    return replace(line, cells=cells)


def _under_heads(line: PrintedLine, head: PrintedLine) -> PrintedLine:
    """Cells right of their header's own column, where that is blank, moved below it."""
    heads = [cell.column for cell in head.cells]
    taken = {cell.column for cell in line.cells}
    cells = []
    for cell in line.cells:
        home = max((column for column in heads if column <= cell.column), default=cell.column)
        cells.append(cell if home in taken else replace(cell, column=home))
        taken.add(cells[-1].column)
    return replace(line, cells=tuple(cells))


def _is_rest(line: PrintedLine, levels: _Levels) -> bool:
    """Whether a line has no indicator of its own: it only goes on with the line above."""
    if not line.cells or line.at(levels.name) is not None:
        return False
    fixed = any(_FIRST.match(fold(text)) or _SECOND.match(fold(text)) for text in line.texts)
    fixed = fixed or _TOTAL_SCORE.match(fold(line.cells[0].text)) is not None
    begins = line.cells[0].column <= levels.second and len(line.cells[0].text) > len("指标值")
    return not fixed and not begins


def _stands_below(line: PrintedLine, above: PrintedLine) -> bool:
    return all(above.at(cell.column) is not None for cell in line.cells)


def _merged(above: PrintedLine, rest: PrintedLine) -> PrintedLine:
    tails = {cell.column: cell for cell in rest.cells}
    cells = [
        cell.joined(tails.pop(cell.column)) if cell.column in tails else cell
        for cell in above.cells
    ]
    cells.extend(tails.values())
    return replace(above, cells=tuple(sorted(cells, key=lambda cell: cell.column)))


# ---- rows -----------------------------------------------------------------------------------


def _fields(lines: Sequence[PrintedLine]) -> list[Row]:
    """The lines above the indicators, each named by its first text; one that begins with a
    figure goes on below the name of the line above (项目资金（万元） over 年初预算数)."""
    rows: list[Row] = []
    units: dict[int, str] = {}
    scores: set[int] = set()
    over: tuple[int, str] | None = None
    for number, line in enumerate(lines):
        named = next((unit for text in line.texts if (unit := unit_in(text))), None)
        over = over if over and line.cells[0].column > over[0] else None
        cells = tuple(
            _amount(cell, named or units.get(cell.column) or _unit_over(over, cell, scores))
            for cell in line.cells
        )
        scores |= {cell.column for cell in line.cells if _SCORES.search(cell.text)}
        for cell in line.cells:
            if unit := unit_in(squeeze(cell.text)):
                units[cell.column] = unit
                over = over or (cell.column, unit)
        label = rows[-1].label if rows and is_figure(line.texts[0]) else line.texts[0]
        rows.append(Row(slug(label), number, None, label, cells, place=line.place))
    return rows


def _unit_over(over: tuple[int, str] | None, cell: PrintedCell, scores: set[int]) -> str | None:
    """The unit of a cell at the left that spans the line: of amounts, not of scores."""
    return over[1] if over and cell.column not in scores else None


def _indicators(lines: Sequence[PrintedLine], levels: _Levels | None, start: int) -> list[Row]:
    rows = []
    for number, line in enumerate(lines, start=start):
        name = _name(line, levels)
        if _TOTAL_SCORE.match(fold(line.texts[0])):
            name = line.texts[0]
        label = name or line.texts[-1 if levels is None else 0]
        cells = tuple(_amount(cell, None) for cell in line.cells)
        rows.append(Row(slug(label), number, None, label, cells, place=line.place))
    return rows


def columns_of_heads(head: PrintedLine) -> frozenset[int]:
    """The columns that an indicator header names, but for one of notes at its end."""
    named = [cell.column for cell in head.cells if not _NOTES.search(fold(cell.text))]
    return frozenset(named)


def _with_open_cells(row: Row, heads: frozenset[int]) -> Row:
    """A row of a text without its blank cells, marked where it has too few to tell which.

    Where the first cells are the levels' and nothing but notes can be missing, none is.
    """
    figures = {cell.column for cell in row.cells if not is_level(cell.printed)}
    if not row.cells or figures >= {at for at in heads if at >= min(figures, default=0)}:
        return row
    cells = tuple(
        replace(c, certain=False, doubt=c.doubt or _DROPPED_BLANKS) if is_figure(c.printed) else c
        for c in row.cells
    )
    return replace(row, cells=cells)


def is_level(text: str) -> bool:
    """Whether a text names a first or second level."""
    return bool(_FIRST.match(fold(text)) or _SECOND.match(fold(text)))


def _name(line: PrintedLine, levels: _Levels | None) -> str:
    return line.text_at(levels.name) if levels else ""


def _amount(cell: PrintedCell, unit: str | None) -> Cell:
    return Cell(
        cell.column,
        cell.text,
        to_fen(cell.text, unit),
        certain=cell.doubt is None,
        doubt=cell.doubt,
        place=cell.place,
    )


def _project(lines: Sequence[PrintedLine]) -> str | None:
    """The text after 项目名称 in the fields."""
    for line in lines:
        texts = line.texts
        for name, text in pairwise(texts):
            if fold(name).rstrip(":") == "项目名称":
                return text
    return None
