"""Abbreviations: offered as wider queries."""

from __future__ import annotations

import csv
from importlib.resources import files

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.fold import fold
from archive.query import And, Field, Not, Or, Term, YearRange, parse
from archive.query.variants import widenings, written_out

BAZHOU = "巴音郭楞蒙古自治州"


@pytest.mark.parametrize(
    ("word", "longs"),
    [
        ("长护险", ("长期护理保险",)),
        ("長護險", ("长期护理保险",)),
        ("drg", ("疾病诊断相关分组",)),
        ("巴州", ("巴音郭楞蒙古自治州",)),
        ("医保", ("医疗保障", "医疗保险")),
        ("三公", ("因公出国（境）", "公务接待", "公务用车")),
        ("人社局", ("人力资源和社会保障局",)),
        ("医保局工作经费", ("医疗保障局工作经费",)),
        (
            "巴州医保局",
            ("巴音郭楞蒙古自治州医疗保障局", "巴音郭楞蒙古自治州医保局", "巴州医疗保障局"),
        ),
        ("三公经费支出", ()),  # its meanings are parts of it, so only for the whole word
        ("个人社会保险", ()),  # 人社 is no word in it
        ("一般公共预算", ()),  # written out already
        ("长期护理保险", ()),
        ("", ()),
    ],
)
def test_what_a_word_is_short_for(word: str, longs: tuple[str, ...]) -> None:
    assert written_out(word) == longs


@pytest.mark.parametrize(
    ("typed", "wider"),
    [
        ("长护险", ["(长护险 或 长期护理保险)"]),
        ("经费 -长护险", ["经费 -(长护险 或 长期护理保险)"]),
        ("(长护险 2024年)", ["((长护险 或 长期护理保险) 2024年)"]),
        ("项目：长护险", ["(项目：长护险 或 项目：长期护理保险)"]),
        ("单位:卫健委", ["(单位:卫健委 或 单位:卫生健康委员会)"]),
        ("长护险 巴州", ["(长护险 或 长期护理保险) 巴州", "长护险 (巴州 或 巴音郭楞蒙古自治州)"]),
        ("长护险 或 长期护理保险", []),
        ("“长护险”", []),
        ("项目:“长护险”", []),
        ("地区:巴州", []),
        ("金额:100万 2024年 新医保发〔2023〕48号", []),
    ],
)
def test_wider_queries(typed: str, wider: list[str]) -> None:
    assert [each.text for each in widenings(typed)] == wider


def test_a_wider_query_means_what_is_offered() -> None:
    (offer,) = widenings("长护险 2024年")
    either = Or((Term("长护险"), Term("长期护理保险")))
    assert parse(offer.text).query == And((either, YearRange(2024, 2024)))
    (offer,) = widenings("-项目:长护险")
    fields = Or((Field("project", "长护险"), Field("project", "长期护理保险")))
    assert parse(offer.text).query == Not(fields)


@given(st.text(alphabet='医保长护险三公巴州局 “”"-()（）:项目或12年万元', max_size=20))
def test_wider_queries_keep_what_was_asked(text: str) -> None:
    for offer in widenings(text):
        assert text[offer.start : offer.end].startswith(offer.typed)
        assert not widenings(offer.typed) or offer.others
        assert offer.typed in offer.text


def rows() -> list[dict[str, str]]:
    text = files("archive").joinpath("data/abbreviations.csv").read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines()))


def test_the_list_is_sound() -> None:
    pairs = [(row["short"], row["long"]) for row in rows()]
    assert len(pairs) == len(set(pairs))
    assert len({short for short, _ in pairs}) >= 150
    for short, long in pairs:
        assert fold(short) != fold(long)
        assert long.strip() == long and " " not in long


@pytest.mark.parametrize("row", rows(), ids=lambda row: f"{row['short']}-{row['long']}")
def test_every_abbreviation_is_offered(row: dict[str, str]) -> None:
    (offer,) = widenings(row["short"])
    assert row["long"] in offer.others
    parts = parse(offer.text).query
    assert isinstance(parts, Or)
    assert len(parts.parts) == 1 + len(offer.others)
