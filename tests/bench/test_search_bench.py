"""The generated disclosures, and what is asked of them."""

from __future__ import annotations

from itertools import islice

from click.testing import CliRunner

from archive.query import parse
from bench import search
from bench.corpus import corpus
from bench.queries import query_classes
from bench.rivals import cut


def test_disclosures_are_the_same_every_time_and_of_real_size() -> None:
    held = list(corpus(22))
    assert held[:6] == list(corpus(6))
    assert held[0] == next(corpus(200))
    assert len({one.document.id for one in held}) == 22
    assert [one.document.fiscal_year for one in held[:6]] == [2020, 2021, 2022, 2023, 2024, 2020]
    for one in held:
        assert 150 < sum(len(table.rows) for table in one.tables) < 300
        assert 3 <= len(one.projects) <= 5
        assert all(project.amount_fen for project in one.projects)
        assert any(citation.normal for citation in one.citations)
        assert one.indicators


def test_figures_add_up() -> None:
    (one,) = islice(corpus(1), 1)
    table = next(table for table in one.tables if table.form == "一般公共预算支出情况表")
    total = next(row for row in table.rows if row.total)
    classes = [row for row in table.rows if row.code and len(row.code) == 3]
    column = total.cells[0].column
    parts = [cell.fen or 0 for row in classes for cell in row.cells if cell.column == column]
    assert sum(parts) == total.cells[0].fen


def test_queries_are_distinct_and_understood() -> None:
    classes = query_classes(8, list(corpus(40)))
    for name, asked in classes.items():
        assert len(set(asked)) == len(asked) == 8, name
        assert not [one for one in asked if parse(one.text).notices], name


def test_rivals_get_words() -> None:
    assert cut("一般公共预算 2,023.5万元").split()[0] == "一般"
    assert "2,023.5" in cut("一般公共预算 2,023.5万元").split()


def test_help() -> None:
    shown = CliRunner().invoke(search.main, ["--help"])
    assert shown.exit_code == 0
    assert "--documents" in shown.output
