"""Two or more disclosures side by side."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from urllib.parse import urlencode

from flask import Blueprint, Response, abort, render_template, request
from openpyxl import Workbook

from archive.addresses import document_id
from archive.amounts import in_unit
from archive.comparison import Comparison, compare, forms_of
from archive.export import safe
from archive.fold import fold
from archive.model import Document
from web.current import archive

MOST = 6
"""Disclosures side by side; more would fit no screen and no page."""
MOST_OFFERED = 30
UNITS = ("元", "万元", "亿元")
UNIT = "万元"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

blueprint = Blueprint("comparing", __name__)


@blueprint.get("/compare")
def page() -> str:
    """The chosen disclosures by form, and others to add."""
    documents = _documents()
    sought = request.args.get("find", "").strip()[:200]
    return render_template(
        "compare.html",
        documents=documents,
        offered=_offered(documents, sought),
        sought=sought,
        compared=_compared(documents),
        forms=_forms(documents),
        unit=_unit(),
        units=UNITS,
        most=MOST,
        address=address,
        added=added,
    )


@blueprint.get("/compare.csv")
def as_csv() -> Response:
    """The comparison as CSV, amounts in the chosen unit."""
    buffer = io.StringIO()
    csv.writer(buffer).writerows(_lines(_compared_or_404()))
    response = Response(buffer.getvalue().encode("utf-8-sig"), mimetype="text/csv")
    response.headers["Content-Disposition"] = 'attachment; filename="comparison.csv"'
    return response


@blueprint.get("/compare.xlsx")
def as_xlsx() -> Response:
    """The comparison as a workbook."""
    workbook = Workbook(write_only=True)
    sheet = workbook.create_sheet("比较")
    for line in _lines(_compared_or_404()):
        sheet.append(line)
    buffer = io.BytesIO()
    workbook.save(buffer)
    response = Response(buffer.getvalue(), mimetype=XLSX)
    response.headers["Content-Disposition"] = 'attachment; filename="comparison.xlsx"'
    return response


def address(
    documents: Iterable[Document],
    form: str | None = None,
    measure: str | None = None,
    unit: str | None = None,
    page: str = "/compare",
) -> str:
    """The address of a comparison."""
    pairs = [("d", document.id) for document in documents]
    named = {"form": form, "measure": measure, "unit": unit if unit != UNIT else None}
    pairs += [(name, value) for name, value in named.items() if value]
    return f"{page}?{urlencode(pairs)}" if pairs else page


def _documents() -> tuple[Document, ...]:
    """The disclosures that the address names, each once."""
    identifiers = [document_id(slug) for slug in request.args.getlist("d")]
    found = []
    for identifier in dict.fromkeys(identifiers):
        document = archive().store.document(identifier) if identifier else None
        if document is None:
            abort(404, "要比较的文件中有一份不在档案里，请重新选择。")
        found.append(document)
    if len(found) > MOST:
        abort(400, f"一次最多比较 {MOST} 份文件。")
    return tuple(found)


def _forms(documents: Iterable[Document]) -> tuple[tuple[str, int], ...]:
    return forms_of([archive().store.disclosure(document.id) for document in documents])


def _compared(documents: tuple[Document, ...]) -> Comparison | None:
    if len(documents) < 2:
        return None
    disclosures = [archive().store.disclosure(document.id) for document in documents]
    forms = dict(forms_of(disclosures))
    wanted = request.args.get("form") or max(forms, key=lambda form: forms[form], default="")
    return compare(disclosures, wanted, request.args.get("measure")) if wanted in forms else None


def _compared_or_404() -> Comparison:
    compared = _compared(_documents())
    if compared is None:
        abort(404, "请至少选择两份有同一张表的文件。")
    return compared


def _unit() -> str:
    unit = request.args.get("unit", UNIT)
    return unit if unit in UNITS else UNIT


def added(documents: tuple[Document, ...], one: Document) -> tuple[Document, ...]:
    """The documents with one more, earlier years first: a change is read from left to right."""
    return tuple(sorted((*documents, one), key=lambda each: each.fiscal_year or 0))


def _offered(documents: tuple[Document, ...], sought: str) -> list[Document]:
    """Disclosures to add: what is sought, else the same agency's and its neighbours'."""
    held = [one for one in archive().store.documents() if one not in documents]
    if sought:
        parts = [fold(part) for part in sought.split()]
        held = [one for one in held if all(part in _described(one) for part in parts)]
    elif documents:
        first = documents[0]
        held.sort(key=lambda one: _distance(first, one))
    return held[:MOST_OFFERED]


def _described(document: Document) -> str:
    year = str(document.fiscal_year or "")
    return fold(f"{document.title} {document.agency or ''} {year} {document.kind}")


def _distance(first: Document, other: Document) -> tuple[bool, bool, bool, int]:
    years = abs((other.fiscal_year or 0) - (first.fiscal_year or 0))
    return (
        other.agency != first.agency,
        other.kind != first.kind,
        other.region != first.region,
        years,
    )


def _lines(compared: Comparison) -> Iterator[list[str]]:
    """A header and a line a row; a row that a disclosure lacks is blank there."""
    unit = _unit()
    head = ["表", "编码", "名称"]
    for position, document in enumerate(compared.documents):
        name = f"{document.agency or document.title} {document.fiscal_year or ''}".strip()
        head += [safe(f"{name}（{unit}）")]
        head += ["增减额", "增减 %"] if position else []
    yield head
    for row in compared.rows:
        line = [safe(compared.form), row.code or "", safe(row.label)]
        for position, value in enumerate(row.values):
            line.append(in_unit(value.fen, unit) if value.fen is not None else safe(value.printed))
            if position:
                known = value.change
                line.append(in_unit(known.fen, unit) if known else "")
                line.append(str(known.percent) if known and known.percent is not None else "")
        yield line
