"""Tables as they run over pages: blocks to drafts, drafts that go on joined to one."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from archive.amounts import is_figure
from archive.fold import fold
from archive.forms import form, form_of
from archive.model import NOWHERE, Place
from indexer.headers import header_height, is_data_line
from indexer.lattice import PrintedCell, PrintedLine, counting_cells, is_marker_line, squeeze
from indexer.tables.codes import is_code_part
from indexer.tables.goals import FIELD_CUT, goes_on_below, is_goals
from indexer.tables.heights import FEWEST_LINES, holds_figures_alone, matched
from indexer.tables.titles import Caption

_CLASS = re.compile(r"[1-9]\d{2}")
# Heads that every table of money has one of; a line with two of them begins a table.
_HEADS = ("项目", "科目", "合计", "总计", "金额", "预算数", "决算数", "序号", "名称", "编码")


@dataclass(frozen=True, slots=True)
class Draft:
    """A table before its header is read: caption, printed lines and notes.

    ``is_loose`` says that the table was left as lines, so that blank cells are lost and
    figures stand leftmost; ``is_aligned`` that a page draws no columns, so that they are
    where its figures stand; ``follows`` that nothing stands between this block and the
    table before.
    """

    caption: Caption
    lines: tuple[PrintedLine, ...]
    columns: int
    exact: bool
    is_loose: bool = False
    is_aligned: bool = False
    notes: tuple[str, ...] = ()
    follows: bool = False
    own_title: str = ""
    place: Place = NOWHERE

    @property
    def is_ruled(self) -> bool:
        """Whether the format itself says which cells are merged."""
        return self.exact and any(
            cell.width > 1 or cell.height > 1 for line in self.lines for cell in line.cells
        )

    @property
    def header(self) -> tuple[PrintedLine, ...]:
        """The leading header and marker lines."""
        return self.lines[: header_height(self.lines)] if self.lines else ()


@dataclass(slots=True)
class _Growing:
    """A table to which pages are added: its first draft and all that it gathers.

    The lines are a list, so that a table of a thousand pages is copied once.
    """

    first: Draft
    header: tuple[PrintedLine, ...]
    lines: list[PrintedLine]
    notes: list[str]
    unit: str | None
    exact: bool

    def draft(self) -> Draft:
        """The whole table."""
        return replace(
            self.first,
            caption=replace(self.first.caption, unit=self.unit),
            lines=tuple(self.lines),
            notes=tuple(self.notes),
            exact=self.exact,
        )


def joined(drafts: Iterable[Draft]) -> list[Draft]:
    """The drafts, those that go on from the one before joined to it."""
    tables: list[_Growing] = []
    for draft in drafts:
        going_on = _going_on(tables[-1], draft) if tables else None
        if going_on is None:
            tables.append(_begun(draft))
        else:
            _join(tables[-1], draft, going_on)
    return [table.draft() for table in tables]


def _begun(draft: Draft) -> _Growing:
    return _Growing(
        first=draft,
        header=draft.header,
        lines=list(draft.lines),
        notes=list(draft.notes),
        unit=draft.caption.unit,
        exact=draft.exact,
    )


def _going_on(table: _Growing, draft: Draft) -> tuple[PrintedLine, ...] | None:
    """The lines with which a draft continues a table, ``None`` when it is another table."""
    if not draft.follows or not draft.lines or not table.lines:
        return None
    if not _may_continue(table.first.caption, draft.caption):
        return None
    if table.first.is_loose != draft.is_loose or _stands_beside(table, draft):
        return None
    header = draft.header
    if header and _repeats(header, table.header):
        return _fitted(table, draft, draft.lines[len(header) :])
    if header and _is_new_header(header) and not _tells_goals(table.first):
        return _fitted(table, draft, draft.lines) if _header_is_cut(table, draft) else None
    return _fitted(table, draft, draft.lines)


def _stands_beside(table: _Growing, draft: Draft) -> bool:
    """Whether a page has columns of the table's rows that found no room on theirs."""
    first, page = table.first.place.page, draft.place.page
    if first is None or page is None or page <= first or not (table.exact and draft.exact):
        return False
    if len(draft.lines) < FEWEST_LINES or is_data_line(draft.lines[0]):
        return False
    if draft.lines[0].texts == table.lines[0].texts or not holds_figures_alone(draft.lines):
        return False
    return matched(table.lines, first, draft.lines, page) is not None


def _header_is_cut(table: _Growing, draft: Draft) -> bool:
    """Whether a page ends within the header of a table, so that the next goes on with it."""
    turned = draft.place.page is not None and draft.place.page != table.first.place.page
    return turned and not any(is_data_line(line) for line in table.lines)


def _may_continue(before: Caption, caption: Caption) -> bool:
    if caption.continued:
        return True
    if caption.number is not None and caption.number != before.number:
        return False
    same = fold(caption.title) == fold(before.title)
    return not caption.title or (same and form_of(caption.title) not in _REPEATED)


# Forms of which a disclosure prints many, each with the same title.
_REPEATED = ("项目支出绩效目标表", "项目支出绩效自评表")


def _tells_goals(draft: Draft) -> bool:
    """Whether a table holds goals: its lines are words, and none of them is a header."""
    known = form(form_of(draft.caption.title))
    return known is not None and known.stage == "performance"


def _letters(lines: Sequence[PrintedLine]) -> Counter[str]:
    """The characters of header lines; a jumbled header has the same in another order."""
    return Counter("".join(fold(text) for line in lines for text in line.texts))


def _repeats(header: Sequence[PrintedLine], first: Sequence[PrintedLine]) -> bool:
    """Whether a header is that of the first page, with or without the lines that count columns."""
    letters = _letters(header)
    end = len(first)
    while end and _letters(first[:end]) != letters:
        end = end - 1 if counting_cells(first[end - 1]) else 0
    return end > 0


def _is_new_header(header: Sequence[PrintedLine]) -> bool:
    texts = [fold(text) for line in header for text in line.texts]
    heads = {head for head in _HEADS if any(head in text for text in texts)}
    return len(heads) > 1 or any(is_marker_line(line) for line in header)


def _fitted(
    table: _Growing, draft: Draft, lines: Sequence[PrintedLine]
) -> tuple[PrintedLine, ...] | None:
    """The lines in the columns of the table, ``None`` when they do not fit."""
    repeats = len(lines) < len(draft.lines)
    if draft.columns == table.first.columns and (repeats or not draft.is_aligned):
        return tuple(lines)
    if not table.exact:
        return tuple(lines) if draft.columns <= table.first.columns else None
    may_widen = _tells_goals(table.first) or _header_is_cut(table, draft)
    if draft.columns > table.first.columns and may_widen:
        return tuple(lines) if _widened(table, draft) else None
    return _placed_lines(lines, table.lines)


def _widened(table: _Growing, draft: Draft) -> bool:
    """Put a table into the columns of its next page, where those are more.

    The first page of a table of goals may end before the header that has all columns, and
    any table's within its header.
    """
    fitted = _placed_lines(table.lines, draft.lines)
    if fitted is None:
        return False
    table.lines = list(fitted)
    table.first = replace(table.first, columns=draft.columns)
    return True


def _placed_lines(
    lines: Sequence[PrintedLine], model: Sequence[PrintedLine]
) -> tuple[PrintedLine, ...] | None:
    """The lines with each cell over the columns of the model that lie in its box.

    ``None`` when they don't fit.
    """
    axis = _axis(model)
    edges = _edges(model, axis)
    if not edges:
        return None
    fitted = [_by_place(line, edges, axis) for line in lines]
    return tuple(fitted) if all(_in_order(line) for line in fitted) else None


def _axis(lines: Sequence[PrintedLine]) -> int:
    """0 where printed lines run across the page, 1 where a table was set sideways."""
    for line in lines:
        boxes = [cell.place.box for cell in line.cells if cell.place.box]
        if len(boxes) > 1:
            return int(max(box[0] for box in boxes) < min(box[2] for box in boxes))
    return 0


def _edges(lines: Sequence[PrintedLine], axis: int) -> dict[int, tuple[float, float]]:
    """Where each column begins and ends, from the boxes of the cells in it."""
    edges: dict[int, tuple[float, float]] = {}
    for line in lines:
        for cell in line.cells:
            if cell.width == 1 and cell.place.box:
                left, right = cell.place.box[axis], cell.place.box[axis + 2]
                low, high = edges.get(cell.column, (left, right))
                edges[cell.column] = (min(low, left), max(high, right))
    return edges


def _by_place(line: PrintedLine, edges: dict[int, tuple[float, float]], axis: int) -> PrintedLine:
    return replace(line, cells=tuple(_placed(cell, edges, axis) for cell in line.cells))


def _placed(cell: PrintedCell, edges: dict[int, tuple[float, float]], axis: int) -> PrintedCell:
    """The cell over the columns whose middle lies in its box, else the one it is most in."""
    if not cell.place.box:
        return cell
    left, right = cell.place.box[axis], cell.place.box[axis + 2]
    inside = [c for c, (low, high) in edges.items() if left <= (low + high) / 2 <= right]
    if not inside:
        inside = [max(edges, key=lambda c: min(right, edges[c][1]) - max(left, edges[c][0]))]
    return replace(cell, column=min(inside), width=max(inside) - min(inside) + 1)


def _in_order(line: PrintedLine) -> bool:
    columns = [cell.column for cell in line.cells]
    return columns == sorted(set(columns))


def _join(table: _Growing, draft: Draft, lines: Sequence[PrintedLine]) -> None:
    offset = table.lines[-1].source + 1
    added = [replace(line, source=offset + line.source) for line in lines]
    _give_back_code(table.lines, added)
    if added and _wraps(table.lines[-1], added[0]):
        if not _is_among_fields(table):
            table.lines[-1] = _wrapped(table.lines[-1], added.pop(0))
        elif goes_on_below(table.lines[-1], added[0]):
            table.lines[-1] = _wrapped(table.lines[-1], added.pop(0), FIELD_CUT)
    table.lines.extend(added)
    table.notes.extend(draft.notes)
    table.unit = table.unit or draft.caption.unit
    table.exact = table.exact and draft.exact


def _give_back_code(before: list[PrintedLine], added: Sequence[PrintedLine]) -> None:
    """Give a 类 to the row that it belongs to, where a page break cut its merged cell in two
    and it is printed in the lower part: 204 beside the second page's first 款.

    The upper part begins with the only row that prints a name and no code at all.
    """
    if len(added) < 2 or not _CLASS.fullmatch(added[0].text_at(0)) or added[1].at(0):
        return
    if not is_code_part(added[0].text_at(1)):
        return
    first = _uncovered(before)
    top = before[first] if first < len(before) else None
    if top is None or top.at(1) or all(map(is_figure, top.texts)):
        return
    if all(is_code_part(line.text_at(1)) for line in before[first + 1 :]):
        code = added[0].at(0)
        assert code is not None
        before[first] = replace(top, cells=(replace(code, height=1), *top.cells))


def _uncovered(lines: Sequence[PrintedLine]) -> int:
    """The first of the last lines beside which nothing stands in the first column."""
    for index in range(len(lines) - 1, -1, -1):
        cell = lines[index].at(0)
        if cell is not None:
            end = lines[index].source + cell.height
            below = range(index + 1, len(lines))
            return next((n for n in below if lines[n].source >= end), len(lines))
    return 0


def _wraps(last: PrintedLine, first: PrintedLine) -> bool:
    """Whether a page break cut a line in two: the rest prints neither figure nor code,
    and stands only under cells whose text goes on."""
    if is_data_line(first) or is_marker_line(first) or not is_data_line(last):
        return False
    above = {cell.column: squeeze(cell.text) for cell in last.cells}
    if len(first.cells) == 1 and _is_coded_name(last, first.cells[0].column):
        return True
    return all(_goes_on(above.get(cell.column, "")) for cell in first.cells)


def _is_coded_name(line: PrintedLine, column: int) -> bool:
    """Whether the name right of a row's code stands in a column: in a table of codes a name
    alone is the rest of the one above, even of one that seems whole."""
    before = [squeeze(cell.text) for cell in line.cells if cell.column < column]
    name = line.text_at(column)
    return bool(before and name and is_code_part(before[-1]) and not is_figure(name))


def _goes_on(text: str) -> bool:
    """Whether a text is long enough to have been wrapped, and does not end a name."""
    return len(text) > 3 and not text.endswith(("支出", "费", "表", "合计", "总计", "补助"))


def _is_among_fields(table: _Growing) -> bool:
    """Whether a table of goals has come no further than the fields above its indicators."""
    return _tells_goals(table.first) and not is_goals(table.lines)


def _wrapped(last: PrintedLine, first: PrintedLine, doubt: str | None = None) -> PrintedLine:
    rest = {cell.column: cell for cell in first.cells}
    cells = tuple(
        replace(cell.joined(rest[cell.column]), doubt=cell.doubt or doubt)
        if cell.column in rest
        else cell
        for cell in last.cells
    )
    return replace(last, cells=cells)
