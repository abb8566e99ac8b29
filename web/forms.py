"""The fields of the search form, written as the query language that the box understands."""

from __future__ import annotations

from collections.abc import Mapping

LONGEST_VALUE = 200

_FIELDS = (
    ("project", "项目"),
    ("doc_no", "文号"),
    ("agency", "单位"),
    ("year", "年度"),
)


def composed_query(arguments: Mapping[str, str]) -> str:
    """One query text from the box ``q`` and the form's fields.

    ``min`` and ``max`` are amounts in 万元; a field left blank adds nothing.
    """
    parts = [arguments.get("q", "")]
    for argument, name in _FIELDS:
        value = arguments.get(argument, "").strip()[:LONGEST_VALUE]
        if value:
            parts.append(f"{name}:{_quoted(value)}")
    low = arguments.get("min", "").strip()[:LONGEST_VALUE]
    high = arguments.get("max", "").strip()[:LONGEST_VALUE]
    if low and high:
        parts.append(f"金额:{low}..{high}")
    elif low:
        parts.append(f"金额>={low}")
    elif high:
        parts.append(f"金额<={high}")
    return " ".join(part for part in parts if part)


def _quoted(value: str) -> str:
    return f'"{value}"' if " " in value else value
