"""Limits that a hostile or broken file meets before a library sees it.

A ZIP is measured twice: by what its directory claims, and by what really comes out of it.
Office files are XML without document types, so a ``<!DOCTYPE`` is refused whole: that ends
entity bombs before any parser meets them.
"""

from __future__ import annotations

import ctypes
import io
import re
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass

from lxml import etree

from archive.errors import UnreadableFile

MEGABYTE = 1024 * 1024
MAX_FILE = 256 * MEGABYTE
"""The largest file that is read at all."""
MAX_ENTRIES = 10_000
"""The most entries that a ZIP may list; real documents hold some tens."""
MAX_UNPACKED = 512 * MEGABYTE
"""The most bytes that all entries of a ZIP may unpack to."""
MAX_XML = 256 * MEGABYTE
"""The most bytes that one XML part may unpack to."""
MAX_RATIO = 400
"""How often larger than its packed size an entry may be; sheets of zeros reach about 100."""
RATIO_COUNTS_FROM = 8 * MEGABYTE
"""Entries smaller than this may have any ratio."""

_CHUNK = 256 * 1024
_HEAD = 4096
_MAINS = ("word/document.xml", "xl/workbook.xml")
_STRICT = re.compile(rb"http://purl\.oclc\.org/ooxml/(\w+)/")
_DOCTYPE = (b"<!DOCTYPE", "<!DOCTYPE".encode("utf-16-le"), "<!DOCTYPE".encode("utf-16-be"))
DAMAGE = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError, ValueError)
"""What unpacking a damaged ZIP raises."""


@dataclass(frozen=True, slots=True)
class Package:
    """A ZIP within the limits: its bytes, its entries, and those of them that are damaged."""

    data: bytes
    names: tuple[str, ...]
    damaged: tuple[str, ...] = ()

    def read(self, name: str) -> bytes:
        """The bytes of an entry; raises KeyError where there is none."""
        with zipfile.ZipFile(io.BytesIO(self.data)) as archive:
            return archive.read(name)


def check_size(data: bytes, name: str) -> None:
    """Refuse an empty or oversize file."""
    if not data:
        raise UnreadableFile(f"{name}：文件是空的（0 字节），请重新下载原件。")
    if len(data) > MAX_FILE:
        raise UnreadableFile(
            f"{name}：文件有 {len(data) // MEGABYTE} MB，超过上限 {MAX_FILE // MEGABYTE} MB，"
            "请拆分后再导入。"
        )


def check_memory(error: Exception) -> None:
    """Raise MemoryError for what libxml2 calls a syntax error when its memory runs out."""
    code = getattr(error, "code", None) if isinstance(error, etree.XMLSyntaxError) else None
    if code == etree.ErrorTypes.ERR_NO_MEMORY:
        raise MemoryError from error


def open_package(data: bytes, name: str) -> Package:
    """Check a ZIP against every limit and say which entries are damaged.

    Raises UnreadableFile when it is no ZIP, is encrypted, or exceeds a limit.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = archive.infolist()
            _check_directory(entries, name)
            damaged = tuple(entry.filename for entry in entries if _damaged(archive, entry, name))
    except DAMAGE as error:
        raise UnreadableFile(
            f"{name}：压缩结构已损坏（可能下载不完整），请重新下载原件。"
        ) from error
    package = Package(data, tuple(entry.filename for entry in entries), damaged)
    return package if damaged else _transitional(package)


def _transitional(package: Package) -> Package:
    """The package with the names that everybody writes, where it is ISO strict.

    ISO 29500 has two sets of namespaces, which differ in this part of their addresses only.
    """
    mains = [part for part in _MAINS if part in package.names]
    if not any(_STRICT.search(package.read(part)[:_HEAD]) for part in mains):
        return package
    renamed = {
        part: _STRICT.sub(rb"http://schemas.openxmlformats.org/\1/2006/", package.read(part))
        for part in package.names
        if part.endswith((".xml", ".rels"))
    }
    return Package(rebuilt(package, renamed), package.names)


def salvaged(package: Package, part: str) -> bytes:
    """What can be unpacked of a damaged entry before it breaks off."""
    pieces: list[bytes] = []
    try:
        with zipfile.ZipFile(io.BytesIO(package.data)) as archive, archive.open(part) as stream:
            while piece := stream.read(1024):
                pieces.append(piece)
    except DAMAGE:
        pass
    return b"".join(pieces)


def rebuilt(package: Package, replacements: Mapping[str, bytes]) -> bytes:
    """The ZIP again with ``replacements`` in the place of entries that cannot be read."""
    target = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(package.data)) as old,
        zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as new,
    ):
        for name in dict.fromkeys(package.names):
            new.writestr(name, replacements[name] if name in replacements else old.read(name))
    return target.getvalue()


def _check_directory(entries: list[zipfile.ZipInfo], name: str) -> None:
    if len(entries) > MAX_ENTRIES:
        raise UnreadableFile(
            f"{name}：压缩结构内有 {len(entries)} 个条目，超过上限 {MAX_ENTRIES}，"
            "疑为压缩炸弹，未读取；请核对来源，重新下载原件。"
        )
    total = sum(entry.file_size for entry in entries)
    if total > MAX_UNPACKED:
        raise _bomb(name, "全部内容", total)
    for entry in entries:
        if entry.flag_bits & 1:
            raise UnreadableFile(f"{name}：文件已加密，请解除密码后再导入。")
        _check_ratio(entry.file_size, entry, name)


def _check_ratio(size: int, entry: zipfile.ZipInfo, name: str) -> None:
    if size > RATIO_COUNTS_FROM and size > MAX_RATIO * max(entry.compress_size, 1):
        raise _bomb(name, entry.filename, size)
    if entry.filename.endswith((".xml", ".rels")) and size > MAX_XML:
        raise _bomb(name, entry.filename, size)


def _damaged(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, name: str) -> bool:
    """Read an entry to its end within the limits; whether it breaks off."""
    size, tail = 0, b""
    is_xml = entry.filename.endswith((".xml", ".rels", ".vml"))
    try:
        with archive.open(entry) as stream:
            while chunk := stream.read(_CHUNK):
                size += len(chunk)
                _check_ratio(size, entry, name)
                if is_xml and any(mark in tail + chunk for mark in _DOCTYPE):
                    raise UnreadableFile(
                        f"{name}：{entry.filename} 含有文档类型声明（DOCTYPE），"
                        "正常的 Office 文件没有，出于安全未读取；请用 WPS 或 Office 另存后再导入。"
                    )
                tail = chunk[-20:]
    except DAMAGE:
        return True
    return False


def _bomb(name: str, part: str, size: int) -> UnreadableFile:
    return UnreadableFile(
        f"{name}：{part}解压后将有 {size // MEGABYTE} MB，疑为压缩炸弹，未读取；"
        "请核对来源，重新下载原件。"
    )


def give_back() -> None:
    """Hand freed memory back to the system, where the C library keeps it (glibc does).

    Trees of lxml lie beside Python's own memory: what is freed of them serves nothing else.
    """
    try:
        ctypes.CDLL(None).malloc_trim(0)
    except (AttributeError, OSError, TypeError):  # another C library or system
        return
