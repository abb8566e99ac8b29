from __future__ import annotations

import pytest

from archive.model import Place
from indexer.layout.furniture import is_page_number, without_furniture
from indexer.pages import Grid, Line, Page


def drawn(text: str, top: float, page: int = 1, size: float = 12.0) -> Line:
    return Line(text, Place(page=page, box=(60.0, top, 500.0, top + size)), size=size)


def texts(pages: list[Page]) -> list[list[str]]:
    return [[item.text for item in page.items if isinstance(item, Line)] for page in pages]


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("24", True),
        ("- 3 -", True),
        ("— 12 —", True),
        ("第3页 共20页", True),
        ("第 3 页", True),
        ("3/20", True),
        ("Page 3 of 20", True),
        ("iv", True),
        ("683.30", False),
        ("2024年", False),
        ("三", False),
        ("第三部分", False),
    ],
)
def test_is_page_number(text: str, number: bool) -> None:
    assert is_page_number(text) is number


def test_headers_footers_and_page_numbers_go() -> None:
    pages = [
        Page(
            n,
            (
                drawn(f"某局{2023 + n % 2}年部门预算", 20, n),
                drawn(f"第{'一二三四五'[n]}段正文。", 80, n),
                drawn(f"24小时之内办结{'一二三四五'[n]}。", 100 + 9 * n, n),
                drawn(f"- {n} -", 780, n),
            ),
        )
        for n in range(5)
    ]
    kept = texts(without_furniture(pages))
    assert kept == [
        [f"第{'一二三四五'[n]}段正文。", f"24小时之内办结{'一二三四五'[n]}。"] for n in range(5)
    ]


def test_a_cover_title_is_no_header() -> None:
    header = [drawn("某局2024年部门预算", 20, n) for n in range(1, 5)]
    pages = [Page(0, (drawn("某局2024年部门预算", 200, 0, size=36),))]
    pages += [
        Page(n, (header[n - 1], drawn(f"正文{n}甲乙丙", 300 + 9 * n, n))) for n in range(1, 5)
    ]
    assert texts(without_furniture(pages))[0] == ["某局2024年部门预算"]
    assert all(len(page) == 1 for page in texts(without_furniture(pages))[1:])


def test_captions_repeated_on_each_page_stay() -> None:
    grid = Grid(1, 1, ())
    pages = [Page(n, (drawn("编制部门：某局 单位：万元", 60, n), grid)) for n in range(1, 6)]
    assert all(page == ["编制部门：某局 单位：万元"] for page in texts(without_furniture(pages)))


def test_watermarks_go_wherever_they_stand() -> None:
    pages = [
        Page(
            n,
            (
                drawn(f"上文{n}", 50 + n * 7, n),
                drawn(f"又{n}", 120 + n * 7, n),
                drawn("仅供查阅", 400, n),
                drawn(f"下文{n}", 500 + n * 7, n),
                drawn(f"末{n}", 600 + n * 7, n),
            ),
        )
        for n in range(1, 5)
    ]
    assert not any("仅供查阅" in page for page in texts(without_furniture(pages)))
    assert all(len(page) == 4 for page in texts(without_furniture(pages)))


def test_a_text_drawn_whole_on_two_pages_is_kept_once() -> None:
    body = [
        f"{n}、贯彻执行国家有关方针政策并结合本区实际组织实施第{n}类工作任务。"
        for n in range(1, 10)
    ]
    first = Page(
        3, (drawn("主要职能", 70, 3, 18), *(drawn(t, 120 + 15 * i, 3) for i, t in enumerate(body)))
    )
    second = Page(4, tuple(drawn(t, -250 + 15 * i, 4) for i, t in enumerate([*body, "完。"])))
    assert texts(without_furniture([first, second])) == [["主要职能", *body], ["完。"]]


def test_like_sections_on_two_pages_are_both_kept() -> None:
    headings = [
        "一、项目概述",
        "二、立项依据",
        "三、实施主体",
        "四、实施方案",
        "五、实施周期",
        "六、目标",
    ]
    pages = [
        Page(n, tuple(drawn(t, 120 + 20 * i + 5 * n, n) for i, t in enumerate(headings)))
        for n in (1, 2)
    ]
    assert texts(without_furniture(pages)) == [headings, headings]


def test_a_lone_number_in_a_dump_goes_and_a_cell_stays() -> None:
    lines = ["具体情况见下表：", "24", "部门整体绩效目标表", "数量情况", "30", "质量指标"]
    page = Page(None, tuple(Line(text) for text in lines))
    assert texts(without_furniture([page])) == [[t for t in lines if t != "24"]]


@pytest.mark.parametrize("last", ["221 02 01 住房公积金 49.4{} 49.4{}", "金", "余"])
def test_the_last_row_of_a_table_is_no_footer(last: str) -> None:
    """A dump ends several pages with the row of one item, or with the rest of its name."""
    pages = [
        Page(n, (Line("表" + "一二三四"[n]), Line("合计"), Line(last.format(n, n))))
        for n in range(4)
    ]
    assert [page[-1] for page in texts(without_furniture(pages))] == [
        last.format(n, n) for n in range(4)
    ]
