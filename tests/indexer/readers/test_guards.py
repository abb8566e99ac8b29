from __future__ import annotations

import io
import zipfile

import pytest

from archive.errors import UnreadableFile
from indexer.readers import guards
from indexer.readers.guards import check_size, open_package, rebuilt, salvaged


def zipped(entries: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", method) as archive:
        for name, content in entries.items():
            archive.writestr(name, content)
    return target.getvalue()


def with_flipped_byte(data: bytes, content: bytes) -> bytes:
    at = data.index(content)
    return data[:at] + bytes([data[at] ^ 0xFF]) + data[at + 1 :]


def test_an_empty_and_an_oversize_file_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(guards, "MAX_FILE", 10)
    with pytest.raises(UnreadableFile, match=r"空文\.txt：文件是空的"):
        check_size(b"", "空文.txt")
    with pytest.raises(UnreadableFile, match=r"大\.pdf：.*超过上限"):
        check_size(b"x" * 11, "大.pdf")
    check_size(b"x" * 10, "好.txt")


def test_a_sound_package_lists_its_entries() -> None:
    package = open_package(zipped({"a.xml": b"<a/>", "b.bin": b"\0"}), "a.docx")
    assert package.names == ("a.xml", "b.bin")
    assert package.damaged == ()
    assert package.read("a.xml") == b"<a/>"


@pytest.mark.parametrize(
    ("entries", "limits", "message"),
    [
        ({"a": b"", "b": b"", "c": b""}, {"MAX_ENTRIES": 2}, "3 个条目"),
        ({"a": b"x" * 600, "b": b"x" * 600}, {"MAX_UNPACKED": 1000}, "压缩炸弹"),
        ({"a": b"\0" * 100_000}, {"RATIO_COUNTS_FROM": 1000, "MAX_RATIO": 50}, "压缩炸弹"),
        ({"a.xml": b"<a>" + b"x" * 900}, {"MAX_XML": 500}, "压缩炸弹"),
        ({"a.xml": b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'}, {}, "DOCTYPE"),
        ({"a.xml": "<!DOCTYPE a><a/>".encode("utf-16-le")}, {}, "DOCTYPE"),
    ],
)
def test_bombs_are_refused(
    monkeypatch: pytest.MonkeyPatch, entries: dict[str, bytes], limits: dict[str, int], message: str
) -> None:
    for name, value in limits.items():
        monkeypatch.setattr(guards, name, value)
    with pytest.raises(UnreadableFile, match=rf"坏\.docx：.*{message}"):
        open_package(zipped(entries), "坏.docx")


def test_a_doctype_across_two_chunks_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(guards, "_CHUNK", 7)
    with pytest.raises(UnreadableFile, match="DOCTYPE"):
        open_package(zipped({"a.xml": b"<!-- x --><!DOCTYPE a><a/>"}), "a.docx")


def test_a_real_bomb_is_refused_at_once() -> None:
    bomb = zipped({"word/document.xml": b"\0" * (64 * guards.MEGABYTE)})
    assert len(bomb) < guards.MEGABYTE
    with pytest.raises(UnreadableFile, match="压缩炸弹"):
        open_package(bomb, "a.docx")


def test_a_truncated_zip_is_refused() -> None:
    with pytest.raises(UnreadableFile, match=r"a\.docx：压缩结构已损坏"):
        open_package(zipped({"a.xml": b"<a/>" * 100})[:-40], "a.docx")


def test_a_damaged_entry_is_named_and_can_be_salvaged_or_replaced() -> None:
    content = b"<a>" + b"0123456789" * 1000 + b"</a>"
    sound = zipped({"a.xml": content, "b.xml": b"<sound/>"}, zipfile.ZIP_STORED)
    package = open_package(with_flipped_byte(sound, b"9</a>"), "a.docx")
    assert package.damaged == ("a.xml",)
    assert content.startswith(salvaged(package, "a.xml")[:5000])
    again = open_package(rebuilt(package, {"a.xml": b"<new/>"}), "a.docx")
    assert again.damaged == ()
    assert (again.read("a.xml"), again.read("b.xml")) == (b"<new/>", b"<sound/>")


def test_a_strict_package_is_read_by_the_names_that_everybody_writes() -> None:
    strict = b'<w:document xmlns:w="http://purl.oclc.org/ooxml/wordprocessingml/main"/>'
    package = open_package(zipped({"word/document.xml": strict, "a.bin": b"ooxml"}), "a.docx")
    assert b"schemas.openxmlformats.org/wordprocessingml/2006/main" in package.read(
        "word/document.xml"
    )
    assert package.read("a.bin") == b"ooxml"
