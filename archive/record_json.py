"""The record contract as JSON objects, for the command line and downloads.

See ``docs/records.md``.  Only the edges use these dicts; inside the project a record stays
a record.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from archive.model import (
    CheckCount,
    Citation,
    ContentsEntry,
    Disclosure,
    Document,
    Finding,
    FindingPlace,
    Indicator,
    Place,
    Project,
    Row,
    Section,
    Table,
    Target,
)

Json = dict[str, Any]


def disclosure_json(disclosure: Disclosure) -> Json:
    """The whole record of a disclosure."""
    return {
        "document": document_json(disclosure.document),
        "contents": [_contents_entry(entry) for entry in disclosure.contents],
        "sections": [section_json(section) for section in disclosure.sections],
        "tables": [table_json(table) for table in disclosure.tables],
        "projects": [_project(project) for project in disclosure.projects],
        "indicators": [_indicator(indicator) for indicator in disclosure.indicators],
        "citations": [_citation(citation) for citation in disclosure.citations],
        "findings": findings_json(disclosure.findings),
        "checks": checks_json(disclosure.checks),
        "problems": list(disclosure.problems),
    }


def document_json(document: Document) -> Json:
    """Who published what for which year."""
    return {
        "id": document.id,
        "title": document.title,
        "agency": document.agency,
        "region": document.region,
        "fiscal_year": document.fiscal_year,
        "kind": document.kind,
        "published_on": document.published_on,
        "sha256": document.sha256,
        "media_type": document.media_type,
        "source_name": document.source_name,
    }


def _contents_entry(entry: ContentsEntry) -> Json:
    return {"text": entry.text, "page": entry.page, "place": _place(entry.place)}


def section_json(section: Section) -> Json:
    """A section with its text."""
    return {
        "id": section.id,
        "level": section.level,
        "heading": section.heading,
        "text": section.text,
        "page": section.place.page,
        "place": _place(section.place),
    }


def table_json(table: Table) -> Json:
    """A table with its columns and rows."""
    return {
        "id": table.id,
        "number": table.number,
        "title": table.title,
        "form": table.form,
        "unit": table.unit,
        "declared_empty": table.declared_empty,
        "columns": [{"path": list(column.path), "role": column.role} for column in table.columns],
        "rows": [_row(row) for row in table.rows],
        "notes": list(table.notes),
        "page": table.place.page,
        "place": _place(table.place),
    }


def _row(row: Row) -> Json:
    return {
        "id": row.id,
        "line": row.line,
        "code": row.code,
        "label": row.label,
        "side": row.side,
        "role": row.role,
        "total": row.total,
        "project": row.project,
        "place": _place(row.place),
        "cells": [
            {
                "column": cell.column,
                "printed": cell.printed,
                "fen": cell.fen,
                "certain": cell.certain,
                "doubt": cell.doubt,
                "place": _place(cell.place),
            }
            for cell in row.cells
        ],
    }


def _project(project: Project) -> Json:
    return {
        "id": project.id,
        "name": project.name,
        "amount_fen": project.amount_fen,
        "amount_printed": project.amount_printed,
        "agency": project.agency,
        "period": project.period,
        "basis": project.basis,
        "citations": list(project.citations),
        "people": project.people,
        "fields": [{"name": name, "text": text} for name, text in project.fields],
        "allocations": [
            {
                "name": part.name,
                "printed": part.printed,
                "fen": part.fen,
                "is_whole": part.is_whole,
            }
            for part in project.allocations
        ],
        "section": project.section,
        "place": _place(project.place),
    }


def _indicator(indicator: Indicator) -> Json:
    return {
        "table": indicator.table,
        "project": indicator.project,
        "level1": indicator.level1,
        "level2": indicator.level2,
        "name": indicator.name,
        "operator": indicator.operator,
        "value": indicator.value,
        "unit": indicator.unit,
        "weight": indicator.weight,
        "basis": indicator.basis,
    }


def _citation(citation: Citation) -> Json:
    return {
        "printed": citation.printed,
        "normal": citation.normal,
        "title": citation.title,
        "place": _target(citation.target),
    }


def findings_json(findings: Iterable[Finding]) -> list[Json]:
    """What the checks found."""
    return [_finding(finding) for finding in findings]


def checks_json(counts: Iterable[CheckCount]) -> list[Json]:
    """What each rule counted."""
    return [
        {
            "rule": count.rule,
            "tried": count.tried,
            "held": count.held,
            "rounded": count.rounded,
            "differed": count.differed,
            "undecidable": count.undecidable,
            "reasons": list(count.reasons),
        }
        for count in counts
    ]


def _finding(finding: Finding) -> Json:
    return {
        "rule": finding.rule,
        "severity": finding.severity,
        "message": finding.message,
        "expected": finding.expected,
        "found": finding.found,
        "places": [_finding_place(place) for place in finding.places],
        "difference_fen": finding.difference_fen,
    }


def _finding_place(place: FindingPlace) -> Json:
    given: Json = {"kind": place.target.kind, "id": place.target.id, "quote": place.quote}
    for name, value in (
        ("row", place.target.row),
        ("column", place.column),
        ("start", place.start),
    ):
        if value is not None:
            given[name] = value
    return given


def _target(target: Target) -> Json:
    if target.kind == "row":
        return {"table": target.id, "row": target.row}
    return {target.kind: target.id}


def _place(place: Place) -> Json:
    """Only what the format gives: a PDF page and box, a path, or lines."""
    given: Json = {}
    if place.page is not None:
        given["page"] = place.page
    if place.box is not None:
        given["box"] = list(place.box)
    if place.path is not None:
        given["path"] = place.path
    if place.lines is not None:
        given["lines"] = list(place.lines)
    return given
