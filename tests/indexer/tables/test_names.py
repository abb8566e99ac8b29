"""Names told by the other tables of a disclosure."""

from __future__ import annotations

import pytest

from archive.model import Cell, Column, Row, Table
from indexer.tables.names import with_names

PLAIN = (Column(("科目编码",), "code"), Column(("科目名称",), "label"), Column(("合计",)))
PROJECTS = (*PLAIN, Column(("项目名称",), "project"))


def table(columns: tuple[Column, ...], *rows: tuple[str, str, str | None]) -> Table:
    made = [
        Row(
            f"{number}",
            number,
            code,
            label,
            (Cell(0, code), *((Cell(1, label),) if label else ()), Cell(2, "1.00", 100)),
            project=project,
        )
        for number, (code, label, project) in enumerate(rows)
    ]
    return Table("表", None, "表", None, "万元", columns, tuple(made))


@pytest.mark.parametrize(
    ("label", "known", "named"),
    [
        # a dump ran name and project into one
        ("其他支出设备购置", "其他支出", ("其他支出", "设备购置", [1])),
        # the name alone, another name, no other table
        ("其他支出", "其他支出", ("其他支出", None, [])),
        ("另外支出设备购置", "其他支出", ("另外支出设备购置", None, [])),
        ("其他支出设备购置", None, ("其他支出设备购置", None, [])),
        # a name that is lost
        ("", "其他支出", ("其他支出", None, [0])),
    ],
)
def test_a_project_is_parted_from_the_name_of_its_code(
    label: str, known: str | None, named: tuple[str, str | None, list[int]]
) -> None:
    others = [table(PLAIN, ("2100299", known, None))] if known else []
    row = with_names([*others, table(PROJECTS, ("2100299", label, None))])[-1].rows[0]
    doubted = [cell.column for cell in row.cells if not cell.certain]
    assert (row.label, row.project, doubted) == named


def test_a_table_without_projects_keeps_its_names() -> None:
    tables = [
        table(PLAIN, ("229", "其他支出", None)),
        table(PLAIN, ("229", "其他支出（款）", None)),
    ]
    assert with_names(tables) == tables
