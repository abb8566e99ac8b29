"""HTML pages to pages: paragraphs, grids of data tables, and what the page says of itself.

A table that lays out the page (it holds other tables, or a page of text in a cell) is no
grid; its cells are read as running text.  Nothing is removed from the tree, so that every
path leads back into the original.
"""

from __future__ import annotations

import email
import email.policy
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree, html

from archive.errors import LimitExceeded, UnreadableFile
from archive.model import Place
from indexer.pages import Grid, Line, Page, Pages
from indexer.readers.encodings import Decoded, decode
from indexer.readers.guards import check_memory
from indexer.readers.html.depth import flattened
from indexer.readers.html.tables import is_layout, nested_tables, to_grid
from indexer.readers.html.tree import (
    Element,
    Paths,
    collapse,
    first_attribute,
    is_block,
    is_skipped,
    list_number,
    plain_spaces,
    style_of,
    tag_of,
    text_of,
)
from indexer.readers.regions import split

MEDIA_TYPE = "text/html"
INDENT = re.compile(r"[\u3000\u00a0\u2003][\u3000\u00a0\u2003 ]+")
"""Blanks that begin a paragraph where a page parts its paragraphs by <br>."""

_CHARSET = re.compile(rb"charset\s*=\s*[\"']?\s*([\w-]+)", re.I)
_XML_DECLARATION = re.compile(r"\A\s*<\?xml[^>]*\?>")
_DATE = re.compile(r"((?:19|20)\d{2})\s*[-/年.]\s*(\d{1,2})\s*[-/月.]\s*(\d{1,2})")
_DATE_NAMES = ("pubdate", "publishdate", "article:published_time", "dc.date", "createdate")
_TITLE_NAMES = ("articletitle", "og:title", "dc.title")
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_BOLD_TAGS = frozenset({"b", "strong", "th", *_HEADINGS})


@dataclass(slots=True)
class _Paragraph:
    """A paragraph in the making: its pieces, and the block element that it stands in.

    ``paths`` and ``problems`` are of the whole page.
    """

    block: Element
    problems: list[str]
    paths: Paths = field(default_factory=Paths)
    pieces: list[str] = field(default_factory=list)
    bold: list[bool] = field(default_factory=list)
    after_break: bool = False
    number: str = ""

    def add(self, text: str | None, *, bold: bool) -> None:
        """Take in a piece of text, with its HTML white space."""
        if text:
            self.pieces.append(text)
            if text.strip():
                self.bold.append(bold)


def read_html(data: bytes, name: str) -> Pages:
    """Read an HTML page; raises UnreadableFile when it holds no text."""
    decoded = _decoded(data)
    if decoded is None:
        raise UnreadableFile(f"{name}：无法识别网页的文字编码，请另存为 UTF-8 网页后再导入。")
    problems = [f"有 {decoded.broken} 处文字无法解码，以 � 代替。"] if decoded.broken else []
    root = _parse(decoded.text, problems)
    if root is None:
        raise UnreadableFile(f"{name}：网页里没有内容，请核对原件。")
    items = tuple(_items(root, problems))
    if not items:
        raise UnreadableFile(
            f"{name}：网页里没有可读取的文字（正文可能由脚本加载），请在浏览器中另存完整网页。"
        )
    page = Page(None, items, "".join(problems) or None)
    return Pages(MEDIA_TYPE, (page,), title=_title(root), published_on=_published(root))


def root_of(data: bytes) -> Element | None:
    """The tree that the paths of a page lead through; ``None`` when it holds no text."""
    decoded = _decoded(data)
    return None if decoded is None else _parse(decoded.text, [])


def read_mhtml(data: bytes, name: str) -> Pages:
    """Read the page inside a web archive (.mht, or a .doc that Word saved as one)."""
    message = email.message_from_bytes(data.lstrip(), policy=email.policy.default)
    for part in message.walk():
        if part.get_content_type() == "text/html":
            content = part.get_payload(decode=True)
            if isinstance(content, bytes) and content.strip():
                return read_html(content, name)
    raise UnreadableFile(
        f"{name}：网页归档（MHTML）里没有网页正文，请另存为 HTML 或 DOCX 后再导入。"
    )


def fragment_items(text: str) -> list[Line | Grid]:
    """The items of a piece of HTML that stands in another format."""
    root = _parse(text, [])
    return [] if root is None else list(_items(root, []))


def _decoded(data: bytes) -> Decoded | None:
    declared = _CHARSET.search(data[:4096])
    return decode(data, declared[1].decode("ascii") if declared else None)


def _parse(text: str, problems: list[str]) -> Element | None:
    source = _XML_DECLARATION.sub("", text).replace("\0", "")
    root, is_whole = _parsed(source)
    if is_whole:
        return root
    problems.append("网页标签嵌套过深，深处的格式已略去，文字照录。")
    root, is_whole = _parsed(flattened(source))
    if not is_whole:
        problems.append("网页后面的部分未能读出，请在浏览器中打开并另存后再导入。")
    return root


def _parsed(source: str) -> tuple[Element | None, bool]:
    """The root, and whether the parser came to the end of the page."""
    parser = html.HTMLParser(encoding="utf-8", huge_tree=False, no_network=True)
    try:
        root = html.document_fromstring(source.encode("utf-8", "replace"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError) as error:
        check_memory(error)
        return None, True
    limits = etree.ErrorTypes.ERR_RESOURCE_LIMIT
    return root, all(error.type != limits for error in parser.error_log)


def _items(root: Element, problems: list[str]) -> Iterator[Line | Grid]:
    body = root.find("body")
    start = root if body is None else body
    paragraph = _Paragraph(start, problems)
    yield from _walk(start, paragraph, bold=False)
    yield from _finished(paragraph)


def _walk(element: Element, paragraph: _Paragraph, *, bold: bool) -> Iterator[Line | Grid]:
    """The items of an element's content; text is gathered in ``paragraph`` until it ends."""
    paragraph.add(element.text, bold=bold)
    for child in element:
        yield from _visit(child, paragraph, bold=bold)
        paragraph.add(child.tail, bold=bold)


def _visit(child: Element, paragraph: _Paragraph, *, bold: bool) -> Iterator[Line | Grid]:
    tag = tag_of(child)
    if is_skipped(child):
        return
    bold = bold or tag in _BOLD_TAGS or "font-weight:bold" in style_of(child)
    if tag == "br":
        yield from _finished(paragraph)
        paragraph.after_break = True
    elif tag == "table" and (grid := _grid(child, paragraph)) is not None:
        yield from _finished(paragraph)
        yield from split(grid)
        for inner in nested_tables(child):
            yield from _visit(inner, paragraph, bold=bold)
    elif is_block(child):
        yield from _finished(paragraph)
        outer, paragraph.block = paragraph.block, child
        paragraph.after_break = False
        paragraph.number = list_number(child, paragraph.paths) or paragraph.number
        yield from _walk(child, paragraph, bold=bold)
        yield from _finished(paragraph)
        paragraph.block, paragraph.after_break = outer, False
    else:
        yield from _walk(child, paragraph, bold=bold)


def _grid(table: Element, paragraph: _Paragraph) -> Grid | None:
    """A data table as a grid; ``None`` for one to be read as running text."""
    if is_layout(table):
        return None
    try:
        return to_grid(table, paragraph.paths)
    except LimitExceeded as error:
        paragraph.problems.append(str(error))
        return None


def _finished(paragraph: _Paragraph) -> Iterator[Line]:
    """The line that the gathered text makes, if it makes one."""
    raw = collapse("".join(paragraph.pieces))
    text = plain_spaces(paragraph.number + raw)
    if raw.strip():
        paragraph.number = ""
        block = paragraph.block
        style = style_of(block)
        yield Line(
            text=text,
            place=Place(path=paragraph.paths.of(block)),
            bold=all(paragraph.bold),
            centred="text-align:center" in style or block.get("align", "").lower() == "center",
            indent=_indent(raw, style),
            new_paragraph=True if not paragraph.after_break or INDENT.match(raw) else None,
            heading_level=_HEADINGS.get(tag_of(block)),
        )
    paragraph.pieces.clear()
    paragraph.bold.clear()


def _indent(raw: str, style: str) -> float:
    """The indent of the first line in characters, by blanks or by style."""
    blanks = raw[: len(raw) - len(raw.lstrip())]
    width = sum(1.0 if blank in "\u3000\u2003" else 0.5 for blank in blanks if blank != " ")
    if match := re.search(r"text-indent:(\d+(?:\.\d+)?)em", style):
        width += float(match[1])
    return width


def _title(root: Element) -> str | None:
    named = first_attribute(root, _TITLE_NAMES)
    if named:
        return named
    title = root.find(".//title")
    text = "" if title is None else plain_spaces(collapse(text_of(title)))
    return text or None


def _published(root: Element) -> str | None:
    """The publication date that the page's metadata gives, as YYYY-MM-DD."""
    printed = first_attribute(root, _DATE_NAMES) or ""
    match = _DATE.search(printed)
    if match is None:
        return None
    year, month, day = map(int, match.groups())
    in_calendar = 1 <= month <= 12 and 1 <= day <= 31
    return f"{year:04}-{month:02}-{day:02}" if in_calendar else None
