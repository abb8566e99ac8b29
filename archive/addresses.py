"""Ids made of what is printed, and the paths of pages made of ids.

An id must survive a better extractor, so it never counts rows or pages: it joins number,
code and label as printed, and only among equals an ordinal (``~2``).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from urllib import parse

from archive.model import Document
from archive.privacy import masked

_MOST = 40
_KEPT = re.compile(r"[^\w.]+")
_REMEMBERED = 10_000
_DOCUMENT_ID = re.compile(r"([0-9a-f]{12})$")


def slug(*parts: str | None) -> str:
    """Printed parts as one readable piece of an address: ``slug("210", "卫生 健康")``.

    A mobile number is masked: an address is passed on, whatever the archive's setting.
    """
    words = []
    for part in parts:
        text = masked(unicodedata.normalize("NFKC", part or ""))
        text = _KEPT.sub("-", re.sub(r"\s+", "", text)).strip("-.")
        if text:
            words.append(text[:_MOST])
    return "-".join(words)


def distinct(ids: Iterable[str]) -> list[str]:
    """The same ids in order, equal ones told apart: ``a, b, a`` → ``a, b, a~2``."""
    used: set[str] = set()
    ordinals: dict[str, int] = {}
    result = []
    for identifier in ids:
        name = identifier or "_"
        chosen = name
        while chosen in used:
            ordinals[name] = ordinals.get(name, 1) + 1
            chosen = f"{name}~{ordinals[name]}"
        used.add(chosen)
        result.append(chosen)
    return result


def document_slug(document: Document) -> str:
    """``昌吉州医疗保障局-2022-部门预算-1a2b3c4d5e6f``; only the last part is significant."""
    year = str(document.fiscal_year) if document.fiscal_year else None
    return slug(document.agency or document.title, year, document.kind, document.id)


def document_id(document_slug_or_id: str) -> str | None:
    """The document id at the end of a slug, ``None`` when there is none."""
    match = _DOCUMENT_ID.search(document_slug_or_id)
    return match[1] if match else None


@lru_cache(maxsize=_REMEMBERED)
def quote(part: str) -> str:
    """A part of an address percent-encoded: names of tables and rows come again and again."""
    return parse.quote(part)


@lru_cache(maxsize=_REMEMBERED)
def document_path(document: Document) -> str:
    """The path of a disclosure's page."""
    return f"/d/{quote(document_slug(document))}"


def table_path(document: Document, table: str) -> str:
    """The path of a table's page."""
    return f"{document_path(document)}/t/{quote(table)}"


def row_path(document: Document, table: str, row: str, column: str | None = None) -> str:
    """The permalink of a row, or with ``column`` (see :func:`column_ids`) of a cell."""
    cell = f"&cell={quote(column)}" if column else ""
    return f"{table_path(document, table)}?row={quote(row)}{cell}#{quote(row)}"


def section_path(document: Document, section: str) -> str:
    """The path of a section on its disclosure's page."""
    return f"{document_path(document)}/s/{quote(section)}#{quote(section)}"


def project_path(document: Document, project: str) -> str:
    """The path of a project's page."""
    return f"{document_path(document)}/p/{quote(project)}"


def column_ids(paths: Iterable[tuple[str, ...]]) -> list[str]:
    """An id for each column from its header texts."""
    return distinct(slug(*path) for path in paths)
