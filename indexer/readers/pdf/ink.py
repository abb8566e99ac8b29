"""What stands on a PDF page: characters and rules, whoever read them from the file.

All coordinates are PDF points on the *displayed* page (rotated and cropped as a viewer
shows it), origin top-left, y downwards.  The stages behind know nothing of PDF.
"""

from __future__ import annotations

import math
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from archive.model import Box

UNREADABLE = "〓"
"""Stands for a glyph that the file gives no character for (the printers' geta mark)."""

RULE_WIDTH = 3.0
"""A drawn line or filled bar not thicker than this is a rule, in points."""

CLIP_SLACK = 1.0
"""A rule that lies on the edge of a clip by no more than this is shown, in points."""

FORCED_BOLD = 1 << 18
"""The flag of a font descriptor that asks for bold glyphs."""

ANGLE_TOLERANCE = 3
"""Text that leans by fewer degrees is upright; by more, a stamp or watermark."""

_RADICALS = str.maketrans(
    "⺇⺎⺒⺜⺝⺟⺠⺧⺩⺫⻁⻄⻅⻆⻉⻊⻋⻑⻓⻔⻗⻘⻙⻚⻛⻜⻝⻢⻣⻤⻥⻦⻧⻨⻩⻬⻮⻰⻳",
    "几兀巳日月母民牛王目虎西见角贝足车長长门雨青韦页风飞食马骨鬼鱼鸟卤麦黄齐齿龙龟",
)
"""Radicals that are whole characters and that NFKC leaves alone (Unicode's
EquivalentUnifiedIdeograph)."""


class BrokenPage(Exception):
    """A page that a library cannot load; the message is the library's own."""


class WrongPassword(Exception):
    """The file is encrypted and the empty password does not open it."""


class Unopened(Exception):
    """A library finds no document in the file; the message is its own."""


@dataclass(frozen=True, slots=True)
class Char:
    """One glyph: its advance box, its origin (``x``, ``y`` of the baseline) and its look.

    ``angle`` is the direction of writing in degrees, counterclockwise as displayed.
    Glyphs of one ``run`` were drawn by one text operation; none spans two table cells
    unless it is parted by a gap.  ``clip`` is the box outside which it is not shown.
    ``colour`` is known on pages with slanted text only, where it tells seals.
    """

    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    x: float
    y: float
    size: float
    angle: int = 0
    bold: bool = False
    run: int = 0
    clip: Box | None = None
    colour: int | None = None

    @property
    def middle(self) -> tuple[float, float]:
        """The centre of the box."""
        return (self.x0 + self.x1) / 2, (self.top + self.bottom) / 2


@dataclass(frozen=True, slots=True)
class Rule:
    """A straight stroke or thin bar as its bounding box."""

    x0: float
    top: float
    x1: float
    bottom: float
    white: bool = False


@dataclass(frozen=True, slots=True)
class Ink:
    """One page as displayed.

    ``pictures`` is the share of the page that images cover (0 to 1); ``curves`` counts
    drawn shapes that are no rules, among them letters turned into outlines.  ``damage``
    says, in Chinese, what of the page's content is broken or missing in the file.  ``notes``
    counts texts that lie above the page, in fields of a form and in notes.
    """

    number: int
    width: float
    height: float
    chars: tuple[Char, ...]
    rules: tuple[Rule, ...]
    pictures: float = 0.0
    curves: int = 0
    damage: str | None = None
    notes: int = 0


@dataclass(frozen=True, slots=True)
class Sheet:
    """The crop box (x0, y0, x1, y1 in user space) and rotation by which a page is shown."""

    x0: float
    y0: float
    x1: float
    y1: float
    rotation: int = 0

    @property
    def size(self) -> tuple[float, float]:
        """Width and height as displayed."""
        width, height = self.x1 - self.x0, self.y1 - self.y0
        return (height, width) if self.rotation in (90, 270) else (width, height)

    def point(self, x: float, y: float) -> tuple[float, float]:
        """A point of user space as displayed."""
        match self.rotation:
            case 90:
                return y - self.y0, x - self.x0
            case 180:
                return self.x1 - x, y - self.y0
            case 270:
                return self.y1 - y, self.x1 - x
            case _:
                return x - self.x0, self.y1 - y

    def box(self, points: Iterable[tuple[float, float]]) -> Box:
        """The displayed bounding box of points of user space."""
        shown = [self.point(x, y) for x, y in points]
        xs = [x for x, _ in shown]
        ys = [y for _, y in shown]
        return min(xs), min(ys), max(xs), max(ys)

    def rectangle(self, left: float, low: float, right: float, high: float) -> Box:
        """The displayed box of a rectangle of user space."""
        if self.rotation == 0:
            return left - self.x0, self.y1 - high, right - self.x0, self.y1 - low
        (xa, ya), (xb, yb) = self.point(left, low), self.point(right, high)
        return min(xa, xb), min(ya, yb), max(xa, xb), max(ya, yb)

    def angle(self, a: float, b: float) -> int:
        """The displayed direction of text whose matrix begins with ``a b``."""
        if b == 0 < a:
            return -self.rotation % 360
        return round(math.degrees(math.atan2(b, a)) - self.rotation) % 360


@lru_cache(maxsize=1 << 16)
def character(text: str) -> str:
    """The text of a glyph as a reader sees it, or :data:`UNREADABLE`.

    Fonts often map 工 to the Kangxi radical ⼯, which looks the same and is found by
    nobody; unmapped glyphs come as NUL, private-use or replacement characters.
    """
    if not text or not all(_is_character(c) for c in text):
        return UNREADABLE
    if any("⺀" <= c <= "⿟" for c in text):
        return unicodedata.normalize("NFKC", text).translate(_RADICALS)
    return text


def _is_character(c: str) -> bool:
    if c.isspace():
        return True
    return c != "�" and unicodedata.category(c) not in {"Cc", "Co", "Cn", "Cs"}


def is_bold_name(name: bytes) -> bool:
    """Whether a font name says bold; Word writes Chinese names as GBK, others as UTF-8.

    黑体 counts: it is what Chinese headings are set in where Latin ones are bold.
    """
    lowered = name.lower()
    if b"yahei" in lowered:
        return b"bold" in lowered
    latin = any(word in lowered for word in (b"bold", b"heavy", b"black", b"hei"))
    return latin or any(
        word.encode(code) in name for word in ("黑", "粗") for code in ("gbk", "utf-8")
    )


def turned_box(box: Box, quarters: int, width: float, height: float) -> Box:
    """A box of a page of this size, after the page was turned clockwise by quarters."""
    x0, top, x1, bottom = box
    match quarters % 4:
        case 1:
            return height - bottom, x0, height - top, x1
        case 2:
            return width - x1, height - bottom, width - x0, height - top
        case 3:
            return top, width - x1, bottom, width - x0
        case _:
            return box


def turned_char(char: Char, quarters: int, width: float, height: float) -> Char:
    """The character after the page was turned clockwise by quarters."""
    if quarters % 4 == 0:
        return char
    box = turned_box((char.x0, char.top, char.x1, char.bottom), quarters, width, height)
    x, y, _, _ = turned_box((char.x, char.y, char.x, char.y), quarters, width, height)
    angle = (char.angle - 90 * quarters) % 360
    return Char(char.text, *box, x, y, char.size, angle, char.bold, char.run, colour=char.colour)


def turned(ink: Ink, quarters: int) -> Ink:
    """The page turned clockwise by quarters."""
    if quarters % 4 == 0:
        return ink
    w, h = ink.width, ink.height
    return replace(
        ink,
        width=h if quarters % 2 else w,
        height=w if quarters % 2 else h,
        chars=tuple(turned_char(char, quarters, w, h) for char in ink.chars),
        rules=tuple(
            Rule(*turned_box((r.x0, r.top, r.x1, r.bottom), quarters, w, h), r.white)
            for r in ink.rules
        ),
    )


def shown(ink: Ink) -> Ink:
    """The page without what nobody who opens the file sees.

    A spreadsheet printed over two pages draws a long cell on both and clips it; a text
    that runs out of a narrow cell is clipped too, but in its direction of writing, and
    stays whole where any of it is seen (a figure must not lose digits).
    """
    page = (0.0, 0.0, ink.width, ink.height)
    on = [char for char in ink.chars if _holds(page, *char.middle)]
    hidden = [c for c in on if c.clip is not None and not _holds(c.clip, *c.middle)]
    if hidden:
        lost = _lost(hidden, {id(char) for char in hidden}, on)
        on = [char for char in on if id(char) not in lost]
    return replace(
        ink,
        chars=tuple(on),
        rules=tuple(
            r
            for r in ink.rules
            if r.x1 >= 0 and r.bottom >= 0 and r.x0 <= ink.width and r.top <= ink.height
        ),
    )


def _lost(hidden: list[Char], ids: set[int], chars: list[Char]) -> set[int]:
    """Those of the hidden glyphs that belong to no text of which some is seen."""
    seen = {char.run for char in chars if id(char) not in ids}
    return {id(char) for char in hidden if char.run not in seen or not _is_level(char)}


def _is_level(char: Char) -> bool:
    """Whether a glyph's line is within its clip."""
    if char.clip is None:
        return True
    x0, top, x1, bottom = char.clip
    x, y = char.middle
    return x0 <= x <= x1 if char.angle in (90, 270) else top <= y <= bottom


def _holds(box: Box, x: float, y: float) -> bool:
    return box[0] <= x <= box[2] and box[1] <= y <= box[3]


def overlap(one: Box | None, other: Box | None) -> Box | None:
    """What two clips leave; ``None`` clips nothing."""
    if one is None or other is None:
        return one or other
    return (
        max(one[0], other[0]),
        max(one[1], other[1]),
        min(one[2], other[2]),
        min(one[3], other[3]),
    )


def clipped(rule: Rule, clip: Box | None) -> Rule | None:
    """What of a rule is shown; ``None`` when nothing is."""
    if clip is None:
        return rule
    x0, top = max(rule.x0, clip[0]), max(rule.top, clip[1])
    x1, bottom = min(rule.x1, clip[2]), min(rule.bottom, clip[3])
    if x0 > x1 + CLIP_SLACK or top > bottom + CLIP_SLACK:
        return None
    return Rule(min(x0, x1), min(top, bottom), max(x0, x1), max(top, bottom), rule.white)


@lru_cache(maxsize=720)
def quarter(angle: int) -> int | None:
    """The quarter turns of an angle, ``None`` when it is slanted."""
    near = round(angle / 90)
    return near % 4 if abs(angle - 90 * near) <= ANGLE_TOLERANCE else None


def main_quarter(chars: Sequence[Char]) -> int:
    """The direction in which most of a page is written, in quarter turns."""
    angles = Counter(char.angle for char in chars if not char.text.isspace())
    counted: Counter[int | None] = Counter()
    for angle, count in angles.items():
        counted[quarter(angle)] += count
    del counted[None]
    return max(counted, key=lambda q: (counted[q], -(q or 0)), default=0) or 0
