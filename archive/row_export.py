"""All figures of a search as CSV and XLSX, written as they are read from the store."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import IO

from archive.export import safe
from archive.search.rows import FoundFigure
from archive.spreadsheets import Value, csv_pieces, workbook

HEAD = (
    "单位", "年度", "文件类型", "地区", "文件", "表", "科目编码", "科目名称", "项目", "栏目",
    "金额（元）", "金额（分）", "原文", "原文单位", "存疑", "链接",
)  # fmt: skip
_AMOUNT = HEAD.index("金额（元）")


def rows_csv(found: Iterable[FoundFigure], site: str) -> Iterator[bytes]:
    """CSV in pieces; ``site`` stands before the addresses, amounts are exact decimals."""
    return csv_pieces(HEAD, (_values(one, site) for one in found))


def rows_xlsx(found: Iterable[FoundFigure], site: str) -> IO[bytes]:
    """A workbook in a temporary file, opened at its start; the caller closes it."""
    return workbook(HEAD, (_values(one, site) for one in found), "结果", amount=_AMOUNT)


def _values(found: FoundFigure, site: str) -> list[Value]:
    """The values in the order of :data:`HEAD`, texts safe in a spreadsheet."""
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
