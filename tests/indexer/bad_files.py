"""Files that harm whoever reads them carelessly, made small and by hand.

Each function gives the bytes of one file; what it is that harms stands in its name.
"""

from __future__ import annotations

import io
import random
import zipfile
import zlib
from collections.abc import Callable, Mapping
from functools import cache

from docx import Document
from openpyxl import Workbook
from PIL import Image
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

FONT = "STSong-Light"
MAIN_NS = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
WORD_NS = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"

Objects = dict[int, bytes]


# -- PDF ----------------------------------------------------------------------------------


def drawn(pages: int, draw: Callable[[Canvas, int], None], password: str | None = None) -> bytes:
    """A PDF of so many pages, each drawn by ``draw`` with its number."""
    pdfmetrics.registerFont(UnicodeCIDFont(FONT))
    target = io.BytesIO()
    encryption = StandardEncryption(password, canPrint=0) if password else None
    canvas = Canvas(target, pagesize=(595, 842), encrypt=encryption, invariant=1)
    for number in range(1, pages + 1):
        draw(canvas, number)
        canvas.showPage()
    canvas.save()
    return target.getvalue()


def text_page(canvas: Canvas, number: int) -> None:
    canvas.setFont(FONT, 12)
    for line in range(20):
        canvas.drawString(72, 760 - 20 * line, f"第{number}页第{line}行：预算数 {line}.50 万元。")


def truncated_pdf() -> bytes:
    whole = drawn(5, text_page)
    return whole[: len(whole) // 3]


def encrypted_pdf() -> bytes:
    return drawn(2, text_page, password="secret")


def scanned_pdf(pages: int = 500) -> bytes:
    picture = io.BytesIO()
    Image.new("L", (60, 80), 200).save(picture, "PNG")
    image = ImageReader(picture)
    return drawn(pages, lambda canvas, number: canvas.drawImage(image, 0, 0, 595, 842))


def junk() -> bytes:
    return random.Random(4).randbytes(30_000)


def junk_behind_a_header() -> bytes:
    return b"%PDF-1.7\n" + junk()


def pdf_of(objects: Objects, trailer: bytes = b"") -> bytes:
    """A PDF with these objects and a sound cross-reference table; object 1 is the catalog."""
    out = bytearray(b"%PDF-1.7\n")
    offsets = {}
    for number, content in objects.items():
        offsets[number] = len(out)
        out += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    start = len(out)
    out += b"xref\n0 1\n0000000000 65535 f \n"
    for number, offset in offsets.items():
        out += b"%d 1\n%010d 00000 n \n" % (number, offset)
    size = max(objects) + 1
    out += b"trailer\n<</Size %d/Root 1 0 R%s>>\n" % (
        size,
        trailer.replace(b"@XREF", b"%d" % start),
    )
    return bytes(out + b"startxref\n%d\n%%%%EOF\n" % start)


def stream(data: bytes, entries: bytes = b"") -> bytes:
    return b"<</Length %d%s>>stream\n%s\nendstream" % (len(data), entries, data)


FONTS = b"/Font<</F1<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>"
SAID = b"BT /F1 12 Tf 72 700 Td (Budget 2024 total 35.06) Tj ET"


def one_page(content: bytes, resources: bytes = b"") -> Objects:
    """The objects of a PDF with one page, whose content stream is object 4."""
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<<%s%s>>>>"
    return {
        1: b"<</Type/Catalog/Pages 2 0 R>>",
        2: b"<</Type/Pages/Count 1/Kids[3 0 R]>>",
        3: page % (FONTS, resources),
        4: stream(content),
    }


def kids_cycle() -> bytes:
    objects = one_page(SAID)
    objects[2] = b"<</Type/Pages/Count 1/Kids[3 0 R 2 0 R 5 0 R]>>"
    objects[5] = b"<</Type/Pages/Parent 2 0 R/Count 2/Kids[2 0 R 5 0 R]>>"
    return pdf_of(objects)


def million_pages_claimed() -> bytes:
    return pdf_of(one_page(SAID) | {2: b"<</Type/Pages/Count 100000000/Kids[3 0 R]>>"})


def deep_page_tree(depth: int = 20_000) -> bytes:
    objects = one_page(SAID)
    objects[2] = b"<</Type/Pages/Count 1/Kids[10 0 R]>>"
    for number in range(10, 10 + depth):
        objects[number] = b"<</Type/Pages/Parent %d 0 R/Count 1/Kids[%d 0 R]>>" % (
            number - 1 if number > 10 else 2,
            number + 1,
        )
    objects[10 + depth] = objects.pop(3)
    return pdf_of(objects)


def form_that_draws_itself() -> bytes:
    form = stream(
        b"/X Do " + SAID,
        b"/Type/XObject/Subtype/Form/BBox[0 0 595 842]/Resources<</XObject<</X 5 0 R>>>>",
    )
    return pdf_of(one_page(b"/X Do " + SAID, b"/XObject<</X 5 0 R>>") | {5: form})


def forms_that_double(depth: int = 28) -> bytes:
    """Each form draws the next one twice: 2 to the power of ``depth`` in all."""
    objects = one_page(b"/X Do /X Do", b"/XObject<</X 10 0 R>>")
    for number in range(10, 10 + depth):
        entries = b"/Type/XObject/Subtype/Form/BBox[0 0 595 842]/Resources<</XObject<</X %d 0 R>>>>"
        objects[number] = stream(b"/X Do /X Do", entries % (number + 1))
    objects[10 + depth] = stream(SAID, b"/Type/XObject/Subtype/Form/BBox[0 0 595 842]")
    return pdf_of(objects)


def content_of_itself() -> bytes:
    objects = one_page(SAID)
    objects[4] = b"[4 0 R 4 0 R]"
    return pdf_of(objects)


def length_of_itself() -> bytes:
    objects = one_page(SAID)
    objects[4] = b"<</Length 4 0 R>>stream\n" + SAID + b"\nendstream"
    return pdf_of(objects)


def xref_loop() -> bytes:
    return pdf_of(one_page(SAID), b"/Prev @XREF")


def inflating_pdf(megabytes: int = 600) -> bytes:
    packer = zlib.compressobj(9)
    packed = b"".join(packer.compress(b" " * (1 << 20)) for _ in range(megabytes)) + packer.flush()
    objects = one_page(SAID)
    objects[4] = stream(packed, b"/Filter/FlateDecode")
    return pdf_of(objects)


def font_without_characters() -> bytes:
    """Text in an embedded-looking CID font whose glyph numbers mean nothing to anybody."""
    font = (
        b"<</Type/Font/Subtype/Type0/BaseFont/ABCDEF+Song/Encoding/Identity-H/DescendantFonts"
        b"[<</Type/Font/Subtype/CIDFontType2/BaseFont/ABCDEF+Song/CIDSystemInfo"
        b"<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>/DW 1000/FontDescriptor"
        b"<</Type/FontDescriptor/FontName/ABCDEF+Song/Flags 4/FontBBox[0 0 1000 1000]"
        b"/ItalicAngle 0/Ascent 800/Descent -200/CapHeight 700/StemV 80>>>>]>>"
    )
    glyphs = b"".join(b"%04X" % (0x1234 + 7 * i) for i in range(200))
    objects = one_page(b"BT /G 12 Tf 72 700 Td <%s> Tj ET" % glyphs)
    objects[3] = objects[3].replace(FONTS, b"/Font<</G 5 0 R>>")
    return pdf_of(objects | {5: font})


# -- Office -------------------------------------------------------------------------------


@cache
def plain_docx() -> bytes:
    document = Document()
    document.add_paragraph("正文")
    target = io.BytesIO()
    document.save(target)
    return target.getvalue()


@cache
def plain_xlsx() -> bytes:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet["A1"] = "收入"
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def with_parts(package: bytes, parts: Mapping[str, bytes]) -> bytes:
    """A ZIP with some of its entries replaced."""
    target = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(package)) as old,
        zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in dict.fromkeys([*old.namelist(), *parts]):
            new.writestr(name, parts[name] if name in parts else old.read(name))
    return target.getvalue()


def docx_of(body: str) -> bytes:
    source = f'<w:document xmlns:w="{WORD_NS}"><w:body>{body}</w:body></w:document>'
    return with_parts(plain_docx(), {"word/document.xml": source.encode()})


def xlsx_of(sheet: str) -> bytes:
    source = f'<worksheet xmlns="{MAIN_NS}">{sheet}</worksheet>'
    return with_parts(plain_xlsx(), {"xl/worksheets/sheet1.xml": source.encode()})


def bomb_docx(megabytes: int = 300) -> bytes:
    return with_parts(plain_docx(), {"word/document.xml": b" " * (megabytes << 20)})


def bomb_xlsx(megabytes: int = 300) -> bytes:
    return with_parts(plain_xlsx(), {"xl/worksheets/sheet1.xml": b" " * (megabytes << 20)})


def paragraph(text: str) -> str:
    return f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"


def nested_docx(depth: int) -> bytes:
    """Tables in tables, each with a filled cell beside the one that holds the next."""
    cells = f"<w:tc>{paragraph('项目')}</w:tc><w:tc>{paragraph('1.00')}</w:tc>"
    opened = f"<w:tbl><w:tr>{cells}<w:tc>"
    closed = f"{paragraph('')}</w:tc></w:tr></w:tbl>"
    inside = opened * depth + paragraph("最里面") + closed * depth
    return docx_of(paragraph("前言") + inside + paragraph("结尾"))


def far_apart_xlsx() -> bytes:
    """Two cells at the far corners of a sheet that claims to be full."""
    return xlsx_of(
        '<dimension ref="A1:XFD1048576"/><sheetData>'
        '<row r="1"><c r="A1" t="inlineStr"><is><t>收入合计</t></is></c></row>'
        '<row r="1048576"><c r="XFD1048576"><v>35.06</v></c></row></sheetData>'
    )


def merged_xlsx() -> bytes:
    return xlsx_of(
        '<sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>收入</t></is></c></row></sheetData>'
        '<mergeCells count="1"><mergeCell ref="A1:XFD1048576"/></mergeCells>'
    )


# -- HTML and text ------------------------------------------------------------------------


def nested_html(tag: str, depth: int = 100_000) -> bytes:
    inside = f"<{tag}>" * depth + "第一部分 概况" + f"</{tag}>" * depth
    return f"<html><body><p>开头一段</p>{inside}<p>末尾一段</p></body></html>".encode()


def million_cells_html() -> bytes:
    row = "<tr>" + "".join(f"<td>{number}.00</td>" for number in range(100)) + "</tr>"
    return f"<html><body><table>{row * 10_000}</table></body></html>".encode()


def many_paragraphs_html(count: int = 300_000) -> bytes:
    lines = "".join(f"<p class=a>第{number}段</p>" for number in range(count))
    return f"<html><body>{lines}</body></html>".encode()


def spanning_html(tables: int = 1) -> bytes:
    cell = "<td colspan=100000 rowspan=100000>合计</td>"
    row = f"<tr>{cell * 3}</tr>"
    table = f"<table>{row * 3000}</table>"
    return f"<html><body><p>开头一段</p>{table * tables}</body></html>".encode()


def long_line(megabytes: int = 5) -> bytes:
    sentence = "2024年一般公共预算财政拨款支出35.06万元，用于基本支出；"
    return (sentence * ((megabytes << 20) // len(sentence.encode()))).encode()


def nul_text() -> bytes:
    return b"\0" * 100_000
