"""What templates need to write amounts, addresses and highlights."""

from __future__ import annotations

from urllib.parse import unquote

from flask import Flask
from markupsafe import Markup, escape

from archive import addresses
from archive.amounts import in_unit, spoken
from archive.search.snippets import Snippet
from archive.table_names import table_name
from web.money import AS_PRINTED
from web.places import page_path


def install(app: Flask) -> None:
    """Make the filters known to ``app``'s templates."""
    app.add_template_filter(spoken, "spoken")
    app.add_template_filter(lambda fen: in_unit(fen, "元"), "in_yuan")
    app.add_template_filter(in_unit, "in_unit")
    app.add_template_filter(marked, "marked")
    app.add_template_filter(readable, "readable")
    app.add_template_global(table_name, "table_name")
    app.add_template_global(addresses.document_path, "document_path")
    app.add_template_global(addresses.table_path, "table_path")
    app.add_template_global(addresses.row_path, "row_path")
    app.add_template_global(addresses.section_path, "section_path")
    app.add_template_global(addresses.project_path, "project_path")
    app.add_template_global(page_path, "page_path")
    app.jinja_env.globals["as_printed"] = AS_PRINTED


def readable(address: str) -> str:
    """An address as people read it, its Chinese not percent-encoded."""
    return unquote(address).replace(" ", "%20")


def marked(snippet: Snippet) -> Markup:
    """The snippet as HTML, its matches in ``<mark>``; everything else escaped."""
    pieces = []
    at = 0
    for start, end in snippet.spans:
        pieces.append(escape(snippet.text[at:start]))
        pieces.append(Markup("<mark>{}</mark>").format(snippet.text[start:end]))
        at = end
    pieces.append(escape(snippet.text[at:]))
    return Markup("").join(pieces)
