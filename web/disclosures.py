"""A disclosure, its tables, projects and sections."""

from __future__ import annotations

import io
from collections.abc import Iterable
from functools import partial
from urllib.parse import urlencode

from flask import Blueprint, Response, abort, render_template, request, send_file
from werkzeug.wrappers import Response as BaseResponse

from archive.addresses import project_path, section_path, table_path
from archive.model import Document, Section, Table
from archive.nearest import nearest
from archive.overviews.agency import headline, year_beside
from archive.printed import printed
from archive.quotation import quoted_project, quoted_row, quoted_section, quoted_table
from archive.table_names import table_name
from web.current import archive, document_or_404, redirected_to_canonical
from web.embedding import ROW_HEIGHT, TABLE_HEIGHT, embed_path, frame_code
from web.file_names import fit_name
from web.located import Located, locate
from web.money import UNITS, reading_of, totals_of
from web.places import strip_of, where_of
from web.stretches import cell_links, stretch_of

PDF = "application/pdf"

blueprint = Blueprint("disclosures", __name__, url_prefix="/d")


@blueprint.get("/<slug>")
def disclosure(slug: str) -> str | BaseResponse:
    """The outline of a disclosure: tables, projects, sections, original."""
    return _page(slug, None)


@blueprint.get("/<slug>/s/<path:section>")
def section(slug: str, section: str) -> str | BaseResponse:
    """The same page, opened at a section."""
    return _page(slug, section)


def _page(slug: str, wanted: str | None) -> str | BaseResponse:
    document = document_or_404(slug)
    if moved := redirected_to_canonical(slug, document):
        return moved
    store = archive().store
    whole = store.disclosure(document.id)
    found = nearest(wanted, (section.id for section in whole.sections)) if wanted else None
    return render_template(
        "disclosure.html",
        document=document,
        disclosure=whole,
        figures=headline(store, document),
        beside=year_beside(store, document),
        versions=store.versions(document.id),
        newer=_newer(document),
        wanted=wanted,
        found=found,
        quotation=_section_quotation(document, whole.sections, found),
    )


@blueprint.get("/<slug>/t/<path:table>")
def table(slug: str, table: str) -> str | BaseResponse:
    """A table as printed; ``row`` and ``cell`` name the figure that a link points at."""
    document = document_or_404(slug)
    if moved := redirected_to_canonical(slug, document):
        return moved
    tables = archive().store.tables(document.id)
    found = nearest(table, (candidate.id for candidate in tables))
    if found is None:
        abort(404, f"这份文件里没有“{table}”这张表。")
    position = next(index for index, candidate in enumerate(tables) if candidate.id == found)
    shown = tables[position]
    located = locate(document, shown, request.args.get("row"), request.args.get("cell"))
    view, unit, share = printed(shown), request.args.get("unit"), request.args.get("share")
    return render_template(
        "table.html",
        document=document,
        table=shown,
        view=view,
        stretch=stretch_of(view.lines, located, request.args.get("rows")),
        located=located,
        strip=strip_of(document, shown, located),
        where=where_of(document, located),
        is_pdf=document.media_type == PDF,
        cell_path=cell_links(unit=unit, share=share),
        reading=reading_of(shown, unit, shares=share is not None),
        units=UNITS,
        has_total=bool(totals_of(shown)),
        address=partial(_other_reading, document, shown),
        rows_address=partial(_other_reading, document, shown, unit, share),
        **_citable(document, shown, located),
        wanted=table,
        before=tables[position - 1] if position else None,
        after=tables[position + 1] if position + 1 < len(tables) else None,
        newer=_newer(document),
    )


@blueprint.get("/<slug>/p/<path:project>")
def project(slug: str, project: str) -> str | BaseResponse:
    """A project of the explanation chapter with its fields, rows and indicators."""
    document = document_or_404(slug)
    if moved := redirected_to_canonical(slug, document):
        return moved
    whole = archive().store.disclosure(document.id)
    found = nearest(project, (candidate.id for candidate in whole.projects))
    if found is None:
        abort(404, f"这份文件里没有“{project}”这个项目。")
    shown = next(candidate for candidate in whole.projects if candidate.id == found)
    return render_template(
        "project.html",
        document=document,
        project=shown,
        quotation=quoted_project(document, shown, _link(project_path(document, shown.id))),
        rows=[
            (table, row)
            for table in whole.tables
            for row in table.rows
            if row.project and row.project == shown.name
        ],
        indicators=[item for item in whole.indicators if item.project == shown.name],
        wanted=project,
        newer=_newer(document),
    )


@blueprint.get("/<slug>/original")
def original(slug: str) -> Response:
    """The file as published: a PDF is shown, all else, which could run scripts, downloaded."""
    document = document_or_404(slug)
    response = send_file(
        io.BytesIO(archive().originals.read(document.sha256)),
        mimetype=document.media_type,
        as_attachment=document.media_type != PDF,
        download_name=fit_name(document.source_name),
        etag=document.sha256,
    )
    if document.media_type != PDF:
        response.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return response


def _citable(document: Document, table: Table, located: Located | None) -> dict[str, str]:
    """What the page of a table says for citing it, or the row or cell that is pointed at."""
    if located is None or located.row is None:
        here, query = _link(table_path(document, table.id)), {}
        quotation = quoted_table(document, table, here)
    else:
        here = _link(located.path)
        query = {name: request.args[name] for name in ("row", "cell") if name in request.args}
        quotation = quoted_row(document, table, located.row, here, located.cell)
    source = _link(embed_path(document, table, query))
    code = frame_code(source, table_name(table), height=ROW_HEIGHT if query else TABLE_HEIGHT)
    return {"here": here, "quotation": quotation, "embed_code": str(code)}


def _other_reading(
    document: Document, table: Table, unit: str | None, shares: object, rows: object = None
) -> str:
    """The address of the table with its figures shown in another way, or from another row on."""
    named = (("unit", unit), ("share", "1" if shares else None), ("rows", rows))
    chosen = {name: value for name, value in named if value}
    path = table_path(document, table.id)
    return f"{path}?{urlencode(chosen)}" if chosen else path


def _section_quotation(
    document: Document, sections: Iterable[Section], found: str | None
) -> str | None:
    shown = next((section for section in sections if section.id == found), None)
    if shown is None:
        return None
    return quoted_section(document, shown, _link(section_path(document, shown.id)))


def _link(path: str) -> str:
    return request.host_url.rstrip("/") + path


def _newer(document: Document) -> Document | None:
    store = archive().store
    newer = store.superseded_by(document.id)
    return store.document(newer) if newer else None
