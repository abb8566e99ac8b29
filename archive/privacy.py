"""Mobile telephone numbers masked: 13800001234 → 138****1234.

Disclosures print the numbers of contact persons.  What the archive shows, exports and
indexes has the middle four digits masked; the original stays as published, and the store
keeps what is printed, so that the keeper may turn the masking off.

Mobile numbers have eleven digits and begin with 13 to 19 (电信网编号计划, 2017); they are
written in one piece or in groups of 3-4-4 parted by a space or hyphen, with or without +86.
Amounts are never masked: a cell that was read as money keeps its digits.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from archive.model import Cell, Disclosure, Finding, Indicator, Project, Row, Section, Table

FACT = "show_mobile_numbers"
"""The fact of the store that turns masking off when it is ``yes``."""

_DIGIT = "[0-9０-９]"
_COUNTRY = "(?:[+＋]?(?:86|８６)[- 　]?)?"
_MOBILE = re.compile(
    rf"(?<![0-9A-Za-z０-９.,，．¥￥-])"
    rf"({_COUNTRY}[1１][3-9３-９]{_DIGIT})([- 　]?){_DIGIT}{{4}}(\2)({_DIGIT}{{4}})"
    rf"(?![0-9A-Za-z０-９]|[.．,，]{_DIGIT}|\s*[元万亿人户个])"
)


def masked(text: str) -> str:
    """The text with its mobile numbers masked; of the same length."""
    return _MOBILE.sub(r"\1\2****\3\4", text)


def masked_disclosure(disclosure: Disclosure) -> Disclosure:
    """The disclosure with every mobile number in its texts masked."""
    return replace(
        disclosure,
        sections=masked_sections(disclosure.sections),
        tables=masked_tables(disclosure.tables),
        projects=masked_projects(disclosure.projects),
        indicators=masked_indicators(disclosure.indicators),
        findings=masked_findings(disclosure.findings),
    )


def masked_sections(sections: Iterable[Section]) -> tuple[Section, ...]:
    """The sections with their headings and texts masked."""
    return tuple(
        replace(section, heading=masked(section.heading), text=masked(section.text))
        for section in sections
    )


def masked_tables(tables: Iterable[Table]) -> tuple[Table, ...]:
    """The tables with labels, texts and notes masked; amounts stay."""
    return tuple(
        replace(
            table,
            title=masked(table.title),
            notes=tuple(map(masked, table.notes)),
            rows=tuple(map(_row, table.rows)),
        )
        for table in tables
    )


def masked_projects(projects: Iterable[Project]) -> tuple[Project, ...]:
    """The projects with their fields masked."""
    return tuple(
        replace(
            project,
            agency=_or_none(project.agency),
            period=_or_none(project.period),
            basis=_or_none(project.basis),
            fields=tuple((name, masked(text)) for name, text in project.fields),
        )
        for project in projects
    )


def masked_indicators(indicators: Iterable[Indicator]) -> tuple[Indicator, ...]:
    """The indicators with name, value and basis masked."""
    return tuple(
        replace(
            indicator,
            name=masked(indicator.name),
            value=masked(indicator.value),
            basis=_or_none(indicator.basis),
        )
        for indicator in indicators
    )


def masked_findings(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """The findings with their quotes masked."""
    return tuple(
        replace(
            finding,
            places=tuple(replace(place, quote=masked(place.quote)) for place in finding.places),
        )
        for finding in findings
    )


def _row(row: Row) -> Row:
    if not any(_may_hold(cell) for cell in row.cells) and masked(row.label) == row.label:
        return row
    return replace(row, label=masked(row.label), cells=tuple(map(_cell, row.cells)))


def _cell(cell: Cell) -> Cell:
    return replace(cell, printed=masked(cell.printed)) if _may_hold(cell) else cell


def _may_hold(cell: Cell) -> bool:
    return cell.fen is None and masked(cell.printed) != cell.printed


def _or_none(text: str | None) -> str | None:
    return None if text is None else masked(text)
