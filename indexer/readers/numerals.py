"""Numbers in words and letters, as word processors count paragraphs."""

from __future__ import annotations

from collections.abc import Callable

_DIGITS = "〇一二三四五六七八九"
_FINANCIAL = str.maketrans("〇一二三四五六七八九十百千", "零壹贰叁肆伍陆柒捌玖拾佰仟")
_ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"),
    (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip
_UNITS = ((1000, "千"), (100, "百"), (10, "十"), (1, ""))


def chinese(number: int) -> str:
    """A number below ten thousand in words: 12 → 十二, 105 → 一百零五."""
    if not 0 < number < 10_000:
        return str(number)
    words, gap = "", False
    for size, unit in _UNITS:
        digit, number = divmod(number, size)
        if digit:
            words += ("零" if gap else "") + _DIGITS[digit] + unit
            gap = False
        else:
            gap = bool(words)
    return words[1:] if words.startswith("一十") else words


def roman(number: int) -> str:
    """Small Roman numerals; a number that has none in digits."""
    if not 0 < number < 4000:
        return str(number)
    words = ""
    for size, sign in _ROMAN:
        count, number = divmod(number, size)
        words += sign * count
    return words


def letters(number: int) -> str:
    """A … Z, then AA, BB …, as Word counts."""
    if number < 1:
        return str(number)
    times, letter = divmod(number - 1, 26)
    return chr(ord("a") + letter) * min(times + 1, 10)


def _in_circle(number: int) -> str:
    return chr(0x2460 + number - 1) if 0 < number <= 20 else str(number)


_STEMS = "甲乙丙丁戊己庚辛壬癸"
FORMATS: dict[str, Callable[[int], str]] = {
    "decimal": str,
    "decimalZero": lambda number: f"{number:02}",
    "decimalFullWidth": lambda number: "".join(chr(ord(digit) + 0xFEE0) for digit in str(number)),
    "decimalEnclosedCircle": _in_circle,
    "decimalEnclosedCircleChinese": _in_circle,
    "decimalEnclosedParen": lambda number: f"({number})",
    "decimalEnclosedFullstop": lambda number: f"{number}.",
    "chineseCounting": chinese,
    "chineseCountingThousand": chinese,
    "japaneseCounting": chinese,
    "taiwaneseCounting": chinese,
    "taiwaneseCountingThousand": chinese,
    "ideographDigital": lambda number: "".join(_DIGITS[int(digit)] for digit in str(number)),
    "japaneseDigitalTenThousand": lambda number: "".join(_DIGITS[int(d)] for d in str(number)),
    "taiwaneseDigital": lambda number: "".join(_DIGITS[int(digit)] for digit in str(number)),
    "chineseLegalSimplified": lambda number: chinese(number).translate(_FINANCIAL),
    "ideographLegalTraditional": lambda number: chinese(number).translate(_FINANCIAL),
    "ideographTraditional": lambda number: _STEMS[(number - 1) % 10],
    "upperLetter": lambda number: letters(number).upper(),
    "lowerLetter": letters,
    "upperRoman": lambda number: roman(number).upper(),
    "lowerRoman": roman,
    "none": lambda _: "",
}
"""The counting formats of Word by their names in ECMA-376 part 1, section 17.18.59."""
