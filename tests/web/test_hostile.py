"""A hostile title renders harmlessly on every page, export, feed, drawing and frame."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

import pytest
from flask import Flask
from flask.testing import FlaskClient
from lxml import etree, html

from app import create_app
from archive.archive import Archive
from tests.web import crawl, made_up
from web.security import MESSAGES

HOSTILE = {
    "script": "<script>alert(1)</script><img src=x onerror=alert(2)>",
    "attribute": '" onmouseover=\'alert(3)\' style="color:red" {{7*7}}',
    "direction": "\u202egpj.exe\u2066预算\u200f\u061c",
    "long": "医" * 5000,
    "nul": "a\x00b\x07预算\x1b[31m",
    "formula": "=cmd|' /C calc'!A0",
    "closing": "]]></title></textarea>--><svg/onload=alert(4)>%0d%0aSet-Cookie:x=1\r\nX-Y: z",
    "javascript": "javascript:alert(5)//\\u0022",
}
TURNING = re.compile("[\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069\x00]")
OWN_SCRIPTS = re.compile(r"/static/[\w-]+\.js")


@pytest.fixture(params=HOSTILE, scope="module")
def pages(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[list[crawl.Fetched]]:
    """All that can be fetched of an archive of such a disclosure."""
    text = HOSTILE[request.param]
    with Archive.open(tmp_path_factory.mktemp("hostile") / "archive") as archive:
        documents = made_up.keep(archive, text, agency=text)
        client = create_app(archive).test_client()
        yield list(crawl.crawl(client, made_up.seeds(documents, text)))


def test_nothing_breaks(pages: list[crawl.Fetched]) -> None:
    assert len(pages) > 60
    broken = [(page.path, page.status) for page in pages if page.status >= 500]
    assert not broken


def test_pages_run_no_script_and_turn_no_text(pages: list[crawl.Fetched]) -> None:
    for page in pages:
        if not page.is_page:
            continue
        assert not TURNING.search(page.text), page.path
        document = html.fromstring(page.text.encode(), parser=html.HTMLParser(encoding="utf-8"))
        for script in document.iter("script"):
            assert OWN_SCRIPTS.match(script.get("src", "")), page.path
            assert not script.text
        for element in document.iter(etree.Element):
            handlers = [name for name in element.attrib if name.startswith("on") or name == "style"]
            assert not handlers, page.path
            address = element.get("href") or element.get("src") or element.get("action") or ""
            assert not address.strip().lower().startswith(("javascript:", "data:")), page.path
        assert "49" not in [text.strip() for text in document.itertext()]
        assert not document.xpath("//img[@src='x']")


def test_feeds_and_drawings_are_well_formed(pages: list[crawl.Fetched]) -> None:
    drawn = [page for page in pages if page.mimetype in ("application/atom+xml", "image/svg+xml")]
    assert drawn
    for page in drawn:
        root = etree.fromstring(page.text.encode())
        assert not [each for each in root.iter() if str(each.tag).endswith("}script")], page.path


def test_json_and_csv_are_readable(pages: list[crawl.Fetched]) -> None:
    for page in pages:
        if page.mimetype == "application/json":
            json.loads(page.text)
        if page.mimetype == "text/csv" and page.status == 200:
            assert not re.search(r'(?:^|[,"\n])[=@+]\w', page.text), page.path
            assert not TURNING.search(page.text), page.path


@pytest.fixture
def app(sample_archive: Archive) -> Flask:
    return create_app(sample_archive)


def test_headers_keep_a_page_to_itself(app: Flask) -> None:
    for path in ("/", "/search?q=医", "/nothing", "/suggest.json?q=医", "/static/icon.svg"):
        with app.test_client().get(path) as response:
            headers = response.headers
            assert response.status_code < 500
        policy = headers["Content-Security-Policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["Referrer-Policy"] == "same-origin"
        assert headers["X-Frame-Options"] == "SAMEORIGIN"
        assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
        assert "camera=()" in headers["Permissions-Policy"]
        assert "Set-Cookie" not in headers


def test_only_frames_may_be_framed(app: Flask, sample_archive: Archive) -> None:
    document = next(each for each in sample_archive.store.documents())
    table = sample_archive.store.tables(document.id)[0].id
    headers = app.test_client().get(f"/d/{document.id}/embed/{table}").headers
    assert "frame-ancestors *" in headers["Content-Security-Policy"]
    assert "X-Frame-Options" not in headers


def test_an_error_is_told_to_the_keeper_and_calmly_to_the_visitor(
    app: Flask, caplog: pytest.LogCaptureFixture
) -> None:
    @app.get("/breaks")
    def breaks() -> str:
        raise ZeroDivisionError("a defect")

    client: FlaskClient = app.test_client()
    response = client.get("/breaks", query_string={"q": "问过的话"})
    assert response.status_code == 500
    assert "档案没有损坏" in response.text
    assert '<a href="">再试一次</a>' in response.text
    assert "ZeroDivisionError" not in response.text
    assert "a defect" in caplog.text
    assert "问过的话" not in caplog.text


def test_an_error_of_what_every_page_reads_is_told_all_the_same(
    sample_archive: Archive, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = create_app(sample_archive).test_client()

    def lost(name: str) -> str | None:
        raise OSError("the disk is gone")

    monkeypatch.setattr(sample_archive.store, "fact", lost)
    response = client.get("/about")
    assert response.status_code == 500
    assert response.text == MESSAGES[500]
    assert "the disk is gone" in caplog.text


def test_a_refusal_keeps_its_headers(app: Flask) -> None:
    response = app.test_client().post("/search")
    assert response.status_code == 405
    assert "GET" in response.headers["Allow"]
