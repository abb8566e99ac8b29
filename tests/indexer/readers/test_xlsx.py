from __future__ import annotations

import io
import zipfile

import pytest
from openpyxl import Workbook

from archive.errors import LimitExceeded, UnreadableFile
from archive.model import Place
from indexer.pages import Grid, Line, Pages
from indexer.readers.xlsx import read_xlsx


def saved(book: Workbook) -> bytes:
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def read(book: Workbook) -> Pages:
    return read_xlsx(saved(book), "a.xlsx")


def book_of(rows: list[list[object]], title: str = "Sheet1") -> Workbook:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = title
    for row in rows:
        sheet.append(row)
    return book


def rewritten(data: bytes, name: str, old: bytes, new: bytes) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(target, "w") as archive:
        for entry in source.namelist():
            content = source.read(entry)
            if entry == name:
                assert old in content
                content = content.replace(old, new)
            archive.writestr(entry, content)
    return target.getvalue()


def printed(pages: Pages, page: int = 0) -> list[object]:
    """Lines as text, grids as rows of (column, text)."""
    found: list[object] = []
    for item in pages.pages[page].items:
        if isinstance(item, Line):
            found.append(item.text)
        else:
            rows: list[list[tuple[int, str]]] = [[] for _ in range(item.rows)]
            for cell in item.cells:
                rows[cell.row].append((cell.column, cell.text))
            found.append(rows)
    return found


CAPTIONED: list[list[object]] = [
    ["表1"],
    ["部门收支总体情况表"],
    ["编制部门：某局", None, None, "单位：万元"],
    ["收入", None, "支出", None],
    ["项目", "预算数", "项目", "预算数"],
    ["拨款", 683.3, "201 一般公共服务支出", None],
    ["合计", 683.3, "合计", 683.3],
    [],
    ["注：本表反映部门收支情况。"],
]


def test_captions_and_notes_are_lines_and_the_table_is_a_grid() -> None:
    book = book_of(CAPTIONED)
    sheet = book.worksheets[0]
    for merged in ("A2:D2", "A4:B4", "C4:D4", "A9:D9"):
        sheet.merge_cells(merged)
    pages = read(book)
    assert printed(pages) == [
        "表1", "部门收支总体情况表", "编制部门：某局", "单位：万元",
        [[(0, "收入"), (2, "支出")], [(0, "项目"), (1, "预算数"), (2, "项目"), (3, "预算数")],
         [(0, "拨款"), (1, "683.3"), (2, "201 一般公共服务支出")],
         [(0, "合计"), (1, "683.3"), (2, "合计"), (3, "683.3")]],
        "注：本表反映部门收支情况。",
    ]  # fmt: skip
    items = pages.pages[0].items
    assert items[3].place == Place(path="Sheet1!D3")
    grid = items[4]
    assert isinstance(grid, Grid)
    assert (grid.place, grid.exact) == (Place(path="Sheet1!A4:D7"), True)
    assert [(c.text, c.column_span) for c in grid.cells[:2]] == [("收入", 2), ("支出", 2)]
    assert grid.cells[-1].place == Place(path="Sheet1!D7")


def test_several_tables_in_a_sheet_and_several_sheets() -> None:
    book = book_of([*CAPTIONED, [], ["表2"], ["部门收入总体情况表"], ["科目", "数"], ["教育", 5]])
    other = book.create_sheet("三公经费")
    other["B2"], other["C2"], other["B3"], other["C3"] = "项目", "数", "合计", 6
    pages = read(book)
    assert [page.number for page in pages.pages] == [1, 2]
    assert printed(pages)[-3:] == [
        "表2", "部门收入总体情况表", [[(0, "科目"), (1, "数")], [(0, "教育"), (1, "5")]],
    ]  # fmt: skip
    assert printed(pages, 1) == ["三公经费", [[(0, "项目"), (1, "数")], [(0, "合计"), (1, "6")]]]
    assert pages.pages[1].items[1].place == Place(path="三公经费!B2:C3")


@pytest.mark.parametrize(
    ("value", "code", "text"),
    [(0.1 + 0.2, "General", "0.3"), (35, "0.00", "35.00"), (1234567.5, "#,##0.00", "1,234,567.50"),
     ("08", "@", "08"), (5, "00", "05"), (0, "General", "0"), ("—", "General", "—"),
     ("甲\r\n乙 ", "General", "甲\n乙"), (0.5, "0.00%", "50.00%")],
)  # fmt: skip
def test_cells_print_as_shown(value: object, code: str, text: str) -> None:
    book = book_of([["甲", "乙"], ["丙", value]])
    book.worksheets[0]["B2"].number_format = code
    grid = read(book).pages[0].items[0]
    assert isinstance(grid, Grid)
    assert grid.cells[-1].text == text


def test_hidden_sheets_rows_and_columns_are_left_out_and_told() -> None:
    book = book_of([["项目", "码", "数"], ["甲", "x", 1], ["藏", "y", 2], ["乙", "z", 3]])
    sheet = book.worksheets[0]
    sheet.row_dimensions[3].hidden = True
    sheet.column_dimensions["B"].hidden = True
    hidden = book.create_sheet("底稿")
    hidden["A1"] = 5
    hidden.sheet_state = "hidden"
    empty = book.create_sheet("空")
    empty.sheet_state = "veryHidden"
    pages = read(book)
    assert printed(pages) == [
        [[(0, "项目"), (1, "数")], [(0, "甲"), (1, "1")], [(0, "乙"), (1, "3")]]
    ]
    assert (
        pages.pages[0].problem
        == "工作表“Sheet1”中隐藏的第 3 行未读取。工作表“Sheet1”中隐藏的 B 列未读取。"
    )
    assert pages.pages[1].problem == "隐藏的工作表“底稿”未读取。"
    assert pages.pages[2].problem is None


def test_a_formula_gives_its_saved_result_or_a_problem() -> None:
    data = saved(book_of([["甲", "乙"], [2, "=A2*3"], [1, "=A3"]]))
    pages = read_xlsx(data, "a.xlsx")
    assert "有 2 个公式没有保存计算结果（B2、B3）" in (pages.pages[0].problem or "")
    computed = rewritten(
        data, "xl/worksheets/sheet1.xml", b"<f>A2*3</f><v></v>", b"<f>A2*3</f><v>6</v>"
    )
    pages = read_xlsx(computed, "a.xlsx")
    assert printed(pages) == [
        [[(0, "甲"), (1, "乙")], [(0, "2"), (1, "6")], [(0, "1"), (1, "=A3")]]
    ]
    assert "有 1 个公式" in (pages.pages[0].problem or "")


def test_what_only_looks_like_a_formula_is_text() -> None:
    pages = read(book_of([["指标", "值"], ["合格率", "=100%"], ["数量", "=6个"]]))
    assert printed(pages)[0] == [
        [(0, "指标"), (1, "值")], [(0, "合格率"), (1, "=100%")], [(0, "数量"), (1, "=6个")],
    ]  # fmt: skip
    assert pages.pages[0].problem is None


def test_a_far_cell_costs_nothing() -> None:
    book = book_of([["甲", "乙"], ["丙", 1]])
    book.worksheets[0]["B1048576"] = "末"
    grid = read(book).pages[0].items[0]
    assert isinstance(grid, Grid)
    assert (grid.rows, grid.columns) == (3, 2)


def test_a_merged_range_over_the_whole_sheet_is_refused() -> None:
    book = book_of([["甲", "乙"], ["丙", 1]])
    book.worksheets[0].merge_cells("A5:B6")
    data = rewritten(saved(book), "xl/worksheets/sheet1.xml", b'"A5:B6"', b'"A5:XFD1048576"')
    with pytest.raises(LimitExceeded, match=r"^a\.xlsx：.*超过上限"):
        read_xlsx(data, "a.xlsx")


def test_a_damaged_sheet_costs_only_itself() -> None:
    book = book_of([["甲", "乙"], ["丙", 1]])
    book.create_sheet("第二")["A1"] = "好"
    data = rewritten(saved(book), "xl/worksheets/sheet1.xml", b"<sheetData>", b"<sheetData><row")
    pages = read_xlsx(data, "a.xlsx")
    assert printed(pages, 1) == ["好"]
    assert "xl/worksheets/sheet1.xml" in (pages.pages[0].problem or "")


@pytest.mark.parametrize(
    ("name", "old"), [("xl/workbook.xml", b"<workbook"), ("[Content_Types].xml", b"<Types")]
)
def test_a_workbook_that_cannot_be_opened_is_refused(name: str, old: bytes) -> None:
    data = rewritten(saved(book_of([["甲"]])), name, old, b"<<<")
    with pytest.raises(UnreadableFile, match=r"^a\.xlsx：工作簿"):
        read_xlsx(data, "a.xlsx")


def test_an_empty_workbook_is_refused() -> None:
    with pytest.raises(UnreadableFile, match="没有可读取的内容"):
        read(Workbook())
