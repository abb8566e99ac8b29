"""Home and results."""

from __future__ import annotations

from functools import lru_cache
from urllib.parse import quote_plus

from flask import Blueprint, redirect, render_template, request, send_file, url_for
from werkzeug.wrappers import Response

from archive.overviews.glance import glance_at
from archive.policies.landing import Landing, landing
from archive.policies.near import WHY
from archive.query import Notice, without
from archive.row_export import rows_csv, rows_xlsx
from archive.search.answer import TABS, Answer, Tab, answer
from archive.search.as_json import page_json
from archive.search.rows import MOST_PER_PAGE, SORTS, FoundFigure, RowResult, Sort
from archive.store.agency_lookup import AgencyLookup
from archive.store.examples import tries
from web.current import archive
from web.downloads import XLSX
from web.forms import composed_query
from web.paging import page_number

PER_PAGE = 10
ROWS_PER_PAGE = 50
POLICIES_PER_PAGE = 50
ROWS_AT_A_GLANCE = 3
LONGEST_NARROWED = 2_000
"""What the search box takes.  Each of seventy links repeats the query, which of 10,000
characters makes a page of 5 MB."""
_LONG = 100
CSV = "text/csv; charset=utf-8"
SORT_NAMES: dict[Sort, str] = {
    "relevance": "相关",
    "amount": "金额从大到小",
    "amount-asc": "金额从小到大",
    "year": "年度从新到旧",
    "year-asc": "年度从旧到新",
}

blueprint = Blueprint("search", __name__)


@blueprint.get("/")
def home() -> str:
    """The search box and what the archive holds."""
    store = archive().store
    glance = glance_at(AgencyLookup(store.db).holdings())
    return render_template(
        "home.html", overview=store.overview(), glance=glance, tries=tries(store.db)
    )


@blueprint.get("/search")
def results() -> str | Response:
    """What matches: disclosures with their places, figures of rows, projects, policies."""
    composed = composed_query(request.args)
    if composed != request.args.get("q", ""):
        return redirect(url_for("search.results", q=composed))
    if not composed.strip():
        return redirect(url_for("search.home"))
    tab, sort, page = _tab(), _sort(), page_number()
    found = _answer(composed, tab, page)
    landed = landing(found.store, found.parsed) if page == 1 else None
    if landed and landed.policy and not request.args.keys() & {"stay", "page", "in"}:
        return redirect(url_for("policies.policy", number=landed.policy.normal, q=composed))
    per_page = {"rows": ROWS_PER_PAGE, "projects": ROWS_PER_PAGE, "policies": POLICIES_PER_PAGE}
    size = per_page.get(tab, PER_PAGE)
    return render_template(
        "results.html",
        landing=landed,
        near_why=WHY,
        query=composed,
        found=found.page,
        answer=found,
        readings=[(reading, without(found.parsed, reading)) for reading in found.parsed.readings],
        notices=_notices(found, landed),
        tab=tab,
        tabs=TABS,
        sort=sort,
        sorts=SORT_NAMES,
        facets=found.facets(tab) if len(composed) <= LONGEST_NARROWED else (),
        rows=_rows_shown(found, tab, sort, page),
        policies=found.policies(size, (page - 1) * size) if tab == "policies" else None,
        link=_link,
        page=page,
        pages=-(-found.totals[tab] // size),
        per_page=size,
        may_go_on=not found.page.total_is_exact and len(found.page.hits) == size,
    )


@blueprint.get("/search.json")
def results_json() -> dict[str, object]:
    """The same as JSON, as ``app.py search --json`` prints it; ``limit`` as there."""
    limit = min(max(request.args.get("limit", PER_PAGE, type=int), 0), MOST_PER_PAGE)
    offset = (page_number() - 1) * limit
    opened = archive()
    query = composed_query(request.args)
    found = answer(opened.store, opened.engine, query, limit=limit, offset=offset)
    return page_json(found.page, found.rows, sort=_sort(), limit=limit, offset=offset)


@blueprint.get("/search/rows.csv")
def rows_as_csv() -> Response:
    """All figures that match as CSV, sent as they are read."""
    figures = _all_rows().every(_sort())
    response = Response(rows_csv(figures, request.host_url.rstrip("/")), content_type=CSV)
    response.headers["Content-Disposition"] = "attachment; filename=mingxi-rows.csv"
    return response


@blueprint.get("/search/rows.xlsx")
def rows_as_xlsx() -> Response:
    """All figures that match as a workbook."""
    file = rows_xlsx(_all_rows().every(_sort()), request.host_url.rstrip("/"))
    response = send_file(file, mimetype=XLSX, as_attachment=True, download_name="mingxi-rows.xlsx")
    response.call_on_close(file.close)
    return response


def _notices(found: Answer, landed: Landing | None) -> tuple[Notice, ...]:
    """What is to be said of the query; near numbers once, with what is known of them."""
    return found.parsed.notices if landed and landed.near else found.page.notices


def _all_rows() -> RowResult:
    found = _answer(composed_query(request.args), "rows", 1)
    return found.projects if _tab() == "projects" else found.rows


def _answer(query: str, tab: Tab, page: int) -> Answer:
    """The answer with the disclosures of that page, where the tab shows disclosures."""
    opened = archive()
    limit = PER_PAGE if tab in ("all", "documents") else 0
    offset = (page - 1) * PER_PAGE
    return answer(opened.store, opened.engine, query, limit=limit, offset=offset)


def _rows_shown(found: Answer, tab: Tab, sort: Sort, page: int) -> tuple[FoundFigure, ...]:
    if tab == "all":
        return found.rows.at_a_glance(ROWS_AT_A_GLANCE) if page == 1 else ()
    if tab not in ("rows", "projects"):
        return ()
    result = found.rows if tab == "rows" else found.projects
    return result.page(sort, ROWS_PER_PAGE, (page - 1) * ROWS_PER_PAGE)


def _link(query: str, tab: Tab, sort: Sort, page: int = 1, endpoint: str = "search.results") -> str:
    """The address of results; what is usual is not said in it."""
    given = {"q": query}
    if tab != "all":
        given["in"] = tab
    if sort != "relevance":
        given["sort"] = sort
    if page > 1:
        given["page"] = str(page)
    said = "&".join(f"{name}={_quoted(value)}" for name, value in given.items())
    return f"{url_for(endpoint)}?{said}"


def _quoted(text: str) -> str:
    """As :func:`urllib.parse.quote_plus`: the words of a query come in every link of a page."""
    words = text.split(" ")
    return "+".join(_quoted_word(w) if len(w) < _LONG else _quoted_long(w) for w in words)


_quoted_word = lru_cache(maxsize=5_000)(quote_plus)
_quoted_long = lru_cache(maxsize=10)(quote_plus)


def _tab() -> Tab:
    asked = request.args.get("in", "all")
    return next((tab for tab in TABS if tab == asked), "all")


def _sort() -> Sort:
    asked = request.args.get("sort", "relevance")
    return next((sort for sort in SORTS if sort == asked), "relevance")
