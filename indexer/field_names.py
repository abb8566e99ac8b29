"""The names under which disclosures print the fields of a project.

They are data (``archive/data/project_fields.csv``): each stands for one of the fields that a
project has, whatever a province calls it.
"""

from __future__ import annotations

import csv
import re
from functools import cache
from importlib.resources import files

_PREFIX = "项目"
"""May stand before the name of any field that does not say it: 项目预算规模."""


@cache
def field_names() -> dict[str, str]:
    """What each printed name, without blanks, stands for: 预算规模 for ``amount``."""
    text = (files("archive") / "data" / "project_fields.csv").read_text(encoding="utf-8")
    fields = {row["printed"]: row["field"] for row in csv.DictReader(text.splitlines())}
    prefixed = {_PREFIX + name: field for name, field in fields.items() if _PREFIX not in name}
    return prefixed | fields


@cache
def any_field_name() -> str:
    """A regular expression of the printed names, the longest first, blanks in them allowed."""
    names = sorted(field_names(), key=len, reverse=True)
    return "|".join(r"\s*".join(map(re.escape, name)) for name in names)
