"""A row and a table framed by the page of another site."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from playwright.sync_api import Page, expect

from archive.addresses import row_path, table_path
from archive.archive import Archive
from tests.browser.fitting import fits

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

AGENCY, PROJECT = "昌吉市示例医疗保障局", "长期护理保险工作经费"


@contextmanager
def another_site(article: str) -> Iterator[str]:
    """A site of its own with one page; gives its address."""

    class Article(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.end_headers()
            self.wfile.write(article.encode())

        def log_message(self, format: str, *args: object) -> None:
            """Nothing: a test prints nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Article) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()
        thread.join()


@pytest.mark.parametrize("whole", [False, True])
def test_a_frame_fits_the_article_and_names_its_source(
    page: Page, sample_site: str, sample_archive: Archive, whole: bool
) -> None:
    document = next(
        one
        for one in sample_archive.store.documents()
        if (one.agency, one.fiscal_year) == (AGENCY, 2024)
    )
    table = sample_archive.store.table(document.id, "表7")
    row = next(one for one in table.rows if one.project == PROJECT)
    shown = table_path(document, table.id) if whole else row_path(document, table.id, row.id)
    address = shown.split("#")[0] + ("" if whole else "&cell=项目支出合计")
    asked = page.request.get(f"{sample_site}/oembed", params={"url": sample_site + address})
    article = f"""<!DOCTYPE html><meta name="viewport" content="width=device-width">
      <title>A</title><h1>A</h1>{asked.json()["html"]}"""
    with another_site(article) as elsewhere:
        page.goto(elsewhere)
        frame = page.frame_locator("iframe")
        expect(frame.get_by_role("row", name=PROJECT)).to_be_visible()
        expect(frame.get_by_role("link", name=document.title)).to_be_in_viewport(ratio=1)
        if not whole:
            expect(frame.locator(".located-figure")).to_have_text("10.00 万元")
        assert fits(page)
