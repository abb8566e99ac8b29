"""WCAG 2.2 AA on every kind of page: axe-core, the keyboard, reflow, titles, languages."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Browser, Page, ViewportSize, expect

from archive.archive import Archive
from bench.kinds_of_page import Example
from tests.browser.arriving import arrives
from tests.browser.conftest import PATIENCE_MS
from tests.browser.fitting import fits
from tests.pages import examples, without_example
from tests.showcase import PASSWORD

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser-axe")]

WIDTHS = {
    "phone": ViewportSize(width=390, height=844),
    "desk": ViewportSize(width=1440, height=900),
}
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
COLOURS = {"runOnly": {"type": "rule", "values": ["color-contrast"]}}
NARROWEST = 320
"""CSS pixels: a window of 1,280 at 400 % (WCAG 1.4.10)."""
ZOOMED = 720
"""CSS pixels: a window of 1,440 at 200 %."""
ROWS_LOOKED_AT = 15
"""Of a long table: its rows are alike, and axe takes a second for each hundred."""
FEW_ROWS = """most => document.querySelectorAll(`tbody tr:nth-child(n + ${most + 1})`)
    .forEach(row => row.remove())"""
LEAST_TARGET = 24
"""CSS pixels (WCAG 2.5.8)."""


@pytest.fixture(scope="module")
def opened(browser: Browser) -> Iterator[Page]:
    """One page for all examples; nothing of it depends on what was looked at before."""
    context = browser.new_context(viewport=WIDTHS["desk"], locale="zh-CN")
    page = context.new_page()
    page.set_default_timeout(PATIENCE_MS)
    yield page
    context.close()


@pytest.fixture(scope="module")
def pages(showcase_archive: Archive) -> list[Example]:
    return examples(showcase_archive)


def test_every_route_has_an_example(showcase_archive: Archive, pages: list[Example]) -> None:
    from app import create_app

    assert not without_example(create_app(showcase_archive), pages)


def test_axe_finds_nothing(opened: Page, showcase_site: str, pages: list[Example]) -> None:
    found: list[str] = []
    for example in pages:
        answer = opened.goto(showcase_site + example.path)
        assert answer is not None
        assert answer.status == example.status, example
        found += _of_page(opened, example)
    assert not found, "\n".join(dict.fromkeys(found))


def test_axe_finds_nothing_on_the_keepers_pages(opened: Page, showcase_site: str) -> None:
    opened.goto(f"{showcase_site}/admin/login")
    opened.get_by_label("密码").fill(PASSWORD)
    with arrives(opened):
        opened.get_by_role("button", name="登录").click()
    expect(opened.get_by_role("heading", level=1)).to_have_text("收录文件")
    found: list[str] = []
    for path in ("/admin", "/admin/failures", "/admin/agencies"):
        opened.goto(showcase_site + path)
        found += _of_page(opened, Example(f"keeper: {path}", "", path))
    assert not found, "\n".join(dict.fromkeys(found))


def _of_page(page: Page, example: Example) -> list[str]:
    """What axe finds on the page that is open: all rules by light, colours in the dark."""
    page.evaluate(FEW_ROWS, ROWS_LOOKED_AT)
    page.evaluate(AXE_SCRIPT)
    found: list[str] = []
    for width, size in WIDTHS.items():
        page.set_viewport_size(size)
        page.emulate_media(color_scheme="light")
        found += _violations(page, example, f"{width}, light", RULES)
        page.emulate_media(color_scheme="dark")
        found += _violations(page, example, f"{width}, dark", COLOURS)
    page.emulate_media(color_scheme="light")
    return found


def _violations(page: Page, example: Example, theme: str, rules: dict[str, Any]) -> list[str]:
    result = page.evaluate("rules => axe.run({...rules, resultTypes: ['violations']})", rules)
    return [
        f"{example.name} ({theme}): {each['id']}: {node['html'][:160]} {node['target']}"
        f" {[check['message'] for check in node['any']][:1]}"
        for each in result["violations"]
        for node in each["nodes"][:3]
    ]


def test_pages_reflow_and_targets_are_large_enough(
    opened: Page, showcase_site: str, pages: list[Example]
) -> None:
    opened.emulate_media(color_scheme="light")
    wrong: list[str] = []
    for example in pages:
        opened.set_viewport_size(ViewportSize(width=NARROWEST, height=640))
        opened.goto(showcase_site + example.path)
        if not fits(opened):
            wrong.append(f"{example.name} is wider than {NARROWEST}")
        wrong += [f"{example.name}: {small}" for small in opened.evaluate(SMALL, LEAST_TARGET)]
        opened.set_viewport_size(ViewportSize(width=ZOOMED, height=450))
        if not fits(opened):
            wrong.append(f"{example.name} is wider than {ZOOMED}")
    assert not wrong, "\n".join(wrong)


SMALL = """least => {
  // A link in a sentence is excepted, as is what is not shown (WCAG 2.5.8).
  const inline = one => getComputedStyle(one).display === "inline";
  return [...document.querySelectorAll("a, button, input, select, summary, textarea")]
    .filter(one => one.checkVisibility() && !inline(one) && !one.closest("svg, .hidden"))
    .map(one => [one, one.getBoundingClientRect()])
    .filter(([, box]) => box.width > 1 && (box.width < least - .01 || box.height < least - .01))
    .slice(0, 3)
    .map(([one, box]) => `${one.outerHTML.slice(0, 90)} is ${box.width} × ${box.height}`);
}"""


def test_titles_tell_pages_apart_and_every_page_has_one_heading(
    opened: Page, showcase_site: str, pages: list[Example]
) -> None:
    wrong: list[str] = []
    opened.set_viewport_size(WIDTHS["desk"])
    seen: dict[str, str] = {}
    for example in pages:
        opened.goto(showcase_site + example.path, wait_until="domcontentloaded")
        title = opened.title()
        same = seen.setdefault(title, _page_of(example))
        if same != _page_of(example):
            wrong.append(f"{example.name} and {same} are both “{title}”")
        if opened.locator("h1").count() != 1 or opened.locator("main").count() != 1:
            wrong.append(f"{example.name} has not one heading and one main part")
        if opened.locator("html").get_attribute("lang") != "zh-CN":
            wrong.append(f"{example.name} names no language")
    assert not wrong, "\n".join(wrong)


def _page_of(example: Example) -> str:
    """The address without what only places or narrows; a section is a place of its page."""
    return re.split(r"[?#]|/s/", example.path)[0].replace("/embed/", "/t/")


def test_the_keyboard_reaches_the_main_part_and_wide_tables(
    opened: Page, showcase_site: str, pages: list[Example]
) -> None:
    opened.set_viewport_size(WIDTHS["phone"])
    table = next(example for example in pages if example.name == "table")
    opened.goto(showcase_site + table.path)
    opened.keyboard.press("Tab")
    skip = opened.locator(".skip")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()
    opened.keyboard.press("Enter")
    expect(opened).to_have_url(re.compile("#main$"))
    opened.keyboard.press("Tab")
    expect(opened.locator("main :focus")).to_have_count(1)
    wide = opened.locator(".scroll").first
    wide.focus()
    assert opened.evaluate("getComputedStyle(document.activeElement).outlineStyle") != "none"
    before = wide.evaluate("one => one.scrollLeft")
    for _ in range(4):
        opened.keyboard.press("ArrowRight")
    opened.wait_for_function(
        "before => document.querySelector('.scroll').scrollLeft > before", arg=before
    )


def test_every_control_shows_that_it_has_the_focus(
    opened: Page, showcase_site: str, pages: list[Example]
) -> None:
    opened.set_viewport_size(WIDTHS["desk"])
    opened.emulate_media(reduced_motion="reduce")  # else the page still moves when it is asked
    chosen = {"home", "results: all", "figure", "findings", "policies", "compare"}
    unseen: list[str] = []
    for example in (each for each in pages if each.name in chosen):
        opened.goto(showcase_site + example.path)
        for _ in range(25):
            opened.keyboard.press("Tab")
            hidden = opened.evaluate(UNSEEN)
            if hidden:
                unseen.append(f"{example.name}: {hidden}")
    assert not unseen, "\n".join(unseen)


UNSEEN = """() => {
  const one = document.activeElement;
  if (one === document.body) return "";
  const style = getComputedStyle(one), box = one.getBoundingClientRect();
  const outlined = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
  const above = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
  const covered = above && !one.contains(above) && !above.contains(one) && !above.closest("label");
  return outlined && !covered ? "" : one.outerHTML.slice(0, 120);
}"""


def test_cells_of_stacked_headers_name_their_heads(
    opened: Page, showcase_site: str, pages: list[Example]
) -> None:
    table = next(example for example in pages if example.name == "table")
    opened.goto(showcase_site + table.path)
    heads = opened.locator("table.printed thead th")
    scopes = {heads.nth(at).get_attribute("scope") for at in range(heads.count())}
    assert scopes <= {"col", "colgroup"}
    assert opened.locator("table.printed tbody th[scope=row]").count() > 0


def test_nothing_moves_for_those_who_ask_for_less(
    opened: Page, showcase_site: str, pages: list[Example]
) -> None:
    behaviour = "getComputedStyle(document.documentElement).scrollBehavior"
    opened.goto(showcase_site)
    opened.emulate_media(reduced_motion="no-preference")
    assert opened.evaluate(behaviour) == "smooth"
    opened.emulate_media(reduced_motion="reduce")
    assert opened.evaluate(behaviour) == "auto"
