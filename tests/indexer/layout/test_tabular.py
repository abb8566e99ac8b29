from __future__ import annotations

import pytest

from indexer.layout.tabular import tabular_end, tabular_grid
from indexer.pages import Line

TABLE = ["乡镇    面积    补助", "东村镇    1200    36.00", "西村镇\t800\t24.00"]


def lines(*texts: str) -> list[Line]:
    return [Line(text) for text in texts]


@pytest.mark.parametrize(
    ("texts", "taken"),
    [
        (TABLE, 3),
        ([*TABLE, "合计"], 3),
        ([*TABLE, "全县共计  2000亩，补助  60万元，已发放。"], 3),
        (TABLE[:2], 0),  # two lines may be anything
        (["姓名    职务", "张三    局长", "李四    副局长"], 0),  # no figures
        (["一、收入  1,200.00 万元", "二、支出  1,200.00 万元", "三、结余  0.00 万元"], 0),
        (
            [
                "2024年收入  1,200.00  万元。",
                "2024年支出  1,100.00  万元。",
                "比上年增加  1.00  万元。",
            ],
            0,
        ),
        (["一、收入……  3", "二、支出……  5", "三、说明……  9"], 0),
        (["东村镇    36.00", "西村镇    800    24.00", "南村镇    12.00"], 0),
    ],
)
def test_only_what_is_plainly_a_table_is_taken(texts: list[str], taken: int) -> None:
    assert tabular_end(lines(*texts), 0) == taken


def test_the_cells_stand_in_printed_order() -> None:
    grid = tabular_grid(lines(*TABLE))
    assert [cell.text for cell in grid.cells if cell.row == 2] == ["西村镇", "800", "24.00"]
    assert (grid.rows, grid.columns, grid.exact) == (3, 3, False)
