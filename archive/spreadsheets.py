"""Long lists as CSV and XLSX, written as they are read, so that none is whole in memory.

Texts are to be made harmless before (:func:`archive.export.safe`).
"""

from __future__ import annotations

import csv
import io
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from typing import IO, Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Font

Value = str | int | Decimal | None
"""A cell; ``None`` is blank."""

_WRITTEN_AT_ONCE = 500
_MOST_ROWS_A_SHEET = 1_000_000  # a sheet of XLSX ends at 1,048,576
_SPOOLED = 8_000_000


def csv_pieces(head: Sequence[str], rows: Iterable[Sequence[Value]]) -> Iterator[bytes]:
    """UTF-8 with a byte order mark, which spreadsheets need for Chinese; exact decimals."""
    buffer = io.StringIO()
    writer = csv.writer(buffer)
    buffer.write("\ufeff")
    writer.writerow(head)
    for number, row in enumerate(rows, 1):
        writer.writerow(row)
        if number % _WRITTEN_AT_ONCE == 0:
            yield _taken(buffer)
    yield _taken(buffer)


def workbook(
    head: Sequence[str], rows: Iterable[Sequence[Value]], name: str, *, amount: int
) -> IO[bytes]:
    """A workbook in a temporary file, opened at its start; the caller closes it.

    ``amount`` is the index of the column of amounts in 元.  Where a sheet ``name`` is full
    another follows.
    """
    book = Workbook(write_only=True)
    sheet = _sheet(book, name, head)
    for number, row in enumerate(rows):
        if number and number % _MOST_ROWS_A_SHEET == 0:
            sheet = _sheet(book, f"{name}{number // _MOST_ROWS_A_SHEET + 1}", head)
        line: list[Any] = [_storable(value) for value in row]
        line[amount] = WriteOnlyCell(sheet, line[amount])
        line[amount].number_format = "#,##0.00"
        sheet.append(line)
    file = tempfile.SpooledTemporaryFile(max_size=_SPOOLED)  # noqa: SIM115 - the caller closes it
    book.save(file)
    file.seek(0)
    return file


def _sheet(book: Workbook, name: str, head: Sequence[str]) -> Any:
    sheet = book.create_sheet(name)
    sheet.freeze_panes = "A2"
    cells = [WriteOnlyCell(sheet, text) for text in head]
    for cell in cells:
        cell.font = Font(bold=True)
    sheet.append(cells)
    return sheet


def _storable(value: Value) -> Value:
    """Without control characters, which XML cannot hold."""
    return ILLEGAL_CHARACTERS_RE.sub("", value) if isinstance(value, str) else value


def _taken(buffer: io.StringIO) -> bytes:
    text = buffer.getvalue()
    buffer.seek(0)
    buffer.truncate()
    return text.encode()
