"""Parts -> XLSX: one sheet for the text, one for each table."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, Side
from openpyxl.worksheet.worksheet import Worksheet

from samples.parts import Heading, Paragraph, Part, TablePart, placed

THIN = Side(style="thin")
GRID = Border(left=THIN, right=THIN, top=THIN, bottom=THIN)


def write_xlsx(parts: list[Part], path: Path) -> None:
    """Write the parts as a workbook; figures are numbers with a format, codes are text."""
    workbook = Workbook()
    workbook.remove(workbook.active)
    text_sheet: Worksheet | None = None
    for part in parts:
        match part:
            case TablePart():
                _table(workbook.create_sheet(_name(workbook, part)), part)
                text_sheet = None
            case Heading() | Paragraph():
                if text_sheet is None:
                    text_sheet = workbook.create_sheet(f"说明{len(workbook.sheetnames) + 1}")
                    text_sheet.column_dimensions["A"].width = 110
                text_sheet.append([part.text])
                cell = text_sheet.cell(text_sheet.max_row, 1)
                cell.alignment = Alignment(wrap_text=True)
                cell.font = Font(bold=isinstance(part, Heading))
    workbook.properties.created = datetime(2024, 1, 1, tzinfo=UTC).replace(tzinfo=None)
    workbook.save(path)


def _name(workbook: Workbook, part: TablePart) -> str:
    head = part.caption[0][:20]
    return head if head not in workbook.sheetnames else f"{head}{len(workbook.sheetnames) + 1}"


def _table(sheet: Worksheet, part: TablePart) -> None:
    for line in part.caption:
        sheet.append([line])
        row = sheet.max_row
        sheet.merge_cells(start_row=row, end_row=row, start_column=1, end_column=part.width)
        sheet.cell(row, 1).alignment = Alignment(horizontal="center")
    top = sheet.max_row + 1
    for row, column, head in placed(part.header):
        cell = sheet.cell(top + row, column + 1, head.text)
        cell.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)
        if head.rows > 1 or head.columns > 1:
            sheet.merge_cells(
                start_row=top + row,
                end_row=top + row + head.rows - 1,
                start_column=column + 1,
                end_column=column + head.columns,
            )
    first = top + len(part.header)
    for offset, texts in enumerate(part.rows):
        for column, text in enumerate(texts, 1):
            _write(sheet, first + offset, column, text)
    for row_cells in sheet.iter_rows(top, first + len(part.rows) - 1, 1, part.width):
        for cell in row_cells:
            cell.border = GRID
    for note in part.notes:
        sheet.cell(sheet.max_row + 1, 1, note)


def _write(sheet: Worksheet, row: int, column: int, text: str) -> None:
    if not text:
        return
    cell = sheet.cell(row, column)
    if "." in text and text.replace(".", "").isdigit():
        cell.value = Decimal(text)
        cell.number_format = "0.00"
    else:
        cell.value = text
        cell.number_format = "@"
