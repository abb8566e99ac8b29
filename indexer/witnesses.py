"""What a disclosure says of itself, and where: the witnesses for its identity.

The cover speaks first, then headings, captions and the closing signature; running text is
no witness, for it speaks of other years, dates and agencies too.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from indexer.blocks import Block, Heading, Paragraph, TableBlock

CLOSING_BLOCKS = 4
LONGEST_COVER_LINE = 60
LONGEST_COVER = 12

_DAY = re.compile(
    r"(?P<year>(?:19|20)\d\d)\s*[年./-]\s*(?P<month>\d{1,2})\s*[月./-]\s*(?P<day>\d{1,2})\s*日?"
)
_DIGITS = {"〇": 0, "零": 0, "○": 0, "Ｏ": 0, "O": 0} | {
    digit: value for value, digit in enumerate("一二三四五六七八九", start=1)
}
_HAN_DAY = re.compile(
    r"(?P<year>[一二三四五六七八九〇零○ＯO]{4})年"
    r"(?P<month>十?[一二三四五六七八九]|十)月(?P<day>[二三]?十?[一二三四五六七八九]|[二三]?十)日"
)
_SIGNED = re.compile(rf"(?P<name>[^\s，。；：:、\d]{{4,40}})\s+(?:{_DAY.pattern})")
_SENTENCE = re.compile(r"[。；！？]")
_SPACE_IN_HAN = re.compile(r"(?<=[^\sA-Za-z])\s+(?=\S)|(?<=\S)\s+(?=[^\sA-Za-z])")


@dataclass(frozen=True, slots=True)
class Witnesses:
    """The texts that may tell who published what when, each list in printed order.

    ``cover`` is what stands before the first heading; ``signature`` the line above the
    closing date; ``closing_date`` an ISO date; ``cells`` the texts of the tables' cells.
    """

    cover: tuple[str, ...]
    headings: tuple[str, ...]
    captions: tuple[str, ...]
    paragraphs: tuple[str, ...]
    cells: tuple[str, ...]
    signature: str | None
    closing_date: str | None


def witnesses(blocks: Sequence[Block]) -> Witnesses:
    """Gather the witnesses from a disclosure's blocks."""
    texts = [block for block in blocks if isinstance(block, Paragraph)]
    tables = [block for block in blocks if isinstance(block, TableBlock)]
    signature, closing_date = _closing(texts)
    return Witnesses(
        cover=cover_of(blocks),
        headings=tuple(tight(b.text) for b in blocks if isinstance(b, Heading)),
        captions=tuple(tight(line) for table in tables for line in table.caption),
        paragraphs=tuple(paragraph.text for paragraph in texts),
        cells=tuple(_cells(tables)),
        signature=signature,
        closing_date=closing_date,
    )


def iso_date(text: str) -> str | None:
    """The day that a text says, as an ISO date; ``None`` for anything but one whole day."""
    match = _DAY.search(_with_digits(text))
    if match is None or not 1 <= int(match["month"]) <= 12 or not 1 <= int(match["day"]) <= 31:
        return None
    return f"{match['year']}-{int(match['month']):02d}-{int(match['day']):02d}"


def is_date(text: str) -> bool:
    """Whether the text is nothing but a day."""
    return _DAY.fullmatch(_with_digits(text).strip().strip("（）()")) is not None


def tight(text: str) -> str:
    """The text without the spaces that converters put between Chinese and figures."""
    return _SPACE_IN_HAN.sub("", text.strip())


def cover_of(blocks: Sequence[Block]) -> tuple[str, ...]:
    """The short lines before the first heading, table or sentence."""
    lines: list[str] = []
    for block in blocks[:LONGEST_COVER]:
        if not isinstance(block, Paragraph):
            break
        if len(block.text) > LONGEST_COVER_LINE or _SENTENCE.search(block.text):
            break
        lines.append(tight(block.text))
    return tuple(lines)


def _closing(texts: Sequence[Paragraph]) -> tuple[str | None, str | None]:
    """The signature and the date that close a disclosure, where both or the date are there."""
    last = [paragraph.text for paragraph in texts[-CLOSING_BLOCKS:]]
    for index in range(len(last) - 1, -1, -1):
        if is_date(last[index]):
            above = tight(last[index - 1]) if index else None
            signed = above is not None and not _SENTENCE.search(above)
            return above if signed else None, iso_date(last[index])
        if match := _SIGNED.fullmatch(_with_digits(last[index]).strip()):
            return tight(match["name"]), iso_date(last[index])
    return None, None


def _with_digits(text: str) -> str:
    """The text with the days that are written in Chinese (二〇二四年二月七日) in digits."""
    return _HAN_DAY.sub(
        lambda match: "{}年{}月{}日".format(
            "".join(str(_DIGITS[digit]) for digit in match["year"]),
            _small_number(match["month"]),
            _small_number(match["day"]),
        ),
        text,
    )


def _small_number(han: str) -> int:
    """A number below a hundred in Chinese: 七 → 7, 十二 → 12, 三十 → 30."""
    tens, ten, ones = han.rpartition("十")
    if not ten:
        return _DIGITS[han] if len(han) == 1 else 0
    return (_DIGITS[tens] if tens else 1) * 10 + (_DIGITS[ones] if ones else 0)


def _cells(tables: Sequence[TableBlock]) -> list[str]:
    texts: list[str] = []
    for table in tables:
        if table.grid is not None:
            texts.extend(re.sub(r"\s+", "", cell.text) for cell in table.grid.cells)
        for line in table.lines:
            texts.extend(line.text.split())
    return texts
