import csv
import io

import openpyxl
import pytest

from archive.export import table_csv, table_xlsx
from archive.model import Cell, Column, Document, Row, Table
from archive.printed import HeaderCell, header_cells, printed

CODES = tuple(Column(("功能分类科目编码", name), "code") for name in "类款项")
COLUMNS = (
    *CODES,
    Column(("功能分类科目名称",), "label"),
    Column(("支出预算", "合计")),
    Column(("支出预算", "基本支出")),
)
ROW = Row(
    "210-卫生健康支出",
    0,
    "210",
    "卫生健康支出",
    (
        Cell(0, "210"),
        Cell(3, "卫生健康支出"),
        Cell(4, "1,298.81", 1_298_810_000),
        Cell(5, "=1+1"),
    ),
)
TABLE = Table("表3", 3, "部门支出总体情况表", None, "万元", COLUMNS, (ROW,))
DOCUMENT = Document(
    "0" * 12,
    "某局2024年部门预算",
    "某局",
    None,
    2024,
    "部门预算",
    None,
    "0" * 64,
    "text/plain",
    "a.txt",
)


def test_headers_are_merged_as_printed() -> None:
    assert header_cells(COLUMNS) == (
        (
            HeaderCell("功能分类科目编码", 0, 3, 1),
            HeaderCell("功能分类科目名称", 3, 1, 2),
            HeaderCell("支出预算", 4, 2, 1),
        ),
        (
            HeaderCell("类", 0, 1, 1),
            HeaderCell("款", 1, 1, 1),
            HeaderCell("项", 2, 1, 1),
            HeaderCell("合计", 4, 1, 1),
            HeaderCell("基本支出", 5, 1, 1),
        ),
    )


@pytest.mark.parametrize(
    "paths",
    [
        [("收入", "项目"), ("收入", "预算数"), ("支出", "项目"), ("支出", "预算数")],
        [("a",), ("a",), ("b", "c", "d"), ("b", "c", "e"), ("b", "f")],
        [(), ("a", "b"), ("a", "b")],
    ],
)
def test_header_cells_cover_every_place_once(paths: list[tuple[str, ...]]) -> None:
    header = header_cells([Column(path) for path in paths])
    covered = [
        (level + down, cell.column + right)
        for level, cells in enumerate(header)
        for cell in cells
        for down in range(cell.rows)
        for right in range(cell.columns)
    ]
    depth = max(len(path) for path in paths)
    assert sorted(covered) == [
        (row, column) for row in range(depth) for column in range(len(paths))
    ]


def test_halves_of_a_side_by_side_table_share_a_line() -> None:
    columns = tuple(Column((name,)) for name in ("收入", "数", "支出", "数"))
    left = Row("a", 0, None, "一般公共预算", (Cell(0, "一般公共预算"), Cell(1, "5", 5)), "income")
    right = Row("b", 0, "201", "一般公共服务", (Cell(2, "201 一般公共服务"),), "expenditure")
    lone = Row("c", 1, "202", "外交支出", (Cell(2, "202 外交支出"),), "expenditure")
    view = printed(Table("表1", 1, "", None, None, columns, (left, right, lone)))
    assert [[row.id for row in line.rows] for line in view.lines] == [["a", "b"], ["c"]]
    assert [cell.cell.printed if cell.cell else None for cell in view.lines[0].cells] == [
        "一般公共预算",
        "5",
        "201 一般公共服务",
        None,
    ]
    assert [cell.starts_row for cell in view.lines[0].cells] == [True, False, True, False]


def test_csv_keeps_what_is_printed_and_runs_no_formula() -> None:
    data = table_csv(DOCUMENT, TABLE)
    assert data.startswith(b"\xef\xbb\xbf")
    lines = list(csv.reader(io.StringIO(data.decode("utf-8-sig"))))
    assert lines[0] == ["来源：《某局2024年部门预算》表3 部门支出总体情况表，单位：万元"]
    assert lines[1][4] == "支出预算/合计"
    assert lines[2] == ["210", "", "", "卫生健康支出", "1,298.81", "'=1+1"]


def test_xlsx_has_merged_headers_and_real_numbers() -> None:
    sheet = openpyxl.load_workbook(io.BytesIO(table_xlsx(DOCUMENT, TABLE))).active
    assert sheet is not None
    assert {str(merged) for merged in sheet.merged_cells.ranges} == {"A2:C2", "D2:D3", "E2:F2"}
    figure = sheet["E4"]
    assert (figure.value, figure.number_format) == (1298.81, "#,##0.00")
    assert sheet["A4"].value == "210"
    assert sheet["F4"].value == "'=1+1"
