"""Words that a converter cut into one cell a character: ``收 | 入``, ``收 | 入 | 总``."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from archive.amounts import is_figure
from indexer.lattice import PrintedCell, PrintedLine, squeeze
from indexer.places import union

# The words that budget tables print spaced out over merged cells.
_WORDS = ("收入总计", "支出总计", "收入合计", "支出合计", "收入", "支出", "项目", "合计", "总计")
_SHORTEST_CUT = 3
_LONGEST_WORD = max(map(len, _WORDS))
_LONGEST_FRAGMENT = 2
_CUT = "转换时缺字，应为“{}”"


def rejoined(lines: Sequence[PrintedLine]) -> list[PrintedLine]:
    """The lines with cut words whole, and a line of labels joined to its line of figures.

    A word that lost its last character is kept as printed and marked; only 收入总 and the
    like are long enough to be sure of.
    """
    whole = [_rejoined_line(line) for line in lines]
    result: list[PrintedLine] = []
    for before, after in zip([None, *whole], whole, strict=False):
        if before is not None and before is not after and _belong_together(before, after):
            result[-1] = _together(before, after)
        else:
            result.append(after)
    return result


def _rejoined_line(line: PrintedLine) -> PrintedLine:
    cells: list[PrintedCell] = []
    at = 0
    while at < len(line.cells):
        rest = line.cells[at : at + _LONGEST_WORD]
        taken, word = _word_at(rest)
        at += max(taken, 1)
        if taken < 2:
            cells.append(rest[0])
            continue
        text = "".join(squeeze(cell.text) for cell in rest[:taken])
        doubt = None if text == word else _CUT.format(word)
        place = union(cell.place for cell in rest[:taken])
        cells.append(replace(rest[0], text=text, width=1, doubt=doubt, place=place))
    return replace(line, cells=tuple(cells))


def _word_at(cells: Sequence[PrintedCell]) -> tuple[int, str]:
    """How many leading cells spell a known word, or all but its last character."""
    best, found = 0, ""
    text = ""
    for count, cell in enumerate(cells, start=1):
        part = squeeze(cell.text)
        if len(part) > _LONGEST_FRAGMENT or not part:
            break
        text += part
        whole = [word for word in _WORDS if word == text]
        cut = [w for w in _WORDS if w.startswith(text) and len(text) == len(w) - 1]
        if whole or (cut and len(text) >= _SHORTEST_CUT):
            best, found = count, (whole or cut)[0]
    return best, found


def _belong_together(labels: PrintedLine, figures: PrintedLine) -> bool:
    """Whether a line of totals' labels is followed by a line of nothing but their figures."""
    if not labels.cells or not all(_is_total(text) for text in labels.texts):
        return False
    if not figures.cells or not all(is_figure(text) for text in figures.texts):
        return False
    return not {cell.column for cell in labels.cells} & {cell.column for cell in figures.cells}


def _is_total(text: str) -> bool:
    return any(word.startswith(text) and len(text) >= _SHORTEST_CUT - 1 for word in _WORDS)


def _together(labels: PrintedLine, figures: PrintedLine) -> PrintedLine:
    cells = sorted((*labels.cells, *figures.cells), key=lambda cell: cell.column)
    return replace(labels, cells=tuple(cells), extent=max(labels.extent, figures.extent))
