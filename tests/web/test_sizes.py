"""What each kind of page weighs, compressed, and how often a browser asks for it again."""

from __future__ import annotations

import re
from collections.abc import Callable
from urllib.parse import unquote

import pytest
from flask.testing import FlaskClient

from archive.archive import Archive
from bench.kinds_of_page import Example
from tests.pages import examples
from tests.showcase import LONG

TITLE = "what a first view weighs"
HEAD = f"{'page':28} | page KB | with style and script KB | files"
MOST_BYTES = 100 * 1024
MOST_FILES = 8
_PARTS = re.compile(r'<(?:link rel="(?:stylesheet|icon)"|script|img)[^>]*?(?:href|src)="([^"]+)"')


@pytest.fixture(scope="module")
def site(showcase_archive: Archive) -> FlaskClient:
    from app import create_app

    return create_app(showcase_archive).test_client()


@pytest.fixture(scope="module")
def pages(showcase_archive: Archive) -> list[Example]:
    return examples(showcase_archive)


def weight(client: FlaskClient, path: str) -> tuple[int, str]:
    """The bytes of an answer as they travel, and its text."""
    packed = client.get(path, headers={"Accept-Encoding": "gzip, br"}, buffered=True)
    return len(packed.data), client.get(path, buffered=True).text


def test_a_first_view_is_light(
    site: FlaskClient, pages: list[Example], record_property: Callable[[str, object], None]
) -> None:
    record_property(f"report:{TITLE}", HEAD)
    heavy = []
    for example in pages:
        own, text = weight(site, example.path)
        parts = {part for part in _PARTS.findall(text) if not part.startswith("/d/")}
        assert all(part.startswith("/static/") for part in parts), parts
        whole = own + sum(weight(site, part)[0] for part in parts)
        line = f"{example.name:28} | {own / 1024:7.1f} | {whole / 1024:24.1f} | {len(parts) + 1:5}"
        record_property(f"report:{TITLE}", line)
        if whole > MOST_BYTES or len(parts) + 1 > MOST_FILES:
            heavy.append(line)
    assert not heavy, "\n".join([HEAD, *heavy])


def test_every_page_has_an_etag_and_is_not_sent_twice(
    site: FlaskClient, pages: list[Example]
) -> None:
    for example in pages:
        if example.status != 200 or "/admin" in example.path:
            continue
        first = site.get(example.path, buffered=True)
        assert "ETag" in first.headers, example
        again = site.get(example.path, headers={"If-None-Match": first.headers["ETag"]})
        assert again.status_code == 304, example


@pytest.fixture(scope="module")
def long_table(pages: list[Example]) -> str:
    return next(example.path for example in pages if example.name == "long: table")


def numbers(text: str) -> list[int]:
    return [int(number) for number in re.findall(r"服务第(\d{4})号站点工作经费</a></th>", text)]


def test_a_long_table_is_shown_by_stretches(site: FlaskClient, long_table: str) -> None:
    first = site.get(long_table).text
    assert numbers(first) == list(range(1, 101))
    assert "第 1–100 行，共 1,500 行" in first
    following = re.findall(r'rel="next" href="([^"]+rows=101)"', first)[0]
    assert numbers(site.get(following).text) == list(range(101, 201))
    last = site.get(f"{long_table}?rows=1401").text
    assert numbers(last) == list(range(1401, 1501))
    assert 'rel="next" href="?rows' not in last
    assert len(numbers(site.get(f"{long_table}?rows=all").text)) == 1500


@pytest.mark.parametrize("rows", ["0", "-5", "99999999", "x", "１", ""])
def test_any_stretch_that_is_asked_for_answers(
    site: FlaskClient, long_table: str, rows: str
) -> None:
    answer = site.get(f"{long_table}?rows={rows}")
    assert answer.status_code == 200
    assert numbers(answer.text)


def test_a_link_to_a_row_lands_on_its_stretch(site: FlaskClient, showcase_archive: Archive) -> None:
    from archive.addresses import row_path

    document = next(d for d in showcase_archive.store.documents() if d.agency == LONG)
    table = max(showcase_archive.store.tables(document.id), key=lambda one: len(one.rows))
    text = site.get(row_path(document, table.id, table.rows[1234].id).split("#")[0]).text
    assert numbers(text) == list(range(1201, 1301))
    assert re.search(r'<tr id="[^"]*1235号[^"]*" class="item target">', text)


def test_the_short_address_of_a_cell_is_its_permalink(site: FlaskClient, long_table: str) -> None:
    text = site.get(long_table).text
    short = re.findall(r'<td class="amount"><a href="(\?row=[^"]+)">', text)[0]
    shown = site.get(long_table + short.replace("&amp;", "&")).text
    assert "已变动" not in shown
    permalink = re.findall(r'id="permalink" type="text" readonly value="([^"]+)"', shown)[0]
    assert (
        unquote(permalink.replace("&amp;", "&")).split("#")[0].endswith(short.replace("&amp;", "&"))
    )
