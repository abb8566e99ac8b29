"""Glyphs that lie over a page and say nothing of it: watermarks and the letters of seals.

Most are slanted.  Those that are not are told by what they share with slanted ones (a seal's
ink, its ring) or by lying right over the text of the page in a far larger size.
"""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from archive.model import Box
from indexer.readers.pdf.ink import Char, Ink, Rule, quarter

SEAL_APART = 2.5
"""Neighbouring letters around a seal are no further apart than this, in sizes of the font…"""
SEAL_ALIKE = 0.1
"""…and differ in size by no more than this share; an upright one among them has…"""
SEAL_NEIGHBOURS = 2
"""…so many."""
LARGER = 2.5
"""A level watermark is larger than the usual letters of its page by this."""
SAME_BASELINE = 0.25
"""Its letters stand on one baseline within this, in sizes of their font."""
COVERED = 2
"""A text is a watermark when so many letters or rules lie under it."""


def without_overlays(ink: Ink) -> Ink:
    """An upright page without the glyphs of watermarks and seals."""
    chars: Sequence[Char] = ink.chars
    if any(quarter(angle) is None for angle in {char.angle for char in chars}):
        slanted = [char for char in chars if quarter(char.angle) is None]
        level = [char for char in chars if quarter(char.angle) is not None]
        chars = _without_seal_ink(_without_ring(level, slanted, chars), slanted)
    chars = _without_watermarks(chars, ink.rules)
    return ink if len(chars) == len(ink.chars) else replace(ink, chars=tuple(chars))


def _without_ring(
    level: Sequence[Char], slanted: Sequence[Char], chars: Sequence[Char]
) -> list[Char]:
    """The glyphs that are not upright by chance in a text around a seal."""
    runs = Counter(char.run for char in chars)
    return [char for char in level if runs[char.run] > 1 or not _is_among(char, slanted)]


def _is_among(char: Char, slanted: Sequence[Char]) -> bool:
    """Whether a glyph is the next to slanted ones as large as it, as around a seal."""
    x, y = char.middle
    near = [
        other
        for other in slanted
        if abs(other.size - char.size) <= SEAL_ALIKE * char.size
        and math.dist((x, y), other.middle) <= SEAL_APART * char.size
    ]
    return len(near) >= SEAL_NEIGHBOURS


def _without_seal_ink(level: Sequence[Char], slanted: Sequence[Char]) -> list[Char]:
    """The glyphs that are not of the ink of slanted ones and among these: a seal's name and
    number stand level inside its ring.

    Ink in which the page itself is written tells nothing.
    """
    usual = Counter(char.colour for char in level).most_common(1)
    own = usual[0][0] if usual else None
    boxes = {
        colour: _around([char for char in slanted if char.colour == colour])
        for colour in {char.colour for char in slanted}
        if colour is not None and colour != own
    }
    return [
        char
        for char in level
        if char.colour not in boxes or not _holds(boxes[char.colour], *char.middle)
    ]


def _without_watermarks(chars: Sequence[Char], rules: Sequence[Rule]) -> Sequence[Char]:
    """The glyphs without level texts far larger than the page's that lie over its text."""
    sizes = Counter([char.size for char in chars])
    usual = max(sizes, key=sizes.__getitem__, default=0.0)
    if max(sizes, default=0.0) <= LARGER * usual:
        return chars
    large = [c for c in chars if c.size > LARGER * usual and not c.text.isspace()]
    small = sorted(
        (c.middle for c in chars if 2 * c.size <= LARGER * usual), key=lambda middle: middle[1]
    )
    lost = {
        id(char)
        for text in _texts(large)
        if sum(_covered(char, small, rules) for char in text) >= COVERED
        for char in text
    }
    return [char for char in chars if id(char) not in lost] if lost else chars


def _texts(chars: Sequence[Char]) -> list[list[Char]]:
    """Glyphs of one size and baseline together, whoever drew them."""
    texts: list[list[Char]] = []
    for char in sorted(chars, key=lambda char: (round(char.size, 1), char.y)):
        last = texts[-1][-1] if texts else None
        alike = last is not None and abs(last.size - char.size) <= SEAL_ALIKE * char.size
        if last is not None and alike and char.y - last.y <= SAME_BASELINE * char.size:
            texts[-1].append(char)
        else:
            texts.append([char])
    return texts


def _covered(char: Char, small: Sequence[tuple[float, float]], rules: Sequence[Rule]) -> int:
    """How many small letters lie in a glyph's box, and rules run right through it."""
    first = bisect_left(small, char.top, key=lambda middle: middle[1])
    last = bisect_right(small, char.bottom, key=lambda middle: middle[1])
    letters = sum(char.x0 <= x <= char.x1 for x, _ in small[first:last])
    return letters + sum(_runs_through(rule, char) for rule in rules)


def _runs_through(rule: Rule, char: Char) -> bool:
    """Whether a rule leads from side to side, or from top to bottom, of a glyph's middle."""
    x, y = char.middle
    third_across, third_down = (char.x1 - char.x0) / 3, (char.bottom - char.top) / 3
    level = rule.x0 <= char.x0 and rule.x1 >= char.x1
    upright = rule.top <= char.top and rule.bottom >= char.bottom
    middle_across = abs((rule.x0 + rule.x1) / 2 - x) <= third_across
    middle_down = abs((rule.top + rule.bottom) / 2 - y) <= third_down
    return (level and middle_down) or (upright and middle_across)


def _around(chars: Sequence[Char]) -> Box:
    return (
        min(char.x0 for char in chars),
        min(char.top for char in chars),
        max(char.x1 for char in chars),
        max(char.bottom for char in chars),
    )


def _holds(box: Box, x: float, y: float) -> bool:
    return box[0] <= x <= box[2] and box[1] <= y <= box[3]
