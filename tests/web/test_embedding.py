"""Citing and embedding: references, frames for other sites, oEmbed."""

from __future__ import annotations

import re
from html import unescape
from urllib.parse import quote

import pytest
from flask.testing import FlaskClient

from archive.addresses import column_ids, project_path, row_path, section_path, table_path
from archive.archive import Archive
from archive.model import Document, Row, Table

HOST = "http://localhost"


def field(html: str, name: str) -> str:
    """The text of a field for copying."""
    found = re.search(rf'<textarea id="{name}"[^>]*>([^<]*)</textarea>', html)
    assert found, name
    return unescape(found[1])


def test_a_figure_is_cited_and_its_frame_shows_it(
    client: FlaskClient, budget: Document, table7: Table, care: Row
) -> None:
    column = column_ids(column.path for column in table7.columns)[care.cells[-1].column]
    path = row_path(budget, table7.id, care.id, column)
    html = client.get(path).get_data(as_text=True)
    quotation = field(html, "quotation")
    assert quotation.startswith(f"《{budget.title}》表7第{care.line + 1}行“长期护理保险工作经费”")
    assert quotation.endswith(f"，昌吉市示例医疗保障局，2024年，{HOST}{path}")
    code = field(html, "embed-code")
    source = unescape(re.search(r'src="([^"]+)"', code)[1])  # type: ignore[index]
    framed = client.get(source.removeprefix(HOST))
    assert "frame-ancestors *" in framed.headers["Content-Security-Policy"]
    shown = framed.get_data(as_text=True)
    assert shown.count("<tr") == 1 + len(re.findall("<tr>", shown))
    assert "长期护理保险工作经费" in shown
    said = re.search(r'located-figure">.*?>([^<]+)</strong> ([^<]+)<', shown)
    assert said
    assert said.groups() == (care.cells[-1].printed, "万元")


def test_a_frame_is_no_wider_than_the_page_that_it_stands_on(
    client: FlaskClient, budget: Document, table7: Table
) -> None:
    code = field(client.get(table_path(budget, table7.id)).text, "embed-code")
    assert "max-width: 100%" in code


def test_oembed_answers_for_the_pages_own_link(
    client: FlaskClient, budget: Document, table7: Table, care: Row
) -> None:
    html = client.get(row_path(budget, table7.id, care.id)).get_data(as_text=True)
    link = unescape(re.search(r'application/json\+oembed"[^>]* href="([^"]+)"', html)[1])  # type: ignore[index]
    told = client.get(link.removeprefix(HOST)).get_json()
    assert (told["version"], told["type"]) == ("1.0", "rich")
    assert told["title"] == f"{budget.title} 表7 一般公共预算项目支出情况表"
    source = unescape(re.search(r'src="([^"]+)"', told["html"])[1])  # type: ignore[index]
    assert "长期护理保险工作经费" in client.get(source.removeprefix(HOST)).get_data(as_text=True)


def test_oembed_keeps_to_what_a_site_asks_for(
    client: FlaskClient, budget: Document, table7: Table
) -> None:
    url = quote(HOST + table_path(budget, table7.id), safe="")
    told = client.get(f"/oembed?url={url}&maxwidth=300&maxheight=200").get_json()
    assert (told["width"], told["height"]) == (300, 200)
    assert client.get(f"/oembed?url={url}&format=xml").status_code == 501


@pytest.mark.parametrize(
    "url",
    [
        "",
        "http://elsewhere/d/x/t/y",
        f"{HOST}/",
        f"{HOST}/d/x-000000000000/t/表1",
        "http://[",
        "//",
    ],
)
def test_oembed_knows_no_other_address(client: FlaskClient, url: str) -> None:
    assert client.get(f"/oembed?url={quote(url, safe='')}").status_code == 404


def test_projects_and_sections_are_cited(
    client: FlaskClient, sample_archive: Archive, budget: Document
) -> None:
    project = sample_archive.store.projects(budget.id)[0]
    html = client.get(project_path(budget, project.id)).get_data(as_text=True)
    assert f"项目“{project.name}”" in field(html, "quotation")
    section = next(s for s in sample_archive.store.sections(budget.id) if s.heading)
    html = client.get(section_path(budget, section.id)).get_data(as_text=True)
    assert field(html, "quotation").startswith(f"《{budget.title}》“{section.heading}”")
