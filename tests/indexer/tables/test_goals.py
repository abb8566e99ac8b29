from __future__ import annotations

import pytest

from archive.model import Row
from indexer.lattice import PrintedCell, PrintedLine
from indexer.tables.goals import is_goals, read_goals

HEAD = "一级指标|二级指标|三级指标|||指标值|"


def lines(*texts: str) -> list[PrintedLine]:
    return [
        PrintedLine(
            tuple(PrintedCell(at, part) for at, part in enumerate(text.split("|")) if part),
            number,
        )
        for number, text in enumerate(texts)
    ]


def row_of(*texts: str, columns: int = 7, ruled: bool = False) -> Row:
    [row] = read_goals(lines(HEAD, *texts), columns, ruled=ruled).rows
    return row


def printed(row: Row) -> str:
    cells = {cell.column: cell.printed for cell in row.cells}
    return "|".join(cells.get(column, "") for column in (0, 1, 2, 5))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("产出指标|数量指标|保障人数|||≥51人|", "产出指标|数量指标|保障人数|≥51人"),
        ("|质量指标|完成率|||≥90%|", "|质量指标|完成率|≥90%"),
        ("||合规率|||=100%|", "||合规率|=100%"),
        ("成本指标|人均运转经费数|||≤0.98万元/人||", "|成本指标|人均运转经费数|≤0.98万元/人"),
        ("成本指标|经济成本指标|印刷费|||≤2万元|", "成本指标|经济成本指标|印刷费|≤2万元"),
        ("满意度指标|满意度指标|参保人满意度|||≥95%|", "满意度指标|满意度指标|参保人满意度|≥95%"),
        ("人均医疗费标准|||≤25745元|||", "||人均医疗费标准|≤25745元"),
        ("||时效指标|完成及时率|||≥90%", "|时效指标|完成及时率|≥90%"),
        ("|项目完成时间|||2021年12月||", "||项目完成时间|2021年12月"),
        ("|社会效益指标||提升保障能力||有效提升|", "|社会效益指标|提升保障能力|有效提升"),
        ("效益指标|经济效益指标|||||", "效益指标|经济效益指标||"),
    ],
)
def test_indicators_that_slipped_go_back_by_their_words(text: str, expected: str) -> None:
    assert printed(row_of(text)) == expected


def test_what_a_page_break_cut_off_is_joined() -> None:
    row = row_of("|质量指标|印刷品合格率|||按正常比|", "|||||例赋分|")
    assert printed(row) == "|质量指标|印刷品合格率|按正常比例赋分"
    slipped = row_of("时效|响应时间|||≤30||", "|指标||||分钟|")
    assert printed(slipped) == "|时效指标|响应时间|≤30分钟"


def test_a_drawn_table_is_left_as_drawn() -> None:
    row = row_of("成本指标|人均运转经费数|||≤0.98万元/人||", ruled=True)
    assert {cell.column for cell in row.cells} == {0, 1, 4}


def test_fields_above_the_indicators() -> None:
    goals = read_goals(
        lines(
            "预算单位|某局||项目名称|业务能力提升项目||",
            "项目资金（万元）|年度资金总额：|50|其中：财政拨款|50|其他资金|",
            "||资金总额 (万元)||||",
            "|上级安排|237.22||||",
            "项目总体目标|目标1：50人。|||||",
            HEAD,
            "产出指标|数量指标|保障人数|||≥51人|",
        ),
        7,
        ruled=False,
    )
    assert goals.project == "业务能力提升项目"
    assert [row.label for row in goals.rows] == [
        "预算单位",
        "项目资金（万元）",
        "资金总额 (万元)",
        "上级安排",
        "项目总体目标",
        "保障人数",
    ]
    funds, _, share = goals.rows[1:4]
    assert [cell.fen for cell in funds.cells] == [None, None, 50000000, None, 50000000, None]
    assert share.cells[1].fen == 237220000
    assert [column.path for column in goals.columns[2:6]] == [
        ("三级指标",),
        ("三级指标",),
        ("三级指标",),
        ("指标值",),
    ]


def test_a_table_without_the_indicator_header_is_no_table_of_goals() -> None:
    assert not is_goals(lines("项目|预算数", "事业收入|1"))
    assert is_goals(lines("项目名称|某项目", HEAD))


def test_the_unit_of_a_cell_beside_several_lines_counts_for_amounts_not_for_scores() -> None:
    goals = read_goals(
        lines(
            "项目资金（万元）||年初预算数|全年预算数|分值|执行率",
            "|年度资金总额|120.00|118.00|10|99.6%",
            "||1.00|2.00|3|4%",
            "主管部门|120.00||||",
            "一级指标|二级指标|三级指标|年度指标值|分值|得分",
            "产出指标|数量指标|长度|≥3公里|50|50",
        ),
        6,
        ruled=True,
    )
    fens = {row.id: [cell.fen for cell in row.cells if cell.fen] for row in goals.rows}
    assert fens["年度资金总额"] == [120000000, 118000000]
    assert fens["主管部门"] == []


def test_too_few_cells_of_a_text_are_doubtful() -> None:
    head = "一级指标|二级指标|三级指标|年度指标值|实际完成值|分值|得分|偏差原因"
    told = read_goals(
        lines(head, "产出指标|数量指标|长度|≥3公里|3公里|50|50", "总分|100|99"), 8, ruled=False
    )
    doubts = {row.label: [cell.certain for cell in row.cells] for row in told.rows}
    assert doubts == {"长度": [True] * 7, "总分": [True, False, False]}
