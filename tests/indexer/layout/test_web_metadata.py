from __future__ import annotations

import pytest

from archive.model import Place
from indexer.layout.web_metadata import (
    metadata_lines,
    without_metadata_tables,
    without_page_ends,
)
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


@pytest.mark.parametrize(
    ("lines", "kept"),
    [
        (
            [
                "某局",
                "2023年2月20日",
                "【打印本页】【关闭窗口】",
                "上一篇：某局2023年预算",
                "主办单位：某县人民政府",
                "新ICP备0001号",
                " ",
            ],
            ["某局", "2023年2月20日"],
        ),
        (["分享到：", "正文。"], ["分享到：", "正文。"]),
        (["审核制度。", "主办单位职责。"], ["审核制度。", "主办单位职责。"]),
        (["版权所有 某县"], []),
    ],
)
def test_what_a_web_page_prints_below_a_paper_goes(lines: list[str], kept: list[str]) -> None:
    pages = without_page_ends([Page(None, tuple(map(Line, lines)))])
    assert [item.text for page in pages for item in page.items if isinstance(item, Line)] == kept


def test_a_drawn_page_keeps_its_last_lines() -> None:
    line = Line("版权所有 某社", Place(page=1, box=(0, 0, 1, 1)))
    assert without_page_ends([Page(1, (line,))])[0].items == (line,)
