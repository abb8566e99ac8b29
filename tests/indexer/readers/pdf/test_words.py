"""Words, lines and the text of cells from characters given one by one."""

from __future__ import annotations

import pytest

from indexer.readers.pdf.ink import UNREADABLE, Char, Ink, character, is_bold_name
from indexer.readers.pdf.lines import line_text
from indexer.readers.pdf.rules import Stroke
from indexer.readers.pdf.words import Word, cell_text, lines_of, words_of

SIZE = 10.0


def written(
    text: str, x: float = 0, y: float = 100, *, run: int = 1, angle: int = 0, wide: float = 10
) -> list[Char]:
    """Glyphs side by side: Chinese as wide as ``wide``, Latin half as wide."""
    chars = []
    for letter in text:
        width = wide if letter >= "⺀" else wide / 2
        chars.append(Char(letter, x, y - 9, x + width, y + 2, x, y, SIZE, angle, False, run))
        x += width
    return chars


def words(*runs: list[Char], rules: tuple[Stroke, ...] = ()) -> list[Word]:
    return words_of(Ink(1, 500, 500, tuple(c for run in runs for c in run), ()), rules)


RULE = Stroke(40.25, 80, 120)


@pytest.mark.parametrize(
    ("runs", "rules", "expected"),
    [
        ([written("一般公共预算")], (), ["一般公共预算"]),
        ([written("Office 2024")], (), ["Office", "2024"]),
        ([written("2.85"), written("0.39", 25)], (), ["2.85", "0.39"]),
        ([written("2.85"), written("0.39", 22, run=2)], (), ["2.850.39"]),
        ([written("171,915"), written("一、收入", 41, run=2)], (RULE,), ["171,915", "一、收入"]),
        ([written("1234", 20), written("5678", 40, run=2)], (RULE,), ["1234", "5678"]),
        ([written("功能分类科目", 15)], (RULE,), ["功能分类科目"]),
        ([written("功能分类", 10)], (RULE,), ["功能分类"]),
        ([written("合　计")], (), ["合", "计"]),
        ([written("印章", angle=30)], (), []),
        ([written("竖排", angle=90)], (), ["竖", "排"]),
    ],
)
def test_where_words_end(
    runs: list[list[Char]], rules: tuple[Stroke, ...], expected: list[str]
) -> None:
    assert [word.text for word in words(*runs, rules=rules)] == expected


def test_glyphs_printed_twice_are_bold() -> None:
    (word,) = words(written("预算22"), written("预算22", 0.8, run=2))
    assert (word.text, word.bold) == ("预算22", True)


@pytest.mark.parametrize(
    ("runs", "text"),
    [
        ([written("局"), written("2024", 12.5, run=2), written("年", 35, run=3)], "局2024年"),
        ([written("第三部分"), written("概况", 50, run=2)], "第三部分 概况"),
        ([written("第三部分 概况")], "第三部分 概况"),
        ([written("分"), written("散", 14, run=2), written("齐", 28, run=3)], "分散齐"),
        ([written("Total"), written("of", 30, run=2)], "Total of"),
        ([written("单位："), written("元", 31, run=2)], "单位：元"),
    ],
)
def test_spaces_in_a_line(runs: list[list[Char]], text: str) -> None:
    (line,) = lines_of(words(*runs))
    assert line_text(line) == text


@pytest.mark.parametrize(
    ("lines", "width", "text"),
    [
        (["机关事业单位基本", "养老保险"], 80, "机关事业单位基本养老保险"),
        (["Office", "2024"], 200, "Office 2024"),
        (["1,234,567,", "890.00"], 55, "1,234,567,890.00"),
        (["12.50", "13.50"], 200, "12.50 13.50"),
        (["一、收", "(12.5)"], 200, "一、收(12.5)"),
    ],
)
def test_lines_of_a_cell_are_joined(lines: list[str], width: float, text: str) -> None:
    runs = [written(line, y=100 + 14 * n, run=n) for n, line in enumerate(lines)]
    assert cell_text(words(*runs), width) == text


def test_a_figure_on_a_lower_baseline_is_on_its_label_s_line() -> None:
    lines = lines_of(words(written("住房改革支出", y=100), written("461.08", 90, 104, run=2)))
    assert [[word.text for word in line] for line in lines] == [["住房改革支出", "461.08"]]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("元", "元"),
        ("⼯", "工"),
        ("⺠", "民"),
        ("①", "①"),
        ("０", "０"),
        ("ffi", "ffi"),
        (" ", " "),
        ("\x00", UNREADABLE),
        ("\ue012", UNREADABLE),
        ("�", UNREADABLE),
        ("", UNREADABLE),
        ("\ud800", UNREADABLE),
    ],
)
def test_characters(text: str, expected: str) -> None:
    assert character(text) == expected


@pytest.mark.parametrize(
    ("name", "bold"),
    [
        (b"ABCDEE+SimHei", True),
        ("ABCDEE+黑体".encode("gbk"), True),
        ("黑体".encode(), True),
        (b"Arial-BoldMT", True),
        (b"MicrosoftYaHei", False),
        (b"MicrosoftYaHei-Bold", True),
        (b"SimSun", False),
        ("仿宋".encode("gbk"), False),
    ],
)
def test_bold_by_name(name: bytes, bold: bool) -> None:
    assert is_bold_name(name) == bold


def test_punctuation_hanging_over_a_rule_keeps_to_its_own_cell() -> None:
    runs = written("内（室）", 2), written("215", 42.5, run=2)
    assert [word.text for word in words(*runs, rules=(Stroke(38, 80, 120),))] == ["内（室）", "215"]
