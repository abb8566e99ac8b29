"""Wrapped lines joined into whole texts: paragraphs, list items, headings.

A drawn page tells by its margins where a line was only wrapped: it is full, and the next
begins at the left margin.  A text dump tells by its words: a line that ends no sentence goes
on, unless the next begins something (a number, a field such as 预算安排规模：).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache

from indexer.field_names import any_field_name
from indexer.headings import (
    closes,
    is_heading,
    is_rest_of_heading,
    is_standing_title,
    numbered,
)
from indexer.pages import Line

RIGHT_SLACK = 2.5
OUTDENT_SLACK = 10.0
AFTER_SENTENCE = 1.5
SAME_MARGIN = 30.0
INDENT = 1.0
SAME_SIZE = 0.75
WRAP_AT_LEAST = 20
WRAP_AT_MOST = 60
WRAP_SLACK = 2.5
WRAP_SLOP = 1.5
WRAP_SHARE = 0.2
FIRST_INDENT = 2
LONGEST_LABEL = 16
LONGEST_FIELD = 12

_SENTENCE_END = re.compile(r"[。！!？?][”’」』）)]?\s*$")
_CLAUSE_END = re.compile(r"[；;：:]\s*$")
_INTRODUCES = re.compile(r"(?:其中|如下|包括|下列|以下|具体|为|如下表)\s*[：:]\s*$")
_WORD_END = re.compile(r"[A-Za-z]{2,}[,.;:]?$")
_WORD_START = re.compile(r"^[A-Za-z]{2,}")
_UNPARTED = re.compile(r"(?:[!-~]+|\S)[，。、；：）》”％]*")
_DATE = re.compile(r"(?:19|20)\d\d\s*[年.-]\s*\d{1,2}\s*[月.-]\s*(?:\d{1,2}\s*日?)?")
_LABEL = re.compile(rf"[一-鿿（()）、“”]{{2,{LONGEST_LABEL}}}\s*[：:]")
_OTHER_FIELDS = (
    r"资金(?:分配|执行|来源|使用|安排)\S{0,4}|[受收]益人群\S{0,6}|项目(?:主管单位|周期|负责人)|"
    r"编制(?:部门|单位)\S{0,6}|主管部门|备注|注|联系人|联系电话"
)
_NO_FIELD = re.compile(r"(?:其中|主要|原因|包括|例如|如|即|具体|分别|项)")


@dataclass(frozen=True, slots=True)
class Text:
    """A whole text and the lines that it stands on."""

    text: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Measure:
    """How wide full lines are: the margins of a drawn page, or the letters of a wrapped dump.

    ``left`` and ``right`` are by page, in points; ``letters`` is ``None`` where a dump does
    not wrap its lines.
    """

    left: dict[int, float]
    right: dict[int, float]
    letters: float | None


def join_lines(lines: Sequence[Line], measure: Measure) -> list[Text]:
    """The lines as whole texts, in order."""
    groups: list[list[Line]] = []
    for line in lines:
        if not line.text.strip():
            continue
        if groups and _goes_on(groups[-1], line, measure):
            groups[-1].append(line)
        else:
            groups.append([line])
    return [Text(joined(line.text for line in group), tuple(group)) for group in groups]


def measure_of(lines: Iterable[Line]) -> Measure:
    """The measure of a file, from its lines outside tables."""
    drawn: dict[int, list[Line]] = {}
    widths: list[float] = []
    for line in lines:
        if line.place.page is not None and line.place.box is not None:
            drawn.setdefault(line.place.page, []).append(line)
        else:
            widths.append(width(line.text))
    left, right = _margins(drawn)
    return Measure(left, right, _wrapping(widths))


def joined(texts: Iterable[str]) -> str:
    """Pieces of one text put together: Chinese without a space, Latin words with one."""
    whole = ""
    for text in texts:
        piece = text.strip()
        gap = " " if _WORD_END.search(whole) and _WORD_START.match(piece) else ""
        whole += gap + piece
    return whole


def ends_sentence(text: str) -> bool:
    """Whether a text ends as a sentence does."""
    return _SENTENCE_END.search(text.strip()) is not None


def width(text: str) -> float:
    """The width of a text in Chinese characters: a Latin letter or digit is half of one."""
    return sum(0.5 if letter.isascii() else 1.0 for letter in text.strip())


def _margins(drawn: dict[int, list[Line]]) -> tuple[dict[int, float], dict[int, float]]:
    """The text margins of each page.

    The right margin is where several lines end; a page that shows none (a title, a list of
    short items) takes the widest of the others.
    """
    left: dict[int, float] = {}
    right: dict[int, float] = {}
    for page, lines in drawn.items():
        boxes = [line.place.box for line in lines if line.place.box and not line.centred]
        left[page] = min((box[0] for box in boxes), default=0.0)
        ends = sorted((box[2] for box in boxes), reverse=True)
        if len(ends) > 1 and ends[0] - ends[1] <= SAME_MARGIN:
            right[page] = ends[0]
    widest = max(right.values(), default=0.0)
    return left, {page: right.get(page, widest) for page in drawn}


def _wrapping(widths: Sequence[float]) -> float | None:
    """The width at which a dump wraps, if many of its lines are just that wide."""
    prose = [w for w in widths if w >= WRAP_AT_LEAST]
    if not prose:
        return None
    counts = Counter(round(w) for w in prose)
    widest = max((w for w, n in counts.items() if n >= 2), default=0)
    near = sum(1 for w in prose if widest - WRAP_SLACK <= w <= widest + 1)
    wraps = WRAP_AT_LEAST <= widest <= WRAP_AT_MOST and near >= WRAP_SHARE * len(prose)
    return float(widest) if wraps and max(prose) <= widest + WRAP_SLACK else None


def _goes_on(group: Sequence[Line], line: Line, measure: Measure) -> bool:
    """Whether ``line`` continues the text of the lines before it."""
    before = group[-1]
    if line.new_paragraph is False:
        return True
    if _completes_heading(group, line):
        return True
    if line.new_paragraph or line.heading_level or before.heading_level:
        return False
    if numbered(line.text) or _begins_field(group, line):
        return False
    if line.place.box is not None and before.place.box is not None:
        return _goes_on_drawn(before, line, measure)
    return _goes_on_dumped(group, line, measure)


def _completes_heading(group: Sequence[Line], line: Line) -> bool:
    """Whether the line is the end of a heading that a line break cut in two."""
    text = joined(piece.text for piece in group)
    first = numbered(text)
    if first is None or first.level > 3 or not is_rest_of_heading(line.text):
        return False
    if re.search(r"[。；：:，,]$", text) or "：" in text:
        return False
    alike = _alike(group[-1], line) and bool(group[-1].heading_level) >= bool(line.heading_level)
    return alike and not is_rest_of_heading(first.rest[-6:])


def _alike(before: Line, line: Line) -> bool:
    if before.size is None or line.size is None:
        return True
    return abs(before.size - line.size) <= SAME_SIZE and before.bold == line.bold


def _goes_on_drawn(before: Line, line: Line, measure: Measure) -> bool:
    """By the margins: the line before is full and this one begins at the left margin."""
    first, second = before.place, line.place
    if first.box is None or second.box is None or not _alike(before, line):
        return False
    size = line.size or before.size or 12.0
    margin = measure.left.get(second.page or 0, 0.0) + INDENT * size
    indented = first.box[0] > measure.left.get(first.page or 0, 0.0) + INDENT * size
    slack = OUTDENT_SLACK if indented else RIGHT_SLACK
    if _SENTENCE_END.search(before.text):
        slack = AFTER_SENTENCE
    end = first.box[2] + max(slack, _first_word(line)) * size
    return second.box[0] <= margin and end >= measure.right.get(first.page or 0, 0.0)


def _goes_on_dumped(group: Sequence[Line], line: Line, measure: Measure) -> bool:
    """By the words: the text so far ends no sentence, and the line begins nothing."""
    before, text = group[-1].text.strip(), line.text.strip()
    if _is_whole_heading(group):
        return False
    if _SENTENCE_END.search(before) or _DATE.fullmatch(text) or text.startswith("——"):
        return False
    is_full = measure.letters is not None and _fills(group, line, measure.letters)
    if _CLAUSE_END.search(before):
        return is_full and not _INTRODUCES.search(before)
    if measure.letters is not None:
        return is_full
    return width(before) >= WRAP_AT_LEAST or before.endswith(("，", "、", ","))


def _fills(group: Sequence[Line], line: Line, letters: float) -> bool:
    """Whether what begins the next line had no room any more."""
    indent = FIRST_INDENT if len(group) == 1 else 0
    return width(group[-1].text) + indent + _first_word(line) >= letters - WRAP_SLOP


def _first_word(line: Line) -> float:
    """The width of what begins a line and is never parted: a letter or figure and its 。"""
    word = _UNPARTED.match(line.text.strip())
    return width(word[0]) if word else 0.0


def _is_whole_heading(group: Sequence[Line]) -> bool:
    text = joined(piece.text for piece in group)
    return (is_heading(text) and closes(text)) or is_standing_title(text)


def _begins_field(group: Sequence[Line], line: Line) -> bool:
    """Whether the line begins a field: a known one, or any short label below a field."""
    text = line.text.strip()
    if _field().match(text):
        return True
    label = _LABEL.match(text)
    short = label is not None and len(label[0]) <= LONGEST_FIELD and not _NO_FIELD.match(text)
    return short and _LABEL.match(group[0].text.strip()) is not None


@cache
def _field() -> re.Pattern[str]:
    return re.compile(
        rf"(?:{any_field_name()}|{_OTHER_FIELDS})(?:\s*[：:]|[ \u3000\t]{{2}})"
        r"|项目[一二三四五六七八九十\d]{1,2}[：:]"
    )
