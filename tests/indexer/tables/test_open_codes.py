"""Tables that rule no columns, their 类 merged over rows: what is not decided is marked."""

from __future__ import annotations

import pytest
from reportlab.pdfgen.canvas import Canvas

from archive.model import Cell, Column, Row
from indexer.extract import extract
from indexer.tables.open_codes import with_open_codes
from tests.indexer.readers.pdf.drawn import FONT, across, pdf

TWO, THREE = ("类", "款"), ("类", "款", "项")


def rows_of(heads: tuple[str, ...], *lines: str) -> list[Row]:
    """Rows ``code=类 款|name``, a ``.`` for a blank; each has a figure behind its name."""
    rows = []
    for number, line in enumerate(lines):
        code, _, printed = line.partition("=")
        parts, _, name = printed.partition("|")
        cells = [Cell(at, part) for at, part in enumerate(parts.split()) if part != "."]
        if name:
            cells += [Cell(len(heads), name), Cell(len(heads) + 1, "1.00", 100)]
        role = "total" if name == "合计" else "item"
        rows.append(Row(f"{number}", number, code or None, name, tuple(cells), role=role))
    return rows


def open_rows(heads: tuple[str, ...], *lines: str) -> list[int]:
    columns = [Column((head,), "code") for head in heads]
    columns += [Column(("科目名称",), "label"), Column(("合计",), "amount")]
    marked = with_open_codes(rows_of(heads, *lines), columns)
    return [row.line for row in marked if row.cells and all(not cell.certain for cell in row.cells)]


@pytest.mark.parametrize(
    ("heads", "lines", "marked"),
    [
        (TWO, ("205=205 .|教育", "20501=. 01|管理", "20502=. 02|普通", "=. .|合计"), []),
        (TWO, ("205=205 .|教育", "20501=205 01|管理", "20502=205 02|普通"), []),
        # the 类 stands beside its second row: its own has none
        (TWO, ("=. .|教育", "20501=205 01|管理", "20502=. 02|普通", "=. .|社保"), [0, 3]),
        # no row of its own: where the 类 begins is open
        (TWO, ("20502=205 02|普通", "20503=. 03|职业", "20801=208 01|管理"), [1]),
        (TWO, ("205=205 .|教育", "20503=. 03|职业", "20501=. 01|管理"), [2]),
        # the 类 stands beside a 款, or alone between two rows
        (THREE, ("=. . .|教育", "205=205 . .|普通", "2050201=. 02 01|学前"), [0, 1]),
        (THREE, ("=. . .|教育", "=. . .|普通", "205=205 . .", "2050201=. 02 01|学前"), [0, 1, 2]),
        (THREE, ("=. . .|教育", "=. . .|普通", "=. 01 01|学前", "20502=205 . 02|小学"),
         [0, 1, 2, 3]),
        (THREE, ("2050201=2050201 . .|学前", "2050202=2050202 . .|小学"), []),
        (("编码",), ("205=205|教育", "=.|某项目"), []),
        (TWO, ("205=205 .|教育", "=. .|其中：食堂"), []),
    ],
)  # fmt: skip
def test_rows_whose_code_is_not_decided(
    heads: tuple[str, ...], lines: tuple[str, ...], marked: list[int]
) -> None:
    assert open_rows(heads, *lines) == marked


@pytest.mark.parametrize(("total", "proven"), [("100.00", True), ("100.10", False)])
@pytest.mark.parametrize("level", [0, 10])
def test_a_merged_code_goes_back_where_the_figures_prove_it(
    total: str, level: int, *, proven: bool
) -> None:
    """On a page that rules rows alone; the 类 stands beside its second row or right below."""
    lines = (
        (("类", 50), ("款", 90), ("科目名称", 130), ("合计", 400)),
        (("教育支出", 130), (total, 400)),
        (("01", 90), ("教育管理事务", 130), ("30.00", 400)),
        (("02", 90), ("普通教育", 130), ("70.00", 400)),
        (("社会保障和就业支出", 130), ("50.00", 400)),
        (("208", 50), ("05", 90), ("行政事业单位养老支出", 130), ("40.00", 400)),
        (("99", 90), ("其他社会保障和就业支出", 130), ("10.00", 400)),
    )

    def draw(canvas: Canvas) -> None:
        canvas.drawCentredString(297, 760, "一般公共预算支出表")
        canvas.setFont(FONT, 9)
        canvas.drawString(470, 735, "单位：万元")
        canvas.drawString(50, 666 - level, "205")
        for number, texts in enumerate(lines):
            for text, left in texts:
                canvas.drawString(left, 706 - 20 * number, text)
        across(canvas, [720 - 20 * line for line in range(len(lines) + 1)], 45, 535)

    (table,) = extract(pdf(draw), "a.pdf").tables
    told = [(row.code, any(cell.certain for cell in row.cells)) for row in table.rows]
    right = [(code, True) for code in ("205", "20501", "20502", "208", "20805", "20899")]
    assert told[3:] == right[3:]
    assert {one for one in told if one[1]} <= set(right)
    assert (told == right) is proven
    assert (told[0] == (None, False)) is not proven
