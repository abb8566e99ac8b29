from __future__ import annotations

from archive.model import Place, Section
from indexer.blocks import Block, Heading, Paragraph, TableBlock
from indexer.structure import sections


def at(first: int, last: int | None = None) -> Place:
    return Place(lines=(first, last or first))


BLOCKS: list[Block] = [
    Paragraph("某局2024年部门预算", at(1)),
    Heading("第三部分 情况说明", 1, "第三部分", at(3)),
    Heading("七、关于项目支出", 2, "七", at(4)),
    Paragraph("说明如下。", at(5, 6)),
    Heading("（一）项目名称：甲", 3, "（一）", at(7)),
    Paragraph("预算安排规模：1万元", at(8)),
    Paragraph("资金来源：财政拨款", at(9)),
    TableBlock(("表7",), None, ("备注：空表。",), place=at(10, 20)),
    Heading("（二）项目名称：乙", 3, "（二）", at(21)),
    Heading("八、关于基金", 2, "八", at(22)),
    Heading("名词解释", 1, None, at(23)),
    Heading("一、附注", 2, "一", at(24)),
    Heading("一、附注", 2, "一", at(25)),
]


def test_sections() -> None:
    assert sections(BLOCKS) == [
        Section("封面", 0, "", "某局2024年部门预算", at(1)),
        Section("第三部分", 1, "第三部分 情况说明", "", at(3)),
        Section("第三部分-七", 2, "七、关于项目支出", "说明如下。", at(4, 6)),
        Section(
            "第三部分-七-一",
            3,
            "（一）项目名称：甲",
            "预算安排规模：1万元\n资金来源：财政拨款",
            at(7, 9),
        ),
        Section("第三部分-七-二", 3, "（二）项目名称：乙", "", at(21)),
        Section("第三部分-八", 2, "八、关于基金", "", at(22)),
        Section("名词解释", 1, "名词解释", "", at(23)),
        Section("名词解释-一", 2, "一、附注", "", at(24)),
        Section("名词解释-一~2", 2, "一、附注", "", at(25)),
    ]


def test_no_text_before_the_first_heading_is_no_section() -> None:
    assert [section.level for section in sections(BLOCKS[1:3])] == [1, 2]
    assert sections([]) == []


def test_a_place_is_on_the_first_page() -> None:
    (section,) = sections(
        [
            Heading("一、甲", 2, "一", Place(page=1, box=(10, 700, 90, 712))),
            Paragraph("乙", Place(page=1, box=(5, 720, 200, 740))),
            Paragraph("丙", Place(page=2, box=(5, 20, 200, 40))),
        ]
    )
    assert section.place == Place(page=1, box=(5, 700, 200, 740))
