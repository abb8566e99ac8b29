"""What Chromium asks for at the first view of each kind of page: how much, and of whom."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, Route

from archive.archive import Archive
from tests.pages import examples

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

MOST_REQUESTS = 8
MOST_BYTES = 100 * 1024
TITLE = "what Chromium asks for at a first view"
HEAD = f"{'page':28} | requests | KB received without page images"


# The icon of the tab is no part of a page's load: Chromium asks for it when it gets round to
# it, on a busy machine only after the first page has been left.
RECEIVED = """() => ['navigation', 'resource']
  .flatMap(kind => performance.getEntriesByType(kind))
  .filter(one => !one.name.endsWith('/icon.svg'))
  .map(one => [one.name, one.encodedBodySize])"""
RESOURCES = """() => performance.getEntriesByType('resource')
  .filter(one => !one.name.endsWith('/icon.svg'))
  .map(one => [one.name, one.transferSize])"""


def test_a_first_view_asks_for_little_and_of_nobody_else(
    browser: Browser,
    showcase_archive: Archive,
    showcase_site: str,
    record_property: Callable[[str, object], None],
) -> None:
    record_property(f"report:{TITLE}", HEAD)
    wrong: list[str] = []
    strangers: list[str] = []

    def only_ours(route: Route) -> None:
        if route.request.url.startswith(showcase_site):
            route.continue_()
        else:
            strangers.append(route.request.url)
            route.abort()

    for example in examples(showcase_archive):
        context = browser.new_context(locale="zh-CN")  # a new one has nothing kept
        context.route("**/*", only_ours)
        page = context.new_page()
        page.goto(showcase_site + example.path)
        asked = page.evaluate(RECEIVED)
        received = sum(size for name, size in asked if ".webp" not in name)
        line = f"{example.name:28} | {len(asked):8} | {received / 1024:.1f}"
        record_property(f"report:{TITLE}", line)
        if not 2 <= len(asked) <= MOST_REQUESTS or received > MOST_BYTES:
            wrong.append(line)
        context.unroute_all(behavior="ignoreErrors")  # the icon may be asked for at this moment
        context.close()
    assert not strangers
    assert not wrong, "\n".join([HEAD, *wrong])


def test_a_second_page_asks_for_itself_alone(browser: Browser, showcase_site: str) -> None:
    context = browser.new_context(locale="zh-CN")
    page = context.new_page()
    page.goto(showcase_site)
    first = dict(page.evaluate(RESOURCES))
    page.goto(f"{showcase_site}/about")
    second = dict(page.evaluate(RESOURCES))
    assert len(second) >= 2
    assert second.keys() <= first.keys()
    assert all(first.values())
    assert not any(second.values())
    context.close()
