from __future__ import annotations

import contextlib

import lxml.html
import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.errors import UnreadableFile
from archive.model import Place
from indexer.pages import Grid, Line, Pages
from indexer.readers.html import fragment_items, read_html, read_mhtml

LONG = "这是一段用来说明部门职能的文字，长度足够让它成为正文而不是单元格。" * 4


def read(body: str, head: str = "", encoding: str = "utf-8") -> Pages:
    page = f"<html><head>{head}</head><body>{body}</body></html>"
    return read_html(page.encode(encoding), "a.html")


def items_of(body: str) -> list[str | list[tuple[int, int, str, int, int]]]:
    return [
        item.text
        if isinstance(item, Line)
        else [(c.row, c.column, c.text, c.row_span, c.column_span) for c in item.cells]
        for item in read(body).pages[0].items
    ]


@pytest.mark.parametrize(
    ("body", "lines"),
    [
        (
            "<h1>标题</h1><p>甲<b>乙</b>\n  丙</p>裸<div>丁</div>尾",
            ["标题", "甲乙 丙", "裸", "丁", "尾"],
        ),
        ("<p>a\n b&nbsp;&nbsp;c</p>", ["a b  c"]),
        ("<p>甲<br>乙<br/>丙</p>", ["甲", "乙", "丙"]),
        ("<p>甲<script>x()</script><style>y</style><!-- z --></p>", ["甲"]),
        ("<nav>导航</nav><header>头</header><p>正文</p><footer>版权</footer>", ["正文"]),
        ('<div class="main-nav"><a>首页</a></div><div id="footer">版权</div><p>正文</p>', ["正文"]),
        (f'<div class="content share"><p>{LONG * 3}</p></div>', [LONG * 3]),
        (
            '<p style="display:none">隐</p><p hidden>隐</p><span style="mso-hide:all">隐</span>正',
            ["正"],
        ),
        ("<ol start=3><li>甲<li>乙</ol><ul><li>丙</ul>", ["3.甲", "4.乙", "丙"]),
        ('<ol type="I"><li><p>甲</p></ol>', ["I.甲"]),
        ("<o:p></o:p><p class=MsoNormal>正<o:p>&nbsp;</o:p></p>", ["正"]),
    ],
)
def test_paragraphs(body: str, lines: list[str]) -> None:
    assert items_of(body) == lines


def test_lines_carry_what_the_page_says() -> None:
    heading, centred, first, second, third = (
        read(
            "<h2>一、职能</h2><p align=center><b>表1</b></p>"
            '<p style="text-indent: 2em">甲<br>乙<br>　　丙</p>'
        )
        .pages[0]
        .items
    )
    assert isinstance(heading, Line)
    assert (heading.heading_level, heading.bold, heading.place) == (
        2, True, Place(path="/html/body[1]/h2[1]"),
    )  # fmt: skip
    assert isinstance(centred, Line)
    assert (centred.centred, centred.bold, centred.new_paragraph) == (True, True, True)
    assert isinstance(first, Line)
    assert isinstance(second, Line)
    assert isinstance(third, Line)
    assert (first.indent, first.new_paragraph) == (2.0, True)
    assert (second.new_paragraph, third.new_paragraph) == (None, True)


TABLE = """<table><thead><tr><th rowspan=2>项目<th colspan="2">支出</tr>
<tr><th>合计<th>基本</tr></thead>
<tfoot><tr><td>合计<td>5.00<td></tr></tfoot>
<tbody><tr style="display:none"><td>藏<td>1<td>2</tr>
<tr><td><p>教育</p><p>支出</p><td>5.00<td>&nbsp;</tr></tbody></table>"""


def test_a_data_table_is_a_grid_with_its_spans() -> None:
    assert items_of(TABLE)[0] == [
        (0, 0, "项目", 2, 1), (0, 1, "支出", 1, 2), (1, 1, "合计", 1, 1), (1, 2, "基本", 1, 1),
        (2, 0, "教育\n支出", 1, 1), (2, 1, "5.00", 1, 1), (3, 0, "合计", 1, 1),
        (3, 1, "5.00", 1, 1),
    ]  # fmt: skip
    item = read(TABLE).pages[0].items[0]
    assert isinstance(item, Grid)
    assert (item.rows, item.columns, item.exact) == (4, 3, True)
    assert item.cells[1].place == Place(path="/html/body[1]/table[1]/thead[1]/tr[1]/th[2]")


def test_every_path_leads_back_to_the_text() -> None:
    page = f"<body>首<!-- x --><div><p>甲</p><ul><li>乙</ul></div>{TABLE}<p>丙</p></body>"
    root = lxml.html.document_fromstring(page)
    for item in read_html(page.encode(), "a.html").pages[0].items:
        for cell in [item] if isinstance(item, Line) else item.cells:
            (element,) = root.xpath(cell.place.path)
            assert "".join(cell.text.split()) in "".join("".join(element.itertext()).split())


@pytest.mark.parametrize(
    ("spans", "columns"),
    [("rowspan=0", (0, 1, 1)), ("rowspan=99", (0, 1, 1)), ("rowspan=x", (0, 0, 0)),
     ("rowspan=2", (0, 1, 0))],
)  # fmt: skip
def test_row_spans_follow_the_standard(spans: str, columns: tuple[int, ...]) -> None:
    (grid,) = fragment_items(
        f"<table><tr><td {spans}>甲<td>乙<tr><td>丙<td>丁<tr><td>戊<td>己</table>"
    )
    assert isinstance(grid, Grid)
    firsts = [next(c.column for c in grid.cells if c.text == text) for text in "甲丙戊"]
    assert tuple(firsts) == columns


def test_layout_tables_are_no_grids_and_nested_data_is() -> None:
    inner = "<table><tr><td>甲<td>1<tr><td>乙<td>2</table>"
    page = f"<table><tr><td>左栏<td><p>{LONG}</p>{inner}<p>后</p></table>"
    before, text, grid, after = items_of(page)
    assert (before, text, after) == ("左栏", LONG, "后")
    assert grid == [(0, 0, "甲", 1, 1), (0, 1, "1", 1, 1), (1, 0, "乙", 1, 1), (1, 1, "2", 1, 1)]
    prose = "".join(f"<p>{LONG}</p>" for _ in range(5))
    assert len(items_of(f"<table><tr><td>左<td>{prose}</table>")) == 6


def test_a_small_table_in_a_data_table_follows_it() -> None:
    cells = "".join(f"<td>{number}" for number in range(5))
    rows = f"<tr>{cells}<tr>{cells[:-5]}<td><table><tr><td>内<td>9</table>"
    outer, inner = items_of(f"<table>{rows}</table>")
    assert "内" not in str(outer)
    assert inner == [(0, 0, "内", 1, 1), (0, 1, "9", 1, 1)]


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "utf-16"])
@pytest.mark.parametrize("declared", ["gb2312", "utf-8"])
def test_charsets_may_lie(encoding: str, declared: str) -> None:
    pages = read("<p>某局部门预算公开</p>", f'<meta charset="{declared}">', encoding)
    assert [item.text for item in pages.pages[0].items if isinstance(item, Line)] == [
        "某局部门预算公开"
    ]


@pytest.mark.parametrize(
    ("head", "title", "published"),
    [
        ("<title> 某局 预算 </title>", "某局 预算", None),
        ('<title>站</title><meta name="ArticleTitle" content="某局预算">', "某局预算", None),
        ('<meta name="PubDate" content="2024-02-05 10:30">', None, "2024-02-05"),
        ('<meta name="publishdate" content="2024年2月5日">', None, "2024-02-05"),
        ('<meta property="article:published_time" content="2023/1/9">', None, "2023-01-09"),
        ('<meta name="PubDate" content="2024-13-45">', None, None),
    ],
)
def test_metadata(head: str, title: str | None, published: str | None) -> None:
    pages = read("<p>正文</p>", head)
    assert (pages.title, pages.published_on) == (title, published)


def test_xhtml_with_a_declaration_is_read() -> None:
    page = (
        '<?xml version="1.0" encoding="gbk"?><html xmlns="http://www.w3.org/1999/xhtml">'
        "<body>预算</body></html>"
    )
    pages = read_html(page.encode("gbk"), "a.xhtml")
    assert [item.text for item in pages.pages[0].items if isinstance(item, Line)] == ["预算"]


def test_web_archives_are_read() -> None:
    archive = (
        "MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=b\r\n\r\n--b\r\n"
        'Content-Type: text/html; charset="gb2312"\r\nContent-Transfer-Encoding: 8bit\r\n\r\n'
        "<html><body><p>某局预算</p></body></html>\r\n--b--\r\n"
    )
    items = read_mhtml(archive.encode("gb18030"), "a.doc").pages[0].items
    assert [item.text for item in items if isinstance(item, Line)] == ["某局预算"]
    with pytest.raises(UnreadableFile, match=r"a\.doc：.*MHTML"):
        read_mhtml(archive.replace("text/html", "text/css").encode("gb18030"), "a.doc")


@pytest.mark.parametrize("page", ["<html></html>", "<html><script>load()</script></html>"])
def test_a_page_without_text_is_refused(page: str) -> None:
    with pytest.raises(UnreadableFile, match=r"^a\.html：网页里没有"):
        read_html(page.encode(), "a.html")


def test_a_table_whose_spans_blow_up_is_read_as_text() -> None:
    rows = "<tr>" + "<td colspan=1000>x" * 3 + "</tr>"
    body = f"<p>前</p><table>{rows * 1000}</table><p>后</p>"
    assert items_of(body) == ["前", *["x"] * 3000, "后"]
    assert "表格过大" in (read(body).pages[0].problem or "")


@pytest.mark.parametrize("tag", ["div", "b", "font", "ul><li", "table><tr><td"])
def test_tags_too_deep_for_the_parser_cost_no_text(tag: str) -> None:
    body = f"<p>前</p>{f'<{tag}>' * 3000}里{f'</{tag}>' * 3000}<p>后</p>"
    assert items_of(body) == ["前", "里", "后"]
    assert "嵌套过深" in (read(body).pages[0].problem or "")


def test_a_font_opened_for_each_line_and_never_closed_costs_no_line() -> None:
    lines = "".join(f"<p><font size=2>第{number}行" for number in range(400))
    table = "<table><tr><td>科目<td>金额<tr><td>合计<td>1.00</table>"
    grid, *texts = items_of(table + lines)
    assert len(grid) == 4
    assert texts == [f"第{number}行" for number in range(400)]


def test_entities_of_a_document_type_are_not_expanded() -> None:
    page = (
        '<!DOCTYPE html [<!ENTITY a "boom"><!ENTITY b "&a;&a;">]>'
        "<html><body><p>&b;好</p></body></html>"
    )
    assert "boomboom" not in str(read_html(page.encode(), "a.html").pages)


@given(st.text("<>/=\"'& 表pdivtrtbodyah\n", max_size=150))
def test_no_markup_raises_but_the_refusal(markup: str) -> None:
    with contextlib.suppress(UnreadableFile):
        read_html(markup.encode(), "a.html")
