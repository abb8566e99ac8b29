from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

import pytest

from archive.model import Section
from indexer.projects import to_projects
from indexer.projects.fields import amount_in, field_heading, field_line, people_in

# Made by reading the documents; a change in them needs the same.
with Path(__file__).with_name("real_projects.csv").open(encoding="utf-8", newline="") as file:
    REAL = list(csv.DictReader(file))

CHAPTER = Section("七", 2, "七、关于某局2024年一般公共预算项目支出情况说明", "")
FIELDS = """设立的政策依据：《关于做好工作的通知》（新医保发〔2023〕48号）、
《意见》（巴医保发〔2023〕
12号）
预算安排规模：2.83 万元
项目承担单位：某州医疗保障局。
资金分配情况：差旅费2万元。
其余用于培训。
资金执行时间：2024年 1月 1日-2024年 12月 31日。
资金来源：财政拨款
补贴人数：改制国有企业退休职工 225人"""


def test_a_project_of_the_chapter() -> None:
    heading = "（一）项目名称：2024 年医疗保障经办服务。"
    projects = to_projects(
        [
            CHAPTER,
            Section("七-一", 3, heading, FIELDS),
            Section("八", 2, "八、其他", "新财社〔2024〕1号"),
        ]
    )
    (project,) = projects
    assert (project.id, project.name) == ("2024年医疗保障经办服务", "2024年医疗保障经办服务")
    assert (project.amount_fen, project.amount_printed) == (2_830_000, "2.83 万元")
    assert project.agency == "某州医疗保障局"
    assert project.period == "2024年1月1日-2024年12月31日"
    assert project.people == 225
    assert project.citations == ("新医保发〔2023〕48号", "巴医保发〔2023〕12号")
    assert project.basis is not None
    assert project.basis.endswith("巴医保发〔2023〕12号）")
    assert project.section == "七-一"
    assert [name for name, _ in project.fields] == [
        "项目名称", "设立的政策依据", "预算安排规模", "项目承担单位", "资金分配情况",
        "资金执行时间", "资金来源", "补贴人数",
    ]  # fmt: skip
    assert dict(project.fields)["资金分配情况"] == "差旅费2万元。\n其余用于培训。"


@pytest.mark.parametrize(
    "sections",
    [
        pytest.param(
            [CHAPTER, Section("1", 4, "1. 项目名称：甲", "预算安排规模：1万元"),
             Section("2", 4, "2. 项目名称：乙", "预算安排规模：2万元"),
             Section("八", 2, "八、其他", "预算安排规模：9万元")],
            id="a heading each",
        ),
        pytest.param(
            [Section("七", 2, "七、项目支出情况说明",
                     "（一）项目名称：甲\n预算安排规模：1万元\n（二）项目名称：乙\n预算安排规模：2万元"),
             Section("八", 2, "八、其他", "预算安排规模：9万元")],
            id="all in one text",
        ),
        pytest.param(
            [CHAPTER, Section("1", 3, "（一）项目名称：甲", ""),
             Section("2", 4, "1.预算安排规模：1万元", ""),
             Section("3", 3, "（二）项目名称：乙", ""),
             Section("4", 4, "1.预算安排规模：2万元", "")],
            id="fields as headings",
        ),
        pytest.param(
            [CHAPTER, Section("1", 3, "（一）项目名称：甲", "承担单位：某局。预算规模：1万元"),
             Section("2", 3, "（二）项目名称：乙", "**预算金额**：2万元")],
            id="fields in one paragraph, marked, other names",
        ),
        pytest.param(
            [Section("七", 2, "七、项目支出情况说明",
                     "（一）项目名称  甲\n预算规模　　1万元\n（二）项目名称\t乙\n预算规模\t2万元")],
            id="blanks in place of colons",
        ),
        pytest.param(
            [Section("七", 2, "七、项目支出情况说明",
                     "项目一：甲\n1.项目名称：甲\n2.预算规模：1万元\n项目2：乙\n预算规模：2万元")],
            id="numbered, and named once more",
        ),
    ],
)  # fmt: skip
def test_ways_to_list_projects(sections: list[Section]) -> None:
    projects = to_projects(sections)
    assert [(project.name, project.amount_fen) for project in projects] == [
        ("甲", 1_000_000),
        ("乙", 2_000_000),
    ]


def test_the_signature_that_closes_a_disclosure_is_no_field() -> None:
    text = "预算安排规模：1万元\n受益人群：居民\n某县林业局\n2023年2月20日\n（公章）"
    (project,) = to_projects([CHAPTER, Section("七-一", 3, "（一）项目名称：甲", text)])
    assert project.fields[-1] == ("受益人群", "居民")
    text = "资金执行时间：\n2023年2月20日\n预算安排规模：1万元"
    (project,) = to_projects([CHAPTER, Section("七-一", 3, "（一）项目名称：甲", text)])
    assert dict(project.fields)["资金执行时间"] == "2023年2月20日"


def test_equal_names_are_told_apart() -> None:
    sections = [
        Section("a", 3, "（一）项目名称：甲", "预算安排规模：1万元"),
        Section("b", 3, "（二）项目名称：甲", "预算安排规模：2万元"),
    ]
    assert [project.id for project in to_projects(sections)] == ["甲", "甲~2"]


def test_a_name_without_any_field_is_no_project() -> None:
    assert to_projects([Section("a", 2, "一、说明", "项目名称：甲\n\n"), CHAPTER]) == []


def account(title: str, overview: str, amount: str) -> list[Section]:
    """A chapter 经费情况说明 as Shanghai prints it."""
    return [
        Section("说明", 1, title, ""),
        Section("说明-一", 2, "一、项目概况", overview),
        Section("说明-二", 2, "二、立项依据", "1、《支持实施意见》（普科合规范〔2023〕3号）。"),
        Section("说明-三", 2, "三、实施主体", "上海市普陀区商务委员会"),
        Section("说明-五", 2, "五、实施周期", "2025.1.1-2025.12.31"),
        Section("说明-六", 2, "六、年度预算安排", amount),
        Section("说明-七", 2, "七、绩效目标", "详见绩效目标表"),
    ]


def test_a_project_with_a_chapter_of_its_own() -> None:
    sections = [
        Section("其他", 1, "其他相关情况说明", "车辆0辆。"),
        *account(
            "生命健康专项（政策资金）经费情况说明",
            "推动发展。",
            "项目总预算1170.00万，其中甲870.00万，乙300万。",
        ),
        *account("商业创新专项经费情况说明", "推动创新。", "安排1410.00万元。"),
    ]
    health, trade = to_projects(sections)
    assert (health.name, health.amount_fen) == ("生命健康专项（政策资金）", 1_170_000_000)
    assert health.amount_printed == "1170.00万"
    assert health.agency == "上海市普陀区商务委员会"
    assert health.period == "2025.1.1-2025.12.31"
    assert health.citations == ("普科合规范〔2023〕3号",)
    assert health.section == "说明"
    assert (trade.name, trade.amount_fen) == ("商业创新专项", 1_410_000_000)


def test_the_title_of_an_account_may_end_the_text_before() -> None:
    title, *rest = account("甲专项经费情况说明", "推动。", "10万元")
    before = Section("前", 2, "五、国有资产", f"车辆0辆。\n{title.heading}")
    (project,) = to_projects([before, *rest])
    assert (project.name, project.section) == ("甲专项", "前")


@pytest.mark.parametrize(
    ("overview", "name"),
    [
        ("由某街道办事处建设的某街道社区中心新建工程，位于某路。", "某街道社区中心新建工程"),
        ("项目名称：某路大修；由某局负责。", "某路大修"),
        ("推动发展，完成指标任务。", "项目经费情况说明"),
    ],
)
def test_a_title_without_name_leaves_it_to_the_text(overview: str, name: str) -> None:
    (project,) = to_projects(account("项目经费情况说明", overview, "10万元"))
    assert project.name == name


def test_the_parts_stand_in_the_amount_where_no_field_is_theirs() -> None:
    told = "2025年度项目总预算60.00万，其中设备40.00万，培训20.00万。"
    (account_,) = to_projects(account("甲专项经费情况说明", "推动。", told))
    assert [part.name for part in account_.allocations] == ["2025年度项目总预算", "设备", "培训"]
    fields = f"项目名称：甲\n预算安排规模：{told}\n资金分配情况：差旅费2万元。"
    (listed,) = to_projects([Section("七", 2, "七、项目支出情况说明", fields)])
    assert [part.name for part in listed.allocations] == ["差旅费"]


def test_a_text_about_who_does_what_names_no_agency() -> None:
    sections = [
        Section(
            s.id, s.level, s.heading, "由某处建设，某单位施工。" if "主体" in s.heading else s.text
        )
        for s in account("甲专项经费情况说明", "推动。", "10万元")
    ]
    assert to_projects(sections)[0].agency is None


@pytest.mark.parametrize(
    ("text", "fen", "printed"),
    [
        ("52.00万元", 52_000_000, "52.00万元"),
        ("８５００元", 850_000, "８５００元"),
        ("1720.00万，其中认定1720.00万。", 1_720_000_000, "1720.00万"),
        ("项目总预算1720.00万，其中认定1720.00万。", 1_720_000_000, "1720.00万"),
        ("10万元，其中1.5万元用于评审，8.5万元用于工作", 10_000_000, "10万元"),
        ("甲3万元，乙4万元，合计7万元", 7_000_000, "7万元"),
        ("第一季度158.05万元，第二季度158.05万元", None, "第一季度158.05万元，第二季度158.05万元"),
        ("中央资金100万元，其中人员50万元；自治区20万元", None,
         "中央资金100万元，其中人员50万元；自治区20万元"),
        ("另行安排", None, "另行安排"),
        ("服务2万人", None, "服务2万人"),
        ("", None, None),
        (None, None, None),
    ],
)  # fmt: skip
def test_the_amount_that_a_field_states(
    text: str | None, fen: int | None, printed: str | None
) -> None:
    amount = amount_in(text)
    assert amount.fen == fen
    assert amount.printed == printed


@pytest.mark.parametrize(
    ("text", "people"),
    [
        ("60人", 60),
        ("改制国有企业退休职工 225人", 225),
        ("108名离休人员", 108),
        ("60", 60),
        ("1,024人次", 1024),
        ("1.2万人", 12_000),
        ("老红军8人，离休79人", None),
        ("以实际为准", None),
        ("", None),
        (None, None),
    ],
)
def test_the_people_that_a_field_counts(text: str | None, people: int | None) -> None:
    assert people_in(text) == people


@pytest.mark.parametrize(
    ("line", "field", "text"),
    [
        ("（一）项目名称：甲", "name", "甲"),
        ("1. 项目名称：甲。", "name", "甲。"),
        ("设立的政策依据: 无", "basis", "无"),
        ("收益人群和社会效益：好", "benefit", "好"),
        ("资金 来源：财政", "source", "财政"),
        ("项目预算规模：12万元", "amount", "12万元"),
        ("（2）项目执行时间：全年", "period", "全年"),
        ("受益群体和社会效益：好", "benefit", "好"),
        ("补助对象：特困人员", "scope", "特困人员"),
        ("项目项目名称：甲", None, None),
        ("**资金来源：** 财政", "source", "财政"),
        ("预算安排规模说明：甲", None, None),
        ("按照资金来源：财政", None, None),
    ],
)
def test_a_line_that_begins_a_field(line: str, field: str | None, text: Any) -> None:
    begun = field_line(line)
    assert (begun.field if begun else None) == field
    assert (begun.text if begun else None) == text


@pytest.mark.parametrize(
    ("heading", "field"),
    [("二、立项依据", "basis"), ("一、项目概述", "overview"), ("六、年度预算安排", "amount"),
     ("四、绩效目标设置情况", None), ("立项依据", "basis")],
)  # fmt: skip
def test_a_heading_that_is_a_field(heading: str, field: str | None) -> None:
    begun = field_heading(heading)
    assert (begun.field if begun else None) == field


@pytest.mark.real
@pytest.mark.parametrize("document", sorted({row["document"] for row in REAL}))
def test_every_project_of_a_real_disclosure(real_parts: Any, document: str) -> None:
    found = [
        {
            "document": document,
            "name": project.name,
            "yuan": "" if project.amount_fen is None else str(project.amount_fen // 100),
            "people": str(project.people or ""),
            "period": project.period,
            "fields": str(len(project.fields)),
            "citations": " ".join(project.citations),
        }
        for project in to_projects(real_parts(document).sections)
    ]
    assert found == [row for row in REAL if row["document"] == document]


@pytest.mark.real
@pytest.mark.parametrize(
    "document",
    ["shanghai-finance-2025-budget", "shanghai-putuo-commerce-2025-unit-budget",
     "shanghai-putuo-planning-2024-final-accounts"],
)  # fmt: skip
def test_real_disclosures_that_tell_of_no_project(real_parts: Any, document: str) -> None:
    assert to_projects(real_parts(document).sections) == []
