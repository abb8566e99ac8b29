"""How answers travel: compressed, and not sent again while they are the same (RFC 9110, 13)."""

from __future__ import annotations

from flask import Flask, Response, request
from flask_compress import Compress

TYPES = [
    "text/html", "text/css", "text/javascript", "text/csv", "application/json",
    "application/atom+xml", "image/svg+xml",
]  # fmt: skip
STATIC_SECONDS = 86400
LEAST = 500
"""Answers of fewer bytes are sent as they are."""


def install(app: Flask) -> None:
    """Compress answers and answer a repeated question with 304 where nothing has changed."""
    app.config.update(
        COMPRESS_MIMETYPES=TYPES,
        COMPRESS_ALGORITHM=["br", "gzip"],
        COMPRESS_BR_LEVEL=4,
        COMPRESS_MIN_SIZE=LEAST,
        COMPRESS_EVALUATE_CONDITIONAL_REQUEST=False,
        SEND_FILE_MAX_AGE_DEFAULT=STATIC_SECONDS,
    )
    Compress(app)
    app.after_request(_with_etag)  # runs before the compression, on what is compared


def _with_etag(response: Response) -> Response:
    if response.direct_passthrough and response.mimetype in TYPES:
        # The compression would take the content of a file and never close it.
        response.direct_passthrough = False
        response.make_sequence()
    may_change = request.method in ("GET", "HEAD") and response.status_code == 200
    is_marked = bool(response.get_etag()[0])
    is_only_streamed = response.is_streamed and not is_marked
    if not may_change or is_only_streamed or response.direct_passthrough:
        return response
    response.headers.setdefault("Cache-Control", "no-cache")
    if not is_marked:
        response.add_etag(weak=True)
    response.make_conditional(request)
    return response
