"""Disclosures whose every figure is known, to be looked through for what a query must find."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from archive.amounts import to_fen
from archive.fold import fold
from archive.model import Cell, Column, Disclosure, Project, Row, Table
from tests.documents import document

WAN = 10_000_00


@dataclass(frozen=True)
class Line:
    """A row as the tests write it: its figures are printed in 万元."""

    label: str
    figures: tuple[str, ...]
    code: str | None = None
    project: str | None = None


@dataclass(frozen=True)
class Truth:
    """A figure with all that a query may ask of it."""

    disclosure: Disclosure
    table: Table | None
    label: str
    project: str | None
    code: str | None
    fen: int

    def says(self, word: str) -> bool:
        return any(fold(word) in fold(text or "") for text in (self.label, self.project))


def table(number: int | None, title: str, form: str | None, *lines: Line) -> Table:
    width = max(len(line.figures) for line in lines)
    columns = (
        Column(("科目编码",), "code"),
        Column(("科目名称",), "label"),
        *(Column(("支出", f"第{index}栏")) for index in range(width)),
    )
    rows = tuple(
        Row(
            id=f"r{index}",
            line=index,
            code=line.code,
            label=line.label,
            cells=(
                Cell(1, line.label),
                *(Cell(2 + at, text, to_fen(text, "万元")) for at, text in enumerate(line.figures)),
            ),
            project=line.project,
        )
        for index, line in enumerate(lines)
    )
    identifier = title if number is None else f"表{number}"
    return Table(identifier, number, title, form, "万元", columns, rows)


def disclosure(
    number: int,
    agency: str | None,
    region: str | None,
    year: int | None,
    *tables: Table,
    projects: tuple[Project, ...] = (),
) -> Disclosure:
    made = document(
        number,
        title=f"{agency}{year}年部门预算公开",
        agency=agency,
        region=region,
        fiscal_year=year,
        kind="部门预算" if number % 2 else "单位预算",
    )
    return Disclosure(made, tables=tables, projects=projects)


def project(name: str, fen: int | None) -> Project:
    return Project(name, name, fen, None, None, None, None, None, ())


OUTLAYS, PROJECTS = "一般公共预算支出情况表", "一般公共预算项目支出情况表"
DISCLOSURES = (
    disclosure(
        1,
        "昌吉州医疗保障局",
        "新疆维吾尔自治区/昌吉回族自治州",
        2022,
        table(
            5,
            OUTLAYS,
            OUTLAYS,
            Line("卫生健康支出", ("500.00", "0"), "210"),
            Line("医疗保障经办事务", ("49.84", "—", "13.5"), "2101506"),
            Line("合计", ("549.84",)),
        ),
        table(
            7,
            f"2022年{PROJECTS}",
            PROJECTS,
            Line("其他医疗保障管理事务支出", ("500", "500"), "2101599", "离休人员医疗费"),
            Line("其他医疗保障管理事务支出", ("10",), "2101599", "=HYPERLINK(1)"),
        ),
        projects=(project("离休人员医疗费", 500 * WAN), project("未列金额的离休项目", None)),
    ),
    disclosure(
        2,
        "昌吉州医疗保障局二中心",
        "新疆维吾尔自治区/昌吉回族自治州/昌吉市",
        2023,
        table(
            5,
            OUTLAYS,
            OUTLAYS,
            Line("卫生健康支出", ("120.00",), "210"),
            Line("离休费", ("100.00", "-3"), "30301"),
            Line("", ("7",), "2101506"),
        ),
    ),
    disclosure(
        4,
        None,
        None,
        None,
        table(None, "“三公”经费情况", None, Line("公务接待费", ("4.9",)), Line("离休", ("300",))),
    ),
    disclosure(
        5,
        "上海市普陀区教育局",
        "上海市/普陀区",
        2023,
        table(8, OUTLAYS, OUTLAYS, Line("教育支出", ("88",), "205"), Line("空行", ("—",))),
    ),
)
SUPERSEDED = replace(
    DISCLOSURES[3],
    document=replace(DISCLOSURES[3].document, id="0" * 11 + "3", sha256="0" * 11 + "3" + "0" * 52),
)


def truths() -> Iterator[Truth]:
    """Every figure in the order of ingest and print, those of projects behind the tables."""
    for one in DISCLOSURES:
        for shown in one.tables:
            for row in shown.rows:
                for cell in row.cells:
                    if cell.fen is not None:
                        yield Truth(one, shown, row.label, row.project, row.code, cell.fen)
        for told in one.projects:
            if told.amount_fen is not None:
                yield Truth(one, None, told.name, told.name, None, told.amount_fen)


def year_of(truth: Truth) -> int:
    return truth.disclosure.document.fiscal_year or 0
