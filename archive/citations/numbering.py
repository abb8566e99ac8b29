"""The printed forms of document numbers (发文字号) in running text.

GB/T 9704—2012, 7.2.5: the issuer's code word, the year in full in 〔〕, the running number
without zeros and without 第, 号.  Documents also print the year in any bracket or in none,
with blanks and line breaks, in two digits or before the code word, the number with 第 and
zeros or in Chinese numerals, and decrees (令) without a year.  The patterns are in
:mod:`archive.citations.patterns`; here it is decided what each match is worth.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from archive.citations import patterns
from archive.citations.code_words import code_before, is_refused, stands_alone
from archive.citations.issuers import begins_like_code, ends_like_code, is_code
from archive.citations.names import is_name, without_state
from archive.citations.numerals import number_of, year_of
from archive.citations.words import words

FULL_YEAR = 4

_BUILDINGS = "楼栋幢"
_PADDED = re.compile(r"0\d{3}")
_KINDS = ("发", "函", "办", "规", "通", "文")
_FOREIGN = re.compile("[A-Za-z0-9]")
_SHORTEST_ALONE = 3
_BEFORE_HINT = 12
_LONGEST = 160
_REACH = 16
_CROWDED = 1000
_SURE_BRACKETS = tuple("〔﹝［[【〖")


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
    for start, end in _stretches(text):
        for pattern, signs in _SIGNS.items():
            if any(text.find(sign, start, end) >= 0 for sign in signs):
                yield from pattern.finditer(text, start, end)


def _stretches(text: str) -> Iterator[tuple[int, int]]:
    """The parts of a text that can hold a number: a hint, and 号 not far behind it.

    Both searches only go forward, so that a text without either is read once.
    """
    begun: int | None = None
    reached = 0
    hint = patterns.HINT.search(text)
    while hint and (site := patterns.HAO_SITE.search(text, hint.start())):
        first = max(reached, hint.start() - _BEFORE_HINT)
        if site.end() - first > _LONGEST:
            first = site.end() - _LONGEST
            hint = patterns.HINT.search(text, first)
            if hint is None or hint.start() >= site.end():
                continue
            first = max(first, hint.start() - _BEFORE_HINT)
        beyond = _REACH
        if begun is None:
            begun = first
        elif first > reached:
            yield begun, reached
            begun = first
        else:
            beyond = _CROWDED
        reached = site.end() + beyond
        hint = patterns.HINT.search(text, max(site.end(), reached - _LONGEST))
    if begun is not None:
        yield begun, reached


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
        if match["kind"] and match["sep"] == "年":
            return [Found(match.start("year"), match.end(), None)]
        if announcement := _announced(where, match, start):
            return announcement
        return _without_code(where, match, start) if bracketed else []
    issuer = without_state(code.text)
    if match["kind"] and not is_name(issuer):
        issuer_with_kind = issuer + match["kind"].strip()
        if not bracketed and (is_name(issuer_with_kind) or is_code(issuer)):
            return _spread(match, code.start, match.end(), issuer_with_kind)
    if not bracketed and not (is_name(issuer) or issuer == "公告" or begins_like_code(issuer)):
        return []
    known = begins_like_code(issuer)
    thing = follows_a_thing(where.text, match.end())
    if thing and not (known and where.text[match.end()] not in _BUILDINGS):
        return []
    if _PADDED.match(match["numbers"]) and not (is_code(issuer) or issuer.endswith(_KINDS)):
        return []
    sure = known or _is_sure(match[0])
    if not sure and (_year(match) is None or not (ends_like_code(issuer) or is_name(issuer))):
        return []
    return _spread(match, code.start, _end(match), issuer)


def _announced(where: _Where, match: re.Match[str], start: int) -> list[Found]:
    """（2022年第6号） behind 《国家税务总局关于…的公告》, which says whose announcement it is."""
    if match["open"] not in ("（", "(") or match["close"] or not (match["sep"] and match["nth"]):
        return []
    title = where.text[max(where.floor, start - _LONGEST) : start].rstrip()
    names = patterns.ANNOUNCEMENT.search(title)
    issuer = without_state(patterns.without_blanks(names["names"]) + "公告") if names else ""
    if not is_name(issuer):
        return []
    return _spread(match, match.start("year"), _end(match), issuer, inherited=True)


def _year(match: re.Match[str]) -> int | None:
    return year_of(patterns.without_blanks(match["year"]))


def _is_sure(printed: str) -> bool:
    """Whether it begins with a bracket that years of document numbers stand in, and few others."""
    return printed.removeprefix("\\").startswith(_SURE_BRACKETS)


def _is_parted(match: re.Match[str]) -> bool:
    """Whether something parts the year from the number, so that both can be read."""
    if match["open"] and match["close"]:
        return True
    if match["open"] or match["close"]:
        return bool(match["close"] or match["sep"] or match["blank"])
    return bool(match["sep"] or match["inner"] or match["nth"])


def _without_code(where: _Where, match: re.Match[str], start: int) -> list[Found]:
    if follows_a_thing(where.text, match.end()):
        return []
    previous = where.previous
    if previous and patterns.BETWEEN.fullmatch(where.text, previous.end, start):
        if previous.number is None:
            return []
        return _spread(match, start, _end(match), previous.number.issuer, inherited=True)
    foreign = _FOREIGN.match(where.text, max(0, start - 1)) is not None
    if _is_sure(match[0]) and not foreign and not is_refused(where.text, start):
        return [Found(start, _end(match), None)]
    return []


def _incomplete(where: _Where, match: re.Match[str]) -> list[Found]:
    """〔〕48号, 〔2022〕XX号 after a code word: doubtful."""
    if (match["figure"] or "").isdigit() and match["year"].isdigit():
        return []
    code = code_before(where.text, match.start(), where.floor)
    if code is None or not (begins_like_code(code.text) or _is_sure(match[0])):
        return []
    return [Found(code.start, match.end(), None)]


def _without_year(where: _Where, match: re.Match[str]) -> list[Found]:
    """国发42号文, 国务院424号文 after a code word or name that is known whole: doubtful."""
    code = code_before(where.text, match.end("end"), where.floor)
    if code is None or follows_a_thing(where.text, match.end()):
        return []
    if match["end"]:
        known = is_code(code.text) and (match["paper"] or len(code.text) >= _SHORTEST_ALONE)
    else:
        known = match["paper"] and is_name(code.text + "令")
    if not known:
        return []
    return [Found(code.start, match.start("paper") if match["paper"] else match.end(), None)]


def _end(match: re.Match[str]) -> int:
    return match.start("kind") if match["kind"] else match.end()


def _year_first(where: _Where, match: re.Match[str]) -> list[Found]:
    """(86)财工字第77号; with a year in full, lawsuits and contracts are numbered so too."""
    if is_refused(where.text, match.end("code")):
        return []
    if len(match["year"]) == FULL_YEAR and not is_code(match["code"]):
        return []
    return _spread(match, match.start(), match.end(), match["code"])


def _decree(where: _Where, match: re.Match[str]) -> list[Found]:
    """国务院令第735号, 国务院令（第735号）, 农业农村部公告第940号."""
    code = code_before(where.text, match.start("name"), where.floor)
    return _named_decree(match, code.start, code.text) if code else []


def _decree_after(where: _Where, match: re.Match[str]) -> list[Found]:
    """财政部第87号令, 国务院以第514号令, 农业农村部第940号公告."""
    start = match.start()
    code = code_before(where.text, start, where.floor, kind=match["kind"])
    if code:
        return _named_decree(match, code.start, code.text)
    alone = match["kind"] == "令" and where.text[start - 1 : start] in patterns.BEFORE_ALONE
    return [Found(start, match.end(), None)] if alone and start else []


def _run_together(where: _Where, match: re.Match[str]) -> list[Found]:
    """〔202348号, of which the standard's four figures are the year."""
    code = code_before(where.text, match.start(), where.floor)
    return _spread(match, code.start, match.end(), code.text) if code else []


def _named_decree(match: re.Match[str], start: int, code: str) -> list[Found]:
    issuer = without_state(code)
    if not (is_name(issuer) or is_code(issuer)):
        return []
    return _spread(match, start, match.end(), issuer, yearless=True)


_READERS: dict[re.Pattern[str], Callable[[_Where, re.Match[str]], list[Found]]] = {
    patterns.NUMBERED: _numbered,
    patterns.YEAR_FIRST: _year_first,
    patterns.DECREE: _decree,
    patterns.DECREE_AFTER: _decree_after,
    patterns.INCOMPLETE: _incomplete,
    patterns.WITHOUT_YEAR: _without_year,
    patterns.RUN_TOGETHER: _run_together,
}


_SIGNS: dict[re.Pattern[str], tuple[str, ...]] = {
    **dict.fromkeys(_READERS, ("",)),
    patterns.YEAR_FIRST: ("字",),
    patterns.DECREE: ("令", "告"),
    patterns.DECREE_AFTER: ("令", "告"),
}
"""Characters without any of which a pattern need not be tried."""


def _spread(
    match: re.Match[str],
    start: int,
    end: int,
    issuer: str,
    *,
    inherited: bool = False,
    yearless: bool = False,
) -> list[Found]:
    """One find for each figure before 号: 〔2018〕1、2号 are two numbers."""
    year = None if yearless else _year(match)
    doubtful = match.re is patterns.NUMBERED and match["range"]
    figures = _figures(match)
    found = []
    for index, figure in enumerate(figures):
        last = index == len(figures) - 1
        value = number_of(patterns.without_blanks(figure[0]))
        known = (yearless or year is not None) and value is not None and not doubtful
        found.append(
            Found(
                start if index == 0 else figure.start(),
                end if last else figure.end(),
                Number(issuer, year, value) if known and value is not None else None,
                inherited or index > 0,
            )
        )
    return found


def _figures(match: re.Match[str]) -> list[re.Match[str]]:
    spaced = match.re is patterns.NUMBERED and match["spaced"]
    split = patterns.SPACED if spaced else patterns.FIGURES
    return list(split.finditer(match.string, *match.span("numbers")))


def _further(text: str, last: Found) -> list[Found]:
    """The numbers that follow with neither code word nor year: 〔2002〕142号、171号."""
    found: list[Found] = []
    end = last.end
    while last.number and (match := patterns.FURTHER.match(text, end)):
        value = number_of(match["numbers"])
        if value is None or follows_a_thing(text, match.end()):
            break
        number = Number(last.number.issuer, last.number.year, value)
        found.append(Found(match.start("numbers"), match.end(), number, inherited=True))
        end = match.end()
    return found


def in_normal_form(text: str) -> Number | None:
    """The number that ``text`` is the normal form of, whatever its code word."""
    match = patterns.NORMAL.fullmatch(text)
    if match is None or not stands_alone(match["issuer"]):
        return None
    year, value = year_of(match["year"] or ""), number_of(match["number"])
    if value is None or (year is None) == (match["year"] is not None):
        return None
    return Number(match["issuer"], year, value)


def lenient(text: str) -> Number | None:
    """A number typed without 号, or without brackets, as the whole of ``text``."""
    match = patterns.TYPED.fullmatch(text)
    if match is None or not (match["bracket"] or match["hao"] or begins_like_code(match["code"])):
        return None
    code = code_before(text, match.end("code"), 0)
    year, value = year_of(match["year"]), number_of(match["number"])
    if code is None or code.start > match.start("code") or year is None or value is None:
        return None
    return Number(code.text, year, value)
