from __future__ import annotations

import pytest

from indexer.extract import extract
from indexer.pages import Line, Page, Pages
from indexer.script import is_traditional, simplified


def pages(text: str) -> Pages:
    return Pages("text/plain", (Page(None, (Line(text),)),))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("單位預算：財政撥款收入總計", True),
        ("单位预算：财政拨款收入总计、支出总计及各项目说明，由處室编制", False),
        ("2024 budget", False),
        ("", False),
    ],
)
def test_which_script(text: str, expected: bool) -> None:
    assert is_traditional(pages(text)) is expected


def test_letter_for_letter() -> None:
    text = "國有資本經營預算（萬元）"
    [line] = simplified(pages(text)).pages[0].items
    assert isinstance(line, Line)
    assert line.text == "国有资本经营预算（万元）"
    assert len(line.text) == len(text)


def test_what_is_kept_is_what_is_printed() -> None:
    text = "漳浦縣古厝維護處2024年單位預算\n一、單位職責\n負責維護，發布頭髮幹部乾燥的通知。\n"
    read = extract(text.encode(), "a.txt")
    printed = text.split("\n")
    assert read.document.title == printed[0]
    assert read.document.agency == "漳浦县古厝维护处"
    assert [(s.heading, s.text) for s in read.sections[1:]] == [(printed[1], printed[2])]
