from __future__ import annotations

from typing import Any

import pytest

from archive.model import Cell, Column, Indicator, Row, Table
from indexer.indicator_words import meaning, to_value
from indexer.indicators import to_indicators

HEADER = (
    "一级指标",
    "二级指标",
    "三级指标",
    "指标值",
    "指标值设置依据",
    "上年完成值",
    "指标分值权重",
)
OLD_HEADER = ("一级指标", "二级指标", "三级指标", "", "指标值（包含数字及文字描述）")


def row(line: int, *texts: str) -> Row:
    """A printed row; ``""`` is a blank cell."""
    cells = tuple(Cell(column, text) for column, text in enumerate(texts) if text)
    return Row(f"{line}", line, None, cells[0].printed, cells)


def table(
    header: tuple[str, ...], *rows: tuple[str, ...], title: str = "项目支出绩效目标表"
) -> Table:
    columns = tuple(Column((text,) if text else (), "text") for text in header)
    return Table(
        "绩效", None, title, None, None, columns,
        tuple(row(line, *texts) for line, texts in enumerate(rows)),
    )  # fmt: skip


def seen(indicators: list[Indicator]) -> list[tuple[str, str, str, str | None, str, str | None]]:
    return [(i.level1, i.level2, i.name, i.operator, i.value, i.unit) for i in indicators]


def test_levels_are_filled_down_and_every_part_is_read() -> None:
    found = to_indicators(
        [
            table(
                HEADER,
                ("预算单位", "", "某局"),
                ("项目名称", "", "2024 年经办服务", "", "", "项目负责人"),
                ("产出指标", "数量指标", "网络运维次数", "≥4 次", "计划标准", "-", "3"),
                ("", "", "培训人数", "≥28 人", "计划标准", "-", "2"),
                ("", "质量指标", "验收合格率", "=100%", "计划标准", "-", "2"),
                ("成本指标", "经济成本指标", "运维成本", "<=12.22万元", "预算支出标准", "", "4"),
                ("满意度指标", "满意度指标", "群众满意度", "≧95%"),
                ("", "", "职工满意度", "＞=90%"),
            )
        ]
    )
    assert seen(found) == [
        ("产出指标", "数量指标", "网络运维次数", "≥", "4", "次"),
        ("产出指标", "数量指标", "培训人数", "≥", "28", "人"),
        ("产出指标", "质量指标", "验收合格率", "=", "100", "%"),
        ("成本指标", "经济成本指标", "运维成本", "≤", "12.22", "万元"),
        ("满意度指标", "满意度指标", "群众满意度", "≥", "95", "%"),
        ("满意度指标", "满意度指标", "职工满意度", "≥", "90", "%"),
    ]
    assert {indicator.project for indicator in found} == {"2024年经办服务"}
    assert (found[0].weight, found[0].basis, found[0].table) == ("3", "计划标准", "绩效")
    assert (found[4].weight, found[4].basis) == (None, None)


def test_a_blank_third_level_is_no_indicator() -> None:
    found = to_indicators(
        [
            table(
                OLD_HEADER,
                ("效益指标", "经济效益指标"),
                ("", "社会效益指标", "提升能力", "", "有效提升"),
                ("", "生态效益指标"),
                ("", "可持续影响指标", "无", "", ""),
            )
        ]
    )
    assert seen(found) == [("效益指标", "社会效益指标", "提升能力", None, "有效提升", None)]


@pytest.mark.parametrize(
    ("texts", "level2", "name", "value"),
    [
        (("", "成本指标", "周转金标准", "", "≤10000元/人/年"), "成本指标", "周转金标准", "10000"),
        (("成本指标", "人均运转经费", "", "", "≤0.98万元/人"), "成本指标", "人均运转经费", "0.98"),
        (("人均医疗费标准", "", "", "≤25745元/人/年"), "时效指标", "人均医疗费标准", "25745"),
        (("", "项目完成时间", "", "", "2021年12月"), "时效指标", "项目完成时间", "2021年12月"),
        (("", "", "质量指标", "覆盖率", "", "≥90%"), "质量指标", "覆盖率", "90"),
        (("时效", "", "响应时间", "", "≤30分钟"), "时效指标", "响应时间", "30"),
    ],
)
def test_what_a_converter_moved(texts: tuple[str, ...], level2: str, name: str, value: str) -> None:
    above = ("产出指标", "时效指标", "及时率", "", "≥95%")
    found = to_indicators([table(OLD_HEADER, above, texts)])
    assert [(i.level1, i.level2, i.name, i.value) for i in found[1:]] == [
        ("产出指标", level2, name, value)
    ]


def test_a_level_printed_in_the_middle_of_its_rows() -> None:
    found = to_indicators(
        [
            table(
                HEADER,
                ("", "数量指标", "甲", "≥1个"),
                ("产出指标", "质量指标", "乙", "≥2个"),
                ("", "时效指标", "丙", "≥3个"),
                ("", "经济成本指标", "丁", "≤4元"),
                ("成本指标", "社会成本指标", "戊", "≤5元"),
            )
        ]
    )
    assert [indicator.level1 for indicator in found] == [
        "产出指标", "产出指标", "产出指标", "成本指标", "成本指标",
    ]  # fmt: skip


def test_a_first_level_of_the_whole_department() -> None:
    found = to_indicators(
        [
            table(
                HEADER,
                ("项目名称", "", "某部门"),
                ("", "数量指标", "参保人数", "≥80 万人", "新医保发 (2023) 30 号", "", "20"),
                ("履职效能", "质量指标", "参保率", "≥95%", "巴医保发 (2023) 12 号", "", "15"),
                title="部门整体绩效目标表",
            )
        ]
    )
    assert [(i.project, i.level1) for i in found] == [(None, "履职效能")] * 2
    assert (found[0].basis, found[0].weight) == ("新医保发 (2023) 30 号", "20")


def test_operator_and_unit_in_columns_of_their_own() -> None:
    header = ("一级指标", "二级指标", "三级指标", "指标性质", "指标值", "度量单位")
    found = to_indicators(
        [
            table(
                header,
                ("产出指标", "数量指标", "参保人数", "≥", "80", "万人"),
                ("", "时效指标", "完成时间", "定性", "12月底前", ""),
            )
        ]
    )
    assert seen(found) == [
        ("产出指标", "数量指标", "参保人数", "≥", "80", "万人"),
        ("产出指标", "时效指标", "完成时间", None, "12月底前", None),
    ]


def test_a_header_among_the_rows() -> None:
    columns = tuple(Column((), "text") for _ in range(4))
    rows = (
        row(0, "项目名称", "经办服务"),
        row(1, "一级指标", "二级指标", "三级指标", "指标值"),
        row(2, "产出指标", "数量指标", "次数", "≥4次"),
    )
    found = to_indicators([Table("a", None, "绩效目标表", None, None, columns, rows)])
    assert [(i.project, i.name, i.value) for i in found] == [("经办服务", "次数", "4")]


def test_other_tables_hold_no_indicators() -> None:
    other = table(HEADER, ("产出指标", "数量指标", "甲", "≥1个"), title="部门收支总体情况表")
    assert to_indicators([other]) == []


@pytest.mark.parametrize(
    ("printed", "operator", "value", "unit"),
    [
        ("≥80 万人", "≥", "80", "万人"),
        ("≧95%", "≥", "95", "%"),
        ("＞=372 家", "≥", "372", "家"),
        ("≥\n1,117 家", "≥", "1,117", "家"),
        ("<=12.22万元", "≤", "12.22", "万元"),
        ("＜\n=0.07\n3万元", "≤", "0.073", "万元"),
        ("≤10000元/人/年", "≤", "10000", "元/人/年"),
        ("≤0.98万元/人", "≤", "0.98", "万元/人"),
        ("=１００％", "=", "100", "%"),
        (">5次", ">", "5", "次"),
        ("＜3天", "<", "3", "天"),
        ("=9人（次）", "=", "9", "人（次）"),
        ("≥5年", "≥", "5", "年"),
        ("1次", None, "1", "次"),
        ("225", None, "225", None),
        ("2021年12月", None, "2021年12月", None),
        ("12月31日", None, "12月31日", None),
        ("2022年7月31日", None, "2022年7月31日", None),
        ("2024年", None, "2024年", None),
        ("≤12月31日", "≤", "12月31日", None),
        ("95%以上", None, "95%以上", None),
        ("10-20次", None, "10-20次", None),
        ("显著提高", None, "显著提高", None),
        ("每季度结束后的, 15日内", None, "每季度结束后的, 15日内", None),
        ("", None, "", None),
    ],
)
def test_targets(printed: str, operator: str | None, value: str, unit: str | None) -> None:
    read = to_value(printed)
    assert (read.operator, read.value, read.unit) == (operator, value, unit)


@pytest.mark.parametrize(
    ("header", "means"),
    [
        ("指标值（包含数字及文字描述）", "value"),
        ("指标值设置依据", "basis"),
        ("指标设定依据", "basis"),
        ("指标\n分值\n权重", "weight"),
        ("三级指标", "name"),
        ("佐证资料", "other"),
        ("金额", None),
    ],
)
def test_headers(header: str, means: str | None) -> None:
    assert meaning(header) == means


@pytest.mark.real
@pytest.mark.parametrize(
    ("document", "count", "projects"),
    [
        ("bayingolin-2024-budget", 35, 1),
        ("changji-city-2024-budget", 18, 2),
        ("changji-prefecture-2022-budget", 72, 7),
        ("kashgar-2021-budget", 51, 4),
        ("urumqi-2023-budget", 32, 4),
        ("shanghai-putuo-commerce-2025-department-budget", 0, 0),
        ("shanghai-putuo-wanli-2025-budget", 0, 0),
    ],
)
def test_how_many_indicators_real_disclosures_print(
    real_parts: Any, document: str, count: int, projects: int
) -> None:
    found = to_indicators(real_parts(document).tables)
    assert len(found) == count
    assert len({i.project for i in found if i.project}) == projects
    assert all(i.level1 and i.level2 and i.name and i.value for i in found)


SPOTS = [
    ("bayingolin-2024-budget", None, "履职效能", "数量指标", "城乡居民基本医疗参保人数",
     "≥", "80", "万人", "20", "新医保发 (2023) 30 号"),
    ("bayingolin-2024-budget", "2024年医疗保障基金专项行动和全民参保征缴服务", "产出指标",
     "时效指标", "网络故障维护响应时间", "≤", "30", "分钟", "1", "计划标准"),
    ("bayingolin-2024-budget", "2024年医疗保障基金专项行动和全民参保征缴服务", "成本指标",
     "经济成本指标", "委托业务费", "≤", "5.30", "万元", "3", "预算支出标准"),
    ("changji-city-2024-budget", None, "履职效能", "数量指标", "保障医疗待遇受益人数",
     "≥", "299165", "人", "30", "2023 年统计报表"),
    ("changji-city-2024-budget", "昌吉州州级统筹社会保险扩面征收工作经费", "成本指标",
     "经济成本指标", "经办服务经费", "≤", "0.073", "万元", "20", "预算支出标准"),
    ("changji-prefecture-2022-budget", "医疗基金监管工作经费", "满意度指标", "满意度指标",
     "群众满意度", "≥", "95", "%", None, None),
    ("changji-prefecture-2022-budget", "国务院特殊津贴专家保健医疗周转金", "产出指标",
     "时效指标", "补助发放截止时间", None, "2022年7月31日", None, None, None),
    ("kashgar-2021-budget", "业务能力提升项目", "产出指标", "成本指标", "人均运转经费数",
     "≤", "0.98", "万元/人", None, None),
    ("kashgar-2021-budget", "离休人员医疗费项目", "产出指标", "成本指标", "老红军人均医疗费标准",
     "≤", "25745", "元/人/年", None, None),
    ("kashgar-2021-budget", "打击欺诈骗保举报奖励资金项目", "产出指标", "时效指标",
     "年度举报任务完成及时率", "≥", "90", "%", None, None),
    ("kashgar-2021-budget", "骨干网及专网建设接入项目", "效益指标", "社会效益指标",
     "提升医保业务保障能力", None, "有效提升", None, None, None),
    ("urumqi-2023-budget", "2023年稽核费", "满意度指标", "满意度指标", "检查人员被投诉次数",
     None, "1", "次", "10", "自定义"),
    ("urumqi-2023-budget", "2023年全民参保补助资金", "产出指标", "质量指标", "印刷品合格率",
     "≥", "95", "%", "10", "自定义"),
    ("urumqi-2023-budget", "困难人群参加居民长护保险缴费补助", "成本指标", "经济成本指标",
     "资助参保缴费标准", "≤", "40", "元/人", "20", "计划标准"),
]  # fmt: skip


@pytest.mark.real
@pytest.mark.parametrize("spot", SPOTS, ids=[str(spot[4]) for spot in SPOTS])
def test_real_indicators(real_parts: Any, spot: tuple[str | None, ...]) -> None:
    document, *expected = spot
    found = [
        [i.project, i.level1, i.level2, i.name, i.operator, i.value, i.unit, i.weight, i.basis]
        for i in to_indicators(real_parts(document).tables)
    ]
    assert found.count(expected) == 1


def test_the_target_of_a_self_evaluation_is_the_value() -> None:
    header = (
        "一级指标",
        "二级指标",
        "三级指标",
        "年度指标值",
        "实际完成值",
        "分值",
        "得分",
        "偏差原因",
    )
    evaluation = table(
        header,
        ("产出指标", "数量指标", "清淤长度", "≥35公里", "36.2公里", "30", "28", "雨季停工"),
        ("总分", "", "", "", "", "100", "98", ""),
        title="部门整体支出绩效自评表",
    )
    (found,) = to_indicators([evaluation])
    assert (found.project, found.level1, found.name) == (None, "产出指标", "清淤长度")
    assert (found.operator, found.value, found.unit, found.weight) == ("≥", "35", "公里", "30")


def test_a_header_of_levels_is_enough_where_the_title_says_nothing() -> None:
    untitled = table(HEADER, ("产出指标", "数量指标", "甲", "≥1个"), title="未命名表")
    assert [found.name for found in to_indicators([untitled])] == ["甲"]


def test_levels_of_rows_that_no_rule_parts_name_no_indicator() -> None:
    rows = (
        ("产出指标", "数量指标质量指标", "人数合格率", "≥100人≥95%"),
        ("产出指标", "数量指标", "培训人数", "≥28 人"),
    )
    assert [each.name for each in to_indicators([table(HEADER, *rows)])] == ["培训人数"]
