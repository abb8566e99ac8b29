"""The document numbers (发文字号) and titles that a text relies on.

The grammar of the numbers is in :mod:`archive.citations.numbering`, their left edge in
:mod:`archive.citations.code_words`, their titles in :mod:`archive.citations.titles`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from archive.citations.numbering import Number, in_normal_form, lenient, numbers_in
from archive.citations.titles import attach, is_policy, titles_in

__all__ = ["Mention", "Number", "are_near", "find", "parse_number"]

_SHORTEST_KIN = 2
_OUTER = re.compile(r"\s*[（(]?\s*(.*?)\s*(?:文件?|会议纪要)?\s*[）)]?\s*", re.DOTALL)
_TAIL = re.compile(r"(?:发|函|办|字|规|通|文|令|公告|（.{1,2}）)+$")


@dataclass(frozen=True, slots=True)
class Mention:
    """A document that ``text[start:end]`` names; ``printed`` is that stretch of text.

    ``number`` and ``normal`` are ``None`` for a 《title》 without number and for a number
    that is doubtful (an impossible year, no code word, a range).  ``title`` is the text
    between the marks, wrapped lines joined.
    """

    start: int
    end: int
    printed: str
    normal: str | None
    number: Number | None
    title: str | None


def find(text: str) -> list[Mention]:
    """Every document number in ``text``, and every title of a policy without number."""
    numbers = numbers_in(text)
    titles = titles_in(text)
    attached = attach(text, numbers, titles)
    mentions = [
        Mention(
            found.start,
            found.end,
            text[found.start : found.end],
            found.number.normal if found.number else None,
            found.number,
            (title.text or None) if title else None,
        )
        for found, title in zip(numbers, attached, strict=True)
    ]
    used = {title.title for title in attached if title}
    for index, title in enumerate(titles):
        if index not in used and is_policy(text, title):
            printed = text[title.start : title.end]
            mentions.append(Mention(title.start, title.end, printed, None, None, title.text))
    return sorted(mentions, key=lambda mention: mention.start)


def parse_number(text: str) -> Number | None:
    """The number that is the whole of ``text``, in any spelling; ``None`` when it is none.

    Outer brackets and a following 文 or 会议纪要 are no matter; typed without brackets or
    without 号 (新医保发 2023 48号, 新医保发〔2023〕48) it is understood too.
    """
    match = _OUTER.fullmatch(text)
    for whole in (text.strip(), match[1] if match else ""):
        found = numbers_in(whole)
        if len(found) == 1 and (found[0].start, found[0].end) == (0, len(whole)):
            return found[0].number
        if not found and (number := lenient(whole)):
            return number
    return in_normal_form(text.strip())


def are_near(a: Number, b: Number) -> bool:
    """Whether two different numbers may be meant for one: same year and number, kindred code.

    新医保〔2023〕48号 and 新医保发〔2023〕48号 are near; a number is not near to itself.
    """
    if a.issuer == b.issuer or (a.year, a.number) != (b.year, b.number):
        return False
    short, long = sorted((_family(a.issuer), _family(b.issuer)), key=len)
    return long.startswith(short) and (long == short or len(short) >= _SHORTEST_KIN)


def _family(issuer: str) -> str:
    """The code word without the kind of document at its end: 新医保发 → 新医保."""
    return _TAIL.sub("", issuer) or issuer
