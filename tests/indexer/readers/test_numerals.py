from __future__ import annotations

import pytest

from indexer.readers.numerals import FORMATS, chinese


@pytest.mark.parametrize(
    ("number", "words"),
    [(1, "一"), (10, "十"), (12, "十二"), (20, "二十"), (105, "一百零五"), (110, "一百一十"),
     (1005, "一千零五"), (1100, "一千一百"), (9999, "九千九百九十九"), (0, "0"), (10_000, "10000")],
)  # fmt: skip
def test_chinese_counting(number: int, words: str) -> None:
    assert chinese(number) == words


@pytest.mark.parametrize(
    ("form", "number", "printed"),
    [("decimal", 3, "3"), ("decimalZero", 3, "03"), ("decimalFullWidth", 12, "１２"),
     ("decimalEnclosedCircle", 3, "③"), ("decimalEnclosedCircle", 40, "40"),
     ("ideographDigital", 20, "二〇"), ("chineseLegalSimplified", 12, "拾贰"),
     ("ideographTraditional", 3, "丙"), ("upperLetter", 28, "BB"), ("lowerLetter", 2, "b"),
     ("lowerRoman", 4, "iv"), ("upperRoman", 1999, "MCMXCIX"), ("none", 5, "")],
)  # fmt: skip
def test_counting_formats(form: str, number: int, printed: str) -> None:
    assert FORMATS[form](number) == printed
