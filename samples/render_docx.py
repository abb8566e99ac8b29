"""Parts -> DOCX with real merged cells, and PDF made of it by LibreOffice."""

from __future__ import annotations

import subprocess
import tempfile
from datetime import UTC, datetime
from pathlib import Path

import docx
from docx.document import Document
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from docx.table import Table

from samples.compose import MARK
from samples.parts import Heading, Paragraph, Part, TablePart, placed

FONT = "Noto Serif CJK SC"


def write_docx(parts: list[Part], path: Path, *, break_before_tables: bool = True) -> None:
    """Write the parts as a Word document; wide tables get small type."""
    document = docx.Document()
    _prepare(document)
    for part in parts:
        match part:
            case Heading():
                _heading(document, part)
            case Paragraph():
                document.add_paragraph(part.text)
            case TablePart():
                _table(document, part, break_before_tables)
    document.save(str(path))


def write_pdf(parts: list[Part], path: Path) -> None:
    """Write the parts as a PDF with embedded font subsets, through LibreOffice."""
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / f"{path.stem}.docx"
        write_docx(parts, source, break_before_tables=False)
        profile = f"-env:UserInstallation=file://{folder}/profile"
        command = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", folder]
        subprocess.run([*command, str(source)], check=True, capture_output=True, timeout=180)
        path.write_bytes(source.with_suffix(".pdf").read_bytes())


def _prepare(document: Document) -> None:
    style = document.styles["Normal"]
    style.font.name = FONT
    style.font.size = Pt(10.5)
    style.element.rPr.rFonts.set(qn("w:eastAsia"), FONT)
    section = document.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Mm(297), Mm(210)
    section.left_margin = section.right_margin = Mm(20)
    section.header.paragraphs[0].text = MARK
    document.core_properties.created = datetime(2024, 1, 1, tzinfo=UTC)
    document.core_properties.modified = datetime(2024, 1, 1, tzinfo=UTC)


def _heading(document: Document, part: Heading) -> None:
    paragraph = document.add_paragraph()
    run = paragraph.add_run(part.text)
    run.bold = True
    run.font.size = Pt({0: 22, 1: 16, 2: 14}.get(part.level, 12))
    if part.level <= 1:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    if part.level == 1:
        paragraph.paragraph_format.page_break_before = True


def _table(document: Document, part: TablePart, break_before: bool) -> None:
    for index, line in enumerate(part.caption):
        paragraph = document.add_paragraph(line)
        paragraph.paragraph_format.keep_with_next = True
        paragraph.paragraph_format.space_after = Pt(2)
        if index == 0 and break_before:
            paragraph.paragraph_format.page_break_before = True
        if index < len(part.caption) - 1 and not line.startswith("表"):
            paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
            paragraph.runs[0].bold = True
    table = document.add_table(len(part.header) + len(part.rows), part.width, "Table Grid")
    _fill_header(table, part)
    for index, row in enumerate(part.rows, len(part.header)):
        for column, text in enumerate(row):
            _write(table, index, column, text)
        _keep_whole(table, index)
    for note in part.notes:
        document.add_paragraph(note)


def _fill_header(table: Table, part: TablePart) -> None:
    for row, column, head in placed(part.header):
        last = table.cell(row + head.rows - 1, column + head.columns - 1)
        table.cell(row, column).merge(last)
        _write(table, row, column, head.text)


def _write(table: Table, row: int, column: int, text: str) -> None:
    paragraph = table.cell(row, column).paragraphs[0]
    paragraph.text = text
    for run in paragraph.runs:
        run.font.size = Pt(9)
    if text.replace(",", "").replace(".", "").isdigit() and column > 2:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT


def _keep_whole(table: Table, row: int) -> None:
    properties = table.rows[row]._tr.get_or_add_trPr()
    properties.append(OxmlElement("w:cantSplit"))
