from __future__ import annotations

import pytest

from archive.spacing import close_up


@pytest.mark.parametrize(
    ("text", "closed"),
    [
        ("2023 年稽核费", "2023年稽核费"),
        ("2024年 1月 1日", "2024年1月1日"),
        ("人身意外伤害保\n险补助", "人身意外伤害保险补助"),
        ("DRG 付费", "DRG 付费"),
        ("  a  b ", "a b"),
        ("的批复 》", "的批复》"),
        ("", ""),
    ],
)
def test_blanks_beside_chinese_characters_go(text: str, closed: str) -> None:
    assert close_up(text) == closed
