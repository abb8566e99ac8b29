"""Search over a small archive: what is found, where it leads, what is said."""

from __future__ import annotations

from urllib.parse import unquote

import pytest

from archive.archive import Archive
from archive.engine import Candidates, Count
from archive.query import parse
from archive.query.tree import AmountRange, And, Or
from archive.search.answer import answer
from archive.search.row_filter import RowFilter
from tests.archive.search.made import AGENCY, CARE, WAN, as_json, first, found, numbers


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("长期护理", [1]),
        ("三公经费", [1]),
        ("“三公”经费", [1]),
        ("离休", [1, 2, 4, 3]),
        ("离休 -政策", [4, 3]),
        ("离休 OR 全民参保", [1, 2, 4, 3]),
        ("单位:昌吉州医疗保障局", [1]),
        ("地区:新疆", [2, 1]),
        ("地区:昌吉州", [1]),
        ("地区:普陀区", [4, 3]),
        ("类型:决算", [4, 3]),
        ("类型:预算 年度:2024", [2]),
        ("年度:2022", [1]),
        ("年度:2023..", [2, 4, 3]),
        ("2024年 离休", [2, 4, 3]),
        ("项目:护理", [1]),
        ("项目:全民", [2]),
        ("项目:主要", []),
        ("表:三公", [1]),
        ("表:三公经费", [1]),
        ("表:7", [1, 3]),
        ("表7 地区:上海", [3]),
        ("表七", [1, 3]),
        ("表:五", [2]),
        ("表:0", []),
        ("表:没有的", []),
        ("科目:21015", [2, 1]),
        ("科目:210", [2, 1]),
        ("科目:20113", [3]),
        ("科目:经办", [2, 1]),
        ("科目:护理", []),
        ("金额:100万..500万", [3, 1]),
        ("金额:500万", [1]),
        ("500万元", [1]),
        ("金额>500万元", []),
        ("金额<=2.5万元", [2, 1]),
        ("文号:新医保办", [1]),
        ("新医保办(2019)53号", [1]),
        ("-离休", []),
        ("OR", []),
        ("“２０２２年起实施，另付７．７７万元”", [2]),
        ("“离休人员２人”", [4, 3]),
        ("“教育支出2.5”", []),  # two cells
        ("“经办事务13.76”", []),
        ("“人员2人，更正。离休”", []),  # two paragraphs
    ],
)  # fmt: skip
def test_found(archive: Archive, text: str, expected: list[int]) -> None:
    page = found(archive, text)
    assert sorted(numbers(page)) == sorted(expected)
    assert page.total == len(expected)
    if 3 in expected and 4 in expected:
        assert numbers(page)[-1] == 3  # superseded


def test_an_amount_that_is_only_in_the_text_is_found_there(archive: Archive) -> None:
    page = found(archive, "全民参保 7.77万元")
    assert numbers(page) == [2]
    assert "印有这些文字" in page.notices[-1].message
    assert numbers(found(archive, "全民参保 金额:7.77万元")) == []


@pytest.mark.parametrize(
    ("text", "expected"), [("单位：千元", [2]), ("2022年起", [2]), ("2022年", [1, 2])]
)
def test_printed_text_that_looks_like_a_query_is_found_after_it(
    archive: Archive, text: str, expected: list[int]
) -> None:
    assert numbers(found(archive, text)) == expected


@pytest.mark.parametrize(
    ("text", "expected", "said"),
    [
        ("离休人员的保障政策", [1, 2], "包含其中的词语"),
        ("巴音郭楞在全民参保上花了多少", [2], "包含其中的部分词语"),
    ],
)
def test_where_nothing_matches_words_are_taken_apart(
    archive: Archive, text: str, expected: list[int], said: str
) -> None:
    page = found(archive, text)
    assert set(expected) <= set(numbers(page))
    assert numbers(page)[0] in expected
    assert said in page.notices[0].message


def test_a_phrase_is_never_taken_apart(archive: Archive) -> None:
    page = found(archive, '"离休人员的保障政策"')
    assert (page.total, page.hits) == (0, ())


def test_snippets_mark_what_was_found(archive: Archive) -> None:
    snippet = first(archive, "昌吉州医疗保障局 三公经费").snippet
    assert snippet.text == "2022年“三公”经费预算数为4.9万元。"
    assert [snippet.text[a:b] for a, b in snippet.spans] == ["三公”经费"]


@pytest.mark.parametrize(
    ("text", "line", "place"),
    [
        ("专家费", "专家费1.5万元。", f"/s/s-{CARE}#s-{CARE}"),
        (
            "经办 年度:2022",
            "表2 部门收入总体情况表：医疗保障经办事务",
            "/t/表2?row=2101506#2101506",
        ),
        ("4.90", "表8 一般公共预算“三公”经费支出情况表：合计", "/t/表8?row=合计#合计"),
        ("科目 年度:2022", "科目", "/t/表2"),
    ],
)
def test_a_snippet_opens_its_place(archive: Archive, text: str, line: str, place: str) -> None:
    hit = first(archive, text)
    assert (hit.snippet.text, unquote(hit.snippet_url)) == (
        line,
        f"/d/昌吉州医疗保障局-2022-部门预算-000000000001{place}",
    )


def test_pages(archive: Archive) -> None:
    every = numbers(found(archive, "*"))
    assert len(every) == 4
    pages = [found(archive, "*", limit=3, offset=offset) for offset in (0, 3, 6)]
    assert [numbers(page) for page in pages] == [every[:3], every[3:], []]
    assert {page.total for page in pages} == {4}
    tiers = [numbers(found(archive, "2022年", limit=1, offset=offset)) for offset in (0, 1, 2)]
    assert tiers == [[1], [2], []]
    assert found(archive, "*", limit=0).total == 4
    assert found(archive, "*", limit=-1, offset=-1).hits == ()


def test_json_is_the_contract(archive: Archive) -> None:
    page = as_json(archive, f"{CARE} 金额:10")
    assert page["total"] == 1
    assert page["notices"] == [
        {"message": "“金额:10”：没有写单位，按万元计", "start": 11, "end": 16}
    ]
    assert [reading["said"] for reading in page["readings"]] == [CARE, "金额：10万元"]
    (hit,) = page["hits"]
    assert hit["document"] == {
        "id": "000000000001",
        "title": "昌吉州医疗保障局2022年部门预算",
        "agency": AGENCY,
        "region": "新疆维吾尔自治区/昌吉回族自治州",
        "fiscal_year": 2022,
        "kind": "部门预算",
    }
    assert hit["score"] > 0
    assert hit["places"][0] == {
        "kind": "row",
        "id": "a",
        "label": f"表7 一般公共预算项目支出情况表：{CARE}",
        "amount_fen": 10 * WAN,
        "url": hit["places"][0]["url"],
        "near": None,
        "table": "表7",
    }


HOSTILE = (
    "\x00",
    "\ud800医保",
    "医" * 10_000,
    "(" * 1000 + ")" * 1000,
    " OR ".join(f"词{number}" for number in range(501)),
    "金额:-..",
    "'; DROP TABLE documents; --",
    "%",
    "_",
    "🀄",
    "表:\ud800",
    "项目:'",
    "科目:*",
    '文号:""',
    "金额>=4611686018427387904元",
    "科目:" + "9" * 400,
    "表:" + "9" * 400,
)


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_answered(archive: Archive, text: str) -> None:
    page = found(archive, text)
    assert page.total >= len(page.hits)
    rows = as_json(archive, text)["rows"]
    assert rows["total"] >= len(rows["items"])


def test_an_estimated_total_is_said_to_be_one(
    archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert as_json(archive, "医疗保障")["total_is_exact"] is True
    exact = found(archive, "医疗保障")
    guess = Candidates(exact.ids, Count.about(2 * len(exact.ids)))
    monkeypatch.setattr(type(archive.engine), "candidates", lambda *_: guess)
    told = answer(archive.store, archive.engine, "医疗保障")
    assert not told.page.total_is_exact
    assert told.page.hits == exact.hits
    values = [value for facet in told.facets("documents") for value in facet.values]
    assert values
    assert not any(value.is_exact for value in values)


def test_a_word_with_a_year_and_an_amount_in_one_row(archive: Archive) -> None:
    """A year is one spelling in either numerals, so the word stands for two."""
    assert isinstance(parse("2024年行政运行").query, Or)
    both = And((parse("2024年行政运行").query, AmountRange(0, None)))
    rows = RowFilter(archive.store.columns(), lambda _: frozenset())
    assert rows.documents(both) <= found(archive, "金额>=0元").ids


def test_policies_of_either_alternative(archive: Archive) -> None:
    numbers = ["新医保发〔2023〕48号", "新医保办〔2019〕53号"]
    each = [answer(archive.store, archive.engine, n).policies(10).policies for n in numbers]
    together = answer(archive.store, archive.engine, " OR ".join(numbers))
    expected = {policy.normal for found in each for policy in found}
    assert expected
    assert {policy.normal for policy in together.policies(10).policies} == expected
    assert together.totals["policies"] == len(expected)
