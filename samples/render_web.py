"""Parts -> HTML with spans, in GB18030 as many offices publish it; and tab-separated text."""

from __future__ import annotations

from html import escape
from pathlib import Path

from samples.compose import MARK
from samples.parts import Heading, Paragraph, Part, TablePart, placed


def write_html(parts: list[Part], path: Path) -> None:
    """Write the parts as a web page with a navigation bar and a footer around them."""
    title = next(part.text for part in parts if isinstance(part, Heading))
    body = "\n".join(_html(part) for part in parts)
    page = (
        '<!DOCTYPE html>\n<html lang="zh-CN"><head><meta charset="gb18030">\n'
        f"<title>{escape(title)}</title></head><body>\n"
        "<nav><a href='/'>首页</a> <a href='/xxgk'>信息公开</a></nav>\n"
        f"<main>\n{body}\n</main>\n<footer>{MARK}</footer></body></html>\n"
    )
    path.write_bytes(page.encode("gb18030"))


def write_text(parts: list[Part], path: Path) -> None:
    """Write the parts as text, a table's cells parted by tabs."""
    lines: list[str] = []
    for part in parts:
        match part:
            case TablePart():
                lines += [*part.caption, *_tabbed(part), *part.notes, ""]
            case Heading() | Paragraph():
                lines += [part.text, ""]
    path.write_text("\n".join(lines), encoding="utf-8")


def _html(part: Part) -> str:
    match part:
        case Heading(0, text):
            return f"<h1>{escape(text)}</h1>"
        case Heading(level, text):
            return f"<h{level + 1}>{escape(text)}</h{level + 1}>"
        case Paragraph(text):
            return f"<p>{escape(text)}</p>"
        case TablePart():
            return _html_table(part)


def _html_table(part: TablePart) -> str:
    header = "".join(
        "<tr>"
        + "".join(
            f'<th colspan="{head.columns}" rowspan="{head.rows}">{escape(head.text)}</th>'
            for head in heads
        )
        + "</tr>\n"
        for heads in part.header
    )
    rows = "".join(
        "<tr>" + "".join(f"<td>{escape(text)}</td>" for text in row) + "</tr>\n"
        for row in part.rows
    )
    above = "\n".join(f'<p align="center">{escape(line)}</p>' for line in part.caption)
    below = "\n".join(f"<p>{escape(note)}</p>" for note in part.notes)
    return f"{above}\n<table border='1'>\n{header}{rows}</table>\n{below}"


def _tabbed(part: TablePart) -> list[str]:
    lines = []
    grid = [[""] * part.width for _ in part.header]
    for row, column, head in placed(part.header):
        grid[row][column] = head.text
    for cells in [*grid, *part.rows]:
        lines.append("\t".join(cells))
    return lines
