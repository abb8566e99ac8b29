"""A real Chromium, at the sizes of a phone and of a desk."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

PATIENCE_MS = 30_000
"""How long a busy machine may take for anything; what is there is not waited for."""
SIZES = {"phone": (390, 844), "desk": (1440, 900)}
SHOTS = Path(__file__).parents[2] / "ci-output" / "screenshots"
QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture(scope="session")
def browser(chromium_path: str) -> Iterator[Browser]:
    expect.set_options(timeout=PATIENCE_MS)
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path=chromium_path, args=QUIET, timeout=PATIENCE_MS
        )
        yield chromium
        chromium.close()


@pytest.fixture(params=SIZES)
def page(request: pytest.FixtureRequest, browser: Browser) -> Iterator[Page]:
    """A page that fails the test on any script error, and leaves a screenshot."""
    width, height = SIZES[request.param]
    context = browser.new_context(viewport={"width": width, "height": height}, locale="zh-CN")
    opened = context.new_page()
    errors: list[str] = []
    opened.on("pageerror", lambda error: errors.append(str(error)))
    opened.set_default_timeout(PATIENCE_MS)
    yield opened
    opened.wait_for_load_state("load")
    SHOTS.mkdir(parents=True, exist_ok=True)
    name = re.sub(r"[^\w\-]+", "-", request.node.name)
    opened.screenshot(path=SHOTS / f"{name}.png", full_page=True)
    context.close()
    assert not errors
