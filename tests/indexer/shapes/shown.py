"""A whole extract() record as text, one line a record, to set against an expectation."""

from __future__ import annotations

from collections.abc import Iterator

from archive.model import Column, Disclosure, Row, Table

_ROLES = {"code": "#", "label": "@", "project": "*", "text": "~", "amount": ""}


def shown(disclosure: Disclosure) -> str:
    """Identity, sections, tables with every cell, projects, indicators, problems.

    ``# @ * ~`` before a column mark codes, labels, projects and words; a cell stands after
    the number of its column, ``?`` behind a doubtful one.  A section shows the beginning of
    its text and its length.
    """
    return "\n".join(_lines(disclosure))


def _lines(disclosure: Disclosure) -> Iterator[str]:
    document = disclosure.document
    yield " · ".join(
        str(fact)
        for fact in (
            document.kind,
            document.fiscal_year,
            document.agency,
            document.region,
            document.published_on,
        )
    )
    yield f"《{document.title}》"
    for section in disclosure.sections:
        begin = section.text[:12].replace("\n", "⏎")
        yield f"{'§' * section.level or '§0'} {section.heading}：{begin}…{len(section.text)}"
    for table in disclosure.tables:
        yield from _table(table)
    for project in disclosure.projects:
        yield f"项目 {project.name} {project.amount_fen}"
    for each in disclosure.indicators:
        value = f"{each.operator or ''}{each.value}{each.unit or ''}"
        yield f"指标 {each.level1}/{each.level2}/{each.name} {value}"
    yield from disclosure.problems


def _table(table: Table) -> Iterator[str]:
    empty = " 空表" * table.declared_empty
    yield f"表 {table.number} {table.title} → {table.form} {table.unit}{empty}"
    yield "  " + " | ".join(map(_column, table.columns))
    for row in table.rows:
        yield "  " + _row(row, table)
    for note in table.notes:
        yield f"  注 {note}"


def _column(column: Column) -> str:
    return _ROLES[column.role] + "/".join(column.path)


def _row(row: Row, table: Table) -> str:
    side = {"income": "收", "expenditure": "支", None: ""}[row.side]
    role = {"item": "", "total": "Σ", "agency": "◆"}[row.role]
    project = f" 〔{row.project}〕" if row.project else ""
    cells = " ".join(
        f"{cell.column}={cell.printed}{'' if cell.certain else '?'}"
        for cell in row.cells
        if table.columns[cell.column].role in ("amount", "text")
    )
    return f"{side}{role}{row.code or ''} {row.label}{project} : {cells}"
