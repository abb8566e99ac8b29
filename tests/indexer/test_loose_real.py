"""The tables of a real dump, and of real PDFs dumped, against what is printed."""

from __future__ import annotations

from pathlib import Path

import pdfplumber
import pytest

from archive.fold import fold
from archive.model import Cell, Row, Table
from indexer.indicators import to_indicators
from indexer.layout import to_blocks
from indexer.readers import read
from indexer.tables import to_tables

GOLDEN = [
    ("表2", "总计", "总计 财政拨款(补助)小计 一般公共预算 财政拨款结转"),
    ("表2", "2080505", "总计 财政拨款(补助)小计 一般公共预算"),
    ("表2", "2101506", "总计 财政拨款结转"),
    ("表2", "2210201", "总计 财政拨款(补助)小计 一般公共预算"),
    ("表3", "210", "合计 基本支出 项目支出"),
    ("表3", "21015", "合计 基本支出 项目支出"),
    ("表3", "2101506", "合计 项目支出"),
    ("表3", "2109999", "合计 项目支出"),
    ("表3", "2101199", "合计 基本支出"),
    ("表4", "210", "合计 一般公共预算"),
    ("表4", "支出总计", "合计 一般公共预算"),
    ("表5", "2109999", "合计 项目支出"),
    ("表5", "2210201", "合计 基本支出"),
    ("表6", "总计", "合计 人员经费 公用经费"),
    ("表6", "30101", "合计 人员经费"),
    ("表6", "30239", "合计 公用经费"),
    ("表6", "30302", "合计 人员经费"),
    ("表7", "2109999", "项目支出合计 ?"),
    ("表10", "合计", "合计 一般公共预算"),
    ("表10", "公务用车运行费", "合计 一般公共预算"),
    ("表11", "总计", "总计 合计 项目支出"),
]


@pytest.fixture(scope="module")
def real_tables(real_disclosures: Path) -> dict[str, Table]:
    path = real_disclosures / "text" / "changji-city-2024-budget.txt"
    tables = to_tables(to_blocks(read(path.read_bytes(), path.name)))
    return {table.id: table for table in tables}


@pytest.mark.real
@pytest.mark.parametrize(("table", "row", "columns"), GOLDEN)
def test_columns_of_the_real_dump(
    real_tables: dict[str, Table], table: str, row: str, columns: str
) -> None:
    found = real_tables[table]
    line = next(each for each in found.rows if row in (each.code, each.label))
    assert " ".join(_header(found, cell) for cell in _amounts(found, line)) == columns


@pytest.mark.real
def test_only_what_no_sum_decides_is_doubtful(real_tables: dict[str, Table]) -> None:
    doubtful = {
        (name, cell.printed)
        for name, table in real_tables.items()
        for row in table.rows
        for cell in row.cells
        if not cell.certain
    }
    assert doubtful == {("表7", "2.79")}
    figures = [_amounts(table, row) for table in real_tables.values() for row in table.rows]
    assert sum(map(len, figures)) == 240


@pytest.mark.real
def test_indicators_of_the_real_dump(real_tables: dict[str, Table]) -> None:
    indicators = to_indicators(list(real_tables.values()))
    values = [(each.level2, each.operator, each.value, each.unit) for each in indicators]
    assert len(indicators) == 18
    assert ("数量指标", "≥", "23.72", "万人") in values
    assert ("经济成本指标", "≤", "0.073", "万元") in values
    assert ("社会效益指标", None, "明显减轻", None) in values
    assert {each.level1 for each in indicators} == {
        "履职效能", "产出指标", "成本指标", "效益指标", "满意度指标",
    }  # fmt: skip


PDFS = ["shanghai-putuo-wanli-2025-budget", "shanghai-putuo-planning-2024-final-accounts"]


@pytest.mark.real
@pytest.mark.parametrize("name", PDFS)
def test_a_dump_of_a_pdf_says_the_same_as_the_pdf(real_disclosures: Path, name: str) -> None:
    """The lines of a PDF, without its rules and places, against its ruled tables."""
    path = real_disclosures / "pdf" / f"{name}.pdf"
    with pdfplumber.open(path) as pdf:
        dump = "\n".join(page.extract_text().replace("\n", "\n\n") for page in pdf.pages)
    ruled = to_tables(to_blocks(read(path.read_bytes(), path.name)))
    loose = to_tables(to_blocks(read(dump.encode(), f"{name}.txt")))
    expected, found = _facts(ruled), _facts(loose)
    wrong = {fact for fact, certain in found.items() if certain} - expected.keys()
    assert not wrong
    assert len(found.keys() & expected.keys()) >= 0.99 * len(expected)


def _facts(tables: list[Table]) -> dict[tuple[str, ...], bool]:
    """Each amount that is not 0 by form, row and column, and whether it is certain."""
    return {
        (table.form, row.code or fold(row.label), fold("/".join(path)), cell.printed): cell.certain
        for table in tables
        if table.form
        for row in table.rows
        for cell in _amounts(table, row)
        for path in [table.columns[cell.column].path]
        if cell.fen
    }


def _amounts(table: Table, row: Row) -> list[Cell]:
    return [cell for cell in row.cells if table.columns[cell.column].role == "amount"]


def _header(table: Table, cell: Cell) -> str:
    return table.columns[cell.column].path[-1] if cell.certain else "?"
