"""What the archive could not read, and what the archive is."""

from __future__ import annotations

from flask import Blueprint, render_template, request

from web.current import archive

PER_PAGE = 100
DEEPEST_PAGE = 100_000

blueprint = Blueprint("keeping", __name__)


@blueprint.get("/failures")
def failures() -> str:
    """The files that could not be read, with their reasons."""
    return render_template("failures.html", failures=archive().store.failures())


@blueprint.get("/documents")
def documents() -> str:
    """Every disclosure, by region, agency and year, so many a page."""
    store = archive().store
    page = min(max(request.args.get("page", 1, type=int), 1), DEEPEST_PAGE)
    found = store.listed(PER_PAGE, (page - 1) * PER_PAGE)
    pages = max(1, -(-found.total // PER_PAGE))
    if page > pages:
        page, found = pages, store.listed(PER_PAGE, (pages - 1) * PER_PAGE)
    return render_template(
        "documents.html", documents=found.documents, total=found.total, page=page, pages=pages
    )


@blueprint.get("/about")
def about() -> str:
    """What the archive is, how to search it and how to link to it."""
    masks = archive().store.masks_mobile_numbers
    return render_template("about.html", masks_mobile_numbers=masks)
