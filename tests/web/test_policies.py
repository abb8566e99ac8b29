"""The pages of policy documents, and numbers in running text."""

from __future__ import annotations

import json
from urllib.parse import quote, unquote

import pytest
from flask.testing import FlaskClient
from lxml import etree, html

from archive.addresses import document_path, project_path
from archive.archive import Archive
from archive.model import Document
from archive.policies.check import LONGEST_TEXT
from archive.store.policies import Policies
from archive.store.resting import Resting
from web.cited import cited, has_number

NUMBER = "新医保发〔2023〕48号"
PAGE = f"/policies/{quote(NUMBER)}"
ALTERNATE = '//head/link[@type="application/atom+xml"]/@href'


@pytest.fixture
def citing(sample_archive: Archive) -> Document:
    return next(
        document
        for document in sample_archive.store.documents()
        if NUMBER in {c.normal for c in sample_archive.store.citations(document.id)}
    )


def test_the_page_tells_what_rests_on_the_number(client: FlaskClient, citing: Document) -> None:
    page = html.fromstring(client.get(PAGE).text)
    (link,) = page.xpath('//ul[contains(@class, "reliances")]//span[@class="relier"]/a')
    assert link.get("href") == project_path(citing, link.text)
    assert page.xpath(ALTERNATE) == [f"{PAGE}.atom"]
    assert not page.xpath("//*[@style or @onclick]")
    assert len(page.xpath("//svg[@role='group' and @aria-label]")) == 2
    assert link.text in page.xpath("string(//details[@class='graph-table']//tbody)")


def test_a_year_and_an_agency_have_pages_of_their_own(
    client: FlaskClient, sample_archive: Archive, citing: Document
) -> None:
    for year, shown in ((citing.fiscal_year, 1), (1999, 0)):
        page = html.fromstring(client.get(f"{PAGE}?year={year}").text)
        assert len(page.xpath('//ul[contains(@class, "reliances")]/li')) == shown
        assert "看全部年度" in page.xpath("string(//main)")
    policy = Policies(sample_archive.store.db).policy(NUMBER)
    assert policy is not None
    (group,) = Resting(sample_archive.store.db, policy).groups(9)
    page = html.fromstring(client.get(PAGE, query_string={"of": group.id}).text)
    assert str(citing.agency) in page.xpath("string(//h1)")
    assert page.xpath('//ul[contains(@class, "reliances")]//span[@class="relier"]/a')
    assert client.get(PAGE, query_string={"of": "别处/2024"}).status_code == 404


def test_every_link_of_the_page_answers(client: FlaskClient) -> None:
    page = html.fromstring(client.get(PAGE).text)
    paths = {href.split("#")[0] for href in page.xpath("//main//a/@href") if href[0] == "/"}
    assert len(paths) > 8
    for path in paths:
        assert client.get(path).status_code in (200, 308), path


@pytest.mark.parametrize(
    "typed", ["新医保发(2023)48号", "新医保发［２０２３］48 号", "新医保发2023-48号"]
)
@pytest.mark.parametrize("ending", ["", ".csv", ".xlsx", ".json", ".atom"])
def test_another_spelling_redirects(client: FlaskClient, typed: str, ending: str) -> None:
    response = client.get(f"/policies/{quote(typed)}{ending}?q=1")
    assert response.status_code == 308
    assert unquote(response.location) == f"/policies/{NUMBER}{ending}?q=1"
    assert client.get(response.location).status_code == 200


@pytest.mark.parametrize(
    ("number", "said"),
    [
        ("新医保〔2023〕48号", "相近文号"),
        ("财社〔1999〕7号", "没有引用"),
        ("随便什么", "不是一个发文字号"),
        ("医" * 500, "不是一个发文字号"),
    ],
)
def test_what_nothing_rests_on(client: FlaskClient, number: str, said: str) -> None:
    for ending in ("", ".json"):
        response = client.get(f"/policies/{number}{ending}")
        assert response.status_code == 404
    assert said in client.get(f"/policies/{number}").text


def test_downloads(client: FlaskClient) -> None:
    record = json.loads(client.get(f"{PAGE}.json").data)
    assert record["policy"]["fen"] == sum(one["fen"] for one in record["reliances"])
    assert client.get(f"{PAGE}.xlsx").data.startswith(b"PK")
    assert NUMBER in client.get(f"{PAGE}.csv").data.decode("utf-8-sig")
    feed = client.get(f"{PAGE}.atom")
    assert feed.content_type.startswith("application/atom+xml")
    assert etree.fromstring(feed.data).tag == "{http://www.w3.org/2005/Atom}feed"


def test_a_search_for_the_number_lands_on_its_page(client: FlaskClient) -> None:
    response = client.get("/search", query_string={"q": "新医保发(2023)48 号"})
    assert unquote(response.location).startswith(f"/policies/{NUMBER}?q=")
    back = html.fromstring(client.get(response.location).text).xpath('//p[@class="back"]/a/@href')
    stayed = client.get(back[0])
    assert stayed.status_code == 200
    assert PAGE in stayed.text


def test_a_search_for_a_near_number_says_so(client: FlaskClient) -> None:
    text = client.get("/search", query_string={"q": "新医保〔2023〕48号"}).text
    assert "档案中没有 新医保〔2023〕48号" in text
    assert PAGE in text


@pytest.mark.parametrize(
    ("query", "count"),
    [("", 8), ("?level=国家", 1), ("?text=" + quote("医保 骨干网"), 1), ("?year=1900", 0),
     ("?sort=money&page=1", 8), ("?page=99", 0), ("?year=x&page=x&sort=x", 8)],
)  # fmt: skip
def test_the_register(client: FlaskClient, query: str, count: int) -> None:
    response = client.get(f"/policies{query}")
    assert response.status_code == 200
    assert len(html.fromstring(response.text).xpath('//ol[@class="policy-list"]/li')) == count


# In the text


def test_numbers_in_text_are_links_with_the_printed_form(
    client: FlaskClient, citing: Document
) -> None:
    text = client.get(document_path(citing)).text
    page = html.fromstring(text)
    link = page.xpath(f'//article//a[@href="{PAGE}"]')[0]
    assert "处引用" in link.get("title")
    button = link.getnext()
    hint = page.get_element_by_id(button.get("popovertarget"))
    assert NUMBER in hint.text_content()
    assert len(page.xpath("//@id")) == len(set(page.xpath("//@id")))


@pytest.mark.parametrize(
    "text",
    [
        "依据新医保发（2023）48 号、<b>财社[2024]1号</b>&amp;",
        '《"><script>x</script>的通知》(新医保发〔2023〕48号)',
        "没有文号 <i>",
        "",
    ],
)
def test_marked_text_is_the_text_itself(sample_archive: Archive, text: str) -> None:
    from app import create_app

    with create_app(sample_archive).test_request_context():
        marked = html.fragment_fromstring(str(cited(text)), create_parent="p")
    for extra in marked.xpath('.//*[contains(@class, "cited-hint")]'):
        extra.getparent().remove(extra)
    assert marked.text_content() == text
    assert not marked.xpath(".//script | .//b | .//i")


def test_only_numbers_that_are_sure_are_linked() -> None:
    assert has_number("新医保发（2023）48号")
    assert not has_number("财预〔3023〕5号，第5号楼")


# /cite


def test_a_pasted_text_comes_back_marked(client: FlaskClient) -> None:
    text = "根据新医保发[2023]48 号\n和新医保〔2023〕48号<script>，财社〔1999〕7号"
    response = client.post("/cite", data={"text": text})
    assert response.headers["Cache-Control"] == "no-store"
    page = html.fromstring(response.text)
    assert page.xpath('string(//div[@class="pasted"])') == text
    assert page.xpath('//textarea[@id="text"]')[0].text == text
    said = [row.xpath("string(.//strong)") for row in page.xpath("//table/tbody/tr")]
    assert said == ["档案中有", "只有相近文号", "档案中没有"]
    for mark in page.xpath('//a[contains(@class, "check")]/@href'):
        assert page.get_element_by_id(mark[1:]).tag == "tr"


def test_a_text_without_numbers(client: FlaskClient) -> None:
    assert "没有发文字号" in client.post("/cite", data={"text": "今天天气好"}).text
    assert client.post("/cite", data={}).status_code == 200
    assert client.get("/cite").status_code == 200


@pytest.mark.parametrize(("length", "code"), [(LONGEST_TEXT, 200), (LONGEST_TEXT + 1, 413)])
def test_the_longest_text(client: FlaskClient, length: int, code: int) -> None:
    response = client.post("/cite", data={"text": "医" * length})
    assert response.status_code == code
    assert ("文字太长" in response.text) is (code == 413)


def test_a_flood_is_refused(client: FlaskClient) -> None:
    response = client.post("/cite", data={"text": "医" * LONGEST_TEXT * 6})
    assert response.status_code == 413
    assert "文字太长" in response.text
