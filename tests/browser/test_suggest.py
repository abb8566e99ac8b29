"""Suggestions under the search box, by keys and by clicks, and the box without a script."""

from __future__ import annotations

from urllib.parse import unquote_plus

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.arriving import arrives
from tests.browser.fitting import fits

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

PROJECT = "长期护理保险工作经费"


def typed(page: Page, site: str, text: str) -> None:
    page.goto(site)
    # at once, as an input method does: between keys, lists for half of it would come and go
    page.get_by_role("combobox", name="搜索").fill(text)


def test_keys_one_by_one_end_with_the_list_for_all_of_them(page: Page, sample_site: str) -> None:
    page.goto(sample_site)
    box = page.get_by_role("combobox", name="搜索")
    box.press_sequentially("长期护理")
    expect(page.get_by_role("option").filter(has_text=PROJECT)).to_have_count(1)
    expect(page.get_by_role("option").filter(has_not_text="护理")).to_have_count(0)
    box.press("Escape")
    expect(page.get_by_role("listbox")).to_be_hidden()


def query_of(page: Page) -> str:
    return unquote_plus(page.url.partition("q=")[2])


@pytest.mark.parametrize("text", ["长期", "护理", "cqhl", "項目:長期"])
def test_a_project_is_suggested_and_one_click_away(page: Page, sample_site: str, text: str) -> None:
    typed(page, sample_site, text)
    option = page.get_by_role("option").filter(has_text=PROJECT)
    expect(option).to_have_count(1)
    with arrives(page):
        option.click()
    assert query_of(page).endswith(PROJECT)
    expect(page.locator(".hit").first).to_be_visible()


def test_the_list_is_a_combobox_moved_by_keys(page: Page, sample_site: str) -> None:
    typed(page, sample_site, "医疗")
    box, options = page.get_by_role("combobox", name="搜索"), page.get_by_role("option")
    expect(box).to_have_attribute("aria-expanded", "true")
    expect(page.get_by_role("listbox", name="建议")).to_be_visible()
    assert box.get_attribute("aria-controls") == page.get_by_role("listbox").get_attribute("id")
    box.press("ArrowDown")
    expect(options.first).to_have_attribute("aria-selected", "true")
    assert box.get_attribute("aria-activedescendant") == options.first.get_attribute("id")
    box.press("ArrowUp")
    expect(page.locator('[aria-selected="true"]')).to_have_count(0)
    assert box.get_attribute("aria-activedescendant") is None
    box.press("ArrowUp")
    expect(options.last).to_have_attribute("aria-selected", "true")
    expect(box).to_have_value("医疗")
    expect(box).to_be_focused()


def test_enter_takes_the_chosen_one_and_escape_keeps_what_is_typed(
    page: Page, sample_site: str
) -> None:
    typed(page, sample_site, "离休 普陀")
    box = page.get_by_role("combobox", name="搜索")
    expect(page.get_by_role("option").first).to_be_visible()
    box.press("Escape")
    expect(page.get_by_role("listbox")).to_be_hidden()
    expect(box).to_have_value("离休 普陀")
    expect(box).to_have_attribute("aria-expanded", "false")
    box.press("ArrowDown")
    expect(page.get_by_role("option").first).to_be_visible()
    box.press("ArrowDown")
    expect(page.locator('[aria-selected="true"]')).to_have_count(1)
    with arrives(page):
        box.press("Enter")
    assert query_of(page) == "离休 单位:上海市普陀区示例规划事务中心"


def test_enter_without_a_choice_searches_what_is_typed(page: Page, sample_site: str) -> None:
    typed(page, sample_site, "医疗")
    expect(page.get_by_role("option").first).to_be_visible()
    with arrives(page):
        page.get_by_role("combobox", name="搜索").press("Enter")
    assert query_of(page) == "医疗"


def test_the_list_fits_the_screen_in_light_and_dark(page: Page, sample_site: str) -> None:
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        typed(page, sample_site, "医疗")
        expect(page.get_by_role("option").first).to_be_visible()
        assert fits(page)
        page.get_by_role("combobox", name="搜索").press("ArrowDown")


def test_without_a_script_the_box_searches(browser: Browser, sample_site: str) -> None:
    context = browser.new_context(java_script_enabled=False, locale="zh-CN")
    page = context.new_page()
    page.goto(sample_site)
    page.get_by_role("searchbox", name="搜索").fill(PROJECT)
    with arrives(page):
        page.get_by_role("searchbox", name="搜索").press("Enter")
    expect(page.locator(".hit").first).to_contain_text("2024")
    context.close()


def test_a_near_miss_and_a_wider_query_are_one_click(page: Page, sample_site: str) -> None:
    page.goto(f"{sample_site}/search?q=长护险 经费")
    wider = page.get_by_role("list", name="也可以一并查找").get_by_role("link")
    expect(wider).to_contain_text("长期护理保险")
    with arrives(page):
        page.get_by_role("link", name="长期护理保险 经费", exact=True).click()
    expect(page.locator(".hit").first).to_be_visible()
    page.goto(f"{sample_site}/search?q=长护里保险")
    expect(page.get_by_text("您是不是要找")).to_be_visible()
    assert fits(page)
