"""Four disclosures that every search test asks, and what is asked of them."""

from __future__ import annotations

import json
from typing import Any

from archive.archive import Archive
from archive.model import (
    Cell,
    Citation,
    Column,
    Disclosure,
    Document,
    Kind,
    Project,
    Row,
    Section,
    Table,
    Target,
)
from archive.search import Hit, ResultPage, search
from archive.search.answer import answer
from archive.search.as_json import page_json
from tests.documents import document

WAN = 10_000_00
CARE = "长期护理保险工作经费"
VETERANS = "离休人员医疗费"
OURS = "新医保发〔2023〕48号"
AGENCY = "昌吉州医疗保障局"


def published(
    number: int, agency: str, region: str, year: int, kind: Kind = "部门预算"
) -> Document:
    title = f"{agency}{year}年{kind}"
    return document(number, title=title, agency=agency, region=region, fiscal_year=year, kind=kind)


def row(
    identifier: str,
    label: str,
    wan: str,
    *,
    code: str | None = None,
    project: str | None = None,
    certain: bool = True,
) -> Row:
    fen = int(float(wan) * 100) * 100_00
    cell = Cell(2, wan, fen, certain=certain, doubt=None if certain else "列不确定")
    return Row(identifier, 0, code, label, (cell,), project=project)


def table(number: int | None, title: str, *rows: Row, identifier: str | None = None) -> Table:
    columns = (Column(("科目",), "code"), Column(("名称",), "label"), Column(("合计",)))
    name = identifier or f"表{number}"
    return Table(name, number, title, title, "万元", columns, rows)


def project(name: str, wan: int | None, *citations: str) -> Project:
    fen = None if wan is None else wan * WAN
    return Project(name, name, fen, None, None, None, None, None, citations, section=f"s-{name}")


CHANGJI = Disclosure(
    document=published(1, AGENCY, "新疆维吾尔自治区/昌吉回族自治州", 2022),
    sections=(
        Section("1", 2, "一、主要职能", "拟订长期护理保险、离休人员医疗保障政策。"),
        Section("2", 2, "八、“三公”经费预算情况说明", "2022年“三公”经费预算数为4.9万元。"),
        Section(f"s-{CARE}", 3, f"项目名称：{CARE}", "资金规模：10万元。\n专家费1.5万元。"),
    ),
    tables=(
        table(2, "部门收入总体情况表", row("2101506", "医疗保障经办事务", "49.84", code="2101506")),
        table(
            7,
            "一般公共预算项目支出情况表",
            row("a", "其他医疗保障管理事务支出", "10.00", code="2101599", project=CARE),
            row("b", "其他医疗保障管理事务支出", "500.00", code="2101599", project=VETERANS),
        ),
        table(8, "一般公共预算“三公”经费支出情况表", row("合计", "合计", "4.90")),
        table(None, "项目支出绩效目标表", row("x", f"{CARE}发放率", "0"), identifier="绩效"),
    ),
    projects=(project(CARE, 10), project(VETERANS, 500, "新医保办〔2019〕53号")),
    citations=(
        Citation("新医保办〔2019〕53号", "新医保办〔2019〕53号", None, Target("project", VETERANS)),
    ),
)  # fmt: skip
BAZHOU = Disclosure(
    document=published(2, "巴州医疗保障局", "新疆维吾尔自治区/巴音郭楞蒙古自治州", 2024),
    sections=(
        Section("1", 2, "一、主要职能", "拟订离休人员医疗保障政策。\n单位：千元"),
        Section(
            "s-全民参保",
            3,
            "项目名称：全民参保",
            f"依据《通知》（{OURS}）。2022年起实施，另付7.77万元。",
        ),
    ),
    tables=(
        table(
            5,
            "一般公共预算支出情况表",
            row("2101506", "医疗保障经办事务", "13.76", code="2101506"),
            row("205", "教育支出", "2.5", code="205", certain=False),
        ),
    ),
    projects=(project("全民参保", 52, OURS),),
    citations=(Citation(OURS, OURS, "通知", Target("section", "s-全民参保")),),
)  # fmt: skip
PUTUO = Disclosure(
    document=published(3, "上海市普陀区商务委员会", "上海市/普陀区", 2024, "部门决算"),
    sections=(Section("1", 1, "决算说明", "离休人员2人。另见新医保〔2023〕50号。"),),
    tables=(table(7, "财政拨款收支表", row("1", "行政运行", "300.00", code="2011301")),),
    citations=(
        Citation("新医保〔2023〕50号", "新医保〔2023〕50号", None, Target("section", "1")),
        Citation("新医保发〔2023〕50号", "新医保发〔2023〕50号", None, Target("row", "表7", "1")),
    ),
)
NEWER_PUTUO = Disclosure(
    document=published(4, "上海市普陀区商务委员会", "上海市/普陀区", 2024, "部门决算"),
    sections=(Section("1", 1, "决算说明", "离休人员2人，更正。"),),
)


def found(archive: Archive, text: str, limit: int = 10, offset: int = 0) -> ResultPage:
    return search(archive.store, archive.engine, text, limit=limit, offset=offset)


def as_json(archive: Archive, text: str) -> dict[str, Any]:
    """What programs are told."""
    told = answer(archive.store, archive.engine, text)
    record: dict[str, Any] = json.loads(json.dumps(page_json(told.page, told.rows)))
    return record


def first(archive: Archive, text: str) -> Hit:
    return found(archive, text).hits[0]


def numbers(page: ResultPage) -> list[int]:
    return [int(hit.document.id, 16) for hit in page.hits]
