"""Following a link, a form or a key to another page, which is there whole afterwards."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Page


@contextmanager
def arrives(page: Page) -> Iterator[None]:
    """What is done inside leads to another page: wait until all of that has come.

    A click returns before the next page has come.  Whatever is asked without this may still be
    answered by the page that is left, or by the first half of the next one.
    """
    with page.expect_navigation(wait_until="load"):
        yield
