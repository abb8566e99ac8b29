"""Words, bigrams and tokens of folded lines."""

from __future__ import annotations

import logging
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive import segment
from archive.fold import fold


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("长期护理保险工作经费", {"长期护理保险", "长期", "护理", "保险", "工作", "经费"}),
        ("三公经费", {"三公经费", "三公", "经费"}),
        ("一般公共预算财政拨款", {"一般公共预算", "财政拨款"}),
        ("公务用车运行维护费", {"公务用车运行维护费"}),
        ("巴音郭楞蒙古自治州", {"巴音郭楞蒙古自治州"}),
        ("drg付费2,023.5万元", {"drg", "付费", "万元"}),
        ("2101506", {"2101506"}),
    ],
)
def test_words_know_the_domain(text: str, expected: set[str]) -> None:
    assert expected <= set(segment.words(text))


def test_words_leave_out_single_characters_and_punctuation() -> None:
    assert not [w for w in segment.words("的，（）——！！、。a1") if len(w) < 2 or not w.isalnum()]


@pytest.mark.parametrize(
    ("text", "expected"),
    [("", []), ("医", []), ("医保", ["医保"]), ("医保局", ["医保", "保局"])],
)
def test_bigrams(text: str, expected: list[str]) -> None:
    assert segment.bigrams(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("收支414.91万元", ["14.9", "4.91"]),
        ("1,365.7", ["1,36", "65.7"]),
        ("2101506", ["2101", "1015", "0150", "1506"]),
        ("1.,234", []),
        ("12万", []),
    ],
)
def test_fours_begin_and_end_with_a_letter_or_digit(text: str, expected: list[str]) -> None:
    assert segment.fours(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('"三公"经费', ["公经"]),
        ("""说'"三公"'的""", ["说三", "公的"]),
        ('00"01', ["00"]),
        ('a"b"c', ["ab", "bc"]),
        ('"三公"', []),
        ("三公", []),
    ],
)
def test_bigrams_over_quotes(text: str, expected: list[str]) -> None:
    assert segment.bigrams_over_quotes(text) == expected


@given(st.text())
def test_folded_is_fold_for_what_a_file_can_hold(text: str) -> None:
    assert segment.fold(text) == "".join(
        "\ufffd" if "\ud800" <= c <= "\udfff" else c for c in fold(text)
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [("“三公” 经费", "三公经费"), ("ＤＲＧ '付费'", "drg付费"), ("「三公」", "(三公)")],
)
def test_loosened_drops_quotation_marks_and_space(text: str, expected: str) -> None:
    assert segment.loosened(text) == expected


@given(st.text(alphabet="医保基金12.a“” 局", min_size=1), st.data())
def test_every_part_of_a_line_has_its_tokens(line: str, data: st.DataObject) -> None:
    for folded in segment.folded_lines(line):
        counts = segment.tokens([folded])
        start = data.draw(st.integers(0, len(folded) - 1))
        part = folded[start : start + data.draw(st.integers(1, 8))]
        assert all(counts[pair] for pair in segment.bigrams(part))
        assert all(counts[character] for character in part)


def test_longer_tokens_stand_in_their_line() -> None:
    line = fold("一般公共预算财政拨款基本支出情况表 2,023.5 万元")
    assert all(token in line for token in segment.tokens([line]))


def test_import_loads_no_dictionary_and_first_use_is_silent(tmp_path: Path) -> None:
    code = (
        "import sys, archive.segment as s\n"
        "assert 'jieba' not in sys.modules\n"
        "assert '医疗保障' in s.words('医疗保障')\n"
    )
    result = subprocess.run(
        [sys.executable, "-W", "error", "-c", code],
        cwd=Path(__file__).parents[2],
        env={"XDG_CACHE_HOME": str(tmp_path), "PATH": ""},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (result.returncode, result.stdout, result.stderr) == (0, "", "")
    assert [path.suffix for path in (tmp_path / "mingxi").iterdir()] == [".marshal"]


def read_dictionary_again() -> None:
    segment._tokenizer.cache_clear()
    segment._words_in.cache_clear()


@pytest.mark.parametrize("damage", [b"", b"\x00garbage", b"N"])
def test_a_damaged_cache_is_made_anew(
    damage: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    monkeypatch.setattr(logging, "raiseExceptions", True)
    read_dictionary_again()
    segment.words("医疗保障")
    (cached,) = (tmp_path / "mingxi").iterdir()
    cached.write_bytes(damage)
    read_dictionary_again()
    assert "长期护理保险" in segment.words("长期护理保险")
    assert cached.stat().st_size > 1_000_000


def test_an_unwritable_cache_is_done_without(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    nowhere = tmp_path / "file"
    nowhere.write_text("not a folder")
    monkeypatch.setenv("XDG_CACHE_HOME", str(nowhere))
    read_dictionary_again()
    assert "长期护理保险" in segment.words("长期护理保险")
