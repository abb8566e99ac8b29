"""Disclosures to put into a store."""

from __future__ import annotations

from archive.model import Cell, Column, Disclosure, Row, Table
from archive.store import Store
from tests.documents import document


def table(*labels: str, id: str = "表1") -> Table:
    rows = tuple(
        Row(label, line, "2101506", label, (Cell(1, "1.5", 1500000),))
        for line, label in enumerate(labels)
    )
    return Table(id, 1, "支出总表", None, "万元", (Column(("科目",), "label"),), rows)


def put(store: Store, number: int, *labels: str, extractor: int = 1, **changes: object) -> str:
    record = Disclosure(document(number, **changes), tables=(table(*labels),))
    return store.put(record, size=10, extractor=extractor)


def labels_held(store: Store) -> list[str]:
    return [text for (text,) in store.db.execute("SELECT text FROM labels ORDER BY id")]
