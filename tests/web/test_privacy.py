"""No mobile number leaves the archive: not on a page, in an export, in JSON, nor by search."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner
from flask.testing import FlaskClient

from app import create_app, main
from archive.addresses import document_path
from archive.archive import Archive
from archive.entries import entry_of
from archive.model import Document
from archive.privacy import FACT
from tests.web import crawl, made_up

NUMBERS = ("13812345678", "139-1234-5678", "+86 177 1234 5678")
WORDS = "张三" + "、".join(NUMBERS) + "（李四）"
LEAK = re.compile(r"1[37]\d[- ]?1234[- ]?5678|13812345678")


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    with Archive.open(tmp_path_factory.mktemp("private") / "archive") as opened:
        made_up.keep(opened, WORDS)
        yield opened


@pytest.fixture(scope="module")
def documents(archive: Archive) -> list[Document]:
    return archive.store.documents()


@pytest.fixture(scope="module")
def visitor(archive: Archive) -> FlaskClient:
    return create_app(archive).test_client()


def test_no_page_or_export_holds_a_number(visitor: FlaskClient, documents: list[Document]) -> None:
    sought = "/search?q="
    pages = list(crawl.crawl(visitor, made_up.seeds(documents, "张三")))
    assert len(pages) > 60
    for page in pages:
        assert page.status < 500, page.path
        assert not LEAK.search(page.text), (page.path, LEAK.search(page.text))
    texts = "".join(page.text for page in pages if not page.path.startswith(sought))
    assert texts.count("138****5678") > 50
    assert texts.count(made_up.AMOUNT) > 20


def test_the_original_is_as_published(visitor: FlaskClient, documents: list[Document]) -> None:
    assert NUMBERS[0] in visitor.get(f"{document_path(documents[0])}/original").text


def test_the_lines_of_an_original_are_masked_but_for_amounts(
    visitor: FlaskClient, documents: list[Document]
) -> None:
    page = visitor.get(f"{document_path(documents[0])}/lines/1-2").text
    assert "138****5678" in page
    assert made_up.AMOUNT in page


@pytest.mark.parametrize("number", NUMBERS)
def test_a_full_number_finds_nothing(visitor: FlaskClient, number: str) -> None:
    found = visitor.get("/search.json", query_string={"q": f'"{number}"'}).json
    assert found is not None
    assert found["total"] == 0
    assert "已打码" in visitor.get("/search", query_string={"q": number}).text


def test_the_index_is_given_no_number(archive: Archive, documents: list[Document]) -> None:
    for document in documents:
        entry = entry_of(archive.store.disclosure(document.id), superseded=False)
        assert "138****5678" in entry.body
        assert not LEAK.search(str(entry))


def test_the_command_line_shows_no_number(archive: Archive, documents: list[Document]) -> None:
    ids = [document.id for document in documents]
    for arguments in (
        ["show", ids[0]],
        ["show", ids[0], "--json"],
        ["show", ids[0], "--table", "1"],
        ["search", "张三"],
        ["search", "合计", "--json"],
        ["policy", made_up.POLICY, "--json"],
    ):
        done = CliRunner().invoke(main, ["--archive", str(archive.folder), *arguments])
        assert done.exit_code == 0, done.output
        assert not LEAK.search(done.output), arguments


def test_masking_can_be_turned_off_and_on(tmp_path: Path) -> None:
    folder = tmp_path / "archive"
    with Archive.open(folder) as archive:
        (document, _) = made_up.keep(archive, WORDS)
        visitor = create_app(archive).test_client()
        for how, total in (("show", 2), ("mask", 0)):
            done = CliRunner().invoke(main, ["--archive", str(folder), "mobile-numbers", how])
            assert done.exit_code == 0, done.output
            page = visitor.get(document_path(document), follow_redirects=True).text
            assert (NUMBERS[0] in page) == (how == "show")
            found = visitor.get("/search.json", query_string={"q": f'"{NUMBERS[0]}"'}).json
            assert found is not None
            assert found["total"] == total
            about = visitor.get("/about").text
            assert ("打码" in about) == (how == "mask")
        assert archive.store.fact(FACT) == "no"


def test_what_is_kept_is_what_is_printed(archive: Archive, documents: list[Document]) -> None:
    """Writing a document anew, as the keeper's aliases do, loses no digit."""
    archive.store.set_alias("甲局", "乙局")
    archive.store.set_fact(FACT, "yes")
    try:
        assert NUMBERS[0] in str(archive.store.disclosure(documents[0].id))
    finally:
        archive.store.set_fact(FACT, "no")
    assert NUMBERS[0] not in str(archive.store.disclosure(documents[0].id))
