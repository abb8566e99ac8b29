"""Rules of completeness: what regulation asks to be published, and by when.  They only warn."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from archive.amounts import to_decimal
from archive.forms import form_of
from archive.model import FindingPlace, Table, Target
from indexer.checks.between import (
    A_ECONOMY,
    A_FISCAL,
    A_FUNCTIONS,
    A_INCOME,
    A_SPENDING,
    A_SUMMARY,
    A_THREE,
    ECONOMY,
    FISCAL,
    FUNCTIONS,
    INCOME,
    SPENDING,
    SUMMARY,
    THREE,
    THREE_HEADING,
)
from indexer.checks.case import Case, Grid, fold, unnumbered
from indexer.checks.outcome import HOLDS, Outcome, State, undecidable
from indexer.checks.words import NUMBER, UNIT, WAY, quoted

_BUDGET_FUND, _ACCOUNTS_FUND = "政府性基金预算支出情况表", "政府性基金预算财政拨款收入支出决算表"
BUDGET_FORMS = (SUMMARY, INCOME, SPENDING, FISCAL, FUNCTIONS, ECONOMY, THREE, _BUDGET_FUND)
ACCOUNTS_FORMS = (
    A_SUMMARY, A_INCOME, A_SPENDING, A_FISCAL, A_FUNCTIONS, A_ECONOMY, A_THREE, _ACCOUNTS_FUND,
)  # fmt: skip
_FEWEST_FORMS = 3
_DAYS = 20
_EXPLAINED_SHARE = 0.5
_APPROVED = re.compile(
    r"(20\d\d)年(\d{1,2})月(\d{1,2})日[^。\n]{0,20}(?:批复|批准)[^。\n]{0,20}(?:预算|决算)"
)
_PROCUREMENT = re.compile(
    rf"政府采购(?:预算|金额|支出)[^，。\d]{{0,16}}(?P<n>{NUMBER})(?P<unit>{UNIT})"
)
_SMALL_FIRMS = re.compile(
    r"(?:面向|授予|预留给?)中小(?:微)?企业|中小(?:微)?企业(?:预留|合同|供应商|采购|份额)"
)
_THREE_CHANGED = re.compile(rf"(?:{WAY})(?:了)?(?P<n>{NUMBER}){UNIT}")
_EMPTY = re.compile(r"为空表|无数据|此表为空")


def forms(case: Case) -> Iterator[Outcome]:
    """The tables that 财预〔2016〕143号 practice expects are printed, empty ones too."""
    expected = _expected_forms(case)
    printed = {table.form for table in case.disclosure.tables}
    missing = missing_forms(case)
    for form in expected:
        if form in printed:
            yield HOLDS
        elif form not in missing:
            yield undecidable("有一张表不能认出是哪一张法定表，或有的页没有读出")
        else:
            yield _missing(case, form)


def _missing(case: Case, form: str) -> Outcome:
    entry = next(
        (e.text for e in case.disclosure.contents if form_of(unnumbered(e.text)) == form), ""
    )
    listed = f"目录列有{quoted(entry)}，正文里却" if entry else ""
    return _warn(
        f"{listed}没有找到《{form}》：即使没有数字也应当公开空表并说明。", form, "未见",
        (FindingPlace(Target("section", first_section(case)), entry),),
    )  # fmt: skip


def missing_forms(case: Case) -> frozenset[str]:
    """The forms that :func:`forms` tells as missing."""
    if case.disclosure.problems or unknown_table(case):
        return frozenset()
    return frozenset(_expected_forms(case)) - {t.form for t in case.disclosure.tables if t.form}


def _expected_forms(case: Case) -> tuple[str, ...]:
    """None where too few are printed to say that this is a department's disclosure."""
    expected = ACCOUNTS_FORMS if case.is_accounts else BUDGET_FORMS
    printed = {table.form for table in case.disclosure.tables}
    if len(printed & set(expected)) < _FEWEST_FORMS or case.disclosure.document.kind == "其他":
        return ()
    return expected


def unknown_table(case: Case) -> bool:
    """Whether a table with figures may be any of the statutory ones."""
    return any(
        table.form is None and any(c.fen is not None for row in table.rows for c in row.cells)
        for table in case.disclosure.tables
    )


def first_section(case: Case) -> str:
    """Where a finding stands that has no place of its own."""
    return case.disclosure.sections[0].id if case.disclosure.sections else ""


def functions(case: Case) -> Iterator[Outcome]:
    """一般公共预算支出 is printed down to 项."""
    grid = case.form(FUNCTIONS, A_FUNCTIONS)
    if grid is not None and grid.coded:
        yield from _depth(grid, 7, "项")


def economy(case: Case) -> Iterator[Outcome]:
    """基本支出 is printed down to economic 款."""
    grid = case.form(ECONOMY, A_ECONOMY)
    if grid is not None and grid.coded:
        yield from _depth(grid, 5, "款")


def _depth(grid: Grid, length: int, level: str) -> Iterator[Outcome]:
    """Every 类 with an amount has a row of that depth."""
    deep = {code[:3] for code in grid.coded if len(code) >= length}
    for code, rows in grid.coded.items():
        if len(code) != 3 or not any(c.fen for r in rows for c in grid.printed_amounts(r)):
            continue
        if code in deep:
            yield HOLDS
        else:
            yield _warn(
                f"{grid.name}的“{rows[0].label}”没有公开到{level}级。", f"公开到{level}", "只到类",
                (FindingPlace(Target("row", grid.table.id, rows[0].id), rows[0].label),),
            )  # fmt: skip


def three(case: Case) -> Iterator[Outcome]:
    """A change of 三公 is explained."""
    for prose in case.under(THREE_HEADING):
        match = _THREE_CHANGED.search(prose.text)
        if match and to_decimal(match["n"]):
            if re.search("原因|由于|因为|是因", prose.text):
                yield HOLDS
            else:
                yield _warn(
                    f"“三公”经费{match[0]}，没有说明原因。", "说明增减原因", "未说明",
                    (prose.of(match),),
                )  # fmt: skip


def procurement(case: Case) -> Iterator[Outcome]:
    """政府采购 is told with the share for small and medium enterprises."""
    whole = "\n".join(prose.text for prose in case.proses)
    for prose in case.proses:
        match = _PROCUREMENT.search(prose.text)
        if match is None or not to_decimal(match["n"]):
            continue
        if _SMALL_FIRMS.search(whole):
            yield HOLDS
        else:
            yield _warn(
                f"政府采购 {match['n']}{match['unit']}，没有说明面向中小企业预留的份额。",
                "面向中小企业预留金额", "未说明", (prose.of(match, "n"),),
            )  # fmt: skip
        return


def goals(case: Case) -> Iterator[Outcome]:
    """Performance targets are published, or the chapter says why not."""
    grid = case.form("一般公共预算项目支出情况表")
    if grid is None or case.is_accounts:
        return
    if not any(c.fen for row in grid.totals for c in grid.printed_amounts(row)):
        return
    forms_here = {table.form for table in case.disclosure.tables}
    whole = "".join(prose.text for prose in case.proses)
    if "项目支出绩效目标表" in forms_here or re.search(
        "绩效目标表.*不予公开|绩效目标.*另行", whole
    ):
        yield HOLDS
    else:
        yield _warn(
            "有项目支出，但没有公开项目支出绩效目标表。", "项目支出绩效目标表", "未见",
            (FindingPlace(Target("table", grid.table.id), grid.table.title),),
        )  # fmt: skip


def explained(case: Case) -> Iterator[Outcome]:
    """Each 项 of the table by functions is told in the chapter that tells most of them."""
    grid = case.form(A_FUNCTIONS if case.is_accounts else FUNCTIONS)
    if grid is None:
        return
    told = {
        fold(name)
        for prose in case.proses
        for name in re.findall(r"[(（]款[)）]、?([^“”：:。；;\n]{2,60}?)[(（]项[)）]", prose.text)
    }
    items = [
        row
        for code, rows in grid.coded.items()
        if len(code) == 7
        for row in rows
        if any(cell.fen for cell in grid.printed_amounts(row))
    ]
    found = sum(fold(row.label) in told for row in items)
    if not told or found < max(2, _EXPLAINED_SHARE * len(items)):
        return
    names = {fold(row.label) for row in items}
    strange = bool(told - names)
    for row in items:
        if fold(row.label) in told:
            yield HOLDS
        elif strange and not _told_elsewhere_as_zero(case, told - names):
            yield undecidable("说明中有表里没有的科目名，可能是同一科目")
        else:
            cell = grid.printed_amounts(row)[0]
            yield _warn(
                f"{grid.name}列有“{row.label}” {cell.printed}{grid.unit}，"
                "具体使用情况没有说明这一项。",
                f"说明“{row.label}”", "未说明", (grid.place(row, cell),),
            )  # fmt: skip


def _told_elsewhere_as_zero(case: Case, names: set[str]) -> bool:
    """Whether items that no table prints are told only as gone: 预算数为 0."""
    text = "".join(fold(prose.text) for prose in case.proses)
    return all(
        re.search(rf"{re.escape(name)}\(项\).{{0,12}}?预算数为0(?:\.0+)?万元", text)
        for name in names
    )


def empty_notes(case: Case) -> Iterator[Outcome]:
    """A table that its note calls empty prints no figure."""
    for table in case.disclosure.tables:
        note = next((n for n in table.notes if _EMPTY.search(n)), None)
        if note is None:
            continue
        cells = [(r, c) for r in table.rows for c in r.cells if c.fen]
        if not cells:
            yield HOLDS
        elif not _about(table, note):
            yield undecidable("注释不一定说的是这张表")
        else:
            row, cell = cells[0]
            yield Outcome(
                State.DIFFERS,
                f"《{table.form or table.title}》下注明“故本表为空表”，而表中印有 {cell.printed}"
                f"{table.unit or ''}等 {len(cells)} 个数字。",
                "空表",
                f"{cell.printed}{table.unit or ''}",
                (
                    FindingPlace(Target("row", table.id, row.id), cell.printed, cell.column),
                    FindingPlace(Target("table", table.id), note),
                ),
            )


def _about(table: Table, note: str) -> bool:
    """Whether the note names what the table is about."""
    words = ("三公", "政府性基金", "国有资本经营", "项目支出", "基本支出", "机关运行")
    return any(word in (table.form or table.title) and word in note for word in words)


def on_time(case: Case) -> Iterator[Outcome]:
    """Published within 20 days of approval, where both dates are known."""
    published = case.disclosure.document.published_on
    for prose in case.proses:
        match = _APPROVED.search(prose.text)
        if match is None or published is None:
            continue
        try:
            approved = date(int(match[1]), int(match[2]), int(match[3]))
        except ValueError:
            continue
        days = (date.fromisoformat(published) - approved).days
        if days < 0:
            yield undecidable("公开日期早于批复日期，日期可能不是公开日")
        elif days <= _DAYS:
            yield HOLDS
        else:
            yield _warn(
                f"预算、决算应当在批复后 {_DAYS} 日内公开，而批复于 {approved}，"
                f"公开于 {published}，隔了 {days} 日。",
                f"{_DAYS}日内",
                f"{days}日",
                (prose.of(match),),
            )


def _warn(message: str, expected: str, found: str, places: tuple[FindingPlace, ...]) -> Outcome:
    return Outcome(State.DIFFERS, message, expected, found, places)
