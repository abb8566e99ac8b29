"""Policy documents: the register, one policy with what rests on it, checking a pasted text."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from urllib.parse import quote, urlencode

from flask import Blueprint, Flask, Response, abort, render_template, request
from flask import redirect as to
from werkzeug.exceptions import RequestEntityTooLarge
from werkzeug.wrappers import Response as BaseResponse

from archive.citations import parse_number
from archive.errors import NotFound
from archive.policies.check import LONGEST_TEXT, Checked, check
from archive.policies.conflicts import EVERY
from archive.policies.export import (
    KIND_NAMES,
    LAYOUT,
    items_csv,
    items_json,
    items_xlsx,
    place_name,
)
from archive.policies.feed import MOST_ENTRIES, feed, policy_path
from archive.policies.graph import LABEL_SIZE, MOST_LINES, SMALL_SIZE, drawings
from archive.policies.near import WHY, near
from archive.policies.page import (
    agency_of,
    all_items,
    group_page,
    known_policy,
    policy_page,
    target_path,
)
from archive.policies.records import Order, Policy, Wanted
from archive.store.policies import UNKNOWN_LEVEL, Policies
from archive.store.resting import Resting
from web.cited import cited, has_number
from web.current import archive
from web.downloads import XLSX
from web.paging import page_number

PER_PAGE = 50
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
    app.add_template_global(_address, "policy_address")


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
    page = page_number()
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
    """One policy: its titles, what rests on it, what may be meant by it; with ``of`` what one
    agency's disclosures of one year rest on it, with ``year`` what those of one year do."""
    normal = _normal_or_404(number)
    if moved := _moved(number, normal, ""):
        return moved
    store, page, year = archive().store, page_number(), request.args.get("year", type=int)
    if group := request.args.get("of"):
        return render_template(
            "policy_group.html",
            found=group_page(store, normal, group, page),
            kinds=KIND_NAMES,
            page=page,
        )
    try:
        shown = policy_page(store, normal, page, year)
    except NotFound:
        asked = parse_number(normal)
        around = near(store, asked) if asked else ()
        return render_template("policy_absent.html", normal=normal, near=around, why=WHY), 404
    dearest = Resting(store.db, shown.policy).dearest(MOST_LINES)
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
        year=year,
        came_from=request.args.get("q", "")[:LONGEST_FILTER],
    )


@blueprint.get("/policies/<path:number>.csv")
def as_csv(number: str) -> BaseResponse:
    """Everything that relies on the policy as CSV, sent as it is read."""
    normal = _normal_or_404(number)
    if moved := _moved(number, normal, ".csv"):
        return moved
    policy = known_policy(archive().store, normal)
    data = items_csv(policy, all_items(archive().store, policy), request.url_root)
    return _marked(_download(data, "text/csv; charset=utf-8", f"{normal}.csv"))


@blueprint.get("/policies/<path:number>.xlsx")
def as_xlsx(number: str) -> BaseResponse:
    """Everything that relies on the policy, as a workbook."""
    normal = _normal_or_404(number)
    if moved := _moved(number, normal, ".xlsx"):
        return moved
    policy = known_policy(archive().store, normal)
    data = items_xlsx(policy, all_items(archive().store, policy), request.url_root)
    return _marked(_download(data, XLSX, f"{normal}.xlsx"))


@blueprint.get("/policies/<path:number>.json")
def as_json(number: str) -> BaseResponse:
    """The policy with everything that relies on it, as ``app.py policy --json`` prints it."""
    normal = _normal_or_404(number)
    if moved := _moved(number, normal, ".json"):
        return moved
    page = policy_page(archive().store, normal, namesakes=EVERY)
    data = items_json(page, all_items(archive().store, page.policy))
    return _marked(Response(data, content_type="application/json"))


@blueprint.get("/policies/<path:number>.atom")
def as_atom(number: str) -> BaseResponse:
    """The newest reliances on the policy, as an Atom feed."""
    normal = _normal_or_404(number)
    if moved := _moved(number, normal, ".atom"):
        return moved
    policy = known_policy(archive().store, normal)
    newest = Resting(archive().store.db, policy).newest(MOST_ENTRIES)
    data = feed(policy, newest, request.url_root)
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


def _download(pieces: Iterable[bytes], content_type: str, name: str) -> Response:
    response = Response(pieces, content_type=content_type)
    names = {"filename": "policy", "filename*": f"UTF-8''{quote(name)}"}  # RFC 6266
    response.headers.set("Content-Disposition", "attachment", **names)
    return response


def _marked(response: Response) -> Response:
    """With an ETag of what it is made of, since it is sent before it is made as a whole."""
    made_of = (archive().store.edition(), request.url, LAYOUT)
    response.set_etag(hashlib.sha256(repr(made_of).encode()).hexdigest()[:32], weak=True)
    return response


def _address(policy: Policy, page: int = 1, year: int | None = None, of: str = "") -> str:
    """The address of a page of the policy, of one year or of one group."""
    named = (("year", year), ("of", of), ("page", page if page > 1 else None))
    pairs = [(name, value) for name, value in named if value not in (None, "")]
    return policy_path(policy.normal) + (f"?{urlencode(pairs)}" if pairs else "")


def _filter(name: str) -> str:
    return request.args.get(name, "").strip()[:LONGEST_FILTER]


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
