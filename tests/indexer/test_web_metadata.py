from __future__ import annotations

import pytest

from indexer.layout.web_metadata import metadata_lines, without_metadata_tables
from indexer.pages import Grid, GridCell, Line, Page


def grid(*rows: str) -> Grid:
    cells = [
        GridCell(row, column, text)
        for row, line in enumerate(rows)
        for column, text in enumerate(line.split("|"))
    ]
    return Grid(len(rows), max(cell.column for cell in cells) + 1, tuple(cells))


BLOCK = grid("索引号：|AB-1|主题分类：|财政", "发文机构：|某局|发布日期：|2024-02-01")


def test_a_block_is_lines_of_label_and_value() -> None:
    lines = metadata_lines(BLOCK)
    assert lines is not None
    assert [line.text for line in lines] == [
        "索引号：AB-1",
        "主题分类：财政",
        "发文机构：某局",
        "发布日期：2024-02-01",
    ]


@pytest.mark.parametrize(
    "other",
    [
        grid("项目|金额", "合计|1.00"),
        grid("发布日期|2024-02-01"),
        grid("序号|索引号|发布日期|标题", "1|A|2024|甲", "2|B|2024|乙"),
        grid("名称|数量", "标题|3"),
    ],
    ids=["money", "one label", "a list of papers", "labels of anything"],
)
def test_other_tables_stay(other: Grid) -> None:
    assert metadata_lines(other) is None


def test_a_repeated_block_comes_once() -> None:
    title = Line("某局2024年部门预算")
    [page] = without_metadata_tables([Page(None, (BLOCK, title, BLOCK))])
    assert [item.text for item in page.items if isinstance(item, Line)].count("索引号：AB-1") == 1
    assert not any(isinstance(item, Grid) for item in page.items)
