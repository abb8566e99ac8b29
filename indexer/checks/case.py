"""A disclosure as the rules look at it: its grids by form, its texts without spaces."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from functools import cached_property, lru_cache

from archive.amounts import FEN_PER_UNIT, plain
from archive.model import Cell, Disclosure, FindingPlace, Row, Section, Table, Target
from archive.script import simplified
from archive.table_names import table_name
from indexer.checks.rounding import places_of

_SPACE = re.compile(r"\s+")
_QUOTES = re.compile("[“”‘’「」『』\"']")
_NUMBERED = re.compile(
    r"^(?:[一二三四五六七八九十]+[、.．]|[（(][一二三四五六七八九十\d]+[)）]|\d+[、.．])"
)


@lru_cache(maxsize=8192)
def fold(label: str) -> str:
    """A label in simplified characters without spaces, numbering and differences of brackets."""
    text = _SPACE.sub("", unicodedata.normalize("NFKC", simplified(label)))
    return _QUOTES.sub("", _NUMBERED.sub("", text))


_HEADING_NUMBER = re.compile(
    r"^(?:第[一二三四五六七八九十]+(?:部分|章)|附件\d*[：:]?|[一二三四五六七八九十]+[、.．]"
    r"|[（(](?:[一二三四五六七八九十]+|\d{1,2})[)）]|\d{1,2}(?:、|[.．](?=\s|20\d\d\s*年|[^\d\s]))"
    r"|(?:附?表)\s*(?:\d{1,2}(?!\d)|[一二三四五六七八九十]+)[：:、.．]?|\s)+"
)


def unnumbered(heading: str) -> str:
    """A heading or a title without the numbers in front and spaces, in simplified characters."""
    return _SPACE.sub("", _HEADING_NUMBER.sub("", simplified(heading)))


_NO_MONEY = re.compile(r"率|%|行次|栏次|序号|占比|比重|人数|数量|面积")
_OTHER_YEAR = re.compile(
    r"上一?年(?!度?末?(?:财政拨款)?(?:结转|结余))|去年|增减|增加|减少|比较|年初预算|调整预算"
    r"|全年预算|执行数|完成"
)
TOTAL_COLUMNS = frozenset({
    "合计", "总计", "小计", "本年收入合计", "本年支出合计", "项目支出合计", "支出合计", "收入合计",
})  # fmt: skip
YEARS_OF_A_COLUMN = frozenset({"预算数", "决算数", "年初预算数", "全年预算数", "调整预算数"})


_SPELLINGS = str.maketrans(
    {chr(ord(c) + 0xFEE0): c for c in "0123456789%.+*/="}
    | dict(zip("「」『』〝〞", "“”“”“”", strict=True))
)
_STRAIGHT = re.compile(r'"([^"\n]{1,24})"')
_HUNDREDTHS = re.compile(r"百分之(?P<number>\d+(?:\.\d+)?)")


def _one_spelling(text: str) -> str:
    """The text in the characters that the rules are written in; as long as before."""
    return _STRAIGHT.sub(r"“\1”", simplified(text).translate(_SPELLINGS))


def _one_line(heading: str) -> str:
    return _SPACE.sub("", _one_spelling(heading))


def _named_elsewhere(table: Table) -> set[int]:
    """Amounts of a side-by-side table that a third list of names tells: 按支出性质 beside 按功能.

    A row is named by the first list of its half.
    """
    if not any(row.side for row in table.rows):
        return set()
    found: set[int] = set()
    third = False
    for i, column in enumerate(table.columns):
        if column.role == "label":
            third = False
        elif column.role == "text" and _LIST_OF_NAMES.search(simplified("".join(column.path[-1:]))):
            third = True
        elif third and column.role == "amount":
            found.add(i)
    return found


_LIST_OF_NAMES = re.compile(r"项目|科目|分类|性质|类别")
_ABOVE = {5: 3, 7: 5}
"""The length of the code above one of that length."""


class Grid:
    """A table whose figures can be asked for; amounts in fen, blanks as ``None``."""

    def __init__(self, table: Table) -> None:
        self.table = table
        self.unit = simplified(plain(table.unit or ""))
        self.known_unit = self.unit in FEN_PER_UNIT
        heads = [simplified("".join(column.path)) for column in table.columns]
        elsewhere = _named_elsewhere(table)
        self.amounts = [
            i
            for i, column in enumerate(table.columns)
            if column.role == "amount" and i not in elsewhere and not _NO_MONEY.search(heads[i])
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

    @cached_property
    def levels_below(self) -> dict[str, list[Row]]:
        """The item rows one level below each code: of 210 the 款, of 21015 the 项."""
        found: dict[str, list[Row]] = defaultdict(list)
        for code, rows in self.coded.items():
            if len(code) in _ABOVE:
                found[code[: _ABOVE[len(code)]]] += rows
        return found

    def cell(self, row: Row, column: int) -> Cell | None:
        """The amount printed there."""
        found = self._cells[row.id].get(column)
        return found if found is not None and found.fen is not None else None

    def is_label(self, column: int) -> bool:
        """Whether the column names the rows."""
        return self.table.columns[column].role == "label"

    def printed_amounts(self, row: Row) -> list[Cell]:
        """The amounts of a row, in printed order."""
        own = self._amount_columns
        return [cell for cell in row.cells if cell.fen is not None and cell.column in own]

    def whole(self, row: Row) -> Cell | None:
        """The amount of the row as a whole, of this year: that of its 合计 column, 决算数, or
        the first."""
        cells = [c for c in self.printed_amounts(row) if c.column in self.of_this_year]
        for names in (TOTAL_COLUMNS, ("决算数",)):
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
        marks = "," if self._in_thousands else ""
        return f"{value:{marks}.{self.digits}f}{self.unit}"

    @cached_property
    def _in_thousands(self) -> bool:
        """Whether the table prints 1,234 rather than 1234."""
        return any("," in plain(c.printed) for r in self.table.rows for c in r.cells if c.fen)

    def leaf(self, column: int) -> str:
        """The column's innermost header; with the group's where it is only 合计 of a group."""
        path = [fold(part) for part in self.table.columns[column].path if part]
        if not path:
            return f"第{column + 1}栏"
        of_a_group = path[-1] in TOTAL_COLUMNS or path[-1] in YEARS_OF_A_COLUMN
        if len(path) > 1 and of_a_group and path[-2] != path[-1]:
            return f"{path[-2]}·{path[-1]}"
        return path[-1]

    def column_named(self, *names: str) -> int | None:
        """The first amount column whose innermost header, or that with the one above it, is
        one of ``names``."""
        return next(self._columns_named(names), None)

    def cell_named(self, row: Row, *names: str) -> Cell | None:
        """The amount of a row in such a column; of two halves of a table, in the row's."""
        cells = (self.cell(row, column) for column in self._columns_named(names))
        return next((cell for cell in cells if cell), None)

    def _columns_named(self, names: Sequence[str]) -> Iterator[int]:
        for name in names:
            for index in self.amounts:
                path = [fold(part) for part in self.table.columns[index].path]
                if path and name in (path[-1], "".join(path[-2:])):
                    yield index


@dataclass(slots=True)
class Prose:
    """A section's text in one spelling; spans lead back to the text as it stands.

    It has no white space but line ends, simplified characters, half-width figures, “ ” for
    every quotation mark, and 12.5% for 百分之12.5.
    """

    section: Section
    text: str = field(init=False)
    _back: list[int] = field(init=False)

    def __post_init__(self) -> None:
        text = _one_spelling(self.section.text)
        kept = [(i, c) for i, c in enumerate(text) if not c.isspace() or c == "\n"]
        self.text = "".join(c for _, c in kept)
        self._back = [i for i, _ in kept]
        if "百分之" in self.text:
            self._turn_percentages()

    def _turn_percentages(self) -> None:
        pieces: list[str] = []
        back: list[int] = []
        at = 0
        for match in _HUNDREDTHS.finditer(self.text):
            pieces += [self.text[at : match.start()], match["number"], "%"]
            back += self._back[at : match.start()]
            back += self._back[match.start("number") : match.end()]
            back.append(self._back[match.end() - 1])
            at = match.end()
        self.text = "".join(pieces) + self.text[at:]
        self._back = back + self._back[at:]

    @property
    def heading(self) -> str:
        """The section's heading, likewise."""
        return _one_line(self.section.heading)

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
            Prose(section)
            for section, words in self._headings
            if section.text and "名词解释" not in words
        ]

    @cached_property
    def _headings(self) -> list[tuple[Section, str]]:
        return [(section, _one_line(section.heading)) for section in self.disclosure.sections]

    def under(self, heading: str) -> list[Prose]:
        """The sections whose heading, or that of a section above, matches ``heading``."""
        if heading not in self._under:
            self._under[heading] = list(self._sections_under(heading))
        return self._under[heading]

    def _sections_under(self, heading: str) -> Iterator[Prose]:
        pattern = re.compile(heading)
        at: list[tuple[int, bool]] = []
        matched: dict[str, bool] = {}
        for section, words in self._headings:
            while at and at[-1][0] >= section.level:
                at.pop()
            inside = bool(pattern.search(words)) or any(m for _, m in at)
            at.append((section.level, inside))
            matched[section.id] = inside
        return (prose for prose in self.proses if matched[prose.section.id])


def _has_amounts(table: Table) -> bool:
    return any(column.role == "amount" for column in table.columns)
