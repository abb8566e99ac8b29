"""A sample disclosure, a table of it and a row of that, which many pages are tried on."""

from __future__ import annotations

import pytest

from archive.archive import Archive
from archive.model import Document, Row, Table


@pytest.fixture
def budget(sample_archive: Archive) -> Document:
    return next(
        document
        for document in sample_archive.store.documents()
        if document.agency == "昌吉市示例医疗保障局" and document.fiscal_year == 2024
    )


@pytest.fixture
def table7(sample_archive: Archive, budget: Document) -> Table:
    return sample_archive.store.table(budget.id, "表7")


@pytest.fixture
def care(table7: Table) -> Row:
    return next(row for row in table7.rows if row.project == "长期护理保险工作经费")
