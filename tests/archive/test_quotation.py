"""References in the style of a Chinese report."""

from __future__ import annotations

from dataclasses import replace

import pytest

from archive.model import Cell, Column, Document, Project, Row, Section, Table
from archive.quotation import quoted_project, quoted_row, quoted_section, quoted_table

LINK = "https://example.org/d/x"
DOCUMENT = Document(
    "0" * 12, "昌吉州医疗保障局2022年部门预算公开", "昌吉州医疗保障局", None, 2022,
    "部门预算", None, "0" * 64, "text/plain", "a",
)  # fmt: skip
ROW = Row(
    "r", 2, "2101599", "其他支出", (Cell(1, "10.00", 10_000_000),), project="长期护理保险工作经费"
)
TABLE = Table(
    "表7", 7, "一般公共预算项目支出情况表", None, "万元",
    (Column(("项目",), "project"), Column(("项目支出", "合计"))), (ROW,),
)  # fmt: skip
UNNUMBERED = replace(TABLE, number=None)
PROJECT = Project("p", "离休经费", 1, "386万元", None, None, None, None, ())
TITLE = "《昌吉州医疗保障局2022年部门预算公开》"
END = f"，昌吉州医疗保障局，2022年，{LINK}"


@pytest.mark.parametrize(
    ("made", "expected"),
    [
        (quoted_table(DOCUMENT, TABLE, LINK), "表7 一般公共预算项目支出情况表"),
        (quoted_row(DOCUMENT, TABLE, ROW, LINK), "表7第3行“长期护理保险工作经费”"),
        (
            quoted_row(DOCUMENT, TABLE, ROW, LINK, ROW.cells[0]),
            "表7第3行“长期护理保险工作经费”（项目支出 合计：10.00万元）",
        ),
        (
            quoted_row(DOCUMENT, UNNUMBERED, replace(ROW, project=None), LINK),
            "一般公共预算项目支出情况表第3行“其他支出”",
        ),
        (quoted_project(DOCUMENT, PROJECT, LINK), "项目“离休经费”（386万元）"),
        (quoted_section(DOCUMENT, Section("s", 2, "三、机构设置", ""), LINK), "“三、机构设置”"),
        (quoted_section(DOCUMENT, Section("s", 0, "", ""), LINK), "正文"),
    ],
)
def test_quotations(made: str, expected: str) -> None:
    assert made == TITLE + expected + END


def test_what_is_not_known_is_left_out() -> None:
    unknown = replace(DOCUMENT, agency=None, fiscal_year=None)
    assert quoted_table(unknown, TABLE, LINK) == f"{TITLE}表7 一般公共预算项目支出情况表，{LINK}"
