"""The labelled set is ``citations_cases.csv``: a text, the normal forms of the numbers in it
(``?`` for a doubtful number, ``-`` for a title without number), and, where they matter, the
titles (``-`` for none) and what is printed, parted by `` / ``.  Its texts are our own; the
forms of the numbers are real ones."""

from __future__ import annotations

import csv
import importlib
import re
import sys
from collections import Counter
from collections.abc import Callable
from itertools import takewhile
from pathlib import Path
from types import FrameType

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archive.citations import Mention, Number, are_near, find, parse_number, patterns
from archive.citations.issuers import known_codes

with Path(__file__).with_name("citations_cases.csv").open(encoding="utf-8", newline="") as file:
    CASES = list(csv.DictReader(file))


def label(mention: Mention) -> str:
    if mention.normal:
        return mention.normal
    return "-" if mention.printed[0] in "《〈<" else "?"


DOCUMENTATION = Path(__file__).parents[2] / "docs" / "citations.md"
LEAST = 0.995
FARTHEST = 400


@pytest.mark.parametrize("case", CASES, ids=[repr(case["text"])[:40] for case in CASES])
def test_finds_what_is_labelled(case: dict[str, str]) -> None:
    found = find(case["text"])
    assert [label(mention) for mention in found] == case["numbers"].split()
    if case["titles"]:
        assert [mention.title or "-" for mention in found] == case["titles"].split(" / ")
    if case["printed"]:
        assert [mention.printed for mention in found] == case["printed"].split(" / ")


def test_precision_and_recall_on_the_labelled_set(
    record_property: Callable[[str, object], None],
) -> None:
    """The gate: at least 0.995 each, over numbers, doubtful numbers and titles alike."""
    right = found = expected = 0
    for case in CASES:
        wanted = Counter(case["numbers"].split())
        got = Counter(label(mention) for mention in find(case["text"]))
        right += (wanted & got).total()
        found += got.total()
        expected += wanted.total()
    positive = sum(bool(case["numbers"]) for case in CASES)
    precision, recall = right / found, right / expected
    record_property(
        "report:Document numbers, on the labelled set",
        f"{positive} contexts and {len(CASES) - positive} hard negatives: "
        f"precision {precision:.4f}, recall {recall:.4f} ({right} of {expected})",
    )
    assert precision >= LEAST
    assert recall >= LEAST
    assert positive >= 300
    assert len(CASES) - positive >= 100
    assert len({case["text"] for case in CASES}) == len(CASES)


@pytest.mark.parametrize(
    ("text", "normal"),
    [
        ("新医保发〔2023〕48号", "新医保发〔2023〕48号"),
        ("新医保发〔2023〕 第048号", "新医保发〔2023〕48号"),
        ("（新医保发〔2023〕48号）", "新医保发〔2023〕48号"),
        ("新医保发(2023)48号文", "新医保发〔2023〕48号"),
        ("新医保发[2023]48", "新医保发〔2023〕48号"),
        ("新医保发 2023 48号", "新医保发〔2023〕48号"),
        ("新医保发2023年48号", "新医保发〔2023〕48号"),
        ("新医保发2023-48", "新医保发〔2023〕48号"),
        ("昌市党财领【2010】2号会议纪要", "昌市党财领〔2010〕2号"),
        ("法(研)发[1987]32号", "法（研）发〔1987〕32号"),
        ("(86)财工字第77号", "财工字〔1986〕77号"),
        ("苏府金发〔2018〕9号", "苏府金发〔2018〕9号"),
        ("文财农〔2019〕259号", "文财农〔2019〕259号"),
        ("农业农村部公告第940号", "农业农村部公告第940号"),
        ("发展改革委令第23号", "发展改革委令第23号"),
        ("见新医保发〔2023〕48号", None),
        ("国务院第735号令", "国务院令第735号"),
        ("国务院令第735号", "国务院令第735号"),
        ("", None),
        ("2023", None),
        ("昌吉州2022", None),
        ("昌吉州2022年10", None),
        ("昌吉州医保局2022年部门预算", None),
        ("依据喀党编委〔2019〕46号", None),
        ("新财社〔2023〕201号、巴财社〔2023〕80号", None),
        ("《某办法》", None),
        ("新医保发〔3023〕48号", None),
        ("北京路（2023）48号", None),
    ],
)
def test_a_whole_text_that_is_one_number(text: str, normal: str | None) -> None:
    number = parse_number(text)
    assert (number.normal if number else None) == normal


@pytest.mark.parametrize(
    ("one", "other", "near"),
    [
        ("新医保〔2023〕48号", "新医保发〔2023〕48号", True),
        ("新医保函〔2023〕48号", "新医保发〔2023〕48号", True),
        ("新医保办〔2019〕53号", "新医保〔2019〕53号", True),
        ("新财社〔2023〕201号", "新财〔2023〕201号", True),
        ("新医保发〔2023〕48号", "新医保发〔2023〕48号", False),
        ("新医保发〔2023〕48号", "新医保发〔2022〕48号", False),
        ("新医保发〔2023〕48号", "新医保发〔2023〕49号", False),
        ("新医保发〔2023〕48号", "巴医保发〔2023〕48号", False),
        ("财社〔2023〕1号", "财教〔2023〕1号", False),
        ("新政发〔2021〕1号", "新财发〔2021〕1号", False),
    ],
)
def test_near_numbers(one: str, other: str, near: bool) -> None:
    a, b = parse_number(one), parse_number(other)
    assert a is not None
    assert b is not None
    assert are_near(a, b) is near
    assert are_near(b, a) is near


CODES = ["新医保发", "财社", "昌州政办发", "喀党组通字", "法（研）发", "沪府规", "普投资规范"]
BRACKETS = [
    "〔〕", "（）", "()", "[]", "【】", "﹝﹞", "［］", "〈〉", "〖〗", "{}", "<>", "「」",
    "〔)", "[〕", "（]", "【）",
]  # fmt: skip
VERBS = [
    "根据", "依据", "按照", "依照", "参照", "贯彻", "落实", "印发", "转发", "执行", "拨付", "享受",
    "对照", "遵循", "违反", "符合", "下达", "会同区财政局落实",
]  # fmt: skip
BEFORE = ["", "（", "、", "，按照", "《关于X的通知》（", "1.", "\n", "| ", "见“", *VERBS]
AFTER = ["", "）", "文件", "、", "，", "\n", "规定", "第四条", "”", " |"]
BLANKS = ["", " ", "　", "\n", "\u200b", "\x7f", "\u202c"]


def check(before: str, code: str, printed: str, after: str, number: Number) -> None:
    found = find(before + printed + after)
    assert [mention.printed for mention in found] == [printed], code
    assert found[0].start == len(before)
    assert found[0].number == number
    assert parse_number(found[0].normal or "") == number


@given(
    code=st.sampled_from(CODES),
    year=st.integers(1949, 2049),
    number=st.integers(1, 99999),
    brackets=st.sampled_from(BRACKETS),
    blank=st.sampled_from(BLANKS),
    before=st.sampled_from(BEFORE),
    after=st.sampled_from(AFTER),
)
def test_every_spelling_of_a_number_is_found(
    *, code: str, year: int, number: int, brackets: str, blank: str, before: str, after: str
) -> None:
    opening, closing = brackets[0], brackets[1]
    printed = f"{code}{blank}{opening}{year}{closing}{blank}{number}{blank}号"
    check(before, code, printed, after, Number(code, year, number))


@settings(max_examples=400)
@given(
    code=st.sampled_from([code for code in known_codes() if not code.endswith("令")]),
    number=st.integers(1, 9999),
    brackets=st.sampled_from(BRACKETS),
    before=st.sampled_from(BEFORE),
    after=st.sampled_from(AFTER),
)
def test_every_known_code_word_is_found_whole(
    *, code: str, number: int, brackets: str, before: str, after: str
) -> None:
    opening, closing = brackets[0], brackets[1]
    printed = f"{code}{opening}2021{closing}{number:03}号"
    check(before, code, printed, after, Number(code, 2021, number))


@given(
    st.text(
        alphabet="新医保发根据和的〔〕（）()《》<>〈〉第令号、，。 \n年20193一二十", max_size=80
    )
)
def test_mentions_are_in_order_and_say_where_they_stand(text: str) -> None:
    end = 0
    for mention in find(text):
        assert mention.printed == text[mention.start : mention.end]
        assert (mention.normal is None) == (mention.number is None)
        if mention.number:
            assert mention.start >= end
            end = mention.end
            assert parse_number(mention.number.normal) == mention.number


UNITS = [
    "〔", "《", "《》", "《〈", "》", "《通知》", "1", "1234567890", "〔2023〕", "〔2023〕 ", "令",
    "令 ", "令第1号", "第1号令", "<", "<p>", "一", "发", "新", "号", "1号", "一号", "2023号",
    "2023年", "〔2023〕1号", "〔2023〕1、", " ", "  号", "（（2023（号", "法（研）发",
    "法（研）发〔2023〕1号", "关于通知（", "关于发展的通知（新医发〔2023〕1号",
    "2023    年    〔    第    号", "新医保发〔2023〕48号、", "预算公开表中2023年1,234.56万元，",
    "第1号公告", "1号令、", "财政部、", "财政部、税务总局公告第1号、", "〔20231号", "大学大",
    "《1号》", "关于印发的通知", "（基建）",
]  # fmt: skip


@pytest.mark.parametrize("unit", UNITS)
def test_twice_the_text_is_twice_the_work(unit: str) -> None:
    """Counted in calls, which time does not sway: none of them reads more than a window."""
    single, double = (calls_of(find, unit * (times // len(unit))) for times in (8_000, 16_000))
    assert double <= 2.2 * single + 200


def calls_of(function: Callable[[str], object], text: str) -> int:
    """How many functions of Python and of C are called, regular expressions among them."""
    calls = 0

    def count(_frame: FrameType, event: str, _argument: object) -> None:
        nonlocal calls
        calls += event in {"call", "c_call"}

    function(text)
    before = sys.getprofile()
    sys.setprofile(count)
    try:
        function(text)
    finally:
        sys.setprofile(before)
    return calls


@pytest.mark.parametrize(
    "name", [name for name, value in vars(patterns).items() if isinstance(value, re.Pattern)]
)
def test_no_pattern_reads_far_or_gives_blanks_back(name: str) -> None:
    pattern = getattr(patterns, name).pattern
    least, most = importlib.import_module("re._parser").parse(pattern).getwidth()
    assert least >= 0
    assert most <= FARTHEST or name in {"_BLANKS", "SPACED", "FIGURES"}


@pytest.mark.parametrize("unit", UNITS)
def test_adversarial_texts_are_read_to_their_end(unit: str) -> None:
    text = unit * (60_000 // len(unit)) + "\n依据新医保发〔2023〕48号"
    assert find(text)[-1].normal == "新医保发〔2023〕48号"


def test_numbers_in_a_long_list_are_all_found() -> None:
    assert len(find("新医保发〔2023〕48号、" * 2_000)) == 2_000


def test_the_examples_of_the_documentation() -> None:
    lines = DOCUMENTATION.read_text(encoding="utf-8").splitlines()
    tables = [at for at, line in enumerate(lines) if line == "| text | found |"]
    examples = [
        [cell.strip() for cell in line.split("|")[1:3]]
        for at in tables
        for line in takewhile(lambda line: line.startswith("|"), lines[at + 2 :])
    ]
    assert len(examples) > 40
    for text, found in examples:
        mentions = find(text.replace("⏎", "\n"))
        assert [label(mention) for mention in mentions] == found.split(), text


@pytest.mark.parametrize("between", ["", "财政支出" * 30, "1,234.56 " * 40, "第3号桌，" * 90])
def test_numbers_are_found_wherever_they_stand_in_a_long_text(between: str) -> None:
    text = "".join(f"。\n{case['text']}。\n{between}" for case in CASES)
    expected = [one for case in CASES for one in case["numbers"].split()]
    assert [label(mention) for mention in find(text)] == expected
