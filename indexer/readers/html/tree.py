"""What elements of an HTML tree are: blocks, hidden, furniture of the web site."""

from __future__ import annotations

import re
from collections import Counter, OrderedDict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TypeAlias

from lxml import etree

from indexer.readers.numerals import letters, roman

Element: TypeAlias = etree._Element  # the one name under which the stubs know elements

FURNITURE_TEXT = 0.3
"""An element that holds more than this share of a page's text is never furniture."""
PARENTS_KEPT = 256
"""Of so many elements the children stay numbered; more than stand around any one cell."""
LEAST_TEXT = 200
"""Below so many characters an element holds too little to be the document."""

_SKIPPED_TAGS = frozenset({
    "script", "style", "noscript", "template", "head", "title", "meta", "link", "nav", "header",
    "footer", "select", "option", "button", "textarea", "input", "iframe", "object", "embed",
    "applet", "svg", "canvas", "audio", "video", "map",
})  # fmt: skip
_BLOCK_TAGS = frozenset({
    "html", "body", "main", "article", "section", "aside", "header", "footer", "address", "div",
    "p", "pre", "blockquote", "center", "hr", "form", "fieldset", "details", "summary", "h1",
    "h2", "h3", "h4", "h5", "h6", "ol", "ul", "li", "dl", "dt", "dd", "dialog", "table",
    "caption", "thead", "tbody", "tfoot", "tr", "td", "th", "figure", "figcaption",
})  # fmt: skip
_SKIPPED_ROLES = frozenset({"navigation", "banner", "contentinfo", "search", "menu"})
_FURNITURE = re.compile(
    r"(?:^|[\s_-])(?:nav|navbar|navigation|menu|footer|foot|copyright|breadcrumbs?|crumbs?|"
    r"share|sidebar|friendlinks?|toolbar|pagination|qrcode)(?:$|[\s_-])",
    re.I,
)
_LIST_FORMS: dict[str, Callable[[int], str]] = {
    "1": str,
    "a": letters,
    "A": lambda number: letters(number).upper(),
    "i": roman,
    "I": lambda number: roman(number).upper(),
}
_KEPT_TAGS = frozenset({"html", "body", "table", "tbody", "tr", "td", "th", "p"})
_STRING = etree.XPath("string()")
_SPACES = re.compile(r"[ \t\r\n\f]+")


def tag_of(element: Element) -> str:
    """The tag in lower case; empty for comments and processing instructions."""
    return element.tag.lower() if isinstance(element.tag, str) else ""


def style_of(element: Element) -> str:
    """The inline style in lower case, without white space."""
    style = element.get("style")
    return re.sub(r"\s+", "", style).lower() if style else ""


def is_block(element: Element) -> bool:
    """Whether the element begins and ends a paragraph."""
    return tag_of(element) in _BLOCK_TAGS


def is_skipped(element: Element) -> bool:
    """Whether the element is not printed, or belongs to the web site, not the document."""
    tag = tag_of(element)
    if not tag or tag in _SKIPPED_TAGS or is_hidden(element):
        return True
    if tag in _KEPT_TAGS:
        return False
    named = f"{element.get('class', '')} {element.get('id', '')}"
    suspect = element.get("role", "") in _SKIPPED_ROLES or _FURNITURE.search(named)
    return bool(suspect) and not _holds_much(element)


def is_hidden(element: Element) -> bool:
    """Whether the element's own attributes hide it."""
    style = style_of(element)
    return (
        element.get("hidden") is not None
        or "display:none" in style
        or "visibility:hidden" in style
        or "mso-hide:all" in style
    )


def collapse(text: str) -> str:
    """White space as browsers show it: a line break is a space, between Han characters too.

    Blanks that print (full-width and no-break ones) stay.
    """
    return _SPACES.sub(" ", text).strip(" ")


def plain_spaces(text: str) -> str:
    """The text with ordinary spaces for no-break ones, and none at its ends."""
    return text.replace("\u00a0", " ").strip()


class Paths:
    """The XPath of elements.

    All siblings are numbered at once, so that a long list stays cheap, and only those of the
    parents last asked for are remembered, so that a long page does too.
    """

    def __init__(self) -> None:
        self._siblings: OrderedDict[Element, _Siblings] = OrderedDict()

    def of(self, element: Element) -> str:
        """An XPath that leads to the element in its tree."""
        parent = element.getparent()
        if parent is None:
            return f"/{element.tag}"
        siblings = self._of(parent)
        return f"{siblings.path}/{_step(element)}[{siblings.numbers[element]}]"

    def ordinal(self, element: Element) -> int:
        """The number of the element among its siblings of the same tag, from 1."""
        parent = element.getparent()
        return 1 if parent is None else self._of(parent).numbers[element]

    def _of(self, parent: Element) -> _Siblings:
        if parent not in self._siblings:
            lineage = [parent, *parent.iterancestors()]
            for ancestor in reversed(lineage):  # from the top, for recursion would be deep
                self._siblings[ancestor] = self._numbered(ancestor)
            while len(self._siblings) > PARENTS_KEPT + len(lineage):
                self._siblings.popitem(last=False)
        self._siblings.move_to_end(parent)
        return self._siblings[parent]

    def _numbered(self, parent: Element) -> _Siblings:
        if parent in self._siblings:
            self._siblings.move_to_end(parent)
            return self._siblings[parent]
        counted: Counter[str] = Counter()
        numbers = {}
        for child in parent:
            counted[_step(child)] += 1
            numbers[child] = counted[_step(child)]
        return _Siblings(self.of(parent), numbers)


@dataclass(frozen=True, slots=True)
class _Siblings:
    """The children of the element at ``path``, each with its number among those of its tag."""

    path: str
    numbers: dict[Element, int]


def _step(element: Element) -> str:
    return str(element.tag) if isinstance(element.tag, str) else "comment()"


def list_number(item: Element, paths: Paths) -> str:
    """The number that a browser prints before an item of an ordered list, else nothing."""
    parent = item.getparent()
    if tag_of(item) != "li" or parent is None or tag_of(parent) != "ol":
        return ""
    start = parent.get("start", "1")
    first = int(start) if re.fullmatch(r"\d{1,6}", start) else 1
    form = _LIST_FORMS.get(parent.get("type", "1"), str)
    return f"{form(first + paths.ordinal(item) - 1)}."


def text_of(element: Element) -> str:
    """All text in the element, hidden text too."""
    return str(_STRING(element))


def first_attribute(root: Element, names: Iterable[str]) -> str | None:
    """The content of the first <meta> with one of the names, in the order of the names."""
    found: dict[str, str] = {}
    for meta in root.iter("meta"):
        key = (meta.get("name") or meta.get("property") or "").strip().lower()
        found.setdefault(key, " ".join(meta.get("content", "").split()))
    return next((found[name] for name in names if found.get(name)), None)


def _holds_much(element: Element) -> bool:
    """Whether an element named like furniture holds the document all the same."""
    if element.find(".//table") is not None and len(element.findall(".//tr")) > 2:
        return True
    text = len(text_of(element))
    if text < LEAST_TEXT:
        return False
    return text > FURNITURE_TEXT * len(text_of(element.getroottree().getroot()))
