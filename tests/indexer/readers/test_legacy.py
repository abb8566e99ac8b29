"""Real conversions by LibreOffice, of files that LibreOffice made."""

from __future__ import annotations

import io
import os
import shutil
import subprocess
from pathlib import Path

import pytest
from docx import Document
from openpyxl import Workbook

from archive.errors import LimitExceeded, MissingConverter, UnreadableFile
from indexer.pages import Grid, Line, Pages
from indexer.readers import legacy, read
from indexer.readers.detect import Format

SOFFICE = shutil.which("soffice")
ROWS = [["项目", "预算数"], ["基本支出", "479.47"], ["项目支出", "289.22"]]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with one document and one workbook in every legacy format."""
    if SOFFICE is None:
        message = "LibreOffice (soffice) is not installed: conversions are not tested"
        if os.environ.get("CI") == "true":
            pytest.fail(message)
        pytest.skip(message)
    folder = tmp_path_factory.mktemp("legacy")
    (folder / "a.docx").write_bytes(_document())
    (folder / "b.xlsx").write_bytes(_workbook())
    for source, formats in (("a.docx", ("doc", "rtf", "odt")), ("b.xlsx", ("xls", "ods"))):
        for suffix in formats:
            subprocess.run(
                [SOFFICE, f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless",
                 "--convert-to", suffix, "--outdir", str(folder), str(folder / source)],
                check=True, capture_output=True, timeout=120,
            )  # fmt: skip
    return folder


def _document() -> bytes:
    document = Document()
    document.add_heading("第一部分 概况", 1)
    document.add_paragraph("单位：万元")
    table = document.add_table(4, 2)
    table.cell(0, 0).merge(table.cell(0, 1)).text = "部门支出总体情况表"
    for row, texts in enumerate(ROWS, start=1):
        for column, text in enumerate(texts):
            table.cell(row, column).text = text
    document.add_paragraph("备注：无。")  # a .doc needs a paragraph below its last table
    return _saved(document)


def _workbook() -> bytes:
    book = Workbook()
    sheet = book.worksheets[0]
    sheet["A1"] = "部门支出总体情况表"
    sheet.merge_cells("A1:B1")
    for name, figure in ROWS:
        sheet.append([name, float(figure) if "." in figure else figure])
    return _saved(book)


def _saved(file: object) -> bytes:
    target = io.BytesIO()
    file.save(target)  # type: ignore[attr-defined]
    return target.getvalue()


def content(pages: Pages) -> tuple[list[str], list[list[str]]]:
    items = [item for page in pages.pages for item in page.items]
    (grid,) = (item for item in items if isinstance(item, Grid))
    rows: list[list[str]] = [[] for _ in range(grid.rows)]
    for cell in grid.cells:
        rows[cell.row].append(cell.text)
    return [item.text for item in items if isinstance(item, Line)], rows


@pytest.mark.parametrize(
    ("file", "expected"),
    [("a.doc", Format.DOC), ("a.rtf", Format.RTF), ("a.odt", Format.ODT)],
)
def test_documents_come_back_with_their_tables(made: Path, file: str, expected: Format) -> None:
    pages = read((made / file).read_bytes(), "无名")
    lines, rows = content(pages)
    assert lines == ["第一部分 概况", "单位：万元", "部门支出总体情况表", "备注：无。"]
    assert rows == ROWS
    assert pages.media_type == expected.value
    heading = pages.pages[0].items[0]
    assert isinstance(heading, Line)
    assert heading.heading_level == 1


@pytest.mark.parametrize(("file", "expected"), [("b.xls", Format.XLS), ("b.ods", Format.ODS)])
def test_workbooks_come_back_with_their_figures(made: Path, file: str, expected: Format) -> None:
    pages = read((made / file).read_bytes(), "无名")
    assert content(pages) == (["部门支出总体情况表"], ROWS)
    assert pages.media_type == expected.value


def test_without_libreoffice_the_message_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(legacy.shutil, "which", lambda _: None)
    with pytest.raises(MissingConverter, match=r"^旧\.doc：.*需要 LibreOffice"):
        legacy.read_doc(b"x", "旧.doc")


def _program(folder: Path, script: str) -> str:
    program = folder / "soffice"
    program.write_text(f"#!/bin/sh\n{script}\n")
    program.chmod(0o755)
    return str(program)


def test_a_conversion_that_hangs_is_ended_with_all_it_started(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    child = tmp_path / "child"
    program = _program(tmp_path, f"sleep 60 & echo $! > {child}; wait")
    monkeypatch.setattr(legacy.shutil, "which", lambda _: program)
    monkeypatch.setattr(legacy, "TIME_LIMIT", 0.5)
    with pytest.raises(LimitExceeded, match=r"^旧\.xls：.*已停止"):
        legacy.read_xls(b"x", "旧.xls")
    state = Path(f"/proc/{child.read_text().strip()}/stat")
    assert not state.exists() or state.read_text().split()[2] == "Z"


def test_a_conversion_that_gives_nothing_is_told(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    program = _program(tmp_path, "exit 0")
    monkeypatch.setattr(legacy.shutil, "which", lambda _: program)
    with pytest.raises(UnreadableFile, match=r"^旧\.doc：LibreOffice 无法转换"):
        legacy.read_doc(b"x", "旧.doc")
