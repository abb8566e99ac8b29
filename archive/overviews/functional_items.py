"""What a disclosure prints for each functional item (功能分类科目) of the general budget.

A code has three digits for a class (类), five for a 款 and seven for a 项.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from archive.model import Document, Table
from archive.overviews.key_figures import Figure, figure_at, functional_forms, whole_column

Level = Literal["类", "款", "项"]
LEVELS: dict[int, Level] = {3: "类", 5: "款", 7: "项"}

_CODE = re.compile(r"2\d{2}(?:\d{2}){0,2}")


@dataclass(frozen=True, slots=True)
class FunctionalAmount:
    """What a row prints for an item as a whole."""

    code: str
    label: str
    figure: Figure


def is_code(text: str) -> bool:
    """Whether the text is the code of a functional item; expenditure items begin with 2."""
    return _CODE.fullmatch(text) is not None


def level_of(code: str) -> Level:
    """类, 款 or 项."""
    return LEVELS[len(code)]


def above(code: str) -> tuple[str, ...]:
    """The codes of the items that hold this one, the class first."""
    return tuple(code[:length] for length in LEVELS if length < len(code))


def functional_amounts(document: Document, tables: Sequence[Table]) -> tuple[FunctionalAmount, ...]:
    """The amounts by item in printed order; a table of several units repeats codes."""
    printed = (table for table in tables if table.form in functional_forms())
    table = next((table for table in printed if table.rows and not table.declared_empty), None)
    return tuple(_amounts(document, table)) if table else ()


def _amounts(document: Document, table: Table) -> Iterator[FunctionalAmount]:
    for row in table.rows:
        if row.role == "item" and row.code and is_code(row.code):
            column = whole_column(document, table, row)
            if column is not None:
                yield FunctionalAmount(row.code, row.label, figure_at(table, row, column))
