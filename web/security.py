"""Headers that keep a page to itself, hostile text made harmless, errors told in Chinese."""

from __future__ import annotations

from flask import Flask, Response, current_app, make_response, render_template, request
from markupsafe import escape
from werkzeug.exceptions import HTTPException

from archive.errors import ArchiveError, NotFound
from archive.unseen import without_unseen

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
    "connect-src 'self'; frame-src 'self'; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'self'"
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=()",
    "Cross-Origin-Opener-Policy": "same-origin",
}
FRAMES = "X-Frame-Options"
"""Told beside the policy's frame-ancestors, for old browsers; not where a view has its own."""

MESSAGES = {
    404: "没有找到这个页面。",
    405: "这个地址不接受这种请求。",
    413: "发送的内容太大。",
    429: "请求太频繁，请稍候再试。",
    500: "服务器出错了。档案没有损坏，请稍后再试。",
}

_MARKUP = frozenset({"text/html", "image/svg+xml", "application/atom+xml"})


def install(app: Flask) -> None:
    """Add the headers and the error pages to ``app``; every template escapes what it is given."""
    app.jinja_env.autoescape = True  # feeds too, not only what is named .html
    app.after_request(_with_headers)
    app.after_request(_without_unseen)
    app.register_error_handler(HTTPException, _http_error)
    app.register_error_handler(ArchiveError, _archive_error)


def _with_headers(response: Response) -> Response:
    if "Content-Security-Policy" not in response.headers:
        response.headers.setdefault(FRAMES, "SAMEORIGIN")
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    return response


def _without_unseen(response: Response) -> Response:
    """Markup without control characters and without marks that turn its direction.

    In a title they could make one text look like another on every page that lists it.
    """
    is_whole = not response.is_streamed and not response.direct_passthrough
    if is_whole and response.mimetype in _MARKUP:
        text = response.get_data(as_text=True)
        seen = without_unseen(text)
        if seen is not text:
            response.set_data(seen)
    return response


def _http_error(error: HTTPException) -> Response | HTTPException:
    code = error.code or 500
    if code < 400 or error.response is not None:
        return error
    own = error.description if error.description != type(error).description else None
    message = own or MESSAGES.get(code, "请求没有成功。")
    response = make_response(_told(code, message), code)
    for name, value in error.get_headers(request.environ):
        if name in ("Allow", "Retry-After"):
            response.headers[name] = value
    return response


def _archive_error(error: ArchiveError) -> tuple[str, int]:
    code = 404 if isinstance(error, NotFound) else 503
    return _told(code, str(error)), code


def _told(code: int, message: str) -> str:
    """The error page; the bare message where what every page reads is what failed."""
    try:
        return render_template("error.html", code=code, message=message)
    except Exception:
        current_app.logger.exception("the page of an error could not be made")
        return str(escape(message))
