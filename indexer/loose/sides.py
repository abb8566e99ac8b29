"""The lines of a side-by-side table whose cells are parted only by blanks.

``一、本年收入 618.71 201 一般公共服务支出``: the right half begins at a code before a word,
or at words after figures; where a line has neither, the words themselves must tell.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from indexer.lattice import squeeze
from indexer.loose.header import Shape
from indexer.loose.rows import FULL_LINE_SLACK, LooseRow, Piece, is_figure_cell
from indexer.pages import Line
from indexer.places import union

_Printed = tuple[Line, list[str]]
"""A line and its words."""

_CODE = re.compile(r"[1-9]\d{2}(?:\d{2}){0,2}")
_BEGINS = re.compile(
    r"[（(]?[一二三四五六七八九十\d]+[)）、.．]|其中|[总合小]计|[收支][入出][总合]计"
)
_CODED_WORD = re.compile(r"[1-9]\d{2}(?:\d{2}){0,2}[一-鿿]")
_SPENDING = re.compile(
    r"支出(?:总计|合计|预算)?$|^(?:本年|支出)|^结转(?:下年|至)|^年(?:终|末)|^支出总计"
)
_INCOME = re.compile(r"收入|拨款|来源|^上年|弥补")
_TOTALS = re.compile(r"(?P<left>.*?收入.*?[总合]计)(?P<right>.*?支出.*)")


@dataclass(frozen=True, slots=True)
class Halves:
    """The two rows of a printed line; a half without a cell is ``None``."""

    left: LooseRow | None
    right: LooseRow | None


def halves_of(lines: Sequence[Line], left: Shape, right: Shape) -> list[Halves]:
    """The rows of both halves, line by line."""
    printed = _unbroken([(line, _words(line.text)) for line in lines if line.text.strip()])
    if not _is_coded([words for _, words in printed]):
        return [_uncoded(line, words, left, right) for line, words in printed]
    both_coded = any(len(_coded(words)) > 1 for _, words in printed)
    halves: list[Halves] = []
    last = ""
    for line, words in printed:
        split = _split(words)
        if both_coded and _coded(words):
            split = _split_codes(words, last)
            last = words[split] if split < len(words) else last
        halves.append(Halves(_row(words[:split], line, left), _row(words[split:], line, right)))
    return halves


def _unbroken(printed: Sequence[_Printed]) -> list[_Printed]:
    """The lines, those that hold the rest of a broken cell put to the line that begins it.

    ``208 社会保障和就业`` / ``支出`` / ``65.34``: a line that begins with a figure goes on with
    one that ends in words, and a word alone does so where the words before fill their line.
    """
    ends = [_end_of(words) for _, words in printed]
    broken = [
        index
        for index in range(1, len(printed))
        if ends[index - 1].width and _begins_in_figure(printed[index][1])
    ]
    alone = [len(words) == 1 and _is_word(words[0]) for _, words in printed]
    widest = {True: 0, False: 0}
    for index in range(1, len(printed)):
        before = ends[index - 1]
        if alone[index] or index in broken:
            widest[before.is_coded] = max(widest[before.is_coded], before.width)
    whole: list[_Printed] = []
    for index, (line, words) in enumerate(printed):
        before = ends[index - 1]
        is_full = index > 0 and before.width >= widest[before.is_coded] - FULL_LINE_SLACK
        if index in broken:
            whole[-1] = (_both(whole[-1][0], line), [*whole[-1][1], *words])
        elif alone[index] and (
            _closes(whole[-1:], before, words[0])
            or (broken and is_full and before.is_open and not _BEGINS.match(words[0]))
        ):
            above, texts = whole[-1]
            whole[-1] = (_both(above, line), [*texts[:-1], texts[-1] + words[0]])
        else:
            whole.append((line, words))
    return whole


def _closes(whole: Sequence[_Printed], before: _End, word: str) -> bool:
    """Whether a word alone is the end of the coded item above it: 传媒支 / 出."""
    is_open = bool(whole) and before.is_coded and before.is_open
    return is_open and (whole[0][1][-1] + word).endswith("支出") and not _BEGINS.match(word)


@dataclass(frozen=True, slots=True)
class _End:
    """The words that end a line: their width, 0 for a figure; whether a code stands before
    them; whether they may go on (a coded 支出 is whole)."""

    width: int
    is_coded: bool
    is_open: bool


def _end_of(words: Sequence[str]) -> _End:
    if not _is_word(words[-1]):
        return _End(0, is_coded=False, is_open=False)
    code = words[-2] if len(words) > 1 and _CODE.fullmatch(words[-2]) else ""
    is_coded = bool(code) or _CODED_WORD.match(words[-1]) is not None
    width = len(words[-1]) + len(code) + bool(code)
    return _End(width, is_coded, is_open=not (is_coded and words[-1].endswith("支出")))


def _begins_in_figure(words: Sequence[str]) -> bool:
    return is_figure_cell(words[0]) and _CODE.fullmatch(words[0]) is None


def _both(one: Line, other: Line) -> Line:
    return replace(one, place=union([one.place, other.place]))


def _is_coded(printed: Sequence[Sequence[str]]) -> bool:
    """Whether codes name the rows: a figure of three digits before words is no code where
    most lines have none."""
    coded = sum(1 for words in printed if _coded(words))
    others = sum(
        1 for words in printed if not _coded(words) and 0 < _split_by_figures(words) < len(words)
    )
    return coded >= others


def _uncoded(line: Line, words: Sequence[str], left: Shape, right: Shape) -> Halves:
    """The rows of a line in a table without codes."""
    at = _split_by_figures(words)
    return Halves(_row(words[:at], line, left), _row(words[at:], line, right))


def _split_codes(words: Sequence[str], last: str) -> int:
    """The split of a table with codes in both halves; ``last`` is the right half's last.

    A line with one code belongs to the right half when the code goes on with that one.
    """
    coded = _coded(words)
    if len(coded) > 1 or coded[0]:
        return coded[-1]
    return 0 if last and last[:5] < words[0][:5] else len(words)


def _coded(words: Sequence[str]) -> list[int]:
    """Where a code stands before a word."""
    return [
        index
        for index, word in enumerate(words)
        if _CODED_WORD.match(word)
        or (_CODE.fullmatch(word) and index + 1 < len(words) and _is_word(words[index + 1]))
    ]


def _words(text: str) -> list[str]:
    """The tokens of a line; words that typography spread out (收 入 总 计) are whole again."""
    words: list[str] = []
    was_single = False
    for token in text.split():
        is_single = len(token) == 1 and not is_figure_cell(token)
        if is_single and was_single:
            words[-1] += token
        else:
            words.append(token)
        was_single = is_single
    parted: list[str] = []
    for word in words:
        match = _TOTALS.fullmatch(word)
        parted.extend([match["left"], match["right"]] if match else [word])
    return parted


def _split(words: Sequence[str]) -> int:
    """The index of the first word of the right half."""
    coded = _coded(words)
    return coded[0] if coded else _split_by_figures(words)


def _split_by_figures(words: Sequence[str]) -> int:
    """The split before the words that follow figures, else as the words tell."""
    for index in range(1, len(words)):
        if _is_word(words[index]) and is_figure_cell(words[index - 1]):
            return index
    return _by_words(words)


def _by_words(words: Sequence[str]) -> int:
    """The split of a line with words at its beginning only, if at all."""
    texts = [word for word in words if _is_word(word)]
    if len(texts) > 1:
        spending = next((at for at in range(1, len(texts)) if _is_spending(texts[at])), None)
        if spending is not None:
            return spending
    if texts and _is_spending(squeeze(" ".join(texts))):
        return 0
    return len(words)


def _is_word(text: str) -> bool:
    return bool(text) and not is_figure_cell(text)


def _is_spending(text: str) -> bool:
    return bool(_SPENDING.search(text)) and not _INCOME.search(text)


def _row(words: Sequence[str], line: Line, shape: Shape) -> LooseRow | None:
    """The half's row; figures beyond its columns stay with its name, as printed."""
    if not words:
        return None
    start = int(bool(shape.codes) and bool(_CODE.fullmatch(words[0])))
    end = len(words)
    while end > start and len(words) - end < shape.amounts and is_figure_cell(words[end - 1]):
        end -= 1
    name = squeeze(" ".join(words[start:end]))
    return LooseRow(
        codes=tuple(Piece(word, line.place) for word in words[:start]),
        names=(Piece(name, line.place),) if name else (),
        figures=tuple(Piece(word, line.place) for word in words[end:]),
    )
