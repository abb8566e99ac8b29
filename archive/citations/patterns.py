"""What a document number looks like, as regular expressions.

Every pattern begins at a figure, a bracket, 令, 第 or the end of a code word, takes a bounded
number of characters, and gives back no blank that it took (possessive repeats): the work at
one place of a text is bounded, so that the whole is linear.
"""

from __future__ import annotations

import re

from archive.citations.words import words

_BLANKS_OF_ALL_KINDS = (
    r"\s\x00-\x08\x0e-\x1b\x7f-\x9f\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff"
)
BLANK = f"[{_BLANKS_OF_ALL_KINDS}]"
_BRACKET = r"[〔﹝［\[【〖（(｛{「〈<＜«《„“]"
OPEN = rf"(?:\\?{_BRACKET})"
CLOSE = r"(?:\\?[〕﹞］\]】〗）)｝}」〉>＞»》‟”])"
_B = rf"{BLANK}{{0,8}}+"
_B1 = rf"{BLANK}{{1,2}}"
_NUMERALS = "一二三四五六七八九十百千〇零○"
_HAO = "[号號]"
_YEAR_DIGITS = r"(?<!\d)\d{2,5}+(?!\d)"
_YEAR_NUMERALS = (
    rf"(?:[一二][一二三四五六七八九〇零○OoＯ0]{{3}}|[一二三四五六七八九〇零○]{{2}}(?={_B}{CLOSE}))"
)
_YEAR = rf"(?:{_YEAR_DIGITS}|{_YEAR_NUMERALS})"
_SPACED_YEAR = rf"(?:\d(?:{_B1}\d){{3}}|\d\d{_B1}\d\d)(?={_B}{CLOSE})"
_FIGURE = rf"(?:\d{{1,7}}+(?!\d)|[{_NUMERALS}]{{1,9}})"
_SPACED_FIGURE = (
    rf"(?:\d(?:{_B1}\d){{1,4}}|(?:\d{{1,3}}{_B1}\d\d?|\d\d?{_B1}\d{{3}})(?!\d))(?={_B}{_HAO})"
)
_MORE_FIGURES = rf"(?:{_B}(?:、?[和及]|[、/]){_B}\d{{1,5}}+(?!\d)){{0,9}}"
_ORDINAL = rf"(?P<nth>字?{_B}第)?{_B}"
_AGENCY_END = "".join({word[-1] for word in words().agency_endings}) + _BLANKS_OF_ALL_KINDS
BEFORE_ALONE = "按据照（("
_UNKNOWN = r"[XxＸｘ×*＊_＿?？○…]{1,8}"
_UNSURE = r"[\dXxＸｘ×*＊OoＯＩIl]"

HAO_SITE = re.compile(
    rf"[\d{_NUMERALS}{_BLANKS_OF_ALL_KINDS}〕﹞］\]】〗）)XxＸｘ×*＊_＿?？…OoＯＩIl]{_HAO}"
)
"""Where a number can end: 号 after a figure, a bracket or a blank."""

HINT = re.compile(
    rf"{_YEAR}|{OPEN}{_B}(?:{CLOSE}|[\dXx×])|令|第{_B}[\d{_NUMERALS}]|[发函办规字通]{_B}第?{_B}\d|财.\d"
)
"""What stands somewhere before such a 号, or there is no number."""

NUMBERED = re.compile(
    rf"(?:(?P<open>{OPEN}){_B})?(?P<year>{_YEAR}|(?(open){_SPACED_YEAR}|(?!)))(?P<blank>{_B})"
    rf"(?:年?{_B}(?P<close>{CLOSE}){_B}年?|(?P<sep>[-－–—年]))?{_B}{_ORDINAL}"
    rf"(?P<inner>{OPEN})?"
    rf"(?P<numbers>{_FIGURE}{_MORE_FIGURES}|(?P<spaced>(?(close){_SPACED_FIGURE}|(?!))))"
    rf"(?(inner){CLOSE}?)"
    rf"(?P<range>{_B}[-－–—~～至]{_B}\d{{1,5}})?{_B}{_HAO}(?P<kind>{_B}(?:令|公告|通告)(?![第栏牌]))?"
)
"""〔2023〕48号, 2023年48号, 2023-48号."""

YEAR_FIRST = re.compile(
    rf"{_BRACKET}{_B}(?P<year>{_YEAR}){_B}{CLOSE}{_B}(?P<code>[一-鿿]{{1,11}}字){_B}"
    rf"第?{_B}(?P<numbers>{_FIGURE}){_B}{_HAO}"
)
"""(86)财工字第77号."""

DECREE = re.compile(
    rf"(?:令(?<=[{_AGENCY_END}国]令)|[公通]告(?<=[{_AGENCY_END}]..)(?={_B}{OPEN}?{_B}第))"
    rf"(?P<name>{_B})(?P<inner>{OPEN})?"
    rf"{_B}第?{_B}(?P<numbers>{_FIGURE}{_MORE_FIGURES}){_B}{_HAO}(?(inner){_B}{CLOSE}|)"
)
"""国务院令第735号, 国务院令（第735号）, 农业农村部公告第940号."""

ANNOUNCEMENT = re.compile(r"[《〈](?P<names>[^《》〈〉]{2,60}?)关于[^《》]{1,120}公告》\Z")
"""《财政部 税务总局关于延续优惠政策的公告》 at the end of a text."""

DECREE_AFTER = re.compile(
    rf"(?:第(?<=[{_AGENCY_END}以{BEFORE_ALONE}）)]第){_B}|(?<=[{_AGENCY_END}以{BEFORE_ALONE}])(?=\d))"
    rf"(?P<numbers>{_FIGURE}(?:{_B}{_HAO}{_B}[、和及]{_B}第?{_B}{_FIGURE}){{0,4}})"
    rf"{_B}{_HAO}{_B}(?P<kind>令|[公通]告(?![栏牌]))"
)
"""国务院第735号令, 国务院735号令, 国务院第493号、第586号令, 农业农村部第940号公告."""

INCOMPLETE = re.compile(
    rf"{_BRACKET}{_B}(?:{CLOSE}{_B}第?{_B}\d{{1,5}}+"
    rf"|(?P<year>{_YEAR}|{_UNSURE}{{2,4}}){_B}{CLOSE}{_B}第?{_B}"
    rf"(?P<figure>{_UNKNOWN}|{_UNSURE}{{1,5}})?){_B}{_HAO}"
)
"""〔〕48号, 〔2022〕 号, 〔20XX〕XX号, 〔2O22〕48号: a place left open or misread."""

RUN_TOGETHER = re.compile(
    rf"[〔﹝［\[【〖]{_B}(?P<year>(?:19|20)\d\d)(?P<numbers>[1-9]\d{{0,3}}){_B}{_HAO}"
)
"""〔202348号: the closing bracket is lost."""

WITHOUT_YEAR = re.compile(
    rf"(?P<end>[发函办规字通]|(?<=财)[税预社农教行建综库资会金]|(?<=[{_AGENCY_END}])(?=第?\d)){_B}第?{_B}\d{{1,4}}+{_B}{_HAO}(?P<paper>文)?"
)
"""国发42号文, 国务院424号文件: the year is not told."""

FURTHER = re.compile(
    rf"{_B}[、和及与，,]{_B}(?:(?<=[，,])(?P<comma>)|)第?{_B}(?P<numbers>\d{{1,5}}+){_B}{_HAO}"
    rf"(?(comma)(?=[、，,。；;文）)]|\Z)|)(?P<kind>{_B}(?:令|公告|通告)(?![第栏牌]))?"
)
"""The 171号 of 〔2002〕142号、171号."""

BETWEEN = re.compile(
    rf"(?:文件?)?(?:[（(][^（）()]{{1,8}}[）)])?{BLANK}{{0,4}}(?:[、，,;；和及与或]|以及){{1,2}}(?:{BLANK}|[（(]){{0,4}}"
)
"""What may part two numbers of which the second takes the code word of the first."""

FIGURES = re.compile(rf"\d+|[{_NUMERALS}]+")
"""The numbers of 1、2号."""

SPACED = re.compile(r"(?s:\d.*\d)")
"""The one number of 4 8号."""

NORMAL = re.compile(
    r"(?P<issuer>[㐀-䶿一-鿿（）]{1,30}?)(?:〔(?P<year>\d{4})〕|(?<=[令告])第)(?P<number>[1-9]\d{0,4})号"
)
"""A number in its normal form: 新医保发〔2023〕48号, 国务院令第735号."""

TYPED = re.compile(
    rf"{_B}(?P<code>[一-鿿（）()\s]{{1,30}}?){_B}(?P<bracket>{OPEN})?{_B}(?P<year>\d{{4}}){_B}"
    rf"(?:{CLOSE}|[-－–—年]|(?<={BLANK})){_B}第?{_B}(?P<number>\d{{1,5}}){_B}"
    rf"(?P<hao>{_HAO})?{_B}"
)
"""A number typed into a search box, perhaps without brackets or 号."""

_BLANKS = re.compile(rf"{BLANK}+")


def without_blanks(text: str) -> str:
    """The text without blanks, line breaks and marks of no width."""
    return _BLANKS.sub("", text)
