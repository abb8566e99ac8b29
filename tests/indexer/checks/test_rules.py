"""Every rule by cases that are written from its meaning: what holds, what does not, and why not."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

import pytest

from indexer.checks.between import (
    A_CAPITAL,
    A_ECONOMY,
    A_FISCAL,
    A_FUNCTIONS,
    A_FUND,
    ECONOMY,
    FISCAL,
    FUND_SPENDING,
    INCOME,
    PROJECT_LIST,
    SPENDING,
    SUMMARY,
    THREE,
)
from indexer.checks.between import FUNCTIONS as BY_CODE
from indexer.checks.case import Case
from indexer.checks.outcome import ERROR, ROUNDING, Rule, State
from indexer.checks.rules import BY_ID, RULES
from tests.indexer.checks.made import Made, Part, cost, entries, goal, project, sides, table, text

HOLDS, DIFFERS, ROUNDED = State.HOLDS, State.DIFFERS, State.ROUNDED
UNDECIDABLE, ABSENT = State.UNDECIDABLE, None


@dataclass(frozen=True, slots=True)
class Try:
    """A rule on a made-up disclosure: all its outcomes but those that hold are ``state``;
    the one finding says ``says``.  ``before`` is last year's disclosure."""

    rule: str
    state: State | None
    made: Made
    says: tuple[str, ...] = ()
    before: Made | None = None


def case(rule: str, state: State | None, *parts: Part, says: str = "") -> Try:
    return Try(rule, state, Made(parts), tuple(says.split()))


def accounts(rule: str, state: State | None, *parts: Part, says: str = "") -> Try:
    return Try(rule, state, Made(parts, "部门决算"), tuple(says.split()))


CODES = "科目编码|科目名称|合计|基本支出|项目支出"
ITEMS = "201|一般公共服务支出|10.00|6.00|4.00", "合计|合计|10.00|6.00|4.00"


def codes(form: str, *lines: str) -> Part:
    return table(form, CODES, *lines)


def said(rule: str, state: State | None, words: str, says: str = "", head: str = "说明") -> Try:
    return case(rule, state, text(head, words), says=says)


LEVELS = (
    case("table-levels", HOLDS, codes(SPENDING, "201|甲|10.00||", "20101|乙|4.00||",
         "20102|丙|6.00||", "合计|合计|10.00||")),
    case("table-levels", DIFFERS, codes(SPENDING, "201|甲|10.00||", "20101|乙|4.00||",
         "20102|丙|5.00||", "合计|合计|10.00||"), says="10.00 9.00"),
    case("table-levels", ROUNDED, codes(SPENDING, "201|甲|10.00||", "20101|乙|4.00||",
         "20102|丙|6.01||", "合计|合计|10.00||")),
    case("table-levels", UNDECIDABLE, codes(SPENDING, "201|甲|10.00||", "20101|乙|4.00?||",
         "20102|丙|5.00||", "合计|合计|10.00||")),
    case("table-levels", UNDECIDABLE, codes(SPENDING, "201|甲|10.00||", "20101|乙|4.00||",
         "|丙|6.00||", "合计|合计|10.00||")),
    case("table-levels", UNDECIDABLE, codes(SPENDING, "201|甲|10.00||", "20101|乙|4.00||",
         "202|丁|6.00||", "合计|合计|16.00||")),
    case("table-levels", DIFFERS, codes(SPENDING, "201|甲|10.00||", "20101|乙|14.00||",
         "202|丁|6.00||", "合计|合计|16.00||"), says="10.00 14.00"),
    case("table-levels", ABSENT, table(SPENDING, "科目名称|合计", "甲|1", "合计|1")),
)  # fmt: skip

TOTALS = (
    case("table-total", HOLDS, codes(SPENDING, *ITEMS)),
    case("table-total", DIFFERS, codes(SPENDING, ITEMS[0], "合计|合计|12.00|6.00|4.00"),
         says="12.00 10.00"),
    case("table-total", ROUNDED, codes(SPENDING, "201|甲|3.33||", "202|乙|3.33||",
         "合计|合计|6.67||")),
    case("table-total", UNDECIDABLE, codes(SPENDING, ITEMS[0], "|未编码|5.00||",
         "合计|合计|12.00|6.00|4.00")),
    case("table-total", ABSENT, codes(SPENDING, ITEMS[0])),
    accounts("table-total", DIFFERS, sides("收入支出决算总表", "决算数",
             "一、财政拨款收入|80\n本年收入合计|80\n年初结转和结余|20\n总计|110",
             "一、教育支出|100\n本年支出合计|100\n总计|100"), says="110 100"),
    accounts("table-total", HOLDS, sides("收入支出决算总表", "决算数",
             "一、财政拨款收入|80\n本年收入合计|80\n年初结转和结余|20\n总计|100",
             "一、教育支出|100\n本年支出合计|100\n总计|100")),
    case("table-income", HOLDS, sides(SUMMARY, "预算数",
         "一、本年收入|10\n（一）一般公共预算|7\n（二）政府性基金|3\n收入总计|10", "支出总计|10")),
    case("table-income", DIFFERS, sides(SUMMARY, "预算数",
         "一、本年收入|10\n（一）一般公共预算|7\n（二）政府性基金|5\n收入总计|10", "支出总计|10"),
         says="10 12"),
    case("table-income", ROUNDED, sides(SUMMARY, "预算数",
         "一、本年收入|10.00\n（一）一般公共预算|7.00\n（二）政府性基金|3.01\n收入总计|10.00",
         "支出总计|10")),
    case("table-income", HOLDS, sides(SUMMARY, "预算数", "一、财政拨款|10\n（一）一般公共预算|7\n"
         "1.经费拨款|6\n2.非税收入|1\n（二）政府性基金|3\n收入总计|10", "支出总计|10")),
    case("table-income", DIFFERS, sides(SUMMARY, "预算数", "一、财政拨款|10\n（一）一般公共预算|7\n"
         "1.经费拨款|6\n2.非税收入|4\n（二）政府性基金|3\n收入总计|10", "支出总计|10"),
         says="7 10"),
    case("table-income", UNDECIDABLE, sides(SUMMARY, "预算数",
         "一、本年收入|10\n（一）一般公共预算|10\n其中：专项收入|4\n收入总计|10", "支出总计|10")),
    case("table-income", ABSENT, sides(SUMMARY, "预算数", "财政拨款|10\n收入总计|10",
                                       "支出总计|10")),
    case("table-columns", HOLDS, codes(SPENDING, *ITEMS)),
    case("table-columns", DIFFERS, codes(SPENDING, "201|甲|10.00|6.00|3.00"), says="10.00 9.00"),
    case("table-columns", ROUNDED, codes(SPENDING, "201|甲|10.00|6.00|4.01")),
    case("table-columns", UNDECIDABLE, codes(SPENDING, "201|甲|10.00||")),
    case("table-columns", UNDECIDABLE, codes(SPENDING, "201|甲|10.00|6.00?|3.00")),
    case("table-columns", HOLDS, table(SPENDING, "科目名称|合计|其中：财政拨款|基本支出|项目支出",
         "甲|10.00|8.00|6.00|4.00")),
    case("table-columns", HOLDS, table(SPENDING, "科目名称|合计|其中：基本支出|项目支出",
         "甲|10.00|6.00|4.00")),
    case("table-columns", DIFFERS, table(SPENDING, "科目名称|合计|其中：财政拨款|基本支出|项目支出",
         "甲|10.00|8.00|6.00|4.00", "乙|9.00|8.00|6.00|4.00"), says="9.00 10.00"),
    case("table-columns", HOLDS, table(THREE, "合计|三公小计|因公出国|公务接待费|会议费",
         "9.00|8.00|6.00|2.00|1.00")),
    case("table-columns", ABSENT, table(SPENDING, "科目名称|金额", "甲|1")),
    case("table-columns", DIFFERS, table(THREE, "合计|因公出国（境）费|公务用车购置及运行费/小计|"
         "公务用车购置及运行费/公务用车购置费|公务用车购置及运行费/公务用车运行费|公务接待费",
         "5.3|0|4.9|0|4.5|0.4"), says="4.9 4.5"),
    case("table-three", HOLDS, table(THREE, "项目|预算数", "因公出国（境）费|1", "公务接待费|2",
         "公务用车购置及运行费|7", "其中：公务用车购置费|3", "公务用车运行费|4", "合计|10")),
    case("table-three", DIFFERS, table(THREE, "项目|预算数", "因公出国（境）费|1", "公务接待费|2",
         "公务用车购置及运行费|7.00", "其中：公务用车购置费|3", "公务用车运行费|5", "合计|10"),
         says="7.00 8.00"),
    case("table-three", ROUNDED, table(THREE, "项目|预算数", "因公出国（境）费|1.01",
         "公务接待费|2.00", "公务用车购置及运行费|7.00", "公务用车购置费|3.00",
         "公务用车运行费|4.00", "合计|10.00")),
    case("table-three", UNDECIDABLE, table(THREE, "项目|预算数", "公务接待费|2",
         "公务用车购置及运行费|7", "合计|10")),
    case("table-three", DIFFERS, table(THREE, "項目|預算數", "因公出國（境）費|1.00",
         "公務接待費|2.00", "公務用車購置及運行費|8.00", "公務用車購置費|8.00",
         "公務用車運行費|0.00", "合計|10.00"), says="10.00 11.00"),
    case("table-three", ABSENT, codes(SPENDING, *ITEMS)),
    case("table-agency", HOLDS, codes(SPENDING, "|某局|10.00|6.00|4.00", *ITEMS)),
    case("table-agency", DIFFERS, codes(SPENDING, "|某局|11.00|6.00|4.00", *ITEMS), says="11.00"),
    case("table-agency", ROUNDED, codes(SPENDING, "|某局|10.01|6.00|4.00", *ITEMS)),
    case("table-agency", UNDECIDABLE, codes(SPENDING, "|某局|10.00|6.00|4.00",
         "|某分局|10.00|6.00|4.00", *ITEMS)),
    case("table-agency", HOLDS, table(SPENDING, "单位编码|单位名称|合计", "306|某局|10.00",
         "306001|某局|7.00", "306002|某分局|3.00", "合计|合计|10.00")),
    case("table-agency", DIFFERS, table(SPENDING, "单位编码|单位名称|合计", "306|某局|10.00",
         "306001|某局|7.00", "306002|某分局|2.00", "合计|合计|10.00"), says="10.00 9.00"),
    case("table-agency", ABSENT, codes(SPENDING, *ITEMS)),
    case("table-sides", HOLDS, sides(SUMMARY, "预算数", "收入总计|10.00", "支出总计|10.00")),
    case("table-sides", DIFFERS, sides(SUMMARY, "预算数", "收入总计|10.00", "支出总计|12.00"),
         says="10.00 12.00"),
    case("table-sides", ROUNDED, sides(SUMMARY, "预算数", "收入总计|10.00", "支出总计|10.01")),
    case("table-sides", UNDECIDABLE, sides(SUMMARY, "预算数", "收入总计|10.00?", "支出总计|12.00")),
    case("table-sides", ABSENT, codes(SPENDING, *ITEMS)),
)  # fmt: skip

YEARS = "科目编码|科目名称|2023年执行数|2024年预算数|2024年预算数比2023年执行数/增减额"
YEARS += "|2024年预算数比2023年执行数/增减%"
FUND = "科目编码|科目名称|年初结转和结余|本年收入|本年支出/小计|年末结转和结余"
BALANCES = (
    case("table-change", HOLDS, table(BY_CODE, YEARS, "201|甲|100.00|110.00|10.00|10.00")),
    case("table-change", HOLDS, table(BY_CODE, YEARS, "201|甲|100.00|90.00|-10.00|-10.00")),
    case("table-change", DIFFERS, table(BY_CODE, YEARS, "201|甲|100.00|110.00|12.00|10.00"),
         says="10.00 12.00"),
    case("table-change", DIFFERS, table(BY_CODE, YEARS, "201|甲|100.00|110.00|10.00|11.00"),
         says="10.00% 11.00"),
    case("table-change", ROUNDED, table(BY_CODE, YEARS, "201|甲|100.00|110.00|10.01|10.00")),
    case("table-change", UNDECIDABLE, table(BY_CODE, YEARS, "201|甲|100.00|90.00|10.00|")),
    case("table-change", UNDECIDABLE, table(BY_CODE, YEARS, "201|甲|0.00|90.00|90.00|100")),
    case("table-change", ABSENT, codes(SPENDING, *ITEMS)),
    accounts("table-carried", HOLDS, table(A_FUND, FUND, "212|城乡|1.00|5.00|4.00|2.00")),
    accounts("table-carried", DIFFERS, table(A_FUND, FUND, "212|城乡|1.00|5.00|4.00|3.00"),
             says="2.00 3.00"),
    accounts("table-carried", ROUNDED, table(A_FUND, FUND, "212|城乡|1.00|5.00|4.00|2.01")),
    accounts("table-carried", UNDECIDABLE, table(A_FUND, FUND, "212|城乡|1.00?|5.00|4.00|3.00")),
    accounts("table-carried", ABSENT, codes(A_FUNCTIONS, *ITEMS)),
)  # fmt: skip

FISCAL_MONEY = "合计|一般公共预算|政府性基金预算"
BETWEEN = (
    case("between-totals", HOLDS, codes(BY_CODE, *ITEMS),
         table(ECONOMY, "科目编码|科目名称|合计", "合计|合计|6.00")),
    case("between-totals", DIFFERS, codes(BY_CODE, *ITEMS),
         table(ECONOMY, "科目编码|科目名称|合计", "合计|合计|6.50"), says="6.00 6.50"),
    case("between-totals", ROUNDED, codes(BY_CODE, *ITEMS),
         table(ECONOMY, "科目编码|科目名称|合计", "合计|合计|6.01")),
    case("between-totals", DIFFERS, codes(BY_CODE, *ITEMS),
         table(PROJECT_LIST, "项目名称|合计", "甲|5.00", "合计|5.00"), says="4.00 5.00"),
    case("between-totals", UNDECIDABLE,
         sides(FISCAL, FISCAL_MONEY, "一、上年结转|2|2|\n收入总计|12|12|", "支出总计|12|12|"),
         codes(BY_CODE, *ITEMS)),
    case("between-totals", HOLDS, sides(SUMMARY, "预算数", "本年收入合计|8.00\n收入总计|10.00",
         "支出总计|10.00"), codes(INCOME, *ITEMS)),
    case("between-totals", UNDECIDABLE, sides(SUMMARY, "预算数",
         "本年收入合计|8.00\n收入总计|9.00", "支出总计|10.00"), codes(INCOME, *ITEMS)),
    case("between-totals", DIFFERS,
         sides(FISCAL, FISCAL_MONEY, "收入总计|15|10|5", "支出总计|15|10|5"),
         table(FUND_SPENDING, CODES, "合计|合计|7|0|7"), says="5 7"),
    accounts("between-totals", DIFFERS,
             sides(A_FISCAL, FISCAL_MONEY, "本年收入合计|15|10|5", "本年支出合计|15|10|5"),
             table(A_FUND, FUND, "合计|合计|0.00|7.00|7.00|0.00"), says="5 7.00"),
    accounts("between-totals", HOLDS,
             sides(A_FISCAL, "合计|一般公共预算财政拨款|国有资本经营预算财政拨款",
                   "本年收入合计|15|10|5", "本年支出合计|15|10|5"),
             table(A_CAPITAL, CODES, "合计|合计|5.00|5.00|")),
    accounts("between-totals", DIFFERS, codes(A_FUNCTIONS, *ITEMS),
             table(A_ECONOMY, "科目编码|科目名称|决算数", "人员经费合计|人员经费合计|4.00",
                   "公用经费合计|公用经费合计|3.00"), says="6.00 7.00"),
    case("between-totals", ABSENT, codes(BY_CODE, *ITEMS)),
    case("between-classes", HOLDS, sides(SUMMARY, "预算数", "收入总计|10",
         "一、一般公共服务支出|10.00\n支出总计|10.00"), codes(SPENDING, *ITEMS)),
    case("between-classes", DIFFERS, sides(SUMMARY, "预算数", "收入总计|10",
         "一、一般公共服务支出|9.00\n支出总计|10.00"), codes(SPENDING, *ITEMS), says="9.00 10.00"),
    case("between-classes", ROUNDED, sides(SUMMARY, "预算数", "收入总计|10",
         "一、一般公共服务支出|10.01\n支出总计|10.00"), codes(SPENDING, *ITEMS)),
    case("between-classes", UNDECIDABLE, sides(SUMMARY, "预算数", "收入总计|10",
         "一、教育支出|10.00\n支出总计|10.00"), codes(SPENDING, *ITEMS)),
    case("between-classes", ABSENT, codes(SPENDING, *ITEMS)),
    case("between-codes", HOLDS, codes(SPENDING, *ITEMS), codes(BY_CODE, *ITEMS)),
    case("between-codes", DIFFERS, codes(SPENDING, *ITEMS),
         codes(BY_CODE, "201|一般公共服务支出|10.00|7.00|4.00", ITEMS[1]), says="6.00 7.00"),
    case("between-codes", ROUNDED, codes(SPENDING, *ITEMS),
         codes(BY_CODE, "201|一般公共服务支出|10.00|6.01|4.00", ITEMS[1])),
    case("between-codes", UNDECIDABLE, codes(SPENDING, *ITEMS),
         codes(BY_CODE, ITEMS[0], "合计|合计|11.00|6.00|4.00")),
    case("between-codes", ABSENT, codes(SPENDING, *ITEMS)),
    case("between-three", HOLDS, table(THREE, "合计|公务接待费", "1.00|1.00"),
         table(ECONOMY, "科目编码|科目名称|合计", "30217|公务接待费|1.00")),
    case("between-three", DIFFERS, table(THREE, "合计|公务接待费", "0.50|0.50"),
         table(ECONOMY, "科目编码|科目名称|合计", "30217|公务接待费|1.00"), says="1.00 0.50"),
    case("between-three", ROUNDED, table(THREE, "合计|公务接待费", "0.99|0.99"),
         table(ECONOMY, "科目编码|科目名称|合计", "30217|公务接待费|1.00")),
    case("between-three", UNDECIDABLE, table(THREE, "合计|公务接待费", "3.00|3.00"),
         table(ECONOMY, "科目编码|科目名称|合计", "30217|公务接待费|1.00")),
    case("between-three", ABSENT, table(THREE, "合计|公务接待费", "3.00|3.00")),
)  # fmt: skip

SCALE = "一般公共预算当年拨款规模变化情况"
THREE_HEAD = "“三公”经费预算情况说明"
THREE_TABLE = table(THREE, "合计|因公出国（境）费|公务接待费", "3.00|1.00|2.00")
TEXTS = (
    case("text-table", HOLDS, codes(BY_CODE, *ITEMS),
         text(SCALE, "2024年一般公共预算拨款合计10.00万元。")),
    case("text-table", HOLDS, codes(BY_CODE, *ITEMS),
         text(SCALE, "2024年一般公共预算拨款合计100,000元，其中：基本支出为60000.00元。")),
    case("text-table", DIFFERS, codes(BY_CODE, *ITEMS),
         text(SCALE, "2024年一般公共預算撥款合計12.00萬元。"), says="12.00 10.00"),
    case("text-table", DIFFERS, sides(SUMMARY, "预算数", "收入总计|10.00", "支出总计|10.00"),
         text("收支预算总体情况说明", "2024年收入总计为10.00万元，支出总计为11.00万元。"),
         says="11.00 10.00"),
    accounts("text-table", DIFFERS, codes(A_FUNCTIONS, *ITEMS),
             text("一般公共预算财政拨款支出决算情况说明",
                  "2024年度一般公共预算财政拨款支出12.00万元，占本年支出合计的100%。"),
             says="12.00 10.00"),
    case("text-table", ROUNDED, codes(BY_CODE, *ITEMS),
         text(SCALE, "2024年一般公共预算拨款合计10.01万元。")),
    case("text-table", UNDECIDABLE, text(SCALE, "2024年一般公共预算拨款合计10.00万元。")),
    case("text-table", ABSENT, codes(BY_CODE, *ITEMS)),
    case("text-item", HOLDS, codes(BY_CODE, *ITEMS),
         text("具体使用情况", "一般公共服务支出（类）10.00万元。")),
    case("text-item", DIFFERS, codes(BY_CODE, *ITEMS),
         text("具体使用情况", "一般公共服务支出（类）13.00万元。"), says="13.00 10.00"),
    case("text-item", ROUNDED, codes(BY_CODE, *ITEMS),
         text("具体使用情况", "一般公共服务支出（类）10.01万元。")),
    case("text-item", UNDECIDABLE, codes(BY_CODE, *ITEMS),
         text("具体使用情况", "教育支出（类）13.00万元。")),
    case("text-item", ABSENT, codes(BY_CODE, *ITEMS), text("具体使用情况", "没有。")),
    case("text-three", HOLDS, THREE_TABLE, text(THREE_HEAD, "公务接待费2.00万元。")),
    case("text-three", HOLDS, THREE_TABLE, text("\"三公\"经费预算情况说明", "公务接待费为2万元。")),
    case("text-three", DIFFERS, THREE_TABLE,
         text("三公经费预算情况说明", "2024年三公经费预算数为4.00万元，比上年持平。"),
         says="4.00 3.00"),
    case("text-three", DIFFERS, THREE_TABLE, text(THREE_HEAD, "公务接待费2.50万元。"),
         says="2.50 2.00"),
    case("text-three", ROUNDED, THREE_TABLE, text(THREE_HEAD, "公务接待费2.01万元。")),
    case("text-three", UNDECIDABLE, THREE_TABLE, text(THREE_HEAD, "公务用车购置费2.01万元。")),
    case("text-three", DIFFERS, table(THREE, "合计|公务接待费|机关运行经费", "1.00|1.00|8.00"),
         text("二、机关运行经费", "机关运行经费预算为9.00万元。"), says="9.00 8.00"),
    case("text-three", ABSENT, THREE_TABLE, text("机构设置", "公务接待费2.01万元。")),
)  # fmt: skip

SHARES = "支出合计200万元，其中：基本支出150万元，"
CHANGES = (
    said("text-change", HOLDS, "收入预算120万元，比上年增加20万元，增长20%。"),
    said("text-change", HOLDS, "收入预算80万元，较上年减少20万元，降幅为20%。"),
    said("text-change", HOLDS, "收入预算120万元，比上年增加20万元，同比增长20.0%。"),
    said("text-change", HOLDS, "收入预算120万元，比上年增长20%，增加20万元。"),
    said("text-change", HOLDS, "收入預算120萬元，較上年增加20萬元，增長百分之20。"),
    said("text-change", HOLDS, "收入预算１２０万元，比上年增加２０万元（增长２０％）。"),
    said("text-change", HOLDS, "收入预算与上年的100万元相比，增加20万元，增长20%。"),
    said("text-change", HOLDS, "公务接待费0万元，比上年增加0万元，增长0%，与上年持平。"),
    said("text-change", HOLDS, "新项目30万元，比上年增加30万元，增长100%。"),
    said("text-change", HOLDS, "年初预算为100万元，支出决算为95万元，完成年初预算的95%。"),
    said("text-change", HOLDS, "全年预算数100万元，决算数95万元，完成率95%。"),
    said("text-change", DIFFERS, "收入预算120万元，比上年增加20万元，增长25%。", "20.00% 25%"),
    said("text-change", DIFFERS, "收入预算120万元，比上年增加20万元，增幅25%。", "20.00% 25%"),
    said("text-change", DIFFERS, "收入预算120万元，比上年增长25%，增加20万元。", "20.00% 25%"),
    said("text-change", DIFFERS, "收入預算120萬元，較上年增加20萬元，增長百分之25。", "20.00%"),
    said("text-change", DIFFERS, "支出比上年的100万元减少20万元，下降25%。", "20.00% 25%"),
    said("text-change", DIFFERS, "收入预算120万元，比上年增加20万元，下降20%。", "方向相反"),
    said("text-change", DIFFERS, "新项目30万元，比上年增加30万元，增长20%。", "100% 20%"),
    said("text-change", DIFFERS, "年初预算为100万元，支出决算为95万元，完成年初预算的90%。",
         "95.00% 90%"),
    said("text-change", DIFFERS, "全年预算100万元，实际支出95万元，预算完成率90%。", "95.00% 90%"),
    said("text-change", ROUNDED, "收入预算1203.5万元，比上年增加203.5万元，增长20.37%。"),
    said("text-change", UNDECIDABLE, "比上年增加20万元，增长25%。"),
    said("text-change", ABSENT, "收入预算120万元，比上年增加20万元，占比提高5个百分点。"),
    said("text-change", ABSENT, "收入预算120万元，与上年持平。"),
    said("text-share", HOLDS, f"{SHARES}占75%；项目支出50万元，占25%。"),
    said("text-share", HOLDS, f"{SHARES}占比75%；项目支出50万元，占比为25%。"),
    said("text-share", DIFFERS, f"{SHARES}占75%；项目支出50万元，占30%。",
         "25.00% 30%"),
    said("text-share", ROUNDED,
         "支出合计200.00万元，其中：基本支出150.00万元，占75%；项目支出50.00万元，占24.99%。"),
    said("text-share", UNDECIDABLE, "项目支出50万元，占24.99%。"),
    said("text-share", DIFFERS, "决算为7.50万元。其中：出国费0.00万元，占0.00%；用车费6.00万元，"
         "占80.00%；接待费1.50万元，占25.00%。", "20.00% 25.00%"),
    said("text-share", ABSENT, "项目支出50万元。"),
)  # fmt: skip

PROSE = (
    said("text-parts", HOLDS,
         "政府采购预算100万元，其中：政府采购货物预算60万元，政府采购工程预算0万元，政府采购服务预算40万元。"),
    said("text-parts", HOLDS, "安排项目2个，共230万元：森林抚育150万元，良种繁育80万元。"),
    said("text-parts", DIFFERS, "安排项目2个，共230万元：森林抚育150万元，良种繁育60万元。",
         "230 210"),
    said("text-parts", ABSENT, "共230万元：其中森林抚育150万元，良种繁育60万元。"),
    said("text-parts", DIFFERS,
         "政府采购预算100万元，其中：政府采购货物预算60万元，政府采购工程预算0万元，政府采购服务预算30万元。",
         "100 90"),
    said("text-parts", ROUNDED, "政府采购预算100.01万元，其中：政府采购货物预算60.00万元，"
         "政府采购工程预算0万元，政府采购服务预算40.00万元。"),
    said("text-parts", UNDECIDABLE, "政府采购预算100万元，其中：政府采购货物预算60万元。"),
    said("text-parts", DIFFERS, "实有人数30人，其中：在职20人，退休9人，离休0人。", "30 29"),
    said("text-parts", ABSENT, "没有政府采购。"),
    said("text-within", HOLDS, "房屋100平方米（其中：办公用房60平方米，业务用房40平方米）。"),
    said("text-within", DIFFERS, "房屋100平方米（其中：办公用房60平方米，业务用房45平方米）。",
         "100 105"),
    said("text-within", UNDECIDABLE, "房屋100平方米（其中：办公用房60平方米）。"),
    said("text-within", DIFFERS, "面向中小企业预留政府采购项目预算金额10万元，"
         "其中：面向小微企业预留政府采购项目预算金额12万元。", "10 12"),
    said("text-within", ABSENT, "房屋100平方米。"),
    said("text-twice", HOLDS,
         "项目支出691.87万元，比上年增加91.94万元。\n项目支出691.87万元，比上年增加91.94万元。"),
    said("text-twice", DIFFERS,
         "项目支出691.87万元，比上年增加91.94万元。\n项目支出691.87万元，比上年增加166.69万元。",
         "91.94 166.69"),
    said("text-twice", ROUNDED,
         "项目支出691.87万元，比上年增加91.94万元。\n项目支出691.87万元，比上年增加91.95万元。"),
    said("text-twice", ABSENT, "项目支出691.87万元，比上年增加91.94万元。"),
    case("text-unit", HOLDS, codes(SPENDING, *ITEMS), text("说明", "支出预算100000.00元。")),
    case("text-unit", DIFFERS, codes(SPENDING, *ITEMS), text("说明", "支出预算10.00元。"),
         says="10.00万元 10.00元"),
    case("text-unit", DIFFERS, codes(SPENDING, "2010101|行政运行|15.24||", *ITEMS),
         text("说明", "行政运行支出15.24元。"), says="15.24万元 15.24元"),
    case("text-unit", HOLDS, codes(SPENDING, "2010101|行政运行|8.00||", *ITEMS),
         text("说明", "每次支出8.00元。")),
    case("text-unit", ABSENT, text("说明", "支出预算10.00元。")),
    said("text-count", HOLDS, "下设3个科室，分别是：办公室、基金科、稽核科。"),
    said("text-count", DIFFERS, "下设4个科室，分别是：办公室、基金科、稽核科。", "4 3"),
    said("text-count", DIFFERS, "下设四个科室，分别是：办公室、基金科、稽核科。", "四 3"),
    said("text-count", UNDECIDABLE, "下设3个科室，分别是：有关科室。"),
    case("text-count", DIFFERS, table(PROJECT_LIST, "项目名称|合计", "甲|5.00", "乙|5.00",
         "合计|10.00"), text("说明", "财政拨款项目4个，涉及金额10.00万元。"), says="4 2"),
    said("text-count", ABSENT, "下设若干科室。"),
)  # fmt: skip

PEOPLE = {"people": "10", "补贴标准": "500元/人/年"}
HEADS = "服务10人，人均支出2.00万元。"
FORMULA = "12000元*7.5%*12个月=10800元"
STANDARDS = "福利费320元/人、工会费500元/人，共需10人*(320元+500元)=8200元。"
PROJECTS = (
    case("project-parts", HOLDS, project("甲", "10万元", ("培训", "6万元"), ("差旅", "4万元"))),
    case("project-parts", DIFFERS, project("甲", "10.00万元", ("培训", "6.00万元"),
         ("差旅", "3.00万元"), 资金分配情况="培训6.00万元，差旅3.00万元"), says="10.00万元 9万元"),
    case("project-parts", UNDECIDABLE, project("甲", "10万元", ("培训", "6万元"),
         资金分配情况="主要用于培训6万元等")),
    case("project-parts", DIFFERS, project("甲", "386万元", ("共", "134万元")),
         says="386万元 134万元"),
    case("project-parts", ABSENT, project("甲", "10万元")),
    case("project-table", HOLDS, project("甲项目", "10万元"),
         table(PROJECT_LIST, "项目名称|合计", "甲|10.00")),
    case("project-table", DIFFERS, project("甲项目", "10万元"),
         table(PROJECT_LIST, "项目名称|合计", "甲|12.00"), says="10万元 12.00"),
    case("project-table", UNDECIDABLE, project("甲项目", "10万元"),
         table(PROJECT_LIST, "项目名称|合计", "乙|12.00")),
    case("project-table", ABSENT, project("甲项目", "10万元")),
    case("project-people", HOLDS, project("甲", "0.5万元", **PEOPLE)),
    case("project-people", UNDECIDABLE, project("甲", "9万元", **PEOPLE)),
    case("project-people", ABSENT, project("甲", "9万元")),
    case("project-head", HOLDS, goal("甲", "20", HEADS)),
    case("project-head", DIFFERS, goal("甲", "15", HEADS), says="10人 15 20万元"),
    case("project-head", UNDECIDABLE, goal("甲", "40", HEADS)),
    case("project-head", ABSENT, goal("甲", "40")),
    said("project-formula", HOLDS, "审稿费6万元（50人*2次*600元=60000元）。"),
    said("project-formula", DIFFERS, "审稿费6万元（50人*2次*600元=66000元）。", "60,000"),
    said("project-formula", DIFFERS, "3000亩*600元/亩=150万元。", "180"),
    said("project-formula", HOLDS, f"共需{FORMULA}。"),
    said("project-formula", HOLDS, "共需１２０００元＊７．５％＊１２个月＝１０８００元。"),
    said("project-formula", HOLDS, "共需(3人+2人)×0.5万元=2.5万元。"),
    said("project-formula", DIFFERS, "共需12000元*7.5%*12个月=10900元。", "10,800元 10900元"),
    said("project-formula", ROUNDED, "共需3元*4.17*1人=12.6元。"),
    said("project-formula", ABSENT, "共需10800元。"),
    said("project-standards", HOLDS, STANDARDS),
    said("project-standards", DIFFERS, STANDARDS.replace("(320元", "(380元"), "320 380"),
    said("project-standards", UNDECIDABLE,
         STANDARDS.replace("(320元+500元)", "(380元+510元)")),
    said("project-standards", ABSENT, "福利费320元/人。"),
    case("project-goal", HOLDS, project("甲", "10万元"), goal("甲", "10.00")),
    case("project-goal", DIFFERS, project("甲", "10万元"), goal("甲", "12.00"),
         says="10万元 12.00"),
    case("project-goal", UNDECIDABLE, project("乙", "10万元"), goal("甲", "12.00")),
    case("project-goal", ABSENT, project("甲", "10万元")),
    case("project-costs", HOLDS, goal("甲", "10"), cost("甲", "培训", "6"),
         cost("甲", "差旅", "4")),
    case("project-costs", DIFFERS, goal("甲", "10"), cost("甲", "培训", "6"),
         cost("甲", "差旅", "5"), says="10 11万元"),
    case("project-costs", UNDECIDABLE, goal("甲", "10"), cost("甲", "培训", "6"),
         cost("甲", "差旅", "1")),
    case("project-costs", ABSENT, goal("甲", "10")),
    case("project-goal-parts", HOLDS, project("甲", "10万元", ("培训费", "6万元")),
         goal("甲", "10"), cost("甲", "培训费", "6")),
    case("project-goal-parts", DIFFERS, project("甲", "10万元", ("培训费", "6万元")),
         goal("甲", "10"), cost("甲", "培训费", "7"), says="6万元 7万元"),
    case("project-goal-parts", ABSENT, project("甲", "10万元", ("培训费", "6万元")),
         goal("甲", "10"), cost("甲", "差旅费", "7")),
)  # fmt: skip

FORMS = ("部门收支总体情况表", "部门收入总体情况表", "部门支出总体情况表",
         "财政拨款收支预算总体情况表", "一般公共预算支出情况表", "一般公共预算基本支出情况表",
         "财政拨款“三公”经费支出情况表", "政府性基金预算支出情况表")  # fmt: skip
ALL = tuple(table(form, "科目名称|合计") for form in FORMS)
DEEP = "201|一般公共服务支出|10.00||", "20101|人大事务|10.00||", "2010101|行政运行|10.00||"
TOLD = "一般公共服务支出（类）人大事务（款）行政运行（项）：10万元。\n" \
       "一般公共服务支出（类）人大事务（款）人大会议（项）：5万元。"  # fmt: skip
EXPLAINED = codes(BY_CODE, "2010101|行政运行|10.00||", "2010104|人大会议|5.00||")
NOTE = ("注：本年没有“三公”经费，故本表为空表。",)
APPROVED = "2024年2月1日，区财政局批复了本部门2024年预算。"
COMPLETE = (
    case("complete-forms", HOLDS, *ALL),
    case("complete-forms", DIFFERS, *ALL[:-1], says="政府性基金预算支出情况表"),
    case("complete-forms", UNDECIDABLE, *ALL[:-1], table(None, "科目名称|合计", "甲|1.00")),
    case("complete-forms", ABSENT, *ALL[:2]),
    case("complete-functions", HOLDS, codes(BY_CODE, *DEEP)),
    case("complete-functions", DIFFERS, codes(BY_CODE, *DEEP[:2]), says="公开到项"),
    case("complete-functions", ABSENT, codes(SPENDING, *DEEP[:2])),
    case("complete-economy", HOLDS, codes(ECONOMY, "301|工资|1.00||", "30101|基本工资|1.00||")),
    case("complete-economy", DIFFERS, codes(ECONOMY, "301|工资|1.00||"), says="公开到款"),
    case("complete-economy", ABSENT, codes(SPENDING, *DEEP)),
    case("complete-three", HOLDS, text(THREE_HEAD, "比上年减少2万元，主要原因是压减接待。")),
    case("complete-three", DIFFERS, text(THREE_HEAD, "比上年减少2万元。"), says="2万元 未说明"),
    case("complete-three", DIFFERS, text(THREE_HEAD, "较上年下降2万元。"), says="2万元 未说明"),
    case("complete-three", ABSENT, text(THREE_HEAD, "与上年持平。")),
    said("complete-procurement", HOLDS, "政府采购预算10万元，面向中小企业预留10万元。"),
    said("complete-procurement", DIFFERS, "政府采购预算10万元。", "10 未说明"),
    said("complete-procurement", DIFFERS, "政府采购支出总额为100000元。", "100000 未说明"),
    said("complete-procurement", ABSENT, "政府采购预算0万元。"),
    case("complete-goals", HOLDS, table(PROJECT_LIST, "项目名称|合计", "合计|10.00"),
         goal("甲", "10")),
    case("complete-goals", DIFFERS, table(PROJECT_LIST, "项目名称|合计", "合计|10.00"),
         says="绩效目标表"),
    case("complete-goals", ABSENT, table(PROJECT_LIST, "项目名称|合计", "合计|0.00")),
    case("complete-explained", HOLDS, EXPLAINED, text("具体使用情况", TOLD)),
    case("complete-explained", DIFFERS,
         codes(BY_CODE, "2010101|行政运行|10.00||", "2010104|人大会议|5.00||",
               "2010108|代表工作|3.00||"), text("具体使用情况", TOLD), says="代表工作 3.00"),
    case("complete-explained", UNDECIDABLE,
         codes(BY_CODE, "2010101|行政运行|10.00||", "2010104|人大会议|5.00||",
               "2010108|代表工作|3.00||"),
         text("具体使用情况", TOLD, "一般公共服务支出（类）人大事务（款）人大立法（项）：3万元。")),
    case("complete-explained", ABSENT, EXPLAINED, text("具体使用情况", "按规定使用。")),
    case("complete-empty-note", HOLDS, table(THREE, "合计|公务接待费", notes=NOTE)),
    case("complete-empty-note", DIFFERS, table(THREE, "合计|公务接待费", "3.00|3.00", notes=NOTE),
         says="3.00 空表"),
    case("complete-empty-note", UNDECIDABLE, codes(SPENDING, *ITEMS),
         table(SUMMARY, "合计|公务接待费", "3.00|3.00", notes=NOTE)),
    case("complete-empty-note", ABSENT, table(THREE, "合计|公务接待费", "3.00|3.00")),
    Try("complete-time", HOLDS, Made((text("一", APPROVED),), published="2024-02-20")),
    Try("complete-time", DIFFERS, Made((text("一", APPROVED),), published="2024-03-20"),
        ("48日", "2024-03-20")),
    Try("complete-time", UNDECIDABLE, Made((text("一", APPROVED),), published="2024-01-20")),
    Try("complete-time", ABSENT, Made((text("一", APPROVED),))),
)  # fmt: skip

NOW = Made((text(SCALE, "基本支出6.00万元，比上年预算增加1.00万元。"),))
LAST = codes(BY_CODE, "合计|合计|9.00|5.00|4.00")
ACROSS = (
    Try("years-implied", HOLDS, NOW, before=Made((LAST,), year=2023)),
    Try("years-implied", DIFFERS, NOW, ("4.50", "5"),
        before=Made((codes(BY_CODE, "合计|合计|9.00|4.50|4.50"),), year=2023)),
    Try("years-implied", UNDECIDABLE, NOW, before=Made((), year=2023)),
    Try("years-implied", ABSENT, NOW),
)  # fmt: skip

LISTED = "一、部门收支总体情况表", "二、部门收入总体情况表", "三、部门支出总体情况表"
THREE_FORMS = (
    sides(SUMMARY, "预算数", "收入总计|10.00", "支出总计|10.00"), codes(INCOME, *ITEMS),
    codes(SPENDING, *ITEMS),
)  # fmt: skip
CONTENTS = (
    case("contents-tables", HOLDS, *entries("第一部分 概况", "第二部分 2024年部门预算表", *LISTED),
         *THREE_FORMS),
    case("contents-tables", DIFFERS, *entries(*LISTED, "四、一般公共预算项目支出情况表"),
         *THREE_FORMS, says="四、一般公共预算项目支出情况表"),
    # what the law asks for is told by complete-forms alone
    case("contents-tables", HOLDS, *entries(*LISTED, "四、一般公共预算支出情况表"), *THREE_FORMS),
    case("contents-tables", DIFFERS, *entries(*LISTED), *THREE_FORMS, codes(FUND_SPENDING, *ITEMS),
         says="政府性基金预算支出情况表"),
    case("contents-tables", UNDECIDABLE, *entries(*LISTED, "四、重点事项清单表"), *THREE_FORMS),
    case("contents-tables", ABSENT, *entries("一、主要职能", "二、部门预算表"), *THREE_FORMS),
    case("contents-tables", ABSENT, *THREE_FORMS),
    case("complete-forms", DIFFERS, *entries(*LISTED, "四、一般公共预算支出情况表"), *THREE_FORMS,
         says="四、一般公共预算支出情况表"),
    case("contents-years", HOLDS, *entries("一、2024年收入预算说明"),
         text("一、2024 年收入预算说明", "无")),
    case("contents-years", HOLDS, *entries("一、2023年收入预算说明"),
         text("一、2023年收入预算说明", "无")),
    case("contents-years", DIFFERS, *entries("一、2023年收入预算说明", "二、2023年度支出预算说明"),
         text("一、2024年收入预算说明", "无"), text("二、2024年支出预算说明", "无"),
         says="2023年 2 条"),
    case("contents-years", DIFFERS, *entries("表1 2023年收入表"), table(None, "项目|合计", "甲|1"),
         text("表1 收入表", "无"), says="2023年 2024年"),
    case("contents-years", UNDECIDABLE, *entries("一、2023年工作总结"), text("二、预算说明", "无")),
    case("contents-years", ABSENT, *entries("一、主要职能"), text("一、主要职能", "无")),
)  # fmt: skip

GROWN = "二、关于某局收入预算情况说明", "三、关于某局支出预算情况说明"
ALL_GREW = text(GROWN[0], "一般公共预算10.00万元，占100%，比上年预算增加2.00万元。")
BASIC_GREW = "基本支出6.00万元，占60%，比上年预算增加3.00万元。"
EARNED = sides(SUMMARY, "预算数", "一、财政拨款|7.00\n二、事业收入|3.00\n收入总计|10.00",
               "支出总计|10.00")  # fmt: skip
RUN = "一般公共服务支出（类）人大事务（款）行政运行（项）：2024年预算数为3.00万元。"
STAFFED = RUN.replace("行政运行", "机关运转")
TWO_GOALS = goal("甲", "2.00"), goal("乙", "3.00")
FILLED = "财政拨款项目{}个，涉及预算金额5.00万元。具体情况见下表（按项目分别填报）："
SOURCES = "科目编码|科目名称|总计|财政拨款|事业收入|财政拨款结转|财政专户(教育收费)"
WORDS = (
    case("between-sources", HOLDS, EARNED,
         table(INCOME, SOURCES, "201|甲|10.00|7.00|3.00||", "合计|合计|10.00|7.00|3.00||")),
    case("between-sources", DIFFERS, EARNED,
         table(INCOME, SOURCES, "201|甲|10.00|8.00|2.00||", "合计|合计|10.00|8.00|2.00||"),
         says="3.00 2.00"),
    case("between-sources", DIFFERS, sides(SUMMARY, "预算数",
         "一、本年收入|7.00\n二、上年结转|3.00\n1.财政拨款结转|3.00\n收入总计|10.00",
         "支出总计|10.00"),
         table(INCOME, SOURCES, "201|甲|10.00|10.00|0|0|0"), says="3.00 0.00"),
    case("between-sources", ROUNDED, EARNED,
         table(INCOME, SOURCES, "合计|合计|10.00|7.00|3.01||")),
    case("between-sources", UNDECIDABLE, EARNED,
         table(INCOME, SOURCES, "合计|合计|9.00|7.00|2.00||")),
    case("between-sources", UNDECIDABLE, EARNED,
         table(INCOME, SOURCES, "合计|合计|10.00|7.00|0||3.00?")),
    case("between-sources", ABSENT, *THREE_FORMS),
    case("text-item-name", HOLDS, codes(BY_CODE, "2010101|行政运行|3.00||"),
         text("说明", RUN)),
    case("text-item-name", DIFFERS, codes(BY_CODE, "2010101|行政运行|3.00||",
         "2010102|会议|4.00||"),
         text("说明", STAFFED),
         says="机关运转 行政运行"),
    case("text-item-name", UNDECIDABLE,
         codes(BY_CODE, "2010101|行政运行|3.00||", "2010102|会议|3.00||"),
         text("说明", STAFFED)),
    case("text-item-name", ABSENT, codes(BY_CODE, "2010101|行政运行|3.00||"), text("说明", "无。")),
    case("text-moves", HOLDS, ALL_GREW,
         text(GROWN[1], BASIC_GREW,
              "项目支出4.00万元，占40%，比上年预算减少1.00万元。")),
    case("text-moves", DIFFERS, ALL_GREW,
         text(GROWN[1], BASIC_GREW,
              "项目支出4.00万元，占40%，比上年预算增加1.00万元。"), says="2万元 4万元"),
    case("text-moves", ROUNDED, ALL_GREW,
         text(GROWN[1], BASIC_GREW,
              "项目支出4.00万元，占40%，比上年预算减少1.01万元。")),
    case("text-moves", UNDECIDABLE, ALL_GREW,
         text(GROWN[1], BASIC_GREW)),
    case("text-moves", ABSENT, ALL_GREW),
    said("text-nothing", HOLDS, "房屋0平方米，价值0.00万元。车辆2辆，价值30.00万元。"),
    said("text-nothing", DIFFERS, "车辆0辆，价值30.00万元。", says="0辆 30.00万元"),
    said("text-nothing", UNDECIDABLE, "房屋120.5平方米，价值0万元。"),
    said("text-nothing", ABSENT, "房屋由机关事务部门统一调配。"),
    said("text-change", DIFFERS, "年初预算数为100.00万元，调整预算数为120.00万元，"
         "支出决算数为110.00万元，完成年初预算的105.00%。", "110.00% 105.00%"),
    said("text-change", UNDECIDABLE, "调整预算数为120.00万元，支出决算数为110.00万元，"
         "完成年初预算的110.00%。"),
    said("text-parts", DIFFERS, "共有车辆3辆，其中：一般公务用车1辆、执法执勤用车1辆；"
         "2024年计划更新车辆1辆。", "3辆 2辆"),
    said("text-reason", HOLDS, "比上年减少2.00万元，下降4.00%，主要原因是培训经费减少。"),
    said("text-reason", DIFFERS, "比上年减少2.98%。主要原因是：宣传经费增加。",
         says="减少2.98% 经费增加"),
    said("text-reason", UNDECIDABLE, "比上年减少2.98%，主要原因是严控三公经费增长。"),
    said("text-reason", ABSENT, "比上年减少0.00万元，主要原因是项目经费增加。"),
    said("text-reason", ABSENT, "比上年减少2.00万元，主要原因是人员增加。"),
    said("text-unfilled", HOLDS, "比上年增加2.00万元，增长4.00%。"),
    said("text-unfilled", DIFFERS, "比上年增加（减少）2.00万元。", says="增加（减少）2.00"),
    said("text-unfilled", DIFFERS, "“三公”经费XX万元。", says="XX"),
    said("text-unfilled", DIFFERS, "比上年增加2.00万元，增长4.00。主要是人员增加。",
         says="增长4.00"),
    said("text-unfilled", ABSENT, "与上年持平。"),
    said("text-count", HOLDS,
         "行政单位 1 家，事业单位 2 家，具体包括：\n1. 甲\n2. 乙\n3. 丙\n其他。"),
    said("text-count", DIFFERS, "预算单位4家，具体包括：\n1. 甲\n2. 乙\n3. 丙", says="4 3"),
    said("text-count", ABSENT, "预算单位4家，具体包括：甲、乙。"),
    case("text-count", HOLDS, text("说明", "下设3个科室，分别是：办公室、财务科和信息科。")),
    case("text-count", HOLDS, text("说明", "下设2个科室，分别是：办公室、政策法规和财务科。")),
    case("text-count", UNDECIDABLE, text("说明",
         "下设9个科室，分别是：办公室、财务科、信息科等。")),
    case("text-count", DIFFERS, *TWO_GOALS, text("说明", FILLED.format(3)),
         says="3 2"),
    case("text-count", UNDECIDABLE, *TWO_GOALS, text("说明", FILLED.format(1))),
)  # fmt: skip

CASES = (
    *CONTENTS, *WORDS,
    *LEVELS, *TOTALS, *BALANCES, *BETWEEN, *TEXTS, *CHANGES, *PROSE, *PROJECTS, *COMPLETE, *ACROSS,
)  # fmt: skip

NEVER = {
    ROUNDED: {
        "text-within", "text-unit", "text-count", "project-parts", "project-table",
        "project-people", "project-head", "project-standards", "project-goal", "project-costs",
        "project-goal-parts", "years-implied", *(r.id for r in RULES if r.id[:8] in ("complete",
        "contents")),
        "text-item-name", "text-nothing", "text-unfilled", "text-reason",
    },
    DIFFERS: {"project-people"},
    UNDECIDABLE: {
        "text-twice", "text-unit", "project-formula", "project-goal-parts", "complete-functions",
        "complete-economy", "complete-three", "complete-procurement", "complete-goals",
        "text-unfilled",
    },
}  # fmt: skip
"""What a rule cannot give: exact ones do not round, those of two plain figures always decide."""


def name(each: Try) -> str:
    return f"{each.rule}-{each.state.name if each.state else 'ABSENT'}"


@pytest.mark.parametrize("each", CASES, ids=name)
def test_a_rule_on_a_case(each: Try) -> None:
    before = each.before.disclosure() if each.before else None
    rule = BY_ID[each.rule]
    outcomes = list(rule.check(Case(each.made.disclosure(), before)))
    states = Counter(outcome.state for outcome in outcomes)
    assert set(states) - {HOLDS} == {each.state} - {HOLDS, ABSENT}, outcomes
    assert bool(outcomes) is (each.state is not ABSENT)
    for found in (o for o in outcomes if o.state is DIFFERS):
        assert found.places and found.message.endswith("。")
    told = [o.message + o.expected + o.found for o in outcomes if o.state is DIFFERS]
    assert not each.says or any(all(word in one for word in each.says) for one in told), told


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_every_rule_has_a_case_of_each_outcome(rule: Rule) -> None:
    id_ = rule.id
    tried = {each.state for each in CASES if each.rule == id_}
    wanted = {HOLDS, ABSENT} | {state for state, rules in NEVER.items() if id_ not in rules}
    assert tried >= wanted
    assert not {state for state, rules in NEVER.items() if id_ in rules} & tried


def test_a_case_names_a_rule() -> None:
    assert {each.rule for each in CASES} == set(BY_ID)
    assert len(BY_ID) == len(RULES)
    assert all(rule.severity != ROUNDING for rule in RULES)
    assert ERROR in {rule.severity for rule in RULES}
