"""Pages of agencies and functional items over the samples."""

from __future__ import annotations

import csv
import io
import re
from html import unescape
from pathlib import Path
from urllib.parse import quote
from xml.etree import ElementTree

import pytest
from flask.testing import FlaskClient

from app import create_app
from archive.archive import Archive
from archive.model import Disclosure, Document

AGENCY = "昌吉市示例医疗保障局"
PAGE = f"/agencies/{quote(AGENCY)}"


def text(client: FlaskClient, path: str) -> str:
    response = client.get(path)
    assert response.status_code == 200, path
    return response.get_data(as_text=True)


def test_home_tells_what_there_is(client: FlaskClient) -> None:
    html = text(client, "/")
    rows = re.findall(r'<th scope="row">.*?</tr>', html, re.DOTALL)
    numbers = [re.sub(r"<[^>]+>|\s+", " ", row).split() for row in rows]
    assert numbers == [
        ["上海市", "2", "–", "1", "1"],
        ["新疆维吾尔自治区", "4", "2", "2", "–"],
    ]
    for path in ("/agencies", "/functional", "/policies", "/findings", "/compare", "/documents"):
        assert f'href="{path}"' in html


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", 3),
        ("?q=医疗", 2),
        ("?q=医疗 库尔勒", 1),
        ("?q=上海", 1),
        ("?region=上海市", 1),
        ("?region=上海市&q=医疗", 0),
        ("?page=99", 3),
    ],
)
def test_agencies_are_found_by_name_and_region(
    client: FlaskClient, query: str, expected: int
) -> None:
    html = text(client, f"/agencies{query}")
    assert html.count('<li><a href="/agencies/') == expected
    assert ("没有名称或地区含" in html) == (expected == 0)


def test_every_key_figure_leads_to_its_cell(client: FlaskClient) -> None:
    html = text(client, PAGE)
    table = html[html.index('id="figures"') : html.index('<figure class="chart"')]
    assert re.findall(r"(\d{4})年<br>部门预算", table) == ["2023", "2024"]
    cells = re.findall(r'<a class="money" href="([^"]+)" title="原文：([\d.,]+) ', table)
    assert len(cells) == 20
    for path, printed in cells:
        page = text(client, unescape(path))
        located = page[page.index('class="located"') :]
        assert f'<strong class="figure">{printed}</strong>' in located, path
        assert "链接所指的" not in page


def test_units_and_what_is_compared(client: FlaskClient) -> None:
    assert "1,004.34" in text(client, PAGE)
    assert "10,043,400" in text(client, f"{PAGE}?unit=元")
    compared = re.search(r'href="(/compare\?[^"]+)">比较各年部门预算', text(client, PAGE))
    assert compared is not None
    html = text(client, unescape(compared[1]))
    assert html.index("2023 部门预算") < html.index("2024 部门预算")


def test_another_spelling_leads_to_the_page(client: FlaskClient) -> None:
    response = client.get("/agencies/昌吉市示例医疗保障局（本级）?unit=元")
    assert response.status_code == 308
    assert unescape(response.headers["Location"]).endswith(f"{PAGE}?unit=%E5%85%83")
    assert client.get("/agencies/没有这个局").status_code == 404
    assert client.get(f"/agencies/{'局' * 3000}").status_code == 404


@pytest.mark.parametrize("name", ["totals", "split", "three"])
def test_charts_are_files_too(client: FlaskClient, name: str) -> None:
    html = text(client, PAGE)
    assert f'id="chart-{name}"' in html
    response = client.get(f"{PAGE}/charts/{name}.svg")
    assert response.mimetype == "image/svg+xml"
    drawn = ElementTree.fromstring(response.get_data())
    words = [element.text for element in drawn.iter() if element.tag.endswith("}text")]
    assert "2023年 部门预算" in words
    assert not [element for element in drawn.iter() if "style" in element.attrib]
    data = client.get(f"{PAGE}/charts/{name}.csv").get_data().decode("utf-8-sig")
    lines = list(csv.DictReader(io.StringIO(data)))
    assert {line[""] for line in lines} == {"2023年 部门预算", "2024年 部门预算"}
    assert client.get(lines[0]["链接"]).status_code == 200
    assert client.get(f"{PAGE}/charts/none.svg").status_code == 404


def test_classes_lead_to_items_and_items_to_cells(client: FlaskClient) -> None:
    index = text(client, "/functional")
    assert 'href="/functional/210">210 卫生健康支出' in index
    html = text(client, "/functional/210?year=2024&kind=部门预算")
    assert "<h1>卫生健康支出</h1>" in html
    assert 'href="/functional/21015?' in html
    link = re.search(r'<a class="money" href="([^"]+)" title="原文：941.00', html)
    assert link is not None
    cell = text(client, unescape(link[1]))
    assert '<strong class="figure">941.00</strong>' in cell
    assert 'href="/functional/210">科目 210 卫生健康支出' in cell
    deeper = text(client, "/functional/2101501")
    for code in ("210", "21015"):
        assert re.search(rf'<li><a href="/functional/{code}">{code} ', deeper), "breadcrumb"


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/functional/210?year=1999&kind=x&page=0", 200),
        ("/functional/210?page=999", 200),
        ("/functional/999", 404),
        ("/functional/301", 404),
        ("/functional/２１０", 404),
        ("/functional/210/charts/agencies.svg", 200),
        ("/functional/210/charts/agencies.csv", 200),
        ("/functional?kind=x&unit=x", 200),
    ],
)
def test_odd_addresses(client: FlaskClient, path: str, status: int) -> None:
    assert client.get(path).status_code == status


def test_a_disclosure_leads_to_its_agency(client: FlaskClient) -> None:
    html = text(client, PAGE)
    document = re.search(r'<li><a href="(/d/[^"]+)">', html)
    assert document is not None
    assert f'<a href="{PAGE}">{AGENCY}</a>' in text(client, unescape(document[1]))


@pytest.mark.parametrize(
    "name", ["甲/乙局?x#y", "<script>alert(1)</script>局", "局" * 300, "a b\"'&局", "%2F局"]
)
def test_odd_names_have_pages_too(tmp_path: Path, name: str) -> None:
    document = Document(
        "0" * 12, name, name, None, 2024, "部门预算", None, "0" * 64, "text/plain", "a.txt"
    )
    with Archive.open(tmp_path / "archive") as archive:
        archive.store.put(Disclosure(document), 1, 1)
        site = create_app(archive).test_client()
        index = text(site, "/agencies")
        link = re.search(r'<li><a href="(/agencies/[^"]+)">', index)
        assert link is not None
        html = text(site, unescape(link[1]))
        assert "<script>alert" not in html
        title = re.search(r"<h1>(.*?)</h1>", html)
        assert title is not None
        assert unescape(title[1]) == name
