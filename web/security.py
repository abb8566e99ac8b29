"""Headers that keep a page to itself, and errors told in Chinese."""

from __future__ import annotations

from flask import Flask, Response, render_template
from werkzeug.exceptions import HTTPException

from archive.errors import ArchiveError, NotFound

HEADERS = {
    "Content-Security-Policy": (
        "default-src 'self'; object-src 'none'; base-uri 'none'; "
        "frame-ancestors 'self'; form-action 'self'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
}

MESSAGES = {
    404: "没有找到这个页面。",
    405: "这个地址不接受这种请求。",
    500: "服务器出错了。档案没有损坏，请稍后再试。",
}


def install(app: Flask) -> None:
    """Add the headers and the error pages to ``app``."""
    app.after_request(_with_headers)
    app.register_error_handler(HTTPException, _http_error)
    app.register_error_handler(ArchiveError, _archive_error)


def _with_headers(response: Response) -> Response:
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    return response


def _http_error(error: HTTPException) -> tuple[str, int]:
    code = error.code or 500
    own = error.description if error.description != type(error).description else None
    message = own or MESSAGES.get(code, "请求没有成功。")
    return render_template("error.html", code=code, message=message), code


def _archive_error(error: ArchiveError) -> tuple[str, int]:
    code = 404 if isinstance(error, NotFound) else 503
    return render_template("error.html", code=code, message=str(error)), code
