"""One suite over both engines: what matches, how it is ranked, added, removed, counted."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from archive.engine import Candidates, Count, Engine
from archive.engine.memory import MemoryEngine
from archive.engine.whoosh_engine import WhooshEngine
from archive.query import (
    Among,
    AmountRange,
    And,
    Everything,
    Field,
    Not,
    Nothing,
    Or,
    Phrase,
    Query,
    Term,
    YearRange,
)
from tests.archive.engine.made import entry

CHANGJI = entry(
    "changji",
    title="昌吉州医疗保障局2022年部门预算",
    names="昌吉州医疗保障局\n长期护理保险工作经费\n离休人员医疗费",
    labels="一般公共预算项目支出情况表\n行政运行\n“三公”经费合计",
    body="资金分配情况：长期护理保险 工作经费10万元，其中\nDRG 付费改革（试点）\n1,365.79",
    citations=("新医保办〔2019〕53号",),
    agency="昌吉州医疗保障局",
    region="新疆维吾尔自治区/昌吉回族自治州",
    fiscal_year=2022,
)
BAZHOU = entry(
    "bazhou",
    title="巴音郭楞蒙古自治州医疗保障局2024年部门预算",
    names="医疗保障基金专项行动",
    labels="行政运行",
    body="依据新医保发〔2023〕48号，长期开展护理\n保险宣传",
    citations=("新医保发〔2023〕48号",),
    agency="巴音郭楞蒙古自治州医疗保障局",
    region="新疆维吾尔自治区/巴音郭楞蒙古自治州",
)
PUTUO = entry(
    "putuo",
    title="上海市普陀区商务委员会2024年部门决算",
    body="三公经费决算\n't Hooft\n行政运行",
    agency="上海市普陀区商务委员会",
    region="上海市/普陀区",
    kind="部门决算",
)
BLANK = entry("blank", title="", body="0000“01", fiscal_year=None, kind="其他")
ENTRIES = (CHANGJI, BAZHOU, PUTUO, BLANK)

Make = Callable[[], Engine]


@pytest.fixture(params=["memory", "whoosh"])
def make(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Make]:
    made: list[Engine] = []

    def opened() -> Engine:
        if request.param == "memory":
            made.append(MemoryEngine())
        else:
            made.append(WhooshEngine.open(tmp_path / f"index{len(made)}"))
        return made[-1]

    yield opened
    for engine in made:
        engine.close()


@pytest.fixture
def engine(make: Make) -> Engine:
    filled = make()
    filled.add(ENTRIES)
    return filled


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        (Term("长期护理保险"), {"changji"}),
        (Term("护理保险工"), {"changji"}),
        (Term("护理"), {"changji", "bazhou"}),
        (Term("护"), {"changji", "bazhou"}),
        (Term("保险工作"), {"changji"}),
        (Term("护理保险宣传"), set()),  # it would run over a line's end
        (Term("三公经费"), {"changji", "putuo"}),
        (Term("公经"), {"changji", "putuo"}),
        (Term("“三公”经费"), {"changji", "putuo"}),
        (Phrase("三公经费"), {"putuo"}),
        (Phrase("公经"), {"putuo"}),
        (Phrase("“三公”经费"), {"changji"}),
        (Phrase("三公"), {"changji", "putuo"}),
        (Term("ｄｒｇ付费"), {"changji"}),
        (Term("DRG　付费"), {"changji"}),
        (Term("(试点)"), {"changji"}),
        (Term("1,365.79"), {"changji"}),
        (Term("365.7"), {"changji"}),
        (Term("新医保发(2023)48号"), {"bazhou"}),
        (Term("thooft"), {"putuo"}),
        (Phrase("'t hooft"), {"putuo"}),
        (Term("没有的词"), set()),
        (Term("长" * 300), set()),
        (Term("\ud800"), set()),
        (Term("“”"), set()),
        (Term("00“01"), {"blank"}),
        (Phrase("0001"), set()),
        (Phrase(" "), set()),
        (And((Term("行政运行"), Term("护理"))), {"changji", "bazhou"}),
        (Or((Term("决算"), Term("基金"))), {"bazhou", "putuo"}),
        (And((Term("行政运行"), Not(Term("护理")))), {"putuo"}),
        (Not(Term("行政运行")), {"blank"}),
        (Everything(), {"changji", "bazhou", "putuo", "blank"}),
        (Nothing(), set()),
        (And((Everything(), Nothing())), set()),
        (Field("agency", "医疗保障局"), {"changji", "bazhou"}),
        (Field("region", "新疆维吾尔自治区/昌吉回族自治州"), {"changji"}),
        (Field("region", "新疆"), {"changji", "bazhou"}),
        (Field("kind", "决算"), {"putuo"}),
        (Field("doc_no", "新医保发〔2023〕48号"), {"bazhou"}),
        (Field("doc_no", "医保发〔2023〕48号"), set()),
        (YearRange(2022, 2022), {"changji"}),
        (YearRange(2023, None), {"bazhou", "putuo"}),
        (YearRange(None, 2023), {"changji"}),
        (Among(frozenset({"changji", "gone"})), {"changji"}),
        (And((Among(frozenset({"changji"})), Term("护理"))), {"changji"}),
    ],
)
def test_matching(engine: Engine, query: Query, expected: set[str]) -> None:
    assert engine.matching(query) == expected
    assert {scored.id for scored in engine.search(query, 10)} == expected


@pytest.mark.parametrize("query", [AmountRange(1, 2), Field("project", "x"), Field("code", "210")])
def test_conditions_on_facts_are_not_for_engines(engine: Engine, query: Query) -> None:
    with pytest.raises(ValueError, match="no engine answers"):
        engine.matching(query)


WORD = "长期护理"
RANKED = [
    entry("prose", body=f"本单位开展{WORD}工作。", fiscal_year=2024),
    entry("label", labels=f"{WORD}补助", fiscal_year=2024),
    entry("name", names=f"{WORD}工作经费", fiscal_year=2024),
    entry("title", title=f"{WORD}中心部门预算", fiscal_year=2024),
    entry("older", body=f"本单位开展{WORD}工作。", fiscal_year=2020),
    entry("replaced", names=f"{WORD}工作经费", fiscal_year=2024, superseded=True),
]


def test_ranking(make: Make) -> None:
    engine = make()
    engine.add(RANKED)
    order = [scored.id for scored in engine.search(Term(WORD), 10)]
    assert order[-3:] == ["prose", "older", "replaced"]
    assert set(order[:2]) == {"title", "name"}
    scores = [scored.score for scored in engine.search(Term(WORD), 10)]
    assert scores == sorted(scores, reverse=True)
    assert all(score > 0 for score in scores)


def test_words_together_are_better_than_apart(make: Make) -> None:
    engine = make()
    engine.add(
        [
            entry("apart", body="医疗救助很多，另有补助资金若干，资金到位"),
            entry("together", body="医疗救助补助资金一项，其余若干，均已到位"),
        ]
    )
    query = And((Term("医疗救助"), Term("补助资金")))
    assert [scored.id for scored in engine.search(query, 2)] == ["together", "apart"]


def test_conditions_alone_give_newest_first_and_equal_scores_by_id(make: Make) -> None:
    engine = make()
    engine.add(
        [entry(f"{year}{letter}", fiscal_year=year) for year in (2021, 2023) for letter in "ba"]
    )
    pages = [engine.search(Everything(), 2, offset) for offset in (0, 2, 4)]
    assert [[scored.id for scored in page] for page in pages] == [
        ["2023a", "2023b"],
        ["2021a", "2021b"],
        [],
    ]


def test_adding_replaces_and_removing_forgets(engine: Engine) -> None:
    engine.add([replace(CHANGJI, names="", body="新的内容", labels="")])
    assert engine.matching(Term("长期护理")) == frozenset()
    assert engine.matching(Term("新的内容")) == {"changji"}
    engine.remove(["changji", "unknown"])
    engine.remove([])
    engine.add([])
    assert engine.matching(Term("新的内容")) == frozenset()
    assert engine.ids() == {"bazhou", "putuo", "blank"}


def test_the_last_of_equal_ids_stays(make: Make) -> None:
    engine = make()
    engine.add([entry("a", body="旧版"), entry("a", body="新版")])
    assert engine.ids() == {"a"}
    assert engine.matching(Term("新版")) == {"a"}
    assert engine.matching(Term("旧版")) == frozenset()


def test_an_empty_engine_answers(make: Make) -> None:
    engine = make()
    assert engine.search(Term("医保"), 10) == []
    assert engine.matching(Everything()) == frozenset()
    assert engine.ids() == frozenset()


def test_what_only_looks_alike_is_never_shown(monkeypatch: pytest.MonkeyPatch, make: Make) -> None:
    """All have each bigram of the phrase, one in three has it whole."""
    monkeypatch.setattr("archive.engine.judged.MOST_LOOKED_INTO", 10)
    monkeypatch.setattr("archive.engine.judged.SAMPLE", 9)
    whole, apart = "纳入部门预算", "纳入部。入部门、部门预，门预算"
    held = [entry(f"{n:02}", body=whole if n % 3 == 0 else apart) for n in range(60)]
    engine = make()
    engine.add(held)
    expected = {one.id for one in held if one.body == whole}
    query = Phrase(whole)
    pages = [engine.search(query, 3, offset) for offset in range(0, 24, 3)]
    assert {scored.id for page in pages for scored in page} == expected
    assert [len(page) for page in pages] == [3] * 6 + [2, 0]
    assert engine.candidates(query) == Candidates(frozenset(expected), Count(20))


def test_an_estimate_is_near_and_covers_all_matches(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr("archive.engine.judged.MOST_LOOKED_INTO", 50)
    monkeypatch.setattr("archive.engine.judged.SAMPLE", 40)
    whole, apart = "纳入部门预算", "纳入部。入部门、部门预，门预算"
    held = [entry(f"{n:03}", body=apart if n % 4 == 0 else whole) for n in range(200)]
    engine, plain = WhooshEngine.open(tmp_path), MemoryEngine()
    for each in (engine, plain):
        each.add(held)
    query = And((Phrase(whole), Not(Term("没有的词"))))
    guessed, counted = engine.candidates(query), plain.candidates(query)
    assert not guessed.count.is_exact
    assert counted.count == Count(150)
    assert 100 <= guessed.count.value <= 200
    assert guessed.ids > counted.ids
    engine.close()


@pytest.mark.parametrize(
    ("value", "expected"), [(9_950.4, 10_000), (1_249, 1_200), (37, 37), (5.2, 5), (0, 0)]
)
def test_estimates_have_two_digits(value: float, expected: int) -> None:
    assert Count.about(value) == Count(expected, is_exact=False)
