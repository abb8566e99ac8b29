from __future__ import annotations

import pytest

from archive.model import ContentsEntry, Place
from indexer.layout.contents import part_contents
from indexer.pages import Grid, Line, Page


def kept(*pages: list[str]) -> list[str]:
    read = [Page(n, tuple(map(Line, lines))) for n, lines in enumerate(pages, start=1)]
    return [i.text for page in part_contents(read).pages for i in page.items if isinstance(i, Line)]


@pytest.mark.parametrize(
    ("lines", "rest"),
    [
        # the first part comes back
        (
            [
                "某局预算",
                "目 录",
                "第一部分 概况",
                "一、主要职能",
                "第二部分 2023年预算表",
                "一、收支总表",
                "第一部分 概况",
                "一、主要职能",
                "负责工作。",
            ],
            ["某局预算", "第一部分 概况", "一、主要职能", "负责工作。"],
        ),
        # an entry is cut in two; the body's heading is cut elsewhere
        (
            [
                "目录",
                "第一部分 某中心单位概况",
                "五、关于某局2024年一般公共预算当年拨款",
                "情况说明",
                "六、其他",
                "第一部分 某中心",
                "单位概况",
            ],
            ["第一部分 某中心", "单位概况"],
        ),
        # numbers of the sections begin anew in each part
        (
            [
                "目录",
                "第一部分 概况",
                "一、职能",
                "第二部分 说明",
                "一、收支",
                "第三部分 名词解释",
                "第一部分 概况",
            ],
            ["第一部分 概况"],
        ),
        # no parts: the first sections come back
        (["目次", "一、职能", "二、机构", "一、职能", "某局。"], ["一、职能", "某局。"]),
        # dots and page numbers
        (
            ["CONTENTS", "概况…………………………1", "预算表......12", "职能\t3", "本局概况是这样的。"],
            ["本局概况是这样的。"],
        ),
        # table numbers
        (["目录", "表1 收支总表", "表2 收入总表", "本局负责。"], ["本局负责。"]),
        # leaders go even without a title above
        (["一、职能 ………… 3", "一、职能"], ["一、职能"]),
        # a list without its title: the first chapter comes back with the same words
        (
            ["某局预算", "第一部分 概况", "一、职能", "第二部分 说明", "第一部分 概况", "正文。"],
            ["某局预算", "第一部分 概况", "正文。"],
        ),
        # one that tells its matter, and one whose first chapter does not come back
        (
            ["第一部分 概况", "正文。", "第二部分 说明", "第三部分 解释", "第一部分 概况"],
            ["第一部分 概况", "正文。", "第二部分 说明", "第三部分 解释", "第一部分 概况"],
        ),
        (
            ["一、职能", "二、机构", "三、人员", "完。"],
            ["一、职能", "二、机构", "三、人员", "完。"],
        ),
        # a title with words before it, fields of a word processor, pages from to, a stop
        (
            [
                "决算公开目录",
                "一、甲情况 PAGEREF _Toc1 h 3",
                "二、乙情况.....14-15",
                "三、说明。",
                "四、丙说明.19",
                "一、甲情况",
            ],
            ["一、甲情况"],
        ),
        (["（目录）", "一、职能", "二、机构", "一、职能"], ["一、职能"]),
        ([], []),
        (["一、职能", "二、机构", "目录清单管理。"], ["一、职能", "二、机构", "目录清单管理。"]),
    ],
)
def test_contents_go(lines: list[str], rest: list[str]) -> None:
    assert kept(lines) == rest


def test_a_list_goes_on_over_a_page_and_ends_at_an_unnumbered_title() -> None:
    pages = (
        ["封面"],
        ["目 录", "一、部门主要职能"],
        ["二、名词解释"],
        ["某委员会主要职能", "正文。"],
    )
    assert kept(*pages) == ["封面", "某委员会主要职能", "正文。"]


def test_a_grid_ends_a_list() -> None:
    grid = Grid(1, 1, ())
    page = Page(1, (Line("目录"), Line("一、职能"), grid, Line("二、机构")))
    assert part_contents([page]).pages[0].items == (grid, Line("二、机构"))


def listed(*pages: list[str]) -> list[tuple[str, str | None]]:
    read = [Page(n, tuple(map(Line, lines))) for n, lines in enumerate(pages, start=1)]
    return [(entry.text, entry.page) for entry in part_contents(read).contents]


@pytest.mark.parametrize(
    ("lines", "entries"),
    [
        # no page numbers; the body's own headings are no entries
        (["目录", "一、职能", "二、机构", "一、职能"], [("一、职能", None), ("二、机构", None)]),
        (
            ["目录", "一、职能\t3", "二、收支总表 …… 12"],
            [("一、职能", "3"), ("二、收支总表", "12")],
        ),
        # a leader without a number behind it
        (["目录", "一、职能………………"], [("一、职能", None)]),
        # an entry that was cut in two
        (
            ["目录", "五、关于某局2024年一般公共预算当年拨款", "情况说明", "六、其他"],
            [("五、关于某局2024年一般公共预算当年拨款情况说明", None), ("六、其他", None)],
        ),
        # leaders without a title above
        (["一、职能 ………… 3", "一、职能"], [("一、职能", "3")]),
        (["一、职能", "二、机构"], []),
    ],
)
def test_what_a_list_lists_is_kept(lines: list[str], entries: list[tuple[str, str | None]]) -> None:
    assert listed(lines) == entries


def test_an_entry_keeps_its_place_over_both_its_lines() -> None:
    lines = ("目录", "五、关于某局一般公共预算", "情况说明")
    page = Page(None, tuple(Line(t, Place(lines=(n, n))) for n, t in enumerate(lines, start=1)))
    whole = ContentsEntry("五、关于某局一般公共预算情况说明", None, Place(lines=(2, 3)))
    assert part_contents([page]).contents == [whole]
