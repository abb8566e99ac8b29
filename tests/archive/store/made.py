"""Disclosures to put into a store."""

from __future__ import annotations

from dataclasses import replace

from archive.model import Cell, Column, Disclosure, Document, Row, Table
from archive.store import Store


def document(number: int = 1, **changes: object) -> Document:
    sha256 = f"{number:064x}"
    made = Document(
        id=f"{number:012x}",
        title="某市医疗保障局2024年部门预算公开",
        agency="某市医疗保障局",
        region="某市",
        fiscal_year=2024,
        kind="部门预算",
        published_on=None,
        sha256=sha256,
        media_type="text/plain",
        source_name=f"{number}.txt",
    )
    return replace(made, **changes)  # type: ignore[arg-type]


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
