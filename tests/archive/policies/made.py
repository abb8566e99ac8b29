"""Disclosures that cite policies, made for tests: projects, rows, performance tables, sections."""

from __future__ import annotations

from collections.abc import Sequence

from archive.model import (
    Cell,
    Citation,
    Column,
    Disclosure,
    Indicator,
    Project,
    Row,
    Section,
    Table,
    Target,
)
from archive.policies.page import all_items
from archive.policies.records import Item, Policy
from archive.store import Store
from archive.store.policies import Policies
from tests.documents import document

NUMBER = "新医保发〔2023〕48号"
TITLE = "关于做好医疗保障基金监管工作的通知"
CARE, FUND = "长期护理保险工作经费", "医疗基金监管工作经费"


def project(name: str, fen: int | None, id: str | None = None) -> Project:
    return Project(id or name, name, fen, None, None, None, None, None, ())


def money_row(name: str, fen: int, id: str | None = None, *, certain: bool = True) -> Row:
    cells = (Cell(0, name), Cell(1, "1", fen, certain), Cell(2, "2", fen + 100))
    return Row(id or name, 0, "2101506", "医疗保障", cells, project=name)


def table7(*rows: Row) -> Table:
    columns = (Column(("项目名称",), "project"), Column(("合计",)), Column(("本年",)))
    return Table("表7", 7, "一般公共预算项目支出情况表", None, "万元", columns, rows)


def goals(name: str | None, *labels: str) -> tuple[Table, list[Indicator]]:
    """A 绩效目标表 of a project, or of the whole department, with a row for each label."""
    identifier = f"绩效-{name}"
    rows = tuple(Row(label, i, None, label, (Cell(0, label),)) for i, label in enumerate(labels))
    made = Table(identifier, None, "绩效目标表", None, None, (Column(("指标",), "text"),), rows)
    told = [Indicator(identifier, name, "产出", "数量", x, "≥", "1", "个", None) for x in labels]
    return made, told


def cites(target: Target, normal: str = NUMBER, title: str | None = TITLE) -> Citation:
    return Citation(normal, normal, title, target)


def in_project(name: str, normal: str = NUMBER, title: str | None = TITLE) -> Citation:
    return cites(Target("project", name), normal, title)


def put(
    store: Store,
    citations: Sequence[Citation],
    projects: Sequence[Project] = (),
    tables: Sequence[Table] = (),
    indicators: Sequence[Indicator] = (),
    *,
    number: int = 1,
    extractor: int = 1,
    **changes: object,
) -> None:
    sections = (Section("一", 2, "一、主要职能", ""),)
    made = Disclosure(
        document(number, **changes), sections, tuple(tables), tuple(projects),
        tuple(indicators), tuple(citations),
    )  # fmt: skip
    store.put(made, size=1, extractor=extractor)


def items_of(store: Store, normal: str = NUMBER) -> list[Item]:
    policy = Policies(store.db).policy(normal)
    assert policy is not None
    return list(all_items(store, policy))


def known(store: Store, normal: str = NUMBER) -> Policy:
    policy = Policies(store.db).policy(normal)
    assert policy is not None
    return policy


def three(store: Store) -> None:
    """Policies of the region, of the state and of an unknown issuer, by falling citations."""
    put(
        store,
        [
            in_project(CARE), in_project(FUND), in_project(FUND, "财社〔2024〕1号", None),
            cites(Target("section", "一"), "某字〔2020〕9号", None),
            cites(Target("section", "一"), NUMBER, None),
            in_project("大项目", "财社〔2024〕1号", None),
        ],
        [project(CARE, 1), project(FUND, 2), project("大项目", 50)],
    )  # fmt: skip
