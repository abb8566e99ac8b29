"""A citizen sees a mark in a table, reads what it means, and goes to the other figure."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.browser.arriving import arrives
from tests.browser.fitting import fits
from tests.conftest import serve
from tests.wrong import WRONG, wrong

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    archive = wrong(tmp_path_factory.mktemp("wrong"))
    yield from serve(archive)
    archive.close()


def test_from_a_marked_cell_to_its_explanation_to_the_other_figure(page: Page, site: str) -> None:
    page.goto(f"{site}/findings")
    assert fits(page)
    page.get_by_label("程度").select_option("差错")
    with arrives(page):
        page.get_by_role("button", name="筛选").click()
    expect(page).to_have_url(re.compile("severity="))
    first = page.locator(".finding").first
    with arrives(page):
        first.get_by_role("link").first.click()
    mark = page.locator("td", has_text=WRONG).locator(".finding-mark").first
    expect(mark).to_be_visible()
    box = mark.bounding_box()
    assert box and min(box["width"], box["height"]) >= 24
    mark.click()
    told = page.locator(".finding:target")
    expect(told).to_be_in_viewport()
    expect(told.locator(".severity")).to_have_text("差错")
    expect(told).to_contain_text(WRONG)
    assert fits(page)
    other = told.get_by_role("link").last
    figure = other.inner_text()
    with arrives(page):
        other.click()
    expect(page.locator("tr:target, td:target, .section:target").first).to_contain_text(figure)


def test_findings_are_narrowed_by_size_and_taken_away(page: Page, site: str) -> None:
    page.goto(f"{site}/findings")
    all_of_them = page.locator(".finding").count()
    page.get_by_label("相差").select_option("1万元以上")
    with arrives(page):
        page.get_by_role("button", name="筛选").click()
    narrowed = page.locator(".finding").count()
    assert 0 < narrowed < all_of_them
    expect(page.get_by_role("status")).to_contain_text(f"共 {narrowed} 处")
    expect(page.get_by_label("相差")).to_have_value("1")
    for ending in ("CSV", "XLSX", "JSON"):
        link = page.get_by_role("link", name=ending, exact=True)
        answer = page.request.get(site + (link.get_attribute("href") or ""))
        assert answer.ok
        assert len(answer.body()) > 100
    rows = page.request.get(f"{site}/findings.json", params={"least": "1"}).json()
    assert len(rows) == narrowed
    feed = page.get_by_role("link", name="订阅新发现").get_attribute("href") or ""
    assert page.request.get(site + feed).text().count("<entry>") == narrowed
    with arrives(page):
        page.get_by_role("link", name="看全部").click()
    expect(page.locator(".finding")).to_have_count(all_of_them)


def test_the_disclosure_sums_up_its_checks(page: Page, site: str) -> None:
    page.goto(f"{site}/findings")
    with arrives(page):
        page.locator(".finding-of a").first.click()
    expect(page.locator(".finding:target")).to_be_visible()
    expect(page.get_by_text(re.compile(r"核对\s*\d+\s*项"))).to_be_visible()
    assert fits(page)
