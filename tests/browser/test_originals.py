"""From a figure to its place on the page and back, by clicks."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.arriving import arrives

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]


def test_a_figure_leads_to_its_outline_and_back(page: Page, sample_site: str) -> None:
    page.goto(f"{sample_site}/documents")
    with arrives(page):
        page.get_by_role("link", name="昌吉市示例医疗保障局2023年部门预算公开").click()
    with arrives(page):
        page.get_by_role("link", name="表3 部门支出总体情况表").click()
    figure = page.locator("td.amount a").first
    printed = figure.inner_text()
    with arrives(page):
        figure.click()
    strip = page.locator(".strip img")
    expect(strip).to_be_in_viewport()
    expect(strip).to_have_js_property("complete", True)
    assert strip.evaluate("image => image.naturalWidth") > 400
    with arrives(page):
        page.get_by_role("link", name="对照整页").click()
    outline = page.locator("rect.outlined.target")
    expect(outline).to_have_count(1)
    expect(outline).to_be_in_viewport()
    expect(page.locator("td.target-cell")).to_have_text(printed)
    other = page.locator("rect.outlined:not(.target)").last
    text = other.locator("title").text_content()
    with arrives(page):
        other.click()
    expect(page.locator("td.target-cell")).to_have_text(text or "")
    with arrives(page):
        page.get_by_role("link", name="部门支出总体情况表").first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("部门支出总体情况表")
