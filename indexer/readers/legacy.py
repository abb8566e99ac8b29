"""Legacy .doc .xls .wps .et, RTF and OpenDocument files, converted by LibreOffice.

LibreOffice runs in a folder of its own that is thrown away, with a profile of its own that
runs no macros and reaches no network, and for a limited time.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
import tempfile
from pathlib import Path

from archive.errors import LimitExceeded, MissingConverter, UnreadableFile
from indexer.pages import Pages
from indexer.readers.docx import read_docx
from indexer.readers.xlsx import read_xlsx

TIME_LIMIT = 120
"""Seconds that one conversion may take."""
PROGRAMS = ("soffice", "libreoffice")

_WORD = "docx:MS Word 2007 XML"
_SHEET = "xlsx:Calc MS Excel 2007 XML"
_PROFILE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
{items}
</oor:items>
"""
_SETTINGS = (
    ("org.openoffice.Office.Common/Security/Scripting", "DisableMacrosExecution", "true"),
    ("org.openoffice.Office.Common/Security/Scripting", "MacroSecurityLevel", "3"),
    ("org.openoffice.Office.Common/Security/Scripting", "BlockUntrustedRefererLinks", "true"),
    ("org.openoffice.Office.Calc/Content/Update", "Link", "2"),
    ("org.openoffice.Office.Writer/Content/Update", "Link", "0"),
    ("org.openoffice.Inet/Settings", "ooInetProxyType", "1"),
    ("org.openoffice.Inet/Settings", "ooInetHTTPProxyName", "127.0.0.1"),
    ("org.openoffice.Inet/Settings", "ooInetHTTPProxyPort", "9"),
    ("org.openoffice.Inet/Settings", "ooInetHTTPSProxyName", "127.0.0.1"),
    ("org.openoffice.Inet/Settings", "ooInetHTTPSProxyPort", "9"),
)


def read_doc(data: bytes, name: str) -> Pages:
    """Read a Word 97–2003 or WPS text file."""
    return _as_docx(data, name, "doc")


def read_rtf(data: bytes, name: str) -> Pages:
    """Read a rich text file."""
    return _as_docx(data, name, "rtf")


def read_odt(data: bytes, name: str) -> Pages:
    """Read an OpenDocument text."""
    return _as_docx(data, name, "odt")


def read_word_xml(data: bytes, name: str) -> Pages:
    """Read a Word document saved as a single XML file."""
    return _as_docx(data, name, "xml")


def read_xls(data: bytes, name: str) -> Pages:
    """Read an Excel 97–2003 or WPS sheet file."""
    return _as_xlsx(data, name, "xls")


def read_xlsb(data: bytes, name: str) -> Pages:
    """Read a binary workbook of Excel 2007 and later."""
    return _as_xlsx(data, name, "xlsb")


def read_ods(data: bytes, name: str) -> Pages:
    """Read an OpenDocument spreadsheet."""
    return _as_xlsx(data, name, "ods")


def read_excel_xml(data: bytes, name: str) -> Pages:
    """Read a workbook saved as Excel 2003 XML."""
    return _as_xlsx(data, name, "xml")


def _as_docx(data: bytes, name: str, suffix: str) -> Pages:
    return read_docx(convert(data, name, suffix, _WORD), name)


def _as_xlsx(data: bytes, name: str, suffix: str) -> Pages:
    return read_xlsx(convert(data, name, suffix, _SHEET), name)


def convert(data: bytes, name: str, suffix: str, target: str) -> bytes:
    """Convert ``data`` to ``target``, written ``extension:filter name``.

    ``suffix`` tells LibreOffice the format.  Raises MissingConverter without LibreOffice,
    LimitExceeded after TIME_LIMIT seconds, UnreadableFile when nothing comes out.
    """
    program = next(filter(None, map(shutil.which, PROGRAMS)), None)
    if program is None:
        raise MissingConverter(
            f"{name}：这是旧版 Office 或 WPS 文件，读取它需要 LibreOffice。"
            "请安装后重试（Debian：sudo apt-get install libreoffice-writer libreoffice-calc），"
            "或用 WPS、Office 另存为 DOCX、XLSX。"
        )
    with tempfile.TemporaryDirectory(prefix="mingxi-", ignore_cleanup_errors=True) as temporary:
        folder = Path(temporary)
        source = folder / f"source.{suffix}"
        source.write_bytes(data)
        _write_profile(folder / "profile")
        _run(_command(program, folder, source, target), folder, name)
        result = folder / "out" / f"source.{target.partition(':')[0]}"
        if not result.is_file():
            raise UnreadableFile(
                f"{name}：LibreOffice 无法转换这个文件（可能已损坏或加密），"
                "请用 WPS、Office 另存为 DOCX、XLSX 后再导入。"
            )
        return result.read_bytes()


def _command(program: str, folder: Path, source: Path, target: str) -> list[str]:
    return [
        program,
        f"-env:UserInstallation={(folder / 'profile').as_uri()}",
        *("--headless", "--norestore", "--nologo", "--nolockcheck", "--nodefault"),
        *("--convert-to", target, "--outdir", str(folder / "out"), str(source)),
    ]


def _run(command: list[str], folder: Path, name: str) -> None:
    """Run LibreOffice, and end it with all that it started when time is up.

    It stays in our process group, so that whoever ends the group ends it too.
    """
    environment = os.environ | {"HOME": str(folder), "TMPDIR": str(folder)}
    process = subprocess.Popen(  # noqa: S603 - a fixed program, the arguments are our own
        command,
        cwd=folder,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        process.wait(TIME_LIMIT)
    except subprocess.TimeoutExpired as error:
        raise LimitExceeded(
            f"{name}：LibreOffice 转换超过 {TIME_LIMIT} 秒未完成，已停止；"
            "请用 WPS、Office 另存为 DOCX、XLSX 后再导入。"
        ) from error
    finally:
        if process.poll() is None:
            for started in [*_descendants(process.pid), process.pid]:
                with contextlib.suppress(ProcessLookupError):
                    os.kill(started, signal.SIGKILL)
            process.wait()


def _descendants(process: int) -> list[int]:
    """The ids of all processes that a process started and these in turn, by Linux's /proc."""
    try:
        listed = Path(f"/proc/{process}/task/{process}/children").read_text(encoding="ascii")
    except OSError:
        return []
    return [found for child in map(int, listed.split()) for found in (*_descendants(child), child)]


def _write_profile(folder: Path) -> None:
    items = "\n".join(
        f'<item oor:path="/{path}"><prop oor:name="{name}" oor:op="fuse">'
        f"<value>{value}</value></prop></item>"
        for path, name, value in _SETTINGS
    )
    (folder / "user").mkdir(parents=True)
    (folder / "user" / "registrymodifications.xcu").write_text(
        _PROFILE.format(items=items), encoding="utf-8"
    )
