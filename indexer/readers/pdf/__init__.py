"""PDF files to pages of lines and grids.

The chain: source (characters and rules of a page) → strokes and lattices → words →
frames → grids and lines in reading order.  Every step is a pure function over the records
of the ``pdf_*`` modules; only ``pdf_source`` knows where characters and rules come from.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from archive.errors import UnreadableFile
from archive.model import Place
from indexer.pages import Grid, GridCell, Line, Page, Pages
from indexer.readers.pdf.grids import Frame, completed, frame_of, grid_of
from indexer.readers.pdf.ink import (
    UNREADABLE,
    Ink,
    Unopened,
    WrongPassword,
    main_quarter,
    shown,
    turned,
    turned_box,
)
from indexer.readers.pdf.lines import text_lines
from indexer.readers.pdf.open_edges import with_open_edges, with_rows_below
from indexer.readers.pdf.overlays import without_overlays
from indexer.readers.pdf.rules import across, down, lattices, touches, visible, without_letters
from indexer.readers.pdf.source import MOST_UNREADABLE, Fault, Source, unreadable_share
from indexer.readers.pdf.spread import closed_up
from indexer.readers.pdf.unruled import between_rules, unruled
from indexer.readers.pdf.words import Word, words_of
from indexer.readers.regions import unframed

MEDIA_TYPE = "application/pdf"

SCANNED = 0.5
"""A page without text is a scan when images cover more than this share of it."""
FEW_CHARS = 30
"""A scan with fewer characters than this (a page number, a stamp) has not been read."""
OUTLINES = 40
"""A page without text but with so many curved shapes has its letters drawn as outlines."""
TAIL = 2048
"""A whole file ends with %%EOF in its last bytes."""


def read_pdf(data: bytes, name: str) -> Pages:
    """The pages of a PDF; boxes are points on the displayed page, origin top-left.

    A page that cannot be read is a page without items whose ``problem`` says why.
    Raises UnreadableFile when the file needs a password or holds no document.
    """
    try:
        source = Source(data)
    except WrongPassword as error:
        raise UnreadableFile(
            f"{name}：PDF 文件已加密，需要密码才能打开；请用密码打开后另存为不加密的 PDF 再导入。"
        ) from error
    except Unopened as error:
        raise UnreadableFile(
            f"{name}：PDF 文件已损坏，无法打开；请重新下载或向发布单位索取原件。"
        ) from error
    try:
        pages = [_fault(ink) if isinstance(ink, Fault) else _page(ink) for ink in source.inks()]
        title = source.title
    finally:
        source.close()
    if not pages:
        raise UnreadableFile(f"{name}：PDF 文件中没有任何页面；请重新下载或向发布单位索取原件。")
    if b"%%EOF" not in data[-TAIL:]:
        pages[-1] = _cut_off(pages[-1])
    return Pages(MEDIA_TYPE, tuple(pages), title=title)


def _fault(fault: Fault) -> Page:
    return Page(
        fault.number,
        (),
        f"第{fault.number}页已损坏，无法读取（{fault.reason}）；请重新下载或向发布单位索取原件。",
    )


def _page(ink: Ink) -> Page:
    """One page; one on which the program fails costs itself, not the file."""
    try:
        return page_of(ink)
    except MemoryError:  # the worker's affair
        raise
    except Exception as error:  # whatever a page that nobody foresaw leads to
        what = f"{type(error).__name__}: {error}"[:200]
        told = f"第{ink.number}页处理时出错（{what}），本页未收录；请把此文件反馈给维护者。"
        return Page(ink.number, (), told)


def _cut_off(last: Page) -> Page:
    warning = f"文件结尾残缺，第{last.number}页之后可能还有未能读取的内容。"
    return replace(last, problem=f"{last.problem}{warning}" if last.problem else warning)


def page_of(ink: Ink) -> Page:
    """One page from its ink."""
    ink = shown(ink)
    share = unreadable_share(ink)
    if share > MOST_UNREADABLE:
        return Page(
            ink.number,
            (),
            f"第{ink.number}页的字体没有文字编码，{share:.0%}的字无法识别，本页文字未收录；"
            "请向发布单位索取文字版，或作文字识别（OCR）后再收录。",
        )
    quarters = main_quarter(ink.chars)
    upright = turned(ink, quarters)
    items = tuple(_turned_back(item, upright, -quarters % 4) for item in items_of(upright))
    return Page(ink.number, items, _problem(ink))


def _problem(ink: Ink) -> str | None:
    chars = sum(not char.text.isspace() for char in ink.chars)
    if ink.damage:
        lost = "只读到一部分" if chars else "无法读取"
        return f"第{ink.number}页的{ink.damage}，{lost}；请重新下载或向发布单位索取原件。"
    unknown = sum(char.text == UNREADABLE for char in ink.chars)
    if ink.pictures > SCANNED and chars < FEW_CHARS:
        what = "没有文字" if chars == 0 else "几乎没有文字"
        return f"第{ink.number}页是扫描图像，{what}，需先作文字识别（OCR）才能收录。"
    if chars == 0 and ink.curves > OUTLINES:
        return f"第{ink.number}页的文字已转成图形，没有文字可读，需先作文字识别（OCR）才能收录。"
    if unknown:
        return f"第{ink.number}页有{unknown}个字无法识别，以“{UNREADABLE}”代替。"
    if ink.notes:
        return (
            f"第{ink.number}页有{ink.notes}处文字填在表单域或批注里，未收录；"
            "请打印成新的 PDF 后再导入。"
        )
    return None


def items_of(ink: Ink) -> list[Line | Grid]:
    """The lines and grids of an upright page from the top down."""
    ink = without_overlays(ink)
    rules = without_letters(visible(ink.rules), ink.chars)
    horizontal, vertical = across(rules), down(rules)
    words = words_of(ink, vertical)
    lone_uprights = [v for v in vertical if not any(touches(h, v) for h in horizontal)]
    drawn = with_open_edges(lattices(horizontal, vertical), lone_uprights, words)
    frames = [frame for lattice in drawn if (frame := frame_of(lattice)) is not None]
    ruled, words = _dealt(with_rows_below(frames, words), words, ink.number)
    lone = [h for h in horizontal if not any(touches(h, v) for v in vertical)]
    words = closed_up(words)
    framed, words = _dealt(between_rules(lone, words), words, ink.number)
    plain, words = _dealt(unruled(words, lone), words, ink.number)
    grids = [*ruled, *framed, *plain]
    left = min((grid.place.box[0] for grid in grids if grid.place.box), default=None)
    lines = text_lines(words, ink.number, ink.width, left)
    return sorted([*lines, *(item for grid in grids for item in unframed(grid))], key=_height)


def _dealt(frames: Sequence[Frame], words: list[Word], page: int) -> tuple[list[Grid], list[Word]]:
    """The grids of the frames with their words, and the words outside."""
    grids: list[Grid] = []
    for frame in frames:
        inside = [word for word in words if frame.holds(word)]
        grid = grid_of(completed(frame, inside) if frame.exact else frame, inside, page)
        if grid is not None:
            grids.append(grid)
            words = [word for word in words if not frame.holds(word)]
    return grids, words


def _height(item: Line | Grid) -> tuple[float, float]:
    box = item.place.box or (0.0, 0.0, 0.0, 0.0)
    middle = (box[1] + box[3]) / 2 if isinstance(item, Line) else box[1]
    return middle, box[0]


def _turned_back(item: Line | Grid, ink: Ink, quarters: int) -> Line | Grid:
    if quarters == 0:
        return item

    def back(place: Place) -> Place:
        box = place.box and turned_box(place.box, quarters, ink.width, ink.height)
        return replace(place, box=box)

    if isinstance(item, Line):
        return replace(item, place=back(item.place))
    cells: tuple[GridCell, ...] = tuple(replace(c, place=back(c.place)) for c in item.cells)
    return replace(item, place=back(item.place), cells=cells)
