"""Years and running numbers as they are printed: in full, in two digits, in Chinese numerals."""

from __future__ import annotations

FIRST_YEAR = 1949
LAST_YEAR = 2049
LARGEST_NUMBER = 99999

_DIGITS = "〇一二三四五六七八九"
_NUMERALS = {
    **{digit: value for value, digit in enumerate(_DIGITS)},
    **dict.fromkeys("零○OoＯ0", 0),
}
_PLACES = {"十": 10, "百": 100, "千": 1000}


def year_of(printed: str) -> int | None:
    """The year in full, ``None`` when it is none that a document can have."""
    if not printed.isdigit():
        printed = "".join(str(_NUMERALS[character]) for character in printed)
    year = int(printed or 0)
    if len(printed) == 2:
        year += 1900 if year >= FIRST_YEAR % 100 else 2000
    return year if FIRST_YEAR <= year <= LAST_YEAR else None


def number_of(printed: str) -> int | None:
    """The running number, ``None`` when it is none (0, too large, no numeral)."""
    value = int(printed) if printed.isdigit() else _chinese(printed)
    return value if value is not None and 0 < value <= LARGEST_NUMBER else None


def _chinese(printed: str) -> int | None:
    """七百三十五 or 七三五 → 735; ``None`` for what is no numeral (十百)."""
    if not any(character in _PLACES for character in printed):
        return int("".join(str(_NUMERALS[character]) for character in printed))
    total, digit, place = 0, 0, 10000
    for character in printed:
        if character in _PLACES:
            if _PLACES[character] >= place:
                return None
            place = _PLACES[character]
            total += (digit or 1) * place
            digit = 0
        else:
            digit = _NUMERALS[character]
    return total + digit
