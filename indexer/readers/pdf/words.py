"""Characters to words, words to the text of a cell or line.

A word is a run of glyphs on one baseline without a gap; it never crosses a vertical rule
that parts two cells.  Chinese is printed without spaces, so a gap means nothing between
two Chinese characters in a cell and is a space between two Latin words.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from archive.model import Box
from indexer.readers.pdf.ink import Char, Ink, quarter, turned_box, turned_char
from indexer.readers.pdf.rules import Stroke

WORD_GAP = 0.3
"""A wider gap ends a word, in sizes of the font."""
SPACE_GAP = 0.12
"""A gap in which a space is printed ends a word when it is wider than this."""
TOUCH = 0.12
"""Glyphs overlap a rule by no more than this where the rule parts them."""
SAME_BASELINE = 0.25
"""Baselines nearer than this are one, in sizes of the font."""
SAME_PLACE = 0.15
"""The same glyph nearer than this was printed twice to look bold."""
SAME_LINE = 0.5
"""Words belong to one line when they overlap in height by this share of the lower one."""
ASCENT, DESCENT = 0.88, 0.2
"""How far glyphs reach above and below the baseline, in sizes of the font."""

_HANGING = frozenset("，。、；：）」』】〕》”’")
"""Punctuation that typesetters let hang over the end of a line, and so over a rule."""
_DIGITS = frozenset("0123456789.,，．％%０１２３４５６７８９-－()（）")


@dataclass(frozen=True, slots=True)
class Word:
    """Glyphs that belong together; ``sideways`` when they are not written upright.

    ``spaced`` is true when a space glyph is printed before it.
    """

    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    size: float
    bold: bool = False
    sideways: bool = False
    spaced: bool = False

    @property
    def middle(self) -> tuple[float, float]:
        """The centre of the box."""
        return (self.x0 + self.x1) / 2, (self.top + self.bottom) / 2

    @property
    def right(self) -> float:
        """Where the text ends without the punctuation that may hang over its column."""
        hangs = len(self.text) > 1 and self.text[-1] in _HANGING
        return self.x1 - self.size if hangs else self.x1


def words_of(ink: Ink, uprights: Sequence[Stroke]) -> list[Word]:
    """The words of a page, top down; slanted text is left out.

    ``uprights`` are the vertical strokes that part cells.
    """
    words: list[Word] = []
    for quarters in range(4):
        chars = [char for char in ink.chars if quarter(char.angle) == quarters]
        if chars:
            parting = uprights if quarters == 0 else ()
            words += _written(chars, quarters, ink.width, ink.height, parting)
    return sorted(words, key=lambda word: (word.top, word.x0))


def _written(
    chars: list[Char], quarters: int, width: float, height: float, uprights: Sequence[Stroke]
) -> list[Word]:
    upright = [turned_char(char, quarters, width, height) for char in chars]
    ordered = sorted(uprights, key=lambda upright: upright.at)
    edges = [upright.at for upright in ordered]
    words = [
        _word(run, spaced, twice)
        for line, twice in map(_once, _baselines(upright))
        for run, spaced in _runs(line, ordered, edges)
    ]
    if quarters == 0:
        return words
    turned = (height, width) if quarters % 2 else (width, height)
    return [_turned_back(word, 4 - quarters, *turned) for word in words]


def _turned_back(word: Word, quarters: int, width: float, height: float) -> Word:
    box = turned_box((word.x0, word.top, word.x1, word.bottom), quarters, width, height)
    return Word(word.text, *box, word.size, word.bold, sideways=True)


def _baselines(chars: list[Char]) -> list[list[Char]]:
    """The glyphs by baseline from the top, each from left to right."""
    lines: list[list[Char]] = []
    for char in sorted(chars, key=lambda char: char.y):
        if char.size <= 0:
            continue
        last = lines[-1][-1] if lines else None
        if last and char.y - last.y <= SAME_BASELINE * min(char.size, last.size):
            lines[-1].append(char)
        else:
            lines.append([char])
    return [sorted(line, key=lambda char: char.x0) for line in lines]


def _once(line: list[Char]) -> tuple[list[Char], set[Char]]:
    """The line without glyphs printed twice, and those that were."""
    kept: list[Char] = []
    twice: set[Char] = set()
    for char in line:
        near = SAME_PLACE * char.size
        double = next(
            (
                other
                for other in kept[-3:]
                if other.text == char.text
                and other.run != char.run
                and abs(other.x - char.x) <= near
                and abs(other.y - char.y) <= near
            ),
            None,
        )
        if double is None:
            kept.append(char)
        else:
            twice.add(double)
    return kept, twice


def _runs(
    line: list[Char], uprights: Sequence[Stroke], edges: list[float]
) -> Iterator[tuple[list[Char], bool]]:
    """The words of a line as glyphs, and whether a space is printed before each."""
    run: list[Char] = []
    spaced = before = False
    for char in line:
        if char.text.isspace():
            spaced = True
            continue
        if run and _parted(run[-1], char, spaced, uprights, edges):
            yield run, before
            run, before = [], spaced
        run.append(char)
        spaced = False
    if run:
        yield run, before


def _parted(
    left: Char, right: Char, spaced: bool, uprights: Sequence[Stroke], edges: list[float]
) -> bool:
    size = min(left.size, right.size)
    gap = right.x0 - left.x1
    if gap > (SPACE_GAP if spaced else WORD_GAP) * size:
        return True
    if left.run == right.run and gap < TOUCH * size:
        return False
    low = min(left.x1, right.x0) - TOUCH * size
    if left.text in _HANGING:
        low = left.x0 - TOUCH * size
    high = max(left.x1, right.x0) + TOUCH * size
    return _rule_between(low, high, right.y - right.size / 3, uprights, edges)


def _rule_between(
    low: float, high: float, level: float, uprights: Sequence[Stroke], edges: list[float]
) -> bool:
    for index in range(bisect_left(edges, low), len(edges)):
        if edges[index] > high:
            return False
        if uprights[index].start <= level <= uprights[index].end:
            return True
    return False


def _word(run: list[Char], spaced: bool, twice: set[Char]) -> Word:
    size = max(char.size for char in run)
    baseline = run[0].y
    return Word(
        "".join(char.text for char in run),
        min(char.x0 for char in run),
        baseline - ASCENT * size,
        max(char.x1 for char in run),
        baseline + DESCENT * size,
        size,
        sum(char.bold or char in twice for char in run) * 2 > len(run),
        spaced=spaced,
    )


def lines_of(words: Iterable[Word]) -> list[list[Word]]:
    """Upright words by printed line from the top, each from left to right.

    Words on slightly different baselines (a label beside a lowered figure) are one line
    when they overlap in height; a sideways word is a line of its own.
    """
    lines: list[list[Word]] = []
    for word in sorted(words, key=lambda word: word.top + word.bottom):
        line = lines[-1] if lines else None
        if line and not word.sideways and not line[-1].sideways and _level(line[0], word):
            line.append(word)
        else:
            lines.append([word])
    return [sorted(line, key=lambda word: word.x0) for line in lines]


def _level(one: Word, other: Word) -> bool:
    shared = min(one.bottom, other.bottom) - max(one.top, other.top)
    return shared >= SAME_LINE * min(one.bottom - one.top, other.bottom - other.top)


def bounds(words: Iterable[Word]) -> Box:
    """The box around words, of which there must be one."""
    listed = list(words)
    return (
        min(word.x0 for word in listed),
        min(word.top for word in listed),
        max(word.x1 for word in listed),
        max(word.bottom for word in listed),
    )


def is_wide(c: str) -> bool:
    """Whether a character is Chinese or full-width, so that no space stands beside it."""
    return c >= "⺀" or c in "“”‘’…—·、。"


def cell_text(words: Sequence[Word], width: float) -> str:
    """The text of a cell of this width, its wrapped lines joined."""
    text = ""
    last: list[Word] = []
    for line in lines_of(words):
        part = _joined(line)
        text = f"{text}{_joint(text, part, _fills(last, width))}{part}" if text else part
        last = line
    return text


def _joined(line: Sequence[Word]) -> str:
    text = line[0].text
    for word in line[1:]:
        text += ("" if is_wide(text[-1]) or is_wide(word.text[0]) else " ") + word.text
    return text


def _joint(before: str, after: str, full: bool) -> str:
    """What stands between the end of a line in a cell and the next line."""
    if is_wide(before[-1]) or is_wide(after[0]):
        return ""
    if full and before[-1] in _DIGITS and after[0] in _DIGITS:
        return ""
    return " "


def _fills(line: Sequence[Word], width: float) -> bool:
    """Whether a line reaches from side to side, so that a figure may have been broken."""
    x0, _, x1, _ = bounds(line)
    return x1 - x0 > width - 2 * line[0].size
