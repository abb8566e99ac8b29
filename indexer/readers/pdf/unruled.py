"""Tables without vertical rules, found by their columns of figures.

Two kinds: text set in columns with no rule at all, and tables with horizontal rules only.
Neither draws its columns, so their grids are never exact.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from indexer.readers.pdf.align import cuts_between
from indexer.readers.pdf.columns import Column, aligned, edges_of, extents_of
from indexer.readers.pdf.figures import is_figure
from indexer.readers.pdf.grids import Area, Frame
from indexer.readers.pdf.groups import Group, grouped
from indexer.readers.pdf.heads import (
    CENTRED,
    LEADING,
    LEFT,
    Extent,
    blocks_of,
    overlap,
    parted,
)
from indexer.readers.pdf.levels import levels_of
from indexer.readers.pdf.printed import Printed, follows, printed
from indexer.readers.pdf.rows import WRAPPED, rows_of
from indexer.readers.pdf.rules import Stroke
from indexer.readers.pdf.words import Word

FEWEST_HEADS = 3
"""A header without rows below has a line with so many heads at least."""
ROW_RULES = 4
"""So many rules that begin and end alike part rows; two or three frame a header."""
GUTTER = 0.45
"""Columns are parted by a white stripe at least this wide, in sizes of the font."""
FEWEST_ROWS = 3
"""Fewer lines with figures are no table unless rules frame them, or they print…"""
FEWEST_AMOUNTS = 2
"""…so many amounts of money each."""
HEADER_LINES = 12
"""A header has no more printed lines than this."""
BESIDE = 0.2
"""A line that overlaps a row by more than this stands beside it, in sizes of the font."""
SAME_LEFT = 0.2
"""Texts of one column that are set to its left begin alike within so many sizes."""
LABEL_LINES = 3
"""The line above the end of a wrapped label is among so many last ones."""
SAME_EXTENT = 12.0
"""Horizontal rules of one table begin and end alike within this."""
MARGIN = 2.0
"""White space between the outermost text and the edge of the grid."""

_ORDINAL = re.compile(r"[（(]?(?:[一二三四五六七八九十]+|\d+)[)）、.．]")
_TOTAL = re.compile(r"^[合总小]\s*计|^.{0,6}[总合]计$")


def unruled(words: Sequence[Word], strokes: Sequence[Stroke] = ()) -> list[Frame]:
    """Frames of the tables that stand in text without rules around them, from the top.

    ``strokes`` are lone rules, which may part the rows of a header.
    """
    lines = printed(words)
    frames: list[Frame] = []
    start = done = 0
    while start < len(lines):
        end = end_of_table(lines, start)
        body = lines[start:end]
        head = _header(lines[done:start], body[0]) if body else _lone_header(lines[start:])
        frame = _frame(head, body, strokes, ()) if _is_table(head, body) else None
        if frame is not None:
            frames.append(frame)
            end = done = end if body else start + 1 + len(head)
        start = max(end, start + 1)
    return frames


def _lone_header(lines: Sequence[Printed]) -> list[Printed]:
    """The header of a table without rows: what stands in columns right below its caption.

    ``lines`` begin with the line of the caption.
    """
    if not lines[0].captions:
        return []
    head: list[Printed] = []
    for above, line in pairwise(lines):
        if not follows(above, line):
            break
        if line.tabular or line.coded:
            return []
        if not line.heading or line.captions:
            break
        head.append(line)
    return head if any(len(line.segments) >= FEWEST_HEADS for line in head) else []


def _is_table(head: Sequence[Printed], body: Sequence[Printed]) -> bool:
    rows = [line for line in body if line.tabular]
    many = len(rows) >= FEWEST_ROWS or any(line.amounts >= FEWEST_AMOUNTS for line in rows)
    headed = any(len(line.segments) >= FEWEST_HEADS for line in head)
    return (many or headed) and not (rows and _is_contents(body))


def end_of_table(lines: Sequence[Printed], start: int) -> int:
    """Behind the last row of the table that begins here with a row with figures."""
    end = start
    for index in range(start, len(lines)):
        line = lines[index]
        if line.prose or (index > start and not follows(lines[index - 1], line)):
            break
        if line.tabular or (end > start and _is_row(lines[start:end], line)):
            end = index + 1
        elif index == start:
            break
    above = max(0, start - LABEL_LINES)
    while end > start and end < len(lines) and _ends_label(lines[above:end], lines[end]):
        end += 1
    return end


def _is_row(rows: Sequence[Printed], line: Printed) -> bool:
    """Whether the texts of a line without figures each begin where others of the rows do.

    A text that begins at the left edge alone may stand below the table, not in it.
    """
    if not line.heading:
        return False
    edge = min(row.words[0].x0 for row in rows)
    alone = len(line.segments) < 2 and line.words[0].x0 - edge <= SAME_LEFT * line.size
    return not (alone and not line.coded) and _is_level(rows, line)


def _is_level(rows: Sequence[Printed], line: Printed) -> bool:
    lefts = [word.x0 for row in rows for word in row.words]
    return all(
        any(abs(segment.x0 - left) <= SAME_LEFT * line.size for left in lefts)
        for segment in line.segments
    )


def _ends_label(rows: Sequence[Printed], line: Printed) -> bool:
    """Whether a line below the last figures is the end of a wrapped label of theirs."""
    size = line.size
    if len(line.segments) > 1 or not line.heading or line.top - rows[-1].top > LEADING * size:
        return False
    above = [word for row in rows[-LABEL_LINES:] for word in row.words if not is_figure(word)]
    return any(
        abs(word.x0 - line.words[0].x0) <= CENTRED * size
        and line.words[-1].x1 <= word.x1 + size
        and line.top - word.top <= LEADING * size
        for word in above
    )


def _is_contents(body: Sequence[Printed]) -> bool:
    """Whether this is a list of headings with page numbers that never fall."""
    last = [line.segments[-1].text for line in body if line.tabular]
    if any(len(line.segments) > 2 for line in body) or not all(t.isdigit() for t in last):
        return False
    return [int(t) for t in last] == sorted(int(t) for t in last)


def _header(above: Sequence[Printed], first: Printed) -> list[Printed]:
    """The lines just above the first figures that head its columns."""
    head: list[Printed] = []
    counted = 0
    for line in reversed(above):
        below = head[-1] if head else first
        if counted == HEADER_LINES:
            break
        if not (line.heading or line.coded) or not follows(line, below):
            break
        if line.is_title_above(below):
            break
        head.append(line)
        counted = 0 if _is_listed([first], line) else counted + (not line.coded)
    return head[::-1] if any(len(line.segments) > 1 or line.coded for line in head) else []


def between_rules(strokes: Sequence[Stroke], words: Sequence[Word]) -> list[Frame]:
    """Frames of the tables that have horizontal rules only.

    A rule above and below running text (a page header, a footnote) is no table: its text
    has no columns.
    """
    frames = []
    for group in _alike(strokes, words):
        ys = [stroke.at for stroke in group]
        x0, x1 = min(s.start for s in group), max(s.end for s in group)
        lines = printed(_within(words, x0, x1, ys[0], ys[-1]))
        first = next((i for i, line in enumerate(lines) if line.tabular), len(lines))
        if first == len(lines) and not _is_lone_header(lines, words, ys[-1]):
            continue
        if any(line.prose for line in lines[first:]) and not _parts_rows(ys, lines[:first]):
            continue
        above = printed([word for word in words if word.bottom <= ys[0] + MARGIN])
        head = lines[:first] or _header(above, lines[0])
        inside = [s for s in strokes if ys[0] <= s.at <= ys[-1]]
        frame = _frame(head, lines[first:], inside, ys)
        if frame is not None:
            frames.append(replace(frame, xs=(x0, *frame.xs[1:-1], x1)))
    return frames


def _parts_rows(ys: Sequence[float], head: Sequence[Printed]) -> bool:
    """Whether rules part the rows of a table, a column of which may be running text."""
    return len(ys) >= ROW_RULES and any(len(line.segments) >= FEWEST_HEADS for line in head)


def _is_lone_header(lines: Sequence[Printed], words: Sequence[Word], bottom: float) -> bool:
    """Whether lines between rules are the header of a table without rows."""
    if not lines or not all(line.heading for line in lines):
        return False
    below = printed([word for word in words if word.top >= bottom - MARGIN])
    return not _leads_to_row([lines[-1], *below[:LABEL_LINES]]) and any(
        len(line.segments) >= FEWEST_HEADS for line in lines
    )


def _leads_to_row(lines: Sequence[Printed]) -> bool:
    """Whether a row stands near below the first line, at most a wrapped label between."""
    for above, line in pairwise(lines):
        if line.captions or not follows(above, line):
            return False
        if line.tabular or line.coded:
            return True
    return False


def _within(words: Sequence[Word], x0: float, x1: float, top: float, bottom: float) -> list[Word]:
    return [w for w in words if top < w.middle[1] < bottom and x0 <= w.middle[0] <= x1]


def _alike(strokes: Sequence[Stroke], words: Sequence[Word]) -> list[list[Stroke]]:
    """The rules of each table: they begin and end alike, and no caption stands between."""
    groups: list[list[Stroke]] = []
    for stroke in sorted(strokes, key=lambda stroke: stroke.at):
        for group in groups:
            last = group[-1]
            same_start = abs(group[0].start - stroke.start) <= SAME_EXTENT
            same_end = abs(group[0].end - stroke.end) <= SAME_EXTENT
            between = printed([w for w in words if last.at < w.middle[1] < stroke.at])
            if same_start and same_end and not any(line.captions for line in between):
                group.append(stroke)
                break
        else:
            groups.append([stroke])
    return [group for group in groups if len(group) > 1]


def _frame(
    head: Sequence[Printed],
    body: Sequence[Printed],
    strokes: Sequence[Stroke],
    ruled: Sequence[float],
) -> Frame | None:
    """Columns by the white stripes of the rows and by their heads; rows by figures.

    ``ruled`` are the heights of the rules that run through the whole table.
    """
    head, body = _parted(head, body)
    if not head and not body:
        return None
    size = max(line.size for line in (*head, *body))
    extents = _extents(body, GUTTER * size)
    heads, groups = parted(blocks_of(head, strokes), extents)
    columns = aligned(heads, extents, size)
    if len(columns) < 2:
        return None
    everything = [word for line in (*head, *body) for word in line.words]
    left, right = min(word.x0 for word in everything), max(word.x1 for word in everything)
    xs = edges_of(columns, left - MARGIN, right + MARGIN)
    trees = grouped(_leaves(columns), groups, xs, strokes)
    rows = _rows(body, ruled)
    low, high = min(w.top for w in everything), max(w.bottom for w in everything)
    inner = levels_of(trees) if head else []
    border = [(_bottom(head) + body[0].top) / 2] if head and body else []
    ys = (min([low, *ruled]), *inner, *border, *cuts_between(rows), max([high, *ruled]))
    height = len(inner) + bool(head)
    areas = [area for tree in trees for area in _head_areas(tree, 0, inner)] if head else []
    areas += [Area(r, c) for r in range(height, len(ys) - 1) for c in range(len(xs) - 1)]
    return Frame(tuple(xs), tuple(ys), tuple(areas), exact=False)


def _parted(
    head: Sequence[Printed], body: Sequence[Printed]
) -> tuple[list[Printed], list[Printed]]:
    """Header and rows: a row may print no figures but its code, a label wrap above its own."""
    first = next((i for i, line in enumerate(head) if line.coded), len(head))
    while (
        first and _ORDINAL.match(head[first - 1].words[0].text) and _is_level(body, head[first - 1])
    ):
        first -= 1
    head, body = list(head[:first]), [*head[first:], *body]
    while head and body and _begins_label(head[-1], body[0]):
        body.insert(0, head.pop())
    return head, body


def _is_listed(rows: Sequence[Printed], line: Printed) -> bool:
    """Whether a line without figures is an item of a list (二十四、…) that the rows go on with."""
    return _ORDINAL.match(line.words[0].text) is not None and _is_level(rows, line)


def _begins_label(line: Printed, first: Printed) -> bool:
    """Whether a line stands beside the first row, or wraps into a line that does."""
    if line.bottom > first.top + BESIDE * first.size:
        return True
    texts = [word for word in first.words if not is_figure(word)]
    near = first.top - line.top <= WRAPPED * line.size
    return near and all(any(_wraps_into(word, text) for text in texts) for word in line.words)


def _wraps_into(word: Word, text: Word) -> bool:
    """Whether a text may go on in the line below: it fills its own and begins alike."""
    return abs(word.x0 - text.x0) <= LEFT * word.size and word.x1 >= text.x1 - word.size


def _extents(body: Sequence[Printed], narrowest: float) -> list[Extent]:
    """The columns by the stripes between them; a total may run across some of these."""
    totals = [line for line in body if _TOTAL.search(line.segments[0].text)]
    plain = [line for line in body if line not in totals] or totals
    extents = extents_of((line.words for line in plain), narrowest)
    more = [
        word
        for line in totals
        for word in line.words
        if all(overlap((word.x0, word.x1), extent) < -narrowest for extent in extents)
    ]
    return sorted([*extents, *extents_of([more], narrowest)])


def _bottom(lines: Sequence[Printed]) -> float:
    return max(line.bottom for line in lines)


def _leaves(columns: Sequence[Column]) -> list[Group]:
    """The columns under their own heads; those that share a head are one."""
    leaves: list[Group] = []
    for index, column in enumerate(columns):
        if column.shares:
            leaves[-1] = replace(leaves[-1], last=index)
        else:
            leaves.append(Group(index, index, column.heads[0] if column.heads else None))
    return leaves


def _head_areas(group: Group, row: int, cuts: Sequence[float]) -> list[Area]:
    """The cells of a header: that of a head, and below it those of the heads under it."""
    width = group.last - group.first + 1
    if not group.below or group.head is None:
        return [Area(row, group.first, len(cuts) + 1 - row, width)]
    top = min(below.top for below in group.below)
    end = max([row + 1, *(i for i, cut in enumerate(cuts, start=1) if cut <= top)])
    end = min([end, *(i for i, cut in enumerate(cuts, start=1) if cut >= group.head.bottom)])
    end = max(row + 1, end)
    below = [area for inner in group.below for area in _head_areas(inner, end, cuts)]
    return [Area(row, group.first, end - row, width), *below]


def _rows(lines: Sequence[Printed], ruled: Sequence[float]) -> list[list[list[Word]]]:
    """The printed lines as rows: by the rules if these part all rows, else by their figures."""
    bands = _bands(lines, ruled)
    parted = len(bands) > 1 and all(sum(x.tabular for x in band) <= 1 for band in bands)
    rows: list[list[list[Word]]] = []
    for band in bands:
        words = [list(line.words) for line in band]
        rows += [words] if parted else rows_of(words)
    return rows


def _bands(lines: Sequence[Printed], ruled: Sequence[float]) -> list[list[Printed]]:
    bands: dict[int, list[Printed]] = {}
    for line in lines:
        middle = (line.top + line.bottom) / 2
        bands.setdefault(sum(y < middle for y in ruled), []).append(line)
    return list(bands.values())
