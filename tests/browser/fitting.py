"""Whether a page needs no sideways scrolling, asked of a page that is there whole."""

from __future__ import annotations

from playwright.sync_api import Page

# A click returns before the next page has come, and a page just begun has no root element:
# asked at that moment, the question itself would fail.
VERDICT = """() => {
  const root = document.documentElement;
  if (!root || document.readyState !== 'complete') return '';
  return root.scrollWidth <= root.clientWidth ? 'fits' : 'too wide';
}"""


def fits(page: Page) -> bool:
    """Wait for the page, then tell whether nothing of it is cut off sideways."""
    return bool(page.wait_for_function(VERDICT).json_value() == "fits")
