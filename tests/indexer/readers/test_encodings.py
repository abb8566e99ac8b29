from __future__ import annotations

import codecs
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.readers.encodings import decode

SIMPLIFIED = (
    "某某市医疗保障局2024年部门预算公开\n一、主要职能\n收支总预算 683.30 万元，比上年增加。\n"
)
TRADITIONAL = (
    "某某市醫療保障局2024年部門預算公開\n一、主要職能\n收支總預算 683.30 萬元，比上年增加。\n"
)
SHORT = "单位：万元"


@pytest.mark.parametrize(
    ("text", "encoding", "mark"),
    [
        (SIMPLIFIED, "utf-8", b""),
        (SIMPLIFIED, "utf-8", codecs.BOM_UTF8),
        (SIMPLIFIED, "gb18030", b""),
        (SIMPLIFIED, "gbk", b""),
        (SIMPLIFIED, "utf-16-le", b""),
        (SIMPLIFIED, "utf-16-be", b""),
        (SIMPLIFIED, "utf-16-le", codecs.BOM_UTF16_LE),
        (SIMPLIFIED, "utf-16-be", codecs.BOM_UTF16_BE),
        (SIMPLIFIED, "utf-32-le", codecs.BOM_UTF32_LE),
        (TRADITIONAL, "big5", b""),
        (TRADITIONAL, "gb18030", b""),
        (SHORT, "gbk", b""),
        (SHORT, "utf-8", b""),
        (SHORT, "utf-16-le", b""),
        ("plain ASCII 123", "ascii", b""),
        ("㐀𠮷：三公经费支出情况，合计", "gb18030", b""),
        ("ئۇيغۇر ئاپتونوم رايونى", "utf-8", b""),
    ],
)
def test_every_encoding_in_use_gives_the_text_again(text: str, encoding: str, mark: bytes) -> None:
    decoded = decode(mark + text.encode(encoding))
    assert decoded is not None
    assert (decoded.text, decoded.broken) == (text, 0)


@pytest.mark.parametrize("declared", ["gb2312", "utf-8", "iso-8859-1", "big5", "nonsense", None])
@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_a_declared_charset_that_lies_is_not_believed(declared: str | None, encoding: str) -> None:
    decoded = decode(SIMPLIFIED.encode(encoding), declared)
    assert decoded is not None
    assert decoded.text == SIMPLIFIED


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_a_few_broken_bytes_are_counted_and_the_rest_is_kept(encoding: str) -> None:
    whole = (SIMPLIFIED * 20).encode(encoding)
    decoded = decode(whole[:300] + b"\xff" + whole[300:])
    assert decoded is not None
    assert decoded.broken >= 1
    assert decoded.text.count("部门预算公开") >= 19


def test_random_bytes_are_no_text() -> None:
    random = Random(5)
    for length in (40, 200, 5000):
        assert decode(random.randbytes(length)) is None


@given(st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5), min_size=1))
def test_any_han_text_in_utf8_comes_back(text: str) -> None:
    decoded = decode(text.encode())
    assert decoded is not None
    assert decoded.text == text


@given(st.binary(max_size=300))
def test_no_bytes_raise(data: bytes) -> None:
    decode(data)
