from __future__ import annotations

import pytest

from indexer.loose.header import Shape
from indexer.loose.many import many_halves
from indexer.pages import Line

SHAPES = (Shape(1, 1, 1),) * 3
HEADS = ("人员经费", "公用经费", "公用经费")
FULL = "301 工资福利支出 9.00 302 商品和服务支出 4.00 310 资本性支出 2.00"


def halves(*lines: str) -> list[str]:
    rows = many_halves([Line(line) for line in lines], SHAPES, HEADS)[-1]
    return [
        " ".join(piece.text for piece in (*row.codes, *row.names, *row.figures)) if row else ""
        for row in rows
    ]


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ([FULL], ["301 工资福利支出 9.00", "302 商品和服务支出 4.00", "310 资本性支出 2.00"]),
        ([FULL, "303 对个人和家庭的补助 8.00"], ["303 对个人和家庭的补助 8.00", "", ""]),
        ([FULL, "30201 办公费 1.00"], ["", "30201 办公费 1.00", ""]),
        ([FULL, "30101 基本工资 9.00 30201 办公费"], ["30101 基本工资 9.00", "30201 办公费", ""]),
        ([FULL, "30201 办公费 31002 设备购置 2.00"], ["", "30201 办公费", "31002 设备购置 2.00"]),
        (
            [FULL, "人员经费合计 9.00 公用经费合计 6.00"],
            ["人员经费合计 9.00", "", "公用经费合计 6.00"],
        ),
    ],
)
def test_each_part_goes_to_its_half(lines: list[str], expected: list[str]) -> None:
    assert halves(*lines) == expected
