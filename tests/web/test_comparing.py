"""Comparison over the samples: chosen by links, shown by row, downloaded."""

from __future__ import annotations

import csv
import io
import re
from html import unescape

import openpyxl
import pytest
from flask.testing import FlaskClient

from archive.addresses import document_path
from archive.archive import Archive
from archive.model import Document


@pytest.fixture
def years(sample_archive: Archive) -> list[Document]:
    """The two years of one agency, older first."""
    found = [d for d in sample_archive.store.documents() if d.agency == "昌吉市示例医疗保障局"]
    return sorted(found, key=lambda document: document.fiscal_year or 0)


def test_links_lead_from_a_disclosure_to_a_comparison(
    client: FlaskClient, years: list[Document]
) -> None:
    html = client.get(f"/compare?d={years[0].id}").get_data(as_text=True)
    offered = [unescape(link) for link in re.findall(r'<li><a href="(/compare\?[^"]+)">', html)]
    assert years[1].id in offered[0], "the same agency's other year comes first"
    compared = client.get(offered[0]).get_data(as_text=True)
    assert "增减额" in compared
    assert compared.count("<tr") > 10


def test_another_year_of_the_agency_is_one_click_away(
    client: FlaskClient, years: list[Document]
) -> None:
    older, newer = years
    for shown, other in ((older, newer), (newer, older)):
        html = client.get(document_path(shown)).get_data(as_text=True)
        link = re.search(rf'href="([^"]+)">与{other.fiscal_year}年比较<', html)
        assert link is not None
        assert unescape(link[1]) == f"/compare?d={older.id}&d={newer.id}"


def test_an_added_year_stands_in_its_place(client: FlaskClient, years: list[Document]) -> None:
    html = client.get(f"/compare?d={years[1].id}").get_data(as_text=True)
    assert f'href="/compare?d={years[0].id}&amp;d={years[1].id}"' in html


def test_what_is_shown_can_be_downloaded(client: FlaskClient, years: list[Document]) -> None:
    query = f"d={years[0].id}&d={years[1].id}&form=部门支出总体情况表&unit=元"
    html = client.get(f"/compare?{query}").get_data(as_text=True)
    text = client.get(f"/compare.csv?{query}").get_data().decode("utf-8-sig")
    lines = list(csv.reader(io.StringIO(text)))
    assert lines[0][3].startswith("昌吉市示例医疗保障局 2023")
    total = next(line for line in lines if "合计" in line[2].replace(" ", ""))
    before, after, difference = (int(total[n].replace(",", "")) for n in (3, 4, 5))
    assert after - before == difference
    assert total[3] in html
    book = openpyxl.load_workbook(
        io.BytesIO(client.get(f"/compare.xlsx?{query}").data), read_only=True
    )
    rows = [[str(cell or "") for cell in row] for row in book.active.iter_rows(values_only=True)]  # type: ignore[union-attr]
    assert rows == [line + [""] * (len(rows[0]) - len(line)) for line in lines]


@pytest.mark.parametrize(
    ("query", "status", "said"),
    [
        ("", 200, "选择两份或更多文件"),
        ("d=000000000000", 404, "不在档案里"),
        ("d=nonsense", 404, "不在档案里"),
        ("find=<script>", 200, "没有找到这样的文件"),
        ("find=普陀", 200, "普陀"),
    ],
)
def test_the_choice_page(client: FlaskClient, query: str, status: int, said: str) -> None:
    answer = client.get(f"/compare?{query}")
    assert answer.status_code == status
    assert said in answer.get_data(as_text=True)
    assert "<script>" not in answer.get_data(as_text=True)


def test_too_many_and_unknown_forms(
    client: FlaskClient, sample_archive: Archive, years: list[Document]
) -> None:
    two = f"d={years[0].id}&d={years[1].id}"
    answer = client.get(f"/compare?{two}&form=没有这张表")
    assert "没有可以比较的表" in answer.get_data(as_text=True)
    assert client.get(f"/compare.csv?{two}&form=没有这张表").status_code == 404
    assert client.get(f"/compare.csv?d={years[0].id}").status_code == 404
