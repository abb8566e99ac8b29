from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from archive.citations import find
from archive.model import Cell, Citation, Column, Project, Row, Section, Table, Target
from indexer.cite import cite
from indexer.projects import to_projects

# Made by reading the documents; a change in them needs the same.
with Path(__file__).with_name("real_citations.csv").open(encoding="utf-8", newline="") as file:
    REAL = list(csv.DictReader(file))


def project(name: str, section: str, *fields: tuple[str, str]) -> Project:
    return Project(name, name, None, None, None, None, None, None, (), fields, section)


def table(*rows: Row, title: str = "部门整体绩效目标表", notes: tuple[str, ...] = ()) -> Table:
    return Table("表", None, title, None, None, (Column(("依据",), "text"),), rows, notes=notes)


def test_a_number_in_a_section() -> None:
    section = Section("一", 2, "一、职能", "根据喀党编委〔2019〕46号设立中心。")
    assert cite([section], [], []) == [
        Citation("喀党编委〔2019〕46号", "喀党编委〔2019〕46号", None, Target("section", "一"))
    ]


def test_a_number_in_a_projects_field_points_at_the_project_alone() -> None:
    text = "设立的政策依据：（新医保\n〔2021〕12号）\n预算安排规模：5万元"
    section = Section("七-3", 4, "3. 项目名称：甲", text)
    told = project(
        "甲", "七-3", ("设立的政策依据", "（新医保〔2021〕12号）"), ("预算安排规模", "5万元")
    )
    (citation,) = cite([section], [], [told])
    assert (citation.normal, citation.target) == ("新医保〔2021〕12号", Target("project", "甲"))


def test_the_same_number_outside_the_project_is_the_sections() -> None:
    before = Section("一", 2, "一、职能", "根据喀党编委〔2019〕46号设立。")
    own = Section("七", 2, "七、项目", "设立的政策依据：喀党编委〔2019〕46号")
    after = Section("八", 2, "八、其他", "见喀党编委〔2019〕46号。")
    told = project("甲", "七", ("设立的政策依据", "喀党编委〔2019〕46号"))
    assert [citation.target for citation in cite([before, own, after], [], [told])] == [
        Target("section", "一"),
        Target("project", "甲"),
        Target("section", "八"),
    ]


def test_fields_that_are_sections_of_their_own_belong_to_the_project() -> None:
    sections = [
        Section("说明", 1, "甲专项经费情况说明", ""),
        Section("说明-一", 2, "一、项目概述", "推动。"),
        Section("说明-二", 2, "二、立项依据", "《意见办法》（普科合规范〔2023〕3号）。"),
    ]
    (citation,) = cite(sections, [], to_projects(sections))
    assert citation.target == Target("project", "甲专项")
    assert citation.title == "意见办法"


def test_a_number_in_a_cell_points_at_its_row() -> None:
    row = Row(
        "参保人数", 3, None, "参保人数", (Cell(0, "参保人数"), Cell(4, "新医保发 (2023) 30 号"))
    )
    assert cite([], [table(row)], []) == [
        Citation(
            "新医保发 (2023) 30 号", "新医保发〔2023〕30号", None, Target("row", "表", "参保人数")
        )
    ]


def test_titles_and_notes_of_a_table_point_at_the_table() -> None:
    noted = table(notes=("注：按新财预〔2023〕3号编制。",))
    assert [citation.target for citation in cite([], [noted], [])] == [Target("table", "表")]


def test_a_number_printed_twice_in_one_record_counts_once() -> None:
    section = Section("一", 2, "一、职能", "按新财预〔2023〕3号编制。新财预〔2023〕3号另有规定。")
    assert len(cite([section], [], [])) == 1


@pytest.mark.real
def test_every_policy_of_the_real_disclosures(
    real_parts: Any, real_disclosures: Path, record_property: Callable[[str, object], None]
) -> None:
    """Precision and recall 1.00: all that is found is expected, all that is expected found."""
    found = []
    for path in sorted(real_disclosures.glob("*/*")):
        parts = real_parts(path.stem)
        for citation in cite(parts.sections, parts.tables, to_projects(parts.sections)):
            target = citation.target
            found.append(
                {
                    "document": path.stem,
                    "kind": target.kind,
                    "target": "" if target.kind == "section" else target.row or target.id,
                    "normal": citation.normal or "",
                    "title": citation.title or "",
                }
            )
    wanted, got = (Counter(map(str, rows)) for rows in (REAL, found))
    right = (wanted & got).total()
    record_property(
        "report:Document numbers, in the real disclosures",
        f"{len(REAL)} citations: precision {right / len(found):.4f}, "
        f"recall {right / len(REAL):.4f}",
    )
    assert sorted(found, key=str) == sorted(REAL, key=str)


@pytest.mark.real
def test_numbers_are_found_in_the_raw_text_of_the_converters(real_disclosures: Path) -> None:
    for path in sorted(real_disclosures.glob("text/*.txt")):
        mentions = find(path.read_text(encoding="utf-8-sig"))
        expected = {row["normal"] for row in REAL if row["document"] == path.stem}
        assert {mention.normal or "" for mention in mentions} | {""} == expected | {""}
