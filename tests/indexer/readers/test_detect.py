from __future__ import annotations

import io
import zipfile

import pytest

from archive.errors import UnreadableFile
from indexer.readers.detect import Format, detect


def zipped(*names: str, mimetype: str | None = None) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        if mimetype:
            archive.writestr("mimetype", mimetype)
        for name in names:
            archive.writestr(name, b"<x/>")
    return target.getvalue()


MHTML = (
    b"From: <Saved by Word>\r\nMIME-Version: 1.0\r\n"
    b'Content-Type: multipart/related;\r\n\tboundary="b"\r\n\r\n'
)


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"%PDF-1.7\n", Format.PDF),
        (b"\r\njunk of a server\r\n%PDF-1.4\n", Format.PDF),
        (zipped("word/document.xml"), Format.DOCX),
        (zipped("xl/workbook.xml"), Format.XLSX),
        (zipped("xl/workbook.bin"), Format.XLSB),
        (zipped(mimetype="application/vnd.oasis.opendocument.text"), Format.ODT),
        (zipped(mimetype="application/vnd.oasis.opendocument.spreadsheet"), Format.ODS),
        (rb"{\rtf1\ansi}", Format.RTF),
        (MHTML, Format.MHTML),
        (b"<!DOCTYPE html><html><body>x</body></html>", Format.HTML),
        (b'<?xml version="1.0"?>\n<html xmlns="http://www.w3.org/1999/xhtml">', Format.HTML),
        (b'<html xmlns:w="urn:schemas-microsoft-com:office:word"><body>x', Format.HTML),
        ("\ufeff<HTML><BODY>预算</BODY></HTML>".encode("utf-16-le"), Format.HTML),
        ("<!-- 模板 --><table><tr><td>预算</td></tr></table>".encode("gbk"), Format.HTML),
        (b"PHP warning\n<html><body>x</body></html>", Format.HTML),
        (b'<?xml version="1.0"?><?mso-application progid="Word"?><w:wordDocument xmlns:w="u">',
         Format.WORD_XML),
        (b'<?xml version="1.0"?>\n<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet">',
         Format.EXCEL_XML),
        ("部门预算\n<p>的公开".encode(), Format.TEXT),
        ("《通知》<自治区>关于".encode("gb18030"), Format.TEXT),
        (b"# heading\n\na\tb\n", Format.TEXT),
    ],
)  # fmt: skip
def test_formats_are_told_by_content(data: bytes, expected: Format) -> None:
    assert detect(data, "名字.doc") is expected


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (zipped("a.txt"), "先解压"),
        (zipped("OFD.xml"), "OFD"),
        (zipped("ppt/presentation.xml"), "演示文稿"),
        (zipped("word/document.xml")[:-30], "损坏"),
        (b"Rar!\x1a\x07\x00", "RAR"),
        (b"\x89PNG\r\n\x1a\n", "图片"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "旧版 Office"),
        (b" \n\t\n ", "只有空白"),
        (bytes(range(256)) * 8, "不是可识别编码"),
        (b"\0" * 500, "不是可识别编码"),
    ],
)
def test_what_cannot_be_read_says_what_to_do(data: bytes, message: str) -> None:
    with pytest.raises(UnreadableFile, match=rf"^名字\.pdf：.*{message}"):
        detect(data, "名字.pdf")
