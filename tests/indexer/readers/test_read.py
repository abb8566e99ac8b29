from __future__ import annotations

import contextlib
import io
from random import Random

import pytest
from docx import Document
from hypothesis import assume, given
from hypothesis import strategies as st
from openpyxl import Workbook

from archive.errors import UnreadableFile
from indexer.readers import read
from indexer.readers.detect import Format


def docx() -> bytes:
    target = io.BytesIO()
    document = Document()
    document.add_paragraph("部门预算公开")
    document.save(target)
    return target.getvalue()


def xlsx() -> bytes:
    target = io.BytesIO()
    book = Workbook()
    book.worksheets[0].append(["项目", "预算数"])
    book.save(target)
    return target.getvalue()


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (docx(), Format.DOCX),
        (xlsx(), Format.XLSX),
        ("<html><body>部门预算公开</body></html>".encode("gb18030"), Format.HTML),
        ("部门预算公开".encode("utf-16"), Format.TEXT),
    ],
)
@pytest.mark.parametrize("name", ["a.pdf", "b.doc", "没有后缀"])
def test_the_reader_is_chosen_by_content(data: bytes, expected: Format, name: str) -> None:
    pages = read(data, name)
    assert pages.media_type == expected.value
    assert pages.pages[0].items


@pytest.mark.parametrize("data", [b"", b" \r\n", b"\0\1\2" * 99, docx()[:-50], docx()[:300]])
def test_what_cannot_be_read_is_refused_with_its_name(data: bytes) -> None:
    with pytest.raises(UnreadableFile, match=r"^坏文件\.pdf：.*[。）]$"):
        read(data, "坏文件.pdf")


@pytest.mark.parametrize("whole", [docx(), xlsx()], ids=["docx", "xlsx"])
def test_flipped_bytes_never_raise_anything_else(whole: bytes) -> None:
    random = Random(7)
    for _ in range(60):
        broken = bytearray(whole)
        for _ in range(random.randint(1, 8)):
            broken[random.randrange(4, len(broken))] = random.randrange(256)
        try:
            read(bytes(broken), "a")
        except UnreadableFile:
            continue


@given(st.binary(max_size=400))
def test_arbitrary_bytes_never_raise_anything_else(data: bytes) -> None:
    assume(b"{\\rtf" not in data)  # would start LibreOffice
    with contextlib.suppress(UnreadableFile):
        read(data, "a")
