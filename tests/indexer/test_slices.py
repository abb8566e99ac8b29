"""Slices of small originals, by every way in which a place is written."""

from __future__ import annotations

import io

import docx
import pytest
from openpyxl import Workbook
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

from archive.errors import UnreadableFile
from archive.model import NOWHERE, Place
from indexer.readers import read
from indexer.readers.detect import Format
from indexer.slices import slice_text

HTML = """<html><body><nav>首页</nav><p>一、总体情况</p><p>收入<b>10</b>万元。<br>支出同。</p>
<table><tr><td>项目</td><td>金额</td></tr>
<tr><td>合计<table><tr><td>内表</td></tr></table></td><td>1&nbsp;234</td></tr></table>
<p style="display:none">隐藏</p><p>完。</p></body></html>"""


def word() -> bytes:
    document = docx.Document()
    document.add_paragraph("一、总体情况")
    table = document.add_table(2, 2)
    table.cell(0, 0).merge(table.cell(0, 1)).text = "收入"
    table.cell(1, 0).text = "合计"
    table.cell(1, 1).paragraphs[0].text = "10.00"
    table.cell(1, 1).add_table(1, 1).cell(0, 0).text = "内表"
    document.add_paragraph("二、说明")
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def sheets() -> bytes:
    workbook = Workbook()
    sheet = workbook.active
    sheet.title = "收支!表"
    sheet.append(["项目", "金额"])
    sheet.append(["合计", 1234.5])
    sheet["B2"].number_format = "#,##0.00"
    buffer = io.BytesIO()
    workbook.save(buffer)
    return buffer.getvalue()


def page(rotation: int = 0) -> bytes:
    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=(400, 300))
    canvas.setPageRotation(rotation)
    canvas.setFont("STSong-Light", 10)
    canvas.drawString(50, 250, "项目")
    canvas.drawString(150, 250, "金额")
    canvas.drawString(50, 200, "合计")
    canvas.save()
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("kind", "data", "place", "printed"),
    [
        (Format.TEXT, "甲\r\n乙\n丙".encode(), Place(lines=(1, 2)), "甲\n乙"),
        (Format.TEXT, "收入\t10".encode("gb18030"), Place(lines=(1, 1)), "收入\t10"),
        (Format.TEXT, "甲".encode(), NOWHERE, ""),
        (Format.HTML, HTML.encode(), Place(path="/html/body[1]/p[1]"), "一、总体情况"),
        (Format.HTML, HTML.encode(), Place(path="/html/body[1]/p[2]"), "收入10万元。\n支出同。"),
        (Format.HTML, HTML.encode(), Place(path="/html/body[1]/table[1]/tr[2]/td[1]"), "合计"),
        (Format.HTML, HTML.encode(), Place(path="/html/body[1]/table[1]/tr[2]/td[2]"), "1 234"),
        (Format.HTML, HTML.encode(), Place(path="/html/body[1]/table[1]/tr[1]/td[1]"
                                                 "../html/body[1]/table[1]/tr[1]/td[2]"),
         "项目\n金额"),
        (Format.HTML, HTML.encode(), Place(path="/html/body[1]/p[9]"), ""),
        (Format.DOCX, word(), Place(path="body/p[1]"), "一、总体情况"),
        (Format.DOCX, word(), Place(path="body/tbl[1]/tr[2]/tc[2]"), "10.00\n"),
        (Format.DOCX, word(), Place(path="body/tbl[1]/tr[2]/tc[2]/tbl[1]/tr[1]/tc[1]"), "内表"),
        (Format.DOCX, word(), Place(path="body/p[1]..body/tbl[1]/tr[1]/tc[1]"),
         "一、总体情况\n收入"),
        (Format.DOCX, word(), Place(path="body/p[7]"), ""),
        (Format.XLSX, sheets(), Place(path="收支!表!B2"), "1,234.50"),
        (Format.XLSX, sheets(), Place(path="收支!表!A1:B2"), "项目\t金额\n合计\t1,234.50"),
        (Format.PDF, page(), Place(1, (45, 35, 80, 60)), "项目"),
        (Format.PDF, page(), Place(1, (45, 35, 200, 120)), "项目金额\n合计"),
        (Format.PDF, page(90), Place(1, (240, 45, 260, 200)), "项目金额"),
        (Format.PDF, page(), Place(2, (0, 0, 400, 300)), ""),
        (Format.PDF, page(), NOWHERE, ""),
    ],
)  # fmt: skip
def test_the_original_is_sliced_at_a_place(
    kind: Format, data: bytes, place: Place, printed: str
) -> None:
    assert slice_text(data, kind.value, place) == printed


def test_the_places_that_readers_give_lead_back() -> None:
    for data, name in ((word(), "x.docx"), (sheets(), "x.xlsx"), (HTML.encode(), "x.html")):
        pages = read(data, name)
        for item in (item for page in pages.pages for item in page.items):
            for part in getattr(item, "cells", (item,)):
                assert part.text in slice_text(data, pages.media_type, part.place)


def test_converted_originals_have_no_way_back() -> None:
    with pytest.raises(UnreadableFile, match="转换"):
        slice_text(b"", Format.DOC.value, Place(path="body/p[1]"))
