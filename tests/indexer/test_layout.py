from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.model import Place
from indexer.blocks import Block, Heading, Paragraph, TableBlock
from indexer.captions import Kind, kind_of
from indexer.layout import to_blocks
from indexer.pages import Grid, Line, Page, Pages
from indexer.readers import read

GRID = Grid(2, 2, ())


def told(blocks: list[Block]) -> list[str]:
    """Headings as ``#level text``, tables as ``|caption|``, paragraphs as they are."""
    return [
        f"#{block.level} {block.text}"
        if isinstance(block, Heading)
        else f"|{'/'.join(block.caption)}|"
        if isinstance(block, TableBlock)
        else block.text
        for block in blocks
    ]


def dumped(*items: str | Line | Grid) -> list[str]:
    lines = tuple(Line(item) if isinstance(item, str) else item for item in items)
    return told(to_blocks(Pages("text/plain", (Page(None, lines),))))


ANNEX = "附件：某局2025年部门预算表"


@pytest.mark.parametrize(
    ("items", "expected"),
    [
        (
            ["一、主要职能", "负责水利。", ANNEX, "表1", "收支总表", "单位：元", GRID],
            ["#2 一、主要职能", "负责水利。", f"#1 {ANNEX}", "|表1/收支总表/单位：元|"],
        ),
        (
            ["一、主要职能", "负责水利。", ANNEX, "编制部门：某局", "单位：元", GRID],
            ["#2 一、主要职能", "负责水利。", f"|{ANNEX}/编制部门：某局/单位：元|"],
        ),
        # the mention that ends a notice heads nothing
        (
            ["一、主要职能", "负责水利。", ANNEX, "某局", "2025年2月1日"],
            ["#2 一、主要职能", "负责水利。", ANNEX, "某局", "2025年2月1日"],
        ),
        # a title of the document, not of a chapter
        ([ANNEX, "表1", "收支总表", "单位：元", GRID], [ANNEX, "|表1/收支总表/单位：元|"]),
    ],
)
def test_an_annex_above_a_table(items: list[str | Line | Grid], expected: list[str]) -> None:
    assert dumped(*items) == expected


def test_a_whole_disclosure() -> None:
    assert dumped(
        "某某自治州医疗保障局",
        "2024 年部门预算公开",
        "目 录",
        "第一部分 2023 年某局概况",
        "一、 主要职能",
        "第二部分 部门预算公开表",
        "第四部分 名词解释",
        "第一部分 2024 年某局概况",
        "一、 主要职能",
        "负责医疗保障工作。",
        "第二部分 部门预算公开表",
        "表 1",
        "部门收支总体情况表",
        "单位：万元",
        GRID,
        "第四部分 名词解释",
        "一、财政拨款:指由一般公共预算安排的财政拨款数。",
        "某某自治州医疗保障局",
        "2024年02月25日",
    ) == [
        "某某自治州医疗保障局",
        "2024 年部门预算公开",
        "#1 第一部分 2024 年某局概况",
        "#2 一、 主要职能",
        "负责医疗保障工作。",
        "#1 第二部分 部门预算公开表",
        "|表 1/部门收支总体情况表/单位：万元|",
        "#1 第四部分 名词解释",
        "一、财政拨款:指由一般公共预算安排的财政拨款数。",
        "某某自治州医疗保障局",
        "2024年02月25日",
    ]


def test_a_file_without_a_cover() -> None:
    assert dumped("第一部分 某局概况", "正文。")[0] == "#1 第一部分 某局概况"
    assert dumped("某委员会主要职能", "某委员会是主管部门。") == [
        "#1 某委员会主要职能",
        "某委员会是主管部门。",
    ]
    assert dumped() == []


def test_lists_are_no_headings() -> None:
    listed = [
        "一、主要职能",
        "（一）贯彻执行方针",
        "（二）拟订规划计划",
        "（三）管理收支",
        "1.甲处",
        "2.乙处",
    ]
    assert dumped("正文。", *listed) == ["正文。", "#2 一、主要职能", *listed[1:]]
    projects = ["（一）项目名称：甲", "（二）项目名称：乙", "（三）项目名称：丙"]
    assert dumped("正文。", *projects) == ["正文。", *(f"#3 {name}" for name in projects)]


def test_headings_that_markup_tells() -> None:
    assert dumped(
        Line("某局2024年部门预算", heading_level=1),
        Line("一、部门概况", heading_level=2),
        Line("正文。"),
        Line("收支情况，及说明", heading_level=3),
        Line("正文。"),
        Line("五、关于某局2023 年", heading_level=3),
        Line("一般公共预算当年拨款情况说明", heading_level=2),
        Line("名词解释", heading_level=4),
    ) == [
        "某局2024年部门预算",
        "#2 一、部门概况",
        "正文。",
        "#3 收支情况，及说明",
        "正文。",
        "#2 五、关于某局2023 年一般公共预算当年拨款情况说明",
        "#1 名词解释",
    ]


def drawn(text: str, top: float, *, page: int, size: float = 12.0, left: float = 82.0) -> Line:
    width = size * len(text)
    centred = size > 12
    x = 420 - width / 2 if centred else left
    return Line(text, Place(page=page, box=(x, top, x + width, top + size)), size, centred=centred)


def test_a_drawn_disclosure() -> None:
    body = "某委员会是主管全区产业经济的政府工作部门加挂粮食和物资储备局牌子并且承担以下各项职能"
    pages = (
        Page(
            1,
            (
                drawn("某区2025年区级部门预算", 160, page=1, size=36),
                drawn("预算主管部门：某委员会", 280, page=1, size=18),
            ),
        ),
        Page(2, (drawn("目 录", 55, page=2, size=20), drawn("一、部门主要职能", 90, page=2))),
        Page(
            3,
            (
                drawn("某委员会主要职能", 74, page=3, size=18),
                drawn(body, 119, page=3),
                drawn(body, 133, page=3, left=58),
                drawn("等。", 148, page=3, left=58),
                drawn("一、甲", 170, page=3),
                drawn("- 1 -", 560, page=3, left=400),
            ),
        ),
        Page(4, (drawn("某专项（政策资金）情况", 75, page=4, size=18), drawn("乙。", 119, page=4))),
    )
    blocks = to_blocks(Pages("application/pdf", pages))
    assert told(blocks) == [
        "某区2025年区级部门预算",
        "预算主管部门：某委员会",
        "#1 某委员会主要职能",
        body + body + "等。",
        "#2 一、甲",
        "#1 某专项（政策资金）情况",
        "乙。",
    ]
    assert blocks[3].place == Place(page=3, box=(58, 119, 82 + 12 * len(body), 160))


@given(
    st.lists(
        st.sampled_from(
            [
                "一、主要职能",
                "（一）概况",
                "1.甲",
                "正文完。",
                "预算增",
                "加10元",
                "表1",
                "收支总表",
                "单位：万元",
                "备注：空表。",
                "预算单位 某局",
                "第二部分 说明",
                "名词解释",
                "2024年2月1日",
                "某局",
                "项目名称：甲",
                "合计 12 3",
            ]
        ),
        max_size=14,
    )
)
def test_nothing_is_lost_or_moved(texts: list[str]) -> None:
    blocks = to_blocks(Pages("text/plain", (Page(None, tuple(map(Line, texts))),)))
    printed: list[str] = []
    for block in blocks:
        if isinstance(block, TableBlock):
            printed += [*block.caption, *(line.text for line in block.lines), *block.notes]
        else:
            printed.append(block.text)
    assert "".join(printed) == "".join(texts)


REAL = tomllib.loads(Path(__file__).with_name("real_disclosures.toml").read_text("utf-8"))


@cache
def blocks_of(path: Path) -> list[Block]:
    return to_blocks(read(path.read_bytes(), path.name))


def title(block: TableBlock) -> str:
    titles = [line for line in block.caption if kind_of(line) is Kind.TITLE]
    return "".join(titles[0].split()) if titles else "-"


@pytest.mark.real
@pytest.mark.parametrize("name", REAL)
def test_real_disclosures(real_disclosures: Path, name: str) -> None:
    blocks = blocks_of(real_disclosures / name)
    headings = [block for block in blocks if isinstance(block, Heading)]
    tables = [block for block in blocks if isinstance(block, TableBlock)]
    expected = REAL[name]
    assert [block.number or block.text for block in headings] == expected["headings"]
    assert [title(block) for block in tables] == expected["tables"]
    assert sum(isinstance(block, Paragraph) for block in blocks) == expected["paragraphs"]


@pytest.mark.real
@pytest.mark.parametrize(
    ("name", "joined"),
    [
        ("text/bayingolin-2024-budget.txt", "比上年预算增加 10.42 万元，增长 30.33%。"),
        ("text/changji-city-2024-budget.txt", "行政单位医疗（项）：2024年预算数为 9.05万元"),
        ("text/changji-city-2024-budget.txt", "增加 2.60万元，增长50.00%，其中"),
        ("text/changji-prefecture-2022-budget.txt", "10万元，其中1.5万元用于支付专家评审鉴定费"),
        ("text/urumqi-2023-budget.txt", "第一部分 乌鲁木齐市医疗保障事业发展中心单位概况"),
        ("text/urumqi-2023-budget.txt", "2023 年一般公共预算当年拨款情况说明"),
        ("pdf/shanghai-putuo-planning-2024-final-accounts.pdf", "2024年度部门决算情况说明"),
        ("pdf/shanghai-putuo-commerce-2025-department-budget.pdf", "支持企业协同化发展180.00万"),
    ],
)
def test_real_texts_are_whole(real_disclosures: Path, name: str, joined: str) -> None:
    blocks = blocks_of(real_disclosures / name)
    texts = "\n".join(block.text for block in blocks if not isinstance(block, TableBlock))
    assert joined in texts
