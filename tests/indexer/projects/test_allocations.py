from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.model import Allocation
from indexer.extract import extract
from indexer.projects.allocations import allocations_below_whole, allocations_in

CASES = [
    (
        "主要用于差旅费2万元、劳务费2.8万元，维修费3万元、办公设备购置1万元。",
        [
            ("差旅费", "2万元"),
            ("劳务费", "2.8万元"),
            ("维修费", "3万元"),
            ("办公设备购置", "1万元"),
        ],
    ),
    (
        "一是办公经费5万元；二是为民办实事经费4万元。",
        [("办公经费", "5万元"), ("为民办实事经费", "4万元")],
    ),
    ("主要用于差旅费2.83万元，出差次数不少于5次，平均每次出差费5660元。", [("差旅费", "2.83万元")]),
    (
        "能力提升项目104万元，其中：基金监管50万元，价格监测50万元，体系建设4万元。",
        [
            ("能力提升项目", "104万元", True),
            ("基金监管", "50万元"),
            ("价格监测", "50万元"),
            ("体系建设", "4万元"),
        ],
    ),
    (
        "工作经费共120万元，其中宣传费10万元，劳务费6万，办公费5万，其他支出3万元。",
        [
            ("工作经费", "120万元", True),
            ("宣传费", "10万元"),
            ("劳务费", "6万"),
            ("办公费", "5万"),
            ("其他支出", "3万元"),
        ],
    ),
    (
        "长期护理经费10万元，其中\n1.5万元用于支付专家评审鉴定费，8.5万元用于长护工作经费。",
        [
            ("长期护理经费", "10万元", True),
            ("专家评审鉴定费", "1.5万元"),
            ("长护工作经费", "8.5万元"),
        ],
    ),
    ("9位专家周转金按每人每年8500元拨付。", []),
    (
        "购置设备204.66万元；线路租赁费23.16万元",
        [("购置设备", "204.66万元"), ("线路租赁费", "23.16万元")],
    ),
    (
        "1. 印制表单、宣传单页，预计使用费用 5.74 万元。2. 专网链路维护，预计使用费用 29.00 万元。",
        [("印制表单、宣传单页", "5.74 万元"), ("专网链路维护", "29.00 万元")],
    ),
    ("大额医疗补助225人*12*5=13500元；共计1.35万元。", [("大额医疗补助", "13500元")]),
    ("15976.3元*7.5%*12个月=14370.57元", []),
    # how an amount comes about is no part beside it
    (
        "审稿费6.00万元（50人*2次*600元=60000元）；印刷费18万元",
        [("审稿费", "6.00万元"), ("印刷费", "18万元")],
    ),
    ("", []),
    ("按规定使用。", []),
]


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_allocations(text: str, expected: list[tuple[object, ...]]) -> None:
    found = allocations_in(text)
    assert [
        (part.name, part.printed) + ((True,) if part.is_whole else ()) for part in found
    ] == expected


BELOW_A_WHOLE = [
    (
        "2025年度项目总预算60.00万，其中支持规模化发展40.00万，支持国际化发展20.00万，合计60.00万。",
        ["2025年度项目总预算", "支持规模化发展", "支持国际化发展"],
    ),
    ("60万元，其中：设备购置40万元，培训20万元。", ["设备购置", "培训"]),
    ("60万元，其中：财政拨款40万元，单位自筹20万元。", []),
    ("第一季度用款计划15万元，第二季度用款计划15万元。", []),
    ("60万元", []),
    ("", []),
    (None, []),
]


@pytest.mark.parametrize(("text", "names"), BELOW_A_WHOLE)
def test_the_parts_below_a_whole(text: str | None, names: list[str]) -> None:
    assert [part.name for part in allocations_below_whole(text)] == names


def test_amounts_are_fen() -> None:
    assert allocations_in("宣传费1,000.5万元") == (
        Allocation("宣传费", "1,000.5万元", 1_000_500_000),
    )


@given(st.text(alphabet="费用于其中共万元元0123.*=每人，。；1 ", max_size=40))
def test_no_text_is_an_error(text: str) -> None:
    for part in allocations_in(text):
        assert part.name
        assert part.printed in text


REAL_PARTS = [
    ("bayingolin-2024-budget.txt", [(9, 52), (1, 2.83), (0, 0), (3, 104)]),
    ("changji-city-2024-budget.txt", [(2, 2.787057)]),
    (
        "changji-prefecture-2022-budget.txt",
        [(12, 100), (2, 10), (9, 120), (2, 200), (1, 40), (0, 0), (2, 500)],
    ),
    ("kashgar-2021-budget.txt", [(1, 50), (1, 134), (1, 5), (3, 250.87)]),
    ("urumqi-2023-budget.txt", [(2, 12.65), (4, 105.16), (2, 30.51), (1, 51)]),
]


@pytest.mark.real
@pytest.mark.parametrize(("name", "projects"), REAL_PARTS)
def test_real_projects_are_split_as_printed(
    real_disclosures: Path, name: str, projects: list[tuple[int, float]]
) -> None:
    """How many parts each project names, and what they add up to in 万元."""
    disclosure = extract((real_disclosures / "text" / name).read_bytes(), name)
    parts = [[p for p in project.allocations if not p.is_whole] for project in disclosure.projects]
    told = [(len(some), sum(part.fen for part in some)) for some in parts]
    assert told == [(count, round(wan * 1_000_000)) for count, wan in projects]
