"""What the search engine is told of a disclosure.

Whatever is printed is in one of the three texts of an entry, each paragraph, label or cell
on a line of its own; repeated lines stand once, since 0.00 says no more a hundred times.
Names that only we give (a table's statutory form, a document number's normal form) are left
out: a hit must contain what was typed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from archive.engine import Entry
from archive.model import Disclosure, Indicator, Project, Section, Table


def entry_of(disclosure: Disclosure, superseded: bool) -> Entry:
    """The entry of a disclosure; ``superseded`` when a newer version of it is held."""
    document = disclosure.document
    return Entry(
        id=document.id,
        title=document.title,
        names=_lines(_names(disclosure)),
        labels=_lines(_labels(disclosure)),
        body=_lines(_body(disclosure)),
        citations=tuple(dict.fromkeys(c.normal for c in disclosure.citations if c.normal)),
        agency=document.agency,
        region=document.region,
        fiscal_year=document.fiscal_year,
        kind=document.kind,
        superseded=superseded,
    )


def _lines(texts: Iterable[str | None]) -> str:
    """The texts, each once and on one line."""
    joined = ("".join(text.splitlines()).strip() for text in texts if text)
    return "\n".join(dict.fromkeys(text for text in joined if text))


def _names(disclosure: Disclosure) -> Iterator[str | None]:
    yield disclosure.document.title
    yield disclosure.document.agency
    for project in disclosure.projects:
        yield project.name
    for table in disclosure.tables:
        for row in table.rows:
            yield row.project
    for indicator in disclosure.indicators:
        yield indicator.project


def _labels(disclosure: Disclosure) -> Iterator[str | None]:
    for table in disclosure.tables:
        yield table.title
        yield f"表{table.number}" if table.number is not None else None
        for column in table.columns:
            yield from column.path
        for row in table.rows:
            yield row.label


def _body(disclosure: Disclosure) -> Iterator[str | None]:
    for section in disclosure.sections:
        yield from _of_section(section)
    for table in disclosure.tables:
        yield from _of_table(table)
    for indicator in disclosure.indicators:
        yield from _of_indicator(indicator)
    for project in disclosure.projects:
        yield from _of_project(project)
    for citation in disclosure.citations:
        yield citation.printed


def _of_section(section: Section) -> Iterator[str | None]:
    yield section.heading
    yield from section.text.splitlines()


def _of_table(table: Table) -> Iterator[str | None]:
    yield f"单位：{table.unit}" if table.unit else None
    for row in table.rows:
        yield row.code
        for cell in row.cells:
            yield cell.printed
    for note in table.notes:
        yield from note.splitlines()


def _of_indicator(indicator: Indicator) -> Iterator[str | None]:
    yield indicator.level1
    yield indicator.level2
    yield indicator.name
    yield f"{indicator.operator or ''}{indicator.value}{indicator.unit or ''}"
    yield indicator.basis


def _of_project(project: Project) -> Iterator[str | None]:
    """The fields of a project that is not told in a chapter; else its section has them."""
    if project.section is None:
        for name, text in project.fields:
            yield f"{name}：{text}"
