"""Findings on pages and as files: filters, the same list in every format, marks and summaries."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING
from urllib.parse import unquote
from xml.etree import ElementTree as ET

import pytest
from openpyxl import load_workbook

from archive.addresses import document_path, table_path
from archive.archive import Archive
from archive.model import Document, Finding
from archive.store.findings import SEVERITIES, Wanted
from tests.web.made_up import disclosure
from tests.wrong import AGENCY, WRONG, wrong

if TYPE_CHECKING:
    from pathlib import Path

    from flask.testing import FlaskClient

FILTERS = (
    "", "severity=差错", "severity=提示", "rule=table-levels", "rule=complete-forms",
    f"agency={AGENCY}", "year=2023", "year=2024", "least=1", "least=100",
    "severity=差错&rule=table-columns&year=2023&least=2",
)  # fmt: skip
HOSTILE = (
    "page=0", "page=-3", "page=99999999999999999999", "page=２", "year=二〇二三", "year=1e3",
    "least=NaN", "least=Infinity", "least=-5", "least=1e400", "severity=<script>", "rule=%00",
    "rule='%20OR%201=1--", "agency=%ff%fe", f"agency={'局' * 5000}", "severity=差错&severity=提示",
)  # fmt: skip


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    archive = wrong(tmp_path_factory.mktemp("wrong"))
    yield archive
    archive.close()


@pytest.fixture
def client(archive: Archive) -> FlaskClient:
    from app import create_app

    return create_app(archive).test_client()


@pytest.fixture
def accounts(archive: Archive) -> Document:
    return next(d for d in archive.store.documents() if d.agency == AGENCY)


def of(pairs: str) -> dict[str, str]:
    return dict(pair.split("=") for pair in pairs.split("&")) if pairs else {}


def wanted(archive: Archive, filters: str) -> list[Finding]:
    """The findings that the filters are for, one by one from the records."""
    asked = of(filters)
    severities = (asked["severity"],) if "severity" in asked else SEVERITIES[:2]
    return [
        finding
        for document in archive.store.documents()
        for finding in archive.store.findings(document.id)
        if finding.severity in severities
        and asked.get("rule", finding.rule) == finding.rule
        and asked.get("agency", document.agency) == document.agency
        and asked.get("year", str(document.fiscal_year)) == str(document.fiscal_year)
        and (finding.difference_fen or 0) >= int(asked.get("least", "0")) * 1_000_000
    ]


@pytest.mark.parametrize("filters", FILTERS)
def test_the_page_and_its_files_hold_what_is_asked_for(
    client: FlaskClient, archive: Archive, filters: str
) -> None:
    told = sorted(finding.message for finding in wanted(archive, filters))
    page = client.get(f"/findings?{filters}").get_data(as_text=True)
    assert f"共 {len(told)} 处" in page
    assert page.count('class="finding"') == len(told)
    lines = list(csv.reader(io.StringIO(get(client, "csv", filters).decode("utf-8-sig"))))
    sheet = load_workbook(io.BytesIO(get(client, "xlsx", filters))).active
    assert sheet is not None
    rows = list(sheet.iter_rows(values_only=True))
    assert [list(map(str, row)) for row in rows] == [
        [value or "None" for value in line] for line in lines
    ]
    assert sorted(line[5] for line in lines[1:]) == told
    assert sorted(f["message"] for f in json.loads(get(client, "json", filters))) == told
    feed = ET.fromstring(get(client, "atom", filters))
    entries = feed.findall("{http://www.w3.org/2005/Atom}entry")
    text = "".join(feed.itertext())
    assert len(entries) == len(told)
    assert all(message in text for message in told)


def get(client: FlaskClient, ending: str, filters: str) -> bytes:
    answer = client.get(f"/findings.{ending}?{filters}")
    assert answer.status_code == 200
    return answer.data


def test_some_filter_leaves_some_out(archive: Archive) -> None:
    sizes = {len(wanted(archive, filters)) for filters in FILTERS}
    assert {0, 1} <= sizes
    assert len(sizes) > 3


@pytest.mark.parametrize("arguments", HOSTILE)
def test_hostile_arguments_are_answered(client: FlaskClient, arguments: str) -> None:
    for ending in ("", ".csv", ".json", ".atom"):
        answer = client.get(f"/findings{ending}?{arguments}")
        assert answer.status_code == 200
    assert b"<script>" not in client.get(f"/findings?{arguments}").data


def test_a_page_beyond_the_last_is_the_last(client: FlaskClient) -> None:
    beyond, first = client.get("/findings?page=99").text, client.get("/findings").text
    assert beyond.count('class="finding"') == first.count('class="finding"') > 0


def test_errors_come_first_and_many_findings_are_folded(tmp_path: Path) -> None:
    from app import create_app

    made = disclosure("护理", "某县财政局")
    (one,) = made.findings
    mixed = tuple(
        replace(one, severity="提示" if number % 2 else "差错", message=f"第{number}处")
        for number in range(30)
    )
    with Archive.open(tmp_path / "archive") as archive:
        archive.store.put(replace(made, findings=mixed), 1, 1)
        text = create_app(archive).test_client().get(document_path(made.document)).text
    assert (
        re.findall(r'id="finding-\d+">\s*<p><span[^>]*>(..)<', text)
        == ["差错"] * 15 + ["提示"] * 15
    )
    assert {int(number) for number in re.findall(r'id="finding-(\d+)"', text)} == set(range(30))
    shown, _, folded = text.partition("<summary>其余 10 处</summary>")
    assert shown.count('class="finding"') == 20
    assert folded.count('class="finding"') == 10


def test_rounding_is_told_when_asked_for_only(client: FlaskClient, archive: Archive) -> None:
    store = archive.store
    document = store.documents()[0]
    shown = store.disclosure(document.id)
    rounding = Finding("table-total", "四舍五入", "只差末位的一句。", "1", "2", ())
    store.put_findings([replace(shown, findings=(*shown.findings, rounding))])
    try:
        assert rounding.message not in client.get("/findings").get_data(as_text=True)
        page = client.get("/findings?severity=四舍五入").get_data(as_text=True)
        assert rounding.message in page
    finally:
        store.put_findings([shown])


def test_the_disclosure_tells_how_many_places_were_checked(
    client: FlaskClient, archive: Archive, accounts: Document
) -> None:
    counts = archive.store.checks(accounts.id)
    page = client.get(document_path(accounts)).get_data(as_text=True)
    line = re.sub(r"\s|<[^>]+>", "", page[page.index("核对 ") : page.index("核对 ") + 400])
    tried = sum(count.tried for count in counts)
    held = sum(count.held + count.rounded for count in counts)
    differed = sum(count.differed for count in counts)
    assert re.match(rf"核对{tried}项.*相符{held}.*差异{differed}", line)
    for finding in archive.store.findings(accounts.id):
        assert finding.message in page


def test_a_wrong_cell_bears_a_mark_that_leads_to_its_explanation(
    client: FlaskClient, archive: Archive, accounts: Document
) -> None:
    table = next(
        place.target.id
        for finding in archive.store.findings(accounts.id)
        if finding.rule == "table-columns"
        for place in finding.places
    )
    page = client.get(table_path(accounts, table)).get_data(as_text=True)
    marks = re.findall(r'class="finding-mark" href="#(finding-\d+)"', page)
    assert marks
    assert all(f'id="{anchor}"' in page for anchor in marks)
    assert re.search(rf'{re.escape(WRONG)}</a>\s*<a class="finding-mark"', page)


def test_links_of_findings_lead_somewhere(client: FlaskClient) -> None:
    page = client.get("/findings").get_data(as_text=True)
    links = {link.partition("#") for link in re.findall(r'href="(/d/[^"]+)"', page)}
    assert links
    for path, _, anchor in links:
        answer = client.get(path)
        assert answer.status_code == 200
        assert not anchor or f'id="{unquote(anchor)}"' in answer.get_data(as_text=True), path


def test_facets_count_what_the_filters_find(archive: Archive) -> None:
    store = archive.store
    facets = store.finding_facets(SEVERITIES[:2])
    for rule, number in facets.rules:
        found = store.find_findings(Wanted(rule, severities=SEVERITIES[:2]), limit=1)
        assert found.total == number
    for agency, number in facets.agencies:
        one = Wanted(agency=agency, severities=SEVERITIES[:2])
        assert store.find_findings(one, limit=1).total == number
