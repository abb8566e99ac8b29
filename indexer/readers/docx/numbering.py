"""Automatic numbers of Word paragraphs, as Word prints them.

Headings of budget documents are often numbered so (一、 （一） 1.), and without the number
a heading is no heading.  Follows ECMA-376 part 1, section 17.9.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from lxml import etree

from indexer.readers.numerals import FORMATS

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
MAX_LEVELS = 9


@dataclass(frozen=True, slots=True)
class _Level:
    start: int
    form: str
    text: str
    suffix: str
    legal: bool


@dataclass(slots=True)
class Numbering:
    """Counts the numbered paragraphs of one document, in their order."""

    levels: dict[str, dict[int, _Level]] = field(default_factory=dict)
    abstract_of: dict[str, str] = field(default_factory=dict)
    starts: dict[tuple[str, int], int] = field(default_factory=dict)
    counts: dict[str, list[int | None]] = field(default_factory=dict)
    begun: set[str] = field(default_factory=set)

    @classmethod
    def of(cls, root: etree._Element | None) -> Numbering:
        """Read numbering.xml; ``None`` gives a numbering that numbers nothing."""
        numbering = cls()
        if root is None:
            return numbering
        for abstract in root.iterfind(f"{W}abstractNum"):
            levels = {_integer(lvl, "ilvl"): _level(lvl) for lvl in abstract.iterfind(f"{W}lvl")}
            numbering.levels[abstract.get(f"{W}abstractNumId", "")] = levels
        for num in root.iterfind(f"{W}num"):
            number_id = num.get(f"{W}numId", "")
            numbering.abstract_of[number_id] = _value(num, "abstractNumId") or ""
            for override in num.iterfind(f"{W}lvlOverride"):
                start = _value(override, "startOverride")
                if start is not None and start.isdigit():
                    numbering.starts[number_id, _integer(override, "ilvl")] = int(start)
        return numbering

    def next(self, number_id: str, level: int) -> str:
        """Count one paragraph of a list and give its printed number with what follows it."""
        abstract = self.abstract_of.get(number_id, "")
        levels = self.levels.get(abstract, {})
        if level not in levels or not 0 <= level < MAX_LEVELS:
            return ""
        counts = self.counts.setdefault(abstract, [None] * MAX_LEVELS)
        if number_id not in self.begun:
            self.begun.add(number_id)
            for (owner, at), start in self.starts.items():
                if owner == number_id:
                    counts[at] = start - 1
        before = counts[level]
        counts[level] = levels[level].start if before is None else before + 1
        counts[level + 1 :] = [None] * (MAX_LEVELS - level - 1)
        return _printed(levels, counts, level)


def _printed(levels: dict[int, _Level], counts: list[int | None], level: int) -> str:
    def number(match: re.Match[str]) -> str:
        at = int(match[1]) - 1
        here = levels.get(at)
        if here is None:
            return ""
        count = counts[at]
        form = "decimal" if levels[level].legal else here.form
        return FORMATS.get(form, str)(here.start if count is None else count)

    own = levels[level]
    if own.form == "bullet":
        return ""
    printed = re.sub(r"%([1-9])", number, own.text)
    tight = not printed or own.suffix == "nothing" or not printed[-1].isalnum()
    return printed if tight else f"{printed} "


def _level(element: etree._Element) -> _Level:
    start = _value(element, "start") or "1"
    return _Level(
        start=int(start) if start.isdigit() else 1,
        form=_value(element, "numFmt") or "decimal",
        text=_value(element, "lvlText") or "",
        suffix=_value(element, "suff") or "tab",
        legal=element.find(f"{W}isLgl") is not None,
    )


def _value(element: etree._Element, tag: str) -> str | None:
    child = element.find(f"{W}{tag}")
    return None if child is None else child.get(f"{W}val")


def _integer(element: etree._Element, attribute: str) -> int:
    printed = element.get(f"{W}{attribute}", "0")
    return int(printed) if printed.isdigit() else 0
