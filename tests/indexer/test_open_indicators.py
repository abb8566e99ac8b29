"""Performance tables that a page draws without columns: indicators right, or none."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate, pairwise

import pytest
from reportlab.pdfgen.canvas import Canvas

from archive.model import Cell, Column, Indicator, Place, Row, Table
from indexer.extract import extract
from indexer.indicators import to_indicators, untaken
from tests.indexer.readers.pdf.drawn import FONT, across, pdf

HEADER = ("一级指标", "二级指标", "三级指标", "指标值", "分值")
GOOD = ("产出指标", "数量指标", "受益学生人数", "≥100人", "10")


def table(*rows: Sequence[str], header: Sequence[str] = HEADER, certain: bool = False) -> Table:
    """A table each cell of which stands in its column's box; ``text/2`` is two lines high."""
    made = []
    for line, texts in enumerate(rows):
        cells = []
        for column, printed in enumerate(texts):
            text, _, lines = printed.partition("/")
            box = (
                100.0 * column,
                40.0 * line,
                100.0 * column + 90,
                40.0 * line + 9 * int(lines or 1),
            )
            if text:
                doubt = None if certain else "存疑"
                cells.append(Cell(column, text, None, certain, doubt, place=Place(1, box)))
        made.append(Row(f"{line}", line, None, texts[0], tuple(cells)))
    columns = tuple(Column((text,), "text") for text in header)
    return Table("绩效", None, "项目支出绩效目标表", None, None, columns, tuple(made))


def test_a_row_that_prints_all_its_parts_is_an_indicator() -> None:
    found = to_indicators([table(GOOD)])
    assert found == [
        Indicator("绩效", None, "产出指标", "数量指标", "受益学生人数", "≥", "100", "人", "10")
    ]


@pytest.mark.parametrize(
    "row",
    [
        ("产出指标", "", "供餐天数", "≥200天"),
        ("满意度指标", "可持续影响指标", "长效机制", "长期"),
        ("产出指标", "数量指标质量指标", "人数", "≥100人"),
        ("产出指标", "数量指标", "受益学生人数≥100人", "按抽检"),
        ("产出指标", "数量指标", "人数", "≥100人≥200天"),
        ("产出指标", "数量指标", "人数", ""),
        ("产出指标", "数量指标", "人数/2", "≥100人"),
        ("效益指标", "社会效益指标", "体质", "明显提升长期/2"),
        ("产出指标", "数量指标", "人数", "≥100人", "10分20"),
        ("", "社会效益指标", "体质", "提升"),
    ],
)
def test_a_row_that_leaves_a_part_open_is_none(row: Sequence[str]) -> None:
    assert [each.name for each in to_indicators([table(GOOD, row)])] == ["受益学生人数"]


@pytest.mark.parametrize(
    "header",
    [
        ("一级指标", "二级指标", "三级指标指标值", "指标值", "分值"),
        ("一级指标", "二级指标三级指标", "三级指标", "指标值", "分值"),
        ("一级指标", "二级指标", "三级指标", "指标值备注", "分值"),
        ("一级指标", "二级指标", "三级指标", "三级指标", "指标值"),
    ],
)
def test_below_heads_that_run_together_there_is_none(header: Sequence[str]) -> None:
    assert to_indicators([table(GOOD, header=header)]) == []


def test_what_is_left_out_is_told_of_open_tables_alone() -> None:
    (told,) = untaken([table(GOOD, ("", "", "供餐天数", "≥200天")), table(GOOD, certain=True)])
    assert "项目支出绩效目标表" in told
    assert "1条" in told


ROWS = (
    "预算单位|某县教育局|项目名称|营养餐项目|",
    "项目资金（万元）|年度资金总额|50.00|其中：财政拨款|50.00",
    "一级指标|二级指标|三级指标|指标值|备注",
    "|数量指标|受益学生人数|≥100人|",
    "产出指标||供餐天数|≥200天|",
    "|质量指标|食品安全合格率|≥95%|按抽检",
    "效益指标|社会效益指标|学生体质|明显提升|",
    "满意度指标|服务对象满意度指标|家长满意度|≥90%|",
)
PRINTED = {
    ("产出指标", "数量指标", "受益学生人数", "100"),
    ("产出指标", "数量指标", "供餐天数", "200"),
    ("产出指标", "质量指标", "食品安全合格率", "95"),
    ("效益指标", "社会效益指标", "学生体质", "明显提升"),
    ("满意度指标", "服务对象满意度指标", "家长满意度", "90"),
}


@pytest.mark.parametrize("widths", [(70, 80, 130, 100, 100), (80, 110, 120, 90, 80)])
def test_a_page_that_rules_rows_alone_makes_up_no_indicator(widths: Sequence[int]) -> None:
    edges = list(accumulate(widths, initial=50))

    def draw(canvas: Canvas) -> None:
        canvas.drawCentredString(297, 760, "项目支出绩效目标表")
        canvas.setFont(FONT, 9)
        for number, row in enumerate(ROWS):
            for text, (left, _) in zip(row.split("|"), pairwise(edges), strict=True):
                canvas.drawString(left + 3, 706 - 20 * number, text)
        across(canvas, [720 - 20 * line for line in range(len(ROWS) + 1)], edges[0], edges[-1])

    read = extract(pdf(draw), "a.pdf")
    told = {(each.level1, each.level2, each.name, each.value) for each in read.indicators}
    assert told <= PRINTED
    assert any("项目支出绩效目标表" in problem for problem in read.problems)
