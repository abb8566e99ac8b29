"""An auditor filters rows by amount, narrows them, sorts them and takes them away."""

from __future__ import annotations

import csv
import io
import re
from decimal import Decimal
from pathlib import Path
from urllib.parse import unquote

import pytest
from playwright.sync_api import Page, expect

from tests.browser.arriving import arrives
from tests.browser.fitting import fits

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]


def amounts(page: Page) -> list[Decimal]:
    """The amounts shown, all of them between 10 and 500 万元."""
    texts = page.locator(".figures td.amount a").all_inner_texts()
    return [Decimal(text.removesuffix("万元")) for text in texts]


def test_rows_are_filtered_sorted_narrowed_and_exported(
    page: Page, sample_site: str, tmp_path: Path
) -> None:
    page.goto(sample_site)
    box = page.locator("input[name=q]").first
    box.fill("医疗 金额:10万..500万")
    with arrives(page):
        box.press("Enter")
    tabs = page.get_by_role("navigation", name="结果类型")
    expect(tabs).to_be_visible()
    assert fits(page)
    with arrives(page):
        tabs.get_by_role("link", name="表格行").click()
    expect(page).to_have_url(re.compile("in=rows"))
    assert fits(page)
    found = page.get_by_role("status").inner_text()
    with arrives(page):
        page.get_by_role("link", name="金额从小到大").click()
    expect(page.locator(".sorts [aria-current]")).to_have_text("金额从小到大")
    smallest = amounts(page)
    with arrives(page):
        page.get_by_role("link", name="金额从大到小").click()
    expect(page.locator(".sorts [aria-current]")).to_have_text("金额从大到小")
    largest = amounts(page)
    assert smallest == sorted(smallest)
    assert largest == sorted(largest, reverse=True)
    assert 10 <= smallest[0] < largest[0] <= 500
    assert page.get_by_role("status").inner_text() == found

    folded = page.locator(".facets-folded summary")
    if folded.is_visible():
        folded.click()
    year = page.get_by_role("link", name="2024", exact=True)
    count = year.locator("xpath=..").locator(".count").inner_text()
    with arrives(page):
        year.click()
    expect(page.locator(".readings")).to_contain_text("2024")
    assert "年度:2024" in unquote(page.url)
    expect(page.get_by_role("status")).to_contain_text(f"找到 {count} 个")
    with page.expect_download() as download:
        page.get_by_role("link", name="CSV").click()
    path = tmp_path / "rows.csv"
    download.value.save_as(path)
    head, *rows = csv.reader(io.StringIO(path.read_bytes().decode("utf-8-sig"), newline=""))
    assert len(rows) == int(count)
    assert {row[head.index("年度")] for row in rows} == {"2024"}

    with arrives(page):
        page.locator(".figures td.amount a").first.click()
    expect(page.locator("td.target-cell")).to_be_visible()
    assert fits(page)
