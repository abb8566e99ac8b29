"""The text of Word paragraphs: what is printed, without deleted text, fields and boxes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from lxml import etree

from indexer.readers.docx.numbering import W
from indexer.readers.docx.styles import Look, run_look

_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_MATH_TEXT = "{http://schemas.openxmlformats.org/officeDocument/2006/math}t"
_MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}oMath"
_GROUPS = frozenset(
    f"{W}{tag}"
    for tag in ("sdt", "sdtContent", "ins", "moveTo", "smartTag", "customXml", "hyperlink",
                "fldSimple", "bdo", "dir", "ruby", "rubyBase")
)  # fmt: skip
OPENED = (*sorted(_GROUPS), f"{_MC}AlternateContent")
"""Elements whose content counts as content of what they stand in."""
_CHARACTERS = {
    f"{W}tab": "\t",
    f"{W}ptab": "\t",
    f"{W}cr": "\n",
    f"{W}noBreakHyphen": "-",
    f"{W}softHyphen": "",
}
_SYMBOL_AREA = range(0xF000, 0xF100)


@dataclass(frozen=True, slots=True)
class Run:
    """A piece of text with one look of its own."""

    text: str
    look: Look


def children(
    parent: Iterable[etree._Element], path: str, wanted: str | None = None
) -> Iterator[tuple[etree._Element, str]]:
    """The children with their paths, content controls and tracked insertions opened."""
    counted: Counter[str] = Counter()
    for child in parent:
        if not isinstance(child.tag, str):
            continue
        local = etree.QName(child).localname
        counted[local] += 1
        place = f"{path}/{local}[{counted[local]}]"
        if child.tag in _GROUPS:
            yield from children(child, place, wanted)
        elif child.tag == f"{_MC}AlternateContent":
            for chosen in child.findall(f"{_MC}Choice")[:1] or child.findall(f"{_MC}Fallback")[:1]:
                yield from children(chosen, place, wanted)
        elif wanted is None or child.tag == wanted:
            yield child, place


def is_deleted(properties: etree._Element) -> bool:
    """Whether row properties say that the row is deleted or hidden."""
    return properties.find(f"{W}del") is not None or properties.find(f"{W}hidden") is not None


def runs_of(paragraph: etree._Element) -> Iterator[Run]:
    """The runs of a paragraph in order, those in links, fields and insertions included."""
    for child, _ in children(paragraph, ""):
        if child.tag == f"{W}r":
            text = "".join(_run_text(child))
            if text:
                yield Run(text, run_look(child.find(f"{W}rPr")))
        elif child.tag == _MATH:
            yield Run("".join(t.text or "" for t in child.iter(_MATH_TEXT)), Look())


def boxes_of(paragraph: etree._Element, path: str) -> Iterator[tuple[etree._Element, str]]:
    """The contents of text boxes anchored in a paragraph; of two renderings only the first."""
    for number, box in enumerate(paragraph.iter(f"{W}txbxContent"), start=1):
        ancestors = list(box.iterancestors())
        inside = ancestors[: ancestors.index(paragraph)]
        is_nested = any(ancestor.tag == f"{W}txbxContent" for ancestor in inside)
        if not is_nested and not any(_is_second_rendering(ancestor) for ancestor in inside):
            yield box, f"{path}/txbxContent[{number}]"


def _is_second_rendering(element: etree._Element) -> bool:
    parent = element.getparent()
    return (
        element.tag == f"{_MC}Fallback"
        and parent is not None
        and parent.find(f"{_MC}Choice") is not None
    )


def _run_text(run: etree._Element) -> Iterator[str]:
    for child in run:
        if child.tag == f"{W}t":
            yield child.text or ""
        elif child.tag == f"{W}br":
            yield "\n" if child.get(f"{W}type", "textWrapping") == "textWrapping" else ""
        elif child.tag == f"{W}sym":
            yield _symbol(child.get(f"{W}char", ""))
        elif child.tag == f"{W}ruby":
            for base in child.iterfind(f"{W}rubyBase/{W}r"):
                yield from _run_text(base)
        elif isinstance(child.tag, str):
            yield _CHARACTERS.get(child.tag, "")


def _symbol(code: str) -> str:
    """A character of a symbol font; one that only that font knows prints as a box."""
    try:
        point = int(code, 16)
    except ValueError:
        return ""
    return "□" if point in _SYMBOL_AREA else chr(point) if 0 < point < 0x110000 else ""
