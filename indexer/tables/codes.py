"""Functional and economic codes: joined from their parts, filled down, split from labels."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

PART = 2
"""How many digits 款 and 项 have."""

# 类 has three digits (functional 201–239, economic 301–399, 501–599), 款 and 项 two each.
_WHOLE = re.compile(r"[1-9]\d{2}(?:\d{2}){0,2}")
_PART = re.compile(r"\d{1,2}|\d{4}")
_IN_LABEL = re.compile(r"([1-9]\d{2}(?:\d{2}){0,2})[\s　]*([一-鿿“].*)")
_PART_IN_LABEL = re.compile(r"(\d{2})[\s　]*([一-鿿“].*)")
_PARTS_IN_LABEL = re.compile(r"(\d{2}(?:[\s　]+\d{2})?)[\s　]+([一-鿿“].*)")
_PRINTED_APART = re.compile(r"[\s　.\-－]+")


@dataclass(frozen=True, slots=True)
class Coded:
    """A code as far as a row prints it, and whether the row leaves a doubt."""

    code: str | None
    doubt: str | None = None


def is_code_part(text: str) -> bool:
    """Whether the text can stand in a code column: ``208``, ``05``, ``2080501``, ``208 05``."""
    digits = _PRINTED_APART.sub("", text)
    return bool(_WHOLE.fullmatch(digits) or _PART.fullmatch(digits))


def is_whole(text: str) -> bool:
    """Whether the text is a whole code, printed apart or not."""
    return _WHOLE.fullmatch(_PRINTED_APART.sub("", text)) is not None


def split_label(label: str) -> tuple[str | None, str]:
    """A whole code in front of a label: ``210卫生健康支出`` → ``("210", "卫生健康支出")``."""
    match = _IN_LABEL.fullmatch(label)
    return (match[1], match[2]) if match else (None, label)


def split_part(label: str) -> tuple[str | None, str]:
    """The last part of a code in front of a label: ``04 信息化建设``."""
    match = _PART_IN_LABEL.fullmatch(label)
    return (match[1], match[2]) if match else (None, label)


def split_parts(label: str) -> tuple[str | None, str]:
    """The last parts of a code in front of a label, each apart: ``05 05 机关事业单位…``."""
    match = _PARTS_IN_LABEL.fullmatch(label)
    return (match[1], match[2]) if match else (None, label)


def lone_part(part: str, above: str | None) -> Coded:
    """The code of a row that prints one part only, in a text that does not say which.

    Below a 类 it is a 款.  Codes ascend: a part that does not go on with the 项 above begins
    the next 款, and one that cannot be a 款 after the one above is its 项.  Else both readings
    are told.
    """
    if above is None:
        return Coded(None, "科目编码不全，上文没有可以补足的类、款")
    as_class, as_item = above[:3] + part, above[:5] + part
    if len(above) == len("208"):
        return Coded(as_class)
    if len(above) == len("20805"):
        fits_class = part > above[3:5]
        return Coded(None, _either(as_item, as_class)) if fits_class else Coded(as_item)
    goes_on = part > above[5:7]
    fits_class = part > above[3:5]
    if goes_on and fits_class:
        return Coded(None, _either(as_item, as_class))
    if not goes_on and not fits_class:
        return Coded(None, _doubt_of(part))
    return Coded(as_item if goes_on else as_class)


def _either(one: str, other: str) -> str:
    return f"此行只印科目编码的一段，可读作 {one} 或 {other}"


def joined(parts: Sequence[tuple[int, str]], above: str | None) -> Coded:
    """The code of a row from its printed parts, each with its level (0 类, 1 款, 2 项).

    What a row leaves out in front is filled down from ``above``, the code of the row
    before: ``05`` below ``208`` → ``20805``.  One part of three, five or seven digits is a
    whole code, whatever column it stands in.
    """
    texts = [(level, _PRINTED_APART.sub("", text)) for level, text in parts]
    if not texts:
        return Coded(None)
    level, first = texts[0]
    rest = "".join(_two_digits(text) for _, text in texts[1:])
    if _WHOLE.fullmatch(first):
        gap = len(texts) > 1 and len(first) == 3 and texts[1][0] > level + 1
        filled = above[3:5] if gap and above and above[:3] == first and len(above) >= 5 else ""
        code = first + filled + rest
        return Coded(code if _WHOLE.fullmatch(code) else None, _doubt_of(code))
    prefix = _prefix(level, above)
    if prefix is None:
        return Coded(None, "科目编码不全，上文没有可以补足的类、款")
    code = prefix + _two_digits(first) + rest
    return Coded(code if _WHOLE.fullmatch(code) else None, _doubt_of(code))


def _prefix(level: int, above: str | None) -> str | None:
    """What stands in front of a part of that level in the row above."""
    length = 3 if level <= 1 else 5
    if above is None or len(above) < min(length, 3):
        return None
    return above[:length]


def _two_digits(part: str) -> str:
    return part.zfill(2) if len(part) == 1 else part


def _doubt_of(code: str) -> str | None:
    return None if _WHOLE.fullmatch(code) else f"科目编码各段合成“{code}”，不合编码规则"
