"""The printed forms of document numbers (发文字号) in running text.

GB/T 9704—2012, 7.2.5: the issuer's code word, the year in full in 〔〕, the running number
without zeros and without 第, 号.  Documents also print the year in any bracket or in none,
with blanks and line breaks, in two digits or before the code word, the number with 第 and
zeros or in Chinese numerals, and decrees (令) without a year.  Every pattern starts at a
figure or a bracket and takes a bounded number of characters, so that the time is linear.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from archive.citations.code_words import code_before, is_name, is_refused, without_state
from archive.citations.issuers import begins_like_code
from archive.citations.numerals import number_of, year_of
from archive.citations.words import words

FULL_YEAR = 4

_OPEN = r"(?:\\?[〔﹝［\[【〖（(｛{「〈<＜«《„“])"
_CLOSE = r"(?:\\?[〕﹞］\]】〗）)｝}」〉>＞»》‟”])"
_B = r"\s{0,8}"
_YEAR = r"(?:(?<!\d)\d{2,4}(?!\d)|[一二三四五六七八九〇零○]{4})"
_FIGURE = r"(?:\d{1,7}(?!\d)|[一二三四五六七八九十百千〇零○]{1,9})"
_HAO = r"[号號]"
_ORDINAL = rf"(?:字?{_B}第)?{_B}"

_NUMBERED = re.compile(
    rf"(?P<open>{_OPEN})?{_B}(?P<year>{_YEAR})(?P<blank>{_B})"
    rf"(?:年?{_B}(?P<close>{_CLOSE}){_B}年?|(?P<sep>[-－–—年]))?{_B}{_ORDINAL}"
    rf"(?P<inner>{_OPEN})?(?P<numbers>{_FIGURE}(?:{_B}[、和及]{_B}\d{{1,5}}(?!\d)){{0,9}})"
    rf"(?(inner){_CLOSE}?)"
    rf"(?P<range>{_B}[-－–—~～至]{_B}\d{{1,5}})?{_B}{_HAO}(?P<kind>{_B}(?:令|公告|通告)(?!第))?"
)
_YEAR_FIRST = re.compile(
    rf"{_OPEN}{_B}(?P<year>{_YEAR}){_B}{_CLOSE}{_B}(?P<code>[一-鿿]{{1,11}}字){_B}"
    rf"第?{_B}(?P<numbers>{_FIGURE}){_B}{_HAO}"
)
_DECREE = re.compile(
    rf"令{_B}(?P<inner>{_OPEN})?{_B}第?{_B}(?P<numbers>{_FIGURE}){_B}{_HAO}(?(inner){_B}{_CLOSE}|)"
)
_DECREE_AFTER = re.compile(rf"第{_B}(?P<numbers>{_FIGURE}){_B}{_HAO}{_B}令")
_FURTHER = re.compile(rf"{_B}[、和及与]{_B}第?{_B}(?P<numbers>\d{{1,5}}){_B}{_HAO}")
_BETWEEN = re.compile(r"(?:文件?)?\s{0,4}(?:[、，,;；和及与或]|以及){1,2}[\s（(]{0,4}")
_SPLIT = re.compile(r"\d+|[一二三四五六七八九十百千〇零○]+")
_LONGEST = 160
_REACH = 16
_SURE_BRACKETS = "〔﹝［[【〖"


@dataclass(frozen=True, slots=True)
class Number:
    """A document number; ``year`` is ``None`` for a decree, which is counted through."""

    issuer: str
    year: int | None
    number: int

    @property
    def normal(self) -> str:
        """The normal form, 新医保发〔2023〕48号 or 国务院令第735号."""
        if self.year is None:
            return f"{self.issuer}第{self.number}号"
        return f"{self.issuer}〔{self.year}〕{self.number}号"


@dataclass(frozen=True, slots=True)
class Found:
    """A printed number at ``text[start:end]``; ``number`` is ``None`` where it is doubtful.

    ``inherited`` says that it takes its code word from the number before it.
    """

    start: int
    end: int
    number: Number | None
    inherited: bool = False


@dataclass(frozen=True, slots=True)
class _Where:
    """The text around a match: nothing before ``floor`` is free, ``previous`` ends there."""

    text: str
    floor: int
    previous: Found | None


def numbers_in(text: str) -> list[Found]:
    """Every printed document number, in order, none overlapping another."""
    found: list[Found] = []
    for match in sorted(_candidates(text), key=lambda match: match.start()):
        floor = found[-1].end if found else 0
        if match.start() < floor:
            continue
        previous = found[-1] if found else None
        read = _READERS[match.re](_Where(text, floor, previous), match)
        if read and read[0].start >= floor:
            found.extend(read)
            found.extend(_further(text, found[-1]))
    return found


def _candidates(text: str) -> Iterator[re.Match[str]]:
    for start, end in _around_hao(text):
        for pattern in _READERS:
            yield from pattern.finditer(text, start, end)


def _around_hao(text: str) -> Iterator[tuple[int, int]]:
    """The stretches of text that can hold a number: nothing is one without 号."""
    stretch: tuple[int, int] | None = None
    for match in re.finditer(_HAO, text):
        start, end = max(0, match.start() - _LONGEST), match.end() + _REACH
        if stretch and start <= stretch[1]:
            stretch = (stretch[0], end)
            continue
        if stretch:
            yield stretch
        stretch = (start, end)
    if stretch:
        yield stretch


def follows_a_thing(text: str, end: int) -> bool:
    """Whether 号 numbers a building, a line, a machine: what stands at ``end`` says so."""
    return text.startswith(words().refused_followers, end)


def _numbered(where: _Where, match: re.Match[str]) -> list[Found]:
    """〔2023〕48号 after a code word, or after another number whose code word it takes."""
    bracketed = bool(match["open"] or match["close"] or match["inner"])
    if not _is_parted(match) or not (bracketed or len(match["year"]) == FULL_YEAR):
        return []
    start = match.start("open") if match["open"] else match.start("year")
    code = code_before(where.text, start, where.floor)
    if code is None:
        return _without_code(where, match, start) if bracketed else []
    issuer = without_state(code.text)
    if match["kind"] and not is_name(issuer):
        issuer_with_kind = issuer + match["kind"].strip()
        if is_name(issuer_with_kind) and not bracketed:
            return _spread(match, code.start, match.end(), issuer_with_kind)
    if not bracketed and not (is_name(issuer) or issuer == "公告" or begins_like_code(issuer)):
        return []
    known = begins_like_code(issuer)
    if follows_a_thing(where.text, match.end()) and not known:
        return []
    if year_of(match["year"]) is None and not (known or _is_sure(match)):
        return []
    return _spread(match, code.start, _end(match), issuer)


def _is_sure(match: re.Match[str]) -> bool:
    """Whether the bracket is one that years of document numbers stand in, and few others."""
    return (match["open"] or "").removeprefix("\\") in tuple(_SURE_BRACKETS)


def _is_parted(match: re.Match[str]) -> bool:
    """Whether something parts the year from the number, so that both can be read."""
    if match["open"] and match["close"]:
        return True
    if match["open"] or match["close"]:
        return bool(match["close"] or match["sep"] or match["blank"])
    return bool(match["sep"] or match["inner"])


def _without_code(where: _Where, match: re.Match[str], start: int) -> list[Found]:
    if follows_a_thing(where.text, match.end()):
        return []
    previous = where.previous
    if previous and _BETWEEN.fullmatch(where.text, previous.end, start):
        if previous.number is None:
            return []
        return _spread(match, start, _end(match), previous.number.issuer, inherited=True)
    if _is_sure(match) and not is_refused(where.text, start):
        return [Found(start, _end(match), None)]
    return []


def _end(match: re.Match[str]) -> int:
    return match.start("kind") if match["kind"] else match.end()


def _year_first(where: _Where, match: re.Match[str]) -> list[Found]:
    """(86)财工字第77号."""
    if is_refused(where.text, match.end("code")):
        return []
    return _spread(match, match.start(), match.end(), match["code"])


def _decree(where: _Where, match: re.Match[str]) -> list[Found]:
    """国务院令第735号, 国务院令（第735号）."""
    code = code_before(where.text, match.start() + 1, where.floor)
    return _named_decree(match, code.start, code.text) if code else []


def _decree_after(where: _Where, match: re.Match[str]) -> list[Found]:
    """财政部第87号令, 国务院以第514号令."""
    code = code_before(where.text, match.start(), where.floor)
    return _named_decree(match, code.start, code.text.removesuffix("以") + "令") if code else []


def _named_decree(match: re.Match[str], start: int, code: str) -> list[Found]:
    issuer = without_state(code)
    number = number_of(match["numbers"])
    if not is_name(issuer) or number is None:
        return []
    return [Found(start, match.end(), Number(issuer, None, number))]


_READERS: dict[re.Pattern[str], Callable[[_Where, re.Match[str]], list[Found]]] = {
    _NUMBERED: _numbered,
    _YEAR_FIRST: _year_first,
    _DECREE: _decree,
    _DECREE_AFTER: _decree_after,
}


def _spread(
    match: re.Match[str], start: int, end: int, issuer: str, *, inherited: bool = False
) -> list[Found]:
    """One find for each figure before 号: 〔2018〕1、2号 are two numbers."""
    year = year_of(match["year"])
    doubtful = match.re is _NUMBERED and match["range"]
    base = match.start("numbers")
    figures = list(_SPLIT.finditer(match["numbers"]))
    found = []
    for index, figure in enumerate(figures):
        last = index == len(figures) - 1
        value = number_of(figure[0])
        known = year is not None and value is not None and not doubtful
        found.append(
            Found(
                start if index == 0 else base + figure.start(),
                end if last else base + figure.end(),
                Number(issuer, year, value) if known and value is not None else None,
                inherited or index > 0,
            )
        )
    return found


def _further(text: str, last: Found) -> list[Found]:
    """The numbers that follow with neither code word nor year: 〔2002〕142号、171号."""
    found: list[Found] = []
    end = last.end
    while last.number and (match := _FURTHER.match(text, end)):
        value = number_of(match["numbers"])
        if value is None or follows_a_thing(text, match.end()):
            break
        number = Number(last.number.issuer, last.number.year, value)
        found.append(Found(match.start("numbers"), match.end(), number, inherited=True))
        end = match.end()
    return found


def lenient(text: str) -> Number | None:
    """A number typed without 号, or without brackets, as the whole of ``text``."""
    match = _TYPED.fullmatch(text)
    if match is None or not (match["bracket"] or match["hao"] or begins_like_code(match["code"])):
        return None
    code = code_before(text, match.end("code"), 0)
    year, value = year_of(match["year"]), number_of(match["number"])
    if code is None or code.start > match.start("code") or year is None or value is None:
        return None
    return Number(code.text, year, value)


_TYPED = re.compile(
    rf"{_B}(?P<code>[一-鿿（）()\s]{{1,30}}?){_B}(?P<bracket>{_OPEN})?{_B}(?P<year>\d{{4}}){_B}"
    rf"(?:{_CLOSE}|[-－–—年\s]){_B}第?{_B}(?P<number>\d{{1,5}}){_B}(?P<hao>{_HAO})?{_B}"
)
