"""Answers are compressed, and a repeated question is answered with 304."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from app import create_app
from archive.archive import Archive
from tests.web.made_up import POLICY, disclosure

PAGES = ["/", "/search?q=医疗", "/documents", "/about", "/static/style.css", "/compare"]


@pytest.mark.parametrize("path", PAGES)
def test_the_same_page_is_not_sent_twice(client: FlaskClient, path: str) -> None:
    first = client.get(path, buffered=True)
    etag = first.headers["ETag"]
    again = client.get(path, headers={"If-None-Match": etag}, buffered=True)
    assert again.status_code == 304
    assert not again.data
    other = client.get(path, headers={"If-None-Match": '"another"'}, buffered=True)
    assert other.status_code == 200
    assert other.data == first.data


@pytest.mark.parametrize("encoding", ["br", "gzip"])
def test_pages_are_compressed_for_those_who_can(client: FlaskClient, encoding: str) -> None:
    plain = client.get("/documents", buffered=True)
    packed = client.get("/documents", headers={"Accept-Encoding": encoding}, buffered=True)
    assert packed.headers["Content-Encoding"] == encoding
    assert "Accept-Encoding" in packed.headers["Vary"]
    assert len(packed.data) < len(plain.data)
    if encoding == "gzip":
        assert gzip.decompress(packed.data) == plain.data
    again = client.get(
        "/documents",
        headers={"Accept-Encoding": encoding, "If-None-Match": packed.headers["ETag"]},
        buffered=True,
    )
    assert again.status_code == 304


@pytest.mark.parametrize(
    "path",
    ["/", "/documents", "/agencies", "/policies", "/findings", "/compare",
     f"/policies/{POLICY}", f"/policies/{POLICY}.atom", f"/policies/{POLICY}.csv",
     f"/policies/{POLICY}.xlsx", f"/policies/{POLICY}.json", "/findings.atom", "/agencies/甲局"],
)  # fmt: skip
def test_a_page_is_sent_anew_when_the_archive_has_changed(tmp_path: Path, path: str) -> None:
    with Archive.open(tmp_path) as archive:
        archive.store.put(disclosure("旧", "甲局", 2023), 1, 1)
        client = create_app(archive).test_client()
        first = client.get(path, buffered=True)
        asked = {"If-None-Match": first.headers["ETag"]}
        assert client.get(path, headers=asked).status_code == 304
        archive.store.put(disclosure("新", "甲局", 2024), 1, 1)
        again = client.get(path, headers=asked, buffered=True)
        assert again.status_code == 200
        assert again.headers["ETag"] != first.headers["ETag"]


def test_what_was_not_found_is_not_kept(client: FlaskClient) -> None:
    answer = client.get("/nowhere")
    assert answer.status_code == 404
    assert "ETag" not in answer.headers
