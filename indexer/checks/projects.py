"""Rules on projects: the parts of the money, the table of projects, people, performance."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction

from archive.amounts import FEN_PER_UNIT, find_amounts, spoken, to_decimal
from archive.model import FindingPlace, Indicator, Project, Row, Table, Target
from indexer.checks.case import Case, Grid, fold
from indexer.checks.outcome import HOLDS, NOTICE, Outcome, State, undecidable
from indexer.checks.rounding import interval, places_of
from indexer.checks.words import NUMBER

_NOT_ALL = re.compile(r"主要|等|包括|部分|不少于|左右|约|其他用于|优先")
_GOAL_FORM = "项目支出绩效目标表"
_MONEY_LABEL = re.compile(r"项目资金|年度预算")
_NAME_ENDING = re.compile(r"(项目|经费|资金|补助|费用)$")
_YEAR = re.compile(r"20\d\d年(?:度)?")
_PER_HEAD = re.compile(
    rf"(?P<people>{NUMBER})(?P<word>人|位|名)[^。；;\n]{{0,120}}?(?<!每)人均(?:支出|经费|运转经费)?(?P<each>{NUMBER})(?P<unit>万元|元)"
)
_EACH = re.compile(
    rf"(?P<n>{NUMBER})(?P<unit>万元|元)[/／](?:人)[/／]年|每人每年(?P<n2>{NUMBER})(?P<unit2>万元|元)"
)


def parts(case: Case) -> Iterator[Outcome]:
    """The parts of 资金分配 add up to 预算安排规模; a whole named there is that amount."""
    for project in case.disclosure.projects:
        if project.amount_fen is not None and project.allocations:
            yield _parts(project)


def _parts(project: Project) -> Outcome:
    whole, printed = project.amount_fen or 0, project.amount_printed or ""
    text = _field(project, "分配") or _field(project, "预算安排") or ""
    stated = [a for a in project.allocations if a.is_whole]
    items = [a for a in project.allocations if not a.is_whole]
    half = _half(printed)
    if stated and all(abs(a.fen - whole) > half for a in stated):
        total, difference = stated[0].printed, whole - stated[0].fen
        return _differ(project, (total,), total, difference, "资金分配情况说的总数")
    added = sum(a.fen for a in items)
    slack = sum((_half(a.printed) for a in items), half)
    if not items or abs(added - whole) <= (0 if added == whole else slack):
        return HOLDS
    counted = len(find_amounts(re.sub(r"\s", "", text)))
    if added < whole and (_NOT_ALL.search(text) or counted > len(project.allocations)):
        return undecidable("资金分配情况不一定列出了全部用途")
    if added > whole and counted > len(project.allocations):
        return undecidable("资金分配情况中的金额不能确定哪些是组成部分")
    shown = items[0].printed if len(items) == 1 else spoken(added)
    parts = tuple(item.printed for item in items)
    return _differ(project, parts, shown, whole - added, "资金分配情况各部分之和")


def _differ(
    project: Project, parts: tuple[str, ...], found: str, difference: int, what: str
) -> Outcome:
    target, whole = Target("project", project.id), project.amount_printed or ""
    return Outcome(
        State.DIFFERS,
        f"项目“{project.name}”预算安排规模印为 {_bare(whole)}，而{what}是 {_bare(found)}。",
        _bare(whole),
        _bare(found),
        tuple(FindingPlace(target, printed) for printed in (whole, *parts)),
        difference_fen=abs(difference),
    )


def listed(case: Case) -> Iterator[Outcome]:
    """预算安排规模 is the amount of the table of projects."""
    grid = case.form("一般公共预算项目支出情况表")
    if grid is None:
        return
    rows = [row for row in grid.table.rows if row.project and grid.printed_amounts(row)]
    for project in case.disclosure.projects:
        if project.amount_fen is None:
            continue
        found = [row for row in rows if _same_name(row.project or "", project.name)]
        if len(found) != 1:
            yield undecidable("项目支出表中没有同名的项目")
        else:
            yield _listed(project, grid, found[0])


def _listed(project: Project, grid: Grid, row: Row) -> Outcome:
    cell = grid.whole(row)
    if cell is None:
        return undecidable("项目支出表没有印出这个项目的合计")
    difference = abs((project.amount_fen or 0) - (cell.fen or 0))
    if difference <= max(_half(project.amount_printed or ""), grid.step / 2):
        return HOLDS
    if not cell.certain:
        return undecidable("表中数字存疑")
    return Outcome(
        State.DIFFERS,
        f"项目“{project.name}”预算安排规模印为 {project.amount_printed}，"
        f"而{grid.name}印为 {cell.printed}{grid.unit}。",
        f"{cell.printed}{grid.unit}",
        project.amount_printed or "",
        (
            FindingPlace(Target("project", project.id), project.amount_printed or ""),
            grid.place(row, cell),
        ),
        difference_fen=difference,
    )


def people(case: Case) -> Iterator[Outcome]:
    """补贴人数 × the yearly standards of a person = 预算安排规模."""
    for project in case.disclosure.projects:
        if not project.people or project.amount_fen is None:
            continue
        text = re.sub(r"\s", "", _field(project, "补贴标准") or "")
        each = [
            _value(m["n"] or m["n2"]) * FEN_PER_UNIT[m["unit"] or m["unit2"]]
            for m in _EACH.finditer(text)
        ]
        if not each:
            continue
        product = project.people * sum(each, Fraction(0))
        if abs(product - project.amount_fen) <= _half(project.amount_printed or ""):
            yield HOLDS
        else:
            yield undecidable("补贴标准不一定是全部支出")


def heads(case: Case) -> Iterator[Outcome]:
    """N人 … 人均 X元 in the goal of a project: the product is about its money."""
    for table, row, text in _goals(case):
        match = _PER_HEAD.search(text)
        money = _goal_money(table)
        if match is None or money is None:
            continue
        product = _value(match["people"]) * _value(match["each"]) * FEN_PER_UNIT[match["unit"]]
        slack = _value(match["people"]) * _unit_of(match["each"]) / 2 * FEN_PER_UNIT[match["unit"]]
        if abs(product - money[1]) <= slack:
            yield HOLDS
        elif product < money[1]:
            yield undecidable("人均数不一定包括全部支出")
        else:
            target = Target("row", table.id, row.id)
            stated = f"{match['people']}{match['word']}"
            yield Outcome(
                State.DIFFERS,
                f"绩效目标说 {stated}、人均 {match['each']}{match['unit']}，"
                f"合 {spoken(int(product))}，超过项目资金 {money[0]}万元。",
                f"{money[0]}万元",
                spoken(int(product)),
                (FindingPlace(target, stated), FindingPlace(target, match["each"] + match["unit"])),
                difference_fen=int(abs(product - money[1])),
                severity=NOTICE,
            )


def _goals(case: Case) -> Iterator[tuple[Table, Row, str]]:
    for table in case.disclosure.tables:
        if table.form == _GOAL_FORM:
            for row in table.rows:
                if "目标" in row.label and "指标" not in row.label:
                    text = "".join(cell.printed for cell in row.cells)
                    yield table, row, re.sub(r"\s", "", text)


def _goal_money(table: Table) -> tuple[str, Fraction] | None:
    """年度资金总额 of a 绩效目标表 in 万元, as printed and in fen."""
    for row in table.rows:
        if _MONEY_LABEL.search(re.sub(r"\s", "", row.label)) and "万元" in row.label:
            for before, cell in zip(row.cells, row.cells[1:], strict=False):
                if "总额" in before.printed and to_decimal(cell.printed) is not None:
                    return cell.printed, _value(cell.printed) * FEN_PER_UNIT["万元"]
    return None


def goals(case: Case) -> Iterator[Outcome]:
    """年度资金总额 of the 绩效目标表 is the project's amount."""
    for table in case.disclosure.tables:
        money = _goal_money(table) if table.form == _GOAL_FORM else None
        if money is None:
            continue
        project = _project_of(case, table)
        if project is None or project.amount_fen is None:
            yield undecidable("说明中没有同名的项目")
            continue
        half = max(
            _half(project.amount_printed or ""), _unit_of(money[0]) * FEN_PER_UNIT["万元"] / 2
        )
        if abs(money[1] - project.amount_fen) <= half:
            yield HOLDS
            continue
        row = next(r for r in table.rows if _MONEY_LABEL.search(r.label))
        yield Outcome(
            State.DIFFERS,
            f"项目“{project.name}”绩效目标表的资金总额印为 {money[0]}万元，"
            f"而说明中的预算安排规模是 {project.amount_printed}。",
            project.amount_printed or "",
            f"{money[0]}万元",
            (
                FindingPlace(Target("row", table.id, row.id), money[0]),
                FindingPlace(Target("project", project.id), project.amount_printed or ""),
            ),
            difference_fen=int(abs(money[1] - project.amount_fen)),
        )


def _project_of(case: Case, table: Table) -> Project | None:
    name = next(
        (
            after.printed
            for row in table.rows
            for before, after in zip(row.cells, row.cells[1:], strict=False)
            if re.sub(r"\s", "", before.printed) == "项目名称"
        ),
        table.id.partition("-")[2],
    )
    found = [p for p in case.disclosure.projects if _same_name(p.name, name)]
    return found[0] if len(found) == 1 else None


def costs(case: Case) -> Iterator[Outcome]:
    """The cost indicators of a project are no more than its money, where all are amounts."""
    for table in case.disclosure.tables:
        money = _goal_money(table) if table.form == _GOAL_FORM else None
        mine = [
            i
            for i in case.disclosure.indicators
            if i.table == table.id and "成本" in i.level1 + i.level2
        ]
        amounts = [(i, _cost(i)) for i in mine]
        wholes = [i for i, fen in amounts if money and fen == money[1]]
        if money is None or not mine or wholes or any(fen is None for _, fen in amounts):
            continue
        added = sum((fen or Fraction(0) for _, fen in amounts), Fraction(0))
        if len(amounts) < 2 or abs(added - money[1]) <= FEN_PER_UNIT["万元"] / 100 * len(amounts):
            yield HOLDS
        elif added < money[1]:
            yield undecidable("成本指标不一定包括全部支出")
        else:
            yield _cost_over(table, money, added, [i for i, _ in amounts])


def _cost_over(
    table: Table, money: tuple[str, Fraction], added: Fraction, mine: list[Indicator]
) -> Outcome:
    rows = {re.sub(r"\s", "", row.label): row for row in table.rows}
    places = [
        FindingPlace(Target("row", table.id, rows[name].id), i.value)
        for i in mine
        if (name := re.sub(r"\s", "", i.name)) in rows
    ]
    return Outcome(
        State.DIFFERS,
        f"成本指标之和（{'、'.join(i.value for i in mine)}）是 {spoken(int(added))}，"
        f"超过项目资金 {money[0]}万元。",
        f"{money[0]}万元",
        spoken(int(added)),
        tuple(places) or (FindingPlace(Target("table", table.id), money[0]),),
        difference_fen=int(added - money[1]),
        severity=NOTICE,
    )


def _cost(indicator: Indicator) -> Fraction | None:
    """The money of a cost indicator in fen; ``None`` for a price of a unit or words."""
    unit = indicator.unit or ""
    value = to_decimal(re.sub(r"[≤≦≥<>=＜＞]", "", indicator.value))
    if value is None or unit not in ("万元", "元"):
        return None
    return Fraction(value) * FEN_PER_UNIT[unit]


def goal_parts(case: Case) -> Iterator[Outcome]:
    """A cost indicator and a part of 资金分配 of one name have one amount."""
    for table in case.disclosure.tables:
        project = _project_of(case, table) if table.form == _GOAL_FORM else None
        if project is None:
            continue
        named = {fold(a.name): a for a in project.allocations if not a.is_whole}
        for indicator in case.disclosure.indicators:
            part = named.get(fold(indicator.name)) if indicator.table == table.id else None
            cost = _cost(indicator) if part else None
            if part is None or cost is None:
                continue
            if cost == part.fen:
                yield HOLDS
                continue
            yield Outcome(
                State.DIFFERS,
                f"项目“{project.name}”的“{indicator.name}”，资金分配情况印为 {part.printed}，"
                f"而绩效指标印为 {indicator.value}{indicator.unit}。",
                part.printed,
                f"{indicator.value}{indicator.unit}",
                (
                    FindingPlace(Target("project", project.id), part.printed),
                    FindingPlace(Target("table", table.id), indicator.value),
                ),
                difference_fen=int(abs(cost - part.fen)),
                severity=NOTICE,
            )


def _field(project: Project, name: str) -> str | None:
    return next((text for field, text in project.fields if name in field), None)


def _half(printed: str) -> Fraction:
    """Half a unit of the last place of an amount with its unit, in fen."""
    match = re.match(rf"({NUMBER})(亿|万|千)?元?", re.sub(r"\s", "", printed))
    if match is None:
        return Fraction(0)
    factor = FEN_PER_UNIT[(match[2] or "") + "元"]
    return _unit_of(match[1]) * factor / 2


def _unit_of(printed: str) -> Fraction:
    return Fraction(1, 10 ** places_of(printed))


def _value(printed: str) -> Fraction:
    low, high = interval(printed)
    return (low + high) / 2


def _bare(printed: str) -> str:
    return re.sub(r"\s", "", printed)


def _same_name(left: str, right: str) -> bool:
    a, b = _core(left), _core(right)
    return a == b or _NAME_ENDING.sub("", a) == _NAME_ENDING.sub("", b)


def _core(name: str) -> str:
    return re.sub(r"[^\w]", "", _YEAR.sub("", fold(name)))
