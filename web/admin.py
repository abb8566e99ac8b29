"""The keeper's pages: files taken in, failures tried again, names of agencies.

They are not there (404) unless a password is set.  Every form carries a token; logins and
uploads are counted, and refused (429) when there are too many.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import partial
from threading import Lock
from zoneinfo import ZoneInfo

from flask import (
    Blueprint,
    Flask,
    Response,
    abort,
    current_app,
    flash,
    redirect,
    render_template,
    request,
    url_for,
)
from werkzeug.datastructures import FileStorage
from werkzeug.exceptions import RequestEntityTooLarge
from werkzeug.wrappers import Response as BaseResponse

from archive.addresses import document_path
from archive.errors import ArchiveError
from archive.privacy import masked
from indexer.workers.limits import Limits
from web import sessions
from web.current import archive
from web.intake import Intake, Outcome
from web.limiting import Limiter

MOST_BYTES = Limits().size
"""Of one upload; a file of more is refused by the pipeline too."""
MOST_FILES = 200
_BEIJING = ZoneInfo("Asia/Shanghai")
_FORM_BYTES = 64 * 1024
_KEY = "mingxi_keeper_pages"
FATES = {"added": "新增", "replaced": "更新", "unchanged": "未变", "failed": "失败"}

blueprint = Blueprint("admin", __name__, url_prefix="/admin")


class Desk:
    """What the keeper's pages share: who may try how often, and the files on their way."""

    def __init__(self) -> None:
        self.logins = Limiter(each=5, overall=20)
        self.uploads = Limiter(each=10, overall=30)
        self._guard = Lock()
        self._intake: Intake | None = None

    def intake(self) -> Intake:
        """The intake of the archive, begun when first asked for."""
        with self._guard:
            if self._intake is None:
                self._intake = Intake(archive())
            return self._intake


def install(app: Flask) -> None:
    """Make the keeper's pages known to ``app``."""
    sessions.install(app)
    app.extensions[_KEY] = Desk()
    app.register_blueprint(blueprint)


def desk() -> Desk:
    """That of the application at hand."""
    found = current_app.extensions[_KEY]
    assert isinstance(found, Desk)
    return found


@blueprint.before_request
def _guard() -> BaseResponse | None:
    """No page without a password, none but the login without a session, no form without token."""
    keeper = sessions.keeper_or_404()
    if request.endpoint == "admin.login":
        request.max_content_length = _FORM_BYTES
        return None
    if not sessions.is_logged_in(keeper):
        return redirect(url_for("admin.login"))
    if request.method == "POST":
        is_upload = request.endpoint == "admin.upload"
        if is_upload:
            desk().uploads.check(request.remote_addr)
        request.max_content_length = MOST_BYTES if is_upload else _FORM_BYTES
        try:
            sessions.check_token()
        except RequestEntityTooLarge:
            abort(413, f"一次最多上传 {MOST_BYTES >> 20} MB，请分几次上传。")
    return None


@blueprint.after_request
def _not_stored(response: Response) -> Response:
    response.headers["Cache-Control"] = "no-store"
    return response


@blueprint.route("/login", methods=["GET", "POST"])
def login() -> str | tuple[str, int] | BaseResponse:
    """The form for the password; afterwards the keeper's page."""
    keeper = sessions.keeper_or_404()
    if request.method == "POST":
        sessions.check_token()
        desk().logins.check(request.remote_addr)
        if keeper.accepts(request.form.get("password", "")):
            sessions.log_in(keeper)
            return redirect(url_for("admin.page"))
        return render_template("admin_login.html", token=sessions.token(), wrong=True), 403
    if sessions.is_logged_in(keeper):
        return redirect(url_for("admin.page"))
    return render_template("admin_login.html", token=sessions.token(), wrong=False)


@blueprint.post("/logout")
def logout() -> BaseResponse:
    """End the session."""
    sessions.log_out()
    return redirect(url_for("search.home"))


@blueprint.get("")
def page() -> str:
    """The form for files, how far they are, and what became of the last ones."""
    intake = desk().intake()
    return render_template(
        "admin.html",
        token=sessions.token(),
        state=intake.state,
        outcomes=[_shown(outcome) for outcome in intake.outcomes()],
        fates=FATES,
        most_megabytes=MOST_BYTES >> 20,
        path_of=_path_of,
    )


@blueprint.get("/progress.json")
def progress() -> dict[str, object]:
    """How far the files are, for the page's script."""
    state = desk().intake().state
    return {
        "running": state.running,
        "done": state.done,
        "total": state.total,
        "waiting": state.waiting,
        "note": _told(state.note),
    }


@blueprint.post("/upload")
def upload() -> BaseResponse:
    """Take files in; they are ingested after the answer."""
    files = [file for file in request.files.getlist("files") if file.filename]
    if not files:
        flash("请先选择文件。")
    elif len(files) > MOST_FILES:
        flash(f"一次最多上传 {MOST_FILES} 份文件，请分几次上传。")
    else:
        count = desk().intake().take([_Sent(file) for file in files])
        flash(f"已收到 {count} 份文件，正在收录。")
    return redirect(url_for("admin.page"))


@blueprint.get("/failures")
def failures() -> str:
    """The files that could not be read; those sent by browser may be tried again."""
    intake = desk().intake()
    tried = {one.name: one for one in reversed(intake.outcomes()) if intake.can_retry(one)}
    return render_template(
        "admin_failures.html",
        token=sessions.token(),
        failures=archive().store.failures(),
        tried={_told(name): outcome for name, outcome in tried.items()},
        state=intake.state,
    )


@blueprint.post("/retry")
def retry() -> BaseResponse:
    """Try a file again that failed."""
    if desk().intake().retry(request.form.get("kept", "")):
        flash("正在重新收录。")
    else:
        flash("这份文件已不在服务器上，请重新上传。")
    return redirect(url_for("admin.page"))


@blueprint.route("/agencies", methods=["GET", "POST"])
def agencies() -> str | BaseResponse:
    """The keeper's names of agencies, and a form for another."""
    if request.method == "POST":
        alias, canonical = request.form.get("alias", ""), request.form.get("canonical", "")
        return _renamed(partial(archive().store.set_alias, alias, canonical))
    return render_template(
        "admin_agencies.html",
        token=sessions.token(),
        aliases=archive().store.aliases(),
        known=archive().store.agency_names(),
    )


@blueprint.post("/agencies/remove")
def remove_alias() -> BaseResponse:
    """Forget an alias."""
    return _renamed(partial(archive().store.drop_alias, request.form.get("alias", "")))


def _renamed(change: Callable[[], int]) -> BaseResponse:
    """Change the names, index what moved, and tell how much that was."""
    try:
        with archive().writing():
            moved = change()
            archive().catch_up()
    except ArchiveError as error:
        flash(str(error))
    else:
        flash(f"已保存，{moved} 份文件改了单位名称。" if moved else "已保存。")
    return redirect(url_for("admin.agencies"))


class _Sent:
    """A file of the form, as the intake takes it."""

    def __init__(self, file: FileStorage) -> None:
        self.filename = file.filename
        self.save = file.save


def _shown(outcome: Outcome) -> tuple[Outcome, str, str, bool]:
    """An outcome, its file's name and its reason as they may be shown; whether to retry it."""
    can_retry = outcome.fate == "failed" and desk().intake().can_retry(outcome)
    return outcome, _told(outcome.name), _told(outcome.reason), can_retry


def _told(text: str) -> str:
    return masked(text) if archive().store.masks_mobile_numbers else text


@blueprint.app_template_filter("beijing")
def _in_beijing(at: str) -> str:
    """An ISO time as clocks in China show it."""
    return datetime.fromisoformat(at).astimezone(_BEIJING).strftime("%Y-%m-%d %H:%M")


def _path_of(id_: str) -> str | None:
    document = archive().store.document(id_)
    return document_path(document) if document else None
