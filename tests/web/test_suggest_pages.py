"""What the pages offer: suggestions as JSON, near misses, wider queries."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

import pytest
from flask.testing import FlaskClient
from lxml import html


def links(client: FlaskClient, query: str, within: str) -> list[str]:
    """The queries that the links of the results page in that element lead to."""
    page = html.fromstring(client.get("/search", query_string={"q": query, "stay": "1"}).text)
    return [parse_qs(urlsplit(link).query)["q"][0] for link in page.xpath(f"//{within}//a/@href")]


MEANT = "p[starts-with(normalize-space(), '您是不是要找')]"
WIDER = "ul[contains(@class, 'wider')]"


def test_suggestions_are_json(client: FlaskClient) -> None:
    answer = client.get("/suggest.json", query_string={"q": "离休 cqhl"})
    assert answer.headers["Cache-Control"] == "private, max-age=60"
    found = answer.get_json()
    assert found["q"] == "离休 cqhl"
    assert found["suggestions"][0] == {
        "kind": "project",
        "kind_name": "项目",
        "text": "长期护理保险工作经费",
        "code": "",
        "uses": 2,
        "query": "离休 长期护理保险工作经费",
    }


@pytest.mark.parametrize(
    "text", ["", " ", "(", "\x00", "\ud800", "*", "a" * 9000, "(" * 999, "%_'\""]
)
def test_any_text_is_answered(client: FlaskClient, text: str) -> None:
    query = text.encode("utf-8", "surrogatepass")
    answer = client.get("/suggest.json", query_string={"q": query})
    assert answer.status_code == 200
    assert answer.get_json()["suggestions"] == []


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("长护里保险", "长期护理保险"),
        ("长护险", "长期护理保险"),
        ("离修人员医疗费", "离休人员医疗费"),
        ("新医保发〔2023〕84号", "新医保发〔2023〕48号"),
        ("项目:医疗基金监官 2024年", "项目:医疗基金监管 2024年"),
    ],
)
def test_near_misses_are_one_click_from_what_is_held(
    client: FlaskClient, typed: str, meant: str
) -> None:
    assert links(client, typed, MEANT)[0] == meant
    page = html.fromstring(client.get("/search", query_string={"q": meant, "stay": "1"}).text)
    assert page.xpath("//*[@class='hit']")


@pytest.mark.parametrize("typed", ["长期护理保险", "医疗", "量子计算机", "“长护里保险”"])
def test_what_is_found_or_near_to_nothing_is_left_alone(client: FlaskClient, typed: str) -> None:
    assert links(client, typed, MEANT) == []


def test_a_wider_query_is_offered_and_not_put_in(client: FlaskClient) -> None:
    assert links(client, "长护险 2024年", WIDER) == ["(长护险 或 长期护理保险) 2024年"]
    assert links(client, "(长护险 或 长期护理保险) 2024年", WIDER) == []
    assert links(client, "“长护险”", WIDER) == []
