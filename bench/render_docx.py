"""Parts -> DOCX written as XML: python-docx looks up every cell anew, too slow for 3,000 pages."""

from __future__ import annotations

import io
import zipfile
from functools import cache
from html import escape

import docx

from samples.parts import Heading, Paragraph, Part, TablePart, placed

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def to_docx(parts: list[Part]) -> bytes:
    """The document, with real merged header cells."""
    body = "".join(map(_part, parts))
    source = f'<w:document xmlns:w="{W}"><w:body>{body}</w:body></w:document>'
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in _template().items():
            package.writestr(name, source if name == "word/document.xml" else content)
    return target.getvalue()


@cache
def _template() -> dict[str, bytes]:
    target = io.BytesIO()
    docx.Document().save(target)
    with zipfile.ZipFile(target) as package:
        return {name: package.read(name) for name in package.namelist()}


def _part(part: Part) -> str:
    match part:
        case Heading(level, text):
            style = f'<w:pPr><w:pStyle w:val="Heading{level}"/></w:pPr>' if level else ""
            return f"<w:p>{style}<w:r><w:t>{escape(text)}</w:t></w:r></w:p>"
        case Paragraph(text):
            return _paragraph(text)
        case TablePart():
            above, below = (
                "".join(map(_paragraph, part.caption)),
                "".join(map(_paragraph, part.notes)),
            )
            rows = "".join(f"<w:tr>{''.join(map(_cell, row))}</w:tr>" for row in part.rows)
            return f"{above}<w:tbl>{_header(part)}{rows}</w:tbl>{below}"


def _paragraph(text: str) -> str:
    return f'<w:p><w:r><w:t xml:space="preserve">{escape(text)}</w:t></w:r></w:p>'


def _cell(text: str) -> str:
    return f"<w:tc>{_paragraph(text)}</w:tc>"


def _header(part: TablePart) -> str:
    """The header's rows; a cell that reaches down is continued in the rows below it."""
    rows: list[dict[int, str]] = [{} for _ in part.header]
    for row, column, head in placed(part.header):
        for down in range(head.rows):
            merge = (
                "" if head.rows == 1 else f'<w:vMerge w:val="{"continue" if down else "restart"}"/>'
            )
            properties = f'<w:tcPr><w:gridSpan w:val="{head.columns}"/>{merge}</w:tcPr>'
            text = "" if down else head.text
            rows[row + down][column] = f"<w:tc>{properties}{_paragraph(text)}</w:tc>"
    return "".join(f"<w:tr>{''.join(cells[at] for at in sorted(cells))}</w:tr>" for cells in rows)
