"""Damaged and locked files, scans, glyphs without characters: each costs only itself."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from PIL import Image
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from archive.errors import UnreadableFile
from indexer.readers.pdf import read_pdf
from tests.indexer.readers.pdf.drawn import (
    TWO_HEADERS,
    Draw,
    expected,
    grid,
    page,
    pdf,
    ruled,
    table,
    texts,
)


def streams(data: bytes) -> list[re.Match[bytes]]:
    return list(re.finditer(rb"/Contents (\d+) 0 R", data))


def without_contents(data: bytes) -> bytes:
    match = streams(data)[1]
    return data[: match.start()] + b"/Contents 99 0 R".ljust(len(match[0])) + data[match.end() :]


def with_broken_contents(data: bytes) -> bytes:
    number = streams(data)[1][1]
    start = data.index(b"stream", data.index(b"\n" + number + b" 0 obj")) + 20
    return data[:start] + b"z" * 100 + data[start + 100 :]


def with_broken_page(data: bytes) -> bytes:
    """The second page's own object is gone."""
    second = list(re.finditer(rb"/Type /Page\s", data))[1]
    start = data.rindex(b"<<", 0, data.rindex(b"/Contents", 0, second.start()))
    end = data.index(b"endobj", start)
    return data[:start] + b"null".ljust(end - start) + data[end:]


@pytest.mark.parametrize("damage", [without_contents, with_broken_contents, with_broken_page])
def test_a_malformed_page_costs_that_page(damage: Callable[[bytes], bytes]) -> None:
    first, second, third = read_pdf(damage(pdf(ruled, ruled, ruled)), "坏页.pdf").pages
    assert table(grid(first)) == table(grid(third)) == expected(*TWO_HEADERS)
    assert (first.problem, third.problem) == (None, None)
    assert second.items == ()
    assert second.problem
    assert second.problem.startswith("第2页")


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (pdf(ruled)[:300], "已损坏"),
        (b"%PDF-1.7\n" + bytes(range(256)) * 8, "已损坏"),
        (b"", "已损坏"),
        (pdf(ruled, encrypt=StandardEncryption("secret", ownerPassword="owner")), "密码"),
    ],
)
def test_unreadable_files_say_so(data: bytes, reason: str) -> None:
    with pytest.raises(UnreadableFile, match=f"^某局.pdf：.*{reason}"):
        read_pdf(data, "某局.pdf")


def test_a_file_locked_for_changes_only_is_read() -> None:
    found = page(ruled, encrypt=StandardEncryption("", ownerPassword="owner"))
    assert table(grid(found)) == expected(*TWO_HEADERS)


def test_a_file_cut_off_behind_its_last_page_is_read_and_reported() -> None:
    data = pdf(ruled)
    (only,) = read_pdf(data[: data.rindex(b"%%EOF")] + b" " * 4000, "残.pdf").pages
    assert table(grid(only)) == expected(*TWO_HEADERS)
    assert only.problem
    assert "第1页之后" in only.problem


def scan(canvas: Canvas) -> None:
    canvas.drawImage(ImageReader(Image.new("RGB", (20, 28), "gray")), 0, 0, 595, 842)


def scan_with_page_number(canvas: Canvas) -> None:
    scan(canvas)
    canvas.drawString(290, 30, "- 3 -")


def outlines(canvas: Canvas) -> None:
    for number in range(60):
        canvas.circle(50 + 8 * (number % 30), 600, 3)


@pytest.mark.parametrize(
    ("draw", "problem", "items"),
    [
        (scan, "第1页是扫描图像，没有文字", 0),
        (scan_with_page_number, "第1页是扫描图像，几乎没有文字", 1),
        (outlines, "第1页的文字已转成图形", 0),
        (lambda canvas: None, None, 0),
    ],
)
def test_pages_without_text(draw: Draw, problem: str | None, items: int) -> None:
    found = page(draw)
    assert len(found.items) == items
    assert (found.problem or "").startswith(problem or "\0") == (problem is not None)


def unmapped(data: bytes) -> bytes:
    """The glyphs of the font mean private-use characters, as after a careless conversion."""
    table = b"".join(b"<%02X> <E0%02X>\n" % (code, code) for code in range(0x20, 0x7F))
    cmap = (
        b"/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /X def "
        b"/CMapType 2 def 1 begincodespacerange <00> <FF> endcodespacerange 95 beginbfchar\n"
        + table
        + b"endbfchar endcmap CMapName currentdict /CMap defineresource pop end end"
    )
    body = b"%%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
    body += b"2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
    body += (
        b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 300]/Contents 5 0 R"
        b"/Resources<</Font<</F 4 0 R/G 7 0 R>>>>>>endobj\n"
        b"4 0 obj<</Type/Font/Subtype/Type1/BaseFont/Helvetica/ToUnicode 6 0 R>>endobj\n"
        b"7 0 obj<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>endobj\n"
    )
    for number, stream in ((5, data), (6, cmap)):
        body += b"%d 0 obj<</Length %d>>stream\n" % (number, len(stream))
        body += stream + b"\nendstream endobj\n"
    return body + b"trailer<</Root 1 0 R>>\n%%EOF"


@pytest.mark.parametrize(
    ("content", "found", "problem"),
    [
        (b"BT /F 12 Tf 20 200 Td (garbled text) Tj ET", [], "第1页的字体没有文字编码，100%"),
        (
            b"BT /G 12 Tf 20 200 Td (Budget of the year 2024) Tj /F 12 Tf (x) Tj ET",
            ["Budget of the year 2024〓"],
            "第1页有1个字无法识别",
        ),
        (b"BT /G 12 Tf 20 200 Td (Budget) Tj ET", ["Budget"], None),
    ],
)
def test_glyphs_without_characters_are_no_text(
    content: bytes, found: list[str], problem: str | None
) -> None:
    (read,) = read_pdf(unmapped(content), "乱码.pdf").pages
    assert texts(read) == found
    assert (read.problem or "").startswith(problem or "")
    assert (read.problem is None) == (problem is None)
