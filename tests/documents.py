"""Documents made up for tests, told apart by a number."""

from __future__ import annotations

from dataclasses import replace

from archive.model import Document


def document(number: int = 1, **changes: object) -> Document:
    """The document with this number; its id and its SHA-256 are the number in hexadecimal."""
    sha256 = f"{number:064x}"
    made = Document(
        id=sha256[-12:],
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
