"""Headers that draw nothing: which texts are one head, and which columns it is over."""

from __future__ import annotations

import pytest

from indexer.readers.pdf.columns import aligned, extents_of
from indexer.readers.pdf.groups import Group, grouped
from indexer.readers.pdf.heads import Block, blocks_of, parted
from indexer.readers.pdf.printed import printed
from indexer.readers.pdf.rows import rows_of
from indexer.readers.pdf.rules import Stroke
from indexer.readers.pdf.words import Word, lines_of

SIZE = 10.0


def word(text: str, middle: float, y: float) -> Word:
    """A text centred at a place; a Han character is as wide as the font is high."""
    half = sum(0.5 if letter.isascii() else 1.0 for letter in text) * SIZE / 2
    return Word(text, middle - half, y - 8.8, middle + half, y + 2, SIZE)


def heads(*words: Word, strokes: tuple[Stroke, ...] = ()) -> list[str]:
    return [said(block) for block in blocks_of(printed(words), strokes)]


def said(block: Block | None) -> str:
    return "/".join(line.text for line in block.lines) if block else ""


def test_lines_set_close_are_one_head() -> None:
    assert heads(
        word("一般公共", 100, 20), word("合计", 200, 26), word("预算", 100, 32.5)
    ) == ["一般公共/预算", "合计"]  # fmt: skip


def test_lines_apart_or_parted_by_a_rule_are_two_heads() -> None:
    apart = word("支出", 100, 20), word("合计", 100, 40)
    close = word("支出", 100, 20), word("合计", 100, 34)
    rule = Stroke(24, 50, 150)
    assert heads(*apart) == ["支出", "合计"]
    assert heads(*close) == ["支出/合计"]
    assert heads(*close, strokes=(rule,)) == ["支出", "合计"]


def test_a_head_close_over_the_middle_of_three_is_not_wrapped() -> None:
    line = [word("合计", 100, 34), word("基本支出", 160, 34), word("项目支出", 220, 34)]
    found = heads(word("支出预算", 160, 20), *line)
    assert sorted(found) == sorted(["支出预算", "合计", "基本支出", "项目支出"])


COLUMNS = [(80.0, 120.0), (180.0, 220.0), (280.0, 320.0)]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ([word("项目", 100, 20), word("合计", 200, 20), word("支出", 300, 20)],
         ["项目", "合计", "支出"]),
        ([word("项", 85, 20), word("目", 115, 20), word("合计", 200, 20), word("支出", 300, 20)],
         ["项+目", "合计", "支出"]),
        ([word("项目", 100, 20), word("合计", 200, 20), word("基金", 250, 20),
          word("支出", 300, 20)],
         ["项目", "合计", "基金", "支出"]),
        ([word("项目", 100, 20), word("合计", 200, 20), word("支出", 300, 20),
          word("备注", 380, 20)],
         ["项目", "合计", "支出", "备注"]),
        ([word("项目", 65, 20), word("合计", 165, 20), word("支出", 265, 20)],
         ["项目", "合计", "支出"]),
    ],
)  # fmt: skip
def test_heads_find_their_columns(words: list[Word], expected: list[str]) -> None:
    leaves, groups = parted(blocks_of(printed(words), ()), COLUMNS)
    assert not groups
    columns = aligned(leaves, COLUMNS, SIZE)
    assert ["+".join(map(said, column.heads)) for column in columns] == expected


def tree(group: Group) -> str:
    inner = ",".join(map(tree, group.below))
    return said(group.head) + (f"({inner})" if inner else "")


EDGES = [50.0, 150.0, 250.0, 350.0, 450.0]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        # Centred over two of four, beside heads at half height.
        ([word("项目", 100, 30), word("支出", 250, 20), word("合计", 200, 40),
          word("基本", 300, 40), word("备注", 400, 30)], ["项目", "支出(合计,基本)", "备注"]),
        # Two side by side.
        ([word("收入", 150, 20), word("支出", 350, 20), word("项目", 100, 40),
          word("预算数", 200, 40), word("功能分类", 300, 40), word("预算数", 400, 40)],
         ["收入(项目,预算数)", "支出(功能分类,预算数)"]),
        # Set to the left edge of the first column.
        ([word("支出", 165, 20), word("项目", 65, 40), word("合计", 165, 40),
          word("基本", 265, 40), word("备注", 365, 40)], ["项目", "支出(合计,基本,备注)"]),
        # Three rows of heads.
        ([word("支出", 300, 20), word("项目", 100, 40), word("合计", 200, 50),
          word("基本", 350, 40), word("人员", 300, 60), word("公用", 400, 60)],
         ["项目", "支出(合计,基本(人员,公用))"]),
    ],
)  # fmt: skip
def test_heads_of_groups_are_centred_over_their_columns(
    words: list[Word], expected: list[str]
) -> None:
    leaves, groups = parted(blocks_of(printed(words), ()), [])
    columns = [Group(number, number, leaf) for number, leaf in enumerate(leaves)]
    assert [tree(group) for group in grouped(columns, groups, EDGES, ())] == expected


def test_a_rule_below_a_head_tells_its_columns() -> None:
    words = [word("支出", 255, 20), word("项目", 100, 40), word("合计", 200, 40),
             word("基本", 300, 40), word("备注", 400, 40)]  # fmt: skip
    leaves, groups = parted(blocks_of(printed(words), ()), [])
    columns = [Group(number, number, leaf) for number, leaf in enumerate(leaves)]
    found = grouped(columns, groups, EDGES, (Stroke(26, 150, 350),))
    assert [tree(group) for group in found] == ["项目", "支出(合计,基本)", "备注"]


def test_a_rule_below_several_heads_tells_the_columns_of_none() -> None:
    words = [word("小计", 130, 20), word("购置费", 250, 20), word("运行费", 370, 20),
             *(word(text, x, 40) for x, text in
               zip((100, 160, 220, 280, 340, 400), "预决预决预决", strict=True))]  # fmt: skip
    leaves, groups = parted(blocks_of(printed(words), ()), [])
    columns = [Group(number, number, leaf) for number, leaf in enumerate(leaves)]
    edges = (70.0, 130.0, 190.0, 250.0, 310.0, 370.0, 430.0)
    found = grouped(columns, groups, edges, (Stroke(27, 70, 430),))
    assert [tree(group) for group in found] == ["小计(预,决)", "购置费(预,决)", "运行费(预,决)"]


def test_columns_are_parted_by_stripes_through_all_lines() -> None:
    lines = [[word("工资", 100, 20), word("12.00", 200, 20)], [word("合计", 95, 40)]]
    assert extents_of(lines, 5) == [(85.0, 110.0), (187.5, 212.5)]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        # A label of two lines beside its figure.
        ([word("机关事业单位", 100, 20), word("12.00", 200, 26), word("养老保险", 100, 32)],
         ["机关事业单位 12.00 养老保险"]),
        # A row without figures stands apart.
        ([word("收入", 100, 20), word("1.00", 200, 20), word("其中", 100, 38),
          word("支出", 100, 56), word("2.00", 200, 56)], ["收入 1.00", "其中", "支出 2.00"]),
        # A label of four lines reaches further than the next row is apart.
        ([word("甲甲甲", 100, 20), word("乙乙乙", 100, 32), word("1.00", 200, 38),
          word("丙丙丙", 100, 44), word("丁丁", 100, 56), word("2.00", 200, 74)],
         ["甲甲甲 乙乙乙 1.00 丙丙丙 丁丁", "2.00"]),
    ],
)  # fmt: skip
def test_lines_are_rows_by_their_figures(words: list[Word], expected: list[str]) -> None:
    rows = rows_of(lines_of(words))
    assert [" ".join(w.text for line in row for w in line) for row in rows] == expected
