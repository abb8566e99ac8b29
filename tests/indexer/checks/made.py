"""Records of a made-up disclosure, in few words, for the cases of the rules."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from archive.amounts import to_fen
from archive.model import (
    Allocation,
    Cell,
    Column,
    ColumnRole,
    ContentsEntry,
    Disclosure,
    Document,
    Indicator,
    Kind,
    Project,
    Row,
    RowRole,
    Section,
    Side,
    Table,
)

Part = Table | Section | Project | Indicator | ContentsEntry
_ROLES: tuple[tuple[str, ColumnRole], ...] = (
    ("编码|編碼", "code"), ("项目名称", "project"), ("%|率|备注|类型", "text"),
    ("名称|名稱|科目$|^[项項]目$|分类$|单位$|指标", "label"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Made:
    """The parts of a disclosure, sorted."""

    parts: tuple[Part, ...]
    kind: Kind = "部门预算"
    year: int = 2024
    published: str | None = None

    def disclosure(self) -> Disclosure:
        document = Document(
            f"{self.year}", f"某局{self.year}年{self.kind}", "某局", None, self.year, self.kind,
            self.published, f"{self.year}", "text/html", "made.html",
        )  # fmt: skip
        return Disclosure(
            document,
            tuple(part for part in self.parts if isinstance(part, Section)),
            tuple(part for part in self.parts if isinstance(part, Table)),
            tuple(part for part in self.parts if isinstance(part, Project)),
            tuple(part for part in self.parts if isinstance(part, Indicator)),
            contents=tuple(part for part in self.parts if isinstance(part, ContentsEntry)),
        )


def entries(*lines: str) -> tuple[ContentsEntry, ...]:
    """A contents list."""
    return tuple(map(ContentsEntry, lines))


def text(heading: str, *paragraphs: str) -> Section:
    return Section(heading, 2, heading, "\n".join(paragraphs))


def table(
    form: str | None, head: str, *lines: str, unit: str = "万元", notes: tuple[str, ...] = ()
) -> Table:
    """``head`` and each line with ``|`` between cells, the header's groups with ``/``.

    ``?`` behind a figure: the reader was not certain of it.
    """
    columns = tuple(_column(name) for name in head.split("|"))
    id_ = form or head
    rows = tuple(_row(f"{id_}-{at}", at, line, columns, unit) for at, line in enumerate(lines))
    return Table(id_, None, id_, form, unit, columns, rows, notes=notes)


def sides(form: str, money: str, income: str, spending: str, unit: str = "万元") -> Table:
    """A side-by-side table; a half has a line a row, ``money`` names its columns of money."""
    names = money.split("|")
    columns = []
    for half in ("收入", "支出"):
        columns.append(Column((half, "项目"), "label"))
        columns += [Column((half, name)) for name in names]
    rows = []
    halves: tuple[tuple[Side, str], ...] = (("income", income), ("expenditure", spending))
    for side, lines in halves:
        first = 0 if side == "income" else len(names) + 1
        for at, line in enumerate(lines.split("\n")):
            own = columns[first : first + len(names) + 1]
            row = _row(f"{side}-{at}", at, line, tuple(own), unit)
            cells = tuple(replace(cell, column=first + cell.column) for cell in row.cells)
            rows.append(replace(row, cells=cells, side=side))
    return Table(form, None, form, form, unit, tuple(columns), tuple(rows))


def _column(name: str) -> Column:
    path = tuple(name.split("/"))
    roles = (role for words, role in _ROLES if re.search(words, path[-1]))
    return Column(path, next(roles, "amount"))


def _row(
    id_: str, line: int, printed: str, columns: tuple[Column, ...], unit: str
) -> Row:  # fmt: skip
    cells = []
    told: dict[str, str] = {"code": "", "label": "", "project": ""}
    for at, (column, value) in enumerate(zip(columns, printed.split("|"), strict=False)):
        bare = value.strip().removesuffix("?")
        if bare:
            fen = to_fen(bare, unit) if column.role == "amount" else None
            cells.append(Cell(at, bare, fen, not value.endswith("?")))
            told[column.role] = told.get(column.role) or bare
    name = re.sub(r"\s", "", told["label"] or told["code"] or told["project"])
    is_total = bool(re.search(r"(合计|总计|合計|總計)$", name))
    role: RowRole = "total" if is_total else "agency" if name.endswith("局") else "item"
    return Row(
        id_, line, told["code"] if told["code"].isdigit() else None, name, tuple(cells), None,
        role, None if is_total else told["project"] or None,
    )  # fmt: skip


def project(name: str, amount: str, *allocations: tuple[str, str], **fields: str) -> Project:
    """``fields``: people and the texts of printed fields; an allocation named 共 is a whole."""
    people = fields.pop("people", None)
    parts = tuple(
        Allocation(what, printed, _yuan(printed), is_whole=what == "共")
        for what, printed in allocations
    )
    return Project(
        name, name, _yuan(amount), amount, None, None, None, int(people) if people else None,
        (), tuple(fields.items()), allocations=parts,
    )  # fmt: skip


def _yuan(printed: str) -> int:
    number, unit = re.fullmatch(r"([\d.,]+)(\D+)", printed).groups()  # type: ignore[union-attr]
    return to_fen(number, unit) or 0


def goal(name: str, money: str, aim: str = "完成工作") -> Table:
    """The 绩效目标表 of a project."""
    columns = tuple(Column((part,), "text") for part in "甲乙丙丁")
    lines = (
        ("项目名称", name), ("项目资金（万元）", "年度资金总额", money),
        ("年度目标", aim),
    )  # fmt: skip
    rows = tuple(
        Row(f"{name}-{at}", at, None, cells[0], tuple(Cell(i, c) for i, c in enumerate(cells)))
        for at, cells in enumerate(lines)
    )
    form = "项目支出绩效目标表"
    return Table(f"{form}-{name}", None, form, form, None, columns, rows)


def cost(name: str, what: str, value: str, unit: str = "万元") -> Indicator:
    """A cost indicator of the 绩效目标表 of a project."""
    return Indicator(
        f"项目支出绩效目标表-{name}", name, "成本指标", "经济成本指标", what, "≤", value, unit, "20"
    )
