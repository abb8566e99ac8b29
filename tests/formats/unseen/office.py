"""Made-up disclosures as workbooks and Word documents, as publishers make them."""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from copy import deepcopy
from dataclasses import dataclass
from decimal import Decimal

from docx import Document
from docx.document import Document as DocxDocument
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt
from docx.text.paragraph import Paragraph
from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.pagebreak import Break
from openpyxl.worksheet.worksheet import Worksheet

from tests.formats.laid import Laid, LaidCell, merged_codes, width_of
from tests.formats.unseen.facts import Facts, NewPage, TableFacts, Text

FONT = "Noto Serif CJK SC"


@dataclass(frozen=True, slots=True)
class Book:
    """How a workbook is made.

    ``one_sheet`` sets all tables below one another, ``accounting`` prints 0 as a dash as
    the accounting format does, ``broken_at`` ends printed pages after so many rows.
    """

    one_sheet: bool = False
    as_text: bool = False
    accounting: bool = False
    merge_codes: bool = False
    indent: bool = False
    gap: bool = False
    broken_at: int = 0
    scale: int = 0
    portrait: bool = False


def workbook(disclosure: Facts, look: Book = Book()) -> bytes:
    """The tables of a disclosure, a sheet each; its text on a first sheet."""
    book = Workbook()
    front = book.active
    assert isinstance(front, Worksheet)
    front.title = "封面及说明"
    for row, part in enumerate((p for p in disclosure.parts if isinstance(p, Text)), start=1):
        front.cell(row, 1, part.text)
    front.column_dimensions["A"].width = 90
    sheet, top = front, 1
    for number, table in enumerate(disclosure.tables, start=1):
        if number == 1 or not look.one_sheet:
            sheet, top = book.create_sheet(f"表{number:02}"), 1
            _print_setup(sheet, look)
        top = _table(sheet, table, top, look) + 2
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def _print_setup(sheet: Worksheet, look: Book) -> None:
    sheet.page_setup.orientation = "portrait" if look.portrait else "landscape"
    sheet.page_setup.paperSize = 9
    sheet.oddFooter.center.text = "第 &P 页"
    if look.scale:
        sheet.page_setup.scale = look.scale
    else:
        sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
        sheet.sheet_properties.pageSetUpPr.fitToPage = True


def _table(sheet: Worksheet, table: TableFacts, top: int, look: Book) -> int:
    laid = table.laid
    for caption in table.captions:
        if caption.middle:
            sheet.merge_cells(start_row=top, start_column=1, end_row=top, end_column=laid.columns)
            sheet.cell(top, 1, caption.middle).alignment = Alignment(horizontal="center")
            sheet.cell(top, 1).font = Font(name=FONT, size=15, bold=True)
        if caption.left:
            sheet.cell(top, 1, caption.left)
        if caption.right:
            sheet.cell(top, laid.columns, caption.right).alignment = Alignment(horizontal="right")
        top += 1
    top += look.gap
    cells = merged_codes(laid) if look.merge_codes else laid.cells
    thin = Side(style="thin")
    for row in range(top, top + laid.rows):
        for column in range(1, laid.columns + 1):
            sheet.cell(row, column).border = Border(left=thin, right=thin, top=thin, bottom=thin)
        if look.broken_at and (row - top) % look.broken_at == look.broken_at - 1:
            sheet.row_breaks.append(Break(id=row))
    for cell in cells:
        _cell(sheet, cell, top, laid.header, look)
    for column, width in enumerate(_ems(laid), start=1):
        sheet.column_dimensions[get_column_letter(column)].width = 2.3 * width + 2
    for row in range(laid.rows):
        lines = [
            -(-width_of(c.text) // sum(_ems(laid)[c.column : c.column + c.columns]))
            for c in cells
            if c.row == row and c.rows == 1
        ]
        sheet.row_dimensions[top + row].height = 15 * max(1, *lines, 1) + 3
    for offset, note in enumerate(table.laid.notes):
        sheet.cell(top + laid.rows + offset, 1, note)
    return top + laid.rows + len(table.laid.notes)


def _cell(sheet: Worksheet, cell: LaidCell, top: int, header: int, look: Book) -> None:
    row, column = top + cell.row, cell.column + 1
    if cell.rows > 1 or cell.columns > 1:
        sheet.merge_cells(
            start_row=row,
            start_column=column,
            end_row=row + cell.rows - 1,
            end_column=column + cell.columns - 1,
        )
    target = sheet.cell(row, column)
    text = cell.text
    level = len(text) - len(text.lstrip())
    align = "center" if cell.row < header or cell.columns > 1 else None
    indent = 0
    if look.indent and level:
        text, indent, align = text.lstrip(), level // 2 or 1, "left"
    target.alignment = Alignment(horizontal=align, vertical="center", wrap_text=True, indent=indent)
    target.font = Font(name=FONT, size=10)
    if cell.row < header:
        target.fill = PatternFill("solid", fgColor="FFD9E1F2")
    if not text:
        return
    shape = None if look.as_text or cell.row < header else _format_of(text, look)
    if shape:
        target.value, target.number_format = shape
        target.alignment = Alignment(horizontal="right", vertical="center")
    else:
        target.value = text


def _format_of(text: str, look: Book) -> tuple[Decimal | int, str] | None:
    """The number that prints a text, with its format."""
    match = re.fullmatch(r"(-?)(\d{1,3}(?:,\d{3})+|\d+)(\.\d+)?", text)
    if not match or (len(text) > 1 and text[0] == "0" and "." not in text):
        return None
    grouped, decimals = "," in text, len(match[3] or "") - 1 if match[3] else 0
    body = ("#,##0" if grouped else "0") + ("." + "0" * decimals if decimals else "")
    if look.accounting and decimals:
        body = f"_ * {body}_ ;_ * -{body}_ ;_ * {body}_ ;_ @_ "
    number = Decimal(text.replace(",", ""))
    if number == number.to_integral() and not decimals:
        return int(number), body
    return number, body


def _ems(laid: Laid) -> list[float]:
    ems = []
    for column in range(laid.columns):
        cells = [c for c in laid.cells if c.column == column and c.columns == 1]
        body = [min(width_of(c.text), 16.0) for c in cells if c.row >= laid.header]
        heads = [min(width_of(c.text), 6.0) for c in cells if c.row < laid.header]
        ems.append(max([2.2, *body, *heads]))
    return ems


# ---- Word -----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Word:
    """How a Word document is made.

    ``cut`` ends a table after so many rows and goes on in a second one; ``repeated`` with
    its header again, below a line 续表.  ``controls`` puts rows into content controls,
    ``revised`` leaves deleted figures beside the valid ones.
    """

    cut: int = 0
    repeated: bool = False
    controls: bool = False
    revised: bool = False
    can_split: bool = True
    repeat_header: bool = False
    size: float = 8.0
    landscape: int = 7
    running: bool = True


def document(disclosure: Facts, look: Word = Word()) -> bytes:
    """The whole disclosure, wide tables on landscape sections."""
    word = Document()
    style = word.styles["Normal"]
    style.font.name, style.font.size = FONT, Pt(10.5)
    style.element.rPr.rFonts.set(qn("w:eastAsia"), FONT)
    section = word.sections[0]
    section.page_width, section.page_height = Pt(595), Pt(842)
    for edge in ("left_margin", "right_margin", "top_margin", "bottom_margin"):
        setattr(section, edge, Pt(50))
    if look.running:
        section.header.paragraphs[0].text = "示例单位预决算信息公开"
        section.footer.paragraphs[0].text = "— 7 —"
        section.footer.paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.CENTER
    for part in disclosure.parts:
        if isinstance(part, Text):
            _said(word, part)
        elif isinstance(part, NewPage):
            word.add_page_break()
        else:
            _word_table(word, part, look)
    buffer = io.BytesIO()
    word.save(buffer)
    return buffer.getvalue()


def _said(word: DocxDocument, part: Text) -> None:
    paragraph = word.add_paragraph(part.text, style=f"Heading {part.level}" if part.level else None)
    if not part.level and part.text.endswith("。"):
        paragraph.paragraph_format.first_line_indent = Pt(21)


def _word_table(word: DocxDocument, table: TableFacts, look: Word) -> None:
    laid = table.laid
    wide = laid.columns >= look.landscape
    section = word.sections[-1]
    if wide != (section.orientation == WD_ORIENT.LANDSCAPE):
        _turn(word)
    for caption in table.captions:
        paragraph = word.add_paragraph(caption.middle or caption.left)
        if caption.middle:
            paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        if caption.right and not caption.left:
            paragraph.text, paragraph.alignment = caption.right, WD_ALIGN_PARAGRAPH.RIGHT
        elif caption.right:
            paragraph.add_run("\t\t\t" + caption.right)
    rows = list(range(laid.rows))
    pieces = [rows]
    if look.cut and laid.rows > look.cut + laid.header:
        cut = laid.header + look.cut
        pieces = [rows[:cut], rows[cut:]]
    for number, piece in enumerate(pieces):
        if number and look.repeated:
            title = next(c.middle for c in table.captions if c.middle.endswith("表"))
            word.add_paragraph(f"{title}（续表）").alignment = WD_ALIGN_PARAGRAPH.CENTER
            _piece(word, laid, [*range(laid.header), *piece], look)
            continue
        if number:
            word.add_page_break()
        _piece(word, laid, piece, look)
    for note in laid.notes:
        word.add_paragraph(note)
    if not laid.notes:
        word.add_paragraph()


def _turn(word: DocxDocument) -> None:
    section = word.add_section(WD_SECTION.NEW_PAGE)
    flat = section.orientation == WD_ORIENT.PORTRAIT
    section.orientation = WD_ORIENT.LANDSCAPE if flat else WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = section.page_height, section.page_width


def _piece(word: DocxDocument, laid: Laid, rows: Sequence[int], look: Word) -> None:
    table = word.add_table(len(rows), laid.columns, style="Table Grid")
    room = 742.0 if laid.columns >= look.landscape else 495.0
    widths = [em * look.size + 12 for em in _ems(laid)]
    scale = min(1.0, room / sum(widths))
    table.autofit = False
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Pt(width * scale)
    at = {row: number for number, row in enumerate(rows)}
    slots = table._cells  # asked once: python-docx counts all cells for each that it gives
    for number, slot in enumerate(slots):
        slot.width = Pt(widths[number % laid.columns] * scale)
    for cell in (cell for cell in laid.cells if cell.row in at):
        first = slots[at[cell.row] * laid.columns + cell.column]
        right = cell.column + cell.columns - 1
        last = slots[(at[cell.row] + cell.rows - 1) * laid.columns + right]
        target = first.merge(last) if first is not last else first
        _say(target.paragraphs[0], cell, laid, look)
    for number, row in enumerate(table.rows):
        properties = row._tr.get_or_add_trPr()
        if not look.can_split:
            properties.append(OxmlElement("w:cantSplit"))
        if look.repeat_header and rows[number] < laid.header:
            properties.append(OxmlElement("w:tblHeader"))
    if look.controls:
        _into_controls(table._tbl)


def _say(paragraph: Paragraph, cell: LaidCell, laid: Laid, look: Word) -> None:
    paragraph.add_run(cell.text).font.size = Pt(look.size)
    if cell.row < laid.header or cell.columns > 1:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    elif cell.is_figure:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        if look.revised and cell.row % 3 == 0:
            _deleted(paragraph._p, "8888.88")


def _deleted(paragraph: object, text: str) -> None:
    """A deletion that Word still shows as a revision, before what is valid."""
    deletion, run, said = (OxmlElement(f"w:{tag}") for tag in ("del", "r", "delText"))
    deletion.set(qn("w:id"), "1")
    deletion.set(qn("w:author"), "预算科")
    said.text = text
    run.append(said)
    deletion.append(run)
    paragraph.insert(0, deletion)  # type: ignore[attr-defined]


def _into_controls(table: object) -> None:
    """Every second row inside a content control, as forms have them."""
    rows = table.findall(qn("w:tr"))  # type: ignore[attr-defined]
    for row in rows[1::2]:
        control, content = OxmlElement("w:sdt"), OxmlElement("w:sdtContent")
        row.addprevious(control)
        content.append(deepcopy(row))
        control.append(content)
        row.getparent().remove(row)
