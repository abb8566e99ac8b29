"""The sample files say what their facts say, and can be made again from them."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from archive.amounts import to_fen
from archive.model import Disclosure, Indicator, Project, Table
from indexer.extract import extract
from samples.compose import compose
from samples.expected import ExpectedTable, expected_of
from samples.facts import SampleDisclosure, SampleProject, load_facts
from samples.make import FILES, make
from samples.parts import TablePart
from tests.conftest import missing

FACTS = {facts.file: facts for facts in load_facts()}
REGIONS = {
    "昌吉市示例医疗保障局": "新疆维吾尔自治区/昌吉回族自治州/昌吉市",
    "库尔勒市示例医疗保障服务中心": "新疆维吾尔自治区/巴音郭楞蒙古自治州/库尔勒市",
    "上海市普陀区示例规划事务中心": "上海市/普陀区",
}
PUBLISHED = {
    "changji-sample-2023-budget.pdf": "2023-02-20",
    "changji-sample-2024-budget.docx": "2024-02-19",
    "korla-sample-2023-budget.xlsx": "2023-03-01",
    "korla-sample-2024-budget.html": "2024-02-28",
    "putuo-sample-2022-final-accounts.pdf": "2023-09-12",
    "putuo-sample-2023-final-accounts.txt": "2024-09-10",
}
INDICATORS = {
    "≥320人": ("≥", "320", "人"),
    "≥350人": ("≥", "350", "人"),
    "=100%": ("=", "100", "%"),
    "≥95%": ("≥", "95", "%"),
    "≥120家": ("≥", "120", "家"),
    "≥130家": ("≥", "130", "家"),
    "2023年12月": (None, "2023年12月", None),
    "2024年12月": (None, "2024年12月", None),
    "=74人": ("=", "74", "人"),
    "=79人": ("=", "79", "人"),
    "≤460万元": ("≤", "460", "万元"),
    "≤500万元": ("≤", "500", "万元"),
    "≥46个": ("≥", "46", "个"),
    "≥3年": ("≥", "3", "年"),
    "≥1.10万人": ("≥", "1.10", "万人"),
    "≥1.20万人": ("≥", "1.20", "万人"),
    "=3个": ("=", "3", "个"),
    "≥70%": ("≥", "70", "%"),
    "≥4个": ("≥", "4", "个"),
    "≥5个": ("≥", "5", "个"),
}
TITLES = {"部门决算": "{agency}{year}年度部门决算公开"}
BUDGET_TITLE = "{agency}{year}年{kind}公开"


@pytest.fixture(scope="module")
def extracted() -> dict[str, Disclosure]:
    return {file: extract((FILES / file).read_bytes(), file) for file in FACTS}


def test_the_folder_holds_what_the_facts_name() -> None:
    assert {path.name for path in FILES.iterdir()} == set(FACTS)


@pytest.mark.parametrize("file", FACTS)
def test_document(extracted: dict[str, Disclosure], file: str) -> None:
    facts, document = FACTS[file], extracted[file].document
    title = TITLES.get(facts.kind, BUDGET_TITLE)
    assert document.title == title.format(agency=facts.agency, year=facts.year, kind=facts.kind)
    assert document.agency == facts.agency
    assert document.region == REGIONS[facts.agency]
    assert document.fiscal_year == facts.year
    assert document.kind == facts.kind
    assert document.published_on == PUBLISHED[file]
    assert extracted[file].problems == ()


@pytest.mark.parametrize("file", FACTS)
def test_tables(extracted: dict[str, Disclosure], file: str) -> None:
    parts = [part for part in compose(FACTS[file]) if isinstance(part, TablePart)]
    tables = extracted[file].tables
    assert [table.number for table in tables] == [expected_of(part).number for part in parts]
    for part, table in zip(parts, tables, strict=True):
        assert_table(table, expected_of(part))


def assert_table(table: Table, expected: ExpectedTable) -> None:
    where = expected.title
    assert (table.title, table.unit) == (expected.title, expected.unit)
    assert table.declared_empty == expected.declared_empty, where
    if expected.number is None:
        return  # a table of targets: its indicators are compared
    assert table.form is not None, where
    assert tuple(column.path for column in table.columns) == expected.columns, where
    amounts = {i for i, column in enumerate(table.columns) if column.role == "amount"}
    found = [
        (
            (row.code, row.label, row.side, row.role, row.project),
            {cell.column: cell.printed for cell in row.cells if cell.column in amounts},
        )
        for row in sorted(table.rows, key=lambda row: row.line)
    ]
    wanted = [
        ((row.code, row.label, row.side, row.role, row.project), dict(row.cells))
        for row in expected.rows
    ]
    assert found == wanted, where
    cells = [cell for row in table.rows for cell in row.cells]
    assert all(cell.certain for cell in cells), where
    for cell in cells:
        if cell.column in amounts:
            assert cell.fen == to_fen(cell.printed, expected.unit), where


@pytest.mark.parametrize("file", FACTS)
def test_projects(extracted: dict[str, Disclosure], file: str) -> None:
    facts = FACTS[file]
    projects = extracted[file].projects
    assert [said(project) for project in projects] == [
        wanted(project, facts) for project in facts.projects
    ]


def said(project: Project) -> tuple[object, ...]:
    return (
        project.name,
        project.amount_fen,
        project.basis,
        project.people,
        project.agency,
        project.period,
        project.citations,
    )


def wanted(project: SampleProject, facts: SampleDisclosure) -> tuple[object, ...]:
    cited = project.basis.rpartition("（")[2].rstrip("）")
    return (
        project.name,
        project.amount,
        project.basis,
        int(project.people.rstrip("人")) if project.people else None,
        facts.agency,
        f"{facts.year}年1月1日-{facts.year}年12月31日",
        (cited,),
    )


@pytest.mark.parametrize("file", FACTS)
def test_indicators(extracted: dict[str, Disclosure], file: str) -> None:
    expected = [
        (project.name, level1, level2, name, *INDICATORS[value], weight)
        for project in FACTS[file].projects
        for level1, level2, name, value, weight in project.indicators
    ]
    assert [indicator_of(found) for found in extracted[file].indicators] == expected


def indicator_of(found: Indicator) -> tuple[object, ...]:
    return (
        found.project,
        found.level1,
        found.level2,
        found.name,
        found.operator,
        found.value,
        found.unit,
        found.weight,
    )


@pytest.mark.xdist_group("libreoffice")
def test_samples_can_be_made_again(extracted: dict[str, Disclosure], tmp_path: Path) -> None:
    if shutil.which("soffice") is None:
        missing("LibreOffice is not installed: sudo apt-get install -y libreoffice-writer")
    for path in make(tmp_path):
        again = extract(path.read_bytes(), path.name)
        assert without_file(again) == without_file(extracted[path.name]), path.name


def without_file(disclosure: Disclosure) -> tuple[object, ...]:
    """All records but those that name the file's bytes or the places in it."""
    return (
        disclosure.document.title,
        disclosure.document.published_on,
        [(s.id, s.level, s.heading, s.text) for s in disclosure.sections],
        [
            (t.id, t.columns, [(r.id, [(c.column, c.printed) for c in r.cells]) for r in t.rows])
            for t in disclosure.tables
        ],
        disclosure.projects and [said(project) for project in disclosure.projects],
        [indicator_of(indicator) for indicator in disclosure.indicators],
        disclosure.citations,
    )
