"""A printed table: A4, its header on every page, its unit, its source and every figure."""

from __future__ import annotations

import re

import pypdfium2
import pytest
from playwright.sync_api import Browser

from archive.addresses import column_ids, row_path
from archive.archive import Archive
from archive.model import Document, Table
from bench.kinds_of_page import table_path
from tests.showcase import LONG

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

A4 = (595, 842)
"""Points."""
WIDE = 7
"""A table of more columns is printed across the long side."""


def printed_pages(browser: Browser, address: str) -> list[tuple[tuple[float, float], str]]:
    """The size of each page of paper and the text on it, without blanks."""
    context = browser.new_context(locale="zh-CN", color_scheme="dark")
    page = context.new_page()
    page.goto(address)
    data = page.pdf(prefer_css_page_size=True, print_background=True)
    context.close()
    pdf = pypdfium2.PdfDocument(data)
    pages = [(one.get_size(), one.get_textpage().get_text_bounded()) for one in pdf]
    pdf.close()
    return [(size, re.sub(r"\s+", "", text)) for size, text in pages]


def table_of(archive: Archive, agency: str, *, wide: bool, most: int) -> tuple[Document, Table]:
    """A table of the agency with rows, of at most so many."""
    for document in archive.store.documents():
        if (document.agency or "").startswith(agency):
            for table in archive.store.tables(document.id):
                if 5 < len(table.rows) <= most and (len(table.columns) > WIDE) == wide:
                    return document, table
    raise AssertionError(agency)


@pytest.mark.parametrize("wide", [False, True])
def test_a_table_is_printed_whole_with_its_source(
    browser: Browser, showcase_archive: Archive, showcase_site: str, wide: bool
) -> None:
    document, table = table_of(showcase_archive, "昌吉", wide=wide, most=100)
    pages = printed_pages(browser, showcase_site + table_path(document, table.id))
    for (width, height), _ in pages:
        shown = sorted((width, height))
        assert [round(each) for each in shown] == pytest.approx(A4, abs=2)
        assert (width > height) == wide
    text = "".join(text for _, text in pages)
    assert text.startswith(re.sub(r"\s+", "", f"表{table.number}{table.title}"))
    assert f"单位：{table.unit}" in text
    source = f"来源：《{document.title}》"
    assert source in text
    assert document.id in text.partition(source)[2]
    figures = {cell.printed for row in table.rows for cell in row.cells if cell.fen is not None}
    assert figures
    assert not {figure for figure in figures if figure not in text}
    assert "跳到正文" not in text
    assert "搜索" not in text


def test_a_printed_figure_speaks_of_no_picture_that_is_not_printed(
    browser: Browser, showcase_archive: Archive, showcase_site: str
) -> None:
    document = next(
        one for one in showcase_archive.store.documents() if one.media_type == "application/pdf"
    )
    table = next(one for one in showcase_archive.store.tables(document.id) if one.rows)
    row = next(one for one in table.rows if any(cell.fen for cell in one.cells))
    cell = next(one for one in row.cells if one.fen)
    column = column_ids(one.path for one in table.columns)[cell.column]
    address = row_path(document, table.id, row.id, column)
    text = "".join(text for _, text in printed_pages(browser, showcase_site + address))
    assert f"{cell.printed}{table.unit}" in text
    assert "原件第" not in text


def test_a_long_table_repeats_its_header_on_every_page(
    browser: Browser, showcase_archive: Archive, showcase_site: str
) -> None:
    document = next(d for d in showcase_archive.store.documents() if d.agency == LONG)
    table = max(showcase_archive.store.tables(document.id), key=lambda one: len(one.rows))
    pages = printed_pages(browser, showcase_site + table_path(document, table.id))
    heads = ["".join(column.path) for column in table.columns]
    with_rows = [text for _, text in pages if "站点工作经费" in text]
    assert len(with_rows) >= 2
    for text in with_rows:
        assert table.columns[-1].path[-1] in text, heads
    assert sum(text.count("站点工作经费") for text in with_rows) == 100
