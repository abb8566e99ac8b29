"""Tables that a dump of a PDF leaves as lines."""

from __future__ import annotations

import pytest

from archive.model import Place
from indexer.loose import grid_of
from indexer.pages import Line
from tests.indexer.loose.dumps import dumped, shown

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
