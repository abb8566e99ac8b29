from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.amounts import to_decimal
from archive.errors import UnreadableFile
from archive.model import Place
from indexer.pages import Grid, Line, Pages
from indexer.readers.text import read_text


def texts_of(pages: Pages) -> list[str]:
    return [item.text for page in pages.pages for item in page.items if isinstance(item, Line)]


def grids_of(pages: Pages) -> list[Grid]:
    return [item for page in pages.pages for item in page.items if isinstance(item, Grid)]


def rows_of(grid: Grid) -> list[list[str]]:
    rows: list[list[str]] = [[] for _ in range(grid.rows)]
    for cell in grid.cells:
        rows[cell.row].append(cell.text)
    return rows


def read(text: str) -> Pages:
    return read_text(text.encode(), "a.txt")


def test_a_tab_table_with_all_its_tabs_is_exact() -> None:
    pages = read("表 1\n\n单位：万元\n\n收入\t\t支出\t\n合计\t5.00\t合计\t5.00\n\n后文")
    (grid,) = grids_of(pages)
    assert rows_of(grid) == [["收入", "", "支出", ""], ["合计", "5.00", "合计", "5.00"]]
    assert (grid.exact, grid.columns, grid.place) == (True, 4, Place(lines=(5, 6)))
    assert grid.cells[5].place == Place(lines=(6, 6))
    assert texts_of(pages) == ["表 1", "单位：万元", "后文"]


def test_a_tab_table_that_lost_tabs_is_not_exact_and_keeps_the_order() -> None:
    (grid,) = grids_of(read("科目\t合计\t基本\t项目\n教育\t5\t\n合计\t5\t5\t\n"))
    assert not grid.exact
    assert rows_of(grid)[1] == ["教育", "5", ""]


@pytest.mark.parametrize(
    ("gap", "second", "grids"),
    [("\n", "丙\t2", 1), ("\n\n", "丙\t2", 2), ("\n", "丙\t2\t3", 2), ("备注\n", "丙\t2", 2)],
)
def test_one_blank_line_does_not_part_rows_of_equal_length(
    gap: str, second: str, grids: int
) -> None:
    assert len(grids_of(read(f"甲\t1\n乙\t1\n{gap}{second}\n丁\t2\n"))) == grids


def test_one_cell_a_line() -> None:
    text = (
        "表5\n\t一般支出情况表\n\n\t编制部门：某局\n\t\n\t单位：万元\n\n"
        "\t项 目\n\t支出预算\n\n\t208\n\t　\n\t社会保障\n和就业\n\t35.06　\n\n"
        "\t\n\t\n\t合计\n\t35.06\n\n\n备注：无。\n"
        "\t绩效目标表\n\n\t（2022年）\n\n\t单位\n\t某局\n\n\t\n项目绩效目标表\n\n\t单位\n\t乙局\n"
    )
    pages = read(text)
    first, second, third = grids_of(pages)
    assert rows_of(first) == [
        ["项 目", "支出预算"],
        ["208", "", "社会保障\n和就业", "35.06"],
        ["", "", "合计", "35.06"],
    ]
    assert not first.exact
    assert (rows_of(second), rows_of(third)) == ([["单位", "某局"]], [["单位", "乙局"]])
    assert texts_of(pages) == [
        "表5", "一般支出情况表", "编制部门：某局", "单位：万元", "备注：无。",
        "绩效目标表", "（2022年）", "项目绩效目标表",
    ]  # fmt: skip
    assert next(c for c in first.cells if "就业" in c.text).place == Place(lines=(13, 14))


def test_a_dump_is_lines_and_its_pages_are_told_by_the_space_of_a_form_feed() -> None:
    pages = read(" 第一部分 概况\n\n一、职能\n\n  其中：事业收入 5\n\n尾行\n 表 2\n\n收入表\n")
    assert [len(page.items) for page in pages.pages] == [4, 2]
    assert grids_of(pages) == []
    third = pages.pages[0].items[2]
    assert isinstance(third, Line)
    assert (third.indent, third.place, third.new_paragraph) == (1.0, Place(lines=(5, 5)), None)
    assert pages.pages[1].items[0] == Line("表 2", Place(lines=(8, 8)))
    assert [page.number for page in pages.pages] == [None, None]


def test_form_feeds_number_the_pages() -> None:
    pages = read("甲\n\f乙\n丙\f丁\n")
    assert [(page.number, len(page.items)) for page in pages.pages] == [(1, 1), (2, 2), (3, 1)]
    assert texts_of(pages) == ["甲", "乙", "丙", "丁"]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_line_numbers_are_those_of_the_file(end: str) -> None:
    places = [
        item.place.lines for item in read(f"甲{end}{end}乙\u2028\x0b丙{end}丁").pages[0].items
    ]
    assert places == [(1, 1), (3, 3), (4, 4)]


def test_markdown_is_cleaned_from_lines_and_cells() -> None:
    pages = read("## 第一部分\n\n- 一、职能\n\n目标\t<p>提高</p>\t$1+1=2$\n")
    heading, _, grid = pages.pages[0].items
    assert isinstance(heading, Line)
    assert (heading.text, heading.heading_level) == ("第一部分", 2)
    assert isinstance(grid, Grid)
    assert rows_of(grid) == [["目标", "提高", "1+1=2"]]


def test_pipe_tables_and_html_tables_in_markdown_are_grids() -> None:
    pages = read(
        "| 项目 | 数 |\n|---|---:|\n| 甲 | 1 |\n\n中间\n\n"
        "<table><tr><td rowspan=2>乙</td><td>2</td></tr>\n<tr><td>3</td></tr></table>\n\n末"
    )
    pipe, markup = grids_of(pages)
    assert rows_of(pipe) == [["项目", "数"], ["甲", "1"]]
    assert (markup.rows, markup.columns, markup.place) == (2, 2, Place(lines=(7, 8)))
    assert texts_of(pages) == ["中间", "末"]


def test_broken_bytes_are_told() -> None:
    pages = read_text(("部门预算公开\n" * 50).encode() + b"\xff", "a.txt")
    assert "无法按 utf-8 解码" in (pages.pages[0].problem or "")


def test_binary_junk_is_refused() -> None:
    with pytest.raises(UnreadableFile, match=r"a\.txt：无法识别文字编码"):
        read_text(bytes(range(256)) * 4, "a.txt")


@given(st.text("表单位：1.5\t\n　 （）合计", max_size=120))
def test_no_printed_character_is_lost(text: str) -> None:
    pages = read(text)
    items = [item for page in pages.pages for item in page.items]
    printed = "".join(
        item.text if isinstance(item, Line) else "".join(cell.text for cell in item.cells)
        for item in items
    )
    assert "".join(printed.split()) == "".join(text.split())


REAL_TABLES = {
    "bayingolin-2024-budget.txt": (14, 0),
    "changji-city-2024-budget.txt": (0, 0),
    "changji-prefecture-2022-budget.txt": (16, 16),
    "kashgar-2021-budget.txt": (11, 0),
    "urumqi-2023-budget.txt": (14, 0),
}


@pytest.mark.real
@pytest.mark.parametrize("name", REAL_TABLES)
def test_real_texts_keep_every_character_with_its_line(real_disclosures: Path, name: str) -> None:
    data = (real_disclosures / "text" / name).read_bytes()
    source = data.decode().split("\n")
    pages = read_text(data, name)
    grids = grids_of(pages)
    assert (len(grids), sum(not grid.exact for grid in grids)) == REAL_TABLES[name]
    for page in pages.pages:
        for item in page.items:
            cells = [item] if isinstance(item, Line) else item.cells
            for cell in cells:
                first, last = cell.place.lines or (0, 0)
                printed = "".join("".join(source[first - 1 : last]).split())
                assert "".join(cell.text.split()) in _unmarked(printed)
    figures = [to_decimal(cell.text) for grid in grids for cell in grid.cells]
    in_source = [to_decimal(part) for line in source if "\t" in line for part in line.split("\t")]
    assert [f for f in figures if f is not None] == [f for f in in_source if f is not None]


def _unmarked(printed: str) -> str:
    for mark in ("**", "<p>", "</p>", "$"):
        printed = printed.replace(mark, "")
    return printed


@pytest.mark.real
def test_real_tables_stand_where_they_are_printed(real_disclosures: Path) -> None:
    data = (real_disclosures / "text" / "changji-prefecture-2022-budget.txt").read_bytes()
    grids = grids_of(read_text(data, "a.txt"))
    row = ["210", "15", "99", "其他医疗保障管理事务支出", "长期护理保险工作经费", "10"]
    assert any(row == printed[:6] for grid in grids for printed in rows_of(grid))
    goals = [rows_of(grid) for grid in grids if rows_of(grid)[0][0] == "预算单位"]
    assert [goal[0][3] for goal in goals][:2] == ["长期护理保险工作经费", "医疗基金监管工作经费"]
    assert len(goals) == 7
    assert all(goal[3][0] == "一级指标" for goal in goals)
