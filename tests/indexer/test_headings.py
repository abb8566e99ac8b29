from __future__ import annotations

import pytest

from indexer.headings import is_heading, is_rest_of_heading, is_standing_title, numbered


@pytest.mark.parametrize(
    ("text", "number", "level", "rest"),
    [
        ("第一部分  概况", "第一部分", 1, "概况"),
        ("第 三 部 分 说明", "第三部分", 1, "说明"),
        ("一、 主要职能", "一", 2, "主要职能"),
        ("十二、其他", "十二", 2, "其他"),
        ("（一）项目", "（一）", 3, "项目"),
        ("(五) 其他", "(五)", 3, "其他"),
        ("(1）贯彻", "(1）", 5, "贯彻"),
        ("1. 房屋", "1", 4, "房屋"),
        ("1．经费", "1", 4, "经费"),
        ("10、卫生", "10", 4, "卫生"),
        ("1.208社会保障", "1", 4, "208社会保障"),
        ("1.2023 年中央", "1", 4, "2023 年中央"),
        ("①基本", "①", 5, "基本"),
        # figures, years and dates are no numbers of a text
        ("1.5万元用于支付", None, 0, ""),
        ("11.72%，主要原因", None, 0, ""),
        ("0.00万元", None, 0, ""),
        ("15976.3元", None, 0, ""),
        ("2025.1.1-2025.12.31", None, 0, ""),
        ("（2023）30号", None, 0, ""),
        ("1.125万元", None, 0, ""),
        ("2024年预算", None, 0, ""),
        ("一般公共预算", None, 0, ""),
    ],
)
def test_numbered(text: str, number: str | None, level: int, rest: str) -> None:
    found = numbered(text)
    if number is None:
        assert found is None
    else:
        assert found is not None
        assert (found.number, found.level, found.rest) == (number, level, rest)


@pytest.mark.parametrize(
    ("text", "heading"),
    [
        ("第四部分", True),
        ("一、主要职能", True),
        ("一、2025年“三公”经费预算情况说明", True),
        ("（一）“三公”经费财政拨款支出决算总体情况说明。", True),
        ("（二）机构设置。", True),
        ("（一）项目名称：长期护理保险工作经费", True),
        ("1. 项目名称：2023 年稽核费。", True),
        ("(五) 其他需说明的事项", True),
        ("一、财政拨款:指由一般公共预算安排的财政拨款数。", False),
        ("1、社会保障和就业支出（类）行政单位离退休（项）：2024 年预算数为 3.45 万元", False),
        ("1.社会保障和就业支出（类）35.06万元，占2.57%；", False),
        ("（一）因公出国（境）费0万元", False),
        ("第一部分：单位概况", True),
        ("（一）主要职能：", True),
        ("2、行政单位医疗（项）：", False),
        ("九、承办区委、区政府交办的其他事项。", False),
        ("2、公务用车购置及运行维护费支出 0.00 万元。其中：", False),
        ("二、", False),
        ("财政拨款", False),
        ("一、" + "长" * 80, False),
    ],
)
def test_is_heading(text: str, heading: bool) -> None:
    assert is_heading(text) is heading


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("名词解释", True),
        ("上海市普陀区商务委员会主要职能", True),
        ("上海市财政局（单位）机构设置", True),
        ("2025年部门预算编制说明", True),
        ("2025 年单位预算编制说明", True),
        ("其他相关情况说明", True),
        ("项目经费情况说明", True),
        ("生命健康专项（政策资金）经费情况说明", True),
        ("名词解释：", False),
        ("主要职能包括：", False),
        ("上海市普陀区商务委员会", False),
        ("本部门履行主要职能，情况如下", False),
    ],
)
def test_is_standing_title(text: str, title: bool) -> None:
    assert is_standing_title(text) is title


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("情况说明", True),
        ("中心单位概况", True),
        ("一般公共预算当年拨款情况说明", True),
        ("名词解释", False),
        ("二、机构设置", False),
        ("按照全口径预算的原则", False),
        ("其中：", False),
    ],
)
def test_is_rest_of_heading(text: str, rest: bool) -> None:
    assert is_rest_of_heading(text) is rest
