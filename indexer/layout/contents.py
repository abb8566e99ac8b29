"""Contents lists (目录): what they list is printed again later, so they are no content.

A list begins at its title 目录 and ends where something stands that it cannot hold: a
grid, a sentence, a first entry that comes back, or on a new page a line without a number.
A web page often lost the title: there the list is what the first chapter comes back after.
Lines that lead to a page number with dots go wherever they stand.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from indexer.headings import closes, numbered
from indexer.pages import Grid, Line, Page

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
_SENTENCE = re.compile(r"[。；;！？，]")
_STOP = re.compile(r"(?<=说明|情况)。$")
_YEAR = re.compile(r"(?:19|20)\d\d\s*年?度?")
_NUMBER = re.compile(r"\S{0,4}表\s*(?:\d{1,2}|[一二三四五六七八九十]{1,3})$|\S{2,6}\d{1,2}表$")
_TABLE_NUMBER = re.compile(r"(?:附?表)\s*(?:\d{1,2}|[一二三四五六七八九十]{1,3})[：:、.\s]")


def without_contents(pages: Sequence[Page]) -> list[Page]:
    """The pages without contents lists; a title 目录 with nothing below it goes too."""
    kept = []
    untitled = _untitled(pages)
    reading: _Entries | None = None
    for page in pages:
        items: list[Line | Grid] = []
        fresh = True
        for item in page.items:
            if id(item) in untitled:
                continue
            text = item.text if isinstance(item, Line) else None
            if _is_title(item):
                reading = _Entries()
            elif reading is not None and text is not None and reading.takes(text, fresh=fresh):
                fresh = False
            elif text is None or not _LEADS.search(text):
                reading = None
                items.append(item)
        kept.append(replace(page, items=tuple(items)))
    return kept


def _untitled(pages: Sequence[Page]) -> set[int]:
    """The ids of the lines of a list without a title: from the first chapter to its twin."""
    items = [item for page in pages for item in page.items]
    first = next((at for at, item in enumerate(items) if _chapter(item)), len(items))
    if any(map(_is_title, items[:first])):
        return set()
    reading = _Entries()
    for at, item in enumerate(items[first:], start=first):
        if not isinstance(item, Line) or _is_title(item):
            return set()
        if not reading.takes(item.text, fresh=False):
            listed = items[first:at]
            comes_back = _chapter(item) == _chapter(items[first])
            return set(map(id, listed)) if comes_back and len(listed) >= FEWEST_ENTRIES else set()
    return set()


def _is_title(item: Line | Grid) -> bool:
    return isinstance(item, Line) and _TITLE.fullmatch(item.text.strip()) is not None


def _chapter(item: Line | Grid) -> str | None:
    """The text of a line that is numbered as a chapter is."""
    found = numbered(_bare(item.text)) if isinstance(item, Line) else None
    return _key(_bare(item.text)) if isinstance(item, Line) and found and found.level <= 2 else None


class _Entries:
    """The entries of a list so far, to tell where it ends."""

    def __init__(self) -> None:
        self._seen: set[str] = set()
        self._levels: set[int] = set()
        self._whole = True

    def takes(self, text: str, *, fresh: bool) -> bool:
        """Whether the line is one more entry, or the end of an entry that was cut off.

        ``fresh`` says that the line is the first of its page.
        """
        entry = _bare(text)
        found = numbered(entry)
        if len(entry) > LONGEST_ENTRY or _SENTENCE.search(_STOP.sub("", entry)):
            return False
        if found is None and not _leads(text) and not _TABLE_NUMBER.match(entry):
            return self._takes_rest(entry, fresh=fresh)
        mark = found.number if found and found.level == self._top(found.level) else _key(entry)
        if mark in self._seen:
            return False
        self._seen.add(mark)
        self._whole = closes(entry)
        return True

    def _takes_rest(self, entry: str, *, fresh: bool) -> bool:
        cut_off = bool(self._seen) and not fresh and not self._whole and not _NUMBER.match(entry)
        if cut_off and len(entry) <= LONGEST_REST:
            self._whole = True
            return True
        return False

    def _top(self, level: int) -> int:
        """The highest level of the list; its numbers do not come back inside it."""
        self._levels.add(level)
        return min(self._levels)


def _leads(text: str) -> bool:
    return _LEADS.search(text) is not None or _PAGE.search(text) is not None


def _bare(text: str) -> str:
    return _PAGE.sub("", _LEADS.sub("", text.strip())).strip()


def _key(text: str) -> str:
    """An entry without spaces and years, which a contents list often keeps stale."""
    return _YEAR.sub("", re.sub(r"\s+", "", text))
