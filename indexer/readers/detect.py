"""What a file is, by its content alone: file names of public disclosures often lie."""

from __future__ import annotations

import io
import re
import zipfile
from enum import Enum

import olefile

from archive.errors import UnreadableFile
from indexer.readers.encodings import decode


class Format(Enum):
    """A format that a reader reads, directly or after conversion; the value names it."""

    PDF = "application/pdf"
    DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    DOC = "application/msword"
    XLS = "application/vnd.ms-excel"
    XLSB = "application/vnd.ms-excel.sheet.binary.macroenabled.12"
    ODT = "application/vnd.oasis.opendocument.text"
    ODS = "application/vnd.oasis.opendocument.spreadsheet"
    RTF = "application/rtf"
    WORD_XML = "application/msword+xml"
    EXCEL_XML = "application/vnd.ms-excel+xml"
    HTML = "text/html"
    MHTML = "multipart/related"
    TEXT = "text/plain"


PDF_WITHIN = 1024
"""PDF readers accept that many bytes of junk before the header (ISO 32000-1, annex H.3.4.1)."""
HTML_WITHIN = 4096
"""How far into a text a page's <html> is looked for."""

_ZIP_PARTS = (
    ("word/document.xml", Format.DOCX),
    ("xl/workbook.xml", Format.XLSX),
    ("xl/workbook.bin", Format.XLSB),
)
_ZIP_MIMETYPES = {
    "application/vnd.oasis.opendocument.text": Format.ODT,
    "application/vnd.oasis.opendocument.spreadsheet": Format.ODS,
}
_ZIP_REFUSED = (
    ("OFD.xml", "这是 OFD 版式文件，暂不能读取，请转换为 PDF 后再导入。"),
    ("ppt/presentation.xml", "这是演示文稿（PPTX），不是预决算文件。"),
)
_OLE_STREAMS = (
    ("WordDocument", Format.DOC),
    ("Workbook", Format.XLS),
    ("Book", Format.XLS),
)
_REFUSED = (
    (b"Rar!", "这是 RAR 压缩包，请先解压，再导入其中的文件。"),
    (b"7z\xbc\xaf\x27\x1c", "这是 7z 压缩包，请先解压，再导入其中的文件。"),
    (b"\x1f\x8b", "这是 gzip 压缩包，请先解压，再导入其中的文件。"),
    (b"\x89PNG", "这是图片，没有可读取的文字，请导入文字版文件。"),
    (b"\xff\xd8\xff", "这是图片，没有可读取的文字，请导入文字版文件。"),
    (b"GIF8", "这是图片，没有可读取的文字，请导入文字版文件。"),
    (b"II*\0", "这是图片，没有可读取的文字，请导入文字版文件。"),
    (b"MM\0*", "这是图片，没有可读取的文字，请导入文字版文件。"),
)
_ZIP_MAGIC = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
_PDF = re.compile(rb"%PDF-\d")
_MHTML = re.compile(
    rb"\A(?:[\w-]+:[^\n]*\n(?:[ \t][^\n]*\n)*+)*?content-type:\s*multipart/related", re.I
)
_WORD_XML = re.compile(r"<w:wordDocument\b|<pkg:package\b")
_EXCEL_XML = re.compile(r"urn:schemas-microsoft-com:office:spreadsheet[\"'][^>]*>")
_HTML_ROOT = re.compile(r"<!doctype\s+html|<(?:\w+:)?html[\s>]", re.I)
_HTML_START = re.compile(
    r"\A(?>\s+|<!--.*?-->|<\?xml[^>]*>)*+"
    r"<(?:head|body|meta|title|table|div|style|script|center|section|article|h[1-6]|p|font|span)"
    r"[\s/>]",
    re.I | re.S,
)


def detect(data: bytes, name: str) -> Format:
    """The format of ``data``; raises UnreadableFile, with the way out, for any other.

    ``name`` appears in messages only.
    """
    head = data[:PDF_WITHIN]
    if _PDF.search(head):
        return Format.PDF
    if head.startswith(_ZIP_MAGIC):
        return _detect_zip(data, name)
    if head.startswith(olefile.MAGIC):
        return _detect_ole(data, name)
    if head.lstrip().startswith(b"{\\rtf"):
        return Format.RTF
    for magic, reason in _REFUSED:
        if head.startswith(magic):
            raise UnreadableFile(f"{name}：{reason}")
    if _MHTML.match(data[: HTML_WITHIN * 4].replace(b"\r\n", b"\n").lstrip()):
        return Format.MHTML
    return _detect_text(data, name)


def _detect_zip(data: bytes, name: str) -> Format:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = set(archive.namelist())
            mimetype = _mimetype(archive) if "mimetype" in names else ""
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise UnreadableFile(
            f"{name}：压缩结构已损坏（可能下载不完整），请重新下载原件。"
        ) from error
    for part, found in _ZIP_PARTS:
        if part in names:
            return found
    if mimetype in _ZIP_MIMETYPES:
        return _ZIP_MIMETYPES[mimetype]
    for part, reason in _ZIP_REFUSED:
        if part in names:
            raise UnreadableFile(f"{name}：{reason}")
    raise UnreadableFile(f"{name}：这是 ZIP 压缩包，请先解压，再导入其中的文件。")


def _mimetype(archive: zipfile.ZipFile) -> str:
    with archive.open("mimetype") as stream:
        return stream.read(200).decode("ascii", errors="replace").strip()


def _detect_ole(data: bytes, name: str) -> Format:
    """Tell .doc/.wps from .xls/.et by the streams of the OLE2 container."""
    try:
        with olefile.OleFileIO(io.BytesIO(data)) as container:
            streams = {path[0] for path in container.listdir()}
    except (OSError, ValueError, IndexError, TypeError) as error:
        raise UnreadableFile(f"{name}：旧版 Office 文件已损坏，请重新下载原件。") from error
    if "EncryptedPackage" in streams:
        raise UnreadableFile(f"{name}：文件已加密，请解除密码后再导入。")
    for stream, found in _OLE_STREAMS:
        if stream in streams:
            return found
    raise UnreadableFile(
        f"{name}：这个旧版 Office 文件里既没有文档也没有工作表，"
        "请用 WPS 或 Office 另存为 DOCX、XLSX 后再导入。"
    )


def _detect_text(data: bytes, name: str) -> Format:
    decoded = decode(data)
    if decoded is None:
        raise UnreadableFile(
            f"{name}：内容既不是已知格式，也不是可识别编码的文本"
            "（支持 PDF、DOCX、XLSX、HTML、TXT 与旧版 .doc/.xls/.wps/.et），请核对原件。"
        )
    if not decoded.text.strip():
        raise UnreadableFile(f"{name}：文件里只有空白，没有文字，请重新下载原件。")
    head = decoded.text[:HTML_WITHIN]
    if _WORD_XML.search(head):
        return Format.WORD_XML
    if _HTML_ROOT.search(head):
        return Format.HTML
    if head.lstrip().startswith("<?xml") and _EXCEL_XML.search(head):
        return Format.EXCEL_XML
    return Format.HTML if _HTML_START.match(head) else Format.TEXT
