"""Long lists as spreadsheets: every row once, in order, whatever its texts hold."""

from __future__ import annotations

import csv
import io
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from archive.spreadsheets import Value, csv_pieces, workbook

HEAD = ("名称", "金额（元）")
TEXTS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\r\n\0"))


@given(st.lists(st.tuples(TEXTS, st.none() | st.decimals(allow_nan=False, places=2))))
def test_csv_gives_back_every_row(rows: list[tuple[str, Decimal | None]]) -> None:
    data = b"".join(csv_pieces(HEAD, rows)).decode("utf-8-sig")
    head, *read = csv.reader(io.StringIO(data, newline=""))
    assert tuple(head) == HEAD
    assert read == [[name, "" if value is None else str(value)] for name, value in rows]


def test_csv_comes_in_pieces_while_it_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("archive.spreadsheets._WRITTEN_AT_ONCE", 2)
    pieces = list(csv_pieces(HEAD, [("甲", 1), ("乙", 2), ("丙", 3)]))
    assert [piece.decode("utf-8-sig").splitlines() for piece in pieces] == [
        ["名称,金额（元）", "甲,1", "乙,2"],
        ["丙,3"],
    ]


@pytest.mark.parametrize(
    ("count", "sheets"),
    [(0, {"表": 0}), (2, {"表": 2}), (3, {"表": 2, "表2": 1}), (5, {"表": 2, "表2": 2, "表3": 1})],
)
def test_a_full_sheet_is_followed_by_another(
    monkeypatch: pytest.MonkeyPatch, count: int, sheets: dict[str, int]
) -> None:
    monkeypatch.setattr("archive.spreadsheets._MOST_ROWS_A_SHEET", 2)
    with workbook(HEAD, [(f"第{n}", n) for n in range(count)], "表", amount=1) as file:
        book = load_workbook(file)
    assert {sheet.title: sheet.max_row - 1 for sheet in book} == sheets
    rows = [row for sheet in book for row in sheet.iter_rows(min_row=2, values_only=True)]
    assert rows == [(f"第{n}", n) for n in range(count)]
    for sheet in book:
        assert tuple(cell.value for cell in sheet[1]) == HEAD
        assert all(cell.font.bold for cell in sheet[1])


@pytest.mark.parametrize(
    ("row", "kept"),
    [
        (("a\x0bb", Decimal("1.50")), ("ab", 1.5)),
        (("", None), (None, None)),
        (("甲", 0), ("甲", 0)),
    ],
)
def test_cells_of_a_workbook(row: tuple[Value, ...], kept: tuple[object, ...]) -> None:
    with workbook(HEAD, [row], "表", amount=1) as file:
        sheet = load_workbook(file).worksheets[0]
    assert [tuple(values) for values in sheet.iter_rows(min_row=2, values_only=True)] == [kept]
    assert sheet["B2"].number_format == "#,##0.00"
