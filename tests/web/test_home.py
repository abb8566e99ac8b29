"""What the home page offers to try, and what a disclosure tells first."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from archive.addresses import document_path
from archive.archive import Archive
from archive.model import Document
from archive.store.examples import tries

HEADLINE = ["收入总计", "支出总计", "财政拨款", "基本支出", "项目支出", "“三公”经费合计"]


def offered(client: FlaskClient) -> list[str]:
    html = client.get("/").text
    line = re.search(r'<p class="tries">.*?</p>', html)
    return [unescape(link) for link in re.findall(r'href="([^"]+)"', line[0])] if line else []


@pytest.mark.parametrize("held", ["sample_archive", "showcase_archive", "real_archive"])
def test_every_search_offered_finds_something(held: str, request: pytest.FixtureRequest) -> None:
    from app import create_app

    client = create_app(request.getfixturevalue(held)).test_client()
    links = offered(client)
    assert len(links) == 3
    for link in links:
        answer = client.get(link, follow_redirects=True)
        assert answer.status_code == 200
        assert "没有找到" not in answer.text
        assert re.search(r'class="(hit|figures|outline reliances)"', answer.text), link


def test_an_empty_archive_offers_nothing(tmp_path: Path) -> None:
    from app import create_app

    with Archive.open(tmp_path / "empty") as empty:
        assert tries(empty.store.db) == ()
        assert offered(create_app(empty).test_client()) == []


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("/", "档案还是空的"),
        ("/documents", "档案还是空的"),
        ("/agencies", "档案还是空的"),
        ("/compare", "档案还是空的"),
        ("/compare?find=医疗", "没有找到这样的文件"),
        ("/policies", "收录的文件里还没有文号"),
        ("/policies?text=医疗", "没有符合条件的文号"),
        ("/findings", "没有发现差错"),
        ("/findings?year=2024", "没有符合条件的发现"),
        ("/functional", "档案里还没有"),
        ("/failures", "没有"),
        ("/search?q=医疗", "没有找到“医疗”"),
    ],
)
def test_pages_of_an_empty_archive_say_why_they_are_empty(
    tmp_path: Path, path: str, said: str
) -> None:
    from app import create_app

    with Archive.open(tmp_path / "empty") as empty:
        page = create_app(empty).test_client().get(path)
    assert page.status_code == 200
    assert said in page.text


def test_a_disclosure_tells_its_totals_first_and_where_they_stand(
    client: FlaskClient, budget: Document
) -> None:
    html = client.get(document_path(budget)).text
    told = re.search(r'<dl class="tally headline".*?</dl>', html, re.S)
    assert told is not None
    assert html.index(told[0]) < html.index('id="tables"') < html.index('id="checks"')
    figures = re.findall(r'<dt>(.*?)</dt><dd><a [^>]*href="([^"]+)" title="原文：(\S+)', told[0])
    assert [name for name, _, _ in figures] == HEADLINE
    for _, link, printed in figures:
        assert f'<strong class="figure">{printed}</strong>' in client.get(unescape(link)).text
