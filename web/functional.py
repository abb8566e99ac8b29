"""Functional items (科目): the classes, and one item across agencies."""

from __future__ import annotations

from urllib.parse import urlencode

from flask import Blueprint, Flask, Response, abort, render_template, request
from werkzeug.wrappers import Response as BaseResponse

from archive.model import Row
from archive.overviews.functional import (
    FunctionalPage,
    chart_of,
    classes,
    every_amount,
    functional_page,
    part_of,
)
from archive.overviews.functional_items import is_code, level_of
from archive.store.functional_lookup import FunctionalLookup, Item, Sum
from web.charting import chart_as_csv, chart_as_svg
from web.current import archive
from web.money import UNITS
from web.paging import page_number

PER_PAGE = 50
UNIT = "万元"

blueprint = Blueprint("functional", __name__, url_prefix="/functional")


def install(app: Flask) -> None:
    """Make what templates need of functional items known to ``app``."""
    app.add_template_global(functional_path, "functional_path")
    app.add_template_global(_item_of, "functional_item")
    app.add_template_filter(level_of, "level_of")
    app.add_template_filter(_crumb, "crumb_of")


def functional_path(
    code: str, chosen: Sum | None = None, *, ending: str = "", **more: object
) -> str:
    """The address of an item's page, in the year and kind of ``chosen``."""
    pairs = dict(more)
    if chosen:
        pairs = {"year": chosen.year or "", "kind": chosen.kind, **pairs}
    return f"/functional/{code}{ending}" + (f"?{urlencode(pairs)}" if pairs else "")


@blueprint.get("")
def index() -> str:
    """The classes (类) with their sums by year."""
    shown = classes(archive().store, request.args.get("kind"))
    return render_template("functional.html", shown=shown, unit=_unit(), units=UNITS)


@blueprint.get("/<code>")
def item(code: str) -> str:
    """An item: what every agency prints for it in a year, its parts, other years."""
    page = page_number()
    return render_template(
        "functional_item.html",
        shown=_page_or_404(code, page),
        part_of=part_of,
        unit=_unit(),
        units=UNITS,
        page=page,
        per_page=PER_PAGE,
    )


@blueprint.get("/<code>/charts/agencies.svg")
def as_svg(code: str) -> Response:
    """The largest amounts of a year as a drawing of its own."""
    shown = _page_or_404(code, 1)
    return chart_as_svg(shown.chart, "各单位")


@blueprint.get("/<code>/charts/agencies.csv")
def as_csv(code: str) -> BaseResponse:
    """All amounts of a year."""
    shown = _page_or_404(code, 1)
    found = every_amount(archive().store, code, shown.chosen)
    return chart_as_csv(chart_of(shown.item, shown.chosen, found, _unit()), "各单位")


def _page_or_404(code: str, page: int) -> FunctionalPage:
    year = request.args.get("year", type=int)
    kind = request.args.get("kind")
    found = None
    if is_code(code):
        found = functional_page(
            archive().store, code, year, kind, _unit(), size=PER_PAGE, page=page
        )
    if found is None:
        abort(404, "档案里的一般公共预算支出表没有印过这个科目编码。")
    return found


def _item_of(row: Row) -> Item | None:
    """The functional item of a row's code, where a disclosure prints it in its general budget."""
    if not row.code or not is_code(row.code):
        return None
    return FunctionalLookup(archive().store.db).item(row.code)


def _crumb(item: Item) -> tuple[str, str]:
    return f"{item.code} {item.name}", functional_path(item.code)


def _unit() -> str:
    unit = request.args.get("unit", UNIT)
    return unit if unit in UNITS else UNIT
