"""The 《titles》 of documents in running text, and the document numbers they belong to.

A title may hold another (《关于印发〈…〉的通知》), may be marked by <…>, may be broken by a
line's end, and its outer mark may be missing.  It belongs to a number that stands right
behind it, in brackets or not, or right before it: 医保发〔2019〕14号《…》.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cache

from archive.citations.numbering import Found
from archive.citations.words import any_of, words
from archive.spacing import close_up

LONGEST_TITLE = 200
SHORTEST_TITLE = 2
SHORTEST_ALONE = 3
_DEEPEST = 4
_MOST_OPEN = 8
_LONGEST_GAP = 48
_LONGEST_BLANK = 8
_REACH = 100

_PAIRS = {"》": "《", "〉": "〈", ">": "<", "＞": "＜"}
_MARKS = re.compile(
    r"[《〈<＜》〉>＞](?:(?<=[《〈<＜])(?:(?P<empty>[》〉>＞](?:[《〈<＜][》〉>＞])*+)|[《〈<＜]*+)"
    r"|(?<=[》〉>＞])[》〉>＞]*+)"
)
_NO_TITLE = re.compile(r"</?[A-Za-z][^<>\n]{0,40}>|[《〈<＜]\s{0,4}\d{2,4}\s{0,4}[》〉>＞]")
_SHORT_LAW = re.compile("[^办方做说看想用语]法")
_STOP = re.compile("[。；]")
_HAN = re.compile(r"[一-鿿]")
_INSIDE = r"[^（）()《》〈〉。；]"
_BEGUN = re.compile(r"关于[一-鿿]{0,16}\Z")
_SAME_LIST = re.compile(r"\s{0,4}(?:文件?)?\s{0,4}[、，,;；和及与\s]{1,3}\s{0,4}")
_AFTER = re.compile(
    r"\s{0,4}[)）\]】]?\s{0,4}(?:文件?)?\s{0,4}(?:[，,]?即)?\s{0,4}(?:(?:[公发颁]布|[印下转]发|修[订正改])的?)?\s{0,4}[:：（(]?\s{0,4}"
    r"(?:[一-鿿、\s]{0,24}?关于[一-鿿]{0,8}\s{0,4})?"
)
_LAW = re.compile("(?:[^办方]法|条例)$")
_PART_END = re.compile(r"[，,。；;、）)\s]|\Z")
_FIRST_MARKS = re.compile(r"[\s，,:：)）]*")


@dataclass(frozen=True, slots=True)
class Title:
    """A title at ``text[start:end]``, marks included; ``text`` is without the outer marks.

    ``unclosed`` is the offset of a 《 before it that is never closed: 《关于印发《…》的通知.
    """

    start: int
    end: int
    text: str
    unclosed: int | None = None


@dataclass(frozen=True, slots=True)
class Attached:
    """The title of the number with the same index; ``title`` is its place in the list.

    ``before`` says that it stands before the number, ``shared`` that it is also the title
    of the number before.
    """

    text: str
    title: int | None
    before: bool
    shared: bool = False


@dataclass(slots=True)
class _Open:
    mark: str
    start: int


@dataclass(slots=True)
class _Nest:
    """The marks that are open at one place of a text, and the titles closed inside them."""

    text: str
    marks: list[_Open] = field(default_factory=list)
    inner: list[Title] = field(default_factory=list)
    found: list[Title] = field(default_factory=list)
    last: int = 0

    def come_to(self, place: int) -> None:
        """Give up the marks that a full stop or the distance leaves unclosed."""
        if self.marks and _STOP.search(self.text, self.last, place):
            self.found += self.inner
            self.marks, self.inner = [], []
        while self.marks and place - self.marks[0].start > LONGEST_TITLE:
            self.found += self.inner
            self.marks, self.inner = self.marks[1:], []
        self.last = place

    def open(self, start: int, end: int) -> None:
        """Open the marks of a run, of which only the last can be a title's."""
        first = max(start, end - _DEEPEST)
        self.marks += [_Open(self.text[place], place) for place in range(first, end)]
        del self.marks[:-_MOST_OPEN]

    def close(self, start: int, end: int) -> None:
        """Close as many marks as a run has, and there are open ones."""
        for place in range(start, end):
            if not self.marks:
                return
            self._close_one(place)
            if not self.marks:
                self.found += _outermost(self.inner)
                self.inner = []

    def _close_one(self, place: int) -> None:
        wanted = _PAIRS[self.text[place]]
        marks = self.marks
        at = next((i for i in reversed(range(len(marks))) if marks[i].mark == wanted), None)
        if at is None:
            return
        start = marks[at].start
        unclosed = marks[at - 1].start if at and marks[at - 1].mark in "《〈" else None
        del marks[at:]
        content = close_up(self.text[start + 1 : place])
        if is_title(content, marked=wanted in "《〈"):
            self.inner.append(Title(start, place + 1, content, unclosed))


def titles_in(text: str) -> list[Title]:
    """The outermost titles in order; marks that are no title's (< in a formula) are left out."""
    nest = _Nest(text)
    place = 0
    while match := _MARKS.search(text, place):
        start, place = match.span()
        if match["empty"]:
            continue
        if text[start] in _PAIRS:
            nest.come_to(start)
            nest.close(start, place)
        elif no_title := _NO_TITLE.match(text, place - 1):
            place = no_title.end()
        else:
            nest.come_to(start)
            nest.open(start, place)
    found = {title.start: title for title in nest.found + nest.inner}
    return sorted(found.values(), key=lambda title: title.start)


def _outermost(titles: list[Title]) -> list[Title]:
    """Titles that lie in no other; a title that was closed is not in an unclosed one."""
    last = titles[-1:]
    return [t for t in titles if not any(o.start < t.start and t.end < o.end for o in last)]


def is_title(content: str, *, marked: bool) -> bool:
    """Whether what stands between marks is a title; between < and > only if it reads so."""
    if len(content) < SHORTEST_TITLE or not _HAN.search(content):
        return False
    return marked or (
        _HAN.match(content) is not None and _kind_ending().search(content) is not None
    )


def is_policy(text: str, title: Title) -> bool:
    """Whether a title without number is that of a policy document that is relied on."""
    short = len(title.text) < SHORTEST_ALONE and not _SHORT_LAW.fullmatch(title.text)
    if short or title.text.endswith(words().refused_titles):
        return False
    before = text[max(0, title.start - 8) : title.start]
    return bool(_kind_ending().search(title.text) or _basis_ending().search(before))


def attach(text: str, numbers: Sequence[Found], titles: Sequence[Title]) -> list[Attached | None]:
    """For each number the title that the text gives to it, ``None`` where it gives none."""
    attached: list[Attached | None] = []
    used: set[int] = set()
    for index, number in enumerate(numbers):
        last = attached[-1] if attached else None
        found = _shared(text, numbers, index, last)
        if found is None:
            found = _title_around(text, number, titles, used)
        if found is None:
            found = _title_before(text, number, titles, used)
        if found is None:
            found = _title_after(text, numbers, index, titles, used)
        if found is None:
            found = _unmarked_before(text, number) or _unmarked_after(text, number)
        if found and found.title is not None:
            used.add(found.title)
        attached.append(found)
    return attached


def _shared(
    text: str, numbers: Sequence[Found], index: int, last: Attached | None
) -> Attached | None:
    """The title of the number before, when both stand in one bracket or share a code word."""
    if last is None or not last.before:
        return None
    number, previous = numbers[index], numbers[index - 1]
    between = text[previous.end : number.start]
    if number.inherited and len(between) <= _LONGEST_GAP and "《" not in between:
        return last
    before = text[max(0, previous.start - _LONGEST_BLANK) : previous.start].rstrip()
    bracketed = before.endswith(("（", "(")) or previous.inherited or last.shared
    return replace(last, shared=True) if bracketed and _SAME_LIST.fullmatch(between) else None


def _title_around(
    text: str, number: Found, titles: Sequence[Title], used: set[int]
) -> Attached | None:
    """《…办法（财社〔2023〕1号）》, 《财社〔2023〕1号关于…的通知》, 《财社〔2023〕1号》.

    A number in the middle is that of another document: 《关于转发财社〔2023〕1号的通知》.
    """
    at = _last_before(titles, number.start)
    at = 0 if at is None else at + 1
    if at >= len(titles) or at in used or titles[at].start >= number.start:
        return None
    head = text[titles[at].start + 1 : number.start].rstrip()
    tail = text[number.end : titles[at].end - 1].strip()
    if head.endswith(("（", "(")) and tail in {"）", ")"}:
        return Attached(close_up(head[:-1]), at, before=True)
    if head:
        return None
    return Attached(close_up(_FIRST_MARKS.sub("", tail, count=1)), at, before=True)


def _title_before(
    text: str, number: Found, titles: Sequence[Title], used: set[int]
) -> Attached | None:
    at = _last_before(titles, number.start)
    if at is None or at in used or number.start - titles[at].end > _LONGEST_GAP:
        return None
    title = titles[at]
    gap = _gap_before().fullmatch(text, title.end, number.start)
    if gap is None or (gap.end("apposed") == number.start and not _is_apposed(text, title, number)):
        return None
    if gap["tail"] and title.unclosed is not None:
        return Attached(close_up(text[title.unclosed + 1 : gap.end("tail")]), at, before=True)
    if gap["stray"]:
        begun = _BEGUN.search(text, max(0, title.start - _LONGEST_GAP), title.start)
        start = begun.start() if begun else title.start
        return Attached(close_up(text[start : gap.end("tail")]), at, before=True)
    return Attached(title.text, at, before=True)


def _is_apposed(text: str, title: Title, number: Found) -> bool:
    """Whether a number after a comma is the title's: 《…意见》，民发〔2022〕29号, never a law's."""
    return not _LAW.search(title.text) and _PART_END.match(text, number.end) is not None


def _title_after(
    text: str, numbers: Sequence[Found], index: int, titles: Sequence[Title], used: set[int]
) -> Attached | None:
    end = numbers[index].end
    at = _last_before(titles, end)
    following = 0 if at is None else at + 1
    if following >= len(titles) or following in used:
        return None
    title = titles[following]
    if title.start - end > _LONGEST_GAP or not _AFTER.fullmatch(text, end, title.start):
        return None
    if index + 1 < len(numbers):
        gap = _gap_before().fullmatch(text, title.end, numbers[index + 1].start)
        if gap and gap["open"]:
            return None
    return Attached(title.text, following, before=False)


def _unmarked_before(text: str, number: Found) -> Attached | None:
    """关于…的通知（新医保发〔2023〕48号): a title without marks, bracket behind it.

    Without 关于 it must begin the line or the cell, so that its beginning is no guess.
    """
    low = max(0, number.start - _REACH)
    before = text[low : number.start]
    if not before.rstrip().endswith(("（", "(")):
        return None
    match = _unmarked().search(before) or _line().search(before if low == 0 else f"，{before}")
    return Attached(close_up(match["title"]), None, before=True) if match else None


def _unmarked_after(text: str, number: Found) -> Attached | None:
    """财社〔2023〕1号 关于…的通知, to the end of the sentence's part or of the title."""
    match = _unmarked_behind().match(text, number.end)
    return Attached(close_up(match["title"]), None, before=False) if match else None


def _last_before(titles: Sequence[Title], offset: int) -> int | None:
    """The index of the last title that ends at or before ``offset``."""
    low, high = 0, len(titles)
    while low < high:
        middle = (low + high) // 2
        if titles[middle].end <= offset:
            low = middle + 1
        else:
            high = middle
    return low - 1 if low else None


@cache
def _kind_ending() -> re.Pattern[str]:
    kinds = any_of(words().document_kinds)
    return re.compile(rf"(?:{kinds})[》〉]?(?:[（(〔][^（）()]{{0,16}}[）)〕])?$")


@cache
def _basis_ending() -> re.Pattern[str]:
    return re.compile(rf"(?:{any_of(words().basis)})[:：]?\s*$")


@cache
def _gap_before() -> re.Pattern[str]:
    kinds = any_of(words().document_kinds)
    return re.compile(
        rf"\s{{0,8}}(?:(?P<tail>的?(?:{kinds}))(?P<stray>[》〉])?)?"
        r"\s{0,8}(?:[（(][^（）()]{0,12}[）)])?"
        r"(?:[，,]\s{0,4}(?:(?=发?文(?:件编?)?号|发文字号)|(?P<apposed>\Z)))?"
        rf"(?P<open>[（(［\[【〔<]\s{{0,8}}{_INSIDE}{{0,30}}?)?\s{{0,8}}"
        r"(?:(?:发?文(?:件编?)?号|发文字号)(?:为|是)?\s{0,4}[:：]?\s{0,4})?"
    )


@cache
def _unmarked() -> re.Pattern[str]:
    kinds = any_of(words().document_kinds)
    return re.compile(
        rf"(?P<title>关于(?:(?!关于)[^，。；：《》（）()\n]){{2,80}}(?:{kinds}))\s*[（(]\s*$"
    )


@cache
def _unmarked_behind() -> re.Pattern[str]:
    kinds = any_of(words().document_kinds)
    return re.compile(
        r"\s{0,4}(?:文件?)?\s{0,4}[:：]?\s{0,4}[一-鿿]{0,16}?"
        rf"(?P<title>关于(?:(?!关于)[^，。；：《》（）()\n]){{2,80}}?的(?:{kinds}))"
        r"(?=[，。；：、）)》”\s|]|$|要求|精神|规定|文件|执行|等|中|第)"
    )


@cache
def _line() -> re.Pattern[str]:
    kinds, basis = any_of(words().document_kinds), any_of(words().basis)
    return re.compile(
        rf"(?:^|[\n\t|：:“\"'])\s*(?P<title>[一-鿿](?:(?!{basis})[一-鿿、“”]){{4,60}}?(?:{kinds}))"
        r"\s*[（(]\s*$"
    )
