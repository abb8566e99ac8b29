"""A disclosure with one text in every place that can hold one, taken into an archive."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from urllib.parse import quote, urlencode

from archive.addresses import document_path, document_slug, slug, table_path
from archive.archive import Archive
from archive.model import (
    Allocation,
    Cell,
    CheckCount,
    Citation,
    Column,
    Disclosure,
    Document,
    Finding,
    FindingPlace,
    Indicator,
    Place,
    Project,
    Row,
    Section,
    Table,
    Target,
)
from archive.store.records import Failure
from archive.unseen import without_unseen

POLICY = "新医保发〔2023〕48号"
AMOUNT = "13900001111"
"""An amount of yuan that looks like a mobile number."""


def disclosure(words: str, agency: str, year: int = 2024) -> Disclosure:
    """The text ``words`` in every kind of record."""
    data = original(words, year)
    sha256 = hashlib.sha256(data).hexdigest()
    document = Document(
        sha256[:12], f"{words}{year}年部门预算公开", agency, "新疆维吾尔自治区/昌吉州", year,
        "部门预算", f"{year}-02-03", sha256, "text/plain", f"{words[:60]}{year}.txt",
    )  # fmt: skip
    place = Place(lines=(1, 2))
    table_id, row_id, project_id = "表1", slug("2101", words), slug(words)
    columns = (
        Column(("编码",), "code"), Column((words, "科目"), "label"), Column(("项目",), "project"),
        Column(("金额", words)), Column(("备注",), "text"),
    )  # fmt: skip
    cells = (
        Cell(0, "2101"), Cell(1, words), Cell(2, words), Cell(3, AMOUNT, int(AMOUNT) * 100),
        Cell(4, words, certain=False, doubt=f"可能属于上一栏：{words}"),
    )  # fmt: skip
    rows = (
        Row(row_id, 0, "2101", words, cells, "expenditure", "item", words, place),
        Row(slug("合计"), 1, None, "合计", (cells[3],), "expenditure", "total", None, place),
    )
    table = Table(
        table_id, 1, f"支出预算总表{words}", "支出预算总表", "元", columns, rows,
        notes=(f"注：{words}",), place=place,
    )  # fmt: skip
    project = Project(
        project_id, words, int(AMOUNT) * 100, AMOUNT, words, words, f"依据{POLICY}，{words}", 3,
        (POLICY,), (("项目名称", words), ("联系人", words), ("预算金额", AMOUNT)), "一", place,
        (Allocation(words, AMOUNT, int(AMOUNT) * 100),),
    )  # fmt: skip
    target = Target("row", table_id, row_id)
    return Disclosure(
        document,
        sections=(
            Section("一", 1, f"一、概况 {words}", f"联系人：{words}。\n依据{POLICY}。", place),
        ),
        tables=(table,),
        projects=(project,),
        indicators=(
            Indicator(table_id, words, "产出指标", words, words, "≥", words, "次", "10", words),
        ),
        citations=(
            Citation(f"《{words}》{POLICY}", POLICY, words, Target("project", project_id)),
            Citation(f"《{words}办法》", None, f"{words}办法", target),
        ),
        findings=(
            Finding(
                "table-sum", "差错", f"合计与“{words}”不符", AMOUNT, "0.00",
                (
                    FindingPlace(target, AMOUNT, 3),
                    FindingPlace(Target("section", "一"), f"见{words}"),
                ),
                100,
            ),
        ),
        problems=(f"第 3 页无法读取：{words}",),
        checks=(CheckCount("table-sum", 1, 0, 1, 1, (f"缺少{words}",)),),
    )  # fmt: skip


def original(words: str, year: int) -> bytes:
    """The text file that it stands for."""
    words = without_unseen(words)
    return f"{words}\n合计 {AMOUNT}\n{year} {words}\n".encode()


def keep(archive: Archive, words: str, agency: str = "某县财政局") -> list[Document]:
    """Two years of it, their originals, a failure, and the index."""
    kept = []
    for year in (2023, 2024):
        made = disclosure(words, agency, year)
        archive.originals.keep(original(words, year))
        archive.store.put(made, 100, 1)
        kept.append(made.document)
    archive.store.record_failure(
        Failure(f"{words[:60]}.pdf", None, f"无法读取：{words}", "unreadable")
    )
    archive.catch_up()
    return kept


def seeds(documents: list[Document], words: str) -> Iterator[str]:
    """Addresses from which all others are reached, and those that no link leads to."""
    yield from (
        "/",
        "/documents",
        "/failures",
        "/about",
        "/findings",
        "/policies",
        "/cite",
        "/help",
    )
    yield from ("/agencies", "/functional", "/findings.atom", f"/policies/{quote(POLICY)}.atom")
    for query in ("合计", "概况", words[:200], POLICY, f"金额:{AMOUNT}"):
        yield f"/search.json?{urlencode({'q': query})}"
        yield f"/suggest.json?{urlencode({'q': query[:20]})}"
        for tab in ("all", "documents", "rows", "projects", "policies"):
            yield f"/search?{urlencode({'q': query, 'in': tab, 'stay': 1})}"
    for kind in ("csv", "xlsx"):
        yield f"/search/rows.{kind}?{urlencode({'q': '合计'})}"
        yield f"/compare.{kind}?" + urlencode([("d", each.id) for each in documents])
    yield "/compare?" + urlencode([("d", each.id) for each in documents])
    for document in documents:
        base = document_path(document)
        yield from (base, f"{base}.json", f"{base}/lines/1-2", f"{base}/embed/{quote('表1')}")
        yield f"/oembed?url=http://localhost{quote(table_path(document, '表1'), safe='')}"
    yield f"/d/{quote(document_slug(documents[0]))}/t/nothing"
