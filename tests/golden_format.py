"""The golden records of one document: their file format, and a disclosure in the same shape.

Texts are kept without white space, which a converter adds and drops at will.  Figures of
amount columns stand by column number, as printed; ``doubtful`` names the columns whose
figure the document leaves open.  A text longer than ``LONGEST_TEXT`` characters (of a
section, a note, a project's field) is kept as a digest, because running text of the originals
stays out of the repository.
"""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

from archive.model import Citation, Disclosure, Indicator, Project, Row, Section, Table

GOLDEN = Path(__file__).with_name("golden")
LONGEST_TEXT = 40
PERFORMANCE = "绩效"
FEN_PER_UNIT = {"元": 100, "万元": 100 * 10_000}

DOCUMENT_FIELDS = ("title", "agency", "region", "fiscal_year", "kind", "published_on")
TABLE_FIELDS = ("number", "title", "form", "unit", "declared_empty")
PROJECT_FIELDS = ("name", "amount_fen", "people", "period", "agency")
INDICATOR_FIELDS = (
    "project",
    "level1",
    "level2",
    "name",
    "operator",
    "value",
    "unit",
    "weight",
)

Value = str | int | bool | None
Record = tuple[tuple[str, Value], ...]
Heading = tuple[int, str]
Prose = tuple[str, int, str]
Part = tuple[str, str, bool]
Figure = tuple[int, str, int | None]


@dataclass(frozen=True, slots=True)
class GoldenRow:
    """A row: its key fields, and its figures as (column, printed, fen)."""

    code: str | None
    label: str
    side: str | None
    role: str
    project: str | None
    cells: tuple[Figure, ...]
    doubtful: frozenset[int]


@dataclass(frozen=True, slots=True)
class GoldenTable:
    """A table; ``rows`` is ``None`` for a performance table, whose indicators are compared."""

    fields: Record
    columns: tuple[tuple[str, ...], ...]
    rows: tuple[GoldenRow, ...] | None
    notes: tuple[str, ...] = ()

    @property
    def title(self) -> str:
        return str(dict(self.fields)["title"])


@dataclass(frozen=True, slots=True)
class GoldenProject:
    """A project; ``fields`` is ``None`` where the golden data do not list them, ``parts`` are
    its allocations as (name, printed, whether it is the whole)."""

    named: Record
    citations: tuple[str, ...]
    fields: tuple[tuple[str, str], ...] | None
    parts: tuple[Part, ...] = ()


@dataclass(frozen=True, slots=True)
class Golden:
    """The records of one document.

    ``headings`` are (level, text), ``None`` where the golden data list none; ``texts`` what
    stands below each and before the first, as (heading, paragraphs, text).  ``citations`` are
    (printed, normal form, title, the record that holds it).
    """

    document: Record
    headings: tuple[Heading, ...] | None
    tables: tuple[GoldenTable, ...]
    projects: tuple[GoldenProject, ...]
    indicators: tuple[Record, ...]
    texts: tuple[Prose, ...] = ()
    citations: tuple[tuple[str | None, ...], ...] = ()


def squeezed(text: str | None) -> str | None:
    """The text without white space; ``None`` stays ``None``."""
    return None if text is None else re.sub(r"\s", "", text)


def kept(text: str) -> str:
    """A text as golden data keep it: itself when short, else its digest."""
    plain = re.sub(r"\s", "", text)
    if len(plain) <= LONGEST_TEXT:
        return plain
    return "sha256:" + hashlib.sha256(plain.encode()).hexdigest()[:16]


def fen_of(printed: str, unit: str | None) -> int | None:
    """The fen of a printed figure, worked out apart from the program."""
    if unit is None:
        return None
    try:
        return int(Decimal(printed.replace(",", "")) * FEN_PER_UNIT[unit])
    except InvalidOperation:
        return None


# ---- from a file --------------------------------------------------------------------------


def stems() -> list[str]:
    """The documents that have golden data, by the stem of the original's name."""
    return sorted(path.stem for path in GOLDEN.glob("*.json"))


def load(stem: str, folder: Path = GOLDEN) -> Golden:
    """The golden data of one document."""
    data = json.loads((folder / f"{stem}.json").read_text(encoding="utf-8"))
    sections = data["sections"]
    return Golden(
        document=_record(data["document"], DOCUMENT_FIELDS),
        headings=tuple((level, heading) for level, heading, *_ in sections if level),
        tables=tuple(_table(table) for table in data["tables"]),
        projects=tuple(_project(project) for project in data["projects"]),
        indicators=tuple(_record(one, INDICATOR_FIELDS) for one in data["indicators"]),
        texts=tuple((heading, count, text) for _, heading, count, text in sections),
        citations=tuple(tuple(one) for one in data["citations"]),
    )


def _record(data: dict[str, Any], names: tuple[str, ...]) -> Record:
    return tuple((name, _plain(data[name])) for name in names)


def _plain(value: Value) -> Value:
    return squeezed(value) if isinstance(value, str) else value


def _table(data: dict[str, Any]) -> GoldenTable:
    rows = data["rows"]
    return GoldenTable(
        fields=_record({"unit": None, "declared_empty": False, **data}, TABLE_FIELDS),
        columns=tuple(tuple(path) for path in data.get("columns", ())),
        rows=None if rows is None else tuple(_row(row, data.get("unit")) for row in rows),
        notes=tuple(data.get("notes", ())),
    )


def _row(data: dict[str, Any], unit: str | None) -> GoldenRow:
    cells = sorted((int(number), text) for number, text in data["cells"].items())
    return GoldenRow(
        code=data["code"],
        label=squeezed(data["label"]) or "",
        side=data["side"],
        role=data["role"],
        project=squeezed(data["project"]),
        cells=tuple((number, text, fen_of(text, unit)) for number, text in cells),
        doubtful=frozenset(int(number) for number in data.get("doubtful", ())),
    )


def _project(data: dict[str, Any]) -> GoldenProject:
    fields = data.get("fields")
    return GoldenProject(
        named=_record(data, PROJECT_FIELDS),
        citations=tuple(data["citations"]),
        fields=None if fields is None else tuple((name, text) for name, text in fields),
        parts=tuple((name, printed, whole) for name, printed, whole in data.get("parts", ())),
    )


# ---- from a disclosure ----------------------------------------------------------------------


def of_disclosure(disclosure: Disclosure) -> Golden:
    """What the program read, in the shape of golden data."""
    document = disclosure.document
    return Golden(
        document=tuple((name, _plain(getattr(document, name))) for name in DOCUMENT_FIELDS),
        headings=tuple(
            (section.level, squeezed(section.heading) or "")
            for section in disclosure.sections
            if section.level
        ),
        tables=tuple(_of_table(table) for table in disclosure.tables),
        projects=tuple(_of_project(project) for project in disclosure.projects),
        indicators=tuple(_of_indicator(one) for one in disclosure.indicators),
        texts=tuple(_of_section(section) for section in disclosure.sections),
        citations=tuple(_of_citation(one) for one in disclosure.citations),
    )


def _of_section(section: Section) -> Prose:
    paragraphs = len(section.text.splitlines())
    return squeezed(section.heading) or "", paragraphs, kept(section.text)


def _of_citation(citation: Citation) -> tuple[str | None, ...]:
    target = citation.target
    place = ":".join(part for part in (target.kind, target.id, target.row) if part)
    return squeezed(citation.printed), citation.normal, squeezed(citation.title), place


def _of_table(table: Table) -> GoldenTable:
    fields = tuple((name, _plain(getattr(table, name))) for name in TABLE_FIELDS)
    notes = tuple(kept(note) for note in table.notes)
    if PERFORMANCE in (table.form or table.title):
        return GoldenTable(fields, (), None, notes)
    amounts = {number for number, column in enumerate(table.columns) if column.role == "amount"}
    columns = tuple(column.path for column in table.columns)
    return GoldenTable(fields, columns, tuple(_of_row(row, amounts) for row in table.rows), notes)


def _of_row(row: Row, amounts: set[int]) -> GoldenRow:
    cells = sorted((cell for cell in row.cells if cell.column in amounts), key=lambda c: c.column)
    return GoldenRow(
        code=row.code,
        label=squeezed(row.label) or "",
        side=row.side,
        role=row.role,
        project=squeezed(row.project),
        cells=tuple((cell.column, squeezed(cell.printed) or "", cell.fen) for cell in cells),
        doubtful=frozenset(cell.column for cell in cells if not cell.certain),
    )


def _of_project(project: Project) -> GoldenProject:
    return GoldenProject(
        named=tuple((name, _plain(getattr(project, name))) for name in PROJECT_FIELDS),
        citations=project.citations,
        fields=tuple((name, kept(text)) for name, text in project.fields),
        parts=tuple(
            (squeezed(part.name) or "", squeezed(part.printed) or "", part.is_whole)
            for part in project.allocations
        ),
    )


def _of_indicator(indicator: Indicator) -> Record:
    return tuple((name, _plain(getattr(indicator, name))) for name in INDICATOR_FIELDS)


# ---- to a file ------------------------------------------------------------------------------


def dumps(golden: Golden) -> str:
    """The golden data as JSON, a record a line, so that a change is read as a line."""
    tables = ",\n".join(_table_lines(table) for table in golden.tables)
    parts = [
        f'"document": {_json(dict(golden.document))}',
        f'"sections": {_lines(_section_data(golden))}',
        f'"tables": [\n{tables}\n]',
        f'"projects": {_lines([_project_data(one) for one in golden.projects])}',
        f'"indicators": {_lines([dict(one) for one in golden.indicators])}',
        f'"citations": {_lines(list(golden.citations))}',
    ]
    return "{\n" + ",\n".join(parts) + "\n}\n"


def _section_data(golden: Golden) -> list[Any]:
    """[level, heading, paragraphs, text] of each section; the text before the first is level 0."""
    levels = iter([level for level, _ in golden.headings or ()])
    return [[next(levels) if text[0] else 0, *text] for text in golden.texts]


def _json(data: object) -> str:
    return json.dumps(data, ensure_ascii=False)


def _lines(records: list[Any]) -> str:
    return "[\n" + ",\n".join(f"  {_json(record)}" for record in records) + "\n]"


def _table_lines(table: GoldenTable) -> str:
    notes = {"notes": table.notes} if table.notes else {}
    head = _json({**dict(table.fields), **notes})[:-1]
    if table.rows is None:
        return f'{head}, "rows": null}}'
    rows = _lines([_row_data(row) for row in table.rows])
    return f'{head},\n"columns": {_json(table.columns)},\n"rows": {rows}}}'


def _row_data(row: GoldenRow) -> dict[str, Any]:
    data: dict[str, Any] = {
        "code": row.code,
        "label": row.label,
        "side": row.side,
        "role": row.role,
        "project": row.project,
        "cells": {str(number): printed for number, printed, _ in row.cells},
    }
    return {**data, "doubtful": [str(n) for n in sorted(row.doubtful)]} if row.doubtful else data


def _project_data(project: GoldenProject) -> dict[str, Any]:
    data = {**dict(project.named), "citations": project.citations}
    if project.parts:
        data["parts"] = project.parts
    return data if project.fields is None else {**data, "fields": project.fields}
