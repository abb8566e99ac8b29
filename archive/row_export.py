"""All figures of a search as CSV and XLSX, written as they are read from the store."""

from __future__ import annotations

import csv
import io
import tempfile
from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import IO

from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

from archive.export import safe
from archive.search.rows import FoundFigure

HEAD = (
    "单位", "年度", "文件类型", "地区", "文件", "表", "科目编码", "科目名称", "项目", "栏目",
    "金额（元）", "金额（分）", "原文", "原文单位", "存疑", "链接",
)  # fmt: skip
_WRITTEN_AT_ONCE = 500
_MOST_ROWS_A_SHEET = 1_000_000  # a sheet of XLSX ends at 1,048,576
_SPOOLED = 8_000_000

Value = str | int | Decimal


def rows_csv(found: Iterable[FoundFigure], site: str) -> Iterator[bytes]:
    """UTF-8 CSV with a byte order mark, in pieces; ``site`` stands before the addresses.

    Amounts are exact decimal texts; text that a spreadsheet would run as a formula gets a
    leading apostrophe.
    """
    buffer = io.StringIO()
    writer = csv.writer(buffer)
    buffer.write("\ufeff")
    writer.writerow(HEAD)
    for number, one in enumerate(found, 1):
        writer.writerow(_values(one, site))
        if number % _WRITTEN_AT_ONCE == 0:
            yield _taken(buffer)
    yield _taken(buffer)


def rows_xlsx(found: Iterable[FoundFigure], site: str) -> IO[bytes]:
    """A workbook in a temporary file, opened at its start; further sheets where one is full."""
    workbook = Workbook(write_only=True)
    sheet = None
    for number, one in enumerate(found):
        if sheet is None or number % _MOST_ROWS_A_SHEET == 0:
            sheet = workbook.create_sheet(f"结果{number // _MOST_ROWS_A_SHEET + 1}")
            sheet.freeze_panes = "A2"
            sheet.append(HEAD)
        sheet.append([_storable(value) for value in _values(one, site)])
    if sheet is None:
        workbook.create_sheet("结果1").append(HEAD)
    file = tempfile.SpooledTemporaryFile(max_size=_SPOOLED)  # noqa: SIM115 - the caller closes it
    workbook.save(file)
    file.seek(0)
    return file


def _storable(value: Value) -> Value:
    """Without control characters, which XML cannot hold."""
    return ILLEGAL_CHARACTERS_RE.sub("", value) if isinstance(value, str) else value


def _taken(buffer: io.StringIO) -> bytes:
    text = buffer.getvalue()
    buffer.seek(0)
    buffer.truncate()
    return text.encode("utf-8")


def _values(found: FoundFigure, site: str) -> list[Value]:
    """The values in the order of :data:`HEAD`."""
    record, document = found.record, found.record.document
    texts = (
        document.kind,
        document.region or "",
        document.title,
        record.table_name,
        record.code or "",
        record.label,
        record.project or "",
        "/".join(record.column),
    )
    return [
        safe(document.agency or ""),
        document.fiscal_year or "",
        *map(safe, texts),
        Decimal(record.fen).scaleb(-2),
        record.fen,
        safe(record.printed),
        safe(record.unit or ""),
        "" if record.certain else "存疑",
        site + found.url,
    ]
