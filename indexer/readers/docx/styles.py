"""What Word styles say of a paragraph: size, weight, place, heading level, list."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cached_property

from lxml import etree

from indexer.readers.docx.numbering import W

_HEADING_NAME = re.compile(r"(?:heading|标题)\s*([1-9])$", re.I)
_ON = frozenset({"1", "true", "on", None})
MAX_BASES = 20
"""So many styles may build on each other; more are a loop."""


@dataclass(frozen=True, slots=True)
class Look:
    """How text looks and which list it belongs to; ``None`` where nothing says."""

    size: float | None = None
    bold: bool | None = None
    centred: bool | None = None
    heading_level: int | None = None
    indent: float | None = None
    list_id: str | None = None
    list_level: int | None = None
    hidden: bool = False

    def over(self, base: Look) -> Look:
        """This look where it says something, ``base`` elsewhere."""
        said = {name: getattr(self, name) for name in Look.__slots__}
        return replace(base, **{name: value for name, value in said.items() if value is not None})


class Styles:
    """The styles of a document by their ids."""

    def __init__(self, root: etree._Element | None) -> None:
        self._root = root
        self._looks: dict[str, Look] = {}

    def look(self, style_id: str | None) -> Look:
        """What a style says with all the styles that it builds on."""
        known = style_id or self._default_paragraph
        if known not in self._looks:
            self._looks[known] = self._resolved(known)
        return self._looks[known]

    @cached_property
    def _elements(self) -> dict[str, etree._Element]:
        styles = [] if self._root is None else self._root.findall(f"{W}style")
        return {style.get(f"{W}styleId", ""): style for style in styles}

    @cached_property
    def _default_paragraph(self) -> str:
        for style_id, style in self._elements.items():
            if style.get(f"{W}type") == "paragraph" and style.get(f"{W}default") in {"1", "true"}:
                return style_id
        return ""

    @cached_property
    def _defaults(self) -> Look:
        found = None if self._root is None else self._root.find(f"{W}docDefaults/{W}rPrDefault")
        return Look() if found is None else run_look(found.find(f"{W}rPr"))

    def _resolved(self, style_id: str) -> Look:
        look = Look()
        element = self._elements.get(style_id)
        for _ in range(MAX_BASES):
            if element is None:
                break
            look = look.over(_style_look(element))
            base = element.find(f"{W}basedOn")
            element = self._elements.get("" if base is None else base.get(f"{W}val", ""))
        return look.over(self._defaults)


def paragraph_look(properties: etree._Element | None) -> Look:
    """What a w:pPr says itself."""
    if properties is None:
        return Look()
    jc = _value(properties, "jc")
    outline = _value(properties, "outlineLvl")
    list_id = _value(properties, "numPr", "numId")
    list_level = _value(properties, "numPr", "ilvl")
    return Look(
        centred=None if jc is None else jc == "center",
        heading_level=int(outline) + 1 if outline and outline in "012345678" else None,
        indent=_indent(properties.find(f"{W}ind")),
        list_id=list_id,
        list_level=int(list_level) if list_level and list_level.isdigit() else None,
    )


def run_look(properties: etree._Element | None) -> Look:
    """What a w:rPr says itself."""
    if properties is None:
        return Look()
    size = _value(properties, "sz")
    bold = properties.find(f"{W}b")
    vanish = properties.find(f"{W}vanish")
    return Look(
        size=int(size) / 2 if size and size.isdigit() else None,
        bold=None if bold is None else bold.get(f"{W}val") in _ON,
        hidden=vanish is not None and vanish.get(f"{W}val") in _ON,
    )


def _style_look(style: etree._Element) -> Look:
    look = paragraph_look(style.find(f"{W}pPr")).over(run_look(style.find(f"{W}rPr")))
    named = _HEADING_NAME.match(_value(style, "name") or "")
    if look.heading_level is None and named:
        look = replace(look, heading_level=int(named[1]))
    return look


def _indent(element: etree._Element | None) -> float | None:
    """The indent of the first line in characters; 210 twips are one of 10.5 points."""
    if element is None:
        return None
    width = 0.0
    for characters, twips, sign in (
        ("leftChars", "left", 1),
        ("startChars", "start", 1),
        ("firstLineChars", "firstLine", 1),
        ("hangingChars", "hanging", -1),
    ):
        in_characters = _number(element.get(f"{W}{characters}"))
        in_twips = _number(element.get(f"{W}{twips}"))
        width += sign * (in_characters / 100 if in_characters else in_twips / 210)
    return max(0.0, round(width, 1))


def _number(printed: str | None) -> float:
    return float(printed) if printed and re.fullmatch(r"-?\d{1,6}(?:\.\d+)?", printed) else 0.0


def _value(element: etree._Element, *tags: str) -> str | None:
    child = element.find("/".join(f"{W}{tag}" for tag in tags))
    return None if child is None else child.get(f"{W}val")
