"""The header of a table that draws no columns: its texts, wrapped or over several columns.

Texts set close below each other are one head.  A head with others below it heads a group of
columns, the one between whose edges it is centred; every other heads a column of its own.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from indexer.readers.pdf.printed import Printed
from indexer.readers.pdf.rules import Stroke
from indexer.readers.pdf.words import Word

HEAD_GAP = 0.5
"""Heads of two columns stand at least so far apart, in sizes of the font."""
LEADING = 1.5
"""Lines of one wrapped head are no further apart than this, in sizes of the font."""
LEVEL = 0.2
"""Heads of one row have one middle height within so many sizes of the font."""
ALIKE = 0.1
"""Lines of one head differ in size by no more than this share."""
CENTRED = 0.75
"""Lines of one head have one middle within so many sizes of the font…"""
LEFT = 0.15
"""…or one left edge."""
SPREAD = 1.5
"""Neighbouring columns are no wider than so many times what is usual in a header."""
BELOW = 0.35
"""A head is below another when it begins no higher than so much above its lower edge."""
HALFWAY = 0.35
"""A head is centred in its cell within so many sizes of its font."""

Extent = tuple[float, float]


@dataclass(frozen=True)
class Block:
    """A head: its printed lines from the top, each as one word."""

    lines: tuple[Word, ...]

    @cached_property
    def extent(self) -> Extent:
        """The left and right edge."""
        return min(w.x0 for w in self.lines), max(w.x1 for w in self.lines)

    @property
    def top(self) -> float:
        """The upper edge."""
        return self.lines[0].top

    @property
    def bottom(self) -> float:
        """The lower edge."""
        return self.lines[-1].bottom

    @property
    def size(self) -> float:
        """The size of the font."""
        return self.lines[0].size

    @property
    def middle(self) -> float:
        """The middle between left and right edge."""
        return sum(self.extent) / 2

    @property
    def height(self) -> float:
        """The middle between upper and lower edge."""
        return (self.top + self.bottom) / 2

    @property
    def letters(self) -> int:
        """How many characters it has."""
        return sum(len(line.text) for line in self.lines)

    def is_over(self, other: Block) -> bool:
        """Whether it ends where the other begins, or higher."""
        return other.top >= self.bottom - BELOW * self.size


def overlap(one: Extent, other: Extent) -> float:
    """How far two extents overlap; negative for the space between them."""
    return min(one[1], other[1]) - max(one[0], other[0])


def blocks_of(lines: Sequence[Printed], strokes: Sequence[Stroke]) -> list[Block]:
    """The heads of header lines, wrapped ones whole, from the top; rules part them."""
    blocks: list[Block] = []
    for line in lines:
        pieces = _pieces(line.words)
        found = [_above(piece, pieces, blocks, strokes) for piece in pieces]
        for piece, above in zip(pieces, found, strict=True):
            if above is None or sum(other is above for other in found) > 1:
                blocks.append(Block((piece,)))
            else:
                blocks[blocks.index(above)] = Block((*above.lines, piece))
    return _unstacked(blocks)


def _pieces(words: Iterable[Word]) -> list[Word]:
    """The words of a line, those without a gap between them as one."""
    pieces: list[list[Word]] = []
    for word in words:
        if pieces and word.x0 - pieces[-1][-1].x1 < HEAD_GAP * word.size:
            pieces[-1].append(word)
        else:
            pieces.append([word])
    return [_whole(piece) for piece in pieces]


def _whole(words: Sequence[Word]) -> Word:
    return Word(
        "".join(word.text for word in words),
        words[0].x0,
        min(word.top for word in words),
        words[-1].x1,
        max(word.bottom for word in words),
        max(word.size for word in words),
    )


def _above(
    piece: Word, line: Sequence[Word], blocks: Sequence[Block], strokes: Sequence[Stroke]
) -> Block | None:
    """The head that a piece of a line goes on with, ``None`` when it begins one."""
    found = [block for block in blocks if _wraps(block, piece, strokes)]
    if len(found) != 1:
        return None
    block = found[0]
    others = [other for other in line if other is not piece]
    beside = any(overlap(block.extent, (other.x0, other.x1)) > 0 for other in others)
    return None if beside else block


def _wraps(block: Block, piece: Word, strokes: Sequence[Stroke]) -> bool:
    last = block.lines[-1]
    high, low = last.middle[1], piece.middle[1]
    if not 0 < low - high <= LEADING * piece.size:
        return False
    if abs(last.size - piece.size) > ALIKE * piece.size:
        return False
    if any(high < s.at < low and s.start <= piece.middle[0] <= s.end for s in strokes):
        return False
    middles = abs(block.middle - piece.middle[0]) <= CENTRED * piece.size
    lefts = abs(block.extent[0] - piece.x0) <= LEFT * piece.size
    widest = max(line.x1 - line.x0 for line in block.lines)
    return (middles or lefts) and piece.x1 - piece.x0 <= widest + piece.size


def _unstacked(blocks: Sequence[Block]) -> list[Block]:
    """The heads with the first line apart that heads a group, not wraps, though as close.

    The heads beside are then level with the lines below it alone, not with all of them.
    """
    result: list[Block] = []
    for block in blocks:
        below = Block(block.lines[1:]) if len(block.lines) > 1 else None
        if below is not None and _stands_over(Block(block.lines[:1]), below, block, blocks):
            result += [Block(block.lines[:1]), below]
        else:
            result.append(block)
    return result


def _stands_over(head: Block, below: Block, whole: Block, blocks: Sequence[Block]) -> bool:
    level = [b for b in blocks if abs(b.height - below.height) <= LEVEL * head.size]
    left = max((b for b in level if b.extent[1] < below.extent[0]), key=_middle, default=None)
    right = min((b for b in level if b.extent[0] > below.extent[1]), key=_middle, default=None)
    if left is None or right is None or abs(whole.height - below.height) <= LEVEL * head.size:
        return False
    return abs((left.middle + right.middle) / 2 - head.middle) <= CENTRED * head.size


def _middle(block: Block) -> float:
    return block.middle


def parted(blocks: Sequence[Block], columns: Sequence[Extent]) -> tuple[list[Block], list[Block]]:
    """The heads of single columns from the left, and those of groups.

    ``columns`` are the extents of the figures and labels below.
    """
    if not blocks:
        return [], []
    groups = [block for block in blocks if _is_over_others(block, blocks, columns)]
    leaves = [block for block in blocks if block not in groups]
    return sorted(leaves, key=lambda block: block.middle), groups


def _is_over_others(block: Block, blocks: Sequence[Block], columns: Sequence[Extent]) -> bool:
    lower = [other for other in blocks if other is not block and block.is_over(other)]
    if any(overlap(block.extent, other.extent) > 0 for other in lower):
        return True
    under = [column for column in columns if overlap(block.extent, column) > 0]
    if any(overlap(column, other.extent) > 0 for column in under for other in lower):
        return True
    left = [other.middle for other in lower if other.middle < block.middle]
    right = [other.middle for other in lower if other.middle > block.middle]
    if not left or not right or under:
        return False
    return _are_next(max(left), min(right), lower) or not _reaches_down(block, blocks)


def _are_next(left: float, right: float, lower: Sequence[Block]) -> bool:
    """Whether two lower heads are no further apart than those of neighbouring columns."""
    middles = sorted(block.middle for block in lower)
    gaps = sorted(b - a for a, b in pairwise(middles))
    return right - left <= SPREAD * gaps[len(gaps) // 2]


def _reaches_down(block: Block, blocks: Sequence[Block]) -> bool:
    """Whether a head is centred between the top of some row and the bottom of the header."""
    bottom = max(other.bottom for other in blocks)
    tops = {other.top for other in blocks if other.top <= block.top}
    return any(abs((top + bottom) / 2 - block.height) <= HALFWAY * block.size for top in tops)
