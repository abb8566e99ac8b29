"""Traditional characters and the simplified ones that stand for them, one for one.

The table is OpenCC's of characters (``archive/data/traditional.csv``).  Several traditional
characters share a simplified one (後 and 后), so the way is this one only: texts of both
scripts are compared in simplified characters.
"""

from __future__ import annotations

import csv
from functools import cache
from importlib.resources import files


@cache
def simplified_forms() -> dict[int, str]:
    """The simplified form of each traditional character, for :meth:`str.translate`."""
    text = files("archive").joinpath("data/traditional.csv").read_text(encoding="utf-8")
    table = {
        ord(row["traditional"]): row["simplified"] for row in csv.DictReader(text.splitlines())
    }
    return {character: _last(form, table) for character, form in table.items()}


def simplified(text: str) -> str:
    """The text in simplified characters; as long as before."""
    return text.translate(simplified_forms())


def _last(form: str, table: dict[int, str]) -> str:
    """The form that stands for itself: 薴 → 苧 → 苎."""
    return table.get(ord(form), form)
