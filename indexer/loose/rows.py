"""The rows of a table that is left as lines: codes, names and figures in printed order.

The dump gives a row as one line, its cells parted by blanks and blank cells dropped; a row
with a wrapped name takes several.  Where the dump puts blank lines between its lines, two
lines without one between them are neighbouring cells of one row.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from archive.amounts import is_figure
from archive.model import Place
from indexer.lattice import squeeze, unwrapped
from indexer.loose.header import Shape
from indexer.pages import Line
from indexer.places import union

FULL_LINE_SLACK = 1
"""A wrapped line is as wide as the widest of its column, or so many characters less."""

_CODE_START = re.compile(r"[1-9]\d{2}(?:\d{2}){0,2}")
_CODE_PART = re.compile(r"\d{2}(?:\d{2})?")
_LONE_PART = re.compile(r"\d{2}")
_HAN = re.compile(r"[一-鿿“]")
_OTHER_FIGURE = re.compile(r"[—–―－─-]+|-?[\d,.]+[%％]")
_ITEM = re.compile(r"其中[：:]|因公出国|公务接待费|公务用车|[总合小]\s*计")
"""What begins a row of the statutory forms, never the rest of a name."""
_YEAR = re.compile(r"(?:19|20)\d{2}")


@dataclass(frozen=True, slots=True)
class Piece:
    """A cell's text, and the lines that it stands on."""

    text: str
    place: Place

    def with_more(self, text: str, place: Place) -> Piece:
        """The cell with a further line of its text."""
        return Piece(unwrapped(f"{self.text}\n{text}"), union([self.place, place]))


@dataclass(frozen=True, slots=True)
class LooseRow:
    """A row's cells by kind, each kind in printed order."""

    codes: tuple[Piece, ...] = ()
    names: tuple[Piece, ...] = ()
    figures: tuple[Piece, ...] = ()


@dataclass(frozen=True, slots=True)
class _Printed:
    """A line divided into its cells; ``follows`` when no blank line stands before it."""

    codes: tuple[str, ...]
    texts: tuple[str, ...]
    figures: tuple[str, ...]
    place: Place
    follows: bool
    is_indented: bool


@dataclass(slots=True)
class _Open:
    """A row that is being read; ``is_full`` when its last text fills its line.

    ``lines_above`` and ``lines_below`` are how many lines of its name stand above and
    below the line of its figures.
    """

    codes: list[Piece] = field(default_factory=list)
    names: list[Piece] = field(default_factory=list)
    figures: list[Piece] = field(default_factory=list)
    is_full: bool = False
    lines_above: int = 0
    lines_below: int = 0


def shape_of(lines: Iterable[Line], texts: int | None, figures: int | None) -> Shape:
    """The shape that the rows themselves show, within what a marker line counts."""
    tokens = [line.text.split() for line in lines]
    codes = max((_count_codes(each, 3) for each in tokens), default=0)
    codes = min(codes, texts - 1) if texts else codes
    most = max((_count_figures(each, len(each)) for each in tokens), default=0)
    return Shape(codes, texts - codes if texts else 1, figures or most)


def rows_of(lines: Sequence[Line], shape: Shape) -> list[LooseRow]:
    """The rows of a table that is not side by side, wrapped names joined."""
    printed = [
        _divided(line, shape, follows=follows)
        for line, follows in zip(lines, adjacent(lines), strict=True)
    ]
    widest = max((len(text) for line in printed for text in line.texts), default=0)
    rows: list[_Open] = []
    for number, line in enumerate(printed):
        if not rows or _begins(printed, number, rows[-1], shape):
            rows.append(_Open())
        _add(rows[-1], line, shape, widest)
    return [
        LooseRow(tuple(row.codes), tuple(row.names), tuple(row.figures)) for row in _centred(rows)
    ]


def _centred(rows: Sequence[_Open]) -> list[_Open]:
    """The rows with the names that stand above and below their own lines.

    A dump by lines prints a wrapped name around the line of its code and figures:
    ``社会保障和就`` / ``208 754.75`` / ``业支出``.  It does so when a coded row has no name.
    """
    nameless = [bool(row.codes and row.figures and not row.names) for row in rows]
    if not any(nameless):
        return list(rows)
    heads = [len(row.names[0].text) for row in rows if row.names and not row.figures]
    widest = max(heads, default=0)
    merged: list[_Open] = []
    words: list[_Open] = []
    for row, needs_name in zip(rows, nameless, strict=True):
        if not row.codes and not row.figures:
            words.append(row)
            continue
        if row.codes:
            words = _shared_out(merged, words, row, widest, needs_name=needs_name)
        merged.extend(words)
        merged.append(row)
        words = []
    return [*merged, *_shared_out(merged, words, None, widest, needs_name=False)]


def _shared_out(
    merged: Sequence[_Open],
    words: list[_Open],
    after: _Open | None,
    widest: int,
    *,
    needs_name: bool,
) -> list[_Open]:
    """Give the words between two rows to the one above, as many lines as it has above it if
    these are full, and the rest to the one below; what neither can have is left."""
    tail = 0
    if merged and merged[-1].codes:
        above = merged[-1]
        wanted = above.lines_above - above.lines_below if above.is_full else 0
        tail = max(min(wanted, len(words) - needs_name), 0)
        for row in words[:tail]:
            above.names = _wrapped([*above.names, *row.names])
    rest = words[tail:]
    if after is None:
        return rest
    if rest:
        after.is_full = len(rest[-1].names[-1].text) >= widest - FULL_LINE_SLACK
    for row in reversed(rest):
        after.names = _wrapped([*row.names, *after.names])
        after.lines_above += 1
    return []


def _wrapped(pieces: Sequence[Piece]) -> list[Piece]:
    """The pieces of one wrapped name as one."""
    whole = pieces[0]
    for piece in pieces[1:]:
        whole = whole.with_more(piece.text, piece.place)
    return [whole]


def adjacent(lines: Sequence[Line]) -> list[bool]:
    """For each line whether it stands right below the one before, in a dump that parts
    its other lines by blank ones; nowhere true when the dump parts none."""
    gaps = [0, *(_gap(before, line) for before, line in pairwise(lines))][: len(lines)]
    parts_lines = any(gap > 1 for gap in gaps)
    return [parts_lines and gap == 1 for gap in gaps]


def _gap(before: Line, line: Line) -> int:
    if before.place.lines is None or line.place.lines is None:
        return 0
    return line.place.lines[0] - before.place.lines[1]


def _divided(line: Line, shape: Shape, *, follows: bool) -> _Printed:
    tokens = line.text.split()
    codes = _count_codes(tokens, shape.codes)
    figures = _count_figures(tokens[codes:], shape.amounts)
    end = len(tokens) - figures
    return _Printed(
        codes=tuple(tokens[:codes]),
        texts=named(tokens[codes:end], shape.names),
        figures=tuple(tokens[end:]),
        place=line.place,
        follows=follows,
        is_indented=line.indent > 0 or line.text[:1].isspace(),
    )


def named(tokens: Sequence[str], names: int) -> tuple[str, ...]:
    """The words of a line as so many cells, or fewer; the last takes all that is over."""
    words: list[str] = []
    previous = ""
    for token in tokens:
        # Typography spreads a short word over its cell: 合 计.
        if words and len(token) == 1 and len(previous) == 1:
            words[-1] += token
        else:
            words.append(token)
        previous = token
    if len(words) > names:
        words[names - 1 :] = [" ".join(words[names - 1 :])]
    return tuple(squeeze(word) for word in words)


def _count_codes(tokens: Sequence[str], most: int) -> int:
    """How many leading tokens are parts of a code: ``210 15 06``."""
    if not most or not tokens:
        return 0
    if not _CODE_START.fullmatch(tokens[0]) and not _is_lone_part(tokens):
        return 0
    count = 1
    while count < min(most, len(tokens)) and _CODE_PART.fullmatch(tokens[count]):
        count += 1
    return count


def _is_lone_part(tokens: Sequence[str]) -> bool:
    """Whether a 款 or 项 printed alone begins the line: two digits, then words."""
    after = next((token for token in tokens if not _LONE_PART.fullmatch(token)), "")
    return bool(_LONE_PART.fullmatch(tokens[0])) and bool(_HAN.match(after))


def _count_figures(tokens: Sequence[str], most: int) -> int:
    """How many of the last tokens are figures; a year before decimals is a word."""
    count = 0
    decimals = False
    for token in reversed(tokens):
        if count == most or not is_figure_cell(token) or (decimals and _YEAR.fullmatch(token)):
            break
        decimals = decimals or "." in token
        count += 1
    return count


def is_figure_cell(token: str) -> bool:
    """Whether a token stands in a figure column: a figure, a percentage or a dash."""
    return is_figure(token) or bool(_OTHER_FIGURE.fullmatch(token))


def _begins(printed: Sequence[_Printed], number: int, row: _Open, shape: Shape) -> bool:
    """Whether the line begins a row, or goes on with the open one."""
    line = printed[number]
    if line.codes:
        return True
    if not line.texts:
        has_room = len(row.figures) + len(line.figures) <= shape.amounts
        return bool(row.figures) and not (line.follows and has_room)
    if row.figures:
        after = printed[number + 1] if number + 1 < len(printed) else None
        names_next = after is not None and not after.codes and not after.texts
        return bool(line.figures) or names_next or not (row.codes and row.is_full)
    if row.codes or not row.names:
        return False
    if line.is_indented or _ITEM.match(line.texts[0]):
        return True
    return not (row.is_full and _closed_by_figures(printed, number))


def _closed_by_figures(printed: Sequence[_Printed], number: int) -> bool:
    """Whether the run of lines of words ends in figures: they are one wrapped name."""
    for line in printed[number:]:
        if line.codes or line.figures:
            return bool(line.figures) and not line.codes
    return False


def _add(row: _Open, line: _Printed, shape: Shape, widest: int) -> None:
    row.codes.extend(Piece(text, line.place) for text in line.codes)
    texts = list(line.texts)
    row.lines_below += bool(texts and row.figures)
    has_room = len(row.names) < shape.names
    is_next = line.follows or (shape.names > 1 and _begins_cell(row, texts))
    if texts and row.names and not (is_next and has_room):
        row.names[-1] = row.names[-1].with_more(texts.pop(0), line.place)
    row.names.extend(Piece(text, line.place) for text in texts)
    if len(row.names) > shape.names:
        row.names[shape.names - 1 :] = [_merged(row.names[shape.names - 1 :])]
    row.figures.extend(Piece(text, line.place) for text in line.figures)
    if line.texts:
        row.is_full = len(line.texts[-1]) >= widest - FULL_LINE_SLACK


def _begins_cell(row: _Open, texts: Sequence[str]) -> bool:
    """Whether a line of words below a name is the next cell and no rest of the name: the name
    does not fill its line, or the words begin with a year as those of projects do."""
    return bool(texts) and (not row.is_full or _YEAR.match(texts[0]) is not None)


def _merged(pieces: Sequence[Piece]) -> Piece:
    whole = pieces[0]
    for piece in pieces[1:]:
        whole = replace(whole, text=f"{whole.text} {piece.text}")
    return whole
