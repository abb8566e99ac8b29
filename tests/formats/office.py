"""Tables as DOCX with real merged cells, and as workbooks."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal
from xml.sax.saxutils import escape

from openpyxl import Workbook, load_workbook
from openpyxl.styles import Alignment, Border, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from tests.formats.laid import Laid, LaidCell, width_of

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_PARTS = {
    "[Content_Types].xml": (
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        '<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-'
        'officedocument.wordprocessingml.document.main+xml"/></Types>'
    ),
    "_rels/.rels": (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        '<Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/'
        'relationships/officeDocument" Target="word/document.xml"/></Relationships>'
    ),
}
_FONT = "Noto Serif CJK SC"
_TWIPS = 20
_HEAD = 4.0
"""A head wraps beyond so many Han characters."""
_PAGE = 15800
"""The width of the text on a landscape page, in twentieths of a point."""

Borders = Literal["all", "horizontal", "none"]
_BORDERS: dict[Borders, tuple[str, ...]] = {
    "all": ("top", "left", "bottom", "right", "insideH", "insideV"),
    "horizontal": ("top", "bottom", "insideH"),
    "none": (),
}


@dataclass(frozen=True, slots=True)
class Word:
    """How a DOCX is set: its borders, and tables inside a cell of a table around them."""

    borders: Borders = "all"
    nested: bool = False


def to_docx(tables: Sequence[Laid], title: str, look: Word = Word()) -> bytes:
    """The tables one after the other on landscape pages."""
    body = _paragraph(title, "center", 20) + "".join(_block(table, look) for table in tables)
    if look.nested:
        body = f"{_frame()}{_row(f'{_open(1)}{body}{_paragraph()}</w:tc>')}</w:tbl>"
    section = (
        '<w:sectPr><w:pgSz w:w="16838" w:h="11906" w:orient="landscape"/><w:pgMar w:top="700" '
        'w:right="500" w:bottom="700" w:left="500" w:header="300" w:footer="300" w:gutter="0"/>'
        "</w:sectPr>"
    )
    document = f'<w:document xmlns:w="{_W}"><w:body>{body}{section}</w:body></w:document>'
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in {**_PARTS, "word/document.xml": document}.items():
            package.writestr(name, f'<?xml version="1.0" encoding="UTF-8"?>{content}')
    return buffer.getvalue()


def _block(table: Laid, look: Word) -> str:
    first, *others = table.caption
    above = _paragraph(first, "center", new_page=True)
    above += "".join(_paragraph(line, "center") for line in others)
    widths = _widths(table)
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    rows = "".join(
        _row(cells, header=number < table.header)
        for number, cells in enumerate(_rows(table, widths))
    )
    below = "".join(_paragraph(note) for note in table.notes)
    return f"{above}{_frame(look.borders)}<w:tblGrid>{grid}</w:tblGrid>{rows}</w:tbl>{below}" + (
        _paragraph() if not table.notes else ""
    )


def _frame(borders: Borders = "none") -> str:
    drawn = "".join(
        f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="auto"/>'
        for side in _BORDERS[borders]
    )
    return (
        f'<w:tbl><w:tblPr><w:jc w:val="center"/><w:tblBorders>{drawn}</w:tblBorders>'
        '<w:tblLayout w:type="fixed"/></w:tblPr>'
    )


def _row(cells: str, *, header: bool = False) -> str:
    repeated = "<w:tblHeader/>" if header else ""
    return f"<w:tr><w:trPr><w:cantSplit/>{repeated}</w:trPr>{cells}</w:tr>"


def _rows(table: Laid, widths: Sequence[int]) -> list[str]:
    """The rows as XML; below a cell that reaches down stand cells that continue it."""
    at = {(cell.row, cell.column): cell for cell in table.cells}
    reaching: dict[int, LaidCell] = {}
    rows = []
    for row in range(table.rows):
        texts, column = [], 0
        while column < table.columns:
            cell = at.get((row, column)) or reaching[column]
            width = sum(widths[column : column + cell.columns])
            merge = _merge(cell, row)
            texts.append(_open(cell.columns, merge, width))
            texts.append(_content(cell, table) if cell.row == row else _paragraph())
            texts.append("</w:tc>")
            if cell.rows > 1:
                reaching[column] = cell
            column += cell.columns
        rows.append("".join(texts))
    return rows


def _merge(cell: LaidCell, row: int) -> str:
    if cell.rows == 1:
        return ""
    return '<w:vMerge w:val="restart"/>' if cell.row == row else "<w:vMerge/>"


def _open(columns: int, merge: str = "", width: int = _PAGE) -> str:
    span = f'<w:gridSpan w:val="{columns}"/>' if columns > 1 else ""
    return (
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{span}{merge}'
        '<w:vAlign w:val="center"/></w:tcPr>'
    )


def _content(cell: LaidCell, table: Laid) -> str:
    if cell.row < table.header:
        return _paragraph(cell.text, "center", 8)
    return _paragraph(cell.text, "right" if cell.is_figure else "left", 8)


def _paragraph(
    text: str = "", align: str = "left", size: int = 10, *, new_page: bool = False
) -> str:
    page = "<w:pageBreakBefore/>" if new_page else ""
    run = (
        f'<w:r><w:rPr><w:rFonts w:ascii="{_FONT}" w:eastAsia="{_FONT}" w:hAnsi="{_FONT}"/>'
        f'<w:sz w:val="{2 * size}"/></w:rPr><w:t xml:space="preserve">{escape(text)}</w:t></w:r>'
    )
    properties = (
        f'<w:pPr>{page}<w:jc w:val="{align}"/><w:rPr><w:sz w:val="{2 * size}"/></w:rPr></w:pPr>'
    )
    return f"<w:p>{properties}{run if text else ''}</w:p>"


def _widths(table: Laid) -> list[int]:
    """Column widths that keep figures on one line, within the page."""
    widths = [round((em * 8.6 + 11) * _TWIPS) for em in _ems(table, 14.0)]
    scale = min(1.0, _PAGE / sum(widths))
    return [int(width * scale) for width in widths]


def _ems(table: Laid, longest: float) -> list[float]:
    """The width of each column in Han characters, words wrapped beyond ``longest``."""
    ems = []
    for column in range(table.columns):
        cells = [c for c in table.cells if c.column == column and c.columns == 1]
        figures = [width_of(c.text) for c in cells if c.is_figure]
        words = [min(width_of(c.text), longest) for c in cells if c.row >= table.header]
        heads = [min(width_of(c.text), _HEAD) for c in cells if c.row < table.header]
        ems.append(max([2.0, *figures, *words, *heads]))
    return ems


# ---- workbooks --------------------------------------------------------------------------------


def to_xlsx(tables: Sequence[Laid], title: str, *, as_text: bool = False) -> bytes:
    """A cover sheet and a sheet a table; figures as numbers with a format, or as text."""
    workbook = Workbook()
    workbook.active.title = "封面"
    workbook.active.append([title])
    for number, table in enumerate(tables, start=1):
        _sheet(workbook.create_sheet(f"公开{number:02}"), table, as_text=as_text)
    buffer = io.BytesIO()
    workbook.save(buffer)
    return buffer.getvalue()


def to_xlsx_with_hidden(tables: Sequence[Laid], title: str) -> bytes:
    """The workbook with what nobody sees: a sheet, and in each sheet a column and a row."""
    workbook = load_workbook(io.BytesIO(to_xlsx(tables, title)))
    for sheet in workbook.worksheets[1:]:
        row, column = sheet.max_row + 1, sheet.max_column + 1
        for number in range(1, row):
            sheet.cell(number, column, 9999.99)
        sheet.cell(row, 1, "不公开")
        sheet.row_dimensions[row].hidden = True
        sheet.column_dimensions[get_column_letter(column)].hidden = True
    copy = workbook.copy_worksheet(workbook.worksheets[1])
    copy.title, copy.sheet_state = "底稿", "hidden"
    buffer = io.BytesIO()
    workbook.save(buffer)
    return buffer.getvalue()


def _sheet(sheet: Worksheet, table: Laid, *, as_text: bool) -> None:
    for row, line in enumerate(table.caption, start=1):
        _set(sheet, LaidCell(row - 1, 0, line, 1, table.columns), 1, as_text=True)
    top = len(table.caption) + 1
    for cell in table.cells:
        _set(sheet, cell, top, as_text=as_text or cell.row < table.header)
    for offset, note in enumerate(table.notes):
        sheet.cell(top + table.rows + offset, 1, note)
    thin = Side(style="thin")
    for cells in sheet.iter_rows(top, top + table.rows - 1, 1, table.columns):
        for one in cells:
            one.border = Border(left=thin, right=thin, top=thin, bottom=thin)
    for column, width in enumerate(_ems(table, 60.0), start=1):
        sheet.column_dimensions[get_column_letter(column)].width = 2.4 * width + 2
    for row in range(table.header):
        heads = [c for c in table.cells if c.row == row and c.rows == 1]
        lines = max((-(-width_of(c.text) // (_HEAD * c.columns)) for c in heads), default=1)
        sheet.row_dimensions[top + row].height = 16 * (lines + 1)
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True


def _set(sheet: Worksheet, cell: LaidCell, top: int, *, as_text: bool) -> None:
    row, column = top + cell.row, cell.column + 1
    if cell.rows > 1 or cell.columns > 1:
        sheet.merge_cells(
            start_row=row,
            end_row=row + cell.rows - 1,
            start_column=column,
            end_column=column + cell.columns - 1,
        )
    if not cell.text:
        return
    target = sheet.cell(row, column)
    target.alignment = Alignment(wrap_text=True, vertical="center")
    number_format = None if as_text else _format_of(cell.text)
    if number_format:
        target.value = Decimal(cell.text.replace(",", ""))
        target.number_format = number_format
    else:
        target.value = cell.text
        target.number_format = "@"


def _format_of(text: str) -> str | None:
    """The number format that prints the figure as it is; ``None`` for what stays text."""
    plain = text.replace(",", "")
    if not plain.replace(".", "", 1).replace("-", "", 1).isdigit():
        return None
    whole, _, decimals = plain.partition(".")
    if len(whole.lstrip("-")) > 1 and whole.lstrip("-").startswith("0"):
        return None  # a code: 05
    start = "#,##0" if "," in text or len(whole.lstrip("-")) < 4 else "0"
    return start + ("." + "0" * len(decimals) if decimals else "")
