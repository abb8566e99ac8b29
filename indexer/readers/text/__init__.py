"""Plain text and Markdown, as converters leave them, to pages.

Three layouts come from the converters in use: tables with a tab between cells; tables with
one cell a line, each line led by a tab and the rows parted by blank lines; and a dump of a
PDF, every line followed by a blank one, whose tables are lines like any other.  Line
numbers in places are those of the file, and blank lines show only as gaps in them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from archive.errors import UnreadableFile
from archive.model import Place
from indexer.pages import Grid, Line, Page, Pages
from indexer.readers.encodings import decode
from indexer.readers.html import fragment_items
from indexer.readers.markdown import clean_line
from indexer.readers.text.tables import PrintedLine, is_stacked, row_items, stack_items
from indexer.readers.text.trimmed import with_trailing_blanks

MEDIA_TYPE = "text/plain"
DUMP_SHARE = 0.5
"""From this share of lines followed by a blank one, a file is a dump of printed lines."""

_LINE_END = re.compile(r"\r\n|\n|\r")
_PIPE_ROW = re.compile(r"\s*\|.*\|\s*$")
_PIPE_RULE = re.compile(r"\s*\|(?:\s*:?-{2,}:?\s*\|)+\s*$")
_INVISIBLE = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u2060\ufeff\u00ad\0"))
_WIDTHS = {" ": 0.5, "\u00a0": 0.5, "\u2002": 0.5, "\u2003": 1.0, "\u3000": 1.0}


@dataclass(frozen=True, slots=True)
class _Stretch:
    """Lines that are read in one way."""

    kind: str
    lines: list[PrintedLine]


def read_text(data: bytes, name: str) -> Pages:
    """Read a text file; raises UnreadableFile when no encoding fits."""
    decoded = decode(data)
    if decoded is None:
        raise UnreadableFile(f"{name}：无法识别文字编码，请另存为 UTF-8 文本后再导入。")
    lines = [
        PrintedLine(number, raw.translate(_INVISIBLE))
        for number, raw in enumerate(_LINE_END.split(decoded.text), start=1)
    ]
    lines = with_trailing_blanks(lines)
    paged = "\f" in decoded.text
    stacked = is_stacked(lines)
    pages = [
        Page(number if paged else None, tuple(_items(page, stacked=stacked)))
        for number, page in enumerate(_split_pages(lines), start=1)
    ]
    if decoded.broken:
        problem = f"有 {decoded.broken} 处文字无法按 {decoded.encoding} 解码，以 � 代替。"
        pages[0] = replace(pages[0], problem=problem)
    return Pages(MEDIA_TYPE, tuple(pages))


def _split_pages(lines: Sequence[PrintedLine]) -> list[list[PrintedLine]]:
    """Divide at form feeds, and in a dump where a converter put a space for them.

    In a dump each line is followed by a blank one; only at the foot of a page the next line
    follows at once, led by the one space that the form feed became.
    """
    dump = _is_dump(lines)
    pages: list[list[PrintedLine]] = [[]]
    previous = ""
    for line in lines:
        first, *others = line.raw.split("\f")
        spaced = re.match(r" (?=\S)", first) is not None
        if dump and spaced and previous.strip():
            pages.append([])
            first = first[1:]
        pages[-1].append(PrintedLine(line.number, first))
        for other in others:
            pages.append([PrintedLine(line.number, other)])
        previous = others[-1] if others else first
    return [page for page in pages if any(line.raw.strip() for line in page)] or [[]]


def _is_dump(lines: Sequence[PrintedLine]) -> bool:
    printed = [index for index, line in enumerate(lines) if line.raw.strip()]
    if any("\t" in lines[index].raw for index in printed):
        return False
    followed = sum(
        1 for index in printed if index + 1 < len(lines) and not lines[index + 1].raw.strip()
    )
    return followed >= DUMP_SHARE * len(printed)


def _items(page: Sequence[PrintedLine], *, stacked: bool) -> Iterable[Line | Grid]:
    bold_open = False
    for stretch in _stretches(_without_pipes(page), stacked=stacked):
        if stretch.kind == "html":
            yield from _html_items(stretch.lines)
        elif stretch.kind == "rows":
            yield from row_items(stretch.lines)
        elif stretch.kind == "stack":
            yield from stack_items(stretch.lines)
        else:
            for line in stretch.lines:
                read, bold_open = _line(line, bold_open=bold_open)
                if read is not None:
                    yield read


def _stretches(lines: Sequence[PrintedLine], *, stacked: bool) -> list[_Stretch]:
    """Divide a page into prose, tables of either layout, and HTML tables inside Markdown.

    In a table of one cell a line, a line without a tab goes on with the cell above it, up
    to the blank line that ends the row.
    """
    table = "stack" if stacked else "rows"
    stretches: list[_Stretch] = []
    kind = "prose"
    for line in lines:
        blank = not line.raw.strip() and "\t" not in line.raw
        if kind == "html" or re.match(r"\s*<table\b", line.raw, re.I):
            here = "html"
        elif "\t" in line.raw or (blank and kind == table):
            here = table
        elif kind == "stack" and not _after_blank(stretches):
            here = "stack"
        else:
            here = "prose"
        if not stretches or stretches[-1].kind != here:
            stretches.append(_Stretch(here, []))
        stretches[-1].lines.append(line)
        kind = "prose" if here == "html" and re.search(r"</table>", line.raw, re.I) else here
    return stretches


def _after_blank(stretches: Sequence[_Stretch]) -> bool:
    last = stretches[-1].lines[-1].raw if stretches else ""
    return not last.strip() and "\t" not in last


def _line(line: PrintedLine, *, bold_open: bool) -> tuple[Line | None, bool]:
    """A line of prose without its marks; ``None`` for a blank one."""
    if not line.raw.strip():
        return None, False
    cleaned, bold_open = clean_line(line.raw, bold_open=bold_open)
    if not cleaned.text:
        return None, bold_open
    read = Line(
        text=cleaned.text,
        place=Place(lines=(line.number, line.number)),
        bold=cleaned.bold,
        indent=_indent(line.raw),
        heading_level=cleaned.heading_level,
    )
    return read, bold_open


def _indent(raw: str) -> float:
    """The width of the leading blanks in Han characters."""
    blanks = raw[: len(raw) - len(raw.lstrip())]
    return sum(_WIDTHS.get(blank, 0.0) for blank in blanks)


def _without_pipes(lines: Sequence[PrintedLine]) -> list[PrintedLine]:
    """Markdown's pipe tables as tab tables; their rules go."""
    if not any(_PIPE_RULE.match(line.raw) for line in lines):
        return list(lines)
    rewritten = []
    for line in lines:
        if _PIPE_RULE.match(line.raw):
            continue
        if _PIPE_ROW.match(line.raw):
            cells = re.split(r"(?<!\\)\|", line.raw.strip()[1:-1])
            raw = "\t".join(cell.replace("\\|", "|").strip() for cell in cells)
            rewritten.append(PrintedLine(line.number, raw))
        else:
            rewritten.append(line)
    return rewritten


def _html_items(lines: Sequence[PrintedLine]) -> list[Line | Grid]:
    """A table that a converter left as HTML in Markdown; its places are the lines it takes."""
    place = Place(lines=(lines[0].number, lines[-1].number))
    items: list[Line | Grid] = []
    for item in fragment_items("\n".join(line.raw for line in lines)):
        if isinstance(item, Grid):
            cells = tuple(replace(cell, place=place) for cell in item.cells)
            items.append(replace(item, cells=cells, place=place))
        else:
            items.append(replace(item, place=place))
    return items
