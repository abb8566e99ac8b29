"""Search over a small archive: what is found, where it leads, what is said."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest

from archive.archive import Archive, EngineSeat
from archive.engine import Candidates, Count
from archive.engine.memory import MemoryEngine
from archive.engine.whoosh_engine import WhooshEngine
from archive.model import (
    Cell,
    Citation,
    Column,
    Disclosure,
    Document,
    Kind,
    Project,
    Row,
    Section,
    Table,
    Target,
)
from archive.query import parse
from archive.query.tree import AmountRange, And, Or
from archive.search import Hit, HitPlace, ResultPage, search
from archive.search.answer import answer
from archive.search.as_json import page_json
from archive.search.row_filter import RowFilter

WAN = 10_000_00
CARE = "长期护理保险工作经费"
VETERANS = "离休人员医疗费"
OURS = "新医保发〔2023〕48号"
AGENCY = "昌吉州医疗保障局"


def document(number: int, agency: str, region: str, year: int, kind: Kind = "部门预算") -> Document:
    identifier = f"{number:012x}"
    return Document(
        id=identifier,
        title=f"{agency}{year}年{kind}",
        agency=agency,
        region=region,
        fiscal_year=year,
        kind=kind,
        published_on=None,
        sha256=identifier + "0" * 52,
        media_type="text/plain",
        source_name=f"{number}.txt",
    )


def row(
    identifier: str,
    label: str,
    wan: str,
    *,
    code: str | None = None,
    project: str | None = None,
    certain: bool = True,
) -> Row:
    fen = int(float(wan) * 100) * 100_00
    cell = Cell(2, wan, fen, certain=certain, doubt=None if certain else "列不确定")
    return Row(identifier, 0, code, label, (cell,), project=project)


def table(number: int | None, title: str, *rows: Row, identifier: str | None = None) -> Table:
    columns = (Column(("科目",), "code"), Column(("名称",), "label"), Column(("合计",)))
    name = identifier or f"表{number}"
    return Table(name, number, title, title, "万元", columns, rows)


def project(name: str, wan: int | None, *citations: str) -> Project:
    fen = None if wan is None else wan * WAN
    return Project(name, name, fen, None, None, None, None, None, citations, section=f"s-{name}")


CHANGJI = Disclosure(
    document=document(1, AGENCY, "新疆维吾尔自治区/昌吉回族自治州", 2022),
    sections=(
        Section("1", 2, "一、主要职能", "拟订长期护理保险、离休人员医疗保障政策。"),
        Section("2", 2, "八、“三公”经费预算情况说明", "2022年“三公”经费预算数为4.9万元。"),
        Section(f"s-{CARE}", 3, f"项目名称：{CARE}", "资金规模：10万元。\n专家费1.5万元。"),
    ),
    tables=(
        table(2, "部门收入总体情况表", row("2101506", "医疗保障经办事务", "49.84", code="2101506")),
        table(
            7,
            "一般公共预算项目支出情况表",
            row("a", "其他医疗保障管理事务支出", "10.00", code="2101599", project=CARE),
            row("b", "其他医疗保障管理事务支出", "500.00", code="2101599", project=VETERANS),
        ),
        table(8, "一般公共预算“三公”经费支出情况表", row("合计", "合计", "4.90")),
        table(None, "项目支出绩效目标表", row("x", f"{CARE}发放率", "0"), identifier="绩效"),
    ),
    projects=(project(CARE, 10), project(VETERANS, 500, "新医保办〔2019〕53号")),
    citations=(
        Citation("新医保办〔2019〕53号", "新医保办〔2019〕53号", None, Target("project", VETERANS)),
    ),
)  # fmt: skip
BAZHOU = Disclosure(
    document=document(2, "巴州医疗保障局", "新疆维吾尔自治区/巴音郭楞蒙古自治州", 2024),
    sections=(
        Section("1", 2, "一、主要职能", "拟订离休人员医疗保障政策。\n单位：千元"),
        Section(
            "s-全民参保",
            3,
            "项目名称：全民参保",
            f"依据《通知》（{OURS}）。2022年起实施，另付7.77万元。",
        ),
    ),
    tables=(
        table(
            5,
            "一般公共预算支出情况表",
            row("2101506", "医疗保障经办事务", "13.76", code="2101506"),
            row("205", "教育支出", "2.5", code="205", certain=False),
        ),
    ),
    projects=(project("全民参保", 52, OURS),),
    citations=(Citation(OURS, OURS, "通知", Target("section", "s-全民参保")),),
)  # fmt: skip
PUTUO = Disclosure(
    document=document(3, "上海市普陀区商务委员会", "上海市/普陀区", 2024, "部门决算"),
    sections=(Section("1", 1, "决算说明", "离休人员2人。另见新医保〔2023〕50号。"),),
    tables=(table(7, "财政拨款收支表", row("1", "行政运行", "300.00", code="2011301")),),
    citations=(
        Citation("新医保〔2023〕50号", "新医保〔2023〕50号", None, Target("section", "1")),
        Citation("新医保发〔2023〕50号", "新医保发〔2023〕50号", None, Target("row", "表7", "1")),
    ),
)
NEWER_PUTUO = Disclosure(
    document=document(4, "上海市普陀区商务委员会", "上海市/普陀区", 2024, "部门决算"),
    sections=(Section("1", 1, "决算说明", "离休人员2人，更正。"),),
)


@pytest.fixture(scope="module", params=["memory", "whoosh"])
def archive(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Archive]:
    memory = EngineSeat(lambda _: MemoryEngine(), lambda *_: None)
    seats = {"memory": memory, "whoosh": EngineSeat(WhooshEngine.open, WhooshEngine.rebuild)}
    with Archive.open(tmp_path_factory.mktemp("archive"), seats[request.param]) as opened:
        for disclosure in (CHANGJI, BAZHOU, PUTUO, NEWER_PUTUO):
            opened.store.put(disclosure, 1, 1)
        opened.catch_up()
        yield opened


def found(archive: Archive, text: str, limit: int = 10, offset: int = 0) -> ResultPage:
    return search(archive.store, archive.engine, text, limit=limit, offset=offset)


def as_json(archive: Archive, text: str) -> dict[str, Any]:
    """What programs are told."""
    told = answer(archive.store, archive.engine, text)
    record: dict[str, Any] = json.loads(json.dumps(page_json(told.page, told.rows)))
    return record


def first(archive: Archive, text: str) -> Hit:
    return found(archive, text).hits[0]


def numbers(page: ResultPage) -> list[int]:
    return [int(hit.document.id, 16) for hit in page.hits]


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


def place_of(place: HitPlace) -> tuple[str, str, int | None]:
    return place.kind, place.label, place.amount_fen


def test_a_project_name_leads_to_its_row_first(archive: Archive) -> None:
    hit = first(archive, CARE)
    label = f"表7 一般公共预算项目支出情况表：{CARE}"
    assert place_of(hit.places[0]) == ("row", label, 10 * WAN)
    assert hit.places[0].table == "表7"
    assert unquote(hit.places[0].url) == (
        "/d/昌吉州医疗保障局-2022-部门预算-000000000001/t/表7?row=a#a"
    )
    assert [place.kind for place in hit.places[1:3]] == ["project", "row"]


@pytest.mark.parametrize(
    ("text", "kind", "identifier", "fen"),
    [
        ("项目:离休", "row", "b", 500 * WAN),
        ("金额:100万..500万 离休", "row", "b", 500 * WAN),
        ("昌吉州医疗保障局 经办", "row", "2101506", 4984 * WAN // 100),
        ("科目:2101506 年度:2022", "row", "2101506", 4984 * WAN // 100),
        ("49.84", "row", "2101506", 4984 * WAN // 100),
        ("三公经费", "table", "表8", None),
        ("表:三公", "table", "表8", None),
        ("专家费", "section", f"s-{CARE}", None),
        ("主要职能 年度:2022", "section", "1", None),
        ("新医保办〔2019〕53号", "project", VETERANS, 500 * WAN),
    ],
)
def test_first_place(
    archive: Archive, text: str, kind: str, identifier: str, fen: int | None
) -> None:
    place = first(archive, text).places[0]
    assert (place.kind, place.id, place.amount_fen) == (kind, identifier, fen)
    assert place.near is None


def test_words_and_amount_in_one_row_come_first(archive: Archive) -> None:
    page = found(archive, "离休 金额:100万..500万")
    assert numbers(page) == [1, 3]
    assert {place.kind for place in page.hits[1].places} == {"section"}


@pytest.mark.parametrize("text", ["离休 金额:10万", "护理 金额:500万"])
def test_a_place_that_has_the_amount_alone_is_not_shown(archive: Archive, text: str) -> None:
    for hit in found(archive, text).hits:
        for place in hit.places:
            assert place.kind == "section" or text[:2] in place.label


def test_an_amount_in_a_named_disclosure_leads_to_its_rows(archive: Archive) -> None:
    (hit,) = found(archive, "昌吉州医疗保障局 金额:4.9万").hits
    assert place_of(hit.places[0]) == (
        "row",
        "表8 一般公共预算“三公”经费支出情况表：合计",
        49000_00,
    )


def test_a_doubtful_figure_is_found_but_not_preferred(archive: Archive) -> None:
    (hit,) = found(archive, "教育支出").hits
    assert hit.places[0].amount_fen == 25 * WAN // 10


def test_a_near_number_leads_to_the_project_that_cites_it(archive: Archive) -> None:
    page = found(archive, "新医保〔2023〕48号")
    assert numbers(page) == [2]
    place = page.hits[0].places[0]
    assert (place.kind, place.id, place.near) == ("project", "全民参保", OURS)
    (notice,) = page.notices
    assert "没有文件引用“新医保〔2023〕48号”" in notice.message
    assert OURS in notice.message


def test_exact_numbers_come_before_near_ones(archive: Archive) -> None:
    page = found(archive, "新医保〔2023〕50号")
    assert numbers(page) == [3]
    assert [(p.kind, p.near) for p in page.hits[0].places] == [
        ("section", None),
        ("row", "新医保发〔2023〕50号"),
    ]
    assert page.hits[0].places[1].label == "表7 财政拨款收支表：行政运行"
    assert not page.notices
    exact = found(archive, OURS)
    assert numbers(exact) == [2]
    assert exact.hits[0].places[0].near is None
    assert exact.hits[0].snippet.text.endswith("另付7.77万元。")


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


def test_places_are_few_and_each_once(archive: Archive) -> None:
    for text in ("医疗", "*", "保障", "2022年", "金额>=0元", "科目:2"):
        for hit in found(archive, text).hits:
            urls = [place.url for place in hit.places]
            assert len(urls) <= 5
            assert len(set(urls)) == len(urls)


@pytest.mark.real
def test_real_project_leads_to_its_row(real_disclosures: Path, tmp_path: Path) -> None:
    from indexer.extract import extract

    with Archive.open(tmp_path) as archive:
        for path in sorted(real_disclosures.glob("text/*.txt")):
            data = path.read_bytes()
            archive.store.put(extract(data, path.name), len(data), 1)
        archive.catch_up()
        hit = first(archive, CARE)
        assert (hit.document.agency, hit.document.fiscal_year) == (AGENCY, 2022)
        place = hit.places[0]
        assert (place.kind, place.table, place.amount_fen) == ("row", "表7", 10 * WAN)
        near = found(archive, "新医保〔2023〕48号")
        assert near.hits[0].document.fiscal_year == 2024
        assert near.hits[0].places[0].kind == "project"
        assert near.hits[0].places[0].near == OURS


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
