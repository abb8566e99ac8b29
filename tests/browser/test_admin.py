"""The keeper's round by browser: password, log in, upload, found, failure, retry, names."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner
from playwright.sync_api import Page, expect

from app import main
from archive.archive import Archive
from tests.browser.arriving import arrives
from tests.browser.fitting import fits
from tests.conftest import serve

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

PASSWORD = "示例密码 correct horse"
SAMPLE = Path(__file__).parents[2] / "samples" / "files" / "changji-sample-2024-budget.docx"
PATIENCE_MS = 120_000


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    with Archive.open(tmp_path / "archive") as opened:
        command = ["--archive", str(opened.folder), "set-password"]
        done = CliRunner().invoke(main, command, input=f"{PASSWORD}\n{PASSWORD}\n")
        assert done.exit_code == 0, done.output
        assert PASSWORD not in done.output
        yield opened


@pytest.fixture
def site(archive: Archive) -> Iterator[str]:
    yield from serve(archive)


def log_in(page: Page, site: str) -> None:
    page.goto(f"{site}/admin")
    page.get_by_label("密码").fill(PASSWORD)
    with arrives(page):
        page.get_by_role("button", name="登录").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("收录文件")


def test_the_keepers_round(page: Page, site: str, archive: Archive, tmp_path: Path) -> None:
    log_in(page, site)
    broken = tmp_path / "坏文件.pdf"
    broken.write_bytes(b"%PDF-1.7 broken")
    page.get_by_label("选择一份或多份公开文件").set_input_files([SAMPLE, broken])
    page.get_by_role("button", name="上传并收录").click()
    log = page.locator(".admin-log")
    expect(log.locator(".fate-added")).to_contain_text(SAMPLE.name, timeout=PATIENCE_MS)
    failure = log.locator(".fate-failed")
    expect(failure).to_contain_text("坏文件.pdf")
    expect(page.locator("[data-progress]")).to_be_hidden()

    (kept,) = (archive.folder / "uploads").glob("*/坏文件.pdf")
    kept.write_bytes(SAMPLE.with_name("korla-sample-2024-budget.html").read_bytes())
    with arrives(page):
        failure.get_by_role("button", name="重试").click()
    expect(log.locator(".fate-added")).to_have_count(2, timeout=PATIENCE_MS)
    expect(page.locator("[data-progress]")).to_be_hidden()

    with arrives(page):
        log.get_by_role("link", name=SAMPLE.name).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("部门预算公开")
    page.goto(f"{site}/search?q=长期护理保险工作经费")
    expect(page.locator("main")).to_contain_text("长期护理保险工作经费")


def test_names_of_agencies(page: Page, site: str, archive: Archive) -> None:
    log_in(page, site)
    with arrives(page):
        page.get_by_role("link", name="单位别名").click()
    page.get_by_label("文件中的名称").fill("县卫计委")
    page.get_by_label("归入").fill("某县卫生健康委员会")
    with arrives(page):
        page.get_by_role("button", name="保存").click()
    expect(page.locator(".admin-log")).to_contain_text("县卫计委 → 某县卫生健康委员会")
    assert fits(page)
    with arrives(page):
        page.get_by_role("button", name="删除").click()
    expect(page.locator(".empty")).to_have_text("还没有别名。")
    with arrives(page):
        page.get_by_role("button", name="退出").click()
    page.goto(f"{site}/admin")
    expect(page).to_have_url(re.compile("/admin/login$"))
