"""Words as printed lines, and what a line looks like: a row, running text, a caption."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from indexer.readers.pdf.figures import is_amount, is_figure
from indexer.readers.pdf.words import Word, lines_of

SEGMENT_GAP = 0.6
"""Words nearer than this stand in one cell, in sizes of the font."""
PITCH = 3.5
"""Lines of one table are no further apart than this, in sizes of the font."""
LARGER = 1.15
"""A title is set larger than the heads of its table by this."""

_LEADERS = re.compile(r"[….·．]{4,}|…{2,}|\.{4,}|(·\s?){4,}")
_PROSE = re.compile(r"[。；;！!？?]|\D，.|.，\D|，$")
_CAPTION = re.compile(
    r"(?:单位|部门|日期|时间|编制|填报|金额|说明|注)[^:：]{0,8}[:：]|(?<!其中)[:：]$|^第.{1,3}页|^[-—]?\s*\d+\s*[-—]?$"
)
_CODED = re.compile(r"[1-5]\d{2}(?:\d{2}){0,2}(?!\d)")
_TABLE_CAPTION = re.compile(
    r"单位\s*[:：]|^(?:附|公开)?表\s*[\d一二三四五六七八九十]|[^。，]{3,}表$"
)


@dataclass(frozen=True, slots=True)
class Printed:
    """A printed line: its words, and these joined to segments where no wide gap stands."""

    words: tuple[Word, ...]
    segments: tuple[Word, ...]

    @property
    def top(self) -> float:
        """The upper edge."""
        return min(word.top for word in self.words)

    @property
    def bottom(self) -> float:
        """The lower edge."""
        return max(word.bottom for word in self.words)

    @property
    def size(self) -> float:
        """The largest font."""
        return max(word.size for word in self.words)

    @property
    def prose(self) -> bool:
        """Whether this is running text or an entry of a contents list."""
        return any(_PROSE.search(w.text) or _LEADERS.search(w.text) for w in self.segments)

    @property
    def tabular(self) -> bool:
        """Whether this is a row with figures, or the figures of one with a wrapped label."""
        if all(is_amount(word) for word in self.segments):
            return True
        return any(is_figure(word) for word in self.segments[1:]) and not self.prose

    @property
    def coded(self) -> bool:
        """Whether this is a row with codes (227 预备费), with or without figures."""
        codes = any(_CODED.match(word.text) for word in self.words)
        return (codes or is_figure(self.words[0])) and not self.prose

    @property
    def amounts(self) -> int:
        """How many amounts of money it prints, if it is a row with figures."""
        return sum(is_amount(word) for word in self.segments) if self.tabular else 0

    @property
    def heading(self) -> bool:
        """Whether this may be a line of a table's header."""
        return not self.prose and not any(_CAPTION.search(w.text) for w in self.segments)

    @property
    def captions(self) -> bool:
        """Whether this is the title, number or unit of a table."""
        return any(_TABLE_CAPTION.search(segment.text) for segment in self.segments)

    def is_title_above(self, below: Printed) -> bool:
        """Whether this line stands alone above a header, as its title does."""
        if len(self.segments) > 1:
            return False
        return self.captions or self.size > LARGER * below.size


def printed(words: Sequence[Word]) -> list[Printed]:
    """Words as printed lines of segments, from the top."""
    upright = [word for word in words if not word.sideways]
    return [Printed(tuple(line), tuple(_segments(line))) for line in lines_of(upright)]


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


def follows(above: Printed, below: Printed) -> bool:
    """Whether two lines are near enough to be lines of one table."""
    return below.bottom - above.bottom <= PITCH * max(above.size, below.size)
