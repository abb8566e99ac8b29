from __future__ import annotations

import io
import zipfile

import pytest
from docx import Document
from docx.document import Document as Docx
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from lxml import etree

from archive.errors import UnreadableFile
from archive.model import Place
from indexer.pages import Grid, Line, Pages
from indexer.readers.docx import read_docx

MC = "http://schemas.openxmlformats.org/markup-compatibility/2006"


def saved(document: Docx) -> bytes:
    target = io.BytesIO()
    document.save(target)
    return target.getvalue()


def read(document: Docx) -> Pages:
    return read_docx(saved(document), "a.docx")


def texts_of(pages: Pages) -> list[str]:
    return [item.text for item in pages.pages[0].items if isinstance(item, Line)]


def with_body(*elements: str) -> Docx:
    document = Document()
    for element in elements:
        document.element.body.insert_element_before(parse_xml(element), "w:sectPr")
    return document


def p(content: str) -> str:
    return f"<w:p {nsdecls('w')}>{content}</w:p>"


def r(text: str, properties: str = "") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def rewritten(data: bytes, change: dict[str, bytes | None]) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(target, "w") as new:
        for name in old.namelist():
            content = change.get(name, old.read(name))
            if content is not None:
                new.writestr(name, content)
    return target.getvalue()


def test_paragraphs_carry_what_the_format_says() -> None:
    document = Document()
    document.add_heading("第一部分 概况", 1)
    title = document.add_paragraph("某局2024年部门预算")
    title.alignment = WD_ALIGN_PARAGRAPH.CENTER
    body = document.add_paragraph()
    body.add_run("一、").bold = True
    body.add_run("正文\n第二行")
    heading, centred, first, second = read(document).pages[0].items
    assert isinstance(heading, Line)
    assert (heading.text, heading.heading_level, heading.bold) == ("第一部分 概况", 1, True)
    assert isinstance(centred, Line)
    assert (centred.centred, centred.new_paragraph, centred.place) == (
        True, True, Place(path="body/p[2]"),
    )  # fmt: skip
    assert isinstance(first, Line)
    assert isinstance(second, Line)
    assert (first.text, first.bold, first.new_paragraph) == ("一、正文", False, True)
    assert (second.text, second.new_paragraph) == ("第二行", None)


@pytest.mark.parametrize(
    ("content", "text"),
    [
        (r("甲") + f"<w:ins>{r('乙')}</w:ins><w:del><w:r><w:delText>丙</w:delText></w:r></w:del>",
         "甲乙"),
        (f"<w:hyperlink>{r('链接')}</w:hyperlink>{r('后')}", "链接后"),
        (f"<w:sdt><w:sdtContent>{r('控件')}</w:sdtContent></w:sdt>", "控件"),
        (f"<w:fldSimple>{r('域')}</w:fldSimple>", "域"),
        ("<w:r><w:instrText>PAGE</w:instrText></w:r>" + r("5"), "5"),
        (r("显") + r("隐", "<w:vanish/>"), "显"),
        ("<w:r><w:t>甲</w:t><w:tab/><w:t>单位：万元</w:t></w:r>", "甲  单位：万元"),
        ('<w:r><w:t>甲</w:t><w:br w:type="page"/><w:t>乙</w:t></w:r>', "甲乙"),
        ('<w:r><w:sym w:font="Wingdings" w:char="F0A3"/><w:t>是</w:t></w:r>', "□是"),
    ],
)  # fmt: skip
def test_the_text_of_a_paragraph_is_what_is_printed(content: str, text: str) -> None:
    assert texts_of(read(with_body(p(content)))) == [text]


def test_content_controls_and_text_boxes_are_read_in_order() -> None:
    box = (
        f'<w:r><mc:AlternateContent xmlns:mc="{MC}"><mc:Choice Requires="wps"><w:drawing>'
        f"<w:txbxContent>{p(r('框内'))}</w:txbxContent></w:drawing></mc:Choice>"
        f"<mc:Fallback><w:pict><w:txbxContent>{p(r('框内'))}</w:txbxContent></w:pict>"
        "</mc:Fallback></mc:AlternateContent></w:r>"
    )
    control = f"<w:sdt {nsdecls('w')}><w:sdtContent>{p(r('控件内'))}</w:sdtContent></w:sdt>"
    pages = read(with_body(p(r("锚") + box), control, p(r("后"))))
    assert texts_of(pages) == ["锚", "框内", "控件内", "后"]
    assert [item.place.path for item in pages.pages[0].items] == [
        "body/p[1]", "body/p[1]/txbxContent[1]/p[1]", "body/sdt[1]/sdtContent[1]/p[1]",
        "body/p[2]",
    ]  # fmt: skip


NUMBERING = f"""<w:numbering {nsdecls("w")}>
<w:abstractNum w:abstractNumId="0">
 <w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCountingThousand"/>
  <w:lvlText w:val="%1、"/></w:lvl>
 <w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/>
  <w:lvlText w:val="（%2）"/></w:lvl>
 <w:lvl w:ilvl="2"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:isLgl/>
  <w:lvlText w:val="%1.%3"/></w:lvl>
 <w:lvl w:ilvl="3"><w:numFmt w:val="bullet"/><w:lvlText w:val="•"/></w:lvl>
</w:abstractNum>
<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>
<w:num w:numId="2"><w:abstractNumId w:val="0"/>
 <w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride></w:num>
</w:numbering>""".encode()


def test_automatic_numbers_are_printed() -> None:
    def item(level: int, text: str, number_id: int = 1) -> str:
        return p(
            f'<w:pPr><w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number_id}"/></w:numPr>'
            f"</w:pPr>{r(text)}"
        )

    document = with_body(
        item(0, "职能"), item(0, "机构"), item(1, "甲"), item(1, "乙"), item(2, "细"),
        item(0, "收支"), item(1, "丙"), item(3, "点"), item(0, ""), item(0, "说明"),
        item(0, "另起", 2), item(0, "无", 0), item(0, "续", 2),
    )  # fmt: skip
    data = rewritten(saved(document), {"word/numbering.xml": NUMBERING})
    assert texts_of(read_docx(data, "a.docx")) == [
        "一、职能", "二、机构", "（一）甲", "（二）乙", "2.1 细", "三、收支", "（一）丙", "点",
        "四、说明", "一、另起", "无", "二、续",
    ]  # fmt: skip


def grid_of(pages: Pages) -> Grid:
    return next(item for item in pages.pages[0].items if isinstance(item, Grid))


def test_merged_cells_become_spans() -> None:
    document = Document()
    table = document.add_table(4, 4)
    for row in range(4):
        for column in range(4):
            table.cell(row, column).text = "" if row < 2 else f"{row}{column}"
    table.cell(0, 0).merge(table.cell(1, 0)).text = "项目"
    table.cell(0, 1).merge(table.cell(0, 3)).text = "支出"
    for column, text in enumerate(("合计", "基本", "项目支出"), start=1):
        table.cell(1, column).text = text
    grid = grid_of(read(document))
    assert (grid.rows, grid.columns, grid.exact) == (4, 4, True)
    head = [(c.row, c.column, c.text, c.row_span, c.column_span) for c in grid.cells if c.row < 2]
    assert head == [
        (0, 0, "项目", 2, 1), (0, 1, "支出", 1, 3), (1, 1, "合计", 1, 1), (1, 2, "基本", 1, 1),
        (1, 3, "项目支出", 1, 1),
    ]  # fmt: skip
    last = grid.cells[-1]
    assert (last.text, last.place) == ("33", Place(path="body/tbl[1]/tr[4]/tc[4]"))


def test_rows_may_begin_late_be_deleted_or_stand_in_controls() -> None:
    def tc(text: str) -> str:
        return f"<w:tc>{p(r(text))}</w:tc>"

    table = (
        f"<w:tbl {nsdecls('w')}><w:tr>{tc('甲')}{tc('乙')}</w:tr>"
        f"<w:tr><w:trPr><w:del/></w:trPr>{tc('删')}{tc('除')}</w:tr>"
        f'<w:tr><w:trPr><w:gridBefore w:val="1"/></w:trPr>{tc("丙")}</w:tr>'
        f"<w:sdt><w:sdtContent><w:tr>{tc('丁')}<w:sdt><w:sdtContent>{tc('戊')}"
        "</w:sdtContent></w:sdt></w:tr></w:sdtContent></w:sdt></w:tbl>"
    )
    grid = grid_of(read(with_body(table, p(""))))
    assert [(cell.row, cell.column, cell.text) for cell in grid.cells] == [
        (0, 0, "甲"), (0, 1, "乙"), (1, 1, "丙"), (2, 0, "丁"), (2, 1, "戊"),
    ]  # fmt: skip


def test_a_nested_table_in_data_follows_it_and_a_layout_table_is_no_grid() -> None:
    document = Document()
    table = document.add_table(3, 3)
    for row in range(3):
        for column in range(3):
            table.cell(row, column).text = f"{row}{column}"
    inner = table.cell(2, 2).add_table(2, 2)
    for row, column in ((0, 0), (0, 1), (1, 0), (1, 1)):
        inner.cell(row, column).text = f"内{row}{column}"
    outer, nested = read(document).pages[0].items
    assert isinstance(outer, Grid)
    assert isinstance(nested, Grid)
    assert (outer.rows, nested.rows) == (3, 2)
    assert nested.place == Place(path="body/tbl[1]/tr[3]/tc[3]/tbl[1]")

    frame = Document()
    cell = frame.add_table(1, 1).cell(0, 0)
    cell.text = "框中文字"
    cell.add_table(2, 2).cell(0, 1).text = "数"
    items = read(frame).pages[0].items
    assert [type(item) for item in items] == [Line, Line]


def test_captions_in_cells_come_out_as_lines() -> None:
    document = Document()
    table = document.add_table(4, 2)
    table.cell(0, 0).merge(table.cell(0, 1)).text = "收支总表"
    for column, texts in enumerate((("编制部门：某局", "项目", "甲"), ("单位：万元", "数", "1"))):
        for row, text in enumerate(texts, start=1):
            table.cell(row, column).text = text
    pages = read(document)
    assert texts_of(pages) == ["收支总表", "编制部门：某局", "单位：万元"]
    assert grid_of(pages).rows == 2


def test_headers_and_footers_are_left_out() -> None:
    document = Document()
    document.add_paragraph("正文")
    document.sections[0].header.paragraphs[0].text = "页眉"
    document.sections[0].footer.paragraphs[0].text = "页脚"
    assert texts_of(read(document)) == ["正文"]


def test_a_damaged_part_costs_only_itself() -> None:
    document = Document()
    document.add_paragraph("正文")
    data = rewritten(
        saved(document), {"word/styles.xml": b"<w:styles", "word/theme/theme1.xml": None}
    )
    assert texts_of(read_docx(data, "a.docx")) == ["正文"]


def test_a_text_that_breaks_off_keeps_its_beginning_and_says_so() -> None:
    document = Document()
    for number in range(50):
        document.add_paragraph(f"第{number}段")
    whole = saved(document)
    with zipfile.ZipFile(io.BytesIO(whole)) as archive:
        body = archive.read("word/document.xml")
    pages = read_docx(rewritten(whole, {"word/document.xml": body[: len(body) // 2]}), "a.docx")
    assert texts_of(pages)[:2] == ["第0段", "第1段"]
    assert "中途损坏" in (pages.pages[0].problem or "")


@pytest.mark.parametrize("body", [b"", b"<w:document", b"not xml"])
def test_a_file_without_a_body_is_refused(body: bytes) -> None:
    data = rewritten(saved(Document()), {"word/document.xml": body})
    with pytest.raises(UnreadableFile, match=r"^a\.docx："):
        read_docx(data, "a.docx")


def test_a_file_without_text_is_refused() -> None:
    with pytest.raises(UnreadableFile, match="没有文字"):
        read(Document())


def test_every_path_leads_back_to_the_text() -> None:
    document = Document()
    document.add_paragraph("甲")
    table = document.add_table(2, 2)
    for row in range(2):
        for column in range(2):
            table.cell(row, column).text = f"格{row}{column}"
    document.add_paragraph("乙")
    with zipfile.ZipFile(io.BytesIO(saved(document))) as archive:
        body = etree.fromstring(archive.read("word/document.xml")).find("{*}body")
    for item in read(document).pages[0].items:
        for cell in [item] if isinstance(item, Line) else item.cells:
            steps = (cell.place.path or "").removeprefix("body/").split("/")
            element = body
            for step in steps:
                tag, _, number = step.rstrip("]").partition("[")
                element = element.findall(f"{{*}}{tag}")[int(number) - 1]
            assert "".join(element.itertext()) == cell.text


def test_text_from_a_file_inside_the_file_is_told_as_missing() -> None:
    links = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        '<Relationship Id="r9" Type="http://schemas.openxmlformats.org/officeDocument/2006/'
        'relationships/aFChunk" Target="part.html"/></Relationships>'
    )
    data = rewritten(
        saved(with_body(p(r("正文")))), {"word/_rels/document.xml.rels": links.encode()}
    )
    (page,) = read_docx(data, "甲.docx").pages
    assert page.problem is not None
    assert "嵌有另一份文件" in page.problem
