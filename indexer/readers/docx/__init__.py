"""DOCX to pages: the body in order, with the numbers that Word counts and merged cells.

The parts are taken from the package one by one, and python-docx's element layer reads them:
its document object would load every part and refuse a file for one broken picture.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from docx.oxml.parser import parse_xml
from lxml import etree

from archive.errors import UnreadableFile
from archive.model import Place
from indexer.pages import Grid, GridCell, Line, Page, Pages
from indexer.readers.docx.numbering import Numbering, W
from indexer.readers.docx.styles import Look, Styles, paragraph_look
from indexer.readers.docx.text import OPENED, Run, boxes_of, children, is_deleted, runs_of
from indexer.readers.guards import Package, check_memory, open_package, salvaged
from indexer.readers.regions import split

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
NESTED_SHARE = 3
"""A table lays out the page when it has a nested table for every so many filled cells."""

_MAIN = "word/document.xml"
_LINKS = "word/_rels/document.xml.rels"
_EMBEDDED = b"/relationships/aFChunk"
"""Text that Word takes from a file inside the file when it opens the document."""
_BLOCKS = (f"{W}p", f"{W}tbl", *OPENED)
_TITLE = "{http://purl.org/dc/elements/1.1/}title"


@dataclass(slots=True)
class _Reading:
    """What is needed while the body is walked, and whether that meets a fault."""

    styles: Styles
    numbering: Numbering
    broken: bool = False
    nested: list[Line | Grid] = field(default_factory=list)


def read_docx(data: bytes, name: str) -> Pages:
    """Read a DOCX; raises UnreadableFile when its main text cannot be read."""
    package = open_package(data, name)
    reading = _Reading(
        Styles(_part(package, "word/styles.xml")),
        Numbering.of(_part(package, "word/numbering.xml")),
        broken=_MAIN in package.damaged,
    )
    items = tuple(_blocks(_streamed(_source(package), name, reading), "body", reading))
    if not items:
        raise UnreadableFile(f"{name}：文档里没有文字（内容可能全是图片），请导入文字版文件。")
    problem = _problem(package, broken=reading.broken)
    return Pages(MEDIA_TYPE, (Page(None, items, problem),), title=_title(package))


def body_of(data: bytes) -> etree._Element:
    """The body that the paths of a document lead through; raises UnreadableFile."""
    recovering = etree.XMLParser(resolve_entities=False, no_network=True, recover=True)
    body = etree.fromstring(_source(open_package(data, "文档")), recovering).find(f"{W}body")
    if body is None:
        raise _no_body("文档")
    return body


def _source(package: Package) -> bytes:
    damaged = _MAIN in package.damaged
    return salvaged(package, _MAIN) if damaged else package.read(_MAIN)


def _streamed(source: bytes, name: str, reading: _Reading) -> Iterator[etree._Element]:
    """The paragraphs and tables of the body, each freed when the next one is asked for.

    The tree of a long document takes many times the memory of what is read from it.  What
    follows a fault is read as far as it can be made out.
    """
    parts = etree.iterparse(
        io.BytesIO(source), tag=_BLOCKS, resolve_entities=False, no_network=True, recover=True
    )
    body: etree._Element | None = None
    try:
        for _, element in parts:
            parent = element.getparent()
            if parent is not None and parent.tag == f"{W}body":
                body = parent
                yield element
                element.clear()
    except etree.XMLSyntaxError as error:
        check_memory(error)
        reading.broken = True
    if any(error.type == etree.ErrorTypes.ERR_NO_MEMORY for error in parts.error_log):
        raise MemoryError
    reading.broken |= any(error.level > etree.ErrorLevels.WARNING for error in parts.error_log)
    root = parts.root
    if body is None and (root is None or root.find(f"{W}body") is None):
        raise _no_body(name)


def _no_body(name: str) -> UnreadableFile:
    return UnreadableFile(
        f"{name}：正文（{_MAIN}）已损坏或不是 Word 通用格式，请用 WPS 或 Word 另存后再导入。"
    )


def _part(package: Package, part: str) -> etree._Element | None:
    """An auxiliary part, ``None`` when it is missing or damaged."""
    if part not in package.names or part in package.damaged:
        return None
    try:
        return parse_xml(package.read(part))
    except etree.XMLSyntaxError as error:
        check_memory(error)
        return None


def _problem(package: Package, *, broken: bool) -> str | None:
    others = [part for part in package.damaged if part != _MAIN]
    told = []
    if broken:
        told.append("正文在中途损坏或嵌套过深，只读出了前面的部分，请用 WPS 或 Word 另存后再导入")
    if others:
        told.append(f"文件内的部件已损坏：{'、'.join(others[:5])}")
    if _EMBEDDED in _links(package):
        told.append("文档里嵌有另一份文件，其内容未收录，请用 WPS 或 Word 打开并另存后再导入")
    return "；".join(told) + "。" if told else None


def _links(package: Package) -> bytes:
    """The list of what the main text is linked to, empty when there is none."""
    readable = _LINKS in package.names and _LINKS not in package.damaged
    return package.read(_LINKS) if readable else b""


def _title(package: Package) -> str | None:
    core = _part(package, "docProps/core.xml")
    title = "" if core is None else core.findtext(_TITLE) or ""
    return title.strip() or None


def _blocks(
    parent: Iterable[etree._Element], path: str, reading: _Reading
) -> Iterator[Line | Grid]:
    """The paragraphs and tables of a body, a cell or a text box, in order."""
    for child, place in children(parent, path):
        if child.tag == f"{W}p":
            yield from _paragraph(child, place, reading)
            for box, box_place in boxes_of(child, place):
                yield from _blocks(box, box_place, reading)
        elif child.tag == f"{W}tbl":
            yield from _table(child, place, reading)


def _paragraph(paragraph: etree._Element, path: str, reading: _Reading) -> Iterator[Line]:
    look = _look(paragraph, reading)
    runs = [run for run in runs_of(paragraph) if not run.look.hidden]
    number = _number(look, reading) if any(run.text.strip() for run in runs) else ""
    lines = (number + "".join(run.text for run in runs)).split("\n")
    shown = runs[0].look.over(look) if runs else look
    first = True
    for text in lines:
        if text.strip():
            yield Line(
                text=text.replace("\t", "  ").strip(),
                place=Place(path=path),
                size=_size(runs, look),
                bold=all(bool(run.look.over(look).bold) for run in runs if run.text.strip()),
                centred=bool(shown.centred),
                indent=look.indent or _blank_indent(text),
                new_paragraph=True if first else None,
                heading_level=look.heading_level,
            )
            first = False


def _look(paragraph: etree._Element, reading: _Reading) -> Look:
    properties = paragraph.find(f"{W}pPr")
    style = None if properties is None else properties.find(f"{W}pStyle")
    style_id = None if style is None else style.get(f"{W}val")
    return paragraph_look(properties).over(reading.styles.look(style_id))


def _number(look: Look, reading: _Reading) -> str:
    if look.list_id is None or look.list_id == "0":
        return ""
    return reading.numbering.next(look.list_id, look.list_level or 0)


def _size(runs: list[Run], look: Look) -> float | None:
    """The size of most of the characters."""
    weights: dict[float | None, int] = {}
    for run in runs:
        size = run.look.size or look.size
        weights[size] = weights.get(size, 0) + len(run.text.strip())
    return max(weights, key=lambda size: weights[size], default=look.size)


def _blank_indent(text: str) -> float:
    blanks = text[: len(text) - len(text.lstrip())]
    return sum(1.0 if blank == "\u3000" else 0.5 for blank in blanks)


def _table(table: etree._Element, path: str, reading: _Reading) -> Iterator[Line | Grid]:
    if _is_layout(table):
        for row, row_path in _rows(table, path):
            for cell, cell_path in children(row, row_path, f"{W}tc"):
                yield from _blocks(cell, cell_path, reading)
        return
    outer, reading.nested = reading.nested, []
    yield from split(_grid(table, path, reading))
    nested, reading.nested = reading.nested, outer
    yield from nested


def _is_layout(table: etree._Element) -> bool:
    """Whether a table only places things: one cell, or nested tables in most of its cells."""
    cells = [cell for row, path in _rows(table, "") for cell, _ in children(row, path, f"{W}tc")]
    nesting = sum(next(cell.iterfind(f".//{W}tbl"), None) is not None for cell in cells)
    filled = sum(any(t.text and t.text.strip() for t in cell.iter(f"{W}t")) for cell in cells)
    return len(cells) <= 1 or (nesting > 0 and filled <= NESTED_SHARE * nesting)


def _rows(table: etree._Element, path: str) -> Iterator[tuple[etree._Element, str]]:
    for row, row_path in children(table, path, f"{W}tr"):
        properties = row.find(f"{W}trPr")
        if properties is None or not is_deleted(properties):
            yield row, row_path


def _grid(table: etree._Element, path: str, reading: _Reading) -> Grid:
    """The table's cells; w:vMerge continues the cell above in the same column."""
    cells: list[GridCell] = []
    above: dict[int, int] = {}
    width = rows = 0
    for row, row_path in _rows(table, path):
        column = _grid_number(row.find(f"{W}trPr/{W}gridBefore"))
        for cell, cell_path in children(row, row_path, f"{W}tc"):
            span = max(1, _grid_number(cell.find(f"{W}tcPr/{W}gridSpan")))
            merge = cell.find(f"{W}tcPr/{W}vMerge")
            goes_on = merge is not None and merge.get(f"{W}val", "continue") != "restart"
            if goes_on and column in above:
                at = above[column]
                cells[at] = _longer(cells[at], _cell_text(cell, cell_path, reading))
            else:
                above.pop(column, None)
                if merge is not None:
                    above[column] = len(cells)
                text = _cell_text(cell, cell_path, reading)
                cells.append(GridCell(rows, column, text, Place(path=cell_path), 1, span))
            if merge is None:
                above.pop(column, None)
            column += span
        width, rows = max(width, column), rows + 1
    kept = tuple(c for c in cells if c.text or c.row_span > 1 or c.column_span > 1)
    return Grid(rows, width, kept, Place(path=path))


def _longer(cell: GridCell, more: str) -> GridCell:
    """A merged cell with one row more, and the text that hides below it, if any."""
    text = "\n".join(filter(None, (cell.text, more)))
    return GridCell(cell.row, cell.column, text, cell.place, cell.row_span + 1, cell.column_span)


def _cell_text(cell: etree._Element, path: str, reading: _Reading) -> str:
    """The paragraphs of a cell, one a line; its nested tables are set aside for later."""
    lines = []
    for item in _blocks(cell, path, reading):
        if isinstance(item, Line):
            lines.append(item.text)
        else:
            reading.nested.append(item)
    return "\n".join(lines)


def _grid_number(element: etree._Element | None) -> int:
    printed = "" if element is None else element.get(f"{W}val", "")
    return min(int(printed), 1000) if printed.isdigit() else 0
