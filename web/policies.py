"""Policy documents: the register, one policy with what rests on it, checking a pasted text."""

from __future__ import annotations

import io
from collections.abc import Sequence

from flask import Blueprint, Flask, Response, abort, render_template, request, send_file
from flask import redirect as to
from werkzeug.exceptions import RequestEntityTooLarge
from werkzeug.wrappers import Response as BaseResponse

from archive.citations import parse_number
from archive.errors import NotFound
from archive.policies.check import LONGEST_TEXT, Checked, check
from archive.policies.export import KIND_NAMES, items_csv, items_xlsx, page_json, place_name
from archive.policies.feed import MOST_ENTRIES, feed, policy_path
from archive.policies.graph import LABEL_SIZE, MOST_LINES, SMALL_SIZE, drawings
from archive.policies.near import WHY, near
from archive.policies.page import (
    ITEMS_PER_PAGE,
    PolicyPage,
    agency_of,
    all_items,
    policy_page,
    target_path,
)
from archive.policies.records import Order, Policy, Wanted
from archive.store.policies import UNKNOWN_LEVEL, Policies
from web.cited import cited, has_number
from web.current import archive
from web.downloads import XLSX

PER_PAGE = 50
DEEPEST_PAGE = 100_000
LONGEST_FILTER = 200
LONGEST_NUMBER = 120
LEVELS = ("国家", "省", "地", "县", UNKNOWN_LEVEL)
_BYTES_A_CHARACTER = 12  # percent-encoded, with room for the rest of the form

blueprint = Blueprint("policies", __name__)


def install(app: Flask) -> None:
    """Make what templates need of policies known to ``app``."""
    app.add_template_filter(cited, "cited")
    app.add_template_filter(has_number, "has_number")
    app.add_template_global(policy_path, "policy_path")
    app.add_template_global(target_path, "target_path")
    app.add_template_global(place_name, "place_name")
    app.add_template_global(agency_of, "agency_of")


@blueprint.get("/policies")
def register() -> str:
    """Every document number that is relied on, most relied on first."""
    wanted = Wanted(
        text=_filter("text"),
        issuer=_filter("issuer"),
        level=_filter("level"),
        year=request.args.get("year", type=int),
    )
    order: Order = "money" if request.args.get("sort") == "money" else "reliances"
    page = _page_number()
    policies = Policies(archive().store.db)
    found = policies.register(wanted, order, PER_PAGE, (page - 1) * PER_PAGE)
    return render_template(
        "policies.html",
        found=found,
        wanted=wanted,
        order=order,
        page=page,
        pages=-(-found.total // PER_PAGE),
        years=policies.known_years(),
        levels=LEVELS,
    )


@blueprint.get("/policies/<path:number>")
def policy(number: str) -> str | tuple[str, int] | BaseResponse:
    """One policy: its titles, what rests on it, what may be meant by it."""
    normal = _normal_or_404(number)
    if moved := _moved(number, normal, ""):
        return moved
    store, page = archive().store, _page_number()
    try:
        shown = policy_page(store, normal, page)
    except NotFound:
        asked = parse_number(normal)
        around = near(store, asked) if asked else ()
        return render_template("policy_absent.html", normal=normal, near=around, why=WHY), 404
    dearest = Policies(store.db).dearest(shown.policy, MOST_LINES)
    return render_template(
        "policy.html",
        shown=shown,
        policy=shown.policy,
        drawings=drawings(shown.policy, dearest),
        dearest=dearest,
        sizes=(LABEL_SIZE, SMALL_SIZE),
        why=WHY,
        kinds=KIND_NAMES,
        page=page,
        pages=-(-shown.policy.reliances // ITEMS_PER_PAGE),
        came_from=request.args.get("q", "")[:LONGEST_FILTER],
    )


@blueprint.get("/policies/<path:number>.csv")
def as_csv(number: str) -> BaseResponse:
    """Everything that relies on the policy, as CSV."""
    page = _whole(number, ".csv")
    if not isinstance(page, PolicyPage):
        return page
    items = all_items(archive().store, page.policy)
    data = items_csv(page.policy, items, request.url_root)
    return _file(data, "text/csv; charset=utf-8", page.policy, "csv")


@blueprint.get("/policies/<path:number>.xlsx")
def as_xlsx(number: str) -> BaseResponse:
    """Everything that relies on the policy, as a workbook."""
    page = _whole(number, ".xlsx")
    if not isinstance(page, PolicyPage):
        return page
    items = all_items(archive().store, page.policy)
    return _file(items_xlsx(page.policy, items, request.url_root), XLSX, page.policy, "xlsx")


@blueprint.get("/policies/<path:number>.json")
def as_json(number: str) -> BaseResponse | dict[str, object]:
    """The policy with everything that relies on it, as ``app.py policy --json`` prints it."""
    page = _whole(number, ".json")
    if not isinstance(page, PolicyPage):
        return page
    return page_json(page, all_items(archive().store, page.policy))


@blueprint.get("/policies/<path:number>.atom")
def as_atom(number: str) -> BaseResponse:
    """The newest reliances on the policy, as an Atom feed."""
    page = _whole(number, ".atom")
    if not isinstance(page, PolicyPage):
        return page
    newest = Policies(archive().store.db).newest(page.policy, MOST_ENTRIES)
    data = feed(page.policy, newest, request.url_root)
    return Response(data, content_type="application/atom+xml; charset=utf-8")


@blueprint.route("/cite", methods=["GET", "POST"])
def cite() -> str | tuple[str, int] | BaseResponse:
    """A form for a text; the text with its numbers marked and looked up."""
    if request.method == "GET":
        return render_template("cite.html", text="", checked=(), longest=LONGEST_TEXT)
    text = _pasted()
    checked = check(archive().store, text)
    page = render_template(
        "cite.html", text=text, checked=checked, pieces=_pieces(text, checked),
        longest=LONGEST_TEXT, why=WHY,
    )  # fmt: skip
    response = Response(page)
    response.headers["Cache-Control"] = "no-store"
    return response


def _pieces(text: str, checked: Sequence[Checked]) -> list[tuple[str, Checked | None, int]]:
    """The text cut at its mentions: plain pieces, and mentions with their line's number."""
    pieces: list[tuple[str, Checked | None, int]] = []
    at = 0
    for line, one in enumerate(checked, 1):
        if one.mention.start < at:
            continue
        pieces.append((text[at : one.mention.start], None, 0))
        pieces.append((one.mention.printed, one, line))
        at = one.mention.end
    pieces.append((text[at:], None, 0))
    return pieces


def _whole(number: str, ending: str) -> PolicyPage | BaseResponse:
    """The policy for a download, or the redirect to its normal form."""
    normal = _normal_or_404(number)
    return _moved(number, normal, ending) or policy_page(archive().store, normal)


def _normal_or_404(number: str) -> str:
    parsed = parse_number(number) if len(number) <= LONGEST_NUMBER else None
    if parsed is None:
        abort(404, "这不是一个发文字号。可以在搜索框里输入文号，括号写法不限。")
    return parsed.normal


def _moved(number: str, normal: str, ending: str) -> BaseResponse | None:
    if number == normal:
        return None
    query = f"?{request.query_string.decode()}" if request.query_string else ""
    return to(f"{policy_path(normal)}{ending}{query}", 308)


def _file(data: bytes, mimetype: str, policy: Policy, ending: str) -> BaseResponse:
    name = f"{policy.normal}.{ending}"
    return send_file(io.BytesIO(data), mimetype=mimetype, as_attachment=True, download_name=name)


def _filter(name: str) -> str:
    return request.args.get(name, "").strip()[:LONGEST_FILTER]


def _page_number() -> int:
    return min(max(request.args.get("page", 1, type=int), 1), DEEPEST_PAGE)


def _too_long() -> str:
    return f"文字太长：一次最多 {LONGEST_TEXT:,} 个字，请分几次粘贴。"


def _pasted() -> str:
    """The text of the form; raises 413 where it is longer than allowed."""
    request.max_form_memory_size = LONGEST_TEXT * _BYTES_A_CHARACTER
    request.max_content_length = LONGEST_TEXT * _BYTES_A_CHARACTER
    try:
        text = request.form.get("text", "").replace("\r\n", "\n")
    except RequestEntityTooLarge:
        abort(413, _too_long())
    if len(text) > LONGEST_TEXT:
        abort(413, _too_long())
    return text
