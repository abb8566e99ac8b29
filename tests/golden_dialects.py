"""Golden tables written as the text that converters make of a document, to be read again.

Three dialects that keep blank cells: a tab between cells, one cell a line, a Markdown
table.  A merged header cell stands once, over its first column; the lists of one cell a
line do not even leave room for the others.  A dump that drops blank cells is
:data:`LOOSE`: there, what cannot be decided must be marked.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from tests.golden_format import Golden, GoldenRow, GoldenTable

_CODE_LEAVES = ("类", "款", "项", "款项")
_PROJECT_LEAF = "项目名称"

_Line = list[str]


@dataclass(frozen=True, slots=True)
class _Head:
    """A header cell, once, with the columns that it stands over."""

    text: str
    column: int
    width: int


def text_of(golden: Golden, tables: Iterable[GoldenTable], dialect: Dialect) -> str:
    """A disclosure in a dialect: its title, and the tables as its second part."""
    document = dict(golden.document)
    lines = [
        str(document["title"]),
        "",
        f"第一部分 {document['agency']}概况",
        "",
        "一、主要职能",
        "",
    ]
    lines += ["承担有关工作。", "", f"第二部分 {document['fiscal_year']}年部门预算公开表", ""]
    for table in tables:
        empty = ["备注：本表为空表。", ""] if dict(table.fields)["declared_empty"] else []
        lines += [*_caption(table, str(document["agency"])), *dialect(table), "", *empty]
    return "\n".join([*lines, "第三部分 名词解释", "", "无。", ""])


def is_writable(table: GoldenTable) -> bool:
    """Whether the golden data say everything that a printed table needs.

    A doubtful figure has no known column, two columns of one header stand for halves that
    the golden data do not keep apart, and of a table of words they keep only one column.
    """
    rows = table.rows or ()
    is_open = any(row.doubtful for row in rows)
    is_repeated = len(set(table.columns)) < len(table.columns)
    has_figures = any(row.cells for row in rows) or bool(dict(table.fields)["declared_empty"])
    return has_figures and not is_open and not is_repeated


def has_head_over_all(table: GoldenTable) -> bool:
    """Whether one head stands over all columns: alone in its row, it looks like a caption."""
    return len(table.columns) > 1 and len({path[:1] for path in table.columns}) == 1


def has_head_over_one(table: GoldenTable) -> bool:
    """Whether a head stands over a single column below it.

    One cell a line keeps no spans: which of the heads above is the narrow one cannot be
    told, and the table is rightly marked doubtful.
    """
    heads = Counter(path[:1] for path in table.columns if len(path) > 1)
    return 1 in heads.values()


# ---- dialects -----------------------------------------------------------------------------


def tabbed(table: GoldenTable) -> Iterator[str]:
    """One row a line, a tab between cells."""
    for line in [*_heads_in_place(table), *_rows(table)]:
        yield "\t".join(line)


def stacked(table: GoldenTable) -> Iterator[str]:
    """One cell a line, led by a tab; a blank line ends the row."""
    for heads in _heads(table):
        at = {head.column: head for head in heads}
        covered = {c for head in heads for c in range(head.column + 1, head.column + head.width)}
        columns = [column for column in range(len(table.columns)) if column not in covered]
        yield from (f"\t{at[column].text if column in at else ''}" for column in columns)
        yield ""
    for line in _rows(table):
        yield from (f"\t{text}" for text in line)
        yield ""


def markdown(table: GoldenTable) -> Iterator[str]:
    """A pipe table; all but the first header line stand among the rows."""
    first, *others = _heads_in_place(table)
    yield f"| {' | '.join(first)} |"
    yield "|" + " --- |" * len(first)
    for line in [*others, *_rows(table)]:
        yield f"| {' | '.join(line)} |"


def loose(table: GoldenTable) -> Iterator[str]:
    """One row a line, blanks between cells, no trace of blank cells."""
    for heads in _heads(table):
        yield from (" ".join(head.text for head in heads), "")
    for line in _rows(table):
        yield from (" ".join(filter(None, line)), "")


Dialect = Callable[[GoldenTable], Iterator[str]]
WHOLE: tuple[Dialect, ...] = (tabbed, stacked, markdown)


# ---- lines --------------------------------------------------------------------------------


def _caption(table: GoldenTable, agency: str) -> list[str]:
    fields = dict(table.fields)
    number = [f"表{fields['number']}", ""] if fields["number"] is not None else []
    unit = [f"单位：{fields['unit']}", ""] if fields["unit"] else []
    return [*number, str(fields["title"]), "", f"编制部门：{agency}", "", *unit]


def _heads(table: GoldenTable) -> list[list[_Head]]:
    """The header lines: a text over neighbouring columns that share it and all above it."""
    paths = table.columns
    lines = []
    for depth in range(max(map(len, paths), default=0)):
        heads: list[_Head] = []
        for column, path in enumerate(paths):
            if depth >= len(path):
                continue
            last = heads[-1] if heads else None
            joins = last and last.column + last.width == column and depth + 1 < len(path)
            if last and joins and paths[last.column][: depth + 1] == path[: depth + 1]:
                heads[-1] = _Head(last.text, last.column, last.width + 1)
            else:
                heads.append(_Head(path[depth], column, 1))
        lines.append(heads)
    return lines


def _heads_in_place(table: GoldenTable) -> list[_Line]:
    lines = []
    for heads in _heads(table):
        line = [""] * len(table.columns)
        for head in heads:
            line[head.column] = head.text
        lines.append(line)
    return lines


def _rows(table: GoldenTable) -> list[_Line]:
    if any(row.side for row in table.rows or ()):
        return _side_by_side(table)
    return [_row(row, table.columns) for row in table.rows or ()]


def _row(row: GoldenRow, columns: Sequence[tuple[str, ...]]) -> _Line:
    leaves = [path[-1] if path else "" for path in columns]
    coded = [at for at, leaf in enumerate(leaves) if leaf in _CODE_LEAVES]
    coded = coded or [at for at, leaf in enumerate(leaves[:1]) if leaf.endswith("编码")]
    line = [""] * len(columns)
    for at, part in zip(coded, _parts(row.code or "", len(coded)), strict=False):
        line[at] = part
    label = max(coded, default=-1) + 1
    projects = [at for at, leaf in enumerate(leaves) if leaf == _PROJECT_LEAF and at != label]
    if row.label:
        line[label] = row.label
    for at in projects:
        line[at] = row.project or ""
    for column, printed, _ in row.cells:
        line[column] = printed
    return line


def _parts(code: str, columns: int) -> list[str]:
    """A code as its columns print it: 类 款 项, 类 款项, or whole."""
    if columns < 2 or not code:
        return [code]
    parts = [code[:3], *re.findall("..", code[3:])]
    return [*parts[: columns - 1], "".join(parts[columns - 1 :])]


def _side_by_side(table: GoldenTable) -> list[_Line]:
    """The halves next to each other, their totals on the last line."""
    second = next(at for at, path in enumerate(table.columns) if path[0] != table.columns[0][0])
    lines: list[_Line] = []
    for side, label in (("income", 0), ("expenditure", second)):
        rows = [row for row in table.rows or () if row.side == side]
        length = max(len(lines), *(_length(table, each) for each in ("income", "expenditure")))
        lines += [[""] * len(table.columns) for _ in range(length - len(lines))]
        totals = [row for row in rows if row.role == "total"]
        items = [row for row in rows if row.role != "total"]
        places = [*range(len(items)), *range(length - len(totals), length)]
        for at, row in zip(places, [*items, *totals], strict=True):
            lines[at][label] = f"{row.code} {row.label}" if row.code else row.label
            for column, printed, _ in row.cells:
                lines[at][column] = printed
    return lines


def _length(table: GoldenTable, side: str) -> int:
    return sum(row.side == side for row in table.rows or ())
