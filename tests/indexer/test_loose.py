"""Tables that a dump of a PDF leaves as lines."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pdfplumber
import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.fold import fold
from archive.model import Cell, Place, Row, Table
from indexer.indicators import to_indicators
from indexer.layout import to_blocks
from indexer.loose import grid_of
from indexer.pages import Grid, Line
from indexer.readers import read
from indexer.tables import to_tables


def lines_of(text: str) -> list[Line]:
    """The lines of a text; blank ones are left out and show in the places."""
    return [
        Line(line, Place(lines=(number, number)), indent=(len(line) - len(line.lstrip())) / 2)
        for number, line in enumerate(text.strip("\n").split("\n"), start=1)
        if line.strip()
    ]


def dumped(text: str) -> list[Line]:
    """The lines as a dump has them: a blank one between, but none before a ``+``."""
    spread = text.strip("\n").replace("\n", "\n\n").replace("\n\n+", "\n")
    return lines_of(spread.removeprefix("+"))


def shown(grid: Grid | None) -> list[str]:
    """The rows of a grid, each cell as ``column:text``, spans as ``rows×columns``."""
    assert grid is not None
    rows: list[list[str]] = [[] for _ in range(grid.rows)]
    for cell in grid.cells:
        spans = (cell.row_span, cell.column_span)
        span = "" if spans == (1, 1) else f"({spans[0]}×{spans[1]})"
        rows[cell.row].append(f"{cell.column}:{cell.text}{span}")
    return ["|".join(row) for row in rows]


SPENDING_HEADER = """
科目 支出预算
功能分类科目编码
类 款 项
+功能分类科目名称 合计 基本支出 项目支出
※ ※ ※ ※ 1 2 3
"""
SPENDING_GRID = [
    "0:科目(1×4)|4:支出预算(1×3)",
    "0:功能分类科目编码(1×3)|3:功能分类科目名称(2×1)|4:合计(2×1)|5:基本支出(2×1)|6:项目支出(2×1)",
    "0:类|1:款|2:项",
    "0:※|1:※|2:※|3:※|4:1|5:2|6:3",
]

PLAIN = {
    "figures leftmost, code parts in their columns": (
        "总计 8.79 5.92 2.86\n210 卫生健康支出 8.00 8.00\n210 15 06   医疗保障经办事务 0.07 0.07",
        [
            "3:总计|4:8.79|5:5.92|6:2.86",
            "0:210|3:卫生健康支出|4:8.00|5:8.00",
            "0:210|1:15|2:06|3:医疗保障经办事务|4:0.07|5:0.07",
        ],
    ),
    "a wrapped name between its code and its figures": (
        "208 05 05\n+    机关事业单位基本养老保险缴费\n支出\n+5.34 5.34\n210 卫生健康 1.00 1.00",
        [
            "0:208|1:05|2:05|3:机关事业单位基本养老保险缴费支出|4:5.34|5:5.34",
            "0:210|3:卫生健康|4:1.00|5:1.00",
        ],
    ),
    "a wrapped name before its figures, without blank lines": (
        "208 05 05 机关事业单位基本养老保险缴费\n支出 5.34 5.34\n210 卫生健康支出 1.00 1.00",
        [
            "0:208|1:05|2:05|3:机关事业单位基本养老保险缴费支出|4:5.34|5:5.34",
            "0:210|3:卫生健康支出|4:1.00|5:1.00",
        ],
    ),
    "a name spread over its cell": ("总 计 1.00 1.00", ["3:总计|4:1.00|5:1.00"]),
    "a dash keeps its place": ("总计 1.00 — 1.00", ["3:总计|4:1.00|5:—|6:1.00"]),
    "a row without a code": (
        "某市医疗保障局 1.00 1.00\n210 卫生健康支出 1.00 1.00",
        ["3:某市医疗保障局|4:1.00|5:1.00", "0:210|3:卫生健康支出|4:1.00|5:1.00"],
    ),
    "more figures than columns stay with the name": (
        "总计 4.00 3.00 2.00 1.00",
        ["3:总计 4.00|4:3.00|5:2.00|6:1.00"],
    ),
    "names around the line of their figures": (
        "社会保障和就\n208 4.75 4.75\n业支出\n行政运行\n2080501 0.53 0.53\n机关事业单位\n"
        "2080505 基本养老保险缴 4.22 4.22\n费支出\n卫生健康支出\n210 1.00 1.00",
        [
            "0:208|3:社会保障和就业支出|4:4.75|5:4.75",
            "0:2080501|3:行政运行|4:0.53|5:0.53",
            "0:2080505|3:机关事业单位基本养老保险缴费支出|4:4.22|5:4.22",
            "0:210|3:卫生健康支出|4:1.00|5:1.00",
        ],
    ),
    "a header repeated on a further page, in another order": (
        "210 卫生健康支出 1.00 1.00\n编制部门：某市医疗保障局 单位：万元\n"
        "支出预算\n功能分类科目名称 合计 基本支出\n类 款 项 项目支出\n科目 功能分类科目编码\n"
        "※ ※ ※ ※ 1 2 3\n221 住房保障支出 2.00 2.00",
        ["0:210|3:卫生健康支出|4:1.00|5:1.00", "0:221|3:住房保障支出|4:2.00|5:2.00"],
    ),
}


@pytest.mark.parametrize(("text", "expected"), PLAIN.values(), ids=PLAIN)
def test_rows_of_a_known_form(text: str, expected: list[str]) -> None:
    header = dumped(SPENDING_HEADER)
    last = header[-1].place.lines
    assert last
    body = [
        Line(line.text, Place(lines=(n + last[1] + 1, n + last[1] + 1)), indent=line.indent)
        for line in dumped(text)
        if (n := (line.place.lines or (0, 0))[0])
    ]
    grid = grid_of([*header, *body], "部门支出总体情况表")
    assert shown(grid) == [*SPENDING_GRID, *expected]
    assert grid is not None
    assert not grid.exact


def test_a_page_without_a_title_is_known_by_its_header() -> None:
    text = SPENDING_HEADER + "221 住房保障支出 2.00 2.00"
    assert shown(grid_of(dumped(text), ""))[:4] == SPENDING_GRID


def test_other_words_for_a_header_do_as_well_when_columns_are_counted() -> None:
    text = SPENDING_HEADER.replace("科目名称", "科目的名称") + "221 住房保障支出 2.00 2.00"
    printed = [line.replace("科目名称", "科目的名称") for line in SPENDING_GRID]
    assert shown(grid_of(dumped(text), "部门支出总体情况表"))[:4] == printed
    assert shown(grid_of(dumped(text), ""))[0] == "0:科目|1:支出预算"


def test_project_names_have_their_own_column() -> None:
    text = """
科目编码
类 款 项
功能分类科目名称 项目名称
+项目支出
合计
工资福利支出 商品服务支出 对个人和家庭的补助 债务利息及费用支出
资本性支出（基本建设） 资本性支出 对企业补助（基本建设） 对企业补助 对社会保障基金补助 其他支出
※ ※ ※ ※ ※ 1 2 3 4 5 6 7 8 9 10 11
总计 2.79 2.79
210 99 99       其他卫生健康支出 改制企业退休职工缴费 2.79 2.79
210 15 01
+      行政运行
+2024年全民参保
经费
+1.00 1.00
"""
    rows = shown(grid_of(dumped(text), "一般公共预算项目支出情况表"))
    assert rows[-3:] == [
        "3:总计|5:2.79|6:2.79",
        "0:210|1:99|2:99|3:其他卫生健康支出|4:改制企业退休职工缴费|5:2.79|6:2.79",
        "0:210|1:15|2:01|3:行政运行|4:2024年全民参保经费|5:1.00|6:1.00",
    ]


SIDES = {
    "a code begins the right half": (
        "一、本年收入 8.71 201 一般公共服务支出",
        "0:一、本年收入|1:8.71|2:201 一般公共服务支出",
    ),
    "without an amount on the left": (
        "      上级补助收入 204 公共安全支出 1.00",
        "0:上级补助收入|2:204 公共安全支出|3:1.00",
    ),
    "code and name without a blank": (
        "二、上年结转 0.07 219援助其他地区支出",
        "0:二、上年结转|1:0.07|2:219援助其他地区支出",
    ),
    "only the right half": ("230 转移性支出", "2:230 转移性支出"),
    "only the left half": ("单位资金", "0:单位资金"),
    "totals": ("收 入 总 计 8.79 支 出 总 计 8.79", "0:收入总计|1:8.79|2:支出总计|3:8.79"),
    "totals without amounts": ("收 入 总 计 支 出 总 计", "0:收入总计|2:支出总计"),
    "words only": ("上年结转 年终结余", "0:上年结转|2:年终结余"),
    "only the right total": ("支出总计 8.79", "2:支出总计|3:8.79"),
}


@pytest.mark.parametrize(("line", "expected"), SIDES.values(), ids=SIDES)
def test_halves_of_a_side_by_side_line(line: str, expected: str) -> None:
    header = "收入 支出\n项目 预算数 支出功能分类 预算数\n"
    grid = grid_of(dumped(header + line), "部门收支总体情况表")
    assert shown(grid)[:2] == ["0:收入(1×2)|2:支出(1×2)", "0:项目|1:预算数|2:支出功能分类|3:预算数"]
    assert shown(grid)[2] == expected


def test_the_rest_of_a_broken_cell_goes_to_the_line_that_begins_it() -> None:
    header = "收入 支出\n项目 预算数 支出功能分类 预算数\n"
    body = """
1.一般公共预算
拨款
68.71 202 外交支出
上级一般公共预
算转移支付
3.00 203 国防支出
专户资金
205 社会保障和
就业支出
65.34
207 文化旅游体育
支出
收 入 总 计 71.71 支 出 总 计 65.34
"""
    rows = shown(grid_of(dumped(header + body.strip("\n")), "部门收支总体情况表"))
    assert rows[2:] == [
        "0:1.一般公共预算拨款|1:68.71|2:202 外交支出",
        "0:上级一般公共预算转移支付|1:3.00|2:203 国防支出",
        "0:专户资金",
        "2:205 社会保障和就业支出|3:65.34",
        "2:207 文化旅游体育支出",
        "0:收入总计|1:71.71|2:支出总计|3:65.34",
    ]


def test_a_project_below_a_name_that_does_not_fill_its_line() -> None:
    text = """
科目编码 功能分类科目名称 项目名称 项目支出合计 其他支出
205 02 02 小学教育
边远学校取暖经费
12.00 12.00
205 02 99 其他普通教育支出
2024年校舍维修
3.00 3.00
"""
    rows = shown(grid_of(dumped(text), ""))
    assert rows[1:] == [
        "0:205|1:02|2:02|3:小学教育|4:边远学校取暖经费|5:12.00|6:12.00",
        "0:205|1:02|2:99|3:其他普通教育支出|4:2024年校舍维修|5:3.00|6:3.00",
    ]


def test_items_of_the_statutory_forms_begin_rows() -> None:
    text = """
“三公”经费支出内容 合计
+一般公共预算
※ 1 2
公务用车运行费
因公出国（境）费
公务接待费 3.00 3.00
"""
    rows = shown(grid_of(dumped(text), "财政拨款“三公”经费支出情况表"))
    assert [row.partition("|")[0] for row in rows[-3:]] == [
        "0:公务用车运行费",
        "0:因公出国（境）费",
        "0:公务接待费",
    ]


def test_rows_without_figures_are_no_wrapped_names() -> None:
    text = """
资金来源
“三公”经费支出内容 合计
+一般公共预算 政府性基金
国有资本经营预
算
※ 1 2 3 4
合计 7.80 7.80
因公出国（境）费
公务接待费
公务用车购置及运行费（小计） 7.80 7.80
其中：公务用车购置费
      公务用车运行费 7.80 7.80
"""
    assert shown(grid_of(dumped(text), "财政拨款“三公”经费支出情况表"))[3:] == [
        "0:合计|1:7.80|2:7.80",
        "0:因公出国（境）费",
        "0:公务接待费",
        "0:公务用车购置及运行费（小计）|1:7.80|2:7.80",
        "0:其中：公务用车购置费",
        "0:公务用车运行费|1:7.80|2:7.80",
    ]


UNKNOWN = {
    "counted by a marker line": (
        "编号 名称\n甲 乙\n※ ※ 1 2\n210 卫生健康支出 1.00 2.00\n211 节能环保支出 1.00",
        [
            "0:编号|1:名称",
            "0:甲|1:乙",
            "0:※|1:※|2:1|3:2",
            "0:210|1:卫生健康支出|2:1.00|3:2.00",
            "0:211|1:节能环保支出|2:1.00",
        ],
    ),
    "counted by nothing": (
        "项目 去年 今年\n一、甲 1.00 2.00\n二、乙 3.00",
        ["0:项目|1:去年|2:今年", "0:一、甲|1:1.00|2:2.00", "0:二、乙|1:3.00"],
    ),
    "side by side with line numbers": (
        "项目 行次 金额 项目 行次 金额\n栏次 1 栏次 2\n"
        "一、拨款 1 8.00 一、外交 32 1.00\n二、事业 2 7.00 二、国防 33 2.00",
        [
            "0:项目|1:行次|2:金额|3:项目|4:行次|5:金额",
            "0:栏次|1:1|2:栏次|3:2",
            "0:一、拨款|1:1|2:8.00|3:一、外交|4:32|5:1.00",
            "0:二、事业|1:2|2:7.00|3:二、国防|4:33|5:2.00",
        ],
    ),
    "side by side with codes in both halves": (
        "科目 金额 科目 金额\n301 工资福利支出 4.14 302 商品和服务支出 2.00\n"
        "30101 基本工资 4.14 30201 办公费 1.00\n30199 其他 1.00\n30299 其他 1.00",
        [
            "0:科目|1:金额|2:科目|3:金额",
            "0:301 工资福利支出|1:4.14|2:302 商品和服务支出|3:2.00",
            "0:30101 基本工资|1:4.14|2:30201 办公费|3:1.00",
            "0:30199 其他|1:1.00",
            "2:30299 其他|3:1.00",
        ],
    ),
    "only a header": ("序号 名称 金额", ["0:序号 名称 金额"]),
}


@pytest.mark.parametrize(("text", "expected"), UNKNOWN.values(), ids=UNKNOWN)
def test_unknown_forms_are_kept_as_printed(text: str, expected: list[str]) -> None:
    assert shown(grid_of(dumped(text), "某某情况表")) == expected


def test_nothing_is_no_grid() -> None:
    assert grid_of([], "部门支出总体情况表") is None
    assert grid_of([Line("单位：万元")], "部门支出总体情况表") is None


def test_each_cell_knows_its_lines() -> None:
    grid = grid_of(dumped("名称 金额\n某项\n支出\n+1.00"), "某某情况表")
    assert grid is not None
    assert [(cell.text, cell.place.lines) for cell in grid.cells if cell.row] == [
        ("某项", (3, 3)),
        ("支出", (5, 5)),
        ("1.00", (6, 6)),
    ]


# ---- performance tables ----------------------------------------------------------------

GOALS = """
预算单位 某市医疗保障局
项目名称 扩面征收经费 项目负责人 张三
项目资金(万
元)
+年度预算总额 0.07
其中：财政拨
款
+0.07 其他资金 0.00
项目总体目标
本项目计划 2024 年使用 0.07 万元，提高
服务质量。
一级
指标
二级
指标
+三级指标
指标
值
指标值设置依
据
上年
完成
值
指标
分值
权重
指标赋分规则 佐证资料
基本医疗保险参保人数
＞
=8.88
万人
计划标准 无 10
+按照完成比例赋
分
+工作资料
数量
指标
+城乡居民医疗保险参保人
数
＞
=23.7
2万人
计划标准 250万人 10
+按照完成比例赋
分
+工作资料、说明材
料
质量
指标
+资金到位率 =100% 计划标准 10
按照完成比例赋
分
+说明材料
产出
指标
时效
指标
+完成时间
=12月
前
计划标准 无 10
+按照完成比例赋
分
+说明材料
成本
指标
经济
成本
指标 人均成本
＜
=0.07
3万元
预算支出标准 无 20
+按照完成比例赋
分
+原始凭证
效益
指标
社会
效益
指标
持续提高居民社会保障力
度
明显
提高
+计划标准 无 20 按评判等级赋分 说明材料
满意
度指
标
满意
度指
标
参保群众满意度
+＞
=95%
+计划标准 无 10 满意度赋分 说明材料
"""


def test_a_performance_table_is_put_together_again() -> None:
    rows = shown(grid_of(dumped(GOALS), "项目支出绩效目标表"))
    assert rows == [
        "0:预算单位|1:某市医疗保障局",
        "0:项目名称|1:扩面征收经费|2:项目负责人|3:张三",
        "0:项目资金(万元)|1:年度预算总额|2:0.07|3:其中：财政拨款|4:0.07|5:其他资金|6:0.00",
        "0:项目总体目标|1:本项目计划 2024 年使用 0.07 万元，提高服务质量。",
        "0:一级指标|1:二级指标|2:三级指标|3:指标值|4:指标值设置依据|5:上年完成值|6:指标分值权重"
        "|7:指标赋分规则|8:佐证资料",
        "0:产出指标(4×1)|1:数量指标(2×1)|2:基本医疗保险参保人数|3:＞=8.88万人|4:计划标准|5:无|6:10"
        "|7:按照完成比例赋分|8:工作资料",
        "2:城乡居民医疗保险参保人数|3:＞=23.72万人|4:计划标准|5:250万人|6:10"
        "|7:按照完成比例赋分|8:工作资料、说明材料",
        "1:质量指标|2:资金到位率|3:=100%|4:计划标准|6:10|7:按照完成比例赋分|8:说明材料",
        "1:时效指标|2:完成时间|3:=12月前|4:计划标准|5:无|6:10|7:按照完成比例赋分|8:说明材料",
        "0:成本指标|1:经济成本指标|2:人均成本|3:＜=0.073万元|4:预算支出标准|5:无|6:20"
        "|7:按照完成比例赋分|8:原始凭证",
        "0:效益指标|1:社会效益指标|2:持续提高居民社会保障力度|3:明显提高|4:计划标准|5:无|6:20"
        "|7:按评判等级赋分|8:说明材料",
        "0:满意度指标|1:满意度指标|2:参保群众满意度|3:＞=95%|4:计划标准|5:无|6:10"
        "|7:满意度赋分|8:说明材料",
    ]


def test_levels_in_the_middle_of_their_rows() -> None:
    head = "一级指标 二级指标 三级指标 指标值 分值权重\n"
    body = "甲 =1个 10\n产出指标\n数量指标\n乙 =2个 10\n丙 =3个 10"
    rows = shown(grid_of(dumped(head + body), "部门整体绩效目标表"))
    assert rows[1] == "0:产出指标(3×1)|1:数量指标(3×1)|2:甲|3:=1个|4:10"


def test_levels_on_top_of_their_rows() -> None:
    head = "一级指标 二级指标 三级指标 指标值 分值权重\n"
    body = """产出指标 数量指标 甲 =1个 10
乙 =2个 10
质量指标 丙 =3个 10
效益指标 社会效益指标 丁 =4个 10
戊 =5个 10"""
    rows = shown(grid_of(dumped(head + body), "部门整体绩效目标表"))
    assert rows[1:] == [
        "0:产出指标(3×1)|1:数量指标(2×1)|2:甲|3:=1个|4:10",
        "2:乙|3:=2个|4:10",
        "1:质量指标|2:丙|3:=3个|4:10",
        "0:效益指标(2×1)|1:社会效益指标(2×1)|2:丁|3:=4个|4:10",
        "2:戊|3:=5个|4:10",
    ]


def test_a_first_level_stands_over_the_second_ones_that_belong_to_it() -> None:
    head = "一级指标 二级指标 三级指标 指标值 分值权重\n"
    body = """甲 =1个 10
数量指标
乙 =2个 10
产出指标
质量指标 丙 =3个 10
时效指标 丁 =4个 10
效益指标 社会效益指标 戊 =5个 10"""
    rows = shown(grid_of(dumped(head + body), "部门整体绩效目标表"))
    assert [row.split("|2:")[0] for row in rows[1:]] == [
        "0:产出指标(4×1)|1:数量指标(2×1)",
        "2:乙|3:=2个|4:10",
        "1:质量指标",
        "1:时效指标",
        "0:效益指标|1:社会效益指标",
    ]


def test_a_row_without_a_weight_stays_in_one_cell() -> None:
    head = "一级指标 二级指标 三级指标 指标值 分值权重\n"
    rows = shown(grid_of(dumped(head + "甲 =1个 10\n乙 若干"), "部门整体绩效目标表"))
    assert rows[1:] == ["2:甲|3:=1个|4:10", "2:乙 若干"]


# ---- nothing is lost -----------------------------------------------------------------------

TOKENS = [
    "210",
    "05",
    "2080505",
    "卫生健康支出",
    "支出",
    "合",
    "计",
    "7.80",
    "1,234.50",
    "—",
    "2024",
]
TOKENS += [
    "201外交",
    "一、本年收入",
    "一级指标",
    "三级指标",
    "指标值",
    "数量指标",
    "分值权重",
    "≥5",
    "10",
]
TITLES = ["部门支出总体情况表", "部门收支总体情况表", "项目支出绩效目标表", "某某情况表", ""]


@given(
    st.lists(st.lists(st.sampled_from(TOKENS), min_size=1, max_size=6), max_size=12),
    st.sampled_from(TITLES),
    st.booleans(),
)
def test_every_character_is_kept(words: list[list[str]], title: str, spaced: bool) -> None:
    text = "\n".join(" ".join(line) for line in words)
    lines = dumped(text) if spaced else lines_of(text)
    grid = grid_of(lines, title)
    kept = "".join(cell.text for cell in grid.cells) if grid else ""
    assert Counter("".join(kept.split())) == Counter("".join(text.split()))


# ---- the real dump ---------------------------------------------------------------------------

# Read by eye from the file: table, row, and the header text of each figure's column.
GOLDEN = [
    ("表2", "总计", "总计 财政拨款(补助)小计 一般公共预算 财政拨款结转"),
    ("表2", "2080505", "总计 财政拨款(补助)小计 一般公共预算"),
    ("表2", "2101506", "总计 财政拨款结转"),
    ("表2", "2210201", "总计 财政拨款(补助)小计 一般公共预算"),
    ("表3", "210", "合计 基本支出 项目支出"),
    ("表3", "21015", "合计 基本支出 项目支出"),
    ("表3", "2101506", "合计 项目支出"),
    ("表3", "2109999", "合计 项目支出"),
    ("表3", "2101199", "合计 基本支出"),
    ("表4", "210", "合计 一般公共预算"),
    ("表4", "支出总计", "合计 一般公共预算"),
    ("表5", "2109999", "合计 项目支出"),
    ("表5", "2210201", "合计 基本支出"),
    ("表6", "总计", "合计 人员经费 公用经费"),
    ("表6", "30101", "合计 人员经费"),
    ("表6", "30239", "合计 公用经费"),
    ("表6", "30302", "合计 人员经费"),
    ("表7", "2109999", "项目支出合计 ?"),
    ("表10", "合计", "合计 一般公共预算"),
    ("表10", "公务用车运行费", "合计 一般公共预算"),
    ("表11", "总计", "总计 合计 项目支出"),
]


@pytest.fixture(scope="module")
def real_tables(real_disclosures: Path) -> dict[str, Table]:
    path = real_disclosures / "text" / "changji-city-2024-budget.txt"
    tables = to_tables(to_blocks(read(path.read_bytes(), path.name)))
    return {table.id: table for table in tables}


@pytest.mark.real
@pytest.mark.parametrize(("table", "row", "columns"), GOLDEN)
def test_columns_of_the_real_dump(
    real_tables: dict[str, Table], table: str, row: str, columns: str
) -> None:
    found = real_tables[table]
    line = next(each for each in found.rows if row in (each.code, each.label))
    assert " ".join(_header(found, cell) for cell in _amounts(found, line)) == columns


@pytest.mark.real
def test_only_what_no_sum_decides_is_doubtful(real_tables: dict[str, Table]) -> None:
    doubtful = {
        (name, cell.printed)
        for name, table in real_tables.items()
        for row in table.rows
        for cell in row.cells
        if not cell.certain
    }
    assert doubtful == {("表7", "2.79")}
    figures = [_amounts(table, row) for table in real_tables.values() for row in table.rows]
    assert sum(map(len, figures)) == 240


@pytest.mark.real
def test_indicators_of_the_real_dump(real_tables: dict[str, Table]) -> None:
    indicators = to_indicators(list(real_tables.values()))
    values = [(each.level2, each.operator, each.value, each.unit) for each in indicators]
    assert len(indicators) == 18
    assert ("数量指标", "≥", "23.72", "万人") in values
    assert ("经济成本指标", "≤", "0.073", "万元") in values
    assert ("社会效益指标", None, "明显减轻", None) in values
    assert {each.level1 for each in indicators} == {
        "履职效能", "产出指标", "成本指标", "效益指标", "满意度指标",
    }  # fmt: skip


PDFS = ["shanghai-putuo-wanli-2025-budget", "shanghai-putuo-planning-2024-final-accounts"]


@pytest.mark.real
@pytest.mark.parametrize("name", PDFS)
def test_a_dump_of_a_pdf_says_the_same_as_the_pdf(real_disclosures: Path, name: str) -> None:
    """The lines of a PDF, without its rules and places, against its ruled tables."""
    path = real_disclosures / "pdf" / f"{name}.pdf"
    with pdfplumber.open(path) as pdf:
        dump = "\n".join(page.extract_text().replace("\n", "\n\n") for page in pdf.pages)
    ruled = to_tables(to_blocks(read(path.read_bytes(), path.name)))
    loose = to_tables(to_blocks(read(dump.encode(), f"{name}.txt")))
    expected, found = _facts(ruled), _facts(loose)
    wrong = {fact for fact, certain in found.items() if certain} - expected.keys()
    assert not wrong
    assert len(found.keys() & expected.keys()) >= 0.99 * len(expected)


def _facts(tables: list[Table]) -> dict[tuple[str, ...], bool]:
    """Each amount that is not 0 by form, row and column, and whether it is certain."""
    return {
        (table.form, row.code or fold(row.label), fold("/".join(path)), cell.printed): cell.certain
        for table in tables
        if table.form
        for row in table.rows
        for cell in _amounts(table, row)
        for path in [table.columns[cell.column].path]
        if cell.fen
    }


def _amounts(table: Table, row: Row) -> list[Cell]:
    return [cell for cell in row.cells if table.columns[cell.column].role == "amount"]


def _header(table: Table, cell: Cell) -> str:
    return table.columns[cell.column].path[-1] if cell.certain else "?"
