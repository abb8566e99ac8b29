"""A fault costs a page; the end of memory is no fault of a page, and the worker must see it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from lxml import etree, html

from indexer.pages import Page
from indexer.readers import pdf
from indexer.readers.docx import read_docx
from indexer.readers.html import read_html
from indexer.readers.pdf import page_of, read_pdf
from indexer.readers.pdf import pdfminer as pdf_pdfminer
from indexer.readers.pdf.ink import Ink
from indexer.readers.pdf.pdfminer import PdfminerFile
from indexer.readers.xlsx import read_xlsx
from tests.indexer import bad_files as bad


def exhausted(*_: object, **__: object) -> None:
    raise MemoryError


def exhausted_parser(*_: object, **__: object) -> None:
    raise etree.XMLSyntaxError("unknown error", etree.ErrorTypes.ERR_NO_MEMORY, 0, 0)


@pytest.mark.parametrize(
    ("place", "use"),
    [
        ("PDFDocument", lambda: PdfminerFile(bad.kids_cycle())),
        ("_ClippingInterpreter", lambda: PdfminerFile(bad.kids_cycle()).ink(1)),
        ("resolve1", lambda: PdfminerFile(bad.kids_cycle()).damage(1)),
    ],
)
def test_pdfminer(monkeypatch: pytest.MonkeyPatch, place: str, use: Callable[[], object]) -> None:
    monkeypatch.setattr(pdf_pdfminer, place, exhausted)
    with pytest.raises(MemoryError):
        use()


@pytest.mark.parametrize(
    ("module", "function", "read", "data"),
    [
        (html, "document_fromstring", read_html, b"<p>a"),
        (etree, "fromstring", read_docx, bad.nested_docx(2000)),
        (etree, "fromstring", read_xlsx, bad.xlsx_of("<broken")),
    ],
)
def test_lxml(
    monkeypatch: pytest.MonkeyPatch,
    module: object,
    function: str,
    read: Callable[[bytes, str], object],
    data: bytes,
) -> None:
    monkeypatch.setattr(module, function, exhausted_parser)
    with pytest.raises(MemoryError):
        read(data, "a")


def test_a_page_on_which_the_program_fails_costs_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    def failing(ink: Ink) -> Page:
        if ink.number == 2:
            raise IndexError("list index out of range")
        return page_of(ink)

    monkeypatch.setattr(pdf, "page_of", failing)
    first, second, third = read_pdf(bad.drawn(3, bad.text_page), "a.pdf").pages
    assert first.items
    assert third.items
    assert (second.number, second.items) == (2, ())
    assert "第2页处理时出错（IndexError" in (second.problem or "")
    monkeypatch.setattr(pdf, "page_of", exhausted)
    with pytest.raises(MemoryError):
        read_pdf(bad.drawn(1, bad.text_page), "a.pdf")
