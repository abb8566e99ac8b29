"""Every page answers, escapes what it shows, and keeps its links."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import re
from dataclasses import replace
from pathlib import Path
from urllib.parse import quote

import openpyxl
import pytest
from flask.testing import FlaskClient

from app import create_app
from archive.addresses import document_path, row_path, table_path
from archive.archive import Archive
from archive.model import Disclosure, Document, Row, Table
from tests.web.made_up import disclosure


@pytest.mark.parametrize("path", ["/", "/documents", "/failures", "/about", "/search?q=医疗"])
def test_pages_answer_in_chinese_with_security_headers(client: FlaskClient, path: str) -> None:
    response = client.get(path)
    assert response.status_code == 200
    assert '<html lang="zh-CN">' in response.text
    assert "default-src 'none'" in response.headers["Content-Security-Policy"]
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert "<script>" not in response.text


def test_all_files_are_listed_those_of_no_known_region_too(tmp_path: Path) -> None:
    with Archive.open(tmp_path / "archive") as archive:
        for number, region in enumerate(("上海市/普陀区", None, "北京市")):
            made = disclosure("护理", f"第{number}局")
            archive.store.put(with_region(made, region), 1, 1)
        page = create_app(archive).test_client().get("/documents")
    assert page.status_code == 200
    headings = re.findall("<h2>(.*?)</h2>", page.text)
    assert headings == ["上海市 › 普陀区", "北京市", "地区不详"]


def with_region(made: Disclosure, region: str | None) -> Disclosure:
    """The same published by an agency of that region, as another file."""
    sha256 = hashlib.sha256(str(region).encode()).hexdigest()
    document = replace(made.document, id=sha256[:12], sha256=sha256, region=region)
    return replace(made, document=document)


def test_a_document_page_lists_tables_and_projects(client: FlaskClient, budget: Document) -> None:
    text = client.get(document_path(budget)).text
    assert "表7 一般公共预算项目支出情况表" in text
    assert "长期护理保险工作经费" in text


def test_a_permalink_marks_its_figure(
    client: FlaskClient, budget: Document, table7: Table, care: Row
) -> None:
    text = client.get(row_path(budget, table7.id, care.id, "项目支出合计").split("#")[0]).text
    assert 'class="amount target-cell' in text
    assert "100,000 元" in text
    assert "已变动" not in text


def test_a_link_whose_row_has_moved_shows_the_nearest(
    client: FlaskClient, budget: Document, table7: Table, care: Row
) -> None:
    old = care.id.replace("工作", "专项工作")
    text = client.get(row_path(budget, table7.id, old).split("#")[0]).text
    assert "链接所指的位置已变动" in text
    assert care.id in text
    gone = client.get(row_path(budget, table7.id, "xyz").split("#")[0]).text
    assert "已找不到" in gone


def test_an_old_readable_part_redirects(client: FlaskClient, budget: Document) -> None:
    response = client.get(f"/d/old-name-{budget.id}/t/{quote('表7')}?row=x")
    assert response.status_code == 308
    assert response.location.endswith(f"{table_path(budget, '表7')}?row=x")


@pytest.mark.parametrize(
    "path", ["/d/000000000000", "/d/nonsense", "/d/{slug}/t/量子计算机", "/nowhere"]
)
def test_what_is_not_there_is_told_in_chinese(
    client: FlaskClient, budget: Document, path: str
) -> None:
    response = client.get(path.format(slug=document_path(budget).removeprefix("/d/")))
    assert response.status_code == 404
    assert "没有" in response.text


def test_downloads_hold_the_figures_of_the_page(
    client: FlaskClient, budget: Document, table7: Table, care: Row
) -> None:
    base = f"{document_path(budget)}/download/{quote(table7.id)}"
    assert "长期护理保险工作经费,10.00" in client.get(f"{base}.csv").data.decode("utf-8-sig")
    record = json.loads(client.get(f"{base}.json").data)
    row = next(row for row in record["table"]["rows"] if row["id"] == care.id)
    assert 10_000_000 in [cell["fen"] for cell in row["cells"]]
    workbook = openpyxl.load_workbook(io.BytesIO(client.get(f"{base}.xlsx").data))
    values = [cell.value for row in workbook.worksheets[0].iter_rows() for cell in row]
    assert 10 in values


def test_the_original_is_given_back_unchanged(
    client: FlaskClient, sample_archive: Archive, budget: Document
) -> None:
    response = client.get(f"{document_path(budget)}/original")
    assert response.data == sample_archive.originals.read(budget.sha256)
    assert "attachment" in response.headers["Content-Disposition"]


@pytest.mark.parametrize(
    "query",
    ["<script>alert(1)</script>", '"><img src=x>', "医" * 5000, "(" * 500, "\u202e医疗", "a\x00b"],
)
def test_hostile_queries_are_harmless(client: FlaskClient, query: str) -> None:
    response = client.get("/search", query_string={"q": query})
    assert response.status_code == 200
    assert "<script>alert" not in response.text
    assert "<img src=x" not in response.text


def test_the_form_becomes_a_query(client: FlaskClient) -> None:
    response = client.get("/search?project=离休&min=400&max=600")
    assert response.status_code == 302
    assert "离休人员医疗费" in client.get(response.location).text


def test_search_as_json(client: FlaskClient) -> None:
    page = client.get("/search.json", query_string={"q": "长期护理保险工作经费"}).json
    assert page is not None
    assert page["total"] == 2
    assert page["hits"][0]["document"]["fiscal_year"] == 2024


def test_every_kind_of_result_has_its_address(client: FlaskClient) -> None:
    for tab in ("all", "documents", "rows", "projects", "policies"):
        for sort in ("relevance", "amount", "amount-asc", "year", "year-asc", "nonsense"):
            response = client.get("/search", query_string={"q": "医疗", "in": tab, "sort": sort})
            assert response.status_code == 200
            assert response.text.count('aria-current="page"') == 1
    assert client.get("/search?q=医疗&in=nonsense&page=99999999").status_code == 200


def test_rows_as_json_are_those_of_the_page_and_open_their_cells(client: FlaskClient) -> None:
    record = client.get("/search.json", query_string={"q": "护理 金额:10万", "limit": 2}).json
    assert record is not None
    assert record["rows"]["total"] > 2
    assert len(record["rows"]["items"]) == 2
    for item in record["rows"]["items"]:
        assert item["fen"] == 10_000_000
        assert "护理" in f"{item['label']}{item['project']}"
        if item["table"]:
            assert "target-cell" in client.get(item["url"].split("#")[0]).text
    page = client.get("/search", query_string={"q": "护理 金额:10万", "in": "rows"}).text
    assert f"找到 <strong>{record['rows']['total']}</strong> 个" in page


@pytest.mark.parametrize("tab", ["rows", "projects"])
def test_rows_are_exported_whole(client: FlaskClient, tab: str) -> None:
    asked = {"q": "医疗", "in": tab, "sort": "amount"}
    data = client.get("/search/rows.csv", query_string=asked)
    assert data.mimetype == "text/csv"
    head, *rows = csv.reader(io.StringIO(data.data.decode("utf-8-sig"), newline=""))
    fen = [int(row[head.index("金额（分）")]) for row in rows]
    assert len(fen) > 10
    assert fen == sorted(fen, reverse=True)
    with client.get("/search/rows.xlsx", query_string=asked) as response:
        workbook = openpyxl.load_workbook(io.BytesIO(response.data))
    _, *lines = workbook.worksheets[0].iter_rows(values_only=True)
    assert [line[head.index("金额（分）")] for line in lines] == fen
    assert "http://localhost/d/" in rows[0][head.index("链接")]
