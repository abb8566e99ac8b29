"""What the three users do, in a real browser, by clicks and typing."""

from __future__ import annotations

from urllib.parse import unquote

import pytest
from playwright.sync_api import Page, expect

from tests.browser.arriving import arrives
from tests.browser.fitting import fits

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]


def search(page: Page, site: str, words: str) -> None:
    page.goto(site)
    page.locator("#q").fill(words)
    with arrives(page):
        page.locator("#q").press("Enter")


def test_a_citizen_finds_a_figure_and_links_to_it(page: Page, sample_site: str) -> None:
    search(page, sample_site, "长期护理保险工作经费")
    assert fits(page)
    row = page.locator(".places a").filter(has_text="表7").first
    expect(row).to_contain_text("10万元")
    with arrives(page):
        row.click()
    expect(page.locator("tr.target")).to_contain_text("长期护理保险工作经费")
    assert fits(page)
    with arrives(page):
        page.locator("tr.target td.amount a").first.click()
    expect(page.locator("td.target-cell")).to_have_text("10.00")
    link = page.get_by_label("固定链接").input_value()
    page.goto(link)
    expect(page.locator(".located")).to_contain_text("100,000 元")
    assert "row=2101599-长期护理保险工作经费" in unquote(link)


def test_every_page_says_that_these_are_samples(page: Page, sample_site: str) -> None:
    for path in ("/", "/search?q=医疗", "/documents", "/failures", "/about"):
        page.goto(sample_site + path)
        expect(page.locator(".notice-bar")).to_be_visible()
        assert fits(page), path


def test_a_document_leads_to_its_tables_and_its_original(page: Page, sample_site: str) -> None:
    page.goto(f"{sample_site}/documents")
    with arrives(page):
        page.get_by_role("link", name="昌吉市示例医疗保障局2024年部门预算公开").click()
    expect(page.get_by_role("heading", name="表格")).to_be_visible()
    with arrives(page):
        page.get_by_role("link", name="表3 部门支出总体情况表").click()
    expect(page.locator("table.printed thead tr")).to_have_count(2)
    with page.expect_download() as download:
        page.get_by_role("link", name="XLSX").click()
    assert download.value.suggested_filename.endswith(".xlsx")


def test_a_number_in_another_spelling_is_found(page: Page, sample_site: str) -> None:
    search(page, sample_site, "新医保发(2023)48 号")
    with arrives(page):
        page.get_by_role("link", name="全部搜索结果").click()
    expect(page.locator(".hit")).to_have_count(1)
    expect(page.locator(".places a").first).to_contain_text("医疗基金监管工作经费")


def test_nothing_found_helps_on(page: Page, sample_site: str) -> None:
    search(page, sample_site, "量子计算机")
    expect(page.get_by_role("status")).to_contain_text("没有找到")
    expect(page.get_by_role("link", name="浏览全部文件")).to_be_visible()


@pytest.mark.real
def test_the_row_of_a_real_disclosure_is_one_click_away(page: Page, real_site: str) -> None:
    search(page, real_site, "长期护理保险工作经费")
    first = page.locator(".hit").first
    expect(first.get_by_role("heading")).to_contain_text("昌吉")
    with arrives(page):
        first.locator(".places a").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("表7 一般公共预算项目支出情况表")
    target = page.locator("tr.target")
    expect(target).to_contain_text("长期护理保险工作经费")
    expect(target.locator("td.amount").first).to_have_text("10")
    assert fits(page)


@pytest.mark.real
def test_a_near_number_leads_to_the_project_that_cites_it(page: Page, real_site: str) -> None:
    search(page, real_site, "新医保〔2023〕48号")
    near = page.locator(".places a", has=page.locator(".near")).first
    expect(near).to_contain_text("新医保发〔2023〕48号")
    with arrives(page):
        near.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("2024年医疗保障基金专项行动")
    expect(page.locator(".fields-list")).to_contain_text("新医保发〔2023〕48号")
