"""Which places of a disclosure a hit leads to, the best first."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import unquote

import pytest

from archive.archive import Archive
from archive.search import HitPlace
from tests.archive.search.made import AGENCY, CARE, OURS, VETERANS, WAN, first, found, numbers


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
