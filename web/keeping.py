"""What the archive could not read, and what the archive is."""

from __future__ import annotations

from flask import Blueprint, render_template

from web.current import archive

blueprint = Blueprint("keeping", __name__)


@blueprint.get("/failures")
def failures() -> str:
    """The files that could not be read, with their reasons."""
    return render_template("failures.html", failures=archive().store.failures())


@blueprint.get("/documents")
def documents() -> str:
    """Every disclosure, by region, agency and year."""
    ordered = sorted(
        archive().store.documents(),
        key=lambda item: (item.region or "～", item.agency or "～", -(item.fiscal_year or 0)),
    )
    return render_template("documents.html", documents=ordered)


@blueprint.get("/about")
def about() -> str:
    """What the archive is, how to search it and how to link to it."""
    return render_template("about.html")
