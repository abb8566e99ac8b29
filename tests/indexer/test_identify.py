from __future__ import annotations

import hashlib
import tomllib
from pathlib import Path

import pytest

from archive.model import Document
from indexer.blocks import Block, Heading, Paragraph, TableBlock
from indexer.identify import identify, printed_title
from indexer.layout import to_blocks
from indexer.pages import Pages
from indexer.readers import read

SHA = "0123456789abcdef" * 4
HTML = "text/html"


def identified(
    *blocks: Block, title: str | None = None, day: str | None = None, name: str = "文件.html"
) -> Document:
    return identify(blocks, Pages(HTML, (), title, day), name, SHA)


def test_a_whole_identity() -> None:
    document = identified(
        Paragraph("昌吉市某局"),
        Paragraph("2024 年部门预算公开"),
        Heading("第一部分 2024年昌吉市某局部门概况", 1, "第一部分"),
        TableBlock(("表1", "部门收支总体情况表", "编制部门：昌吉市某局 单位：万元"), None),
        Paragraph("昌吉市某局"),
        Paragraph("2024年2月7日"),
        title="站点标题",
        day="2023-01-01",
    )
    assert document == Document(
        id="0123456789ab",
        title="昌吉市某局2024年部门预算公开",
        agency="昌吉市某局",
        region="新疆维吾尔自治区/昌吉回族自治州/昌吉市",
        fiscal_year=2024,
        kind="部门预算",
        published_on="2024-02-07",
        sha256=SHA,
        media_type=HTML,
        source_name="文件.html",
    )


def test_what_nothing_decides_stays_open() -> None:
    document = identified(Paragraph("通知事项如下。"), name="公文.txt")
    assert (document.agency, document.region, document.fiscal_year) == (None, None, None)
    assert (document.kind, document.published_on, document.title) == ("其他", None, "公文")


@pytest.mark.parametrize(
    ("cover", "agency", "title"),
    [
        (
            ("上海市2025年市级单位预算", "预算单位：上海市财政局"),
            "上海市财政局",
            "上海市2025年市级单位预算",
        ),
        (
            ("某市规划和自然", "资源局", "2024年度部门决算"),
            "某市规划和自然资源局",
            "某市规划和自然资源局2024年度部门决算",
        ),
        (("某局2021年预算", "公开"), "某局", "某局2021年预算公开"),
        (
            ("政务公开", "某局2021年部门预算", "2021年3月1日"),
            "某局",
            "某局2021年部门预算",
        ),
        (
            ("首页 > 政务公开", "某局2021年部门预算", "来源：某局", "2021年3月1日"),
            "某局",
            "某局2021年部门预算",
        ),
        (("某局",), "某局", None),
        ((), None, None),
        # a line that tells the whole title takes no line of the agency before it
        (("浦江县财政局", "浦江县2023年政府决算"), "浦江县财政局", "浦江县2023年政府决算"),
        (("首页", "某局2021年部门预算", "分享微信"), "某局", "某局2021年部门预算"),
        (
            ("关于浦江县2022年预算执行情况的报告", "——2023年1月5日在会议上", "浦江县财政局"),
            "浦江县财政局",
            "关于浦江县2022年预算执行情况的报告",
        ),
        (
            ("某局2022年“三公”经费公开说明", "某局2022年预算数为3万元，其中："),
            "某局",
            "某局2022年“三公”经费公开说明",
        ),
        (("某局2024年度项目支出绩效自评报告",), "某局", "某局2024年度项目支出绩效自评报告"),
    ],
)
def test_printed_title(cover: tuple[str, ...], agency: str | None, title: str | None) -> None:
    assert printed_title(cover, agency) == title


@pytest.mark.parametrize(
    ("blocks", "metadata", "title"),
    [
        # the agency takes the place of its bare region
        (
            [Paragraph("上海市2025年市级单位预算"), Paragraph("预算单位：上海市财政局")],
            None,
            "上海市财政局2025年市级单位预算",
        ),
        # no cover: made of what was found
        (
            [
                Heading("第一部分 2024年昌吉市某局部门概况", 1, "第一部分"),
                Heading("第二部分 2024年部门预算公开表", 1, "第二部分"),
            ],
            "附件2：公开样张",
            "昌吉市某局2024年部门预算",
        ),
        (
            [Heading("第二部分 2024年单位决算情况说明", 1, "第二部分")],
            None,
            "2024年单位决算情况说明",
        ),
        ([Paragraph("某镇2024年部门预算.pdf")], None, "某镇2024年部门预算"),
        ([Paragraph("没有标题。")], "某局2024年部门预算", "某局2024年部门预算"),
        ([Paragraph("没有标题。")], None, "文件"),
    ],
)
def test_title(blocks: list[Block], metadata: str | None, title: str) -> None:
    assert identified(*blocks, title=metadata).title == title


@pytest.mark.parametrize(
    ("blocks", "metadata", "day"),
    [
        (
            [Paragraph("发布时间：2024-03-05 10:20"), Paragraph("2024年预算。")],
            "2024-01-01",
            "2024-03-05",
        ),
        (
            [
                Paragraph("某局2024年部门预算"),
                Paragraph("2024年2月1日"),
                Heading("一、甲", 2, "一"),
                *[Paragraph("句。")] * 20,
            ],
            None,
            "2024-02-01",
        ),
        # what a web page prints around the title, 发布 before any other day
        (
            [
                Paragraph("某局2024年部门预算"),
                Paragraph("时间：2024-03-02 来源：某局"),
                Paragraph("来源：某局    发布时间：2024/3/5 10:20:33"),
            ],
            None,
            "2024-03-05",
        ),
        (
            [Paragraph("某局2024年部门预算"), Paragraph("2024-03-05 09:00   点击：7")],
            None,
            "2024-03-05",
        ),
        (
            [Paragraph("[ 发布日期 ]"), Paragraph("2024-03-05"), Paragraph("某局2024年预算")],
            None,
            "2024-03-05",
        ),
        # metadata only where nothing is printed, and only near the year
        ([Paragraph("某局2024年部门预算")], "2024-02-20", "2024-02-20"),
        ([Paragraph("某局2024年部门预算")], "2019-02-20", None),
        ([Paragraph("某局2024年部门预算")], "昨天", None),
        # running text is no witness
        (
            [Paragraph("某局2024年部门预算"), Paragraph("截至2024年8月31日，共有车辆8辆。")],
            None,
            None,
        ),
    ],
)
def test_published_on(blocks: list[Block], metadata: str | None, day: str | None) -> None:
    assert identified(*blocks, day=metadata).published_on == day


@pytest.mark.parametrize(
    ("blocks", "region"),
    [
        # the cover settles a name that the agency leaves open
        (
            [Paragraph("上海市2025年区级部门预算"), Paragraph("预算单位：普陀区商务委员会")],
            "上海市/普陀区",
        ),
        (
            [
                Paragraph("新疆维吾尔自治区某局"),
                Paragraph("2024年部门预算"),
                Heading("自治区某局概况", 1, None),
            ],
            "新疆维吾尔自治区",
        ),
        ([Paragraph("某局2024年部门预算")], None),
        # a division named further on in the agency's name
        ([Paragraph("上海市公安局普陀区分局2024年部门预算")], "上海市/普陀区"),
        ([Paragraph("上海市昌吉路小学2024年部门预算")], "上海市"),
    ],
)
def test_region(blocks: list[Block], region: str | None) -> None:
    assert identified(*blocks).region == region


REAL = tomllib.loads(Path(__file__).with_name("real_disclosures.toml").read_text("utf-8"))
FACTS = ("title", "agency", "region", "fiscal_year", "kind", "published_on")


@pytest.mark.real
@pytest.mark.parametrize("name", REAL)
def test_real_disclosures(real_disclosures: Path, name: str) -> None:
    data = (real_disclosures / name).read_bytes()
    pages = read(data, name)
    sha256 = hashlib.sha256(data).hexdigest()
    document = identify(to_blocks(pages), pages, name, sha256)
    found = {fact: getattr(document, fact) for fact in FACTS}
    assert found == {fact: REAL[name].get(fact) for fact in FACTS}
    assert document.id == sha256[:12]
