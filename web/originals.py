"""The original beside the extraction: pages as images, strips of them, lines of a text."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import islice

from flask import Blueprint, Response, abort, current_app, render_template, request, send_file
from werkzeug.wrappers import Response as BaseResponse

from archive.errors import NotFound
from archive.model import NOWHERE, Document, Place, Row, Table
from archive.printed import PrintedLine, PrintedTable, printed
from archive.privacy import masked
from indexer.page_clips import clip
from indexer.page_images import PageImages, PageSize
from indexer.slices import open_original
from web.current import archive, document_or_404, redirected_to_canonical
from web.located import Located, locate
from web.places import outlines, rows_on
from web.stretches import cell_links

PDF = "application/pdf"
TEXT = "text/plain"
WEBP = "image/webp"
FOR_GOOD = "public, max-age=31536000, immutable"
"""Of what is made from an original alone, which never changes under its address."""
CONTEXT = 12
"""Lines shown before and after those that are asked for."""
ROWS_NAMED = 5
"""Rows that are named below the lines on which they stand."""


@dataclass(frozen=True, slots=True)
class TableOnPage:
    """What of a table stands on a page, with the figure that the address names."""

    table: Table
    view: PrintedTable
    lines: tuple[PrintedLine, ...]
    located: Located | None
    cell_path: Callable[[str, str], str]


blueprint = Blueprint("originals", __name__, url_prefix="/d")


_KEY = "mingxi_page_images"


def page_images() -> PageImages:
    """The page images of the archive at hand; one for all requests, which draw in turn."""
    kept = current_app.extensions
    if _KEY not in kept:
        kept[_KEY] = PageImages(archive().folder / "pages")
    images = kept[_KEY]
    assert isinstance(images, PageImages)
    return images


@blueprint.get("/<slug>/page/<int:number>")
def page(slug: str, number: int) -> str | BaseResponse:
    """A page of a PDF with every figure outlined, beside what was extracted from it."""
    document = _pdf_or_404(slug)
    if moved := redirected_to_canonical(slug, document):
        return moved
    sizes = page_images().sizes(archive().originals.path(document.sha256), document.sha256)
    if not 1 <= number <= len(sizes):
        abort(404, f"原件共 {len(sizes)} 页，没有第 {number} 页。")
    tables = [table for table in archive().store.tables(document.id) if rows_on(table, number)]
    target = _target()
    return render_template(
        "page.html",
        document=document,
        number=number,
        pages=len(sizes),
        size=sizes[number - 1],
        tables=[_part(document, table, number) for table in tables],
        outlines=list(outlines(document, tables, number, target)),
        target=target,
    )


@blueprint.get("/<slug>/page/<int:number>.webp")
def image(slug: str, number: int) -> Response:
    """The page as an image."""
    document = _pdf_or_404(slug)
    path = page_images().image(archive().originals.path(document.sha256), document.sha256, number)
    response = send_file(path, mimetype=WEBP, etag=f"{document.sha256}-{number}")
    response.headers["Cache-Control"] = FOR_GOOD
    return response


@blueprint.get("/<slug>/strip.webp")
def strip(slug: str) -> Response:
    """What the original prints around a table, row or cell, with that outlined."""
    document = _pdf_or_404(slug)
    place = _place(document)
    if place.page is None or place.box is None:
        abort(404, "这一处在原件中的位置没有记录。")
    pdf, images = archive().originals.path(document.sha256), page_images()
    drawn = images.image(pdf, document.sha256, place.page)
    size: PageSize = images.sizes(pdf, document.sha256)[place.page - 1]
    response = Response(clip(drawn, size, place.box), mimetype=WEBP)
    response.headers["Cache-Control"] = "public, max-age=86400"
    return response


@blueprint.get("/<slug>/lines/<int:first>-<int:last>")
def lines(slug: str, first: int, last: int) -> str | BaseResponse:
    """Lines of a text original with those around them."""
    document = document_or_404(slug)
    if document.media_type != TEXT:
        abort(404, "只有文本格式的原件可以按行查看。")
    if moved := redirected_to_canonical(slug, document):
        return moved
    first, last = max(first, 1), min(max(last, first), first + 500)
    start = max(first - CONTEXT, 1)
    data = archive().originals.read(document.sha256)
    text = open_original(data, TEXT).text(Place(lines=(start, last + CONTEXT)))
    tables = archive().store.tables(document.id)
    if archive().store.masks_mobile_numbers:
        text = masked(text, _amounts(tables))
    return render_template(
        "lines.html", document=document, first=first, last=last,
        lines=list(enumerate(text.split("\n"), start)), rows=_rows_at(tables, first, last),
    )  # fmt: skip


def _rows_at(tables: Sequence[Table], first: int, last: int) -> list[tuple[Table, Row]]:
    """The rows printed on these lines, the first few of them."""
    found = (
        (table, row)
        for table in tables
        for row in table.rows
        if row.place.lines and row.place.lines[0] <= last and row.place.lines[1] >= first
    )
    return list(islice(found, ROWS_NAMED))


def _amounts(tables: Sequence[Table]) -> set[str]:
    """The figures of the document that were read as money, as printed."""
    cells = (cell for table in tables for row in table.rows for cell in row.cells)
    return {cell.printed.strip() for cell in cells if cell.fen is not None}


def _pdf_or_404(slug: str) -> Document:
    document = document_or_404(slug)
    if document.media_type != PDF:
        abort(404, "只有 PDF 原件可以按页查看，其他格式请下载原件。")
    return document


def _target() -> tuple[str, str | None, str | None] | None:
    table = request.args.get("table")
    return (table, request.args.get("row"), request.args.get("cell")) if table else None


def _place(document: Document) -> Place:
    """The place of what the arguments name, of its row where the cell has none."""
    try:
        table = archive().store.table(document.id, request.args.get("table", ""))
    except NotFound as error:
        abort(404, str(error))
    found = locate(document, table, request.args.get("row"), request.args.get("cell"))
    if found is None:
        return table.place
    if found.row is None:
        return NOWHERE
    return found.cell.place if found.cell and found.cell.place.box else found.row.place


def _part(document: Document, table: Table, number: int) -> TableOnPage:
    kept = {row.line for row in rows_on(table, number)}
    view = printed(table)
    named = request.args if request.args.get("table") == table.id else {}
    return TableOnPage(
        table,
        view,
        tuple(line for line in view.lines if line.rows[0].line in kept),
        locate(document, table, named.get("row"), named.get("cell")),
        cell_links(table=table.id),
    )
