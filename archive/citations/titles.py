"""The 《titles》 of documents in running text, and the document numbers they belong to.

A title may hold another (《关于印发〈…〉的通知》), may be marked by <…>, may be broken by a
line's end, and its outer mark may be missing.  It belongs to a number that stands right
behind it, in brackets or not, or right before it: 医保发〔2019〕14号《…》.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from archive.citations.numbering import Found
from archive.citations.words import any_of, words
from archive.spacing import close_up

LONGEST_TITLE = 200
SHORTEST_TITLE = 2
SHORTEST_ALONE = 3
_LONGEST_GAP = 48
_LONGEST_BLANK = 8
_REACH = 100

_PAIRS = {"》": "《", "〉": "〈", ">": "<", "＞": "＜"}
_MARK = re.compile(
    r"(?P<skip></?[A-Za-z][^<>\n]{0,40}>|[《〈<＜]\s{0,4}\d{2,4}\s{0,4}[》〉>＞])"
    r"|(?P<mark>[《》〈〉<>＜＞])|(?P<stop>[。；])"
)
_HAN = re.compile(r"[一-鿿]")
_INSIDE = r"[^（）()《》〈〉。；]"
_SAME_LIST = re.compile(r"\s{0,4}(?:文件?)?\s{0,4}[、，,;；和及与\s]{1,3}\s{0,4}")
_AFTER = re.compile(
    r"\s{0,4}[)）\]】]?\s{0,4}(?:文件?)?\s{0,4}[:：]?\s{0,4}"
    r"(?:[一-鿿、\s]{0,24}?关于[一-鿿]{0,8}\s{0,4})?"
)


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
    """The title of the number with the same index; ``title`` is its place in the list."""

    text: str
    title: int | None
    before: bool


@dataclass(slots=True)
class _Open:
    mark: str
    start: int


def titles_in(text: str) -> list[Title]:
    """The outermost titles in order; marks that are no title's (< in a formula) are left out."""
    found: list[Title] = []
    stack: list[_Open] = []
    inner: list[Title] = []
    for match in _MARK.finditer(text):
        while stack and (match["stop"] or match.start() - stack[0].start > LONGEST_TITLE):
            found += inner
            stack, inner = ([], []) if match["stop"] else (stack[1:], [])
        if match["mark"] in _PAIRS:
            _close(text, match, stack, inner)
            if not stack:
                found += _outermost(inner)
                inner = []
        elif match["mark"]:
            stack.append(_Open(match["mark"], match.start()))
    return sorted({title.start: title for title in found + inner}.values(), key=lambda t: t.start)


def _close(text: str, match: re.Match[str], stack: list[_Open], inner: list[Title]) -> None:
    """Take the title that ends at ``match`` from the stack of open marks."""
    wanted = _PAIRS[match["mark"]]
    at = next((i for i in reversed(range(len(stack))) if stack[i].mark == wanted), None)
    if at is None:
        return
    start = stack[at].start
    content = text[start + 1 : match.start()]
    unclosed = stack[at - 1].start if at and stack[at - 1].mark in "《〈" else None
    del stack[at:]
    if is_title(content, marked=wanted in "《〈"):
        inner.append(Title(start, match.end(), close_up(content), unclosed))


def _outermost(titles: list[Title]) -> list[Title]:
    """Titles that lie in no other; a title that was closed is not in an unclosed one."""
    last = titles[-1:]
    return [t for t in titles if not any(o.start < t.start and t.end < o.end for o in last)]


def is_title(content: str, *, marked: bool) -> bool:
    """Whether what stands between marks is a title; between < and > only if it reads so."""
    text = close_up(content)
    if len(text) < SHORTEST_TITLE or not _HAN.search(text):
        return False
    return marked or (_HAN.match(text) is not None and _kind_ending().search(text) is not None)


def is_policy(text: str, title: Title) -> bool:
    """Whether a title without number is that of a policy document that is relied on."""
    if len(title.text) < SHORTEST_ALONE or title.text.endswith(words().refused_titles):
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
            found = _title_before(text, number, titles, used)
        if found is None:
            found = _title_after(text, numbers, index, titles, used)
        if found is None:
            found = _unmarked_before(text, number)
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
    bracketed = before.endswith(("（", "(")) or previous.inherited
    return last if bracketed and _SAME_LIST.fullmatch(between) else None


def _title_before(
    text: str, number: Found, titles: Sequence[Title], used: set[int]
) -> Attached | None:
    at = _last_before(titles, number.start)
    if at is None or at in used or number.start - titles[at].end > _LONGEST_GAP:
        return None
    title = titles[at]
    gap = _gap_before().fullmatch(text, title.end, number.start)
    if gap is None:
        return None
    if gap["tail"] and title.unclosed is not None:
        return Attached(close_up(text[title.unclosed + 1 : gap.end("tail")]), at, before=True)
    return Attached(title.text, at, before=True)


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
    """关于做好…工作的通知（新医保发〔2023〕48号): a title without marks, bracket behind it."""
    before = text[max(0, number.start - _REACH) : number.start]
    if match := _unmarked().search(before):
        return Attached(close_up(match["title"]), None, before=True)
    return None


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
        rf"\s{{0,8}}(?P<tail>的?(?:{kinds}))?\s{{0,8}}(?:[（(][^（）()]{{0,12}}[）)])?"
        rf"(?P<open>[（(［\[【〔<]\s{{0,8}}{_INSIDE}{{0,30}}?)?\s{{0,8}}"
    )


@cache
def _unmarked() -> re.Pattern[str]:
    kinds = any_of(words().document_kinds)
    return re.compile(
        rf"(?P<title>关于(?:(?!关于)[^，。；：《》（）()\n]){{2,80}}(?:{kinds}))\s*[（(]\s*$"
    )
