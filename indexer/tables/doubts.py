"""Rows marked where nothing printed says in which column their cells stand."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import replace

from archive.model import Column, Row
from indexer.indicator_words import names_levels

_GUESSED_HEAD = "表头的合并单元格在转换中丢失，此栏的名称系推定"
_DROPPED_BLANKS = "原件此行未保留空白单元格，此数所在栏按次序暂定"
_OPEN_WRAP = "原件没有表线，只有名称的行可能是相邻行名称的折行"
_LOST_TITLE = "原件没有表线，此表可能是前页表格的续表"
_BROKEN_NAME = "原件单元格被拆成多行，此行的名称或数字可能不完整"
_CODE_PART = re.compile(r"0\d{1,3}")
_LOST_CODE = "原件此行未印科目编码，名称可能是相邻行的一部分"
_NO_WHOLE_NAME = re.compile(r"[^一-鿿]*[一-鿿]?[^一-鿿]*|.*\d,\d{1,2}|.*\d\.\d+\s[一-鿿].*")
_NO_HEAD = "原件没有表线，也没有读到此表的表头，各栏所指存疑"
_OPEN_GOALS = "原件没有画出此表的竖线，各格所在栏按位置推定"
_JOINED_ROWS = "原件没有画出此处的横线，此行各格可能含有几行的文字"
_BEGINS = re.compile(r"[（(]?[一二三四五六七八九十\d]+[)）、.．]|其中")
_PART = re.compile(r"^[-－△(（]?\d[\d,，]*[.．,，]\d+[)）%％]?$")


def with_guessed_head(rows: Sequence[Row]) -> tuple[Row, ...]:
    """The rows of a table whose columns are named by guess, every cell marked."""
    return tuple(_doubted(row, _GUESSED_HEAD) for row in rows)


def with_open_goals(rows: Sequence[Row]) -> tuple[Row, ...]:
    """The rows of a performance table that rules no columns, every cell marked: texts that
    run over several columns hide where these stand."""
    return tuple(_doubted(row, _OPEN_GOALS) for row in rows)


def with_joined_rows(rows: Sequence[Row]) -> tuple[Row, ...]:
    """The rows of a performance table, those marked in which one cell names several levels:
    no rule parts the rows that it stands for."""
    return tuple(
        _doubted(row, _JOINED_ROWS)
        if any(names_levels(cell.printed) for cell in row.cells)
        else row
        for row in rows
    )


def with_open_lines(rows: Sequence[Row], *, titled: bool, headed: bool) -> tuple[Row, ...]:
    """The rows of a table that rules neither columns nor rows, what may be misread marked.

    A row that prints one text and no figure may be the rest of its neighbour's name, a
    table without a title the rest of one on the page before, and one without any head a part
    of another.
    """
    if not titled:
        return tuple(_doubted(row, _LOST_TITLE) for row in rows)
    if not headed:
        return tuple(_doubted(row, _NO_HEAD) for row in rows)
    alone = {number for number, row in enumerate(rows) if _may_be_rest(row)}
    beside = {number + step for number in alone for step in (-1, 0, 1)}
    return tuple(_doubted(row, _OPEN_WRAP) if i in beside else row for i, row in enumerate(rows))


def _may_be_rest(row: Row) -> bool:
    alone = len(row.cells) == 1 and row.code is None and row.role == "item"
    return alone and not _BEGINS.match(row.label)


def _doubted(row: Row, doubt: str) -> Row:
    cells = tuple(replace(c, certain=False, doubt=c.doubt or doubt) for c in row.cells)
    return replace(row, cells=cells)


def with_broken_names(rows: Sequence[Row], columns: Sequence[Column]) -> tuple[Row, ...]:
    """The rows of a dump, those marked whose name cannot be whole: no letter, one letter, or
    a part of a figure at its end; no name beside another half; or a code's part among the
    figures.  Their figures may belong to the row above."""
    if all(column.role != "label" for column in columns):
        return tuple(rows)
    amounts = {at for at, column in enumerate(columns) if column.role == "amount"}
    return tuple(
        _doubted(row, _BROKEN_NAME) if _has_broken_name(row) or _has_part(row, amounts) else row
        for row in rows
    )


def _has_part(row: Row, amounts: Collection[int]) -> bool:
    """Whether a code's part (05) stands below an amount's head."""
    return any(_CODE_PART.fullmatch(c.printed) for c in row.cells if c.column in amounts)


def _has_broken_name(row: Row) -> bool:
    is_named = bool(row.label) or row.side is not None
    return bool(row.cells) and is_named and _NO_WHOLE_NAME.fullmatch(row.label) is not None


def with_lost_codes(rows: Sequence[Row], columns: Sequence[Column]) -> tuple[Row, ...]:
    """The rows of a dump, in a table of coded items those marked that print no code: the name
    may be the rest of its neighbour's, or a project."""
    coded = {at for at, column in enumerate(columns) if column.role == "code"}
    is_coded = 0 in coded and any(row.code for row in rows)
    return tuple(
        _doubted(row, _LOST_CODE) if is_coded and _prints_no_code(row, coded) else row
        for row in rows
    )


def _prints_no_code(row: Row, coded: Collection[int]) -> bool:
    own = row.role == "item" and bool(row.label)
    return own and not any(cell.column in coded for cell in row.cells)


def with_open_counts(
    rows: Sequence[Row], columns: Sequence[Column], loose: Collection[str]
) -> tuple[Row, ...]:
    """The rows, those that lost blank cells with their figures in columns of counts marked.

    No sum tells where a figure below 数量 or 增减% stands; a line's number (行次) is none.
    ``loose`` has the ids of the rows that lost blank cells.
    """
    counts = {
        cell.column
        for row in rows
        for cell in row.cells
        if columns[cell.column].role == "text" and _PART.match(cell.printed)
    }
    figures = counts | {at for at, column in enumerate(columns) if column.role == "amount"}
    return tuple(
        _with_open_counts(row, counts)
        if row.id in loose and not figures <= {cell.column for cell in row.cells}
        else row
        for row in rows
    )


def with_open_totals(rows: Sequence[Row], columns: Sequence[Column]) -> tuple[Row, ...]:
    """The rows of a text, the figures of a total that stand in columns of words marked.

    A merged 合计 that lost its other cells moves its figures to the left.
    """
    return tuple(
        _doubted(row, _DROPPED_BLANKS) if row.role == "total" and _has_slid(row, columns) else row
        for row in rows
    )


def _has_slid(row: Row, columns: Sequence[Column]) -> bool:
    figures = {columns[cell.column].role for cell in row.cells if _PART.match(cell.printed)}
    return figures == {"text"}


def _with_open_counts(row: Row, counts: Collection[int]) -> Row:
    cells = tuple(
        replace(cell, certain=False, doubt=cell.doubt or _DROPPED_BLANKS)
        if cell.column in counts and _PART.match(cell.printed)
        else cell
        for cell in row.cells
    )
    return replace(row, cells=cells)
