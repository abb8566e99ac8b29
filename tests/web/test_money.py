"""Figures as printed, in another unit, with their shares of the total."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient

from archive.addresses import table_path
from archive.archive import Archive
from archive.model import Cell, Column, Row, Table
from web.money import AS_PRINTED, reading_of, totals_of

ROWS = (
    Row("a", 0, None, "甲", (Cell(1, "10.00", 10_000_000), Cell(2, "—"))),
    Row("b", 1, None, "乙", (Cell(1, "0", 0), Cell(2, "3", 3_000_000))),
    Row("t", 2, None, "本年合计", (Cell(1, "30", 30_000_000), Cell(2, "0", 0)), role="total"),
    Row("u", 3, None, "总计", (Cell(1, "40", 40_000_000),), role="total"),
)
TABLE = Table(
    "表1", 1, "表", None, "万元", (Column(("项",), "label"), Column(("甲",)), Column(("乙",))), ROWS
)


def test_totals_are_the_largest_of_a_column() -> None:
    assert totals_of(TABLE) == {(None, 1): 40_000_000, (None, 2): 0}


@pytest.mark.parametrize(
    ("row", "cell", "unit", "figure", "share"),
    [
        (0, 0, None, "10.00", "25.0%"),
        (0, 0, "元", "100,000", "25.0%"),
        (0, 0, "亿元", "0.001", "25.0%"),
        (0, 0, "万元", "10.00", "25.0%"),
        (0, 0, "斤", "10.00", "25.0%"),
        (0, 1, "元", "—", None),
        (1, 0, "元", "0", "0.0%"),
        (1, 1, "元", "30,000", None),
        (2, 0, "元", "300,000", None),
    ],
)
def test_a_reading(row: int, cell: int, unit: str | None, figure: str, share: str | None) -> None:
    reading = reading_of(TABLE, unit, shares=True)
    shown = TABLE.rows[row].cells[cell]
    assert reading.figure(shown) == figure
    assert reading.share(TABLE.rows[row], shown) == share
    assert AS_PRINTED.share(TABLE.rows[row], shown) is None
    assert AS_PRINTED.figure(shown) == shown.printed


def test_the_page_switches_units_and_says_so(client: FlaskClient, sample_archive: Archive) -> None:
    document = next(
        d for d in sample_archive.store.documents() if d.source_name.endswith("2024-budget.docx")
    )
    path = table_path(document, "表7")
    printed = client.get(path).get_data(as_text=True)
    in_yuan = client.get(f"{path}?unit=元&share=1").get_data(as_text=True)
    assert ">10.00<" in printed
    assert "换算" not in printed
    assert ">100,000<" in in_yuan
    assert "数字已从万元换算为元" in in_yuan
    assert "%</span>" in in_yuan
