"""How many columns of each kind a table has that is left as lines: codes, names, figures.

A known layout says it; else the line that counts the columns, the words of the header and
the rows themselves together.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from archive.fold import fold
from indexer.head_words import CODE_HEAD, WORD_HEAD, is_description
from indexer.loose.header import Head, Shape, marker_of, shapes_of
from indexer.loose.rows import is_figure_cell, shape_of
from indexer.pages import Line

_CODE = re.compile(r"[1-9]\d{2}(?:\d{2}){0,2}")
_SPREAD = ("收入", "支出", "项目", "合计", "总计", "科目", "金额", "类别", "名称")
_CODE_PARTS = re.compile(r"[类款项]|款项")
# A figure that is no code, line number or year.
_AMOUNT = re.compile(r"[.,]|\d{5}")


def shapes_in(head: Head) -> tuple[Shape, ...]:
    """The shape of each half of a table, from left to right."""
    if head.layout:
        return shapes_of(head.layout)
    counted = marker_of(head.marker.text) if head.marker else None
    left, right = _figures_of_halves(head.body)
    told = _told(head.lines)
    if left and (counted is None or counted.texts is None):
        seen = (Shape(0, 1, left), Shape(0, 1, right))
        if len(told) != len(seen):
            return seen
        return tuple(_wider(one, more) for one, more in zip(seen, told, strict=True))
    if counted and counted.texts is not None:
        return (shape_of(head.body, counted.texts, counted.figures),)
    seen_one = shape_of(head.body, None, counted.figures if counted else None)
    return (_with_heads(seen_one, told[0]),) if len(told) == 1 else (seen_one,)


def _wider(seen: Shape, told: Shape) -> Shape:
    """A half as its rows show it, with the columns that only its header shows."""
    return Shape(max(seen.codes, told.codes), seen.names, max(seen.amounts, told.amounts))


def _with_heads(seen: Shape, told: Shape) -> Shape:
    """A table as its rows show it, with the columns that only its header shows."""
    return Shape(
        max(seen.codes, told.codes),
        max(seen.names, told.names),
        max(seen.amounts, told.amounts),
    )


def _told(lines: Sequence[Line]) -> tuple[Shape, ...]:
    """The columns that the words of a header show, by halves; none where it shows no words
    for the rows."""
    halves: list[list[int]] = []
    figures_before = True
    for word in _lowest_heads([head_words(line.text) for line in lines]):
        if _describes(word) and figures_before:
            halves.append([0, 0, 0])
        if not halves:
            return ()
        figures_before = not _describes(word)
        halves[-1][2 if figures_before else 0 if CODE_HEAD.search(fold(word)) else 1] += 1
    return tuple(Shape(*half) for half in halves)


def _lowest_heads(lines: Sequence[list[str]]) -> list[str]:
    """The heads right above the rows: the last line's, and those that reach down beside it.

    A last line of 类款项 stands below the first head of the line above; one without heads
    of codes and names stands right of those of the line above.
    """
    if len(lines) < 2:
        return lines[-1] if lines else []
    *_, above, lowest = lines
    if all(_CODE_PARTS.fullmatch(word) for word in lowest):
        return [*lowest, *above[1:]]
    if not any(map(_describes, lowest)):
        return [*leading_descriptions(above), *lowest]
    return lowest


def head_words(text: str) -> list[str]:
    """The words of a header line, those that typography spread out (项 目) whole again."""
    words: list[str] = []
    tokens = text.split()
    while tokens:
        spread = next((len(w) for w in _SPREAD if tokens[: len(w)] == list(w)), 1)
        words.append("".join(tokens[:spread]))
        del tokens[:spread]
    return words


def leading_descriptions(words: Sequence[str]) -> list[str]:
    """The first words of a header line, as far as they head codes and names."""
    end = next((at for at, word in enumerate(words) if not _describes(word)), len(words))
    return list(words[:end])


def _describes(word: str) -> bool:
    folded = fold(word)
    return is_description(folded) or WORD_HEAD.search(folded) is not None


def _figures_of_halves(body: Iterable[Line]) -> tuple[int, int]:
    """The most figures of a left half, 0 when no two lines show one, and of a right one.

    A left half shows by an amount after words and before words on the same line.
    """
    lefts, right = [0, 0], 1
    for line in body:
        run, has_amount, has_words = 0, False, False
        words = line.text.split()
        for at, word in enumerate(words):
            if is_figure_cell(word):
                run, has_amount = run + 1, has_amount or bool(_AMOUNT.search(word))
                continue
            if has_amount and has_words:
                lefts.append(run - bool(_CODE.fullmatch(words[at - 1])))
            run, has_amount, has_words = 0, False, True
        right = max(right, run)
    return sorted(lefts)[-2], right
