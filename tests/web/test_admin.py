"""The keeper's pages: closed without a password, guarded with one."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from app import create_app
from archive.archive import Archive
from archive.keeper import Keeper
from archive.lock import write_lock
from web import intake as intakes
from web.admin import desk
from web.file_names import fit_name
from web.limiting import Limiter

PASSWORD = "示例密码 correct horse"
SAMPLE = Path(__file__).parents[2] / "samples" / "files" / "changji-sample-2024-budget.docx"
PAGES = ["", "/progress.json", "/failures", "/agencies"]
FORMS = ["/upload", "/retry", "/agencies", "/agencies/remove", "/logout"]
PATIENCE = 120.0


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    with Archive.open(tmp_path / "archive") as opened:
        yield opened


@pytest.fixture
def app(archive: Archive) -> Flask:
    Keeper(archive.folder).set_password(PASSWORD)
    return create_app(archive)


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


def token(page: TestResponse) -> str:
    found = re.search(r'name="token" value="([^"]+)"', page.text)
    assert found, page.text
    return found[1]


def log_in(client: FlaskClient, password: str = PASSWORD) -> TestResponse:
    sent = {"token": token(client.get("/admin/login")), "password": password}
    return client.post("/admin/login", data=sent)


def upload(app: Flask, client: FlaskClient, *files: tuple[bytes, str]) -> str:
    """Send files, wait until they are ingested; the page afterwards."""
    data = {
        "token": token(client.get("/admin")),
        "files": [(io.BytesIO(content), name) for content, name in files],
    }
    assert client.post("/admin/upload", data=data).status_code == 302
    settled(app)
    return client.get("/admin").text


def settled(app: Flask) -> None:
    with app.app_context():
        assert desk().intake().wait(PATIENCE)


def test_without_a_password_there_is_no_such_page(archive: Archive) -> None:
    client = create_app(archive).test_client()
    for path in (*PAGES, "/login"):
        assert client.get(f"/admin{path}").status_code == 404
    for path in (*FORMS, "/login"):
        assert client.post(f"/admin{path}").status_code == 404
    assert "Set-Cookie" not in client.get("/admin").headers


def test_a_password_set_while_it_runs_opens_it(archive: Archive) -> None:
    client = create_app(archive).test_client()
    Keeper(archive.folder).set_password(PASSWORD)
    assert log_in(client).location == "/admin"
    Keeper(archive.folder).set_password("another password")
    assert client.get("/admin").location == "/admin/login"


@pytest.mark.parametrize("path", PAGES)
def test_pages_ask_for_the_password(client: FlaskClient, path: str) -> None:
    response = client.get(f"/admin{path}")
    assert (response.status_code, response.location) == (302, "/admin/login")


@pytest.mark.parametrize("path", FORMS)
def test_forms_ask_for_the_password_and_a_token(client: FlaskClient, path: str) -> None:
    assert client.post(f"/admin{path}").location == "/admin/login"
    log_in(client)
    for data in ({}, {"token": "guess"}):
        assert client.post(f"/admin{path}", data=data).status_code == 400


def test_the_login_needs_its_token_and_the_password(client: FlaskClient) -> None:
    assert client.post("/admin/login", data={"password": PASSWORD}).status_code == 400
    wrong = log_in(client, "wrong password")
    assert wrong.status_code == 403
    assert "密码不对" in wrong.text
    assert client.get("/admin").status_code == 302


def test_the_cookie_is_the_keepers_alone(client: FlaskClient) -> None:
    cookie = log_in(client).headers["Set-Cookie"]
    for part in ("HttpOnly", "SameSite=Strict", "Path=/admin"):
        assert part in cookie
    page = client.get("/admin")
    assert page.headers["Cache-Control"] == "no-store"
    assert "Set-Cookie" not in client.get("/").headers


def test_logging_out_ends_the_session(client: FlaskClient) -> None:
    log_in(client)
    client.post("/admin/logout", data={"token": token(client.get("/admin"))})
    assert client.get("/admin").location == "/admin/login"


def test_too_many_logins_are_refused_for_a_while(client: FlaskClient) -> None:
    for _ in range(5):
        assert log_in(client, "wrong password").status_code == 403
    refused = log_in(client)
    assert refused.status_code == 429
    assert 0 < int(refused.headers["Retry-After"]) <= 60
    assert "秒后再试" in refused.text


def test_too_many_uploads_are_refused_for_a_while(client: FlaskClient) -> None:
    log_in(client)
    sent = {"token": token(client.get("/admin"))}
    answers = [client.post("/admin/upload", data=sent).status_code for _ in range(11)]
    assert answers == [302] * 10 + [429]


def test_the_limiter_forgets(monkeypatch: pytest.MonkeyPatch) -> None:
    now = 0.0
    limiter = Limiter(each=2, overall=3, seconds=10, clock=lambda: now)
    assert [limiter.seconds_to_wait("a") for _ in range(3)] == [0, 0, 10]
    assert [limiter.seconds_to_wait("b") for _ in range(2)] == [0, 10]  # three by all
    now = 4.0
    assert limiter.seconds_to_wait("c") == 6
    now = 10.0
    assert limiter.seconds_to_wait("a") == 0


def test_files_are_ingested_logged_and_found(app: Flask, client: FlaskClient) -> None:
    log_in(client)
    page = upload(app, client, (SAMPLE.read_bytes(), SAMPLE.name), (b"%PDF-1.7 broken", "坏.pdf"))
    assert "新增" in page
    assert "失败" in page
    assert "重试" in page
    assert "长期护理保险工作经费" in client.get("/search?q=长期护理保险工作经费").text
    assert "坏.pdf" in client.get("/admin/failures").text
    again = upload(app, client, (SAMPLE.read_bytes(), "改名.docx"))
    assert "未变" in again


def test_a_failure_is_kept_and_tried_again(
    app: Flask, client: FlaskClient, archive: Archive
) -> None:
    log_in(client)
    page = upload(app, client, (b"%PDF-1.7 broken", "坏.pdf"))
    kept = re.search(r'name="kept" value="(\w+)"', page)
    assert kept
    (copy,) = (archive.folder / "uploads" / kept[1]).iterdir()
    copy.write_bytes(SAMPLE.read_bytes())  # as if the cause were gone
    sent = {"token": token(client.get("/admin")), "kept": kept[1]}
    assert client.post("/admin/retry", data=sent).status_code == 302
    settled(app)
    assert len(archive.store.documents()) == 1
    assert not archive.store.failures()
    assert not list((archive.folder / "uploads").iterdir())
    client.post("/admin/retry", data=sent)
    assert "已不在服务器上" in client.get("/admin").text


@pytest.mark.parametrize("kept", ["", "..", "../originals", "nothing"])
def test_only_kept_files_can_be_tried_again(client: FlaskClient, kept: str) -> None:
    log_in(client)
    client.post("/admin/retry", data={"token": token(client.get("/admin")), "kept": kept})
    assert "已不在服务器上" in client.get("/admin").text


def test_uploads_wait_for_another_writer(
    app: Flask, client: FlaskClient, archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(intakes, "_BUSY_SECONDS", 0.05)
    log_in(client)
    with write_lock(archive.folder):
        sent = {
            "token": token(client.get("/admin")),
            "files": (io.BytesIO("年度预算".encode()), "a.txt"),
        }
        client.post("/admin/upload", data=sent)
        with app.app_context():
            assert not desk().intake().wait(0.5)
        state = client.get("/admin/progress.json").json
        assert state is not None
        assert state["running"]
        assert "正在写入档案" in state["note"]
        aliases = {"token": sent["token"], "alias": "甲局", "canonical": "乙局"}
        client.post("/admin/agencies", data=aliases)
        assert "正在写入档案" in client.get("/admin/agencies").text
    settled(app)
    assert client.get("/admin/progress.json").json == {
        "running": False, "done": 0, "total": 0, "waiting": 0, "note": "",
    }  # fmt: skip


def test_a_batch_that_was_interrupted_goes_on(
    app: Flask, client: FlaskClient, archive: Archive
) -> None:
    left = archive.folder / "uploads" / "tmpleft"
    left.mkdir(parents=True)
    (left / SAMPLE.name).write_bytes(SAMPLE.read_bytes())
    log_in(client)
    client.get("/admin")
    settled(app)
    assert len(archive.store.documents()) == 1


def test_aliases_rename_documents(app: Flask, client: FlaskClient, archive: Archive) -> None:
    log_in(client)
    upload(app, client, (SAMPLE.read_bytes(), SAMPLE.name))
    (document,) = archive.store.documents()
    data = {
        "token": token(client.get("/admin")), "alias": document.agency, "canonical": "示例新局",
    }  # fmt: skip
    client.post("/admin/agencies", data=data)
    page = client.get("/admin/agencies").text
    assert "1 份文件改了单位名称" in page
    assert archive.store.documents()[0].agency == "示例新局"
    found = client.get("/search.json?q=单位:示例新局").json
    assert found is not None
    assert found["total"] == 1
    client.post("/admin/agencies/remove", data={"token": data["token"], "alias": document.agency})
    assert archive.store.documents()[0].agency == document.agency
    client.post("/admin/agencies", data={**data, "canonical": ""})
    assert "都要填写" in client.get("/admin/agencies").text


def test_nothing_says_who_sent_a_file(
    app: Flask, client: FlaskClient, archive: Archive, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("DEBUG")
    log_in(client)
    upload(app, client, (b"%PDF-1.7 broken", "坏.pdf"))
    client.get("/search?q=查过的话", environ_overrides={"REMOTE_ADDR": "203.0.113.9"})
    written = [path.read_bytes() for path in archive.folder.rglob("*.jsonl")]
    assert written
    for text in (*written, caplog.text.encode()):
        assert b"127.0.0.1" not in text
        assert b"203.0.113.9" not in text
        assert "查过的话".encode() not in text


@pytest.mark.parametrize(
    ("sent", "name"),
    [
        ("2024年预算.pdf", "2024年预算.pdf"),
        ("C:\\文件\\预算.pdf", "预算.pdf"),
        ("../../etc/passwd", "passwd"),
        (".hidden.pdf", "hidden.pdf"),
        ("~$预算.docx", "预算.docx"),
        ("a\x00b\u202ec.pdf", "a bc.pdf"),
        ("", "未命名"),
        ("..", "未命名"),
        ("预" * 200 + ".pdf", "预" * 58 + ".pdf"),
    ],
)
def test_names_of_files_are_made_fit(sent: str, name: str) -> None:
    assert fit_name(sent) == name
