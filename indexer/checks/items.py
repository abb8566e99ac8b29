"""Text against tables: an amount of the explanation chapters that names an item of a table."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from archive.model import Row, Side
from indexer.checks.between import (
    A_ECONOMY,
    A_FISCAL,
    A_FUNCTIONS,
    A_SPENDING,
    A_SUMMARY,
    A_THREE,
    BASIC,
    ECONOMY,
    FISCAL,
    FUNCTIONS,
    PROJECTS,
    SPENDING,
    SUMMARY,
    THREE,
    THREE_HEADING,
    Figure,
    Pick,
    picked,
    three_item,
)
from indexer.checks.case import Case, Grid, Prose, fold
from indexer.checks.outcome import HOLDS, Outcome, State, undecidable
from indexer.checks.words import NUMBER, UNIT, Said, said

_A = rf"(?:为|共|共计)?(?P<number>{NUMBER})(?P<unit>{UNIT})"
_PEOPLE = ("人员经费", "人员经费小计")
_PUBLIC = ("公用经费", "日常公用经费", "公用经费小计")


@dataclass(frozen=True, slots=True)
class Named:
    """How a chapter names the total of a table: ``heading`` of the chapter, ``says``."""

    heading: str
    says: str
    pick: Pick


def _side(form: str, side: Side | None, *columns: str, label: str = "") -> Pick:
    return Pick(form, side, columns, label)


_GENERAL_INTRO = r"^(?!.*财政拨款收支).*收支预算情况(?:的)?总体说明"
_BALANCE = r"^(?!.*财政拨款)(?!.*决算).*收支(?:预算)?(?:总体)?情况"
NAMED = (
    Named(_GENERAL_INTRO, rf"(?<!财政拨款)收支总预算{_A}", _side(SUMMARY, "income")),
    Named(_BALANCE, rf"(?<!拨款)收入(?:预算)?总计{_A}", _side(SUMMARY, "income")),
    Named(_BALANCE, rf"(?<!拨款)支出(?:预算)?总计{_A}", _side(SUMMARY, "expenditure")),
    Named(r"收入预算情况(?:的)?说明", rf"收入预算{_A}[，,]其中", _side(SUMMARY, "income")),
    Named(r"支出预算情况(?:的)?说明", rf"支出预算{_A}[，,]其中", _side(SPENDING, None)),
    Named(r"(?<!财政拨款收)支出预算情况(?:的)?说明", rf"(?<![一-鿿])基本支出{_A}[，,]占",
          _side(SPENDING, None, *BASIC)),
    Named(r"(?<!财政拨款收)支出预算情况(?:的)?说明", rf"(?<![一-鿿])项目支出{_A}[，,]占",
          _side(SPENDING, None, *PROJECTS)),
    Named(r"财政拨款收支预算情况", rf"财政拨款收支总预算{_A}", _side(FISCAL, "income")),
    Named(r"拨款规模变化", rf"拨款合计{_A}", _side(FUNCTIONS, None)),
    Named(r"拨款规模变化", rf"(?<![一-鿿])基本支出{_A}", _side(FUNCTIONS, None, *BASIC)),
    Named(r"拨款规模变化", rf"(?<![一-鿿])项目支出{_A}", _side(FUNCTIONS, None, *PROJECTS)),
    Named(r"一般公共预算基本支出情况", rf"基本支出{_A}[，,]其中", _side(ECONOMY, None)),
    Named(r"一般公共预算基本支出情况", rf"人员经费{_A}", _side(ECONOMY, None, *_PEOPLE)),
    Named(r"一般公共预算基本支出情况", rf"公用经费{_A}", _side(ECONOMY, None, *_PUBLIC)),
    Named(r"预算编制说明", rf"收入预算{_A}[，,]其中", _side(SUMMARY, "income")),
    Named(r"预算编制说明", rf"(?<=[。\n])支出预算{_A}[，,]其中", _side(SUMMARY, "expenditure")),
    Named(r"预算编制说明", rf"财政拨款收入{_A}[，,]比", _side(FISCAL, "income")),
    Named(r"预算编制说明", rf"一般公共预算拨款支出预算{_A}", _side(FUNCTIONS, None)),
    Named(r"收入支出决算总体情况", rf"(?<!财政拨款)收入支出总计{_A}",
          _side(A_SUMMARY, "income", label="总计")),
    Named(r"收入决算情况", rf"本年收入合计{_A}", _side(A_SUMMARY, "income", label="本年收入合计")),
    Named(r"支出决算情况", rf"本年支出合计{_A}", _side(A_SPENDING, None)),
    Named(r"[、，]支出决算情况", rf"(?<![一-鿿])基本支出{_A}", _side(A_SPENDING, None, *BASIC)),
    Named(r"[、，]支出决算情况", rf"(?<![一-鿿])项目支出{_A}", _side(A_SPENDING, None, *PROJECTS)),
    Named(r"财政拨款收入支出决算总体", rf"财政拨款收入支出总计{_A}",
          _side(A_FISCAL, "income", label="总计")),
    Named(r"一般公共预算财政拨款支出决算", rf"(?:^|[，,。]|年度?)一般公共预算财政拨款支出{_A}",
          _side(A_FUNCTIONS, None)),
    Named(r"一般公共预算财政拨款基本支出决算", rf"一般公共预算财政拨款基本支出{_A}",
          _side(A_FUNCTIONS, None, *BASIC)),
    Named(r"一般公共预算财政拨款基本支出决算", rf"人员经费{_A}",
          _side(A_ECONOMY, None, label="人员经费合计")),
    Named(r"一般公共预算财政拨款基本支出决算", rf"公用经费{_A}",
          _side(A_ECONOMY, None, label="公用经费合计")),
)  # fmt: skip

_NAME = r"[^“”：:。；;，,、\s（()）\d.．]"
_PATH = re.compile(
    rf"(?P<lei>{_NAME}{{2,30}})[(（]类[)）]"
    rf"(?:[、，]?(?P<kuan>[^“”：:。；;，,\n]{{2,40}}?)[(（]款[)）]"
    rf"(?:[、，]?(?P<xiang>[^“”：:。；;，,\n]{{2,60}}?)[(（]项[)）])?)?"
)
_FIGURE_AFTER = (
    re.compile(rf"(?:(?P<year>20\d\d)年度?)?支出决算(?:数)?为{_A}"),
    re.compile(rf"(?:[:：]|[，,](?=20\d\d年))(?:(?P<year>20\d\d)年)?预算数为{_A}"),
    re.compile(rf"^”?(?:科目)?[:：]?{_A}"),
)
_REACH = 200
_ITEM = 7
_SUBJECT = re.compile(rf"“(?P<lei>{_NAME}{{2,30}})”科目(?P<number>{NUMBER})(?P<unit>{UNIT})")


def named(case: Case) -> Iterator[Outcome]:
    """The totals that chapters name, against their tables."""
    for each in NAMED:
        heading = re.compile(each.heading)
        for prose in case.under(each.heading):
            if not heading.search(prose.heading):
                continue
            for match in re.finditer(each.says, prose.text, re.MULTILINE):
                figure = picked(case, each.pick)
                if figure is None:
                    yield undecidable("对应的表没有印出这个合计")
                else:
                    yield agree(prose, said(match), figure, match[0].split(match["number"])[0])


def items(case: Case) -> Iterator[Outcome]:
    """科目 of the chapters (类款项, 类, “…”科目) against the table by functions."""
    grid = case.form(A_FUNCTIONS if case.is_accounts else FUNCTIONS)
    if grid is None:
        return
    for prose, match, found in _told(case):
        yield _item(prose, grid, match, found)
    for prose in case.proses:
        for match in _SUBJECT.finditer(prose.text):
            yield _item(prose, grid, match, said(match))


def _told(case: Case) -> Iterator[tuple[Prose, re.Match[str], Said]]:
    """Every path of 类款项 in the chapters with the amount told of it."""
    year = case.disclosure.document.fiscal_year
    for prose in case.proses:
        matches = list(_PATH.finditer(prose.text))
        for at, match in enumerate(matches):
            end = matches[at + 1].start() if at + 1 < len(matches) else len(prose.text)
            found = _figure_after(prose.text, match.end(), min(end, match.end() + _REACH), year)
            if found is not None:
                yield prose, match, found


def _figure_after(text: str, start: int, end: int, fiscal_year: int | None) -> Said | None:
    """The amount told of an item; one that is said to be of another year is passed over."""
    span = text[start:end].partition("\n")[0]
    for pattern in _FIGURE_AFTER:
        match = next((m for m in pattern.finditer(span) if _of_year(m, fiscal_year)), None)
        if match:
            number, unit = match["number"], match["unit"]
            at = start + match.start("number")
            return Said(at, start + match.end("unit"), number + unit, number, unit)
    return None


def _of_year(match: re.Match[str], fiscal_year: int | None) -> bool:
    year = match.groupdict().get("year")
    return year is None or fiscal_year is None or int(year) == fiscal_year


def _item(prose: Prose, grid: Grid, match: re.Match[str], amount: Said) -> Outcome:
    groups = match.groupdict()
    path = [fold(groups[key]) for key in ("lei", "kuan", "xiang") if groups.get(key)]
    rows = _rows_at(grid, path)
    if len(rows) != 1:
        return HOLDS if not amount.fen else undecidable("表中没有同名的科目")
    cell = grid.whole(rows[0])
    if cell is None:
        return undecidable("表中这一科目没有印出数字")
    return agree(prose, amount, (grid, rows[0], cell), f"“{rows[0].label}”")


def _rows_at(grid: Grid, path: list[str]) -> list[Row]:
    """The rows at the end of a path of names, from the 类 on."""
    last = [""]
    found: list[Row] = []
    for depth, name in enumerate(path):
        length = 3 + 2 * depth
        found = [
            row
            for code, rows in grid.coded.items()
            if len(code) == length and any(code.startswith(above) for above in last)
            for row in rows
            if fold(row.label) == name
        ]
        last = [row.code or "" for row in found]
        if not found:
            return []
    return found


def renamed(case: Case) -> Iterator[Outcome]:
    """An item of the text that no row names, but one row of its 类 has its very amount."""
    grid = case.form(A_FUNCTIONS if case.is_accounts else FUNCTIONS)
    if grid is None:
        return
    told = [(p, fold(m["xiang"]), amount) for p, m, amount in _told(case) if m["xiang"]]
    names = {name for _, name, _ in told}
    for prose, name, amount in told:
        rows = [row for code, found in grid.coded.items() if len(code) == _ITEM for row in found]
        if any(fold(row.label) == name for row in rows):
            yield HOLDS
            continue
        same = [row for row in rows if (cell := grid.whole(row)) and cell.fen == amount.fen]
        if not amount.fen:
            continue
        if len(same) == 1 and fold(same[0].label) not in names:
            yield _renamed(prose, name, amount, grid, same[0])
        else:
            yield undecidable("表中没有同名的科目，也没有唯一同额的科目")


def _renamed(prose: Prose, name: str, amount: Said, grid: Grid, row: Row) -> Outcome:
    cell = grid.whole(row)
    assert cell is not None
    return Outcome(
        State.DIFFERS,
        f"正文把{amount.printed}写作“{name}”，而{grid.name}中这个金额的科目是“{row.label}”，"
        "两处科目名称不同。",
        row.label,
        name,
        (prose.place(amount.start, amount.end), grid.place(row, cell)),
    )


def agree(prose: Prose, amount: Said, figure: Figure, name: str) -> Outcome:
    """An amount of the text against that of a table, as coarse as the coarser prints."""
    grid, row, cell = figure
    difference = abs(amount.fen - (cell.fen or 0))
    half = max(amount.step, grid.step) / 2
    if difference <= half:
        return HOLDS
    if not cell.certain:
        return undecidable("表中数字存疑")
    if amount.unit != grid.unit and amount.number == cell.printed:
        return undecidable("同一个数的单位不同，见“单位”一条")
    rounded = difference <= 2 * half
    return Outcome(
        State.ROUNDED if rounded else State.DIFFERS,
        f"正文说{name.lstrip('，,。')}{amount.printed}，"
        f"而{grid.name}印为 {cell.printed}{grid.unit}"
        + ("，在四舍五入范围内。" if rounded else "。"),
        f"{cell.printed}{grid.unit}",
        amount.printed,
        (prose.place(amount.start, amount.end), grid.place(row, cell)),
        difference_fen=difference,
    )


_RUNNING = re.compile(rf"机关运行经费(?:财政拨款)?(?:预算)?(?:安排)?(?:数)?(?:为)?{_A}")


def running(case: Case) -> Iterator[Outcome]:
    """机关运行经费 of the text against the column of it in the table of 三公."""
    grid = case.form(A_THREE if case.is_accounts else THREE)
    columns = [] if grid is None else [
        i for i in grid.amounts if "机关运行经费" in "".join(map(fold, grid.table.columns[i].path))
    ]  # fmt: skip
    rows = [] if grid is None else [r for r in grid.table.rows if grid.printed_amounts(r)]
    if grid is None or len(columns) != 1 or len(rows) != 1:
        return
    cell = grid.cell(rows[0], columns[0])
    for prose in case.under("机关运行经费|其他.*情况"):
        found = list(_RUNNING.finditer(prose.text))
        if len(found) == 1 and cell is not None:
            yield agree(prose, said(found[0]), (grid, rows[0], cell), "机关运行经费")


_THREE_SAID = (
    ("因公出国", rf"因公出国[(（]境[)）]费(?:用)?(?:支出)?(?:决算)?(?:为)?{_A}"),
    ("购置费", rf"公务用车购置费?(?:为)?{_A}"),
    ("运行费", rf"公务用车运行(?:维护)?费(?:为)?{_A}"),
    ("公务接待", rf"公务接待费(?:支出)?(?:决算)?(?:为)?{_A}"),
    ("合计", rf"“?三公”?经费[^，。；\d]{{0,12}}?(?:数)?(?:为)?{_A}[，,](?:其中|与|比)"),
)


def three(case: Case) -> Iterator[Outcome]:
    """The 三公 amounts of the text against the table of 三公, and 机关运行经费 beside them."""
    yield from running(case)
    grid = case.form(A_THREE if case.is_accounts else THREE)
    if grid is None:
        return
    for prose in case.under(THREE_HEADING):
        for words, says in _THREE_SAID:
            match = re.search(says, prose.text)
            figure = three_item(grid, words) if match else None
            if match and figure is None and said(match).fen:
                yield undecidable("“三公”经费表没有印出这一项")
            elif match and figure is not None:
                yield agree(prose, said(match), figure, match[0].split(match["number"])[0])
