"""A made-up disclosure as a file of each format, and as three converters leave it in text."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from html import escape
from io import BytesIO

from docx import Document
from docx.enum.text import WD_BREAK
from openpyxl import Workbook

from tests.formats.spans import Spanned
from tests.indexer.shapes.notation import Grid, PageBreak, Part, Text

Render = Callable[[Sequence[Part]], bytes]


def html(parts: Sequence[Part]) -> bytes:
    body = "".join(_html(part) for part in parts)
    return f"<!doctype html><meta charset=utf-8><body>{body}</body>".encode()


def _html(part: Part) -> str:
    if isinstance(part, Text):
        tag = f"h{part.level}" if part.level else "p"
        return f"<{tag}>{escape(part.text)}</{tag}>\n"
    if isinstance(part, PageBreak):
        return "<hr>\n"
    rows = (
        "<tr>" + "".join(_td(cell) for cell in part.line(row)) + "</tr>\n"
        for row in range(part.rows)
    )
    return f"<table>{''.join(rows)}</table>\n"


def _td(cell: Spanned) -> str:
    spans = f' colspan="{cell.wide}"' * (cell.wide > 1) + f' rowspan="{cell.high}"' * (
        cell.high > 1
    )
    return f"<td{spans}>{escape(cell.text)}</td>"


def docx(parts: Sequence[Part]) -> bytes:
    document = Document()
    for part in parts:
        if isinstance(part, Text):
            style = f"Heading {part.level}" if part.level else None
            document.add_paragraph(part.text, style=style)
        elif isinstance(part, PageBreak):
            document.add_paragraph().add_run().add_break(WD_BREAK.PAGE)
        else:
            table = document.add_table(part.rows, part.columns)
            for cell in part.cells:
                last = table.cell(cell.row + cell.high - 1, cell.column + cell.wide - 1)
                table.cell(cell.row, cell.column).merge(last).text = cell.text
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def xlsx(parts: Sequence[Part]) -> bytes:
    """A sheet a page; the lines of text one a row in the first column."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    row = 1
    for part in parts:
        if isinstance(part, PageBreak):
            sheet, row = book.create_sheet(), 1
        elif isinstance(part, Text):
            sheet.cell(row, 1, part.text)
            row += 1
        else:
            for cell in part.cells:
                top, left = row + cell.row, 1 + cell.column
                sheet.cell(top, left, cell.text)
                if cell.wide > 1 or cell.high > 1:
                    sheet.merge_cells(
                        start_row=top,
                        start_column=left,
                        end_row=top + cell.high - 1,
                        end_column=left + cell.wide - 1,
                    )
            row += part.rows
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def tabs(parts: Sequence[Part]) -> bytes:
    """A tab between cells; a merged cell is printed once, the rest of it is blank."""
    return _text(parts, lambda grid: ["\t".join(line) for line in _filled(grid)])


def stack(parts: Sequence[Part]) -> bytes:
    """One cell a line, led by its tab: a cell merged over columns is one, over rows a blank."""

    def lines(grid: Grid) -> Iterator[str]:
        for row in range(grid.rows):
            covered = [
                replace(cell, text="")
                for cell in grid.cells
                if cell.row < row < cell.row + cell.high
            ]
            cells = sorted([*grid.line(row), *covered], key=lambda cell: cell.column)
            yield from (f"\t{cell.text or '　'}" for cell in cells)
            yield ""

    return _text(parts, lines)


def bare(parts: Sequence[Part]) -> bytes:
    """A tab between cells; of what a merged cell covers nothing is left."""

    def lines(grid: Grid) -> Iterator[str]:
        return ("\t".join(cell.text for cell in grid.line(row)) for row in range(grid.rows))

    return _text(parts, lines)


def dump(parts: Sequence[Part]) -> bytes:
    """Cells parted by a blank, blank cells dropped, every line followed by a blank one."""

    def lines(grid: Grid) -> Iterator[str]:
        for row in range(grid.rows):
            printed = " ".join(cell.text for cell in grid.line(row) if cell.text)
            yield from (printed, "") if printed else ()

    return _text(parts, lines, after="\n\n")


def broken(parts: Sequence[Part], width: int) -> bytes:
    """As :func:`dump`, but a cell of more than ``width`` characters a column is broken over
    lines of its own."""

    def lines(grid: Grid) -> Iterator[str]:
        for row in range(grid.rows):
            run: list[str] = []
            for cell in grid.line(row):
                most = width * cell.wide
                if len(cell.text) <= most:
                    run += [cell.text] if cell.text else []
                    continue
                yield from (" ".join(run), "") if run else ()
                run = []
                for at in range(0, len(cell.text), most):
                    yield from (cell.text[at : at + most], "")
            yield from (" ".join(run), "") if run else ()

    return _text(parts, lines, after="\n\n")


def _text(
    parts: Sequence[Part], lines: Callable[[Grid], Iterator[str] | list[str]], after: str = "\n"
) -> bytes:
    written = ""
    for part in parts:
        if isinstance(part, Text):
            written += part.text + after
        elif isinstance(part, PageBreak):
            written += "\f"
        else:
            written += "\n".join(lines(part)) + "\n"
    return written.encode()


def _filled(grid: Grid) -> list[list[str]]:
    lines = [[""] * grid.columns for _ in range(grid.rows)]
    for cell in grid.cells:
        lines[cell.row][cell.column] = cell.text
    return lines


EXACT = ("html", "docx", "xlsx")
LOSSY = ("stack", "bare", "dump")
RENDERERS: dict[str, Render] = {
    "html": html,
    "docx": docx,
    "xlsx": xlsx,
    "tabs": tabs,
    "stack": stack,
    "bare": bare,
    "dump": dump,
}
SUFFIXES = dict.fromkeys(RENDERERS, "txt") | {each: each for each in EXACT}
