"""The keeper's session: a signed cookie that only the keeper's pages set, ask for and drop."""

from __future__ import annotations

import hmac
import secrets
import time
from datetime import timedelta

from flask import Flask, Request, abort, request, session
from flask.sessions import SecureCookieSession, SecureCookieSessionInterface

from archive.keeper import Keeper
from web.current import archive

PATH = "/admin"
LASTING = timedelta(hours=8)
_MARK, _TOKEN, _SINCE = "keeper", "token", "since"


class KeeperSessions(SecureCookieSessionInterface):
    """Sessions below :data:`PATH` alone: no other page reads or sets a cookie.

    The key is asked for with the first of them, since a password may be set while the
    application runs.
    """

    def open_session(self, app: Flask, request: Request) -> SecureCookieSession | None:
        """The session of a keeper's page; ``None`` for all others."""
        if request.path != PATH and not request.path.startswith(f"{PATH}/"):
            return None
        keeper = Keeper(archive().folder)
        if not keeper.has_password:
            return None
        app.secret_key = app.secret_key or keeper.key()
        return super().open_session(app, request)

    def get_cookie_secure(self, app: Flask) -> bool:  # noqa: ARG002 - Flask's
        """Over HTTPS the cookie never leaves it."""
        return request.is_secure


def install(app: Flask) -> None:
    """Let ``app`` keep the keeper's session in a cookie that scripts and other sites lack."""
    app.session_interface = KeeperSessions()
    app.config.update(
        SESSION_COOKIE_NAME="mingxi_keeper",
        SESSION_COOKIE_PATH=PATH,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Strict",
        SESSION_REFRESH_EACH_REQUEST=False,
    )


def keeper_or_404() -> Keeper:
    """The keeper of the archive; without a password there are no such pages."""
    keeper = Keeper(archive().folder)
    if not keeper.has_password:
        abort(404)
    return keeper


def is_logged_in(keeper: Keeper) -> bool:
    """Whether the session is the keeper's, not older than :data:`LASTING`, and of this password."""
    mark, since = session.get(_MARK), session.get(_SINCE)
    if not isinstance(mark, str) or not isinstance(since, int):
        return False
    is_fresh = 0 <= time.time() - since < LASTING.total_seconds()
    return is_fresh and hmac.compare_digest(mark, keeper.mark())


def log_in(keeper: Keeper) -> None:
    """Begin the keeper's session, with a token of its own."""
    session.clear()
    session[_MARK] = keeper.mark()
    session[_SINCE] = int(time.time())


def log_out() -> None:
    """End the session."""
    session.clear()


def token() -> str:
    """What each form of the session sends back; made when first asked for."""
    if _TOKEN not in session:
        session[_TOKEN] = secrets.token_urlsafe(32)
    return str(session[_TOKEN])


def check_token() -> None:
    """Abort with 400 where a form does not come from a page of this session."""
    sent, own = request.form.get("token", ""), session.get(_TOKEN, "")
    if not own or not hmac.compare_digest(sent.encode("utf-8", "replace"), str(own).encode()):
        abort(400, "页面已过期：请回到上一页，刷新后再试。")
