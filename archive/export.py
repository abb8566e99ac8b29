"""A table as CSV and XLSX, with its source line, for people who go on in a spreadsheet."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from decimal import Decimal

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font
from openpyxl.worksheet.worksheet import Worksheet

from archive.amounts import to_decimal
from archive.model import Cell, Document, Table
from archive.printed import HeaderCell, PrintedTable, printed
from archive.table_names import table_name
from archive.unseen import without_unseen

_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def source_line(document: Document, table: Table) -> str:
    """Who published the table where: 《…》表7，单位：万元."""
    unit = f"，单位：{table.unit}" if table.unit else ""
    return f"来源：《{document.title}》{table_name(table)}{unit}"


def table_csv(document: Document, table: Table) -> bytes:
    """The table as UTF-8 CSV with a byte order mark, which spreadsheets need for Chinese.

    Header texts of several levels are joined by "/"; text that a spreadsheet would run as
    a formula gets a leading apostrophe.
    """
    buffer = io.StringIO()
    writer = csv.writer(buffer)
    writer.writerow([safe(source_line(document, table))])
    writer.writerow([safe("/".join(column.path)) for column in table.columns])
    for line in _lines(table):
        writer.writerow([_harmless(line.get(column)) for column in range(len(table.columns))])
    return buffer.getvalue().encode("utf-8-sig")


def table_xlsx(document: Document, table: Table) -> bytes:
    """The table as a workbook: merged headers, figures as numbers in their printed form."""
    workbook = Workbook()
    sheet = workbook.active
    if not isinstance(sheet, Worksheet):  # a new workbook has one
        sheet = workbook.create_sheet()
    sheet.title = f"表{table.number}" if table.number else "表"
    sheet.append([safe(source_line(document, table))])
    view = printed(table)
    for row, cells in enumerate(view.header, 2):
        for head in cells:
            _write_head(sheet, row, head)
    first = 2 + len(view.header)
    for offset, line in enumerate(_lines(table)):
        for column, cell in line.items():
            _write(sheet, first + offset, column + 1, cell)
    sheet.freeze_panes = sheet.cell(first, _first_amount(view) + 1)
    buffer = io.BytesIO()
    workbook.save(buffer)
    return buffer.getvalue()


def _lines(table: Table) -> Iterator[dict[int, Cell]]:
    """The printed lines, the halves of a side-by-side table on one line again."""
    lines: dict[int, dict[int, Cell]] = {}
    for row in table.rows:
        lines.setdefault(row.line, {}).update({cell.column: cell for cell in row.cells})
    for line in sorted(lines):
        yield lines[line]


def _harmless(cell: Cell | None) -> str:
    return "" if cell is None else safe(cell.printed)


def safe(text: str) -> str:
    """The text so that no spreadsheet runs it as a formula, or refuses a character of it."""
    text = without_unseen(text)
    if text.startswith(_FORMULA_STARTS) and to_decimal(text) is None:
        return "'" + text
    return text


def _first_amount(view: PrintedTable) -> int:
    roles = [column.role for column in view.table.columns]
    return next((index for index, role in enumerate(roles) if role == "amount"), 0)


def _write_head(sheet: Worksheet, row: int, head: HeaderCell) -> None:
    cell = sheet.cell(row, head.column + 1, safe(head.text))
    cell.font = Font(bold=True)
    cell.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)
    if head.columns > 1 or head.rows > 1:
        sheet.merge_cells(
            start_row=row,
            end_row=row + head.rows - 1,
            start_column=head.column + 1,
            end_column=head.column + head.columns,
        )


def _write(sheet: Worksheet, row: int, column: int, source: Cell) -> None:
    cell = sheet.cell(row, column)
    number = to_decimal(source.printed) if source.fen is not None else None
    if number is None:
        cell.value = safe(source.printed)
        cell.number_format = "@"
        return
    cell.value = number
    cell.number_format = _number_format(number)


def _number_format(number: Decimal) -> str:
    exponent = number.as_tuple().exponent
    places = -exponent if isinstance(exponent, int) else 0
    return "#,##0" + ("." + "0" * places if places > 0 else "")
