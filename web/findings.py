"""What the checks found: across the archive, as files and as a feed, and on pages."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal, InvalidOperation
from urllib.parse import urlencode

from flask import Blueprint, Flask, Response, g, jsonify, render_template, request, send_file
from openpyxl import Workbook

from archive.addresses import (
    column_ids,
    document_path,
    project_path,
    row_path,
    section_path,
    table_path,
)
from archive.amounts import FEN_PER_UNIT, in_unit
from archive.export import safe
from archive.model import CheckCount, Document, Finding, FindingPlace, Table
from archive.record_json import document_json, findings_json
from archive.store.findings import SEVERITIES, Found, Wanted
from indexer.checks.rules import BY_ID
from web.current import archive
from web.downloads import XLSX

PAGE_SIZE = 30
MOST_EXPORTED = 20_000
FEED_SIZE = 50
USUAL_SEVERITIES = SEVERITIES[:2]
SIZES = (("1万元以上", "1"), ("10万元以上", "10"), ("100万元以上", "100"), ("1000万元以上", "1000"))

_MARKED = frozenset(USUAL_SEVERITIES)
_FEW = 2
_YEAR = re.compile(r"\d{4}", re.ASCII)
_HEAD = ("单位", "年度", "文件", "规则", "程度", "说明", "应为", "印为", "相差（元）", "位置")

blueprint = Blueprint("findings", __name__)


@dataclass(frozen=True, slots=True)
class Numbered:
    """A finding with its number on the disclosure, which its anchor is made of."""

    number: int
    finding: Finding
    rule: str


@dataclass(frozen=True, slots=True)
class Asked:
    """The filters of the address, as typed."""

    rule: str
    agency: str
    year: str
    severity: str
    least: str
    page: int

    def wanted(self) -> Wanted:
        """The same for the store; what cannot be read is left out."""
        return Wanted(
            rule=self.rule or None,
            agency=self.agency or None,
            year=int(self.year) if _YEAR.fullmatch(self.year) else None,
            severities=(self.severity,) if self.severity in SEVERITIES else USUAL_SEVERITIES,
            least_fen=_fen(self.least),
        )

    def but(self, **changed: str | int) -> str:
        """The query string with some filters changed and empty ones left out."""
        kept: Mapping[str, str | int] = {
            "rule": self.rule,
            "agency": self.agency,
            "year": self.year,
            "severity": self.severity,
            "least": self.least,
            **changed,
        }
        return urlencode({name: value for name, value in kept.items() if value})


def install(app: Flask) -> None:
    """Make what pages of a disclosure tell of its findings known to ``app``'s templates."""
    app.add_template_global(numbered_findings, "numbered_findings")
    app.add_template_global(finding_marks, "finding_marks")
    app.add_template_global(check_summary, "check_summary")
    app.add_template_global(place_link, "finding_place_link")


@blueprint.get("/findings")
def page() -> str:
    """Findings of all current disclosures, filtered."""
    asked = _asked()
    store = archive().store
    wanted = asked.wanted()
    found = store.find_findings(wanted, limit=PAGE_SIZE, offset=(asked.page - 1) * PAGE_SIZE)
    pages = -(-found.total // PAGE_SIZE)
    if asked.page > pages > 0:
        asked = replace(asked, page=pages)
        found = store.find_findings(wanted, limit=PAGE_SIZE, offset=(pages - 1) * PAGE_SIZE)
    return render_template(
        "findings.html",
        asked=asked,
        found=found,
        facets=store.finding_facets(wanted.severities),
        rules=BY_ID,
        severities=SEVERITIES,
        sizes=SIZES,
        pages=pages,
    )


@blueprint.get("/findings.json")
def as_json() -> Response:
    """The same as JSON."""
    return jsonify(
        [{"document": document_json(f.document), **findings_json([f.finding])[0]} for f in _all()]
    )


@blueprint.get("/findings.csv")
def as_csv() -> Response:
    """The same as CSV with a byte order mark, which spreadsheets need for Chinese."""
    buffer = io.StringIO()
    writer = csv.writer(buffer)
    writer.writerow(_HEAD)
    writer.writerows([safe(str(value)) for value in line] for line in _lines())
    data = buffer.getvalue().encode("utf-8-sig")
    return _file(data, "text/csv; charset=utf-8", "勾稽核对.csv")


@blueprint.get("/findings.xlsx")
def as_xlsx() -> Response:
    """The same as a workbook."""
    workbook = Workbook(write_only=True)
    sheet = workbook.create_sheet("勾稽核对")
    sheet.append(_HEAD)
    for line in _lines():
        sheet.append([safe(value) if isinstance(value, str) else value for value in line])
    buffer = io.BytesIO()
    workbook.save(buffer)
    return _file(buffer.getvalue(), XLSX, "勾稽核对.xlsx")


@blueprint.get("/findings.atom")
def as_atom() -> Response:
    """The disclosures with findings as a feed, one entry a finding."""
    found = archive().store.find_findings(_asked().wanted(), limit=FEED_SIZE).found
    dates = [f.document.published_on for f in found if f.document.published_on]
    text = render_template(
        "findings.atom",
        found=found,
        rules=BY_ID,
        updated=max(dates, default="1970-01-01"),
        home=request.host_url.rstrip("/"),
        own=request.url,
    )
    return Response(text, mimetype="application/atom+xml")


def numbered_findings(document: Document, table: Table | None = None) -> list[Numbered]:
    """The findings on a disclosure, or those with a figure in ``table``."""
    findings = archive().store.findings(document.id)
    return [
        Numbered(number, finding, BY_ID[finding.rule].name if finding.rule in BY_ID else "")
        for number, finding in enumerate(findings)
        if table is None or any(_in_table(place, table) for place in finding.places)
    ]


def finding_marks(document: Document, table: Table) -> dict[tuple[str, int], Numbered]:
    """The cells of a table that bear a mark, by row id and column: the total of a sum, both
    figures of a comparison; differences of rounding bear none."""
    marks: dict[tuple[str, int], Numbered] = {}
    for each in numbered_findings(document, table):
        if each.finding.severity not in _MARKED:
            continue
        places = each.finding.places
        for place in places if len(places) <= _FEW else places[:1]:
            if _in_table(place, table) and place.target.row and place.column is not None:
                marks.setdefault((place.target.row, place.column), each)
    return marks


def _in_table(place: FindingPlace, table: Table) -> bool:
    return place.target.kind in ("table", "row") and place.target.id == table.id


def check_summary(document: Document) -> CheckCount | None:
    """All rules together; ``None`` where nothing was checked."""
    counts = archive().store.checks(document.id)
    total = CheckCount(
        rule="",
        held=sum(count.held for count in counts),
        rounded=sum(count.rounded for count in counts),
        differed=sum(count.differed for count in counts),
        undecidable=sum(count.undecidable for count in counts),
        reasons=tuple(dict.fromkeys(r for c in counts if c.undecidable for r in c.reasons)),
    )
    return total if total.tried else None


def place_link(document: Document, place: FindingPlace) -> str:
    """The address of one of the figures of a finding."""
    target = place.target
    if target.kind == "section":
        return section_path(document, target.id)
    if target.kind == "project":
        return project_path(document, target.id)
    if target.kind == "row" and target.row:
        return row_path(document, target.id, target.row, _column(document, place))
    return table_path(document, target.id)


def _column(document: Document, place: FindingPlace) -> str | None:
    if place.column is None:
        return None
    ids = _column_ids(document.id).get(place.target.id, ())
    return ids[place.column] if place.column < len(ids) else None


def _column_ids(document_id: str) -> dict[str, list[str]]:
    """The column ids of a disclosure's tables; read once a request."""
    held: dict[str, dict[str, list[str]]] = g.setdefault("finding_columns", {})
    if document_id not in held:
        held[document_id] = {
            table: column_ids(paths)
            for table, paths in archive().store.column_paths(document_id).items()
        }
    return held[document_id]


def _asked() -> Asked:
    given = request.args
    number = given.get("page", "1")
    return Asked(
        rule=given.get("rule", ""),
        agency=given.get("agency", "")[:200],
        year=given.get("year", ""),
        severity=given.get("severity", ""),
        least=given.get("least", ""),
        page=max(1, int(number)) if number.isdecimal() and len(number) < len("100000") else 1,
    )


def _fen(least: str) -> int | None:
    """An amount typed in 万元."""
    try:
        value = Decimal(least)
    except InvalidOperation:
        return None
    if not value.is_finite() or not 0 < value <= Decimal(10) ** 10:
        return None
    return int(value * FEN_PER_UNIT["万元"])


def _all() -> tuple[Found, ...]:
    return archive().store.find_findings(_asked().wanted(), limit=MOST_EXPORTED).found


def _lines() -> list[tuple[object, ...]]:
    host = request.host_url.rstrip("/")
    lines: list[tuple[object, ...]] = []
    for each in _all():
        document, finding = each.document, each.finding
        size = finding.difference_fen
        lines.append((
            document.agency or "", document.fiscal_year or "", document.title,
            BY_ID[finding.rule].name if finding.rule in BY_ID else finding.rule,
            finding.severity, finding.message, finding.expected, finding.found,
            "" if size is None else in_unit(size, "元").replace(",", ""),
            f"{host}{document_path(document)}#finding-{each.ordinal}",
        ))  # fmt: skip
    return lines


def _file(data: bytes, mimetype: str, name: str) -> Response:
    return send_file(io.BytesIO(data), mimetype=mimetype, as_attachment=True, download_name=name)
