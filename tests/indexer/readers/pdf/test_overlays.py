"""What lies over a page: slanted letters, the ink and ring of a seal, level watermarks."""

from __future__ import annotations

import pytest

from indexer.readers.pdf.ink import Char, Ink, Rule
from indexer.readers.pdf.overlays import without_overlays

BLACK, RED, GREY = 0x000000, 0xE00000, 0xC0C0C0
SMALL, LARGE = 10.0, 50.0


def said(
    text: str, x: float, y: float, size: float = SMALL, *, angle: int = 0, colour: int = BLACK
) -> list[Char]:
    """Square letters in one run, one beside the other."""
    run = int(1000 * y + x)
    return [
        Char(
            letter,
            x + size * at,
            y - size,
            x + size * (at + 1),
            y,
            x + size * at,
            y,
            size,
            angle,
            run=run,
            colour=colour,
        )
        for at, letter in enumerate(text)
    ]


ROWS = [said("行政运行一二三四五", 100, y) for y in range(100, 300, 15)]
RING = [
    *said("示", 120, 170, angle=60, colour=RED),
    *said("例", 140, 160, angle=0, colour=RED),
    *said("局", 160, 170, angle=300, colour=RED),
]


def left(*texts: list[Char], rules: tuple[Rule, ...] = ()) -> str:
    chars = tuple(char for text in (*ROWS, *texts) for char in text)
    ink = without_overlays(Ink(1, 500, 500, chars, rules))
    return "".join(char.text for char in ink.chars[sum(map(len, ROWS)) :])


@pytest.mark.parametrize(
    ("texts", "kept"),
    [
        ([said("仅供查阅", 100, 200, angle=45, colour=GREY)], ""),
        ([RING, said("专用章", 130, 168, colour=RED)], ""),
        ([RING, said("专用章", 330, 168, colour=RED)], "专用章"),
        ([RING, said("专用章", 130, 168)], "专用章"),
        ([said("专用章", 130, 168, colour=RED)], "专用章"),
        ([said("仅供查阅", 90, 200, LARGE, colour=GREY)], ""),
        ([said("仅供查阅", 90, 60, LARGE)], "仅供查阅"),
        ([said("部门预算", 90, 90, 16)], "部门预算"),
    ],
)
def test_watermarks_and_seals_are_no_text(texts: list[list[Char]], kept: str) -> None:
    assert left(*texts) == kept


def test_a_watermark_may_lie_over_blank_cells() -> None:
    rules = (Rule(50, 419, 450, 420), Rule(150, 380, 150.5, 460))
    assert left(said("公开", 100, 445, LARGE), rules=rules) == ""
    assert left(said("公开", 100, 445, LARGE)) == "公开"
