"""How a report in Chinese refers to a figure of a disclosure.

The parts follow GB/T 7714—2015 in spirit and the owner's pattern in order: title, place in
it, publisher, year, address: 《…2024年部门预算公开》表7第3行，昌吉州医疗保障局，2022年，https://….
"""

from __future__ import annotations

from archive.model import Cell, Document, Project, Row, Section, Table
from archive.table_names import table_name


def quoted_table(document: Document, table: Table, link: str) -> str:
    """A reference to a whole table."""
    return _joined(document, table_name(table), link)


def quoted_row(
    document: Document, table: Table, row: Row, link: str, cell: Cell | None = None
) -> str:
    """A reference to a row, or with ``cell`` to a figure, which is given as printed."""
    name = row.project or row.label or row.code
    place = f"{_short(table)}第{row.line + 1}行" + (f"“{name}”" if name else "")
    if cell is not None:
        heads = " ".join(table.columns[cell.column].path)
        unit = table.unit if cell.fen is not None and table.unit else ""
        place += f"（{heads}：{cell.printed}{unit}）" if heads else f"（{cell.printed}{unit}）"
    return _joined(document, place, link)


def quoted_project(document: Document, project: Project, link: str) -> str:
    """A reference to a project of the explanation chapter."""
    amount = f"（{project.amount_printed}）" if project.amount_printed else ""
    return _joined(document, f"项目“{project.name}”{amount}", link)


def quoted_section(document: Document, section: Section, link: str) -> str:
    """A reference to a section of the text."""
    return _joined(document, f"“{section.heading}”" if section.heading else "正文", link)


def _short(table: Table) -> str:
    return f"表{table.number}" if table.number is not None else table_name(table)


def _joined(document: Document, place: str, link: str) -> str:
    year = f"{document.fiscal_year}年" if document.fiscal_year else None
    parts = [f"《{document.title}》{place}", document.agency, year, link]
    return "，".join(part for part in parts if part)
