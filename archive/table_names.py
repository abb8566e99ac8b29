"""What a table is called where only a line is to spare."""

from __future__ import annotations

from archive.model import Table

UNTITLED = "未命名表"
_PROJECT_FIELD = "项目名称"


def table_name(table: Table) -> str:
    """``表7 一般公共预算项目支出情况表``; a 绩效目标表 also names its project."""
    number = f"表{table.number} " if table.number is not None else ""
    project = project_of(table)
    return f"{number}{table.title or UNTITLED}" + (f"：{project}" if project else "")


def project_of(table: Table) -> str | None:
    """The project that a performance table prints in its upper part."""
    for row in table.rows:
        printed = [cell.printed for cell in row.cells]
        if _PROJECT_FIELD in printed[:-1]:
            return printed[printed.index(_PROJECT_FIELD) + 1]
    return None
