"""The words around a table: what a caption line is, and what a note below is.

A caption is a run of lines of different kinds (number, title, year, agency, unit); a kind
that comes back begins the next caption.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import Enum

from indexer.headings import is_standing_title, numbered
from indexer.pages import Grid, Line

LONGEST_TITLE = 60
LONGEST_OTHER_TITLE = 40
SHORTEST_TITLE = 3
LONGEST_LINE = 120
MOST_LINES = 10
LONGEST_NOTE_LINES = 4

_N = r"(?:\d{1,2}|[一二三四五六七八九十]{1,3})"
_SERIES = r"(?:部门|单位|财决|财预|公开|预算|决算)*"
"""The series that a table's number may name: 财决公开01表, 部门公开表1."""
_NUMBER = re.compile(
    rf"{_SERIES}(?:附|报)?表{_N}(?:[-—－]\d{{1,2}})?[：:、.．]?"
    rf"|{_SERIES}(?:公开|预算|决算|财决|财预){_N}(?:[-—－]\d{{1,2}})?表|续表{_N}?"
    rf"|附(?:件|表){_N}?(?:[-—－]\d{{1,2}})?[：:]?|[（(]续[表）)]*"
)
_ANNEX = re.compile(r"附\s*[件表]\s*[：:]?")
_NUMBER_AND_MORE = re.compile(
    rf"{_SERIES}(?:附|报)?表{_N}(?:[-—－]\d{{1,2}})?[：:、.．]?(?P<rest>\D.*)"
)
_ANNEX_AND_TITLE = re.compile(
    r"附件(?:\d{1,2}(?!\d|年))?[：:、.．]?(?!\d{1,2}[、.．])(?P<rest>[^：:、.．\s].*)"
)
_TITLE = re.compile(
    r"[^。；;！？!?，,：:]*表(?:[（(][^（()）]{1,16}[)）]|[（(]续[)）]|之[一二三])?"
)
_NO_TITLE = re.compile(r"(?:见|如|下|附|上|本|此|空|(?<![申填])报|填|发|代|列|外|单)表$|公开表$")
_UNIT = re.compile(r"(?:金额|计量)?单位[：:](?:人民币)?[百千万亿]*元\S{0,8}")
_UNIT_AT_END = re.compile(r"单位[：:](?:人民币)?[百千万亿]*元\S{0,4}$")
_AGENCY = re.compile(
    r"(?:编制|填报|编报|填表|公开|预算|主管|申报|部门|单位)*(?:部门|单位)(?:[（(](?:单位|部门|盖章|公章)[)）])*"
    r"(?:名称|编码|代码|编码及名称)?(?:[（(](?:盖章|公章)[)）])?[：:].*"
)
_YEAR = re.compile(r"[（(]?(?:19|20)\d\d年?度?[)）]?|[（(](?:19|20)\d\d年?度?\S{0,6}[)）]")
_DATE = re.compile(
    r"(?:(?:填报|编制|制表|报送)?(?:日期|时间)[：:].*|(?:19|20)\d\d年\d{1,2}月(?:\d{1,2}日)?)"
)

_NOTE = re.compile(r"\s*(?:备\s*注|注|注释|附注|说明|填表说明)\s*\d{0,2}\s*[：:]")
_EMPTY = re.compile(
    r"空表|无数据|(?:本|此|该)表(?:无|不涉及)|(?:没有|未|无)(?:使用|安排)?[^。]{0,20}"
    r"(?:预算|拨款|支出|收入)[^。]{0,30}(?:的支出|安排|收入|支出)"
)
_SENTENCE = re.compile(r"[。；;！？!?，,：:]")
_ENDS = re.compile(r"[。.；;！!）)]\s*$")


class Kind(Enum):
    """What a caption line says."""

    NUMBER = "number"
    TITLE = "title"
    AGENCY = "agency"
    UNIT = "unit"
    YEAR = "year"


def kind_of(text: str) -> Kind | None:
    """The kind of a caption line, ``None`` when a caption cannot hold it.

    ``表8 政府性基金预算支出情况表`` with its title is a NUMBER; a line with agency and
    unit is an AGENCY.
    """
    found = numbered(text)
    if len(text) > LONGEST_LINE or (found is not None and found.level == 1):
        return None
    compact = re.sub(r"\s+", "", text)
    if _NUMBER.fullmatch(compact):
        return Kind.NUMBER
    if match := _NUMBER_AND_MORE.fullmatch(compact):
        return Kind.NUMBER if kind_of(match["rest"]) is not None else None
    if is_annex_title(compact):
        return Kind.NUMBER
    if _UNIT.fullmatch(compact):
        return Kind.UNIT
    if _AGENCY.fullmatch(compact) or _UNIT_AT_END.search(compact):
        return Kind.AGENCY
    if _YEAR.fullmatch(compact) or _DATE.fullmatch(compact):
        return Kind.YEAR
    return Kind.TITLE if is_title(text) else None


def is_title(text: str) -> bool:
    """Whether the text is a table's title: it ends in 表 and is no sentence."""
    found = numbered(text)
    if found is not None and found.level == 1:
        return False
    compact = re.sub(r"\s+", "", found.rest if found else text)
    return (
        SHORTEST_TITLE < len(compact) <= LONGEST_TITLE
        and _TITLE.fullmatch(compact) is not None
        and _NO_TITLE.search(compact) is None
    )


def is_annex_title(text: str) -> bool:
    """Whether a line names the table, or the set of tables, that is an annex: 附件2：…表."""
    match = _ANNEX_AND_TITLE.fullmatch(re.sub(r"\s+", "", text))
    return match is not None and (is_title(match["rest"]) or match["rest"].endswith("公开表"))


def is_caption_line(text: str) -> bool:
    """Whether a caption can hold the line."""
    return kind_of(text) is not None


def caption_end(items: Sequence[Line | Grid], start: int) -> int:
    """The index after the caption that begins at ``start``; ``start`` when none does.

    A short line of other words counts as the title where a title must stand: below the
    number or above the unit of a table that follows.
    """
    kinds: list[Kind] = []
    for index, item in enumerate(items[start : start + MOST_LINES], start):
        kind = kind_of(item.text) if isinstance(item, Line) else None
        if kind is None and _stands_as_title(items, index, kinds):
            kind = Kind.TITLE
        if kind is None or not _may_follow(kinds, kind):
            break
        kinds.append(kind)
    if len(kinds) > 1 and kinds[-1] is Kind.NUMBER and _is_title_at(items, start + len(kinds)):
        kinds.pop()
    return start + len(kinds)


def _is_title_at(items: Sequence[Line | Grid], index: int) -> bool:
    """Whether a title stands there: the number above it is its own, not that of a title before."""
    item = items[index] if index < len(items) else None
    return isinstance(item, Line) and kind_of(item.text) is Kind.TITLE


def _stands_as_title(items: Sequence[Line | Grid], index: int, above: Sequence[Kind]) -> bool:
    """Whether a line that is not worded as a title stands in the place of one."""
    item = items[index]
    if not isinstance(item, Line) or item.new_paragraph is False or item.heading_level:
        return False
    text = item.text.strip()
    if not SHORTEST_TITLE < len(text) <= LONGEST_OTHER_TITLE or _SENTENCE.search(text):
        return False
    if set(above) - {Kind.NUMBER} or numbered(text) or is_standing_title(text):
        return False
    below = index + 1
    while below < len(items) and _says_whose(items[below]):
        below += 1
    has_grid = below < len(items) and isinstance(items[below], Grid)
    names_whose = below > index + 1
    return (has_grid and names_whose) or (bool(above) and (has_grid or names_whose))


def _says_whose(item: Line | Grid) -> bool:
    """Whether a line names a table's agency, unit or year."""
    kinds = (Kind.AGENCY, Kind.UNIT, Kind.YEAR)
    return isinstance(item, Line) and kind_of(item.text) in kinds


def _may_follow(kinds: Sequence[Kind], kind: Kind) -> bool:
    """Whether a caption that holds ``kinds`` can go on with ``kind``."""
    if kind is Kind.YEAR or (kind is Kind.AGENCY and kinds and kinds[-1] is kind):
        return True
    if kind is Kind.NUMBER and set(kinds) - {Kind.TITLE, Kind.YEAR}:
        return False
    return kind not in kinds


def is_strong(caption: Sequence[str]) -> bool:
    """Whether the lines are a table's caption even where no grid follows.

    A number with a title, or a title with its year, agency or unit below.  A title below or
    behind 附件 may be that of all the tables that follow.
    """
    kinds = [kind_of(text) for text in caption]
    if not kinds or kinds[0] not in (Kind.NUMBER, Kind.TITLE):
        return False
    if _ANNEX.fullmatch(caption[0].strip()) or is_annex_title(caption[0]):
        return bool({Kind.UNIT, Kind.AGENCY} & set(kinds))
    if kinds[0] is Kind.NUMBER:
        return len(kinds) > 1 or "表" in re.sub(r"\s+", "", caption[0])[3:]
    return len(kinds) > 1 and (numbered(caption[0]) is None or Kind.UNIT in kinds)


def is_note(text: str) -> bool:
    """Whether a line below a table speaks of it: 备注：…, 注：…, …为空表。"""
    return _NOTE.match(text) is not None or (len(text) <= LONGEST_LINE and says_empty(text))


def says_empty(text: str) -> bool:
    """Whether the text says that a table holds nothing."""
    return _EMPTY.search(text) is not None


def notes_end(items: Sequence[Line | Grid], start: int) -> int:
    """The index after the notes that begin at ``start``, wrapped lines included."""
    index = start
    while index < len(items):
        item = items[index]
        if not isinstance(item, Line) or not is_note(item.text):
            break
        index = _note_end(items, index)
    return index


def _note_end(items: Sequence[Line | Grid], start: int) -> int:
    """The index after one note: a note goes on until a line ends a sentence."""
    for index in range(start, min(start + LONGEST_NOTE_LINES, len(items))):
        item = items[index]
        if not isinstance(item, Line) or (index > start and _cannot_go_on(item)):
            return index
        if _ENDS.search(item.text):
            return index + 1
    return start + 1


def _cannot_go_on(line: Line) -> bool:
    return bool(line.new_paragraph) or is_caption_line(line.text) or numbered(line.text) is not None
