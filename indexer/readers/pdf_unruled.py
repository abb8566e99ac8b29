"""Tables without vertical rules, found by their columns of figures.

Two kinds: text set in columns with no rule at all, and tables with horizontal rules only.
Neither draws its columns, so their grids are never exact.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from indexer.readers.pdf_align import between_names, cuts_between, gutters, is_figure, rows_of
from indexer.readers.pdf_grids import Area, Frame
from indexer.readers.pdf_rules import Stroke
from indexer.readers.pdf_words import Word, lines_of

SEGMENT_GAP = 1.0
"""Words nearer than this stand in one cell, in sizes of the font."""
GUTTER = 0.6
"""Columns are parted by a white stripe at least this wide, in sizes of the font."""
FEWEST_ROWS = 3
"""Fewer lines with figures are no table unless rules frame them."""
PITCH = 3.5
"""Lines of one table are no further apart than this, in sizes of the font."""
HEADER_LINES = 6
"""A header has no more printed lines than this."""
WRAPPED = 1.4
"""Lines of a wrapped column name are no further apart than this, in sizes of the font."""
INSIDE = 0.3
"""A text that reaches into a column by less than this share of its length is beside it."""
SAME_EXTENT = 12.0
"""Horizontal rules of one table begin and end alike within this."""
MARGIN = 2.0
"""White space between the outermost text and the edge of the grid."""

_LEADERS = re.compile(r"[….·．]{4,}|…{2,}|\.{4,}|(·\s?){4,}")
_PROSE = re.compile(r"[。；;！!？?]|.，.|，$")
_CAPTION = re.compile(r"[:：]|^第.{1,3}页|^[-—]?\s*\d+\s*[-—]?$")
_TOTAL = re.compile(r"^[合总小]\s*计|^.{0,6}[总合]计$")


@dataclass(frozen=True, slots=True)
class Printed:
    """A printed line cut into segments wherever a wide gap stands."""

    segments: tuple[Word, ...]

    @property
    def top(self) -> float:
        """The upper edge."""
        return min(word.top for word in self.segments)

    @property
    def bottom(self) -> float:
        """The lower edge."""
        return max(word.bottom for word in self.segments)

    @property
    def size(self) -> float:
        """The largest font."""
        return max(word.size for word in self.segments)

    @property
    def prose(self) -> bool:
        """Whether this is running text or an entry of a contents list."""
        return any(_PROSE.search(w.text) or _LEADERS.search(w.text) for w in self.segments)

    @property
    def tabular(self) -> bool:
        """Whether this is a row with figures."""
        figures = any(is_figure(word) for word in self.segments[1:])
        return len(self.segments) > 1 and figures and not self.prose

    @property
    def heading(self) -> bool:
        """Whether this may be a line of a table's header."""
        return not self.prose and not any(_CAPTION.search(w.text) for w in self.segments)


def printed(words: Sequence[Word]) -> list[Printed]:
    """Words as printed lines of segments, from the top."""
    upright = [word for word in words if not word.sideways]
    return [Printed(tuple(_segments(line))) for line in lines_of(upright)]


def _segments(line: Sequence[Word]) -> list[Word]:
    joined: list[Word] = []
    for word in line:
        last = joined[-1] if joined else None
        pair = last and is_figure(last) and is_figure(word)
        if last and not pair and word.x0 - last.x1 < SEGMENT_GAP * word.size:
            joined[-1] = replace(
                last,
                text=last.text + word.text,
                top=min(last.top, word.top),
                x1=max(last.x1, word.x1),
                bottom=max(last.bottom, word.bottom),
            )
        else:
            joined.append(word)
    return joined


def unruled(words: Sequence[Word]) -> list[Frame]:
    """Frames of the tables that stand in text without any rule, from the top."""
    lines = printed(words)
    frames: list[Frame] = []
    start = 0
    while start < len(lines):
        end = _end_of_table(lines, start)
        body = lines[start:end]
        if sum(line.tabular for line in body) >= FEWEST_ROWS and not _is_contents(body):
            head = _header(lines[:start])
            frame = _frame(head, body, ())
            if frame is not None:
                frames.append(frame)
        start = max(end, start + 1)
    return frames


def _end_of_table(lines: Sequence[Printed], start: int) -> int:
    """Behind the last row with figures of the table that begins here."""
    end = start
    for index in range(start, len(lines)):
        line = lines[index]
        if line.prose or (index > start and not _follows(lines[index - 1], line)):
            break
        if line.tabular:
            end = index + 1
        elif index == start:
            break
    return end


def _follows(above: Printed, below: Printed) -> bool:
    return below.bottom - above.bottom <= PITCH * max(above.size, below.size)


def _is_contents(body: Sequence[Printed]) -> bool:
    """Whether this is a list of headings with page numbers that never fall."""
    last = [line.segments[-1].text for line in body if line.tabular]
    if any(len(line.segments) > 2 for line in body) or not all(t.isdigit() for t in last):
        return False
    return [int(t) for t in last] == sorted(int(t) for t in last)


def _header(above: Sequence[Printed]) -> list[Printed]:
    """The lines just above the first figures that head its columns."""
    head: list[Printed] = []
    for line in reversed(above[-HEADER_LINES:]):
        if not line.heading or (head and not _follows(line, head[-1])):
            break
        head.append(line)
    while head and len(head[-1].segments) < 2:
        head.pop()
    return head[::-1]


def between_rules(strokes: Sequence[Stroke], words: Sequence[Word]) -> list[Frame]:
    """Frames of the tables that have horizontal rules only.

    A rule above and below running text (a page header, a footnote) is no table: its text
    has no columns.
    """
    frames = []
    for group in _alike(strokes):
        ys = [stroke.at for stroke in group]
        x0, x1 = min(s.start for s in group), max(s.end for s in group)
        inside = [
            word for word in words if ys[0] < word.middle[1] < ys[-1] and x0 <= word.middle[0] <= x1
        ]
        lines = printed(inside)
        first = next((i for i, line in enumerate(lines) if line.tabular), None)
        if first is None or any(line.prose for line in lines[first:]):
            continue
        head = lines[:first] or _header(printed([w for w in words if w.bottom <= ys[0] + MARGIN]))
        if head and not _follows(head[-1], lines[first]):
            head = []
        frame = _frame(head, lines[first:], ys)
        if frame is not None:
            frames.append(replace(frame, xs=(x0, *frame.xs[1:-1], x1)))
    return frames


def _alike(strokes: Sequence[Stroke]) -> list[list[Stroke]]:
    groups: list[list[Stroke]] = []
    for stroke in sorted(strokes, key=lambda stroke: stroke.at):
        for group in groups:
            same_start = abs(group[0].start - stroke.start) <= SAME_EXTENT
            if same_start and abs(group[0].end - stroke.end) <= SAME_EXTENT:
                group.append(stroke)
                break
        else:
            groups.append([stroke])
    return [group for group in groups if len(group) > 1]


def _frame(
    head: Sequence[Printed], body: Sequence[Printed], ruled: Sequence[float]
) -> Frame | None:
    """Columns by the white stripes of the body; rows by figures, or by rules if drawn."""
    plain = [line for line in body if not _TOTAL.search(line.segments[0].text)] or list(body)
    size = max(line.size for line in body)
    stripes = gutters((line.segments for line in plain), GUTTER * size)
    if not stripes:
        return None
    columns = len(stripes) + 1
    names = next((line.segments for line in head if len(line.segments) == columns), ())
    everything = [word for line in (*head, *body) for word in line.segments]
    xs = (
        min(word.x0 for word in everything) - MARGIN,
        *(between_names(*stripe, names, number) for number, stripe in enumerate(stripes)),
        max(word.x1 for word in everything) + MARGIN,
    )
    heads, bodies = _rows(head, ruled, xs), _rows(body, ruled, ())
    rows = [*heads, *bodies]
    inner = cuts_between(rows)
    low, high = min(w.top for w in everything), max(w.bottom for w in everything)
    ys = (min([low, *ruled]), *inner, max([high, *ruled]))
    areas = [
        area for r, row in enumerate(heads) for area in _spread(r, [w for x in row for w in x], xs)
    ]
    areas += [Area(r, c) for r in range(len(heads), len(rows)) for c in range(len(xs) - 1)]
    return Frame(xs, ys, tuple(areas), exact=False)


def _rows(
    lines: Sequence[Printed], ruled: Sequence[float], heading: Sequence[float]
) -> list[list[list[Word]]]:
    """The printed lines as rows: by the rules that part them, else by their figures.

    ``heading`` holds the column edges when these are header lines: there lines set close
    are the wrapped names of one row, unless a text spans columns and so stands above
    others.
    """
    rows: list[list[list[Word]]] = []
    for band in _bands(lines, ruled):
        segments = [list(line.segments) for line in band]
        if heading:
            rows += [[list(line.segments) for line in row] for row in _wrapped(band, heading)]
        elif ruled and sum(line.tabular for line in band) <= 1:
            rows.append(segments)
        else:
            rows += rows_of(segments)
    return rows


def _wrapped(band: Sequence[Printed], xs: Sequence[float]) -> list[list[Printed]]:
    rows: list[list[Printed]] = []
    for line in band:
        last = rows[-1][-1] if rows else None
        close = last is not None and line.bottom - last.bottom <= WRAPPED * line.size
        alone = last is not None and not (_spans(last, xs) or _spans(line, xs))
        if close and alone:
            rows[-1].append(line)
        else:
            rows.append([line])
    return rows


def _spans(line: Printed, xs: Sequence[float]) -> bool:
    return any(area.column_span > 1 for area in _spread(0, line.segments, xs))


def _bands(lines: Sequence[Printed], ruled: Sequence[float]) -> list[list[Printed]]:
    bands: dict[int, list[Printed]] = {}
    for line in lines:
        middle = (line.top + line.bottom) / 2
        bands.setdefault(sum(y < middle for y in ruled), []).append(line)
    return list(bands.values())


def _spread(row: int, segments: Sequence[Word], xs: Sequence[float]) -> list[Area]:
    """The cells of a header line: a text over several columns spans them."""
    areas: list[Area] = []
    column = 0
    for word in sorted(segments, key=lambda word: word.x0):
        slack = INSIDE * (word.x1 - word.x0)
        first = max(column, sum(x <= word.x0 + slack for x in xs[1:-1]))
        last = max(first, sum(x < word.x1 - slack for x in xs[1:-1]))
        areas += [Area(row, c) for c in range(column, min(first, len(xs) - 1))]
        if first < len(xs) - 1:
            areas.append(Area(row, first, 1, last - first + 1))
        column = last + 1
    return areas + [Area(row, c) for c in range(column, len(xs) - 1)]
