"""What the archive could not read, and what the archive is."""

from __future__ import annotations

from itertools import groupby
from operator import attrgetter

from flask import Blueprint, render_template

from web.current import archive
from web.paging import page_number

PER_PAGE = 100

blueprint = Blueprint("keeping", __name__)


@blueprint.get("/failures")
def failures() -> str:
    """The files that could not be read, with their reasons."""
    return render_template("failures.html", failures=archive().store.failures())


@blueprint.get("/documents")
def documents() -> str:
    """Every disclosure, by region, agency and year, so many a page."""
    store = archive().store
    page = page_number()
    found = store.listed(PER_PAGE, (page - 1) * PER_PAGE)
    pages = max(1, -(-found.total // PER_PAGE))
    if page > pages:
        page, found = pages, store.listed(PER_PAGE, (pages - 1) * PER_PAGE)
    groups = groupby(found.documents, attrgetter("region"))
    return render_template(
        "documents.html",
        groups=[(region, list(group)) for region, group in groups],
        total=found.total,
        page=page,
        pages=pages,
    )


@blueprint.get("/about")
def about() -> str:
    """What the archive is, how to search it and how to link to it."""
    masks = archive().store.masks_mobile_numbers
    return render_template("about.html", masks_mobile_numbers=masks)
