"""A table as CSV, XLSX or JSON."""

from __future__ import annotations

import io

from flask import Blueprint, Response, abort, jsonify, send_file

from archive.errors import NotFound
from archive.export import table_csv, table_xlsx
from archive.model import Document, Table
from archive.record_json import disclosure_json, document_json, table_json
from web.current import archive, document_or_404
from web.file_names import fit_name

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

blueprint = Blueprint("downloads", __name__, url_prefix="/d")


@blueprint.get("/<slug>.json")
def disclosure_as_json(slug: str) -> Response:
    """The whole record of a disclosure."""
    return jsonify(disclosure_json(archive().store.disclosure(document_or_404(slug).id)))


@blueprint.get("/<slug>/download/<path:table>.csv")
def as_csv(slug: str, table: str) -> Response:
    """The table as CSV."""
    document, shown = _table(slug, table)
    return _file(table_csv(document, shown), "text/csv; charset=utf-8", document, shown, "csv")


@blueprint.get("/<slug>/download/<path:table>.xlsx")
def as_xlsx(slug: str, table: str) -> Response:
    """The table as a workbook."""
    document, shown = _table(slug, table)
    return _file(table_xlsx(document, shown), XLSX, document, shown, "xlsx")


@blueprint.get("/<slug>/download/<path:table>.json")
def as_json(slug: str, table: str) -> Response:
    """The table's record, with the disclosure that it stands in."""
    document, shown = _table(slug, table)
    return jsonify({"document": document_json(document), "table": table_json(shown)})


def _table(slug: str, table: str) -> tuple[Document, Table]:
    document = document_or_404(slug)
    try:
        return document, archive().store.table(document.id, table)
    except NotFound as error:
        abort(404, str(error))


def _file(data: bytes, mimetype: str, document: Document, table: Table, ending: str) -> Response:
    name = f"{document.agency or document.title}-{document.fiscal_year or ''}-{table.id}.{ending}"
    return send_file(
        io.BytesIO(data), mimetype=mimetype, as_attachment=True, download_name=fit_name(name)
    )
