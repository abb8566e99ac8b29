"""Two or more disclosures side by side."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from urllib.parse import urlencode

from flask import Blueprint, Response, abort, render_template, request
from openpyxl import Workbook

from archive.addresses import document_id
from archive.amounts import in_unit
from archive.comparison import Comparison, compare
from archive.export import safe
from archive.fold import fold
from archive.model import Disclosure, Document
from web.current import archive
from web.downloads import XLSX

MOST = 6
"""Disclosures side by side; more would fit no screen and no page."""
MOST_OFFERED = 30
UNITS = ("元", "万元", "亿元")
UNIT = "万元"

blueprint = Blueprint("comparing", __name__)


@blueprint.get("/compare")
def page() -> str:
    """The chosen disclosures by form, and others to add."""
    documents = _documents()
    forms = _forms(documents)
    sought = request.args.get("find", "").strip()[:200]
    words = [fold(word) for word in sought.split()]
    return render_template(
        "compare.html",
        documents=documents,
        offered=archive().store.offered(words, documents, MOST_OFFERED),
        sought=sought,
        compared=_compared(documents, forms),
        forms=[(form, len(having)) for form, having in forms.items()],
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


def _forms(documents: Iterable[Document]) -> dict[str, list[Document]]:
    """The forms with amounts, and which of the disclosures have each, in printed order."""
    found: dict[str, list[Document]] = {}
    for document in documents:
        for form in archive().store.forms(document.id):
            found.setdefault(form, []).append(document)
    return found


def _compared(
    documents: Sequence[Document], forms: Mapping[str, Sequence[Document]]
) -> Comparison | None:
    if len(documents) < 2:
        return None
    wanted = request.args.get("form") or max(forms, key=lambda form: len(forms[form]), default="")
    if wanted not in forms:
        return None
    disclosures = [_with_table(document, wanted) for document in documents]
    return compare(disclosures, wanted, request.args.get("measure"))


def _with_table(document: Document, form: str) -> Disclosure:
    """The disclosure with no other table than that of the form; all would be slow to read."""
    store = archive().store
    held = store.forms(document.id).get(form)
    return Disclosure(document, tables=(store.table(document.id, held),) if held else ())


def _compared_or_404() -> Comparison:
    documents = _documents()
    compared = _compared(documents, _forms(documents))
    if compared is None:
        abort(404, "请至少选择两份有同一张表的文件。")
    return compared


def _unit() -> str:
    unit = request.args.get("unit", UNIT)
    return unit if unit in UNITS else UNIT


def added(documents: tuple[Document, ...], one: Document) -> tuple[Document, ...]:
    """The documents with one more, earlier years first: a change is read from left to right."""
    return tuple(sorted((*documents, one), key=lambda each: each.fiscal_year or 0))


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
