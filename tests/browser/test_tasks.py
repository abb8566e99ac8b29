"""The tasks of the three users, by clicks and keys alone, at both sizes and in both themes.

Each test counts what the user does; the counts are printed at the end of the run, and the
screens are kept beside the other screenshots.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from urllib.parse import unquote

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser.arriving import arrives
from tests.browser.conftest import PATIENCE_MS, SHOTS, SIZES
from tests.browser.fitting import fits
from tests.showcase import DOUBTFUL

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

PROJECT = "长期护理保险工作经费"
NUMBER = "新医保发〔2023〕48号"
TITLE = "what a user does for a task"
HEAD = f"{'task':44} | clicks | texts typed"


@dataclass
class User:
    """Someone at a page, whose clicks and typing are counted."""

    page: Page
    site: str
    name: str
    record: Callable[[str, object], None]
    clicks: int = 0
    typed: int = 0

    def starts(self) -> None:
        """Open the home page."""
        self.page.goto(self.site)
        self.looks("home")

    def clicks_on(self, what: Locator) -> None:
        """One click that stays on the page."""
        self.clicks += 1
        what.click()

    def follows(self, what: Locator) -> None:
        """One click that leads to another page."""
        with arrives(self.page):
            self.clicks_on(what)

    def searches(self, text: str) -> None:
        """Type into the search box and press Enter."""
        self.typed += 1
        self.page.locator("#q").fill(text)
        with arrives(self.page):
            self.page.locator("#q").press("Enter")

    def is_done(self) -> None:
        """Tell how much it took."""
        task = self.name.rpartition("-")[0]
        line = f"{task:44} | {self.clicks:6} | {self.typed:11}"
        self.record(f"report:{TITLE}", HEAD)
        self.record(f"report:{TITLE}", line)

    def looks(self, what: str) -> None:
        """Keep a screenshot; nothing may be cut off sideways."""
        assert fits(self.page), f"{what} is wider than the screen"
        SHOTS.mkdir(parents=True, exist_ok=True)
        self.page.screenshot(path=SHOTS / f"task-{self.name}-{what}.png")


@pytest.fixture(params=[(size, theme) for size in SIZES for theme in ("light", "dark")])
def user(
    request: pytest.FixtureRequest,
    browser: Browser,
    showcase_site: str,
    record_property: Callable[[str, object], None],
) -> Iterator[User]:
    size, theme = request.param
    width, height = SIZES[size]
    context = browser.new_context(
        viewport={"width": width, "height": height},
        color_scheme=theme,
        locale="zh-CN",
        permissions=["clipboard-read", "clipboard-write"],
    )
    page = context.new_page()
    page.set_default_timeout(PATIENCE_MS)
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    task = request.node.originalname.removeprefix("test_")
    yield User(page, showcase_site, f"{task}-{size}-{theme}", record_property)
    context.close()
    assert not errors


def finds_the_amount(user: User) -> Page:
    """From the home page to the figure in its table."""
    page = user.page
    user.starts()
    user.searches(f"{PROJECT} 年度:2023")
    user.looks("results")
    place = page.locator(".places a").filter(has_text="表7").first
    expect(place).to_contain_text("万元")
    user.follows(place)
    expect(page.locator("tr.target")).to_contain_text(PROJECT)
    return page


def test_find_an_amount(user: User) -> None:
    page = finds_the_amount(user)
    expect(page.locator(".located")).to_contain_text(PROJECT)
    user.looks("figure")
    user.is_done()


def test_follow_an_amount_to_the_page_of_the_original(user: User) -> None:
    page = finds_the_amount(user)
    figure = page.locator("tr.target td.amount a").first
    printed = figure.inner_text()
    user.follows(figure)
    user.follows(page.get_by_role("link", name="对照整页"))
    outline = page.locator("rect.outlined.target")
    expect(outline).to_have_count(1)
    expect(outline).to_be_in_viewport()
    expect(page.locator(".target-cell")).to_have_text(printed)
    user.looks("original")
    user.is_done()


def test_follow_a_row_to_the_page_of_the_original(user: User) -> None:
    page = finds_the_amount(user)
    expect(page.locator(".located")).to_be_in_viewport()
    expect(page.locator(".located .row-figures")).to_contain_text("万元")
    user.follows(page.get_by_role("link", name="对照整页"))
    expect(page.locator("rect.outlined.target").first).to_be_in_viewport()
    expect(page.locator("tr.target")).to_contain_text(PROJECT)
    user.looks("original-row")
    user.is_done()


def test_compare_two_years(user: User) -> None:
    page = user.page
    user.starts()
    user.searches("单位:昌吉市示例医疗保障局")
    user.follows(page.locator(".hit h2 a").first)
    user.follows(page.get_by_role("link", name=re.compile("^与20..年比较$")))
    table = page.locator("table.compared")
    expect(table).to_contain_text("增减额")
    expect(table.locator("thead th", has_text="昌吉市示例医疗保障局")).to_have_count(2)
    user.looks("compared")
    user.is_done()


def test_compare_with_a_file_of_ones_choice(user: User) -> None:
    page = user.page
    user.starts()
    user.searches("单位:昌吉市示例医疗保障局")
    user.follows(page.locator(".hit h2 a").first)
    user.follows(page.get_by_role("link", name="与别的文件比较"))
    expect(page).to_have_url(re.compile("/compare"))
    user.looks("choice")
    user.follows(page.locator(".add .outline a").first)
    expect(page.locator("table.compared")).to_contain_text("增减额")
    user.is_done()


def test_look_up_a_number_in_another_spelling(user: User) -> None:
    page = user.page
    user.starts()
    user.searches("新医保发(2023) 48号")
    expect(page.get_by_role("heading", level=1)).to_have_text(NUMBER)
    expect(page.locator(".reliances")).not_to_have_count(0)
    user.looks("policy")
    user.is_done()


def test_filter_rows_and_export(user: User) -> None:
    page = user.page
    user.starts()
    user.searches("医疗 金额:10万..500万")
    user.follows(page.get_by_role("navigation", name="结果类型").get_by_role("link", name="表格行"))
    expect(page).to_have_url(re.compile("in=rows"))
    folded = page.locator(".facets-folded summary")
    if folded.is_visible():
        user.clicks_on(folded)
    user.follows(page.get_by_role("link", name="2024", exact=True))
    expect(page.locator(".readings")).to_contain_text("2024")
    user.looks("rows")
    with page.expect_download() as download:
        user.clicks_on(page.get_by_role("link", name="CSV"))
    text = download.value.path().read_text(encoding="utf-8-sig")
    assert text.count("\n") > 1
    user.is_done()


def test_copy_a_citation_and_open_it_elsewhere(user: User, browser: Browser) -> None:
    page = finds_the_amount(user)
    user.clicks_on(page.locator(".citing summary"))
    user.looks("citation")
    user.clicks_on(page.locator("button[data-copy=quotation]"))
    expect(page.locator("button[data-copy=quotation]")).to_have_text("已复制")
    quotation = page.evaluate("navigator.clipboard.readText()")
    assert "表7" in quotation
    address = re.findall(r"http://[^\s，。）]+", quotation)[0]
    context = browser.new_context(locale="zh-CN")
    elsewhere = context.new_page()
    elsewhere.goto(address)
    expect(elsewhere.locator("tr.target")).to_contain_text(PROJECT)
    expect(elsewhere.get_by_role("alert")).to_have_count(0)
    assert PROJECT in unquote(elsewhere.url)
    context.close()
    user.is_done()


def test_read_the_doubt_on_a_marked_cell(user: User) -> None:
    page = user.page
    user.starts()
    user.searches(f"单位:{DOUBTFUL}")
    user.follows(page.locator(".hit h2 a").first)
    user.follows(page.get_by_role("link", name=re.compile("^表2 ")))
    marked = page.locator(".printed .doubtful a").first
    expect(marked.locator(".mark")).to_be_visible()
    user.looks("marked")
    user.follows(marked)
    expect(page.locator(".located .doubt")).to_contain_text("存疑：")
    expect(page.locator(".located .doubt")).to_be_in_viewport()
    user.looks("doubt")
    user.is_done()
