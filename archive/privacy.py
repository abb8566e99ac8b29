"""Mobile telephone numbers masked: 13800001234 → 138****1234.

Disclosures print the numbers of contact persons.  What the archive shows, exports and
indexes has the middle four digits masked; the original stays as published, and the store
keeps what is printed, so that the keeper may turn the masking off.  Where the store masks is
told by :mod:`archive.store.masking`; ids made of printed text never hold a whole number
(:func:`archive.addresses.slug`).

Mobile numbers have eleven digits and begin with 13 to 19 (电信网编号计划, 2017); they are
written in one piece or in groups of 3-4-4 parted by a space, hyphen or dot, with or without
+86.  Amounts are never masked: an amount of eleven digits has a decimal point, a currency
sign before it or 元 after it, or was read as money; a count has its measure after it.
"""

from __future__ import annotations

import re
from collections.abc import Collection

FACT = "show_mobile_numbers"
"""The fact of the store that turns masking off when it is ``yes``."""

_DIGIT = "[0-9０-９]"
_GAP = "[- 　\u00a0‐‑–—－.·]?"
_COUNTRY = f"(?:[+＋]?(?:(?:00)?86|８６)[)）]?{_GAP})?"
_HEAD = f"[1１][3-9３-９]{_DIGIT}"
_ELEVEN = re.compile(rf"{_HEAD}({_GAP}){_DIGIT}{{4}}\1{_DIGIT}{{4}}")
"""What every number holds: sought first, since it is found without looking back."""
_MOBILE = re.compile(
    rf"(?:(?<![0-9A-Za-z０-９¥￥])|(?<=[Tt][Ee][Ll])|(?<=[Pp][Hh][Oo][Nn][Ee]))"
    rf"({_COUNTRY}{_HEAD})({_GAP}){_DIGIT}{{4}}(\2)({_DIGIT}{{4}})"
    rf"(?![0-9A-Za-z０-９]|[.．]{_DIGIT}|\s*(?:元|[万亿]元|吨|平方米|个(?!人)))"
)


def masked(text: str, amounts: Collection[str] = ()) -> str:
    """The text with its mobile numbers masked; of the same length.

    ``amounts`` are figures known to be money, as printed: they keep their digits.
    """
    if not _ELEVEN.search(text):
        return text
    if not amounts:
        return _MOBILE.sub(r"\1\2****\3\4", text)

    def shown(match: re.Match[str]) -> str:
        return match[0] if match[0] in amounts else match.expand(r"\1\2****\3\4")

    return _MOBILE.sub(shown, text)


def may_hold_mobile_number(text: str) -> bool:
    """Whether as many digits stand in the text, whatever is around them."""
    return _ELEVEN.search(text) is not None


def holds_mobile_number(text: str) -> bool:
    """Whether a whole mobile number stands in the text."""
    return _MOBILE.search(text) is not None
