"""Headers whose first head stands over the columns that describe a row.

``项目 本年收入合计 其他收入`` above ``功能分类科目编码 科目名称`` (and 类 款 项 below that): the
lower line has no head for an amount, so its heads stand below the first one and the others
head a column each.  Where it goes on with heads of amounts, those stand below the further
heads: all below an only one, or a 合计/小计 beginning each group.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from archive.fold import fold
from indexer.head_words import LABEL_HEAD, is_description, is_total
from indexer.lattice import PrintedCell, PrintedLine

_PARTS = re.compile(r"[类款项]|款项")
_OVER_DESCRIPTIONS = re.compile(r"(?:科目|分类|项目)$")
_MOST_LINES = 3


def described(head: Sequence[PrintedLine], filled: int) -> tuple[list[PrintedLine], int] | None:
    """The header lines over their columns, and how many these are.

    ``filled`` is how many columns print anything; ``None`` where the heads do not tell.
    """
    if not 2 <= len(head) <= _MOST_LINES or any(not line.cells for line in head):
        return None
    upper, lower, parts = head[0], head[1], head[2] if len(head) == _MOST_LINES else None
    if not _heads_descriptions(upper.texts[0]) or (parts and not _has_only_parts(parts)):
        return None
    count = _leading_descriptions(lower)
    groups = _groups(lower.texts[count:], len(upper.cells) - 1)
    if count < 2 or groups is None:
        return None
    codes = len(parts.cells) if parts else 1
    first = count - 1 + codes
    columns = first + sum(groups)
    if columns < filled:
        return None
    lines = [_dealt(upper, [first, *groups]), _dealt(lower, [codes, *[1] * (columns - codes)])]
    return [*lines, *([_dealt(parts, [1] * codes)] if parts else [])], columns


def _heads_descriptions(text: str) -> bool:
    folded = fold(text)
    return bool(LABEL_HEAD.search(folded) or _OVER_DESCRIPTIONS.search(folded))


def _has_only_parts(line: PrintedLine) -> bool:
    return all(_PARTS.fullmatch(text) for text in line.texts)


def _leading_descriptions(line: PrintedLine) -> int:
    texts = [fold(text) for text in line.texts]
    return next((at for at, text in enumerate(texts) if not is_description(text)), len(texts))


def _groups(texts: Sequence[str], heads: int) -> list[int] | None:
    """How many columns each further head of the upper line covers."""
    if not texts:
        return [1] * heads
    if heads == 1:
        return [len(texts)]
    starts = [at for at, text in enumerate(texts) if is_total(text)]
    if len(starts) != heads or starts[:1] != [0]:
        return None
    return [end - start for start, end in zip(starts, [*starts[1:], len(texts)], strict=True)]


def _dealt(line: PrintedLine, widths: Sequence[int]) -> PrintedLine:
    """The line's cells one after the other, each over so many columns."""
    cells: list[PrintedCell] = []
    column = 0
    for cell, width in zip(line.cells, widths, strict=False):
        cells.append(replace(cell, column=column, width=width))
        column += width
    return replace(line, cells=tuple(cells))
