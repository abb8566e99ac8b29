"""A citizen looks at an agency through the years, then at one item across agencies."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.arriving import arrives
from tests.browser.fitting import fits

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

AGENCY = "昌吉市示例医疗保障局"


def test_from_home_to_a_figure_of_an_agency(page: Page, sample_site: str) -> None:
    page.goto(sample_site)
    assert fits(page)
    with arrives(page):
        page.locator(".ways a", has_text="历年的收支").click()
    page.locator("#agency-q").fill("昌吉 医疗")
    with arrives(page):
        page.locator("#agency-q").press("Enter")
    with arrives(page):
        page.locator("main").get_by_role("link", name=AGENCY).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(AGENCY)
    assert fits(page)
    row = page.locator(".key-figures").first.locator("tr", has_text="公务接待费")
    expect(row.locator("td")).to_have_text(["0.40", "0.40"])
    with arrives(page):
        row.locator("a").first.click()
    expect(page.locator(".located")).to_contain_text("0.40")


def test_charts_say_their_figures(page: Page, sample_site: str) -> None:
    page.goto(f"{sample_site}/agencies/{AGENCY}")
    for name, words in (
        ("totals", ["2023年 部门预算", "收入总计", "927.35"]),
        ("split", ["基本支出 353.35 38.1%", "项目支出 574.00 61.9%"]),
        ("three", ["因公出国（境）费 0", "公务用车运行费 4.50 91.8%"]),
    ):
        drawn = page.locator(f"#chart-{name} svg:visible")
        expect(drawn).to_have_count(1)
        for word in words:
            expect(drawn).to_contain_text(word)
        outside = drawn.evaluate(
            "svg => { const box = svg.getBoundingClientRect();"
            " return [...svg.querySelectorAll('text')].filter(text =>"
            " text.getBoundingClientRect().right > box.right + 1).map(text => text.textContent) }"
        )
        assert outside == []
        page.locator(f"#chart-{name} summary").click()
        expect(page.locator(f"#chart-{name} table")).to_be_visible()
    assert fits(page)


def test_years_side_by_side_in_one_click(page: Page, sample_site: str) -> None:
    page.goto(f"{sample_site}/agencies/{AGENCY}")
    with arrives(page):
        page.get_by_role("link", name="比较各年部门预算").click()
    expect(page.locator(".chosen li")).to_have_count(2)


def test_an_item_across_agencies(page: Page, sample_site: str) -> None:
    page.goto(sample_site)
    with arrives(page):
        page.locator(".ways a", has_text="哪一类事情").click()
    expect(page).to_have_url(re.compile("/functional$"))
    assert fits(page)
    with arrives(page):
        page.get_by_role("link", name=re.compile("^210 ")).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("卫生健康支出")
    expect(page.locator(".chart svg:visible")).to_contain_text(AGENCY)
    with arrives(page):
        page.get_by_role("link", name=re.compile("^21015 ")).click()
    expect(page.locator(".crumbs")).to_contain_text("210 卫生健康支出")
    assert fits(page)
