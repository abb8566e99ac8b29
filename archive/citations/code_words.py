"""Where the code word of a document number begins in running text.

The right edge is the year's bracket; the left one has no mark of its own: 依据喀党编委〔
is 喀党编委.  What stands left of the year, up to the next punctuation, is cut after the
last word that only running text has, then before a code word that is known whole, then at
the name of an agency, then at a blank.  The words are data (``data/citation_words.toml``).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from archive.citations.issuers import (
    begins_like_code,
    begins_surely,
    begins_with_organ,
    begins_with_province,
    is_code,
    is_organ,
    is_regional_code,
)
from archive.citations.names import (
    LONGEST_NAME,
    agencies,
    agency_end,
    central_at_end,
    is_long_name,
    is_name,
    known_names,
    partners,
)
from archive.citations.patterns import BLANK
from archive.citations.places import is_place, place_at_end
from archive.citations.refusals import is_labelled, is_possible
from archive.citations.words import any_of, words

LONGEST_CODE = 12
_WINDOW = 48
_SHORTEST_PROSE = 2
_SHORTEST_REGIONAL = 3
_LONGEST_GROUP = 2
_REGION = re.compile(".{2,4}[市县区旗]")
_UNIT = re.compile("年度?|月份?|[日号时次个项条款元]")
_LONGEST_ENCLOSED = 9
_SHORTEST_NAME = 5
_BODIES = ("委员会", "政府", "银行", "分行", "支行", "法院", "检察院", "总局", "局", "厅")
_LEVELS = tuple("市县区州盟旗乡镇")
_KINDS = ("发", "函", "字", "规", "通")
_OPEN, _CLOSE = "（(〔[［﹝", "）)〕]］﹞"
_HAN = re.compile(r"[㐀-䶿一-鿿]")
_IS_BLANK = re.compile(BLANK)
_AFTER_OTHERS = "号》〉>）)文件"
_OFFICES = ("办公室", "办公厅", "委员会", "人民政府", "领导小组", "指挥部")
_GENERAL = ("市", "师")


@dataclass(frozen=True, slots=True)
class CodeWord:
    """A code word that begins at ``start``; ``text`` has no blanks, brackets are （）."""

    start: int
    text: str


@dataclass(frozen=True, slots=True)
class _Run:
    """What may be a code word: its characters, their offsets, where blanks part them."""

    text: str
    offsets: Sequence[int]
    breaks: tuple[int, ...]
    before: str


def code_before(text: str, end: int, floor: int, kind: str = "") -> CodeWord | None:
    """The code word that ends before ``end`` and begins at or after ``floor``.

    ``kind`` is what the number's other side says of it: 令 in 财政部第87号令.  ``None`` when
    there is none, when it is longer than any, or when the words say that the number is
    something else (a licence, a street, a lawsuit).
    """
    run = _run_before(text, end, floor)
    whole = run.text.removesuffix("以") + kind if kind and run.text else run.text
    cut = _left_edge(whole, run.breaks, run.before)
    code = whole[cut:]
    if cut >= len(run.offsets) or code in words().prose or not is_possible(code):
        return None
    if code in words().lead + words().doubtful_lead:
        return None
    if is_labelled(text, run.offsets[cut], known=is_code(code)):
        return None
    return _with_partners(text, floor, CodeWord(run.offsets[cut], code))


def _with_partners(text: str, floor: int, code: CodeWord) -> CodeWord:
    """With the agencies that issue together with the one named: 财政部、税务总局公告."""
    if not is_name(code.text):
        return code
    low = max(floor, code.start - _WINDOW)
    joined = partners().search(text, low, code.start)
    if joined is None:
        return code
    start, names = code.start, code.text
    for partner in reversed(joined[0].split("、")[:-1]):
        central = central_at_end().search(partner)
        cut = central.start() if central else _left_edge(partner, (), "")
        names = partner[cut:] + names
        start -= len(partner) - cut + 1
        if cut or len(names) > LONGEST_NAME:
            break
    return CodeWord(start, names) if len(names) <= LONGEST_NAME else code


def stands_alone(code: str) -> bool:
    """Whether nothing of a code word or name in normal form reads as running text before one."""
    return not _after_prose(code) and not _after_lead(code, 0, "（") and is_possible(code)


def is_refused(text: str, end: int) -> bool:
    """Whether what ends before ``end`` numbers something that is no document."""
    run = _run_before(text, end, max(0, end - LONGEST_CODE))
    if not run.text:
        return is_labelled(text, end)
    cut = _left_edge(run.text, run.breaks, run.before)
    if cut < len(run.offsets) and is_labelled(text, run.offsets[cut]):
        return True
    return not is_possible(run.text) or is_labelled(text, run.offsets[0])


def _run_before(text: str, end: int, floor: int) -> _Run:
    lowest = max(floor, end - _WINDOW)
    window = text[lowest:end]
    plain = _plain().match(window[::-1])
    start = end - plain.end() if plain else end
    before = text[start - 1] if start > 0 else ""
    if start > lowest and (before in _CLOSE or _IS_BLANK.match(before)):
        return _broken_run(text, end, lowest)
    return _Run(text[start:end], range(start, end), (), before)


def _broken_run(text: str, end: int, lowest: int) -> _Run:
    """A run that holds blanks or brackets of its own."""
    characters: list[str] = []
    offsets: list[int] = []
    breaks: list[int] = []
    index = end - 1
    never = words().never
    while index >= lowest:
        character = text[index]
        if _IS_BLANK.match(character):
            breaks.append(len(characters))
        elif character in _CLOSE and (group := _group_before(text, index, lowest)):
            characters.extend(reversed(f"（{group}）"))
            offsets.extend(range(index, index - len(group) - 2, -1))
            index -= len(group) + 1
        elif _HAN.match(character) and character not in never:
            characters.append(character)
            offsets.append(index)
        else:
            break
        index -= 1
    length = len(characters)
    inner = {length - taken for taken in breaks if 0 < taken < length}
    before = text[index] if index >= 0 else ""
    return _Run(
        "".join(reversed(characters)), tuple(reversed(offsets)), tuple(sorted(inner)), before
    )


def _group_before(text: str, close: int, lowest: int) -> str | None:
    """The own bracket of a code word that ends at ``close``, as 研 in 法（研）发."""
    for start in range(close - 2, max(lowest, close - _LONGEST_GROUP - 2), -1):
        if text[start] in _OPEN:
            inside = text[start + 1 : close]
            owned = start > 0 and _HAN.match(text[start - 1])
            plain = all(_HAN.match(character) for character in inside)
            return inside if owned and plain and inside not in words().refused_groups else None
    return None


@lru_cache(maxsize=8192)
def _left_edge(run: str, breaks: tuple[int, ...], before: str) -> int:
    """Where the code word begins in ``run``; its length when there is none."""
    cut = 0 if is_code(run) else _after_prose(run)
    cut = _after_lead(run, cut, before)
    cut = _before_names(run, cut)
    ends = (match.end() for match in agencies().finditer(run, cut))
    alike = next((end for end in ends if _begins_alike(run[cut:end], run[end:])), None)
    alike = _after_local_agency(run, cut) if alike is None else alike
    if alike is not None:
        cut = alike
    elif not run.endswith(_OFFICES):
        enclosed = before in _OPEN and bool(before) and len(run) - cut <= _LONGEST_ENCLOSED
        if not enclosed:
            cut = _after_other_words(run, cut)
        cut = _after_agency(run, cut, alone=enclosed)
    piece = _after_blank(run, cut, breaks, before)
    if piece > cut:
        cut = _after_lead(run, piece, "")
    return _within_length(run, cut)


def _after_prose(run: str) -> int:
    """After the last word of running text that is no part of a known code word (国资分配)."""
    cut = 0
    for match in _prose().finditer(run):
        if run[match.end() :] in ("", *_KINDS) or (cut and is_code(run[cut:])):
            break
        cut = match.end()
    return cut


def _after_lead(run: str, cut: int, before: str) -> int:
    """After the single characters of running text that stand before the code word."""
    table = words()
    enclosed = before in _OPEN and bool(before) and not cut
    if not cut and before.isdigit() and (unit := _UNIT.match(run)):
        cut = unit.end()
    while cut < len(run) and not run.startswith(table.name_beginnings, cut):
        if known_names().match(run, cut):
            return cut
        character, rest = run[cut], run[cut + 1 :]
        joins = character in table.conjunctions and (
            run.endswith(table.joined, 0, cut) if cut else before in _AFTER_OTHERS
        )
        if begins_like_code(run[cut:]) and not (joins and before and begins_like_code(rest)):
            return cut
        if not (
            character in table.lead
            or joins
            or (character in table.doubtful_lead and is_name(rest))
            or (character in table.doubtful_lead and _begins_code(rest, enclosed=enclosed))
        ):
            return cut
        cut += 1
    return cut


def _begins_code(rest: str, *, enclosed: bool) -> bool:
    """Whether a code word begins; right behind a bracket, only a province's tells: （原豫医保办."""
    return begins_like_code(rest) and (begins_with_province(rest) or not enclosed)


def _before_names(run: str, cut: int) -> int:
    """Before the names of agencies that are known whole: 知晓教育部令 → 教育部令."""
    names = known_names().search(run, cut)
    return names.start() if names and is_name(names[0]) else cut


def _after_other_words(run: str, cut: int) -> int:
    """Before a code word that is known whole: 享受财税 → 财税, but 红河财社 is one."""
    if begins_like_code(run[cut:]) or is_name(run[cut:]):
        return cut if is_name(run[cut:]) else _after_name(run, cut)
    inner = range(cut + 1, len(run) - 1)
    start = next((at for at in inner if is_code(run[at:])), None)
    if start is None:
        start = next((at for at in inner if begins_surely(run[at:])), None)
        start = start and _after_name(run, start)
    if start is None:
        return cut
    if is_organ(run[cut + 1 : start]):
        return cut
    region, before = run[start - 1], run[cut : start - 1]
    agency = agency_end().search(run[cut:start])
    leads = words().lead
    led = len(before) > 1 and before[-1] in leads and region not in leads
    if led or (region in before and not agency):
        return start - 1
    if run.startswith(_GENERAL, start) or not is_regional_code(run[start:]):
        start -= place_at_end(run[cut:start], with_kind=begins_with_organ(run[start:]))
    return start if start - cut >= _SHORTEST_PROSE else cut


def _after_name(run: str, cut: int) -> int:
    """After an agency's name that itself begins like a code word: 新政财政厅新财社."""
    if is_code(run[cut:]):
        return cut
    ends = (match.end() for match in agencies().finditer(run, cut))
    return next((end for end in ends if is_code(run[end:])), cut)


def _after_agency(run: str, cut: int, *, alone: bool) -> int:
    """After an agency's name that is followed by its code word: 财政厅新财社 → 新财社."""
    if begins_like_code(run[cut:]) or is_name(run[cut:]):
        return cut
    ends = [match.end() for match in agencies().finditer(run, cut)]
    ends = [end for end in ends if not is_place(run[cut:end], run[end:])]
    begun = next((end for end in reversed(ends) if begins_like_code(run[end:])), None)
    if begun is not None:
        return begun
    own = next((end for end in reversed(ends) if _is_its_own(run[cut:end], run[end:])), None)
    if own is not None or alone:
        return own or cut
    further = range(cut + _SHORTEST_PROSE, len(run) - _SHORTEST_REGIONAL + 1)
    inner = (at for at in further if not is_place(run[cut : at + 1], run[at + 1 :]))
    return next((start for start in inner if is_regional_code(run[start:])), cut)


def _is_its_own(agency: str, rest: str) -> bool:
    """Whether the rest may be the agency's code word: 卫生部 卫规财发, 省劳动局 粤劳配."""
    if agency[-1] == rest[:1] and len(agency) > 1:
        return rest[1:].endswith(_KINDS)
    if len(agency) < _SHORTEST_REGIONAL or rest.endswith(words().minutes):
        return False
    if len(agency) >= _SHORTEST_NAME and agency.endswith(_BODIES):
        return rest == "法" or (len(rest) > 1 and rest[0] in agency)
    if len(rest) >= _SHORTEST_REGIONAL and begins_with_province(rest):
        return True
    if _begins_alike(agency, rest):
        return True
    return rest[:1] in agency and rest[1:].endswith(_KINDS)


def _begins_alike(agency: str, rest: str) -> bool:
    """Whether a code word begins as its agency's name does: 昌吉高新区 昌高管办."""
    long = len(agency) >= _SHORTEST_REGIONAL and len(rest) >= _SHORTEST_REGIONAL
    named = is_name(rest) or any(body in rest for body in _BODIES if body[1:])
    of_region = _REGION.fullmatch(agency) and rest[:1] in agency[:-1]
    first = agency.removeprefix("国家")[0] if agency_end().search(agency) else agency[0]
    alike = rest[:1] in (agency[0], first) or (of_region and begins_with_organ(rest[1:]))
    return bool(long and alike and not named)


def _after_local_agency(run: str, cut: int) -> int | None:
    """After an agency named by its level alone, 县财政局 察财发; ``None`` when there is none."""
    level = run[cut : cut + 1]
    if level not in _LEVELS or is_code(run[cut:]):
        return None
    for agency in reversed(list(agencies().finditer(run, cut))):
        rest = run[agency.end() :]
        region = rest[:1] + level if rest[1:2] == level else rest[:1]
        of_region = begins_with_organ(rest[len(region) :]) and not begins_with_organ(rest)
        whole = rest.endswith(_KINDS) or is_organ(rest[len(region) :])
        if agency.end() - cut >= _SHORTEST_REGIONAL and of_region and whole:
            return agency.end()
    return None


def _after_blank(run: str, cut: int, breaks: tuple[int, ...], before: str) -> int:
    """A blank ends what is left of it, unless it stands inside a code word that was wrapped."""
    inner = [index for index in breaks if index > cut]
    leads = words().lead + words().doubtful_lead
    enclosed = bool(before) and before in _OPEN and cut == 0 and run[:1] not in leads
    if not inner or (enclosed and len(run) <= LONGEST_CODE):
        return cut
    starts = [cut, *inner]
    if is_name(run[starts[-1] :]):
        broken = (start for start in starts if known_names().fullmatch(run, start))
        return next(broken, None) or _after_names(run, starts)
    for wanted in (is_code, begins_like_code):
        for start in starts if wanted is is_code else reversed(starts):
            if wanted(run[start:]) and len(run) - start <= LONGEST_CODE:
                return start
    return _last_word(run, starts)


def _after_names(run: str, starts: list[int]) -> int:
    """The first of several agencies that issue together: 财政部 税务总局公告."""
    first = len(starts) - 1
    while first and agency_end().search(run[starts[first - 1] : starts[first]]):
        first -= 1
    return starts[first]


def _last_word(run: str, starts: list[int]) -> int:
    """The last piece, with those before it as long as single characters are spaced out."""
    bounds = [*starts[1:], len(run)]
    first = len(starts) - 1
    while first and bounds[first] - starts[first] == 1:
        first -= 1
    if first < len(starts) - 1 and run[starts[first]] in words().lead + words().doubtful_lead:
        first += 1
    return starts[first]


def _within_length(run: str, cut: int) -> int:
    if len(run) - cut <= LONGEST_CODE:
        return cut
    whole = run[cut:]
    if len(whole) <= LONGEST_NAME and is_long_name(whole):
        return cut
    for wanted in (is_code, begins_like_code):
        for start in range(len(run) - LONGEST_CODE, len(run) - 1):
            if wanted(run[start:]):
                return start
    return len(run)


@cache
def _prose() -> re.Pattern[str]:
    return re.compile(rf"{any_of(words().prose)}|(?:{any_of(words().agency_endings)})[以据将]")


@cache
def _plain() -> re.Pattern[str]:
    return re.compile(rf"(?:(?![{words().never}])[㐀-䶿一-鿿])*+")
