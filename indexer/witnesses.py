"""What a disclosure says of itself, and where: the witnesses for its identity.

The cover speaks first, then headings, captions and the closing signature; running text is
no witness, for it speaks of other years, dates and agencies too.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from indexer.blocks import Block, Heading, Paragraph, TableBlock
from indexer.headings import numbered

CLOSING_BLOCKS = 4
LONGEST_COVER_LINE = 60
LONGEST_COVER = 40
MOST_SENTENCES_ABOVE_TITLE = 2

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
_SENTENCE = re.compile(r"[。；！？]|如下\s*[：:]$")
_TITLE = re.compile(
    r"(?:19|20)\d\d.*(?:[预决]算|三公|绩效).*"
    r"|.*(?:[预决]算|三公|绩效).*(?:19|20)\d\d年"
)
_TITLE_ENDS = re.compile(
    r"(?:[预决]算|公开|公示|说明|报告|草案|报告书)(?:[（(][^（()）]{1,12}[)）])?(?:\.\w{3,4})?$"
)
_PAGE_LABEL = (
    r"来源|字[号体]|浏览|点击|阅读|访问|作者|编辑|审核|分享|打印|收藏|索引?号|搜索位置|匹配度|排序"
    r"|(?:发文|发布|公开|成文|生成|主题|体裁|组配)\S{2}|(?:\S{2})?(?:日期|时间)"
    r"|有\s*效\s*性|效力\S{2}|文\s*号"
)
_AFTER_TITLE = re.compile(
    rf"[\s【\[(（]+(?:信息|文章)?(?:{_PAGE_LABEL})(?:\S{{0,2}})?\s*[\]】]?\s*[：:|].*$"
    r"|\s+(?:19|20)\d\d[-/.]\d{1,2}[-/.]\d{1,2}\s.*$"
)
_OF_WEB_PAGE = re.compile(
    rf"[>＞|｜»]|/\S|欢迎(?:来到|访问|光临|您|进入)|[【\[•·\s-]*(?:信息|文章)?(?:{_PAGE_LABEL})\s*[\]】]?\s*(?:[：:]|$)"
    r"|(?:19|20)\d\d[-/.]\d{1,2}[-/.]\d{1,2}\s*\d{0,2}:"
)
_LABEL_ALONE = re.compile(
    r"[【\[•·\s-]*(?:信息)?(?:来源|索引?号|文\s*号|有\s*效\s*性|\S{0,2}(?:日期|时间)"
    r"|(?:发文|发布|公开|成文|生成|主题|体裁|组配)\S{2}|审核程序)\s*(?:[\]】]\s*[：:]?|[：:])"
)
_MARKS = " \t•·-[]【】|:："
_WORDLESS = re.compile(r"[\W_]*")
_SPACE_IN_HAN = re.compile(r"(?<=[^\sA-Za-z])\s+(?=\S)|(?<=\S)\s+(?=[^\sA-Za-z])")


@dataclass(frozen=True, slots=True)
class Witnesses:
    """The texts that may tell who published what when, each list in printed order.

    ``cover`` is what stands before the first heading; ``around`` what a web page prints of
    itself there (a path, 发布日期：…); ``signature`` the line above the closing date;
    ``closing_date`` an ISO date; ``cells`` the texts of the tables' cells.
    """

    cover: tuple[str, ...]
    headings: tuple[str, ...]
    captions: tuple[str, ...]
    paragraphs: tuple[str, ...]
    cells: tuple[str, ...]
    signature: str | None
    closing_date: str | None
    around: tuple[str, ...] = ()


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
        around=around_of(blocks),
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
    """The short lines before the first chapter, table or sentence, but those of a web page.

    Where no title is among them, the first line further on that is worded as one.
    """
    opening = _opening(blocks)
    lines = tuple(
        _titled(line)
        for before, line in pairwise(["", *opening])
        if not _says_of_page(_titled(line)) and not _is_value(before, line)
    )
    if any(map(_TITLE.search, lines)) or (len(lines) > 1 and _TITLE.search("".join(lines))):
        return lines
    return (*lines, *_late_title(blocks))


def around_of(blocks: Sequence[Block]) -> tuple[str, ...]:
    """What a web page prints of itself before the first chapter, a label with its value."""
    told: list[str] = []
    for before, line in pairwise(["", *_opening(blocks)]):
        if _is_value(before, line):
            told.append(f"{before.strip(_MARKS)}：{line.strip(_MARKS)}")
        elif _says_of_page(line) or _titled(line) != tight(line):
            told.append(line.strip(_MARKS))
    return tuple(told)


def _is_value(before: str, line: str) -> bool:
    """Whether a line is the value of a web page's label that stands alone above it."""
    return _LABEL_ALONE.fullmatch(before.strip()) is not None and not _says_of_page(line)


def _opening(blocks: Sequence[Block]) -> list[str]:
    """The lines before the first numbered heading, table or sentence, as printed."""
    lines: list[str] = []
    for block in blocks[:LONGEST_COVER]:
        if isinstance(block, TableBlock) or not _is_short(block.text):
            break
        if numbered(block.text) and isinstance(block, Paragraph):
            break
        if isinstance(block, Heading) and (block.number or not _TITLE.search(tight(block.text))):
            break
        lines.append(block.text)
    return lines


def _late_title(blocks: Sequence[Block]) -> list[str]:
    """The first line that is worded as a title, below a sentence or a chapter's number."""
    sentences = 0
    for block in blocks[:LONGEST_COVER]:
        if isinstance(block, TableBlock) or sentences > MOST_SENTENCES_ABOVE_TITLE:
            break
        if not _is_short(block.text):
            sentences += 1
        elif not (isinstance(block, Heading) and block.number):
            line = _titled(block.text)
            if _TITLE.search(line) and _TITLE_ENDS.search(line) and not _says_of_page(line):
                return [line]
    return []


def _titled(text: str) -> str:
    """A line without what a web page prints behind a title on the same line."""
    return tight(_AFTER_TITLE.sub("", text.strip()))


def _says_of_page(line: str) -> bool:
    compact = line.strip()
    if _WORDLESS.fullmatch(compact):
        return True
    return _OF_WEB_PAGE.match(compact) is not None or re.search(r"[>＞|｜»]", compact) is not None


def _is_short(text: str) -> bool:
    return len(tight(_AFTER_TITLE.sub("", text))) <= LONGEST_COVER_LINE and not _SENTENCE.search(
        text.strip()
    )


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
