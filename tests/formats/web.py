"""Tables as web pages: plain ones, those of old sites, and what Word saves as HTML."""

from __future__ import annotations

import quopri
import re
from collections.abc import Callable, Sequence
from email.mime.image import MIMEImage
from email.mime.multipart import MIMEMultipart
from email.mime.nonmultipart import MIMENonMultipart
from html import escape

from tests.formats.laid import Laid, LaidCell

_WORD_HEAD = """<html xmlns:v="urn:schemas-microsoft-com:vml"
xmlns:o="urn:schemas-microsoft-com:office:office"
xmlns:w="urn:schemas-microsoft-com:office:word"
xmlns="http://www.w3.org/TR/REC-html40">
<head>
<meta http-equiv=Content-Type content="text/html; charset=gb2312">
<meta name=ProgId content=Word.Document>
<title>{title}</title>
<!--[if gte mso 9]><xml><w:WordDocument><w:View>Print</w:View></w:WordDocument></xml><![endif]-->
<style>
<!--
 /* Style Definitions */
p.MsoNormal, li.MsoNormal {{mso-style-parent:""; margin:0cm; mso-pagination:none;
	font-size:10.5pt; font-family:宋体;}}
-->
</style>
</head>
<body lang=ZH-CN style='tab-interval:21.0pt'>
<div class=Section1>
"""
_WORD_FOOT = "</div>\n</body>\n</html>\n"
_WRAP_AT = 76

Cell = Callable[[LaidCell, Laid], str]


def to_html(tables: Sequence[Laid], title: str) -> bytes:
    """A page in UTF-8 with rowspan and colspan and header cells as th."""
    body = "\n".join(_plain(table, _cell) for table in tables)
    page = (
        '<!DOCTYPE html>\n<html lang="zh-CN"><head><meta charset="utf-8">'
        f"<title>{escape(title)}</title><style>@page {{ size: 420mm 297mm; margin: 15mm }}</style>"
        f"</head><body><main><h1>{escape(title)}</h1>\n"
        f"{body}\n</main></body></html>\n"
    )
    return page.encode()


def to_gbk_html(tables: Sequence[Laid], title: str) -> bytes:
    """A page of an old site: GBK, unclosed tags, the text in a cell of a layout table."""
    body = "\n".join(_plain(table, _loose_cell) for table in tables)
    page = (
        "<HTML><HEAD><META http-equiv=Content-Type content='text/html; charset=gb2312'>"
        f"<TITLE>{escape(title)}</TITLE></HEAD><BODY>\n"
        "<table width=980 align=center><tr><td width=180><a href=/>首页</a><br>公开\n"
        f"<td><p align=center><b>{escape(title)}</b></p>\n{body}\n</td></tr></table></BODY></HTML>"
    )
    return page.encode("gb18030")


def to_bare_html(tables: Sequence[Laid], title: str) -> bytes:
    """A page in UTF-8 that names no charset."""
    return to_html(tables, title).replace(b'<meta charset="utf-8">', b"")


def to_mhtml(tables: Sequence[Laid], title: str) -> bytes:
    """A web archive as Word saves it: the page in GB18030, quoted-printable, and a picture."""
    archive = MIMEMultipart("related", type="text/html")
    page = MIMENonMultipart("text", "html", charset="gb2312")
    page["Content-Transfer-Encoding"] = "quoted-printable"
    page["Content-Location"] = "file:///C:/disclosure.htm"
    page.set_payload(quopri.encodestring(to_word_html(tables, title)).decode("ascii"))
    archive.attach(page)
    archive.attach(MIMEImage(b"GIF89a", "gif"))
    return archive.as_bytes()


def to_word_html(tables: Sequence[Laid], title: str) -> bytes:
    """What Word saves: mso styles, a span around every text, lines broken anywhere."""
    parts = [_word_line(title, "center"), *(_word_table(table) for table in tables)]
    page = _WORD_HEAD.format(title=escape(title)) + _wrapped("".join(parts)) + _WORD_FOOT
    return page.replace("\n", "\r\n").encode("gb18030")


def _plain(table: Laid, cell: Cell) -> str:
    rows = "".join(
        "<tr>" + "".join(cell(one, table) for one in row) + "</tr>\n" for row in table.by_row()
    )
    first, *others = table.caption
    above = "\n".join(
        [
            f"<p align=center style='page-break-before:always'>{escape(first)}</p>",
            *(f"<p align=center>{escape(line)}</p>" for line in others),
        ]
    )
    below = "\n".join(f"<p>{escape(note)}</p>" for note in table.notes)
    return f"{above}\n<table border=1>\n{rows}</table>\n{below}"


def _cell(cell: LaidCell, table: Laid) -> str:
    tag = "th" if cell.row < table.header else "td"
    return f"<{tag}{_spans(cell)}>{escape(cell.text)}</{tag}>"


def _loose_cell(cell: LaidCell, table: Laid) -> str:
    return f"<TD{_spans(cell)} nowrap><div align=center>{escape(cell.text) or '&nbsp;'}</div>"


def _spans(cell: LaidCell) -> str:
    across = f' colspan="{cell.columns}"' if cell.columns > 1 else ""
    down = f' rowspan="{cell.rows}"' if cell.rows > 1 else ""
    return across + down


def _word_table(table: Laid) -> str:
    above = "".join(_word_line(line, "center") for line in table.caption)
    rows = "".join(
        f"<tr style='mso-yfti-irow:{number};height:14.25pt'>{''.join(map(_word_cell, row))}</tr>\n"
        for number, row in enumerate(table.by_row())
    )
    widths = "".join("<td width=72 style='border:none'></td>" for _ in range(table.columns))
    return (
        f"{above}<table class=MsoNormalTable border=0 cellspacing=0 cellpadding=0 "
        f"style='border-collapse:collapse;mso-padding-alt:0cm 5.4pt 0cm 5.4pt'>\n{rows}"
        f"<![if !supportMisalignedColumns]><tr height=0>{widths}</tr><![endif]></table>\n"
        + "".join(_word_line(note, "left") for note in table.notes)
    )


def _word_cell(cell: LaidCell) -> str:
    spans = _spans(cell).replace('"', "")
    return (
        f"<td width=72 nowrap{spans} style='width:54.0pt;border:solid windowtext 1.0pt;"
        "mso-border-alt:solid windowtext .5pt;padding:0cm 5.4pt 0cm 5.4pt'>"
        f"{_word_line(cell.text, 'right' if cell.is_figure else 'left')}</td>\n"
    )


def _word_line(text: str, align: str) -> str:
    return (
        f"<p class=MsoNormal align={align} style='text-align:{align};mso-pagination:widow-orphan'>"
        f"{_word_text(text)}<span lang=EN-US style='font-size:9.0pt'><o:p></o:p></span></p>\n"
    )


def _word_text(text: str) -> str:
    """Latin and Chinese in spans of their own; a blank paragraph holds a no-break space."""
    if not text:
        return "<span lang=EN-US><o:p>&nbsp;</o:p></span>"
    runs = re.findall(r"[\x20-\x7e]+|[^\x20-\x7e]+", text)
    return "".join(
        f"<span lang=EN-US style='font-family:宋体'>{escape(run)}</span>"
        if run.isascii()
        else f"<span style='font-family:宋体;mso-hansi-font-family:宋体'>{escape(run)}</span>"
        for run in runs
    )


def _wrapped(html: str) -> str:
    """Break the source inside tags where Word would, which no reader may notice."""
    lines: list[str] = []
    for line in html.split("\n"):
        rest = line
        while len(rest) > _WRAP_AT and (cut := _cut(rest)):
            lines.append(rest[:cut])
            rest = rest[cut + 1 :]
        lines.append(rest)
    return "\n".join(lines)


def _cut(text: str) -> int:
    """The last space inside a tag before the line is full."""
    tags = (range(*tag.span()) for tag in re.finditer(r"<[^<>]*>", text))
    spaces = [at for tag in tags for at in tag if text[at] == " " and at <= _WRAP_AT]
    return max(spaces, default=0)
