"""A stand-in for the stages that workers can import: small texts in, small disclosures out.

The first line of a text is the agency; each other line a row, ``label amount``.  A first
line ``!verb`` does harm instead.
"""

from __future__ import annotations

import hashlib
import os
import signal
import time
from pathlib import Path

from archive.amounts import to_fen
from archive.errors import MissingConverter, UnreadableFile
from archive.model import Cell, Column, Disclosure, Document, Row, Section, Table

parsed: list[str] = []


def extract(data: bytes, name: str) -> Disclosure:
    first, *lines = data.decode().splitlines()
    parsed.append(name)
    if first == "!unstorable":
        return disclosure(data, name, "half a surrogate \udce4", lines)
    if first.startswith("!"):
        HARM[first[1:]](name)
    return disclosure(data, name, first, lines)


def improved(data: bytes, name: str) -> Disclosure:
    """A later version, which reads most of what the first one could not and drops a row."""
    first, *lines = data.decode().splitlines()
    if first == "!gone":
        gone(name)
    return disclosure(data, name, first.lstrip("!"), lines[1:])


def disclosure(data: bytes, name: str, agency: str, lines: list[str]) -> Disclosure:
    sha256 = hashlib.sha256(data).hexdigest()
    parts = [line.partition(" ") for line in lines]
    document = Document(
        id=sha256[:12],
        title=f"{agency}部门预算",
        agency=agency,
        region=None,
        fiscal_year=2024,
        kind="部门预算",
        published_on=None,
        sha256=sha256,
        media_type="text/plain",
        source_name=name,
    )
    rows = tuple(
        Row(f"{label}~{line}", line, None, label, (Cell(1, printed, to_fen(printed, "万元")),))
        for line, (label, _, printed) in enumerate(parts)
    )
    columns = (Column(("项目",), "label"), Column(("合计",)))
    return Disclosure(
        document=document,
        sections=(Section("一", 2, "一、概况", "\n".join(lines)),),
        tables=(Table("表1", 1, "收支总表", None, "万元", columns, rows),),
    )


def busy(name: str) -> None:
    while True:
        pass


def asleep(name: str) -> None:
    if notes := os.environ.get("NOTES"):
        note = Path(notes, f"{name}.asleep")
        note.with_suffix(".new").write_text(str(os.getpid()), encoding="utf-8")
        note.with_suffix(".new").replace(note)
    time.sleep(3600)


def hog(name: str) -> None:
    hoard = []
    while True:
        hoard.append(bytes(64 << 20))


def defect(name: str) -> None:
    raise ValueError("half a surrogate \udce4 in a message")


def refusal(name: str) -> None:
    raise UnreadableFile(f"{name} 已加密：请先去掉密码。")


def no_converter(name: str) -> None:
    raise MissingConverter(f"{name} 是旧版 Word 文件：请安装 LibreOffice。")


def killed(name: str) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def segfault(name: str) -> None:
    os.kill(os.getpid(), signal.SIGSEGV)


def gone(name: str) -> None:
    os._exit(3)


def only_first(name: str) -> None:
    """Fails for what an earlier file has left in the worker."""
    if len(parsed) > 1:
        os._exit(3)


HARM = {
    "only_first": only_first,
    "busy": busy,
    "asleep": asleep,
    "hog": hog,
    "defect": defect,
    "refusal": refusal,
    "no_converter": no_converter,
    "killed": killed,
    "segfault": segfault,
    "gone": gone,
}
