"""The original beside the extraction, over the samples."""

from __future__ import annotations

import io
import re
from html import unescape

import pytest
from flask.testing import FlaskClient
from PIL import Image

from archive.addresses import column_ids, document_path, row_path
from archive.archive import Archive
from archive.model import Document, Place, Row, Table
from web.places import page_path, said


def with_ending(archive: Archive, ending: str) -> Document:
    return next(d for d in archive.store.documents() if d.source_name.endswith(ending))


@pytest.fixture
def pdf(sample_archive: Archive) -> Document:
    return with_ending(sample_archive, "changji-sample-2023-budget.pdf")


@pytest.fixture
def figure(sample_archive: Archive, pdf: Document) -> tuple[Table, Row, str]:
    """A table, a row of it and the id of the column of the row's last figure."""
    table = next(t for t in sample_archive.store.tables(pdf.id) if t.rows)
    row = next(row for row in table.rows if row.cells[-1].fen)
    ids = column_ids(column.path for column in table.columns)
    return table, row, ids[row.cells[-1].column]


def test_a_figure_shows_its_strip_and_leads_to_its_page(
    client: FlaskClient, pdf: Document, figure: tuple[Table, Row, str]
) -> None:
    table, row, column = figure
    html = client.get(row_path(pdf, table.id, row.id, column)).get_data(as_text=True)
    strip = unescape(re.search(r'<img src="([^"]+strip\.webp[^"]+)"', html)[1])  # type: ignore[index]
    answer = client.get(strip)
    assert answer.status_code == 200
    assert answer.mimetype == "image/webp"
    with Image.open(io.BytesIO(answer.data)) as image:
        assert image.width > 2 * image.height
    page = row.cells[-1].place.page
    assert page is not None
    link = page_path(pdf, page, table.id, row.id, column)
    assert link.replace("&", "&amp;") in html


def test_a_page_outlines_every_figure_and_marks_the_one_asked_for(
    client: FlaskClient, pdf: Document, figure: tuple[Table, Row, str]
) -> None:
    table, row, column = figure
    page = row.cells[-1].place.page or 0
    html = client.get(page_path(pdf, page, table.id, row.id, column)).get_data(as_text=True)
    boxes = re.findall(r'<rect class="outlined( target)?" x="([\d.]+)" y="([\d.]+)"', html)
    on_page = [c for r in table.rows for c in r.cells if c.place.page == page]
    assert len(boxes) >= len(on_page) > 10
    marked = [box for box in boxes if box[0]]
    x0, top = (row.cells[-1].place.box or (0.0, 0.0))[:2]
    assert [(float(x), float(y)) for _, x, y in marked] == [(x0, top)]
    assert html.count("target-cell") == 1
    whole = client.get(page_path(pdf, page, table.id, row.id)).get_data(as_text=True)
    assert whole.count('class="outlined target"') == len([c for c in row.cells if c.place.box])


def test_the_image_of_a_page_is_drawn_once_and_kept_for_good(
    client: FlaskClient, sample_archive: Archive, pdf: Document
) -> None:
    path = f"{document_path(pdf)}/page/1.webp"
    first = client.get(path, buffered=True)
    kept = sample_archive.folder / "pages" / pdf.sha256[:2] / pdf.sha256 / "1.webp"
    before = kept.stat().st_ino
    again = client.get(path, buffered=True)
    assert kept.stat().st_ino == before
    assert first.data == again.data
    assert "immutable" in first.headers["Cache-Control"]
    with Image.open(io.BytesIO(first.data)) as image:
        assert image.width == 1600


@pytest.mark.parametrize(
    ("path", "said_there"),
    [
        ("/page/999", "没有第 999 页"),
        ("/page/999.webp", "没有第 999 页"),
        ("/page/0", "没有第 0 页"),
        ("/strip.webp?table=%E8%A1%A899", "表99"),
        ("/strip.webp", "没有"),
        ("/lines/1-3", "只有文本格式"),
    ],
)
def test_what_is_not_there_is_said(
    client: FlaskClient, pdf: Document, path: str, said_there: str
) -> None:
    answer = client.get(document_path(pdf) + path)
    assert answer.status_code == 404
    assert said_there in answer.get_data(as_text=True)


def test_other_formats_say_where_and_have_no_pages(
    client: FlaskClient, sample_archive: Archive
) -> None:
    docx = with_ending(sample_archive, ".docx")
    table = next(t for t in sample_archive.store.tables(docx.id) if t.rows)
    html = client.get(row_path(docx, table.id, table.rows[1].id)).get_data(as_text=True)
    assert re.search(r"在原件中的位置：第 \d+ 个表格第 \d+ 行", html)
    assert client.get(f"{document_path(docx)}/page/1").status_code == 404


def test_a_text_shows_its_lines(client: FlaskClient, sample_archive: Archive) -> None:
    text = with_ending(sample_archive, ".txt")
    table = next(t for t in sample_archive.store.tables(text.id) if t.rows)
    html = client.get(row_path(text, table.id, table.rows[0].id)).get_data(as_text=True)
    path = unescape(re.search(r'href="([^"]+/lines/\d+-\d+)"', html)[1])  # type: ignore[index]
    shown = client.get(path).get_data(as_text=True)
    first, last = (int(number) for number in path.rsplit("/", 1)[1].split("-"))
    data = sample_archive.originals.read(text.sha256).decode().splitlines()
    marked = re.findall(r'<tr class="target"><th scope="row">(\d+)</th><td>(.*?)</td>', shown)
    assert [int(number) for number, _ in marked] == list(range(first, last + 1))
    assert [unescape(line) for _, line in marked] == data[first - 1 : last]
    back = [unescape(link) for link in re.findall(r'<li><a href="(/d/[^"]+)">', shown)]
    assert row_path(text, table.id, table.rows[0].id) in back


@pytest.mark.parametrize(
    ("place", "words"),
    [
        (Place(page=3, box=(0, 0, 1, 1)), "第 3 页"),
        (Place(lines=(7, 7)), "第 7 行"),
        (Place(lines=(7, 9)), "第 7–9 行"),
        (Place(path="收支总表!B5"), "收支总表，B5"),
        (Place(path="body/tbl[1]/tr[2]/tc[3]"), "第 1 个表格第 2 行第 3 格"),
        (Place(path="/html/body[1]/table[2]/tbody[1]/tr[4]/td[1]"), "第 2 个表格第 4 行第 1 格"),
        (Place(path="body/p[3]..body/p[7]"), "第 3 段"),
        (Place(), ""),
    ],
)
def test_places_in_words(place: Place, words: str) -> None:
    assert said(place) == words
