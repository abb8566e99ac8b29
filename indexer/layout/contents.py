"""Contents lists (目录): what they list is printed again later, so they are no content.

A list begins at its title 目录 and ends where something stands that it cannot hold: a
grid, a sentence, a first entry that comes back, or on a new page a line without a number.
A web page often lost the title: there the list is what the first chapter comes back after.
Lines that lead to a page number with dots go wherever they stand.  What is taken away is
kept as entries, which the checks set against what is printed.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from archive.model import ContentsEntry
from indexer.headings import closes, numbered
from indexer.pages import Grid, Line, Page
from indexer.places import union

LONGEST_ENTRY = 60
LONGEST_REST = 24
FEWEST_ENTRIES = 3

_TITLE = re.compile(
    r"[（(]?(?:部门|单位|预算|决算|公开|(?:19|20)\d\d年度?)*目\s*[录錄次][)）]?[：:]?|CONTENTS",
    re.IGNORECASE,
)
_LEADER = re.compile(r"(?:…\s*){2,}|(?:[.．·・]\s*){4,}|-{6,}|_{6,}")
_PAGES = r"[（(]?\s*\d*(?:\s*[-—~]\s*\d+)?\s*[)）]?"
_LEADS = re.compile(rf"(?:{_LEADER.pattern})\s*{_PAGES}\s*$|\s*PAGEREF\s+\S+(?:\s+\\?h)?\s*\d*\s*$")
_PAGE = re.compile(r"(?:\t|\s{2,}|(?<=[一-鿿])[.．]{1,3})\s*\d{1,3}\s*$")
_PAGE_NUMBER = re.compile(r"(?<![A-Za-z0-9])\d+(?:\s*[-—~]\s*\d+)?(?=\s*[)）]?\s*$)")
_SENTENCE = re.compile(r"[。；;！？，]")
_STOP = re.compile(r"(?<=说明|情况)。$")
_YEAR = re.compile(r"(?:19|20)\d\d\s*年?度?")
_NUMBER = re.compile(r"\S{0,4}表\s*(?:\d{1,2}|[一二三四五六七八九十]{1,3})$|\S{2,6}\d{1,2}表$")
_TABLE_NUMBER = re.compile(r"(?:附?表)\s*(?:\d{1,2}|[一二三四五六七八九十]{1,3})[：:、.\s]")


@dataclass(frozen=True, slots=True)
class Parted:
    """The pages without their contents lists, and what these list, in printed order."""

    pages: list[Page]
    contents: list[ContentsEntry]


def part_contents(pages: Sequence[Page]) -> Parted:
    """Take the contents lists out; a title 目录 with nothing below it goes too."""
    kept = []
    untitled = _untitled(pages)
    listed = [*untitled.listed]
    reading: _Entries | None = None
    for page in pages:
        items: list[Line | Grid] = []
        fresh = True
        for item in page.items:
            if id(item) in untitled.lines:
                continue
            if _is_title(item):
                reading = _Entries(listed)
            elif isinstance(item, Line) and reading and reading.takes(item, fresh=fresh):
                fresh = False
            elif isinstance(item, Line) and _LEADS.search(item.text):
                listed.append(_entry(item))
            else:
                reading = None
                items.append(item)
        kept.append(replace(page, items=tuple(items)))
    return Parted(kept, listed)


@dataclass(frozen=True, slots=True)
class _Untitled:
    """A list without a title: the ids of its lines, and what they list."""

    lines: frozenset[int] = frozenset()
    listed: tuple[ContentsEntry, ...] = ()


def _untitled(pages: Sequence[Page]) -> _Untitled:
    """The list without a title, from the first chapter to its twin."""
    items = [item for page in pages for item in page.items]
    first = next((at for at, item in enumerate(items) if _chapter(item)), len(items))
    if any(map(_is_title, items[:first])):
        return _Untitled()
    reading = _Entries([])
    for at, item in enumerate(items[first:], start=first):
        if not isinstance(item, Line) or _is_title(item):
            return _Untitled()
        if not reading.takes(item, fresh=False):
            lines = items[first:at]
            if len(lines) < FEWEST_ENTRIES or _chapter(item) != _chapter(items[first]):
                break
            return _Untitled(frozenset(map(id, lines)), tuple(reading.listed))
    return _Untitled()


def _is_title(item: Line | Grid) -> bool:
    return isinstance(item, Line) and _TITLE.fullmatch(item.text.strip()) is not None


def _chapter(item: Line | Grid) -> str | None:
    """The text of a line that is numbered as a chapter is."""
    found = numbered(_bare(item.text)) if isinstance(item, Line) else None
    return _key(_bare(item.text)) if isinstance(item, Line) and found and found.level <= 2 else None


@dataclass(slots=True)
class _Entries:
    """A list as it is read into ``listed``, to tell where it ends."""

    listed: list[ContentsEntry]
    _seen: set[str] = field(default_factory=set)
    _levels: set[int] = field(default_factory=set)
    _whole: bool = True

    def takes(self, line: Line, *, fresh: bool) -> bool:
        """Whether the line is one more entry, or the end of an entry that was cut off.

        ``fresh`` says that the line is the first of its page.
        """
        entry = _bare(line.text)
        found = numbered(entry)
        if len(entry) > LONGEST_ENTRY or _SENTENCE.search(_STOP.sub("", entry)):
            return False
        if found is None and not _leads(line.text) and not _TABLE_NUMBER.match(entry):
            return self._takes_rest(line, fresh=fresh)
        mark = found.number if found and found.level == self._top(found.level) else _key(entry)
        if mark in self._seen:
            return False
        self._seen.add(mark)
        self._whole = closes(entry)
        self.listed.append(_entry(line))
        return True

    def _takes_rest(self, line: Line, *, fresh: bool) -> bool:
        entry = _bare(line.text)
        cut_off = bool(self._seen) and not fresh and not self._whole and not _NUMBER.match(entry)
        if cut_off and len(entry) <= LONGEST_REST:
            self._whole = True
            first, rest = self.listed[-1], _entry(line)
            self.listed[-1] = ContentsEntry(
                first.text + rest.text, rest.page, union((first.place, rest.place))
            )
            return True
        return False

    def _top(self, level: int) -> int:
        """The highest level of the list; its numbers do not come back inside it."""
        self._levels.add(level)
        return min(self._levels)


def _entry(line: Line) -> ContentsEntry:
    leader = _LEADS.search(line.text) or _PAGE.search(line.text)
    page = _PAGE_NUMBER.search(leader[0]) if leader else None
    return ContentsEntry(_bare(line.text), page[0] if page else None, line.place)


def _leads(text: str) -> bool:
    return _LEADS.search(text) is not None or _PAGE.search(text) is not None


def _bare(text: str) -> str:
    return _PAGE.sub("", _LEADS.sub("", text.strip())).strip()


def _key(text: str) -> str:
    """An entry without spaces and years, which a contents list often keeps stale."""
    return _YEAR.sub("", re.sub(r"\s+", "", text))
