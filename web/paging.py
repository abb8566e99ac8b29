"""Which page of a list a request asks for."""

from __future__ import annotations

from flask import request

DEEPEST_PAGE = 100_000
"""No list is so long, and no number that a database cannot hold is asked for."""


def page_number() -> int:
    """The page asked for, from 1; the first where none or nonsense is."""
    return min(max(request.args.get("page", 1, type=int), 1), DEEPEST_PAGE)
