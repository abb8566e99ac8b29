"""Agencies: all of them, and one through the years."""

from __future__ import annotations

from itertools import groupby
from operator import attrgetter
from urllib.parse import quote

from flask import Blueprint, Flask, abort, redirect, render_template, request
from werkzeug.wrappers import Response

from archive.fold import fold
from archive.overviews.agency import AgencyPage, agency_page, column_name
from archive.overviews.charts import Chart, drawings, rounded, said
from archive.store.agency_lookup import Agency, AgencyLookup
from web.charting import chart_as_csv, chart_as_svg
from web.comparing import MOST
from web.current import archive
from web.money import UNITS
from web.paging import page_number

PER_PAGE = 100
UNIT = "万元"
LONGEST = 200
LONGEST_NAME = 6000

blueprint = Blueprint("agencies", __name__)


def install(app: Flask) -> None:
    """Make what templates need of agencies and charts known to ``app``."""
    app.add_template_global(agency_path, "agency_path")
    app.add_template_global(column_name, "column_name")
    app.add_template_global(drawings, "chart_drawings")
    app.add_template_global(said, "said")
    app.add_template_filter(rounded, "rounded")


def agency_path(name: str) -> str:
    """The address of an agency's page."""
    return f"/agencies/{quote(name, safe='')}"


@blueprint.get("/agencies")
def index() -> str:
    """All agencies by region, or those whose name or region holds the words."""
    sought = request.args.get("q", "").strip()[:LONGEST]
    region = request.args.get("region", "").strip()[:LONGEST]
    lookup = AgencyLookup(archive().store.db)
    words = [fold(word) for word in sought.split()]
    page = page_number()
    found = lookup.listed(words, region, PER_PAGE, (page - 1) * PER_PAGE)
    pages = -(-found.total // PER_PAGE)
    if page > pages > 0:
        page = pages
        found = lookup.listed(words, region, PER_PAGE, (page - 1) * PER_PAGE)
    groups = groupby(found.agencies, attrgetter("region"))
    return render_template(
        "agencies.html",
        sought=sought,
        region=region,
        regions=lookup.provinces(),
        total=found.total,
        groups=[(place, list(group)) for place, group in groups],
        page=page,
        pages=pages,
    )


@blueprint.get("/agencies/<path:name>")
def agency(name: str) -> str | Response:
    """An agency: its key figures over the years, charts of them, its disclosures."""
    found = _agency_or_404(name)
    if name != found.name:
        return redirect(_at(agency_path(found.name)), 308)
    return render_template("agency.html", shown=_page(found), unit=_unit(), units=UNITS, most=MOST)


@blueprint.get("/agencies/<path:name>/charts/<chart>.svg")
def as_svg(name: str, chart: str) -> Response:
    """A chart of the agency as a drawing of its own."""
    found = _agency_or_404(name)
    return chart_as_svg(_chart_or_404(_page(found), chart), found.name)


@blueprint.get("/agencies/<path:name>/charts/<chart>.csv")
def as_csv(name: str, chart: str) -> Response:
    """The figures of a chart."""
    found = _agency_or_404(name)
    return chart_as_csv(_chart_or_404(_page(found), chart), found.name)


def _page(found: Agency) -> AgencyPage:
    return agency_page(archive().store, found, _unit())


def _agency_or_404(name: str) -> Agency:
    found = AgencyLookup(archive().store.db).named(name) if len(name) <= LONGEST_NAME else None
    if found is None:
        abort(404, f"档案里没有“{name[:40]}”公开的文件。请到“单位”一页查找。")
    return found


def _chart_or_404(page: AgencyPage, name: str) -> Chart:
    found = next((chart for chart in page.charts if chart.name == name), None)
    if found is None:
        abort(404, "没有这张图：这个单位的文件里没有它的数字。")
    return found


def _unit() -> str:
    unit = request.args.get("unit", UNIT)
    return unit if unit in UNITS else UNIT


def _at(path: str) -> str:
    return f"{path}?{request.query_string.decode()}" if request.query_string else path
