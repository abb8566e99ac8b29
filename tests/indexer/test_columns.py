"""The columns of figures whose blank cells were dropped, decided by the table itself."""

from __future__ import annotations

from dataclasses import replace
from itertools import product
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archive.amounts import to_fen
from archive.model import Cell, Column, Row, RowRole, Side, Table
from indexer import columns
from indexer.columns.arithmetic import Sum, agrees, placements
from indexer.columns.relations import row_sums, segments
from indexer.layout import to_blocks
from indexer.readers import read
from indexer.tables import to_tables

INCOME = (
    ("总计",),
    ("财政拨款（补助）", "财政拨款（补助）小计"),
    ("财政拨款（补助）", "一般公共预算"),
    ("财政拨款（补助）", "上级一般公共预算安排的转移支付"),
    ("财政专户",),
    ("单位资金",),
    ("财政拨款结转",),
)
SPENDING = (("支出预算", "合计"), ("支出预算", "基本支出"), ("支出预算", "项目支出"))
CARRIED = (
    ("总计",),
    ("财政拨款", "合计"),
    ("财政拨款", "基本支出", "人员经费"),
    ("财政拨款", "基本支出", "公用经费"),
    ("财政拨款", "项目支出"),
    ("非财政拨款", "合计"),
    ("非财政拨款", "基本支出"),
    ("非财政拨款", "项目支出"),
)


def table_of(
    paths: tuple[tuple[str, ...], ...], text: str, *, form: str | None = None, unit: str = "万元"
) -> Table:
    """A table of loose rows, one a line: code or role, then figures; ``_`` is a known blank."""
    rows = [row_of(number, line, unit) for number, line in enumerate(text.strip().splitlines())]
    label = Column(("科目名称",), "label")
    amounts = tuple(Column(path) for path in paths)
    return Table("表", None, "表", form, unit, (label, *amounts), tuple(rows))


def row_of(number: int, line: str, unit: str, first: int = 1) -> Row:
    head, *figures = line.split()
    roles: dict[str, RowRole] = {"总计": "total", "合计": "total", "单位": "agency"}
    role = roles.get(head, "item")
    cells = tuple(
        Cell(first + at, figure, to_fen(figure, unit))
        for at, figure in enumerate(figures)
        if figure != "_"
    )
    code = head if head.isdecimal() else None
    return Row(f"{number}-{head}", number, code, head, cells, role=role)


def printed(table: Table) -> str:
    """The table again, one row a line, ``?`` after a doubtful figure."""
    lines = []
    amounts = [at for at, column in enumerate(table.columns) if column.role == "amount"]
    for row in table.rows:
        at = {cell.column: cell for cell in row.cells}
        figures = [
            at[column].printed + ("" if at[column].certain else "?") if column in at else "_"
            for column in amounts
        ]
        lines.append(" ".join([row.label, *figures]))
    return "\n".join(lines)


def text_of(lines: str) -> str:
    return "\n".join(" ".join(line.split()) for line in lines.strip().splitlines())


CASES = {
    "spending decided by the column sums": (
        SPENDING,
        """
        总计 618.79 615.92 2.86
        210 504.01 501.14 2.86
        21015 458.11 458.04 0.07
        2101501 142.46 142.46
        2101506 0.07 0.07
        2101550 315.57 315.57
        21099 45.90 43.11 2.79
        2109901 43.11 43.11
        2109999 2.79 2.79
        221 114.78 114.78
        """,
        """
        总计 618.79 615.92 2.86
        210 504.01 501.14 2.86
        21015 458.11 458.04 0.07
        2101501 142.46 142.46 _
        2101506 0.07 _ 0.07
        2101550 315.57 315.57 _
        21099 45.90 43.11 2.79
        2109901 43.11 43.11 _
        2109999 2.79 _ 2.79
        221 114.78 114.78 _
        """,
    ),
    "equal figures may be exchanged": (
        SPENDING,
        """
        总计 10.00 5.00 5.00
        201 5.00 5.00
        202 5.00 5.00
        """,
        """
        总计 10.00 5.00 5.00
        201 5.00 5.00? _
        202 5.00 _ 5.00?
        """,
    ),
    "nothing says which": (
        SPENDING,
        "总计 2.79 2.79\n210 2.79 2.79",
        "总计 2.79 2.79? _\n210 2.79 2.79? _",
    ),
    "the first figures are certain where the last is not": (
        INCOME,
        """
        总计 618.79 618.71 500.00 118.71 0.07
        208 118.71 118.71 118.71
        210 500.07 500.00 500.00 0.07
        """,
        """
        总计 618.79 618.71 500.00 118.71 0.07? _ _
        208 118.71 118.71 _ 118.71 _ _ _
        210 500.07 500.00 500.00 _ 0.07? _ _
        """,
    ),
    "three levels of header": (
        CARRIED,
        "总计 3.07 3.07 1.00 2.07\n项目甲 1.00 1.00 1.00\n项目乙 2.07 2.07 2.07",
        """
        总计 3.07 3.07? 1.00? 2.07? _ _ _ _
        项目甲 1.00 1.00? 1.00? _ _ _ _ _
        项目乙 2.07 2.07? _ 2.07? _ _ _ _
        """,
    ),
    "a row that does not add up is left, the others are decided": (
        SPENDING,
        """
        总计 30.00 10.00 20.00
        201 10.00 9.00
        202 20.00 20.00
        """,
        """
        总计 30.00 10.00 20.00
        201 10.00? 9.00? _
        202 20.00 20.00? _
        """,
    ),
    "a misprint in one branch does not reach another": (
        SPENDING,
        """
        总计 60.00 25.00 35.00
        201 30.00 20.00 10.00
        20101 20.00 20.00
        20102 10.00 10.00
        202 30.00 5.00 25.00
        20201 25.00 25.00
        20203 4.00 4.00
        """,
        """
        总计 60.00 25.00 35.00
        201 30.00 20.00 10.00
        20101 20.00 20.00 _
        20102 10.00 _ 10.00
        202 30.00 5.00 25.00
        20201 25.00 25.00? _
        20203 4.00 4.00? _
        """,
    ),
    "the total stands last and agencies stand between": (
        SPENDING,
        """
        单位 10.00 7.00 3.00
        201 7.00 7.00
        202 3.00 3.00
        单位 20.00 20.00
        201 20.00 20.00
        合计 30.00 27.00 3.00
        """,
        """
        单位 10.00 7.00 3.00
        201 7.00 7.00 _
        202 3.00 _ 3.00
        单位 20.00 20.00 _
        201 20.00 20.00 _
        合计 30.00 27.00 3.00
        """,
    ),
    "a printed 0 and a dash keep their order": (
        SPENDING,
        "总计 5.00 0.00 5.00\n201 5.00 — 5.00\n202 0.00",
        "总计 5.00 0.00 5.00\n201 5.00 — 5.00\n202 0.00? _ _",
    ),
    "no total column and no header to tell one": (
        (("1",), ("2",), ("3",)),
        "总计 5.00 5.00\n201 5.00 5.00",
        "总计 5.00? 5.00? _\n201 5.00? 5.00? _",
    ),
    "其中 is no part of the sum": (
        (("合计",), ("财政拨款",), ("其他资金",), ("其中：捐赠",)),
        "合计 5.00 3.00 2.00 2.00\n201 2.00 2.00 2.00\n202 3.00 3.00",
        "合计 5.00 3.00 2.00 2.00\n201 2.00 _ 2.00 2.00\n202 3.00 3.00 _ _",
    ),
}


@pytest.mark.parametrize(("paths", "given_text", "expected"), CASES.values(), ids=CASES)
def test_figures_go_where_the_sums_put_them(
    paths: tuple[tuple[str, ...], ...], given_text: str, expected: str
) -> None:
    result = columns.assign(table_of(paths, given_text))
    assert printed(result) == text_of(expected)
    assert columns.assign(result) == result


DOUBTS = {
    "one other": (SPENDING, "总计 1.00 1.00", "也可能属于“项目支出”栏"),
    "several others": (
        (("合计",), *((f"第{at}类",) for at in range(1, 9))),
        "总计 1.00 1.00",
        "也可能属于“第2类”“第3类”“第4类”“第5类”等7栏",
    ),
    "the same name under two headers": (
        (("总计",), ("甲", "合计"), ("甲", "项目"), ("乙", "合计"), ("乙", "项目")),
        "总计 1.00 1.00 1.00",
        "也可能属于“乙／项目”栏",
    ),
    "a row that does not add up": (SPENDING, "总计 2.00 1.00", "各栏合计与明细不符"),
    "too many ways": (
        tuple((f"第{at}类",) for at in range(40)),
        "总计 " + "1.00 " * 20,
        "可能的排法过多",
    ),
    "rows against each other": (
        (("甲",), ("乙",)),
        "总计 5.00\n201 3.00\n202 1.00",
        "与表内上下级合计数不符",
    ),
}


@pytest.mark.parametrize(("paths", "given_text", "words"), DOUBTS.values(), ids=DOUBTS)
def test_doubts_say_what_else_it_may_be(
    paths: tuple[tuple[str, ...], ...], given_text: str, words: str
) -> None:
    last = columns.assign(table_of(paths, given_text)).rows[0].cells[-1]
    assert not last.certain
    assert words in (last.doubt or "")


def test_rows_that_came_with_all_cells_are_never_moved() -> None:
    table = table_of(SPENDING, "总计 5.00 _ 5.00\n201 5.00 5.00 _\n202 5.00 5.00")
    result = columns.assign(table, loose={"2-202"})
    assert result.rows[:2] == table.rows[:2]
    assert columns.assign(table, loose=()) == table


def test_text_in_an_amount_column_keeps_its_row() -> None:
    table = table_of(SPENDING, "总计 5.00 详见附件")
    assert columns.assign(table) == table


def test_an_older_doubt_of_the_cell_is_kept() -> None:
    table = table_of(SPENDING, "总计 5.00 5.00")
    old = replace(table.rows[0].cells[1], certain=False, doubt="字迹不清")
    table = replace(table, rows=(replace(table.rows[0], cells=(table.rows[0].cells[0], old)),))
    doubt = columns.assign(table).rows[0].cells[1].doubt
    assert doubt
    assert doubt.startswith("字迹不清；")


# ---- other tables of the disclosure ----------------------------------------------------

HALVES = (
    Column(("收入", "项目"), "label"),
    Column(("收入", "预算数")),
    Column(("支出", "功能分类"), "label"),
    Column(("支出", "合计")),
    Column(("支出", "一般公共预算")),
    Column(("支出", "政府性基金预算")),
)


def half(number: int, label: str, side: Side, first: int, *figures: str) -> Row:
    row = row_of(number, " ".join(["1", *figures]), "万元", first)
    role: RowRole = "total" if "总计" in label else "item"
    return replace(row, id=f"{number}-{label}", label=label, side=side, role=role, code=None)


def balance(form: str, rows: tuple[Row, ...]) -> Table:
    return Table("甲", 1, form, form, "万元", HALVES, rows)


def test_one_half_tells_the_columns_of_the_other() -> None:
    rows = (
        half(0, "1.一般公共预算", "income", 1),
        half(1, "2.政府性基金预算", "income", 1, "8.00"),
        half(2, "卫生健康支出", "expenditure", 3, "8.00", "8.00"),
        half(3, "支出总计", "expenditure", 3, "8.00", "8.00"),
    )
    table = balance("财政拨款收支预算总体情况表", rows)
    assert [cell.certain for cell in columns.assign(table).rows[3].cells] == [True, False]
    result = columns.assign_all([table])[0]
    assert [[(c.column, c.certain) for c in row.cells] for row in result.rows[2:]] == [
        [(3, True), (5, True)],
        [(3, True), (5, True)],
    ]


@pytest.mark.parametrize(
    ("kept", "is_certain", "column"),
    [("0.07", True, 6), ("0.05", False, 4)],
    ids=["agrees", "contradicts"],
)
def test_the_income_table_is_decided_by_the_balance(
    kept: str, is_certain: bool, column: int
) -> None:
    source = balance(
        "部门收支总体情况表",
        (
            half(0, "其中：一般财力", "income", 1, "8.00"),
            half(1, "上级一般公共预算安排转移支付", "income", 1),
            half(2, "1.财政拨款结转", "income", 1, kept),
        ),
    )
    paths = tuple(path if path != ("财政专户",) else ("财政专户（教育收费）",) for path in INCOME)
    table = table_of(paths, "总计 8.07 8.00 8.00 0.07", form="部门收入总体情况表")
    last = columns.assign_all([source, table])[1].rows[0].cells[-1]
    assert (last.certain, last.column - 1) == (is_certain, column)


def test_a_fund_without_spending_pays_for_nothing() -> None:
    names = ("合计", "一般公共预算", "政府性基金", "国有资本经营预算")
    table = table_of(
        tuple((name,) for name in names),
        "合计 7.80 7.80\n公务接待费 7.80 7.80",
        form="财政拨款“三公”经费支出情况表",
    )
    empty = [
        replace(table, id=form, form=form, rows=(), declared_empty=True)
        for form in ("政府性基金预算支出情况表", "国有资本经营预算支出情况表")
    ]
    assert "?" not in printed(columns.assign_all([table, *empty])[0])
    assert "?" in printed(columns.assign_all([table, *empty[:1]])[0])


def test_only_the_named_tables_and_rows_are_loose() -> None:
    table = table_of(SPENDING, "总计 5.00 5.00\n201 5.00 5.00")
    assert columns.assign_all([table], {}) == [table]
    result = columns.assign_all([table], {table.id: {"0-总计"}})[0]
    assert [row.cells[1].certain for row in result.rows] == [True, True]


@pytest.mark.parametrize(
    ("general", "is_certain"),
    [("10.00 8.00 2.00", True), ("10.07 8.00 2.07", False)],
    ids=["the whole holds what is left", "the whole holds nothing more"],
)
def test_nothing_is_left_where_whole_and_part_are_equal(general: str, is_certain: bool) -> None:
    whole = table_of(SPENDING, "总计 10.07 8.00 2.07", form="部门支出总体情况表")
    part = table_of(SPENDING, f"总计 {general}", form="一般公共预算支出情况表")
    rest = table_of(CARRIED[:5], "总计 0.07 0.07 0.07", form="上年结转结余情况明细表")
    result = columns.assign_all([whole, part, rest])[2].rows[0].cells[-1]
    assert result.certain is is_certain
    assert not is_certain or CARRIED[result.column - 1] == ("财政拨款", "项目支出")


def test_a_name_that_begins_with_a_numeral_is_not_numbered() -> None:
    """一般公共预算 is a row's whole name; 一、 or （一） before a name is not."""
    rows = (half(0, "（二）一般公共预算", "income", 1, "5.00"),)
    table = table_of(
        (("总计",), ("一般公共预算拨款",), ("事业收入",)),
        "总计 5.00 5.00",
        form="部门收入总体情况表",
    )
    found = columns.assign_all([balance("部门收支总体情况表", rows), table])[1]
    assert [(cell.column, cell.certain) for cell in found.rows[0].cells[-2:]] == [
        (1, True),
        (2, True),
    ]


@pytest.mark.parametrize(
    ("form", "general", "marks"),
    [
        ("一般公共预算支出情况表", None, 0),
        # all spending is the general budget's, or some is not
        ("部门支出总体情况表", "总计 5.00 5.00", 0),
        ("部门支出总体情况表", "总计 4.00 4.00", 2),
    ],
)
def test_running_and_projects_have_tables_of_their_own(
    form: str, general: str | None, marks: int
) -> None:
    table = table_of(SPENDING, "总计 5.00 5.00\n201 5.00 5.00", form=form)
    running = table_of((("合计",),), "总计 5.00", form="一般公共预算基本支出情况表")
    projects = replace(running, id="7", form="一般公共预算项目支出情况表", rows=())
    others = [running, replace(projects, declared_empty=True)]
    if general:
        others.append(table_of(SPENDING, general, form="一般公共预算支出情况表"))
    assert printed(columns.assign_all([table, *others])[0]).count("?") == marks


# ---- random tables ----------------------------------------------------------------------

PATHS = [SPENDING, CARRIED, INCOME]
FINE = 100
"""True values are in hundredths of the last printed place."""


@st.composite
def true_tables(draw: st.DrawFn, *, most: int, rounded: bool) -> Table:
    """A table with all its blanks, its sums right up to rounding."""
    paths = draw(st.sampled_from(PATHS))
    segment = segments([Column(path) for path in paths])[0]
    totals = {each.total for each in segment.sums}
    leaves = [at for at in range(len(paths)) if at not in totals]
    codes = draw(st.lists(st.sampled_from(CODES), min_size=1, max_size=most, unique=True))
    step = 1 if rounded else FINE
    values = {
        code: {
            at: draw(st.integers(1, 900)) * step
            for at in draw(st.lists(st.sampled_from(leaves), min_size=1, max_size=2, unique=True))
        }
        for code in codes
    }
    lines = {"总计": _added(list(values.values()))}
    for prefix in sorted({code[:size] for code in codes for size in (3, 5, 7)}):
        lines[prefix] = _added([values[code] for code in codes if code.startswith(prefix)])
    rows = []
    for head, amounts in lines.items():
        for each in segment.sums:
            parts = [amounts[at] for at in each.parts if at in amounts]
            if parts:
                amounts[each.total] = sum(parts)
        figures = (_figure(amounts[at]) if at in amounts else "_" for at in range(len(paths)))
        rows.append(" ".join([head, *figures]))
    return table_of(paths, "\n".join(rows))


CODES = [f"{a}{b}{c}" for a in ("208", "210") for b in ("05", "11") for c in ("01", "02", "99")]


def _added(values: list[dict[int, int]]) -> dict[int, int]:
    amounts: dict[int, int] = {}
    for each in values:
        for at, value in each.items():
            amounts[at] = amounts.get(at, 0) + value
    return amounts


def _figure(value: int) -> str:
    rounded = (value + FINE // 2) // FINE
    return f"{rounded // 100}.{rounded % 100:02}"


def without_blanks(table: Table) -> Table:
    """The table as a converter leaves it that drops blank cells."""
    rows = tuple(
        replace(
            row,
            cells=tuple(replace(cell, column=1 + at) for at, cell in enumerate(row.cells)),
        )
        for row in table.rows
    )
    return replace(table, rows=rows)


def wrong_and_certain(table: Table, result: Table) -> list[tuple[str, str]]:
    return [
        (row.label, cell.printed)
        for row, true_row in zip(result.rows, table.rows, strict=True)
        for cell, true in zip(row.cells, true_row.cells, strict=True)
        if cell.certain and cell.column != true.column
    ]


@settings(max_examples=100)
@given(true_tables(most=8, rounded=True))
def test_no_wrong_column_is_ever_certain(table: Table) -> None:
    assert not wrong_and_certain(table, columns.assign(without_blanks(table)))


@settings(max_examples=100)
@given(true_tables(most=3, rounded=False))
def test_certain_is_exactly_what_every_solution_agrees_on(table: Table) -> None:
    bare = without_blanks(table)
    result = columns.assign(bare)
    possible = every_solution(bare)
    if possible is None:
        return
    for row, columns_of_row in zip(result.rows, possible, strict=True):
        for at, cell in enumerate(row.cells):
            seen = {placement[at] for placement in columns_of_row}
            assert cell.certain == (len(seen) == 1)
            assert cell.column - 1 in seen


def every_solution(bare: Table) -> list[set[tuple[int, ...]]] | None:
    """By trying everything: the placements of each row in some solution of all sums."""
    segment = segments(bare.columns)[0]
    width = len(segment.columns)
    figures = [[int(cell.printed.replace(".", "")) for cell in row.cells] for row in bare.rows]
    domains = [placements(row, width, segment.sums) or () for row in figures]
    sizes = 1
    for domain in domains:
        sizes *= len(domain)
    if sizes > 3000:
        return None
    sums = row_sums(bare.rows, [row[0] for row in figures])
    possible: list[set[tuple[int, ...]]] = [set() for _ in figures]
    for choice in product(*domains):
        cells = [dict(zip(at, row, strict=True)) for at, row in zip(choice, figures, strict=True)]
        if all(_adds_up(each, cells, width) for each in sums):
            for seen, placement in zip(possible, choice, strict=True):
                seen.add(placement)
    return possible


def _adds_up(each: Sum, cells: list[dict[int, int]], width: int) -> bool:
    for at in range(width):
        parts = [cells[part][at] for part in each.parts if at in cells[part]]
        if not agrees(cells[each.total].get(at, 0), sum(parts), len(parts)):
            return False
    return True


# ---- real disclosures -------------------------------------------------------------------

LEAST_CERTAIN = 0.73
"""Share of amounts decided; measured between 0.734 (the accounts) and 1, not to be lowered."""

OTHERS = [
    "text/bayingolin-2024-budget.txt",
    "text/changji-prefecture-2022-budget.txt",
    "text/kashgar-2021-budget.txt",
    "text/urumqi-2023-budget.txt",
    "pdf/shanghai-finance-2025-budget.pdf",
    "pdf/shanghai-putuo-commerce-2025-unit-budget.pdf",
    "pdf/shanghai-putuo-planning-2024-final-accounts.pdf",
    "pdf/shanghai-putuo-wanli-2025-budget.pdf",
]


@pytest.mark.real
@pytest.mark.parametrize("name", OTHERS)
def test_real_tables_without_their_blanks_are_never_wrong(
    real_disclosures: Path, name: str
) -> None:
    """Tables that came with all their cells show what a dropped blank must come back to."""
    path = real_disclosures / name
    tables = to_tables(to_blocks(read(path.read_bytes(), path.name)))
    dropped = [without_any_blanks(table) for table in tables]
    loose = {table.id: {row.id for row in table.rows} for table in tables}
    results = columns.assign_all(dropped, loose)
    cells = [
        cell
        for table in results
        for row in table.rows
        for cell in row.cells
        if table.columns[cell.column].role == "amount"
    ]
    assert sum(cell.certain for cell in cells) >= LEAST_CERTAIN * len(cells)
    wrong = [
        (table.id, row.label, true.printed)
        for table, result in zip(tables, results, strict=True)
        for true_row, row in zip(table.rows, result.rows, strict=True)
        for true, cell in zip(true_row.cells, row.cells, strict=True)
        if cell.certain and cell.column != true.column
    ]
    assert not wrong


def without_any_blanks(table: Table) -> Table:
    """The figures of each half moved to its first amount columns."""
    rows = []
    for row in table.rows:
        places = {
            cell.column: segment.columns[at]
            for segment in segments(table.columns)
            for at, cell in enumerate(c for c in row.cells if c.column in segment.columns)
        }
        cells = (replace(cell, column=places.get(cell.column, cell.column)) for cell in row.cells)
        rows.append(replace(row, cells=tuple(cells)))
    return replace(table, rows=tuple(rows))
