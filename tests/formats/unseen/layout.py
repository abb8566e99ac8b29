"""A made-up disclosure laid out as marks on pages: its text, and its tables row by row."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from tests.formats.laid import Laid, LaidCell, merged_codes
from tests.formats.unseen.facts import Caption, Facts, NewPage, TableFacts, Text
from tests.formats.unseen.marks import (
    LEADING,
    MARGIN,
    PADDING,
    Fill,
    Letters,
    Press,
    Sheet,
    Stroke,
    width_of,
    wrapped,
)

OUTER = 1.6
"""How far the outer rule of a double frame lies from the inner one."""


class Layout:
    def __init__(self, press: Press, name: str) -> None:
        self.press, self.name = press, name
        self.sheets: list[Sheet] = []
        self.y = 0.0

    def of(self, disclosure: Facts) -> list[Sheet]:
        parts = disclosure.parts
        self._page(wide=_is_wide(parts, self.press))
        for at, part in enumerate(parts):
            if isinstance(part, NewPage):
                self._page(wide=_is_wide(parts[at + 1 :], self.press))
            elif isinstance(part, Text):
                self._text(part)
            else:
                self._table(part)
        if self.press.running:
            for number, sheet in enumerate(self.sheets, start=1):
                self._running(sheet, number)
        return self.sheets

    @property
    def sheet(self) -> Sheet:
        return self.sheets[-1]

    @property
    def bottom(self) -> float:
        return self.sheet.height - MARGIN - (30 if self.press.frame else 0)

    def _page(self, *, wide: bool) -> None:
        width, height = self.press.page
        turned = wide and height > width
        self.sheets.append(Sheet(height, width) if turned else Sheet(width, height))
        self.y = MARGIN

    def next_page(self) -> None:
        """A page like the one before."""
        self.sheets.append(Sheet(self.sheet.width, self.sheet.height))
        self.y = MARGIN

    def _say(self, text: str, size: float, x: float, y: float, align: float = 0.0) -> None:
        if text:
            x -= align * width_of(text, size, self.press)
            self.sheet.marks.append(Letters(x, y, text, size))

    def _text(self, part: Text) -> None:
        size = 11.0 if not part.level else 15.0 - part.level
        indent = 2 * size if not part.level and part.text.endswith("。") else 0.0
        room = self.sheet.width - 2 * MARGIN
        for number, line in enumerate(wrapped(part.text, size, room - indent, self.press)):
            if self.y + 1.6 * size > self.bottom:
                self.next_page()
            self._say(line, size, MARGIN + (0 if number else indent), self.y + size)
            self.y += 1.6 * size

    def caption(self, caption: Caption, left: float, right: float) -> None:
        size = 13.0 if caption.middle else 9.0
        sides = width_of(caption.left, size, self.press) + width_of(caption.right, size, self.press)
        if sides + 4 * size > right - left:
            left, right = MARGIN, self.sheet.width - MARGIN
        for text, x, align in (
            (caption.left, left, 0.0),
            (caption.middle, (left + right) / 2, 0.5),
            (caption.right, right, 1.0),
        ):
            self._say(text, size, x, self.y + size, align)
        self.y += 1.5 * size

    def _table(self, table: TableFacts) -> None:
        press = self.press
        cells = merged_codes(table.laid) if press.merge_codes else table.laid.cells
        size, widths = _widths(table, cells, press, self.sheet.width - 2 * MARGIN)
        left = (self.sheet.width - sum(widths)) / 2
        xs = [left]
        for width in widths:
            xs.append(xs[-1] + width)
        if self.y + 150 > self.bottom:
            self.next_page()
        for caption in table.captions:
            self.caption(caption, xs[0], xs[-1])
        _TablePainter(self, table, cells, xs, size).paint()
        for note in table.laid.notes:
            for line in wrapped(note, 9, xs[-1] - xs[0], press):
                self._say(line, 9, xs[0], self.y + 10)
                self.y += 13
        self.y += 22

    def _running(self, sheet: Sheet, number: int) -> None:
        agency = "示例单位预决算公开材料"
        sheet.marks.insert(0, Letters(MARGIN, 28, agency, 9))
        sheet.marks.insert(1, Stroke(MARGIN, 32, sheet.width - MARGIN, 32))
        foot = f"第 {number} 页 共 {len(self.sheets)} 页"
        sheet.marks.append(Letters(sheet.width / 2 - 40, sheet.height - 25, foot, 9))


class _TablePainter:
    def __init__(
        self,
        layout: Layout,
        table: TableFacts,
        cells: Sequence[LaidCell],
        xs: Sequence[float],
        size: float,
    ) -> None:
        self.layout, self.table, self.cells, self.xs, self.size = layout, table, cells, xs, size
        self.press = layout.press
        self.lines = {
            (cell.row, cell.column): _cell_lines(
                cell, size, xs[cell.column + cell.columns] - xs[cell.column], self.press
            )
            for cell in cells
        }
        self.heights = [self._height(row) for row in range(table.laid.rows)]

    def _height(self, row: int) -> float:
        most = max(
            (len(self.lines[c.row, c.column]) for c in self.cells if c.row == row and c.rows == 1),
            default=1,
        )
        return max(most, 1) * LEADING * self.size + 2 * PADDING + 2

    def paint(self) -> None:
        """Rows page by page."""
        row, rows, head = 0, self.table.laid.rows, self.table.laid.header
        while row < rows:
            top = self.layout.y
            if row and self.press.repeat in ("header", "续表"):
                top = self._band(list(range(head)), top)
            room = self.layout.bottom - top
            shown: list[int] = []
            while row < rows and sum(self.heights[r] for r in shown) + self.heights[row] <= room:
                shown.append(row)
                row += 1
            left = room - sum(self.heights[r] for r in shown)
            cut = self._cut(row, left) if self.press.split and row < rows else 0
            assert shown or cut, "a row is higher than a page"
            top = self._band(shown, top)
            if cut:
                top = self._split_row(row, cut, top)
                row += 1
            self._closed(self.layout.y, top, last=row >= rows)
            self.layout.y = top
            if row < rows or (cut and self.rest):
                self._next_page()
                if cut:
                    self.layout.y = self._rest_of_row(row - 1, cut, self.layout.y)
        self.layout.y += 4

    rest: bool = False

    def _cut(self, row: int, room: float) -> int:
        """How many lines of a row fit above the end of the page, if not all and not none."""
        if any(c.rows > 1 for c in self.cells if c.row == row) or row < self.table.laid.header:
            return 0
        lines = max(len(self.lines[c.row, c.column]) for c in self.cells if c.row == row)
        fitting = int((room - 2 * PADDING - 2) / (LEADING * self.size))
        self.rest = 0 < fitting < lines
        return fitting if self.rest else 0

    def _split_row(self, row: int, cut: int, top: float) -> float:
        height = cut * LEADING * self.size + 2 * PADDING + 2
        for cell in (c for c in self.cells if c.row == row):
            self._cell(cell, top, top + height, self.lines[row, cell.column][:cut], level=0.0)
        return top + height

    def _rest_of_row(self, row: int, cut: int, top: float) -> float:
        cells = [c for c in self.cells if c.row == row]
        most = max(len(self.lines[row, c.column][cut:]) for c in cells)
        height = most * LEADING * self.size + 2 * PADDING + 2
        for cell in cells:
            self._cell(cell, top, top + height, self.lines[row, cell.column][cut:], level=0.0)
        return top + height

    def _next_page(self) -> None:
        layout = self.layout
        layout.next_page()
        if self.press.repeat == "续表":
            title = next(c.middle for c in self.table.captions if c.middle.endswith("表"))
            layout.caption(Caption(middle=f"{title}（续表）"), self.xs[0], self.xs[-1])

    def _band(self, rows: Sequence[int], top: float) -> float:
        """Paint some rows that stand one below the other; gives where they end."""
        if not rows:
            return top
        tops = {}
        y = top
        for row in rows:
            tops[row] = y
            y += self.heights[row]
        last = rows[-1]
        for cell in self.cells:
            below = cell.row + cell.rows - 1
            if below < rows[0] or cell.row > last:
                continue
            high, low = max(cell.row, rows[0]), min(below, last)
            texts = self.lines[cell.row, cell.column]
            if cell.row < high:
                texts = ()  # printed on the page before
            self._cell(cell, tops[high], tops[low] + self.heights[low], texts, level=0.5)
        return y

    def _cell(
        self, cell: LaidCell, top: float, bottom: float, lines: Sequence[str], level: float
    ) -> None:
        x0, x1 = self.xs[cell.column], self.xs[cell.column + cell.columns]
        sheet = self.layout.sheet
        is_head = cell.row < self.table.laid.header
        if self.press.shade and is_head:
            sheet.marks.append(Fill(x0, top, x1, bottom))
        self._borders(cell, x0, top, x1, bottom)
        height = len(lines) * LEADING * self.size
        y = top + PADDING + 1 if not level else (top + bottom - height) / 2
        align = 0.5 if is_head or cell.columns > 1 else float(cell.is_figure)
        for line in lines:
            x = {0.0: x0 + PADDING, 0.5: (x0 + x1) / 2, 1.0: x1 - PADDING}[align]
            x -= align * width_of(line, self.size, self.press)
            if line.strip():
                sheet.marks.append(Letters(x, y + 0.95 * self.size, line, self.size))
            y += LEADING * self.size

    def _borders(self, cell: LaidCell, x0: float, y0: float, x1: float, y1: float) -> None:
        rules, marks = self.press.rules, self.layout.sheet.marks
        left, right = self.xs[0], self.xs[-1]
        sides = {
            "left": Stroke(x0, y0, x0, y1),
            "right": Stroke(x1, y0, x1, y1),
            "top": Stroke(x0, y0, x1, y0),
            "bottom": Stroke(x0, y1, x1, y1),
        }
        is_head = cell.row < self.table.laid.header
        match rules:
            case "none" | "three":
                drawn: set[str] = set()
            case "horizontal":
                drawn = {"top", "bottom"}
            case "no sides":
                drawn = {"top", "bottom", *(["left"] if x0 > left else [])}
                drawn |= {"right"} if x1 < right else set()
            case "inner":
                drawn = {"left"} if x0 > left else set()
                drawn |= {"right"} if x1 < right else set()
                drawn |= {"top"} if cell.row or not is_head else set()
            case _:
                drawn = set(sides)
        marks += [stroke for side, stroke in sides.items() if side in drawn]
        if rules == "cells":
            marks += [
                Stroke(s.x0 + 0.4, s.y0 + 0.4, s.x1 + 0.4, s.y1 + 0.4) for s in sides.values()
            ]
        if rules == "three" and is_head and cell.row + cell.rows == self.table.laid.header:
            marks.append(sides["bottom"])

    def _closed(self, top: float, bottom: float, *, last: bool) -> None:
        """The outer rules of the part of a table on one page."""
        left, right, sheet = self.xs[0], self.xs[-1], self.layout.sheet
        if self.press.rules == "three":
            sheet.marks += [
                Stroke(left, top, right, top, 1),
                Stroke(left, bottom, right, bottom, 1),
            ]
        if self.press.rules == "double":
            sheet.marks += _box(left - OUTER, top - OUTER, right + OUTER, bottom + OUTER)
        if self.press.frame and not last:
            low = self.layout.bottom + 24
            sheet.marks += _box(left, top, right, low)
            sheet.marks.append(
                Letters((left + right) / 2 - 8, low - 6, f"{len(self.layout.sheets)}", 9)
            )


def _box(x0: float, y0: float, x1: float, y1: float) -> list[Stroke]:
    return [
        Stroke(x0, y0, x1, y0),
        Stroke(x0, y1, x1, y1),
        Stroke(x0, y0, x0, y1),
        Stroke(x1, y0, x1, y1),
    ]


def _is_wide(parts: Sequence[object], press: Press) -> bool:
    """Whether a table before the next page break has many columns."""
    for part in parts:
        if isinstance(part, NewPage):
            return False
        if isinstance(part, TableFacts) and part.laid.columns >= press.wide:
            return True
    return False


def _widths(
    table: TableFacts, cells: Sequence[LaidCell], press: Press, room: float
) -> tuple[float, list[float]]:
    size, label = press.size, press.label
    while True:
        fitted = replace(press, size=size, label=label)
        widths = [_column(table.laid, cells, c, fitted) for c in range(table.laid.columns)]
        if sum(widths) <= room:
            return size, widths
        size, label = size * 0.96, max(6.0, label * 0.95)


def _column(laid: Laid, cells: Sequence[LaidCell], column: int, press: Press) -> float:
    size = press.size
    inside = [c for c in cells if c.column == column and c.columns == 1]
    body = [c for c in inside if c.row >= laid.header]
    figures = [press.narrow * width_of(c.text, size, press) for c in inside if c.is_figure]
    plain = [c for c in body if not (figures and c.is_figure)]
    words = [min(width_of(c.text, size, press), press.label * size) for c in plain]
    heads = [min(width_of(c.text, size, press), 4 * size) for c in inside if c.row < laid.header]
    return max([2.2 * size, *figures, *words, *heads]) + 2 * PADDING + 1


def _cell_lines(cell: LaidCell, size: float, width: float, press: Press) -> tuple[str, ...]:
    return tuple(wrapped(cell.text, size, width - 2 * PADDING + 0.5, press)) if cell.text else ()
