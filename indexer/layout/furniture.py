"""What a page prints that is no content: headers, footers, page numbers, watermarks.

Each step takes pages and gives the same pages with fewer lines; grids are left alone.
Lines that a caption may hold (表 7, 单位：万元) are never furniture, however often they
are repeated: a table that goes on repeats them on every page.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from difflib import SequenceMatcher
from itertools import pairwise

from indexer.captions import is_caption_line
from indexer.pages import Grid, Line, Page

EDGE_LINES = 2
FEWEST_REPEATS = 3
SHORTEST_RUNNING = 3
MOST_COVER_LINES = 10
SHARE_OF_PAGES = 0.25
SAME_PLACE = 3.0
FEWEST_OVERDRAWN = 6
FEWEST_OVERDRAWN_LETTERS = 150

_PAGE_NUMBER = re.compile(
    r"[-—–_~·\s]*(?:第?\s*\d{1,4}\s*页?|[ivxlcIVXLC]{1,5})[-—–_~·\s]*"
    r"|第\s*\d{1,4}\s*页\s*[，,/]?\s*共\s*\d{1,4}\s*页"
    r"|共\s*\d{1,4}\s*页\s*[，,/]?\s*第\s*\d{1,4}\s*页"
    r"|\d{1,4}\s*/\s*\d{1,4}|(?i:page\s*\d{1,4}(?:\s*of\s*\d{1,4})?)"
)

_ROW_END = re.compile(r"#[.．]#$")

_Shape = tuple[str, int, int]
_Keep = Callable[[int, Line], bool]


def without_furniture(pages: Sequence[Page]) -> list[Page]:
    """The pages without repeated headers and footers, page numbers and watermarks."""
    kept = without_overdrawn(pages)
    kept = without_running_lines(kept)
    kept = without_watermarks(kept)
    return without_page_numbers(kept)


def is_page_number(text: str) -> bool:
    """Whether a line is nothing but a page number: ``24``, ``- 3 -``, ``第3页 共20页``."""
    return _PAGE_NUMBER.fullmatch(text.strip()) is not None


def without_page_numbers(pages: Sequence[Page]) -> list[Page]:
    """Bare numbers go from the edges of a drawn page, and elsewhere where they stand alone.

    A text dump shows no edges; a number beside what may be a cell is taken for a cell.
    """
    return [
        _trimmed(page) if _placed_lines(page) else _without_lonely_numbers(page) for page in pages
    ]


def without_running_lines(pages: Sequence[Page]) -> list[Page]:
    """Lines at the top or bottom that many pages repeat, but for their digits.

    What begins a cover is its title, though the pages below repeat it above their text.
    """
    counted: Counter[_Shape] = Counter()
    for page in pages:
        counted.update({_shape(line) for line in _edge_lines(page)})
    least = max(FEWEST_REPEATS, SHARE_OF_PAGES * len(pages))
    running = {shape for shape, count in counted.items() if count >= least and _may_run(shape[0])}
    edges = [{id(line) for line in _edge_lines(page)} for page in pages]
    return _filtered(
        pages,
        lambda index, line: (
            _shape(line) not in running
            or (index == 0 and line is _title_of_cover(pages[0]))
            or id(line) not in edges[index]
            or is_caption_line(line.text)
        ),
    )


def _may_run(text: str) -> bool:
    """Whether a line may be one that pages repeat, by its text without digits: neither the
    last row of several tables (#住房公积金#.##.#) nor the rest of a wrapped cell (金)."""
    return not _ROW_END.search(text) and not (len(text) < SHORTEST_RUNNING and text.isalpha())


def _title_of_cover(page: Page) -> Line | None:
    """The first line of a page that holds a few lines and no sentence."""
    lines = _lines(page)
    is_cover = len(lines) == len(page.items) <= MOST_COVER_LINES
    if not is_cover or any(re.search(r"[。；！？]", line.text) for line in lines):
        return None
    return next(iter(lines), None)


def without_watermarks(pages: Sequence[Page]) -> list[Page]:
    """Lines that stand with the same words at the same box on many pages."""
    seen: dict[tuple[str, int, int], set[int]] = defaultdict(set)
    for index, page in enumerate(pages):
        for line in _lines(page):
            if spot := _spot(line):
                seen[spot].add(index)
    least = max(FEWEST_REPEATS, SHARE_OF_PAGES * len(pages))
    marks = {spot for spot, where in seen.items() if len(where) >= least}
    return _filtered(pages, lambda _, line: _spot(line) not in marks or is_caption_line(line.text))


def without_overdrawn(pages: Sequence[Page]) -> list[Page]:
    """Lines of a text that runs over a page's end and is drawn whole on both pages.

    Spreadsheets printed to PDF do that and hide by clipping what lies outside; the next
    page then repeats a long run of lines in order, all moved by one distance.
    """
    repeated: list[set[int]] = [set()]
    for before, after in pairwise(pages):
        repeated.append(_overdrawn(_placed_lines(before), _placed_lines(after)))
    return _filtered(pages, lambda index, line: id(line) not in repeated[index])


def _overdrawn(before: Sequence[Line], after: Sequence[Line]) -> set[int]:
    """The ids of the lines of ``after`` that repeat a run of ``before``, moved as one."""
    texts = [line.text for line in before], [line.text for line in after]
    run = SequenceMatcher(None, *texts, autojunk=False).find_longest_match()
    first, second = before[run.a : run.a + run.size], after[run.b : run.b + run.size]
    letters = sum(len(line.text) for line in second)
    if run.size < FEWEST_OVERDRAWN or letters < FEWEST_OVERDRAWN_LETTERS:
        return set()
    moves = [_top(line) - _top(twin) for line, twin in zip(first, second, strict=True)]
    moved_as_one = max(moves) - min(moves) <= SAME_PLACE < abs(moves[0])
    return set(map(id, second)) if moved_as_one else set()


def _placed_lines(page: Page) -> list[Line]:
    return [line for line in _lines(page) if line.place.box]


def _top(line: Line) -> float:
    return line.place.box[1] if line.place.box else 0.0


def _spot(line: Line) -> tuple[str, int, int] | None:
    box = line.place.box
    if box is None or not line.text.strip():
        return None
    return line.text, round(box[0] / SAME_PLACE), round(box[1] / SAME_PLACE)


def _shape(line: Line) -> _Shape:
    """The line without its digits, its size and its height on the page, where known."""
    text = re.sub(r"\d+", "#", re.sub(r"\s+", "", line.text))
    return text, round(line.size or 0), round(_top(line) / SAME_PLACE)


def _edge_lines(page: Page) -> list[Line]:
    """The first and last lines of a page, up to its first and from its last grid."""
    top = _leading(page.items)
    bottom = _leading(tuple(reversed(page.items)))
    return [*top, *(line for line in bottom if line not in top)]


def _leading(items: Iterable[Line | Grid]) -> list[Line]:
    lines: list[Line] = []
    for item in items:
        if isinstance(item, Grid) or len(lines) == EDGE_LINES:
            break
        lines.append(item)
    return lines


def _trimmed(page: Page) -> Page:
    items = list(page.items)
    for end in (-1, 0):
        while items:
            item = items[end]
            if not isinstance(item, Line) or not is_page_number(item.text):
                break
            items.pop(end)
    return replace(page, items=tuple(items))


def _without_lonely_numbers(page: Page) -> Page:
    items = page.items

    def is_cell(index: int) -> bool:
        item = items[index] if 0 <= index < len(items) else None
        return isinstance(item, Line) and not _stands_apart(item.text)

    kept = tuple(
        item
        for index, item in enumerate(items)
        if isinstance(item, Grid)
        or not is_page_number(item.text)
        or is_cell(index - 1)
        or is_cell(index + 1)
    )
    return replace(page, items=kept)


def _stands_apart(text: str) -> bool:
    """Whether a line can stand before or after a page break: a sentence or a caption."""
    return is_caption_line(text) or re.search(r"[。；：:，]$", text.strip()) is not None


def _lines(page: Page) -> list[Line]:
    return [item for item in page.items if isinstance(item, Line)]


def _filtered(pages: Sequence[Page], keep: _Keep) -> list[Page]:
    return [
        replace(
            page,
            items=tuple(item for item in page.items if isinstance(item, Grid) or keep(index, item)),
        )
        for index, page in enumerate(pages)
    ]
