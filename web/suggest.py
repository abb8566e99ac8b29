"""Suggestions while typing, as JSON for the page's script, and what else a query may mean."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from flask import Blueprint, Response, jsonify, request

from archive.query.variants import Widening, widenings
from archive.search import ResultPage
from archive.suggest.offered import Meant, Suggestion, did_you_mean, suggest
from web.current import archive

KIND_NAMES = {
    "project": "项目",
    "agency": "单位",
    "doc_no": "文号",
    "item": "科目",
    "table": "表",
    "label": "表格行",
}
NEXT_TO_NOTHING = 2
_SECONDS_KEPT = 60

blueprint = Blueprint("suggest", __name__)


@dataclass(frozen=True, slots=True)
class QueryHelp:
    """Queries to try instead, and wider ones to try as well."""

    meant: tuple[Meant, ...]
    wider: tuple[Widening, ...]


@blueprint.app_context_processor
def helpers() -> dict[str, Callable[..., QueryHelp]]:
    """Make :func:`query_help` known to templates."""
    return {"query_help": query_help}


def query_help(text: str, found: ResultPage) -> QueryHelp:
    """What to offer beside the results of a query.

    Where search had to say something of its own (nothing matched exactly, a number is only
    near), that counts as having found next to nothing; near numbers are told there.
    """
    scarce = found.total <= NEXT_TO_NOTHING or len(found.notices) > len(found.parsed.notices)
    meant = did_you_mean(archive().store, text) if scarce and not found.near else ()
    return QueryHelp(meant, widenings(text))


@blueprint.get("/suggest.json")
def suggestions() -> Response:
    """The names that complete what is typed as ``q``; ``query`` of each is the new text."""
    typed = request.args.get("q", "")
    found = suggest(archive().store, typed)
    response = jsonify({"q": typed, "suggestions": [_as_json(each) for each in found]})
    response.cache_control.private = True
    response.cache_control.max_age = _SECONDS_KEPT
    return response


def _as_json(suggestion: Suggestion) -> dict[str, object]:
    return {
        "kind": suggestion.kind,
        "kind_name": KIND_NAMES[suggestion.kind],
        "text": suggestion.text,
        "code": suggestion.code,
        "uses": suggestion.uses,
        "query": suggestion.query,
    }
