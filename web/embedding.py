"""A table or a row to be shown on other sites: as a frame, and by oEmbed (oembed.com, 1.0)."""

from __future__ import annotations

from urllib.parse import parse_qs, unquote, urlencode, urlsplit

from flask import Blueprint, Response, abort, jsonify, make_response, render_template, request
from markupsafe import Markup

from archive.addresses import document_id, document_path, row_path, table_path
from archive.errors import NotFound
from archive.model import Document, Table
from archive.printed import printed
from archive.table_names import table_name
from web.current import archive, document_or_404
from web.located import locate

WIDTH, ROW_HEIGHT, TABLE_HEIGHT = 720, 320, 480
"""Pixels of a frame, where the site asks for no less."""
LINES = 100
"""A longer table is shown up to here, with a link to the whole."""
FRAMED = "default-src 'self'; object-src 'none'; base-uri 'none'; frame-ancestors *"

blueprint = Blueprint("embedding", __name__)


@blueprint.get("/d/<slug>/embed/<path:table>")
def frame(slug: str, table: str) -> Response:
    """The table, or with ``row`` that row alone, with its source; other sites may frame it."""
    document = document_or_404(slug)
    shown = _table_or_404(document, table)
    view = printed(shown)
    located = locate(document, shown, request.args.get("row"), request.args.get("cell"))
    lines = view.lines
    if located and located.row:
        lines = tuple(line for line in view.lines if line.rows[0].line == located.row.line)
    response = make_response(
        render_template(
            "embed.html",
            document=document,
            table=shown,
            view=view,
            lines=lines[:LINES],
            is_cut=len(lines) > LINES,
            located=located,
            address=located.path if located and located.row else table_path(document, shown.id),
            cell_path=lambda row, column: row_path(document, shown.id, row, column),
        )
    )
    response.headers["Content-Security-Policy"] = FRAMED
    return response


@blueprint.get("/oembed")
def oembed() -> Response:
    """What a site needs to show the table or row at ``url``; JSON only."""
    if request.args.get("format", "json") != "json":
        abort(501, "只提供 JSON 格式。")
    document, table, query = _named(request.args.get("url", ""))
    width = min(request.args.get("maxwidth", WIDTH, type=int), WIDTH)
    tall = ROW_HEIGHT if "row" in query else TABLE_HEIGHT
    height = min(request.args.get("maxheight", tall, type=int), tall)
    source = request.host_url.rstrip("/") + embed_path(document, table, query)
    response = jsonify(
        version="1.0",
        type="rich",
        provider_name="明细 Mingxi",
        provider_url=request.host_url,
        title=f"{document.title} {table_name(table)}",
        author_name=document.agency or "",
        width=width,
        height=height,
        html=str(frame_code(source, table_name(table), width, height)),
    )
    response.headers["Access-Control-Allow-Origin"] = "*"
    return response


def embed_path(document: Document, table: Table, query: dict[str, str]) -> str:
    """The address of the frame of a table, or of the row and cell that ``query`` names."""
    path = table_path(document, table.id).replace(
        f"{document_path(document)}/t/", f"{document_path(document)}/embed/", 1
    )
    return f"{path}?{urlencode(query)}" if query else path


def frame_code(source: str, title: str, width: int = WIDTH, height: int = TABLE_HEIGHT) -> Markup:
    """The HTML that a site puts on its page."""
    return Markup(
        '<iframe src="{}" title="{}" width="{}" height="{}" loading="lazy"'
        ' style="border: 0; max-width: 100%"></iframe>'
    ).format(source, title, width, height)


def _named(url: str) -> tuple[Document, Table, dict[str, str]]:
    """What an address of ours names; aborts with 404 for any other."""
    try:
        parts = urlsplit(url)
    except ValueError:
        abort(404, "这个地址不是本站的表格链接。")
    steps = unquote(parts.path).split("/", 4)
    if parts.netloc != request.host or len(steps) < 5 or steps[1] != "d" or steps[3] != "t":
        abort(404, "这个地址不是本站的表格链接。")
    identifier = document_id(steps[2])
    document = archive().store.document(identifier) if identifier else None
    if document is None:
        abort(404, "档案里没有这份公开文件。")
    query = {name: values[0] for name, values in parse_qs(parts.query).items()}
    wanted: dict[str, str] = {name: query[name] for name in ("row", "cell") if name in query}
    return document, _table_or_404(document, steps[4]), wanted


def _table_or_404(document: Document, table: str) -> Table:
    try:
        return archive().store.table(document.id, table)
    except NotFound as error:
        abort(404, str(error))
