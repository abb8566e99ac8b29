"""The query language: what is typed, and how it is read."""

from __future__ import annotations

import json
import time

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from archive.query import (
    MOST_PARTS,
    AmountRange,
    And,
    Everything,
    Field,
    Not,
    Or,
    Phrase,
    Query,
    Term,
    YearRange,
    as_printed,
    parse,
    wanted,
    without,
)

WAN = 10_000_00
YI = 10_000 * WAN
OUR_NUMBER = Field("doc_no", "新医保发〔2023〕48号")
A, B, C = Term("医保"), Term("医疗"), Term("经费")


def amounts(low: int | None, high: int | None) -> AmountRange:
    return AmountRange(low, high)


def exactly(fen: int) -> AmountRange:
    return AmountRange(fen, fen)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # words
        ("长期护理保险工作经费", Term("长期护理保险工作经费")),
        ("医保 经费", And((A, C))),
        ("医保　经费", And((A, C))),
        ("  医保\t经费\n", And((A, C))),
        ("医保 医保", A),
        ("DRG付费", Term("DRG付费")),
        ("2024", Term("2024")),
        ("35.06", Term("35.06")),
        ("-35.06", Term("-35.06")),
        ("——", Term("——")),
        ("", Everything()),
        (" \t　", Everything()),
        ("*", Everything()),
        ("离休|医疗", Or((Term("离休"), B))),
        ("离休｜医疗 经费", Or((Term("离休"), And((B, C))))),
        ('"a|b"', Phrase("a|b")),
        # phrases
        ('"离休人员" 经费', And((Phrase("离休人员"), C))),
        ("“离休 人员”", Phrase("离休 人员")),
        ("「离休」", Phrase("离休")),
        ("＂离休＂", Phrase("离休")),
        ("“三公”经费", And((Phrase("三公"), C))),
        ("“三公", Term("“三公")),
        # operators
        ("医保 OR 医疗", Or((A, B))),
        ("医保 或 医疗", Or((A, B))),
        ("医保 | 医疗", Or((A, B))),
        ("医保 或 医疗 经费", Or((A, And((B, C))))),
        ("医保 AND 医疗", And((A, B))),
        ("医保 -医疗", And((A, Not(B)))),
        ("医保 －医疗", And((A, Not(B)))),
        ("医保 NOT 医疗", And((A, Not(B)))),
        ("医保 非 医疗", And((A, Not(B)))),
        ("非税收入", Term("非税收入")),
        ("或有负债", Term("或有负债")),
        ("-医保", Not(A)),
        ('医保 -"医疗"', And((A, Not(Phrase("医疗"))))),
        ("(医保 OR 医疗) 经费", And((Or((A, B)), C))),
        ("（医保 或 医疗）　经费", And((Or((A, B)), C))),
        ("经费 -(医保 OR 医疗)", And((C, Not(Or((A, B)))))),
        ("((医保))", A),
        # printed brackets
        ("医疗救助（中央）", Term("医疗救助（中央）")),
        ("（一）主要职能", Term("（一）主要职能")),
        ("因公出国（境）费", Term("因公出国（境）费")),
        # fields
        ("项目:离休", Field("project", "离休")),
        ("project:离休", Field("project", "离休")),
        ("PROJECT：离休", Field("project", "离休")),
        ("项目： 离休", Field("project", "离休")),
        ("项目:“长期 护理”", Field("project", "长期 护理")),
        ("单位:昌吉州医疗保障局", Field("agency", "昌吉州医疗保障局")),
        ("agency:医疗保障局 医保", And((Field("agency", "医疗保障局"), A))),
        ("地区:昌吉州", Field("region", "新疆维吾尔自治区/昌吉回族自治州")),
        ("region:某地", Field("region", "某地")),
        ("类型:决算", Field("kind", "决算")),
        ("kind:单位预算", Field("kind", "单位预算")),
        ("表:三公", Field("table", "三公")),
        ("table:8", Field("table", "8")),
        ("表7", Field("table", "表7")),
        ("表七", Field("table", "表七")),
        ("表七说明", Term("表七说明")),
        ("科目:210", Field("code", "210")),
        ("code:行政运行", Field("code", "行政运行")),
        ("项目:离休 -年度:2022", And((Field("project", "离休"), Not(YearRange(2022, 2022))))),
        ("類型:決算", Field("kind", "决算")),
        ("kind:budget", Field("kind", "预算")),
        ("地區:昌吉州", Field("region", "新疆维吾尔自治区/昌吉回族自治州")),
        ("項目:離休", Field("project", "離休")),
        ("项目:离休（一期）“双拥”经费", Field("project", "离休（一期）“双拥”经费")),
        ("表:一般公共预算“三公”经费", Field("table", "一般公共预算“三公”经费")),
        ("机构:财政局", Field("agency", "财政局")),
        (
            "单位:昌吉州医保局",
            Or((Field("agency", "昌吉州医保局"), Field("agency", "昌吉州医疗保障局"))),
        ),
        # document numbers
        ("新醫保發〔2023〕48號", OUR_NUMBER),
        ("文号:新医保发〔2023〕48号", OUR_NUMBER),
        ("doc_no:新医保发[2023]48号", OUR_NUMBER),
        ("文号：新医保发【2023】48号", OUR_NUMBER),
        ("文号:新医保", Field("doc_no", "新医保")),
        ("新医保发〔2023〕48号", OUR_NUMBER),
        ("新医保发（2023）48号", OUR_NUMBER),
        ("新医保发 (2023) 48 号", OUR_NUMBER),
        ("新医保发(2023)48号 医保", And((OUR_NUMBER, A))),
        # amounts
        ("金额:100万..500万", amounts(100 * WAN, 500 * WAN)),
        ("amount:100万..500万元", amounts(100 * WAN, 500 * WAN)),
        ("金额:100..500万", amounts(100 * WAN, 500 * WAN)),
        ("金额：１００万．．５００万", amounts(100 * WAN, 500 * WAN)),
        ("金额:100万～500万", amounts(100 * WAN, 500 * WAN)),
        ("金额:100万－500万", amounts(100 * WAN, 500 * WAN)),
        ("金额:100万 .. 500万", amounts(100 * WAN, 500 * WAN)),
        ("金额:100万至500万", amounts(100 * WAN, 500 * WAN)),
        ("金额:500万..100万", amounts(100 * WAN, 500 * WAN)),
        ("金额:..5万元", amounts(None, 5 * WAN)),
        ("金额:5万元..", amounts(5 * WAN, None)),
        ("金额>=120万元", amounts(120 * WAN, None)),
        ("金额 ≥ 120万元", amounts(120 * WAN, None)),
        ("金额：>=120万元", amounts(120 * WAN, None)),
        ("金额＞＝１２０万元", amounts(120 * WAN, None)),
        ("金额>120万元", amounts(120 * WAN + 1, None)),
        ("金额<=0.5亿", amounts(None, YI // 2)),
        ("金额<1亿", amounts(None, YI - 1)),
        ("金额=8500元", exactly(8500_00)),
        ("金额:10000元", exactly(10000_00)),
        ("金额:1.2亿", exactly(YI * 12 // 10)),
        ("金额:1，200.5万元", exactly(12_005 * WAN // 10)),
        ("金额:100", exactly(100 * WAN)),
        ("金额:-5万..5万", amounts(-5 * WAN, 5 * WAN)),
        ("金额:100万 医保", And((exactly(100 * WAN), A))),
        ("120万元", exactly(120 * WAN)),
        ("1.2亿元", exactly(YI * 12 // 10)),
        ("100万..500万", amounts(100 * WAN, 500 * WAN)),
        ("120万", Term("120万")),
        ("金額：１００萬～５００萬", amounts(100 * WAN, 500 * WAN)),
        ("金额:100万元以上", amounts(100 * WAN, None)),
        ("金额:不超过0.5亿", amounts(None, YI // 2)),
        ("金额:1.2百万", exactly(120 * WAN)),
        ("金额>=¥120万", amounts(120 * WAN, None)),
        ("超过100万 医保", And((amounts(100 * WAN + 1, None), A))),
        (">=120万", amounts(120 * WAN, None)),
        ("１２０萬元", exactly(120 * WAN)),
        ("以上", Term("以上")),
        ("不足", Term("不足")),
        # years
        ("年度:二〇二二..二〇二四", YearRange(2022, 2024)),
        ("年度:2022年以来", YearRange(2022, None)),
        ("二零二四年度", YearRange(2024, 2024)),
        ("2022年起", Or((Term("2022年起"), Term("二〇二二年起")))),
        ("年度:2022..2024", YearRange(2022, 2024)),
        ("年度:2022-2024", YearRange(2022, 2024)),
        ("年度：２０２４", YearRange(2024, 2024)),
        ("year>=2022", YearRange(2022, None)),
        ("年度<2022", YearRange(None, 2021)),
        ("年度:2024年", YearRange(2024, 2024)),
        ("年度:二〇二四年", YearRange(2024, 2024)),
        ("2024年", YearRange(2024, 2024)),
        ("2024年度", YearRange(2024, 2024)),
        ("二○二四年", YearRange(2024, 2024)),
        ("2024年 医保", And((YearRange(2024, 2024), A))),
        ("2024年部门预算", Or((Term("2024年部门预算"), Term("二〇二四年部门预算")))),
        (
            "二○二四年部门预算",
            Or(tuple(map(Term, ("二○二四年部门预算", "2024年部门预算", "二〇二四年部门预算")))),
        ),
    ],
)
def test_reading(text: str, expected: Query) -> None:
    assert parse(text).query == expected


@pytest.mark.parametrize(
    ("text", "expected", "message", "spot"),
    [
        ("金额:100", exactly(100 * WAN), "按万元计", "金额:100"),
        ("医保 金额:很多", And((A, Term("很多"))), "不是金额", "金额:很多"),
        ("年度:99", Term("99"), "不是年度", "年度:99"),
        ("年度:3024", Term("3024"), "不是年度", "年度:3024"),
        ("金额:", Term("金额"), "后面没有内容", "金额:"),
        ("OR 医保", A, "前面没有检索词", "OR"),
        ("医保 OR", A, "后面没有检索词", "OR"),
        ("医保 NOT", A, "后面没有检索词", "NOT"),
        ("(医保", A, "没有成对", "("),
        ("医保）", A, "没有成对", "）"),
        ("( 医保", A, "没有成对", "("),
        ("(科目:210", Field("code", "210"), "没有成对", "("),
        ("医保 类型:决算)", And((A, Field("kind", "决算"))), "没有成对", ")"),
        ("医保 -", A, "单独出现", "-"),
        ("医保 － 离休", And((A, Term("离休"))), "单独出现", "－"),
        ("NOT AND 医保", A, "后面没有检索词", "NOT"),
        ('""', Phrase('""'), "引号里没有文字", '""'),
        ("医保 ()", A, "括号里没有检索词", "()"),
        ("“三公", Term("“三公"), "引号没有成对", "“三公"),
        ("医\x00保", And((Term("医"), Term("保"))), "无法识别", "医\x00保"),
        ("*", Everything(), "全部", "*"),
    ],
)
def test_what_was_not_understood_is_told(
    text: str, expected: Query, message: str, spot: str
) -> None:
    parsed = parse(text)
    assert parsed.query == expected
    (notice,) = parsed.notices
    assert message in notice.message
    assert text[notice.start : notice.end] == spot


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("离休 经费", ["离休", "经费"]),
        ("“离休”", ["“离休”"]),
        ("新医保发[2023]48号", ["文号：新医保发〔2023〕48号"]),
        ("金额>120万元", ["金额：多于120万元"]),
        ("金额<1亿", ["金额：少于1亿元"]),
        ("金额:100万..500万 2024年", ["金额：100万元至500万元", "年度：2024"]),
        ("年度:2022.. -地区:昌吉州", ["年度：2022年起", "不含 地区：昌吉回族自治州"]),
        ("医保 -(单位:A 单位:B)", ["医保", "不含 单位：A", "不含 单位：B"]),
    ],
)
def test_the_page_can_say_how_it_was_read(text: str, said: list[str]) -> None:
    assert [reading.said for reading in parse(text).readings] == said


def test_a_part_can_be_taken_out() -> None:
    parsed = parse("离休 -年度:2022 金额:100万..500万")
    assert [without(parsed, reading) for reading in parsed.readings] == [
        "-年度:2022 金额:100万..500万",
        "离休 金额:100万..500万",
        "离休 -年度:2022",
    ]


@pytest.mark.parametrize(
    "text",
    ["单位：万元", "120万元", "（一）", "表7", '"医保"', "-概况", "OR", "项目：离"],
)
def test_printed_text_that_looks_like_a_query_is_sought_as_it_stands_too(text: str) -> None:
    assert parse(text).literal == Phrase(text)


def test_a_literal_year_is_sought_in_either_numerals() -> None:
    for text in ("2021年", "二〇二一年"):
        literal = parse(text).literal
        assert isinstance(literal, Or)
        assert {Phrase("2021年"), Phrase("二〇二一年")} == set(literal.parts)


@pytest.mark.parametrize("text", ["医保", "医保 经费", "医保 -经费", "(", ""])
def test_plain_words_need_no_literal(text: str) -> None:
    assert parse(text).literal is None


def test_wanted_leaves_out_what_is_excluded() -> None:
    assert list(wanted(parse("(医保 OR 医疗) -经费").query)) == [A, B]


HOSTILE = {
    "long": "医" * 20_000,
    "ORs": " OR ".join(f"词{number}" for number in range(501)),
    "brackets": "(" * 1000 + "医保" + ")" * 1000,
    "open brackets": "(" * 10_000,
    "close brackets": ")" * 10_000,
    "nested": "".join(f"词{n} OR (词{n} (" for n in range(400)),
    "quotes": '"' * 9_999,
    "open quotes": "“" * 9_999,
    "minus": "-" * 9_999,
    "words": " ".join(f"词{number}" for number in range(2_500)),
    "NUL": "\x00" * 100,
    "surrogates": "\ud800医保\udfff",
    "digits": "金额:" + "9" * 9_000,
    "fields": "金额:" * 2_500,
    "numbers": "新医保发〔2023〕48号" * 600,
    "titles": "《关于" * 3_000,
    "commas": "1," * 5_000,
    "spaces": "项目" + " " * 9_000 + ":",
    "stars": "* " * 5_000,
    "bare star": "*",
    "Han years": "二〇二四年" * 2_000,
    "minus brackets": "-(" * 5_000,
    "abbreviations": "医保" * 5_000,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_text_is_read_soon_and_without_error(name: str) -> None:
    start = time.process_time()
    parsed = parse(HOSTILE[name])
    assert time.process_time() - start < 5
    json.dumps([reading.said for reading in parsed.readings]).encode()
    for notice in parsed.notices:
        assert 0 <= notice.start <= notice.end <= len(HOSTILE[name])
    for reading in parsed.readings[:3]:
        assert len(without(parsed, reading)) <= len(HOSTILE[name])


def test_of_five_hundred_alternatives_the_first_are_read() -> None:
    query = parse(HOSTILE["ORs"]).query
    assert isinstance(query, Or)
    assert len(query.parts) == MOST_PARTS


def test_what_was_not_read_is_in_no_link() -> None:
    parsed = parse(" ".join(f"词{number}" for number in range(3 * MOST_PARTS)))
    left = without(parsed, parsed.readings[0]).split(" ")
    assert left == [f"词{number}" for number in range(1, MOST_PARTS)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("医疗 120万元", And((B, Term("120万元")))),
        ("“医疗” 2023年", And((Phrase("医疗"), Term("2023年")))),
        ("医疗 新医保发[2023]48号", And((B, Term("新医保发[2023]48号")))),
        ("120万元", None),  # its literal says so already
        ("医疗 金额:120万元", None),
        ("医疗 -120万元", None),
        ("医疗 OR 120万元", None),
    ],
)
def test_words_as_they_may_be_printed(text: str, expected: Query | None) -> None:
    assert as_printed(parse(text)) == expected


@pytest.mark.parametrize("name", ["long", "nested", "words", "ORs"])
def test_limits_are_told(name: str) -> None:
    assert parse(HOSTILE[name]).notices


PIECES = st.sampled_from(
    ["医保", "(", ")", "（", "）", '"', "“", "”", " ", "-", "OR", "NOT", "或", "非", ":", "金额",
     "年度:", "2024", "年", "万元", "..", ">=", "〔2023〕", "48号", "新医保发", "*", "\ud800", "表"]
)  # fmt: skip


@given(st.one_of(st.text(), st.lists(PIECES, max_size=30).map("".join)))
def test_no_text_is_an_error(text: str) -> None:
    parsed = parse(text)
    for part in (*parsed.notices, *parsed.readings):
        assert 0 <= part.start <= part.end <= len(text)
    assert parse(text) == parsed


@given(st.text(alphabet='医保 “”"-()（）:：或非OR12年万元表项目单位', max_size=12))
def test_whatever_is_typed_can_match_itself(text: str) -> None:
    """A line that holds the text as it stands is a match of the query or of its literal,
    unless the text asks to leave something out."""
    from archive.engine import Entry
    from archive.engine.memory import MemoryEngine

    engine = MemoryEngine()
    line = f"前{text}后".replace("\n", "")
    engine.add([Entry("a" * 12, "题", "", "", line, (), None, None, None, "其他")])
    parsed = parse(text)
    assume(parsed.literal or "Not(" not in repr(parsed.query))
    if parsed.literal:
        assert engine.matching(parsed.literal)
    else:
        assert engine.matching(parsed.query)
