"""What the columns of a table hold, and the halves of a side-by-side table."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from archive.amounts import is_figure
from archive.fold import fold
from archive.model import Column, ColumnRole, Side
from indexer.head_words import (
    BODY_HEAD,
    CODE_HEAD,
    LABEL_HEAD,
    NAME_HEAD,
    PROJECT_HEAD,
    is_total,
)
from indexer.headers import Path
from indexer.lattice import PrintedLine, squeeze

# Heads of columns whose figures are no amounts of money, and of columns of words.
_NO_MONEY = re.compile(
    r"行次|栏次|序号|比例|占比|比重|占.*%|[%％]|增长率|增减率|完成率|幅度|数量|人数|人口|户数|面积"
    r"|年份|年度$|编号|代码|\((?:人|户|名|辆|台|个|套|件|亩|公里|平方米|㎡|万人|万户)\)$"
)
_WORDS = re.compile(r"备注|说明|依据|文号|负责人|联系|电话|地址|级次|类型|来源渠道|日期|时间")
_INCOME = re.compile(r"收入|来源")
_SPENDING = re.compile(r"支出|运用|功能分类|经济分类")
_CLASSIFIES = re.compile(r"科目|分类|编码|代码|项目$")
_CODE = re.compile(r"[1-5]\d{2}(?:\d{2}){0,2}")
_SHARE_OF_WORDS = 0.5


@dataclass(frozen=True, slots=True)
class Half:
    """One table of those that stand side by side: its columns and what it is of."""

    columns: range
    side: Side | None = None


def columns_of(paths: Sequence[Path], body: Sequence[PrintedLine]) -> tuple[Column, ...]:
    """The columns with their roles, from their heads and, where these say nothing, contents."""
    texts = _texts(body, len(paths))
    roles = [_role(path, below) for path, below in zip(paths, texts, strict=True)]
    _one_label_each(paths, roles)
    _label_from_words(paths, texts, roles)
    return tuple(Column(path, role) for path, role in zip(paths, roles, strict=True))


def halves_of(columns: Sequence[Column], sides: Sequence[Side] = ()) -> tuple[Half, ...]:
    """The halves from left to right; a table that is not side by side is one half.

    A code or label column that follows an amount begins a new half.  ``sides`` are those of
    the table's form, used where the headers do not tell income from spending.
    """
    starts = [0]
    has_amount = described = False
    for index, column in enumerate(columns):
        if column.role in ("code", "label") and has_amount:
            starts.append(index)
            has_amount = described = False
        described = described or column.role in ("code", "label")
        has_amount = has_amount or (column.role == "amount" and described)
    ranges = [range(a, b) for a, b in zip(starts, [*starts[1:], len(columns)], strict=True)]
    if len(ranges) > 1 and not all(_has_amount(columns, part) for part in ranges):
        ranges = [range(len(columns))]
    if len(ranges) == 1:
        return (Half(ranges[0]),)
    printed = [_side(columns, part) for part in ranges]
    if None in printed or len(set(printed)) == 1:
        printed = list(sides) if len(sides) == len(ranges) else [None] * len(ranges)
    return tuple(Half(part, side) for part, side in zip(ranges, printed, strict=True))


def _role(path: Path, texts: Sequence[str]) -> ColumnRole:
    leaf = fold(path[-1]) if path else ""
    if _CLASSIFIES.search(leaf) and _are_codes(texts):
        return "code"
    if _NO_MONEY.search(leaf) and not CODE_HEAD.search(leaf):
        return "text"
    if CODE_HEAD.search(leaf):
        return "code"
    if PROJECT_HEAD.search(leaf):
        return "project"
    if LABEL_HEAD.search(leaf):
        return "label"
    if _WORDS.search(leaf):
        return "text"
    if BODY_HEAD.search(leaf):
        return "label"
    words = sum(1 for text in texts if not is_figure(text) and re.search(r"[^\W\d]", text))
    if not path and texts and words == len(texts):
        return "label"
    if texts and words >= _SHARE_OF_WORDS * len(texts):
        return "label" if NAME_HEAD.search(leaf) else "text"
    return "amount"


def _are_codes(texts: Sequence[str]) -> bool:
    """Whether a column prints codes and nothing else, but for the word of a total."""
    printed = [text for text in texts if text and not is_total(text)]
    return bool(printed) and all(_CODE.fullmatch(text) for text in printed)


def _one_label_each(paths: Sequence[Path], roles: list[ColumnRole]) -> None:
    """Leave one label column before the amounts of each half: 科目名称 rather than 单位名称.

    Of two classifications (功能科目, 经济科目) in one row the first names it; the codes and
    names of the other are words of the row.
    """
    run: list[int] = []
    for index, role in enumerate([*roles, "amount"]):
        if role == "label":
            run.append(index)
        elif role == "amount" and run:
            strong = [at for at in run if LABEL_HEAD.search(fold("".join(paths[at][-1:])))]
            coded = [at for at in strong if at and roles[at - 1] == "code"]
            kept = coded[0] if len(coded) > 1 else strong[-1] if strong else run[0]
            if "project" in roles and BODY_HEAD.search(fold("".join(paths[kept][-1:]))):
                kept = -1  # The project names the row, not the body that carries it out.
            for at in run:
                roles[at] = "label" if at == kept else "text"
            if len(coded) > 1:
                _no_codes(roles, range(kept + 1, index))
            run = []


def _no_codes(roles: list[ColumnRole], columns: range) -> None:
    """Take the code columns for words."""
    for at in columns:
        roles[at] = "text" if roles[at] == "code" else roles[at]


def _label_from_words(
    paths: Sequence[Path], texts: Sequence[Sequence[str]], roles: list[ColumnRole]
) -> None:
    """Name the rows by the first column of words, where no head says what names them."""
    if "label" in roles or "project" in roles:
        return
    for index, role in enumerate(roles):
        worded = any(not is_figure(text) for text in texts[index])
        if role == "text" and worded and not _WORDS.search(fold("".join(paths[index][-1:]))):
            roles[index] = "label"
            return


def _texts(body: Sequence[PrintedLine], columns: int) -> list[list[str]]:
    """What stands in each column alone; a merged cell says nothing of its columns."""
    texts: list[list[str]] = [[] for _ in range(columns)]
    for line in body:
        for cell in line.cells:
            if cell.width == 1 and cell.column < columns:
                texts[cell.column].append(squeeze(cell.text))
    return texts


def _has_amount(columns: Sequence[Column], part: range) -> bool:
    return any(columns[index].role == "amount" for index in part)


def _side(columns: Sequence[Column], part: range) -> Side | None:
    """What the heads of a half say, the outermost first."""
    depth = max((len(columns[index].path) for index in part), default=0)
    for level in range(depth):
        texts = {path[level] for index in part if len(path := columns[index].path) > level}
        says_income = any(_INCOME.search(text) for text in texts)
        says_spending = any(_SPENDING.search(text) for text in texts)
        if says_income != says_spending:
            return "income" if says_income else "expenditure"
    return None
