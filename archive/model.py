"""The records of the archive: what one disclosure says, as frozen data.

Amounts are integers of fen (分, 1 yuan = 100 fen); ``None`` means that no amount is
printed there, never zero.  Text is kept as printed.  Every record that stands somewhere
in the original carries a :class:`Place`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

Kind = Literal["部门预算", "单位预算", "部门决算", "单位决算", "其他"]
KINDS: tuple[Kind, ...] = ("部门预算", "单位预算", "部门决算", "单位决算", "其他")

Side = Literal["income", "expenditure"]
RowRole = Literal["item", "total", "agency"]
ColumnRole = Literal["code", "label", "project", "amount", "text"]
TargetKind = Literal["section", "table", "project", "row"]

Box = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Place:
    """Where a record stands in the original file.

    A PDF gives ``page`` (1-based) and ``box`` (x0, top, x1, bottom in PDF points, origin
    top-left).  DOCX, XLSX and HTML give ``path`` (an element path or ``Sheet!A1:B2``); a
    text file gives ``lines`` (first and last line, 1-based, both included).
    """

    page: int | None = None
    box: Box | None = None
    path: str | None = None
    lines: tuple[int, int] | None = None


NOWHERE = Place()


@dataclass(frozen=True, slots=True)
class Section:
    """A numbered heading with the text below it, up to the next heading of any level.

    ``level`` is 1 for a part (第一部分), 2 for 一、, 3 for （一）, 4 for 1. and so on;
    0 for the text before the first heading.  ``text`` holds one paragraph a line.
    """

    id: str
    level: int
    heading: str
    text: str
    place: Place = NOWHERE


@dataclass(frozen=True, slots=True)
class ContentsEntry:
    """An entry of a contents list (目录), which is no content of its own.

    ``text`` is as printed, without the leader to its page; ``page`` the page number that the
    leader ends at, as printed, ``None`` where there is none.
    """

    text: str
    page: str | None = None
    place: Place = NOWHERE


@dataclass(frozen=True, slots=True)
class Column:
    """A printed column: the header texts above it from the outermost to the innermost."""

    path: tuple[str, ...]
    role: ColumnRole = "amount"


@dataclass(frozen=True, slots=True)
class Cell:
    """A printed, non-blank cell.

    ``fen`` is ``None`` where the printed text is no amount (a code, a name, ``—``).
    ``certain`` is false where the document does not decide the column or the reading;
    ``doubt`` then says why, in Chinese, with the other reading where there is one.
    """

    column: int
    printed: str
    fen: int | None = None
    certain: bool = True
    doubt: str | None = None
    place: Place = NOWHERE


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a table; each half of a side-by-side table is a row of its own.

    ``code`` joins the printed 类款项 ("2101506") or economic 类款 ("30211"), filled down
    where the row prints only its last part.  ``line`` is the printed line in the table,
    counted from 0, which the two halves of a side-by-side table share.
    """

    id: str
    line: int
    code: str | None
    label: str
    cells: tuple[Cell, ...]
    side: Side | None = None
    role: RowRole = "item"
    project: str | None = None
    place: Place = NOWHERE

    @property
    def total(self) -> bool:
        """Whether this is a 合计/总计 row."""
        return self.role == "total"


@dataclass(frozen=True, slots=True)
class Table:
    """A table as printed.

    ``number`` is the printed one (表7, 表七 → 7), ``None`` where none is printed;
    ``form`` names the statutory form that the title stands for, whatever its number.
    """

    id: str
    number: int | None
    title: str
    form: str | None
    unit: str | None
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    declared_empty: bool = False
    notes: tuple[str, ...] = ()
    place: Place = NOWHERE


@dataclass(frozen=True, slots=True)
class Allocation:
    """A part of a project's money as its 资金分配情况 names it; ``fen`` as ``printed``.

    ``is_whole`` marks a statement of the whole (共120万元，其中…) among the parts.
    """

    name: str
    printed: str
    fen: int
    is_whole: bool = False


@dataclass(frozen=True, slots=True)
class Project:
    """A project of the 项目支出情况说明 chapter, its fields as printed.

    ``fields`` holds every printed field in order, as (name, text); the named ones are
    read from them.  ``people`` is the number in 补贴人数.
    """

    id: str
    name: str
    amount_fen: int | None
    amount_printed: str | None
    agency: str | None
    period: str | None
    basis: str | None
    people: int | None
    citations: tuple[str, ...]
    fields: tuple[tuple[str, str], ...] = ()
    section: str | None = None
    place: Place = NOWHERE
    allocations: tuple[Allocation, ...] = ()


@dataclass(frozen=True, slots=True)
class Indicator:
    """A performance indicator of a 绩效目标表.

    ``project`` is ``None`` in a 部门整体绩效目标表.  ``operator`` is one of ≥ ≤ = > < or
    ``None``; ``value`` the printed number or words; ``weight`` as printed.
    """

    table: str
    project: str | None
    level1: str
    level2: str
    name: str
    operator: str | None
    value: str
    unit: str | None
    weight: str | None
    basis: str | None = None


@dataclass(frozen=True, slots=True)
class Target:
    """A record that another record points at, inside one disclosure.

    ``row`` is set when ``kind`` is "row"; ``id`` is then the table's id.
    """

    kind: TargetKind
    id: str
    row: str | None = None


@dataclass(frozen=True, slots=True)
class Citation:
    """A 发文字号, or a 《title》 without one, that the disclosure relies on.

    ``printed`` is the text as it stands; ``normal`` its normal form 新医保发〔2023〕48号,
    ``None`` where the number is doubtful.  ``target`` is the record whose text holds it.
    """

    printed: str
    normal: str | None
    title: str | None
    target: Target


@dataclass(frozen=True, slots=True)
class FindingPlace:
    """One of the figures that a finding sets against each other.

    ``quote`` is the figure as printed; ``column`` its column in a table, ``start`` where it
    begins in the text of its section, ``None`` where that does not apply.
    """

    target: Target
    quote: str
    column: int | None = None
    start: int | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """What a check found; amounts as printed.

    ``severity`` is 差错, 提示 or 四舍五入; ``difference_fen`` the size of the difference,
    ``None`` where it is no amount of money.
    """

    rule: str
    severity: str
    message: str
    expected: str
    found: str
    places: tuple[FindingPlace, ...]
    difference_fen: int | None = None


@dataclass(frozen=True, slots=True)
class CheckCount:
    """How often a rule was tried on a disclosure and what came of it.

    ``rounded`` are the places that differ by rounding only, ``reasons`` the sentences that
    say why a place was not decidable, or why the rule does not apply at all.
    """

    rule: str
    held: int
    rounded: int
    differed: int
    undecidable: int
    reasons: tuple[str, ...] = ()

    @property
    def tried(self) -> int:
        """The number of places."""
        return self.held + self.rounded + self.differed + self.undecidable


@dataclass(frozen=True, slots=True)
class Document:
    """The identity of a disclosure: who published what for which year.

    ``id`` is the first 12 hex digits of the original's SHA-256, so that it depends on
    nothing that an extractor reads.  ``published_on`` is an ISO date.
    """

    id: str
    title: str
    agency: str | None
    region: str | None
    fiscal_year: int | None
    kind: Kind
    published_on: str | None
    sha256: str
    media_type: str
    source_name: str


@dataclass(frozen=True, slots=True)
class Disclosure:
    """All that was read from one file.

    ``problems`` are sentences in Chinese about what could not be read (a page, a sheet);
    the rest of the disclosure is whole.
    """

    document: Document
    sections: tuple[Section, ...] = ()
    tables: tuple[Table, ...] = ()
    projects: tuple[Project, ...] = ()
    indicators: tuple[Indicator, ...] = ()
    citations: tuple[Citation, ...] = ()
    findings: tuple[Finding, ...] = ()
    problems: tuple[str, ...] = field(default=())
    checks: tuple[CheckCount, ...] = ()
    contents: tuple[ContentsEntry, ...] = ()
