"""Elements of a DOCX or HTML file by the paths that their readers give."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Protocol

from lxml import etree

from indexer.readers.docx import body_of
from indexer.readers.docx.numbering import W
from indexer.readers.docx.text import runs_of
from indexer.readers.html import root_of
from indexer.readers.html.tree import collapse, is_block, is_skipped, plain_spaces, tag_of

Element = etree._Element

_STEP = re.compile(r"(?P<name>[^\[/]+)(?:\[(?P<number>\d+)\])?")
_BOX = "txbxContent"


class Tree(Protocol):
    """A file whose places are elements."""

    def text_at(self, path: str) -> str:
        """The text of an element, without that of tables inside it unless it is one."""

    def between(self, first: str, last: str) -> str:
        """The text from one element to another, both included, tables between them too."""


class DocxTree:
    """The body of a Word document; raises UnreadableFile when it cannot be read."""

    def __init__(self, data: bytes) -> None:
        self._body = body_of(data)

    def text_at(self, path: str) -> str:
        """See :class:`Tree`."""
        element = self._find(path)
        return "" if element is None else "\n".join(_printed(element, element))

    def between(self, first: str, last: str) -> str:
        """See :class:`Tree`."""
        start, end = self._find(first), self._find(last)
        if start is None or end is None:
            return ""
        after = set(end.iter())
        lines: list[str] = []
        begun = ended = False
        for element in self._body.iter():
            begun = begun or element is start
            ended = ended or element in after
            if ended and element not in after:
                break
            if begun and element.tag == f"{W}p":
                lines.append(_paragraph(element))
        return "\n".join(lines)

    def _find(self, path: str) -> Element | None:
        steps = list(_STEP.finditer(path.partition("/")[2]))
        element: Element | None = self._body
        for step in steps:
            if element is None:
                return None
            element = _docx_child(element, step["name"], int(step["number"] or 1))
        return element


def _docx_child(element: Element, name: str, number: int) -> Element | None:
    """A child by its local name; a text box is named from the paragraph that anchors it."""
    if name == _BOX:
        found = list(element.iter(f"{W}{_BOX}"))
    else:
        if etree.QName(element).localname == "AlternateContent":
            element = element[0]  # the reader takes the first rendering
        found = [
            child
            for child in element
            if isinstance(child.tag, str) and etree.QName(child).localname == name
        ]
    return found[number - 1] if number <= len(found) else None


def _printed(element: Element, top: Element) -> Iterator[str]:
    """The paragraphs in an element, not those of tables further in."""
    if element.tag == f"{W}p":
        yield _paragraph(element)
        return
    for child in element:
        nested = child.tag == f"{W}tbl" and top.tag != f"{W}tbl"
        if isinstance(child.tag, str) and not nested:
            yield from _printed(child, top)


def _paragraph(paragraph: Element) -> str:
    return "".join(run.text for run in runs_of(paragraph) if not run.look.hidden)


class HtmlTree:
    """The tree of a web page."""

    def __init__(self, data: bytes) -> None:
        self._root = root_of(data)

    def text_at(self, path: str) -> str:
        """See :class:`Tree`."""
        element = self._find(path)
        return "" if element is None else _joined(_gathered(element, element))

    def between(self, first: str, last: str) -> str:
        """See :class:`Tree`."""
        start, end = self._find(first), self._find(last)
        if self._root is None or start is None or end is None:
            return ""
        pieces: list[str] = []
        begun = False
        for event, element in etree.iterwalk(self._root, events=("start", "end")):
            begun = begun or element is start
            if begun and not is_skipped(element):
                breaks = "\f" if is_block(element) or tag_of(element) == "br" else ""
                text = element.text if event == "start" else element.tail
                pieces.append((breaks if event == "start" else "") + (text or ""))
                pieces.append(breaks if event == "end" else "")
            if event == "end" and element is end:
                break
        return _joined(pieces)

    def _find(self, path: str) -> Element | None:
        element = self._root
        for step in list(_STEP.finditer(path))[1:]:
            if element is None:
                return None
            named = [child for child in element if str(child.tag) == step["name"]]
            number = int(step["number"] or 1)
            element = named[number - 1] if number <= len(named) else None
        return element


def _gathered(element: Element, top: Element) -> Iterator[str]:
    """The pieces of text in an element, a form feed where a line ends."""
    yield (element.text or "").replace("\f", " ")
    for child in element:
        nested = tag_of(child) == "table" and tag_of(top) not in {"table", "tbody", "thead"}
        if not is_skipped(child) and not nested:
            breaks = is_block(child) or tag_of(child) == "br"
            yield "\f" if breaks else ""
            yield from _gathered(child, top)
            yield "\f" if breaks else ""
        yield (child.tail or "").replace("\f", " ")


def _joined(pieces: Iterator[str] | list[str]) -> str:
    lines = (plain_spaces(collapse(line)) for line in "".join(pieces).split("\f"))
    return "\n".join(line for line in lines if line)
