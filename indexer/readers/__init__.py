"""Bytes to pages: one module a format, chosen by content and never by file name.

Reads files for the rest of ``indexer``; knows nothing of budgets.  :func:`read` is all that
other stages use.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from importlib import import_module
from typing import cast

from archive.errors import UnreadableFile
from indexer.pages import Pages
from indexer.readers.detect import Format, detect
from indexer.readers.guards import check_size, give_back

_Reader = Callable[[bytes, str], Pages]

_READERS = {
    Format.PDF: ("pdf", "read_pdf"),
    Format.DOCX: ("docx", "read_docx"),
    Format.XLSX: ("xlsx", "read_xlsx"),
    Format.HTML: ("html", "read_html"),
    Format.MHTML: ("html", "read_mhtml"),
    Format.TEXT: ("text", "read_text"),
    Format.DOC: ("legacy", "read_doc"),
    Format.RTF: ("legacy", "read_rtf"),
    Format.ODT: ("legacy", "read_odt"),
    Format.WORD_XML: ("legacy", "read_word_xml"),
    Format.XLS: ("legacy", "read_xls"),
    Format.XLSB: ("legacy", "read_xlsb"),
    Format.ODS: ("legacy", "read_ods"),
    Format.EXCEL_XML: ("legacy", "read_excel_xml"),
}
"""Module and function of each reader; named, so that a worker loads only what it needs."""


def read(data: bytes, name: str) -> Pages:
    """Read a file of any supported format.

    ``name`` is used in messages only.  Raises UnreadableFile when the file cannot be read
    as a whole or holds no text, MissingConverter when it is a legacy format and LibreOffice
    is missing; a part that cannot be read is told as a problem of its page.
    """
    check_size(data, name)
    found = detect(data, name)
    module, function = _READERS[found]
    reader = cast(_Reader, getattr(import_module(f"{__name__}.{module}"), function))
    pages = replace(reader(data, name), media_type=found.value)
    give_back()
    if not any(page.items for page in pages.pages):
        raise UnreadableFile(f"{name}：{_why_nothing(pages)}")
    return pages


def _why_nothing(pages: Pages) -> str:
    """Why no page was read: the reason of the first, and how many others are like it."""
    problems = [page.problem for page in pages.pages if page.problem]
    if not problems:
        return "文件里没有文字，请核对原件。"
    others = f"其余 {len(pages.pages) - 1} 页也没有读出文字。" if len(pages.pages) > 1 else ""
    return problems[0] + others
