"""Which texts are headings, and at what level.

The level follows from the printed numbering, never from the markup: 第一部分 is 1, 一、 is
2, （一） is 3, ``1.`` is 4 and （1） is 5.  A numbered sentence is not a heading: a heading is
short, says no sentence and is not followed by its text on the same line, except the name of
a project (（一）项目名称：…), which begins the project's fields.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

LONGEST_HEADING = 70
LONGEST_UNNUMBERED = 40
LONGEST_REST = 16

_HAN = "一二三四五六七八九十百零〇"
_STYLES: tuple[tuple[int, re.Pattern[str]], ...] = (
    (1, re.compile(rf"第\s*(?:[{_HAN}]{{1,4}}|\d{{1,2}})\s*(?:部\s*分|章|篇|编)")),
    (2, re.compile(rf"[{_HAN}]{{1,4}}\s*[、．.]")),
    (3, re.compile(rf"[（(]\s*[{_HAN}]{{1,4}}\s*[)）]\s*[、.．]?")),
    (5, re.compile(r"[（(]\s*\d{1,2}\s*[)）]\s*[、.．]?|\d{1,2}\s*[)）]|[①-⑳]")),
    (4, re.compile(r"[1-9]\d?\s*(?:、|[.．](?!\d{1,2}(?!\d))(?!\d+\s*(?:[%％]|[万亿]?元)))")),
)
_PROJECT = re.compile(r"\s*项目名称\s*[：:]\s*\S")
_SENTENCE = re.compile(r"[。；;！？!?]")
_ENDS_OPEN = re.compile(r"[，,、：:；;。！!？?…]\s*$")
_EXPLAINS = re.compile(r"[：:]\s*\S")
_FIGURES = re.compile(r"\d[\d,.]*\s*(?:[万亿]?元|%|％|人|辆|台|平方米|个)")
_UNIT_BEHIND = re.compile(r"(?<=.)[（(]\s*(?:金额)?单位\s*[：:][^（()）]*[)）]$")
_STOPPED_TITLE = re.compile(r"(?<=说明|情况|职责|职能|设置|构成|概况)。$")

CLOSING_WORDS = (
    "说明",
    "情况",
    "概况",
    "概述",
    "职能",
    "职责",
    "设置",
    "构成",
    "解释",
    "事项",
    "公开表",
    "预算表",
    "决算表",
    "总表",
    "一览表",
    "情况表",
    "明细表",
    "依据",
    "主体",
    "方案",
    "周期",
    "安排",
    "目标",
    "附件",
    "附表",
)
WHOLE_TITLES = ("名词解释", "主要职能", "主要职责", "机构设置", "附件", "附表")
STANDING_TITLES = re.compile(
    r"(?:专业)?名词解释|基本情况|附件|附表|(?:部门|单位)?(?:主要)?职[能责]"
    r"|[^，。；：、\d]{0,30}(?:主要职[能责]|机构设置(?:情况)?|(?:部门|单位)概况)"
    r"|(?:[^，。；：、]{0,30}\d{4}年度?)?(?:部门|单位)?[预决]算(?:编制|情况)?说明"
    r"|(?:其他)?相关情况说明|[^，。；：、\d]{0,30}(?:项目|专项|经费|资金）)(?:经费)?情况说明"
)


@dataclass(frozen=True, slots=True)
class Numbered:
    """A text that begins with a number: ``number`` as printed, without its punctuation."""

    number: str
    level: int
    rest: str


def numbered(text: str) -> Numbered | None:
    """The numbering that begins ``text``; a decimal figure or a year is none."""
    stripped = text.lstrip()
    for level, style in _STYLES:
        if match := style.match(stripped):
            number = re.sub(r"\s+", "", match[0]).rstrip("、.．，")
            return Numbered(number, level, stripped[match.end() :].lstrip("：:、.． \t　").strip())
    return None


def names_project(text: str) -> bool:
    """Whether the text is a numbered 项目名称：…, which begins a project."""
    found = numbered(text)
    return found is not None and _PROJECT.match(found.rest) is not None


def is_heading(text: str, *, marked: bool = False) -> bool:
    """Whether a whole, joined text is a numbered heading.

    ``marked`` says that the format sets the text off (bold, larger, a heading's markup); a
    marked text may hold a comma or a figure.
    """
    found = numbered(text)
    if found is None or len(text) > LONGEST_HEADING:
        return False
    if _PROJECT.match(found.rest):
        return True
    if not found.rest:
        return found.level == 1
    rest = _UNIT_BEHIND.sub("", _STOPPED_TITLE.sub("", found.rest))
    if rest[-1:] in ("：", ":") and len(rest) <= LONGEST_REST and closes(rest[:-1]):
        rest = rest[:-1]
    if _SENTENCE.search(rest) or _ENDS_OPEN.search(rest) or _EXPLAINS.search(rest):
        return False
    return marked or found.level == 1 or ("，" not in rest and not _FIGURES.search(rest))


def is_standing_title(text: str) -> bool:
    """Whether an unnumbered line is the title of a chapter by its words alone."""
    compact = re.sub(r"\s+", "", text)
    return STANDING_TITLES.fullmatch(compact) is not None


def may_be_title(text: str) -> bool:
    """Whether an unnumbered line that the format sets off can be a heading by its text."""
    compact = text.strip()
    return (
        1 < len(compact) <= LONGEST_UNNUMBERED
        and numbered(compact) is None
        and not _SENTENCE.search(compact)
        and not _ENDS_OPEN.search(compact)
        and any("\u4e00" <= letter <= "\u9fff" for letter in compact)
    )


def closes(text: str) -> bool:
    """Whether a heading's text ends as headings do, so that nothing is missing."""
    return re.sub(r"\s+", "", text).endswith(CLOSING_WORDS)


def is_rest_of_heading(text: str) -> bool:
    """Whether a line can be the end of a heading that a line break cut off."""
    compact = text.strip()
    return (
        0 < len(compact) <= LONGEST_REST
        and compact not in WHOLE_TITLES
        and numbered(compact) is None
        and closes(compact)
        and not _SENTENCE.search(compact)
        and not _ENDS_OPEN.search(compact)
    )
