"""Pages to blocks: headings, paragraphs and captioned tables, in reading order.

The chain: page furniture and contents lists go; runs of lines around grids become table
blocks; what is left is joined into whole texts; each text is a heading or a paragraph.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from archive.model import ContentsEntry
from indexer.blocks import Block, Heading, Paragraph, TableBlock
from indexer.captions import is_annex_title
from indexer.headings import (
    closes,
    is_heading,
    is_standing_title,
    may_be_title,
    names_project,
    numbered,
)
from indexer.layout.captioned import with_tables
from indexer.layout.contents import part_contents
from indexer.layout.furniture import without_furniture
from indexer.layout.paragraphs import Text, ends_sentence, join_lines, measure_of
from indexer.layout.web_metadata import without_metadata_tables, without_page_ends
from indexer.pages import Line, Pages
from indexer.places import union

LARGER = 1.15
MOST_COVER_LINES = 40
LIST_LEVEL = 4
DEEPEST = 6


@dataclass(frozen=True, slots=True)
class Layout:
    """The content of a file in reading order, and what its contents lists (目录) list."""

    blocks: list[Block]
    contents: list[ContentsEntry]


def to_layout(pages: Pages) -> Layout:
    """What a file's pages hold; see :mod:`indexer.blocks`."""
    paper = without_page_ends(without_metadata_tables(pages.pages))
    parted = part_contents(without_furniture(paper))
    items = [item for page in parted.pages for item in page.items]
    return Layout(_blocks(with_tables(items)), parted.contents)


def to_blocks(pages: Pages) -> list[Block]:
    """The content alone."""
    return to_layout(pages).blocks


def _blocks(parts: Sequence[Line | TableBlock]) -> list[Block]:
    lines = [part for part in parts if isinstance(part, Line)]
    cover = set(map(id, cover_lines(parts)))
    measure = measure_of(line for line in lines if id(line) not in cover)
    body = body_size(lines)
    blocks: list[Block] = []
    for part in _runs(parts, cover):
        if isinstance(part, TableBlock):
            blocks.append(part)
        elif id(part[0]) in cover:
            blocks.extend(Paragraph(line.text.strip(), line.place) for line in part)
        else:
            blocks.extend(_block(text, body) for text in join_lines(part, measure))
    return with_annex_headings(without_list_headings(blocks))


def cover_lines(parts: Sequence[Line | TableBlock]) -> list[Line]:
    """The lines of the title at the very beginning, which head no text.

    They end at the first number, sentence, table or title of a chapter.
    """
    cover: list[Line] = []
    for part in parts[: MOST_COVER_LINES + 1]:
        if isinstance(part, TableBlock) or _begins_text(part) or _turns_page(cover, part):
            return cover
        cover.append(part)
    return cover if len(parts) <= MOST_COVER_LINES else []


def body_size(lines: Iterable[Line]) -> float | None:
    """The font size of most of the text, ``None`` where the format has no sizes."""
    letters: Counter[float] = Counter()
    for line in lines:
        if line.size is not None:
            letters[round(line.size, 1)] += len(line.text)
    return letters.most_common(1)[0][0] if letters else None


def without_list_headings(blocks: Sequence[Block]) -> list[Block]:
    """Short list items (1. 2. 3. with nothing between them) are text, not headings.

    So are three or more of （一）（二）（三） that are not worded as headings are.
    """
    kept: list[Block] = []
    for level, run in groupby(blocks, key=_item_level):
        group = list(run)
        if level and len(group) >= (2 if level >= LIST_LEVEL else 3):
            kept.extend(_as_paragraph(block) for block in group)
        else:
            kept.extend(group)
    return kept


def with_annex_headings(blocks: Sequence[Block]) -> list[Block]:
    """A line that names an annex (附件：2025年部门预算表) right above a table heads what follows.

    Above the first heading it is the document's title; elsewhere the mention that ends a notice.
    """
    kept: list[Block] = []
    has_chapters = False
    for index, block in enumerate(blocks):
        has_chapters = has_chapters or isinstance(block, Heading)
        heads = has_chapters and any(
            isinstance(b, TableBlock) for b in blocks[index + 1 : index + 2]
        )
        if heads and isinstance(block, Paragraph) and is_annex_title(block.text):
            kept.append(Heading(block.text, 1, None, block.place))
        else:
            kept.append(block)
    return kept


def _item_level(block: Block) -> int:
    """The level of a heading that may be a list item, 0 for anything else."""
    if not isinstance(block, Heading) or block.number is None or names_project(block.text):
        return 0
    if block.level >= LIST_LEVEL:
        return block.level
    return block.level if block.level > 1 and not closes(block.text) else 0


def _as_paragraph(block: Block) -> Block:
    return Paragraph(block.text, block.place) if isinstance(block, Heading) else block


def _begins_text(line: Line) -> bool:
    text = line.text.strip()
    if numbered(text) is not None or ends_sentence(text) or is_standing_title(text):
        return True
    return closes(text) and (line.heading_level is not None or line.centred)


def _turns_page(cover: Sequence[Line], line: Line) -> bool:
    """Whether a line stands on another page than the cover before it."""
    return bool(cover) and cover[0].place.page != line.place.page


def _runs(parts: Sequence[Line | TableBlock], cover: set[int]) -> Iterator[TableBlock | list[Line]]:
    """Tables one by one, and between them the lines; the cover is a run of its own."""
    run: list[Line] = []
    for part in parts:
        ends = isinstance(part, TableBlock) or (
            run and (id(run[0]) in cover) != (id(part) in cover)
        )
        if ends and run:
            yield run
            run = []
        if isinstance(part, TableBlock):
            yield part
        else:
            run.append(part)
    if run:
        yield run


def _block(text: Text, body: float | None) -> Heading | Paragraph:
    place = union(line.place for line in text.lines)
    setting = _setting(text, body)
    found = numbered(text.text)
    if found is not None and is_heading(text.text, marked=setting.marked):
        return Heading(text.text, found.level, found.number, place)
    if found is None and setting.is_title and may_be_title(text.text):
        return Heading(text.text, setting.level, None, place)
    if is_standing_title(text.text):
        return Heading(text.text, 1, None, place)
    return Paragraph(text.text, place)


@dataclass(frozen=True, slots=True)
class _Setting:
    """How the format sets a text: marked off at all, as a title, at which level."""

    marked: bool
    is_title: bool
    level: int


def _setting(text: Text, body: float | None) -> _Setting:
    first = text.lines[0]
    larger = body is not None and first.size is not None and first.size >= LARGER * body
    bold = all(line.bold for line in text.lines)
    by_format = first.heading_level is not None
    level = min(first.heading_level or 1, DEEPEST)
    return _Setting(
        marked=larger or bold or by_format,
        is_title=larger or by_format or (bold and first.centred),
        level=1 if is_standing_title(text.text) else level,
    )
