"""The parts of a generated disclosure -> its records, without rendering and reading a file."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache

from archive.addresses import distinct, slug
from archive.amounts import to_fen
from archive.citations import find
from archive.forms import form_of
from archive.model import (
    Cell,
    Citation,
    Column,
    Disclosure,
    Document,
    Indicator,
    Row,
    Section,
    Table,
    Target,
)
from indexer.projects import to_projects
from samples.expected import ExpectedTable, expected_of, is_targets, paths_of
from samples.parts import Heading, Paragraph, Part, TablePart

_ROLES = {"项目名称": "project", "项目": "label", "功能分类": "label", "科目名称": "label"}
_form_of = lru_cache(maxsize=None)(form_of)


def records_of(document: Document, parts: Sequence[Part], unit: str) -> Disclosure:
    """The disclosure that these parts tell."""
    sections = _sections(parts)
    projects = to_projects(sections)
    captioned = [part for part in parts if isinstance(part, TablePart)]
    names = distinct(_table_name(part) for part in captioned)
    tables = [_table(name, part, unit) for name, part in zip(names, captioned, strict=True)]
    told = {project.section: Target("project", project.id) for project in projects}
    return Disclosure(
        document=document,
        sections=tuple(sections),
        tables=tuple(tables),
        projects=tuple(projects),
        indicators=tuple(_indicators(names, captioned)),
        citations=tuple(_citations(sections, told)),
    )


def _sections(parts: Sequence[Part]) -> list[Section]:
    """Each heading with the paragraphs below it."""
    gathered: list[tuple[Heading, list[str]]] = []
    for part in parts:
        if isinstance(part, Heading):
            gathered.append((part, []))
        elif isinstance(part, Paragraph):
            gathered[-1][1].append(part.text)
    names = distinct(slug(heading.text) for heading, _ in gathered)
    return [
        Section(name, heading.level, heading.text, "\n".join(texts))
        for name, (heading, texts) in zip(names, gathered, strict=True)
    ]


def _table_name(part: TablePart) -> str:
    return slug(part.caption[0])


def _table(name: str, part: TablePart, unit: str) -> Table:
    if is_targets(part):
        return _targets(name, part)
    expected = expected_of(part)
    return Table(
        id=name,
        number=expected.number,
        title=expected.title,
        form=_form_of(expected.title),
        unit=unit,
        columns=tuple(_column(path) for path in expected.columns),
        rows=_rows(expected, unit),
        declared_empty=expected.declared_empty,
        notes=part.notes,
    )


def _column(path: tuple[str, ...]) -> Column:
    if path[-1] in {"类", "款", "项"}:
        return Column(path, "code")
    role = "label" if path[-1].endswith("科目名称") else _ROLES.get(path[-1], "amount")
    return Column(path, role)  # type: ignore[arg-type]


def _rows(expected: ExpectedTable, unit: str) -> tuple[Row, ...]:
    ids = distinct(slug(row.code, row.label, row.project) for row in expected.rows)
    return tuple(
        Row(
            id=id_,
            line=line,
            code=row.code,
            label=row.label,
            cells=tuple(
                Cell(column, printed, to_fen(printed, unit))
                for column, printed in row.cells.items()
            ),
            side=row.side,
            role="total" if row.role == "total" else "item",
            project=row.project,
        )
        for line, (id_, row) in enumerate(zip(ids, expected.rows, strict=True))
    )


def _targets(name: str, part: TablePart) -> Table:
    """A 绩效目标表: its rows are texts."""
    ids = distinct(slug(texts[2]) for texts in part.rows)
    return Table(
        id=name,
        number=None,
        title=part.caption[0],
        form=_form_of(part.caption[0]),
        unit=None,
        columns=tuple(Column(path, "text") for path in paths_of(part)),
        rows=tuple(
            Row(id_, line, None, texts[2], tuple(Cell(i, text) for i, text in enumerate(texts)))
            for line, (id_, texts) in enumerate(zip(ids, part.rows, strict=True))
        ),
    )


def _indicators(names: Sequence[str], parts: Sequence[TablePart]) -> Iterator[Indicator]:
    for name, part in zip(names, parts, strict=True):
        if is_targets(part):
            project = part.header[1][1].text
            for level1, level2, label, value, weight in part.rows:
                sign = value[0] if value[0] in "≥≤=" else None
                bare = value[1:] if sign else value
                yield Indicator(name, project, level1, level2, label, sign, bare, None, weight)


def _citations(sections: Sequence[Section], told: dict[str | None, Target]) -> Iterator[Citation]:
    """What the project sections cite; a generated document cites nothing elsewhere."""
    for section in sections:
        target = told.get(section.id, Target("section", section.id))
        if "〔" in section.text:
            for mention in find(section.text):
                yield Citation(mention.printed, mention.normal, mention.title, target)
