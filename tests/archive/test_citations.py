"""The labelled set is ``citations_cases.csv``: a text, the normal forms of the numbers in it
(``?`` for a doubtful number, ``-`` for a title without number), and, where they matter, the
titles (``-`` for none).  Its texts are our own; the forms of the numbers are real ones."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.citations import Mention, Number, are_near, find, parse_number

with Path(__file__).with_name("citations_cases.csv").open(encoding="utf-8", newline="") as file:
    CASES = list(csv.DictReader(file))


def label(mention: Mention) -> str:
    if mention.normal:
        return mention.normal
    return "-" if mention.printed[0] in "《〈<" else "?"


@pytest.mark.parametrize("case", CASES, ids=[repr(case["text"])[:40] for case in CASES])
def test_finds_what_is_labelled(case: dict[str, str]) -> None:
    found = find(case["text"])
    assert [label(mention) for mention in found] == case["numbers"].split()
    if case["titles"]:
        assert [mention.title or "-" for mention in found] == case["titles"].split(" / ")


def test_precision_and_recall_on_the_labelled_set() -> None:
    right = wrong = missed = 0
    for case in CASES:
        expected = [number for number in case["numbers"].split() if number not in "?-"]
        found = [mention.normal for mention in find(case["text"]) if mention.normal]
        right += sum(min(found.count(n), expected.count(n)) for n in set(found))
        wrong += len(found) - sum(min(found.count(n), expected.count(n)) for n in set(found))
        missed += len(expected) - sum(min(found.count(n), expected.count(n)) for n in set(found))
    precision, recall = right / (right + wrong), right / (right + missed)
    print(f"{len(CASES)} contexts: precision {precision:.4f}, recall {recall:.4f}")
    assert precision >= 0.995
    assert recall >= 0.995
    assert sum(bool(case["numbers"]) for case in CASES) >= 120
    assert sum(not case["numbers"] for case in CASES) >= 50


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
BRACKETS = ["〔〕", "（）", "()", "[]", "【】", "﹝﹞", "［］", "〈〉", "〔)"]
BEFORE = ["", "根据", "依据", "（", "、", "，按照", "《关于X的通知》（", "1.", "\n"]
AFTER = ["", "）", "文件", "、", "，", "\n", "规定", "第四条"]
BLANKS = ["", " ", "　", "\n"]


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
    opening, closing = brackets
    printed = f"{code}{blank}{opening}{year}{closing}{blank}{number}{blank}号"
    found = find(before + printed + after)
    assert [mention.printed for mention in found] == [printed]
    assert found[0].number == Number(code, year, number)
    assert parse_number(found[0].normal or "") == found[0].number


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


@pytest.mark.parametrize(
    "text",
    ["〔" * 50_000, "《" * 50_000, "《》" * 20_000, "1" * 50_000, "〔2023〕 " * 10_000,
     "令 " * 20_000, "<" * 50_000, "一" * 50_000, "新" * 50_000 + "〔2023〕1号",
     "号" * 50_000, "〔2023〕1、" + "1、" * 20_000 + "号", " " * 50_000 + "号"],
    ids=lambda text: text[:6],
)  # fmt: skip
def test_adversarial_texts_are_read_to_their_end(text: str) -> None:
    assert len(find(text)) <= len(text)


def test_numbers_in_a_long_list_are_all_found() -> None:
    assert len(find("新医保发〔2023〕48号、" * 2_000)) == 2_000
