"""What is printed above a table: its number, title, agency and unit."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from archive.forms import form_of
from indexer.lattice import PrintedLine, squeeze

_DIGITS = {digit: value for value, digit in enumerate("〇一二三四五六七八九")}
_NUMBER = re.compile(
    r"^[\s#*]*(?:(?:部门|单位|财决|财预|公开|预算|决算)*(?:公开|预算|决算|财决|财预)(?P<open>\d+)(?:[-－]\d+)?\s*表"
    r"|附(?:表|件)\s*\d+\s*[-－]\s*(?P<part>\d+)"
    r"|(?:部门|单位|财决|财预|公开|预算|决算)*(?:附|报)?表\s*"
    r"(?P<number>\d{1,2}(?!\d|\s*年)|[一二三四五六七八九十]+(?![一-鿿]))(?:\s*[-－]\s*\d+)?"
    r"|(?P<bare>(?:0[1-9]|1\d)(?=[一-鿿].*表)(?![年月日个张])|\d{1,2}(?=[\s、.．]\s*[一-鿿].*表)))"
    r"\s*[：:、.．]?\s*"
)
_MONEY = r"(?:亿元|千万元|百万元|万元|千元|百元|元)"
_UNIT = re.compile(
    rf"(?<![编制预算填报部门管公开决])(?:金额)?单\s*位\s*[：:]\s*(?:人民币)?\s*({_MONEY})"
    r"(?![一-鿿])"
)
_UNIT_IN_BRACKETS = re.compile(rf"[（(]\s*(?:单位\s*[：:])?\s*({_MONEY})\s*[)）]")
_AGENCY = re.compile(
    r"(?:(?:编制|填报|公开|预算|决算)(?:主管)?(?:部门|单位)(?:（单位）|\(单位\))?"
    r"|(?:部门|单位)(?:（单位）|\(单位\))?名称|部门(?:（单位）|\(单位\))?|单位)"
    r"\s*[：:]\s*(?P<agency>[^\s：:].*?)?\s*$"
)
_YEAR_ONLY = re.compile(r"^[（(]?\s*\d{4}\s*年(?:度)?\s*[)）]?$")
_ORDINAL = re.compile(
    r"^(?:第[一二三四五六七八九十]+部分|[（(]?[一二三四五六七八九十]+[)）]?[、.．]?|[（(]?\d+[)）]?[、.．])\s*"
)
_LISTED = re.compile(r"^(?:[一二三四五六七八九十]+、|[（(][一二三四五六七八九十]+[)）])")
_CONTINUED = re.compile(r"[（(]\s*续(?:表|\d+)?\s*[)）]|续表")
_ANNEX = re.compile(r"^附件\s*(?:\d{1,2}(?!\d|\s*年))?\s*[：:、.．]?\s*")
_TITLE = re.compile(r"表\s*(?:[（(][^()（）]*[)）]|\d*)\s*$")
_MOST_CAPTION_LINES_IN_GRID = 6


@dataclass(frozen=True, slots=True)
class Caption:
    """The caption of a table; ``title`` is squeezed and without the number."""

    number: int | None = None
    title: str = ""
    agency: str | None = None
    unit: str | None = None
    continued: bool = False


def read_caption(lines: Sequence[str]) -> Caption:
    """The caption that the lines above a table (or in its first rows) print."""
    number: int | None = None
    agency: str | None = None
    unit: str | None = None
    rest: list[str] = []
    for line in lines:
        text, found_unit = _without_unit(line.strip(" \t#*　"))
        unit = found_unit or unit
        if match := _NUMBER.match(text):
            number = _number(match) if number is None else number
            text = text[match.end() :]
        text = _without_annex(text)
        if match := _AGENCY.search(text):
            agency = match["agency"] or agency
            text = text[: match.start()]
        text = squeeze(text.strip(" \t#*　"))
        if text and not _YEAR_ONLY.match(text):
            rest.append(text)
    title = _title(rest)
    return Caption(
        number=number,
        title=_unlisted(_CONTINUED.sub("", title).strip()),
        agency=squeeze(agency) if agency else None,
        unit=unit,
        continued=any(_CONTINUED.search(text) for text in rest),
    )


def caption_in_grid(lines: Sequence[PrintedLine]) -> int:
    """How many leading lines of a grid are its caption: a spreadsheet's title and unit."""
    count = 0
    for index, line in enumerate(lines[:_MOST_CAPTION_LINES_IN_GRID]):
        if all(_speaks_of_table(text) for text in line.texts):
            count = index + 1
        elif not _is_title_line(line, index):
            break
        else:
            count = index + 1
    return count


def unit_in(text: str) -> str | None:
    """The unit that a text states: ``单位：万元``, ``金额（万元）``."""
    match = _UNIT.search(text) or _UNIT_IN_BRACKETS.search(text)
    return match[1] if match else None


def unnumbered(heading: str) -> str:
    """A heading without its ordinal: ``（四）预算绩效情况`` → ``预算绩效情况``."""
    return _ORDINAL.sub("", squeeze(heading)).strip()


def _unlisted(title: str) -> str:
    """A title without the ordinal of the list that it stands in: 二、收支总表."""
    rest = _LISTED.sub("", title)
    return rest if _TITLE.search(rest) else title


def _without_annex(text: str) -> str:
    """A title without the 附件2： that it stands behind."""
    rest = _ANNEX.sub("", text)
    return rest if _TITLE.search(rest) else text


def _without_unit(line: str) -> tuple[str, str | None]:
    match = _UNIT.search(line)
    if not match:
        return line, None
    return f"{line[: match.start()]} {line[match.end() :]}".strip(), match[1]


def _title(rest: Sequence[str]) -> str:
    """The last line that reads like a title, joined with the line that it wraps from."""
    for index in range(len(rest) - 1, -1, -1):
        if not _TITLE.search(rest[index]):
            continue
        wrapped = index > 0 and not _TITLE.search(rest[index - 1])
        joined = rest[index - 1] + rest[index] if wrapped else ""
        if joined and form_of(rest[index]) is None and form_of(joined) is not None:
            return joined
        return rest[index]
    return rest[-1] if rest else ""


def _speaks_of_table(text: str) -> bool:
    return bool(_UNIT.search(text) or _AGENCY.match(text) or _NUMBER.fullmatch(text))


def _is_title_line(line: PrintedLine, index: int) -> bool:
    """Whether a line is nothing but a title; only then it is no header."""
    text = line.texts[0]
    if len(line.cells) != 1 or not _TITLE.search(text):
        return False
    return form_of(text) is not None or index == 0


def _number(match: re.Match[str]) -> int:
    text = match["open"] or match["number"] or match["part"] or match["bare"]
    if text.isdecimal():
        return int(text)
    tens, _, ones = text.rpartition("十")
    ten = (_DIGITS[tens] if tens else 1) * 10 if "十" in text else 0
    return ten + (_DIGITS[ones] if ones else 0)
