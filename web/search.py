"""Home and results."""

from __future__ import annotations

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from archive import search as searching
from archive.query import without
from archive.search.as_json import page_json
from web.current import archive
from web.forms import composed_query

PER_PAGE = 10
DEEPEST_PAGE = 1000

blueprint = Blueprint("search", __name__)


@blueprint.get("/")
def home() -> str:
    """The search box and what the archive holds."""
    return render_template("home.html", overview=archive().store.overview())


@blueprint.get("/search")
def results() -> str | Response:
    """The disclosures that match, each with the places that match."""
    composed = composed_query(request.args)
    if composed != request.args.get("q", ""):
        return redirect(url_for("search.results", q=composed))
    if not composed.strip():
        return redirect(url_for("search.home"))
    page = _page_number()
    opened = archive()
    found = searching.search(
        opened.store, opened.engine, composed, limit=PER_PAGE, offset=(page - 1) * PER_PAGE
    )
    return render_template(
        "results.html",
        query=composed,
        found=found,
        readings=[(reading, without(found.parsed, reading)) for reading in found.parsed.readings],
        page=page,
        per_page=PER_PAGE,
    )


@blueprint.get("/search.json")
def results_json() -> dict[str, object]:
    """The same as JSON, as ``app.py search --json`` prints it."""
    opened = archive()
    query = composed_query(request.args)
    found = searching.search(
        opened.store,
        opened.engine,
        query,
        limit=PER_PAGE,
        offset=(_page_number() - 1) * PER_PAGE,
    )
    return page_json(found)


def _page_number() -> int:
    page = request.args.get("page", 1, type=int)
    return min(max(page, 1), DEEPEST_PAGE)
