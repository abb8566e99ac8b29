"""An auditor asks what rests on a document, and checks a draft."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.arriving import arrives
from tests.browser.fitting import fits

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

NUMBER = "新医保发〔2023〕48号"
PROJECT = "医疗基金监管工作经费"


def test_from_another_spelling_to_the_project_and_back(page: Page, sample_site: str) -> None:
    page.goto(sample_site)
    page.locator("#q").fill("新医保发(2023)48 号")
    with arrives(page):
        page.locator("#q").press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text(NUMBER)
    assert fits(page)
    drawing = page.locator("svg.policy-graph:visible")
    expect(drawing).to_have_count(1)
    expect(drawing).to_contain_text(PROJECT)
    with arrives(page):
        page.locator(".relier a", has_text=PROJECT).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(PROJECT)
    link = page.locator(".fields-list .cited > a", has_text="48号")
    expect(link).to_have_attribute("title", re.compile("处引用"))
    hint = page.locator(".cited-hint", has_text=NUMBER)
    expect(hint).to_be_hidden()
    page.locator(".cited-more").first.focus()
    page.keyboard.press("Enter")
    expect(hint).to_be_visible()
    expect(hint).to_contain_text("处引用")
    assert fits(page)
    page.keyboard.press("Escape")
    expect(hint).to_be_hidden()
    with arrives(page):
        link.click()
    expect(page.get_by_role("heading", level=1)).to_have_text(NUMBER)


def test_the_results_are_one_click_behind_the_policy(page: Page, sample_site: str) -> None:
    page.goto(sample_site)
    page.locator("#q").fill(NUMBER)
    with arrives(page):
        page.locator("#q").press("Enter")
    with arrives(page):
        page.get_by_role("link", name="全部搜索结果").click()
    expect(page.locator(".landing")).to_contain_text(NUMBER)
    expect(page.locator(".hit")).to_have_count(1)


def test_a_draft_is_checked_in_one_paste(page: Page, sample_site: str) -> None:
    page.goto(f"{sample_site}/policies")
    with arrives(page):
        page.get_by_role("link", name="核对一段文字里的文号").click()
    page.locator("#text").fill("根据新医保发[2023]48号、新医保〔2023〕48号和财社〔1999〕7号。")
    with arrives(page):
        page.get_by_role("button", name="核对").click()
    expect(page.locator("table.checks tbody tr")).to_have_count(3)
    expect(page.locator(".pasted")).to_contain_text("根据新医保发[2023]48号、")
    assert fits(page)
    page.locator(".pasted a").nth(1).click()
    expect(page.locator("tr:target")).to_contain_text("只有相近文号")
    with arrives(page):
        page.locator("tr:target").get_by_role("link", name=NUMBER).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(NUMBER)
