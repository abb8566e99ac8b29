"""A disclosure as the rules look at it: its grids by form, its texts without spaces."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from functools import cached_property, lru_cache

from archive.amounts import FEN_PER_UNIT, plain
from archive.model import Cell, Disclosure, FindingPlace, Row, Section, Table, Target
from archive.table_names import table_name
from indexer.checks.rounding import places_of

_SPACE = re.compile(r"\s+")
_NUMBERED = re.compile(
    r"^(?:[一二三四五六七八九十]+[、.．]|[（(][一二三四五六七八九十]+[)）]|\d+[、.．])"
)


@lru_cache(maxsize=8192)
def fold(label: str) -> str:
    """A label without spaces, numbering and differences of brackets."""
    text = _SPACE.sub("", unicodedata.normalize("NFKC", label))
    return _NUMBERED.sub("", text).replace("“", "").replace("”", "").replace('"', "")


_NO_MONEY = re.compile(r"率|%|行次|栏次|序号|占比|比重|人数|数量|面积")
_OTHER_YEAR = re.compile(
    r"上年|上一年|去年|增减|增加|减少|比较|年初预算|调整预算|全年预算|执行数|完成"
)
_TOTAL_COLUMNS = ("合计", "总计", "小计", "本年收入合计", "本年支出合计", "项目支出合计")


class Grid:
    """A table whose figures can be asked for; amounts in fen, blanks as ``None``."""

    def __init__(self, table: Table) -> None:
        self.table = table
        self.unit = plain(table.unit or "")
        self.known_unit = self.unit in FEN_PER_UNIT
        heads = ["".join(column.path) for column in table.columns]
        self.amounts = [
            i
            for i, column in enumerate(table.columns)
            if column.role == "amount" and not _NO_MONEY.search(heads[i])
        ]
        self.of_this_year = [i for i in self.amounts if not _OTHER_YEAR.search(heads[i])]
        self._cells = {row.id: {cell.column: cell for cell in row.cells} for row in table.rows}

    @cached_property
    def digits(self) -> int:
        """Digits behind the point: the most that any figure prints, since zeros are dropped."""
        cells = (cell for row in self.table.rows for cell in row.cells if cell.fen is not None)
        return max((places_of(cell.printed) for cell in cells), default=0)

    @cached_property
    def step(self) -> Fraction:
        """A unit of the last place that the table prints, in fen."""
        return Fraction(FEN_PER_UNIT[self.unit], 10**self.digits)

    @cached_property
    def name(self) -> str:
        """The table as a sentence names it."""
        return table_name(self.table)

    @cached_property
    def totals(self) -> list[Row]:
        """The 合计 and 总计 rows that print an amount."""
        return [row for row in self.table.rows if row.role == "total" and self.printed_amounts(row)]

    @cached_property
    def coded(self) -> dict[str, list[Row]]:
        """The item rows by code."""
        found: dict[str, list[Row]] = defaultdict(list)
        for row in self.table.rows:
            if row.code and row.role == "item":
                found[row.code].append(row)
        return found

    def cell(self, row: Row, column: int) -> Cell | None:
        """The amount printed there."""
        found = self._cells[row.id].get(column)
        return found if found is not None and found.fen is not None else None

    def printed_amounts(self, row: Row) -> list[Cell]:
        """The amounts of a row, in printed order."""
        own = self._amount_columns
        return [cell for cell in row.cells if cell.fen is not None and cell.column in own]

    def whole(self, row: Row) -> Cell | None:
        """The amount of the row as a whole, of this year: that of its 合计 column, 决算数, or
        the first."""
        cells = [c for c in self.printed_amounts(row) if c.column in self.of_this_year]
        for names in (_TOTAL_COLUMNS, ("决算数",)):
            for cell in cells:
                path = self.table.columns[cell.column].path
                if any(fold(part) in names for part in path):
                    return cell
        return cells[0] if cells else None

    @cached_property
    def _amount_columns(self) -> frozenset[int]:
        return frozenset(self.amounts)

    def sure(self, rows: Iterable[Row], columns: Iterable[int] | None = None) -> bool:
        """Whether the reader was certain of all amounts there (of all columns by default)."""
        wanted = None if columns is None else set(columns)
        return all(
            cell.certain
            for row in rows
            for cell in row.cells
            if cell.fen is not None and (wanted is None or cell.column in wanted)
        )

    def place(self, row: Row, cell: Cell) -> FindingPlace:
        """The place of a figure."""
        return FindingPlace(Target("row", self.table.id, row.id), cell.printed, cell.column)

    def shown(self, fen: int) -> str:
        """An amount in the table's unit, as the table would print it."""
        value = Decimal(fen) / FEN_PER_UNIT[self.unit]
        return f"{value:,.{self.digits}f}{self.unit}"

    def column_named(self, *names: str) -> int | None:
        """The first amount column whose innermost header is one of ``names``."""
        for name in names:
            for index in self.amounts:
                path = self.table.columns[index].path
                if path and fold(path[-1]) == name:
                    return index
        return None


@dataclass(slots=True)
class Prose:
    """A section's text without white space; spans lead back to the text as it stands."""

    section: Section
    text: str = field(init=False)
    _back: list[int] = field(init=False)

    def __post_init__(self) -> None:
        kept = [(i, c) for i, c in enumerate(self.section.text) if not c.isspace() or c == "\n"]
        self.text = "".join(c for _, c in kept)
        self._back = [i for i, _ in kept]

    def place(self, start: int, end: int) -> FindingPlace:
        """The place of ``text[start:end]``."""
        first, last = self._back[start], self._back[end - 1] + 1
        target = Target("section", self.section.id)
        return FindingPlace(target, self.section.text[first:last], start=first)

    def of(self, match: re.Match[str], group: str | int = 0) -> FindingPlace:
        """The place of a match or of one of its groups."""
        return self.place(match.start(group), match.end(group))


class Case:
    """A disclosure under examination, with last year's where the archive has it."""

    def __init__(self, disclosure: Disclosure, previous: Disclosure | None = None) -> None:
        self.disclosure = disclosure
        self.previous = previous
        self._under: dict[str, list[Prose]] = {}
        self.is_accounts = "决算" in disclosure.document.kind

    @cached_property
    def grids(self) -> list[Grid]:
        """The tables of amounts of a department's or a unit's budget or accounts.

        A government's tables list some of their codes only and add up otherwise: none.
        """
        if self.disclosure.document.kind == "其他":
            return []
        return [Grid(table) for table in self.disclosure.tables if _has_amounts(table)]

    @cached_property
    def _by_form(self) -> dict[str, list[Grid]]:
        found: dict[str, list[Grid]] = defaultdict(list)
        for grid in self.grids:
            if grid.table.form:
                found[grid.table.form].append(grid)
        return found

    def form(self, *names: str) -> Grid | None:
        """The one table of that form with a known unit; ``None`` where it is printed twice."""
        for name in names:
            found = [grid for grid in self._by_form.get(name, []) if grid.known_unit]
            if len(found) == 1:
                return found[0]
        return None

    @cached_property
    def proses(self) -> list[Prose]:
        """The sections that hold text."""
        return [
            Prose(s) for s in self.disclosure.sections if s.text and "名词解释" not in s.heading
        ]

    def under(self, heading: str) -> list[Prose]:
        """The sections whose heading, or that of a section above, matches ``heading``."""
        if heading not in self._under:
            self._under[heading] = list(self._sections_under(heading))
        return self._under[heading]

    def _sections_under(self, heading: str) -> Iterator[Prose]:
        pattern = re.compile(heading)
        at: list[tuple[int, bool]] = []
        matched: dict[str, bool] = {}
        for section in self.disclosure.sections:
            while at and at[-1][0] >= section.level:
                at.pop()
            inside = bool(pattern.search(_SPACE.sub("", section.heading))) or any(m for _, m in at)
            at.append((section.level, inside))
            matched[section.id] = inside
        return (prose for prose in self.proses if matched[prose.section.id])


def _has_amounts(table: Table) -> bool:
    return any(column.role == "amount" for column in table.columns)
