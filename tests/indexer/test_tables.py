"""What is each row of a table, and what a table says of itself."""

from __future__ import annotations

import pytest

from archive.model import Place
from indexer.blocks import Heading, Paragraph, TableBlock
from indexer.pages import Line
from indexer.tables import to_tables
from tests.indexer.tables.grids import figures, of, one, paths, roles, ruled, tabbed

# ---- rows -----------------------------------------------------------------------------------


def test_codes_labels_and_amounts() -> None:
    grid = tabbed(
        "科目编码\t\t\t科目\t项目名称\t合计\t商品和服务支出",
        "类\t款\t项\t\t\t\t",
        "\t\t\t某县医疗保障局（本级）\t\t35.06\t",
        "210\t\t\t卫生健康支出\t\t35.06\t35.06",
        "\t15\t\t医疗保障 管理事务\t\t35.06\t35.06",
        "210\t15\t06\t医疗保障经办事务\t业务能力提升项目\t35.06\t—",
        "\t\t\t\t合 计\t35.06\t0",
    )
    table = one(of("一般公共预算项目支出情况表", grid))
    assert roles(table) == "ccclpaa"
    assert [(row.code, row.label, row.role, row.project) for row in table.rows] == [
        (None, "某县医疗保障局（本级）", "agency", None),
        ("210", "卫生健康支出", "item", None),
        ("21015", "医疗保障管理事务", "item", None),
        ("2101506", "医疗保障经办事务", "item", "业务能力提升项目"),
        (None, "合计", "total", None),
    ]
    assert [row.id for row in table.rows][3:] == ["2101506-业务能力提升项目", "合计"]
    project, total = table.rows[3:]
    assert [(c.column, c.printed, c.fen, c.certain) for c in project.cells] == [
        (0, "210", None, True),
        (1, "15", None, True),
        (2, "06", None, True),
        (3, "医疗保障经办事务", None, True),
        (4, "业务能力提升项目", None, True),
        (5, "35.06", 35060000, True),
        (6, "—", None, True),
    ]
    assert [cell.fen for cell in total.cells] == [None, 35060000, 0]
    assert project.place == Place(lines=(6, 6))
    assert table.number == 7
    assert table.unit == "万元"


def test_codes_that_slipped_by_a_column_and_into_the_label_go_back() -> None:
    grid = tabbed(
        "科目编码\t\t\t科目\t项目名称\t合计",
        "类\t款\t项\t\t\t",
        "\t210\t\t卫生健康支出\t\t5",
        "\t\t15\t医疗保障管理事务\t\t5",
        "\t210\t15\t04 信息化建设\t骨干网项目\t5",
    )
    rows = one(of("一般公共预算项目支出情况表", grid)).rows
    assert [(row.code, row.label) for row in rows] == [
        ("210", "卫生健康支出"),
        ("21015", "医疗保障管理事务"),
        ("2101504", "信息化建设"),
    ]
    assert figures(rows[2]) == {
        0: "210",
        1: "15",
        2: "04",
        3: "信息化建设",
        4: "骨干网项目",
        5: "5",
    }


def test_a_total_merged_over_the_code_columns_is_a_label() -> None:
    grid = ruled(
        "编码>2|.|名称^2|合计^2",
        "类|款|.|.",
        "301||工资福利支出|1,000",
        "合计>3|.|.|1,000",
    )
    total = one(TableBlock(("表6", "基本支出表", "单位：元"), grid)).rows[-1]
    assert (total.code, total.label, total.role) == (None, "合计", "total")
    assert figures(total) == {2: "合计", 3: "1,000"}
    assert total.cells[-1].fen == 100000


def test_amounts_that_are_no_money_have_no_fen() -> None:
    grid = tabbed("项目\t行次\t金额（元）\t占比%\t备注", "事业收入\t1\t12.50\t3.4\t见附件2")
    table = one(of("收入表", grid))
    assert [cell.fen for cell in table.rows[0].cells] == [None, None, 1250, None, None]
    assert roles(table) == "ltatt"


def test_side_by_side_halves_are_rows_of_their_own() -> None:
    grid = tabbed(
        "收入\t\t支出\t",
        "项目\t预算数\t支出功能分类\t预算数",
        "一、本年收入\t9\t201 一般公共服务支出\t",
        "其中：一般财力\t9\t210卫生健康支出\t9",
        "\t\t211 节能环保支出\t",
        "收 入 总 计\t9\t支 出 总 计\t9",
    )
    rows = one(of("部门收支总体情况表", grid)).rows
    assert [(row.line, row.side, row.code, row.label, row.total) for row in rows] == [
        (0, "income", None, "一、本年收入", False),
        (0, "expenditure", "201", "一般公共服务支出", False),
        (1, "income", None, "其中：一般财力", False),
        (1, "expenditure", "210", "卫生健康支出", False),
        (2, "expenditure", "211", "节能环保支出", False),
        (3, "income", None, "收入总计", True),
        (3, "expenditure", None, "支出总计", True),
    ]
    assert [row.id for row in rows][:2] == ["income-一-本年收入", "201-一般公共服务支出"]


def test_two_halves_of_one_kind_have_no_side() -> None:
    grid = tabbed(
        "经济分类科目编码\t科目名称\t决算数\t经济分类科目编码\t科目名称\t决算数",
        "301\t工资福利支出\t4816.14\t302\t商品和服务支出\t440.90",
        "30101\t基本工资\t537.64\t30201\t办公费\t84.62",
        "人员经费合计\t\t4816.14\t公用经费合计\t\t440.90",
    )
    rows = one(of("一般公共预算财政拨款基本支出决算表", grid)).rows
    assert [(row.side, row.code, row.role) for row in rows] == [
        (None, "301", "item"),
        (None, "302", "item"),
        (None, "30101", "item"),
        (None, "30201", "item"),
        (None, None, "total"),
        (None, None, "total"),
    ]
    assert rows[-1].line == rows[-2].line == 2


def test_a_total_merged_over_two_halves_keeps_its_figure() -> None:
    grid = ruled(
        "人员经费>3|.|.|公用经费>6|.|.|.|.|.",
        "科目编码|科目名称|决算数|科目编码|科目名称|决算数|科目编码|科目名称|决算数",
        "301|工资福利支出|5|302|商品和服务支出|3|310|资本性支出|",
        "人员经费合计>2|.|5|公用经费合计>5|.|.|.|.|3",
    )
    people, running = one(of("一般公共预算财政拨款基本支出决算表", grid)).rows[-2:]
    assert (people.label, figures(people)) == ("人员经费合计", {1: "人员经费合计", 2: "5"})
    assert (running.label, figures(running)) == ("公用经费合计", {4: "公用经费合计", 8: "3"})


def test_a_total_in_a_column_of_words_is_a_total() -> None:
    grid = tabbed("类型\t项目名称\t项目单位\t合计", "合计\t\t\t3", "特定类\t经办\t某局\t3")
    total, project = one(of("项目支出表", grid)).rows
    assert (total.label, total.role, total.project) == ("合计", "total", None)
    assert (project.label, project.role, project.project) == ("经办", "item", "经办")


@pytest.mark.parametrize(
    ("head", "row", "label"),
    [
        ("单位名称\t科目编码\t科目名称\t合计", "某局\t2010301\t行政运行\t5", "行政运行"),
        ("科目编码\t科目名称\t单位名称\t合计", "2010301\t行政运行\t某局\t5", "行政运行"),
        ("资产类别\t数量\t价值", "房屋\t3\t5", "房屋"),
        ("序号\t车辆用途\t台数", "1\t执法\t5", "执法"),
    ],
)
def test_which_column_names_the_rows(head: str, row: str, label: str) -> None:
    table = one(of("明细表", tabbed(head, row)))
    assert [found.label for found in table.rows] == [label]


def test_goals_that_begin_before_their_widest_line() -> None:
    first = ruled("预算单位|某局>2|.", edges=(0, 10, 20, 50))
    second = ruled(
        "项目名称|某项目>4|.|.|.",
        "一级指标|二级指标|三级指标|指标值|权重",
        "产出指标|数量指标|次数|≥4次|20",
        page=2,
    )
    table = one(TableBlock(("项目支出绩效目标表",), first), TableBlock((), second))
    assert table.id == "项目支出绩效目标表-某项目"
    assert [row.label for row in table.rows] == ["预算单位", "项目名称", "次数"]
    assert roles(table) == "ttttt"


def test_the_unit_may_stand_in_the_heads_alone() -> None:
    grid = tabbed("项目\t合计（万元）\t一般公共预算\t占比%", "事业收入\t1\t1\t100")
    table = one(TableBlock(("收入总表",), grid))
    assert table.unit == "万元"
    assert [cell.fen for cell in table.rows[0].cells] == [None, 10_000_00, 10_000_00, None]


def test_totals_cut_by_a_converter_are_whole_and_doubted() -> None:
    grid = tabbed(
        "收\t\t入\t支\t\t出",
        "项\t目\t预算数\t功能分类\t预算数\t",
        "事业收入\t\t1.5\t201 一般公共服务支出\t\t1.5",
        "收\t入\t总\t支\t出\t总",
        "\t\t1.5\t\t\t1.5",
    )
    income, spending = one(of("部门收支总体情况表", grid)).rows[-2:]
    assert (income.label, income.role, income.side) == ("收入总计", "total", "income")
    assert (spending.label, spending.side) == ("支出总计", "expenditure")
    assert [(c.printed, c.certain) for c in income.cells] == [("收入总", False), ("1.5", True)]


def test_names_lost_by_a_converter_come_from_other_tables_and_are_doubted() -> None:
    named = tabbed("类\t功能分类科目名称\t合计", "208\t社会保障和就业支出\t1")
    nameless = tabbed("类\t合计", "功能分类科目名称\t", "208\t1")
    tables = to_tables(
        [
            TableBlock(("表2", "部门收入总体情况表", "单位：万元"), named),
            TableBlock(("表3", "部门支出总体情况表", "单位：万元"), nameless),
        ]
    )
    [row] = tables[1].rows
    assert paths(tables[1]) == ["类", "功能分类科目名称", "合计"]
    assert row.label == "社会保障和就业支出"
    assert [(c.column, c.printed, c.certain) for c in row.cells] == [
        (0, "208", False),
        (2, "1", True),
    ]
    assert "社会保障" not in "".join(cell.printed for cell in row.cells)


def test_columns_that_other_tables_contradict_are_doubted() -> None:
    whole = tabbed(
        "收入\t",
        "项目\t预算数",
        "二、上年结转结余\t30",
        "1. 财政拨款结转\t30",
        "2. 非财政拨款结转结余\t",
    )
    slipped = tabbed(
        "类\t功能分类科目名称\t总计\t财政拨款结转\t非财政拨款结转结余",
        "210\t卫生健康支出\t30\t0\t30",
    )
    tables = to_tables(
        [
            TableBlock(("表1", "部门收支总体情况表", "单位：万元"), whole),
            TableBlock(("表2", "部门收入总体情况表", "单位：万元"), slipped),
        ]
    )
    [row] = tables[1].rows
    assert [cell.certain for cell in row.cells] == [True, True, True, True, False]
    assert "财政拨款结转" in (row.cells[-1].doubt or "")


# ---- tables ---------------------------------------------------------------------------------


def test_a_table_whose_title_is_in_the_grid() -> None:
    grid = ruled(
        "2025年预算单位财政拨款收支预算总表>4|.|.|.",
        "编制单位：某局>2|.||单位：元",
        "|||",
        "财政拨款收入>2|.|财政拨款支出>2|.",
        "项目|预算数|项目|合计",
        "一、一般公共预算资金|371,514,655.00|一、一般公共服务支出|1.00",
    )
    table = one(TableBlock((), grid))
    assert (table.title, table.unit) == ("2025年预算单位财政拨款收支预算总表", "元")
    assert table.form == "财政拨款收支预算总体情况表"
    assert table.rows[0].cells[1].fen == 37151465500
    assert table.id == "财政拨款收支预算总体情况表"


@pytest.mark.parametrize(
    ("rows", "note", "empty"),
    [
        (["合计\t"], "某局2024年无政府性基金预算，此表为空表。", True),
        (["合计\t0"], "故本表无数据。", True),
        (["合计\t5"], "故本表为空表。", False),
        (["合计\t"], "备注：无内容应公开空表并说明情况。", False),
        (["合计\t"], "注：本表反映部门本年度收支情况。", False),
    ],
)
def test_declared_empty(rows: list[str], note: str, empty: bool) -> None:
    grid = tabbed("科目名称\t政府性基金预算支出", *rows)
    assert one(of("政府性基金预算支出情况表", grid, note)).declared_empty is empty


def test_a_paragraph_below_may_declare_a_table_empty() -> None:
    grid = tabbed("科目名称\t合计", "※\t1")
    table = one(of("政府性基金预算支出情况表", grid), Paragraph("某局没有支出，情况表为空表。"))
    assert table.declared_empty
    assert table.rows == ()
    assert table.notes == ("某局没有支出，情况表为空表。",)


@pytest.mark.parametrize(
    ("text", "units"),
    [
        ("（单位：万元）", ["万元", None]),
        ("以下各表单位：元", ["元", "元"]),
        ("编制单位：某局", [None, None]),
    ],
)
def test_a_unit_line_above_counts_for_one_table_or_for_all(
    text: str, units: list[str | None]
) -> None:
    tables = to_tables(
        [
            Paragraph(text),
            TableBlock(("表1", "收支总表"), tabbed("项目\t预算数", "事业收入\t1")),
            Paragraph("如上。"),
            TableBlock(("表2", "收入总表"), tabbed("项目\t预算数", "事业收入\t1")),
        ]
    )
    assert [table.unit for table in tables] == units


def test_an_unknown_table_is_stored_under_the_heading_above() -> None:
    grid = tabbed("序号\t单位名称\t备注", "1\t某局（本级）\t", "2\t某中心\t事业单位")
    table = one(Heading("二、部门决算单位构成", 2, "二、"), TableBlock((), grid))
    assert (table.title, table.form, table.number) == ("部门决算单位构成", None, None)
    assert [row.label for row in table.rows] == ["某局（本级）", "某中心"]


def test_tables_with_one_name_have_ids_of_their_own() -> None:
    grid = tabbed("项目\t预算数", "事业收入\t1", "事业收入\t2")
    tables = to_tables(
        [of("收支总表", grid), Paragraph("又："), of("收支总表", grid)],
    )
    assert [table.id for table in tables] == ["表7", "表7~2"]
    assert [row.id for row in tables[0].rows] == ["事业收入", "事业收入~2"]


def test_lines_without_a_grid_are_read_with_blanks_lost() -> None:
    texts = [
        "科目编码 项目名称 合计 基本支出 项目支出",
        "※ ※ 1 2 3",
        "总计 8.00 5.00 3.00",
        "208 社会保障和就业支出 5.00 5.00",
        "210 卫生健康支出 3.00 3.00",
    ]
    lines = tuple(Line(text, Place(lines=(at, at))) for at, text in enumerate(texts, 1))
    block = TableBlock(("表3", "部门支出总体情况表", "单位：万元"), None, (), lines)
    table = one(block)
    found = {row.code: figures(row) for row in table.rows}
    last = len(table.columns) - 1
    assert found["210"][last] == "3.00"
    assert found["208"][last - 1] == "5.00"


def test_nothing_but_a_caption_and_a_note_is_a_table() -> None:
    table = one(of("政府性基金预算支出情况表", None, "本表为空表。"))
    assert (table.columns, table.rows, table.declared_empty) == ((), (), True)
